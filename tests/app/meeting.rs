//! A review meeting over HTTP: forty phones vote at once, every client sees the same, principal reviewer and changes on their pages.

use futures_util::future::join_all;
use quanheng_db::{ballots, reviews};
use quanheng_domain::{ballot::BallotPurpose, ids::BallotId, stage::Stage};
use quanheng_web::watch::{Sight, Watch};

use crate::{
    committee::Committee,
    world::{Browser, between},
};

fn reviewing(all: &Committee) -> BallotId {
    let project = all.world.project_at(Stage::Reviewing);
    all.world.ballot(project, BallotPurpose::Review)
}

#[rocket::async_test]
async fn forty_members_vote_at_once_and_each_vote_counts_exactly_once() {
    for all in Committee::of_voters(40).await {
        let ballot = reviewing(&all);
        let voters = all.world.voters();
        assert_eq!(voters.len(), 40);
        let browsers: Vec<Browser> = voters.iter().map(|voter| all.browser(*voter)).collect();
        let path = format!("/ballots/{ballot}/votes");
        let page = format!("/ballots/{ballot}");
        let send = |at: usize| {
            let (all, browsers, path, page) = (&all, &browsers, &path, &page);
            async move {
                let form = all.site.get(&browsers[at], page).await.body;
                let csrf = between(&form, "name=\"_csrf\" value=\"", "\"").unwrap();
                let once = format!("phone-{at:016}");
                let choice = if at < 31 { "yes" } else { "no" };
                let fields = [
                    ("_csrf", csrf.as_str()),
                    ("_once", once.as_str()),
                    ("vote.choice", choice),
                    ("vote.reason", "理由·演示"),
                ];
                // A bad line: the phone sends the same form again.
                let first = all.site.post_raw(&browsers[at], path, &fields).await;
                let again = all.site.post_raw(&browsers[at], path, &fields).await;
                (first.status, again.status)
            }
        };
        for (first, again) in join_all((0..40).map(send)).await {
            assert_eq!((first, again), (303, 303));
        }
        let votes = all.site.read(|conn| Ok(ballots::votes_of(conn, ballot)?));
        assert_eq!(votes.len(), 40, "a form sent twice is one vote");
        assert!(votes.iter().all(|vote| vote.ordinal == 1));
        let state = all.site.get(&browsers[0], &format!("{page}/meeting/state")).await.json();
        assert_eq!((state["yes"].as_u64(), state["no"].as_u64()), (Some(31), Some(9)));
        assert_eq!((state["there"].as_u64(), state["members"].as_u64()), (Some(40), Some(40)));
    }
}

#[rocket::async_test]
async fn every_client_of_a_meeting_sees_the_same_clause_count_and_argument() {
    for all in Committee::on_each_backend().await {
        let ballot = reviewing(&all);
        let (site, world) = (&all.site, &all.world);
        let path = format!("/ballots/{ballot}/meeting");
        let secretary = all.browser(world.secretary);
        let clients = [
            all.browser(world.chair),
            all.browser(world.members[0]),
            all.browser(world.adviser),
            all.browser(world.secretary),
        ];
        assert_ne!(site.get(&all.browser(world.outsider), &path).await.status, 200);
        let before = site.get(&clients[0], &format!("{path}/state")).await.json();

        let go = [("clause", "5.2")];
        let to = format!("{path}/clause");
        assert_eq!(site.post(&clients[1], &to, &go).await.status, 403, "members follow");
        assert_eq!(site.post(&secretary, &to, &go).await.status, 303);
        let argument = [
            ("argue.clause", "5.2"),
            ("argue.stance", "against"),
            ("argue.body", "试验数据不支持该限值。"),
        ];
        let positions = format!("{path}/positions");
        assert_eq!(site.post(&clients[1], &positions, &argument).await.status, 303);
        let bare = [("argue.clause", "5.2"), ("argue.stance", "against"), ("argue.body", " ")];
        let back = site.post(&clients[1], &positions, &bare).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-argue.body\""), "{}", back.body);
        let here = [("person", world.members[0].to_string()), ("present", "true".into())];
        let here: Vec<(&str, &str)> = here.iter().map(|(name, it)| (*name, it.as_str())).collect();
        let here = [here, vec![("to", "meeting")]].concat();
        let signed = site.post(&clients[1], &format!("/ballots/{ballot}/attendance"), &here).await;
        assert_eq!(signed.location.as_deref(), Some(path.as_str()));

        let mut seen = Vec::new();
        for client in &clients {
            let page = site.get(client, &path).await;
            assert_eq!(page.status, 200, "{}", page.body);
            seen.push(site.get(client, &format!("{path}/state")).await.json());
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
        assert_ne!(seen[0]["page"], before["page"], "the pages are loaded anew");
        assert_eq!(seen[0]["there"], 1);
    }
}

#[rocket::async_test]
async fn a_change_is_required_and_done_on_the_page_of_the_ballot() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::ReviewPassed);
        let ballot = all.world.ballot(project, BallotPurpose::Review);
        let (site, world) = (&all.site, &all.world);
        let (secretary, path) = (all.browser(world.secretary), format!("/ballots/{ballot}"));
        let change = [("change.clause", "5.2"), ("change.body", "补充低温下的试验数据")];
        let added = site.post(&secretary, &format!("{path}/changes"), &change).await;
        assert_eq!(added.status, 303, "{}", added.body);
        let page = site.get(&secretary, &path).await.body;
        assert!(page.contains("补充低温下的试验数据"), "{page}");
        let done = between(&page, &format!("action=\"{path}/changes/"), "\"").unwrap();
        let to = format!("{path}/changes/{done}");
        let empty = site.post(&secretary, &to, &[("done-1.note", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("e-done-1.note"), "{}", empty.body);
        assert_eq!(site.post(&secretary, &to, &[("done-1.note", "已补充表4")]).await.status, 303);
        assert!(site.get(&secretary, &path).await.body.contains("已补充表4"));
    }
}

