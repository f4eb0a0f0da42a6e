//! What every letter must say, whatever its notice.

use std::collections::BTreeSet;

use chrono_tz::Asia::Shanghai;
use quanheng_domain::{
    Keyed, Locale,
    notice::{Audience, Count, NoticeFacts, NoticeItem, NoticeKey},
    people::Role,
    slip::SlipAct,
};
use quanheng_mail::{ComposeError, Composer};

use crate::{composer, frame, letter, recipient, sample, words};

#[test]
fn every_notice_speaks_both_languages_to_every_audience() {
    let composer = composer();
    let words = words();
    for key in NoticeKey::ALL.iter().copied() {
        for locale in Locale::ALL.iter().copied() {
            for audience in key.row().audience.iter().copied() {
                let notice = sample(key);
                let letter = composer
                    .compose(&notice, &recipient(locale, audience), &frame())
                    .unwrap_or_else(|error| panic!("{key} in {locale} to {audience}: {error}"));
                let first = letter.text.lines().next().unwrap();
                for (what, expected) in [
                    (
                        "time limit",
                        notice.facts.due.map(|at| words.deadline_end(locale, Shanghai, at)),
                    ),
                    ("day", notice.facts.date.map(|day| words.date(locale, day))),
                    (
                        "title",
                        (!notice.facts.committee.is_empty()).then(|| notice.facts.title.clone()),
                    ),
                ] {
                    let Some(expected) = expected else { continue };
                    assert!(
                        first.contains(&expected),
                        "{key} in {locale} to {audience}: the first line lacks the {what}: {first}"
                    );
                }
                for mark in ["⟦", "{", "}", "$", "&quot;", "&amp;"] {
                    assert!(
                        !letter.text.contains(mark),
                        "{key} in {locale}: {mark} in\n{}",
                        letter.text
                    );
                    assert!(
                        !letter.subject.contains(mark),
                        "{key} in {locale}: {mark} in {}",
                        letter.subject
                    );
                }
                assert!(
                    !letter.subject.contains('\n') && letter.subject.chars().count() < 120,
                    "{}",
                    letter.subject
                );
            }
        }
    }
}

#[test]
fn the_link_comes_second_and_the_html_says_the_same() {
    let composer = composer();
    for key in NoticeKey::ALL.iter().copied() {
        for locale in Locale::ALL.iter().copied() {
            let facts = NoticeFacts::sample(key);
            let letter = letter(&composer, key, locale);
            let lines: Vec<&str> = letter.text.lines().collect();
            let link = format!(
                "https://quanheng.example:8443{}",
                facts.secret_path.as_ref().unwrap_or(&facts.path)
            );
            assert_eq!((lines[1], lines[3]), ("", link.as_str()), "{key}");
            // The mark between name and value is written as a reference in the page of the mail.
            let href = format!("href=\"{}\"", link.replace('=', "&#x3D;"));
            for said in [lines[0], &href, &facts.title] {
                assert!(
                    letter.html.contains(said),
                    "{key} in {locale}: {said} is not in\n{}",
                    letter.html
                );
            }
            for item in &facts.items {
                assert!(
                    letter.text.contains(&item.text) && letter.html.contains(&item.text),
                    "{key}: the comment itself"
                );
                assert!(
                    letter.text.contains(&item.note) && letter.html.contains(&item.note),
                    "{key}: its answer"
                );
            }
            if let Some(reason) = &facts.reason {
                assert!(
                    letter.text.contains(reason) && letter.html.contains(reason),
                    "{key}: the reason"
                );
            }
            for value in facts.counts.values() {
                assert!(letter.text.contains(&value.to_string()), "{key}: {value}");
            }
        }
    }
}

#[test]
fn html_brings_no_script_no_picture_and_nothing_from_elsewhere() {
    let composer = composer();
    for key in NoticeKey::ALL.iter().copied() {
        let html = letter(&composer, key, Locale::Chinese).html;
        for forbidden in
            ["<script", "<img", "<link", "<style", "src=", "url(", "@import", "http://"]
        {
            assert!(!html.contains(forbidden), "{key}: {forbidden}");
        }
        assert_eq!(
            html.matches("https://").count(),
            html.matches("https://quanheng.example:8443/").count(),
            "{key}"
        );
    }
}

#[test]
fn what_people_typed_is_escaped_in_html_and_left_alone_in_text() {
    let mut notice = sample(NoticeKey::DispositionPublished);
    notice.facts.title = "<b>水表</b>".to_owned();
    notice.facts.items[0].text = "误差 < 2 % & \"±\" <script>alert(1)</script>".to_owned();
    let letter = composer()
        .compose(&notice, &recipient(Locale::Chinese, Audience::Commenters), &frame())
        .unwrap();
    assert!(letter.text.contains("误差 < 2 % & \"±\" <script>"));
    assert!(letter.html.contains("&lt;script&gt;") && !letter.html.contains("<script"));
    assert!(letter.html.contains("&lt;b&gt;水表") && !letter.html.contains("<b>水表"));
}

