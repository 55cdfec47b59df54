//! What a worker does once a day, and may do at any time: everything here is safe to run again.

use super::alerts::give_alerts;
use super::sync::{Synced, sync_duties};
use crate::app::App;
use crate::error::Error;

/// Brings duties and running requests in line with the policy in force today, and gives the
/// alerts that today brings. Returns what was done to duties, requests and alerts.
pub fn daily(app: &App, by: &str) -> Result<(Synced, u64, u64), Error> {
    let synced = sync_duties(app, by)?;
    let reclocked = crate::requests::reclock(app)?;
    Ok((synced, reclocked, give_alerts(app, by)?))
}
