//! The desk: what somebody owes, what runs out first on top, and as many as it says.

use chrono::NaiveDate;
use quanheng_actions::ballot::matter::{StartMatter, start_matter};
use quanheng_actions::report::{self, Take, Write};
use quanheng_db::reports;
use quanheng_domain::{
    Keyed as _,
    ballot::BallotForm,
    records::ReportState,
    report::{ReportPart, ReportStep, Wording},
};

use crate::{committee::Committee, world::between};

const REPORT: &str = "/reports/annual/2025/MTC3";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Opens votes on matters, in this order.
fn matters(all: &Committee, closing: &[(&'static str, &str)]) {
    for (question, closes_on) in closing {
        let command = StartMatter {
            committee: all.world.committee,
            form: BallotForm::Correspondence,
            closes_on: day(closes_on),
            question: (*question).to_owned(),
            election: false,
            secret: false,
        };
        all.world.act(start_matter, all.world.secretary, &command).unwrap();
    }
}

/// The sum of the lead and of the sections, and the rows that stand there.
fn sums(page: &str) -> (u64, u64, usize) {
    let number = |text: String| -> u64 {
        text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    };
    let lead = number(between(page, "class=\"lead\">", "<").unwrap_or_default());
    let counts = page.split("<span class=\"count\">").skip(1);
    let counted =
        counts.map(|rest| number(rest.split('<').next().unwrap_or_default().to_owned())).sum();
    let rows = page.split("<tbody>").skip(1);
    let listed = rows
        .map(|rest| rest.split("</tbody>").next().unwrap_or_default().matches("<tr").count())
        .sum::<usize>()
        + page.matches("value=\"no_comment\"").count();
    (lead, counted, listed)
}

#[rocket::async_test]
async fn what_runs_out_first_stands_on_top_and_the_counts_are_those_of_the_rows() {
    for all in Committee::on_each_backend().await {
        matters(
            &all,
            &[("甲事项", "2026-04-30"), ("乙事项", "2026-03-10"), ("丙事项", "2026-03-31")],
        );
        let member = all.browser(all.world.members[0]);
        let page = all.site.get(&member, "/desk").await.body;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(at("乙事项") < at("丙事项") && at("丙事项") < at("甲事项"));
        let (lead, counted, listed) = sums(&page);
        assert_eq!((lead, counted, listed), (3, 3, 3), "{page}");
    }
}

#[rocket::async_test]
async fn a_report_waits_for_the_secretary_then_for_the_chair_then_for_the_officer() {
    for all in Committee::on_each_backend().await {
        let world = &all.world;
        let desk = |who| {
            let (site, browser) = (&all.site, all.browser(who));
            async move {
                let page = site.get(&browser, "/desk").await.body;
                let (lead, counted, listed) = sums(&page);
                assert_eq!((lead, counted), (counted, listed as u64), "{page}");
                between(&page, "id=\"reports\"", "</section>").unwrap_or_default()
            }
        };
        let (secretary, chair, officer) = (world.secretary, world.chair, world.officer);
        let mine = desk(secretary).await;
        assert!(mine.contains(REPORT) && mine.contains("编写"), "{mine}");
        assert!(mine.contains("class=\"deadline"), "with the day it is due: {mine}");
        assert!(desk(chair).await.is_empty() && desk(world.members[0]).await.is_empty());

        for part in ReportPart::ALL.iter().filter(|part| part.wording() == Wording::Must) {
            let command = Write {
                committee: world.committee,
                year: 2025,
                part: *part,
                text: "本年度按计划进行。".into(),
                confirmed: true,
                if_version: None,
            };
            world.act(report::write, secretary, &command).unwrap();
        }
        let committee = world.committee;
        let step = |who, step: ReportStep, note: &str| {
            let row = world.read(|conn| reports::find(conn, committee, 2025)).unwrap();
            let take = Take {
                committee,
                year: 2025,
                step,
                note: note.to_owned(),
                figures: serde_json::Value::Null,
                if_version: Some(row.version),
            };
            world.act(report::step, who, &take).unwrap();
            world.read(|conn| reports::find(conn, committee, 2025)).unwrap().state
        };
        assert_eq!(step(secretary, ReportStep::HandToChair, ""), ReportState::ToSign);
        assert!(desk(secretary).await.is_empty());
        assert!(desk(chair).await.contains("签署"));
        step(chair, ReportStep::Sign, "");
        assert!(desk(secretary).await.contains("报送"));
        step(secretary, ReportStep::Submit, "");
        assert!(desk(officer).await.contains("审查") && desk(secretary).await.is_empty());
        step(officer, ReportStep::Return, "请说明逾期项目的原因。");
        assert!(desk(secretary).await.contains("已退回") && desk(officer).await.is_empty());
    }
}
