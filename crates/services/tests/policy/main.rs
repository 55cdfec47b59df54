//! The living policy over a real store: adoption, duties, reading, evidence, alerts, and
//! requests that keep their rule.

#![expect(clippy::unwrap_used, reason = "a failed expectation fails the test")]

mod adoption;
mod complaints;
mod destruction;
mod duties;
mod evidence;
mod inbox;
mod mailbox;
mod outbox;
mod reading;
mod reminders;
mod setting;
