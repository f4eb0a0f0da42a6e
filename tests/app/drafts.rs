//! Drafts as clauses: uploaded, typed, corrected, frozen with their round, and told by the API.

use quanheng_actions::document::text::{Reading, keep, kept};
use quanheng_domain::document::DocumentKind;
use quanheng_domain::draft::Fate;
use quanheng_domain::ids::ProjectId;
use quanheng_domain::people::Actor;
use quanheng_domain::stage::Stage;

use crate::committee::Committee;
use crate::world::{Browser, Got};

/// A draft of five clauses.
pub const DRAFT: &str = "1 范围\n本规范适用于质量流量计的校准。\n5 计量特性\n5.1 示值误差\n示值误差不超过±0.2%。\n5.2 重复性\n重复性不超过0.1%。\n";

/// The page of the clauses to which an upload led.
async fn uploaded(all: &Committee, who: &Browser, project: ProjectId, text: &str) -> String {
    let path = format!("/projects/{project}/documents");
    let fields = [("document.kind", "working_draft")];
    let body = text.as_bytes();
    let got = sent(all, who, &path, &fields, ("document.file", "draft.txt", body)).await;
    assert_eq!(got.status, 303, "{}", got.body);
    got.location.unwrap()
}

/// Sends a form in parts with a file under a name.
async fn sent(
    all: &Committee,
    who: &Browser,
    path: &str,
    fields: &[(&str, &str)],
    (field, name, bytes): (&str, &str, &[u8]),
) -> Got {
    all.site.upload_as(who, path, fields, field, (name, bytes)).await
}

/// Sends a form in parts without a file.
async fn parts(all: &Committee, who: &Browser, path: &str, fields: &[(&str, &str)]) -> Got {
    sent(all, who, path, fields, ("nothing", "", b"")).await
}

#[rocket::async_test]
async fn an_uploaded_draft_is_read_by_clause_and_corrected_without_losing_words() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let drafter = all.browser(all.world.drafter);
        let at = uploaded(&all, &drafter, project, DRAFT).await;
        let page = all.site.get(&drafter, &at).await;
        assert_eq!(page.status, 200);
        for part in ["id=\"k-5.1\"", "示值误差不超过±0.2%。", "text/edit?clause&#x3D;5.1"]
        {
            assert!(page.body.contains(part), "{part} is not on {at}");
        }
        // A working draft stays with the committee; a member reads it and corrects nothing.
        assert_eq!(all.site.get(&Browser::new(), &at).await.status, 404);
        let member = all.browser(all.world.members[0]);
        let read = all.site.get(&member, &at).await;
        assert!(read.status == 200 && !read.body.contains("text/edit"), "{}", read.status);

        let edit = format!("{at}/edit");
        let words = "5.1 示值误差\n示值误差不超过±0.15%。\n5.1.1 零点\n零点漂移应予修正。";
        let fields = |version| [("if_version", version), ("clause", "5.1"), ("text", words)];
        let stale = parts(&all, &drafter, &edit, &fields("9")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("零点漂移应予修正。"), "what was typed is gone");
        let empty = [("if_version", "1"), ("clause", ""), ("text", "  ")];
        assert_eq!(parts(&all, &drafter, &edit, &empty).await.status, 422);
        assert_eq!(parts(&all, &member, &edit, &fields("1")).await.status, 403);
        let saved = parts(&all, &drafter, &edit, &fields("1")).await;
        assert_eq!(saved.status, 303, "{}", saved.body);
        let page = all.site.get(&drafter, &at).await;
        assert!(page.body.contains("±0.15%") && page.body.contains("id=\"k-5.1.1\""));
        assert!(page.body.contains("重复性不超过0.1%。"), "another clause was lost");
        let kinds = all.world.event_kinds(project);
        assert!(kinds.ends_with(&[
            "document_uploaded".into(),
            "text_read".into(),
            "text_corrected".into()
        ]));
        let told =
            all.site.get(&drafter, &format!("/api/v1{at}").replace("/text", "/clauses")).await;
        let told = told.json();
        assert_eq!(told["state"], "corrected");
        let keys: Vec<&str> = told["clauses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["key"].as_str().unwrap())
            .collect();
        assert_eq!(keys, ["1", "5", "5.1", "5.1.1", "5.2"]);
    }
}

