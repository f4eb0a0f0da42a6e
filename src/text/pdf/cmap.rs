//! Tables that say which characters the codes of a font stand for (ToUnicode).

use std::collections::HashMap;

/// Most entries of a table; there are no more codes of two bytes.
const MOST: usize = 70_000;

/// Characters by code and length of the code in bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct CMap {
    characters: HashMap<(u8, u32), String>,
    /// Lengths of codes, longest first.
    lengths: Vec<u8>,
}

enum Token<'a> {
    Hex(Vec<u8>),
    Word(&'a [u8]),
    Open,
    Close,
}

impl CMap {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Self::default();
        let mut pending: Vec<Token<'_>> = Vec::new();
        let mut rest = bytes;
        while let Some(token) = token(&mut rest) {
            match token {
                Token::Word(b"beginbfchar" | b"beginbfrange" | b"begincodespacerange") => {
                    pending.clear()
                }
                Token::Word(b"endbfchar") => map.characters(&std::mem::take(&mut pending)),
                Token::Word(b"endbfrange") => map.ranges(&std::mem::take(&mut pending)),
                Token::Word(b"endcodespacerange") => map.lengths(&std::mem::take(&mut pending)),
                Token::Word(_) => {}
                token if pending.len() < 4 * MOST => pending.push(token),
                _ => {}
            }
        }
        if map.lengths.is_empty() {
            map.lengths = map.characters.keys().map(|(length, _)| *length).collect();
        }
        map.lengths.sort_unstable_by(|a, b| b.cmp(a));
        map.lengths.dedup();
        map
    }

    pub(super) fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// The next code of a string: its length, its value, and what it stands for.
    pub(super) fn next(&self, bytes: &[u8]) -> (usize, u32, Option<&str>) {
        for length in &self.lengths {
            let Some(code) = bytes.get(..usize::from(*length)) else { continue };
            let value = value(code);
            if let Some(text) = self.characters.get(&(*length, value)) {
                return (code.len(), value, Some(text));
            }
        }
        let length =
            usize::from(self.lengths.first().copied().unwrap_or(1)).clamp(1, bytes.len().max(1));
        (length, value(bytes.get(..length).unwrap_or_default()), None)
    }

    fn lengths(&mut self, tokens: &[Token<'_>]) {
        for token in tokens {
            if let Token::Hex(code) = token
                && let Ok(length @ 1..=4) = u8::try_from(code.len())
            {
                self.lengths.push(length);
            }
        }
    }

    fn characters(&mut self, tokens: &[Token<'_>]) {
        for pair in tokens.chunks_exact(2) {
            if let [Token::Hex(code), Token::Hex(text)] = pair {
                self.add(code.len(), value(code), utf16(text));
            }
        }
    }

    fn ranges(&mut self, tokens: &[Token<'_>]) {
        let mut tokens = tokens.iter();
        while let (Some(Token::Hex(from)), Some(Token::Hex(to))) = (tokens.next(), tokens.next()) {
            let (first, last) = (value(from), value(to));
            match tokens.next() {
                Some(Token::Hex(text)) => {
                    let mut units = text.clone();
                    for code in (first..=last).take(MOST) {
                        self.add(from.len(), code, utf16(&units));
                        step(&mut units);
                    }
                }
                Some(Token::Open) => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.next() {
                        self.add(from.len(), code, utf16(text));
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn add(&mut self, length: usize, code: u32, text: String) {
        if let Ok(length @ 1..=4) = u8::try_from(length)
            && self.characters.len() < MOST
        {
            self.characters.insert((length, code), text);
        }
    }
}

fn value(code: &[u8]) -> u32 {
    code.iter().take(4).fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    if let [one] = bytes {
        return char::from(*one).to_string();
    }
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// The next character in the order of code units.
fn step(units: &mut [u8]) {
    for byte in units.iter_mut().rev() {
        let (next, over) = byte.overflowing_add(1);
        *byte = next;
        if !over {
            break;
        }
    }
}

fn token<'a>(rest: &mut &'a [u8]) -> Option<Token<'a>> {
    loop {
        let (first, after) = rest.split_first()?;
        match first {
            b'%' => {
                let end = rest
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))
                    .unwrap_or(rest.len());
                *rest = &rest[end..];
            }
            b'[' => {
                *rest = after;
                return Some(Token::Open);
            }
            b']' => {
                *rest = after;
                return Some(Token::Close);
            }
            b'<' if after.first() != Some(&b'<') => {
                let end = after.iter().position(|byte| *byte == b'>').unwrap_or(after.len());
                let digits: Vec<u8> = after[..end]
                    .iter()
                    .filter_map(|byte| char::from(*byte).to_digit(16))
                    .map(|digit| u8::try_from(digit).unwrap_or(0))
                    .collect();
                *rest = after.get(end + 1..).unwrap_or_default();
                let byte = |pair: &[u8]| (pair[0] << 4) | pair.get(1).copied().unwrap_or(0);
                return Some(Token::Hex(digits.chunks(2).map(byte).collect()));
            }
            byte if byte.is_ascii_alphabetic() => {
                let end = rest
                    .iter()
                    .position(|byte| !byte.is_ascii_alphanumeric())
                    .unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                *rest = after;
                return Some(Token::Word(word));
            }
            _ => *rest = after,
        }
    }
}
