//! Limits: how much comes from one block of addresses, and how much goes to one address.
//! Counted in the store by keyed hash, so that the table names nobody.

use store::WriteTx;

use crate::error::Error;

/// An hour and a day, in microseconds.
pub(super) const HOUR_US: i64 = 3_600_000_000;
pub(super) const DAY_US: i64 = 24 * HOUR_US;

/// Counts one more of `what` by or about `who` in a window that begins with the first;
/// `false` once there were more than `most` in it.
pub(super) fn within(tx: &mut WriteTx<'_>, what: &str, who: &str, window_us: i64, most: u32) -> Result<bool, Error> {
    let place = format!("portal {what} {who}");
    let now = tx.at_us();
    let known = tx.throttle_get(&place)?;
    let until = if known.until_us > now {
        known.until_us
    } else {
        tx.throttle_clear(&place)?;
        now.saturating_add(window_us)
    };
    Ok(tx.throttle_fail(&place, until)? <= u64::from(most))
}
