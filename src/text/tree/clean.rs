//! Characters that nobody sees are taken out, every space is a plain one.

/// Words as a reader sees them: no marks of direction, no zero-width characters, no control characters, single spaces, lines trimmed,
/// no empty line.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' => {
                if !cleaned.is_empty() && !cleaned.ends_with('\n') {
                    cleaned.push('\n');
                }
                space = false;
            }
            c if c.is_whitespace() => space = true,
            c if is_unseen(c) => {}
            c => {
                if space && !cleaned.is_empty() && !cleaned.ends_with('\n') {
                    cleaned.push(' ');
                }
                space = false;
                cleaned.push(if c == '\u{2011}' { '-' } else { c });
            }
        }
    }
    if cleaned.ends_with('\n') {
        cleaned.pop();
    }
    cleaned
}

/// Marks of direction, zero-width spaces and joiners, soft hyphens, byte order marks, control and private characters.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_nobody_sees_is_taken_out() {
        let rows = [
            ("  示值\u{a0}误差\u{3000}\t限 ", "示值 误差 限"),
            ("示\u{200b}值\u{feff}\u{202e}误\u{ad}差\u{7}", "示值误差"),
            ("一 \n\n  二\r\n三\n", "一\n二\n三"),
            ("non\u{2011}linear", "non-linear"),
            (" \u{200b}\u{2066} ", ""),
        ];
        for (text, wanted) in rows {
            assert_eq!(clean(text), wanted);
        }
    }
}
