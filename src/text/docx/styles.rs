//! Styles: which are headings whatever they are called, which number their paragraphs, which hide their words.

use std::collections::HashMap;

use super::{part::Part, xml::Xml};
use crate::TextError;

/// How far styles may be based on one another; a circle ends here.
const LONGEST_CHAIN: usize = 16;

/// What a style gives its paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// Depth of the heading, from 0.
    pub outline: Option<u8>,
    /// List and level of the automatic number.
    pub list: Option<(u32, Option<u8>)>,
    /// Whether its words are not shown.
    pub hidden: bool,
    /// Whether it is an entry of a table of contents.
    pub contents: bool,
    /// Whether its words are bold.
    pub bold: bool,
}

#[derive(Debug, Default)]
struct Raw {
    name: String,
    based: Option<String>,
    outline: Option<u8>,
    list: Option<u32>,
    level: Option<u8>,
    hidden: Option<bool>,
    bold: Option<bool>,
}

/// All styles by their id, with what they take from those they are based on.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    pub(super) fn read(part: &Part) -> Result<Self, TextError> {
        let mut raw: HashMap<String, Raw> = HashMap::new();
        let mut usual = None;
        let mut xml = part.xml();
        while let Some(tag) = xml.next_open()? {
            if !tag.is("style") {
                continue;
            }
            let id = tag.attr("styleId").unwrap_or_default().into_owned();
            let paragraph = tag.attr("type").is_none_or(|kind| kind == "paragraph");
            if paragraph
                && tag
                    .attr("default")
                    .is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
            {
                usual = Some(id.clone());
            }
            raw.insert(id, style(&mut xml)?);
        }
        let by_id = raw.keys().map(|id| (id.clone(), resolved(&raw, id))).collect();
        Ok(Self { by_id, usual })
    }

    /// A style by its id; the usual one if no id is given.
    pub(super) fn get(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id.or(self.usual.as_deref())?)
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Raw, TextError> {
    let mut raw = Raw::default();
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"name" => raw.name = tag.val().unwrap_or_default().to_lowercase(),
            b"basedOn" => raw.based = tag.val().map(std::borrow::Cow::into_owned),
            b"pPr" | b"rPr" => {
                properties(xml, &mut raw)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(raw)
}

fn properties(xml: &mut Xml<'_>, raw: &mut Raw) -> Result<(), TextError> {
    while let Some(tag) = xml.child()? {
        match tag.name() {
            b"outlineLvl" => raw.outline = tag.count().and_then(|level| u8::try_from(level).ok()),
            b"numId" => raw.list = tag.count(),
            b"ilvl" => raw.level = tag.count().and_then(|level| u8::try_from(level).ok()),
            b"vanish" => raw.hidden = Some(tag.on()),
            b"b" => raw.bold = Some(tag.on()),
            b"numPr" => {
                properties(xml, raw)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(())
}

fn resolved(raw: &HashMap<String, Raw>, id: &str) -> Style {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(style) = next.and_then(|id| raw.get(id)).filter(|_| chain.len() < LONGEST_CHAIN)
    {
        chain.push(style);
        next = style.based.as_deref();
    }
    let first = |part: fn(&Raw) -> Option<bool>| {
        chain.iter().find_map(|style| part(style)).unwrap_or(false)
    };
    let list = chain.iter().find_map(|style| style.list);
    let level = chain.iter().find_map(|style| style.level);
    let outline =
        chain.iter().find_map(|style| style.outline.or_else(|| heading_depth(&style.name)));
    Style {
        outline: outline.filter(|depth| *depth < 9),
        list: list.filter(|list| *list > 0).map(|list| (list, level)),
        hidden: first(|style| style.hidden),
        bold: first(|style| style.bold),
        contents: chain.iter().any(|style| is_contents(&style.name)),
    }
}

/// Depth that the name of a style says, from 0: `heading 2`, `标题 2`.
fn heading_depth(name: &str) -> Option<u8> {
    let rest = ["heading", "标题"].iter().find_map(|word| name.strip_prefix(word))?;
    let depth: u8 = rest.trim().parse().ok()?;
    (1..=9).contains(&depth).then(|| depth - 1)
}

fn is_contents(name: &str) -> bool {
    let rest = ["toc", "目录", "contents"].iter().find_map(|word| name.strip_prefix(word));
    rest.is_some_and(|rest| rest.trim().parse::<u8>().is_ok())
}
