//! Puts a dossier together: papers from the store, forms and record made now, an index, the check file and the seal.

use chrono::{DateTime, SecondsFormat, Utc};
use quanheng_actions::ActionError;
use quanheng_actions::document::dossier::{self, Item, Seal};
use quanheng_db::conn::AnyConn;
use quanheng_db::projects::ConsentRow;
use quanheng_db::{projects, register, rounds, specifications};
use quanheng_domain::Locale;
use quanheng_domain::ids::{BallotId, ProjectId, RoundId};
use quanheng_domain::lifecycle::Openness;
use quanheng_domain::{Keyed, ballot::BallotPurpose};
use quanheng_render::dossier::{INDEX, Piece};
use quanheng_render::{RenderError, docx};
use quanheng_store::{Hash, names};
use rocket::http::Status;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::file::{self, ProjectFile};
use super::super::show::Section;
use super::forms::{DossierForm, Filled, paper};
use crate::app::App;
use crate::error::WebError;
use crate::guards::Visitor;
use crate::pages::ballots::papers::{self as ballot_papers, ReviewPaper};
use crate::pages::consultations::export;
use crate::papers::official::official_voice;
use crate::views::Text;

/// Papers of a dossier together; more is handed over in parts.
const LARGEST: u64 = 512 << 20;

/// Reads what forms and checklist need.
pub async fn filled(app: &App, visitor: &Visitor, project: ProjectId) -> Result<Filled, WebError> {
    let (actor, now) = (visitor.actor.clone(), app.now());
    let read = app.read(move |conn| {
        let dossier = dossier::dossier(conn, &actor, project, now)?;
        let file = file::read(conn, project, Section::Documents, &actor, now)?;
        let links = projects::replaces_of(conn, project)?;
        let ids: Vec<_> = links.iter().map(|link| link.specification_id).collect();
        let texts = specifications::by_ids(conn, &ids)?;
        let text = |link: &projects::ProjectReplaceRow| {
            texts.iter().find(|text| text.id == link.specification_id).cloned()
        };
        let replaces = links.iter().filter_map(|link| Some((link.clone(), text(link)?))).collect();
        let mut comments = Vec::new();
        for round in &file.rounds {
            comments.extend(rounds::confirmed_comments(conn, round.id)?);
        }
        let consents = consents(conn, &file, now)?;
        Ok::<_, ActionError>(Filled { dossier, file, replaces, comments, consents })
    });
    Ok(read.await?)
}

/// The consents with which the last review was opened, or that were given for the one to come.
fn consents(
    conn: &mut AnyConn,
    file: &ProjectFile,
    now: DateTime<Utc>,
) -> Result<Vec<(ConsentRow, String)>, ActionError> {
    let reviews = file.ballots.iter().filter(|one| one.purpose == BallotPurpose::Review);
    let opened = reviews.map(|one| one.opens_at).max().unwrap_or(now);
    let given = projects::last_consents(conn, file.loaded.row.id, opened)?;
    let people: Vec<_> = given.iter().map(|row| row.person_id).collect();
    let people = register::people_by(conn, &people)?;
    let name = |row: &ConsentRow| {
        let person = people.iter().find(|person| person.id == row.person_id);
        person.map(|person| person.name_zh.clone()).unwrap_or_default()
    };
    Ok(given.into_iter().map(|row| (row.clone(), name(&row))).collect())
}

/// Makes the dossier of a project, keeps it in the store, and enters the seal.
///
/// # Errors
/// Refusals of the seal; 413 for papers too large to travel together; trouble of the store.
pub async fn seal(app: &App, visitor: &Visitor, project: ProjectId) -> Result<Seal, WebError> {
    let filled = filled(app, visitor, project).await?;
    if !dossier::may_seal(&filled.dossier.loaded.row, &visitor.actor) {
        return Err(WebError::forbidden());
    }
    filled.dossier.whole().map_err(ActionError::from)?;
    if filled.dossier.loaded.row.openness == Openness::Placeholder {
        return Err(WebError::forbidden());
    }
    let mut pieces = documents(app, &filled.dossier.items).await?;
    pieces.extend(forms(app, visitor, &filled).await?);
    let record = app.read(move |conn| dossier::record(conn, project)).await?;
    pieces.extend(record.into_iter().map(|(path, bytes)| Piece::new(path, bytes)));
    let readme = official_voice(app).word("dossier-readme");
    pieces.push(Piece::new("README.txt", format!("{readme}\n")));
    pieces.insert(0, Piece::new(INDEX, index(app, visitor, &filled, &pieces)?));
    let parts = pieces.len();
    let packed = app.heavy(move || quanheng_render::dossier::seal(&pieces)).await?;
    let sealed = packed.ok_or_else(WebError::busy)?.map_err(|error| WebError::fault(&error))?;
    let size = sealed.bytes.len() as u64;
    let stored = app.store.put(sealed.bytes.as_slice(), size).await?;
    let row = &filled.dossier.loaded.row;
    let name = row.number.clone().unwrap_or_else(|| row.title_zh.clone());
    let revision = filled.dossier.seals.len() + 1;
    Ok(Seal {
        project,
        file_name: names::clean(&format!("{name}-dossier-{revision}.zip")),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        sha256: stored.hash.to_string(),
        root: sealed.root,
        parts,
        version: row.version,
    })
}

