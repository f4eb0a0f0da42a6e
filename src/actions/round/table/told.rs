//! Tells the sender of a table what became of it, once every row is decided.

use std::collections::BTreeMap;

use quanheng_db::{
    comment_imports::{self, ImportRow},
    outbox::Recipient,
};
use quanheng_domain::{
    Locale,
    comment::ImportRowState,
    notice::{Count, Notice, NoticeFacts, NoticeItem, NoticeKey},
    people::Actor,
};
use serde_json::json;

use super::super::case::Case;
use super::take::file_name;
use crate::{ActionError, Tx, names, project::notices, tell};

/// Path under which a sender reads the marked copy without an account.
pub fn copy_path(token: &str) -> String {
    format!("/consultations/tables/{token}")
}

/// Tells the sender if there is an address, nothing waits, and nobody was told yet.
pub(super) fn when_done(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    case: &Case,
    import: &mut ImportRow,
) -> Result<(), ActionError> {
    let done = import.told_at.is_none()
        && !import.address.is_empty()
        && comment_imports::waiting_of(tx.conn(), import.id)? == 0;
    if !done {
        return Ok(());
    }
    let lines = comment_imports::lines(tx.conn(), import.id)?;
    let entered = lines.iter().filter(|line| line.state != ImportRowState::Thrown).count();
    let token = tx.token();
    import.token_hash = Some(names::secret_hash(&token));
    import.told_at = Some(tx.now());
    if !comment_imports::save(tx.conn(), import)? {
        return Err(ActionError::Conflict);
    }
    let facts = json!({ "import": import.id });
    let event = case.record(tx, actor, "table_returned", "", facts)?;
    let facts = NoticeFacts {
        draft: Some(file_name(tx, import)?),
        counts: BTreeMap::from([(Count::Comments, i64::try_from(entered).unwrap_or(i64::MAX))]),
        items: lines
            .iter()
            .filter(|line| line.state == ImportRowState::Thrown)
            .map(|line| NoticeItem {
                label: line.line.to_string(),
                text: line.cells["comment"].as_str().unwrap_or_default().to_owned(),
                note: line.note.clone(),
                ..NoticeItem::default()
            })
            .collect(),
        path: format!("/consultations/{}", case.round.id),
        secret_path: Some(copy_path(&token)),
        ..notices::facts(tx, &case.project)?
    };
    let recipient = Recipient {
        person: None,
        name: import.sender.clone(),
        address: import.address.clone(),
        locale: Locale::Chinese.to_string(),
    };
    let about = tell::About { concerned: vec![recipient], ..case.about() };
    tell::tell(tx, &Notice { key: NoticeKey::TableReturned, facts }, &about, Some(event))?;
    Ok(())
}