#[rocket::async_test]
async fn a_principal_review_is_written_answered_and_settled_on_its_page() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::PapersReleased);
        let (site, world) = (&all.site, &all.world);
        let path = format!("/projects/{project}/reviewers");
        let (secretary, reviewer) = (all.browser(world.secretary), all.browser(world.members[0]));
        let address = world.address(world.members[0]);
        let qualification = [
            ("qualify.email", address.as_str()),
            ("qualify.number", "ZS-2026-001"),
            ("qualify.valid_from", "2026-01-01"),
            ("qualify.valid_until", "2029-12-31"),
        ];
        let entered = site.post(&secretary, &format!("{path}/register"), &qualification).await;
        assert_eq!(entered.status, 303, "{}", entered.body);
        let twice = site.post(&secretary, &format!("{path}/register"), &qualification).await;
        assert!(twice.status == 422 && twice.body.contains("e-qualify.number"), "{}", twice.body);
        let named = [("people.role", "principal_reviewer"), ("people.email", address.as_str())];
        let named = site.post(&secretary, &format!("/projects/{project}/people"), &named).await;
        assert_eq!(named.status, 303, "{}", named.body);

        let review = site.read(|conn| Ok(reviews::of_project(conn, project)?)).pop().unwrap();
        let to = format!("/projects/{project}/reviews/{}", review.id);
        let found = [
            ("finding.clause", "7.3"),
            ("finding.severity", "fatal"),
            ("finding.body", "缺少测量不确定度评定。"),
        ];
        assert_eq!(site.post(&reviewer, &format!("{to}/findings"), &found).await.status, 303);
        let page = site.get(&secretary, &path).await.body;
        assert!(page.contains("缺少测量不确定度评定") && page.contains("致命"), "{page}");
        let moves = site.get(&secretary, &format!("/projects/{project}")).await.body;
        assert!(moves.contains("致命问题"), "the move says why not: {moves}");
        let written = [
            ("review.opinion", "可以提交审定。"),
            ("review.recommendation", "ready"),
            ("review.submit", "true"),
        ];
        assert_eq!(site.post(&reviewer, &to, &written).await.status, 303);
        let finding = site.read(|conn| Ok(reviews::findings_of(conn, review.id)?)).pop().unwrap();
        let on = format!("/projects/{project}/findings/{}", finding.id);
        let answer = format!("answer-{}.text", finding.id);
        let drafter = all.browser(world.drafter);
        let said = [(answer.as_str(), "已补充附录C。")];
        assert_eq!(site.post(&drafter, &format!("{on}/answer"), &said).await.status, 303);
        assert_eq!(site.post(&reviewer, &format!("{on}/settled"), &[]).await.status, 303);
        let page = site.get(&drafter, &path).await.body;
        assert!(page.contains("已补充附录C。") && page.contains("可以提交审定。"), "{page}");
        let form = site.get(&drafter, &format!("{to}/form")).await.body;
        for words in
            ["主审意见表", "ZS-2026-001", "缺少测量不确定度评定。", "已补充附录C。", "致命"]
        {
            assert!(form.contains(words), "{words}: {form}");
        }
        assert_eq!(site.get(&drafter, &format!("{to}/form.docx")).await.status, 200);
        assert_ne!(site.get(&all.browser(world.outsider), &format!("{to}/form")).await.status, 200);
        assert_ne!(site.get(&all.browser(world.outsider), &path).await.status, 200);
    }
}

#[rocket::async_test]
async fn one_look_at_the_ledger_wakes_every_client_and_nothing_wakes_none() {
    for all in Committee::on_each_backend().await {
        let ballot = reviewing(&all);
        let (app, watch, mut sight) = (&all.site.app, Watch::default(), Sight::default());
        let mut clients = [watch.subscribe(), watch.subscribe(), watch.subscribe()];
        let voter = all.browser(all.world.members[0]);
        watch.look(app, &mut sight).await;
        for client in &mut clients {
            assert!(client.has_changed().unwrap(), "what came before the first look is not lost");
            client.mark_unchanged();
        }
        watch.look(app, &mut sight).await;
        assert!(clients.iter().all(|client| !client.has_changed().unwrap()));
        let vote = [("vote.choice", "yes")];
        let path = format!("/ballots/{ballot}/votes");
        assert_eq!(all.site.post(&voter, &path, &vote).await.status, 303);
        let before = app.db.load().statements;
        watch.look(app, &mut sight).await;
        let for_three = app.db.load().statements - before;
        let more: Vec<_> = (0..9).map(|_| watch.subscribe()).collect();
        watch.look(app, &mut sight).await;
        let for_twelve = app.db.load().statements - before - for_three;
        assert!(
            for_twelve <= for_three,
            "{for_twelve} statements for twelve, {for_three} for three"
        );
        drop(more);
        assert!(clients.iter().all(|client| client.has_changed().unwrap()));
        assert_eq!(watch.followers(), 3);
    }
}
