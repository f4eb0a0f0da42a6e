//! Renders every layout and partial with invented data in both languages, so that strict mode finds what a struct lacks.
//! With `QUANHENG_GALLERY_DIR` set the pages are also written there, to be looked at.

mod contrast;
mod fixtures;
mod list_fixtures;
mod more_fixtures;
mod stages;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::assets::AssetBook;
use crate::page::Pages;
use crate::views::*;
use quanheng_domain::{Keyed, Locale};
use quanheng_i18n::Words;

fn frame(locale: Locale, path: &str, signed_in: bool) -> Frame {
    let mut frame = Frame::guest(locale, path);
    frame.base_url = "https://quanheng.example".to_owned();
    frame.demo = true;
    frame.request_id = "0f3a91bc77de0412".to_owned();
    frame.csrf = "token".to_owned();
    if signed_in {
        frame.user = Some(FrameUser {
            name: "秘书长·演示".to_owned(),
            roles: vec![Text::plain("MTC1 秘书长")],
            owed: 7,
        });
        frame.desk = vec![
            NavItem::new("/desk", "nav-desk", path).counting(7),
            NavItem::new("/projects", "nav-projects", path),
            NavItem::new("/ballots", "nav-ballots", path).counting(1),
            NavItem::new("/reports", "nav-reports", path),
            NavItem::new("/outbox", "nav-outbox", path),
            NavItem::new("/overview", "nav-overview", path),
            NavItem::new("/admin", "nav-admin", path),
        ];
    }
    frame
}

fn merged(parts: Vec<(&str, Value)>) -> Value {
    Value::Object(parts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

#[test]
fn every_partial_renders_in_both_languages() {
    let assets = Arc::new(AssetBook::load(false));
    let words = Arc::new(Words::load(None).unwrap());
    let load = |reload| {
        let (words, assets) = (Arc::clone(&words), Arc::clone(&assets));
        Pages::load(words, chrono_tz::Tz::Asia__Shanghai, assets, None, reload).unwrap()
    };
    let (mut pages, mut as_written) = (load(false), load(true));
    let mut used = String::new();
    for (name, template, _, _) in fixtures::all() {
        pages.add(&format!("gallery/{name}"), template);
        as_written.add(&format!("gallery/{name}"), template);
        used.push_str(template);
    }
    for partial in pages.names().iter().filter(|name| name.starts_with("partials/")) {
        let inside = pages
            .names()
            .iter()
            .any(|n| n != partial && source_of(n).contains(&format!("> {partial}")));
        assert!(used.contains(&format!("> {partial}")) || inside, "{partial} is shown nowhere");
    }
    for locale in Locale::ALL.iter().copied() {
        for (name, _, path, view) in fixtures::all() {
            let frame = frame(
                locale,
                path,
                !matches!(name, "home" | "catalogue" | "consultation" | "error"),
            );
            let render = |pages: &Pages| {
                let html = pages.render(&format!("gallery/{name}"), view.clone(), &frame);
                html.unwrap_or_else(|error| panic!("{name}: {error}"))
            };
            let html = render(&pages);
            let bare = |html: &str| html.split_whitespace().collect::<String>();
            assert_eq!(bare(&html), bare(&render(&as_written)), "{name}: woven and as written");
            let missing: Vec<&str> =
                html.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()).collect();
            assert!(missing.is_empty(), "{name} in {locale} lacks {missing:?}");
            assert!(!html.contains(" style="), "{name} has an inline style");
            if let Some(folder) = std::env::var_os("QUANHENG_GALLERY_DIR") {
                let folder = Path::new(&folder);
                std::fs::create_dir_all(folder).unwrap();
                std::fs::write(folder.join(format!("{name}.{locale}.html")), html).unwrap();
            }
        }
    }
}

fn source_of(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../templates")
        .join(format!("{name}.html.hbs"));
    std::fs::read_to_string(path).unwrap_or_default()
}

fn value(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

fn error_view() -> Value {
    json!({ "status": 404, "detail": null, "rule": null })
}
