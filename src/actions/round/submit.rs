//! Receives comments: from the public behind a confirmed mail address, from people of the register at once (3.5, 5.5).

use chrono::TimeDelta;
use quanheng_config::Security;
use quanheng_db::{
    accounts::{self, LinkRow},
    comments, register,
    rounds::{self, CommentRow},
};
use quanheng_domain::{
    Locale,
    comment::{Arrival, CommentSource, arrival},
    event::ObjectKind,
    ids::{CommentId, PersonId, RoundId},
    people::{Actor, Party, PersonActor, Role},
    records::LinkPurpose,
    refusal::{Refusal, RefusalCode},
    rules::{LatePolicy, RecipientClass, keys},
};
use serde_json::json;

use super::{
    case::Case,
    receive::{self, Receipt},
    text::{self, Author, Remark},
};
use crate::{
    ActionError, NewEvent, Tx,
    document::{may_know, place},
    names,
};

/// Comments to send.
#[derive(Debug, Clone)]
pub struct Submit {
    /// The round.
    pub round: RoundId,
    /// Who sends them; of a signed-in person only `publish_name` is taken, the rest is known.
    pub author: Author,
    /// The comments.
    pub remarks: Vec<Remark>,
    /// Page or interface.
    pub source: CommentSource,
    /// How long the link of confirmation works (a setting).
    pub confirm_within: TimeDelta,
    /// How many unconfirmed submissions one address may get mail for in a day (a setting), so that nobody's mailbox is flooded.
    pub most_a_day: u32,
}

/// How long a link of confirmation works, and for how many submissions a day one address gets mail, by the settings.
pub fn limits(security: &Security) -> (TimeDelta, u32) {
    let within = security.comment_link_lifetime.get();
    let within = TimeDelta::from_std(within).unwrap_or(TimeDelta::MAX);
    (within, u32::from(security.comment_mails_day))
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// They count once the address is confirmed by the link in the mail.
    AwaitsConfirmation {
        /// The comments.
        comments: Vec<CommentId>,
        /// The first instant at which the link no longer works.
        until: chrono::DateTime<chrono::Utc>,
    },
    /// They were received.
    Received(Receipt),
}

/// Receives comments.
///
/// # Errors
/// `Invalid` with every faulty field; `Refused` when the round does not take comments (any more), to drafters, and when an address
/// has used up its budget; `NotFound` for rounds one may not know of.
pub fn submit_comments(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    command: &Submit,
) -> Result<Submitted, ActionError> {
    match actor {
        Actor::Public => from_public(tx, command),
        Actor::Person(person) => from_person(tx, actor, person, command).map(Submitted::Received),
        Actor::System => Err(ActionError::Forbidden),
    }
}

fn from_public(tx: &mut Tx<'_, '_>, command: &Submit) -> Result<Submitted, ActionError> {
    let case = Case::peek(tx, command.round)?;
    if !may_know(&case.project, &Actor::Public) {
        return Err(ActionError::NotFound);
    }
    let mut faults = Vec::new();
    command.author.faults(true, &mut faults);
    text::faults_of(&command.remarks, &mut faults);
    text::refuse(faults)?;
    let late = late(tx, &case)?;
    spend(tx, command)?;
    let (now, token) = (tx.now(), tx.token());
    let token_hash = names::secret_hash(&token);
    let mut entered = Vec::new();
    let draft = case.round.document_id;
    let text = place::text_of(tx.conn(), draft)?;
    let text = place::Names::of(&text);
    for remark in &command.remarks {
        let class = RecipientClass::Public;
        let mut row = receive::row(tx, &case, &command.author, class, remark, command.source);
        row.late = late;
        row.token_hash = Some(token_hash.clone());
        let row = place::without_copy(row, &text);
        comments::insert(tx.conn(), &row)?;
        place::note(tx, draft, &text, &row, &remark.quote)?;
        entered.push(row);
    }
    let until = now + command.confirm_within;
    let link = LinkRow {
        token_hash,
        purpose: LinkPurpose::Comment,
        person_id: None,
        object_id: Some(case.round.id.cast()),
        created_at: now,
        ends_at: until,
        used_at: None,
    };
    accounts::insert_link(tx.conn(), &link)?;
    // An event of its own object, so that senders do not queue for the project's chain; no personal data in the ledger.
    let ids: Vec<CommentId> = entered.iter().map(|row| row.id).collect();
    let first = ids.first().copied().ok_or(ActionError::NotFound)?;
    let facts = json!({ "round": case.round.id, "project": case.project.id, "comments": ids });
    let event = NewEvent::new(ObjectKind::Comment, first.cast(), &Actor::Public, "comments_sent");
    let event = tx.record(event.facts(facts))?;
    receive::ask_to_confirm(tx, &case, &entered, &token, until, event)?;
    Ok(Submitted::AwaitsConfirmation { comments: ids, until })
}

