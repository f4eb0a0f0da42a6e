//! A specification's life through the pages, in a browser.

mod edition;
mod proposal;
mod review;

use edition::*;
use proposal::*;
use review::*;

use crate::driver::Kind;
use crate::visit::Visit;
use crate::world::TestApp;

async fn the_whole_life(site: TestApp, kind: Kind) {
    let Some(mut visit) = Visit::begin(site, kind).await else { return };
    let visit = &mut visit;
    somebody_suggests_a_revision(visit).await;
    the_committee_votes_for_the_proposal(visit).await;
    the_authority_puts_it_into_the_plan(visit).await;
    the_drafter_writes(visit).await;
    the_public_comments(visit).await;
    the_drafter_answers(visit).await;
    the_papers_go_out(visit).await;
    the_review_passes(visit).await;
    the_dossier_comes_back_once(visit).await;
    the_text_is_numbered_and_published(visit).await;
    force_begins_on_its_day(visit).await;
    five_years_later_it_is_abolished(visit).await;
}

#[rocket::async_test]
async fn a_suggestion_becomes_an_edition_that_replaces_another_and_is_abolished() {
    the_whole_life(TestApp::new().await, Kind::Wide).await;
}

// A test of its own, so that the two, which are the longest of all, run beside each other.
#[rocket::async_test]
async fn a_suggestion_becomes_an_edition_and_is_abolished_on_postgresql() {
    if let Some(site) = TestApp::on_postgresql().await {
        the_whole_life(site, Kind::Wide).await;
    }
}

async fn the_proposal(kind: Kind) {
    let Some(mut visit) = Visit::begin(TestApp::new().await, kind).await else { return };
    let visit = &mut visit;
    somebody_suggests_a_revision(visit).await;
    the_committee_votes_for_the_proposal(visit).await;
    the_authority_puts_it_into_the_plan(visit).await;
}

#[rocket::async_test]
async fn a_suggestion_comes_into_the_plan_without_scripts() {
    the_proposal(Kind::NoScripts).await;
}

#[rocket::async_test]
async fn a_suggestion_comes_into_the_plan_on_a_telephone() {
    the_proposal(Kind::Phone).await;
}
