//! Counting what the engine is asked: so that a test can show that two commands do the same work.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{Store, driver::lock};

/// Statements by name, counted while somebody watches.
#[derive(Default)]
pub(crate) struct Watch {
    on: AtomicBool,
    counts: Mutex<BTreeMap<&'static str, u64>>,
}

impl Watch {
    /// Counts one more.
    pub(crate) fn note(&self, name: &'static str) {
        if self.on.load(Ordering::Relaxed) {
            *lock(&self.counts).entry(name).or_default() += 1;
        }
    }
}

impl Store {
    /// Counts from now on what the engine is asked, by all who use this store.
    pub fn watch(&self) {
        let watch = &self.shared().watch;
        lock(&watch.counts).clear();
        watch.on.store(true, Ordering::Relaxed);
    }

    /// Stops counting. Returns how often each statement was run since [`Store::watch`], and how many transactions were
    /// begun, by name; never a value.
    pub fn watched(&self) -> BTreeMap<&'static str, u64> {
        let watch = &self.shared().watch;
        watch.on.store(false, Ordering::Relaxed);
        std::mem::take(&mut *lock(&watch.counts))
    }
}
