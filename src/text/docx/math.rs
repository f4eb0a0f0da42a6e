//! Formulas of Word's editor in one line: `E=(I_1-I_2)/m`, `√(x)`, `∑_(i=1)^n x_i`.

use super::xml::{Item, Ns, Tag, Xml};
use crate::TextError;

/// The parts of an element that has named ones (numerator, exponent, …).
#[derive(Debug, Default)]
struct Parts {
    /// Arguments `e` in order.
    body: Vec<String>,
    num: String,
    den: String,
    sub: String,
    sup: String,
    deg: String,
    lim: String,
    name: String,
    /// Signs of the properties, by the name of the property.
    chr: Option<String>,
    begin: Option<String>,
    end: Option<String>,
    between: Option<String>,
    /// A fraction without line, a phantom that is not shown, a bar below.
    odd: bool,
}

/// The formula within the element that is open, in one line.
pub(super) fn line(xml: &mut Xml<'_>) -> Result<String, TextError> {
    let mut line = String::new();
    loop {
        match xml.next()? {
            Item::Open(tag) => line += &element(xml, &tag)?,
            Item::Text(_) => {}
            Item::Close | Item::End => return Ok(line),
        }
    }
}

fn element(xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<String, TextError> {
    if tag.ns == Ns::Word {
        return match tag.name() {
            b"t" => Ok(xml.text()?.into_owned()),
            b"ins" | b"r" | b"smartTag" | b"sdt" | b"sdtContent" | b"moveTo" => line(xml),
            _ => xml.skip().map(|()| String::new()),
        };
    }
    if tag.ns != Ns::Math {
        xml.skip()?;
        return Ok(String::new());
    }
    let name = tag.name();
    match name {
        b"t" => return Ok(xml.text()?.into_owned()),
        b"r" | b"oMath" | b"e" | b"box" | b"borderBox" | b"num" | b"den" | b"sub" | b"sup" => {
            return line(xml);
        }
        name if name.ends_with(b"Pr") => return xml.skip().map(|()| String::new()),
        _ => {}
    }
    let parts = parts(xml)?;
    Ok(written(name, parts))
}

fn parts(xml: &mut Xml<'_>) -> Result<Parts, TextError> {
    let mut parts = Parts::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"e" => parts.body.push(line(xml)?),
            b"mr" => {
                let row = self::parts(xml)?;
                parts.body.push(row.body.join(", "));
            }
            b"num" => parts.num = line(xml)?,
            b"den" => parts.den = line(xml)?,
            b"sub" => parts.sub = line(xml)?,
            b"sup" => parts.sup = line(xml)?,
            b"deg" => parts.deg = line(xml)?,
            b"lim" => parts.lim = line(xml)?,
            b"fName" => parts.name = line(xml)?,
            name if name.ends_with(b"Pr") => properties(xml, &mut parts)?,
            _ => {
                let more = element(xml, &tag)?;
                parts.body.push(more);
            }
        }
    }
    Ok(parts)
}

fn properties(xml: &mut Xml<'_>, parts: &mut Parts) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        let value = || Some(tag.val().unwrap_or_default().into_owned());
        match tag.name() {
            b"chr" => parts.chr = value(),
            b"begChr" => parts.begin = value(),
            b"endChr" => parts.end = value(),
            b"sepChr" => parts.between = value(),
            b"type" => parts.odd = tag.val().is_some_and(|kind| kind == "noBar"),
            b"pos" => parts.odd = tag.val().is_some_and(|place| place == "bot"),
            b"show" => parts.odd = !tag.on(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}

fn written(name: &[u8], parts: Parts) -> String {
    let chr = |usual: &str| parts.chr.clone().unwrap_or_else(|| usual.to_owned());
    let body = parts.body.concat();
    match name {
        b"f" if parts.odd => format!("{}¦{}", group(&parts.num), group(&parts.den)),
        b"f" => format!("{}/{}", group(&parts.num), group(&parts.den)),
        b"sSup" => format!("{}{}", base(&body), raised(&parts.sup)),
        b"sSub" => format!("{}{}", base(&body), lowered(&parts.sub)),
        b"sSubSup" => format!("{}{}{}", base(&body), lowered(&parts.sub), raised(&parts.sup)),
        b"sPre" => format!("{}{}{body}", lowered(&parts.sub), raised(&parts.sup)),
        b"rad" if parts.deg.trim().is_empty() => format!("√({body})"),
        b"rad" => format!("√[{}]({body})", parts.deg),
        b"nary" => format!("{}{}{} {body}", chr("∫"), lowered(&parts.sub), raised(&parts.sup)),
        b"d" => {
            let sign =
                |own: &Option<String>, usual: &str| own.clone().unwrap_or_else(|| usual.to_owned());
            let between = sign(&parts.between, "|");
            let inside = parts.body.join(&between);
            format!("{}{inside}{}", sign(&parts.begin, "("), sign(&parts.end, ")"))
        }
        b"func" if body.starts_with(['(', '[', '{']) => format!("{}{body}", parts.name),
        b"func" => format!("{} {body}", parts.name),
        b"limLow" => format!("{body}{}", lowered(&parts.lim)),
        b"limUpp" => format!("{body}{}", raised(&parts.lim)),
        b"acc" => over(&body, &chr("\u{302}")),
        b"bar" => over(&body, if parts.odd { "\u{332}" } else { "\u{305}" }),
        b"m" => format!("[{}]", parts.body.join("; ")),
        b"eqArr" => parts.body.join("; "),
        b"phant" if parts.odd => String::new(),
        _ => body,
    }
}

fn raised(part: &str) -> String {
    if part.trim().is_empty() { String::new() } else { format!("^{}", group(part)) }
}

fn lowered(part: &str) -> String {
    if part.trim().is_empty() { String::new() } else { format!("_{}", group(part)) }
}

/// A part in brackets, unless it is one word or has its own.
fn group(part: &str) -> String {
    let part = part.trim();
    let word = part
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '′' | '\'' | '\u{300}'..='\u{36f}'));
    if word || is_enclosed(part) { part.to_owned() } else { format!("({part})") }
}

/// What an exponent or index is set to: in brackets if it is a sum or product.
fn base(part: &str) -> String {
    let part = part.trim();
    let compound = part.chars().any(|c| matches!(c, '+' | '-' | '−' | '/' | '=' | ' ' | '×' | '·'));
    if compound && !is_enclosed(part) { format!("({part})") } else { part.to_owned() }
}

/// Whether one pair of brackets encloses the whole.
fn is_enclosed(part: &str) -> bool {
    let mut depth = 0_i32;
    let last = part.char_indices().next_back().map_or(0, |(at, _)| at);
    for (at, c) in part.char_indices() {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth <= 0 && at < last {
            return false;
        }
    }
    part.starts_with('(') && part.ends_with(')') && depth == 0
}

fn over(body: &str, sign: &str) -> String {
    let single = body.chars().count() == 1;
    if single { format!("{body}{sign}") } else { format!("({body}){sign}") }
}
