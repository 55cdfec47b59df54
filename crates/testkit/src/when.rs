//! Moments in the United Kingdom: parsing the script's dates, office hours, the form mail uses.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::rng::Rng;

/// A moment as a clock in London shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct When(Zoned);

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

impl When {
    /// Reads `2026-11-20 16:12` as London time. `None` when that is no date.
    pub fn parse(text: &str) -> Option<Self> {
        let civil: DateTime = text.trim().replace(' ', "T").parse().ok()?;
        Some(Self(london().to_ambiguous_zoned(civil).compatible().ok()?))
    }

    /// The moment this many seconds after 1 January 1970.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(london()))
    }

    /// Seconds since 1 January 1970.
    pub fn seconds(&self) -> i64 {
        self.0.timestamp().as_second()
    }

    /// So many minutes later.
    pub fn later(&self, minutes: i64) -> Self {
        Self::from_seconds(self.seconds() + minutes * 60)
    }

    /// A moment between eight and half past six on a weekday of these years, first and last included.
    pub fn in_office_hours(rng: &mut Rng, first: (i16, i8, i8), last: (i16, i8, i8)) -> Self {
        let day = |(y, m, d): (i16, i8, i8)| Date::new(y, m, d).unwrap_or(Date::ZERO);
        let span = day(first).duration_until(day(last)).as_hours() / 24;
        loop {
            let days = rng.below(span.max(0) as usize + 1) as i64;
            let minutes = 8 * 60 + rng.below(630) as i64;
            let civil = day(first)
                .to_datetime(jiff::civil::Time::midnight())
                .saturating_add(jiff::SignedDuration::from_mins(days * 24 * 60 + minutes));
            if civil.weekday().to_monday_zero_offset() < 5
                && let Ok(zoned) = london().to_ambiguous_zoned(civil).compatible()
            {
                return Self(zoned).later(0);
            }
        }
    }

    /// `Fri, 20 Nov 2026 16:12:00 +0000`, as RFC 5322 3.3 writes it.
    pub fn rfc5322(&self) -> String {
        self.0.strftime("%a, %d %b %Y %H:%M:%S %z").to_string()
    }

    /// `Fri Nov 20 16:12:00 2026`, the form of an mbox separator line (UTC).
    pub fn mbox(&self) -> String {
        self.0.timestamp().strftime("%a %b %e %H:%M:%S %Y").to_string()
    }

    /// `20 November 2026`.
    pub fn long(&self) -> String {
        self.0.strftime("%-d %B %Y").to_string()
    }

    /// `2026-11-20T16:12:00Z`, for document metadata.
    pub fn utc(&self) -> String {
        self.0.timestamp().to_string()
    }

    /// `On 20 November 2026 at 16:12`, how mail programs open a quotation.
    pub fn quoted(&self) -> String {
        self.0.strftime("On %a, %-d %b %Y at %H:%M").to_string()
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.0.date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn winter_and_summer_offsets() {
        assert_eq!(When::parse("2026-11-20 16:12").unwrap().rfc5322(), "Fri, 20 Nov 2026 16:12:00 +0000");
        assert_eq!(When::parse("2026-07-03 09:05").unwrap().rfc5322(), "Fri, 03 Jul 2026 09:05:00 +0100");
        assert_eq!(When::parse("2026-02-30 09:05"), None);
    }

    #[test]
    fn mbox_dates_have_the_fixed_form() {
        assert_eq!(When::parse("2021-07-03 09:05").unwrap().mbox(), "Sat Jul  3 08:05:00 2021");
    }

    #[test]
    fn office_hours_are_weekdays_in_the_years_asked_for() {
        let mut rng = Rng::new(5);
        for _ in 0..300 {
            let when = When::in_office_hours(&mut rng, (2023, 1, 9), (2026, 11, 20));
            assert!(when.date().weekday().to_monday_zero_offset() < 5);
            assert!((2023..=2026).contains(&when.date().year()));
            assert!((8..19).contains(&when.0.hour()));
        }
    }
}
