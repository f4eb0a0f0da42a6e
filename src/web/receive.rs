//! Takes an uploaded file in: counted while it arrives, judged by its bytes, kept under its hash; only then may a row name it.

use quanheng_domain::Keyed;
use quanheng_store::{
    Stored, names,
    sniff::{Active, Bounds, FileKind, Judged, Unfit, judge},
};
use rocket::{
    data::{Data, ToByteUnit},
    fs::TempFile,
    http::Status,
};
use tokio::io::AsyncReadExt as _;

use crate::{App, WebError, views::Text};

/// Most bytes that are read beyond the limit of a body so that its sender hears the answer.
pub const THROWN_AWAY: u64 = 64 * 1024 * 1024;

/// A body of no more bytes than the limit. What is beyond is read all the same and thrown away, up to a bound: a browser that is still
/// sending when the connection ends shows its own error and never our answer.
///
/// # Errors
/// 413 beyond the limit, 400 when the sender breaks off.
pub async fn body(data: Data<'_>, limit: u64) -> Result<Vec<u8>, WebError> {
    let mut stream = data.open(limit.saturating_add(THROWN_AWAY).bytes());
    let mut body = Vec::new();
    let broken = |_| WebError::malformed();
    (&mut stream).take(limit.saturating_add(1)).read_to_end(&mut body).await.map_err(broken)?;
    if body.len() as u64 > limit {
        tokio::io::copy(&mut stream, &mut tokio::io::sink()).await.map_err(broken)?;
        return Err(WebError::of_status(Status::PayloadTooLarge));
    }
    Ok(body)
}

/// A file that is safe in the store.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Cleaned file name.
    pub file_name: String,
    /// Media type found in the bytes.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// Takes a file of a form in.
///
/// # Errors
/// 413 when it is larger than the setting allows, 415 when its bytes are not what they should be, 507 when the disk is full.
pub async fn take(app: &App, file: &TempFile<'_>) -> Result<Taken, WebError> {
    take_of(app, file, app.settings.files.max_upload.bytes(), FileKind::ALL).await
}

/// Takes a file of a form in that must be of one of these kinds and no larger than so many bytes.
///
/// # Errors
/// As [`take`].
pub async fn take_of(
    app: &App,
    file: &TempFile<'_>,
    limit: u64,
    kinds: &[FileKind],
) -> Result<Taken, WebError> {
    let raw = file
        .raw_name()
        .map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_owned())
        .unwrap_or_default();
    if file.len() > limit {
        return Err(WebError::too_large(limit));
    }
    let reader = file.open().await.map_err(|error| WebError::fault(&error))?;
    let received = app.store.receive(reader, limit).await?;
    let name = names::clean(&raw);
    let mut bytes = received.open().map_err(|error| WebError::fault(&error))?;
    let asked = name.clone();
    let judged = tokio::task::spawn_blocking(move || judge(&mut bytes, &asked, Bounds::default()))
        .await
        .map_err(|error| WebError::fault(&error))?
        .map_err(unfit)?;
    if !kinds.contains(&judged.kind) {
        let extension = judged.kind.key().to_owned();
        return Err(unfit(Unfit::UnknownExtension { extension }));
    }
    let Stored { hash, size } = app.store.keep(received).await?;
    Ok(Taken {
        file_name: name,
        media_type: media_type(&judged),
        size: i64::try_from(size).unwrap_or(i64::MAX),
        sha256: hash.to_string(),
    })
}

fn media_type(judged: &Judged) -> String {
    judged.kind.media_type().to_owned()
}

fn unfit(fault: Unfit) -> WebError {
    let status = match fault {
        Unfit::Empty => Status::UnprocessableEntity,
        _ => Status::UnsupportedMediaType,
    };
    WebError::new(status, "unfit_file").saying(words_of(&fault))
}

/// Why a file is not taken in, in words for whoever uploads it.
pub fn words_of(unfit: &Unfit) -> Text {
    match unfit {
        Unfit::Empty => Text::said("projects-file-empty"),
        Unfit::NoExtension => Text::said("projects-file-no-extension"),
        Unfit::UnknownExtension { extension } => {
            Text::said("projects-file-extension").with("extension", extension.as_str())
        }
        Unfit::UnknownContent => Text::said("projects-file-content"),
        Unfit::Disagrees { extension, content } => Text::said("projects-file-disagrees")
            .with("extension", extension.as_str())
            .with_text("content", &content_word(content)),
        Unfit::Active(_) => Text::said("projects-file-active"),
        Unfit::OldOffice => Text::said("projects-file-old-office"),
        Unfit::Macros { .. } => Text::said("projects-file-macros"),
        Unfit::External { target, .. } => {
            Text::said("projects-file-external").with("target", target.as_str())
        }
        Unfit::Encrypted { .. } => Text::said("projects-file-encrypted"),
        Unfit::Xml { .. } | Unfit::Damaged(_) | Unfit::Unreadable(_) => {
            Text::said("projects-file-damaged")
        }
        Unfit::Bomb { .. } => Text::said("projects-file-bomb"),
    }
}

/// What was found, in words where it has no extension of its own.
fn content_word(content: &'static str) -> Text {
    match Active::from_key(content) {
        Ok(active) => Text::word("file-content", active.key()),
        Err(_) => Text::plain(content),
    }
}
