//! Imports against real databases: the whole starter register, twice, and tables with every kind of trouble.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use quanheng_actions::{
    ActionError, NewEvent, Tx,
    register::{
        Effect, ImportOptions, ImportReport, import_announcements, import_committees,
        import_holidays, import_members, import_plan, import_replacement_links,
        import_specifications,
    },
};
use quanheng_clock::SeededChance;
use quanheng_db::{
    events, imports, projects, register, specifications,
    testing::{TestDb, for_each_backend},
};
use quanheng_domain::{
    Keyed,
    event::ObjectKind,
    ids::PersonId,
    people::{Actor, PersonActor, Role},
    stage::Stage,
};
use quanheng_tables::{
    Limits,
    formats::{
        Announcements, Committees, Format, Holidays, Members, Plan, Reading, ReplacementLinks,
        Specifications, read_as,
    },
};

type Import<R> =
    fn(&mut Tx<'_, '_>, &Actor, &Reading<R>, &ImportOptions) -> Result<ImportReport, ActionError>;

/// A database with the day on which imports run.
struct World<'d> {
    db: &'d TestDb,
    chance: Arc<SeededChance>,
    now: DateTime<Utc>,
}

impl<'d> World<'d> {
    fn new(db: &'d TestDb) -> Self {
        Self {
            db,
            chance: Arc::new(SeededChance::new(7)),
            now: "2026-03-02T01:00:00Z".parse().unwrap(),
        }
    }

    fn run<F: Format>(
        &self,
        import: Import<F::Row>,
        bytes: &[u8],
        dry_run: bool,
        actor: Actor,
    ) -> Result<ImportReport, ActionError>
    where
        F::Row: Send + Sync + 'static,
    {
        let reading = Arc::new(read_as::<F>(bytes, &Limits::default()).unwrap());
        let options = ImportOptions { source: "table.csv".to_owned(), dry_run };
        let (chance, now) = (Arc::clone(&self.chance), self.now);
        self.db.write_blocking(
            move || now,
            move |writer| import(&mut Tx::new(writer, chance.as_ref()), &actor, &reading, &options),
        )
    }

    fn import<F: Format>(&self, import: Import<F::Row>, bytes: &[u8]) -> ImportReport
    where
        F::Row: Send + Sync + 'static,
    {
        self.run::<F>(import, bytes, false, Actor::System).unwrap()
    }

    /// Events of the whole ledger, after checking that every chain holds.
    fn events(&self) -> usize {
        let rows = self
            .db
            .read_blocking(|conn| {
                events::after(conn, 0, 100_000).map_err(quanheng_db::DbError::from)
            })
            .unwrap();
        let mut heads = std::collections::HashMap::new();
        for row in &rows {
            let event = row.event();
            assert_eq!(event.hash(), row.hash);
            let previous = heads.insert(row.object_id, row.hash.clone()).unwrap_or_default();
            assert_eq!(previous, row.previous_hash);
        }
        rows.len()
    }

    fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut quanheng_db::AnyConn) -> diesel::QueryResult<T> + Send + 'static,
    ) -> T {
        let mut job = Some(job);
        self.db
            .read_blocking(move |conn| {
                job.take().expect("read once")(conn).map_err(quanheng_db::DbError::from)
            })
            .unwrap()
    }
}

pub(crate) fn file(name: &str) -> Vec<u8> {
    std::fs::read(
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../config/register").join(name),
    )
    .unwrap()
}

/// Imports a file of the register and says how many rows were created and changed.
fn counts(world: &World<'_>, name: &str) -> (usize, usize, usize) {
    let bytes = file(name);
    let report = match name {
        "committees.csv" => world.import::<Committees>(import_committees, &bytes),
        "specifications.csv" => world.import::<Specifications>(import_specifications, &bytes),
        "replacement_links.csv" => {
            world.import::<ReplacementLinks>(import_replacement_links, &bytes)
        }
        "plans.csv" => world.import::<Plan>(import_plan, &bytes),
        "announcements.csv" => world.import::<Announcements>(import_announcements, &bytes),
        "holidays.csv" => world.import::<Holidays>(import_holidays, &bytes),
        other => panic!("{other}"),
    };
    assert_eq!(report.bad, [], "{name}");
    (report.created(), report.changed(), report.unchanged())
}

