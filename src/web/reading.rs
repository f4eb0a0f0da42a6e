//! Reads the clauses out of a file that lies in the store, before any transaction begins.

use quanheng_domain::clause::ClauseText;
use quanheng_domain::document::DocumentKind;
use quanheng_domain::draft::TextFault;
use quanheng_store::Hash;
use quanheng_text::TextError;
use rocket::http::Status;

use crate::app::App;
use crate::error::WebError;

/// Larger files are kept and not read; a hundred pages with pictures are a tenth of it.
const LARGEST: u64 = 64 << 20;

/// What came out of a file: its clauses, or why there are none.
pub type Read = Result<ClauseText, TextFault>;

/// Reads the file of a document if its kind holds the text of a specification; nothing for other kinds.
///
/// # Errors
/// Trouble of the store. A file that cannot be read is no error: the reason is the answer.
pub async fn of_kind(
    app: &App,
    kind: DocumentKind,
    sha256: &str,
    media_type: &str,
    size: i64,
) -> Result<Option<Read>, WebError> {
    if !kind.is_text() {
        return Ok(None);
    }
    read(app, sha256, media_type, size).await.map(Some)
}

/// Reads a file of the store.
///
/// # Errors
/// As [`of_kind`].
pub async fn read(app: &App, sha256: &str, media_type: &str, size: i64) -> Result<Read, WebError> {
    if u64::try_from(size).is_ok_and(|size| size > LARGEST) {
        return Ok(Err(TextFault::TooLarge));
    }
    let hash: Hash =
        sha256.parse().map_err(|_| WebError::of_status(Status::InternalServerError))?;
    let bytes = app.store.read(hash, LARGEST).await?;
    let media_type = media_type.to_owned();
    // A file that takes too long is kept like one that is too large: it can be read by people, not by clause.
    let read = app.heavy(move || parse(&bytes, &media_type)).await?;
    Ok(read.unwrap_or(Err(TextFault::TooLarge)))
}

fn parse(bytes: &[u8], media_type: &str) -> Read {
    let read = if bytes.starts_with(b"%PDF-") {
        quanheng_text::read_pdf(bytes)
    } else if bytes.starts_with(b"PK") {
        quanheng_text::read_docx(bytes)
    } else if media_type.starts_with("text/") {
        Ok(quanheng_text::read_typed(&String::from_utf8_lossy(bytes)))
    } else {
        return Err(TextFault::OtherFormat);
    };
    read.map_err(|error| match error {
        TextError::NotThatKind => TextFault::OtherFormat,
        TextError::Locked => TextFault::Password,
        TextError::TooBig => TextFault::TooLarge,
        TextError::Broken { .. } => TextFault::Broken,
    })
}
