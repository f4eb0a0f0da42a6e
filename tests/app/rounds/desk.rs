//! The comment desk: what it shows to whom, settling one and many, forms that come back.

use quanheng_db::{events, projects};
use quanheng_domain::{comment::Disposition, lifecycle::Openness, stage::Stage};

use super::{comments, running, sent};
use crate::{committee::Committee, world::Browser};

#[rocket::async_test]
async fn the_desk_is_for_those_who_settle_the_comments_and_shows_them_by_clause() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        sent(&all, all.world.members[0], round.id, "10", "十章的意见");
        sent(&all, all.world.members[1], round.id, "5.2", "环境温度偏严");
        sent(&all, all.world.members[2], round.id, "5.2", "环境 温度偏严");
        let path = format!("/consultations/{}/desk", round.id);
        let guest = all.site.get(&Browser::new(), &path).await;
        assert!(guest.status == 303 && guest.location.unwrap().starts_with("/sign-in"));
        for (who, status) in [
            (all.world.secretary, 200),
            (all.world.drafter, 200),
            (all.world.members[0], 403),
            (all.world.outsider, 403),
        ] {
            assert_eq!(all.site.get(&all.browser(who), &path).await.status, status);
        }
        let drafter = all.browser(all.world.drafter);
        let page = all.site.get(&drafter, &path).await.body;
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not there"));
        assert!(at("环境温度偏严") < at("十章的意见"), "5.2 comes before 10");
        assert!(page.contains("相同意见共 2 条"));
        let only = |query: &str| {
            let (site, drafter, path) = (&all.site, &drafter, &path);
            let path = format!("{path}?{query}");
            async move { site.get(drafter, &path).await }
        };
        let found = only("clause=10&status=open").await.body;
        assert!(found.contains("十章的意见") && !found.contains("环境温度偏严"));
        assert!(!only("status=A").await.body.contains("十章的意见"));
        assert!(only("q=%E6%B8%A9%E5%BA%A6").await.body.contains("环境温度偏严"));
        assert_eq!(only("status=Z").await.status, 400);
        // Whoever may not know of the project does not learn of its desk.
        let hidden = all.site.write(move |tx| {
            let mut row = projects::find(tx.conn(), project)?.unwrap();
            row.openness = Openness::Internal;
            Ok(projects::save(tx.conn(), &mut row)?)
        });
        assert!(hidden.unwrap());
        let stranger = all.site.person("路人·演示", "stranger@demo.example").await;
        assert_eq!(all.site.get(&all.site.signed_in(stranger), &path).await.status, 404);
        assert_eq!(all.site.get(&drafter, &path).await.status, 200);
    }
}

#[rocket::async_test]
async fn lines_of_a_long_list_leave_their_forms_on_the_page_of_the_comment() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let ids: Vec<_> = (0..21)
            .map(|n| sent(&all, all.world.members[n % 3], round.id, "5", &format!("意见甲{n}")))
            .collect();
        let drafter = all.browser(all.world.drafter);
        let desk = format!("/consultations/{}/desk", round.id);
        let page = all.site.get(&drafter, &format!("{desk}?kind=technical")).await.body;
        assert_eq!(page.matches("data-ruling").count(), 1, "only the form for many");
        let link = format!("href=\"{desk}/{}?kind&#x3D;technical&amp;next&#x3D;2\"", ids[0]);
        assert!(page.contains(&link), "{page}");
        let open = all.site.get(&drafter, &format!("{desk}?at=3")).await.body;
        assert_eq!(open.matches("data-ruling").count(), 2, "one is open");
        let one = format!("{desk}/{}?next=2&status=open", ids[0]);
        let page = all.site.get(&drafter, &one).await.body;
        assert!(page.contains("意见甲0") && !page.contains("意见甲1"), "{page}");
        assert!(page.contains("data-key=\"a\"") && page.contains("name=\"next\" value=\"2\""));
        assert!(page.contains(&format!("action=\"{desk}/{}?status&#x3D;open\"", ids[0])), "{page}");
        let (_, other) = running(&all);
        let elsewhere = format!("/consultations/{}/desk/{}", other.id, ids[0]);
        let drafter = all.browser(all.world.drafter);
        assert_eq!(all.site.get(&drafter, &elsewhere).await.status, 404);
        let member = all.browser(all.world.members[0]);
        assert_eq!(all.site.get(&member, &one).await.status, 403);
    }
}

