//! Dates as people write them, read from folded text.

use jiff::civil::Date;

use super::born::ROMAN;

/// The years after which a day may as well be of an appointment, where the item does not say when it was sent.
const RECENT: i16 = 1996;
/// How much older than the item a day must be to be of no appointment, in years.
const OLDER: i16 = 10;

/// A date as far as it was written: a year of two digits stays one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    year: i16,
    month: i8,
    day: i8,
    /// True when the order of day and month is not sure.
    numbers: bool,
}

impl Written {
    /// The year, where all of it was written.
    pub(super) fn whole_year(self) -> Option<i16> {
        (self.year >= 100).then_some(self.year)
    }

    /// True for a day that is too old to be of an appointment or a payment in an item of this year.
    pub(super) fn is_long_before(self, year: Option<i16>) -> bool {
        self.whole_year().is_some_and(|of| of <= year.map_or(RECENT, |sent| sent - OLDER))
    }

    /// True when this may be another way of writing `date`.
    pub(super) fn may_be(self, date: Date) -> bool {
        let year = if self.year < 100 { self.year == date.year().rem_euclid(100) } else { self.year == date.year() };
        let straight = self.day == date.day() && self.month == date.month();
        let turned = self.numbers && self.day == date.month() && self.month == date.day();
        year && (straight || turned)
    }
}

/// The dates of a folded text, each with its place.
pub(super) fn dates(text: &str) -> Vec<(usize, Written)> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for piece in text.split(|c: char| !c.is_alphanumeric()) {
        if !piece.is_empty() && piece != "of" && piece != "the" {
            words.push((at, piece));
        }
        at += piece.len();
        at += text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
    }
    words
        .windows(3)
        .filter_map(|w| match w {
            [(at, a), (_, b), (last, c)] if last - at < 30 => read(a, b, c).map(|date| (*at, date)),
            _ => None,
        })
        .collect()
}

fn read(a: &str, b: &str, c: &str) -> Option<Written> {
    let (year, month, day, numbers) = if let (Some(year), Some(month), Some(day)) = (long_year(a), number(b, 12), number(c, 31)) {
        (year, month, day, false)
    } else if let (Some(day), Some(month), Some(year)) = (day_of(a), month_of(b), any_year(c)) {
        (year, month, day, false)
    } else if let (Some(day), Some(month), Some(year)) = (number(a, 31), roman_month(b), long_year(c)) {
        (year, month, day, false)
    } else if let (Some(month), Some(day), Some(year)) = (month_of(a), day_of(b), any_year(c)) {
        (year, month, day, false)
    } else if let (Some(day), Some(month), Some(year)) = (number(a, 31), number(b, 31), any_year(c)) {
        if month > 12 && day <= 12 { (year, day, month, false) } else { (year, month, day, true) }
    } else {
        return None;
    };
    (month <= 12).then_some(Written { year, month, day, numbers })
}

fn number(word: &str, most: i8) -> Option<i8> {
    let fits = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|n| fits && (1..=most).contains(n))
}

fn day_of(word: &str) -> Option<i8> {
    let plain = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    number(plain, 31)
}

fn long_year(word: &str) -> Option<i16> {
    let fits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|y| fits && (1900..2100).contains(y))
}

fn any_year(word: &str) -> Option<i16> {
    let short = word.len() == 2 && word.bytes().all(|b| b.is_ascii_digit());
    long_year(word).or_else(|| word.parse().ok().filter(|_| short))
}

fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const LONG: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = MONTHS.iter().zip(LONG).position(|(short, long)| word == *short || word == long || (word == "sept" && *short == "sep"))?;
    i8::try_from(at + 1).ok()
}

fn roman_month(word: &str) -> Option<i8> {
    let at = ROMAN.iter().position(|month| *month == word)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_compared() {
        let own = Date::constant(1985, 4, 3);
        for text in
            ["dob 03/04/1985", "3rd of april 1985", "1985-04-03", "april 3rd, 1985", "3.4.85", "04/03/1985", "3-apr-85", "3.iv.1985"]
        {
            let found = dates(text);
            assert!(found.iter().any(|(_, d)| d.may_be(own)), "{text}");
        }
        for text in ["04/04/1985", "3 may 1985", "1985-04-04", "3 april 1986", "3.4.86", "3 v 1985 r."] {
            let found = dates(text);
            assert!(!found.is_empty() && !found.iter().any(|(_, d)| d.may_be(own)), "{text}");
        }
        assert!(dates("room 12 has 40 chairs").is_empty());
        assert_eq!(dates("born 3 april 1985").first().map(|(at, _)| *at), Some(5));
    }
}
