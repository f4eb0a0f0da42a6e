//! Letters in memory: a test reads what was sent and says what shall go wrong.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Delay, Delivery, MailError};
use crate::message::Message;

/// A transport that remembers; clones share their memory.
#[derive(Clone, Default)]
pub struct Memory {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    sent: Vec<Message>,
    outage: Option<MailError>,
    next: VecDeque<MailError>,
    refused: HashMap<String, MailError>,
}

impl Memory {
    /// Every letter that was taken, in order; those whose answer got lost among them.
    pub fn sent(&self) -> Vec<Message> {
        self.state().sent.clone()
    }

    /// Makes every attempt fail until it is called with nothing.
    pub fn outage(&self, error: Option<MailError>) {
        self.state().outage = error;
    }

    /// Makes the next attempt fail; several calls queue up.
    pub fn fail_next(&self, error: MailError) {
        self.state().next.push_back(error);
    }

    /// Makes every attempt to one address fail.
    pub fn refuse(&self, address: &str, error: MailError) {
        self.state().refused.insert(address.to_owned(), error);
    }

    pub(super) fn take(&self, message: &Message) -> Result<Delivery, MailError> {
        message.to_lettre()?;
        let mut state = self.state();
        let error = state
            .outage
            .clone()
            .or_else(|| state.next.pop_front())
            .or_else(|| state.refused.get(&message.to.email).cloned());
        match error {
            None => {}
            Some(error) => {
                if matches!(error, MailError::Retry { why: Delay::AnswerLost, .. }) {
                    state.sent.push(message.clone());
                }
                return Err(error);
            }
        }
        state.sent.push(message.clone());
        Ok(Delivery::Sent { reply: "250 kept in memory".to_owned() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A test that panicked elsewhere leaves whole values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
