//! The file around the pages: typefaces cut down and named, content packed, words that readers can search and copy.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use sha2::{Digest, Sha256};
use ttf_parser::{RawFace, Tag};

use super::flow::Sheet;
use super::ink::{Glyph, Ink, Page};
use super::pen::{Hand, Pen};
use crate::docx::RenderError;
use crate::paper::Paper;

const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
const NAMES: [&[u8]; 2] = [b"F0", b"F1"];

/// Numbers of the objects of a file.
struct Refs(i32);

impl Refs {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// The file.
pub(super) fn write(paper: &Paper, pages: &[Page], pen: Pen<'_>) -> Result<Vec<u8>, RenderError> {
    let mut pdf = Pdf::new();
    let mut refs = Refs(0);
    let (catalog, tree, info) = (refs.next(), refs.next(), refs.next());
    let sheet = Sheet::of(paper);
    let mut fonts = Vec::new();
    for (hand, name) in pen.hands.iter().zip(NAMES) {
        if hand.means.is_empty() {
            continue;
        }
        fonts.push((name, font(&mut pdf, &mut refs, hand)?));
    }
    let mut ids = Vec::with_capacity(pages.len());
    for page in pages {
        let (id, content) = (refs.next(), refs.next());
        ids.push(id);
        pdf.stream(content, &packed(&drawn(page, &sheet))?).filter(Filter::FlateDecode);
        let mut written = pdf.page(id);
        written
            .parent(tree)
            .media_box(Rect::new(0.0, 0.0, sheet.wide, sheet.high))
            .contents(content);
        let mut resources = written.resources();
        let mut named = resources.fonts();
        for (name, font) in &fonts {
            named.pair(Name(name), *font);
        }
    }
    pdf.pages(tree).count(i32::try_from(ids.len()).unwrap_or(i32::MAX)).kids(ids);
    let language = if paper.language.is_empty() { "zh-CN" } else { &paper.language };
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr(language));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    pdf.document_info(info).title(TextStr(&paper.title)).producer(TextStr("Quanheng"));
    Ok(pdf.finish())
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, RenderError> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(6));
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

/// A page's marks as PDF writes them: the origin is the lower left corner.
fn drawn(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut content = Content::new();
    for ink in &page.inks {
        if let Ink::Grey { at, size } = ink {
            content.set_fill_gray(0.93).rect(at.0, sheet.high - at.1 - size.1, size.0, size.1);
            content.fill_nonzero();
        }
    }
    content.set_fill_gray(0.0).set_stroke_gray(0.0).set_line_width(0.5);
    for ink in &page.inks {
        match ink {
            Ink::Rule { from, to } => {
                content
                    .move_to(from.0, sheet.high - from.1)
                    .line_to(to.0, sheet.high - to.1)
                    .stroke();
            }
            Ink::Words { x, y, size, glyphs } => {
                words(&mut content, (*x, sheet.high - y), *size, glyphs)
            }
            Ink::Grey { .. } => {}
        }
    }
    content.finish().into_vec()
}

/// A line: one run of glyphs for each change of typeface, one matrix for all.
fn words(content: &mut Content, at: (f32, f32), size: f32, glyphs: &[(Glyph, f32)]) {
    content.begin_text().set_text_matrix([1.0, 0.0, 0.0, 1.0, at.0, at.1]);
    for run in glyphs.chunk_by(|one, next| one.0.hand == next.0.hand) {
        let Some((first, _)) = run.first() else { continue };
        content.set_font(Name(NAMES[first.hand.min(1)]), size);
        let mut show = content.show_positioned();
        let mut items = show.items();
        let mut text = Vec::new();
        for (glyph, room) in run {
            text.extend(glyph.number.to_be_bytes());
            if *room > 0.0 {
                items.show(Str(&text)).adjust(-room * 1000.0 / size);
                text.clear();
            }
        }
        if !text.is_empty() {
            items.show(Str(&text));
        }
    }
    content.end_text();
}

/// A typeface, cut down to the glyphs that were written, with their characters.
fn font(pdf: &mut Pdf, refs: &mut Refs, hand: &Hand<'_>) -> Result<Ref, RenderError> {
    let (font, cid, descriptor, map, data) =
        (refs.next(), refs.next(), refs.next(), refs.next(), refs.next());
    let cut = subsetter::subset(&hand.typeface.bytes, hand.typeface.index, &hand.kept)
        .map_err(RenderError::Cut)?;
    // Outlines in PostScript's way are embedded as their table alone.
    let outlines =
        RawFace::parse(&cut, 0).ok().and_then(|face| face.table(Tag::from_bytes(b"CFF ")));
    let name = name(hand, &cut);
    pdf.type0_font(font)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(map);
    let mut written = pdf.cid_font(cid);
    written.subtype(if outlines.is_some() { CidFontType::Type0 } else { CidFontType::Type2 });
    written.base_font(Name(name.as_bytes())).system_info(IDENTITY).font_descriptor(descriptor);
    written.default_width(1000.0);
    if outlines.is_none() {
        written.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    written.widths().consecutive(0, hand.kept.remapped_gids().map(|glyph| hand.width(glyph)));
    written.finish();
    describe(pdf, hand, &name, descriptor, data, outlines.is_some());
    let packed_data = packed(outlines.unwrap_or(&cut))?;
    let mut stream = pdf.stream(data, &packed_data);
    stream.filter(Filter::FlateDecode);
    if outlines.is_some() {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    }
    stream.finish();
    let mut means = UnicodeCmap::new(Name(b"Custom"), IDENTITY);
    for (glyph, c) in &hand.means {
        means.pair(*glyph, *c);
    }
    let means = packed(&means.finish())?;
    pdf.stream(map, &means).filter(Filter::FlateDecode);
    Ok(font)
}

fn describe(pdf: &mut Pdf, hand: &Hand<'_>, name: &str, id: Ref, data: Ref, outlines: bool) {
    let face = &hand.face;
    let scale = |units: i16| f32::from(units) * 1000.0 / f32::from(face.units_per_em().max(1));
    let bounds = face.global_bounding_box();
    let mut descriptor = pdf.font_descriptor(id);
    descriptor
        .name(Name(name.as_bytes()))
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(
            scale(bounds.x_min),
            scale(bounds.y_min),
            scale(bounds.x_max),
            scale(bounds.y_max),
        ))
        .italic_angle(0.0)
        .ascent(scale(face.ascender()))
        .descent(scale(face.descender()))
        .cap_height(scale(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(if face.is_bold() { 140.0 } else { 80.0 });
    if outlines {
        descriptor.font_file3(data);
    } else {
        descriptor.font_file2(data);
    }
}

/// The name of a typeface that was cut down: six letters drawn from its bytes, and its own name.
fn name(hand: &Hand<'_>, cut: &[u8]) -> String {
    let mark: String =
        Sha256::digest(cut).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
    let own = hand
        .face
        .names()
        .into_iter()
        .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME);
    let own = own.filter_map(|name| name.to_string()).next().unwrap_or_default();
    let own: String = own.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("{mark}+{}", if own.is_empty() { "Text" } else { &own })
}
