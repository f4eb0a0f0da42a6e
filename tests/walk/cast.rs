//! The people of both walks, their committee, and the old edition that the new text will replace. All of it is invented.

use std::collections::BTreeMap;

use quanheng_actions::account::{access, people, token};
use quanheng_actions::committee::{seats, term};
use quanheng_actions::project::units;
use quanheng_actions::register::{ImportOptions, import_committees, import_specifications};
use quanheng_actions::{ActionError, Tx};
use quanheng_db::accounts::{self, AccountRow};
use quanheng_db::register;
use quanheng_domain::Locale;
use quanheng_domain::ids::PersonId;
use quanheng_domain::people::{Actor, Role};
use quanheng_tables::Limits;
use quanheng_tables::formats::{Committees, Specifications, read_as};

use crate::world::{PASSWORD, TestApp};

/// Code of the committee.
pub const COMMITTEE: &str = "MTC3";
/// Number of the old edition.
pub const OLD: &str = "JJF 9003-2012";
/// Title of both editions.
pub const TITLE: &str = "演示用超声流量计校准规范";

const COMMITTEE_ROWS: &str = "code,name_zh,level\nMTC3,全国流量计量技术委员会·演示,national\n";
const EDITION_ROWS: &str = "number,kind,level,title_zh,issued_on,effective_on,committee_code,status\n\
    JJF 9003-2012,calibration specification,national,演示用超声流量计校准规范,2012-03-02,2012-09-02,MTC3,in force\n";

/// Everybody by the name before the @.
#[derive(Default)]
pub struct Cast {
    ids: BTreeMap<String, PersonId>,
    tokens: BTreeMap<String, String>,
}

/// Somebody with a seat: address, name, role.
fn roll() -> Vec<(String, String, Role)> {
    let named = [
        ("chair", "主任委员·演示", Role::Chair),
        ("vice", "副主任委员·演示", Role::ViceChair),
        ("secretary", "秘书长·演示", Role::SecretaryGeneral),
        ("staff", "秘书处·演示", Role::SecretariatStaff),
        ("adviser", "顾问·演示", Role::Adviser),
        ("unit", "通讯单位·演示", Role::CorrespondingUnit),
    ];
    let mut roll: Vec<_> =
        named.map(|(who, name, role)| (who.to_owned(), name.to_owned(), role)).into();
    roll.extend(
        (1..=7).map(|n| (format!("member-{n:02}"), format!("委员{n:02}·演示"), Role::Member)),
    );
    roll
}

/// Names that stand for several people in what the stories say about mail.
pub fn people_of(text: &str) -> Vec<String> {
    text.split_whitespace()
        .flat_map(|word| match word {
            "voters" => {
                let members = (1..=7).map(|n| format!("member-{n:02}"));
                members.chain(["chair", "vice"].map(str::to_owned)).collect()
            }
            "non-voters" => ["adviser", "unit"].map(str::to_owned).into(),
            "secretariat" => ["secretary", "staff"].map(str::to_owned).into(),
            // Asked in the round; who has a seat and no office of the secretariat.
            "units" => (1..=7).map(|n| format!("unit-{n:02}")).collect(),
            one => vec![one.to_owned()],
        })
        .collect()
}

impl Cast {
    /// Enters the committee, its people, those without a seat, and the old edition.
    pub async fn enter(site: &TestApp) -> Self {
        let hash = site.app.hash(PASSWORD.to_owned()).await.expect("it can be hashed");
        site.write(move |tx| company(tx, &hash)).expect("the cast can be entered")
    }

    /// Identity of a person.
    pub fn id(&self, who: &str) -> PersonId {
        *self.ids.get(who).unwrap_or_else(|| panic!("nobody is called {who}"))
    }

    /// API token of a person.
    pub fn token(&self, who: &str) -> &str {
        self.tokens.get(who).unwrap_or_else(|| panic!("nobody is called {who}"))
    }
}

fn company(tx: &mut Tx<'_, '_>, hash: &str) -> Result<Cast, ActionError> {
    let options = ImportOptions { source: "walk".to_owned(), dry_run: false };
    let rows = read_as::<Committees>(COMMITTEE_ROWS.as_bytes(), &Limits::default());
    import_committees(tx, &Actor::System, &rows.expect("a table"), &options)?;
    let rows = read_as::<Specifications>(EDITION_ROWS.as_bytes(), &Limits::default());
    import_specifications(tx, &Actor::System, &rows.expect("a table"), &options)?;
    let committee =
        register::committee_by_code(tx.conn(), COMMITTEE)?.ok_or(ActionError::NotFound)?.id;
    let mut cast = Cast::default();
    let since = tx.today();
    term::begin(tx, &Actor::System, &term::Term { committee, number: 2, start: since, end: None })?;
    for (rank, (who, name, role)) in (0..).zip(roll()) {
        let person = cast.person(tx, hash, &who, &name)?;
        let seat = seats::Appoint {
            committee,
            person,
            role,
            organisation: None,
            since,
            until: None,
            rank,
            reason: "换届·演示".to_owned(),
        };
        seats::appoint(tx, &Actor::System, &seat)?;
    }
    for (who, name) in
        [("drafter", "起草人·演示"), ("reviewer", "主审人·演示"), ("clerk", "单位职员·演示")]
    {
        cast.person(tx, hash, who, name)?;
    }
    let officer = cast.person(tx, hash, "officer", "主管部门·演示")?;
    let authority = register::authority_by_code(tx.conn(), "SAMR")?.ok_or(ActionError::NotFound)?;
    let office = people::Office { since, until: None };
    access::set_officer(tx, &Actor::System, officer, authority.id, office)?;
    let admin = cast.person(tx, hash, "admin", "管理员·演示")?;
    access::set_administrator(tx, &Actor::System, admin, true)?;
    Ok(cast)
}

impl Cast {
    fn person(
        &mut self,
        tx: &mut Tx<'_, '_>,
        hash: &str,
        who: &str,
        name: &str,
    ) -> Result<PersonId, ActionError> {
        let unit = units::organisation(tx, &format!("{name}所在单位"))?;
        let entry = people::Entry {
            name_zh: name.to_owned(),
            name_en: String::new(),
            email: format!("{who}@demo.example"),
            locale: Locale::Chinese,
            organisation: Some(unit),
            post: String::new(),
            title: String::new(),
        };
        let row = people::enter(tx, &Actor::System, &entry)?;
        let account = AccountRow {
            person_id: row.id,
            password_hash: Some(hash.to_owned()),
            administrator: false,
            disabled: false,
            failures: 0,
            locked_until: None,
            password_changed_at: Some(tx.now()),
            optional_mail: true,
            created_at: tx.now(),
        };
        accounts::insert_account(tx.conn(), &account)?;
        let token = token::create(tx, &Actor::System, row.id, "walk")?;
        self.ids.insert(who.to_owned(), row.id);
        self.tokens.insert(who.to_owned(), token);
        Ok(row.id)
    }
}
