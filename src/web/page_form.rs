//! The frame of a form: it is read, one action is taken, and either its answer goes out or the page is shown again with the faults
//! at their fields and everything that was typed.
//!
//! A page that has several forms gives each a key; the fields bear it (`opinion.text`), and [`Again`] says which one came back.
//! A handler is then its reading and its action:
//!
//! ```ignore
//! #[post("/ballots/<id>/opinions", data = "<typed>")]
//! async fn opine(app: &State<App>, signed_in: SignedIn, id: &str, typed: Typed) -> Result<Done, WebError> {
//!     let ballot = ballot_id(id)?;
//!     PageForm::new(app, signed_in.actor, "opinion", typed)
//!         .act(
//!             |form| Ok(form.text("text")),
//!             move |tx, actor, text| {
//!                 cast::opine(tx, actor, ballot, text)?;
//!                 Ok(said(ballot, "ballots-opinion-kept"))
//!             },
//!             async |actor, again| page(app, actor, ballot, Some(&again)).await,
//!         )
//!         .await
//! }
//! ```
//!
//! Faults found while reading and faults that the action finds come back the same way, and so does a refusal, with its rule; every
//! other error is answered by [`WebError`]. A repeat of the same form gets the answer of the first ([`App::once`]).

use chrono::NaiveDate;
use quanheng_actions::{ActionError, Tx};
use quanheng_domain::Keyed;
use quanheng_domain::ids::Id;
use quanheng_domain::lifecycle::{FaultCode, FieldFault};
use quanheng_domain::people::Actor;

use crate::answer::Answer;
use crate::app::App;
use crate::error::WebError;
use crate::page::Page;
use crate::pages::projects::Again;
use crate::typed::Typed;

/// The way on, or the page again.
pub type Done = Result<Answer, Page>;

/// A form as it was sent, with who sent it.
pub struct PageForm<'a> {
    app: &'a App,
    actor: Actor,
    form: String,
    typed: Typed,
}

/// The fields of a form by their own names, without the key of the form.
#[derive(Clone, Copy)]
pub struct Fields<'t> {
    form: &'t str,
    typed: &'t Typed,
}

impl<'a> PageForm<'a> {
    /// A form of this key.
    pub fn new(app: &'a App, actor: Actor, form: impl Into<String>, typed: Typed) -> Self {
        Self { app, actor, form: form.into(), typed }
    }

    /// Reads the form, takes the action, and answers; `page` makes the page again.
    ///
    /// # Errors
    /// Everything that is no fault of the form.
    pub async fn act<C, R, A, P>(self, read: R, mut act: A, page: P) -> Result<Done, WebError>
    where
        C: Send + 'static,
        R: FnOnce(Fields<'_>) -> Result<C, FieldFault>,
        A: FnMut(&mut Tx<'_, '_>, &Actor, &C) -> Result<Answer, ActionError> + Send + 'static,
        P: AsyncFnOnce(Actor, Again) -> Result<Page, WebError>,
    {
        let Self { app, actor, form, typed } = self;
        let done = match read(Fields { form: &form, typed: &typed }) {
            Ok(command) => {
                let acting = actor.clone();
                app.once(typed.once(), move |tx| act(tx, &acting, &command)).await
            }
            Err(fault) => Err(WebError::invalid(vec![fault])),
        };
        let error = match done {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        let status = error.status;
        let again = Again::of(&form, typed, error)?;
        Ok(Err(page(actor, again).await?.status(status)))
    }
}

impl Fields<'_> {
    fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.form)
    }

    /// The field as it was sent.
    pub fn raw(&self, field: &str) -> String {
        self.typed.raw(&self.name(field)).to_owned()
    }

    /// One line.
    pub fn line(&self, field: &str) -> String {
        self.typed.line(&self.name(field))
    }

    /// Several lines.
    pub fn text(&self, field: &str) -> String {
        self.typed.text(&self.name(field))
    }

    /// What was chosen of a closed set.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn choice<K: Keyed>(&self, field: &str) -> Result<K, FieldFault> {
        self.typed.choice(&self.name(field))
    }

    /// A whole number; absent when empty.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn number(&self, field: &str) -> Result<Option<i32>, FieldFault> {
        match self.line(field).as_str() {
            "" => Ok(None),
            text => {
                let other = |_| FieldFault::new(field, FaultCode::OtherKind);
                text.parse().map(Some).map_err(other)
            }
        }
    }

    /// A whole number that has to be told.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn needed_number(&self, field: &str) -> Result<i32, FieldFault> {
        self.number(field)?.ok_or_else(|| FieldFault::new(field, FaultCode::Missing))
    }

    /// The version that the page was made from, from its hidden field.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn version(&self) -> Result<i64, FieldFault> {
        let field = "if_version";
        match self.line(field).as_str() {
            "" => Err(FieldFault::new(field, FaultCode::Missing)),
            text => text.parse().map_err(|_| FieldFault::new(field, FaultCode::OtherKind)),
        }
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, field: &str) -> bool {
        self.typed.ticked(&self.name(field))
    }

    /// The identities that were ticked.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn ids<T>(&self, field: &str) -> Result<Vec<Id<T>>, FieldFault> {
        let unknown = |_| FieldFault::new(field, FaultCode::Unknown);
        let sent = self.typed.all(&self.name(field));
        sent.into_iter().map(|text| text.parse().map_err(unknown)).collect()
    }

    /// An identity; absent when empty.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn id<T>(&self, field: &str) -> Result<Option<Id<T>>, FieldFault> {
        let at = |fault| FieldFault { field: field.to_owned(), ..fault };
        self.typed.id(&self.name(field)).map_err(at)
    }

    /// An identity that has to be told.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn needed_id<T>(&self, field: &str) -> Result<Id<T>, FieldFault> {
        self.id(field)?.ok_or_else(|| FieldFault::new(field, FaultCode::Missing))
    }

    /// Everything that was chosen of a field with several answers.
    pub fn all(&self, field: &str) -> Vec<String> {
        self.typed.all(&self.name(field)).into_iter().map(str::to_owned).collect()
    }

    /// A day; absent when empty.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn day(&self, field: &str) -> Result<Option<NaiveDate>, FieldFault> {
        let at = |fault| FieldFault { field: field.to_owned(), ..fault };
        self.typed.day(&self.name(field)).map_err(at)
    }

    /// A day that has to be told.
    ///
    /// # Errors
    /// The fault at the field.
    pub fn needed_day(&self, field: &str) -> Result<NaiveDate, FieldFault> {
        self.day(field)?.ok_or_else(|| FieldFault::new(field, FaultCode::Missing))
    }
}
