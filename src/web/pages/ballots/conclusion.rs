//! The conclusion on the page of a ballot: drafted from the record, edited by the secretariat, signed here or on paper.

use quanheng_actions::ballot::{conclude, sign};
use quanheng_db::conclusions::SignatureRow;
use quanheng_domain::ballot::BallotPurpose;
use quanheng_domain::ballot::signing::SignaturePart;
use quanheng_domain::ids::{BallotId, DocumentId, ObjectId, PersonId};
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Party;
use quanheng_domain::records::Choice;
use quanheng_domain::{Keyed, deadline};
use rocket::{Route, State, post, routes};
use serde::Serialize;

use super::file::BallotFile;
use super::show::{ballot_id, page};
use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::guards::SignedIn;
use crate::page_form::{Done, Fields, PageForm};
use crate::pages::projects::{Again, FormView, Part, word};
use crate::papers::Voice;
use crate::typed::Typed;
use crate::views::{FieldKind, Pill, Text, Tone};

/// The conclusion and what may be done about it.
#[derive(Serialize)]
pub struct Concluding {
    edit: Option<FormView>,
    edit_open: bool,
    versions: Option<Text>,
    signatures: Vec<SignatureLine>,
    scan: Option<FormView>,
    scan_open: bool,
}

/// A signature, standing, waiting or void.
#[derive(Serialize)]
struct SignatureLine {
    part: Text,
    name: String,
    at: String,
    sha256: String,
    state: Option<Pill>,
    scan: Option<String>,
    /// Where a second person confirms it.
    action: Option<String>,
}

/// What the record says, as the first wording of a conclusion; empty where there is nothing to conclude yet.
pub fn drafted(file: &BallotFile, voice: &Voice<'_>) -> String {
    let (ballot, tally) = (&file.ballot, &file.tally);
    if !ballot.is_counted() {
        return String::new();
    }
    let title = file.project.as_ref().map_or(&ballot.question, |project| &project.title_zh);
    let committee = file.committee.as_ref().map_or("", |row| row.name_zh.as_str());
    let mut lines = vec![
        Text::said("conclusion-draft-occasion")
            .with("committee", committee)
            .with_date("day", deadline::day_of(ballot.opens_at))
            .with("title", title.as_str())
            .with("revision", file.draft.as_ref().map_or(0, |draft| draft.revision))
            .with_text("form", &word(ballot.form))
            .with_text("purpose", &word(ballot.purpose)),
        Text::said("conclusion-draft-count")
            .with("members", tally.members)
            .with("present", tally.present)
            .with("recused", tally.recused)
            .with("quorum", tally.quorum_needed)
            .with("yes", tally.yes)
            .with("no", tally.no)
            .with("abstain", tally.abstain)
            .with("needed", tally.yes_needed),
    ];
    let reasoned = file.votes.values().filter_map(|votes| votes.last());
    let dissent = reasoned.filter(|vote| vote.choice != Choice::Yes && !vote.reason.is_empty());
    if !ballot.secret {
        lines.push(Text::said("conclusion-draft-dissent").with("n", dissent.count() as u64));
    }
    lines.push(Text::said("conclusion-draft-opinions").with("n", file.opinions.len() as u64));
    if !file.changes.is_empty() {
        lines.push(Text::said("conclusion-draft-changes"));
    }
    lines.extend(file.changes.iter().map(|row| {
        Text::said("conclusion-draft-change")
            .with("n", row.ordinal)
            .with("clause", row.clause.as_str())
            .with("body", row.body.as_str())
    }));
    let kind = match ballot.purpose {
        BallotPurpose::Review => "review",
        BallotPurpose::Proposal
        | BallotPurpose::Reexamination
        | BallotPurpose::Matter
        | BallotPurpose::Election => "other",
    };
    let end = match (tally.passed, tally.quorum_met) {
        (true, _) => "passed",
        (false, true) => "failed",
        (false, false) => "invalid",
    };
    lines.push(Text::said(format!("conclusion-draft-{end}")).with("kind", kind));
    lines.iter().map(|line| voice.say(line)).collect::<Vec<_>>().join("\n")
}

fn name(file: &BallotFile, id: PersonId) -> String {
    let line = file.roll.iter().find(|line| line.person_id == id).map(|line| line.name.clone());
    line.or_else(|| file.names.get(&id).cloned()).unwrap_or_default()
}

