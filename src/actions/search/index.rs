//! Keeping the index of full texts: what the public may read of an edition is in it, in the transaction that changed it.

use quanheng_db::{
    catalogue, clauses,
    conn::AnyConn,
    documents::{self, DocumentRow},
    projects::{self, ProjectRow},
    search::{self, Indexed},
    specifications::{self, SpecificationRow},
};
use quanheng_domain::{
    document::DocumentKind,
    ids::{ProjectId, SpecificationId},
    lifecycle::Openness,
    records::Visibility,
};

use super::cut;
use crate::{ActionError, Tx, document::text, names, specification::slip};

/// The published text of an edition as its project keeps it, whether the public may read it or not.
pub fn published(
    conn: &mut AnyConn,
    edition: &SpecificationRow,
) -> Result<Option<(ProjectRow, DocumentRow)>, ActionError> {
    let Some(project) = edition.project_id else { return Ok(None) };
    let Some(project) = projects::find(conn, project)? else { return Ok(None) };
    let document = documents::newest(conn, project.id, DocumentKind::PublishedText)?;
    Ok(document.map(|document| (project, document)))
}

/// Whether everybody may read a published text.
pub fn is_open(project: &ProjectRow, document: &DocumentRow) -> bool {
    project.openness == Openness::Open && document.visibility == Visibility::Open
}

/// What the public may read of an edition, ready for the index; nothing if there is nothing.
fn text_of(conn: &mut AnyConn, edition: &SpecificationRow) -> Result<Option<Indexed>, ActionError> {
    let Some((project, document)) = published(conn, edition)? else { return Ok(None) };
    if !is_open(&project, &document) || edition.issued_on.is_empty() {
        return Ok(None);
    }
    let slips = slip::of_edition(conn, edition.id)?;
    let text = match slips.is_empty() {
        true => {
            let all = clauses::of_document(conn, document.id)?;
            let lines = all.iter().flat_map(|row| [row.number.as_str(), &row.heading, &row.plain]);
            lines.collect::<Vec<_>>().join("\n")
        }
        // A slip is found from the day it is issued, as the new edition is.
        false => match text::kept(conn, document.id)? {
            Some(kept) => {
                let all = slip::merged(&kept.text.clauses, &slips);
                let lines = all
                    .iter()
                    .flat_map(|one| [one.number.clone(), one.heading.clone(), one.plain()]);
                lines.collect::<Vec<_>>().join("\n")
            }
            None => String::new(),
        },
    };
    Ok((!text.trim().is_empty()).then(|| indexed(edition.id, &text)))
}

/// A text as the index holds it.
pub fn indexed(specification: SpecificationId, text: &str) -> Indexed {
    Indexed { specification, words: cut::words(text), body: names::fold(text) }
}

/// Brings the index up to date with the text of a project, in the transaction that changed it.
///
/// # Errors
/// Storage trouble.
pub fn refresh(tx: &mut Tx<'_, '_>, project: ProjectId) -> Result<(), ActionError> {
    let Some(row) = projects::find(tx.conn(), project)? else { return Ok(()) };
    let Some(edition) = row.specification_id else { return Ok(()) };
    let Some(edition) = specifications::find(tx.conn(), edition)? else { return Ok(()) };
    if edition.project_id != Some(project) {
        return Ok(());
    }
    match text_of(tx.conn(), &edition)? {
        Some(text) => search::put(tx.conn(), &text)?,
        None => search::remove(tx.conn(), edition.id)?,
    }
    crate::specification::relations::find(tx, &edition)
}

/// Makes the whole index anew; how many texts are in it.
///
/// # Errors
/// Storage trouble.
pub fn rebuild(tx: &mut Tx<'_, '_>) -> Result<usize, ActionError> {
    search::clear(tx.conn())?;
    let mut done = 0;
    for edition in catalogue::editions(tx.conn())? {
        if let Some(text) = text_of(tx.conn(), &edition)? {
            search::put(tx.conn(), &text)?;
            done += 1;
        }
    }
    Ok(done)
}
