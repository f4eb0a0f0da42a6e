//! Care of a published text through its page: each form with its change and its refusal.

use quanheng_db::{documents, projects, specifications, surveys};
use quanheng_domain::{document::DocumentKind, ids::SpecificationId, lifecycle::ProjectKind};

use crate::{committee::Committee, world::Browser};

struct Text {
    all: Committee,
    id: SpecificationId,
    path: String,
    secretary: Browser,
    member: Browser,
}

async fn published() -> Vec<Text> {
    let mut texts = Vec::new();
    for all in Committee::on_each_backend().await {
        let id = all.world.edition();
        let row = all.world.read(|conn| specifications::find(conn, id)).unwrap();
        let path = format!("/specifications/{}", row.number_key.replace(' ', "%20"));
        let (secretary, member) =
            (all.browser(all.world.secretary), all.browser(all.world.members[0]));
        texts.push(Text { all, id, path, secretary, member });
    }
    texts
}

#[rocket::async_test]
async fn the_page_of_care_is_for_secretariat_and_officer_and_shown_to_nobody_else() {
    for text in published().await {
        let (site, care) = (&text.all.site, format!("{}/care", text.path));
        let guest = site.get(&Browser::new(), &care).await;
        assert!(guest.status == 303 && guest.location.unwrap().starts_with("/sign-in"));
        let member = site.get(&text.member, &care).await;
        assert_eq!(member.status, 403);
        assert!(member.body.contains("秘书处"), "it says who may: {}", member.body);
        assert!(!site.get(&text.member, &text.path).await.body.contains("/care\""));
        let page = site.get(&text.secretary, &text.path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.body.contains("/care\""), "the way to it");
        let officer = text.all.browser(text.all.world.officer);
        assert_eq!(site.get(&officer, &care).await.status, 200);
        assert_eq!(site.get(&officer, "/specifications/JJG%209999-1999/care").await.status, 404);
        the_cover_and_its_neighbours(&text, &officer).await;
    }
}

/// A survey is begun, answered by its link, and summed up.
async fn a_survey(text: &Text) {
    let (site, guest) = (&text.all.site, Browser::new());
    let asked = format!("{}/surveys", text.path);
    let closed = [("open.closes_on", "2999-01-01"), ("open.invited", "检定站")];
    let back = site.post(&text.secretary, &asked, &closed).await;
    assert!(back.status == 422 && back.body.contains("id=\"e-open.invited\""), "{}", back.body);
    let open = [
        ("open.closes_on", "2999-01-01"),
        ("open.question", "附录 B 是否够用？"),
        ("open.open_link", "true"),
        ("open.invited", "检定站·演示 lab-01@demo.example"),
    ];
    let begun = site.post(&text.secretary, &asked, &open).await;
    assert_eq!(begun.status, 303);
    let survey = begun.location.unwrap().rsplit("survey-").next().unwrap().to_owned();
    let form = format!("/surveys/{survey}");
    assert!(site.get(&guest, &form).await.body.contains("附录 B 是否够用"));
    let answer = [
        ("survey.who", "laboratory"),
        ("survey.degree", "often"),
        ("survey.volume", "120"),
        ("survey.suggestion", "amend"),
    ];
    let back = site.post(&guest, &form, &answer).await;
    assert!(back.status == 422 && back.body.contains("id=\"e-survey.problems\""), "{}", back.body);
    let mut whole = answer.to_vec();
    whole.push(("survey.problems", "6.2 与附录不一致。"));
    assert_eq!(site.post(&guest, &form, &whole).await.status, 303);
    let reminded = site.post(&text.secretary, &format!("{asked}/{survey}/remind"), &[]).await;
    assert_eq!(reminded.status, 303);
    assert_eq!(site.get(&guest, "/surveys/links/guessed").await.status, 404);
    let sums = site.get(&text.secretary, &asked).await.body;
    assert!(sums.contains("lab-01@demo.example"), "{sums}");
    assert!(
        sums.contains("6.2 与附录不一致。") && sums.contains("计量技术机构、实验室 1"),
        "{sums}"
    );
}

