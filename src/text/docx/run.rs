//! Runs: characters of one look, and what else stands among them.

use super::{
    body::{Story, enter_choice},
    line::Line,
    sides::Foot,
    xml::{Ns, Tag, Xml},
};
use crate::{TextError, tree::doubt};
use quanheng_domain::clause::DoubtKind;

/// How the characters of a run look, as far as it changes what they say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    hidden: bool,
    raised: bool,
    lowered: bool,
    bold: bool,
}

impl Story<'_> {
    pub(super) fn run(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), TextError> {
        let mut look = Look::default();
        self.run_content(xml, &mut look, line)
    }

    fn run_content(
        &mut self,
        xml: &mut Xml<'_>,
        look: &mut Look,
        line: &mut Line,
    ) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            match (tag.ns, tag.name()) {
                (Ns::Word, b"t" | b"delText") => {
                    let text = xml.text()?;
                    self.put(line, &text, *look);
                }
                (Ns::Word, b"rPr") => *look = self.look(xml)?,
                (Ns::Word, b"drawing" | b"pict" | b"object") => {
                    self.drawing(xml, line, look.hidden)?;
                }
                (Ns::Word, b"ruby") => self.ruby(xml, line)?,
                (Ns::Compatibility, b"AlternateContent") => {
                    if enter_choice(xml)? {
                        self.run_content(xml, look, line)?;
                        xml.skip()?;
                    }
                }
                (Ns::Word, _) => {
                    self.sign(xml, &tag, *look, line)?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// An element that stands for a character or refers to something.
    fn sign(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        look: Look,
        line: &mut Line,
    ) -> Result<(), TextError> {
        match tag.name() {
            b"tab" | b"ptab" => self.put(line, "\t", look),
            b"br" if tag.attr("type").is_none_or(|kind| kind == "textWrapping") => {
                self.put(line, "\n", look)
            }
            b"cr" => self.put(line, "\n", look),
            b"noBreakHyphen" => self.put(line, "-", look),
            b"instrText" => {
                let text = xml.text()?;
                self.fields.instruct(&text);
                return Ok(());
            }
            b"fldChar" => {
                let kind = tag.attr("fldCharType").unwrap_or_default().into_owned();
                if let Some(rest) = self.fields.mark(&kind) {
                    self.without_result(line, &rest, look);
                }
            }
            b"footnoteReference" => self.refer(Foot::Note, tag, look, line),
            b"endnoteReference" => self.refer(Foot::End, tag, look, line),
            b"commentReference" => {
                let id = tag.attr("id").unwrap_or_default();
                self.revisions.meet(&id, Some(line));
            }
            b"sym" => {
                let code = tag
                    .attr("char")
                    .and_then(|code| u32::from_str_radix(&code, 16).ok())
                    .unwrap_or(0);
                let sign = symbol(code);
                self.put(line, sign.unwrap_or("□"), look);
                if sign.is_none() && self.fields.shown() && !look.hidden {
                    line.doubts.push(doubt(DoubtKind::Unreadable, &line.text));
                }
            }
            _ => {}
        }
        xml.skip()
    }

    /// Adds characters as they look.
    fn put(&mut self, line: &mut Line, text: &str, look: Look) {
        if look.hidden || !self.fields.shown() {
            return;
        }
        let low = line.low;
        line.low = false;
        if look.raised || look.lowered {
            let text = if look.raised { raised(text) } else { lowered(text, low) };
            line.low = look.lowered;
            if self.revisions.pass(line, &text) {
                line.push(&text, look.bold);
            }
        } else if self.revisions.pass(line, text) {
            line.push(text, look.bold);
        }
    }

    /// The formula of an old field that has no result is shown as it was written.
    fn without_result(&mut self, line: &mut Line, instruction: &str, look: Look) {
        let instruction = instruction.trim();
        let Some(formula) =
            instruction.strip_prefix("EQ ").or_else(|| instruction.strip_prefix("eq "))
        else {
            return;
        };
        self.put(line, formula, look);
        line.doubts.push(doubt(DoubtKind::Unreadable, formula));
    }

    fn refer(&mut self, kind: Foot, tag: &Tag<'_>, look: Look, line: &mut Line) {
        if self.revisions.deleted.is_some() || !self.fields.shown() {
            return;
        }
        let id = tag.attr("id").unwrap_or_default();
        if let Some((mark, text)) = self.note(kind, &id) {
            self.put(line, &mark, Look { raised: false, ..look });
            line.notes.push((mark, text));
        }
    }

    /// Words with their sound above them: only the words are read.
    fn ruby(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            if tag.is("rubyBase") {
                while let Some(tag) = xml.child()? {
                    self.inline(xml, &tag, line)?;
                }
            } else {
                xml.skip()?;
            }
        }
        Ok(())
    }

    fn look(&self, xml: &mut Xml<'_>) -> Result<Look, TextError> {
        let mut look = Look::default();
        while let Some(tag) = xml.child()? {
            match tag.name() {
                b"vanish" => look.hidden = tag.on(),
                b"b" => look.bold = tag.on(),
                b"rStyle" => {
                    let style = tag.val().and_then(|id| self.styles.get(Some(&id)));
                    look.hidden |= style.is_some_and(|style| style.hidden);
                    look.bold |= style.is_some_and(|style| style.bold);
                }
                b"vertAlign" => {
                    let place = tag.val().unwrap_or_default();
                    look.raised = place == "superscript";
                    look.lowered = place == "subscript";
                }
                _ => {}
            }
            xml.skip()?;
        }
        Ok(look)
    }
}

