//! A commenter's own comments: by the link of a mail, by account, and what may be said once the answers are public.

use chrono::TimeDelta;
use quanheng_actions::round::{Dispose, Ruling, dispose};
use quanheng_db::comments as table;
use quanheng_domain::{
    comment::{Disposition, Reaction},
    ids::CommentId,
    stage::Stage,
};

use super::{comments, running, sent};
use crate::{
    committee::Committee,
    world::{Browser, between},
};

fn rejected(all: &Committee, comment: CommentId) {
    let ruling = Ruling {
        code: Disposition::Rejected,
        reason: "试验数据不支持".into(),
        text_changed: Some(false),
        duplicate_of: None,
    };
    let command = Dispose { comment, ruling, if_version: None };
    all.world.act(dispose, all.world.drafter, &command).unwrap();
}

/// The private link in the last letter to an address.
async fn link(all: &Committee, address: &str) -> String {
    let letters = all.site.letters().await;
    let to = letters.iter().rev().filter(|letter| letter.to.email == address);
    let mut found = to.filter_map(|letter| between(&letter.text, "/consultations/mine/", "\n"));
    format!("/consultations/mine/{}", found.next().expect("a letter with a private link").trim())
}

#[rocket::async_test]
async fn a_commenter_without_account_reads_changes_and_withdraws_by_the_link() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let guest = Browser::new();
        let fields = [
            ("name", "某企业职员·演示"),
            ("contact", "someone@firm.example"),
            ("comments.0.body", "第一条意见"),
            ("comments.1.body", "第二条意见"),
        ];
        let path = format!("/consultations/{}/comments", round.id);
        assert_eq!(all.site.post(&guest, &path, &fields).await.status, 303);
        let letters = all.site.letters().await;
        let mut links = letters
            .iter()
            .filter_map(|letter| between(&letter.text, "/consultations/confirm/", "\n"));
        let secret = links.next().expect("a letter that asks to confirm");
        let confirm = format!("/consultations/confirm/{}", secret.trim());
        assert_eq!(all.site.post(&guest, &confirm, &[]).await.status, 303);
        let mine = link(&all, "someone@firm.example").await;
        let page = all.site.get(&guest, &mine).await;
        assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
        assert!(page.body.contains("第一条意见") && page.body.contains("第二条意见"));
        assert_eq!(all.site.get(&guest, "/consultations/mine/none").await.status, 404);
        let rows = comments(&all, round.id);
        let name = |part: &str| format!("{}.{part}", rows[0].id.uuid().simple());
        let (body, kind) = (name("body"), name("kind"));
        let edit = format!("{mine}/{}/edit", rows[0].id);
        let version = rows[0].version.to_string();
        let empty = [("if_version", version.as_str()), (&body, ""), (&kind, "editorial")];
        assert_eq!(all.site.post(&guest, &edit, &empty).await.status, 422);
        let fields =
            [("if_version", version.as_str()), (&body, "改过的意见"), (&kind, "editorial")];
        assert_eq!(all.site.post(&guest, &edit, &fields).await.status, 303);
        assert_eq!(comments(&all, round.id)[0].body, "改过的意见");
        let withdraw = format!("{mine}/{}/withdraw", rows[1].id);
        assert_eq!(all.site.post(&guest, &withdraw, &[]).await.status, 303);
        assert_eq!(comments(&all, round.id)[1].disposition, Some(Disposition::Withdrawn));
        // Somebody else's comment is none under this link.
        let other = sent(&all, all.world.members[0], round.id, "5", "委员的意见");
        let foreign = format!("{mine}/{other}/withdraw");
        assert_eq!(all.site.post(&guest, &foreign, &[]).await.status, 404);
    }
}