/// The path of a document of the checklist within the archive.
fn path_of(at: usize, item: &Item) -> Option<String> {
    let row = item.document.as_ref()?;
    let name = names::clean(&row.file_name);
    Some(format!("documents/{:02}-{}-{}-{name}", at + 1, item.kind.key(), row.revision))
}

async fn documents(app: &App, items: &[Item]) -> Result<Vec<Piece>, WebError> {
    let (mut pieces, mut room) = (Vec::new(), LARGEST);
    for (at, item) in items.iter().enumerate() {
        let (Some(row), Some(path)) = (&item.document, path_of(at, item)) else { continue };
        let size = u64::try_from(row.size).unwrap_or(u64::MAX);
        room = room.checked_sub(size).ok_or_else(|| {
            WebError::new(Status::PayloadTooLarge, "too_large")
                .saying(Text::said("dossier-too-large").with("most", LARGEST >> 20))
        })?;
        let hash: Hash =
            row.sha256.parse().map_err(|_| WebError::of_status(Status::InternalServerError))?;
        pieces.push(Piece::new(path, app.store.read(hash, size).await?));
    }
    Ok(pieces)
}

/// The forms made now, the table of comments of each round, and the papers of each review.
async fn forms(app: &App, visitor: &Visitor, filled: &Filled) -> Result<Vec<Piece>, WebError> {
    let voice = official_voice(app);
    let fault = |error: RenderError| WebError::fault(&error);
    let mut pieces = Vec::new();
    for form in DossierForm::ALL {
        let bytes = docx(&paper(*form, filled, &voice)).map_err(fault)?;
        pieces.push(Piece::new(format!("forms/{}.docx", form.key()), bytes));
    }
    let rounds: Vec<(RoundId, i32)> =
        filled.file.rounds.iter().map(|round| (round.id, round.ordinal)).collect();
    for (round, ordinal) in rounds {
        let reader = Visitor { locale: Locale::Chinese, ..visitor.clone() };
        let table = export::table(app, reader, &round.to_string(), export::Format::Docx).await?;
        pieces.push(Piece::new(format!("forms/comments-{ordinal}.docx"), table.into_bytes()));
    }
    let reviews: Vec<(BallotId, i32)> = filled
        .file
        .ballots
        .iter()
        .filter(|ballot| ballot.purpose == BallotPurpose::Review)
        .map(|ballot| (ballot.id, ballot.ordinal))
        .collect();
    for (ballot, ordinal) in reviews {
        let (actor, now) = (visitor.actor.clone(), app.now());
        let read = app.read(move |conn| ballot_papers::filled(conn, ballot, &actor, now)).await?;
        for kind in ReviewPaper::ALL.iter().filter(|kind| kind.is_there(&read.file)) {
            let bytes = docx(&ballot_papers::paper(*kind, &read, &voice)).map_err(fault)?;
            pieces.push(Piece::new(format!("forms/review-{ordinal}-{}.docx", kind.key()), bytes));
        }
    }
    Ok(pieces)
}

/// The index: which project, which rules, what the checklist asks for, every part with its fingerprint.
fn index(
    app: &App,
    visitor: &Visitor,
    filled: &Filled,
    pieces: &[Piece],
) -> Result<Vec<u8>, WebError> {
    let (row, dossier) = (&filled.dossier.loaded.row, &filled.dossier);
    let rule = dossier.loaded.profile.rule(dossier.rule);
    let checklist = dossier.items.iter().enumerate().map(|(at, item)| {
        let name = official_voice(app).say(&super::super::forms::word(item.kind));
        json!({ "kind": item.kind, "name": name, "required": item.required, "path": path_of(at, item) })
    });
    let files = pieces.iter().map(|piece| {
        json!({ "path": piece.path, "size": piece.bytes.len(), "sha256": hex::encode(Sha256::digest(&piece.bytes)) })
    });
    let last = filled.file.events.last();
    let index = json!({
        "format": "quanheng-dossier-1",
        "sealed_at": app.now().to_rfc3339_opts(SecondsFormat::Secs, true),
        "sealed_by": visitor.actor.label(),
        "project": {
            "id": row.id, "number": row.number, "title_zh": row.title_zh, "title_en": row.title_en, "kind": row.kind,
            "category": row.category, "level": row.level, "stage": row.stage, "version": row.version,
            "committee": filled.file.committee.as_ref().map(|one| &one.name_zh),
            "authority": filled.file.authority.name_zh,
            "address": format!("{}/projects/{}", app.base_url, row.id),
        },
        "rules": { "key": dossier.rule.key(), "value": rule.value.to_string(), "mark": rule.mark.to_string() },
        "checklist": checklist.collect::<Vec<Value>>(),
        "files": files.collect::<Vec<Value>>(),
        "ledger": { "events": last.map(|event| event.object_seq), "head": last.map(|event| &event.hash) },
    });
    serde_json::to_vec_pretty(&index).map_err(|error| WebError::fault(&error))
}
