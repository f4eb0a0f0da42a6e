//! Who may open what: one row a route. A test compares the table with the routes that are mounted.

use rocket::http::Method;

/// Who a route is for; what somebody may do there is decided by the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Anybody.
    Public,
    /// Holders of a one-time link.
    Link,
    /// Anybody who signed in.
    SignedIn,
    /// Officers of an authority.
    Officer,
    /// Administrators.
    Admin,
    /// Programs with a token, or signed-in people.
    Api,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Access {
    /// Method.
    pub method: Method,
    /// Address as mounted.
    pub path: &'static str,
    /// Who.
    pub open: Open,
}

const fn row(method: Method, path: &'static str, open: Open) -> Access {
    Access { method, path, open }
}

/// The table.
pub const TABLE: &[Access] = &[
    row(Method::Get, "/", Open::Public),
    row(Method::Get, "/admin/holidays", Open::Admin),
    row(Method::Post, "/admin/holidays", Open::Admin),
    row(Method::Post, "/admin/holidays/<day>/remove", Open::Admin),
    row(Method::Get, "/announcements?<page>", Open::Public),
    row(Method::Get, "/calendar/<file>", Open::Public),
    row(Method::Get, "/committees", Open::Public),
    row(Method::Get, "/committees/<code>?<on>", Open::Public),
    row(Method::Get, "/feeds", Open::Public),
    row(Method::Get, "/feeds/<file>", Open::Public),
    row(Method::Get, "/proposals", Open::Public),
    row(Method::Get, "/proposals/<id>", Open::Public),
    row(Method::Post, "/proposals/<id>/objections", Open::Public),
    row(Method::Get, "/rules", Open::Public),
    row(Method::Get, "/rules/<name>?<on>", Open::Public),
    row(Method::Get, "/rules/<name>/change?<key>", Open::SignedIn),
    row(Method::Post, "/rules/<name>/change", Open::SignedIn),
    row(Method::Get, "/rules/<name>/try?<asked..>", Open::Public),
    row(Method::Get, "/rules/compare?<left>&<right>&<on>", Open::Public),
    row(Method::Get, "/search?<q>", Open::Public),
    row(Method::Get, "/specifications?<asked..>", Open::Public),
    row(Method::Get, "/specifications/<number>?<on>", Open::Public),
    row(Method::Post, "/specifications/<number>/feedback", Open::Public),
    row(Method::Post, "/specifications/<number>/follow", Open::SignedIn),
    row(Method::Get, "/stages", Open::Public),
    row(Method::Get, "/-/turned-away/<status>/<kind>/<wait>", Open::Public),
    row(Method::Get, "/account", Open::SignedIn),
    row(Method::Post, "/account", Open::SignedIn),
    row(Method::Get, "/account/password", Open::SignedIn),
    row(Method::Post, "/account/password", Open::SignedIn),
    row(Method::Post, "/account/sessions/<id>/end", Open::SignedIn),
    row(Method::Post, "/account/sessions/end-others", Open::SignedIn),
    row(Method::Post, "/account/tokens", Open::SignedIn),
    row(Method::Post, "/account/tokens/<id>/revoke", Open::SignedIn),
    row(Method::Get, "/assets/<path..>", Open::Public),
    row(Method::Get, "/ballots/<id>", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/attendance", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/close", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/opinions", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/sign", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/votes", Open::SignedIn),
    row(Method::Post, "/ballots/<id>/votes/entered", Open::SignedIn),
    row(Method::Get, "/board", Open::SignedIn),
    row(Method::Get, "/consultations", Open::Public),
    row(Method::Get, "/consultations/<id>", Open::Public),
    row(Method::Post, "/consultations/<id>/answer", Open::SignedIn),
    row(Method::Post, "/consultations/<id>/comments", Open::Public),
    row(Method::Get, "/consultations/<id>/table.csv", Open::Public),
    row(Method::Get, "/consultations/<id>/table.xlsx", Open::Public),
    row(Method::Get, "/consultations/confirm/<token>", Open::Link),
    row(Method::Post, "/consultations/confirm/<token>", Open::Link),
    row(Method::Get, "/desk", Open::SignedIn),
    row(Method::Get, "/favicon.ico", Open::Public),
    row(Method::Get, "/forgot", Open::Public),
    row(Method::Post, "/forgot", Open::Public),
    row(Method::Get, "/healthz", Open::Public),
    row(Method::Get, "/invitation/<token>", Open::Link),
    row(Method::Post, "/invitation/<token>", Open::Link),
    row(Method::Get, "/mail/stop/<person>/<code>", Open::Link),
    row(Method::Post, "/mail/stop/<person>/<code>", Open::Link),
    row(Method::Post, "/preferences", Open::Public),
    row(Method::Get, "/projects/<id>", Open::Public),
    row(Method::Post, "/projects/<id>/adjustments", Open::SignedIn),
    row(Method::Post, "/projects/<id>/adjustments/refuse", Open::SignedIn),
    row(Method::Post, "/projects/<id>/ballots", Open::SignedIn),
    row(Method::Post, "/projects/<id>/consents", Open::SignedIn),
    row(Method::Post, "/projects/<id>/documents", Open::SignedIn),
    row(Method::Get, "/projects/<id>/documents/<ordinal>", Open::Public),
    row(Method::Post, "/projects/<id>/documents/<ordinal>/visibility", Open::SignedIn),
    row(Method::Post, "/projects/<id>/documents/<ordinal>/withdraw", Open::SignedIn),
    row(Method::Post, "/projects/<id>/moves", Open::SignedIn),
    row(Method::Post, "/projects/<id>/objections", Open::Public),
    row(Method::Post, "/projects/<id>/objections/<objection>/answer", Open::SignedIn),
    row(Method::Post, "/projects/<id>/people", Open::SignedIn),
    row(Method::Post, "/projects/<id>/people/<person>/<role>/remove", Open::SignedIn),
    row(Method::Get, "/projects/new", Open::SignedIn),
    row(Method::Post, "/projects/new", Open::SignedIn),
    row(Method::Get, "/readyz", Open::Public),
    row(Method::Get, "/reset/<token>", Open::Link),
    row(Method::Post, "/reset/<token>", Open::Link),
    row(Method::Get, "/setup/<token>", Open::Link),
    row(Method::Post, "/setup/<token>", Open::Link),
    row(Method::Post, "/sign-in", Open::Public),
    row(Method::Get, "/sign-in?<next>", Open::Public),
    row(Method::Post, "/sign-out", Open::SignedIn),
    row(Method::Get, "/suggest", Open::Public),
    row(Method::Post, "/suggest", Open::Public),
];
