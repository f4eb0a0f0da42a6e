//! Paragraphs: style, automatic number, and what stands in them.

use super::{
    body::{Story, enter_choice, enter_content},
    fields::is_contents,
    line::{About, Line},
    math,
    numbering::Number,
    xml::{Ns, Tag, Xml},
};
use quanheng_domain::clause::DoubtKind;

use crate::{
    TextError, label,
    tree::{Hint, Piece, doubt},
};

/// What a paragraph says of itself.
#[derive(Debug, Default)]
struct Properties {
    style: Option<String>,
    outline: Option<u32>,
    list: Option<u32>,
    level: Option<u8>,
    /// Whether its end was deleted.
    joined: bool,
    hidden: bool,
}

impl Story<'_> {
    pub(super) fn paragraph(
        &mut self,
        xml: &mut Xml<'_>,
        out: &mut Vec<Piece>,
    ) -> Result<(), TextError> {
        let contents = self.fields.in_contents();
        let mut line = self.carried.take().unwrap_or_default();
        line.margin.extend(self.revisions.loose());
        let mut own = Properties::default();
        while let Some(tag) = xml.child()? {
            if tag.is("pPr") {
                properties(xml, &mut own)?;
                let heading = own.outline.is_some() || self.outline(&own).is_some();
                if contents && heading {
                    self.fields.clear();
                }
            } else {
                self.inline(xml, &tag, &mut line)?;
            }
        }
        if own.joined {
            self.carried = Some(line);
            return Ok(());
        }
        let style = self.styles.get(own.style.as_deref());
        if (contents && line.is_empty()) || style.is_some_and(|style| style.contents) {
            return Ok(());
        }
        if own.hidden && line.is_empty() {
            return Ok(());
        }
        let number = self.number(&own);
        let strong =
            line.is_strong() || (!line.is_empty() && style.is_some_and(|style| style.bold));
        let about = self.about(&own, number, strong, &line);
        line.into_pieces(about, out);
        Ok(())
    }

    fn outline(&self, own: &Properties) -> Option<u8> {
        match own.outline {
            Some(depth) => u8::try_from(depth).ok().filter(|depth| *depth < 9),
            None => self.styles.get(own.style.as_deref())?.outline,
        }
    }

    /// The automatic number of the paragraph; the list counts on.
    fn number(&mut self, own: &Properties) -> Option<Number> {
        let styled = self.styles.get(own.style.as_deref()).and_then(|style| style.list);
        let list = own.list.or(styled.map(|(list, _)| list)).filter(|list| *list > 0)?;
        let tied = own.style.as_deref().and_then(|style| self.numbering.level_of(list, style));
        let level = own.level.or(tied).or(styled.and_then(|(_, level)| level)).unwrap_or(0);
        self.numbering.next(list, level)
    }

    /// What the number and the style say; a plain counted list does not number clauses.
    fn about(&self, own: &Properties, number: Option<Number>, strong: bool, line: &Line) -> About {
        let hint = match self.outline(own) {
            Some(depth) if !line.is_empty() => Hint::Styled(depth + 1),
            _ => Hint::Free,
        };
        let number = number.unwrap_or_default();
        let print = number.print.trim().to_owned();
        let counted = label::number(&print).is_some_and(|found| {
            !found.key.contains('.') && print.starts_with(|c: char| c.is_ascii_digit())
        });
        if counted && !number.outline && hint == Hint::Free && !strong {
            return About { number: print, hint: Hint::Listed, strong };
        }
        About { number: print, hint, strong }
    }

    /// What stands in a paragraph.
    pub(super) fn inline(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        line: &mut Line,
    ) -> Result<(), TextError> {
        let author = || Some(tag.attr("author").unwrap_or_default().into_owned());
        match (tag.ns, tag.name()) {
            (Ns::Word, b"r") => self.run(xml, line),
            (Ns::Word, b"ins" | b"moveTo") => {
                let before = std::mem::replace(&mut self.revisions.inserted, author());
                let read = self.inlines(xml, line);
                self.revisions.inserted = before;
                read
            }
            (Ns::Word, b"del" | b"moveFrom") => {
                let before = std::mem::replace(&mut self.revisions.deleted, author());
                let read = self.inlines(xml, line);
                self.revisions.deleted = before;
                read
            }
            (Ns::Word, b"hyperlink" | b"smartTag" | b"customXml" | b"dir" | b"bdo") => {
                self.inlines(xml, line)
            }
            (Ns::Word, b"fldSimple")
                if tag.attr("instr").is_some_and(|text| is_contents(&text)) =>
            {
                xml.skip()
            }
            (Ns::Word, b"fldSimple") => self.inlines(xml, line),
            (Ns::Word, b"sdt") => {
                if enter_content(xml)? {
                    self.inlines(xml, line)?;
                    xml.skip()?;
                }
                Ok(())
            }
            (Ns::Word, b"commentRangeStart" | b"commentRangeEnd") => {
                self.range(xml, tag, Some(line))
            }
            (Ns::Math, b"oMathPara") => self.inlines(xml, line),
            (Ns::Math, b"oMath") => self.formula(xml, line),
            (Ns::Compatibility, b"AlternateContent") => {
                if enter_choice(xml)? {
                    self.inlines(xml, line)?;
                    xml.skip()?;
                }
                Ok(())
            }
            _ => xml.skip(),
        }
    }

    fn formula(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), TextError> {
        let formula = math::line(xml)?;
        let shown = self.fields.shown() && self.revisions.pass(line, &formula);
        if shown && formula.trim().is_empty() {
            // A formula of nothing that can be read: a picture within it, or signs of another program.
            line.doubts.push(doubt(DoubtKind::Unreadable, &line.text));
        } else if shown {
            line.push_math(&formula);
        }
        Ok(())
    }

    fn inlines(&mut self, xml: &mut Xml<'_>, line: &mut Line) -> Result<(), TextError> {
        while let Some(tag) = xml.child()? {
            self.inline(xml, &tag, line)?;
        }
        Ok(())
    }
}

fn properties(xml: &mut Xml<'_>, own: &mut Properties) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"pStyle" => own.style = tag.val().map(std::borrow::Cow::into_owned),
            b"outlineLvl" => own.outline = tag.count(),
            b"numId" => own.list = tag.count(),
            b"ilvl" => own.level = tag.count().and_then(|level| u8::try_from(level).ok()),
            b"vanish" => own.hidden = tag.on(),
            b"numPr" => {
                properties(xml, own)?;
                continue;
            }
            b"rPr" => {
                mark(xml, own)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}

/// What is said of the sign at the end of the paragraph.
fn mark(xml: &mut Xml<'_>, own: &mut Properties) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"del" | b"moveFrom" => own.joined = true,
            b"vanish" => own.hidden = tag.on(),
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}
