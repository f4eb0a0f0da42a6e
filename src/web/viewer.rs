//! Who looks: read once a request by the gate, asked by guards, frame and catchers.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use quanheng_actions::account::session::Resumed;
use quanheng_actions::account::token::Bearer;
use quanheng_domain::people::Actor;
use rocket::http::{Cookie, SameSite};
use rocket::request::Request;

use crate::app::App;
use crate::csrf::FirstFields;

/// Who looks at a page or calls the API.
#[derive(Debug, Clone, Default)]
pub enum Who {
    /// Nobody we know.
    #[default]
    Guest,
    /// Somebody with a session.
    Session(Box<Resumed>),
    /// A program with a token.
    Bearer(Box<Bearer>),
    /// A token that is unknown or revoked; nothing is answered but 401.
    BadToken,
}

/// The viewer of a request.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The reader's address.
    pub address: IpAddr,
    /// Who.
    pub who: Arc<Who>,
    first: FirstFields,
}

impl Default for Viewer {
    fn default() -> Self {
        Self {
            address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            who: Arc::default(),
            first: FirstFields::default(),
        }
    }
}

impl Viewer {
    /// A viewer as the gate saw it.
    pub(crate) fn new(address: IpAddr, who: Who, first: FirstFields) -> Self {
        Self { address, who: Arc::new(who), first }
    }

    /// The viewer of this request; a guest where the gate did not look.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Self {
        request.local_cache(Self::default)
    }

    /// The actor for rules and ledger.
    pub fn actor(&self) -> Actor {
        match &*self.who {
            Who::Session(resumed) => Actor::Person(resumed.actor.clone()),
            Who::Bearer(bearer) => Actor::Person(bearer.actor.clone()),
            Who::Guest | Who::BadToken => Actor::Public,
        }
    }

    /// The session, if there is one.
    pub fn session(&self) -> Option<&Resumed> {
        match &*self.who {
            Who::Session(resumed) => Some(resumed),
            _ => None,
        }
    }

    /// The key for making repeats harmless.
    pub fn once(&self) -> Option<&str> {
        self.first.once.as_deref()
    }

    /// Whose keys these are. The keys of guests are secrets of their own forms.
    pub(crate) fn actor_key(&self) -> String {
        self.actor().person().map_or_else(|| "guest".to_owned(), |person| person.person.to_string())
    }
}

/// Name of the session cookie; the prefix binds it to this very host where TLS is in use.
pub fn session_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The cookie of a session; it ends with the browser or on the server, whichever comes first.
pub fn session_cookie(app: &App, secret: &str) -> Cookie<'static> {
    let secure = app.settings.security.cookies_secure(app.base_url.starts_with("https://"));
    Cookie::build((session_cookie_name(secure), secret.to_owned()))
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .build()
}
