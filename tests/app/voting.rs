//! The page of a ballot and the lists as a voter sees them: ribbons, what was said before, the text that moved on, those who left;
//! and reviews that lead nowhere, from outside.

use chrono::Days;
use quanheng_actions::ballot::cast::{Cast, cast};
use quanheng_db::{ballots, comments, projects, register};
use quanheng_domain::{
    ballot::BallotPurpose,
    comment::Disposition,
    document::DocumentKind,
    ids::{BallotId, PersonId, ProjectId},
    people::Interest,
    records::{Choice, VoteChannel},
    stage::Stage,
};

use rocket::http::{ContentType, Header, Method};

use crate::{
    committee::Committee,
    rounds::sent,
    world::{Browser, Got, between},
};

fn own(ballot: BallotId, choice: Choice, reason: &str) -> Cast {
    Cast {
        ballot,
        person: None,
        choice,
        reason: reason.into(),
        remark: String::new(),
        channel: VoteChannel::Online,
        source: String::new(),
        scan: None,
        receipt: String::new(),
    }
}

async fn moved(
    all: &Committee,
    browser: &Browser,
    project: ProjectId,
    key: &str,
    fields: &[(&str, &str)],
) -> Got {
    let named: Vec<(String, &str)> =
        fields.iter().map(|(name, value)| (format!("{key}.{name}"), *value)).collect();
    let version = all.world.project(project).version.to_string();
    let mut form = vec![("move", key), ("if_version", version.as_str())];
    form.extend(named.iter().map(|(name, value)| (name.as_str(), *value)));
    all.site.post(browser, &format!("/projects/{project}/moves"), &form).await
}

/// The review fails: six of twenty-one say no.
fn failed(all: &Committee, project: ProjectId) -> BallotId {
    let world = &all.world;
    let ballot = world.ballot(project, BallotPurpose::Review);
    let voters = world.voters();
    world.act(cast, voters[20], &own(ballot, Choice::No, "缺少低温试验。")).unwrap();
    world.vote_all(ballot, &voters[..15], Choice::Yes);
    world.vote_all(ballot, &voters[15..20], Choice::No);
    world.at(world.read(|conn| ballots::find(conn, ballot)).unwrap().closes_at);
    ballot
}

#[rocket::async_test]
async fn a_voter_sees_ribbons_what_was_said_before_and_on_which_text() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::Commenting);
        let (voter, leaver) = (world.voters()[20], world.members[0]);
        let comment = sent(&all, voter, world.round(project), "5.2", "环境温度的允许范围偏窄");
        world
            .write(move |tx| {
                let mut row = comments::find(tx.conn(), comment)?.unwrap();
                row.disposition = Some(Disposition::Accepted);
                assert!(comments::save(tx.conn(), &mut row)?);
                Ok(())
            })
            .unwrap();
        world.walk(project, Stage::Reviewing);
        let first = failed(&all, project);
        let secretary = all.browser(world.secretary);
        let counted = moved(&all, &secretary, project, "count_votes", &[]).await;
        assert_eq!(counted.status, 303, "{}", counted.body);
        let failing = moved(&all, &secretary, project, "fail_review", &[("note", "见第5章")]).await;
        assert_eq!(failing.status, 303, "{}", failing.body);
        world.document(project, DocumentKind::ReviewDraft);
        let note = [(quanheng_domain::lifecycle::Field::Note, "已修改".to_owned())];
        let again = quanheng_domain::lifecycle::Move::ResubmitForReview;
        world.take_with_papers(world.drafter, project, again, &note);
        world.walk(project, Stage::Reviewing);
        let second = world.ballot(project, BallotPurpose::Review);
        assert_ne!(first, second);
        world.act(cast, leaver, &own(second, Choice::Yes, "")).unwrap();
        world.unseat(leaver);
        world.document(project, DocumentKind::ReviewDraft);

        let page = site.get(&all.browser(voter), &format!("/ballots/{second}")).await.body;
        for words in [
            "本人此前意见",
            "第 1 次表决",
            "缺少低温试验。",
            "环境温度的允许范围偏窄",
            "上次：反对",
            "文本现已到第",
            "针对第",
            "class=\"voter former\"",
            "已离任",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let other = site.get(&all.browser(world.members[1]), &format!("/ballots/{second}")).await;
        assert!(!other.body.contains("环境温度的允许范围偏窄"), "another's comment is not hers");

        for path in ["/projects", "/ballots"] {
            let list = site.get(&all.browser(voter), path).await.body;
            assert!(list.contains("class=\"ribbon"), "{path}: {list}");
            assert!(list.contains(&format!("href=\"/ballots/{second}\"")), "{path}: {list}");
        }
        let outside = site.get(&all.browser(world.outsider), "/projects").await.body;
        assert!(!outside.contains("class=\"ribbon"), "votes are the committee's to see: {outside}");
    }
}

