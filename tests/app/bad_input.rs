//! What people and machines do wrong, one test a kind: each gets a clear message and a right status, nothing is half written,
//! and nothing that was typed is lost. What is refused before a site serves (wrong encoding, missing columns, duplicate numbers and
//! impossible dates in a table, an unknown setting, a missing template, an unreachable database) is in `tests/refusals.rs`.

use diesel::connection::SimpleConnection;
use quanheng::app;
use quanheng_config::Request;
use quanheng_db::{DbError, Ownership, Tuning, ballots, documents, events};
use quanheng_domain::ballot::BallotPurpose;
use quanheng_domain::stage::Stage;
use rocket::http::{ContentType, Method};

use crate::committee::Committee;
use crate::rounds::{comments, running, sent};
use crate::world::{Browser, Got, between};

/// Asserts the status and that every word stands on the page.
#[track_caller]
fn says(got: &Got, status: u16, words: &[&str]) {
    assert_eq!(got.status, status, "{}", got.body);
    for word in words {
        assert!(got.body.contains(word), "{word:?} is not said: {}", got.body);
    }
}

/// The least that is a PDF.
const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n";

/// How many events the whole ledger holds.
fn ledger(all: &Committee) -> usize {
    all.site.read(|conn| Ok(events::after(conn, 0, 100_000)?.len()))
}

#[rocket::async_test]
async fn a_reply_to_a_closed_round() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let own = sent(&all, all.world.members[0], round.id, "5", "甲意见");
        all.world.walk(project, Stage::CommentsClosed);
        let asked = all.browser(all.world.members[1]);
        let writer = all.browser(all.world.members[0]);
        let before = ledger(&all);
        let answer = format!("/consultations/{}/answer", round.id);
        let fields = [("answer", "cannot"), ("note", "出差在外，未及答复")];
        let got = all.site.post(&asked, &answer, &fields).await;
        says(&got, 409, &["目前没有正在进行的征求意见", "出差在外，未及答复"]);
        let edit = format!("/consultations/{}/mine/{own}/edit", round.id);
        let body = format!("{}.body", own.uuid().simple());
        let fields = [("if_version", "1"), (body.as_str(), "截止以后才想到的改法")];
        let got = all.site.post(&writer, &edit, &fields).await;
        says(&got, 409, &["目前没有正在进行的征求意见", "截止以后才想到的改法"]);
        assert_eq!(comments(&all, round.id)[0].body, "甲意见");
        assert_eq!(ledger(&all), before);
    }
}

#[rocket::async_test]
async fn a_vote_by_a_non_voter() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Reviewing);
        let ballot = all.world.ballot(project, BallotPurpose::Review);
        let votes = format!("/ballots/{ballot}/votes");
        let unit = all.browser(all.world.corresponding);
        let officer = all.browser(all.world.officer);
        let outsider = all.browser(all.world.outsider);
        let adviser = all.browser(all.world.adviser);
        let before = ledger(&all);
        let bare = [("vote.choice", "yes")];
        says(&all.site.post(&unit, &votes, &bare).await, 409, &["没有表决权"]);
        assert_eq!(all.site.post(&officer, &votes, &bare).await.status, 409);
        // Whoever may not know of the ballot is told no more than by its page.
        assert_eq!(all.site.post(&outsider, &votes, &bare).await.status, 404);
        assert_eq!(all.site.post(&Browser::new(), &votes, &bare).await.status, 401);
        assert_eq!(ledger(&all), before, "a vote that is refused leaves nothing");
        // Words are not lost with the vote: they are kept as what they are, an opinion.
        let worded = [("vote.choice", "no"), ("vote.reason", "第5.2条的温度范围偏窄")];
        let kept = all.site.post(&adviser, &votes, &worded).await;
        assert_eq!(kept.status, 303, "{}", kept.body);
        let page = all.site.get(&adviser, &format!("/ballots/{ballot}")).await;
        says(&page, 200, &["没有表决权", "第5.2条的温度范围偏窄"]);
        assert_eq!(ledger(&all), before + 1);
        assert!(all.site.read(|conn| Ok(ballots::votes_of(conn, ballot)?)).is_empty());
    }
}

#[rocket::async_test]
async fn a_stale_form() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let officer = all.browser(all.world.officer);
        let page = all.site.get(&officer, &format!("/projects/{project}")).await;
        let seen = between(&page.body, "name=\"if_version\" value=\"", "\"").unwrap();
        let path = format!("/projects/{project}/moves");
        let form = |note: &'static str| {
            [
                ("move", "declare_emergency"),
                ("if_version", seen.as_str()),
                ("declare_emergency.note", note),
            ]
        };
        let first = all.site.post(&officer, &path, &form("汛期流量计量应急所需")).await;
        assert_eq!(first.status, 303, "{}", first.body);
        let (before, row) = (ledger(&all), all.world.project(project));
        let late = all.site.post(&officer, &path, &form("另一个窗口里写的理由")).await;
        says(&late, 409, &["他人刚刚办理过", "另一个窗口里写的理由"]);
        assert_eq!((ledger(&all), all.world.project(project).version), (before, row.version));
    }
}

