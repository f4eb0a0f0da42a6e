//! Letters as files, for development and for instances whose mail is carried by hand.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use super::{Delivery, MailError, TransportFault};
use crate::message::Message;

/// A folder with one `.eml` per letter, named after its Message-ID, so that a repeat replaces its first copy.
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// Makes the folder.
    pub fn new(folder: PathBuf) -> Result<Self, TransportFault> {
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    pub(super) async fn write(&self, message: &Message) -> Result<Delivery, MailError> {
        let bytes = message.to_lettre()?.formatted();
        let file = self.folder.join(file_name(&message.message_id));
        let reply = file.display().to_string();
        let written = tokio::task::spawn_blocking(move || replace(&file, &bytes)).await;
        match written {
            Ok(Ok(())) => Ok(Delivery::Sent { reply }),
            Ok(Err(error)) => Err(MailError::outage(error)),
            Err(error) => Err(MailError::outage(error)),
        }
    }
}

/// Writes beside and renames, so that nobody reads half a letter.
fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = file.with_extension("part");
    let mut out = fs::File::create(&beside)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    fs::rename(beside, file)
}

fn file_name(message_id: &str) -> String {
    let local = message_id.trim_start_matches('<').split('@').next().unwrap_or_default();
    let safe: String = local
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' })
        .collect();
    format!("{safe}.eml")
}
