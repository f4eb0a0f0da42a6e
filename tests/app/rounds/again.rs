//! What a round shows once it is over: what was said and done, the next round beside it, the revision note, the letter.

use std::io::{Cursor, Read};

use quanheng_actions::round::{Dispose, Ruling, dispose};
use quanheng_db::documents;
use quanheng_domain::{
    comment::Disposition,
    document::DocumentKind,
    ids::{CommentId, DocumentId, RoundId},
    lifecycle::{Field, Move},
    records::Visibility,
    stage::Stage,
};

use super::{running, sent};
use crate::{
    committee::Committee,
    drafts::{DRAFT, SECOND, reads},
    world::Browser,
};

fn settled(all: &Committee, comment: CommentId, code: Disposition, reason: &str) {
    let ruling =
        Ruling { code, reason: reason.into(), text_changed: Some(true), duplicate_of: None };
    let command = Dispose { comment, ruling, if_version: None };
    all.world.act(dispose, all.world.drafter, &command).unwrap();
}

fn opened(all: &Committee, id: DocumentId) {
    all.world
        .write(move |tx| {
            let mut row = documents::get(tx.conn(), id)?.unwrap();
            row.visibility = Visibility::Open;
            Ok(documents::save(tx.conn(), &row)?)
        })
        .unwrap();
}

