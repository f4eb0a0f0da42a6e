//! Annual reports through the pages: written, signed, submitted, returned and accepted, with letters and ledger; figures, corrections, files.

use chrono::NaiveDate;
use quanheng_actions::ActionError;
use quanheng_db::register::{self, CommitteeRow, SeatRow};
use quanheng_db::{events, reports};
use quanheng_domain::committee::{CommitteeKind, CommitteeState};
use quanheng_domain::ids::CommitteeId;
use quanheng_domain::people::Role;
use quanheng_domain::records::ReportState;
use quanheng_tables::{Limits, Table, read};

use crate::world::{Browser, Got, TestApp, between};

/// The report of the year before the clock of the kit, which begins in March.
const PATH: &str = "/reports/annual/2025/MTC3";
const API: &str = "/api/v1/reports/annual/2025/MTC3";

struct Desk {
    site: TestApp,
    committee: CommitteeId,
    secretary: Browser,
    chair: Browser,
    officer: Browser,
    outsider: Browser,
}

async fn desks() -> Vec<Desk> {
    let mut desks = Vec::new();
    for site in TestApp::on_each_backend().await {
        let officer = site.officer().await;
        let committee = committee(&site);
        let secretary = seated(&site, committee, "secretary", Role::SecretaryGeneral).await;
        let chair = seated(&site, committee, "chair", Role::Chair).await;
        let outsider = site.signed_in(site.person("外人·演示", "outsider@demo.example").await);
        desks.push(Desk { site, committee, secretary, chair, officer, outsider });
    }
    desks
}

fn committee(site: &TestApp) -> CommitteeId {
    let made = site.write(|tx| {
        let authority =
            register::authority_by_code(tx.conn(), "SAMR")?.ok_or(ActionError::NotFound)?;
        let row = CommitteeRow {
            id: tx.id(),
            version: 1,
            code: Some("MTC3".into()),
            name_key: "全国流量计量技术委员会·演示".into(),
            name_zh: "全国流量计量技术委员会·演示".into(),
            name_en: "Flow committee (demo)".into(),
            kind: CommitteeKind::Committee,
            parent_id: None,
            authority_id: authority.id,
            scope_zh: String::new(),
            host_id: None,
            established_year: Some(2019),
            term_no: Some(2),
            term_start: NaiveDate::from_ymd_opt(2024, 1, 1),
            term_end: NaiveDate::from_ymd_opt(2030, 12, 31),
            state: CommitteeState::InTerm,
            note: String::new(),
        };
        register::insert_committee(tx.conn(), &row)?;
        Ok(row.id)
    });
    made.expect("a committee can be entered")
}

async fn seated(site: &TestApp, committee: CommitteeId, name: &str, role: Role) -> Browser {
    let person = site.person(&format!("{name}·演示"), &format!("{name}@demo.example")).await;
    let seat = site.write(move |tx| {
        let row = SeatRow {
            id: tx.id(),
            committee_id: committee,
            person_id: person,
            role,
            organisation_id: None,
            since: NaiveDate::from_ymd_opt(2024, 1, 1).expect("a day"),
            until: None,
            suspended: false,
            reason: String::new(),
            rank: 1,
        };
        Ok(register::insert_seat(tx.conn(), &row)?)
    });
    seat.expect("a seat can be given");
    site.signed_in(person)
}

impl Desk {
    fn version(&self) -> String {
        let committee = self.committee;
        let row = self.site.read(|conn| Ok(reports::find(conn, committee, 2025)?));
        row.map_or(0, |row| row.version).to_string()
    }

    fn state(&self) -> Option<ReportState> {
        let committee = self.committee;
        let row = self.site.read(|conn| Ok(reports::find(conn, committee, 2025)?));
        row.map(|row| row.state)
    }

    async fn write(&self, part: &str, text: &str, confirmed: &str) -> Got {
        let version = self.version();
        let fields = [
            ("if_version", version.as_str()),
            ("text", text),
            ("confirmed", confirmed),
            ("go", ""),
        ];
        self.site.post(&self.secretary, &format!("{PATH}/parts/{part}"), &fields).await
    }

