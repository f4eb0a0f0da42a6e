//! From the suggestion to a complete comment draft.

use serde_json::json;

use super::acts::*;
use crate::cast::{COMMITTEE, OLD, TITLE};
use crate::story::Story;

pub async fn a_unit_suggests_a_revision(story: &mut Story) {
    let suggestion = json!({
        "kind": "revise", "category": "calibration_specification", "committee": COMMITTEE, "specification": OLD,
        "title_zh": TITLE, "need": "原规范已使用多年。", "scope": "口径和流速范围扩大。",
    });
    story.posts("", "/projects", suggestion.clone()).await.refused(401, "unauthorized", "");
    let nameless = json!({ "category": "calibration_specification", "title_zh": "", "need": "x", "scope": "x" });
    story.posts("clerk", "/projects", nameless).await.wrong_at("title_zh");
    let first =
        story.posts_once("clerk", "/projects", suggestion.clone(), "walk-suggestion").await.done();
    let again = story.posts_once("clerk", "/projects", suggestion, "walk-suggestion").await.done();
    assert_eq!(first, again, "the same key gives the same answer");
    assert_eq!(story.get("", "/projects").await.json()["total"], 1);
    story.follow(first["id"].as_str().expect("an identity"));
    let then = story.then().await.moved("suggest", "1", "", "00.00");
    drop(then.mailed("suggestion_received", "clerk secretariat"));

    story.moves("member-01", "screen", &[]).await.refused(403, "not_yours", "");
    story.moves("secretary", "take_up", &[]).await.refused(409, "not_from_here", "");
    story.moves("secretary", "screen", &[]).await.done();
    drop(story.then().await.moved("screen", "2", "00.00", "00.20"));

    let refused = story.moves("secretary", "take_up", &[]).await;
    refused.refused(409, "documents_missing", "docs_evaluation");
    story.uploads("secretary", &["evaluation_sheet"]).await;
    let lie = story.upload("secretary", "other", "说明.pdf", b"not a pdf").await;
    lie.refused(415, "unfit_file", "");
    story.moves("secretary", "take_up", &[("note", "专家评估同意采用。")]).await.done();
    let then =
        story.then().await.wrote("document_uploaded").moved("take_up", "3", "00.20", "00.99");
    drop(then.mailed("suggestion_decided", "clerk"));
}

pub async fn the_committee_votes_for_the_proposal(story: &mut Story) {
    let refused = story.moves("secretary", "apply", &[]).await;
    refused.refused(409, "proposal_not_voted", "proposal_pass_fraction");
    let ballot = opens_ballot(story, "proposal", "correspondence").await;
    drop(
        story
            .then()
            .await
            .stage("00.99")
            .wrote("ballot_opened")
            .mailed("proposal_ballot_opened", "voters"),
    );

    story.votes("member-01", &ballot, "no", "").await.refused(
        409,
        "reason_required",
        "vote_no_reason_required",
    );
    story.votes("adviser", &ballot, "yes", "").await.refused(
        409,
        "without_vote",
        "non_voters_speak",
    );
    story.votes("officer", &ballot, "yes", "").await.refused(409, "not_on_roll", "");
    story.votes("member-01", &ballot, "no", "与另一项目重复。").await.done();
    for voter in VOTERS {
        story.votes(voter, &ballot, "yes", "").await.done();
    }
    let tally = story.get("secretary", &format!("/ballots/{ballot}")).await.json()["tally"].clone();
    assert_eq!(
        (&tally["members"], &tally["yes"], &tally["passed"]),
        (&json!(9), &json!(9), &json!(true)),
        "{tally}"
    );
    story.posts("secretary", &format!("/ballots/{ballot}/close"), json!({})).await.done();
    let then = story.then().await.wrote_times(10, "vote_cast").wrote("ballot_closed");
    drop(then.mailed("ballot_result", "voters secretariat"));
    story.votes("chair", &ballot, "no", "改变意见。").await.refused(409, "ballot_closed", "");

    let refused = story.moves("secretary", "apply", &[]).await;
    refused.refused(409, "documents_missing", "docs_application");
    story.uploads("secretary", &["application", "application_table", "revision_outline"]).await;
    story.moves("secretary", "apply", &[]).await.done();
    let then = story
        .then()
        .await
        .wrote_times(3, "document_uploaded")
        .moved("apply", "4", "00.99", "10.00");
    drop(then.mailed("application_submitted", "officer"));
}

