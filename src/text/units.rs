//! The symbols of the legal units of measurement (法定计量单位): those of the SI, and the others that the State Council's order of 1984 lets stand.
//!
//! Written as they are printed in texts, compound ones with `·`, `/` and exponents.

/// Symbols that take prefixes: base and derived units of the SI, litre, electronvolt, var, tex; SI units of print such as `V·A` come out of them.
const WITH_PREFIX: &[&str] = &[
    "m", "g", "s", "A", "K", "mol", "cd", "rad", "sr", "Hz", "N", "Pa", "J", "W", "C", "V", "F",
    "Ω", "S", "Wb", "T", "H", "lm", "lx", "Bq", "Gy", "Sv", "kat", "L", "l", "eV", "var", "tex",
    "B", "bit", "Bd", "VA", "Wh", "Ah",
];
/// Symbols that take none: time, angle, mass, length at sea, speed, level, temperature, shares.
const WITHOUT_PREFIX: &[&str] = &[
    "min", "h", "d", "a", "°", "′", "″", "t", "u", "r", "hm", "kn", "dB", "dBm", "dBi", "dBc",
    "dBμV", "dBμA", "Np", "oct", "dec", "phon", "sone", "℃", "°C", "%", "‰", "pH", "HRC", "HRB",
    "HRA", "HB", "HBW", "HV", "HL", "HS", "NTU", "FTU", "Mt", "kt",
];
/// Symbols beginning with a letter of another alphabet, to be read before any prefix.
const PREFIXES: &[&str] = &[
    "da", "Q", "R", "Y", "Z", "E", "P", "T", "G", "M", "k", "h", "d", "c", "m", "μ", "n", "p", "f",
    "a", "z", "y", "r", "q",
];

/// Whether a word is the symbol of one unit, with or without prefix.
pub fn is_single(word: &str) -> bool {
    let word = plain(word);
    if WITH_PREFIX.contains(&&*word) || WITHOUT_PREFIX.contains(&&*word) {
        return true;
    }
    PREFIXES
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(|unit| WITH_PREFIX.contains(&unit)))
}

/// How many bytes at the beginning of a text are the symbol of a unit, compound or not; 0 when it begins with none.
///
/// A word that only begins like a unit is none: `mm` is read whole, `mmx` not at all.
pub fn symbol_length(text: &str) -> usize {
    let mut end = 0;
    let mut rest = text;
    loop {
        let word = letters(rest);
        if !is_single(&rest[..word]) {
            return end;
        }
        let power = word + exponent(&rest[word..]);
        end = text.len() - rest.len() + power;
        rest = &rest[power..];
        let Some(sign) = rest.chars().next().filter(|sign| is_sign(*sign)) else { return end };
        rest = &rest[sign.len_utf8()..];
    }
}

/// Signs between the parts of a compound unit.
fn is_sign(letter: char) -> bool {
    matches!(letter, '·' | '⋅' | '•' | '/' | '∕')
}

/// Characters of which the symbols of units consist.
pub fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic()
        || matches!(letter, 'μ' | '\u{b5}' | 'Ω' | '\u{2126}' | '℃' | '°' | '′' | '″' | '%' | '‰')
}

fn letters(text: &str) -> usize {
    text.find(|letter| !is_letter(letter)).unwrap_or(text.len())
}

/// Bytes of the exponent: raised figures, figures after `^`, or one plain figure with or without a sign.
fn exponent(text: &str) -> usize {
    let raised = |letter: char| matches!(letter, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁻');
    let run = text.find(|letter| !raised(letter)).unwrap_or(text.len());
    if run > 0 {
        return run;
    }
    let (bare, caret) = text.strip_prefix('^').map_or((text, 0), |rest| (rest, 1));
    let bare_sign = usize::from(bare.starts_with('-'));
    let figures = &bare[bare_sign..];
    let digits = figures.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(figures.len());
    let follows = figures[digits..].chars().next().is_some_and(is_letter);
    if digits == 0 || digits > 2 || follows || caret == 0 && digits > 1 {
        return 0;
    }
    caret + bare_sign + digits
}

/// One spelling for signs that Unicode holds twice.
fn plain(word: &str) -> String {
    word.chars()
        .map(|letter| match letter {
            '\u{b5}' => 'μ',
            '\u{2126}' => 'Ω',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_as_far_as_they_go() {
        let table = [
            ("mm", "mm"),
            ("mmx", ""),
            ("kg，", "kg"),
            ("m/s²的", "m/s²"),
            ("m/s", "m/s"),
            ("kg·m⁻³", "kg·m⁻³"),
            ("kg/m3", "kg/m3"),
            ("W/(m·K)", "W"),
            ("s-1", "s-1"),
            ("m-10", "m"),
            ("℃和", "℃"),
            ("%RH", ""),
            ("dB", "dB"),
            ("µm", "µm"),
            ("kΩ", "kΩ"),
            ("KG", ""),
            ("to", ""),
            ("V/V", "V/V"),
            ("mL", "mL"),
        ];
        for (text, wanted) in table {
            assert_eq!(&text[..symbol_length(text)], wanted, "{text}");
        }
    }
}
