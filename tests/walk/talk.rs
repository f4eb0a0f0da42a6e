//! How the API walk speaks: one sentence a request, and what its answer must be.

use rocket::http::{Header, Method};
use serde_json::{Value, json};

use crate::story::Story;
use crate::world::{Browser, Got, between};

/// An answer of the API.
pub struct Reply(pub Got);

impl Reply {
    /// It was done.
    pub fn done(self) -> Value {
        assert!(self.0.status == 200 || self.0.status == 201, "{}: {}", self.0.status, self.0.body);
        self.0.json()
    }

    /// It was refused with this status and code, as a problem document, by this rule; without a rule when it is empty.
    pub fn refused(self, status: u16, code: &str, rule: &str) {
        assert_eq!(self.0.status, status, "{}", self.0.body);
        assert_eq!(self.0.header("content-type"), Some("application/problem+json"));
        let problem = self.0.json();
        assert_eq!(problem["type"], format!("urn:quanheng:problem:{code}"), "{problem}");
        assert_eq!(problem["status"], status);
        for words in ["title", "detail"] {
            let text = problem[words].as_str().unwrap_or_default();
            assert!(!text.is_empty() && !text.contains('⟦'), "{problem}");
        }
        if rule.is_empty() {
            assert!(problem["rule"].is_null(), "{problem}");
        } else {
            let cited = &problem["rule"];
            assert_eq!(cited["key"], rule, "{problem}");
            for field in ["value", "source", "mark"] {
                assert!(cited[field].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
            }
            assert!(cited["article"].is_string() && cited["confirmed"].is_boolean(), "{problem}");
        }
    }

    /// The input was wrong at this field.
    pub fn wrong_at(self, field: &str) {
        assert_eq!(self.0.status, 422, "{}", self.0.body);
        let problem = self.0.json();
        let fields = problem["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.iter().any(|fault| fault["field"] == field), "{field}: {problem}");
        assert!(
            fields.iter().all(|fault| fault["message"].as_str().is_some_and(|m| !m.is_empty()))
        );
    }
}

impl Story {
    /// Sends JSON; nobody is the public.
    pub async fn send(&self, method: Method, who: &str, path: &str, body: Value) -> Reply {
        self.send_with(method, who, path, body, None).await
    }

    /// Posts JSON.
    pub async fn posts(&self, who: &str, path: &str, body: Value) -> Reply {
        self.send(Method::Post, who, path, body).await
    }

    /// Puts JSON.
    pub async fn puts(&self, who: &str, path: &str, body: Value) -> Reply {
        self.send(Method::Put, who, path, body).await
    }

    /// Posts JSON with a key under which the answer is kept.
    pub async fn posts_once(&self, who: &str, path: &str, body: Value, key: &'static str) -> Reply {
        self.send_with(Method::Post, who, path, body, Some(key)).await
    }

    async fn send_with(
        &self,
        method: Method,
        who: &str,
        path: &str,
        body: Value,
        key: Option<&'static str>,
    ) -> Reply {
        // Nobody does two things at one instant.
        self.site.pass(chrono::TimeDelta::minutes(1));
        let mut headers = vec![Header::new("Content-Type", "application/json")];
        if !who.is_empty() {
            headers.push(Header::new("Authorization", format!("Bearer {}", self.cast.token(who))));
        }
        if let Some(key) = key {
            headers.push(Header::new("Idempotency-Key", key));
        }
        let body = body.to_string().into_bytes();
        Reply(self.site.call(method, &format!("/api/v1{path}"), headers, body).await)
    }

    /// Takes a move of the project with these fields.
    pub async fn moves(&self, who: &str, key: &str, fields: &[(&str, &str)]) -> Reply {
        let mut step = json!({ "move": key });
        for (field, value) in fields {
            match *field {
                "note" => step["note"] = json!(value),
                "if_version" => step["if_version"] = json!(value.parse::<i64>().expect("a number")),
                field => step["input"][field] = json!(value),
            }
        }
        self.posts(who, &format!("/projects/{}/moves", self.project()), step).await
    }

    /// Uploads a paper of each kind, a short text that says what it is.
    pub async fn uploads(&self, who: &str, kinds: &[&str]) {
        for kind in kinds {
            let reply = self
                .upload(
                    who,
                    kind,
                    &format!("{kind}.txt"),
                    format!("{kind}\n演示材料。\n").as_bytes(),
                )
                .await;
            reply.done();
        }
    }

    /// Uploads a file.
    pub async fn upload(&self, who: &str, kind: &str, name: &str, bytes: &[u8]) -> Reply {
        self.site.pass(chrono::TimeDelta::minutes(1));
        let edge = "--walk-edge-7f3a";
        let mut body = format!(
            "{edge}\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n\
             {edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n{edge}--\r\n").as_bytes());
        let headers = vec![
            Header::new("Content-Type", format!("multipart/form-data; boundary={}", &edge[2..])),
            Header::new("Authorization", format!("Bearer {}", self.cast.token(who))),
        ];
        let path = format!("/api/v1/projects/{}/documents", self.project());
        Reply(self.site.call(Method::Post, &path, headers, body).await)
    }

    /// Votes.
    pub async fn votes(&self, who: &str, ballot: &str, choice: &str, reason: &str) -> Reply {
        self.puts(
            who,
            &format!("/ballots/{ballot}/vote"),
            json!({ "choice": choice, "reason": reason }),
        )
        .await
    }

    /// Follows the link of the newest letter of this kind to an address: opens the page, presses the button.
    pub async fn presses_the_link_in_the_mail(&self, address: &str, path: &str) {
        let letters = self.site.letters().await;
        let letter = letters
            .iter()
            .rev()
            .find(|letter| letter.to.email == address && letter.text.contains(path));
        let letter = letter.unwrap_or_else(|| panic!("{address} got no letter with {path}"));
        let link = format!("{path}{}", between(&letter.text, path, "\n").expect("a link").trim());
        let browser = Browser::new();
        let page = self.site.get(&browser, &link).await;
        assert_eq!(page.status, 200, "{link}");
        let pressed = self.site.post_raw(&browser, &link, &[]).await;
        assert_eq!(pressed.status, 303, "{link}: {}", pressed.body);
    }
}
