//! What is said of somebody's age or death beside a name, and whether it fits the person.

use jiff::civil::Date;

/// Years within which texts are taken to be written that do not say when they were.
const WRITTEN: (i16, i16) = (1990, 2035);
/// How many years an age may be off: texts are written after what they tell.
const SLACK: i16 = 5;
/// Years that a life has and a term of office has not.
const LIFE: i16 = 30;

/// True when the folded text right behind a name says an age that none of the dates of birth gives. `year` is that of the item.
pub(super) fn another_age(near: &str, born: &[Date], year: Option<i16>) -> bool {
    let Some(age) = age_in(near) else { return false };
    let (first, last) = year.map_or(WRITTEN, |y| (y, y));
    !born.is_empty() && !born.iter().any(|b| (first - age - 1 - SLACK..=last - age + SLACK).contains(&b.year()))
}

/// True when the folded text around a name says that its bearer is dead, or from when to when they lived.
pub(super) fn is_dead(before: &str, behind: &str, born: &[Date]) -> bool {
    let untitled = ["mr ", "mrs ", "ms ", "miss ", "dr "].iter().find_map(|title| before.strip_suffix(title)).unwrap_or(before);
    if ["the late ", "in memory of ", "in loving memory of "].iter().any(|cue| untitled.ends_with(cue)) {
        return true;
    }
    let behind = behind.trim_start_matches([' ', ',', '(', '[']);
    if ["who died ", "died in ", "died on ", "d. 1", "d. 2"].iter().any(|cue| behind.starts_with(cue)) {
        return true;
    }
    let numbers: Vec<&str> = behind.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).take(2).collect();
    let [from, to] = numbers.as_slice() else { return false };
    let joined = behind.strip_prefix(from).and_then(|rest| rest.trim_start().strip_prefix('-')).map(str::trim_start);
    let joined = joined.is_some_and(|rest| rest.starts_with(to));
    let year = |n: &str| n.parse::<i16>().ok().filter(|y| n.len() == 4 && (1700..2100).contains(y));
    match (year(from), year(to)) {
        (Some(from), Some(to)) if joined => to - from >= LIFE && !born.iter().any(|b| b.year() == from),
        _ => false,
    }
}

/// `aged 41`, `age: 41`, `41 years old`, `41-year-old`.
fn age_in(near: &str) -> Option<i16> {
    let words: Vec<&str> = near.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let age = |w: &str| w.parse::<i16>().ok().filter(|a| w.len() <= 3 && (1..=115).contains(a));
    words.iter().enumerate().take(6).find_map(|(i, word)| {
        let next = words.get(i + 1).copied().unwrap_or_default();
        let after_next = words.get(i + 2).copied().unwrap_or_default();
        match *word {
            "aged" | "age" => age(next),
            _ if matches!(next, "years" | "year" | "yrs" | "yr") && after_next == "old" => age(word),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_weighed_with_the_year_of_the_item() {
        let born = [Date::constant(1957, 3, 14)];
        for (near, year, other) in [
            (", aged 9, won the race", None, true),
            (", aged 9, won the race", Some(2024), true),
            (", aged 67, won the race", Some(2024), false),
            (", aged 45, won the race", None, false),
            (" is 14 years old", Some(2020), true),
            (", a 63-year-old", Some(2020), false),
            (" (age: 30)", Some(2020), true),
            (" has 30 tickets", Some(2020), false),
        ] {
            assert_eq!(another_age(near, &born, year), other, "{near} {year:?}");
        }
        assert!(!another_age(", aged 9", &[], None));
    }

    #[test]
    fn the_dead_ask_for_nothing() {
        let born = [Date::constant(1957, 3, 14)];
        for (before, behind) in [
            ("", " (1902-1978) gave it"),
            ("", ", 1899 - 1964"),
            ("", ", who died in 1931, gave it"),
            ("in loving memory of ", ""),
            ("the late mrs ", " gave it"),
            ("", " (d. 1931)"),
        ] {
            assert!(is_dead(before, behind, &born), "{before}{behind}");
        }
        for (before, behind) in [("", " (1957-2024)"), ("", " (2019-2021)"), ("", ", 12 to 14"), ("", " rang"), ("", " 01632 960123")] {
            assert!(!is_dead(before, behind, &born), "{before}{behind}");
        }
    }
}