/// A program is told the same as the page: what did not pass does not pass, and what the profile does not allow yet is not taken.
async fn refused_by_api(all: &Committee, project: ProjectId, early: &str) {
    let secretary = all.browser(all.world.secretary);
    let made = all.site.post(&secretary, "/account/tokens", &[("name", "脚本")]).await;
    let token = between(&made.body, "<code>qh_", "</code>").expect("a token");
    let path = format!("/api/v1/projects/{project}/moves");
    let possible = all.site.get(&secretary, &path).await.json();
    let offered = |key: &str| {
        let moves = possible["items"].as_array().cloned().unwrap_or_default();
        moves.iter().any(|one| one["move"] == key && one["allowed"] == true)
    };
    assert!(offered("fail_review") && !offered("pass_review") && !offered(early), "{possible}");
    for (key, rule) in [("pass_review", "pass_fraction"), (early, "review_failures_max")] {
        let headers = vec![
            Header::new("Authorization", format!("Bearer qh_{token}")),
            Header::new("Idempotency-Key", format!("{key}-0000000000000000")),
            ContentType::JSON.into(),
        ];
        let body = serde_json::json!({ "move": key, "note": "未通过审定" }).to_string();
        let got = all.site.call(Method::Post, &path, headers, body.into_bytes()).await;
        assert!(got.status == 409 && got.body.contains(rule), "{key}: {} {}", got.status, got.body);
    }
}

#[rocket::async_test]
async fn a_review_without_quorum_and_one_that_failed_lead_where_the_rules_say() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        world.vote_all(ballot, &world.voters()[..5], Choice::Yes);
        world.at(world.read(|conn| ballots::find(conn, ballot)).unwrap().closes_at);
        let secretary = all.browser(world.secretary);
        moved(&all, &secretary, project, "count_votes", &[]).await;
        let page = site.get(&secretary, &format!("/ballots/{ballot}")).await.body;
        assert!(page.contains("无效"), "{page}");
        let bare = moved(&all, &secretary, project, "reconvene", &[("note", " ")]).await;
        assert_eq!(bare.status, 422, "a new ballot has a reason: {}", bare.body);
        let alone = moved(&all, &secretary, project, "reconvene", &[("note", "人数不足")]).await;
        assert!(alone.status == 409 && alone.body.contains("同意"), "{}", alone.body);
        for leader in [world.chair, world.vices[0], world.vices[1]] {
            let path = format!("/projects/{project}/consents");
            let agreed = site.post(&all.browser(leader), &path, &[("consent.agreed", "yes")]).await;
            assert_eq!(agreed.status, 303, "{}", agreed.body);
        }
        let new = moved(&all, &secretary, project, "reconvene", &[("note", "人数不足")]).await;
        assert_eq!(new.status, 303, "{}", new.body);
        assert_eq!(world.project(project).stage, Stage::ReviewInvalid);

        for (round, ends) in [(1, Stage::ReviewFailed), (2, Stage::ReviewAbandoned)] {
            if round == 1 {
                let closes = (world.today() + Days::new(3)).to_string();
                let open = [(quanheng_domain::lifecycle::Field::BallotClosesOn, closes)];
                let key = quanheng_domain::lifecycle::Move::OpenReview;
                world.take_with_papers(world.secretary, project, key, &open);
            } else {
                world.walk(project, Stage::Reviewing);
            }
            failed(&all, project);
            // Days have passed, and with them the session.
            let secretary = all.browser(world.secretary);
            moved(&all, &secretary, project, "count_votes", &[]).await;
            let (key, other) = match round {
                1 => ("fail_review", "end_after_failure"),
                _ => ("end_after_failure", "fail_review"),
            };
            let reason = [("note", "未通过审定")];
            if round == 1 {
                refused_by_api(&all, project, other).await;
            }
            let refused = moved(&all, &secretary, project, other, &reason).await;
            assert_eq!(refused.status, 409, "the profile says when it is enough: {}", refused.body);
            assert_eq!(moved(&all, &secretary, project, key, &reason).await.status, 303);
            assert_eq!(world.project(project).stage, ends);
            if round == 1 {
                let note = [(quanheng_domain::lifecycle::Field::Note, "已修改".to_owned())];
                let again = quanheng_domain::lifecycle::Move::ResubmitForReview;
                world.take_with_papers(world.drafter, project, again, &note);
            }
        }
        let first = world.read(|conn| ballots::find(conn, ballot)).unwrap().result.unwrap();
        assert_eq!(first["quorum_met"], false, "no result is ever edited");
    }
}

