//! Turns the notices of a move into mails with the facts of the project.

use std::collections::BTreeSet;

use quanheng_db::{
    ballots, documents,
    outbox::Recipient,
    projects::ProjectRow,
    rounds::{self, CommentRow},
    slips, specifications,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{DocumentId, EventId, RoundId},
    lifecycle::{DeadlineKind, Field, Input, Move, Openness, Outcome},
    notice::{Audience, Notice, NoticeFacts, NoticeItem, NoticeKey},
};

use super::{
    carry::{Carried, committee_name},
    details::Details,
};
use crate::{
    ActionError, Tx, ballot,
    round::{Case, own, react},
    tell,
};

/// What mails about a project are about.
pub fn about(row: &ProjectRow) -> tell::About {
    let mut followed = vec![row.id.cast()];
    followed.extend(row.committee_id.map(|id| id.cast()));
    followed.extend(row.specification_id.map(|id| id.cast()));
    tell::About {
        authority: Some(row.authority_id),
        committee: row.committee_id,
        project: Some(row.id),
        followed,
        ..tell::About::new(ObjectKind::Project, row.id.cast())
    }
}

/// The facts every mail about a project carries.
pub fn facts(tx: &mut Tx<'_, '_>, row: &ProjectRow) -> Result<NoticeFacts, ActionError> {
    let (committee_code, committee) = committee_name(tx, row)?;
    Ok(NoticeFacts {
        committee_code,
        committee,
        title: row.title_zh.clone(),
        number: row.number.clone(),
        path: format!("/projects/{}", row.id),
        ..NoticeFacts::default()
    })
}

/// Sends the notices of an outcome and says how many mails that made.
pub fn send(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    outcome: &Outcome,
    input: &Input,
    event: EventId,
    carried: &Carried,
) -> Result<usize, ActionError> {
    // Nothing goes out by mail about what must not be kept here (edge case 44).
    if outcome.tells.is_empty() || row.openness == Openness::Placeholder {
        return Ok(0);
    }
    let mut base = facts(tx, row)?;
    fill(tx, row, outcome, input, carried, &mut base)?;
    let mut about = about(row);
    about.round = carried.round;
    if about.round.is_none() {
        about = tell::with_round(tx, about)?;
    }
    about.ballot = carried.ballot;
    about.followed.extend(carried.replaced.iter().map(|id| id.cast()));
    about.followed.extend(carried.specification.map(|id| id.cast()));
    about.concerned = suggester(row)?;
    let mut told = 0;
    for key in &outcome.tells {
        told += match key {
            NoticeKey::DispositionPublished => own_rows(tx, &base, &about, event)?,
            // Who spoke in the round before is told that it begins anew.
            NoticeKey::RoundReopened => {
                let about = tell::About { round: before(tx, row, about.round)?, ..about.clone() };
                tell::tell(tx, &Notice { key: *key, facts: base.clone() }, &about, Some(event))?
            }
            key => tell::tell(tx, &Notice { key: *key, facts: base.clone() }, &about, Some(event))?,
        };
    }
    if outcome.key == Move::OpenReview {
        let profile = crate::profiles::load(tx.conn(), row.profile_id)?;
        ballot::start::ask_declarations(tx, &profile, &about, base, event)?;
    }
    Ok(told)
}

/// The round before this one.
fn before(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    round: Option<RoundId>,
) -> Result<Option<RoundId>, ActionError> {
    let all = rounds::of_project(tx.conn(), row.id)?.into_iter().map(|row| row.id);
    Ok(all.take_while(|id| Some(*id) != round).last())
}

// Suggesters without an account are told at the address they gave.
/// The suggester of a project who has no account, as a recipient.
pub fn suggester(row: &ProjectRow) -> Result<Vec<Recipient>, ActionError> {
    let details = Details::read(&row.details)?;
    if details.suggester_address.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![Recipient {
        person: None,
        name: details.suggested_by,
        address: details.suggester_address,
        locale: details.suggester_locale,
    }])
}

