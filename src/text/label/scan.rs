//! Walking along a line, full width read as half width.

/// A character in half width; every kind of space is a space.
pub(super) fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(c) - 0xfee0).expect("half of a full-width character")
        }
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether a character belongs to Chinese running text: an ideograph, or a mark that opens one.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}' | '“' | '《' | '〈' | '「' | '【')
}

/// A place in a line.
#[derive(Debug, Clone)]
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes walked.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The next character in half width.
    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next().map(fold)
    }

    /// The next character, if it is one of those.
    pub(super) fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let raw = self.text[self.at..].chars().next()?;
        let c = fold(raw);
        wanted(c).then(|| {
            self.at += raw.len_utf8();
            c
        })
    }

    /// Passes over spaces.
    pub(super) fn spaces(&mut self) {
        while self.take(|c| c == ' ').is_some() {}
    }

    /// Passes over a word, if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        let follows = self.text[self.at..].starts_with(word);
        self.at += if follows { word.len() } else { 0 };
        follows
    }

    /// Passes over a Latin word in any case, if it comes next.
    pub(super) fn latin(&mut self, word: &str) -> bool {
        let mut ahead = self.clone();
        let follows =
            word.chars().all(|letter| ahead.take(|c| c.eq_ignore_ascii_case(&letter)).is_some());
        if follows {
            *self = ahead;
        }
        follows
    }

    /// A whole number without leading zero, up to four digits.
    pub(super) fn digits(&mut self) -> Option<u32> {
        let mut ahead = self.clone();
        let mut number = String::new();
        while let Some(digit) = ahead.take(|c| c.is_ascii_digit()) {
            number.push(digit);
        }
        if number.len() > 4 || (number.len() > 1 && number.starts_with('0')) {
            return None;
        }
        let read = number.parse().ok()?;
        *self = ahead;
        Some(read)
    }

    /// A sign and the number after it, other than zero; nothing is passed over if one is missing.
    pub(super) fn pair(&mut self, sign: impl Fn(char) -> bool) -> Option<(char, u32)> {
        let mut ahead = self.clone();
        let sign = ahead.take(sign)?;
        let digits = ahead.digits().filter(|digits| *digits > 0)?;
        *self = ahead;
        Some((sign, digits))
    }

    /// A number from 一 to 九十九.
    pub(super) fn han_number(&mut self) -> Option<u32> {
        const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let digit = |scan: &mut Self| {
            let found = scan.take(|c| DIGITS.contains(&c))?;
            DIGITS.iter().position(|c| *c == found).and_then(|at| u32::try_from(at + 1).ok())
        };
        let first = digit(self);
        if self.take(|c| c == '十').is_some() {
            return Some(first.unwrap_or(1) * 10 + digit(self).unwrap_or(0));
        }
        first
    }
}
