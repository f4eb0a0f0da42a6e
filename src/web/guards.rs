//! Guards are proofs: a handler that takes one need not ask again who it is. Rules about a single project stay in the domain.

use std::collections::BTreeSet;
use std::net::IpAddr;

use quanheng_actions::account::session::Resumed;
use quanheng_db::accounts::SessionRow;
use quanheng_domain::Locale;
use quanheng_domain::ids::AuthorityId;
use quanheng_domain::people::{Actor, PersonActor};
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use crate::frame;
use crate::viewer::{Viewer, Who};

/// Anybody: the public, or whoever signed in. Never refuses.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The actor; the public for guests.
    pub actor: Actor,
    /// Language of the answer.
    pub locale: Locale,
    /// The reader's address, for budgets only; never stored with what is said.
    pub address: IpAddr,
}

/// Somebody with a session; everybody else is led to the sign-in page and back.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The actor, with the rights of this moment.
    pub actor: Actor,
    /// The same person.
    pub person: PersonActor,
    /// The session.
    pub session: SessionRow,
    /// Language of the answer.
    pub locale: Locale,
}

/// An officer of at least one authority. To others the page does not exist.
#[derive(Debug, Clone)]
pub struct Officer {
    /// The person.
    pub signed_in: SignedIn,
    /// The authorities served.
    pub authorities: BTreeSet<AuthorityId>,
}

/// Who keeps committees: an officer of at least one authority, or an administrator. To others the page does not exist.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// The person.
    pub signed_in: SignedIn,
}

/// An administrator of the system. To others the page does not exist.
#[derive(Debug, Clone)]
pub struct Admin {
    /// The person.
    pub signed_in: SignedIn,
}

/// A person who calls the API, by token or (for the documentation's "try it") by session.
#[derive(Debug, Clone)]
pub struct ApiActor {
    /// The actor.
    pub actor: Actor,
    /// The same person.
    pub person: PersonActor,
}

impl Admin {
    /// The actor for actions.
    pub fn actor(&self) -> &Actor {
        &self.signed_in.actor
    }
}

/// Why a guard refused; the catcher of the status answers.
#[derive(Debug, Clone, Copy)]
pub struct NoProof;

fn signed_in(request: &Request<'_>) -> Option<SignedIn> {
    let resumed: &Resumed = Viewer::of(request).session()?;
    Some(SignedIn {
        actor: Actor::Person(resumed.actor.clone()),
        person: resumed.actor.clone(),
        session: resumed.session.clone(),
        locale: frame::of(request).locale,
    })
}

fn refuse<T>(status: Status) -> Outcome<T, NoProof> {
    Outcome::Error((status, NoProof))
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let viewer = Viewer::of(request);
        Outcome::Success(Self {
            actor: viewer.actor(),
            locale: frame::of(request).locale,
            address: viewer.address,
        })
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        match signed_in(request) {
            Some(signed_in) => Outcome::Success(signed_in),
            None => refuse(Status::Unauthorized),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Officer {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        match signed_in(request) {
            Some(signed_in) if !signed_in.person.authorities.is_empty() => {
                let authorities = signed_in.person.authorities.clone();
                Outcome::Success(Self { signed_in, authorities })
            }
            Some(_) => refuse(Status::NotFound),
            None => refuse(Status::Unauthorized),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Keeper {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        match signed_in(request) {
            Some(signed_in)
                if signed_in.person.administrator || !signed_in.person.authorities.is_empty() =>
            {
                Outcome::Success(Self { signed_in })
            }
            Some(_) => refuse(Status::NotFound),
            None => refuse(Status::Unauthorized),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        match signed_in(request) {
            Some(signed_in) if signed_in.person.administrator => {
                Outcome::Success(Self { signed_in })
            }
            Some(_) => refuse(Status::NotFound),
            None => refuse(Status::Unauthorized),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ApiActor {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let person = match &*Viewer::of(request).who {
            Who::Session(resumed) => resumed.actor.clone(),
            Who::Bearer(bearer) => bearer.actor.clone(),
            Who::Guest | Who::BadToken => return refuse(Status::Unauthorized),
        };
        Outcome::Success(Self { actor: Actor::Person(person.clone()), person })
    }
}
