//! From the suggestion of somebody without an account to a complete comment draft.

use crate::cast::{OLD, TITLE};
use crate::visit::Visit;

pub async fn somebody_suggests_a_revision(visit: &mut Visit) {
    visit.is("");
    visit.opens("/");
    visit.opens("/suggest");
    visit.chooses("kind", "revise");
    visit.types("title_zh", TITLE);
    visit.chooses("category", "calibration_specification");
    visit.chooses("level", "national");
    visit.types("specification", "第九号");
    visit.chooses_words("committee", "MTC3");
    visit.types("need", "原规范已使用多年。");
    visit.types("scope", "口径和流速范围扩大。");
    visit.types("suggested_by", "读者·演示");
    visit.types("suggester_address", "visitor@demo.example");
    visit.presses_and("main form", "提交", 422);
    visit.says_in(".faults", "编号");
    visit.types("specification", OLD);
    visit.presses("main form", "提交");
    visit.says("已收到，回执编号");
    let found = visit.story.get("", "/projects").await.json();
    visit.story.follow(found["items"][0]["id"].as_str().expect("the project is listed"));
    let then = visit.story.then().await.moved("suggest", "1", "", "00.00");
    drop(then.mailed("suggestion_received", "visitor secretariat"));

    visit.is("secretary");
    visit.says(TITLE);
    visit.moves("screen", "评估建议", &[]);
    drop(visit.story.then().await.moved("screen", "2", "00.00", "00.20"));
    visit.cannot("take_up", "专家评估表");
    visit.uploads(&["evaluation_sheet"]);
    visit.moves("take_up", "采纳建议", &[("note", "专家评估同意采用。")]);
    let then = visit.story.then().await.wrote("document_uploaded");
    drop(then.moved("take_up", "3", "00.20", "00.99").mailed("suggestion_decided", "visitor"));
    visit.cannot("apply", "表决");
}

pub async fn the_committee_votes_for_the_proposal(visit: &mut Visit) {
    visit.opens_the_project("review");
    visit.unfolds("#ballots details.fold");
    visit.chooses("ballot.purpose", "proposal");
    visit.chooses("ballot.form", "correspondence");
    visit.types("ballot.closes_on", &visit.story.day_after(8));
    visit.presses("#ballots form", "发起表决并通知委员");
    visit.says("表决已发起");
    let ballot = visit.path();
    drop(
        visit.story.then().await.wrote("ballot_opened").mailed("proposal_ballot_opened", "voters"),
    );
    for voter in ["member-01", "member-02", "member-03", "member-04", "vice", "chair"] {
        visit.is(voter);
        visit.follows("main", TITLE);
        assert!(
            visit.path().starts_with(&ballot),
            "the desk leads to the ballot: {}",
            visit.path()
        );
        if voter == "member-01" {
            visit.chooses("vote.choice", "no");
            visit.presses_and("#vote", "投票", 409);
            visit.opens(&ballot);
        }
        visit.chooses("vote.choice", "yes");
        visit.presses("#vote", "投票");
        visit.says("投票已记录");
    }
    drop(visit.story.then().await.wrote_times(6, "vote_cast"));
    let end = visit.story.end_of("ballot_end").await;
    visit.story.until(&end).await;
    let then = visit.story.then().await.wrote_times(3, "deadline_passed").wrote("ballot_closed");
    let then = then.mailed("ballot_reminder", "member-05 member-06 member-07");
    drop(then.mailed("ballot_result", "voters secretariat"));
    visit.is("secretary");
    visit.opens(&ballot);
    visit.says("通过");
    visit.cannot("apply", "项目申报书");
    visit.uploads(&["application", "application_table", "revision_outline"]);
    visit.moves("apply", "报送立项申报", &[]);
    let then = visit.story.then().await.wrote_times(3, "document_uploaded");
    drop(then.moved("apply", "4", "00.99", "10.00").mailed("application_submitted", "officer"));
    visit.cannot("assess", "主管部门");
}

pub async fn the_authority_puts_it_into_the_plan(visit: &mut Visit) {
    visit.is("officer");
    visit.says(TITLE);
    visit.moves("assess", "开始立项评估", &[]);
    drop(visit.story.then().await.moved("assess", "5", "10.00", "10.20"));
    visit.cannot("publicise", "立项评估意见");
    visit.uploads(&["assessment_opinion", "publicity_notice"]);
    visit.moves("publicise", "立项公示", &[]);
    let then = visit.story.then().await.wrote_times(2, "document_uploaded");
    let then = then.moved("publicise", "6", "10.20", "10.30");
    drop(then.mailed("publicity_opened", "secretariat visitor"));
    visit.cannot("include_in_plan", "公示");
    visit.is("");
    visit.opens("/proposals");
    visit.says(TITLE);
    let end = visit.story.end_of("publicity_end").await;
    visit.story.until(&end).await;
    drop(
        visit
            .story
            .then()
            .await
            .wrote("deadline_passed")
            .mailed("publicity_closing", "secretariat"),
    );
    visit.is("officer");
    visit.uploads(&["plan_document", "plan_assignment"]);
    let today = visit.story.today().to_string();
    let plan = [
        ("plan_document", "计量函〔2026〕8号"),
        ("project_number", "MTC3-2026-01"),
        ("plan_on", today.as_str()),
    ];
    visit.moves("include_in_plan", "列入计划", &plan);
    visit.says("MTC3-2026-01");
    let then = visit.story.then().await.wrote_times(2, "document_uploaded");
    drop(
        then.moved("include_in_plan", "7", "10.30", "10.99")
            .mailed("plan_issued", "secretariat voters")
            .mailed("task_book_to_sign", "chair"),
    );
}

pub async fn the_drafter_writes(visit: &mut Visit) {
    visit.is("secretary");
    visit.cannot("start_drafting", "起草人");
    for (role, who) in [("lead_drafter", "drafter"), ("principal_reviewer", "reviewer")] {
        visit.opens_the_project("");
        visit.unfolds("#people details.fold");
        visit.chooses("people.role", role);
        visit.types("people.email", &format!("{who}@demo.example"));
        visit.presses("#people", "指定");
        visit.says("人员已指定");
    }
    visit.uploads(&["drafting_plan"]);
    visit.moves("start_drafting", "启动起草", &[]);
    let then = visit.story.then().await.wrote_times(2, "person_named").wrote("document_uploaded");
    let then = then.mailed("reviewer_assigned", "reviewer");
    drop(then.moved("start_drafting", "8", "10.99", "20.00").mailed("drafting_started", "drafter"));
    visit.is("drafter");
    visit.says(TITLE);
    visit.moves("begin_draft", "开始编写", &[]);
    drop(visit.story.then().await.moved("begin_draft", "9", "20.00", "20.20"));
    visit.cannot("submit_draft", "征求意见稿");
    visit.uploads(&["comment_draft", "drafting_note", "test_report", "uncertainty_report"]);
    visit.moves("submit_draft", "提交征求意见稿", &[]);
    let then = visit.story.then().await.wrote_times(4, "document_uploaded");
    drop(
        then.moved("submit_draft", "10", "20.20", "20.60").mailed("draft_submitted", "secretariat"),
    );
    visit.is("secretary");
    visit.moves("accept_draft", "接收征求意见稿", &[]);
    drop(
        visit
            .story
            .then()
            .await
            .moved("accept_draft", "10", "20.60", "20.99")
            .mailed("draft_accepted", "drafter"),
    );
}