/// Raised characters: `10` and a raised `3` must not become `103`.
fn raised(text: &str) -> String {
    let sign = |c: char| {
        let at = "0123456789+-−=()n".chars().position(|known| known == c)?;
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ".chars().nth(at)
    };
    let all: Option<String> = text.trim().chars().map(sign).collect();
    match all {
        Some(signs) => signs,
        None => format!("^{}", text.trim()),
    }
}

/// Lowered characters; `low` if those before them were lowered as well.
fn lowered(text: &str, low: bool) -> String {
    let sign = |c: char| c.to_digit(10).and_then(|digit| "₀₁₂₃₄₅₆₇₈₉".chars().nth(digit as usize));
    let all: Option<String> = text.trim().chars().map(sign).collect();
    match all {
        Some(signs) if !low => signs,
        _ if low => text.trim().to_owned(),
        _ => format!("_{}", text.trim()),
    }
}

/// Characters of the symbol font by their code there.
const SIGNS: &[(u32, &str)] = &[
    (0x22, "∀"),
    (0x24, "∃"),
    (0x2d, "−"),
    (0x40, "≅"),
    (0x44, "Δ"),
    (0x46, "Φ"),
    (0x47, "Γ"),
    (0x4c, "Λ"),
    (0x50, "Π"),
    (0x51, "Θ"),
    (0x53, "Σ"),
    (0x57, "Ω"),
    (0x58, "Ξ"),
    (0x59, "Ψ"),
    (0x61, "α"),
    (0x62, "β"),
    (0x63, "χ"),
    (0x64, "δ"),
    (0x65, "ε"),
    (0x66, "φ"),
    (0x67, "γ"),
    (0x68, "η"),
    (0x6a, "ϕ"),
    (0x6b, "κ"),
    (0x6c, "λ"),
    (0x6d, "μ"),
    (0x6e, "ν"),
    (0x70, "π"),
    (0x71, "θ"),
    (0x72, "ρ"),
    (0x73, "σ"),
    (0x74, "τ"),
    (0x77, "ω"),
    (0x78, "ξ"),
    (0x79, "ψ"),
    (0x7a, "ζ"),
    (0xa2, "′"),
    (0xa3, "≤"),
    (0xa5, "∞"),
    (0xac, "←"),
    (0xae, "→"),
    (0xb0, "°"),
    (0xb1, "±"),
    (0xb2, "″"),
    (0xb3, "≥"),
    (0xb4, "×"),
    (0xb5, "∝"),
    (0xb6, "∂"),
    (0xb7, "•"),
    (0xb8, "÷"),
    (0xb9, "≠"),
    (0xba, "≡"),
    (0xbb, "≈"),
    (0xbc, "…"),
    (0xc5, "⊕"),
    (0xce, "∈"),
    (0xd1, "∇"),
    (0xd5, "∏"),
    (0xd6, "√"),
    (0xd7, "·"),
    (0xde, "⇒"),
    (0xe5, "∑"),
    (0xf2, "∫"),
];

/// A character of the symbol font by its code there.
fn symbol(code: u32) -> Option<&'static str> {
    let code = if code >= 0xf000 { code - 0xf000 } else { code };
    SIGNS.iter().find(|(known, _)| *known == code).map(|(_, sign)| *sign)
}
