//! Widths of the columns of a table: the shares asked for, but no column narrower than its longest word while others have room to give.

use crate::breaks;

/// The part of the width that words alone may claim for one column: a long address must not press all others together.
const MOST: f32 = 1.0 / 3.0;

/// The widths of columns of these shares of a width; `least` is what the longest word of each asks for.
pub fn widths(shares: &[u32], least: &[f32], whole: f32) -> Vec<f32> {
    let sum = shares.iter().sum::<u32>().max(1) as f32;
    let asked: Vec<f32> = shares.iter().map(|share| whole * *share as f32 / sum).collect();
    // What a column lacks is above zero, what it can give is below.
    let lacks = |at: usize| least.get(at).map_or(0.0, |least| least.min(whole * MOST) - asked[at]);
    let over = |sign: f32| (0..asked.len()).map(|at| (sign * lacks(at)).max(0.0)).sum::<f32>();
    let (lacking, giving) = (over(1.0), over(-1.0));
    let moved = lacking.min(giving);
    if moved <= 0.0 {
        return asked;
    }
    let share = |lack: f32| lack * moved / if lack > 0.0 { lacking } else { giving };
    (0..asked.len()).map(|at| asked[at] + share(lacks(at))).collect()
}

/// The width of the longest part of some words that no line may break.
pub fn longest_word(words: &str, mut width: impl FnMut(char) -> f32) -> f32 {
    let (mut longest, mut so_far, mut before) = (0.0_f32, 0.0, None);
    for c in words.chars() {
        let new = c == '\n' || before.is_some_and(|before| breaks::may_break(before, c));
        if new {
            so_far = 0.0;
        }
        // Spaces hang over the margin.
        if !c.is_whitespace() {
            so_far += width(c);
            longest = longest.max(so_far);
        }
        before = Some(c);
    }
    longest
}

/// About how wide a word processor sets a character in bold, in parts of its size: files that others lay out are made without a
/// typeface, and where the one they name is missing a wider one takes its place.
pub fn usual_width(c: char) -> f32 {
    match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ';' | ':' | '\'' | '(' | ')'
        | '-' => 0.46,
        'm' | 'w' | 'M' | 'W' | '%' => 1.1,
        c if c.is_ascii_uppercase() => 0.85,
        c if c >= '\u{2e80}' => 1.0,
        _ => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_column_takes_from_those_with_room_what_its_longest_word_needs() {
        assert_eq!(widths(&[1, 1, 2], &[10.0, 10.0, 10.0], 100.0), [25.0, 25.0, 50.0]);
        let fitted = widths(&[1, 5, 4], &[20.0, 10.0, 30.0], 100.0);
        assert_eq!(fitted[0], 20.0);
        assert!((fitted.iter().sum::<f32>() - 100.0).abs() < 0.01);
        assert!(fitted[2] >= 30.0 && fitted[1] > fitted[2], "{fitted:?}");
        // Where nobody has enough, each gets its part of what there is.
        let tight = widths(&[1, 1], &[90.0, 10.0], 60.0);
        assert_eq!(tight, [30.0, 30.0]);
    }

    #[test]
    fn words_are_measured_whole_and_chinese_by_the_character() {
        let half = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
        assert_eq!(longest_word("Technical committee of\nunits", half), 4.5);
        assert_eq!(longest_word("技术委员会", half), 1.0);
        assert_eq!(longest_word("依据，法", half), 2.0);
        assert_eq!(longest_word("", half), 0.0);
    }
}
