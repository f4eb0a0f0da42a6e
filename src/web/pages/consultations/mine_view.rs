//! The page of a commenter's own comments: each as a card with its answer, and what may still be said or done.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use quanheng_actions::round::Case;
use quanheng_db::comment_files::CommentFileRow;
use quanheng_db::comments::ReactionRow;
use quanheng_db::rounds::CommentRow;
use quanheng_domain::Keyed;
use quanheng_domain::comment::{Disposition as Code, Reaction};
use quanheng_domain::ids::CommentId;
use quanheng_domain::lifecycle::{FieldFault, RoundStatus};
use serde::Serialize;

use super::super::projects::word;
use super::attached;
use super::remark;
use super::show::outcome_of;
use crate::typed::Typed;
use crate::views::{
    CommentCard, Crumb, Deadline, Disposition, Field, FieldKind, FormFault, Link, PageHead, Pill,
    RuleCite, Text, Tone,
};
use crate::voice;

/// What the page knows.
pub struct Mine {
    /// The round and its project.
    pub case: Case,
    /// The reader's comments, by serial number.
    pub comments: Vec<CommentRow>,
    /// The comments into which others are merged: they bear the answer.
    pub targets: BTreeMap<CommentId, CommentRow>,
    /// Files of the comments.
    pub files: BTreeMap<CommentId, Vec<CommentFileRow>>,
    /// Whether the reader came by a private link, whose files have addresses of their own.
    pub by_link: bool,
    /// What the reader said to the answers, the first first.
    pub reactions: Vec<ReactionRow>,
    /// When answers to the dispositions are no longer taken.
    pub until: Option<DateTime<Utc>>,
    /// The instant of reading.
    pub now: DateTime<Utc>,
}

/// A form that came back.
pub struct Back {
    /// Of which comment.
    pub comment: CommentId,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong at fields.
    pub faults: Vec<FieldFault>,
    /// What is wrong as a whole.
    pub sentence: Option<Text>,
    /// The rule that refused.
    pub cite: Option<RuleCite>,
}

/// The view of `pages/consultations/mine`.
#[derive(Serialize)]
pub struct MinePage {
    head: PageHead,
    faults: Vec<FormFault>,
    cite: Option<RuleCite>,
    state: Text,
    until: Option<Deadline>,
    own: Vec<Own>,
}

#[derive(Serialize)]
struct Own {
    card: CommentCard,
    said: Option<Said>,
    answer: Option<AnswerForm>,
    withdraw: Option<String>,
    change: Option<ChangeForm>,
}

#[derive(Serialize)]
struct Said {
    objects: bool,
    text: Text,
    note: String,
    at: String,
}

#[derive(Serialize)]
struct AnswerForm {
    action: String,
    note: Field,
}

#[derive(Serialize)]
struct ChangeForm {
    action: String,
    open: bool,
    version: i64,
    fields: Vec<Field>,
}

/// The page; `path` is where it lies.
pub fn page(mine: &Mine, path: &str, back: Option<&Back>) -> MinePage {
    let (round, project) = (&mine.case.round, &mine.case.project);
    let published = mine.until.is_some();
    let mut head = PageHead::new(Text::said("mine-title"));
    head.crumbs = vec![
        Crumb { text: Text::said("nav-consultations"), href: Some("/consultations".to_owned()) },
        Crumb {
            text: Text::plain(&project.title_zh),
            href: Some(format!("/consultations/{}", round.id)),
        },
        Crumb { text: Text::said("mine-title"), href: None },
    ];
    head.lead = Some(Text::plain(&project.title_zh));
    head.code = project.number.clone();
    head.pill = Some(Pill::new(word(round.status), Tone::Info));
    if published {
        let href = super::outcome::href(round.id);
        head.actions.push(Link::new(href, Text::said("outcome-title")));
    }
    let state = match round.status {
        _ if published => "mine-answered",
        RoundStatus::Running => "mine-running",
        RoundStatus::Aborted => "mine-aborted",
        RoundStatus::Closed | RoundStatus::Published => "mine-waiting",
    };
    MinePage {
        head,
        faults: back.map(summary).unwrap_or_default(),
        cite: back.and_then(|back| back.cite.clone()),
        state: Text::said(state),
        until: mine
            .until
            .filter(|until| *until > mine.now)
            .map(|until| Deadline::new(until, mine.now).labelled(Text::said("mine-until"))),
        own: mine.comments.iter().map(|row| own(mine, path, row, back)).collect(),
    }
}

/// The name of a field in the forms of a comment; several comments stand on one page, and names are anchors.
pub fn field_name(comment: CommentId, name: &str) -> String {
    format!("{}.{name}", prefix(comment))
}

