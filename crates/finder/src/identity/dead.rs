//! What is said of somebody's death beside a name.

use jiff::civil::Date;

/// Years that a life has and a term of office has not.
const LIFE: i16 = 30;
/// How far behind a name the years of a life are read, in bytes.
const YEARS: usize = 24;

/// Words before the name of somebody who is dead; not before the name of somebody whose mother is.
const OF_THE_DEAD: [&str; 19] = [
    "obituary for ",
    "rest in peace ",
    "r.i.p. ",
    "in memory of ",
    "in loving memory of ",
    "in loving memory: ",
    "widow of ",
    "in memoriam ",
    "in memoriam: ",
    "the funeral of ",
    "funeral of ",
    "an obituary of ",
    "obituary of ",
    "obituary: ",
    "the death of ",
    "death of ",
    "the passing of ",
    "the burial of ",
    "executors of ",
];
/// Words right behind it.
const SAID_BEHIND: [&str; 14] = [
    "sadly died",
    "was killed in ",
    "who died ",
    "died in ",
    "died on ",
    "died at ",
    "died aged ",
    "died suddenly",
    "died peacefully",
    "has died",
    "had died",
    "d. 1",
    "d. 2",
    "d.1",
];
/// Words of death that may stand alone, or begin another thing: `deceased's`, `rip off`, `passed away the time`.
const CLOSED: [&str; 14] = [
    "has sadly passed away",
    "rest in peace",
    "dec'd",
    "decd",
    "died",
    "passed away",
    "who passed away",
    "sadly passed away",
    "has passed away",
    "had passed away",
    "deceased",
    "now deceased",
    "r.i.p",
    "rip",
];
/// What only the dead have.
const LEFT_BEHIND: [&str; 7] = ["'s memorial", "'s death", "'s funeral", "'s obituary", "'s burial", "'s widow", "'s gravestone"];
/// What is named after the dead, where no street or hall is.
const MEMORIALS: &str = " cup trophy shield prize award fund lecture bench service scholarship match tournament trust foundation concert race \
    run walk plate bursary window plaque medal competition tribute appeal bowl challenge dinner mass ";

/// True when the folded text around a name says that its bearer is dead, or from when to when they lived. `behind` is all that follows.
pub(super) fn is_dead(before: &str, behind: &str, born: &[Date]) -> bool {
    let untitled = ["mr ", "mrs ", "ms ", "miss ", "dr ", "mr. ", "mrs. ", "dr. "].iter().find_map(|title| before.strip_suffix(title));
    let untitled = untitled.unwrap_or(before);
    let somebodys = behind.starts_with("'s ") || behind.starts_with("' ");
    if untitled.ends_with("the late ") || !somebodys && OF_THE_DEAD.iter().any(|cue| untitled.ends_with(cue)) {
        return true;
    }
    if memorial(behind) || LEFT_BEHIND.iter().any(|cue| behind.strip_prefix(cue).is_some_and(|rest| !rest.starts_with(" plan"))) {
        return true;
    }
    let behind = behind.trim_start_matches([' ', ',', '(', '[', '-']);
    let closed = |cue: &str| behind.strip_prefix(cue).is_some_and(|rest| is_closed(rest.strip_prefix('.').unwrap_or(rest)));
    SAID_BEHIND.iter().any(|cue| behind.starts_with(cue)) || CLOSED.iter().any(|cue| closed(cue)) || lived(behind, born)
}

/// True for what may follow a word of death: an end, a year, a day or an age.
fn is_closed(rest: &str) -> bool {
    const GOES_ON: [&str; 11] =
        [" in ", " on ", " at ", " aged ", " after ", " last ", " this ", " suddenly", " peacefully", " yesterday", " when "];
    rest.trim().is_empty()
        || rest.starts_with([',', ';', ')', ']', '.', '!', '|'])
        || rest.starts_with(" |")
        || rest.starts_with(" -")
        || rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
        || GOES_ON.iter().any(|next| rest.starts_with(next))
}

/// ` memorial cup`, and ` memorial` at the end of what is said.
fn memorial(behind: &str) -> bool {
    let Some(rest) = behind.strip_prefix(" memorial") else { return false };
    let word = rest.strip_prefix(' ').and_then(|r| r.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or_default();
    rest.trim().is_empty() || rest.starts_with(['.', ',', ';', '!', '?', ')']) || MEMORIALS.split_ascii_whitespace().any(|m| m == word)
}

/// `1902-1978`: the years of a life.
fn lived(behind: &str, born: &[Date]) -> bool {
    let behind = behind.get(..behind.floor_char_boundary(YEARS)).unwrap_or(behind);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dead_ask_for_nothing() {
        let born = [Date::constant(1957, 3, 14)];
        for (before, behind) in [
            ("", " (1902-1978) gave it"),
            ("", ", 1899 - 1964"),
            ("", ", who died in 1931, gave it"),
            ("in loving memory of ", ""),
            ("the late mrs ", " gave it"),
            ("before the funeral of ", " on monday"),
            ("", " (d. 1931)"),
            ("", " passed away in 1996"),
            ("", " has passed away."),
            ("", " (deceased 2011)"),
            ("", " (deceased)"),
            ("", ", deceased, of leeds"),
            ("", ", rip 1999"),
            ("", " r.i.p."),
            ("the sudden death of ", " in 1992"),
            ("the death of mr ", ""),
            ("the ", " memorial cup (d. 1954)"),
            ("", " memorial"),
            ("the late ", "'s house"),
            ("", " died."),
            ("", " died last year"),
            ("in loving memory: ", ""),
            ("", "'s death in 1992"),
            ("after ", "'s funeral"),
            ("the widow of ", " rang"),
            ("", "'s memorial service"),
            ("", " (dec'd)"),
            ("r.i.p. ", ""),
            ("rest in peace mr ", ""),
            ("", ", rest in peace"),
            ("", " has sadly passed away"),
            ("", " sadly died in 1996"),
            ("", " was killed in 1944"),
        ] {
            assert!(is_dead(before, behind, &born), "{before}{behind}");
        }
        for (before, behind) in [
            ("", " (1957-2024)"),
            ("", " (2019-2021)"),
            ("", ", 12 to 14"),
            ("", " rang"),
            ("", " 01632 960123"),
            ("the death of ", "'s mother"),
            ("the funeral of ", "' father"),
            ("", "'s mother passed away in 1996"),
            ("", ", whose mother passed away in 1996"),
            ("", " said her mother passed away"),
            ("", " passed away the afternoon"),
            ("", " rip off"),
            ("", " (deceased: no)"),
            ("", ", memorial hall, ludlow"),
            ("", " memorial hall high street"),
            ("", " died laughing"),
            ("", "'s funeral plan"),
            ("", " sadly passed on the news"),
            ("rest in peace ", "'s mother"),
        ] {
            assert!(!is_dead(before, behind, &born), "{before}{behind}");
        }
    }
}