const FILES: [(&str, usize); 6] = [
    ("committees.csv", 47),
    ("specifications.csv", 308),
    ("replacement_links.csv", 170),
    ("plans.csv", 66),
    ("announcements.csv", 33),
    ("holidays.csv", 112),
];

#[test]
fn the_whole_register_enters_once_and_a_second_time_changes_nothing() {
    for_each_backend(|db| {
        let world = World::new(db);
        for (name, rows) in FILES {
            let (created, changed, unchanged) = counts(&world, name);
            assert_eq!(created + changed + unchanged, rows, "{name}");
            if name != "replacement_links.csv" {
                assert_eq!((created, changed), (rows, 0), "{name}");
            }
        }
        let told = world.events();
        // All of them again, because what one table tells another may not go back and forth between them.
        for (name, rows) in FILES {
            assert_eq!(counts(&world, name), (0, 0, rows), "{name}");
        }
        assert_eq!(world.events(), told);
    });
}

#[test]
fn the_register_is_joined_as_its_tables_say() {
    let db = TestDb::sqlite();
    let world = World::new(&db);
    for (name, _) in FILES {
        counts(&world, name);
    }
    let (old, links) = world.read(|conn| {
        let old = specifications::by_number(conn, "JJG 195-2002")?.unwrap();
        let links = specifications::links_of(conn, &[old.id])?;
        Ok((old, links))
    });
    assert_eq!(links.iter().filter(|link| link.old_id == old.id).count(), 2);
    let regulation = world.read(|conn| specifications::by_number(conn, "JJG 173-2003")).unwrap();
    let six = world.read(move |conn| specifications::links_of(conn, &[regulation.id]));
    assert_eq!(six.iter().filter(|link| link.new_id == regulation.id).count(), 6);
    let partly = world.read(|conn| {
        let new = specifications::by_number(conn, "JJF 1791-2019")?.unwrap();
        specifications::links_of(conn, &[new.id])
    });
    assert_eq!(
        partly.iter().map(|link| (link.whole, link.detail.as_str())).collect::<Vec<_>>(),
        [(false, "型式评价部分")]
    );
    let stub = world.read(|conn| specifications::by_number(conn, "JJF 1008-1987")).unwrap();
    assert_eq!((stub.title_basis.as_str(), stub.title_zh.as_str()), ("stub", "JJF 1008-1987"));
    let local = world.read(|conn| {
        let local = specifications::by_number(conn, "JJF(苏) 67-2021")?.unwrap();
        register::authority(conn, local.authority_id)
    });
    assert_eq!(
        local.map(|authority| (authority.code, authority.profile)),
        Some(("JS".to_owned(), "jiangsu".to_owned()))
    );
    let committees = world.read(register::all_committees);
    let sub = committees
        .iter()
        .find(|row| row.name_zh.ends_with("在线理化分析仪器分技术委员会"))
        .unwrap();
    let parent = committees.iter().find(|row| Some(row.id) == sub.parent_id).unwrap();
    assert_eq!(parent.name_zh, "全国物理化学计量技术委员会");
    let renamed = world.read(|conn| imports::formerly_named(conn, "全国流量容量计量技术委员会"));
    assert_eq!(
        renamed,
        [committees.iter().find(|row| row.code.as_deref() == Some("MTC3")).unwrap().id]
    );
    let planned = world.read(|conn| imports::projects_titled(conn, "膜式燃气表检定规程")).remove(0);
    assert_eq!(
        (planned.stage, planned.plan_document.as_str()),
        (Stage::Planned, "市监计量发〔2023〕56号")
    );
    assert!(planned.specification_id.is_some());
}

#[test]
fn a_trial_reports_everything_and_writes_nothing() {
    for_each_backend(|db| {
        let world = World::new(db);
        let report = world
            .run::<Committees>(import_committees, &file("committees.csv"), true, Actor::System)
            .unwrap();
        assert_eq!((report.created(), report.dry_run), (47, true));
        assert!(report.also["organisations"] > 5);
        assert_eq!(world.events(), 0);
        assert_eq!(world.read(register::all_committees), []);
    });
}

