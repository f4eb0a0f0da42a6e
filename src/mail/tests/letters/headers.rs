//! Headers: automatic, in order, in Chinese, and never more than we mean.

use quanheng_domain::{
    Locale,
    notice::{Audience, NoticeKey},
};
use quanheng_mail::{ComposeError, compose::message_id, message::MessageError};

use crate::{composer, frame, letter, recipient, sample};

fn names(message: &quanheng_mail::Message) -> Vec<&'static str> {
    message.headers.iter().map(|(name, _)| *name).collect()
}

#[test]
fn a_mandatory_letter_is_automatic_listed_and_threaded() {
    let letter = letter(&composer(), NoticeKey::RoundOpened, Locale::Chinese);
    assert_eq!(
        letter.headers,
        [
            ("Auto-Submitted", "auto-generated".to_owned()),
            ("List-Id", "<mtc3.committees.quanheng.example>".to_owned()),
            (
                "In-Reply-To",
                "<01976a00-7d00-7000-8000-000000000162.thread@quanheng.example>".to_owned()
            ),
            (
                "References",
                "<01976a00-7d00-7000-8000-000000000162.thread@quanheng.example>".to_owned()
            ),
        ]
    );
    assert_eq!(letter.message_id, "<01976a00-7d00-7000-8000-00000000a001@quanheng.example>");
    assert!(!letter.text.contains("/settings/mail/stop"), "what must be told cannot be stopped");
}

