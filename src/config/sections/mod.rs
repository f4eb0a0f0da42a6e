//! One file per section of the settings, each with the rules that its values must keep.

mod backup;
mod database;
mod files;
mod general;
mod jobs;
mod limits;
mod log;
mod mail;
mod papers;
mod security;
mod server;
mod site;
mod templates;

pub use backup::Backup;
pub use database::{Database, Synchronous};
pub use files::{FileStore, Files};
pub use general::General;
pub use jobs::Jobs;
pub use limits::Limits;
pub use log::{Log, LogFormat};
pub use mail::{Mail, MailTransport};
pub use papers::Papers;
pub use security::{CookieSecure, PasswordProfile, Security};
pub use server::Server;
pub use site::Site;
pub use templates::Templates;

use crate::{
    fault::FaultKind,
    reader::{Reader, full_key},
    section::Section,
};

/// The rules of a section beyond the type of each value; faults go to the reader.
pub(crate) trait Rules: Section {
    /// Notes a fault for each rule that the section breaks.
    fn check(&self, reader: &mut Reader<'_>);
}

/// Notes that `name` of the section may not hold what it holds, unless `holds`.
pub(crate) fn require<S: Section>(
    reader: &mut Reader<'_>,
    name: &str,
    holds: bool,
    because: &'static str,
) {
    if !holds {
        reader.fault(&full_key(S::KEY, name), FaultKind::Refused { because });
    }
}

/// Notes that `name` of the section is needed, unless `given`.
pub(crate) fn need<S: Section>(
    reader: &mut Reader<'_>,
    name: &str,
    given: bool,
    because: &'static str,
) {
    if !given {
        reader.fault(&full_key(S::KEY, name), FaultKind::Missing { because });
    }
}