// The letters that tell a decision name it, whether or not a reason was given.
fn decided(outcome: &Outcome) -> Option<quanheng_domain::stage::Stage> {
    let letters = [NoticeKey::SuggestionDecided, NoticeKey::ReexaminationResult];
    outcome.tells.iter().any(|key| letters.contains(key)).then_some(outcome.to)
}

fn fill(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    outcome: &Outcome,
    input: &Input,
    carried: &Carried,
    facts: &mut NoticeFacts,
) -> Result<(), ActionError> {
    facts.reason = input.text(Field::Note).map(str::to_owned);
    facts.outcome = decided(outcome);
    facts.due = outcome
        .opens
        .iter()
        .find(|open| !open.kind.is_reminder() && open.kind != DeadlineKind::ProjectEnd)
        .map(|open| open.due_at);
    facts.date = [Field::EffectiveOn, Field::ReviewOn, Field::PlanOn, Field::DueOn]
        .into_iter()
        .find_map(|field| input.day(field));
    if facts.date.is_none() {
        facts.date = row.due_on;
    }
    if let Some(id) = carried.round
        && let Some(round) = rounds::find(tx.conn(), id)?
    {
        // What is told after the end asks nobody to do anything before it.
        facts.due = Some(round.closes_at).filter(|at| *at > tx.now());
        let again = Some(round.reason.clone()).filter(|reason| !reason.is_empty());
        facts.reason = facts.reason.take().or(again);
        facts.counts = crate::round::counts(tx, id)?;
        if outcome.key != Move::OpenComments {
            facts.due = outcome.opens.first().map(|open| open.due_at).or(facts.due);
        }
        facts.draft = draft_label(tx, round.document_id, &row.title_zh)?;
        facts.path = format!("/consultations/{id}");
    }
    if let Some(ballot) =
        carried.ballot.map(|id| ballots::find(tx.conn(), id)).transpose()?.flatten()
    {
        facts.counts = ballot::counts(&ballot::tally::of(tx.conn(), &ballot)?);
        facts.draft = draft_label(tx, ballot.document_id, &row.title_zh)?;
        facts.path = format!("/ballots/{}", ballot.id);
    } else if let Some(ballot) =
        ballots::latest_of(tx.conn(), row.id, quanheng_domain::ballot::BallotPurpose::Review)?
        && facts.counts.is_empty()
    {
        facts.counts = ballot::counts(&ballot::tally::of(tx.conn(), &ballot)?);
    }
    if facts.draft.is_none() {
        let newest = documents::newest(
            tx.conn(),
            row.id,
            quanheng_domain::document::DocumentKind::ReviewDraft,
        )?;
        facts.draft = newest.map(|document| label(&document.title, &row.title_zh));
    }
    name_edition(tx, row, outcome, carried, facts)
}

/// The number of the text, and what replaces or changes it.
fn name_edition(
    tx: &mut Tx<'_, '_>,
    row: &ProjectRow,
    outcome: &Outcome,
    carried: &Carried,
    facts: &mut NoticeFacts,
) -> Result<(), ActionError> {
    let slip = outcome.tells.contains(&NoticeKey::SlipIssued);
    if let Some(edition) = carried.specification.or(row.specification_id)
        && let Some(edition) = specifications::find(tx.conn(), edition)?
    {
        if slip {
            facts.path = format!("/specifications/{}/text", edition.number_key.replace(' ', "%20"));
        }
        facts.number = Some(edition.number);
    }
    if slip {
        // The slip itself is issued, and no draft any more.
        facts.draft = None;
    }
    facts.items = if slip { slip_items(tx, row)? } else { carried_items(tx, carried)? };
    Ok(())
}

/// How a letter names the draft (稿号) beside the title of its project.
pub fn draft_label(
    tx: &mut Tx<'_, '_>,
    document: Option<DocumentId>,
    project: &str,
) -> Result<Option<String>, ActionError> {
    let Some(id) = document else { return Ok(None) };
    Ok(documents::get(tx.conn(), id)?.map(|document| label(&document.title, project)))
}