#[test]
fn only_an_optional_letter_can_be_stopped() {
    let composer = composer();
    let letter = letter(&composer, NoticeKey::CommentDigest, Locale::Chinese);
    let stop = "https://quanheng.example:8443/settings/mail/stop/2w8EXAMPLE";
    assert!(letter.headers.contains(&("List-Unsubscribe", format!("<{stop}>"))));
    assert!(
        letter
            .headers
            .contains(&("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()))
    );
    assert!(letter.text.contains(stop) && letter.html.contains(stop));
    let mut without = recipient(Locale::Chinese, Audience::Drafters);
    without.unsubscribe = None;
    let letter = composer.compose(&sample(NoticeKey::CommentDigest), &without, &frame()).unwrap();
    assert!(!names(&letter).contains(&"List-Unsubscribe"));
    assert!(letter.text.contains("可在“我的设置”中更改"));
}

#[test]
fn who_follows_may_stop_even_what_members_must_be_told() {
    let composer = composer();
    let to = |audience| {
        composer
            .compose(&sample(NoticeKey::Published), &recipient(Locale::Chinese, audience), &frame())
            .unwrap()
    };
    assert!(
        to(Audience::Members).text.contains("不能退订")
            && !names(&to(Audience::Members)).contains(&"List-Unsubscribe")
    );
    assert!(
        !to(Audience::Followers).text.contains("不能退订")
            && names(&to(Audience::Followers)).contains(&"List-Unsubscribe")
    );
}

#[test]
fn a_letter_without_committee_is_tagged_with_the_site() {
    let letter = letter(&composer(), NoticeKey::AccountInvited, Locale::Chinese);
    assert!(letter.subject.starts_with("[权衡] 开通账号 – "), "{}", letter.subject);
    assert!(letter.headers.contains(&("List-Id", "<notices.quanheng.example>".to_owned())));
}

#[test]
fn answers_go_where_somebody_reads_them() {
    let mut read = frame();
    read.reply_to = Some("secretariat@quanheng.example".to_owned());
    let to = recipient(Locale::Chinese, Audience::Members);
    let letter = composer().compose(&sample(NoticeKey::RoundOpened), &to, &read).unwrap();
    let wire = String::from_utf8(letter.to_lettre().unwrap().formatted()).unwrap();
    assert!(wire.contains("\r\nReply-To: secretariat@quanheng.example\r\n"), "{wire}");
    assert!(
        letter.text.contains("直接回复本信（secretariat@quanheng.example）")
            && !letter.text.contains("请勿直接回复")
    );
    read.reply_to = Some("x\r\nBcc: y@demo.example".to_owned());
    assert!(composer().compose(&sample(NoticeKey::RoundOpened), &to, &read).is_err());
}

#[test]
fn a_sub_committee_is_a_list_of_its_own() {
    let mut notice = sample(NoticeKey::RoundOpened);
    notice.facts.committee_code = "MTC1/SC1".to_owned();
    let letter = composer()
        .compose(&notice, &recipient(Locale::Chinese, Audience::Members), &frame())
        .unwrap();
    assert!(
        letter.headers.contains(&("List-Id", "<mtc1-sc1.committees.quanheng.example>".to_owned()))
    );
    assert!(letter.subject.starts_with("[MTC1/SC1] "));
}

#[test]
fn f28_a_line_break_in_a_name_or_title_is_refused() {
    let composer = composer();
    let evil = "水表\r\nBcc: everybody@demo.example";
    let refused = |notice, recipient, frame| match composer.compose(&notice, &recipient, &frame) {
        Err(ComposeError::Message(MessageError::ControlCharacter { field })) => field,
        other => panic!("{other:?}"),
    };
    let to = || recipient(Locale::Chinese, Audience::Members);
    let round = || sample(NoticeKey::RoundOpened);

    let mut notice = round();
    notice.facts.title = evil.to_owned();
    assert_eq!(refused(notice, to(), frame()), "title");
    let mut notice = round();
    notice.facts.draft = Some(evil.to_owned());
    assert_eq!(refused(notice, to(), frame()), "draft");
    let mut notice = round();
    notice.facts.committee_code = evil.to_owned();
    assert_eq!(refused(notice, to(), frame()), "committee code");
    let mut named = to();
    named.name = evil.to_owned();
    assert_eq!(refused(round(), named, frame()), "recipient");
    let mut addressed = to();
    addressed.email = "member-07@demo.example\r\nBcc: x@demo.example".to_owned();
    assert_eq!(refused(round(), addressed, frame()), "recipient");
    let mut sender = frame();
    sender.from.name = evil.to_owned();
    assert_eq!(refused(round(), to(), sender), "sender");
    let mut site = frame();
    site.site = evil.to_owned();
    assert_eq!(refused(round(), to(), site), "site name");
    let mut id = frame();
    id.message_id = "<a@b>\r\nBcc: x@demo.example".to_owned();
    assert_eq!(refused(round(), to(), id), "message id");
}

#[test]
fn a_link_never_leaves_the_site() {
    let composer = composer();
    for path in [
        "//evil.example/x",
        "https://evil.example",
        "projects/1",
        "/\\evil.example",
        "/a b",
        "/a\r\nb",
        "",
    ] {
        let mut notice = sample(NoticeKey::RoundOpened);
        notice.facts.path = path.to_owned();
        let refused =
            composer.compose(&notice, &recipient(Locale::Chinese, Audience::Members), &frame());
        assert!(matches!(refused, Err(ComposeError::Path(_))), "{path:?}");
    }
}

#[test]
fn a_bad_address_is_refused() {
    let mut to = recipient(Locale::Chinese, Audience::Members);
    to.email = "委员".to_owned();
    let refused = composer().compose(&sample(NoticeKey::RoundOpened), &to, &frame());
    assert!(matches!(
        refused,
        Err(ComposeError::Message(MessageError::Address { field: "recipient" }))
    ));
}

#[test]
fn a_long_title_is_cut_in_the_subject_only() {
    let mut notice = sample(NoticeKey::RoundReminder);
    notice.facts.title = "水表".repeat(80);
    for locale in [Locale::Chinese, Locale::English] {
        let letter = composer()
            .compose(&notice, &recipient(locale, Audience::NotYetAnswered), &frame())
            .unwrap();
        assert!(letter.subject.chars().count() < 120, "{}", letter.subject);
        assert!(
            letter.subject.contains('…') && letter.subject.contains("24"),
            "{}",
            letter.subject
        );
        assert!(letter.text.contains(&notice.facts.title));
    }
}

#[test]
fn the_host_of_a_message_id_has_no_port() {
    let mail = "01976a00-7d00-7000-8000-00000000a001".parse().unwrap();
    for (url, host) in [
        ("https://quanheng.example", "quanheng.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]:8000", "[::1]"),
        ("https://a.example/sub/path", "a.example"),
    ] {
        assert_eq!(
            message_id(mail, url),
            format!("<01976a00-7d00-7000-8000-00000000a001@{host}>"),
            "{url}"
        );
    }
}

#[test]
fn the_letter_on_the_wire_has_exactly_the_headers_we_mean() {
    let wire = letter(&composer(), NoticeKey::RoundOpened, Locale::Chinese)
        .to_lettre()
        .unwrap()
        .formatted();
    let wire = String::from_utf8(wire).unwrap();
    let head = wire.split("\r\n\r\n").next().unwrap();
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "From",
            "To",
            "Subject",
            "Message-ID",
            "Date",
            "MIME-Version",
            "Auto-Submitted",
            "List-Id",
            "In-Reply-To",
            "References",
            "Content-Type"
        ]
    );
    assert!(head.is_ascii(), "names and subject are encoded");
}
