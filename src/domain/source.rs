//! References to international documents (国际文件): read from any written form, compared with the editions that are known.

use crate::keyed;

keyed! {
    /// What is known about an edition of an international document.
    SourceState as "source state" {
        /// 现行
        Current = "current",
        /// 已被新版代替
        Superseded = "superseded",
        /// 撤销
        Withdrawn = "withdrawn",
    }
}

/// A reference to an international document: `OIML R 76-1:2006`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRef {
    body: &'static str,
    designation: String,
    /// The year of the edition, where it is told.
    pub edition: Option<i32>,
}

/// How a reference stands among the editions that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No list tells, or the reference names no edition.
    Untold,
    /// It is the newest one in force.
    Current,
    /// A newer edition is in force.
    Renewed {
        /// The year of that edition.
        newest: i32,
    },
    /// The document is withdrawn and nothing took its place.
    Withdrawn,
}

/// Bodies whose documents are adopted, longer names before those they begin with.
const BODIES: [&str; 7] = ["ISO/IEC", "OIML", "BIPM", "ILAC", "ISO", "IEC", "ITU"];
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// Letters as they are compared: narrow, capital, with plain dashes.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        '–' | '—' | '－' | '‐' | '‑' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).collect::<String>().to_uppercase()
}

/// The first year in a text.
fn year(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .filter_map(|run| run.parse().ok())
        .find(|year| YEARS.contains(year))
}

impl SourceRef {
    /// Reads one reference; none where no body and number stand at its beginning.
    pub fn parse(text: &str) -> Option<Self> {
        let text = folded(text);
        let text = text.trim();
        // ISOLATION is no ISO: after the name of the body no letter follows at once, but OIMLR76 is written too.
        let ends = |rest: &str| rest.chars().take(2).filter(char::is_ascii_alphabetic).count() < 2;
        let body = BODIES.into_iter().find(|body| text.strip_prefix(body).is_some_and(ends))?;
        let rest = text[body.len()..].trim_start_matches([' ', '/']);
        let (mut designation, mut end) = (String::new(), rest.len());
        for (at, c) in rest.char_indices() {
            let counted = designation.contains(|c: char| c.is_ascii_digit());
            match c {
                ' ' if !counted => {}
                '-' | '.' if counted => designation.push(c),
                c if c.is_ascii_alphanumeric() => designation.push(c),
                _ => {
                    end = at;
                    break;
                }
            }
        }
        let mut edition = year(&rest[end..]);
        // ISO 376-2011: the last part of the number is the year.
        if let (None, Some((number, last))) = (edition, designation.clone().rsplit_once('-')) {
            edition = year(last).filter(|_| last.len() == 4);
            if edition.is_some() {
                number.clone_into(&mut designation);
            }
        }
        let designation = designation.trim_end_matches(['-', '.']).to_owned();
        designation.contains(|c: char| c.is_ascii_digit()).then_some(Self {
            body,
            designation,
            edition,
        })
    }

    /// Reads all references of a text, which semicolons and commas part.
    pub fn all(text: &str) -> Vec<Self> {
        text.split([';', '；', '、', ',', '，', '\n']).filter_map(Self::parse).collect()
    }

    /// What names the document whatever its edition: `OIML R76-1`.
    pub fn key(&self) -> String {
        format!("{} {}", self.body, self.designation)
    }

    /// How it stands among the editions that are known of the same document.
    pub fn standing(&self, known: &[(i32, SourceState)]) -> Standing {
        let current = known.iter().filter(|(_, state)| *state == SourceState::Current);
        match (self.edition, current.map(|(year, _)| *year).max()) {
            (Some(own), Some(newest)) if newest > own => Standing::Renewed { newest },
            (Some(_), Some(_)) => Standing::Current,
            (_, None) if known.iter().any(|(_, state)| *state == SourceState::Withdrawn) => {
                Standing::Withdrawn
            }
            _ => Standing::Untold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, Option<i32>) {
        let found = SourceRef::parse(text).unwrap_or_else(|| panic!("{text}"));
        (found.key(), found.edition)
    }

    #[test]
    fn references_are_read_from_any_written_form() {
        for (text, key, edition) in [
            ("OIML R 76-1:2006 (E)", "OIML R76-1", Some(2006)),
            ("oiml r76-1（2006）", "OIML R76-1", Some(2006)),
            ("OIML R49:2013 NEQ", "OIML R49", Some(2013)),
            ("OIML R 111", "OIML R111", None),
            ("ISO 376-2011", "ISO 376", Some(2011)),
            ("ISO/IEC 17025：2017", "ISO/IEC 17025", Some(2017)),
            ("IEC 61672-1:2013", "IEC 61672-1", Some(2013)),
        ] {
            assert_eq!(read(text), (key.to_owned(), edition), "{text}");
        }
        for text in ["", "JJG 1-2020", "OIML", "ISOLATION 5"] {
            assert_eq!(SourceRef::parse(text), None, "{text}");
        }
        assert_eq!(SourceRef::all("OIML R76-1:2006; ISO 376:2011、无").len(), 2);
    }

    #[test]
    fn a_newer_edition_in_force_and_a_withdrawal_are_found() {
        use SourceState::{Current, Superseded, Withdrawn};
        let own = SourceRef::parse("OIML R 76-1:2006").unwrap();
        let newer = [(2006, Superseded), (2024, Current)];
        assert_eq!(own.standing(&newer), Standing::Renewed { newest: 2024 });
        assert_eq!(own.standing(&[(2006, Current), (1992, Superseded)]), Standing::Current);
        assert_eq!(own.standing(&[(2006, Withdrawn)]), Standing::Withdrawn);
        assert_eq!(own.standing(&[]), Standing::Untold);
        let open = SourceRef::parse("OIML R 76-1").unwrap();
        assert_eq!(open.standing(&newer), Standing::Untold, "it names no edition");
    }
}