/// The words of a Word document.
fn words(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Two rounds on two drafts, the first published with an accepted and a rejected comment.
fn twice(all: &Committee) -> (RoundId, RoundId) {
    let (project, round) = running(all);
    let draft = round.document_id.unwrap();
    opened(all, draft);
    reads(all, draft, DRAFT);
    let one = sent(all, all.world.members[0], round.id, "1", "建议限定为科里奥利质量流量计");
    let two = sent(all, all.world.members[1], round.id, "5.2", "重复性的限值偏宽");
    all.world.walk(project, Stage::CommentsClosed);
    settled(all, one, Disposition::Accepted, "同意限定范围");
    settled(all, two, Disposition::Rejected, "试验数据不支持");
    all.world.walk(project, Stage::CommentsTreated);
    let reason = [(Field::Note, "技术内容有较大改动".to_owned())];
    all.world.take_with_papers(all.world.secretary, project, Move::CommentAgain, &reason);
    let second = all.world.document(project, DocumentKind::CommentDraft);
    opened(all, second);
    reads(all, second, SECOND);
    all.world.walk(project, Stage::Commenting);
    (round.id, all.world.round(project))
}

#[rocket::async_test]
async fn what_was_said_and_done_is_public_clause_by_clause() {
    for all in Committee::on_each_backend().await {
        let (first, second) = twice(&all);
        let guest = Browser::new();
        let page = all.site.get(&guest, &format!("/consultations/{first}/outcome")).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for part in [
            "建议限定为科里奥利质量流量计",
            "同意限定范围",
            "<ins>科里奥利</ins>",
            "试验数据不支持",
        ] {
            assert!(page.body.contains(part), "{part} is not said: {}", page.body);
        }
        let round = all.site.get(&guest, &format!("/consultations/{first}")).await;
        assert!(round.body.contains(&format!("/consultations/{first}/outcome")));
        let member = all.browser(all.world.members[0]);
        let mine = all.site.get(&member, &format!("/consultations/{first}/mine")).await;
        assert!(mine.body.contains(&format!("/consultations/{first}/outcome")), "no way there");
        // Of the running round nothing is told to those outside.
        let page = all.site.get(&guest, &format!("/consultations/{second}/outcome")).await;
        assert!(page.status == 200 && page.body.contains("处理结果尚未公布"), "{}", page.status);

        let again = sent(&all, all.world.members[2], second, "5.1", "零点漂移没有限值");
        let since = format!("/consultations/{second}/since");
        let page = all.site.get(&member, &since).await;
        for part in ["新提出", "已解决", "未采纳，未再提出", "零点漂移没有限值"]
        {
            assert!(page.body.contains(part), "{part} is not said: {}", page.body);
        }
        let page = all.site.get(&member, &format!("{since}?course=new")).await;
        assert!(page.body.contains("零点漂移没有限值") && !page.body.contains("同意限定范围"));
        let page = all.site.get(&guest, &since).await;
        assert!(page.status == 200 && !page.body.contains("零点漂移没有限值"), "{again}");
        assert_eq!(all.site.get(&guest, &format!("{since}?course=none")).await.status, 400);
        let none = all.site.get(&guest, &format!("/consultations/{first}/since")).await;
        assert_eq!(none.status, 404, "the first round follows none");
    }
}

#[rocket::async_test]
async fn a_revision_note_is_made_finished_by_hand_and_kept() {
    for all in Committee::on_each_backend().await {
        let (first, second) = twice(&all);
        let ordinal = |round| {
            let round = all.world.read(|conn| quanheng_db::rounds::find(conn, round)).unwrap();
            let id = round.document_id.unwrap();
            let row = all.world.read(|conn| documents::get(conn, id)).unwrap();
            (row.project_id, row.ordinal)
        };
        let ((project, from), (_, to)) = (ordinal(first), ordinal(second));
        let note = format!("/projects/{project}/documents/{from}/compare/{to}/note");
        let drafter = all.browser(all.world.drafter);
        let page = all.site.get(&drafter, &note).await;
        assert_eq!(page.status, 200, "{}", page.body);
        for part in [
            "采纳 1 条",
            "不采纳 1 条",
            "第 1 条意见（采纳）：同意限定范围",
            "未采纳的意见及理由",
            "原无此条",
        ] {
            assert!(page.body.contains(part), "{part} is not in the note: {}", page.body);
        }
        let (status, bytes) = all.site.download(&drafter, &format!("{note}/note.txt")).await;
        let text = String::from_utf8(bytes).unwrap();
        assert!(status == 200 && text.contains("试验数据不支持"), "{text}");
        let (status, bytes) = all.site.download(&drafter, &format!("{note}/note.docx")).await;
        let word = words(bytes);
        assert!(status == 200 && word.contains("同意限定范围") && word.contains("w:tbl"));
        assert_eq!(all.site.download(&drafter, &format!("{note}/note.exe")).await.0, 404);

        // Finished by hand and kept as a document; others read and do not keep.
        let whole = format!("{text}\n4 其他\n过渡期一年。\n");
        let fields = [("text", whole.as_str())];
        let member = all.browser(all.world.members[0]);
        let file = ("nothing", ("", &b""[..]));
        let got = all.site.upload_as(&member, &note, &fields, file.0, file.1).await;
        assert_eq!(got.status, 403);
        let empty = [("text", " ")];
        let got = all.site.upload_as(&drafter, &note, &empty, file.0, file.1).await;
        assert_eq!(got.status, 422);
        let got = all.site.upload_as(&drafter, &note, &fields, file.0, file.1).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let kind = DocumentKind::DraftingNote;
        let kept = all.world.read(|conn| documents::newest(conn, project, kind)).unwrap();
        let at = format!("/projects/{project}/documents/{}", kept.ordinal);
        let (status, bytes) = all.site.download(&drafter, &at).await;
        assert!(status == 200 && words(bytes).contains("过渡期一年。"));
    }
}

#[rocket::async_test]
async fn the_letter_names_the_hour_the_draft_and_those_asked() {
    let all = &Committee::on_each_backend().await[0];
    let (_, round) = running(all);
    let secretary = all.browser(all.world.secretary);
    let path = format!("/consultations/{}/letter.docx", round.id);
    let (status, bytes) = all.site.download(&secretary, &path).await;
    assert_eq!(status, 200);
    let text = words(bytes);
    let id = round.document_id.unwrap();
    let draft = all.world.read(|conn| documents::get(conn, id)).unwrap();
    let asked = all.world.read(|conn| quanheng_db::rounds::recipients_of(conn, round.id));
    for part in [draft.sha256.as_str(), "24:00", "意见的函", &asked[0].name] {
        assert!(text.contains(part), "{part} is not in the letter: {text}");
    }
    let member = all.browser(all.world.members[0]);
    assert_eq!(all.site.download(&member, &path).await.0, 403);
}
