//! What is said of somebody's age beside a name, and whether it fits the person.

use jiff::civil::Date;

use super::ages::bare_age;

/// Years within which texts are taken to be written that do not say when they were: the thirty before these lines were, and two more, in
/// which they are in use. With many more years nearly every age would fit.
const WRITTEN: (i16, i16) = (1996, 2028);
/// How many years an age may be off where an item says when it was sent: texts are written after what they tell.
const SLACK: i16 = 1;
/// The age at which a school year begins: somebody in Year 6 is ten or eleven.
const SCHOOL: i16 = 4;

/// True when the folded text right behind a name says an age that none of the dates of birth gives. `near` ends where somebody else's name
/// begins, `plain` does not; `year` is that of the item.
pub(super) fn another_age(before: &str, (near, plain): (&str, &str), born: &[Date], year: Option<i16>) -> bool {
    let said = || age_in(near).or_else(|| bare_age(before, plain).map(Age::of));
    let Some(age) = age_before(before).or_else(said) else { return false };
    // Nobody is written of before they are born: an item that is older says nothing of when its words were written.
    let year = year.filter(|y| born.iter().any(|b| b.year() <= *y));
    let (first, last) = year.map_or(WRITTEN, |y| (y - SLACK, y + SLACK));
    !born.is_empty() && !born.iter().any(|b| (first - age.most - 1..=last - age.least).contains(&b.year()))
}

/// An age as far as it was said.
#[derive(Clone, Copy)]
struct Age {
    least: i16,
    most: i16,
}

impl Age {
    fn of(years: i16) -> Self {
        Self { least: years, most: years }
    }
}

/// A number of years: in digits, or in words as far as twenty.
fn years(word: &str) -> Option<i16> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let spoken = || WORDS.iter().position(|w| *w == word).and_then(|i| i16::try_from(i + 1).ok());
    word.parse::<i16>().ok().filter(|a| word.len() <= 3 && (1..=115).contains(a)).or_else(spoken)
}

/// `41-year-old Amelia`: the age right before a name.
fn age_before(before: &str) -> Option<Age> {
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let words =
        words.strip_suffix(&["mr"]).or_else(|| words.strip_suffix(&["mrs"])).or_else(|| words.strip_suffix(&["ms"])).unwrap_or(&words);
    match words {
        [.., age, "year", "old"] if before.trim_end().len() + 1 >= before.len() => years(age).map(Age::of),
        _ => None,
    }
}

/// `aged 41`, `age: 41`, `41 years old`, `41-year-old`, `(41), a baker`, `a pupil of Year 6`.
fn age_in(near: &str) -> Option<Age> {
    let words: Vec<&str> = near.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let told = words.iter().enumerate().take(6).find_map(|(i, word)| {
        let next = words.get(i + 1).copied().unwrap_or_default();
        let after_next = words.get(i + 2).copied().unwrap_or_default();
        match *word {
            "aged" | "age" => years(next),
            _ if matches!(next, "years" | "year" | "yrs" | "yr") && after_next == "old" => years(word),
            _ => None,
        }
    });
    told.or_else(|| bracketed(near)).map(Age::of).or_else(|| school_year(&words))
}

/// `Amelia Fairbairn (41), of Otley`, as newspapers write it.
fn bracketed(near: &str) -> Option<i16> {
    let (age, rest) = near.strip_prefix(" (")?.split_once(')')?;
    let goes_on = [", a ", ", an ", ", of ", ", from ", ", who ", " of ", " from ", " who "].iter().any(|lead| rest.starts_with(lead));
    years(age).filter(|_| goes_on && age.len() <= 3)
}

/// `a pupil of Year 6`, `(Year 6)`, `in Year 10`: a class of that year's age.
fn school_year(words: &[&str]) -> Option<Age> {
    let at = words.iter().take(5).position(|w| *w == "year")?;
    let before = words.get(..at).unwrap_or_default();
    let said = before
        .iter()
        .all(|w| matches!(*w, "a" | "an" | "is" | "was" | "in" | "of" | "pupil" | "student" | "child" | "our" | "from" | "who" | "now"));
    let year = words.get(at + 1).and_then(|n| n.parse::<i16>().ok()).filter(|n| said && (1..=13).contains(n))?;
    Some(Age { least: year + SCHOOL, most: year + SCHOOL + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_weighed_with_the_year_of_the_item() {
        let born = [Date::constant(1957, 3, 14)];
        for (before, near, year, other) in [
            ("", ", aged 9, won the race", None, true),
            ("", ", aged 9, won the race", Some(2024), true),
            ("", ", aged 67, won the race", Some(2024), false),
            ("", ", aged 45, won the race", None, false),
            ("", " is 14 years old", Some(2020), true),
            ("", ", a 63-year-old", Some(2020), false),
            ("", " (age: 30)", Some(2020), true),
            ("", " has 30 tickets", Some(2020), false),
            ("", ", aged nine, won", Some(2024), true),
            ("", " (10), a pupil of year 6, won", None, true),
            ("", " (67), of otley", Some(2024), false),
            ("", " (10) tickets", None, false),
            ("", ", a pupil in year 6", Some(2024), true),
            ("", " (year 6)", Some(2024), true),
            ("", " said that year 10 was hard", Some(2024), false),
            ("the 9-year-old ", " won", Some(2024), true),
            ("9-year-old mrs ", " won", Some(2024), true),
            ("the 67-year-old ", " won", Some(2024), false),
            ("the 9-year-old and ", " won", Some(2024), false),
            ("", ", aged 9, won the race", Some(1950), true),
            ("", ", 28, of exmouth, won", None, true),
            ("", ", 45, of exmouth, won", None, false),
            ("", ", 28, of exmouth, won", Some(1986), false),
            ("", " is 67 and lives in ludlow", Some(2024), false),
            ("", " is 28 and lives in ludlow", Some(2024), true),
            ("", " turned 90 in may", None, true),
            ("", " (45 yrs)", Some(2024), true),
            ("", " (67 yrs)", Some(2024), false),
        ] {
            assert_eq!(another_age(before, (near, near), &born, year), other, "{before}{near} {year:?}");
        }
        assert!(!another_age("", (", aged 9", ""), &[], None));
        // Written before the person was born, as its date says: somebody copied it.
        assert!(!another_age("", (", aged 12", ""), &[Date::constant(2013, 5, 17)], Some(2002)));
        assert!(another_age("", (", aged 40", ""), &[Date::constant(2013, 5, 17)], Some(2002)));
        assert!(another_age("", (", aged 11", ""), &[Date::constant(1995, 5, 17)], Some(2002)));
    }
}
