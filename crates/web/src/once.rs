//! Once is once: a form that is sent twice does its work once and answers twice alike.
//!
//! Every form carries a fresh key. The first sending does the work while a second one
//! waits for it and is led to the same place. Another form under the same key (somebody went back,
//! changed it and sent it again) is refused, with what was typed. Keys are remembered by this process for as
//! long as a double click or a repeated connection can matter; beyond that, the version
//! that every change carries refuses a repetition.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};

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

/// The key of a form as it was sent, with what was typed in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Key {
    name: String,
    print: [u8; 32],
    typed: Vec<(String, String)>,
}

/// What a form carries by itself.
const CARRIED: &[&str] = &["once", "version", "letter", "act", "expected"];
/// What never comes back to a page.
const SECRET: &[&str] = &["password", "passwords", "code", "secret", "passphrase"];

impl Key {
    /// The key of a form and everything that was sent with it.
    pub(crate) fn of(name: &str, sent: &[(String, String)]) -> Self {
        let mut print = Sha256::new();
        for (field, value) in sent {
            print.update(format!("{}:{field}{}:{value}", field.len(), value.len()));
        }
        let typed = |field: &str, value: &str| !value.trim().is_empty() && !CARRIED.contains(&field) && !SECRET.contains(&field);
        let typed = sent.iter().filter(|(field, value)| typed(field, value)).cloned().collect();
        Self { name: name.to_owned(), print: print.finalize().into(), typed }
    }

    /// The same, with a file that came with it.
    pub(crate) fn with(mut self, bytes: &[u8]) -> Self {
        self.print = Sha256::new().chain_update(self.print).chain_update(Sha256::digest(bytes)).finalize().into();
        self
    }

    /// The key of one of several buttons on a page that share a key; a form without a key has none.
    pub(crate) fn one_of(mut self, what: &str) -> Self {
        if !self.name.is_empty() {
            self.name = format!("{} {what}", self.name);
        }
        self
    }
}

/// Where a form led, and what it was.
struct Led {
    address: String,
    print: [u8; 32],
}

type Slot = Arc<tokio::sync::Mutex<Option<Led>>>;

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
    /// Does `work` unless the same actor has sent the same form already: then it leads to the same
    /// place. Another form under a key that was used is refused, with what was typed.
    pub(crate) async fn run(
        &self,
        actor: &str,
        key: &Key,
        work: impl Future<Output = Result<Outcome, Problem>>,
    ) -> Result<Response, Problem> {
        let slot = self.slot(format!("{actor} {}", key.name), key.name.is_empty());
        let mut led = slot.lock().await;
        match led.as_ref() {
            Some(before) if before.print == key.print => return Ok(Redirect::to(&before.address).into_response()),
            Some(before) => return Err(Problem::SentAlready { led: before.address.clone(), typed: key.typed.clone() }),
            None => {}
        }
        match work.await? {
            Outcome::Done(address) => {
                let response = Redirect::to(&address).into_response();
                *led = Some(Led { address, print: key.print });
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

    fn key_of(name: &str, words: &str) -> Key {
        Key::of(name, &[("once".to_owned(), name.to_owned()), ("words".to_owned(), words.to_owned())])
    }

    #[tokio::test]
    async fn another_form_under_a_used_key_is_refused_with_what_was_typed() {
        let once = Once::default();
        let done = once.run("a", &key_of("k", "first"), async { Ok(Outcome::Done("/requests/1".to_owned())) }).await;
        assert_eq!(done.unwrap().headers()["location"], "/requests/1");
        let never = async { panic!("it must not be done") };
        match once.run("a", &key_of("k", "second"), never).await {
            Err(Problem::SentAlready { led, typed }) => {
                assert_eq!(led, "/requests/1");
                assert_eq!(typed, [("words".to_owned(), "second".to_owned())]);
            }
            other => panic!("{other:?}"),
        }
        let again = once.run("a", &key_of("k", "first"), async { panic!("done already") }).await;
        assert_eq!(again.unwrap().headers()["location"], "/requests/1", "the same form leads to the same place");
        assert!(Key::of("k", &[("password".to_owned(), "otter".to_owned())]).typed.is_empty(), "no secret comes back");
    }

    #[tokio::test]
    async fn the_same_key_works_once_and_leads_to_the_same_place() {
        let (once, done) = (Once::default(), AtomicU32::new(0));
        let (once, done) = (&once, &done);
        let send = |actor: &'static str, key: &'static str| async move {
            let key = key_of(key, "the same words");
            once.run(actor, &key, async {
                let number = done.fetch_add(1, Ordering::SeqCst);
                Ok(Outcome::Done(format!("/requests/{number}")))
            })
            .await
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
        let refused = once.run("a", &key_of("k", "words"), async { Ok(Outcome::Again(Response::default())) }).await;
        assert!(refused.unwrap().headers().get("location").is_none());
        let done = once.run("a", &key_of("k", "words"), async { Ok(Outcome::Done("/done".to_owned())) }).await;
        assert_eq!(done.unwrap().headers()["location"], "/done");
    }

    #[test]
    fn keys_are_fresh() {
        assert_ne!(fresh(), fresh());
        assert_eq!(fresh().len(), 32);
    }
}