#[test]
fn a_catalogue_fills_the_stub_that_a_link_left() {
    let db = TestDb::sqlite();
    let world = World::new(&db);
    let links = world.import::<ReplacementLinks>(
        import_replacement_links,
        "新编号,原编号\nJJG 9-2020,JJG 9-2001\n".as_bytes(),
    );
    assert_eq!(links.also["stub_editions"], 2);
    let catalogue =
        "编号,名称,类别,状态,实施日期\nJJG 9-2001,某某器具检定规程,检定规程,废止,2001-12-01\n";
    let report = world.import::<Specifications>(import_specifications, catalogue.as_bytes());
    assert!(
        matches!(&report.rows[0].effect, Effect::Changed { fields } if fields.contains(&"title_zh") && fields.contains(&"title_basis"))
    );
    // Empty cells and an unknown status take nothing away.
    let poorer = "编号,名称,类别,状态,实施日期\nJJG 9-2001,某某器具检定规程,检定规程,,\n";
    assert_eq!(
        world.import::<Specifications>(import_specifications, poorer.as_bytes()).unchanged(),
        1
    );
    let row = world.read(|conn| specifications::by_number(conn, "JJG 9-2001")).unwrap();
    assert_eq!(
        (row.reported_status.as_str(), row.effective_on.as_str()),
        ("abolished", "2001-12-01")
    );
}

const ROLL: &str = "委员会,姓名,工作单位,职称,本届职务,电子邮箱,单位性质,聘任日期,届满日期,届次\n\
    MTC1,主任·演示,某某研究院,研究员,主任委员,member-01@demo.example,科研院所,2024-01-01,2027-12-31,第6届\n\
    MTC1,秘书长·演示,某某协会,,委员兼秘书长,member-02@demo.example,协会,2024-01-01,2027-12-31,\n\
    MTC1,委员·演示,某某公司,,,,生产企业,,,\n\
    MTC99,委员·演示,某某公司,,,member-09@demo.example,,,,\n\
    MTC1,别人·演示,某某公司,,,member-01@demo.example,,,,\n";

#[test]
fn a_roll_enters_people_units_and_seats_and_bad_rows_leave_nothing_behind() {
    for_each_backend(|db| {
        let world = World::new(db);
        counts(&world, "committees.csv");
        let report = world.import::<Members>(import_members, ROLL.as_bytes());
        assert_eq!((report.created(), report.bad_lines()), (3, 2));
        let reasons: Vec<_> = report.bad.iter().map(|bad| (bad.line, bad.reason)).collect();
        assert_eq!(
            reasons,
            [(5, "import-bad-no-such-committee"), (6, "import-bad-email-of-another")]
        );
        let (people, seats) = world.read(|conn| {
            let committee = register::committee_by_code(conn, "MTC1")?.unwrap();
            Ok((
                register::list_people(conn, 100, 0)?.0,
                register::seats_on(conn, committee.id, "2026-03-02".parse().unwrap())?,
            ))
        });
        assert_eq!(people.len(), 3);
        let committee = world.read(|conn| register::committee_by_code(conn, "MTC1")).unwrap();
        assert_eq!(
            (committee.term_no, committee.term_end),
            (Some(6), NaiveDate::from_ymd_opt(2028, 1, 1))
        );
        assert_eq!(
            seats.iter().map(|seat| seat.role).collect::<Vec<_>>(),
            [Role::Chair, Role::SecretaryGeneral, Role::Member, Role::Member]
        );
        assert_eq!(seats[0].until, NaiveDate::from_ymd_opt(2028, 1, 1));

        let told = world.events();
        let again = world.import::<Members>(import_members, ROLL.as_bytes());
        assert_eq!((again.created(), again.changed(), again.unchanged()), (0, 0, 3));
        assert_eq!(world.events(), told);

        let next = ROLL.replace("研究员", "正高级工程师").replace("2027-12-31", "2028-06-30");
        let changed = world.import::<Members>(import_members, next.as_bytes());
        assert_eq!((changed.changed(), changed.unchanged()), (2, 1));
        let one =
            world.read(|conn| register::person_by_email(conn, "member-01@demo.example")).unwrap();
        assert_eq!(one.title, "正高级工程师");

        let third_term = "委员会,姓名,本届职务,电子邮箱,聘任日期\nMTC1,主任·演示,主任委员,member-01@demo.example,2028-07-01\n";
        world.import::<Members>(import_members, third_term.as_bytes());
        let seats = world.read(move |conn| register::seats_of_person(conn, one.id));
        assert_eq!(
            seats.iter().map(|seat| seat.since.to_string()).collect::<Vec<_>>(),
            ["2024-01-01", "2028-07-01"]
        );
    });
}

