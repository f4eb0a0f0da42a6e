//! From a notice to rows in the outbox: the audience is resolved in the transaction of the change itself, one mail a person.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_db::{
    accounts,
    conn::AnyConn,
    outbox::{self, MailRow, Recipient},
    projects, rounds,
};
use quanheng_domain::{
    event::ObjectKind,
    ids::{AuthorityId, BallotId, CommitteeId, EventId, ObjectId, ProjectId, RoundId},
    notice::{Audience, Notice},
    people::{ProjectRole, Role},
    records::MailState,
};
use sha2::{Digest, Sha256};

use crate::{ActionError, Tx, committee::host};

/// What a notice is about, for resolving its audience.
#[derive(Debug, Clone)]
pub struct About {
    /// Kind of the object the mail is filed under.
    pub object_kind: ObjectKind,
    /// That object.
    pub object_id: ObjectId,
    /// The authority.
    pub authority: Option<AuthorityId>,
    /// The committee.
    pub committee: Option<CommitteeId>,
    /// The project.
    pub project: Option<ProjectId>,
    /// The comment round.
    pub round: Option<RoundId>,
    /// The ballot.
    pub ballot: Option<BallotId>,
    /// Objects whose followers are told.
    pub followed: Vec<ObjectId>,
    /// The persons concerned, objectors, or a suggester without an account.
    pub concerned: Vec<Recipient>,
}

impl About {
    /// About one object that belongs to nobody yet.
    pub fn new(object_kind: ObjectKind, object_id: ObjectId) -> Self {
        Self {
            object_kind,
            object_id,
            authority: None,
            committee: None,
            project: None,
            round: None,
            ballot: None,
            followed: vec![object_id],
            concerned: Vec::new(),
        }
    }
}

const VOTING: &[Role] = &[Role::Chair, Role::ViceChair, Role::Member];
const WITHOUT_VOTE: &[Role] = &[Role::Adviser, Role::ConsultingMember, Role::CorrespondingUnit];

/// The people a notice goes to, with the group that brought each in; the first group wins.
pub fn recipients(
    tx: &mut Tx<'_, '_>,
    notice: &Notice,
    about: &About,
) -> Result<Vec<(Audience, Recipient)>, ActionError> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    let today = tx.today();
    for (audience, people) in groups(tx.conn(), today, notice.key.row().audience, about)? {
        for recipient in people {
            if seen.insert(recipient.address.to_lowercase()) {
                all.push((audience, recipient));
            }
        }
    }
    Ok(all)
}

/// The people of one group as it stands on that day; pages show them before a move is made.
pub fn group(
    conn: &mut AnyConn,
    today: NaiveDate,
    audience: Audience,
    about: &About,
) -> Result<Vec<Recipient>, ActionError> {
    Around { about, today, seated: None, named: None }.group(conn, audience)
}

/// Several groups, in their order; who sits in the committee and who works on the project is read once for all of them.
pub fn groups<'a>(
    conn: &mut AnyConn,
    today: NaiveDate,
    audiences: impl IntoIterator<Item = &'a Audience>,
    about: &About,
) -> Result<Vec<(Audience, Vec<Recipient>)>, ActionError> {
    let mut around = Around { about, today, seated: None, named: None };
    audiences.into_iter().map(|audience| Ok((*audience, around.group(conn, *audience)?))).collect()
}

/// The people around what a notice is about, as far as they were read.
struct Around<'a> {
    about: &'a About,
    today: NaiveDate,
    seated: Option<Vec<(Role, Recipient)>>,
    named: Option<Vec<(ProjectRole, Recipient)>>,
}

fn with_roles<R: PartialEq>(people: &[(R, Recipient)], roles: &[R]) -> Vec<Recipient> {
    let wanted = people.iter().filter(|(role, _)| roles.contains(role));
    wanted.map(|(_, recipient)| recipient.clone()).collect()
}

