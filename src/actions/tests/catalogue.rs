//! The real register answers: what was in force on a day, what replaced what, what a question finds; and its open data make the
//! same register again.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chrono::NaiveDate;
use quanheng_actions::{
    Tx,
    document::{
        set_visibility,
        text::{Reading as TextReading, keep},
    },
    register::{ImportOptions, import_committees, import_replacement_links, import_specifications},
    search,
    specification::{
        catalogue::Catalogue,
        facets::{Dimension, narrow},
        open_data,
    },
};
use quanheng_clock::SeededChance;
use quanheng_db::{AnyConn, documents, testing::TestDb};
use quanheng_domain::{
    document::DocumentKind,
    people::Actor,
    records::Visibility,
    validity::ValidityState::{self, InForce, Pending, Replaced, Unknown},
};
use quanheng_tables::{
    CsvOptions, Limits,
    formats::{Committees, Format, ReplacementLinks, Specifications, read_as},
    write_csv,
};

use crate::{imports::file, world::on_each_backend};

type Import<R> =
    fn(
        &mut Tx<'_, '_>,
        &Actor,
        &quanheng_tables::formats::Reading<R>,
        &ImportOptions,
    ) -> Result<quanheng_actions::register::ImportReport, quanheng_actions::ActionError>;

fn import<F: Format>(db: &TestDb, run: Import<F::Row>, bytes: &[u8])
where
    F::Row: Send + Sync + 'static,
{
    let reading = Arc::new(read_as::<F>(bytes, &Limits::default()).unwrap());
    let options = ImportOptions { source: "open data".to_owned(), dry_run: false };
    // Each file of a database needs identities of its own.
    static SEED: AtomicU64 = AtomicU64::new(7);
    let chance = Arc::new(SeededChance::new(SEED.fetch_add(1, Ordering::SeqCst)));
    let report = db
        .write_blocking(
            || "2026-03-02T01:00:00Z".parse().unwrap(),
            move |writer| {
                run(&mut Tx::new(writer, chance.as_ref()), &Actor::System, &reading, &options)
            },
        )
        .unwrap();
    assert_eq!(report.bad, []);
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn catalogue(db: &TestDb) -> Catalogue {
    db.read_blocking(|conn: &mut AnyConn| Catalogue::load(conn, day("2026-03-02"))).unwrap()
}

fn the_register() -> TestDb {
    let db = TestDb::sqlite();
    import::<Committees>(&db, import_committees, &file("committees.csv"));
    import::<Specifications>(&db, import_specifications, &file("specifications.csv"));
    import::<ReplacementLinks>(&db, import_replacement_links, &file("replacement_links.csv"));
    db
}

fn csv(sheet: &quanheng_tables::Sheet) -> Vec<u8> {
    write_csv(sheet, CsvOptions::default()).unwrap()
}

/// Everything of the register that is known, in words, one line an edition and one a link.
fn told(catalogue: &Catalogue) -> Vec<String> {
    let mut all = Vec::new();
    for row in &catalogue.editions {
        let committee = catalogue.committee(row.committee_id).map(|one| one.name_zh.as_str());
        all.push(format!(
            "{} {:?} {} {} {} {} {} {} {} {} {} {} {} {} {committee:?} {} {} {} {} {:?}",
            row.announcement,
            row.last_reexamined_on,
            row.number,
            row.category,
            row.level,
            row.title_zh,
            row.title_en,
            row.title_basis,
            row.issued_on,
            row.effective_on,
            row.abolished_on,
            row.reported_status,
            row.reported_basis,
            row.adoption,
            row.committee_printed,
            row.drafting_units,
            row.note,
            row.adopted_source,
            catalogue.classes(&row.id)
        ));
        for (link, old) in catalogue.replaced_by(row.id) {
            all.push(format!(
                "{} <- {} {} {} {}",
                row.number, old.number, link.whole, link.detail, link.basis
            ));
        }
    }
    all.sort();
    all
}

#[test]
fn the_real_register_answers_for_days_and_replacements_and_comes_back_from_its_open_data() {
    let db = the_register();
    let title = |number: &str| catalogue(&db).find(number).unwrap().title_zh.clone();
    let classes = format!(
        "编号,名称,ICS,CCS,发布公告,复审日期\nJJF 1638-2017,{},17.220.20;17.020,A55,2017年第39号,\n\
         JJG 173-2003,{},17.220,无,,2025-06-01\n",
        title("JJF 1638-2017"),
        title("JJG 173-2003"),
    );
    import::<Specifications>(&db, import_specifications, classes.as_bytes());
    let held = catalogue(&db);
    let state = |number: &str, on: &str| -> ValidityState {
        held.state(&held.find(number).unwrap_or_else(|| panic!("{number}")).id, day(on))
    };
    let table: &[(&str, &str, ValidityState)] = &[
        // A chain of three: the new one is in force from its day on, not before.
        ("JJF 1016-2014", "2014-07-22", Pending),
        ("JJF 1016-2014", "2014-07-23", InForce),
        ("JJF 1016-2009", "2014-07-23", Replaced),
        ("JJF 1016-2002", "2014-07-23", Replaced),
        // Six by one.
        ("JJG 324-1983", "2004-05-24", Replaced),
        ("JJG 438-1986", "2004-05-24", Replaced),
        ("JJG 173-2003", "2004-05-23", Pending),
        ("JJG 173-2003", "2004-05-24", InForce),
        // A JJG by a JJF.
        ("JJG 445-1986", "2018-03-26", Replaced),
        ("JJF 1638-2017", "2018-03-25", Pending),
        ("JJF 1638-2017", "2018-03-26", InForce),
        // One by two.
        ("JJG 195-2002", "2020-03-31", Replaced),
        ("JJF 1791-2019", "2020-03-31", InForce),
        // What was in force on 2018-06-25 for JJG 266: the register knows that the edition of 1996 was abolished, not when.
        ("JJG 266-1981", "2018-06-25", Replaced),
        ("JJG 266-1996", "2018-06-25", Unknown),
    ];
    let wrong: Vec<String> = table
        .iter()
        .filter(|(number, on, wanted)| state(number, on) != *wanted)
        .map(|(number, on, wanted)| {
            format!("{number} {on}: {:?}, not {wanted:?}", state(number, on))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let instead = |number: &str, on: &str| -> Vec<&str> {
        let id = held.find(number).unwrap().id;
        held.instead_of(&id, day(on)).into_iter().map(|row| row.number.as_str()).collect()
    };
    assert_eq!(instead("JJG 195-2002", "2020-03-31"), ["JJF 1791-2019", "JJG 195-2019"]);
    assert_eq!(instead("JJG 445-1986", "2018-03-26"), ["JJF 1638-2017"]);
    assert_eq!(instead("JJF 1016-2002", "2020-01-01"), ["JJF 1016-2014"]);
    assert_eq!(instead("JJG 324-1983", "2005-01-01"), ["JJG 173-2003"]);
    // Reported as abolished on a day that nobody knows: not told to be in force, nor since when it is not.
    assert_eq!(state("JJG 157-1983", "2026-01-01"), Unknown);

    // Classes narrow the catalogue, with all that belongs to a group; what is no class was left out.
    let with = |asked: &[(Dimension, &'static str)]| {
        let wanted =
            |one| asked.iter().find(|(name, _)| *name == one).map_or("", |(_, value)| value);
        narrow(&held, 0..held.editions.len(), day("2026-03-02"), wanted)
    };
    let numbers = |asked: &[(Dimension, &'static str)]| -> Vec<&str> {
        with(asked).places.iter().map(|place| held.editions[*place].number.as_str()).collect()
    };
    let both = ["JJG 173-2003", "JJF 1638-2017"];
    assert_eq!(numbers(&[(Dimension::Ics, "17.220")]), both);
    assert_eq!(numbers(&[(Dimension::Ics, "17.220.20")]), ["JJF 1638-2017"]);
    assert_eq!(numbers(&[(Dimension::Ccs, "a")]), ["JJF 1638-2017"]);
    let narrowed = with(&[(Dimension::Ics, "17"), (Dimension::Year, "2003")]);
    assert_eq!(narrowed.places.len(), 1);
    let years = &narrowed.counts.iter().find(|(one, _)| *one == Dimension::Year).unwrap().1;
    let mut years = years.clone();
    years.sort();
    assert_eq!(years, [("2003".to_owned(), 1), ("2017".to_owned(), 1)], "of the other years too");

    let again = TestDb::sqlite();
    import::<Committees>(&again, import_committees, &csv(&open_data::committees(&held)));
    import::<Specifications>(&again, import_specifications, &csv(&open_data::editions(&held)));
    import::<ReplacementLinks>(&again, import_replacement_links, &csv(&open_data::links(&held)));
    let (first, second) = (told(&held), told(&catalogue(&again)));
    let differing: Vec<_> = first.iter().zip(&second).filter(|(a, b)| a != b).take(3).collect();
    assert!(differing.is_empty(), "{differing:#?}");
    assert_eq!(first.len(), second.len());
}

#[test]
fn questions_find_numbers_titles_initials_and_slips_of_the_finger() {
    let db = the_register();
    let held = catalogue(&db);
    let ask = |question: &str| {
        let on = day("2026-03-02");
        db.read_blocking(|conn: &mut AnyConn| search::search(conn, &held, question, on)).unwrap()
    };
    let best = |question: &str| -> String {
        let hit = ask(question).hits.first().cloned();
        hit.map(|hit| held.editions[hit.place].number.clone()).unwrap_or_default()
    };
    for written in [
        "JJF 1016-2014",
        "jjf1016-2014",
        "JJF１０１６—２０１４",
        "JJF 1016–2014",
        "JJF-1016-2014",
        "jjf10162014",
    ] {
        assert_eq!(best(written), "JJF 1016-2014", "{written}");
    }
    // Without a year the edition in force stands first.
    assert_eq!(best("JJF1016"), "JJF 1016-2014");
    assert_eq!(best("1016"), "JJF 1016-2014");
    assert_eq!(best("多功能标准源"), "JJF 1638-2017");
    assert_eq!(best("dgnbzy"), "JJF 1638-2017");
    assert_eq!(best("Multifunctional Source"), best("multifunctional source"));
    assert!(
        ask("multifunction")
            .hits
            .iter()
            .any(|hit| { held.editions[hit.place].number == "JJF 1638-2017" })
    );
    assert!(ask("罐").hits.iter().any(|hit| held.editions[hit.place].number == "JJG 266-1996"));
    assert!(ask("金属罐 容积").hits.iter().all(|hit| {
        let title = &held.editions[hit.place].title_zh;
        title.contains("金属罐") && title.contains("容积")
    }));
    let meant: Vec<&str> = ask("JJF 1061-2014")
        .meant
        .iter()
        .filter_map(|id| held.edition(id))
        .map(|row| row.number.as_str())
        .collect();
    assert!(meant.contains(&"JJF 1016-2014"), "{meant:?}");
    for odd in ["", "   ", "%", "_", "'", "\"*", "((((", "AND OR NOT", "\u{0}"] {
        drop(ask(odd));
    }
}

#[test]
fn clauses_of_open_texts_are_found_and_those_of_closed_texts_are_not() {
    on_each_backend(|world| {
        let edition = world.edition();
        let project = world.read(|conn| quanheng_db::specifications::find(conn, edition)).unwrap();
        let project = project.project_id.unwrap();
        let text = world.read(|conn| documents::newest(conn, project, DocumentKind::PublishedText));
        let text = text.unwrap();
        let typed = "1 范围\n本规范适用于科里奥利质量流量计。\n5 计量特性\n示值误差不超过±0.2%，零点稳定度另行规定。\n";
        let reading = TextReading {
            document: text.id,
            text: Ok(quanheng_text::read_typed(typed)),
            typed: true,
        };
        let actor = world.actor(world.secretary);
        world.write(move |tx| keep(tx, &actor, &reading)).unwrap();
        let see = |visibility: Visibility| {
            let (officer, id, ordinal) =
                (world.actor(world.officer), text.project_id, text.ordinal);
            world.write(move |tx| set_visibility(tx, &officer, id, ordinal, visibility)).unwrap();
        };
        see(Visibility::Open);
        let on = world.today();
        let found = |question: &str| -> usize {
            let held = world.ask(|conn| Catalogue::load(conn, on)).unwrap();
            let asked = world.ask(|conn| search::search(conn, &held, question, on)).unwrap();
            asked.hits.len()
        };
        for question in ["零点稳定度", "零点", "稳", "流量计 零点", "示值误差不超过"]
        {
            assert_eq!(found(question), 1, "{question}");
        }
        // The pairs are there, but not one after the other.
        assert_eq!(found("零点误差"), 0);
        let held = world.ask(|conn| Catalogue::load(conn, on)).unwrap();
        let rows: Vec<_> = held.editions.iter().collect();
        let terms = search::cut::terms("零点");
        let lines = world.ask(|conn| search::mark::lines(conn, &rows, &terms)).unwrap();
        assert!(lines[&edition][0].pieces.iter().any(|one| one.hit && one.text == "零点"));

        see(Visibility::Restricted);
        assert_eq!(found("零点稳定度"), 0);
        let rebuilt = world.write(search::rebuild).unwrap();
        assert_eq!(rebuilt, 0);
    });
}
