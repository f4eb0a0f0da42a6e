//! Names of files: made harmless for showing and for downloading; never used as a path by the house itself.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

/// The longest name kept, in bytes of UTF-8; file systems stop at 255 and downloads often get a number added.
const LONGEST: usize = 200;

/// Names that Windows takes for devices, with any extension.
const DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8",
    "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

/// A name as it may be shown and offered: no folders, no control, direction or zero-width characters, no device of Windows, NFC, at
/// most 200 bytes with its extension kept; `file` if nothing is left.
pub fn clean(name: &str) -> String {
    let base =
        name.rsplit(['/', '\\', ':']).find(|part| !part.trim().is_empty()).unwrap_or_default();
    let kept: String = base.nfc().filter(|c| !is_hidden(*c)).map(harmless).collect();
    let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = words.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    let shown = shorten(if trimmed.is_empty() { "file" } else { trimmed });
    let stem = shown.split('.').next().unwrap_or_default().trim_end();
    if DEVICES.iter().any(|device| device.eq_ignore_ascii_case(stem)) {
        format!("_{shown}")
    } else {
        shown
    }
}

/// The extension in lower case without its dot, or nothing.
pub fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    let fair =
        !stem.is_empty() && !extension.is_empty() && extension.chars().all(char::is_alphanumeric);
    fair.then(|| extension.to_lowercase())
}

/// The value of `Content-Disposition` that makes a browser save the file under its real name (RFC 6266); the name is cleaned first.
pub fn attachment(name: &str) -> String {
    let name = clean(name);
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%' | ';') || c == ' ' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let mut value = format!("attachment; filename=\"{plain}\"");
    if plain != name {
        value.push_str("; filename*=UTF-8''");
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                let _ = write!(value, "%{byte:02X}");
            }
        }
    }
    value
}

/// Characters that a reader cannot see but that change what she sees or what a system does.
fn is_hidden(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn harmless(c: char) -> char {
    match c {
        '<' | '>' | '"' | '|' | '?' | '*' => '_',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// Cuts the stem, not the extension.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, tail) = match extension(name).filter(|extension| extension.len() <= 16) {
        Some(extension) => name.split_at(name.len() - extension.len() - 1),
        None => (name, ""),
    };
    let mut end = LONGEST.saturating_sub(tail.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{tail}", stem[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f56_hostile_names_become_harmless_ones() {
        for (given, shown) in [
            ("../../etc/passwd", "passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("..\\", "file"),
            ("../", "file"),
            ("C:CON.pdf", "_CON.pdf"),
            ("lpt1", "_lpt1"),
            ("con .txt", "_con .txt"),
            ("a\0b\n c\t.pdf", "ab c .pdf"),
            (".htaccess", "htaccess"),
            ("...", "file"),
            ("", "file"),
            ("报告 . . ", "报告"),
            ("a<b>\"|?*.txt", "a_b_____.txt"),
            ("📏量块.docx", "📏量块.docx"),
            ("  two   words .pdf", "two words .pdf"),
        ] {
            assert_eq!(clean(given), shown, "{given:?}");
            assert_eq!(clean(shown), shown, "cleaning twice changes nothing");
        }
    }

    #[test]
    fn f56_long_names_keep_their_extension_and_whole_characters() {
        let long = clean(&format!("{}.docx", "量".repeat(300)));
        assert!(long.len() <= 200 && long.ends_with("量.docx"), "{long}");
        assert_eq!(clean(&"x".repeat(300)).len(), 200);
        assert!(clean(&format!("a.{}", "y".repeat(300))).len() <= 200);
    }

    #[test]
    fn f57_direction_marks_zero_widths_and_decomposed_letters_are_removed() {
        assert_eq!(clean("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(clean("a\u{200b}b\u{feff}c\u{2066}.pdf"), "abc.pdf");
        assert_eq!(clean("e\u{301}.pdf"), "\u{e9}.pdf");
    }

    #[test]
    fn f56_downloads_carry_the_real_name_and_an_ascii_one() {
        assert_eq!(attachment("plan.pdf"), "attachment; filename=\"plan.pdf\"");
        assert_eq!(
            attachment("量块 A.pdf"),
            "attachment; filename=\"__ A.pdf\"; filename*=UTF-8''%E9%87%8F%E5%9D%97%20A.pdf"
        );
        let hostile = attachment("x\"; filename=evil.exe\r\nSet-Cookie: a=b");
        assert!(!hostile.contains(['\r', '\n']) && hostile.matches('"').count() == 2, "{hostile}");
        assert_eq!(
            attachment("100%;.txt"),
            "attachment; filename=\"100__.txt\"; filename*=UTF-8''100%25%3B.txt"
        );
    }

    #[test]
    fn extensions_are_lower_case_and_real() {
        assert_eq!(extension("A.DOCX").as_deref(), Some("docx"));
        assert_eq!(extension("archive.tar.gz").as_deref(), Some("gz"));
        for none in ["README", ".profile", "x.", "a.b c"] {
            assert_eq!(extension(none), None, "{none}");
        }
    }
}
