//! [`When`]: a civil date, or an instant where the law counts hours.

use std::{fmt, sync::OnceLock};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::{TimeZone, TimeZoneDatabase},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::dates::{in_range, long_date, parse_date};
use crate::{Refusal, RefusalCode};

/// A day, or a moment. Written `YYYY-MM-DD` or as RFC 3339 with the offset of London.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// A civil date in Europe/London.
    Date(Date),
    /// A moment, for rules that count hours.
    Instant(Timestamp),
}

impl When {
    /// Reads a date, an RFC 3339 moment, or a local time of London without an offset.
    /// In the hour that the autumn change repeats, the earlier reading counts.
    ///
    /// # Errors
    /// `DATE-001` when no such day or moment exists, `DATE-002` outside the range.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.len() <= 10 {
            return parse_date(text).map(Self::Date);
        }
        if !text.is_char_boundary(10) || !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
            return Err(Refusal::new(RefusalCode::DateImpossible, format!("It says `{text}`.")));
        }
        let instant = text
            .parse::<Timestamp>()
            .or_else(|_| text.parse::<DateTime>().and_then(|local| london().to_ambiguous_timestamp(local).earlier()))
            .map_err(|_| Refusal::new(RefusalCode::DateImpossible, format!("It says `{text}`.")))?;
        in_range(local(instant).date())?;
        Ok(Self::Instant(instant))
    }

    /// The day in London.
    pub fn date(self) -> Date {
        match self {
            Self::Date(date) => date,
            Self::Instant(instant) => local(instant).date(),
        }
    }

    /// The moment, if the time is known.
    pub fn instant(self) -> Option<Timestamp> {
        match self {
            Self::Date(_) => None,
            Self::Instant(instant) => Some(instant),
        }
    }

    /// Whether this ends before `other` does: a day ends with its last moment.
    pub fn ends_before(self, other: Self) -> bool {
        match (self, other) {
            (Self::Instant(one), Self::Instant(other)) => one < other,
            (Self::Instant(_), Self::Date(day)) => self.date() <= day,
            (Self::Date(_), _) => self.date() < other.date(),
        }
    }

    /// For a sentence: `Tuesday 27 October 2026`, with ` at 09:00 GMT` for a moment.
    pub fn shown(self) -> String {
        match self {
            Self::Date(date) => long_date(date),
            Self::Instant(instant) => {
                let time = local(instant);
                let zone = if time.offset().seconds() == 0 { "GMT" } else { "BST" };
                format!("{} at {:02}:{:02} {zone}", long_date(time.date()), time.hour(), time.minute())
            }
        }
    }
}

impl From<Date> for When {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Timestamp> for When {
    fn from(instant: Timestamp) -> Self {
        Self::Instant(instant)
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => write!(f, "{date}"),
            Self::Instant(instant) => write!(f, "{}", instant.display_with_offset(local(*instant).offset())),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if let Ok(date) = text.parse::<Date>()
            && text.len() == 10
        {
            return Ok(Self::Date(date));
        }
        text.parse().map(Self::Instant).map_err(serde::de::Error::custom)
    }
}

/// The time in London. The zone comes from the table bundled with the program, never
/// from the machine, so that every installation computes the same.
pub(super) fn local(instant: Timestamp) -> jiff::Zoned {
    instant.to_zoned(london().clone())
}

fn london() -> &'static TimeZone {
    static LONDON: OnceLock<TimeZone> = OnceLock::new();
    LONDON.get_or_init(|| {
        TimeZoneDatabase::bundled().get("Europe/London").or_else(|_| TimeZone::posix("GMT0BST,M3.5.0/1,M10.5.0")).unwrap_or(TimeZone::UTC)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_print_with_the_offset_of_london() {
        for (text, printed) in [
            ("2026-10-24T10:00:00+01:00", "2026-10-24T10:00:00+01:00"),
            ("2026-10-27T09:00:00Z", "2026-10-27T09:00:00+00:00"),
            ("2026-07-01T12:00:00+02:00", "2026-07-01T11:00:00+01:00"),
            ("2026-07-01T12:00", "2026-07-01T12:00:00+01:00"),
            ("2026-10-25T01:30", "2026-10-25T01:30:00+01:00"),
            ("2026-07-01", "2026-07-01"),
        ] {
            assert_eq!(When::parse(text).unwrap().to_string(), printed, "{text}");
        }
    }

    #[test]
    fn a_late_evening_belongs_to_its_london_day() {
        assert_eq!(When::parse("2026-06-30T23:30:00Z").unwrap().date().to_string(), "2026-07-01");
        assert_eq!(When::parse("2026-11-28T23:59:00Z").unwrap().date().to_string(), "2026-11-28");
    }

    #[test]
    fn moments_that_do_not_exist_are_refused() {
        for text in
            ["2026-02-30T10:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01 and more", "2026-01-01X10:00", "yesterday at four", "2026-01-0é10"]
        {
            assert_eq!(When::parse(text).unwrap_err().code, RefusalCode::DateImpossible, "{text}");
        }
        assert_eq!(When::parse("2018-05-24T10:00:00Z").unwrap_err().code, RefusalCode::DateOutOfRange);
    }
}
