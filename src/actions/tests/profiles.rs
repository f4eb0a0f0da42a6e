//! What is remembered of rule profiles, and what is read anew.

use std::sync::Arc;

use diesel::prelude::*;
use quanheng_actions::profiles;
use quanheng_db::{bind, rule_profiles, schema::rule_values};
use quanheng_domain::rules::{RuleKey, SEED_NAMES};

use crate::world::{Plan, World, on_each_backend_with};

const KEY: RuleKey = RuleKey::DispositionDays;

fn days(world: &World) -> String {
    let today = world.today();
    let profile = world.ask(|conn| profiles::in_force(conn, SEED_NAMES[0], today)).unwrap();
    profile.rule(KEY).value.to_string()
}

// As somebody would who goes to the database past Quanheng.
fn change(world: &World, value: &'static str) {
    let today = world.today();
    let version =
        world.read(|conn| rule_profiles::in_force(conn, SEED_NAMES[0], today)).expect("a version");
    world
        .write(move |tx| {
            let key = rule_values::key.eq(KEY.to_string());
            let of_version = rule_values::profile_id.eq(bind(version.id));
            diesel::update(rule_values::table.filter(of_version).filter(key))
                .set(rule_values::value.eq(value))
                .execute(tx.conn())?;
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_version_is_read_once_and_one_changed_past_its_checksum_each_time() {
    // A value of its own, so that no other test's world has the same checksum.
    let plan = Plan { rules: &[("disposition_days", "39")], ..Plan::default() };
    on_each_backend_with(&plan, |world| {
        change(world, "41");
        assert_eq!(days(world), "41 days");
        change(world, "42");
        assert_eq!(
            days(world),
            "42 days",
            "nothing is remembered of values that no checksum covers"
        );

        let (today, name) = (world.today(), SEED_NAMES[1]);
        let read = || world.ask(|conn| profiles::in_force(conn, name, today)).unwrap();
        assert!(Arc::ptr_eq(&read(), &read()), "a version that is whole is read once");
    });
}
