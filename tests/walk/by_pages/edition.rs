//! Dossier, number, publication, force, re-examination, abolition.

use crate::cast::OLD;
use crate::visit::Visit;

const NEW: &str = "JJF 9003-2026";

pub async fn the_dossier_comes_back_once(visit: &mut Visit) {
    visit.cannot("submit_dossier", "报批稿");
    let papers = [
        "approval_letter",
        "approval_form",
        "approval_draft",
        "ballot_papers",
        "sign_in_sheet",
        "chair_consent",
        "replacement_list",
        "training_plan",
    ];
    visit.uploads(&papers);
    visit.moves("submit_dossier", "报批", &[]);
    let then = visit.story.then().await.wrote_times(papers.len(), "document_uploaded");
    drop(
        then.moved("submit_dossier", "19", "40.99", "50.00")
            .mailed("dossier_submitted", "officer drafter chair"),
    );
    visit.is("officer");
    visit.moves("return_dossier", "退回报批材料", &[("note", "报批表缺少盖章页。")]);
    let then = visit.story.then().await.moved("return_dossier", "E-6", "50.00", "50.92");
    drop(then.mailed("dossier_returned", "secretariat drafter chair"));
    visit.is("secretary");
    visit.moves("resubmit_dossier", "补正后重新报批", &[("note", "已补盖章页。")]);
    let then = visit.story.then().await.moved("resubmit_dossier", "E-6", "50.92", "50.00");
    drop(then.mailed("dossier_submitted", "officer drafter chair"));
    visit.is("officer");
    visit.moves("check_dossier", "审查报批材料", &[]);
    drop(visit.story.then().await.moved("check_dossier", "20", "50.00", "50.20"));
    visit.uploads(&["approval_document"]);
    visit.moves("approve", "批准", &[("approval_document", "计量批〔2026〕3号")]);
    let then = visit
        .story
        .then()
        .await
        .wrote("document_uploaded")
        .moved("approve", "21", "50.20", "50.99");
    drop(then.mailed("dossier_approved", "secretariat drafter chair"));
}

pub async fn the_text_is_numbered_and_published(visit: &mut Visit) {
    visit.moves("assign_number", "编号", &[("specification_number", NEW)]);
    drop(visit.story.then().await.moved("assign_number", "22", "50.99", "60.00"));
    visit.uploads(&["announcement", "published_text"]);
    // Force begins weeks after the last day of the committee's report, so that a day more or less on the way changes no mail.
    let (today, day) = (visit.story.today().to_string(), visit.story.day_after(240));
    let publish = [
        ("announcement", "2026年第9号"),
        ("issued_on", today.as_str()),
        ("effective_on", day.as_str()),
    ];
    visit.moves("publish", "发布", &publish);
    let then = visit
        .story
        .then()
        .await
        .wrote_times(2, "document_uploaded")
        .moved("publish", "23", "60.00", "60.60");
    drop(then.mailed("published", "drafter voters non-voters secretariat"));
    let new = visit.story.get("", "/specifications/JJF%209003-2026").await.json();
    let old = visit.story.get("", "/specifications/JJF%209003-2012").await.json();
    for edition in [&new, &old] {
        visit.story.watch(edition["id"].as_str().expect("an identity"));
    }
    drop(visit.story.then().await.wrote("imported").wrote("published"));
    visit.is("");
    visit.opens("/announcements");
    visit.says("2026年第9号");
    visit.opens("/specifications/JJF%209003-2026");
    visit.says("即将实施");
}

pub async fn force_begins_on_its_day(visit: &mut Visit) {
    let new = visit.story.get("", "/specifications/JJF%209003-2026").await.json();
    visit.story.until_day(new["effective_on"].as_str().expect("a day")).await;
    let then = visit
        .story
        .then()
        .await
        .stage("60.60")
        .wrote("deadline_passed")
        .wrote("in_force")
        .wrote("replaced");
    // January came, and nobody handed the committee's annual report in.
    let then = then
        .mailed("report_due", "secretariat chair")
        .mailed("report_late", "secretariat chair officer");
    drop(then.mailed("in_force", "secretariat").mailed("superseded", "secretariat"));
    visit.opens("/specifications/JJF%209003-2026");
    visit.says("现行");
    visit.says(OLD);
    visit.opens("/specifications/JJF%209003-2012");
    visit.says("被代替");
}

