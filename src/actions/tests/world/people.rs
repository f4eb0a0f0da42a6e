//! People of the world: entering them, and reading their rights as a request would.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use quanheng_actions::{committee::host, names};
use quanheng_db::{
    accounts,
    conn::AnyConn,
    projects,
    register::{self, OrganisationRow, PersonRow, SeatRow},
};
use quanheng_domain::{
    ids::{OrganisationId, PersonId},
    people::{Actor, Interest, PersonActor, Role, SeatFact},
};

use super::World;

impl World {
    /// A person as an actor, with the rights that the register gives today.
    pub fn actor(&self, person: PersonId) -> Actor {
        let today = self.today();
        self.read(|conn| {
            let row = register::person(conn, person)?.unwrap();
            let fact = |seat: &SeatRow| SeatFact {
                committee: seat.committee_id,
                role: seat.role,
                since: seat.since,
                until: seat.until,
            };
            let held: Vec<_> = register::seats_with_hosts(conn, person)?
                .into_iter()
                .filter(|(seat, _)| !seat.suspended && fact(seat).holds_on(today))
                .collect();
            let aside = host::aside(conn, &row, &held, today).unwrap();
            let seats = held.iter().map(|(seat, _)| fact(seat)).collect();
            Ok(Actor::Person(PersonActor {
                person,
                name: row.name_zh,
                seats,
                authorities: accounts::authorities_of(conn, person, today)?.into_iter().collect(),
                projects: projects::roles_of_person(conn, person)?
                    .into_iter()
                    .collect::<BTreeSet<_>>(),
                aside,
                administrator: false,
            }))
        })
    }

    /// The mail address of a person.
    pub fn address(&self, person: PersonId) -> String {
        self.read(|conn| register::person(conn, person)).unwrap().email.unwrap()
    }

    /// Enters another person without a seat.
    pub fn newcomer(&self, name: &'static str, unit: Option<OrganisationId>) -> PersonId {
        let row = person_row(self.id(), name, unit, self.now());
        let id = row.id;
        self.write(move |tx| Ok(register::insert_person(tx.conn(), &row)?)).unwrap();
        id
    }

    /// Gives a person a seat in the committee from today on.
    pub fn seat(&self, person: PersonId, role: Role, rank: i32) {
        let row = SeatRow {
            id: self.id(),
            committee_id: self.committee,
            person_id: person,
            role,
            organisation_id: None,
            since: self.today(),
            until: None,
            suspended: false,
            reason: String::new(),
            rank,
        };
        self.write(move |tx| Ok(register::insert_seat(tx.conn(), &row)?)).unwrap();
    }

    /// Ends every seat of a person today.
    pub fn unseat(&self, person: PersonId) {
        let today: NaiveDate = self.today();
        self.write(move |tx| {
            for mut seat in register::seats_of_person(tx.conn(), person)? {
                seat.until = Some(today);
                register::save_seat(tx.conn(), &seat)?;
            }
            Ok(())
        })
        .unwrap();
    }

    /// Everybody with a vote: chair, vice-chairs, members.
    pub fn voters(&self) -> Vec<PersonId> {
        [self.chair]
            .into_iter()
            .chain(self.vices.iter().copied())
            .chain(self.members.iter().copied())
            .collect()
    }
}

/// A person of a name; the address is made from the id, so that no two are alike.
pub fn person_row(
    id: PersonId,
    name: &str,
    unit: Option<OrganisationId>,
    at: chrono::DateTime<chrono::Utc>,
) -> PersonRow {
    let address = format!("p{}@demo.example", id.uuid().simple());
    PersonRow {
        id,
        version: 1,
        name_zh: name.to_owned(),
        name_en: String::new(),
        email_key: names::email_key(&address),
        email: Some(address),
        locale: "zh-CN".to_owned(),
        organisation_id: unit,
        post: String::new(),
        title: String::new(),
        demo: true,
        mail_failures: 0,
        created_at: at,
    }
}

/// Enters an organisation.
pub fn organisation(
    conn: &mut AnyConn,
    id: OrganisationId,
    name: &str,
    interest: Interest,
) -> diesel::QueryResult<()> {
    let row = OrganisationRow {
        id,
        name_zh: name.to_owned(),
        name_en: String::new(),
        name_key: names::fold(name),
        interest,
        small_firm: false,
        region: String::new(),
    };
    register::insert_organisation(conn, &row)
}
