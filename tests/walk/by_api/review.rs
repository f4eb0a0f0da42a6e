//! Public comments, their answers, and two reviews: one without quorum, one that passes.

use serde_json::json;

use super::acts::*;
use crate::story::Story;

pub async fn the_public_comments(story: &mut Story) {
    opens_round(story, 62).await.refused(409, "too_few_recipients", "comment_recipients_min");
    let unit = |n: usize| json!({ "name": format!("使用单位{n:02}·演示"), "class": "user", "address": format!("unit-{n:02}@demo.example") });
    let units = json!({ "units": (1..=7).map(unit).collect::<Vec<_>>() });
    story.puts("drafter", &path_of(story, "recipients"), units.clone()).await.refused(
        403,
        "not_yours",
        "",
    );
    story.puts("secretary", &path_of(story, "recipients"), units).await.done();
    opens_round(story, 10).await.refused(409, "round_too_short", "comment_days_min");
    opens_round(story, 62).await.refused(409, "documents_missing", "docs_open_comments");
    story.uploads("secretary", &["comment_letter"]).await;
    let round = opens_round(story, 62).await.done()["id"].as_str().expect("an identity").to_owned();
    let then = story.then().await.wrote("units_asked").wrote("document_uploaded");
    drop(
        then.moved("open_comments", "11", "20.99", "30.20")
            .mailed("round_opened", "voters non-voters units"),
    );
    story.upload("drafter", "comment_draft", "新稿.txt", b"new").await.refused(
        409,
        "document_frozen",
        "",
    );
    story.moves("secretary", "close_comments", &[]).await.refused(403, "not_yours", "");

    let comments = format!("/rounds/{round}/comments");
    let remarks = json!([{ "clause": "5.2", "kind": "technical", "text": "流速下限过高。", "reason": "现场数据。" }, { "text": "请给出示例。" }]);
    let nameless = json!({ "name": "", "contact": "nobody", "comments": remarks });
    story.posts("", &comments, nameless).await.wrong_at("contact");
    let sent =
        json!({ "name": "读者·演示", "contact": "visitor@demo.example", "comments": remarks });
    assert_eq!(story.posts("", &comments, sent).await.done()["state"], "awaits_confirmation");
    drop(story.then().await.mailed("comment_confirm", "visitor"));
    assert_eq!(
        story.get("", &comments).await.json()["total"],
        0,
        "nothing counts before it is confirmed"
    );
    story.presses_the_link_in_the_mail("visitor@demo.example", "/consultations/confirm/").await;
    drop(story.then().await.wrote("comments_received").mailed("comment_received", "visitor"));
    let own =
        json!({ "comments": [{ "clause": "7", "text": "公式编号有误。", "kind": "editorial" }] });
    story.posts("drafter", &comments, own.clone()).await.refused(409, "recused", "");
    story.posts("member-01", &comments, own).await.done();
    drop(story.then().await.wrote("comments_received").mailed("comment_received", "member-01"));
    assert_eq!(story.get("drafter", &comments).await.json()["total"], 3);
    let listed = story.get("", &comments).await.json();
    assert_eq!(listed["total"], 0, "comments go out with their answers: {listed}");

    let end = story.end_of("round_end").await;
    story.until(&end).await;
    let silent = "chair vice member-02 member-03 member-04 member-05 member-06 member-07 non-voters secretariat units";
    let then = story.then().await.wrote_times(4, "deadline_passed").moved(
        "close_comments",
        "12",
        "30.20",
        "30.60",
    );
    let then = then.mailed("comment_digest", "drafter");
    drop(then.mailed("round_reminder", silent).mailed("round_closed", "drafter secretariat"));
    assert_eq!(story.get("", &format!("/rounds/{round}")).await.json()["status"], "closed");
}

pub async fn round_of(story: &Story) -> String {
    let events = story.get("admin", &format!("/events?object={}", story.project())).await.json();
    let facts = events["items"]
        .as_array()
        .expect("a list")
        .iter()
        .rev()
        .find(|event| event["facts"]["round"].is_string());
    facts.expect("a round was commented")["facts"]["round"]
        .as_str()
        .expect("an identity")
        .to_owned()
}

