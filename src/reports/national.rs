//! The national overview: the figures of every committee for a year, side by side, with the state of their reports.

use quanheng_db::{DbError, conn::AnyConn, register, reports};
use quanheng_domain::{
    ids::{AuthorityId, CommitteeId},
    records::ReportState,
};
use serde::Serialize;

use crate::{annual, figure::Figure};

/// A committee in the overview.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The committee.
    pub committee: CommitteeId,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// The state of its report; none when none was begun.
    pub state: Option<ReportState>,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// The overview of a year over the committees of an authority, or of all.
pub fn overview(
    conn: &mut AnyConn,
    authority: Option<AuthorityId>,
    year: i32,
) -> Result<Option<Vec<Line>>, DbError> {
    let handed_in = reports::of_year(conn, year)?;
    let mut lines = Vec::new();
    for committee in register::all_committees(conn)? {
        if authority.is_some_and(|authority| authority != committee.authority_id) {
            continue;
        }
        let Some(figures) = annual::figures(conn, committee.id, year)? else { return Ok(None) };
        lines.push(Line {
            state: handed_in
                .iter()
                .find(|report| report.committee_id == committee.id)
                .map(|report| report.state),
            committee: committee.id,
            code: committee.code,
            name_zh: committee.name_zh,
            name_en: committee.name_en,
            figures,
        });
    }
    Ok(Some(lines))
}
