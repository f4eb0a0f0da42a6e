//! Answers where no route did: refused guards, unknown paths, broken bodies.

use rocket::http::{Method, Status};
use rocket::request::Request;
use rocket::response::{self, Redirect, Responder};
use rocket::{Catcher, catch, catchers};

use crate::error::{WebError, for_program};
use crate::gate;
use crate::pages::preferences::own_path;

/// Either the error or the way to the sign-in page.
struct Caught(Option<String>, WebError);

impl<'r> Responder<'r, 'static> for Caught {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self.0 {
            Some(path) => Redirect::to(path).respond_to(request),
            None => self.1.respond_to(request),
        }
    }
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Caught {
    let page = request.method() == Method::Get && !for_program(request);
    let asked = gate::asked_path(request)
        .filter(|asked| status == Status::Unauthorized && page && !asked.starts_with("/api/"));
    let way = asked.and_then(own_path).map(|next| match next {
        "/" => "/sign-in".to_owned(),
        next => format!("/sign-in?next={}", rocket::http::RawStr::new(next).percent_encode()),
    });
    Caught(way, WebError::of_status(status))
}

/// The catchers of the site.
pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}
