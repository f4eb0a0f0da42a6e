//! Reading a number as people type it: widths, dashes, brackets, spaces, short years.

use crate::Keyed;

use super::{
    LARGEST_PART, LARGEST_SEQUENCE, NumberError, NumberWarning, Parsed, Series, SpecNumber,
};

/// More characters than any number with its remark has.
const LONGEST: usize = 120;
/// Two-digit years from here on belong to the last century: numbers of the field begin in the seventies.
const CENTURY_TURN: u16 = 60;

pub(super) fn parse(text: &str) -> Result<Parsed, NumberError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(NumberError::TooLong);
    }
    let printed =
        text.split(is_space).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(" ");
    if printed.is_empty() {
        return Err(NumberError::Empty);
    }
    if printed.contains(char::is_control) {
        return Err(NumberError::Trailing { text: String::new() });
    }
    let plain: Vec<char> = printed.chars().map(plain).flat_map(char::to_uppercase).collect();
    let mut reader = Reader { rest: &plain, warnings: Vec::new() };
    let series = reader.series()?;
    let mark = reader.mark()?;
    let (sequence, part) = reader.sequence()?;
    let year = reader.year()?;
    let remark = reader.remark();
    reader.end()?;
    let number = SpecNumber::new(series, mark.as_deref(), sequence, part, year)?;
    Ok(Parsed { number, printed, remark, warnings: reader.warnings })
}

/// One character in its half-width form: letters and digits, every dash, every bracket.
fn plain(letter: char) -> char {
    match letter {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '﹘' | '﹣' | 'ー' | '⁃' | '─' | '━'
        | '~' | '～' | '〜' => '-',
        '（' | '［' | '【' | '〔' | '﹙' | '〈' | '《' | '「' | '[' | '{' | '｛' | '<' => {
            '('
        }
        '）' | '］' | '】' | '〕' | '﹚' | '〉' | '》' | '」' | ']' | '}' | '｝' | '>' => {
            ')'
        }
        '．' | '。' | '·' | '・' => '.',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - FULL_WIDTH_OFFSET).unwrap_or(letter)
        }
        other => other,
    }
}

/// How far the full-width forms lie above ASCII.
const FULL_WIDTH_OFFSET: u32 = 0xfee0;

/// Spaces of every width, and the marks without width that pasted text brings along; an underscore stands for a space in file
/// names, a plus in addresses.
fn is_space(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{200b}'
                ..='\u{200f}'
                    | '\u{2060}'
                    | '\u{feff}'
                    | '\u{ad}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '_'
                    | '+'
        )
}

struct Reader<'a> {
    rest: &'a [char],
    warnings: Vec<NumberWarning>,
}