pub async fn the_drafter_answers(story: &mut Story) {
    let round = round_of(story).await;
    story.moves("drafter", "finish_disposition", &[]).await.refused(409, "comments_open", "");
    let listed = story.get("drafter", &format!("/rounds/{round}/comments")).await.json();
    let ids: Vec<String> = listed["items"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|comment| comment["id"].as_str().expect("an identity").to_owned())
        .collect();
    let path = |at: usize| format!("/comments/{}/disposition", ids[at]);
    story.puts("member-02", &path(0), json!({ "code": "A" })).await.refused(403, "not_yours", "");
    story
        .puts("drafter", &path(0), json!({ "code": "Z" }))
        .await
        .0
        .status
        .eq(&422)
        .then_some(())
        .expect("no such code");
    story.puts("drafter", &path(0), json!({ "code": "N" })).await.refused(
        422,
        "disposition_reason",
        "disposition_reason",
    );
    story
        .puts(
            "drafter",
            &path(0),
            json!({ "code": "N", "reason": "试验不支持。", "if_version": 99 }),
        )
        .await
        .refused(409, "stale", "");
    story.puts("drafter", &path(0), json!({ "code": "N", "reason": "试验不支持。" })).await.done();
    story
        .puts(
            "drafter",
            &path(1),
            json!({ "code": "P", "reason": "部分采纳。", "text_changed": true }),
        )
        .await
        .done();
    story.puts("drafter", &path(2), json!({ "code": "A", "text_changed": true })).await.done();
    let public = story.get("", &format!("/rounds/{round}/comments")).await.json();
    assert_eq!(public["total"], 0, "answers are published together: {public}");

    story.moves("drafter", "finish_disposition", &[]).await.refused(
        409,
        "documents_missing",
        "docs_disposition",
    );
    story.uploads("drafter", &["disposition_table", "review_draft"]).await;
    story.moves("drafter", "finish_disposition", &[]).await.done();
    let then =
        story.then().await.wrote_times(3, "comments_settled").wrote_times(2, "document_uploaded");
    let then = then
        .moved("finish_disposition", "13", "30.60", "30.99")
        .mailed("disposition_published", "visitor member-01");
    drop(then.mailed("disposition_open", "voters"));
    let public = story.get("", &format!("/rounds/{round}/comments")).await.json();
    assert_eq!((&public["total"], &public["items"][0]["disposition"]), (&json!(3), &json!("N")));
    assert!(!public.to_string().contains("读者·演示"), "no names unless asked for: {public}");
    let table = story.get("", &format!("/rounds/{round}/table.csv")).await;
    assert!(table.status == 200 && table.body.contains("不采纳"), "{}", table.body);
}

pub async fn consents(story: &Story) {
    for who in ["chair", "vice"] {
        story.posts(who, &path_of(story, "consents"), json!({ "agreed": true })).await.done();
    }
}

pub async fn the_papers_go_out(story: &mut Story) {
    story.moves("drafter", "submit_for_review", &[]).await.done();
    let then = story.then().await.moved("submit_for_review", "14", "30.99", "40.00");
    drop(then.mailed("review_submitted", "secretariat").mailed("consent_asked", "chair vice"));
    let (soon, day) = (story.day_after(10), story.day_after(45));
    let release =
        [("review_form", "meeting"), ("review_on", day.as_str()), ("place", "演示会议室")];
    story.moves("secretary", "release_papers", &release).await.refused(
        409,
        "consent_missing",
        "docs_release",
    );
    story.posts("member-01", &path_of(story, "consents"), json!({ "agreed": true })).await.refused(
        403,
        "not_yours",
        "",
    );
    consents(story).await;
    let early = [("review_form", "meeting"), ("review_on", soon.as_str())];
    story.moves("secretary", "release_papers", &early).await.refused(
        409,
        "lead_too_short",
        "review_papers_lead",
    );
    story.moves("secretary", "release_papers", &release).await.done();
    let then = story.then().await.wrote_times(2, "consent_given");
    drop(
        then.moved("release_papers", "15", "40.00", "40.10")
            .mailed("papers_released", "voters non-voters"),
    );
    let body = json!({ "purpose": "review", "form": "meeting", "closes_on": story.day_after(50) });
    story.posts("secretary", &path_of(story, "ballots"), body).await.refused(
        409,
        "lead_running",
        "review_papers_lead",
    );
    let end = story.end_of("papers_lead").await;
    story.until(&end).await;
    let body = json!({ "purpose": "review", "form": "meeting", "closes_on": story.day_after(8) });
    let refused = story.posts("secretary", &path_of(story, "ballots"), body).await;
    refused.refused(409, "documents_missing", "docs_ballot_open");
    story.uploads("secretary", &["review_notice"]).await;
    drop(story.then().await.wrote("document_uploaded"));
}

