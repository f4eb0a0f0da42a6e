//! The settings as one value, and the points that make a public site unsafe.

use std::path::{Path, PathBuf};

use quanheng_domain::keyed;

use crate::{
    fault::{Fault, FaultKind, Faults},
    layers::{Layers, Origin, Request},
    reader::Reader,
    secret::SecretUrl,
    section::{Field, Section},
    sections::*,
};

/// One setting in force, as `check` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The full key.
    pub key: String,
    /// The value as text, secrets as `***`.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// The settings with the list of what is in force and why.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// Every setting in force, in order.
    pub effective: Vec<Effective>,
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])* $field:ident: $kind:ident,)*) => {
        /// All settings of one process.
        #[derive(Debug, Clone)]
        pub struct Settings { $($(#[doc = $doc])* pub $field: $kind,)* }

        /// Every section with its documentation and its settings, in the order of the documentation.
        pub(crate) const SECTIONS: &[(&str, &[&str], &[Field])] = &[
            $(($kind::KEY, $kind::ABOUT, $kind::FIELDS),)*
        ];

        fn read_sections(reader: &mut Reader<'_>) -> Option<Settings> {
            $(
                let $field = $kind::read(reader);
                if let Some(section) = &$field {
                    section.check(reader);
                }
            )*
            Some(Settings { $($field: $field?,)* })
        }
    };
}

settings! {
    /// Settings outside every table.
    general: General,
    /// Where the site listens.
    server: Server,
    /// Where the rows live.
    database: Database,
    /// Where files live.
    files: Files,
    /// How mail leaves.
    mail: Mail,
    /// Sign-in, sessions, keys.
    security: Security,
    /// Name, language, zone.
    site: Site,
    /// Background work.
    jobs: Jobs,
    /// Logs.
    log: Log,
    /// Overrides of templates and words.
    templates: Templates,
    /// Typefaces of PDF files.
    papers: Papers,
    /// Bounds at the edge.
    limits: Limits,
    /// Backups.
    backup: Backup,
}

/// Reads, merges and checks all layers; with any fault there are no settings, only the list of all faults.
pub fn load(request: &Request) -> Result<Loaded, Faults> {
    let mut faults = Vec::new();
    let layers = Layers::gather(request, &mut faults);
    let mut reader = Reader::new(&layers, faults);
    let known: Vec<(&'static str, &'static [Field])> =
        SECTIONS.iter().map(|(key, _, fields)| (*key, *fields)).collect();
    reader.refuse_unknown(&known);
    let settings = read_sections(&mut reader);
    if let Some(settings) = settings.as_ref().filter(|settings| settings.general.production) {
        for danger in settings.dangers() {
            reader.fault(danger.setting(), FaultKind::Refused { because: danger.because() });
        }
    }
    match settings {
        Some(settings) if reader.faults.is_empty() => {
            Ok(Loaded { settings, effective: reader.effective })
        }
        _ => Err(Faults(distinct(reader.faults))),
    }
}

fn distinct(faults: Vec<Fault>) -> Vec<Fault> {
    let mut kept: Vec<Fault> = Vec::new();
    for fault in faults {
        if !kept.contains(&fault) {
            kept.push(fault);
        }
    }
    kept
}

keyed! {
    /// A setting that must not stand on a public site; with `production = true` it stops the start.
    Danger as "danger" {
        /// Readers reach the site without TLS.
        PlainHttp = "plain-http",
        /// Cookies may travel without TLS.
        OpenCookies = "open-cookies",
        /// A power loss may take answered commits.
        SoftCommits = "soft-commits",
        /// The log may hold the content of requests.
        TalkativeLog = "talkative-log",
        /// No mail leaves the house.
        NoMail = "no-mail",
        /// Templates are read again at each request.
        ReloadedTemplates = "reloaded-templates",
    }
}

impl Danger {
    /// The full key of the setting.
    pub fn setting(self) -> &'static str {
        match self {
            Self::PlainHttp => "server.base_url",
            Self::OpenCookies => "security.cookie_secure",
            Self::SoftCommits => "database.synchronous",
            Self::TalkativeLog => "log.filter",
            Self::NoMail => "mail.transport",
            Self::ReloadedTemplates => "templates.reload",
        }
    }

    /// Why it is dangerous, in English for the log; pages have their own words by key.
    pub fn because(self) -> &'static str {
        match self {
            Self::PlainHttp => {
                "in production the site's address must be set and begin with https://"
            }
            Self::OpenCookies => "in production cookies must travel over TLS only",
            Self::SoftCommits => "in production a commit must survive a power loss",
            Self::TalkativeLog => "in production the log must not write debug or trace lines",
            Self::NoMail => "in production mail must leave the house",
            Self::ReloadedTemplates => "in production templates are read once",
        }
    }
}

impl Settings {
    /// Every dangerous setting, in a fixed order.
    pub fn dangers(&self) -> Vec<Danger> {
        let talkative =
            ["debug", "trace"].iter().any(|level| self.log.filter.to_lowercase().contains(level));
        let soft = !self.database.is_postgres() && self.database.synchronous != Synchronous::Full;
        [
            (!self.server.base_url.starts_with("https://"), Danger::PlainHttp),
            (!self.security.cookies_secure(self.server.is_https()), Danger::OpenCookies),
            (soft, Danger::SoftCommits),
            (talkative, Danger::TalkativeLog),
            (self.mail.transport != MailTransport::Smtp, Danger::NoMail),
            (self.templates.reload, Danger::ReloadedTemplates),
        ]
        .into_iter()
        .filter_map(|(holds, danger)| holds.then_some(danger))
        .collect()
    }

    /// The data folder.
    pub fn data_dir(&self) -> &Path {
        &self.general.data_dir
    }

    /// The database in force.
    pub fn database_url(&self) -> SecretUrl {
        self.database.effective_url(self.data_dir())
    }

    /// The file that holds the key of cookies and forms when none is set.
    pub fn secret_key_file(&self) -> PathBuf {
        self.data_dir().join("secret.key")
    }
}
