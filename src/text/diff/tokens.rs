//! The pieces that a comparison never cuts: Latin words, numbers with their unit, runs of spaces; every other character stands alone.

use crate::units;

/// Cuts a text into pieces; joined they are the text again.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(length(rest));
        found.push(token);
        rest = after;
    }
    found
}

/// Bytes of the first piece.
fn length(text: &str) -> usize {
    let Some(first) = text.chars().next() else { return 0 };
    if first.is_ascii_digit() {
        let number = figures(text);
        return number + unit_after(&text[number..]);
    }
    if is_word(first) {
        return run(text, |letter| is_word(letter) || letter.is_ascii_digit());
    }
    if first.is_whitespace() && first != '\n' {
        return run(text, |letter| letter.is_whitespace() && letter != '\n');
    }
    let end = first.len_utf8();
    end + run(&text[end..], joins)
}

fn run(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !wanted(letter)).unwrap_or(text.len())
}

/// Digits, with points, commas and dividing spaces between digits.
fn figures(text: &str) -> usize {
    let mut end = 0;
    loop {
        end += run(&text[end..], |letter| letter.is_ascii_digit());
        let mut after = text[end..].chars();
        let (sign, digit) = (after.next(), after.next());
        let divides = matches!(sign, Some('.' | ',' | '\u{2009}' | '\u{202f}'));
        match sign {
            Some(sign) if divides && digit.is_some_and(|digit| digit.is_ascii_digit()) => {
                end += sign.len_utf8();
            }
            _ => return end,
        }
    }
}

/// Bytes of the unit that follows a number, with the space between.
fn unit_after(text: &str) -> usize {
    let gap = run(text, |letter| matches!(letter, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'));
    let symbol = units::symbol_length(&text[gap..]);
    if gap == 0 {
        return symbol.max(run(text, |letter| is_word(letter) || letter.is_ascii_digit()));
    }
    if symbol > 0 { gap + symbol } else { 0 }
}

/// Letters of alphabets that write words.
fn is_word(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{52f}') && letter.is_alphabetic()
        || joins(letter)
}

/// Marks that belong to the character before them.
fn joins(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}