#[rocket::async_test]
async fn a_disposition_without_its_reason_comes_back_filled_and_cites_the_rule() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let first = sent(&all, all.world.members[0], round.id, "5", "甲意见");
        sent(&all, all.world.members[1], round.id, "6", "乙意见");
        all.world.walk(project, Stage::CommentsClosed);
        let drafter = all.browser(all.world.drafter);
        let path = format!("/consultations/{}/desk/{first}?status=open", round.id);
        let version = comments(&all, round.id)[0].version.to_string();
        let form = |code: &'static str, reason: &'static str, version: &str| {
            let fields = [("code", code), ("reason", reason), ("text_changed", "no")];
            let mut all: Vec<(&str, String)> =
                fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
            all.extend([("if_version", version.to_owned()), ("next", "2".to_owned())]);
            all
        };
        let post = |fields: Vec<(&'static str, String)>| {
            let (site, drafter, path) = (&all.site, &drafter, path.clone());
            async move {
                let fields: Vec<(&str, &str)> =
                    fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                site.post(drafter, &path, &fields).await
            }
        };
        let back = post(form("N", "  ", &version)).await;
        assert_eq!(back.status, 422);
        assert!(back.body.contains("须说明理由") && back.body.contains("disposition_reason"));
        let chosen = back.body.split("value=\"N\"").nth(1).unwrap();
        assert!(chosen.starts_with(" checked"), "what was chosen is still chosen");
        assert!(back.body.contains("<option value=\"no\" selected>"));
        assert_eq!(comments(&all, round.id)[0].disposition, None);
        let done = post(form("N", "试验数据不支持", &version)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let to = done.location.unwrap();
        assert!(to.contains("status=open") && to.contains("at=2") && to.ends_with("#c2"), "{to}");
        let row = &comments(&all, round.id)[0];
        assert_eq!(row.disposition, Some(Disposition::Rejected));
        assert_eq!(
            (row.disposition_reason.as_str(), row.text_changed),
            ("试验数据不支持", Some(false))
        );
        // Somebody was faster: what was typed is kept, and what stands there now is shown.
        let late = post(form("P", "另一个理由", &version)).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("另一个理由") && late.body.contains("试验数据不支持"));
        let nothing = post(vec![("if_version", row.version.to_string())]).await;
        assert_eq!(nothing.status, 422);
        let kinds = all.site.read(move |conn| Ok(events::of_object(conn, project.cast())?));
        assert_eq!(kinds.iter().filter(|event| event.kind == "comments_settled").count(), 1);
    }
}

#[rocket::async_test]
async fn many_get_one_answer_and_those_alike_are_merged_into_one() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        for at in 0..4 {
            sent(&all, all.world.members[at], round.id, "5", "同一条意见");
        }
        all.world.walk(project, Stage::CommentsClosed);
        let secretary = all.browser(all.world.secretary);
        let path = format!("/consultations/{}/desk", round.id);
        let picks: Vec<String> = comments(&all, round.id)
            .iter()
            .map(|row| format!("{}:{}", row.id, row.version))
            .collect();
        let mut fields = vec![("code", "P"), ("reason", "")];
        fields.extend(picks.iter().map(|pick| ("c", pick.as_str())));
        let back = all.site.post(&secretary, &path, &fields).await;
        assert_eq!(back.status, 422);
        assert_eq!(back.body.matches("name=\"c\"").count(), 4);
        assert_eq!(back.body.matches("条\" checked").count(), 4, "the selection comes back");
        let none = all.site.post(&secretary, &path, &[("code", "A")]).await;
        assert_eq!(none.status, 422);
        fields[1].1 = "措辞调整";
        let done = all.site.post(&secretary, &path, &fields[..4]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let rows = comments(&all, round.id);
        let partly = |row: &&quanheng_db::rounds::CommentRow| {
            row.disposition == Some(Disposition::Partly) && row.disposition_reason == "措辞调整"
        };
        assert_eq!(rows.iter().filter(partly).count(), 2);
        let picks: Vec<String> =
            rows.iter().map(|row| format!("{}:{}", row.id, row.version)).collect();
        let mut merge = vec![("code", "M"), ("merged", "1")];
        merge.extend(picks.iter().map(|pick| ("c", pick.as_str())));
        assert_eq!(all.site.post(&secretary, &path, &merge).await.status, 303);
        let rows = comments(&all, round.id);
        assert_eq!(rows[0].disposition, Some(Disposition::Partly), "the first keeps its answer");
        assert!(rows[1..].iter().all(|row| row.duplicate_of == Some(rows[0].id)));
        merge[1].1 = "99";
        assert_eq!(all.site.post(&secretary, &path, &merge).await.status, 422, "no such number");
    }
}

