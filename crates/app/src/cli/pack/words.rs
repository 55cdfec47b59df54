//! Answers in plain words: periods, days of the year, parts of the country.

use domain::calendar::Division;

/// A period such as `6 years` or `10 working days`, as TOML.
///
/// # Errors
/// A sentence for the person who typed it.
pub(crate) fn period(text: &str) -> Result<String, String> {
    let plain = text.trim().to_lowercase();
    let (count, unit) = plain.split_once(' ').unwrap_or((plain.as_str(), ""));
    let wrong = || "Write a number and a unit: `21 days`, `10 working days`, `48 hours`, `6 months` or `6 years`.".to_owned();
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let (key, count) = match unit.trim().trim_end_matches('s') {
        "hour" => ("hours", count),
        "day" | "calendar day" => ("days", count),
        "week" => ("days", count.saturating_mul(7)),
        "working day" | "business day" => ("working_days", count),
        "month" | "calendar month" => ("months", count),
        "year" => ("years", count),
        "" => return Err(format!("{count} of what? {}", wrong())),
        _ => return Err(wrong()),
    };
    Ok(format!("{{ {key} = {count} }}"))
}

/// How long something is kept, as TOML: `6 years`, `at least 3 years`, `at once`.
pub(crate) fn keep(text: &str) -> Result<String, String> {
    let plain = text.trim().to_lowercase();
    if plain == "at once" || plain == "at-once" {
        return Ok("\"at-once\"".to_owned());
    }
    for (words, key) in
        [("exactly ", "exactly"), ("at least ", "at-least"), ("at most ", "at-most"), ("up to ", "at-most"), ("", "exactly")]
    {
        if let Some(rest) = plain.strip_prefix(words) {
            return period(rest).map(|period| format!("{{ {key} = {period} }}"));
        }
    }
    period(&plain)
}

/// A day of the year such as `31 March`: day and month.
pub(crate) fn day_of_year(text: &str) -> Result<(i8, i8), String> {
    let plain = text.trim().to_lowercase();
    let mut parts = plain.split([' ', '/', '-', '.']).filter(|part| !part.is_empty());
    let read = |day: Option<&str>, month: Option<&str>| {
        let month = month?;
        let known = MONTHS.iter().position(|name| month.len() >= 3 && name.starts_with(month)).map(|at| at + 1);
        let month: i8 = known.or_else(|| month.parse().ok())?.try_into().ok()?;
        let day: i8 = day?.parse().ok()?;
        // A leap year has every day a year can have.
        jiff::civil::Date::new(2028, month, day).ok().map(|_| (day, month))
    };
    let found = read(parts.next(), parts.next());
    found.filter(|_| parts.next().is_none()).ok_or_else(|| "Write day and month, for example `31 March`.".to_owned())
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// A part of the United Kingdom, by its name or number in the list.
pub(crate) fn division(text: &str) -> Result<Division, String> {
    match text.trim().to_lowercase().replace(' ', "-").as_str() {
        "1" | "england" | "wales" | "england-and-wales" => Ok(Division::EnglandAndWales),
        "2" | "scotland" => Ok(Division::Scotland),
        "3" | "northern-ireland" => Ok(Division::NorthernIreland),
        _ => Err("Write England, Wales, Scotland or Northern Ireland: each part has its own bank holidays.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_toml() {
        for (text, toml) in [
            ("6 years", "{ years = 6 }"),
            ("1 year", "{ years = 1 }"),
            ("10 Working Days", "{ working_days = 10 }"),
            ("2 weeks", "{ days = 14 }"),
            ("48 hours", "{ hours = 48 }"),
        ] {
            assert_eq!(period(text).unwrap(), toml);
        }
        for text in ["6", "six years", "", "6 moons", "-1 days", "6years"] {
            assert!(period(text).is_err(), "{text}");
        }
        assert!(period("6").unwrap_err().starts_with("6 of what?"));
        assert_eq!(keep("at least 3 years").unwrap(), "{ at-least = { years = 3 } }");
        assert_eq!(keep("6 years").unwrap(), "{ exactly = { years = 6 } }");
        assert_eq!(keep("At once").unwrap(), "\"at-once\"");
    }

    #[test]
    fn days_and_places_are_read_as_people_write_them() {
        for text in ["31 March", "31 mar", "31/3", "31-03"] {
            assert_eq!(day_of_year(text), Ok((31, 3)), "{text}");
        }
        for text in ["March", "31 Febuary", "30 February", "31 4", "1 2 3", ""] {
            assert!(day_of_year(text).is_err(), "{text}");
        }
        assert_eq!((division("wales"), division("2")), (Ok(Division::EnglandAndWales), Ok(Division::Scotland)));
        assert!(division("Cornwall").is_err());
    }
}
