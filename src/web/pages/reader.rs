//! Somebody at a page of the register that carries forms, and a form sent there: the verb is taken and the reader brought back to the
//! place it touched, or the page is shown again with what was typed.

use quanheng_actions::{ActionError, Tx};
use quanheng_domain::Locale;
use quanheng_domain::ids::SpecificationId;
use quanheng_domain::lifecycle::FieldFault;
use quanheng_domain::people::Actor;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use super::address;
use super::projects::Again;
use super::public::{Shelf, identity};
use crate::guards::NoProof;
use crate::views::{Text, Tone};
use crate::{Answer, App, Done, Fields, Page, PageForm, SignedIn, Typed, Visitor, WebError};

/// Anybody, with what a page of the register is read from. Never refuses.
#[derive(Clone)]
pub struct Reader<'r> {
    /// The parts of the running server.
    pub app: &'r App,
    /// The catalogue in memory.
    pub shelf: &'r Shelf,
    /// The actor; the public for guests.
    pub actor: Actor,
    /// Language of the answer.
    pub locale: Locale,
}

/// A reader with a session; everybody else is led to the sign-in page and back.
pub struct SignedReader<'r>(pub Reader<'r>);

/// A form as a reader sent it about one thing.
pub struct Sent<'r, S> {
    reader: Reader<'r>,
    /// What it is about.
    pub about: S,
    page: String,
    typed: Typed,
}

/// Where the reader is brought back to on the page, and what he is told.
pub struct Back {
    page: Option<String>,
    anchor: String,
    said: Text,
}

/// Back to an anchor with a message; to the top of the page where the anchor is empty.
pub fn back(anchor: impl Into<String>, key: &str) -> Back {
    Back { page: None, anchor: anchor.into(), said: Text::said(key) }
}

impl Back {
    /// The same with other words.
    pub fn saying(self, said: Text) -> Self {
        Self { said, ..self }
    }

    /// The same on another page, where the verb has moved the thing.
    pub fn at(self, page: String) -> Self {
        Self { page: Some(page), ..self }
    }

    /// The answer that leads to the anchor on a page.
    fn on(self, page: &str) -> Answer {
        let page = self.page.as_deref().unwrap_or(page);
        let to = match self.anchor.as_str() {
            "" => page.to_owned(),
            anchor => format!("{page}#{anchor}"),
        };
        Answer::see(to).saying(Tone::Good, &self.said)
    }
}

/// The address of a page below an edition.
pub fn below(number: &str, leaf: &str) -> String {
    format!("/specifications/{}/{leaf}", address::encoded(number))
}

fn read<'r>(request: &'r Request<'_>, actor: Actor, locale: Locale) -> Option<Reader<'r>> {
    let rocket = request.rocket();
    Some(Reader { app: rocket.state()?, shelf: rocket.state()?, actor, locale })
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reader<'r> {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let visitor = rocket::outcome::try_outcome!(request.guard::<Visitor>().await);
        let reader = read(request, visitor.actor, visitor.locale);
        reader.map_or(Outcome::Error((Status::InternalServerError, NoProof)), Outcome::Success)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedReader<'r> {
    type Error = NoProof;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let signed_in = rocket::outcome::try_outcome!(request.guard::<SignedIn>().await);
        let reader = read(request, signed_in.actor, signed_in.locale).map(Self);
        reader.map_or(Outcome::Error((Status::InternalServerError, NoProof)), Outcome::Success)
    }
}

impl<'r> Reader<'r> {
    /// The edition of a number.
    ///
    /// # Errors
    /// [`WebError::not_found`] for a number that no edition has.
    pub async fn edition(&self, number: &str) -> Result<SpecificationId, WebError> {
        identity(self.app, self.shelf, number).await
    }

    /// A form about one thing, sent on a page.
    pub fn sent<S>(self, about: S, page: impl Into<String>, typed: Typed) -> Sent<'r, S> {
        Sent { reader: self, about, page: page.into(), typed }
    }

    /// A form about an edition, sent on a page below it.
    ///
    /// # Errors
    /// Those of [`Reader::edition`].
    pub async fn sent_below(
        self,
        number: &str,
        leaf: &str,
        typed: Typed,
    ) -> Result<Sent<'r, SpecificationId>, WebError> {
        let edition = self.edition(number).await?;
        Ok(self.sent(edition, below(number, leaf), typed))
    }
}

impl<'r, S: Clone> Sent<'r, S> {
    /// Reads the form of a key, takes the verb, and leads back; `page` makes the page again.
    ///
    /// # Errors
    /// Everything that is no fault of the form.
    pub async fn act<C, R, V, P>(
        self,
        form: impl Into<String>,
        read: R,
        mut verb: V,
        page: P,
    ) -> Result<Done, WebError>
    where
        C: Send + 'static,
        R: FnOnce(Fields<'_>) -> Result<C, FieldFault>,
        V: FnMut(&mut Tx<'_, '_>, &Actor, &C) -> Result<Back, ActionError> + Send + 'static,
        P: AsyncFnOnce(Reader<'r>, S, Option<Again>) -> Result<Page, WebError>,
    {
        let Self { reader, about, page: path, typed } = self;
        PageForm::new(reader.app, reader.actor.clone(), form, typed)
            .act(
                read,
                move |tx, actor, command| Ok(verb(tx, actor, command)?.on(&path)),
                async |_, again| page(reader, about, Some(again)).await,
            )
            .await
    }

    /// Takes a verb that asks for nothing, and leads back.
    ///
    /// # Errors
    /// Those of the verb.
    pub async fn press<V>(self, mut verb: V) -> Result<Answer, WebError>
    where
        V: FnMut(&mut Tx<'_, '_>, &Actor) -> Result<Back, ActionError> + Send + 'static,
    {
        let Self { reader, page, typed, .. } = self;
        let actor = reader.actor;
        reader.app.once(typed.once(), move |tx| Ok(verb(tx, &actor)?.on(&page))).await
    }
}
