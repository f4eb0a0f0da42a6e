//! The table of comments and dispositions: out in three formats, in again, row by row, and twice without a trace.

use quanheng_db::events;
use quanheng_domain::{comment::CommentSource, comment::Disposition, stage::Stage};
use quanheng_tables::{
    Limits,
    formats::{Opinions, read_as},
};

use super::{comments, running, sent};
use crate::{committee::Committee, world::Browser};

#[rocket::async_test]
async fn a_table_that_comes_back_settles_what_is_known_and_enters_what_is_new() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        sent(&all, all.world.members[0], round.id, "5", "甲意见");
        sent(&all, all.world.members[1], round.id, "6", "=乙意见");
        all.world.walk(project, Stage::CommentsClosed);
        let secretary = all.browser(all.world.secretary);
        let csv = format!("/api/v1/rounds/{}/table.csv", round.id);
        let (status, bytes) = all.site.download(&secretary, &csv).await;
        assert_eq!(status, 200);
        let out = String::from_utf8(bytes).unwrap();
        let mut lines: Vec<String> = out.lines().map(str::to_owned).collect();
        assert!(lines[0].contains("序号,章节号,类型,意见内容"), "{}", lines[0]);
        assert!(lines[2].contains("'=乙意见"), "no formula leaves the house");
        let set = |line: &str, cells: [(usize, &str); 3]| {
            let mut parts: Vec<&str> = line.split(',').collect();
            for (at, text) in cells {
                parts[at] = text;
            }
            parts.join(",")
        };
        lines[1] = set(&lines[1], [(11, "部分采纳"), (12, "措辞调整"), (13, "是")]);
        // Without its reason: listed, and the other rows enter all the same.
        lines[2] = set(&lines[2], [(11, "不采纳"), (12, ""), (13, "否")]);
        lines.push(",7.2,技术,未规定重复次数,不少于3次,,使用单位01·演示,,来函,,,采纳,,是,,".into());
        lines.push(",8,技术,,,,某单位,,,,,,,,,".into());
        let text = lines.join("\r\n");
        let import = format!("/api/v1/rounds/{}/import", round.id);
        let first = all.site.upload(&secretary, &import, &[], ("table.csv", text.as_bytes())).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let told = first.json();
        assert_eq!((&told["created"], &told["changed"]), (&1.into(), &1.into()), "{told}");
        let bad: Vec<_> = told["bad"]
            .as_array()
            .unwrap()
            .iter()
            .map(|bad| (&bad["line"], &bad["column"]))
            .collect();
        assert_eq!(bad.len(), 2, "{told}");
        assert_eq!(bad[0], (&3.into(), &"disposition_reason".into()));
        assert_eq!(bad[1], (&5.into(), &"comment".into()));
        let rows = comments(&all, round.id);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].disposition, Some(Disposition::Partly));
        assert_eq!(
            (rows[0].disposition_reason.as_str(), rows[0].text_changed),
            ("措辞调整", Some(true))
        );
        assert_eq!(rows[1].disposition, None);
        let new = &rows[2];
        assert_eq!(
            (new.source, new.author_unit.as_str()),
            (CommentSource::Letter, "使用单位01·演示")
        );
        assert_eq!(new.disposition, Some(Disposition::Accepted));
        let count =
            || all.site.read(move |conn| Ok(events::of_object(conn, project.cast())?)).len();
        let before = count();
        let again = all.site.upload(&secretary, &import, &[], ("table.csv", text.as_bytes())).await;
        let told = again.json();
        assert_eq!((&told["created"], &told["changed"]), (&0.into(), &0.into()), "{told}");
        assert_eq!(comments(&all, round.id), rows, "the same file twice changes nothing");
        assert_eq!(count(), before, "and tells the ledger nothing");
    }
}

#[rocket::async_test]
async fn the_workbook_reads_back_in_both_languages_and_the_document_is_one() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        sent(&all, all.world.members[0], round.id, "5", "甲意见\n第二行");
        let drafter = all.browser(all.world.drafter);
        for locale in ["zh-CN", "en"] {
            drafter.put("locale", locale);
            let path = format!("/consultations/{}/table.xlsx", round.id);
            let (status, bytes) = all.site.download(&drafter, &path).await;
            assert_eq!(status, 200);
            let reading = read_as::<Opinions>(&bytes, &Limits::default()).unwrap();
            assert!(reading.bad.is_empty(), "{locale}: {:?}", reading.bad);
            let row = &reading.rows[0].value;
            assert_eq!(row.comment, "甲意见\n第二行");
            assert_eq!(row.id, Some(comments(&all, round.id)[0].id));
            let docx = format!("/api/v1/rounds/{}/table.docx", round.id);
            let (status, bytes) = all.site.download(&drafter, &docx).await;
            assert!(status == 200 && bytes.starts_with(b"PK"));
            let reading = read_as::<Opinions>(&bytes, &Limits::default()).unwrap();
            let id = reading.rows[0].value.id;
            assert_eq!(id, Some(comments(&all, round.id)[0].id), "the document knows its rows");
        }
    }
}

