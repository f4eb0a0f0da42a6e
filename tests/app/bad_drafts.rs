//! Drafts made to harm, locked, without words or far too long, and what comes at the edges of a round: one test a kind.

use std::future::Future;
use std::io::{Cursor, Write};
use std::sync::mpsc;
use std::task::{Context, Waker};

use chrono::TimeDelta;
use quanheng_db::{clauses, documents};
use quanheng_domain::{document::DocumentKind, draft::TextState, ids::ProjectId, stage::Stage};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::committee::Committee;
use crate::drafts::reads;
use crate::rounds::{comments, running, sent};
use crate::world::{Browser, Got};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// A Word document with this main part and further parts.
fn word(before: &str, body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{before}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", document.as_str()),
    ];
    for (name, text) in parts.iter().chain(more) {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// Sends a draft of a kind.
async fn drafted(all: &Committee, project: ProjectId, kind: &str, file: (&str, &[u8])) -> Got {
    let drafter = all.browser(all.world.drafter);
    let path = format!("/projects/{project}/documents");
    let fields = [("document.kind", kind), ("document.note", "第二次修改")];
    all.site.upload_as(&drafter, &path, &fields, "document.file", file).await
}

/// Asserts that a draft is refused with these words, that nothing is kept, and that what was typed comes back.
async fn refused(bytes: Vec<u8>, words: &str) {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let kept = || all.world.read(|conn| documents::of_project(conn, project)).len();
        let before = kept();
        let got = drafted(&all, project, "working_draft", ("draft.docx", &bytes)).await;
        assert!(matches!(got.status, 413 | 415 | 422), "{} {}", got.status, got.body);
        assert!(got.body.contains(words), "{words} is not said: {}", got.body);
        assert!(got.body.contains("第二次修改"), "what was typed is gone");
        assert_eq!(kept(), before);
    }
}

#[rocket::async_test]
async fn a_docx_bomb() {
    let bytes = word("", &" ".repeat(70 << 20), &[]);
    assert!(bytes.len() < 1 << 20);
    refused(bytes, "展开后过大").await;
}

#[rocket::async_test]
async fn a_docx_with_macros() {
    let body = paragraph("1 范围");
    refused(word("", &body, &[("word/vbaProject.bin", "no macro at all")]), "宏").await;
}

#[rocket::async_test]
async fn a_docx_with_external_entities() {
    let entity = "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
    refused(word(entity, "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", &[]), "损坏").await;
}

#[rocket::async_test]
async fn a_docx_with_a_password() {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend([0; 1_024]);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.extend([0; 1_024]);
    refused(bytes, "加密的 Office").await;
}

/// A PDF of two pages without a word.
fn scan() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut bytes = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{at} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = bytes.len();
    bytes.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    bytes.extend(
        format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    bytes
}

#[rocket::async_test]
async fn a_scan_without_text() {
    for all in Committee::on_each_backend().await {
        let project = all.world.project_at(Stage::Drafting);
        let got = drafted(&all, project, "working_draft", ("scan.pdf", &scan())).await;
        assert_eq!(got.status, 303, "{}", got.body);
        let drafter = all.browser(all.world.drafter);
        let page = all.site.get(&drafter, &got.location.unwrap()).await;
        assert!(page.status == 200 && page.body.contains("文字不能识别"), "it is not said so");
        assert!(page.body.contains("页1") && page.body.contains("页2"), "{}", page.body);

        // Comments name the page.
        let (_, round) = running(&all);
        let text = quanheng_text::read_pdf(&scan()).unwrap();
        reads(&all, round.document_id.unwrap(), &quanheng_text::write_typed(&text));
        let member = all.browser(all.world.members[0]);
        let view = all.site.get(&member, &format!("/consultations/{}/text", round.id)).await;
        assert!(view.status == 200 && view.body.contains("页2"), "{}", view.body);
        sent(&all, all.world.members[0], round.id, "页2", "第二页的表格看不清");
        let view = all.site.get(&member, &format!("/consultations/{}/text", round.id)).await;
        assert!(view.body.contains("第二页的表格看不清"));
    }
}

