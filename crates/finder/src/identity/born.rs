//! The ways a date of birth is written.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::words::begins;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Months as Poland, Hungary and Italy number them: `16.V.1994`.
pub(super) const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

const ORDINALS: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

/// Forms that may as well be another day or another number, such as the American one: they count beside a word of birth alone.
pub(super) fn american(date: Date) -> Vec<String> {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let short = y.rem_euclid(100);
    let mut out = vec![
        format!("{d:02}{m:02}{short:02}"),
        format!("{short:02}{m:02}{d:02}"),
        format!("{short:02}-{m:02}-{d:02}"),
        format!("{d:02} {m:02} {short:02}"),
    ];
    let turned = ["/", "-", "."].iter().filter(|_| m != d).flat_map(|s| {
        [
            format!("{m:02}{s}{d:02}{s}{y}"),
            format!("{m}{s}{d}{s}{y}"),
            format!("{m:02}{s}{d:02}{s}{short:02}"),
            format!("{m}{s}{d}{s}{short:02}"),
        ]
    });
    out.extend(turned);
    out
}

/// True when the folded text just before `at` speaks of a birth.
pub(super) fn said_before(text: &str, at: usize) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(32));
    speaks_of_birth(text.get(from..at).unwrap_or_default())
}

/// True when a folded text speaks of a birth: neither `Osborne` nor `Adobe` does.
pub(super) fn speaks_of_birth(text: &str) -> bool {
    let word = |cue: &&str| text.match_indices(*cue).any(|(at, _)| begins(text, at));
    text.contains("birth") || ["born", "dob", "d.o.b", "d. o. b", "b-day", "bday"].iter().any(word)
}

/// Every folded form of a date that is searched for: British numbers with full and short year, ISO, and words.
pub(super) fn forms(date: Date) -> Vec<String> {
    let (y, m, d) = (date.year(), date.month(), date.day());
    let short = y.rem_euclid(100);
    let mut out = BTreeSet::new();
    for (day, month) in [
        (format!("{d:02}"), format!("{m:02}")),
        (d.to_string(), m.to_string()),
        (format!("{d:02}"), m.to_string()),
        (d.to_string(), format!("{m:02}")),
    ] {
        for sep in ["/", ".", "-", " ", " / ", " . ", " - ", ". ", "_", "\\", "|", " | "] {
            out.insert(format!("{day}{sep}{month}{sep}{y}"));
            if sep != " " {
                out.insert(format!("{day}{sep}{month}{sep}{short:02}"));
            }
        }
        for sep in ["-", "/", ".", " ", "_"] {
            out.insert(format!("{y}{sep}{month}{sep}{day}"));
        }
    }
    out.insert(format!("{y}{m:02}{d:02}"));
    out.insert(format!("{d:02}{m:02}{y}"));
    let long = MONTHS.get(usize::from(m.unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    let mut names = vec![long, long.get(..3).unwrap_or(long)];
    if long == "september" {
        names.push("sept");
    }
    let spoken = ORDINALS.get(usize::from(d.unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default().to_owned();
    for day in [
        d.to_string(),
        format!("{d:02}"),
        format!("{d}{}", ordinal(d)),
        format!("{d:02}{}", ordinal(d)),
        format!("{d} {}", ordinal(d)),
        // Programs and people in a hurry write `3th`.
        format!("{d}th"),
        spoken,
    ] {
        for name in &names {
            for year in [y.to_string(), format!("{short:02}"), format!("'{short:02}")] {
                for form in [
                    "{d} {m} {y}",
                    "{d} of {m} {y}",
                    "{d} of {m}, {y}",
                    "{d} {m}, {y}",
                    "{d}-{m}-{y}",
                    "{d}/{m}/{y}",
                    "{d} {m}. {y}",
                    "{d}. {m} {y}",
                    "{d} {m} of {y}",
                    "{d}.{m}.{y}",
                    "{m} the {d}, {y}",
                    "{m} the {d} {y}",
                    "{m}. {d}, {y}",
                    "{m}. {d} {y}",
                    "{m}-{d}-{y}",
                    "{y} {m} {d}",
                    "{y}-{m}-{d}",
                    "{m} {d} {y}",
                    "{m} {d}, {y}",
                    "{d}{m}{y}",
                ] {
                    out.insert(form.replace("{d}", &day).replace("{m}", name).replace("{y}", &year));
                }
            }
        }
    }
    let roman = ROMAN.get(usize::from(m.unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    for day in [d.to_string(), format!("{d:02}")] {
        out.extend([".", " ", ". ", "-", "/"].map(|sep| format!("{day}{sep}{roman}{sep}{y}")));
    }
    out.into_iter().collect()
}

fn ordinal(day: i8) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn words_of_birth_are_words() {
        for text in ["born ", "(born", "dateofbirth: ", "dob", "d.o.b. ", "birthday"] {
            assert!(speaks_of_birth(text), "{text}");
        }
        for text in ["osborne, ", "adobe ", "stubborn"] {
            assert!(!speaks_of_birth(text), "{text}");
        }
    }

    #[test]
    fn a_wrong_ending_is_understood() {
        let forms = forms(Date::constant(2013, 5, 3));
        for way in ["3th of May 2013", "May 3th, 2013", "3rd May 2013"] {
            assert!(forms.contains(&fold(way)), "{way}");
        }
    }

    #[test]
    fn a_month_may_be_a_roman_number() {
        let forms = forms(Date::constant(1994, 5, 16));
        for way in ["16.V.1994", "16 V 1994 r.", "16. V. 1994", "16-v-1994", "16/V/1994"] {
            assert!(forms.iter().any(|form| fold(way).trim_end_matches(" r.") == form), "{way}");
        }
        assert!(!forms.contains(&"16.vi.1994".to_owned()));
    }

    #[test]
    fn the_usual_ways_are_all_there() {
        let forms = forms(Date::constant(2013, 5, 7));
        for way in [
            "7 May 2013",
            "07/05/2013",
            "7.5.13",
            "2013-05-07",
            "May 7th 2013",
            "7th of May 2013",
            "May 7, 2013",
            "07-05-2013",
            "7 May '13",
            "20130507",
            "7th May, 2013",
            "07-May-2013",
        ] {
            assert!(forms.contains(&fold(way)), "{way}");
        }
        assert!(!forms.contains(&"05/17/2013".to_owned()));
    }
}
