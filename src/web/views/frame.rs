//! The frame around every page: who is looking, in which language, and the ways to go on.

use quanheng_domain::Locale;
use serde::Serialize;

use super::{Text, Tone};

/// Light, dark, or what the system of the reader says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Follows the system.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The theme of a cookie or form value; anything unknown follows the system.
    pub fn from_key(key: &str) -> Self {
        match key {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The person who is signed in, as the frame shows her.
#[derive(Debug, Clone, Serialize)]
pub struct FrameUser {
    /// Name as shown.
    pub name: String,
    /// Roles in words, most important first ("秘书长 · MTC1").
    pub roles: Vec<Text>,
    /// What she owes; shown beside the desk.
    pub owed: u64,
}

/// One entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavItem {
    /// Address.
    pub href: String,
    /// Words.
    pub text: Text,
    /// Whether the page shown lies under this entry.
    pub current: bool,
    /// A number beside it, left out when nothing waits.
    pub count: Option<u64>,
}

impl NavItem {
    /// An entry without a number; `path` is the path of the page shown.
    pub fn new(href: &str, key: &str, path: &str) -> Self {
        let current = path == href
            || (href != "/"
                && path.strip_prefix(href).is_some_and(|rest| rest.starts_with(['/', '?'])));
        Self { href: href.to_owned(), text: Text::said(key), current, count: None }
    }

    /// The same entry with a number, unless it is zero.
    #[must_use]
    pub fn counting(mut self, count: u64) -> Self {
        self.count = (count > 0).then_some(count);
        self
    }
}

/// A note shown once after an action.
#[derive(Debug, Clone, Serialize)]
pub struct Flash {
    /// Good, warn, bad or info.
    pub tone: Tone,
    /// What happened.
    pub text: Text,
}

/// Everything the layout needs; filled once a request and read from Rocket's request-local cache.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// The language of the page.
    pub locale: Locale,
    /// Theme chosen by the reader.
    pub theme: Theme,
    /// Path and query of the page shown, where the switches lead back to.
    pub path: String,
    /// Absolute address of the site without a trailing slash, empty if unknown.
    pub base_url: String,
    /// The person, if signed in.
    pub user: Option<FrameUser>,
    /// Token that every form sends as its first field.
    pub csrf: String,
    /// Key that every form sends as its second field, so that sending it twice acts once.
    pub once: String,
    /// Public part of the navigation.
    pub nav: Vec<NavItem>,
    /// Part of the navigation for people who are signed in; empty for guests.
    pub desk: Vec<NavItem>,
    /// Notes to show once.
    pub flash: Vec<Flash>,
    /// Whether this instance holds invented data, said in a line on every page.
    pub demo: bool,
    /// The search words now in the box.
    pub query: String,
    /// Identity of the request, printed on error pages.
    pub request_id: String,
}

impl Frame {
    /// The frame of somebody who is not signed in.
    pub fn guest(locale: Locale, path: &str) -> Self {
        Self {
            locale,
            theme: Theme::Auto,
            path: path.to_owned(),
            base_url: String::new(),
            user: None,
            csrf: String::new(),
            once: String::new(),
            nav: public_nav(path),
            desk: Vec::new(),
            flash: Vec::new(),
            demo: false,
            query: String::new(),
            request_id: String::new(),
        }
    }
}

/// The navigation everybody sees.
pub fn public_nav(path: &str) -> Vec<NavItem> {
    [
        ("/specifications", "nav-specifications"),
        ("/consultations", "nav-consultations"),
        ("/proposals", "nav-proposals"),
        ("/committees", "nav-committees"),
        ("/announcements", "nav-announcements"),
    ]
    .into_iter()
    .map(|(href, key)| NavItem::new(href, key, path))
    .collect()
}
