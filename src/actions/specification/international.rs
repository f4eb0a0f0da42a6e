//! Own texts and their international sources (采用国际文件): which edition each follows, and which edition is in force now.

use std::collections::HashMap;

use quanheng_db::{conn::AnyConn, source_editions, specifications::SpecificationRow};
use quanheng_domain::{
    ids::SpecificationId,
    source::{SourceRef, SourceState, Standing},
};

use crate::ActionError;

/// A source of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The document, with the edition that is followed.
    pub source: SourceRef,
    /// How it stands.
    pub standing: Standing,
}

impl Followed {
    /// Whether the text should be looked at again: its source was issued anew or withdrawn.
    pub fn moved(&self) -> bool {
        matches!(self.standing, Standing::Renewed { .. } | Standing::Withdrawn)
    }

    /// The source as evidence: its name with the newest edition, or its name alone once it is withdrawn.
    pub fn newest(&self) -> String {
        match self.standing {
            Standing::Renewed { newest } => format!("{}:{newest}", self.source.key()),
            _ => self.source.key(),
        }
    }
}

/// The sources of each of some texts, with one query; texts without any are left out.
///
/// # Errors
/// Storage trouble.
pub fn followed<'r>(
    conn: &mut AnyConn,
    rows: impl IntoIterator<Item = &'r SpecificationRow>,
) -> Result<HashMap<SpecificationId, Vec<Followed>>, ActionError> {
    let read: Vec<(SpecificationId, Vec<SourceRef>)> = rows
        .into_iter()
        .map(|row| (row.id, SourceRef::all(&row.adopted_source)))
        .filter(|(_, sources)| !sources.is_empty())
        .collect();
    let mut keys: Vec<String> =
        read.iter().flat_map(|(_, sources)| sources.iter().map(SourceRef::key)).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut known: HashMap<String, Vec<(i32, SourceState)>> = HashMap::new();
    for row in source_editions::of(conn, &keys)? {
        known.entry(row.source).or_default().push((row.edition, row.state));
    }
    let stands = |source: SourceRef| {
        let editions = known.get(&source.key()).map(Vec::as_slice).unwrap_or_default();
        Followed { standing: source.standing(editions), source }
    };
    Ok(read
        .into_iter()
        .map(|(id, sources)| (id, sources.into_iter().map(&stands).collect()))
        .collect())
}
