//! Where a written date begins and ends: lists of days, parts of months, periods.

use super::Finding;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Where the date ends when what looked like its year is the next date's day: `30 May, 10 July`.
pub(super) fn own_end(text: &str, start: usize, end: usize) -> usize {
    let piece = text.get(start..end).unwrap_or_default();
    let head = piece.trim_end_matches(|c: char| c.is_ascii_digit());
    let short = (1..=2).contains(&(piece.len() - head.len()));
    let next = text.get(end..).unwrap_or_default().trim_start_matches(['s', 't', 'n', 'd', 'r', 'h']).trim_start_matches(' ');
    let next = next.strip_prefix("of ").unwrap_or(next);
    let month = || next.get(..3).is_some_and(|m| MONTHS.iter().any(|name| name.starts_with(&m.to_ascii_lowercase())));
    if short && head.ends_with([' ', ',']) && month() { start + head.trim_end_matches([' ', ',']).len() } else { end }
}

/// Where the date begins with the days listed before it: `14 and 27 July 1999`, `1, 2 and 3 May`, or the part of the month or year:
/// `the end of October 1997`.
pub(super) fn own_start(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    let parts = [
        "beginning of ",
        "middle of ",
        "end of ",
        "early ",
        "late ",
        "mid-",
        "mid ",
        "spring of ",
        "summer of ",
        "autumn of ",
        "winter of ",
    ];
    if let Some(part) = parts.iter().find(|p| before.ends_with(**p)) {
        return start - part.len();
    }
    let mut at = start;
    loop {
        let rest = text.get(..at).unwrap_or_default();
        let Some(listed) = [" and ", " or ", ", ", " to ", "-", "\u{2013}"].iter().find_map(|joint| rest.strip_suffix(joint)) else {
            return at;
        };
        let word = listed.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let alone = !listed.get(..listed.len() - word.len()).unwrap_or_default().ends_with(['/', '.', '-', ':', '\u{a3}', '$']);
        let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        let day = digits.parse::<u8>().is_ok_and(|d| (1..=31).contains(&d)) && digits.len() <= 2;
        let own_day = || listed.get(..listed.len() - word.len()).is_some_and(|t| t.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        let month = word.starts_with(char::is_uppercase) && MONTHS.contains(&word.to_ascii_lowercase().as_str()) && !own_day();
        if !alone || !(day || month) {
            return at;
        }
        at = listed.len() - word.len();
    }
}

/// True when two dates are the ends of one period: `between 5 May 2006 and 24 October 2008`.
pub(super) fn one_period(text: &str, first: &Finding, second: &Finding) -> bool {
    let joined =
        text.get(first.end..second.start).is_some_and(|t| matches!(t, " and " | " to " | " until " | " till " | " - " | " \u{2013} "));
    joined && period_start(text, first.start) < first.start
}

/// Where a period begins with the word that says so.
pub(super) fn period_start(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default();
    ["between ", "Between ", "from ", "From "].iter().find(|w| before.ends_with(**w)).map_or(start, |w| start - w.len())
}

#[cfg(test)]
mod tests {
    use crate::detect::{Detector, Kind};

    #[test]
    fn lists_parts_and_periods_are_dates() {
        for (text, expected) in [
            ("held on 14 and 27 July 1999.", vec!["14 and 27 July 1999"]),
            ("on 30 May, 10 July and 17 October 1997", vec!["30 May", "10 July", "17 October 1997"]),
            ("Between 5 May 2006 and 24 October 2008 he", vec!["Between 5 May 2006 and 24 October 2008"]),
            ("on 8 February and 1 April 1999", vec!["8 February", "1 April 1999"]),
            ("in February and March 2001", vec!["February and March 2001"]),
            ("by the end of October 1997", vec!["end of October 1997"]),
            ("5 and 3 May 2024 came", vec!["5 and 3 May 2024"]),
            ("room 12, 3 May 2024", vec!["12, 3 May 2024"]),
        ] {
            let found = Detector::without_names().detect(text);
            let dates: Vec<&str> = found.iter().filter(|f| f.kind == Kind::Date).map(|f| &text[f.start..f.end]).collect();
            assert_eq!(dates, expected, "{text}");
        }
    }
}