#[rocket::async_test]
async fn the_secretariat_hides_and_admits_with_a_reason_and_the_drafter_does_not() {
    for all in Committee::on_each_backend().await {
        let (_, other) = running(&all);
        let (project, round) = running(&all);
        all.world.walk(project, Stage::CommentsClosed);
        let late = sent(&all, all.world.members[0], round.id, "5", "迟来的意见");
        let desk = format!("/consultations/{}/desk", round.id);
        let (drafter, secretary) =
            (all.browser(all.world.drafter), all.browser(all.world.secretary));
        assert!(all.site.get(&secretary, &desk).await.body.contains("逾期"));
        let hide = format!("{desk}/{late}/hide");
        let reason = [("reason", "与规范无关")];
        assert_eq!(all.site.post(&drafter, &hide, &reason).await.status, 403);
        assert_eq!(all.site.post(&secretary, &hide, &[]).await.status, 422);
        assert_eq!(all.site.post(&secretary, &hide, &reason).await.status, 303);
        assert_eq!(comments(&all, round.id)[0].hidden_reason, "与规范无关");
        assert_eq!(all.site.post(&secretary, &hide, &[]).await.status, 303, "shown again");
        let admit = format!("{desk}/{late}/admit");
        assert_eq!(all.site.post(&drafter, &admit, &reason).await.status, 403);
        assert_eq!(all.site.post(&secretary, &admit, &[("reason", "涉及安全")]).await.status, 303);
        assert!(!comments(&all, round.id)[0].late);
        let elsewhere = format!("/consultations/{}/desk/{late}", other.id);
        assert_eq!(all.site.post(&secretary, &elsewhere, &[("code", "A")]).await.status, 404);
    }
}