pub async fn five_years_later_it_is_abolished(visit: &mut Visit) {
    let due = visit.story.today() + chrono::Months::new(60);
    visit.story.until_day(&due.to_string()).await;
    let then =
        visit.story.then().await.wrote_times(2, "deadline_passed").wrote("reexamination_opened");
    let then = then
        .mailed("evaluation_due", "secretariat")
        .mailed("reexamination_due", "secretariat officer");
    let then = then
        .mailed("renewal_open", "secretariat")
        .mailed("term_ending", "secretariat voters officer");
    let then = then
        .mailed("report_due", "secretariat chair")
        .mailed("report_late", "secretariat chair officer");
    drop(then.mailed("reexamination_opened", "voters non-voters"));
    let open = visit.story.get("", "/projects?stage=90.20").await.json();
    visit.story.follow(open["items"][0]["id"].as_str().expect("the case is listed"));
    drop(visit.story.then().await.wrote("suggest").stage("90.20"));
    visit.is("secretary");
    visit.cannot("conclude_reexamination", "表决");
    visit.opens_the_project("review");
    visit.unfolds("#ballots details.fold");
    visit.chooses("ballot.purpose", "reexamination");
    visit.chooses("ballot.form", "correspondence");
    visit.types("ballot.closes_on", &visit.story.day_after(8));
    visit.presses("#ballots form", "发起表决并通知委员");
    let ballot = visit.path();
    drop(
        visit
            .story
            .then()
            .await
            .wrote("ballot_opened")
            .mailed("reexamination_ballot_opened", "voters non-voters"),
    );
    for voter in ["member-01", "member-02", "member-03", "member-04", "vice", "chair"] {
        visit.is(voter);
        visit.opens(&ballot);
        visit.chooses("vote.choice", "yes");
        visit.presses("#vote", "投票");
    }
    let end = visit.story.end_of("ballot_end").await;
    visit.story.until(&end).await;
    let then =
        visit.story.then().await.wrote_times(6, "vote_cast").wrote_times(3, "deadline_passed");
    let then =
        then.wrote("ballot_closed").mailed("ballot_reminder", "member-05 member-06 member-07");
    drop(then.mailed("ballot_result", "voters secretariat"));
    visit.is("secretary");
    visit.uploads(&["reexamination_form"]);
    visit.moves(
        "conclude_reexamination",
        "作出复审结论",
        &[("result", "abolish"), ("note", "已无在用器具。")],
    );
    let then = visit.story.then().await.wrote("document_uploaded");
    drop(then.moved("conclude_reexamination", "28", "90.20", "90.60"));
    visit.is("officer");
    visit.moves("propose_abolition", "提出废止", &[("note", "已无在用器具。")]);
    let then = visit.story.then().await.moved("propose_abolition", "31", "90.60", "90.99");
    drop(then.mailed("reexamination_result", "voters officer"));
    visit.moves("open_abolition", "废止征求意见", &[("note", "公开征求意见。")]);
    let then = visit.story.then().await.moved("open_abolition", "31", "90.99", "95.20");
    drop(then.mailed("abolition_opened", "voters"));
    visit.cannot("abolish", "征求意见");
    let end = visit.story.end_of("abolition_end").await;
    visit.story.until(&end).await;
    let then = visit.story.then().await.wrote("hearing_closed");
    drop(then.mailed("round_closed", "secretariat"));
    visit.is("officer");
    visit.cannot("abolish", "执法部门意见");
    visit.uploads(&["enforcement_opinion"]);
    let day = visit.story.today().succ_opt().expect("a day").to_string();
    visit.moves(
        "abolish",
        "废止",
        &[("announcement", "2032年第2号"), ("effective_on", day.as_str()), ("note", "无异议。")],
    );
    let then = visit.story.then().await.wrote("document_uploaded");
    let then = then.moved("abolish", "32", "95.20", "95.99").wrote("abolished");
    drop(then.mailed("abolished", "voters secretariat"));
    visit.story.until_day(&day).await;
    visit.is("");
    visit.opens("/specifications/JJF%209003-2026");
    visit.says("废止");
}