// Hashed because an address is personal data; a day is the period.
fn spend(tx: &mut Tx<'_, '_>, command: &Submit) -> Result<(), ActionError> {
    let Some(address) = names::email_key(&command.author.contact) else { return Ok(()) };
    let tomorrow = quanheng_domain::deadline::end_of(tx.today());
    // The first second of today, as every budget names its period.
    let day = (tomorrow - chrono::Duration::days(1)).timestamp();
    let bucket = format!("comment-mail:{}", names::secret_hash(&address));
    let used = accounts::spend(tx.conn(), &bucket, day, 1)?;
    if u32::try_from(used).unwrap_or(u32::MAX) <= command.most_a_day {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::TooMany).with("until", tomorrow.to_rfc3339()).into())
}

/// Whether a comment that comes now is late, or the refusal to take it.
pub(super) fn late(tx: &mut Tx<'_, '_>, case: &Case) -> Result<bool, ActionError> {
    case.must_not_have_ended()?;
    let (now, round) = (tx.now(), &case.round);
    // Only a late comment asks the profile; all others are spared its reading.
    if now < round.closes_at {
        return Ok(
            arrival(now, round.opens_at, round.closes_at, LatePolicy::Refuse)? == Arrival::Late
        );
    }
    let profile = case.profile(tx)?;
    let policy = profile.get(keys::COMMENT_LATE_POLICY);
    let arrived = arrival(now, round.opens_at, round.closes_at, policy);
    Ok(arrived.map_err(|refusal| refusal.citing(&profile))? == Arrival::Late)
}

fn from_person(
    tx: &mut Tx<'_, '_>,
    actor: &Actor,
    person: &PersonActor,
    command: &Submit,
) -> Result<Receipt, ActionError> {
    let case = Case::of_round(tx, command.round)?;
    let asked = rounds::recipient_of(tx.conn(), case.round.id, person.person)?;
    if !may_know(&case.project, actor) && asked.is_none() {
        return Err(ActionError::NotFound);
    }
    if case.parties(actor).contains(&Party::Drafter) {
        // The drafter answers comments and does not send them (2.4).
        return Err(Refusal::new(RefusalCode::Recused).with("person", &person.name).into());
    }
    let mut faults = Vec::new();
    text::faults_of(&command.remarks, &mut faults);
    text::refuse(faults)?;
    let late = late(tx, &case)?;
    let author = author_of(tx, person.person, command.author.publish_name)?;
    let class = asked.as_ref().map_or_else(|| class_of(person, &case), |line| line.class);
    let draft = case.round.document_id;
    let text = place::text_of(tx.conn(), draft)?;
    let text = place::Names::of(&text);
    let mut rows = Vec::new();
    for remark in &command.remarks {
        let row = receive::row(tx, &case, &author, class, remark, command.source);
        let row = CommentRow { late, person_id: Some(person.person), ..row };
        rows.push(place::without_copy(row, &text));
    }
    let entered = rows.clone();
    let receipt = receive::enter(tx, actor, &case, rows, asked)?;
    for (row, remark) in entered.iter().zip(&command.remarks) {
        place::note(tx, draft, &text, row, &remark.quote)?;
    }
    Ok(receipt)
}

fn author_of(
    tx: &mut Tx<'_, '_>,
    person: PersonId,
    publish_name: bool,
) -> Result<Author, ActionError> {
    let row = register::person(tx.conn(), person)?.ok_or(ActionError::NotFound)?;
    let unit = match row.organisation_id {
        Some(id) => register::organisation(tx.conn(), id)?.map(|unit| unit.name_zh),
        None => None,
    };
    Ok(Author {
        name: row.name_zh,
        contact: row.email.unwrap_or_default(),
        unit: unit.unwrap_or_default(),
        publish_name,
        locale: row.locale.parse().unwrap_or(Locale::Chinese),
    })
}

fn class_of(person: &PersonActor, case: &Case) -> RecipientClass {
    let seats =
        person.seats.iter().filter(|seat| Some(seat.committee) == case.project.committee_id);
    let mut roles =
        seats.map(|seat| seat.role).filter(|role| !matches!(role, Role::Observer | Role::Invited));
    match roles.next() {
        Some(Role::CorrespondingUnit) => RecipientClass::CorrespondingUnit,
        Some(_) => RecipientClass::Member,
        None => RecipientClass::Public,
    }
}
