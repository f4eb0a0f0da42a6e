//! Dossier, number, publication, force, two re-examinations, abolition.

use serde_json::{Value, json};

use super::acts::*;
use crate::cast::OLD;
use crate::story::Story;

pub const NEW: &str = "JJF 9003-2026";

pub async fn the_dossier_comes_back_once(story: &mut Story) {
    story.moves("secretary", "submit_dossier", &[]).await.refused(
        409,
        "documents_missing",
        "docs_dossier",
    );
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
    story.uploads("secretary", &papers).await;
    story.moves("secretary", "submit_dossier", &[]).await.done();
    let then = story.then().await.wrote_times(papers.len(), "document_uploaded");
    drop(
        then.moved("submit_dossier", "19", "40.99", "50.00")
            .mailed("dossier_submitted", "officer drafter chair"),
    );
    story.moves("officer", "return_dossier", &[]).await.wrong_at("note");
    story.moves("officer", "return_dossier", &[("note", "报批表缺少盖章页。")]).await.done();
    let then = story.then().await.moved("return_dossier", "E-6", "50.00", "50.92");
    drop(then.mailed("dossier_returned", "secretariat drafter chair"));
    story.moves("secretary", "resubmit_dossier", &[("note", "已补盖章页。")]).await.done();
    let then = story.then().await.moved("resubmit_dossier", "E-6", "50.92", "50.00");
    drop(then.mailed("dossier_submitted", "officer drafter chair"));
    story.moves("officer", "check_dossier", &[]).await.done();
    drop(story.then().await.moved("check_dossier", "20", "50.00", "50.20"));
    let approval = [("approval_document", "计量批〔2026〕3号")];
    story.moves("officer", "approve", &approval).await.refused(
        409,
        "documents_missing",
        "docs_approval",
    );
    story.uploads("officer", &["approval_document"]).await;
    story.moves("officer", "approve", &approval).await.done();
    let then =
        story.then().await.wrote("document_uploaded").moved("approve", "21", "50.20", "50.99");
    drop(then.mailed("dossier_approved", "secretariat drafter chair"));
}

pub async fn validity(story: &Story, number: &str, on: &str) -> Value {
    let number = number.replace(' ', "%20");
    let got = story.get("", &format!("/specifications/{number}?on={on}")).await;
    assert_eq!(got.status, 200, "{}", got.body);
    got.json()
}

pub async fn the_text_is_numbered_and_published(story: &mut Story) {
    story.moves("officer", "assign_number", &[("specification_number", OLD)]).await.refused(
        409,
        "number_taken",
        "",
    );
    story
        .moves("officer", "assign_number", &[("specification_number", "第九号")])
        .await
        .wrong_at("specification_number");
    // Full width and a long dash, as people type it.
    story
        .moves("officer", "assign_number", &[("specification_number", "ＪＪＦ ９００３—２０２６")])
        .await
        .done();
    drop(story.then().await.moved("assign_number", "22", "50.99", "60.00"));
    let (today, soon, day) = (story.today().to_string(), story.day_after(20), story.day_after(190));
    let publish = [
        ("announcement", "2026年第9号"),
        ("issued_on", today.as_str()),
        ("effective_on", day.as_str()),
    ];
    let too_soon = [publish[0], publish[1], ("effective_on", soon.as_str())];
    story.moves("officer", "publish", &too_soon).await.refused(
        409,
        "force_too_soon",
        "force_lead_min",
    );
    story.moves("officer", "publish", &publish).await.refused(
        409,
        "documents_missing",
        "docs_publication",
    );
    story.uploads("officer", &["announcement", "published_text"]).await;
    story.moves("officer", "publish", &publish).await.done();
    let then = story
        .then()
        .await
        .wrote_times(2, "document_uploaded")
        .moved("publish", "23", "60.00", "60.60");
    drop(then.mailed("published", "drafter voters non-voters secretariat"));
    let new = story.get("", "/specifications/JJF%209003-2026").await.json();
    let old = story.get("", "/specifications/JJF%209003-2012").await.json();
    assert_eq!(
        (&new["status"], &old["status"]),
        (&json!("pending"), &json!("in_force")),
        "{new} {old}"
    );
    for edition in [&new, &old] {
        story.watch(edition["id"].as_str().expect("an identity"));
    }
    drop(story.then().await.wrote("imported").wrote("published"));
}

