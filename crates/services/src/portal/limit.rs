//! Limits: how much comes from one block of addresses, and how much goes to one address.
//! Counted in the store by keyed hash, so that the table names nobody.

use store::WriteTx;

use crate::error::Error;

/// An hour and a day, in microseconds.
pub(super) const HOUR_US: i64 = 3_600_000_000;
pub(super) const DAY_US: i64 = 24 * HOUR_US;

/// Counts one more of `what` by or about `who` in a window that begins with the first;
/// `false` once there were more than `most` in it. The same work whether or not anything was counted before.
pub(super) fn within(tx: &mut WriteTx<'_>, what: &str, who: &str, window_us: i64, most: u32) -> Result<bool, Error> {
    let until = tx.at_us().saturating_add(window_us);
    Ok(tx.throttle_count(&format!("portal {what} {who}"), until)? <= u64::from(most))
}
