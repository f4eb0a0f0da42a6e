//! The Metrology Law's order of levels: a departmental or local regulation only where no national one exists (Art. 10).

use chrono::NaiveDate;
use quanheng_db::{conn::AnyConn, projects::ProjectRow, specifications};

use crate::{ActionError, specification::validity};

/// Number of a national regulation in force with the same title, if there is one.
pub fn national_text(
    conn: &mut AnyConn,
    row: &ProjectRow,
    on: NaiveDate,
) -> Result<Option<String>, ActionError> {
    let candidates = specifications::national_with_title(conn, row.category, &row.title_zh)?;
    for candidate in candidates {
        if validity::validity_on(conn, &candidate, on)?.state.is_in_force() {
            return Ok(Some(candidate.number));
        }
    }
    Ok(None)
}
