//! A table that should not have come in: what nobody treated goes, what somebody treated stays, and the same file comes in anew.

use quanheng_db::{comment_imports, events, rounds};
use quanheng_domain::{
    comment::{ImportRowState, ImportState, RecipientAnswer},
    ids::ImportId,
};

use super::{comments, running};
use crate::{committee::Committee, world::between};

#[rocket::async_test]
async fn a_table_is_taken_back_without_what_somebody_treated() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let secretary = all.browser(all.world.secretary);
        let drafter = all.browser(all.world.drafter);
        let asked = all.world.read(|conn| rounds::recipients_of(conn, round.id)).remove(0);
        let table = format!(
            "条款,意见,单位,类型\n5,甲意见,{0},技术\n5,乙意见,某企业,技术\n6,丙意见,某企业,大概\n",
            asked.name
        );
        let path = format!("/consultations/{}/import", round.id);
        let file = ("错.csv", table.as_bytes());
        let page = all.site.upload(&secretary, &path, &[], file).await.location.unwrap();
        let import: ImportId = page.rsplit('/').next().unwrap().parse().unwrap();
        let rows = comments(&all, round.id);
        assert_eq!(rows.len(), 2);
        let answer = || {
            let lines = all.world.read(|conn| rounds::recipients_of(conn, round.id));
            lines.into_iter().find(|line| line.id == asked.id).unwrap().answer
        };
        assert_eq!(answer(), Some(RecipientAnswer::Comments));

        let api = format!("/api/v1/rounds/{}/imports", round.id);
        let told = all.site.get(&secretary, &api).await.json();
        assert_eq!(told["items"][0]["rows"]["waiting"], 1, "{told}");
        let waiting = format!("{api}/{import}/rows?state=waiting");
        let told = all.site.get(&secretary, &waiting).await.json();
        assert_eq!((told["total"].as_i64(), told["items"][0]["line"].as_i64()), (Some(1), Some(4)));
        assert_eq!(told["items"][0]["cells"]["comment"], "丙意见");
        assert_eq!(told["items"][0]["faults"][0]["column"], "comment_kind", "{told}");
        let member = all.browser(all.world.members[0]);
        assert_eq!(all.site.get(&member, &waiting).await.status, 403);
        let board = all.site.get(&secretary, "/desk").await;
        assert!(board.body.contains("核对意见表中待核的 1 行"), "{}", board.body);

        let settle = format!("/consultations/{}/desk/{}", round.id, rows[1].id);
        let code = [("code", "A"), ("if_version", "1")];
        assert_eq!(all.site.post(&drafter, &settle, &code).await.status, 303);
        let got = all.site.get(&secretary, &page).await;
        let form = &got.body[got.body.find("id=\"undo\"").unwrap()..];
        let version = between(form, "name=\"if_version\" value=\"", "\"").unwrap();
        let undo = format!("{page}/undo");
        let why = |reason| [("undo.reason", reason), ("if_version", version.as_str())];
        assert_eq!(all.site.post(&secretary, &undo, &why(" ")).await.status, 422);
        assert_eq!(all.site.post(&drafter, &undo, &why("误传")).await.status, 403);
        let got = all.site.post(&secretary, &undo, &why("误传到本轮")).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let left = comments(&all, round.id);
        assert_eq!(left.iter().map(|row| row.body.as_str()).collect::<Vec<_>>(), ["乙意见"]);
        assert_eq!(answer(), None, "who was asked has not answered");
        let (row, lines) = all.world.read(move |conn| {
            let row = comment_imports::find(conn, import)?.unwrap();
            Ok((row, comment_imports::lines(conn, import)?))
        });
        assert_eq!(row.state, ImportState::Undone);
        let states: Vec<_> = lines.iter().map(|line| line.state).collect();
        assert_eq!(
            states,
            [ImportRowState::Thrown, ImportRowState::Entered, ImportRowState::Thrown]
        );
        let page = all.site.get(&secretary, &page).await;
        assert!(page.body.contains("甲意见") && !page.body.contains("id=\"undo\""));
        let told = all.site.read(move |conn| Ok(events::of_object(conn, project.cast())?));
        let told = told.into_iter().find(|event| event.kind == "table_undone").unwrap();
        assert_eq!((&told.facts["serials"][0], &told.facts["kept"]), (&1.into(), &1.into()));
        let again = all.site.post(&secretary, &undo, &[("undo.reason", "再撤")]).await;
        assert!(matches!(again.status, 303 | 409), "{}", again.body);

        let file = ("错.csv", table.as_bytes());
        all.site.upload(&secretary, &path, &[], file).await;
        let bodies: Vec<_> = comments(&all, round.id).into_iter().map(|row| row.body).collect();
        assert_eq!(bodies, ["乙意见", "甲意见"], "the same file comes in anew");
    }
}