#[rocket::async_test]
async fn a_file_that_is_not_what_it_says() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let drafter = all.browser(all.world.drafter);
        let kept =
            |all: &Committee| all.site.read(|conn| Ok(documents::of_project(conn, project)?));
        let (before, papers) = (ledger(&all), kept(&all).len());
        let path = format!("/projects/{project}/documents");
        let api = format!("/api/v1/projects/{project}/documents");
        let fields = [
            ("document.kind", "test_report"),
            ("document.title", "流量点重复性试验报告"),
            ("document.note", "第二次试验"),
        ];
        for (name, bytes, word) in [
            (
                "报审稿.docx",
                &b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"[..],
                "程序",
            ),
            ("试验报告.pdf", &b"<!doctype html><html><script>alert(1)</script></html>"[..], "网页"),
            ("试验报告.pdf", &b"PK\x03\x04 half an archive"[..], "损坏"),
            ("空.pdf", &b""[..], "请填写"),
        ] {
            let got =
                all.site.upload_as(&drafter, &path, &fields, "document.file", (name, bytes)).await;
            // The form comes back filled, with the reason at the file.
            says(&got, 422, &["流量点重复性试验报告", "第二次试验", "href=\"#f-document.file\""]);
            let fault = between(&got.body, "href=\"#f-document.file\"", "</a>").unwrap();
            assert!(fault.to_lowercase().contains(word), "{name}: {fault}");
            let plain = [("kind", "test_report"), ("title", "流量点重复性试验报告")];
            let got = all.site.upload(&drafter, &api, &plain, (name, bytes)).await;
            assert!(matches!(got.status, 400 | 415 | 422), "{}: {}", got.status, got.body);
        }
        assert_eq!((ledger(&all), kept(&all).len()), (before, papers));
        let file = ("报告.pdf", PDF);
        let whole = all.site.upload_as(&drafter, &path, &fields, "document.file", file).await;
        assert_eq!(whole.status, 303, "{}", whole.body);
        assert_eq!(kept(&all).len(), papers + 1);
    }
}

#[rocket::async_test]
async fn ten_megabytes_of_text_in_a_field() {
    let all = Committee::on_each_backend().await.swap_remove(0);
    let (project, round) = running(&all);
    let drafter = all.browser(all.world.drafter);
    let before = ledger(&all);
    let huge = "a".repeat(10 << 20);
    let path = format!("/consultations/{}/comments", round.id);
    let form = format!("comments.0.body={huge}").into_bytes();
    let got = all.site.call(Method::Post, &path, vec![ContentType::Form.into()], form).await;
    says(&got, 413, &["超出限额", "返回上一页"]);
    let fields = [("document.kind", "other"), ("document.note", huge.as_str())];
    let papers = format!("/projects/{project}/documents");
    let got = all.site.upload_as(&drafter, &papers, &fields, "document.file", ("a.pdf", PDF)).await;
    says(&got, 422, &["最多 500 个字", "href=\"#f-document.note\""]);
    let fields = [("document.kind", "other"), ("document.title", "测量记录")];
    let large = ("记录.txt", &huge.as_bytes()[..5 << 20]);
    let got = all.site.upload_as(&drafter, &papers, &fields, "document.file", large).await;
    says(&got, 413, &["文件超过 4 MB 的上限", "value=\"测量记录\""]);
    let text = serde_json::json!({ "comments": [{ "text": huge }] }).to_string();
    let api = format!("/api/v1/rounds/{}/comments", round.id);
    let got = all.site.call(Method::Post, &api, vec![ContentType::JSON.into()], text.into()).await;
    assert_eq!((got.status, got.header("content-type")), (413, Some("application/problem+json")));
    assert!(comments(&all, round.id).is_empty());
    assert_eq!(ledger(&all), before);
}

#[rocket::async_test]
async fn a_full_disk() {
    // The limit is one that SQLite knows; a server's disk is out of a test's hands.
    let all = Committee::on_each_backend().await.swap_remove(0);
    let (_, round) = running(&all);
    let room = |pages: i64| {
        let set = format!("PRAGMA max_page_count = {pages}");
        all.site
            .write(move |tx| Ok(tx.conn().batch_execute(&set).map_err(DbError::from)?))
            .unwrap();
    };
    let (before, letters) = (ledger(&all), all.site.letters().await.len());
    let long = "在全量程范围内均匀选取流量点。".repeat(300);
    let names: Vec<String> = (0..3).map(|row| format!("comments.{row}.body")).collect();
    let mut form = vec![
        ("name", "某企业职员·演示"),
        ("contact", "someone@firm.example"),
        ("unit", "某水表企业·演示"),
    ];
    form.extend(names.iter().map(|name| (name.as_str(), long.as_str())));
    let path = format!("/consultations/{}/comments", round.id);
    let guest = Browser::new();
    room(1);
    let full = all.site.post(&guest, &path, &form).await;
    says(&full, 507, &["磁盘空间已满", "someone@firm.example", &long]);
    assert_eq!(ledger(&all), before);
    assert_eq!(all.site.letters().await.len(), letters);
    assert_eq!(
        all.site.get(&guest, &path.replace("/comments", "")).await.status,
        200,
        "reading goes on"
    );
    room(1_000_000);
    let taken = all.site.post(&guest, &path, &form).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    assert_eq!(ledger(&all), before + 1);
}

#[test]
fn settings_of_the_database_reach_it() {
    let folder = tempfile::tempdir().unwrap();
    let set = |name: &str, value: &str| (format!("database.{name}"), value.to_owned());
    let request = Request {
        directory: folder.path().to_owned(),
        data: Some(folder.path().to_owned()),
        overrides: vec![
            set("synchronous", "normal"),
            set("busy_timeout", "700 ms"),
            set("acquire_timeout", "3 s"),
            set("batch", "7"),
            set("read_pool", "2"),
        ],
        ..Request::default()
    };
    let settings =
        quanheng_config::load(&request).unwrap_or_else(|faults| panic!("{faults}")).settings;
    let options = app::db_options(&settings, settings.database_url().reveal(), Ownership::Sole);
    let busy_timeout = std::time::Duration::from_millis(700);
    assert_eq!(options.tuning, Tuning { safe_commits: false, busy_timeout, batch: 7 });
    assert_eq!((options.connections, options.patience.wait.as_secs()), (2, 3));
}
