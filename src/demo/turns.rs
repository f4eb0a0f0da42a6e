//! Many histories told at once: each is a piece of code that waits for its instants, and the earliest always goes on first.
//!
//! So the ledger grows in the order of time, as it would have with all those people at work side by side.

use std::{
    cell::Cell,
    cmp::Reverse,
    collections::BinaryHeap,
    future::Future,
    pin::Pin,
    task::{Context as Turn, Poll, Waker},
};

use anyhow::Context;
use chrono::{DateTime, Utc};

use super::world::World;

/// One history, told by acting and waiting.
pub type Story<'s> = Pin<Box<dyn Future<Output = anyhow::Result<()>> + 's>>;

/// The instant for which the story that is being told asks to wait.
#[derive(Default)]
pub struct Wake(Cell<Option<DateTime<Utc>>>);

/// Waits until the clock of the world shows an instant.
pub struct Until<'w, 'c> {
    pub world: &'w World<'c>,
    pub instant: DateTime<Utc>,
}

impl Future for Until<'_, '_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Turn<'_>) -> Poll<()> {
        if self.world.now() >= self.instant {
            return Poll::Ready(());
        }
        self.world.wake.0.set(Some(self.instant));
        Poll::Pending
    }
}

/// Tells stories in the order of time, each from its first instant, until the end of the world; what would come later stays untold.
///
/// # Errors
/// The first error of a story or of the clock.
pub fn tell<'s>(
    world: &World<'_>,
    stories: impl IntoIterator<Item = (DateTime<Utc>, Story<'s>)>,
) -> anyhow::Result<()> {
    let mut told: Vec<Option<Story<'s>>> = Vec::new();
    let mut waiting = BinaryHeap::new();
    for (start, story) in stories {
        waiting.push(Reverse((start, told.len())));
        told.push(Some(story));
    }
    let mut turn = Turn::from_waker(Waker::noop());
    while let Some(Reverse((instant, place))) = waiting.pop() {
        if instant >= world.end {
            break;
        }
        world.ring_until(instant)?;
        let Some(story) = told.get_mut(place).and_then(Option::as_mut) else { continue };
        match story.as_mut().poll(&mut turn) {
            Poll::Ready(done) => {
                done?;
                told[place] = None;
            }
            Poll::Pending => {
                let next =
                    world.wake.0.take().context("a story waits for nothing but the clock")?;
                waiting.push(Reverse((next, place)));
            }
        }
    }
    world.ring_until(world.end)
}
