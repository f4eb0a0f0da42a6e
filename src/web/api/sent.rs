//! The JSON body of a request: bounded, and refused with the field that is wrong.

use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use rocket::data::{Data, FromData, Outcome};
use rocket::http::Status;
use rocket::request::Request;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::error::WebError;
use crate::receive;

/// A value that was sent as JSON.
#[derive(Debug, Clone)]
pub struct Sent<T>(pub T);

/// A body that could be read, or why not: 400 for syntax, 413 beyond the limit, 422 with the field for a value that it does not take.
pub type Body<T> = Result<Sent<T>, WebError>;

/// The value of a body.
pub fn body<T>(body: Body<T>) -> Result<T, WebError> {
    body.map(|sent| sent.0)
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned + Send> FromData<'r> for Sent<T> {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let limit =
            request.rocket().state::<App>().map_or(262_144, |app| app.settings.limits.json.bytes());
        let read = match receive::body(data, limit).await {
            Ok(bytes) => parse(&bytes),
            Err(error) => Err(error),
        };
        match read {
            Ok(value) => Outcome::Success(Self(value)),
            Err(error) => Outcome::Error((error.status, error)),
        }
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WebError> {
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let path = error.path().to_string();
        fault(&path, error.inner())
    })?;
    source.end().map_err(|_| WebError::malformed())?;
    Ok(value)
}

fn fault(path: &str, error: &serde_json::Error) -> WebError {
    if !error.is_data() {
        return WebError::malformed();
    }
    let words = error.to_string();
    // What is missing, or nobody asked for, has no place of its own; only the words name it.
    let named = |start: &str| {
        let name = words.strip_prefix(start)?.split('`').next()?;
        let at = path.strip_suffix(name).map_or(path, |rest| rest.trim_end_matches('.'));
        Some(if matches!(at, "." | "") { name.to_owned() } else { format!("{at}.{name}") })
    };
    let other = ["invalid type", "invalid value", "invalid length"];
    let (field, code) = if let Some(field) = named("missing field `") {
        (field, FaultCode::Missing)
    } else if let Some(field) = named("unknown field `") {
        (field, FaultCode::NotAsked)
    } else if other.iter().any(|start| words.starts_with(start)) {
        (path.to_owned(), FaultCode::OtherKind)
    } else {
        (path.to_owned(), FaultCode::NotAChoice)
    };
    WebError {
        fields: vec![FieldFault::new(&field, code)],
        ..WebError::of_status(Status::UnprocessableEntity)
    }
}

#[cfg(test)]
mod tests {
    use quanheng_domain::lifecycle::ProjectKind;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct New {
        title: String,
        kind: ProjectKind,
        parts: Vec<Part>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the faults are looked at")]
    struct Part {
        n: u32,
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field() {
        for (sent, field, code) in [
            (r#"{"kind": "make", "parts": []}"#, "title", FaultCode::Missing),
            (r#"{"title": "a", "kind": "mak", "parts": []}"#, "kind", FaultCode::NotAChoice),
            (r#"{"title": 1, "kind": "make", "parts": []}"#, "title", FaultCode::OtherKind),
            (
                r#"{"title": "a", "kind": "make", "parts": [{"n": 1}, {}]}"#,
                "parts[1].n",
                FaultCode::Missing,
            ),
            (
                r#"{"title": "a", "kind": "make", "parts": [{"m": 1}]}"#,
                "parts[0].m",
                FaultCode::NotAsked,
            ),
        ] {
            let error = parse::<New>(sent.as_bytes()).unwrap_err();
            assert_eq!(error.status, Status::UnprocessableEntity, "{sent}");
            assert_eq!(error.fields, [FieldFault::new(field, code)], "{sent}");
        }
        let twice = r#"{"title": "a", "kind": "make", "parts": []} {}"#;
        for sent in ["{", "", twice, "\u{fffd}"] {
            assert_eq!(parse::<New>(sent.as_bytes()).unwrap_err().status, Status::BadRequest);
        }
    }
}
