//! Tables of other people: unknown headings, doubtful rows that wait, several files at once, and the copy that goes back.

use quanheng_actions::document::text::{Reading, keep};
use quanheng_db::{comment_imports, events, rounds::RoundRow};
use quanheng_domain::{comment::ImportRowState, ids::ImportId, notice::NoticeKey, people::Actor};
use quanheng_tables::{Limits, Paper, read, write_docx};

use super::{comments, running};
use crate::{
    committee::Committee,
    world::{Browser, between},
};

/// Gives the draft of a round clauses 5, 5.1 and table 1.
fn with_clauses(all: &Committee, round: &RoundRow) {
    let document = round.document_id.unwrap();
    let text =
        "5 计量特性\n5.1 示值误差\n示值误差不超过±0.2%。\n6 检定方法\n6.1 外观\n目视检查。\n";
    let text = quanheng_text::read_typed(text);
    let reading = Reading { document, text: Ok(text), typed: true };
    all.site.write(move |tx| keep(tx, &Actor::System, &reading)).unwrap();
}

fn import_of(path: &str) -> ImportId {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

async fn hand_in(
    all: &Committee,
    who: &Browser,
    round: &RoundRow,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> String {
    let path = format!("/consultations/{}/import", round.id);
    let got = all.site.upload(who, &path, fields, file).await;
    assert_eq!(got.status, 303, "{}", got.body);
    got.location.unwrap()
}

fn states(all: &Committee, import: ImportId) -> Vec<(i64, ImportRowState)> {
    let lines = all.world.read(move |conn| comment_imports::lines(conn, import));
    lines.into_iter().map(|line| (line.line, line.state)).collect()
}

#[rocket::async_test]
async fn headings_are_named_once_and_remembered_for_their_sender() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let secretary = all.browser(all.world.secretary);
        let sender = [("sender", "某水表企业"), ("address", "table@firm.example")];
        let table = "哪一条,怎么改才好,心得\n5,改为 2 %,略\n6,删去,\n".as_bytes();
        let page = hand_in(&all, &secretary, &round, &sender, ("一.csv", table)).await;
        assert!(comments(&all, round.id).is_empty(), "nothing enters before its columns are named");
        let got = all.site.get(&secretary, &page).await;
        for part in ["怎么改才好", "改为 2 %", "columns.c1"] {
            assert!(got.body.contains(part), "{part} is not on the page");
        }
        let version = between(&got.body, "name=\"if_version\" value=\"", "\"").unwrap();
        let columns = format!("{page}/columns");
        let mut said = vec![
            ("if_version", version.as_str()),
            ("columns.c0", "clause"),
            ("columns.c1", ""),
            ("columns.c2", ""),
        ];
        let missing = all.site.post(&secretary, &columns, &said).await;
        assert_eq!(missing.status, 422, "{}", missing.body);
        assert!(missing.body.contains("没有哪一列是“意见内容”"), "{}", missing.body);
        said[2].1 = "comment";
        assert_eq!(all.site.post(&secretary, &columns, &said).await.status, 303);
        let rows = comments(&all, round.id);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].clause.as_str(), rows[0].body.as_str()), ("5", "改为 2 %"));
        assert_eq!(rows[0].author_unit, "某水表企业");
        assert!(rows[0].scan_id.is_some(), "the table is the paper of its comments");
        let returned = all.world.mails(NoticeKey::TableReturned);
        assert_eq!(returned.len(), 1, "every row is decided, so the sender is told");
        let next = "哪一条,怎么改才好,心得\n5.1,再议,略\n".as_bytes();
        hand_in(&all, &secretary, &round, &sender, ("二.csv", next)).await;
        assert_eq!(comments(&all, round.id).len(), 3, "the next table of the sender is understood");
        let other = [("sender", "别的企业")];
        let strange = "哪一条,怎么改才好,心得\n5.1,又议,略\n".as_bytes();
        hand_in(&all, &secretary, &round, &other, ("三.csv", strange)).await;
        assert_eq!(
            comments(&all, round.id).len(),
            3,
            "what one sender means is not what others mean"
        );
    }
}