// Titles of documents are often names of files that repeat the project's; a subject has no room for it.
fn label(title: &str, project: &str) -> String {
    let stem = title
        .rsplit_once('.')
        .filter(|(_, kind)| kind.len() <= 4 && kind.chars().all(|c| c.is_ascii_alphanumeric()))
        .map_or(title, |(stem, _)| stem);
    let rest = stem.replacen(project, "", 1);
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || "-–—_·,，:：".contains(c));
    let rest = rest.strip_prefix('（').and_then(|rest| rest.strip_suffix('）')).unwrap_or(rest);
    if rest.is_empty() { stem.to_owned() } else { rest.to_owned() }
}

/// What a slip changes, clause by clause.
fn slip_items(tx: &mut Tx<'_, '_>, row: &ProjectRow) -> Result<Vec<NoticeItem>, ActionError> {
    let items = slips::items_of(tx.conn(), &[row.id])?;
    let item = |row: quanheng_db::slips::SlipItemRow| NoticeItem {
        act: Some(row.kind),
        // An added clause is named by the number that it gets.
        label: if row.number.is_empty() { row.clause } else { row.number },
        text: if row.body.is_empty() { row.was } else { row.body },
        ..NoticeItem::default()
    };
    Ok(items.into_iter().map(item).collect())
}

fn carried_items(tx: &mut Tx<'_, '_>, carried: &Carried) -> Result<Vec<NoticeItem>, ActionError> {
    let replaced = specifications::by_ids(tx.conn(), &carried.replaced)?;
    Ok(replaced
        .into_iter()
        .map(|edition| NoticeItem {
            label: edition.number,
            text: edition.title_zh,
            ..NoticeItem::default()
        })
        .collect())
}

/// A comment with its answer; one that is merged into another has the answer of that one, and the number that it bears.
fn answered(comment: &CommentRow, all: &[CommentRow]) -> NoticeItem {
    let target = comment.duplicate_of.and_then(|id| all.iter().find(|other| other.id == id));
    let (number, answer) = match target {
        Some(target) => (format!("{} → {}", comment.serial, target.serial), target),
        None => (comment.serial.to_string(), comment),
    };
    NoticeItem {
        label: format!("{number} {}", comment.clause),
        text: comment.body.clone(),
        note: answer.disposition_reason.clone(),
        code: answer.disposition,
        ..NoticeItem::default()
    }
}

/// Each commenter gets own rows and nobody else's, with a private link to answer them.
pub(crate) fn own_rows(
    tx: &mut Tx<'_, '_>,
    base: &NoticeFacts,
    about: &tell::About,
    event: EventId,
) -> Result<usize, ActionError> {
    let Some(round) = about.round else { return Ok(0) };
    let comments = rounds::confirmed_comments(tx.conn(), round)?;
    let case = Case::peek(tx, round)?;
    let now = tx.now();
    let until = react::until(tx.conn(), &case, now)?;
    let mut told = 0;
    let mut met = BTreeSet::new();
    for recipient in quanheng_db::outbox::commenters_of(tx.conn(), round)? {
        if !met.insert(recipient.address.to_lowercase()) {
            continue;
        }
        let own: Vec<_> = comments
            .iter()
            .filter(|comment| comment.author_contact.eq_ignore_ascii_case(&recipient.address))
            .collect();
        let Some(first) = own.first() else { continue };
        let token = own::private_link(tx, first.id, until)?;
        let items = own.iter().map(|comment| answered(comment, &comments)).collect();
        let notice = Notice {
            key: NoticeKey::DispositionPublished,
            facts: NoticeFacts {
                items,
                due: Some(until),
                secret_path: Some(crate::round::own_path(&token)),
                ..base.clone()
            },
        };
        told += usize::from(tell::tell_one(
            tx,
            &notice,
            about,
            Some(event),
            Audience::Commenters,
            &recipient,
        )?);
    }
    Ok(told)
}