#[rocket::async_test]
async fn where_the_rules_allow_it_a_member_who_cannot_come_lets_another_vote() {
    for all in Committee::under(&[("proxy_allowed", "true")]).await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        let path = format!("/ballots/{ballot}");
        let [absent, proxy] = [world.members[1], world.members[0]];
        let (away, there) = (all.browser(absent), all.browser(proxy));
        let to = proxy.to_string();
        let bare = [("mandate.to", to.as_str()), ("mandate.words", " ")];
        let back = site.post(&away, &format!("{path}/mandate"), &bare).await;
        assert!(
            back.status == 422 && back.body.contains("id=\"e-mandate.words\""),
            "{}",
            back.body
        );
        let given = [("mandate.to", to.as_str()), ("mandate.words", "出差，同意送审稿。")];
        let got = site.post(&away, &format!("{path}/mandate"), &given).await;
        assert_eq!(got.status, 303, "{}", got.body);

        let page = site.get(&there, &path).await.body;
        assert!(page.contains("出差，同意送审稿。") && page.contains("proxied.person"), "{page}");
        let other = site.get(&all.browser(world.members[2]), &path).await.body;
        assert!(!other.contains("proxied.person"), "nobody else votes for them: {other}");
        let absent = absent.to_string();
        let vote = [("proxied.person", absent.as_str()), ("proxied.choice", "no")];
        let back = site.post(&there, &format!("{path}/votes/proxied"), &vote).await;
        assert!(back.status == 409 && back.body.contains("投反对票须说明理由"), "{}", back.body);
        let vote = [vote[0], ("proxied.choice", "yes")];
        let got = site.post(&there, &format!("{path}/votes/proxied"), &vote).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let page = site.get(&all.browser(world.secretary), &path).await.body;
        assert!(page.contains("同意 1 · 反对 0 · 弃权 0 · 未投 20"), "{page}");
    }
}

/// Sets what three marks are about: few users, a host that drafts, the drafting unit with too many seats.
fn marked(all: &Committee) -> BallotId {
    let world = &all.world;
    let voters: Vec<PersonId> = world.voters();
    let unit = world.drafting_unit;
    let committee = world.committee;
    world
        .write(move |tx| {
            for person in register::people_by(tx.conn(), &voters[5..])? {
                let id = person.organisation_id.unwrap();
                let mut row = register::organisation(tx.conn(), id)?.unwrap();
                row.interest = Interest::Testing;
                register::save_organisation(tx.conn(), &row)?;
            }
            let mut row = register::committee(tx.conn(), committee)?.unwrap();
            row.host_id = Some(unit);
            register::save_committee(tx.conn(), &mut row)?;
            Ok(())
        })
        .unwrap();
    for at in 0..10 {
        let person = world.newcomer("起草单位人员·演示", Some(unit));
        world.seat(person, quanheng_domain::people::Role::Member, 100 + at);
    }
    let project = world.project_at(Stage::PapersReleased);
    world
        .write(move |tx| {
            let mut row = projects::find(tx.conn(), project)?.unwrap();
            row.review_form = Some("correspondence".to_owned());
            assert!(projects::save(tx.conn(), &mut row)?);
            Ok(())
        })
        .unwrap();
    world.walk(project, Stage::Reviewing);
    world.ballot(project, BallotPurpose::Review)
}

#[rocket::async_test]
async fn the_page_marks_few_users_a_host_that_drafts_a_lot_drawn_and_a_quorum_at_risk() {
    for all in Committee::on_each_backend().await {
        let ballot = marked(&all);
        let (site, world) = (&all.site, &all.world);
        let secretary = all.browser(world.secretary);
        let path = format!("/ballots/{ballot}");
        let page = site.get(&secretary, &path).await.body;
        for words in [
            "使用方代表 5 人",
            "user_share_min",
            "秘书处承担单位参与起草本项目",
            "起草单位人员超过比例",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("份回函才达到"), "nothing is at risk on the first day: {page}");
        let end = world.read(|conn| ballots::find(conn, ballot)).unwrap().closes_at;
        let near = end.checked_sub_days(Days::new(1)).unwrap();
        world.at(near);
        let page = site.get(&all.browser(world.secretary), &path).await.body;
        assert!(page.contains("份回函才达到"), "{page}");
    }
}
