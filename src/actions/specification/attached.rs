//! Papers that the rules file beside what is recorded of a published text: of its training, of the evaluation of its effect.

use chrono::NaiveDate;
use quanheng_db::{
    conn::AnyConn,
    documents::{self, DocumentRow},
    specifications::SpecificationRow,
};
use quanheng_domain::{
    document::{DocumentCase, DocumentKind, DocumentNeed},
    lifecycle::Adoption,
    rules::Typed,
};

use crate::{ActionError, profiles};

/// A paper that a rule asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its kind.
    pub kind: DocumentKind,
    /// The newest that the project of the text holds.
    pub there: Option<DocumentRow>,
}

/// The papers of a rule about an edition. None are asked about a text that no project here has made: there is no file to put them in.
///
/// # Errors
/// Storage trouble.
pub fn asked(
    conn: &mut AnyConn,
    edition: &SpecificationRow,
    today: NaiveDate,
    rule: Typed<Vec<DocumentNeed>>,
) -> Result<Vec<Asked>, ActionError> {
    let Some(project) = edition.project_id else { return Ok(Vec::new()) };
    let profile = profiles::of_edition(conn, edition, today)?;
    let case = DocumentCase {
        adoption: edition.adoption != Adoption::None,
        ..DocumentCase::plain(edition.category)
    };
    let kinds = profile.documents(rule, &case);
    kinds
        .into_iter()
        .map(|kind| Ok(Asked { kind, there: documents::newest(conn, project, kind)? }))
        .collect()
}
