//! What belongs to a ballot besides roll and votes: the box of a secret vote, declarations, required changes, the place of a
//! meeting, the sides of contested clauses.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use quanheng_domain::{
    ids::{BallotId, ObjectId, PersonId, ProjectId},
    records::Stance,
};
use serde_json::Value;

use crate::{
    bind,
    conn::AnyConn,
    row,
    schema::{
        ballot_boxes, ballot_mandates, clause_positions, interest_declarations, meeting_places,
        required_changes,
    },
};

row! {
    /// A row of `ballot_boxes`: the slips of a secret vote, all in one value.
    pub struct BoxRow in ballot_boxes {
        key {
            /// The ballot.
            ballot_id: BallotId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The slips (`BallotBox`).
        slips: Value,
    }
}

row! {
    /// A row of `interest_declarations` (利益关系申报).
    pub struct DeclarationRow in interest_declarations {
        key {
            /// The ballot.
            ballot_id: BallotId,
            /// Who declares.
            person_id: PersonId,
        }
        /// True when there is an interest.
        conflicted: bool,
        /// Which.
        details: String,
        /// When.
        declared_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `ballot_mandates` (委托表决): a member lets another vote in a meeting.
    pub struct MandateRow in ballot_mandates {
        key {
            /// The ballot.
            ballot_id: BallotId,
            /// Who is represented.
            person_id: PersonId,
        }
        /// Who votes for them.
        proxy_id: PersonId,
        /// What they wrote.
        words: String,
        /// When.
        given_at: DateTime<Utc>,
    }
}

row! {
    /// A row of `required_changes`: what a review asks to be changed before the dossier goes out.
    pub struct ChangeRow in required_changes {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// The ballot.
        ballot_id: BallotId,
        /// The project.
        project_id: ProjectId,
        /// Number within the ballot, from 1.
        ordinal: i32,
        /// Clause; may be empty.
        clause: String,
        /// What is to be changed.
        body: String,
        /// Who does it.
        responsible_id: Option<PersonId>,
        /// Who entered it.
        created_by: PersonId,
        /// When it was entered.
        created_at: DateTime<Utc>,
        /// How it was done.
        done_note: String,
        /// Who says so.
        done_by: Option<PersonId>,
        /// When it was done.
        done_at: Option<DateTime<Utc>>,
    }
}

row! {
    /// A row of `meeting_places`: the clause that a meeting looks at.
    pub struct PlaceRow in meeting_places {
        key {
            /// The ballot.
            ballot_id: BallotId,
        }
        /// Counts changes; a guarded update compares it.
        version: i64,
        /// Name of the clause within the text.
        clause: String,
        /// Since when.
        moved_at: DateTime<Utc>,
        /// Who went there.
        moved_by: PersonId,
    }
}

row! {
    /// A row of `clause_positions`: the argument of one side of a contested clause.
    pub struct PositionRow in clause_positions {
        key {
            /// Identity.
            id: ObjectId,
        }
        /// The ballot.
        ballot_id: BallotId,
        /// Name of the clause within the text.
        clause: String,
        /// Whose argument.
        person_id: PersonId,
        /// Which side.
        stance: Stance,
        /// The argument, with the papers it rests on.
        body: String,
        /// Who wrote it down.
        recorded_by: PersonId,
        /// When.
        recorded_at: DateTime<Utc>,
    }
}

/// The box of a secret vote.
pub fn box_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Option<BoxRow>> {
    ballot_boxes::table.find(bind(ballot)).select(BoxRow::as_select()).first(conn).optional()
}

/// Enters the empty box of a secret vote.
pub fn add_box(conn: &mut AnyConn, row: &BoxRow) -> QueryResult<()> {
    diesel::insert_into(ballot_boxes::table).values(row).execute(conn).map(drop)
}

/// Writes a box anew if nobody did since it was read; false when somebody did.
pub fn save_box(conn: &mut AnyConn, row: &mut BoxRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        ballot_boxes::table.find(bind(row.ballot_id)).filter(ballot_boxes::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// The declarations made for a ballot.
pub fn declarations_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<DeclarationRow>> {
    interest_declarations::table
        .filter(interest_declarations::ballot_id.eq(bind(ballot)))
        .order(interest_declarations::declared_at)
        .select(DeclarationRow::as_select())
        .load(conn)
}

/// The declaration of a person.
pub fn declaration(
    conn: &mut AnyConn,
    ballot: BallotId,
    person: PersonId,
) -> QueryResult<Option<DeclarationRow>> {
    interest_declarations::table
        .find((bind(ballot), bind(person)))
        .select(DeclarationRow::as_select())
        .first(conn)
        .optional()
}

/// Keeps a declaration; one made before is replaced, the ledger keeps both.
pub fn declare(conn: &mut AnyConn, row: &DeclarationRow) -> QueryResult<()> {
    let key = (bind(row.ballot_id), bind(row.person_id));
    let changed = diesel::update(interest_declarations::table.find(key)).set(row).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(interest_declarations::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The mandates given for a ballot.
pub fn mandates_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<MandateRow>> {
    ballot_mandates::table
        .filter(ballot_mandates::ballot_id.eq(bind(ballot)))
        .order((ballot_mandates::given_at, ballot_mandates::person_id))
        .select(MandateRow::as_select())
        .load(conn)
}

/// Keeps a mandate; one given before is replaced, the ledger keeps both.
pub fn give_mandate(conn: &mut AnyConn, row: &MandateRow) -> QueryResult<()> {
    take_mandate_back(conn, row.ballot_id, row.person_id)?;
    diesel::insert_into(ballot_mandates::table).values(row).execute(conn)?;
    Ok(())
}

/// Takes a mandate back; false where there was none.
pub fn take_mandate_back(
    conn: &mut AnyConn,
    ballot: BallotId,
    person: PersonId,
) -> QueryResult<bool> {
    let row = ballot_mandates::table.find((bind(ballot), bind(person)));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// The changes a ballot requires, in their order.
pub fn changes_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<ChangeRow>> {
    required_changes::table
        .filter(required_changes::ballot_id.eq(bind(ballot)))
        .order(required_changes::ordinal)
        .select(ChangeRow::as_select())
        .load(conn)
}

/// How many required changes of a project are not done.
pub fn open_changes_of(conn: &mut AnyConn, project: ProjectId) -> QueryResult<usize> {
    let open: i64 = required_changes::table
        .filter(required_changes::project_id.eq(bind(project)))
        .filter(required_changes::done_at.is_null())
        .count()
        .get_result(conn)?;
    Ok(usize::try_from(open).unwrap_or(0))
}

/// A required change by identity.
pub fn change(conn: &mut AnyConn, id: ObjectId) -> QueryResult<Option<ChangeRow>> {
    required_changes::table.find(bind(id)).select(ChangeRow::as_select()).first(conn).optional()
}

/// Enters a required change.
pub fn add_change(conn: &mut AnyConn, row: &ChangeRow) -> QueryResult<()> {
    diesel::insert_into(required_changes::table).values(row).execute(conn).map(drop)
}

/// Saves a required change if nobody changed it since it was read; false when somebody did.
pub fn save_change(conn: &mut AnyConn, row: &mut ChangeRow) -> QueryResult<bool> {
    let read = row.version;
    row.version += 1;
    let changed = diesel::update(
        required_changes::table.find(bind(row.id)).filter(required_changes::version.eq(read)),
    )
    .set(&*row)
    .execute(conn)?;
    Ok(changed == 1)
}

/// The clause a meeting looks at.
pub fn place_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Option<PlaceRow>> {
    meeting_places::table.find(bind(ballot)).select(PlaceRow::as_select()).first(conn).optional()
}

/// Goes to a clause; the first time, too.
pub fn go_to(
    conn: &mut AnyConn,
    ballot: BallotId,
    clause: &str,
    by: PersonId,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let version = place_of(conn, ballot)?.map(|place| place.version);
    let row = PlaceRow {
        ballot_id: ballot,
        version: version.map_or(1, |version| version + 1),
        clause: clause.to_owned(),
        moved_at: at,
        moved_by: by,
    };
    match version {
        Some(_) => diesel::update(meeting_places::table.find(bind(ballot))).set(&row).execute(conn),
        None => diesel::insert_into(meeting_places::table).values(&row).execute(conn),
    }
    .map(drop)
}

/// The arguments of both sides about the clauses of a ballot, in order of time.
pub fn positions_of(conn: &mut AnyConn, ballot: BallotId) -> QueryResult<Vec<PositionRow>> {
    clause_positions::table
        .filter(clause_positions::ballot_id.eq(bind(ballot)))
        .order((clause_positions::recorded_at, clause_positions::id))
        .select(PositionRow::as_select())
        .load(conn)
}

/// The arguments of one person in several ballots, in order of time.
pub fn positions_by(
    conn: &mut AnyConn,
    ballots: &[BallotId],
    person: PersonId,
) -> QueryResult<Vec<PositionRow>> {
    clause_positions::table
        .filter(clause_positions::ballot_id.eq_any(ballots.iter().copied().map(bind)))
        .filter(clause_positions::person_id.eq(bind(person)))
        .order((clause_positions::recorded_at, clause_positions::id))
        .select(PositionRow::as_select())
        .load(conn)
}

/// Keeps an argument.
pub fn add_position(conn: &mut AnyConn, row: &PositionRow) -> QueryResult<()> {
    diesel::insert_into(clause_positions::table).values(row).execute(conn).map(drop)
}