impl Reader<'_> {
    /// Skips spaces; whether there were any.
    fn spaces(&mut self) -> bool {
        let spaces = self.rest.iter().take_while(|letter| **letter == ' ').count();
        self.rest = &self.rest[spaces..];
        spaces > 0
    }

    fn next(&mut self) -> Option<char> {
        self.spaces();
        self.rest.first().copied()
    }

    fn skip(&mut self, wanted: char) -> bool {
        // A refusal leaves the spaces in place: they may stand for the dash.
        let found = self.rest.iter().find(|letter| **letter != ' ') == Some(&wanted);
        if found {
            self.spaces();
            self.rest = &self.rest[1..];
        }
        found
    }

    /// The characters up to the first that does not suit, spaces between them left out.
    fn run(&mut self, suits: fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(letter) = self.next().filter(|letter| suits(*letter)) {
            text.push(letter);
            self.rest = &self.rest[1..];
        }
        text
    }

    /// The same, but spaces end the run.
    fn word(&mut self, suits: fn(char) -> bool) -> String {
        self.spaces();
        let length = self.rest.iter().take_while(|letter| suits(**letter)).count();
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        word.iter().collect()
    }

    fn series(&mut self) -> Result<Series, NumberError> {
        let prefix = self.run(|letter| letter.is_ascii_uppercase() || letter == '/');
        match Series::from_key(&prefix) {
            Ok(series) => Ok(series),
            Err(_) if prefix.is_empty() => Err(NumberError::NoSeries),
            Err(_) => Err(NumberError::OtherSeries { prefix: prefix.chars().take(20).collect() }),
        }
    }

    /// The mark, with both, one or no bracket, or between dashes as in an address.
    fn mark(&mut self) -> Result<Option<String>, NumberError> {
        let dashed = self.skip('-');
        let opened = self.skip('(');
        let written = self
            .run(|letter| letter.is_alphabetic() || matches!(letter, '、' | '.' | '/' | ',' | '&'));
        let closed = self.skip(')');
        if written.is_empty() {
            return if opened || closed { Err(NumberError::Mark) } else { Ok(None) };
        }
        if !(opened && closed || dashed && !opened && !closed) {
            self.warnings.push(NumberWarning::BracketMissing);
        }
        // Several provinces, each with its own number and bracket.
        if matches!(self.next(), Some('/' | '、' | ',' | '(')) {
            return Err(NumberError::Several);
        }
        self.skip('-');
        let mark: String = written.chars().filter(|letter| letter.is_alphabetic()).collect();
        if mark.len() != written.len() {
            self.warnings.push(NumberWarning::MarkJoined);
        }
        Ok(Some(mark))
    }

    fn sequence(&mut self) -> Result<(u32, Option<u32>), NumberError> {
        // Spaces inside the figures are dropped only where a dash still tells sequence and year apart.
        let dash_follows =
            self.rest.iter().take_while(|letter| **letter != '(').any(|letter| *letter == '-');
        let digits = if dash_follows { self.run(digit) } else { self.word(digit) };
        let sequence = bounded(&digits, LARGEST_SEQUENCE)?;
        if digits.starts_with('0') {
            self.warnings.push(NumberWarning::LeadingZeros);
        }
        if !self.skip('.') {
            return Ok((sequence, None));
        }
        let digits = if dash_follows { self.run(digit) } else { self.word(digit) };
        Ok((sequence, Some(bounded(&digits, LARGEST_PART)?)))
    }

    fn year(&mut self) -> Result<u16, NumberError> {
        let spaced = self.spaces();
        let mut dashes = 0;
        while self.skip('-') {
            dashes += 1;
        }
        // The character for "one" is often taken for a dash.
        let lookalike = dashes == 0 && (self.skip('一') || self.skip('/') || self.skip(':'));
        let text = self.run(digit);
        if text.is_empty() {
            return Err(NumberError::NoYear);
        }
        if dashes == 0 && !lookalike && !spaced {
            return Err(NumberError::NoYear);
        }
        if dashes == 0 {
            self.warnings.push(NumberWarning::DashMissing);
        }
        let fault = || NumberError::Year { text: text.chars().take(20).collect() };
        let year: u16 = text.parse().map_err(|_| fault())?;
        match text.len() {
            4 => Ok(year),
            2 => {
                let assumed = year + if year >= CENTURY_TURN { 1900 } else { 2000 };
                self.warnings.push(NumberWarning::TwoDigitYear { assumed });
                Ok(assumed)
            }
            _ => Err(fault()),
        }
    }

    fn remark(&mut self) -> Option<String> {
        if !(self.next() == Some('(') && self.rest.last() == Some(&')')) {
            return None;
        }
        let inside: String = self.rest[1..self.rest.len() - 1].iter().collect();
        if inside.contains(['(', ')']) || inside.trim().is_empty() || names_a_series(&inside) {
            return None;
        }
        self.rest = &[];
        self.warnings.push(NumberWarning::Remark);
        Some(inside.trim().to_owned())
    }

    fn end(&mut self) -> Result<(), NumberError> {
        let Some(first) = self.next() else { return Ok(()) };
        let text: String = self.rest.iter().take(40).collect();
        let separator =
            matches!(first, ';' | '；' | ',' | '，' | '、' | '/' | '&' | '和' | '及' | '与' | '或');
        if names_a_series(&text) || separator {
            return Err(NumberError::Several);
        }
        Err(NumberError::Trailing { text })
    }
}

fn names_a_series(text: &str) -> bool {
    Series::ALL.iter().any(|series| text.contains(series.key()))
}

fn digit(letter: char) -> bool {
    letter.is_ascii_digit()
}

fn bounded(digits: &str, largest: u32) -> Result<u32, NumberError> {
    digits.parse().ok().filter(|figure| (1..=largest).contains(figure)).ok_or(NumberError::Sequence)
}
