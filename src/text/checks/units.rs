//! Units that are no legal units, symbols with wrong letters, figures without space before the unit (计量单位).

use quanheng_domain::check::CheckKind;

use super::{
    Finding,
    outline::{Outline, sentences},
};
use crate::units;

/// Chinese names of units that are no legal units, with what stands in their place.
const NAMES: &[(&str, &str)] = &[
    ("英寸", "mm"),
    ("英尺", "m"),
    ("英里", "km"),
    ("公尺", "m"),
    ("公分", "cm"),
    ("市尺", "m"),
    ("市斤", "kg"),
    ("市里", "km"),
    ("公吨", "t"),
    ("盎司", "g"),
    ("英磅", "kg"),
    ("公升", "L"),
    ("立升", "L"),
    ("加仑", "L"),
    ("公斤力", "N"),
    ("千克力", "N"),
    ("吨力", "kN"),
    ("达因", "N"),
    ("毫米汞柱", "Pa"),
    ("毫米水柱", "Pa"),
    ("米水柱", "Pa"),
    ("工程大气压", "Pa"),
    ("标准大气压", "Pa"),
    ("尔格", "J"),
    ("千卡", "J"),
    ("大卡", "J"),
    ("卡路里", "J"),
    ("马力", "W"),
    ("华氏度", "℃"),
    ("华氏温度", "℃"),
    ("开氏度", "K"),
    ("奥斯特", "A/m"),
    ("麦克斯韦单位", "Wb"),
    ("居里/", "Bq"),
    ("伦琴/", "C/kg"),
    ("雷姆", "Sv"),
    ("克当量", "mol"),
    ("克分子", "mol"),
    ("周/秒", "Hz"),
];
/// Symbols that are no legal units, with what stands in their place; read as whole words.
const SYMBOLS: &[(&str, &str)] = &[
    ("ppm", "10⁻⁶"),
    ("pphm", "10⁻⁸"),
    ("ppb", "10⁻⁹"),
    ("ppt", "10⁻¹²"),
    ("psi", "Pa"),
    ("kgf", "N"),
    ("gf", "N"),
    ("tf", "N"),
    ("lbf", "N"),
    ("lb", "kg"),
    ("lbs", "kg"),
    ("oz", "g"),
    ("inch", "mm"),
    ("inches", "mm"),
    ("ft", "m"),
    ("yd", "m"),
    ("mil", "mm"),
    ("mmHg", "Pa"),
    ("cmHg", "Pa"),
    ("mmH2O", "Pa"),
    ("mmH₂O", "Pa"),
    ("mH2O", "Pa"),
    ("inHg", "Pa"),
    ("atm", "Pa"),
    ("Torr", "Pa"),
    ("torr", "Pa"),
    ("bar", "Pa"),
    ("mbar", "Pa"),
    ("dyn", "N"),
    ("erg", "J"),
    ("cal", "J"),
    ("kcal", "J"),
    ("HP", "W"),
    ("hp", "W"),
    ("°F", "℃"),
    ("℉", "℃"),
    ("Gs", "T"),
    ("Oe", "A/m"),
    ("Mx", "Wb"),
    ("Ci", "Bq"),
    ("mCi", "Bq"),
    ("rpm", "r/min"),
    ("RPM", "r/min"),
    ("rps", "r/s"),
    ("cc", "mL"),
    ("sec", "s"),
    ("Sec", "s"),
    ("hr", "h"),
    ("hrs", "h"),
    ("amp", "A"),
    ("ohm", "Ω"),
    ("Ohm", "Ω"),
    ("cps", "Hz"),
    ("Å", "nm"),
    ("degC", "℃"),
    ("oC", "℃"),
];
/// Units that may stand in texts about blood pressure.
const PRESSURE_OF_BLOOD: &[&str] = &["毫米汞柱", "mmHg"];
/// Symbols as they are written, from which a wrong capital can be told.
const WRITTEN: &[&str] = &[
    "kg", "mg", "μg", "km", "cm", "mm", "μm", "nm", "ms", "μs", "ns", "min", "Hz", "kHz", "MHz",
    "GHz", "Pa", "kPa", "MPa", "hPa", "GPa", "kV", "mV", "μV", "kW", "mW", "MW", "mA", "kA", "μA",
    "kJ", "MJ", "kN", "mN", "MN", "kΩ", "MΩ", "mΩ", "mL", "μL", "dB", "dBm", "mol", "mmol", "lx",
    "lm", "Bq", "Gy", "Sv", "mSv", "mT", "kVA", "kWh", "mF", "μF", "pF", "nF", "mH", "μH", "pH",
];
/// Symbols that are legal and yet hardly ever meant, with what probably is.
const DOUBTFUL: &[(&str, &str)] =
    &[("mHz", "MHz"), ("S", "s"), ("Ms", "ms"), ("Mm", "mm"), ("Mg", "mg"), ("Kat", "kat")];
/// Signs that stand close to the figure.
const CLOSE: &[&str] = &["°", "′", "″", "%", "‰"];

