//! [`ClockState`]: where one clock of a record stands, and the key under which it is counted.

use std::fmt;

use jiff::civil::Date;

use crate::calendar::When;

/// Where a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockState {
    /// It runs against the organisation until the end of this day.
    Running(Date),
    /// It waits for somebody outside.
    Paused,
    /// What it asks for was done in time, on this day.
    Kept(Date),
    /// It was done too late, on this day.
    Late(Date),
    /// It ended on this day without anything being owed any more.
    Dropped(Date),
}

impl ClockState {
    /// What a clock becomes when it is answered: kept up to the end of the due day or moment.
    pub fn answered(on: When, due: Option<When>) -> Self {
        if due.is_some_and(|due| is_later(on, due)) { Self::Late(on.date()) } else { Self::Kept(on.date()) }
    }

    /// The word that begins the key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running(_) => "running",
            Self::Paused => "paused",
            Self::Kept(_) => "kept",
            Self::Late(_) => "late",
            Self::Dropped(_) => "dropped",
        }
    }

    /// Reads a state from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        let (word, day) = key.split_once('/').unwrap_or((key, ""));
        let day = || day.parse::<Date>().ok();
        match word {
            "running" => day().map(Self::Running),
            "paused" => Some(Self::Paused),
            "kept" => day().map(Self::Kept),
            "late" => day().map(Self::Late),
            "dropped" => day().map(Self::Dropped),
            _ => None,
        }
    }

    /// The keys of a word from one day to before another, as a range of texts.
    pub fn keys(word: &str, from: Date, below: Date) -> (String, String) {
        (format!("{word}/{from}"), format!("{word}/{below}"))
    }

    /// All keys of a word, as a range of texts.
    pub fn all_keys(word: &str) -> (String, String) {
        // `0` follows `/` in ASCII: this range holds the word itself and the word with any day.
        (word.to_owned(), format!("{word}0"))
    }
}

/// The key: `running/2026-11-28`, `paused`, `kept/2026-11-20`. Keys of one word sort by day.
impl fmt::Display for ClockState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paused => f.write_str(self.word()),
            Self::Running(day) | Self::Kept(day) | Self::Late(day) | Self::Dropped(day) => write!(f, "{}/{day}", self.word()),
        }
    }
}

/// Whether something done at `on` is later than `due`. A day is in time until its end; where
/// only one of the two is a moment, the days are compared.
pub(super) fn is_later(on: When, due: When) -> bool {
    match (on.instant(), due.instant()) {
        (Some(on), Some(due)) => on > due,
        _ => on.date() > due.date(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn done_on_the_last_day_is_in_time_and_a_minute_after_the_moment_is_not() {
        let due = Some(When::Date(date(2026, 11, 30)));
        assert_eq!(ClockState::answered(date(2026, 11, 30).into(), due), ClockState::Kept(date(2026, 11, 30)));
        assert_eq!(ClockState::answered(date(2026, 12, 1).into(), due), ClockState::Late(date(2026, 12, 1)));
        let moment = |text: &str| When::parse(text).unwrap();
        let due = Some(moment("2026-11-23T16:45:00Z"));
        assert_eq!(ClockState::answered(moment("2026-11-23T16:45:00Z"), due).word(), "kept");
        assert_eq!(ClockState::answered(moment("2026-11-23T16:46:00Z"), due).word(), "late");
        assert_eq!(ClockState::answered(date(2026, 11, 30).into(), None).word(), "kept");
    }

    proptest! {
        #[test]
        fn keys_read_back_and_fall_into_their_ranges(day in 0..29_000_i64, word in 0..4_usize, from in 0..29_000_i64) {
            let on = |n: i64| date(2018, 5, 25).checked_add(jiff::Span::new().days(n)).unwrap();
            let make = [ClockState::Running, ClockState::Kept, ClockState::Late, ClockState::Dropped][word];
            let (state, start) = (make(on(day)), on(from));
            let key = state.to_string();
            prop_assert_eq!(ClockState::from_key(&key), Some(state));
            let (low, high) = ClockState::keys(state.word(), start, date(2099, 12, 31));
            prop_assert_eq!(key >= low && key < high, on(day) >= start);
            for other in ["running", "paused", "kept", "late", "dropped"] {
                let (low, high) = ClockState::all_keys(other);
                prop_assert_eq!(key >= low && key < high, other == state.word());
            }
        }
    }

    #[test]
    fn a_paused_clock_has_no_day() {
        assert_eq!(ClockState::from_key("paused"), Some(ClockState::Paused));
        assert_eq!(ClockState::from_key("running"), None);
        assert_eq!(ClockState::from_key("met"), None);
    }
}
