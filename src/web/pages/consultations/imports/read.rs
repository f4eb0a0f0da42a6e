//! What the pages of tables show, read in one snapshot.

use std::collections::BTreeMap;

use quanheng_actions::ActionError;
use quanheng_actions::round::table::{RowFault, columns_of};
use quanheng_actions::round::{Case, may_take};
use quanheng_db::comment_imports::{self, ImportLineRow, ImportRow};
use quanheng_db::conn::AnyConn;
use quanheng_db::documents::{self, DocumentRow};
use quanheng_db::rounds;
use quanheng_domain::comment::{ImportRowState, ImportState};
use quanheng_domain::ids::{CommentId, ImportId, RoundId};
use quanheng_domain::people::{Actor, Party};
use quanheng_tables::{Mapping, Table};

use crate::import_form;
use crate::{App, WebError};

/// All tables of a round.
pub struct All {
    /// The round.
    pub case: Case,
    /// Each table with its file and how many rows came to each state.
    pub tables: Vec<(ImportRow, Option<DocumentRow>, BTreeMap<ImportRowState, i64>)>,
}

/// Reads the tables of a round.
pub fn all(conn: &mut AnyConn, round: RoundId, actor: &Actor) -> Result<All, ActionError> {
    may_take(conn, round, actor)?;
    let case = Case::read(conn, round)?;
    let mut counts: BTreeMap<ImportId, BTreeMap<ImportRowState, i64>> = BTreeMap::new();
    for (import, state, count) in comment_imports::counts_of_round(conn, round)? {
        counts.entry(import).or_default().insert(state, count);
    }
    let mut files: BTreeMap<_, DocumentRow> = BTreeMap::new();
    for document in documents::of_project(conn, case.project.id)? {
        files.insert(document.id, document);
    }
    let tables = comment_imports::of_round(conn, round)?
        .into_iter()
        .map(|import| {
            let count = counts.remove(&import.id).unwrap_or_default();
            (files.get(&import.document_id).cloned(), import, count)
        })
        .map(|(file, import, count)| (import, file, count))
        .collect();
    Ok(All { case, tables })
}

/// One table with what became of its rows.
pub struct File {
    /// The round.
    pub case: Case,
    /// The table.
    pub import: ImportRow,
    /// Its file.
    pub document: DocumentRow,
    /// The headings of the file.
    pub headings: Vec<String>,
    /// What they mean, as far as somebody said it.
    pub said: Mapping,
    /// What became of its rows, by line, with what is wrong or doubtful.
    pub lines: Vec<(ImportLineRow, Vec<RowFault>)>,
    /// Numbers of comments.
    pub serials: BTreeMap<CommentId, i32>,
    /// Whether the actor is of the secretariat, which enters and throws away.
    pub secretariat: bool,
    /// The table as it was read; only while its columns are to be said.
    pub table: Option<Table>,
}

/// Reads a table and what became of it.
pub fn file(conn: &mut AnyConn, import: ImportRow, actor: &Actor) -> Result<File, ActionError> {
    let case = Case::read(conn, import.round_id)?;
    let document = documents::get(conn, import.document_id)?.ok_or(ActionError::NotFound)?;
    let mut lines = Vec::new();
    for line in comment_imports::lines(conn, import.id)? {
        let faults =
            serde_json::from_value(line.faults.clone()).map_err(ActionError::unwritable)?;
        lines.push((line, faults));
    }
    let all = rounds::confirmed_comments(conn, case.round.id)?;
    Ok(File {
        headings: serde_json::from_value(import.headings.clone())
            .map_err(ActionError::unwritable)?,
        said: columns_of(&import)?,
        serials: all.iter().map(|row| (row.id, row.serial)).collect(),
        secretariat: case.parties(actor).contains(&Party::Secretariat),
        case,
        import,
        document,
        lines,
        table: None,
    })
}

/// A table for somebody who settles comments in its round.
pub async fn one(
    app: &App,
    actor: Actor,
    round: RoundId,
    import: ImportId,
) -> Result<File, WebError> {
    let mut found = app
        .read(move |conn| {
            may_take(conn, round, &actor)?;
            let import = comment_imports::find(conn, import)?
                .filter(|row| row.round_id == round)
                .ok_or(ActionError::NotFound)?;
            file(conn, import, &actor)
        })
        .await?;
    if found.import.state == ImportState::Columns {
        let table = import_form::read_table(app, &found.document.sha256, &found.said).await?;
        found.table = Some(table);
    }
    Ok(found)
}
