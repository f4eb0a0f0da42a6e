//! Takes lists of editions of international documents (国际文件版本清单) into the register.

use quanheng_db::source_editions::{self, SourceEditionRow};
use quanheng_domain::{event::ObjectKind, ids::ObjectId, people::Actor};
use quanheng_tables::formats::{self, Reading};
use serde_json::json;

use super::import::{Effect, ImportOptions, ImportReport, Work, run};
use crate::{ActionError, Tx};

/// The object under which the ledger keeps what lists of editions told.
pub fn editions_object() -> ObjectId {
    ObjectId::new(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0002))
}

/// Imports editions; each is known by document and year.
///
/// # Errors
/// `Forbidden` for others than administrators and the command line; storage trouble.
pub fn import_source_editions(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    reading: &Reading<formats::SourceEditionRow>,
    options: &ImportOptions,
) -> Result<ImportReport, ActionError> {
    run(tx, actor, reading, options, |_| 0, one)
}

fn one(
    tx: &mut Tx<'_, '_>,
    work: &mut Work<'_>,
    row: &formats::SourceEditionRow,
) -> Result<(String, Effect), ActionError> {
    let edition = SourceEditionRow {
        source: row.source.clone(),
        edition: row.edition,
        title: row.title.clone().unwrap_or_default(),
        state: row.state,
        noted_at: tx.now(),
    };
    let (known, changed) = source_editions::put(tx.conn(), &edition)?;
    if changed {
        let kind = if known { "import_changed" } else { "imported" };
        let facts = json!({
            "source": edition.source, "edition": edition.edition, "title": edition.title, "state": edition.state,
        });
        work.record(tx, ObjectKind::System, editions_object(), kind, facts)?;
    }
    let effect = match (changed, known) {
        (false, _) => Effect::Unchanged,
        (true, false) => Effect::Created,
        (true, true) => Effect::Changed { fields: vec!["status"] },
    };
    Ok((format!("{}:{}", row.source, row.edition), effect))
}