#[rocket::async_test]
async fn tables_are_taken_in_at_the_desk_from_those_who_may_and_only_if_they_are_tables() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        sent(&all, all.world.members[0], round.id, "5", "甲意见");
        let import = format!("/consultations/{}/import", round.id);
        let api = format!("/api/v1/rounds/{}/import", round.id);
        let table = "序号,条款,意见,提出单位/个人\n1,5.2,环境温度偏严,某企业\n".as_bytes();
        let guest = Browser::new();
        assert_eq!(all.site.upload(&guest, &api, &[], ("t.csv", table)).await.status, 401);
        let member = all.browser(all.world.members[0]);
        assert_eq!(all.site.upload(&member, &import, &[], ("t.csv", table)).await.status, 403);
        let drafter = all.browser(all.world.drafter);
        let got = all.site.upload(&drafter, &import, &[], ("t.csv", table)).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let page = got.location.unwrap();
        let got = all.site.get(&drafter, &page).await;
        assert!(got.body.contains("由秘书处登记"), "the drafter enters nothing new");
        let secretary = all.browser(all.world.secretary);
        let fields = [("source", "letter"), ("received_on", "2020-01-01")];
        let early = all.site.upload(&secretary, &import, &fields, ("t.csv", table)).await;
        assert_eq!(early.location.as_deref(), Some(page.as_str()), "the same file is one table");
        let early = all.site.get(&secretary, &page).await;
        assert!(early.body.contains("收到时间应在"), "{}", early.body);
        let got =
            all.site.upload(&secretary, &import, &[("source", "letter")], ("t.csv", table)).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let got = all.site.get(&secretary, &page).await;
        assert!(got.body.contains("新登记 1 条"), "{}", got.body);
        for (bytes, status) in [
            (&b"%PDF-1.7\n%\xe2\xe3"[..], 415),
            ("甲,乙\n1,2\n".as_bytes(), 422),
            (&b"PK\x03\x04nonsense"[..], 415),
        ] {
            let got = all.site.upload(&secretary, &api, &[], ("t.csv", bytes)).await;
            assert!(got.status == status || got.status == 422, "{}: {}", got.status, got.body);
        }
        assert_eq!(comments(&all, round.id).len(), 2);
    }
}

/// The same table with its last column put first.
fn moved(sheet: &quanheng_tables::Table) -> quanheng_tables::Sheet {
    let cell = |row: &quanheng_tables::Row, at: usize| quanheng_tables::Cell::from(row.cell(at));
    let width = sheet.headers.len();
    let order: Vec<usize> = std::iter::once(width - 1).chain(0..width - 1).collect();
    quanheng_tables::Sheet {
        name: "moved".into(),
        headers: order.iter().map(|at| sheet.headers[*at].clone()).collect(),
        rows: sheet
            .rows
            .iter()
            .map(|row| order.iter().map(|at| cell(row, *at)).collect())
            .collect(),
    }
}

#[rocket::async_test]
async fn every_table_that_goes_out_comes_back_to_its_comments_even_with_its_columns_moved() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        for (at, member) in all.world.members[..4].iter().enumerate() {
            sent(&all, *member, round.id, "5", &format!("第{at}条意见"));
        }
        all.world.walk(
            all.world.read(|conn| quanheng_db::rounds::find(conn, round.id)).unwrap().project_id,
            Stage::CommentsClosed,
        );
        let secretary = all.browser(all.world.secretary);
        let import = format!("/api/v1/rounds/{}/import", round.id);
        for name in ["table.csv", "table.xlsx", "table.docx", "table-iso.docx", "table-iso.xlsx"] {
            let path = format!("/consultations/{}/{name}", round.id);
            let (status, bytes) = all.site.download(&secretary, &path).await;
            assert_eq!(status, 200, "{name}");
            let table = quanheng_tables::read(
                &bytes,
                Some(&<Opinions as quanheng_tables::formats::Format>::COLUMNS),
                &Limits::default(),
            )
            .unwrap();
            let sheet = moved(&table);
            let bytes =
                quanheng_tables::write_csv(&sheet, quanheng_tables::CsvOptions::default()).unwrap();
            let file = format!("{name}.csv");
            let told = all.site.upload(&secretary, &import, &[], (&file, &bytes)).await;
            assert_eq!(told.status, 200, "{name}: {}", told.body);
            let told = told.json();
            assert_eq!(
                (&told["created"], &told["unchanged"]),
                (&0.into(), &4.into()),
                "{name}: {told}"
            );
        }
        assert_eq!(comments(&all, round.id).len(), 4);
    }
}