pub(super) fn check(text: &Outline) -> Vec<Finding> {
    let blood = text
        .clauses
        .iter()
        .any(|clause| sentences(clause).iter().any(|words| words.contains("血压")));
    let mut found: Vec<Finding> = Vec::new();
    for clause in text.clauses {
        let mut here: Vec<Finding> = Vec::new();
        for words in sentences(clause) {
            here.extend(names(&clause.key, words, blood));
            here.extend(symbols(&clause.key, words, blood));
        }
        // The same remark about the same words once a clause.
        for finding in here {
            if !found
                .iter()
                .rev()
                .take_while(|other| other.at == finding.at)
                .any(|other| *other == finding)
            {
                found.push(finding);
            }
        }
    }
    found
}

fn names(at: &str, words: &str, blood: bool) -> Vec<Finding> {
    NAMES
        .iter()
        .map(|(name, instead)| (name.trim_end_matches('/'), *name, *instead))
        .filter(|(name, written, _)| {
            words.contains(*written) && !(blood && PRESSURE_OF_BLOOD.contains(name))
        })
        .map(|(name, _, instead)| {
            Finding::new(CheckKind::UnitNotLegal, at, name).with("instead", instead)
        })
        .collect()
}

/// A word of letters, with the figure and the space before it.
struct Word<'a> {
    word: &'a str,
    figure: &'a str,
    gap: bool,
    /// What follows the word.
    rest: &'a str,
    bracketed: bool,
}

fn symbols(at: &str, words: &str, blood: bool) -> Vec<Finding> {
    let mut found = Vec::new();
    for Word { word, figure, gap, rest, bracketed } in read(words) {
        let measured = !figure.is_empty();
        let shown = words_of(figure, gap, word);
        let make = |rule| Finding::new(rule, at, &shown);
        let illegal = SYMBOLS.iter().find(|(symbol, _)| *symbol == word);
        let tells = measured || bracketed || word.chars().count() > 2;
        if let Some((symbol, instead)) = illegal.filter(|_| tells) {
            if !(blood && PRESSURE_OF_BLOOD.contains(symbol)) {
                found.push(make(CheckKind::UnitNotLegal).with("instead", *instead));
            }
            continue;
        }
        if !measured && !bracketed {
            continue;
        }
        if let Some((_, instead)) = DOUBTFUL.iter().find(|(symbol, _)| *symbol == word) {
            found.push(make(CheckKind::UnitDoubtful).with("instead", *instead));
        } else if !units::is_single(word) {
            let instead = written(word);
            if !instead.is_empty() {
                found.push(make(CheckKind::UnitSpelling).with("instead", instead));
            }
            continue;
        }
        if measured && !gap && spaced(word, rest) {
            found.push(make(CheckKind::UnitSpace).with("instead", format!("{figure} {word}")));
        }
    }
    found
}

fn words_of(figure: &str, gap: bool, word: &str) -> String {
    format!("{figure}{}{word}", if gap { " " } else { "" })
}

/// Whether a space belongs between a figure and this unit; a single letter before a noun is a grade or a name (3A级).
fn spaced(word: &str, rest: &str) -> bool {
    let noun = rest.starts_with(['级', '类', '型', '款', '等', '版', '网', '-', '—']);
    let name = noun && word.chars().count() == 1;
    !name && !CLOSE.contains(&word)
}

/// How a symbol with wrong letters is written, every way that it may be meant; empty when it is no such symbol.
fn written(word: &str) -> String {
    if word.chars().count() < 2 {
        return String::new();
    }
    let micro = word.strip_prefix('u').map(|rest| format!("μ{rest}"));
    if let Some(micro) = micro.filter(|micro| units::is_single(micro)) {
        return micro;
    }
    let alike = |symbol: &&&str| symbol.to_lowercase() == word.to_lowercase();
    WRITTEN.iter().filter(alike).copied().collect::<Vec<_>>().join(" / ")
}

/// Words of letters of units, each with what stands before it.
fn read(words: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = words[from..].find(starts).map(|at| from + at) {
        let letters = words[start..].find(|letter| !goes_on(letter)).unwrap_or(words.len() - start);
        let end = start + letters;
        let before = &words[..start];
        let trimmed = before.trim_end_matches([' ', '\u{a0}', '\u{2009}', '\u{202f}']);
        let figure = figure_at_end(trimmed);
        let bracketed = before.ends_with(['(', '（', '/', '·'])
            && words[end..].starts_with([')', '）', '/', '·']);
        found.push(Word {
            word: &words[start..end],
            figure,
            gap: trimmed.len() < before.len(),
            rest: &words[end..],
            bracketed,
        });
        from = end;
    }
    found
}

fn starts(letter: char) -> bool {
    units::is_letter(letter) || matches!(letter, '℉' | 'Å' | '\u{212b}')
}

fn goes_on(letter: char) -> bool {
    starts(letter) || letter == '₂'
}

/// The figure at the end of a text; none when letters or dashes make it part of a name (DN50, JJG 99-2022).
fn figure_at_end(text: &str) -> &str {
    let start = text
        .char_indices()
        .rev()
        .take_while(|(_, letter)| letter.is_ascii_digit() || *letter == '.')
        .last()
        .map_or(text.len(), |(start, _)| start);
    let before = text[..start].chars().next_back();
    let name = before.is_some_and(|before| {
        before.is_ascii_alphabetic() || matches!(before, '_' | '表' | '图' | '第' | '款')
    });
    let dashed = before.is_some_and(|before| matches!(before, '-' | '—' | '–'))
        && text[start..].len() == 4
        && !text[start..].contains('.');
    if name || dashed { "" } else { text[start..].trim_start_matches('.') }
}