pub async fn force_begins_on_its_day(story: &mut Story) {
    let new = story.get("", "/specifications/JJF%209003-2026").await.json();
    let day = new["effective_on"].as_str().expect("a day").to_owned();
    let eve =
        day.parse::<chrono::NaiveDate>().expect("a day").pred_opt().expect("a day").to_string();
    story.until_day(&day).await;
    let then = story
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
    for (on, new, old) in [(&eve, "pending", "in_force"), (&day, "in_force", "replaced")] {
        assert_eq!(validity(story, NEW, on).await["status"], new, "{NEW} on {on}");
        assert_eq!(validity(story, OLD, on).await["status"], old, "{OLD} on {on}");
    }
}

/// The clock opens the case on the day; the committee hears the users and votes on a result.
pub async fn reexamination(story: &mut Story, result: &str) {
    let open = story.get("", "/projects?stage=90.20").await.json();
    assert_eq!(open["total"], 1, "{open}");
    let case = open["items"][0]["id"].as_str().expect("an identity").to_owned();
    story.follow(&case);
    drop(story.then().await.wrote("suggest").stage("90.20"));
    let fields = [("result", result), ("note", "使用单位普遍反映仍适用。")];
    let refused = story.moves("secretary", "conclude_reexamination", &fields).await;
    refused.refused(409, "reexamination_not_voted", "reexam_pass_fraction");

    let round = opens_round(story, 30).await.done()["id"].as_str().expect("an identity").to_owned();
    drop(story.then().await.wrote("round_opened").mailed("round_opened", "voters non-voters"));
    let remark = json!({ "comments": [{ "text": "第4章仍然适用。" }] });
    story.posts("unit", &format!("/rounds/{round}/comments"), remark).await.done();
    drop(story.then().await.wrote("comments_received").mailed("comment_received", "unit"));
    let end = story.end_of("round_end").await;
    story.until(&end).await;
    drop(story.then().await.wrote("hearing_closed").mailed("round_closed", "secretariat"));
    let publication = format!("/rounds/{round}/publication");
    story.posts("secretary", &publication, json!({})).await.refused(409, "comments_open", "");
    let comments = story.get("secretary", &format!("/rounds/{round}/comments")).await.json();
    let id = comments["items"][0]["id"].as_str().expect("an identity").to_owned();
    story
        .puts("secretary", &format!("/comments/{id}/disposition"), json!({ "code": "A" }))
        .await
        .done();
    story.posts("secretary", &publication, json!({})).await.done();
    let then = story.then().await.wrote("comments_settled").wrote("answers_published");
    drop(then.mailed("disposition_published", "unit").mailed("disposition_open", "voters"));

    let ballot = opens_ballot(story, "reexamination", "correspondence").await;
    drop(
        story
            .then()
            .await
            .wrote("ballot_opened")
            .mailed("reexamination_ballot_opened", "voters non-voters"),
    );
    for voter in VOTERS {
        story.votes(voter, &ballot, "yes", "").await.done();
    }
    story.posts("secretary", &format!("/ballots/{ballot}/close"), json!({})).await.done();
    let then = story.then().await.wrote_times(9, "vote_cast").wrote("ballot_closed");
    drop(then.mailed("ballot_result", "voters secretariat"));
    story.uploads("secretary", &["reexamination_form"]).await;
    story.moves("secretary", "conclude_reexamination", &fields).await.done();
    let then = story.then().await.wrote("document_uploaded");
    drop(then.moved("conclude_reexamination", "28", "90.20", "90.60"));
}

