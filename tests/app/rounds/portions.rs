//! A table too long for one transaction: it enters portion by portion, and goes on when whoever entered it was stopped.

use std::fmt::Write as _;

use chrono::TimeDelta;
use quanheng_actions::limits::ROWS_AT_ONCE;
use quanheng_db::{comment_imports, events};
use quanheng_domain::{comment::ImportState, ids::ImportId};
use quanheng_web::import_form::carry_on_all;
use serde_json::json;

use super::{comments, running};
use crate::committee::Committee;

/// A table of so many comments of three senders, and one whose kind nobody knows.
fn table(rows: usize) -> String {
    let mut table = "条款,意见,单位,类型\n".to_owned();
    for n in 0..rows {
        writeln!(table, "5,第{n}条意见,某单位{},技术", n % 3).unwrap();
    }
    table + "5,类型不明的意见,某单位0,大概\n"
}

#[rocket::async_test]
async fn a_long_table_enters_in_portions_and_goes_on_after_a_stop() {
    const ROWS: usize = 2 * ROWS_AT_ONCE + 7;
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let secretary = all.browser(all.world.secretary);
        let path = format!("/api/v1/rounds/{}/import", round.id);
        let (table, fields) = (table(ROWS), [("unknown_clause", "whole")]);
        let file = ("长表.csv", table.as_bytes());
        let told = all.site.upload(&secretary, &path, &fields, file).await.json();
        assert_eq!(
            (&told["created"], &told["waiting"], &told["entering"]),
            (&ROWS.into(), &1.into(), &false.into()),
            "{told}"
        );
        assert_eq!(told["bad"][0]["line"], ROWS + 2, "{told}");
        let rows = comments(&all, round.id);
        assert!(rows.len() == ROWS, "{}", rows.len());
        let senders: Vec<_> = rows.chunk_by(|a, b| a.author_unit == b.author_unit).collect();
        assert_eq!(senders.len(), 3, "what a sender says follows together");
        let told_of = all.site.read(move |conn| Ok(events::of_object(conn, project.cast())?));
        let told_of: Vec<_> =
            told_of.into_iter().filter(|event| event.kind == "table_imported").collect();
        assert_eq!(told_of.len(), 1, "the ledger tells of one table");
        assert_eq!(told_of[0].facts["created"], ROWS);

        // As if the process had stopped after the first portion.
        let import: ImportId = told["import"].as_str().unwrap().parse().unwrap();
        let by = all.world.secretary;
        let stopped = all.site.write(move |tx| {
            let mut row = comment_imports::find(tx.conn(), import)?.unwrap();
            row.state = ImportState::Entering;
            row.progress = Some(json!({
                "by": by, "done": ROWS_AT_ONCE, "of": ROWS + 1, "at": tx.now(),
                "created": ROWS_AT_ONCE, "changed": 0, "bad": 0, "waiting": 0,
            }));
            Ok(comment_imports::save(tx.conn(), &mut row)?)
        });
        assert!(stopped.unwrap());
        let state =
            || all.world.read(move |conn| comment_imports::find(conn, import)).unwrap().state;
        let page = format!("/consultations/{}/imports/{import}", round.id);
        let shown = all.site.get(&secretary, &page).await.body;
        assert!(shown.contains("正在登记：已处理 500 行，共 1008 行"), "{shown}");
        carry_on_all(&all.site.app).await.unwrap();
        assert_eq!(state(), ImportState::Entering, "somebody may still be entering it");
        all.site.pass(TimeDelta::minutes(2));
        carry_on_all(&all.site.app).await.unwrap();
        assert_eq!(state(), ImportState::Read);
        assert_eq!(comments(&all, round.id).len(), ROWS, "nothing entered twice");
        let shown = all.site.get(&secretary, &page).await.body;
        assert!(!shown.contains("id=\"entering\"") && shown.contains("类型不明的意见"));
    }
}