pub async fn a_review_without_quorum_is_invalid(story: &mut Story) {
    let ballot = opens_ballot(story, "review", "meeting").await;
    let then = story.then().await.moved("open_review", "16", "40.10", "40.20");
    drop(then.mailed("review_opened", "voters non-voters"));
    for voter in ["chair", "vice", "member-01"] {
        story.votes(voter, &ballot, "yes", "").await.done();
    }
    story.moves("secretary", "count_votes", &[]).await.refused(409, "ballot_still_open", "");
    let end = story.end_of("ballot_end").await;
    story.until(&end).await;
    let silent = "member-02 member-03 member-04 member-05 member-06 member-07";
    let then = story.then().await.wrote_times(3, "vote_cast").wrote_times(3, "deadline_passed");
    let then = then
        .moved("count_votes", "17", "40.20", "40.60")
        .mailed("conclusion_to_sign", "chair reviewer");
    drop(then.mailed("ballot_reminder", silent).mailed("quorum_at_risk", "secretariat chair"));
    story.moves("secretary", "pass_review", &[]).await.refused(
        409,
        "review_not_passed",
        "pass_fraction",
    );
    consents(story).await;
    story.moves("secretary", "reconvene", &[("note", "出席人数不足三分之二。")]).await.done();
    let then = story.then().await.wrote_times(2, "consent_given").moved(
        "reconvene",
        "E-4",
        "40.60",
        "40.93",
    );
    drop(then.mailed("review_invalid", "voters drafter officer"));
}

pub async fn the_review_passes(story: &mut Story) {
    let ballot = opens_ballot(story, "review", "meeting").await;
    let then = story.then().await.moved("open_review", "16", "40.93", "40.20");
    drop(then.mailed("review_opened", "voters non-voters"));
    let attendance = format!("/ballots/{ballot}/attendance");
    for member in &VOTERS[..8] {
        let body = json!({ "person": story.cast.id(member).to_string(), "present": true });
        story.posts("secretary", &attendance, body).await.done();
    }
    story.votes("member-06", &ballot, "no", "第6章测量不确定度分量不全。").await.done();
    for voter in &VOTERS[..7] {
        story.votes(voter, &ballot, "yes", "").await.done();
    }
    let tally = story.get("", &format!("/ballots/{ballot}")).await.json()["tally"].clone();
    let counted =
        ["members", "present", "yes", "no"].map(|field| tally[field].as_i64().unwrap_or(-1));
    assert_eq!(counted, [9, 8, 7, 1], "{tally}");
    story.posts("secretary", &format!("/ballots/{ballot}/close"), json!({})).await.done();
    let then = story.then().await.wrote_times(8, "attendance_marked").wrote_times(8, "vote_cast");
    drop(
        then.moved("count_votes", "17", "40.20", "40.60")
            .mailed("conclusion_to_sign", "chair reviewer"),
    );

    let signature = format!("/ballots/{ballot}/signature");
    let text = json!({ "conclusion": "同意通过审定。" });
    story.moves("secretary", "pass_review", &[]).await.refused(409, "not_signed", "");
    story.posts("vice", &signature, text.clone()).await.refused(403, "not_yours", "");
    story.posts("chair", &signature, text.clone()).await.done();
    story.moves("secretary", "pass_review", &[]).await.refused(409, "not_signed", "");
    story.posts("reviewer", &signature, text.clone()).await.done();
    story.posts("chair", &signature, text).await.refused(409, "already_signed", "");
    story.moves("secretary", "pass_review", &[]).await.refused(
        409,
        "documents_missing",
        "docs_conclusion",
    );
    story.uploads("secretary", &["review_conclusion"]).await;
    story.moves("secretary", "pass_review", &[]).await.done();
    let then = story.then().await.wrote_times(2, "conclusion_signed").wrote("document_uploaded");
    drop(
        then.moved("pass_review", "18", "40.60", "40.99")
            .mailed("review_passed", "voters drafter officer"),
    );
}