#[rocket::async_test]
async fn once_the_answers_are_public_a_commenter_agrees_or_objects_once_and_in_time() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let first = sent(&all, all.world.members[0], round.id, "5", "甲意见");
        let second = sent(&all, all.world.members[0], round.id, "6", "乙意见");
        let third = sent(&all, all.world.members[1], round.id, "7", "丙意见");
        all.world.walk(project, Stage::CommentsClosed);
        let member = all.browser(all.world.members[0]);
        let account = format!("/consultations/{}/mine", round.id);
        let early = all
            .site
            .post(&member, &format!("{account}/{first}/react"), &[("reaction", "agrees")])
            .await;
        assert_eq!(early.status, 409, "not before the answers are public");
        assert!(!all.site.get(&member, &account).await.body.contains("试验数据不支持"));
        for comment in [first, second, third] {
            rejected(&all, comment);
        }
        assert!(!all.site.get(&member, &account).await.body.contains("试验数据不支持"));
        all.world.walk(project, Stage::CommentsTreated);
        let address = all.site.read({
            let person = all.world.members[0];
            move |conn| Ok(quanheng_db::register::person(conn, person)?.unwrap().email.unwrap())
        });
        let mine = link(&all, &address).await;
        let guest = Browser::new();
        let page = all.site.get(&guest, &mine).await.body;
        assert!(page.contains("甲意见") && page.contains("乙意见") && !page.contains("丙意见"));
        assert!(page.contains("试验数据不支持"));
        let react = |comment: CommentId| format!("{mine}/{comment}/react");
        let agree = [("reaction", "agrees")];
        assert_eq!(all.site.post(&guest, &react(first), &agree).await.status, 303);
        assert_eq!(all.site.post(&guest, &react(third), &agree).await.status, 404);
        let note = format!("{}.note", second.uuid().simple());
        let bare = [("reaction", "objects"), (note.as_str(), " ")];
        assert_eq!(all.site.post(&guest, &react(second), &bare).await.status, 422);
        let objection = [("reaction", "objects"), (note.as_str(), "有数据支持")];
        assert_eq!(all.site.post(&guest, &react(second), &objection).await.status, 303);
        // Those who answer for the answer hear of it at once, and the review shows it with comment and answer.
        let letters = all.site.letters().await;
        let told: Vec<_> =
            letters.iter().filter(|mail| mail.subject.contains("对意见处理结果的异议")).collect();
        for who in [all.world.secretary, all.world.staff, all.world.drafter] {
            let address = all.world.address(who);
            assert!(told.iter().any(|mail| mail.to.email == address), "{address}");
        }
        let page = format!("/projects/{project}/review");
        let review = all.site.get(&all.browser(all.world.members[1]), &page).await.body;
        assert!(review.contains("id=\"disputes\"") && review.contains("有数据支持"), "{review}");
        assert_eq!(all.site.get(&Browser::new(), &page).await.status, 404);
        let again = [("reaction", "objects"), (note.as_str(), "再补充一点")];
        let refused = all.site.post(&guest, &react(second), &again).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("comment_appeals_max"), "the rule is cited");
        let said = all.world.read(|conn| table::reactions_in(conn, round.id));
        let told: Vec<_> = said.iter().map(|said| (said.comment_id, said.reaction)).collect();
        assert_eq!(told, [(first, Reaction::Agrees), (second, Reaction::Objects)]);
        let desk = format!("/consultations/{}/desk?status=objected", round.id);
        let drafter = all.browser(all.world.drafter);
        let objected = all.site.get(&drafter, &desk).await.body;
        assert!(objected.contains("乙意见") && objected.contains("有数据支持"));
        assert!(!objected.contains("甲意见"));
        all.site.pass(TimeDelta::days(40));
        let late = all
            .site
            .post(
                &guest,
                &react(first),
                &[("reaction", "objects"), (&format!("{}.note", first.uuid().simple()), "迟了")],
            )
            .await;
        assert_eq!(late.status, 409);
        assert_eq!(all.site.get(&guest, &mine).await.status, 200, "it can still be read");
    }
}
