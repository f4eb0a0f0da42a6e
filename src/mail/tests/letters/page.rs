//! `docs/notices.md` is written from the table of notices; `QUANHENG_BLESS=1` writes it anew.

use std::{fmt::Write, fs, path::Path};

use quanheng_domain::{
    Keyed, Locale,
    notice::{Fact, NoticeKey},
};

use crate::words;

fn needs(facts: &[Fact]) -> String {
    let named: Vec<String> =
        facts.iter().map(|fact| format!("`{}`", format!("{fact:?}").to_lowercase())).collect();
    named.join(" ")
}

fn page() -> String {
    let words = words();
    let mut page = String::from(
        "# Notices 通知一览\n\n\
         Every mail the system sends, one row each, written from the table in `src/domain/notice.rs`. Do not edit this page: change the table, then run\n\
         `QUANHENG_BLESS=1 cargo test -p quanheng-mail`.\n\n\
         Each row has a folder `templates/emails/<key>/` with its subject and two bodies; the words are in `templates/locales/*/mail*.ftl`.\n\
         **Must** means that the recipient cannot switch it off; who merely follows (`followers`) always can. *Needs* names the facts without which the letter is not sent.\n\n\
         | Key | 事由 | Sent when | To | Must | Needs |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for key in NoticeKey::ALL.iter().copied() {
        let row = key.row();
        let matter = words.text(
            Locale::Chinese,
            &format!("mail-{}-matter", key.key().replace('_', "-")),
            &[],
        );
        let to: Vec<&str> = row.audience.iter().map(|audience| audience.key()).collect();
        let must = if row.mandatory { "must" } else { "may be stopped" };
        writeln!(
            page,
            "| `{key}` | {matter} | {} | {} | {must} | {} |",
            row.when.trim(),
            to.join(", "),
            needs(row.needs)
        )
        .unwrap();
    }
    page
}

#[test]
fn the_page_of_notices_is_fresh() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/notices.md");
    let page = page();
    if std::env::var_os("QUANHENG_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap() == page,
        "docs/notices.md is stale: QUANHENG_BLESS=1 cargo test -p quanheng-mail"
    );
}