#[test]
fn each_notice_has_its_folder_and_each_folder_its_notice() {
    let composer = composer();
    let names: BTreeSet<String> = composer.templates().names().into_iter().collect();
    let mut expected = BTreeSet::new();
    for key in NoticeKey::ALL {
        for part in ["subject.txt", "body.txt", "body.html"] {
            expected.insert(format!("{key}/{part}"));
        }
    }
    let folders: BTreeSet<String> = names
        .into_iter()
        .filter(|name| !name.starts_with("layouts/") && !name.starts_with("partials/"))
        .collect();
    assert_eq!(folders, expected);
}

#[test]
fn every_number_and_role_and_reason_has_its_words() {
    let words = words();
    let keys = (Count::ALL.iter().map(|count| format!("mail-count-{count}")))
        .chain(Role::ALL.iter().map(|role| format!("mail-role-{role}")))
        .chain(Audience::ALL.iter().map(|audience| format!("mail-because-{audience}")))
        .chain(["A", "P", "N", "M", "Q", "X"].map(|code| format!("mail-disposition-{code}")));
    for key in keys {
        let key = key.to_lowercase().replace('_', "-");
        for locale in Locale::ALL.iter().copied() {
            assert!(words.has(locale, &key), "{key} in {locale}");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_arguments_and_every_key_is_used() {
    let mail = |locale| {
        let mut files = quanheng_i18n::audit::compiled(locale);
        files.retain(|name, _| name.starts_with("mail"));
        files
    };
    let chinese = mail(Locale::Chinese);
    assert_eq!(
        quanheng_i18n::audit::differences(&chinese, &mail(Locale::English)),
        Vec::<String>::new()
    );
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
    let mut used = BTreeSet::new();
    for path in walk(&root.join("emails")) {
        let source = std::fs::read_to_string(path).unwrap();
        used.extend(
            source.split("t \"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()),
        );
    }
    for key in chinese.values().flat_map(|keys| keys.keys()) {
        let listed = ["mail-count-", "mail-role-", "mail-because-", "mail-disposition-"]
            .iter()
            .any(|set| key.starts_with(set));
        assert!(listed || used.contains(key), "{key} is used nowhere");
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn a_time_limit_that_the_words_do_not_mention_follows_the_first_sentence() {
    let composer = composer();
    let asked = |locale| {
        letter(&composer, NoticeKey::ConsentAsked, locale).text.lines().next().unwrap().to_owned()
    };
    assert!(
        asked(Locale::Chinese).ends_with("审定。请于2026年4月1日 24:00（北京时间）前办理。"),
        "{}",
        asked(Locale::Chinese)
    );
    assert!(
        asked(Locale::English)
            .ends_with("review. Please do so by 1 April 2026, 24:00 (Beijing time).")
    );
    let mut open = sample(NoticeKey::ConsentAsked);
    open.facts.due = None;
    let letter = composer
        .compose(&open, &recipient(Locale::Chinese, Audience::ChairAndVices), &frame())
        .unwrap();
    assert!(!letter.text.contains("前办理") && !letter.subject.contains("截止"));
}

#[test]
fn a_letter_without_its_facts_is_refused() {
    let mut notice = sample(NoticeKey::RoundOpened);
    notice.facts.due = None;
    let refused =
        composer().compose(&notice, &recipient(Locale::Chinese, Audience::Members), &frame());
    assert!(
        matches!(refused, Err(ComposeError::MissingFacts(missing)) if missing == [quanheng_domain::notice::Fact::Due])
    );
}

#[test]
fn an_operator_may_replace_a_template_by_a_file_of_the_same_name() {
    let folder = tempfile::tempdir().unwrap();
    let emails = folder.path().join("emails/password_changed");
    std::fs::create_dir_all(&emails).unwrap();
    std::fs::write(emails.join("subject.txt.hbs"), "本省自定:{{title}}\n").unwrap();
    let own = Composer::new(words(), Some(folder.path())).unwrap();
    assert_eq!(
        letter(&own, NoticeKey::PasswordChanged, Locale::Chinese).subject,
        "本省自定:member-07@demo.example"
    );
    std::fs::write(emails.join("subject.txt.hbs"), "{{#if}}").unwrap();
    assert!(
        Composer::new(words(), Some(folder.path())).is_err(),
        "a broken template is found at start"
    );
}

#[test]
fn a_letter_about_a_slip_says_what_is_done_to_each_clause() {
    let item = |label: &str, text: &str, act| NoticeItem {
        label: label.to_owned(),
        text: text.to_owned(),
        act: Some(act),
        ..NoticeItem::default()
    };
    let mut notice = sample(NoticeKey::SlipIssued);
    notice.facts.items = vec![
        item("7.4", "间隔一个月重复校准。", SlipAct::Add),
        item("9", "建议不超过1年。", SlipAct::Delete),
    ];
    let to = |locale| recipient(locale, Audience::Secretariat);
    let letter = composer().compose(&notice, &to(Locale::Chinese), &frame()).unwrap();
    assert!(letter.text.contains("7.4 补充：间隔一个月重复校准。"), "{}", letter.text);
    assert!(letter.text.contains("9 删除：建议不超过1年。"), "{}", letter.text);
}
