//! Takes an uploaded file in: counted while it arrives, judged by its bytes, kept under its hash; only then may a row name it.

use quanheng_store::{
    Stored, names,
    sniff::{Bounds, Judged, Unfit, judge},
};
use rocket::{fs::TempFile, http::Status};

use crate::{App, WebError, views::Text};

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
    let raw = file
        .raw_name()
        .map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_owned())
        .unwrap_or_default();
    let limit = app.settings.files.max_upload.bytes();
    if file.len() > limit {
        return Err(WebError::new(Status::PayloadTooLarge, "too_large"));
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
    WebError::new(status, "unfit_file").saying(Text::plain(fault.to_string()))
}