/// The pages beside the care of a text: each opens for those it is for, and its form comes back or is taken.
async fn the_cover_and_its_neighbours(text: &Text, officer: &Browser) {
    let (site, guest) = (&text.all.site, Browser::new());
    let cover = format!("{}/cover", text.path);
    assert_eq!(site.get(&text.member, &cover).await.status, 403);
    let wrong = [("cover.ics", "17.6"), ("cover.publisher", "计量出版社·演示")];
    let back = site.post(&text.secretary, &cover, &wrong).await;
    assert!(back.status == 422 && back.body.contains("id=\"e-cover.ics\""), "{}", back.body);
    assert!(back.body.contains("计量出版社·演示"), "what was typed is still there");
    let right = [("cover.ics", "17.060"), ("cover.publisher", "计量出版社·演示")];
    assert_eq!(site.post(&text.secretary, &cover, &right).await.status, 303);
    let standard = [
        ("standard.name", "质量流量计检定装置"),
        ("standard.certificate", "[2026]演量标证字第001号"),
        ("standard.keeper", "计量院·演示"),
    ];
    let standards = format!("{}/standards", text.path);
    assert_eq!(site.post(&text.secretary, &standards, &standard).await.status, 303);
    let studies = format!("{}/comparisons", text.path);
    let study = [
        ("begin.source", "OIML R 117-1:2019"),
        ("begin.owner", "计量院·演示"),
        ("begin.due_on", "2999-01-01"),
    ];
    assert_eq!(site.post(&text.secretary, &studies, &study[..2]).await.status, 422);
    assert_eq!(site.post(&text.secretary, &studies, &study).await.status, 303);
    assert_eq!(site.post(officer, "/overlaps/check", &[]).await.status, 303);
    let bare = site.post(officer, "/recognitions", &[("propose.title", "互认")]).await;
    assert!(bare.status == 422 && bare.body.contains("propose.authority"), "{}", bare.body);
    for (path, words) in [
        (text.path.clone(), "17.060"),
        (text.path.clone(), "[2026]演量标证字第001号"),
        (studies, "OIML R 117-1:2019"),
        ("/international".to_owned(), "OIML R 117-1:2019"),
        ("/recognitions".to_owned(), "等效互认"),
        ("/fields".to_owned(), "家里的水表"),
        ("/fields/mechanics".to_owned(), "归口技术委员会"),
        (format!("{}/text?on=2020-01-01", text.path), "2020"),
    ] {
        let page = site.get(&guest, &path).await;
        assert!(page.status == 200 && page.body.contains(words), "{path}: {}", page.body);
    }
    a_survey(text).await;
    assert_eq!(site.get(&guest, "/overlaps").await.status, 303);
    for path in [cover, "/overlaps".to_owned(), "/recognitions".to_owned()] {
        let page = site.get(officer, &path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.body);
    }
}

#[rocket::async_test]
async fn a_training_and_an_evaluation_are_recorded_and_stand_on_the_page() {
    for text in published().await {
        let (site, path) = (&text.all.site, format!("{}/trainings", text.path));
        let form = [
            ("training.held_on", "2999-01-01"),
            ("training.place", "演示培训教室"),
            ("training.people", "many"),
        ];
        let back = site.post(&text.secretary, &path, &form).await;
        assert_eq!(back.status, 422);
        assert!(back.body.contains("id=\"e-training.people\""), "{}", back.body);
        assert!(back.body.contains("演示培训教室"), "what was typed is still there");
        let good = [
            ("training.held_on", "2026-03-01"),
            ("training.place", "演示培训教室"),
            ("training.people", "60"),
        ];
        let mut future = good;
        future[0].1 = "2999-01-01";
        let late = site.post(&text.secretary, &path, &future).await;
        assert!(late.status == 422 && late.body.contains("id=\"e-training.held_on\""));
        assert_eq!(site.post(&text.member, &path, &good).await.status, 403);
        assert_eq!(site.post(&text.secretary, &path, &good).await.status, 303);
        let id = text.id;
        let kept = text.all.world.read(|conn| specifications::trainings_of(conn, id));
        assert_eq!((kept.len(), kept[0].people), (1, 60));

        let path = format!("{}/evaluations", text.path);
        let form = [
            ("evaluation.done_on", "2026-03-01"),
            ("evaluation.method", "问卷调查"),
            ("evaluation.findings", "各单位已按新文本开展工作。"),
        ];
        let back = site.post(&text.secretary, &path, &form).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-evaluation.suggestion\""));
        let mut good = form.to_vec();
        good.push(("evaluation.suggestion", "keep"));
        assert_eq!(site.post(&text.member, &path, &good).await.status, 403);
        assert_eq!(site.post(&text.secretary, &path, &good).await.status, 303);
        let page = site.get(&Browser::new(), &text.path).await.body;
        for said in ["演示培训教室", "问卷调查", "各单位已按新文本开展工作。"]
        {
            assert!(page.contains(said), "{said}");
        }
        the_sheet(&text).await;
    }
}

