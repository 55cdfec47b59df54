//! The statutory floor: the law as values, each with its source and since when it is in
//! force. A policy may promise more; nothing may promise less.

mod regulator;

pub use regulator::{COMMISSION_FROM, Regulator, regulator_on};

use jiff::civil::{Date, date};

/// A value the law sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// The provision that sets it.
    pub source: &'static str,
    /// The first day the provision applied.
    pub in_force: Date,
}

/// Months for acting on a request under Articles 15 to 22D, from the relevant time.
pub const RIGHTS_MONTHS: Value<u32> = Value { value: 1, source: "UK GDPR Article 12A(1)", in_force: date(2026, 2, 5) };

/// Months in all when the time is extended: one month and two further months.
pub const EXTENDED_MONTHS: Value<u32> = Value { value: 3, source: "UK GDPR Article 12A(3)", in_force: date(2026, 2, 5) };

/// Days for acknowledging a data protection complaint.
pub const COMPLAINT_DAYS: Value<u32> = Value { value: 30, source: "DPA 2018 section 164A", in_force: date(2026, 6, 19) };

/// Hours for telling the regulator of a personal data breach.
pub const BREACH_HOURS: Value<u32> = Value { value: 72, source: "UK GDPR Article 33(1)", in_force: date(2018, 5, 25) };

/// Pence that may be asked for a request that is neither manifestly unfounded nor
/// excessive, and for no further copy: none.
pub const FEE_PENCE: Value<u32> = Value { value: 0, source: "UK GDPR Article 12(5)", in_force: date(2018, 5, 25) };

/// Whether a form or writing may be required of a requester.
pub const FORM_REQUIRED: Value<bool> = Value { value: false, source: "UK GDPR Article 12(2)", in_force: date(2018, 5, 25) };

/// How periods are counted: clipping to the month's end and rolling to a working day.
pub const PERIODS: &str = "Regulation (EEC, Euratom) 1182/71 Article 3";

/// By when a person is told that a request is refused.
pub const REFUSAL: &str = "UK GDPR Article 12(4)";

/// Where bank holidays come from.
pub const BANK_HOLIDAYS: &str = "Banking and Financial Dealings Act 1971";

/// The provisions a rights request is timed by. The dates they give are the same before
/// and after 5 February 2026; what a letter cites is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimits {
    /// From when the period counts.
    pub relevant_time: &'static str,
    /// How long it is.
    pub month: &'static str,
    /// How long it is when extended.
    pub extended: &'static str,
    /// Until when the extension must be announced.
    pub notice: &'static str,
    /// Which days do not count.
    pub pause: &'static str,
}

/// The provisions in force for a request received on this day.
pub fn time_limits(received: Date) -> TimeLimits {
    if received < RIGHTS_MONTHS.in_force {
        let article = "UK GDPR Article 12(3) as it stood before 5 February 2026";
        let guidance = "right of access guidance before 5 February 2026, now UK GDPR Article 12A";
        return TimeLimits { relevant_time: guidance, month: article, extended: article, notice: article, pause: guidance };
    }
    TimeLimits {
        relevant_time: "UK GDPR Article 12A(2)",
        month: RIGHTS_MONTHS.source,
        extended: EXTENDED_MONTHS.source,
        notice: "UK GDPR Article 12A(3)-(4)",
        pause: "UK GDPR Article 12A(5)-(6)",
    }
}

/// A route open to somebody who is not satisfied. Every reply, extension and refusal names
/// all of them. Article 77 of the UK GDPR is repealed and is never cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// What the person can do, to follow "You can ".
    pub what: &'static str,
    /// The provision.
    pub source: &'static str,
    /// The first day it applied.
    pub in_force: Date,
}

/// The routes in the order a letter names them: the organisation, the regulator, a court.
pub const COMPLAINT_ROUTES: [Route; 3] = [
    Route { what: "complain to us", source: "DPA 2018 section 164A", in_force: date(2026, 6, 19) },
    Route { what: "complain to the regulator", source: "DPA 2018 section 165", in_force: date(2018, 5, 25) },
    Route { what: "apply to a court", source: "UK GDPR Article 79; DPA 2018 sections 167 and 180", in_force: date(2018, 5, 25) },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_route_cites_the_repealed_article() {
        assert!(COMPLAINT_ROUTES.iter().all(|route| !route.source.contains("77")));
    }

    #[test]
    fn the_month_has_an_older_source_before_it_was_rewritten() {
        assert_eq!(time_limits(date(2026, 2, 5)).month, "UK GDPR Article 12A(1)");
        let before = time_limits(date(2026, 2, 4));
        for source in [before.month, before.extended, before.notice, before.pause, before.relevant_time] {
            assert!(source.contains("before 5 February 2026"), "{source}");
        }
    }
}