impl Around<'_> {
    fn seated(
        &mut self,
        conn: &mut AnyConn,
        roles: &[Role],
    ) -> Result<Vec<Recipient>, ActionError> {
        let Some(committee) = self.about.committee else { return Ok(Vec::new()) };
        let people = match self.seated.take() {
            Some(people) => people,
            None => outbox::seated(conn, committee, self.today)?,
        };
        Ok(with_roles(self.seated.insert(people), roles))
    }

    fn named(
        &mut self,
        conn: &mut AnyConn,
        roles: &[ProjectRole],
    ) -> Result<Vec<Recipient>, ActionError> {
        let Some(project) = self.about.project else { return Ok(Vec::new()) };
        let people = match self.named.take() {
            Some(people) => people,
            None => outbox::of_project(conn, project)?,
        };
        Ok(with_roles(self.named.insert(people), roles))
    }

    fn group(
        &mut self,
        conn: &mut AnyConn,
        audience: Audience,
    ) -> Result<Vec<Recipient>, ActionError> {
        let (about, today) = (self.about, self.today);
        let found = match audience {
            Audience::Secretariat => match about.committee {
                Some(committee) => host::on_duty(conn, committee, about.project, today)?,
                None => Vec::new(),
            },
            Audience::Chair => self.seated(conn, &[Role::Chair])?,
            Audience::ChairAndVices => self.seated(conn, &[Role::Chair, Role::ViceChair])?,
            Audience::Members => self.seated(conn, VOTING)?,
            Audience::NonVoting => self.seated(conn, WITHOUT_VOTE)?,
            Audience::Drafters => {
                self.named(conn, &[ProjectRole::LeadDrafter, ProjectRole::Drafter])?
            }
            Audience::Suggester => {
                let mut people = self.named(conn, &[ProjectRole::Suggester])?;
                people.extend(about.concerned.iter().cloned());
                people
            }
            Audience::Reviewers => self.named(conn, &[ProjectRole::PrincipalReviewer])?,
            Audience::Officers => officers(conn, today, about)?,
            Audience::Commenters => match about.round {
                Some(round) => outbox::commenters_of(conn, round)?,
                None => Vec::new(),
            },
            Audience::Followers => outbox::followers_of(conn, &about.followed)?,
            Audience::NotYetAnswered => match about.round {
                Some(round) => outbox::silent_in_round(conn, round)?,
                None => Vec::new(),
            },
            Audience::SilentVoters | Audience::Voters => match about.ballot {
                Some(ballot) => {
                    outbox::voters_of(conn, ballot, audience == Audience::SilentVoters)?
                }
                None => Vec::new(),
            },
            Audience::Concerned | Audience::Objector => about.concerned.clone(),
            Audience::Host => match about.committee {
                Some(committee) => outbox::host_people(conn, committee)?,
                None => Vec::new(),
            },
            Audience::Administrators => outbox::administrators(conn)?,
        };
        Ok(found)
    }
}

/// The officers of the authority, and of those that joined the project (E-25).
fn officers(
    conn: &mut AnyConn,
    today: NaiveDate,
    about: &About,
) -> Result<Vec<Recipient>, ActionError> {
    let mut authorities: Vec<AuthorityId> = about.authority.into_iter().collect();
    if let Some(project) = about.project {
        let parties = projects::parties_of(conn, project)?.into_iter();
        authorities.extend(
            parties.filter(|party| party.dropped_at.is_none()).map(|party| party.authority_id),
        );
    }
    let mut found = Vec::new();
    for authority in authorities {
        found.extend(outbox::officers_of(conn, authority, today)?);
    }
    Ok(found)
}

/// Puts one mail per recipient into the outbox, in this transaction; says how many were new.
pub fn tell(
    tx: &mut Tx<'_, '_>,
    notice: &Notice,
    about: &About,
    event: Option<EventId>,
) -> Result<usize, ActionError> {
    let recipients = recipients(tx, notice, about)?;
    let mut told = 0;
    for (audience, recipient) in recipients {
        told += usize::from(tell_one(tx, notice, about, event, audience, &recipient)?);
    }
    Ok(told)
}

/// Puts one mail into the outbox; the same event, notice and address never twice.
pub fn tell_one(
    tx: &mut Tx<'_, '_>,
    notice: &Notice,
    about: &About,
    event: Option<EventId>,
    audience: Audience,
    recipient: &Recipient,
) -> Result<bool, ActionError> {
    if !notice.key.row().mandatory_for(audience)
        && let Some(person) = recipient.person
        && accounts::account(tx.conn(), person)?.is_some_and(|account| !account.optional_mail)
    {
        return Ok(false);
    }
    let now = tx.now();
    let cause = event.map_or_else(
        || format!("{}@{}", about.object_id, now.timestamp_micros()),
        |event| event.to_string(),
    );
    let mail = MailRow {
        id: tx.id(),
        notice: notice.key,
        payload: serde_json::to_value(&notice.facts).map_err(ActionError::unwritable)?,
        audience,
        person_id: recipient.person,
        name: recipient.name.clone(),
        address: recipient.address.clone(),
        locale: recipient.locale.clone(),
        object_kind: about.object_kind,
        object_id: about.object_id,
        event_id: event,
        dedupe_key: dedupe_key(&cause, &notice.key.to_string(), &recipient.address),
        state: MailState::Queued,
        send_after: now,
        attempts: 0,
        claimed_until: None,
        sent_at: None,
        gave_up_at: None,
        last_error: String::new(),
        message_id: String::new(),
        subject: String::new(),
        body_text: String::new(),
        created_at: now,
    };
    Ok(outbox::enqueue(tx.conn(), &mail)?)
}

// Hashed because an address is personal data and the key may turn up in error messages.
fn dedupe_key(cause: &str, notice: &str, address: &str) -> String {
    let mut sha = Sha256::new();
    for part in [cause, notice, &address.to_lowercase()] {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part.as_bytes());
    }
    hex::encode(sha.finalize())
}

/// The latest round of a project, for notices about it.
pub fn with_round(tx: &mut Tx<'_, '_>, mut about: About) -> Result<About, ActionError> {
    if let Some(project) = about.project {
        about.round = rounds::latest_of(tx.conn(), project)?.map(|round| round.id);
    }
    Ok(about)
}
