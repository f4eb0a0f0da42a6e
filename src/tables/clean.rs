//! Pasted text: what word processors, web pages and input methods leave behind is taken out, and what only a person can judge is flagged.

use unicode_normalization::UnicodeNormalization;

/// A text after tidying, with what could not be decided by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The text as it should be kept: NFC, no invisible characters, no blanks at its ends; full-width digits stay.
    pub text: String,
    /// What a person should look at.
    pub flags: Vec<Flag>,
}

/// Something in a pasted text that a person should look at; the text is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Brackets with toned pinyin, as web pages add them: 张三（zhāng sān）.
    Pinyin,
    /// The mark of a character lost in an earlier conversion (U+FFFD).
    LostCharacter,
    /// Invisible characters were taken out: direction marks, zero-width characters, control characters.
    Invisible,
}

impl Flag {
    /// The key of the doubt.
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Pinyin => "import-doubt-pinyin",
            Self::LostCharacter => "import-doubt-lost-character",
            Self::Invisible => "import-doubt-invisible-characters",
        }
    }
}

/// Cleans one pasted text; line breaks stay, as `\n`.
pub fn tidy(pasted: &str) -> Tidied {
    let mut flags = Vec::new();
    let mut hidden = false;
    let mut kept = String::with_capacity(pasted.len());
    let mut previous_cr = false;
    for c in pasted.chars() {
        match c {
            '\r' => kept.push('\n'),
            '\n' if previous_cr => {}
            '\n' | '\t' => kept.push(c),
            '\u{2028}' | '\u{2029}' | '\u{85}' => kept.push('\n'),
            '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => kept.push(' '),
            // The byte order mark and the zero-width space come with nearly every paste and say nothing.
            '\u{FEFF}' | '\u{200B}' | '\u{AD}' => {}
            _ if is_invisible(c) => hidden = true,
            _ => kept.push(c),
        }
        previous_cr = c == '\r';
    }
    let text: String = kept.trim().nfc().collect();
    if has_toned_brackets(&text) {
        flags.push(Flag::Pinyin);
    }
    if text.contains('\u{FFFD}') {
        flags.push(Flag::LostCharacter);
    }
    if hidden {
        flags.push(Flag::Invisible);
    }
    Tidied { text, flags }
}

/// A text folded for comparison: width, case and every sign that is neither letter nor digit are gone.
///
/// Full-width digits become ordinary ones here, and only here.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
    }
    text.nfkc().flat_map(char::to_lowercase).nfkc().filter(|c| c.is_alphanumeric()).collect()
}

/// A text on one line for use as a key: NFKC, runs of blanks become one blank.
pub fn one_line(text: &str) -> String {
    let narrow: String = tidy(text).text.nfkc().collect();
    narrow.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width, direction and other control characters that change what is seen without being seen.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{180E}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The vowels of pinyin with a tone mark.
const TONED: &str = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";

/// Whether a pair of brackets holds nothing but Latin letters and blanks, at least one of them toned.
fn has_toned_brackets(text: &str) -> bool {
    let mut inside: Option<bool> = None;
    for c in text.chars() {
        inside = match (c, inside) {
            ('(' | '（' | '[' | '［' | '【' | '〔', _) => Some(false),
            (')' | '）' | ']' | '］' | '】' | '〕', Some(true)) => return true,
            (_, Some(toned)) => {
                let lower = c.to_lowercase().next().unwrap_or(c);
                let tone = TONED.contains(lower);
                let letter = c.is_ascii_alphabetic()
                    || lower == 'ü'
                    || c.is_whitespace()
                    || c == '\''
                    || c == '·';
                (tone || letter).then_some(toned || tone)
            }
            (_, None) => None,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_are_told() {
        let tidied = tidy("\u{FEFF} 钢\u{200B}直\u{202E}尺\u{200F}\u{A0}规程\u{3000}");
        assert_eq!(tidied, Tidied { text: "钢直尺 规程".into(), flags: vec![Flag::Invisible] });
        assert_eq!(tidy("\u{FEFF}钢直尺").flags, vec![]);
        assert_eq!(tidy("a\r\nb\rc\u{2028}d").text, "a\nb\nc\nd");
    }

    #[test]
    fn text_is_composed_but_keeps_its_width() {
        assert_eq!(tidy("e\u{301}").text, "é");
        assert_eq!(tidy("１００ Ｈｚ　水听器").text, "１００ Ｈｚ　水听器");
        assert_eq!(fold(" Title_ZH（名 称）１"), "titlezh名称1");
        assert_eq!(one_line("ＪＪＧ　1—1999 \n"), "JJG 1—1999");
    }

    #[test]
    fn toned_brackets_are_flagged_and_ordinary_brackets_are_not() {
        for flagged in ["钡（bèi）标准", "张三(Zhāng Sān)", "量【liáng】块"] {
            assert_eq!(tidy(flagged).flags, vec![Flag::Pinyin], "{flagged}");
        }
        for plain in
            ["天平（电子）", "(A,B,C标尺)", "量块(block)", "bèi", "(bèi", "（bèi，钡）", "(±2)"]
        {
            assert_eq!(tidy(plain).flags, vec![], "{plain}");
        }
        assert_eq!(tidy("标\u{FFFD}").flags, vec![Flag::LostCharacter]);
    }
}
