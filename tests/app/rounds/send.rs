//! Sending comments: forms that come back, what is too much, what comes too late, answering with one press.

use quanheng_db::rounds;
use quanheng_domain::{comment::RecipientAnswer, stage::Stage};

use super::{comments, running};
use crate::{
    committee::Committee,
    world::{Browser, between},
};

/// What a stranger fills in.
fn filled(body: &str) -> Vec<(&'static str, &str)> {
    vec![
        ("name", "某企业职员·演示"),
        ("contact", "someone@firm.example"),
        ("unit", "某水表企业·演示"),
        ("comments.0.clause", "5.2"),
        ("comments.0.kind", "technical"),
        ("comments.0.body", body),
    ]
}

/// The path of the first link of this kind in the letters sent so far.
async fn link(all: &Committee, before: &str) -> String {
    let letters = all.site.letters().await;
    let found = letters.iter().rev().find_map(|letter| between(&letter.text, before, "\n"));
    format!("{before}{}", found.unwrap_or_else(|| panic!("no letter with {before}")).trim())
}

#[rocket::async_test]
async fn what_comes_after_the_end_is_kept_and_marked() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        all.world.walk(project, Stage::CommentsClosed);
        let path = format!("/consultations/{}/comments", round.id);
        let guest = Browser::new();
        let got = all.site.post(&guest, &path, &filled("迟来的意见")).await;
        assert_eq!(got.status, 303, "{}", got.body);
        assert!(comments(&all, round.id).is_empty(), "not before the address is confirmed");
        let confirm = link(&all, "/consultations/confirm/").await;
        let confirmed = all.site.post(&guest, &confirm, &[]).await;
        assert_eq!(confirmed.status, 303, "{}", confirmed.body);
        let own = confirmed.location.unwrap();
        assert!(own.starts_with("/consultations/mine/"), "{own}");
        let rows = comments(&all, round.id);
        assert!(rows[0].late && rows[0].body == "迟来的意见");
        let page = all.site.get(&guest, &own).await.body;
        assert!(page.contains("登记为逾期意见"), "who is late is told so: {page}");
    }
}

#[rocket::async_test]
async fn what_is_too_much_is_refused_and_what_was_typed_comes_back() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let path = format!("/consultations/{}/comments", round.id);
        let guest = Browser::new();
        let huge = "a".repeat(10 << 20);
        assert_eq!(all.site.post(&guest, &path, &filled(&huge)).await.status, 413);
        let long = "长".repeat(8_001);
        let back = all.site.post(&guest, &path, &filled(&long)).await;
        assert_eq!(back.status, 422);
        assert!(
            back.body.contains(&long) && back.body.contains("8,000") || back.body.contains("8000")
        );
        let nameless = all.site.post(&guest, &path, &filled("意见")[1..]).await;
        assert_eq!(nameless.status, 422);
        assert!(nameless.body.contains("意见</textarea>"));
        assert!(comments(&all, round.id).is_empty());
    }
}

#[rocket::async_test]
async fn no_comment_is_one_press_at_the_desk_and_counts_as_an_answer() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let answer = format!("/consultations/{}/answer", round.id);
        for who in [all.world.members[0], all.world.corresponding] {
            let browser = all.browser(who);
            let desk = all.site.get(&browser, "/desk").await.body;
            assert!(desk.contains(&answer) && desk.contains("value=\"no_comment\""), "{who}");
            let fields = [("answer", "no_comment"), ("back", "desk")];
            let got = all.site.post(&browser, &answer, &fields).await;
            assert_eq!((got.status, got.location.as_deref()), (303, Some("/desk")));
            assert!(!all.site.get(&browser, "/desk").await.body.contains(&answer));
        }
        let other = all.browser(all.world.members[1]);
        let cannot = [("answer", "cannot"), ("note", "")];
        assert_eq!(all.site.post(&other, &answer, &cannot).await.status, 422, "why?");
        let cannot = [("answer", "cannot"), ("note", "出差")];
        assert_eq!(all.site.post(&other, &answer, &cannot).await.status, 303);
        let lines = all.world.read(|conn| rounds::recipients_of(conn, round.id));
        let given = |answer| lines.iter().filter(|line| line.answer == Some(answer)).count();
        assert_eq!(given(RecipientAnswer::NoComment), 2);
        assert_eq!(given(RecipientAnswer::Cannot), 1);
        let page = all.site.get(&other, &format!("/consultations/{}", round.id)).await.body;
        assert!(page.contains("无意见 2") && page.contains("无法答复 1"), "the round tells it");
        let stranger = all.browser(all.world.outsider);
        let got = all.site.post(&stranger, &answer, &[("answer", "no_comment")]).await;
        assert_eq!(got.status, 409, "who was not asked has no answer to give");
    }
}
