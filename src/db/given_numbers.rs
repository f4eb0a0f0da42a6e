//! The register of numbers (编号登记): every number that was given to the text of a project, those of joint texts among them.

use diesel::prelude::*;
use quanheng_domain::{ids::AuthorityId, stage::Stage};

use crate::{
    bind,
    conn::AnyConn,
    recognitions::JointNumberRow,
    schema::{joint_numbers, project_parties, projects, specifications},
    specifications::SpecificationRow,
};

/// A number that was given to a text.
#[derive(Debug, Clone)]
pub struct GivenRow {
    /// Number in its plain form.
    pub number: String,
    /// Whose number it is.
    pub authority: AuthorityId,
    /// Whether the authority has left the text, which makes its number void.
    pub left: bool,
    /// The edition that has it.
    pub edition: SpecificationRow,
    /// The stage of its project.
    pub stage: Stage,
}

impl GivenRow {
    fn own(edition: SpecificationRow, stage: Stage) -> Self {
        let (number, authority) = (edition.number.clone(), edition.authority_id);
        Self { number, authority, left: false, edition, stage }
    }

    fn joint(given: JointNumberRow, edition: SpecificationRow, stage: Stage) -> Self {
        let (number, authority) = (given.number, given.authority_id);
        Self { number, authority, left: given.void_at.is_some(), edition, stage }
    }
}

/// The numbers of the texts that some authorities lead or take part in, the newest first: of a joint text with a number for each
/// authority, all to the one that leads and its own to each other; of one with a common number, that to all of them.
pub fn of(
    conn: &mut AnyConn,
    authorities: &[AuthorityId],
    limit: i64,
) -> QueryResult<Vec<GivenRow>> {
    let ids = || authorities.iter().copied().map(bind);
    let shared = project_parties::table
        .filter(project_parties::authority_id.eq_any(ids()))
        .filter(project_parties::dropped_at.is_null())
        .select(project_parties::project_id);
    let for_each = joint_numbers::table.select(joint_numbers::specification_id);
    let own: Vec<(SpecificationRow, Stage)> = specifications::table
        .inner_join(projects::table.on(specifications::project_id.eq(projects::id.nullable())))
        .filter(
            specifications::authority_id
                .eq_any(ids())
                .or(projects::id.eq_any(shared).and(specifications::id.ne_all(for_each))),
        )
        .order((specifications::created_at.desc(), specifications::id))
        .limit(limit)
        .select((SpecificationRow::as_select(), projects::stage))
        .load(conn)?;
    let joint: Vec<(JointNumberRow, SpecificationRow, Stage)> = joint_numbers::table
        .inner_join(
            specifications::table.on(joint_numbers::specification_id.eq(specifications::id)),
        )
        .inner_join(projects::table.on(specifications::project_id.eq(projects::id.nullable())))
        .filter(
            joint_numbers::authority_id
                .eq_any(ids())
                .or(specifications::authority_id.eq_any(ids())),
        )
        .order((specifications::created_at.desc(), joint_numbers::number))
        .limit(limit)
        .select((JointNumberRow::as_select(), SpecificationRow::as_select(), projects::stage))
        .load(conn)?;
    let mut all: Vec<GivenRow> =
        own.into_iter().map(|(edition, stage)| GivenRow::own(edition, stage)).collect();
    let others =
        joint.into_iter().map(|(given, edition, stage)| GivenRow::joint(given, edition, stage));
    all.extend(others);
    // The order is kept among the numbers of one text: its own first.
    all.sort_by_key(|row| std::cmp::Reverse((row.edition.created_at, row.edition.id)));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all)
}