#[rocket::async_test]
async fn comments_are_given_to_people_noted_confirmed_and_answered_from_stock() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let first = sent(&all, all.world.members[0], round.id, "5", "建议把示值误差放宽到±0.5%。");
        let second = sent(&all, all.world.members[1], round.id, "5", "建议把示值误差放宽到 ±0.5%");
        let third = sent(&all, all.world.members[2], round.id, "6", "请删去附录。");
        let desk = format!("/consultations/{}/desk", round.id);
        let (secretary, drafter) =
            (all.browser(all.world.secretary), all.browser(all.world.drafter));
        let pick = |id| format!("{id}:1");
        let (one, two, three) = (pick(first), pick(second), pick(third));
        let owner = all.world.drafter.to_string();
        let give = [("do", "assign"), ("owner", owner.as_str()), ("c", &one), ("c", &three)];
        assert_eq!(all.site.post(&drafter, &desk, &give).await.status, 303);
        let stranger = all.world.members[3].to_string();
        let wrong = [("do", "assign"), ("owner", stranger.as_str()), ("c", one.as_str())];
        assert_eq!(all.site.post(&drafter, &desk, &wrong).await.status, 422);
        let mine = all.site.get(&drafter, &format!("{desk}?owner=me")).await;
        assert!(mine.body.contains("请删去附录") && !mine.body.contains("±0.5%</div>"));
        let nobody = all.site.get(&drafter, &format!("{desk}?owner=none")).await;
        assert!(!nobody.body.contains("请删去附录"), "it is looked after");

        let note = format!("{desk}/{third}/note");
        let words = "与上一版争议相同，先问主任委员。";
        assert_eq!(all.site.post(&drafter, &note, &[("reason", " ")]).await.status, 422);
        assert_eq!(all.site.post(&drafter, &note, &[("reason", words)]).await.status, 303);
        assert!(all.site.get(&secretary, &desk).await.body.contains(words));
        let member = all.browser(all.world.members[2]);
        for path in ["", "/mine", "/table.csv"] {
            let path = format!("/consultations/{}{path}", round.id);
            let got = all.site.get(&member, &path).await;
            assert!(!got.body.contains(words), "a note left the desk by {path}");
        }
        let told = all.site.read(move |conn| Ok(events::of_object(conn, project.cast())?));
        assert!(told.iter().all(|event| !event.facts.to_string().contains(words)));

        let stock = format!("{desk}/stock");
        let reason = [("stock.body", "依据 JJF 1094，维持原规定。")];
        assert_eq!(all.site.post(&secretary, &stock, &reason).await.status, 303);
        let ruling = [("code", "N"), ("stock", "1"), ("substantive", "yes"), ("if_version", "1")];
        let to = format!("{desk}/{third}");
        let unknown = [("code", "N"), ("stock", "9"), ("if_version", "1")];
        assert_eq!(all.site.post(&drafter, &to, &unknown).await.status, 422);
        assert_eq!(all.site.post(&drafter, &to, &ruling).await.status, 303);
        let row = comments(&all, round.id).into_iter().find(|row| row.id == third).unwrap();
        assert_eq!(row.disposition_reason, "依据 JJF 1094，维持原规定。");
        let page = all.site.get(&drafter, &format!("{desk}?status=proposed")).await;
        assert!(page.body.contains("请删去附录"), "a drafter proposes");
        let confirm = [("do", "confirm"), ("c", three.as_str())];
        assert_eq!(all.site.post(&drafter, &desk, &confirm).await.status, 403);
        let general = all.browser(all.world.secretary);
        assert_eq!(all.site.post(&general, &desk, &confirm).await.status, 303);
        let page = all.site.get(&drafter, &format!("{desk}?status=proposed")).await;
        assert!(!page.body.contains("请删去附录"), "it is confirmed");
        let anew = [("code", "A"), ("if_version", "2")];
        assert_eq!(all.site.post(&drafter, &to, &anew).await.status, 303);
        let page = all.site.get(&drafter, &format!("{desk}?status=proposed")).await;
        assert!(page.body.contains("请删去附录"), "another ruling is a proposal again");

        let gather = format!("{desk}/{first}/gather");
        assert_eq!(all.site.post(&drafter, &gather, &[]).await.status, 303);
        let row = comments(&all, round.id).into_iter().find(|row| row.id == second).unwrap();
        assert_eq!(row.duplicate_of, Some(first), "nearly the same words get one answer");
        let page = all.site.get(&drafter, &desk).await;
        assert!(page.body.contains("另有 1 条并入，涉及 1 个单位或个人"), "{}", page.body);
        drop(two);
        let matrix = all.site.get(&secretary, &format!("/consultations/{}/matrix", round.id)).await;
        assert!(matrix.status == 200 && matrix.body.contains("合并处理"), "{}", matrix.body);
        let kinds: Vec<String> = all
            .site
            .read(move |conn| Ok(events::of_object(conn, project.cast())?))
            .into_iter()
            .map(|event| event.kind)
            .collect();
        for kind in [
            "comments_assigned",
            "comment_noted",
            "stock_reason_kept",
            "comments_weighed",
            "dispositions_confirmed",
        ] {
            assert!(kinds.iter().any(|known| known == kind), "{kind} is not in the ledger");
        }
    }
}