pub async fn the_authority_puts_it_into_the_plan(story: &mut Story) {
    story.moves("secretary", "assess", &[]).await.refused(403, "not_yours", "");
    story.moves("officer", "assess", &[]).await.done();
    drop(story.then().await.moved("assess", "5", "10.00", "10.20"));
    let refused = story.moves("officer", "publicise", &[]).await;
    refused.refused(409, "documents_missing", "docs_assessment");
    story.uploads("officer", &["assessment_opinion"]).await;
    let refused = story.moves("officer", "publicise", &[]).await;
    refused.refused(409, "documents_missing", "docs_publicity");
    story.uploads("officer", &["publicity_notice"]).await;
    story.moves("officer", "publicise", &[]).await.done();
    let then = story.then().await.wrote_times(2, "document_uploaded");
    let then = then.moved("publicise", "6", "10.20", "10.30");
    drop(then.mailed("publicity_opened", "secretariat clerk"));

    let today = story.today().to_string();
    let plan = |on: &str| {
        vec![
            ("plan_document".to_owned(), "计量函〔2026〕8号".to_owned()),
            ("project_number".to_owned(), "MTC3-2026-01".to_owned()),
            ("plan_on".to_owned(), on.to_owned()),
        ]
    };
    let early = plan(&today);
    let early: Vec<_> =
        early.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    story.moves("officer", "include_in_plan", &early).await.refused(
        409,
        "publicity_running",
        "publicity_days_project",
    );
    let end = story.end_of("publicity_end").await;
    story.until(&end).await;
    drop(story.then().await.wrote("deadline_passed").mailed("publicity_closing", "secretariat"));

    story.uploads("officer", &["plan_document", "plan_assignment"]).await;
    story.moves("officer", "include_in_plan", &early[..1]).await.wrong_at("project_number");
    let today = story.today().to_string();
    let plan = plan(&today);
    let mut plan: Vec<_> =
        plan.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
    plan.push(("if_version", "1"));
    story.moves("officer", "include_in_plan", &plan).await.refused(409, "stale", "");
    story.moves("officer", "include_in_plan", &plan[..3]).await.done();
    let then = story.then().await.wrote_times(2, "document_uploaded");
    drop(
        then.moved("include_in_plan", "7", "10.30", "10.99")
            .mailed("plan_issued", "secretariat voters")
            .mailed("task_book_to_sign", "chair"),
    );
    let project = story.stands().await;
    assert_eq!(project["number"], "MTC3-2026-01");
    assert!(project["due_on"].is_string() && project["overdue"] == false, "{project}");
}

pub async fn names(story: &Story, who: &str, role: &str) {
    let body = json!({ "person": story.cast.id(who).to_string(), "role": role });
    story.posts("secretary", &format!("/projects/{}/people", story.project()), body).await.done();
}

pub async fn the_drafter_writes(story: &mut Story) {
    story.moves("secretary", "start_drafting", &[]).await.refused(409, "drafters_missing", "");
    names(story, "drafter", "lead_drafter").await;
    names(story, "reviewer", "principal_reviewer").await;
    story.uploads("drafter", &["drafting_plan"]).await;
    story.moves("secretary", "start_drafting", &[]).await.done();
    let then = story.then().await.wrote_times(2, "person_named").wrote("document_uploaded");
    let then = then.mailed("reviewer_assigned", "reviewer");
    drop(then.moved("start_drafting", "8", "10.99", "20.00").mailed("drafting_started", "drafter"));
    story.moves("drafter", "begin_draft", &[]).await.done();
    drop(story.then().await.moved("begin_draft", "9", "20.00", "20.20"));

    story.days_pass(60).await;
    story.moves("drafter", "report_progress", &[("note", "试验完成过半。")]).await.done();
    drop(story.then().await.moved("report_progress", "9", "20.20", "20.20"));
    let refused = story.moves("drafter", "submit_draft", &[]).await;
    refused.refused(409, "documents_missing", "docs_comment_draft");
    story
        .uploads(
            "drafter",
            &["comment_draft", "drafting_note", "test_report", "uncertainty_report"],
        )
        .await;
    story.moves("drafter", "submit_draft", &[]).await.done();
    let then = story.then().await.wrote_times(4, "document_uploaded");
    drop(
        then.moved("submit_draft", "10", "20.20", "20.60").mailed("draft_submitted", "secretariat"),
    );
    let list = story.get("", &format!("/projects/{}/documents", story.project())).await.json();
    assert_eq!(list["total"], 0, "a working paper is not public: {list}");
    story.moves("secretary", "accept_draft", &[]).await.done();
    drop(
        story
            .then()
            .await
            .moved("accept_draft", "10", "20.60", "20.99")
            .mailed("draft_accepted", "drafter"),
    );
}