    async fn write_all(&self) {
        for part in ["field_trends", "work", "results_problems", "next_year"] {
            assert_eq!(self.write(part, "本年度按计划进行。", "true").await.status, 303, "{part}");
        }
    }

    async fn step(&self, who: &Browser, step: &str, note: &str) -> Got {
        let (version, name) = (self.version(), format!("{step}.note"));
        let fields = [("step", step), ("if_version", version.as_str()), (name.as_str(), note)];
        self.site.post(who, &format!("{PATH}/steps"), &fields).await
    }

    /// Takes a step and gives who was told, by letter, in that step.
    async fn told(&self, who: &Browser, step: &str, note: &str) -> Vec<(String, String)> {
        let before = self.site.letters().await.len();
        let got = self.step(who, step, note).await;
        assert_eq!(got.status, 303, "{step}: {}", got.body);
        let letters = self.site.letters().await;
        letters[before..]
            .iter()
            .map(|letter| (letter.to.email.clone(), letter.subject.clone()))
            .collect()
    }

    fn steps(&self) -> Vec<(String, String, String)> {
        let committee = self.committee;
        self.site.read(|conn| {
            let row = reports::find(conn, committee, 2025)?.ok_or(ActionError::NotFound)?;
            let all = events::of_object(conn, row.id.cast())?;
            Ok(all
                .into_iter()
                .filter(|event| event.kind == "report_step")
                .map(|event| (event.from_stage, event.to_stage, event.note))
                .collect())
        })
    }
}

fn only(told: &[(String, String)], who: &[&str]) -> bool {
    let mut found: Vec<&str> =
        told.iter().map(|(to, _)| to.trim_end_matches("@demo.example")).collect();
    found.sort_unstable();
    found == who
}

#[rocket::async_test]
async fn a_report_goes_its_way_and_everybody_concerned_hears_of_it() {
    for desk in desks().await {
        // With nothing written the chair is not bothered.
        assert_eq!(desk.write("composition", "", "").await.status, 303);
        let early = desk.step(&desk.secretary, "hand_to_chair", "").await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains("“领域现状与发展趋势”尚未填写"), "{}", early.body);
        desk.write_all().await;

        let told = desk.told(&desk.secretary, "hand_to_chair", "").await;
        assert!(only(&told, &["chair"]), "{told:?}");
        assert_eq!(desk.write("work", "改动", "").await.status, 409, "it is with the chair");
        assert_eq!(desk.step(&desk.secretary, "sign", "").await.status, 403);
        let told = desk.told(&desk.chair, "send_back", "请补充宣贯情况。").await;
        assert!(only(&told, &["secretary"]), "{told:?}");
        assert_eq!(desk.write("work", "补充了宣贯情况。", "true").await.status, 303);
        desk.told(&desk.secretary, "hand_to_chair", "").await;
        let told = desk.told(&desk.chair, "sign", "").await;
        assert!(only(&told, &["secretary"]), "{told:?}");
        let told = desk.told(&desk.secretary, "submit", "").await;
        assert!(only(&told, &["officer"]) && told[0].1.contains("2025年度工作报告"), "{told:?}");

        let silent = desk.step(&desk.officer, "return", " ").await;
        assert_eq!(silent.status, 422, "a return says why");
        assert!(silent.body.contains("id=\"e-return.note\""), "the fault stands at its field");
        let told = desk.told(&desk.officer, "return", "请说明逾期项目的原因。").await;
        assert!(only(&told, &["chair", "secretary"]), "{told:?}");
        let page = desk.site.get(&desk.secretary, PATH).await;
        assert!(page.body.contains("请说明逾期项目的原因。"));
        desk.told(&desk.secretary, "hand_to_chair", "").await;
        desk.told(&desk.chair, "sign", "").await;
        desk.told(&desk.secretary, "submit", "").await;
        let told = desk.told(&desk.officer, "accept", "").await;
        assert!(only(&told, &["chair", "secretary"]), "{told:?}");
        assert_eq!(desk.state(), Some(ReportState::Accepted));

        let states: Vec<String> = desk.steps().iter().map(|(_, to, _)| to.clone()).collect();
        let way = ["to_sign", "draft", "to_sign", "signed", "submitted", "returned"];
        let again = ["to_sign", "signed", "submitted", "accepted"];
        assert_eq!(states, [&way[..], &again[..]].concat());
        assert_eq!(desk.steps()[5].2, "请说明逾期项目的原因。");
        assert_eq!(desk.step(&desk.officer, "return", "再改").await.status, 409);
    }
}