/// What the names of the fields of a comment begin with.
pub fn prefix(comment: CommentId) -> String {
    comment.uuid().simple().to_string()
}

fn summary(back: &Back) -> Vec<FormFault> {
    let whole =
        back.sentence.iter().map(|text| FormFault { field: String::new(), text: text.clone() });
    let single = back.faults.iter().map(|fault| FormFault {
        field: field_name(back.comment, &fault.field),
        text: voice::fault(fault),
    });
    whole.chain(single).collect()
}

fn own(mine: &Mine, path: &str, row: &CommentRow, back: Option<&Back>) -> Own {
    let back = back.filter(|back| back.comment == row.id);
    let faults = back.map_or(&[][..], |back| &back.faults);
    let said = mine.reactions.iter().rfind(|said| said.comment_id == row.id);
    let withdrawn = row.disposition == Some(Code::Withdrawn);
    let open = mine.until.is_some_and(|until| until > mine.now) && row.published_at.is_some();
    let at = |what: &str| format!("{path}/{}/{what}", row.id);
    let objected = said.is_some_and(|said| said.reaction == Reaction::Objects);
    let name = field_name(row.id, "note");
    let note = Field::new(FieldKind::Textarea, &name, Text::said("mine-note"))
        .hint(Text::said("mine-note-hint"))
        .value(back.map_or("", |back| back.typed.raw(&name)))
        .fault(voice::fault_at(faults, "note"))
        .attr("rows", 3)
        .attr("maxlength", 4_000);
    let running = mine.case.round.status == RoundStatus::Running
        && mine.now < mine.case.round.closes_at
        && !withdrawn
        && !row.disposition.is_some_and(Code::is_settled);
    Own {
        card: card(mine, path, row),
        said: said.map(|said| Said {
            objects: said.reaction == Reaction::Objects,
            text: word(said.reaction),
            note: said.note.clone(),
            at: said.at.to_rfc3339(),
        }),
        answer: (open && !withdrawn && !objected).then(|| AnswerForm { action: at("react"), note }),
        withdraw: (row.published_at.is_none() && !withdrawn).then(|| at("withdraw")),
        change: running.then(|| change(at("edit"), row, back)),
    }
}

fn change(action: String, row: &CommentRow, back: Option<&Back>) -> ChangeForm {
    let back = back.filter(|back| !back.typed.raw("if_version").is_empty());
    let faults = back.map_or(&[][..], |back| &back.faults);
    let stored = |part: &str| match part {
        "clause" => row.clause.clone(),
        "kind" => row.kind.key().to_owned(),
        "body" => row.body.clone(),
        "proposal" => row.proposal.clone(),
        _ => row.reason.clone(),
    };
    let value = |part: &str| {
        let typed = |back: &Back| back.typed.raw(&field_name(row.id, part)).to_owned();
        back.map_or_else(|| stored(part), typed)
    };
    let fault = |part: &str| voice::fault_at(faults, part);
    let fields = remark::fields(&prefix(row.id), value, fault, Field::required);
    ChangeForm { action, open: back.is_some(), version: row.version, fields }
}

fn card(mine: &Mine, path: &str, row: &CommentRow) -> CommentCard {
    let shown = row.published_at.is_some() || row.disposition == Some(Code::Withdrawn);
    let target = row.duplicate_of.and_then(|id| mine.targets.get(&id));
    let disposition = row.disposition.filter(|_| shown).map(|_| {
        let outcome = outcome_of(row, target);
        // The other comment stands on the page of the round, where everybody's are.
        let round = mine.case.round.id;
        let away =
            |link: Link| Link::new(format!("/consultations/{round}{}", link.href), link.text);
        Disposition { merged_into: outcome.merged_into.map(away), ..outcome }
    });
    CommentCard {
        number: row.serial.to_string(),
        id: format!("c{}", row.serial),
        clause: if row.clause.is_empty() {
            Text::said("rounds-whole-text")
        } else {
            Text::plain(&row.clause)
        },
        clause_href: None,
        kind: Some(Pill::new(word(row.kind), Tone::Plain)),
        author: row.author_name.clone(),
        unit: (!row.author_unit.is_empty()).then(|| row.author_unit.clone()),
        source: None,
        at: row.received_at.to_rfc3339(),
        quote: None,
        remark: row.body.clone(),
        proposal: (!row.proposal.is_empty()).then(|| row.proposal.clone()),
        attachments: {
            let address = |file: &CommentFileRow| match mine.by_link {
                true => format!("{path}/{}/files/{}", file.comment_id, file.ordinal),
                false => attached::href(file),
            };
            let files = mine.files.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            attached::links(files, address)
        },
        support: 0,
        late: row.late,
        disposition,
        replies: Vec::new(),
        actions: Vec::new(),
    }
}
