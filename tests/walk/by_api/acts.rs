//! What several chapters do.

use serde_json::json;

use crate::story::Story;
use crate::talk::Reply;

pub const VOTERS: [&str; 9] = [
    "chair",
    "vice",
    "member-01",
    "member-02",
    "member-03",
    "member-04",
    "member-05",
    "member-06",
    "member-07",
];

pub fn path_of(story: &Story, part: &str) -> String {
    format!("/projects/{}/{part}", story.project())
}

pub async fn opens_round(story: &Story, days: u64) -> Reply {
    let body = json!({ "closes_on": story.day_after(days) });
    story.posts("secretary", &path_of(story, "rounds"), body).await
}

pub async fn opens_ballot(story: &Story, purpose: &str, form: &str) -> String {
    let body = json!({ "purpose": purpose, "form": form, "closes_on": story.day_after(8) });
    let ballot = story.posts("secretary", &path_of(story, "ballots"), body).await.done();
    ballot["id"].as_str().expect("an identity").to_owned()
}
