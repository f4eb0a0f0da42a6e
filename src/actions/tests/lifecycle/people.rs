//! Refusals of appointments and of annual reports.

use chrono::Datelike;
use quanheng_actions::{
    committee::seats::{Appoint, appoint},
    report,
};
use quanheng_domain::{
    people::Role,
    refusal::RefusalCode::{ReportNotHere, ReportNotOpen, RoleTaken, TooManySeats},
    report::{ReportPart, ReportStep},
};

use super::refusals::{Refused, plan};
use crate::world::on_each_backend_with;

/// Seats that are taken or too many, and a report that is not where the step leaves from.
pub fn seats_and_reports(refused: &mut Refused<'_>) {
    let world = refused.world;
    let second = Appoint {
        committee: world.committee,
        person: world.members[0],
        role: Role::Chair,
        organisation: None,
        since: world.today(),
        until: None,
        rank: 1,
        reason: "聘任".into(),
    };
    refused.other(RoleTaken, world.act(appoint, world.officer, &second));
    let many = plan(&[("seats_per_person_warn", "1"), ("seats_per_person_block", "2")]);
    on_each_backend_with(&many, |other| {
        let seat = Appoint {
            committee: other.committee,
            person: other.members[0],
            role: Role::ViceChair,
            since: other.today(),
            ..second.clone()
        };
        assert_eq!(other.refusal(appoint, other.officer, &seat), TooManySeats);
    });
    refused.codes.insert(TooManySeats);
    let written = report::Write {
        committee: world.committee,
        year: 2025,
        part: ReportPart::Work,
        text: "全年工作".into(),
        confirmed: true,
        if_version: None,
    };
    world.act(report::write, world.secretary, &written).unwrap();
    let early = report::Take {
        committee: world.committee,
        year: 2025,
        step: ReportStep::Accept,
        note: String::new(),
        figures: serde_json::Value::Null,
        if_version: None,
    };
    let early = world.act(report::step, world.officer, &early);
    refused.other(ReportNotHere, early);
    let this_year = report::Write { year: world.today().year(), ..written };
    world.act(report::write, world.secretary, &this_year).unwrap();
    let unripe = report::Take {
        committee: world.committee,
        year: this_year.year,
        step: ReportStep::HandToChair,
        note: String::new(),
        figures: serde_json::Value::Null,
        if_version: None,
    };
    refused.other(ReportNotOpen, world.act(report::step, world.secretary, &unripe));
}
