//! What arrives at the other end, decoded by hand.

use base64::{Engine, engine::general_purpose::STANDARD};
use quanheng_mail::{
    Delivery, MailError, Transport,
    transport::{Files, Memory, Refused},
};

use crate::{Script, Sink, letter, transport};

/// Joins folded lines and decodes the encoded words of a header.
fn header(letter: &str, name: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let line = head.lines().find(|line| line.starts_with(&format!("{name}:"))).unwrap();
    let mut decoded = String::new();
    let mut rest = &line[name.len() + 1..];
    while let Some(start) = rest.find("=?utf-8?b?") {
        let between = &rest[..start];
        if decoded.is_empty() || !between.trim().is_empty() {
            decoded.push_str(between);
        }
        let word = &rest[start + 10..];
        let end = word.find("?=").unwrap();
        decoded.push_str(std::str::from_utf8(&STANDARD.decode(&word[..end]).unwrap()).unwrap());
        rest = &word[end + 2..];
    }
    (decoded + rest).trim().to_owned()
}

fn body(letter: &str, kind: &str) -> String {
    let part = letter.split(&format!("Content-Type: {kind}; charset=utf-8")).nth(1).unwrap();
    let content = part.split("\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
    assert!(part.contains("Content-Transfer-Encoding: base64"));
    String::from_utf8(STANDARD.decode(content.replace("\r\n", "")).unwrap()).unwrap()
}

#[tokio::test]
async fn chinese_subject_names_and_bodies_arrive_whole() {
    let sink = Sink::start(Script::default()).await;
    let sent = letter("secretary@demo.example");
    transport(&sink.url(), 1).send(&sent).await.unwrap();
    let arrived = sink.only_letter();
    assert_eq!(header(&arrived, "Subject"), sent.subject);
    assert_eq!(header(&arrived, "From"), "权衡 <no-reply@quanheng.example>");
    assert_eq!(header(&arrived, "To"), "秘书长·演示 <secretary@demo.example>");
    assert_eq!(header(&arrived, "Message-ID"), sent.message_id);
    assert_eq!(header(&arrived, "Auto-Submitted"), "auto-generated");
    assert_eq!(body(&arrived, "text/plain").replace("\r\n", "\n"), sent.text);
    assert_eq!(body(&arrived, "text/html"), sent.html);
    let addresses = sink.look(|seen| {
        seen.commands.iter().filter(|line| line.contains('<')).cloned().collect::<Vec<_>>()
    });
    assert_eq!(
        addresses,
        ["MAIL FROM:<no-reply@quanheng.example>", "RCPT TO:<secretary@demo.example>"]
    );
}

#[tokio::test]
async fn f28_a_line_break_reaches_no_server() {
    let sink = Sink::start(Script::default()).await;
    let mut evil = letter("member-07@demo.example");
    evil.subject = "水表\r\nBcc: everybody@demo.example".to_owned();
    let refused = transport(&sink.url(), 1).send(&evil).await.unwrap_err();
    assert!(matches!(refused, MailError::GiveUp { refused: Refused::Letter, .. }));
    assert_eq!(sink.look(|seen| seen.connections), 0);
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_a_server_that_takes_it() {
    let plain = Sink::start(Script::default()).await;
    let refused = transport(&plain.url(), 1).send(&letter("委员@demo.example")).await.unwrap_err();
    assert!(matches!(refused, MailError::GiveUp { refused: Refused::Address, .. }));
    let able = Sink::start(Script { capabilities: &["SMTPUTF8"], ..Script::default() }).await;
    transport(&able.url(), 1).send(&letter("委员@demo.example")).await.unwrap();
}

#[tokio::test]
async fn files_hold_one_letter_each_and_a_repeat_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::Files(Files::new(folder.path().join("mail")).unwrap());
    for _ in 0..2 {
        assert!(matches!(
            transport.send(&letter("member-07@demo.example")).await,
            Ok(Delivery::Sent { .. })
        ));
    }
    let names: Vec<_> = std::fs::read_dir(folder.path().join("mail"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["01976a00-7d00-7000-8000-00000000a001.eml"]);
    let written = std::fs::read_to_string(folder.path().join("mail").join(&names[0])).unwrap();
    assert_eq!(header(&written, "To"), "秘书长·演示 <member-07@demo.example>");
    std::fs::remove_dir_all(folder.path().join("mail")).unwrap();
    assert!(
        matches!(transport.send(&letter("a@demo.example")).await, Err(MailError::Retry { .. })),
        "a full or missing disk may come back"
    );
}

#[tokio::test]
async fn without_a_way_out_letters_are_kept() {
    assert_eq!(Transport::None.send(&letter("a@demo.example")).await, Ok(Delivery::Kept));
}

#[tokio::test]
async fn memory_remembers_and_fails_as_told() {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    memory.fail_next(MailError::outage("451"));
    assert!(transport.send(&letter("a@demo.example")).await.is_err());
    assert!(transport.send(&letter("a@demo.example")).await.is_ok());
    assert_eq!(memory.sent().len(), 1);
}
