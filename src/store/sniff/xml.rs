//! Looks through the XML of a document while it is being counted: no declared entities, no nesting beyond reason. It holds a few bytes only,
//! so that a part of any size costs no memory.

/// The deepest nesting that is taken; documents of Word stay far below 100.
const DEEPEST: u32 = 512;

/// A scanner that is fed the bytes of one part in pieces.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    state: State,
    depth: u32,
    seen: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    /// After `<`.
    Open,
    /// Inside a start tag, with the quote that is open and whether the last byte was a slash.
    Tag { quote: u8, slash: bool },
    /// Inside an end tag.
    End,
    /// Inside `<? … ?>`; whether the last byte was a question mark.
    Instruction { mark: bool },
    /// After `<!`, with the number of bytes matched so far, to tell comment, CDATA and declaration apart.
    Declaration { first: u8 },
    /// Inside a comment or CDATA; the byte that closes it and how many of it were seen in a row.
    Skipped { closer: u8, run: u8 },
}

impl Scanner {
    /// Takes the next bytes; an error says why the part is not acceptable.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        for byte in bytes {
            if self.seen < 2 && matches!(byte, 0xfe | 0xff | 0) {
                return Err("it is not UTF-8");
            }
            self.seen += 1;
            self.step(*byte)?;
        }
        Ok(())
    }

    fn step(&mut self, byte: u8) -> Result<(), &'static str> {
        self.state = match (self.state, byte) {
            (State::Text, b'<') => State::Open,
            (State::Text, _) => State::Text,
            (State::Open, b'/') => State::End,
            (State::Open, b'?') => State::Instruction { mark: false },
            (State::Open, b'!') => State::Declaration { first: 0 },
            (State::Open, _) => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err("it nests too deeply");
                }
                State::Tag { quote: 0, slash: false }
            }
            (State::Tag { quote: 0, slash }, b'>') => {
                if slash {
                    self.depth = self.depth.saturating_sub(1);
                }
                State::Text
            }
            (State::Tag { quote: 0, .. }, b'"' | b'\'') => State::Tag { quote: byte, slash: false },
            (State::Tag { quote: 0, .. }, _) => State::Tag { quote: 0, slash: byte == b'/' },
            (State::Tag { quote, .. }, _) if quote == byte => State::Tag { quote: 0, slash: false },
            (State::Tag { quote, .. }, _) => State::Tag { quote, slash: false },
            (State::End, b'>') => {
                self.depth = self.depth.saturating_sub(1);
                State::Text
            }
            (State::End, _) => State::End,
            (State::Instruction { mark: true }, b'>') => State::Text,
            (State::Instruction { .. }, _) => State::Instruction { mark: byte == b'?' },
            (State::Declaration { first: 0 }, b'-' | b'[') => State::Declaration { first: byte },
            (State::Declaration { first: b'-' }, b'-') => State::Skipped { closer: b'-', run: 0 },
            (State::Declaration { first: b'[' }, b'C') => State::Skipped { closer: b']', run: 0 },
            (State::Declaration { .. }, _) => {
                return Err("it declares a document type or entities");
            }
            (State::Skipped { run, .. }, b'>') if run >= 2 => State::Text,
            (State::Skipped { closer, run }, _) if closer == byte => {
                State::Skipped { closer, run: run.saturating_add(1).min(2) }
            }
            (State::Skipped { closer, .. }, _) => State::Skipped { closer, run: 0 },
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Result<(), &'static str> {
        let mut whole = Scanner::default();
        let result = whole.feed(text.as_bytes());
        let mut pieces = Scanner::default();
        let in_pieces = text.as_bytes().chunks(1).try_for_each(|piece| pieces.feed(piece));
        assert_eq!(result, in_pieces, "the cut of the pieces must not matter");
        result
    }

    #[test]
    fn ordinary_xml_passes() {
        let text = "\u{feff}<?xml version=\"1.0\"?><!-- a -- <!DOCTYPE -->\
            <a b='<!DOCTYPE>' c=\"x/>\"><d/><![CDATA[ <!ENTITY ]] ]]>text</a>";
        assert_eq!(scan(text), Ok(()));
        assert_eq!(scan(&"<a/>".repeat(10_000)), Ok(()));
        assert_eq!(scan(&"<a></a>".repeat(10_000)), Ok(()));
    }

    /// F53: XXE, billion laughs, 10,000-deep XML.
    #[test]
    fn f53_entities_and_deep_nesting_are_refused() {
        assert!(scan("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a/>").is_err());
        assert!(scan(" \n<!doctype html>").is_err());
        assert!(scan(&"<a>".repeat(10_000)).is_err());
        assert!(Scanner::default().feed(b"\xff\xfe<\0").is_err());
    }
}