pub async fn five_years_later_it_is_confirmed(story: &mut Story) {
    let force: chrono::NaiveDate =
        validity(story, NEW, &story.today().to_string()).await["effective_on"]
            .as_str()
            .expect("a day")
            .parse()
            .expect("a day");
    let due = force + chrono::Months::new(60);
    story.until_day(&due.to_string()).await;
    let then = story.then().await.wrote_times(2, "deadline_passed").wrote("reexamination_opened");
    let then = then
        .mailed("evaluation_due", "secretariat")
        .mailed("reexamination_due", "secretariat officer");
    // The committee's term of four years ended on the way, and every January its report was due.
    let then = then
        .mailed("report_due", "secretariat chair")
        .mailed("report_late", "secretariat chair officer");
    let then = then
        .mailed("renewal_open", "secretariat")
        .mailed("term_ending", "secretariat voters officer");
    drop(then.mailed("reexamination_opened", "voters non-voters"));
    reexamination(story, "confirmed").await;
    story.moves("officer", "propose_abolition", &[]).await.refused(409, "other_result", "");
    story.moves("officer", "confirm", &[("note", "继续有效。")]).await.done();
    let then = story.then().await.moved("confirm", "29", "90.60", "90.93").wrote("confirmed");
    drop(then.mailed("reexamination_result", "voters officer"));
    assert_eq!(validity(story, NEW, &story.today().to_string()).await["status"], "in_force");
}

pub async fn another_five_years_later_it_is_abolished(story: &mut Story) {
    let due = story.today() + chrono::Months::new(60);
    story.until_day(&due.to_string()).await;
    let then = story.then().await.wrote("deadline_passed").wrote("reexamination_opened");
    let then = then.mailed("reexamination_due", "secretariat officer");
    let then = then
        .mailed("report_due", "secretariat chair")
        .mailed("report_late", "secretariat chair officer");
    drop(then.mailed("reexamination_opened", "voters non-voters"));
    reexamination(story, "abolish").await;
    story.moves("officer", "propose_abolition", &[("note", "已无在用器具。")]).await.done();
    let then = story.then().await.moved("propose_abolition", "31", "90.60", "90.99");
    drop(then.mailed("reexamination_result", "voters officer"));
    story.moves("officer", "open_abolition", &[("note", "公开征求意见。")]).await.done();
    let then = story.then().await.moved("open_abolition", "31", "90.99", "95.20");
    drop(then.mailed("abolition_opened", "voters"));
    let day = story.day_after(40);
    let abolish =
        [("announcement", "2037年第2号"), ("effective_on", day.as_str()), ("note", "无异议。")];
    story.moves("officer", "abolish", &abolish).await.refused(
        409,
        "abolition_still_open",
        "abolition_comment_days",
    );
    let end = story.end_of("abolition_end").await;
    story.until(&end).await;
    drop(story.then().await.wrote("hearing_closed").mailed("round_closed", "secretariat"));
    story.moves("secretary", "abolish", &abolish).await.refused(403, "not_yours", "");
    let refused = story.moves("officer", "abolish", &abolish).await;
    refused.refused(409, "documents_missing", "docs_abolition");
    story.uploads("officer", &["enforcement_opinion"]).await;
    story.moves("officer", "abolish", &abolish).await.done();
    let then = story.then().await.wrote("document_uploaded");
    let then = then.moved("abolish", "32", "95.20", "95.99").wrote("abolished");
    drop(then.mailed("abolished", "voters secretariat"));
    let eve =
        day.parse::<chrono::NaiveDate>().expect("a day").pred_opt().expect("a day").to_string();
    assert_eq!(validity(story, NEW, &eve).await["status"], "in_force");
    assert_eq!(validity(story, NEW, &day).await["status"], "abolished");
    story.moves("officer", "abolish", &abolish).await.refused(409, "not_from_here", "");
}