#[rocket::async_test]
async fn a_draft_of_two_thousand_clauses() {
    let all = Committee::on_each_backend().await.swap_remove(0);
    let project = all.world.project_at(Stage::Drafting);
    let text = |words: &str| -> String {
        let part = |n: u32| {
            format!(
                "{n} 第{n}章\n{n}.1 要求\n{words}{n}。\n{n}.2 条件\n温度{n}。\n{n}.3 方法\n读数{n}次。\n"
            )
        };
        (1..=500).map(part).collect()
    };
    let drafter = all.browser(all.world.drafter);
    let mut at = Vec::new();
    for words in ["示值误差不超过", "示值误差不应超过"] {
        let body = text(words);
        let got = drafted(&all, project, "working_draft", ("draft.txt", body.as_bytes())).await;
        assert_eq!(got.status, 303, "{}", got.body);
        at.push(got.location.unwrap());
    }
    let page = all.site.get(&drafter, &at[1]).await;
    assert!(page.status == 200 && page.body.contains("id=\"k-500.3\""), "{}", page.status);
    let rows = all.world.read(|conn| documents::of_project(conn, project));
    let drafts: Vec<_> =
        rows.iter().filter(|row| row.kind == DocumentKind::WorkingDraft).rev().take(2).collect();
    let count = all.world.read(|conn| clauses::of_document(conn, drafts[0].id)).len();
    assert_eq!(count, 2_000);
    let state = all.world.read(|conn| clauses::text(conn, drafts[0].id)).unwrap().state;
    assert_eq!(state, TextState::Read);
    let compare = format!(
        "/projects/{project}/documents/{}/compare/{}",
        drafts[1].ordinal, drafts[0].ordinal
    );
    let page = all.site.get(&drafter, &compare).await;
    let at = page.body.find("<ins").unwrap_or_default();
    let part: String = page.body[at..].chars().take(400).collect();
    assert!(page.status == 200 && page.body.contains("<ins>应</ins>"), "{} {part}", page.status);
}

#[rocket::async_test]
async fn a_draft_replaced_during_an_open_round() {
    for all in Committee::on_each_backend().await {
        let (project, round) = running(&all);
        let before = all.world.read(|conn| documents::of_project(conn, project)).len();
        let file = ("draft.txt", "1 范围\n悄悄改过的范围。\n".as_bytes());
        let got = drafted(&all, project, "comment_draft", file).await;
        assert_eq!(got.status, 409, "{}", got.body);
        assert!(got.body.contains("已定稿") || got.body.contains("不能"), "{}", got.body);
        let rows = all.world.read(|conn| documents::of_project(conn, project));
        assert_eq!(rows.len(), before);
        assert!(rows.iter().any(|row| Some(row.id) == round.document_id));
    }
}

#[rocket::async_test]
async fn the_last_second_of_the_deadline() {
    for all in Committee::on_each_backend().await {
        let (_, round) = running(&all);
        let (one, two) = (all.world.members[0], all.world.members[1]);
        all.world.at(round.closes_at - TimeDelta::microseconds(1));
        sent(&all, one, round.id, "1", "最后一刻的意见");
        let page = all.site.get(&Browser::new(), &format!("/consultations/{}", round.id)).await;
        assert!(page.body.contains("id=\"send\""), "the form is gone before the end");
        all.world.at(round.closes_at);
        sent(&all, two, round.id, "1", "迟到的意见");
        let page = all.site.get(&Browser::new(), &format!("/consultations/{}", round.id)).await;
        assert!(!page.body.contains("id=\"send\""), "the form stands after the end");
        let late: Vec<bool> = comments(&all, round.id).iter().map(|row| row.late).collect();
        assert_eq!(late, [false, true]);
    }
}

#[rocket::async_test]
async fn more_files_to_read_than_may_be_read_at_once() {
    let all = Committee::on_each_backend().await.swap_remove(0);
    let app = all.site.app.clone();
    let most = usize::from(app.settings.limits.heavy_jobs);
    let (started, seen) = mpsc::channel();
    let mut running = Vec::new();
    let mut ends = Vec::new();
    for _ in 0..most {
        let (end, ended) = mpsc::channel::<()>();
        let (app, started) = (app.clone(), started.clone());
        running.push(tokio::spawn(async move {
            let job = move || {
                started.send(()).unwrap();
                ended.recv().is_ok()
            };
            app.heavy(job).await.map(|done| done == Some(true)).unwrap_or_default()
        }));
        ends.push(end);
    }
    let seen = tokio::task::spawn_blocking(move || {
        (0..most).for_each(|_| seen.recv().unwrap());
        seen
    });
    let seen = seen.await.unwrap();
    let mut next = Box::pin(app.heavy(move || started.send(()).unwrap()));
    let mut look = Context::from_waker(Waker::noop());
    assert!(next.as_mut().poll(&mut look).is_pending());
    assert!(seen.try_recv().is_err(), "it began while all places were taken");
    ends.pop().unwrap().send(()).unwrap();
    assert!(next.await.is_ok());
    assert!(seen.try_recv().is_ok());
    for end in ends {
        end.send(()).unwrap();
    }
    for one in running {
        assert!(one.await.unwrap());
    }
}
