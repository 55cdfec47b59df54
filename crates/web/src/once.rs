//! Once is once: a form that is sent twice does its work once and answers twice alike.
//!
//! Every form carries a fresh key. The first sending does the work while a second one
//! waits for it and is led to the same place. Keys are remembered by this process for as
//! long as a double click or a repeated connection can matter; beyond that, the version
//! that every change carries refuses a repetition.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Redirect, Response};

use crate::error::Problem;

/// How many keys are remembered.
const KEPT: usize = 4_096;

/// How a form ended.
pub(crate) enum Outcome {
    /// It was done; the browser goes on to this address.
    Done(String),
    /// It was not done; the form is shown again.
    Again(Response),
}

/// The key of one of several buttons on a page that share a key; a form without a key has none.
pub(crate) fn one_of(key: &str, what: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{key} {what}") }
}

type Slot = Arc<tokio::sync::Mutex<Option<String>>>;

/// The keys seen lately, with where they led.
#[derive(Default)]
pub(crate) struct Once {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    slots: HashMap<String, Slot>,
    order: VecDeque<String>,
}

impl Once {
    /// Does `work` unless the same actor's same key has led somewhere already.
    pub(crate) async fn run(
        &self,
        actor: &str,
        key: &str,
        work: impl Future<Output = Result<Outcome, Problem>>,
    ) -> Result<Response, Problem> {
        let slot = self.slot(format!("{actor} {key}"), key.is_empty());
        let mut led = slot.lock().await;
        if let Some(address) = led.as_ref() {
            return Ok(Redirect::to(address).into_response());
        }
        match work.await? {
            Outcome::Done(address) => {
                let response = Redirect::to(&address).into_response();
                *led = Some(address);
                Ok(response)
            }
            Outcome::Again(response) => Ok(response),
        }
    }

    /// The slot of a key; a form without a key gets one of its own.
    fn slot(&self, name: String, keyless: bool) -> Slot {
        if keyless {
            return Slot::default();
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = kept.slots.get(&name) {
            return Arc::clone(slot);
        }
        if kept.order.len() >= KEPT
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.slots.remove(&oldest);
        }
        let slot = Slot::default();
        kept.order.push_back(name.clone());
        kept.slots.insert(name, Arc::clone(&slot));
        slot
    }
}

/// A fresh key for a form; empty when the machine has no randomness, and then the
/// versions alone protect.
pub(crate) fn fresh() -> String {
    let mut bytes = [0_u8; 16];
    match getrandom::fill(&mut bytes) {
        Ok(()) => format!("{:032x}", u128::from_be_bytes(bytes)),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn the_same_key_works_once_and_leads_to_the_same_place() {
        let (once, done) = (Once::default(), AtomicU32::new(0));
        let send = |actor, key| {
            once.run(actor, key, async {
                let number = done.fetch_add(1, Ordering::SeqCst);
                Ok(Outcome::Done(format!("/requests/{number}")))
            })
        };
        let (first, second) = tokio::join!(send("a", "k"), send("a", "k"));
        assert_eq!(first.unwrap().headers()["location"], "/requests/0");
        assert_eq!(second.unwrap().headers()["location"], "/requests/0");
        assert_eq!(send("b", "k").await.unwrap().headers()["location"], "/requests/1", "another actor's key is another key");
        assert_eq!(send("a", "").await.unwrap().headers()["location"], "/requests/2", "no key, no memory");
    }

    #[tokio::test]
    async fn a_refused_form_can_be_sent_again() {
        let once = Once::default();
        let refused = once.run("a", "k", async { Ok(Outcome::Again(Response::default())) }).await;
        assert!(refused.unwrap().headers().get("location").is_none());
        let done = once.run("a", "k", async { Ok(Outcome::Done("/done".to_owned())) }).await;
        assert_eq!(done.unwrap().headers()["location"], "/done");
    }

    #[test]
    fn keys_are_fresh() {
        assert_ne!(fresh(), fresh());
        assert_eq!(fresh().len(), 32);
    }
}
