//! A specification's life over the API alone.

mod acts;
mod edition;
mod proposal;
mod review;

use edition::*;
use proposal::*;
use review::*;

use crate::story::Story;
use crate::world::TestApp;

#[rocket::async_test]
async fn a_suggestion_becomes_an_edition_that_replaces_another_and_is_abolished() {
    for site in TestApp::on_each_backend().await {
        let story = &mut Story::begin(site).await;
        a_unit_suggests_a_revision(story).await;
        the_committee_votes_for_the_proposal(story).await;
        the_authority_puts_it_into_the_plan(story).await;
        the_drafter_writes(story).await;
        the_public_comments(story).await;
        the_drafter_answers(story).await;
        the_papers_go_out(story).await;
        a_review_without_quorum_is_invalid(story).await;
        the_review_passes(story).await;
        the_dossier_comes_back_once(story).await;
        the_text_is_numbered_and_published(story).await;
        force_begins_on_its_day(story).await;
        five_years_later_it_is_confirmed(story).await;
        another_five_years_later_it_is_abolished(story).await;
    }
}
