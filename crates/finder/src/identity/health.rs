//! A health number with a day behind it: the day is that of a birth, though no word says so.

use super::when::{self, Written};
use crate::detect::nhs;

/// Digits of an NHS number.
const DIGITS: usize = 10;
/// Signs between the number and the day, in bytes.
const GAP: usize = 6;

/// The place of the number, and the day behind it: `NHS 492 264 4210 | 12 April 1944`.
pub(super) fn birth_behind(near: &str, year: Option<i16>) -> Option<(usize, Written)> {
    let starts = near.char_indices().filter(|(at, c)| c.is_ascii_digit() && super::words::begins(near, *at));
    starts.into_iter().find_map(|(at, _)| {
        let end = number_end(near, at)?;
        let rest = near.get(end..)?;
        let behind = rest.trim_start_matches([' ', '|', ',', ';', '-', ':', '(', '/']);
        let gap = rest.len() - behind.len();
        let day = when::dates(super::doubt::window(behind, 0, 24)).into_iter().next().filter(|(first, _)| *first == 0)?.1;
        ((1..=GAP).contains(&gap) && day.is_long_before(year)).then_some((at, day))
    })
}

/// The end of a whole number with valid check digits that begins at `at`.
fn number_end(near: &str, at: usize) -> Option<usize> {
    let mut count = 0;
    for (i, c) in near.get(at..)?.char_indices() {
        match c {
            _ if c.is_ascii_digit() => count += 1,
            ' ' | '-' => {}
            _ => return None,
        }
        if count == DIGITS {
            let end = at + i + 1;
            return (super::words::ends(near, end) && nhs(near.get(at..end)?)).then_some(end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_behind_a_health_number_is_read() {
        for (near, year, found) in [
            (" | nhs 492 264 4210 | 12 april 1944", None, true),
            (" (4922644210, 12/04/1944)", None, true),
            (" nhs: 492-264-4210 12.4.1944", Some(2020), true),
            (" | nhs 492 264 4210 | 12 april 2018", Some(2020), false),
            (" | nhs 492 264 4210 | 12 april 2018", None, false),
            (" | nhs 492 264 4211 | 12 april 1944", None, false),
            (" | nhs 492 264 4210 | seen on 12 april 1944", None, false),
            (" | 12 april 1944", None, false),
            ("", None, false),
        ] {
            assert_eq!(birth_behind(near, year).is_some(), found, "{near}");
        }
    }
}