#[rocket::async_test]
async fn a_typed_draft_has_its_words_as_the_original() {
    let all = &Committee::on_each_backend().await[0];
    let project = all.world.project_at(Stage::Drafting);
    let drafter = all.browser(all.world.drafter);
    let path = format!("/projects/{project}/drafts/new");
    let none = [("kind", ""), ("text", DRAFT)];
    let got = parts(all, &drafter, &path, &none).await;
    assert!(got.status == 422 && got.body.contains("示值误差不超过"), "{}", got.status);
    let fields = [("kind", "working_draft"), ("title", "讨论稿一"), ("text", DRAFT)];
    let got = parts(all, &drafter, &path, &fields).await;
    assert_eq!(got.status, 303, "{}", got.body);
    let at = got.location.unwrap();
    assert!(all.site.get(&drafter, &at).await.body.contains("id=\"k-5.2\""));
    let (status, bytes) = all.site.download(&drafter, at.trim_end_matches("/text")).await;
    assert_eq!((status, String::from_utf8(bytes).unwrap().as_str()), (200, DRAFT.trim_end()));
}

#[rocket::async_test]
async fn what_is_frozen_or_cannot_be_read_says_so() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let drafter = all.browser(all.world.drafter);
        let path = format!("/projects/{project}/documents");
        let fields = [("document.kind", "working_draft")];
        let broken = ("document.file", "draft.pdf", &b"%PDF-1.4\nnothing\n%%EOF\n"[..]);
        let got = sent(&all, &drafter, &path, &fields, broken).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let page = all.site.get(&drafter, &got.location.unwrap()).await;
        assert!(page.body.contains("文件已损坏"), "the reason is not said");

        // The draft of a round is frozen with it.
        let (project, round) = {
            let project = all.world.project_at(Stage::Commenting);
            (project, all.world.round(project))
        };
        let round = all.world.read(|conn| quanheng_db::rounds::find(conn, round)).unwrap();
        let document = round.document_id.unwrap();
        let read = quanheng_text::read_typed(DRAFT);
        all.world
            .write(move |tx| {
                let reading = Reading { document, text: Ok(read.clone()), typed: false };
                keep(tx, &Actor::System, &reading)
            })
            .unwrap();
        let row = all.world.read(|conn| quanheng_db::documents::get(conn, document)).unwrap();
        assert!(row.frozen_at.is_some() && row.kind == DocumentKind::CommentDraft);
        // The walk to the round took longer than a session lasts.
        let drafter = all.browser(all.world.drafter);
        let at = format!("/projects/{project}/documents/{}/text", row.ordinal);
        let page = all.site.get(&drafter, &at).await;
        assert!(page.status == 200 && page.body.contains("已定稿"), "{}", page.status);
        let fields = [("if_version", "1"), ("clause", ""), ("text", "1 范围\n改了。")];
        let got = parts(&all, &drafter, &format!("{at}/edit"), &fields).await;
        assert_eq!(got.status, 409);
        assert!(got.body.contains("改了。"));
        let still = all.world.ask(|conn| kept(conn, document)).unwrap().unwrap();
        assert_eq!(still.text, quanheng_text::read_typed(DRAFT));
    }
}

/// Puts clauses into a document as if its file had been read.
pub fn reads(all: &Committee, document: quanheng_domain::ids::DocumentId, text: &str) {
    let text = quanheng_text::read_typed(text);
    all.world
        .write(move |tx| {
            let reading = Reading { document, text: Ok(text.clone()), typed: false };
            keep(tx, &Actor::System, &reading)
        })
        .unwrap();
}

/// What became of it.
pub const SECOND: &str = "1 范围\n本规范适用于科里奥利质量流量计的校准。\n5 计量特性\n5.1 零点漂移\n零点漂移应予修正。\n5.2 示值误差\n示值误差不超过±0.2%。\n";

