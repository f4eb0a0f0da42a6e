//! What looks like a number of a clause and is none, and what looks like a heading.

use quanheng_domain::clause::ClauseKind;

use super::{Label, scan};

/// Symbols of units that follow a quantity; a heading does not begin with one of them as a word of its own.
const UNITS: &str = "mg g kg t μg ug m mm cm dm km μm um nm s ms μs us ns min h d Hz kHz MHz GHz THz A mA μA V mV μV kV W mW kW MW Ω mΩ kΩ MΩ \
    Pa kPa MPa hPa bar K mK ℃ °C % ‰ dB dBm dBi N kN mN N·m J kJ mol cd lx lm L mL ml μL rad mrad sr ° ppm ppb Bq Gy Sv T mT F μF pF nF H mH S mS eV keV MeV r/min m/s";

/// Counting words that follow a quantity without being a heading.
const COUNTS: [&str; 3] = ["个", "倍", "级"];

/// Counting words that follow a whole number.
const WHOLE_COUNTS: [&str; 7] = ["次", "只", "份", "年", "月", "天内", "天后"];

/// Words after a reference to a clause, table, figure or annex.
const AFTER_REFERENCE: [&str; 26] = [
    "中", "的", "所", "给", "规定", "和", "与", "及", "或", "至", "为", "是", "列", "示", "可",
    "应", "见", "进行", "来", "内", "要求", "条的", "条规", "条中", "款", "以",
];

/// Words that join two references, even after a space.
const JOINING: [&str; 7] = ["和", "与", "及", "或", "至", "的", "所示"];

/// Whether the number is a quantity (`2.5 mg`), a count (`3个月`) or a reference (`表1中`) rather than a number of its own.
pub(super) fn is_quantity_or_reference(label: &Label<'_>) -> bool {
    let rest = label.rest;
    let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
    if rest.starts_with([
        ')', '）', '~', '～', '、', '，', ',', '-', '—', '×', '±', '<', '≤', '=', '/',
    ]) {
        return true;
    }
    if begins(&JOINING) || (!label.spaced && begins(&AFTER_REFERENCE)) {
        return true;
    }
    match label.kind {
        ClauseKind::Clause => {
            let single = !label.key.contains('.');
            begins_with_unit(rest)
                || ((!label.spaced || single) && begins(&COUNTS))
                || (!label.spaced && single && begins(&WHOLE_COUNTS))
        }
        _ => label.spaced && !label.rest.is_empty() && begins(&["中规定", "给出", "规定"]),
    }
}

fn begins_with_unit(rest: &str) -> bool {
    let word: String = rest
        .chars()
        .take_while(|c| {
            !c.is_whitespace() && !scan::is_han(*c) && !",。;、，；()（）~～".contains(*c)
        })
        .collect();
    !word.is_empty() && UNITS.split_whitespace().any(|unit| unit == word)
}

/// Whether words look like a heading: short, and not a sentence.
pub fn is_heading(words: &str) -> bool {
    const LONGEST: usize = 40;
    !words.is_empty()
        && words.chars().nth(LONGEST).is_none()
        && !words.contains(['。', '\n', '；', '！', '？'])
        && !words.ends_with(['，', '、', ':', '：', ';', '.', ','])
}
