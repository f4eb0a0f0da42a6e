//! The main job from outside: a suggestion becomes an edition that replaces another, is examined again and abolished –
//! once over the API alone, once through the pages in a browser, each on every database at hand.

#![allow(dead_code, reason = "the kit serves other tests too")]

mod by_api;
mod by_pages;
mod cast;
#[path = "../app/committee.rs"]
mod committee;
mod desk;
mod driver;
mod force;
mod meeting;
mod served;
mod story;
mod talk;
mod visit;
#[path = "../app/world.rs"]
mod world;