#[rocket::async_test]
async fn what_was_changed_since_it_was_read_is_not_signed() {
    for desk in desks().await {
        desk.write_all().await;
        desk.told(&desk.secretary, "hand_to_chair", "").await;
        let fields = [("step", "sign"), ("if_version", "1")];
        let got = desk.site.post(&desk.chair, &format!("{PATH}/steps"), &fields).await;
        assert_eq!((got.status, desk.state()), (409, Some(ReportState::ToSign)));
    }
}

#[rocket::async_test]
async fn a_report_is_handed_over_only_once_reporting_has_opened() {
    for desk in desks().await {
        let path = "/reports/annual/2026/MTC3";
        let mut version = 0;
        for part in ["field_trends", "work", "results_problems", "next_year"] {
            let seen = version.to_string();
            let fields = [("if_version", seen.as_str()), ("text", "进行中。")];
            let got =
                desk.site.post(&desk.secretary, &format!("{path}/parts/{part}"), &fields).await;
            assert_eq!(got.status, 303);
            version += 1;
        }
        let seen = version.to_string();
        let fields = [("step", "hand_to_chair"), ("if_version", seen.as_str())];
        let got = desk.site.post(&desk.secretary, &format!("{path}/steps"), &fields).await;
        assert_eq!(got.status, 409);
        assert!(got.body.contains("annual_report_opens"), "the refusal cites its rule");
        assert_eq!(desk.site.get(&desk.secretary, "/reports/annual/2027/MTC3").await.status, 404);
    }
}

#[rocket::async_test]
async fn a_correction_stands_beside_the_figure_and_says_why() {
    for desk in desks().await {
        let path = format!("{PATH}/figures/members");
        let page = desk.site.get(&desk.secretary, &path).await;
        assert!(page.body.contains("chair·演示"), "the records behind the figure are listed");
        let correct = |value: &'static str, reason: &'static str| {
            let (desk, path, version) = (&desk, path.clone(), desk.version());
            async move {
                let fields =
                    [("if_version", version.as_str()), ("value", value), ("reason", reason)];
                desk.site.post(&desk.secretary, &path, &fields).await
            }
        };
        let silent = correct("2", "").await;
        assert_eq!(silent.status, 422);
        assert!(silent.body.contains("id=\"e-reason\"") && silent.body.contains("value=\"2\""));
        assert_eq!(correct("两个", "x").await.status, 422);
        assert_eq!(correct("1", "与系统相同").await.status, 422, "nothing would change");
        assert_eq!(correct("2", "一名委员尚未登记。").await.status, 303);
        let told = desk.site.get(&desk.secretary, &format!("{API}.json")).await.json();
        let figures = told["figures"].as_array().unwrap();
        let members = figures.iter().find(|one| one["key"] == "members").unwrap();
        assert_eq!((members["value"].as_i64(), members["computed"].as_i64()), (Some(2), Some(1)));
        assert_eq!(members["correction"]["reason"], "一名委员尚未登记。");
        assert_eq!(correct("", "登记已补。").await.status, 303, "a correction can be withdrawn");
        let page = desk.site.get(&desk.secretary, &path).await;
        for kept in ["一名委员尚未登记。", "登记已补。"] {
            assert!(page.body.contains(kept), "no correction is taken away");
        }
        let refused = desk.site.post(&desk.chair, &path, &[("value", "9"), ("reason", "x")]).await;
        assert_eq!(refused.status, 403);
    }
}