#[rocket::async_test]
async fn two_versions_are_compared_and_comments_follow_their_clauses() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Commenting);
        let id = all.world.round(project);
        let round = all.world.read(|conn| quanheng_db::rounds::find(conn, id)).unwrap();
        let draft = round.document_id.unwrap();
        reads(&all, draft, DRAFT);
        let member = all.browser(all.world.members[0]);

        // The reading view has a button at each clause that leads to the form with the clause filled in.
        let view = all.site.get(&member, &format!("/consultations/{id}/text")).await;
        let button = format!("/consultations/{id}?clause&#x3D;5.1#send");
        assert!(view.status == 200 && view.body.contains(&button), "{}", view.status);
        let form = all.site.get(&member, &format!("/consultations/{id}?clause=5.1")).await;
        assert!(form.body.contains("name=\"comments.0.clause\" value=\"5.1\""), "not preset");
        assert!(form.body.contains("示值误差不超过±0.2%。</textarea>"), "no wording to change");

        // A wording left as it is proposes nothing; the place is noted with the words quoted.
        for (clause, proposal) in [("5.1", "示值误差不超过±0.2%。"), ("5.2", "重复性不超过0.05%。")]
        {
            let fields = [
                ("comments.0.clause", clause),
                ("comments.0.kind", "technical"),
                ("comments.0.body", "请说明依据"),
                ("comments.0.proposal", proposal),
                ("comments.0.quote", "不超过"),
            ];
            let path = format!("/consultations/{id}/comments");
            assert_eq!(all.site.post(&member, &path, &fields).await.status, 303);
        }
        let comments = all.world.read(|conn| quanheng_db::rounds::confirmed_comments(conn, id));
        let proposals: Vec<&str> = comments.iter().map(|row| row.proposal.as_str()).collect();
        assert_eq!(proposals, ["", "重复性不超过0.05%。"]);
        let place = |at: usize, document| {
            let id = comments[at].id;
            all.world.read(|conn| quanheng_db::clauses::place(conn, id, document)).unwrap()
        };
        for (at, key) in ["5.1", "5.2"].into_iter().enumerate() {
            let place = place(at, draft);
            assert_eq!((place.clause_key.as_str(), place.quote.as_str()), (key, "不超过"));
        }

        // The next version: what moved is followed, what is gone is said to be gone, and nothing moves without a word.
        all.world.document(project, DocumentKind::ReviewDraft);
        let second = all
            .world
            .read(|conn| quanheng_db::documents::newest(conn, project, DocumentKind::ReviewDraft));
        let second = second.unwrap();
        reads(&all, second.id, SECOND);
        let moved = place(0, second.id);
        assert_eq!((moved.clause_key.as_str(), moved.fate), ("5.2", Fate::Moved));
        let gone = place(1, second.id);
        assert!(gone.clause_key.is_empty(), "{gone:?}");
        assert!(matches!(gone.fate, Fate::Removed | Fate::Ask), "{gone:?}");

        let drafter = all.browser(all.world.drafter);
        let page = all.site.get(&drafter, &format!("/consultations/{id}/places")).await;
        assert!(page.status == 200 && page.body.contains("已移动"), "{}", page.status);
        assert_eq!(all.site.get(&member, &format!("/consultations/{id}/places")).await.status, 403);
        let path = format!("/consultations/{id}/places/{}", comments[1].id);
        let document = second.id.to_string();
        let fields = [("document", document.as_str()), ("other", "5")];
        assert_eq!(all.site.post(&drafter, &path, &fields).await.status, 303);
        let decided = place(1, second.id);
        assert_eq!(
            (decided.clause_key.as_str(), decided.decided_by),
            ("5", Some(all.world.drafter))
        );

        let row = all.world.read(|conn| quanheng_db::documents::get(conn, draft)).unwrap();
        let here = format!("/projects/{project}/documents/{}", row.ordinal);
        let compare = format!("{here}/compare/{}", second.ordinal);
        for path in [compare.clone(), format!("{compare}?view=inline")] {
            let page = all.site.get(&member, &path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.body.contains("<ins>科里奥利</ins>"), "no insertion on {path}");
        }
        let api = all.site.get(&member, &format!("/api/v1{here}/diff/{}", second.ordinal)).await;
        assert!(api.json()["clauses"].as_array().unwrap().len() >= 5);
        let at = format!("/projects/{project}/documents/{}/history?clause=5.2", second.ordinal);
        let why = all.site.get(&member, &at).await;
        assert!(why.status == 200 && why.body.contains("请说明依据"), "{}", why.status);
        assert!(all.world.event_kinds(project).contains(&"comments_followed".to_owned()));
    }
}