fn part_text(part: SignaturePart, acting: bool) -> Text {
    match part {
        SignaturePart::Chair if acting => Text::said("conclusion-part-acting"),
        part => Text::word("conclusion-part", part.key()),
    }
}

fn signature(file: &BallotFile, row: &SignatureRow, secretariat: bool) -> SignatureLine {
    let state = match row.voided_at {
        Some(_) => Some(Pill::new(Text::said("conclusion-void"), Tone::Bad)),
        None if row.waits() => Some(Pill::new(Text::said("conclusion-waits"), Tone::Warn)),
        None => None,
    };
    let sheet = file.around.sheets.iter().find(|sheet| Some(sheet.id) == row.scan_id);
    SignatureLine {
        part: part_text(row.part, row.acting),
        name: name(file, row.person_id),
        at: row.signed_at.to_rfc3339(),
        sha256: row.sha256.clone(),
        state,
        scan: sheet.map(|row| format!("/projects/{}/documents/{}", row.project_id, row.ordinal)),
        action: (row.waits() && secretariat && row.entered_by != file.me)
            .then(|| format!("/ballots/{}/signatures/{}/confirm", row.ballot_id, row.id)),
    }
}

/// The conclusion and the forms the reader may fill in.
pub fn concluding(file: &BallotFile, again: Option<&Again>) -> Concluding {
    let secretariat = file.parties.contains(&Party::Secretariat);
    let stage = file.project.as_ref().map(|project| project.stage);
    let may_edit =
        secretariat && file.ballot.is_counted() && !conclude::is_settled(stage, &file.ballot);
    let around = &file.around;
    let written = !file.ballot.conclusion.is_empty();
    let scans = secretariat && written && !around.open_parts.is_empty();
    Concluding {
        edit: may_edit.then(|| edit_form(file, again)),
        edit_open: Part::new("edit", again).is_back() || !written,
        versions: (around.texts.len() > 1)
            .then(|| Text::said("conclusion-versions").with("n", around.texts.len() as u64)),
        signatures: around.signatures.iter().map(|row| signature(file, row, secretariat)).collect(),
        scan: (scans && !around.sheets.is_empty()).then(|| scan_form(file, again)),
        scan_open: Part::new("scan", again).is_back(),
    }
}

fn edit_form(file: &BallotFile, again: Option<&Again>) -> FormView {
    let part = Part::new("edit", again);
    let stands = file.ballot.conclusion.as_str();
    let text = if stands.is_empty() { file.drafted.as_str() } else { stands };
    let label = Text::said("ballots-conclusion");
    let text = part.stored(FieldKind::Textarea, "conclusion", label, text);
    let seen = if stands.is_empty() { String::new() } else { conclude::hash_of(stands) };
    FormView {
        action: format!("/ballots/{}/conclusion", file.ballot.id),
        fields: vec![
            part.field(FieldKind::Hidden, "seen", "").value(seen.as_str()),
            text.hint(Text::said("conclusion-edit-hint"))
                .attr("rows", 12)
                .attr("maxlength", 20_000)
                .required(),
        ],
        button: Text::said("conclusion-save"),
    }
}

/// The form of somebody who signs: the text that stands, by its hash; where nobody wrote one, the chair writes it.
pub fn sign_form(file: &BallotFile, again: Option<&Again>) -> Option<FormView> {
    let stands = file.ballot.conclusion.as_str();
    let (part, _, acting) =
        file.around.open_parts.iter().find(|(_, who, _)| Some(*who) == file.me).copied()?;
    if stands.is_empty() && part == SignaturePart::Reviewer {
        return None;
    }
    let form = Part::new("sign", again);
    let field = match stands.is_empty() {
        true => form
            .field(FieldKind::Textarea, "conclusion", Text::said("ballots-conclusion"))
            .attr("rows", 8)
            .attr("maxlength", 20_000)
            .required(),
        false => {
            form.field(FieldKind::Hidden, "sha256", "").value(conclude::hash_of(stands).as_str())
        }
    };
    let button = match part {
        SignaturePart::Chair if acting => "ballots-sign-acting",
        SignaturePart::Chair => "ballots-sign",
        SignaturePart::Reviewer => "conclusion-sign-reviewer",
    };
    Some(FormView {
        action: format!("/ballots/{}/sign", file.ballot.id),
        fields: vec![field],
        button: Text::said(button),
    })
}