/// The sheet of an evaluation (FM-20) is for those who keep the text, tells what was answered, and is filed into the project.
async fn the_sheet(text: &Text) {
    a_survey(text).await;
    let (site, id) = (&text.all.site, text.id);
    let survey = text.all.world.read(|conn| surveys::of_edition(conn, id))[0].id.to_string();
    let resting = [
        ("evaluation.done_on", "2026-03-02"),
        ("evaluation.method", "问卷调查和走访"),
        ("evaluation.findings", "限值需要修改。"),
        ("evaluation.suggestion", "amend"),
        ("evaluation.survey", survey.as_str()),
    ];
    let path = format!("{}/evaluations", text.path);
    assert_eq!(site.post(&text.secretary, &path, &resting).await.status, 303);
    let evaluations = text.all.world.read(|conn| specifications::evaluations_of(conn, id));
    let last = evaluations.iter().find(|row| row.findings == "限值需要修改。").unwrap();
    let sheet = format!("{path}/{}", last.id);
    let care = format!("{}/care", text.path);
    let page = site.get(&text.secretary, &care).await.body;
    assert!(page.contains(&last.id.to_string()), "{page}");
    assert_eq!(site.get(&text.member, &sheet).await.status, 403);
    let shown = site.get(&text.secretary, &sheet).await;
    assert_eq!(shown.status, 200);
    for said in
        ["计量技术机构、实验室 1", "6.2 与附录不一致。", "年检定、校准量合计 120", "限值需要修改。"]
    {
        assert!(shown.body.contains(said), "{said}: {}", shown.body);
    }
    assert_eq!(site.get(&text.secretary, &format!("{sheet}.docx")).await.status, 200);
    assert_eq!(site.post(&text.secretary, &sheet, &[]).await.status, 303);
    let page = site.get(&text.secretary, &care).await.body;
    assert!(page.contains("实施效果评估表") && page.contains("docs_effect_evaluation"), "{page}");
    let project = text.all.world.read(|conn| projects::of_specification(conn, id))[0].id;
    let kinds = text.all.world.read(|conn| documents::of_project(conn, project));
    assert!(kinds.iter().any(|row| row.kind == DocumentKind::EffectEvaluation));
}

#[rocket::async_test]
async fn an_early_reexamination_is_opened_with_a_reason_and_only_once() {
    for text in published().await {
        let (site, path) = (&text.all.site, format!("{}/reexaminations", text.path));
        let back = site.post(&text.secretary, &path, &[("early.reason", " ")]).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-early.reason\""));
        let form = [("early.reason", "国际文件已经修订。")];
        assert_eq!(site.post(&text.member, &path, &form).await.status, 403);
        let done = site.post(&text.secretary, &path, &form).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let id = text.id;
        let cases = text.all.world.read(|conn| projects::of_specification(conn, id));
        let case = cases.iter().find(|one| one.kind == ProjectKind::Reexamination).unwrap();
        assert_eq!(done.location.unwrap(), format!("/projects/{}", case.id));
        let again = site.post(&text.secretary, &path, &form).await;
        assert_eq!(again.status, 409);
        assert!(again.body.contains("不再另行启动复审"), "{}", again.body);
        let page = site.get(&text.secretary, &format!("{}/care", text.path)).await.body;
        assert!(!page.contains("early.reason") && page.contains(&format!("/projects/{}", case.id)));
    }
}

#[rocket::async_test]
async fn a_reader_reports_and_the_secretariat_answers_once() {
    for text in published().await {
        let site = &text.all.site;
        let form = [
            ("name", "使用单位·演示"),
            ("contact", "user-01@demo.example"),
            ("clause", "6.2"),
            ("text", "环境温度的要求与附录不一致。"),
        ];
        let path = format!("{}/feedback", text.path);
        let guest = Browser::new();
        let back = site.post(&guest, &path, &[("name", "某单位"), ("contact", "nobody")]).await;
        assert!(back.status == 422 && back.body.contains("id=\"e-contact\""), "{}", back.body);
        assert_eq!(site.post(&guest, &path, &form).await.status, 303);
        let id = text.id;
        let case = text.all.world.read(|conn| specifications::feedback_of(conn, id)).remove(0);
        let page = site.get(&guest, &text.path).await.body;
        assert!(!page.contains("环境温度的要求"), "an unanswered report is not published");
        let page = site.get(&text.secretary, &format!("{}/care", text.path)).await.body;
        assert!(page.contains("环境温度的要求") && page.contains("user-01@demo.example"));

        let path = format!("{}/feedback/{}/answer", text.path, case.id);
        let (answer, outcome) =
            (format!("answer-{}.answer", case.id), format!("answer-{}.outcome", case.id));
        let silent = [(answer.as_str(), ""), (outcome.as_str(), "amendment")];
        let back = site.post(&text.secretary, &path, &silent).await;
        assert!(back.status == 422 && back.body.contains(&format!("id=\"e-{answer}\"")));
        let good = [(answer.as_str(), "附录有误，将出具修改单。"), (outcome.as_str(), "amendment")];
        assert_eq!(site.post(&text.member, &path, &good).await.status, 403);
        assert_eq!(site.post(&text.secretary, &path, &good).await.status, 303);
        let again = site.post(&text.secretary, &path, &good).await;
        assert!(again.status == 409 && again.body.contains("该反馈已经答复"), "{}", again.body);
        let page = site.get(&guest, &text.path).await.body;
        assert!(page.contains("附录有误，将出具修改单。") && page.contains("转修改单"));
        assert!(!page.contains("user-01@demo.example"));
        let letters = site.letters().await;
        assert!(letters.iter().any(|mail| mail.to.email == "user-01@demo.example"));
    }
}
