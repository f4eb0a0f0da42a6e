//! One comment on the desk with the form that settles it, and the form that settles many alike.

use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::Disposition as Code;
use quanheng_domain::comment::Reaction;
use quanheng_domain::lifecycle::{FieldFault, RoundStatus};
use serde::Serialize;

use super::super::super::projects::word;
use super::super::attached;
use super::read::DeskFile;
use super::sieve::{Sieve, is_open, is_proposed};
use crate::typed::Typed;
use crate::views::{Choice, Disposition, FormFault, Link, RuleCite, Text};
use crate::voice;

/// A form of the desk that came back.
pub struct Back {
    /// `r` and the serial number of the comment, or `bulk`.
    pub form: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong at fields.
    pub faults: Vec<FieldFault>,
    /// What is wrong as a whole.
    pub sentence: Option<Text>,
    /// The rule that refused.
    pub cite: Option<RuleCite>,
}

impl Back {
    /// What stands above the page, each leading to its field.
    pub fn summary(&self) -> Vec<FormFault> {
        let whole = self.sentence.iter().map(|text| FormFault {
            field: if self.faults.is_empty() {
                String::new()
            } else {
                format!("{}.{}", self.form, name_of(&self.faults[0].field))
            },
            text: text.clone(),
        });
        let single =
            self.faults.iter().filter(|_| self.sentence.is_none()).map(|fault| FormFault {
                field: format!("{}.{}", self.form, name_of(&fault.field)),
                text: voice::fault(fault),
            });
        whole.chain(single).collect()
    }

    /// The number of the comment that the form belongs to.
    pub fn serial(&self) -> Option<i32> {
        self.form.get(1..).and_then(|rest| rest.parse().ok())
    }

    fn fault(&self, field: &str) -> Option<Text> {
        let fault = self.faults.iter().find(|fault| name_of(&fault.field) == field)?;
        Some(self.sentence.clone().unwrap_or_else(|| voice::fault(fault)))
    }
}

/// The form names the comment that another is merged into by its number.
fn name_of(field: &str) -> &str {
    match field {
        "duplicate_of" => "merged",
        // A number of the stock and a note stand in the box for reasons.
        "stock" | "note" => "reason",
        field => field,
    }
}

/// One disposition to choose.
#[derive(Serialize)]
pub struct CodeView {
    code: &'static str,
    chosen: bool,
    key: Option<&'static str>,
}

/// The form that settles one comment or many.
#[derive(Serialize)]
pub struct RulingView {
    form: String,
    action: String,
    open: bool,
    version: i64,
    next: Option<i32>,
    codes: Vec<CodeView>,
    reason: String,
    changed: String,
    merged: String,
    stock: String,
    substantive: &'static str,
    owners: Vec<Choice>,
    confirms: bool,
    code_fault: Option<Text>,
    reason_fault: Option<Text>,
    merged_fault: Option<Text>,
    cite: Option<RuleCite>,
}

/// What the author said to the answer.
#[derive(Serialize)]
struct ReactionView {
    objects: bool,
    text: Text,
    note: String,
}

/// A note of the desk.
#[derive(Serialize)]
struct NoteView {
    who: String,
    at: String,
    body: String,
}

/// A form with one box for a reason or a note, or with a button alone: hiding, admitting, noting, gathering.
#[derive(Serialize)]
struct AsideView {
    form: String,
    action: String,
    title: Text,
    label: Option<Text>,
    hint: Text,
    reason: String,
    fault: Option<Text>,
    open: bool,
}

/// What the desk keeps of a comment for itself.
#[derive(Serialize)]
struct Kept {
    merged: Option<Text>,
    owner: Option<String>,
    substantive: Option<Text>,
    notes: Vec<NoteView>,
}

/// One comment as a line of the desk.
#[derive(Serialize)]
pub struct Line {
    id: String,
    serial: i32,
    open: bool,
    kind: Text,
    late: bool,
    hidden: Option<String>,
    body: String,
    proposal: String,
    reason: String,
    author: String,
    unit: String,
    class: Text,
    source: Text,
    at: String,
    alike: Option<Link>,
    files: Vec<Link>,
    kept: Kept,
    disposition: Option<Disposition>,
    reaction: Option<ReactionView>,
    pick: Option<String>,
    picked: bool,
    ruling: Option<RulingView>,
    asides: Vec<AsideView>,
    /// Where the forms are that the line does not carry.
    forms: Option<Link>,
}

fn codes(file: &DeskFile, chosen: &str, with_keys: bool) -> Vec<CodeView> {
    let all = [
        (Code::Accepted, "a"),
        (Code::Partly, "p"),
        (Code::Rejected, "n"),
        (Code::Merged, "m"),
        (Code::Pending, "d"),
        (Code::Withdrawn, "x"),
    ];
    all.into_iter()
        .filter(|(code, _)| file.secretariat || *code != Code::Withdrawn)
        .map(|(code, key)| CodeView {
            code: code.key(),
            chosen: chosen == code.key(),
            key: with_keys.then_some(key),
        })
        .collect()
}

