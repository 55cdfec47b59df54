//! What a worker does once a day, and may do at any time: everything here is safe to run again.

use store::Origin;

use super::alerts::give_alerts;
use super::sync::{Synced, sync_duties};
use crate::app::App;
use crate::error::Error;

/// Brings duties and running requests in line with the policy in force today, gives the alerts
/// that today brings, and queues its reminders and digests. Returns what was done to duties, requests and alerts.
pub fn daily(app: &App, by: &str) -> Result<(Synced, u64, u64), Error> {
    let synced = sync_duties(app, by)?;
    let reclocked = crate::requests::reclock(app)?;
    forget(app, by)?;
    let given = give_alerts(app, by)?;
    crate::reminders::remind(app, by)?;
    Ok((synced, reclocked, given))
}

/// How long the key of a form that was sent is remembered: a week, in microseconds.
const REMEMBERED_US: i64 = 7 * 24 * 3_600_000_000;

/// Forgets what has run out: links and sessions, counted tries, the keys of sent forms.
fn forget(app: &App, by: &str) -> Result<(), Error> {
    let now = app.now_us();
    app.store.write_technical(&Origin { actor: by.to_owned(), at_us: now }, |tx| {
        tx.passes_expire()?;
        tx.sessions_expire()?;
        tx.throttle_expire(now)?;
        tx.idempotency_expire(now - REMEMBERED_US)?;
        Ok(())
    })
}