#[rocket::async_test]
async fn a_part_comes_back_filled_and_a_stale_one_is_not_saved() {
    for desk in desks().await {
        let silent = desk.write("work", "", "true").await;
        assert_eq!(silent.status, 422);
        assert!(silent.body.contains("id=\"e-text\""));
        let long = "长".repeat(20_001);
        let got = desk.write("work", &long, "").await;
        assert_eq!(got.status, 422);
        assert!(got.body.contains(&long), "what was typed comes back");
        assert_eq!(desk.write("work", "第一稿", "").await.status, 303);
        let fields = [("if_version", "0"), ("text", "另一处的第一稿")];
        let stale = desk.site.post(&desk.secretary, &format!("{PATH}/parts/work"), &fields).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("另一处的第一稿"), "nothing that was typed is lost");
        let part = desk.site.get(&desk.secretary, "/reports/annual/2026/MTC3/parts/work").await;
        assert!(part.body.contains("第一稿"), "last year's words stand beside");
    }
}

#[rocket::async_test]
async fn who_may_not_know_of_a_report_finds_none_and_the_public_reads_the_public_part() {
    for desk in desks().await {
        let guest = Browser::new();
        desk.write_all().await;
        assert_eq!(desk.write("money", "会议费若干。", "true").await.status, 303);
        for path in [PATH, "/reports", "/overview"] {
            assert_eq!(desk.site.get(&desk.outsider, path).await.status, 404, "{path}");
            let got = desk.site.get(&guest, path).await;
            assert_eq!(got.status, 303, "{path}");
            assert!(got.location.unwrap().starts_with("/sign-in"));
        }
        assert_eq!(desk.site.get(&guest, API).await.status, 404);
        assert_eq!(desk.step(&desk.outsider, "hand_to_chair", "").await.status, 404);
        for (who, step) in [
            (&desk.secretary, "hand_to_chair"),
            (&desk.chair, "sign"),
            (&desk.secretary, "submit"),
            (&desk.officer, "accept"),
        ] {
            assert_eq!(desk.step(who, step, "").await.status, 303, "{step}");
        }
        for who in [&guest, &desk.outsider] {
            let page = desk.site.get(who, PATH).await;
            assert_eq!(page.status, 200);
            assert!(page.body.contains("本年度按计划进行。"));
            assert!(!page.body.contains("会议费若干。"), "money stays inside");
            assert!(!page.body.contains("/figures/"), "records stay inside");
            let told = desk.site.get(who, API).await.json();
            assert!(told["figures"][0].get("records").is_none());
            assert!(told["parts"].as_array().unwrap().iter().all(|part| part["key"] != "money"));
        }
        let figure = desk.site.get(&desk.outsider, &format!("{PATH}/figures/members")).await;
        assert_eq!(figure.status, 404);
        let inside = desk.site.get(&desk.officer, PATH).await;
        assert!(inside.body.contains("会议费若干。") && inside.body.contains("/figures/members"));
    }
}

#[rocket::async_test]
async fn lists_show_what_is_due_in_returned_and_late() {
    for desk in desks().await {
        let late = desk.site.get(&desk.officer, "/reports?year=2025&state=late").await;
        assert!(late.body.contains(PATH) && late.body.contains("已逾期"), "{}", late.body);
        let none = desk.site.get(&desk.officer, "/reports?year=2025&state=in").await;
        assert!(!none.body.contains(&format!("href=\"{PATH}\"")));
        desk.write_all().await;
        for (who, step) in
            [(&desk.secretary, "hand_to_chair"), (&desk.chair, "sign"), (&desk.secretary, "submit")]
        {
            assert_eq!(desk.step(who, step, "").await.status, 303, "{step}");
        }
        let waiting = desk.site.get(&desk.officer, "/reports?year=2025&state=in").await;
        assert!(waiting.body.contains(PATH));
        let own = desk.site.get(&desk.secretary, "/reports").await;
        assert!(own.body.contains(PATH) && own.body.contains("已报送"));
        assert_eq!(desk.site.get(&desk.officer, "/reports?state=nonsense").await.status, 400);
        let overview = desk.site.get(&desk.officer, "/overview?year=2025").await;
        assert_eq!(overview.status, 200);
        assert!(overview.body.contains("state&#x3D;late"));
        assert_eq!(desk.site.get(&desk.secretary, "/overview").await.status, 404);
    }
}

