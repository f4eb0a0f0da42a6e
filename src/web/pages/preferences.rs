//! Language and theme of the reader, kept in cookies for a year.

use rocket::form::{Form, FromForm};
use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::time::Duration;
use rocket::{Route, post, routes};

use quanheng_domain::{Keyed, Locale};

use crate::frame::{LOCALE_COOKIE, THEME_COOKIE};

#[derive(FromForm)]
struct Preferences<'r> {
    locale: Option<&'r str>,
    theme: Option<&'r str>,
    back: Option<&'r str>,
}

fn keep(jar: &CookieJar<'_>, name: &'static str, value: &'static str) {
    jar.add(
        Cookie::build((name, value))
            .path("/")
            .same_site(SameSite::Lax)
            .max_age(Duration::days(365)),
    );
}

/// A path of this site, never an address elsewhere.
pub(crate) fn own_path(back: &str) -> Option<&str> {
    let sound =
        back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    sound.then_some(back)
}

#[post("/preferences", data = "<form>")]
fn set(form: Form<Preferences<'_>>, jar: &CookieJar<'_>) -> Redirect {
    if let Some(Ok(locale)) = form.locale.map(Locale::from_key) {
        keep(jar, LOCALE_COOKIE, locale.key());
    }
    if let Some(theme) =
        ["auto", "light", "dark"].into_iter().find(|theme| form.theme == Some(*theme))
    {
        keep(jar, THEME_COOKIE, theme);
    }
    Redirect::to(form.back.and_then(own_path).unwrap_or("/").to_owned())
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    routes![set]
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert_eq!(own_path("/projects?stage=30"), Some("/projects?stage=30"));
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "", "projects"]
        {
            assert_eq!(own_path(foreign), None, "{foreign}");
        }
    }
}
