//! Public comments, their answers, and the review.

use crate::cast::TITLE;
use crate::visit::Visit;

fn round_of(visit: &Visit) -> String {
    let path = visit.path();
    path.split('/')
        .nth(2)
        .expect("the page of a round")
        .split(['#', '?'])
        .next()
        .expect("an identity")
        .to_owned()
}

pub async fn the_public_comments(visit: &mut Visit) {
    visit.is("secretary");
    visit.cannot("open_comments", "20");
    visit.opens_the_project("comments");
    for n in 1..=7 {
        visit.types(&format!("asked.{}.name", n - 1), &format!("使用单位{n:02}·演示"));
        visit.types(&format!("asked.{}.address", n - 1), &format!("unit-{n:02}@demo.example"));
    }
    visit.presses("#asked form", "保存名单");
    visit.says("名单已保存，共 7 家");
    visit.uploads(&["comment_letter"]);
    let closes = visit.story.day_after(62);
    visit.moves("open_comments", "发出征求意见", &[("closes_on", closes.as_str())]);
    let then = visit.story.then().await.wrote("units_asked").wrote("document_uploaded");
    drop(
        then.moved("open_comments", "11", "20.99", "30.20")
            .mailed("round_opened", "voters non-voters units"),
    );

    visit.is("");
    visit.opens("/consultations");
    visit.follows("main", TITLE);
    visit.types("name", "读者·演示");
    visit.types("contact", "visitor@demo.example");
    visit.types("comments.0.clause", "5.2");
    visit.types("comments.0.body", "流速下限过高。");
    visit.presses("#send", "提交意见");
    visit.says("已收到 1 条意见");
    drop(visit.story.then().await.mailed("comment_confirm", "visitor"));
    visit.follows_the_mail("visitor@demo.example", "/consultations/confirm/", "确认").await;
    visit.says("回执编号");
    drop(visit.story.then().await.wrote("comments_received").mailed("comment_received", "visitor"));
    visit.is("member-01");
    visit.follows("main", TITLE);
    visit.types("comments.0.body", "公式编号有误。");
    visit.presses("#send", "提交意见");
    drop(
        visit.story.then().await.wrote("comments_received").mailed("comment_received", "member-01"),
    );

    visit.is("secretary");
    visit.cannot("close_comments", "系统");
    let end = visit.story.end_of("round_end").await;
    visit.story.until(&end).await;
    let silent = "chair vice member-02 member-03 member-04 member-05 member-06 member-07 non-voters secretariat units";
    let then = visit.story.then().await.wrote_times(4, "deadline_passed");
    let then = then.moved("close_comments", "12", "30.20", "30.60");
    let then = then.mailed("comment_digest", "drafter");
    drop(then.mailed("round_reminder", silent).mailed("round_closed", "drafter secretariat"));
}

pub async fn the_drafter_answers(visit: &mut Visit) {
    visit.is("drafter");
    visit.cannot("finish_disposition", "2");
    visit.opens_the_project("comments");
    visit.follows("#rounds table", "第 1");
    let round = round_of(visit);
    let todo = "main tbody.line.todo";
    for code in ["n", "a"] {
        visit.opens(&format!("/consultations/{round}/desk"));
        visit.unfolds(&format!("{todo} details.fold:not(.aside)"));
        visit.clicks(&format!("{todo} label.code-choice.{code}"));
        if code == "n" {
            visit.types_at(&format!("{todo} textarea[name=reason]"), "试验不支持。");
        }
        visit.presses_the(&format!("{todo} button[data-save]"));
    }
    visit.uploads(&["disposition_table", "review_draft"]);
    visit.moves("finish_disposition", "完成意见处理", &[]);
    let then = visit
        .story
        .then()
        .await
        .wrote_times(2, "comments_settled")
        .wrote_times(2, "document_uploaded");
    let then = then.moved("finish_disposition", "13", "30.60", "30.99");
    drop(
        then.mailed("disposition_published", "visitor member-01")
            .mailed("disposition_open", "voters"),
    );
    visit.is("");
    visit.opens(&format!("/consultations/{round}"));
    visit.says("不采纳");
    visit.says("试验不支持。");
}

pub async fn the_papers_go_out(visit: &mut Visit) {
    visit.is("drafter");
    visit.moves("submit_for_review", "提交报审稿", &[]);
    let then = visit.story.then().await.moved("submit_for_review", "14", "30.99", "40.00");
    drop(then.mailed("review_submitted", "secretariat").mailed("consent_asked", "chair vice"));
    visit.is("secretary");
    visit.cannot("release_papers", "同意");
    for who in ["chair", "vice"] {
        visit.is(who);
        visit.opens_the_project("");
        visit.chooses("consent.agreed", "yes");
        visit.presses("#consents form", "提交意见");
    }
    visit.is("secretary");
    let day = visit.story.day_after(45);
    let release =
        [("review_form", "meeting"), ("review_on", day.as_str()), ("place", "演示会议室")];
    visit.moves("release_papers", "批准送审", &release);
    let then = visit.story.then().await.wrote_times(2, "consent_given");
    drop(
        then.moved("release_papers", "15", "40.00", "40.10")
            .mailed("papers_released", "voters non-voters"),
    );
    visit.cannot("open_review", "材料");
    let end = visit.story.end_of("papers_lead").await;
    visit.story.until(&end).await;
}

pub async fn the_review_passes(visit: &mut Visit) {
    visit.is("secretary");
    let closes = visit.story.day_after(8);
    visit.cannot("open_review", "审定通知");
    visit.uploads(&["review_notice"]);
    visit.moves("open_review", "开始审定", &[("ballot_closes_on", closes.as_str())]);
    let then = visit.story.then().await.wrote("document_uploaded");
    let then = then.moved("open_review", "16", "40.10", "40.20");
    drop(then.mailed("review_opened", "voters non-voters"));
    let mut ballot = String::new();
    for voter in ["member-01", "member-02", "member-03", "member-04", "member-05", "vice", "chair"]
    {
        visit.is(voter);
        visit.follows("main", TITLE);
        ballot = visit.path();
        let choice = if voter == "member-05" { "no" } else { "yes" };
        visit.chooses("vote.choice", choice);
        visit.types("vote.reason", "第6章不确定度分量不全。");
        visit.presses("#vote", "投票");
        visit.says("投票已记录");
    }
    visit.is("secretary");
    visit.opens(&ballot);
    visit.presses("#close", "结束表决并计票");
    let then = visit.story.then().await.wrote_times(7, "vote_cast");
    drop(
        then.moved("count_votes", "17", "40.20", "40.60")
            .mailed("conclusion_to_sign", "chair reviewer"),
    );
    visit.cannot("pass_review", "签");
    visit.is("chair");
    visit.opens(&ballot);
    visit.types("sign.conclusion", "同意通过审定。");
    visit.presses("#sign", "签署结论");
    visit.says("结论已签署");
    visit.is("reviewer");
    visit.opens(&ballot);
    visit.presses("#sign", "以主审人身份签署以上文本");
    visit.says("结论已签署");
    visit.is("secretary");
    visit.uploads(&["review_conclusion"]);
    visit.moves("pass_review", "审定通过", &[]);
    let then =
        visit.story.then().await.wrote_times(2, "conclusion_signed").wrote("document_uploaded");
    drop(
        then.moved("pass_review", "18", "40.60", "40.99")
            .mailed("review_passed", "voters drafter officer"),
    );
}