fn table(got: &Got) -> Table {
    assert_eq!(got.status, 200, "{}", got.body);
    read(&got.bytes, None, &Limits::default()).unwrap()
}

#[rocket::async_test]
async fn every_form_of_a_report_can_be_read_back() {
    for desk in desks().await {
        desk.write_all().await;
        for base in [API, PATH] {
            let json = desk.site.get(&desk.secretary, &format!("{base}.json")).await.json();
            assert_eq!(
                (json["kind"].as_str(), json["year"].as_i64()),
                (Some("annual"), Some(2025))
            );
            let figures = json["figures"].as_array().unwrap().len();
            let csv = table(&desk.site.get(&desk.secretary, &format!("{base}.csv")).await);
            let xlsx = table(&desk.site.get(&desk.secretary, &format!("{base}.xlsx")).await);
            assert_eq!((csv.rows.len(), xlsx.rows.len()), (figures, figures));
            let members = |table: &Table| {
                let row = table.rows.iter().find(|row| row.cell(6) == "members").unwrap();
                (row.cell(2).to_owned(), row.cell(4).to_owned())
            };
            assert_eq!(members(&csv), ("1".to_owned(), "1".to_owned()));
            assert_eq!(members(&csv), members(&xlsx));
            let html = desk.site.get(&desk.secretary, &format!("{base}.html")).await;
            let title = between(&html.body, "<h1>", "</h1>").unwrap();
            assert_eq!(title, "全国流量计量技术委员会·演示2025年度工作报告");
            for form in ["pdf", "docx"] {
                let got = desk.site.get(&desk.secretary, &format!("{base}.{form}")).await;
                assert_eq!(got.status, 406, "{form}");
            }
        }
        let problem = desk.site.get(&desk.secretary, &format!("{API}.pdf")).await.json();
        assert!(problem["detail"].as_str().unwrap().contains(".xlsx"));
        let print = desk.site.get(&desk.secretary, &format!("{PATH}?print")).await;
        assert!(print.body.contains("附表"));
    }
}

#[rocket::async_test]
async fn every_form_of_the_overview_can_be_read_back() {
    for desk in desks().await {
        let path = |end: &str| format!("/api/v1/reports/national/2025/{end}");
        let json = desk.site.get(&desk.officer, &path("all.json")).await.json();
        let lines = json["committees"].as_array().unwrap();
        let own = lines.iter().find(|line| line["committee"]["code"] == "MTC3").unwrap();
        assert_eq!(own["figures"]["members"]["value"], 1);
        for form in ["csv", "xlsx"] {
            let table = table(&desk.site.get(&desk.officer, &path(&format!("SAMR.{form}"))).await);
            assert_eq!(table.rows.len(), lines.len(), "{form}");
            assert!(table.rows.iter().any(|row| row.cell(0) == "MTC3"));
        }
        assert_eq!(desk.site.get(&desk.officer, &path("all.html")).await.status, 200);
        for (who, end) in [(&desk.secretary, "all"), (&desk.officer, "NONE")] {
            assert_eq!(desk.site.get(who, &path(end)).await.status, 404, "{end}");
        }
        let kind = "/api/v1/reports/nonsense/2025/MTC3";
        assert_eq!(desk.site.get(&desk.officer, kind).await.status, 404);
    }
}
