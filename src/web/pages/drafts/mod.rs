//! Drafts as clauses (章、条): reading them, correcting what was read out of a file, typing them.

mod checks;
mod clause_view;
mod compare;
pub mod diff_view;
mod edit;
mod history;
mod mapping;
mod margin;
mod new;
mod note;
mod note_text;
mod places;
mod text;

use rocket::Route;

pub use clause_view::{ClauseView, anchor};
pub use compare::{href as compare_href, label as version_label, state as relation_pill};
pub use diff_view::{Side, SideView};
pub use history::history_href;
pub use new::href as new_href;
pub use text::{Content, contents, encoded, said};

/// The address of the clauses of a document.
pub fn text_href(project: quanheng_domain::ids::ProjectId, ordinal: i32) -> String {
    format!("/projects/{project}/documents/{ordinal}/text")
}

/// The routes of this area.
pub fn routes() -> Vec<Route> {
    [
        text::routes(),
        edit::routes(),
        new::routes(),
        margin::routes(),
        compare::routes(),
        mapping::routes(),
        history::routes(),
        places::routes(),
        checks::routes(),
        note::routes(),
    ]
    .concat()
}
