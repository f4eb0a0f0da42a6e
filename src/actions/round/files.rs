//! Files that come with comments (意见附件): entered with the comment, readable by whoever may read it.

use quanheng_db::{
    comment_files::{self, CommentFileRow},
    comments,
    conn::AnyConn,
    rounds::CommentRow,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::CommentId,
    lifecycle::{FaultCode, FieldFault},
    people::{Actor, Party},
};
use serde_json::{Value, json};

use super::{
    case::Case,
    own::{by_link, own},
};
use crate::{
    ActionError, NewEvent, Tx,
    document::{may_know, place, versions::inside},
};

/// A file whose bytes lie in the store already.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Cleaned file name.
    pub file_name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// Enters the files of a comment that was submitted in this very transaction; `most` is how many the settings allow.
///
/// # Errors
/// `Invalid` for too many files; `NotFound` for a comment that did not come just now.
pub fn attach(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    comment: CommentId,
    files: &[NewFile],
    most: usize,
) -> Result<(), ActionError> {
    if files.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    let row = comments::find(tx.conn(), comment)?
        .filter(|row| row.received_at == now)
        .ok_or(ActionError::NotFound)?;
    let facts = enter(tx, &row, files, most)?;
    // An unconfirmed comment has a chain of its own, so that senders do not queue for the project's.
    if row.confirmed_at.is_none() {
        let kind = "comment_files_sent";
        let event = NewEvent::new(ObjectKind::Comment, comment.cast(), actor, kind);
        tx.record(event.facts(facts))?;
    } else {
        Case::peek(tx, row.round_id)?.record(tx, actor, "comment_files_added", "", facts)?;
    }
    Ok(())
}

/// Files for one's own comment.
#[derive(Debug, Clone)]
pub struct AddFiles {
    /// The comment.
    pub comment: CommentId,
    /// The private link, for those without an account.
    pub link: Option<String>,
    /// The files.
    pub files: Vec<NewFile>,
    /// How many a comment may have, by the settings.
    pub most: usize,
}

/// Adds files to one's own comment while the round runs. The same bytes again are there already.
///
/// # Errors
/// `NotFound` for others' comments; `Refused` when the round is over; `Invalid` for too many files and for none.
pub fn add_files(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &AddFiles,
) -> Result<Vec<CommentFileRow>, ActionError> {
    let (case, row) = own(tx, actor, command.comment, command.link.as_deref())?;
    case.must_run(tx)?;
    if command.files.is_empty() {
        return Err(ActionError::Invalid(vec![FieldFault::new("files", FaultCode::Missing)]));
    }
    let facts = enter(tx, &row, &command.files, command.most)?;
    case.record(tx, actor, "comment_files_added", "", facts)?;
    Ok(comment_files::of_comment(tx.conn(), row.id)?)
}

fn enter(
    tx: &mut Tx<'_, '_>,
    row: &CommentRow,
    files: &[NewFile],
    most: usize,
) -> Result<Value, ActionError> {
    let there = comment_files::of_comment(tx.conn(), row.id)?;
    let mut hashes: Vec<String> = there.iter().map(|file| file.sha256.clone()).collect();
    let mut told = Vec::new();
    let mut ordinal = there.iter().map(|file| file.ordinal).max().unwrap_or(0);
    for file in files {
        if hashes.contains(&file.sha256) {
            continue;
        }
        ordinal += 1;
        if usize::try_from(ordinal).unwrap_or(usize::MAX) > most {
            let bound = i64::try_from(most).ok();
            let fault = FieldFault { bound, ..FieldFault::new("files", FaultCode::TooLong) };
            return Err(ActionError::Invalid(vec![fault]));
        }
        let line = CommentFileRow {
            id: tx.id(),
            comment_id: row.id,
            ordinal,
            file_name: file.file_name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            sha256: file.sha256.clone(),
            added_at: tx.now(),
        };
        comment_files::insert(tx.conn(), &line)?;
        hashes.push(file.sha256.clone());
        told.push(json!({ "ordinal": ordinal, "size": file.size, "sha256": file.sha256 }));
    }
    // Names of files may hold names of people, so the ledger has their hashes only.
    Ok(json!({ "comment": row.id, "serial": row.serial, "round": row.round_id, "files": told }))
}

/// A file of a comment that the reader may read: with the comment itself, or by its private link.
///
/// # Errors
/// `NotFound` for everything else.
pub fn readable(
    conn: &mut AnyConn,
    actor: &Actor,
    link: Option<&str>,
    comment: CommentId,
    ordinal: i32,
) -> Result<CommentFileRow, ActionError> {
    let row = comments::find(conn, comment)?.ok_or(ActionError::NotFound)?;
    let case = Case::read(conn, row.round_id)?;
    let by_link = match link {
        Some(token) => by_link(conn, token)?.iter().any(|own| own.id == comment),
        None => false,
    };
    let mine = actor.person().is_some_and(|person| row.person_id == Some(person.person));
    // Before its author confirmed it, only those who look at held comments may see it.
    let within = match row.confirmed_at {
        Some(_) => inside(&case.project, actor),
        None => case.parties(actor).contains(&Party::Secretariat),
    };
    let open = may_know(&case.project, actor) && place::is_public(&row);
    if !(by_link || mine || within || open) {
        return Err(ActionError::NotFound);
    }
    let files = comment_files::of_comment(conn, comment)?;
    files.into_iter().find(|file| file.ordinal == ordinal).ok_or(ActionError::NotFound)
}
