//! Editions of international documents: imported again and again, and evidence for re-examination where a text follows an older one.

use quanheng_actions::{
    register::{ImportOptions, import::Effect, import_source_editions},
    specification::{catalogue::Catalogue, reexamination},
};
use quanheng_db::specifications;
use quanheng_domain::people::Actor;
use quanheng_tables::{
    Limits,
    formats::{SourceEditions, read_as},
};

use crate::world::on_each_backend;

const LIST: &str = "编号,版本,名称,状态\nOIML R 76-1,2006,Non-automatic weighing instruments,superseded\nOIML R76-1,2024,,现行\nJJG 1-2020,2020,,\n";

#[test]
fn a_newer_edition_of_the_source_is_evidence() {
    on_each_backend(|world| {
        let edition = world.edition();
        let adopt = |source: &'static str| {
            world
                .write(move |tx| {
                    let mut row = specifications::find(tx.conn(), edition)?.unwrap();
                    source.clone_into(&mut row.adopted_source);
                    Ok(specifications::save(tx.conn(), &mut row)?)
                })
                .unwrap();
        };
        world.later(chrono::TimeDelta::days(300));
        let renewed = || {
            let today = world.today();
            let catalogue = world.ask(|conn| Catalogue::load(conn, today)).unwrap();
            let queue = world
                .ask(|conn| reexamination::queue(conn, &catalogue, world.committee, today))
                .unwrap();
            queue.texts[0].evidence.clone()
        };
        adopt("OIML R 76-1:2006");
        assert!(renewed().source_renewed.is_empty(), "no list tells anything yet");
        let import = || {
            world
                .write(|tx| {
                    let reading =
                        read_as::<SourceEditions>(LIST.as_bytes(), &Limits::default()).unwrap();
                    let options = ImportOptions { source: "editions.csv".into(), dry_run: false };
                    import_source_editions(tx, &Actor::System, &reading, &options)
                })
                .unwrap()
        };
        let first = import();
        assert_eq!(first.rows.iter().filter(|row| row.effect == Effect::Created).count(), 2);
        assert_eq!(first.bad.len(), 1, "JJG is no international document: {:?}", first.bad);
        assert!(import().rows.iter().all(|row| row.effect == Effect::Unchanged));
        let evidence = renewed();
        assert_eq!(evidence.source_renewed, ["OIML R76-1:2024"]);
        assert!(evidence.weight() >= 3);
        adopt("OIML R 76-1:2024");
        assert!(renewed().source_renewed.is_empty());
    });
}