fn scan_form(file: &BallotFile, again: Option<&Again>) -> FormView {
    let form = Part::new("scan", again);
    let who = form.field(FieldKind::Select, "who", Text::said("conclusion-scan-who"));
    let who = file.around.open_parts.iter().fold(who, |field, (part, person, acting)| {
        let said = Text::said("conclusion-scan-signer")
            .with("name", name(file, *person))
            .with_text("part", &part_text(*part, *acting));
        field.choice(&format!("{part}:{person}"), said)
    });
    FormView {
        action: format!("/ballots/{}/signatures", file.ballot.id),
        fields: vec![who.required(), sheet_field(file, form, "conclusion-scan-sheet").required()],
        button: Text::said("conclusion-scan-enter"),
    }
}

/// A choice among the documents that may be a scan.
pub fn sheet_field(file: &BallotFile, form: Part<'_>, label: &str) -> crate::views::Field {
    let none = form
        .field(FieldKind::Select, "scan", Text::said(label))
        .choice("", Text::said("projects-choose"));
    file.around.sheets.iter().fold(none, |field, sheet| {
        let said = Text::said("conclusion-scan-file").with_text("kind", &word(sheet.kind)).with(
            "name",
            if sheet.title.is_empty() { &sheet.file_name } else { &sheet.title }.as_str(),
        );
        field.choice(&sheet.id.to_string(), said)
    })
}

fn said(id: BallotId, key: &str) -> Answer {
    Answer::see(format!("/ballots/{id}#conclusion")).saying(Tone::Good, &Text::said(key))
}

#[post("/ballots/<id>/conclusion", data = "<typed>")]
async fn edit(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "edit", typed)
        .act(
            |form| {
                let (text, seen) = (form.text("conclusion"), form.line("seen"));
                Ok(conclude::Edit { ballot, text, seen })
            },
            move |tx, actor, command| {
                conclude::edit(tx, actor, command)?;
                Ok(said(ballot, "conclusion-saved"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/sign", data = "<typed>")]
async fn sign_it(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "sign", typed)
        .act(
            |form| Ok((form.text("conclusion"), form.line("sha256"))),
            move |tx, actor, (text, shown)| {
                match shown.is_empty() {
                    true => sign::sign(tx, actor, ballot, text)?,
                    false => sign::sign_shown(tx, actor, ballot, shown)?,
                };
                Ok(said(ballot, "ballots-signed"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

/// The signature as chosen: `part:person`, and the scan.
fn chosen(form: Fields<'_>, ballot: BallotId) -> Result<conclude::Scan, FieldFault> {
    let missing = |field: &str| FieldFault::new(field, FaultCode::Missing);
    let who = form.raw("who");
    let (part, person) = who.split_once(':').ok_or_else(|| missing("who"))?;
    let part = SignaturePart::from_key(part).map_err(|_| missing("who"))?;
    let person: PersonId = person.parse().map_err(|_| missing("who"))?;
    let scan: DocumentId = form.id("scan")?.ok_or_else(|| missing("scan"))?;
    Ok(conclude::Scan { ballot, part, person, scan })
}

#[post("/ballots/<id>/signatures", data = "<typed>")]
async fn enter(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    typed: Typed,
) -> Result<Done, WebError> {
    let ballot = ballot_id(id)?;
    PageForm::new(app, signed_in.actor, "scan", typed)
        .act(
            |form| chosen(form, ballot),
            move |tx, actor, command| {
                conclude::enter_scan(tx, actor, command)?;
                Ok(said(ballot, "conclusion-scan-entered"))
            },
            async |actor, again| page(app, actor, ballot, Some(&again)).await,
        )
        .await
}

#[post("/ballots/<id>/signatures/<signature>/confirm", data = "<typed>")]
async fn confirm(
    app: &State<App>,
    signed_in: SignedIn,
    id: &str,
    signature: &str,
    typed: Typed,
) -> Result<Answer, WebError> {
    let ballot = ballot_id(id)?;
    let signature: ObjectId = signature.parse().map_err(|_| WebError::not_found())?;
    let actor = signed_in.actor;
    app.once(typed.once(), move |tx| {
        conclude::confirm_scan(tx, &actor, ballot, signature)?;
        Ok(said(ballot, "conclusion-scan-confirmed"))
    })
    .await
}

/// The routes of this file.
pub fn routes() -> Vec<Route> {
    routes![edit, sign_it, enter, confirm]
}
