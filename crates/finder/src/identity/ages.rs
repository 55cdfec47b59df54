//! Ages as they are said without the word: `Harpreet Sandhu, 62, of Exmouth`, `Andrew Walker is 28`, `turned 49 in May`, `(45 yrs)`.

/// The youngest that `X is 5` is taken to be an age of: smaller numbers are places, tables and scores.
const LEAST: i16 = 5;
/// Words that speak of years of work and not of life: `(45 yrs service)`, `long service awards: X (10 yrs)`.
const SERVICE: [&str; 8] = ["service", "award", "volunteer", "member", "experience", "anniversary", "sentence", "office"];

/// What may stand between a name and what is said of it.
const WHO: [&str; 2] = [", who", " who"];

/// The age that a folded text says right behind a name; `before` is what stands before it.
pub(super) fn bare_age(before: &str, near: &str) -> Option<i16> {
    // `When Amelia turned 18`, `turned 18 in 1999`: long ago.
    let long_ago = ["when ", "since ", "before ", "until ", "after ", "once "].iter().any(|lead| before.ends_with(lead));
    let near = if long_ago || [" in 1", " in 2"].iter().any(|year| near.contains(year)) { "" } else { near };
    let near = WHO.iter().find_map(|who| near.strip_prefix(who).filter(|rest| rest.starts_with(' '))).unwrap_or(near);
    between_commas(near).or_else(|| in_a_sentence(near)).or_else(|| with_unit(before, near)).or_else(|| birthday(near))
}

/// `, 62, of Exmouth`, as newspapers write it. A number before a street is a house.
fn between_commas(near: &str) -> Option<i16> {
    const LEADS: &str = " of from a an who whose was is has had won said lives works came ran took told ";
    let near = near.strip_prefix(", ")?;
    let (number, rest) = near.strip_prefix("now ").unwrap_or(near).split_once(", ")?;
    let verb = rest.split(' ').next().is_some_and(|w| w.len() > 4 && w.ends_with("ed") && rest.len() > w.len());
    age(number).filter(|_| verb || rest.split_once(' ').is_some_and(|(w, _)| LEADS.split_ascii_whitespace().any(|lead| lead == w)))
}

/// ` is 28 and lives in Ludlow`, ` turned 49 in May`.
fn in_a_sentence(near: &str) -> Option<i16> {
    const BEING: [&str; 4] = [" is now ", " is only ", " is ", " will be "];
    const TURNING: [&str; 7] = [" just turned ", " has just turned ", " turned ", " turns ", " will turn ", " is turning ", " has turned "];
    let cue = |cues: &[&str]| cues.iter().find_map(|cue| near.strip_prefix(cue));
    let (rest, ends): (&str, &[&str]) = match (cue(&TURNING), cue(&BEING)) {
        (Some(rest), _) => {
            (rest, &[" in ", " on ", " last ", " this ", " and ", " today", " yesterday", " next ", " at ", " years", " but "])
        }
        (None, Some(rest)) => {
            (rest, &[" and lives ", " and has ", " and is ", " and was ", " now", " today", " years of age", " next ", " this ", " but "])
        }
        _ => return None,
    };
    let stop = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(stop)?;
    let closed =
        behind.trim().is_empty() || matches!(behind, "." | "!") || [". ", ", ", "; ", "! "].iter().any(|end| behind.starts_with(end));
    // `X is 28, Y is 29` gives places as well as ages; `X is 28.` is a whole sentence.
    let plain = closed && !behind.starts_with(", ") || behind.starts_with(", and ") || behind.starts_with(", a ");
    age(number).filter(|n| *n >= LEAST && (plain || ends.iter().any(|end| behind.starts_with(end))))
}

/// ` (45 yrs)`, `, 45 years of age`.
fn with_unit(before: &str, near: &str) -> Option<i16> {
    let rest = near.strip_prefix(" (").or_else(|| near.strip_prefix(", ")).or_else(|| near.strip_prefix(" "))?;
    let stop = rest.find(|c: char| !c.is_ascii_digit())?;
    let (number, behind) = rest.split_at_checked(stop)?;
    let behind = behind.trim_start_matches([' ', '-']);
    let of_age = behind.starts_with("years of age") || behind.starts_with("yrs of age");
    let bracketed = near.starts_with(" (")
        && ["yrs)", "years)", "yr)", "y/o)", "yo)", "y.o.)", "yrs.)", "yrs,", "years,"].iter().any(|unit| behind.starts_with(unit));
    let service = |text: &str| SERVICE.iter().any(|word| text.contains(word));
    let told = of_age || bracketed && !service(before) && !service(near);
    age(number).filter(|_| told)
}

/// `'s 90th birthday`, ` celebrated her 90th birthday`.
fn birthday(near: &str) -> Option<i16> {
    const LEADS: [&str; 8] = [
        "'s ",
        "' ",
        " celebrated her ",
        " celebrated his ",
        " celebrated their ",
        " celebrates her ",
        " celebrates his ",
        " celebrates their ",
    ];
    let rest = LEADS.iter().find_map(|lead| near.strip_prefix(lead))?;
    let (number, behind) = rest.split_once(' ')?;
    let plain = ["st", "nd", "rd", "th"].iter().find_map(|end| number.strip_suffix(end))?;
    let own = behind.strip_prefix("birthday").is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric));
    age(plain).filter(|_| own)
}

fn age(number: &str) -> Option<i16> {
    let digits = number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    number.parse().ok().filter(|years| digits && (1..=115).contains(years))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_without_their_word() {
        for (before, near, age) in [
            ("", ", 62, of exmouth, finished the marathon", Some(62)),
            ("", ", 62, finished the marathon", Some(62)),
            ("", ", now 62, lives in ludlow", Some(62)),
            ("", " is 28 and lives in ludlow", Some(28)),
            ("", " is 28", Some(28)),
            ("", " is 28. she came", Some(28)),
            ("", " turned 49 in may", Some(49)),
            ("", ", who turned 49 in may", Some(49)),
            ("", " has just turned 28", Some(28)),
            ("", " who is 28 and lives in ludlow", Some(28)),
            ("", " turns 50 next week", Some(50)),
            ("", " (45 yrs)", Some(45)),
            ("", " (45yrs) came", Some(45)),
            ("", " (45 years, leeds)", Some(45)),
            ("", ", 45 years of age", Some(45)),
            ("", "'s 90th birthday was in may", Some(90)),
            ("", " celebrated her 90th birthday", Some(90)),
            ("", ", 62, mill lane", None),
            ("", ", 62 mill lane", None),
            ("", ", 62", None),
            ("", " is 3 and has won", None),
            ("", " is 28 minutes late", None),
            ("", " is 28, tom is 29", None),
            ("", " is 28 in the list", None),
            ("", " is 28.5 kg lighter", None),
            ("", " is 2nd", None),
            ("", " turned 18 in 1984", None),
            ("when ", " turned 18", None),
            ("", " was 18 and lived in leeds", None),
            ("", " turned 49 pages", None),
            ("", " turned 180 degrees", None),
            ("long service awards: ", " (45 yrs)", None),
            ("", " (45 yrs as a volunteer)", None),
            ("", " (45 yrs), volunteer", None),
            ("", " (45)", None),
            ("", "'s 90th birthdays", None),
            ("", " planned the club's 90th birthday", None),
        ] {
            assert_eq!(bare_age(before, near), age, "{before}{near}");
        }
    }
}