/// Whether the answers of this round can still be changed.
pub fn is_settling(file: &DeskFile) -> bool {
    matches!(file.case.round.status, RoundStatus::Running | RoundStatus::Closed)
}

fn ruling(
    file: &DeskFile,
    sieve: &Sieve,
    row: &CommentRow,
    next: Option<i32>,
    back: Option<&Back>,
) -> RulingView {
    let form = format!("r{}", row.serial);
    let back = back.filter(|back| back.form == form);
    let typed =
        |name: &str, stored: String| back.map_or(stored, |back| back.typed.raw(name).to_owned());
    let code = typed("code", row.disposition.map(|code| code.to_string()).unwrap_or_default());
    let changed = match row.text_changed {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let merged = row.duplicate_of.and_then(|id| file.serials.get(&id)).map(i32::to_string);
    RulingView {
        action: sieve.form(file.case.round.id, &format!("/{}", row.id)),
        open: back.is_some() || sieve.at() == Some(row.serial),
        // Who was overtaken has now seen what stands there, and saves on top of it.
        version: row.version,
        next,
        codes: codes(file, &code, true),
        reason: typed("reason", row.disposition_reason.clone()),
        changed: typed("text_changed", changed.to_owned()),
        merged: typed("merged", merged.unwrap_or_default()),
        stock: typed("stock", String::new()),
        substantive: match file.care.get(&row.id).and_then(|care| care.substantive) {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        },
        owners: Vec::new(),
        confirms: false,
        code_fault: back.and_then(|back| back.fault("code")),
        reason_fault: back.and_then(|back| back.fault("reason")),
        merged_fault: back.and_then(|back| back.fault("merged")),
        cite: back.and_then(|back| back.cite.clone()),
        form,
    }
}

/// The form that settles what was picked.
pub fn bulk(file: &DeskFile, sieve: &Sieve, back: Option<&Back>) -> Option<RulingView> {
    let back = back.filter(|back| back.form == "bulk");
    let typed = |name: &str| back.map_or("", |back| back.typed.raw(name)).to_owned();
    is_settling(file).then(|| RulingView {
        form: "bulk".to_owned(),
        action: sieve.form(file.case.round.id, ""),
        open: back.is_some(),
        version: 0,
        next: None,
        codes: codes(file, &typed("code"), false),
        reason: typed("reason"),
        changed: typed("text_changed"),
        merged: typed("merged"),
        stock: typed("stock"),
        substantive: "",
        owners: file
            .owners
            .iter()
            .map(|(id, name)| Choice {
                value: id.to_string(),
                text: Text::plain(name),
                hint: None,
                chosen: typed("owner") == id.to_string(),
            })
            .collect(),
        confirms: file.confirms,
        code_fault: back.and_then(|back| back.fault("code")),
        reason_fault: back.and_then(|back| back.fault("reason")),
        merged_fault: back.and_then(|back| back.fault("merged")),
        cite: back.and_then(|back| back.cite.clone()),
    })
}

fn asides(file: &DeskFile, sieve: &Sieve, row: &CommentRow, back: Option<&Back>) -> Vec<AsideView> {
    let aside = |form: String, below: &str, title: &str, hint: &str| {
        let back = back.filter(|back| back.form == form);
        AsideView {
            action: sieve.form(file.case.round.id, &format!("/{}/{below}", row.id)),
            title: Text::said(title),
            label: Some(Text::said("rdesk-reason")),
            hint: Text::said(hint),
            reason: back.map_or("", |back| back.typed.raw("reason")).to_owned(),
            fault: back.and_then(|back| back.fault("reason")),
            open: back.is_some(),
            form,
        }
    };
    let note = aside(format!("n{}", row.serial), "note", "rdesk-note", "rdesk-note-hint");
    let mut all = vec![AsideView { label: Some(Text::said("rdesk-note")), ..note }];
    let first = file.alike.get(&row.id).filter(|(first, _)| *first == row.serial);
    if let Some((_, count)) = first.filter(|_| is_settling(file)) {
        let form = format!("g{}", row.serial);
        let gather = aside(form, "gather", "rdesk-gather", "rdesk-gather-hint");
        let title = Text::said("rdesk-gather").with("n", count.saturating_sub(1));
        all.push(AsideView { title, label: None, ..gather });
    }
    if !file.secretariat {
        return all;
    }
    if row.late && row.published_at.is_none() {
        let form = format!("l{}", row.serial);
        all.push(aside(form, "admit", "rdesk-admit", "rdesk-admit-hint"));
    }
    let form = format!("h{}", row.serial);
    all.push(if row.hidden_reason.is_empty() {
        aside(form, "hide", "rdesk-hide", "rdesk-hide-hint")
    } else {
        aside(form, "hide", "rdesk-show", "rdesk-show-hint")
    });
    all
}

fn kept(file: &DeskFile, row: &CommentRow) -> Kept {
    let care = file.care.get(&row.id);
    let note = |(note, who): &(quanheng_db::comment_care::NoteRow, String)| NoteView {
        who: who.clone(),
        at: note.written_at.to_rfc3339(),
        body: note.body.clone(),
    };
    Kept {
        merged: file.merged.get(&row.id).map(|(count, units)| {
            Text::said("rdesk-merged-into").with("n", *count as u64).with("units", *units as u64)
        }),
        owner: care.and_then(|care| care.owner_id).and_then(|id| file.owners.get(&id)).cloned(),
        substantive: care
            .and_then(|care| care.substantive)
            .map(|yes| Text::said(if yes { "rdesk-substantive" } else { "rdesk-wording" })),
        notes: file.notes.get(&row.id).into_iter().flatten().map(note).collect(),
    }
}

/// A line of a long list with the forms of its comment left on the page of their own, unless one of them is open.
pub fn short_line(
    file: &DeskFile,
    sieve: &Sieve,
    row: &CommentRow,
    next: Option<i32>,
    back: Option<&Back>,
) -> Line {
    let mut line = line(file, sieve, row, next, back);
    let open = sieve.at() == Some(row.serial) || back.and_then(Back::serial) == Some(row.serial);
    if !open {
        let said = match (&line.ruling, row.disposition) {
            (Some(_), None) => "rdesk-settle",
            (Some(_), Some(_)) => "rdesk-again",
            (None, _) => "rdesk-more",
        };
        let href = sieve.alone(file.case.round.id, row.id, next);
        line.forms = Some(Link::new(href, Text::said(said)));
        line.ruling = None;
        line.asides.clear();
    }
    line
}

/// A comment by itself with its form open; it cannot be picked, there being no others.
pub fn alone(file: &DeskFile, sieve: &Sieve, row: &CommentRow, next: Option<i32>) -> Line {
    let mut line = line(file, sieve, row, next, None);
    line.pick = None;
    if let Some(ruling) = &mut line.ruling {
        ruling.open = true;
    }
    line
}

/// A comment as a line; `next` is the number of the line below.
pub fn line(
    file: &DeskFile,
    sieve: &Sieve,
    row: &CommentRow,
    next: Option<i32>,
    back: Option<&Back>,
) -> Line {
    let settleable =
        is_settling(file) && row.published_at.is_none() && row.disposition != Some(Code::Withdrawn);
    let pick = format!("{}:{}", row.id, row.version);
    let picked = back.is_some_and(|back| {
        let id = row.id.to_string();
        back.typed.all("c").iter().any(|picked| picked.starts_with(&id))
    });
    let alike = file.alike.get(&row.id).map(|(first, count)| {
        let text = Text::said("rdesk-alike").with("n", *count);
        Link::new(sieve.with(file.case.round.id, "same", &first.to_string()), text)
    });
    let reaction = file.reactions.get(&row.id).map(|said| ReactionView {
        objects: said.reaction == Reaction::Objects,
        text: word(said.reaction),
        note: said.note.clone(),
    });
    Line {
        id: format!("c{}", row.serial),
        serial: row.serial,
        open: is_open(row),
        kind: word(row.kind),
        late: row.late,
        hidden: (!row.hidden_reason.is_empty()).then(|| row.hidden_reason.clone()),
        body: row.body.clone(),
        proposal: row.proposal.clone(),
        reason: row.reason.clone(),
        author: row.author_name.clone(),
        unit: row.author_unit.clone(),
        class: word(row.author_class),
        source: word(row.source),
        at: row.received_at.to_rfc3339(),
        alike,
        files: attached::links(file.files.get(&row.id).map_or(&[], Vec::as_slice), attached::href),
        disposition: row.disposition.map(|code| shown(file, sieve, row, code)),
        kept: kept(file, row),
        reaction,
        pick: settleable.then_some(pick),
        picked,
        ruling: settleable.then(|| ruling(file, sieve, row, next, back)),
        asides: asides(file, sieve, row, back),
        forms: None,
    }
}

fn shown(file: &DeskFile, sieve: &Sieve, row: &CommentRow, code: Code) -> Disposition {
    let merged_into = row.duplicate_of.and_then(|id| file.serials.get(&id)).map(|serial| {
        let href = sieve.at_comment(file.case.round.id, *serial);
        Link::new(href, Text::said("rounds-number").with("n", *serial))
    });
    Disposition {
        code: code.key().to_owned(),
        reason: (!row.disposition_reason.is_empty()).then(|| row.disposition_reason.clone()),
        text_changed: row.text_changed,
        proposed: is_proposed(file, row),
        merged_into,
        by: None,
    }
}