#[rocket::async_test]
async fn doubtful_rows_wait_with_their_reason_until_they_are_mended_or_left_out() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        with_clauses(&all, &round);
        let secretary = all.browser(all.world.secretary);
        let table = "条款,意见,类型,邮箱\n5.1,甲意见,技术,\n7.9,乙意见,技术,\n6,丙意见,大概,\n8,丁意见,技术,\n6.1,,技术,\n表9,戊意见,一般,\n"
            .as_bytes();
        let fields = [("sender", "某企业"), ("address", "rows@firm.example")];
        let page = hand_in(&all, &secretary, &round, &fields, ("t.csv", table)).await;
        let import = import_of(&page);
        assert_eq!(comments(&all, round.id).len(), 1, "good rows never wait for bad ones");
        assert_eq!(
            states(&all, import),
            [
                (2, ImportRowState::Entered),
                (3, ImportRowState::Waiting),
                (4, ImportRowState::Waiting),
                (5, ImportRowState::Waiting),
                (6, ImportRowState::Waiting),
                (7, ImportRowState::Waiting),
            ]
        );
        let counts = |late| {
            all.world.read(move |conn| quanheng_db::rounds::comment_counts(conn, round.id, late))
        };
        assert_eq!(counts(false), (1, 6), "rows that wait keep the stage shut");
        let got = all.site.get(&secretary, &page).await;
        assert!(got.body.contains("征求意见稿中没有这一条款：7.9"), "{}", got.body);
        assert!(all.world.mails(NoticeKey::TableReturned).is_empty());

        let row = |line: i64| format!("{page}/rows/{line}");
        let whole = [("r3.clause", "7.9"), ("r3.comment", "乙意见"), ("do", "whole")];
        assert_eq!(all.site.post(&secretary, &row(3), &whole).await.status, 303);
        let still = [("r4.clause", "6"), ("r4.comment", "丙改"), ("r4.comment_kind", "大约")];
        assert_eq!(all.site.post(&secretary, &row(4), &still).await.status, 303);
        let got = all.site.get(&secretary, &page).await;
        assert!(got.body.contains("丙改"), "what was typed is kept where it waits");
        let mended = [("r4.clause", "6"), ("r4.comment", "丙改"), ("r4.comment_kind", "技术")];
        assert_eq!(all.site.post(&secretary, &row(4), &mended).await.status, 303);
        let clause = [("r5.clause", "5.1 第2段"), ("r5.comment", "丁意见"), ("do", "enter")];
        assert_eq!(all.site.post(&secretary, &row(5), &clause).await.status, 303);
        let throw = format!("{}/throw", row(6));
        let empty = all.site.post(&secretary, &throw, &[("t6.reason", " ")]).await;
        assert_eq!(empty.status, 422, "{}", empty.body);
        let why = [("t6.reason", "该行没有意见")];
        let drafter = all.browser(all.world.drafter);
        assert_eq!(all.site.post(&drafter, &throw, &why).await.status, 403);
        assert_eq!(all.site.post(&secretary, &throw, &why).await.status, 303);
        let why = [("t7.reason", "与本稿无关")];
        let last = format!("{}/throw", row(7));
        assert_eq!(all.site.post(&secretary, &last, &why).await.status, 303);
        let again = all.site.post(&secretary, &last, &why).await;
        assert_eq!(again.status, 409, "a row is decided once");

        let rows = comments(&all, round.id);
        let bodies: Vec<_> =
            rows.iter().map(|row| (row.clause.as_str(), row.body.as_str())).collect();
        assert_eq!(
            bodies,
            [("5.1", "甲意见"), ("", "[7.9] 乙意见"), ("6", "丙改"), ("5.1 第2段", "丁意见")]
        );
        let places = all.world.read(|conn| quanheng_db::clauses::places_of_round(conn, round.id));
        let at: Vec<_> = places.iter().map(|place| place.clause_key.as_str()).collect();
        assert_eq!(at, ["5.1", "6", "5.1"], "each stands at its clause");
        assert_eq!(counts(false), (4, 4));
        let kinds = all.world.read(move |conn| {
            Ok::<_, diesel::result::Error>(
                events::of_object(conn, project.cast())
                    .unwrap()
                    .into_iter()
                    .map(|event| event.kind)
                    .collect::<Vec<_>>(),
            )
        });
        let count = |kind: &str| kinds.iter().filter(|known| *known == kind).count();
        assert_eq!((count("table_row_mended"), count("table_row_thrown")), (3, 2));
        assert_eq!(count("table_returned"), 1);

        // The same file again changes nothing that somebody decided.
        hand_in(&all, &secretary, &round, &fields, ("t.csv", table)).await;
        assert_eq!(comments(&all, round.id).len(), 4);
        let (status, bytes) = all.site.download(&secretary, &format!("{page}/copy")).await;
        assert_eq!(status, 200);
        let copy = String::from_utf8(bytes).unwrap();
        for part in ["登记结果", "新登记，意见序号 1", "不登记：该行没有意见"]
        {
            assert!(copy.contains(part), "{part} is not in {copy}");
        }
        let mail = all.world.mails(NoticeKey::TableReturned);
        assert_eq!(mail.len(), 1);
        let secret = mail[0].payload["secret_path"].as_str().unwrap();
        let (status, bytes) = all.site.download(&Browser::new(), secret).await;
        assert_eq!((status, String::from_utf8(bytes).unwrap()), (200, copy));
        let guess = "/consultations/tables/nonsense";
        assert_eq!(all.site.download(&Browser::new(), guess).await.0, 404);
    }
}

#[rocket::async_test]
async fn word_tables_enter_and_come_back_marked_as_word_tables() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let secretary = all.browser(all.world.secretary);
        let heads = [
            "MB/NC",
            "Line number",
            "Clause/Subclause",
            "Paragraph/Figure/Table",
            "Type of comment",
            "Comments",
            "Proposed change",
            "Observations of the secretariat",
        ];
        let row = |cells: [&str; 8]| cells.map(str::to_owned).to_vec();
        let paper = Paper {
            title: "Comments".into(),
            columns: heads.iter().map(|head| ((*head).to_owned(), 1)).collect(),
            rows: vec![
                row(["CN", "12", "5.1", "", "te", "Too strict\nsee data", "Use 2 %", ""]),
                row(["DE", "", "", "", "ge", "Well done", "", ""]),
            ],
            language: "en".into(),
            ..Paper::default()
        };
        let bytes = write_docx(&paper).unwrap();
        let page = hand_in(&all, &secretary, &round, &[], ("iso.docx", &bytes)).await;
        let rows = comments(&all, round.id);
        assert_eq!(rows.len(), 2, "{}", all.site.get(&secretary, &page).await.body);
        assert_eq!(
            (rows[0].clause.as_str(), rows[0].body.as_str()),
            ("5.1", "[L12] Too strict\nsee data")
        );
        assert_eq!(rows[1].author_unit, "DE");
        let (status, bytes) = all.site.download(&secretary, &format!("{page}/copy")).await;
        assert_eq!(status, 200);
        let copy = read(&bytes, None, &Limits::default()).unwrap();
        assert_eq!(copy.headers.last().map(String::as_str), Some("登记结果"));
        assert_eq!(copy.rows[1].cells.last().map(String::as_str), Some("新登记，意见序号 2"));
    }
}