#[test]
fn a_plan_imported_again_leaves_the_course_of_its_projects_alone() {
    let db = TestDb::sqlite();
    let world = World::new(&db);
    counts(&world, "committees.csv");
    let plan = "项目编号,项目名称,制修订,类别,归口单位,起草单位,计划文号,下达日期,代替\n\
        MTC1-2026-001,甲器具检定规程,修订,检定规程,MTC1,某某研究院；某某公司,市监计量发〔2026〕1号,2026-02-01,JJG 9-2001\n\
        MTC1-2026-001,乙器具检定规程,制定,检定规程,MTC1,,市监计量发〔2026〕1号,2026-02-01,\n\
        MTC1-2026-003,丙器具检定规程,复审,检定规程,MTC1,,市监计量发〔2026〕1号,,\n";
    let report = world.import::<Plan>(import_plan, plan.as_bytes());
    assert_eq!(report.created(), 1);
    let reasons: Vec<_> = report.bad.iter().map(|bad| (bad.line, bad.reason)).collect();
    assert_eq!(reasons, [(3, "import-bad-project-number-taken"), (4, "import-bad-which-edition")]);
    let project = world.read(|conn| imports::project_numbered(conn, "MTC1-2026-001")).unwrap();
    assert!(project.due_on.is_some() && project.specification_id.is_some());
    let id = project.id;
    let (units, open) = world.read(move |conn| {
        Ok((projects::units_of(conn, id)?, quanheng_db::deadlines::open_of(conn, id.cast())?))
    });
    assert_eq!((units.len(), units[0].lead, open.len()), (2, true, 1));
    let mut moved = project.clone();
    moved.stage = Stage::Drafting;
    let (chance, now) = (Arc::clone(&world.chance), world.now);
    let course: Result<bool, ActionError> = db.write_blocking(
        move || now,
        move |writer| {
            let mut tx = Tx::new(writer, chance.as_ref());
            // A stage is never written without its event.
            tx.record(NewEvent {
                stages: Some((Stage::Planned.key(), Stage::Drafting.key())),
                ..NewEvent::new(ObjectKind::Project, id.cast(), &Actor::System, "begin_draft")
            })?;
            Ok(projects::save(tx.conn(), &mut moved.clone())?)
        },
    );
    assert!(course.unwrap());
    let told = world.events();
    assert_eq!(world.import::<Plan>(import_plan, plan.as_bytes()).unchanged(), 1);
    assert_eq!(world.events(), told);
    assert_eq!(
        world.read(|conn| imports::project_numbered(conn, "MTC1-2026-001")).unwrap().stage,
        Stage::Drafting
    );
}

#[test]
fn only_administrators_and_the_command_line_import() {
    let db = TestDb::sqlite();
    let world = World::new(&db);
    let person = |administrator| {
        Actor::Person(PersonActor {
            person: PersonId::new(uuid::Uuid::from_u128(1)),
            name: "管理员·演示".to_owned(),
            seats: Vec::new(),
            authorities: std::collections::BTreeSet::new(),
            projects: std::collections::BTreeSet::new(),
            aside: std::collections::BTreeSet::new(),
            administrator,
        })
    };
    for actor in [Actor::Public, person(false)] {
        let refused = world.run::<Holidays>(import_holidays, &file("holidays.csv"), false, actor);
        assert!(matches!(refused, Err(ActionError::Forbidden)));
    }
    assert_eq!(world.events(), 0);
}
