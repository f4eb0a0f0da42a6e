//! After the vote, from outside: the conclusion is drafted, edited and signed; only what the result allows is offered; and a
//! review by correspondence ends at its second.

use chrono::TimeDelta;
use quanheng_actions::ballot::conclude::hash_of;
use quanheng_actions::project::units::{NamePerson, name_person};
use quanheng_db::{ballots, documents, outbox, projects, register};
use quanheng_domain::{
    ballot::BallotPurpose,
    document::DocumentKind,
    ids::{BallotId, ProjectId},
    people::ProjectRole,
    records::Choice,
    stage::Stage,
};

use crate::{committee::Committee, world::between};

fn part<'p>(page: &'p str, from: &str) -> &'p str {
    let at = page.find(from).unwrap_or_else(|| panic!("no {from} in {page}"));
    let rest = &page[at..];
    &rest[..rest.find("</details>").unwrap_or(rest.len())]
}

#[rocket::async_test]
async fn a_conclusion_is_drafted_from_the_record_edited_and_signed_by_both() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::PapersReleased);
        let role = ProjectRole::PrincipalReviewer;
        let named = NamePerson { project, person: world.outsider, role, named: true };
        world.act(name_person, world.secretary, &named).unwrap();
        notice_is_drawn_up_and_kept(&all, project).await;
        world.walk(project, Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        world.vote_all(ballot, &world.voters(), Choice::Yes);
        let (secretary, path) = (all.browser(world.secretary), format!("/ballots/{ballot}"));
        let drafter = all.browser(world.drafter);
        assert_eq!(site.get(&drafter, &path).await.status, 404, "drafters wait for the count");
        assert_eq!(site.post(&secretary, &format!("{path}/close"), &[]).await.status, 303);

        let page = site.get(&secretary, &path).await.body;
        let drafted = between(&page, "name=\"edit.conclusion\"", "</textarea>").unwrap();
        assert!(drafted.contains("委员总数 21 人"), "{drafted}");
        assert!(drafted.contains("结论：通过审定"), "{drafted}");
        a_change_is_required_and_done(&all, &path).await;
        let project_page = format!("/projects/{project}");
        let moves = site.get(&secretary, &project_page).await.body;
        let pass = part(&moves, "id=\"move-pass_review\"");
        assert!(pass.contains("签署") && !pass.contains("<form"), "{pass}");
        let fail = part(&moves, "id=\"move-fail_review\"");
        assert!(!fail.contains("<form"), "what the result does not allow is not offered: {fail}");
        assert!(pass.contains("pass_fraction"), "the criterion names its rule: {pass}");

        let text = "通过审定。表1加注水温。";
        let to = format!("{path}/conclusion");
        let member = all.browser(world.members[0]);
        assert_eq!(site.post(&member, &to, &[("edit.conclusion", text)]).await.status, 403);
        let empty = site.post(&secretary, &to, &[("edit.conclusion", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("e-edit.conclusion"), "{}", empty.body);
        assert_eq!(site.post(&secretary, &to, &[("edit.conclusion", text)]).await.status, 303);
        let hash = hash_of(text);
        for who in [world.chair, world.outsider] {
            let browser = all.browser(who);
            let page = site.get(&browser, &path).await;
            assert!(page.body.contains(&format!("value=\"{hash}\"")), "{}", page.body);
            let sign = [("sign.sha256", hash.as_str())];
            let signed = site.post(&browser, &format!("{path}/sign"), &sign).await;
            assert_eq!(signed.status, 303, "{}", signed.body);
        }
        let moves = site.get(&secretary, &project_page).await.body;
        let pass = part(&moves, "id=\"move-pass_review\"");
        assert!(!pass.contains("尚未签署齐全"), "{pass}");
        // A change afterwards voids both, and the page says so.
        let other = [("edit.conclusion", "通过审定。"), ("edit.seen", hash.as_str())];
        assert_eq!(site.post(&secretary, &to, &other).await.status, 303);
        let page = site.get(&secretary, &path).await.body;
        assert_eq!(page.matches("已失效").count(), 2, "{page}");
        let paper = site.get(&secretary, &format!("{path}/papers/conclusion")).await;
        assert!(paper.status == 200 && paper.body.contains("审定意见书"), "{}", paper.body);
        let keep = format!("{path}/papers/conclusion");
        assert_eq!(site.post(&member, &keep, &[]).await.status, 403);
        assert_eq!(site.post(&secretary, &keep, &[]).await.status, 303);
        assert!(kinds(&all, project).contains(&DocumentKind::ReviewConclusion));
    }
}

async fn a_change_is_required_and_done(all: &Committee, path: &str) {
    let (site, world) = (&all.site, &all.world);
    let change = [("change.clause", "5"), ("change.body", "补充最大允许误差。")];
    let secretary = all.browser(world.secretary);
    let got = site.post(&secretary, &format!("{path}/changes"), &change).await;
    assert_eq!(got.status, 303, "{}", got.body);
    let drafter = all.browser(world.drafter);
    let page = site.get(&drafter, path).await.body;
    let done = between(&page, &format!("action=\"{path}/changes/"), "\"").unwrap();
    let done = format!("{path}/changes/{done}");
    let bare = site.post(&drafter, &done, &[("done-1.note", " ")]).await;
    assert!(bare.status == 422 && bare.body.contains("e-done-1.note"), "{}", bare.body);
    let note = [("done-1.note", "已按审定意见修改。")];
    assert_eq!(site.post(&drafter, &done, &note).await.status, 303);
}

fn kinds(all: &Committee, project: ProjectId) -> Vec<DocumentKind> {
    let rows = all.world.read(|conn| documents::of_project(conn, project));
    rows.into_iter().map(|row| row.kind).collect()
}

async fn notice_is_drawn_up_and_kept(all: &Committee, project: ProjectId) {
    let (site, world) = (&all.site, &all.world);
    let secretary = all.browser(world.secretary);
    let to = format!("/projects/{project}/review/notice");
    let review = site.get(&secretary, &format!("/projects/{project}/review")).await.body;
    assert!(review.contains(&format!("href=\"{to}\"")), "{review}");
    let notice = site.get(&secretary, &to).await;
    assert_eq!(notice.status, 200, "{}", notice.body);
    let called = world.read(|conn| register::people_by(conn, &world.voters()));
    for words in ["有关要求", "2/3"].into_iter().chain(called.iter().map(|row| &*row.name_zh)) {
        assert!(notice.body.contains(words), "{words}: {}", notice.body);
    }
    let word = site.get(&secretary, &format!("{to}.docx")).await;
    assert!(word.status == 200 && word.body.starts_with("PK"));
    assert_eq!(site.post(&all.browser(world.members[0]), &to, &[]).await.status, 403);
    let before = kinds(all, project).len();
    assert_eq!(site.post(&secretary, &to, &[]).await.status, 303);
    assert_eq!(kinds(all, project).len(), before + 1);
    assert!(kinds(all, project).contains(&DocumentKind::ReviewNotice));
    let other = format!("/projects/{project}/review/none");
    assert_eq!(site.get(&secretary, &other).await.status, 404);
}

async fn vote(all: &Committee, ballot: BallotId, at: usize) -> u16 {
    let browser = all.browser(all.world.voters()[at]);
    let fields = [("vote.choice", "yes")];
    all.site.post(&browser, &format!("/ballots/{ballot}/votes"), &fields).await.status
}

#[rocket::async_test]
async fn a_review_by_correspondence_takes_votes_until_its_second_and_reminds_only_the_silent() {
    for all in Committee::on_each_backend().await {
        let world = &all.world;
        let project = world.project_at(Stage::PapersReleased);
        let by_letter = world.write(move |tx| {
            let mut row = projects::find(tx.conn(), project)?.expect("it is there");
            row.review_form = Some("correspondence".to_owned());
            assert!(projects::save(tx.conn(), &mut row)?);
            Ok(())
        });
        by_letter.unwrap();
        world.walk(project, Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        let end = world.read(|conn| ballots::find(conn, ballot)).unwrap().closes_at;
        assert_eq!(vote(&all, ballot, 0).await, 303);
        assert_eq!(vote(&all, ballot, 1).await, 303);
        let silent = world.read(|conn| outbox::voters_of(conn, ballot, true));
        assert_eq!(silent.len(), world.voters().len() - 2, "reminders go to the silent only");
        world.at(end - TimeDelta::seconds(1));
        assert_eq!(vote(&all, ballot, 2).await, 303, "the last second is in time");
        world.at(end);
        let late = vote(&all, ballot, 3).await;
        assert_eq!(late, 409, "the closing instant is late");
        let counted = world.read(|conn| ballots::votes_of(conn, ballot));
        assert_eq!(counted.len(), 3);
    }
}

#[rocket::async_test]
async fn a_member_sees_where_to_vote_and_why() {
    for all in Committee::on_each_backend().await {
        let (site, world) = (&all.site, &all.world);
        let project = world.project_at(Stage::Reviewing);
        let ballot = world.ballot(project, BallotPurpose::Review);
        let page = site.get(&all.browser(world.members[0]), "/ballots/rights").await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains(&format!("/ballots/{ballot}")), "{}", page.body);
        for words in ["您可以表决", "有表决权", "quorum_fraction", "election_secret"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let adviser = site.get(&all.browser(world.adviser), "/ballots/rights").await.body;
        assert!(adviser.contains("没有表决权"), "{adviser}");
        let chair = all.browser(world.chair);
        let meeting = site.get(&chair, &format!("/ballots/{ballot}/meeting")).await.body;
        assert!(meeting.contains("class=\"qr\""), "{meeting}");
        assert!(!meeting.contains("style="), "the policy allows no inline style");
        // The openings of the papers are the secretariat's to see.
        let secretary =
            site.get(&all.browser(world.secretary), &format!("/ballots/{ballot}")).await;
        assert!(secretary.body.contains("id=\"readers\""), "{}", secretary.body);
        let member = site.get(&all.browser(world.members[0]), &format!("/ballots/{ballot}")).await;
        assert!(!member.body.contains("id=\"readers\""));
    }
}
