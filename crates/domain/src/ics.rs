//! Due days as an iCalendar file (RFC 5545): all-day events with a reference and no names, an
//! alarm a day ahead, the same identifier for the same clock for ever.

use std::fmt::Write as _;

use jiff::civil::Date;

/// Octets of a line at most, without its end (section 3.1).
const LINE: usize = 75;

/// One day on which something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What makes it the same event the next time: the record and the clock. Not personal.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What is shown, e.g. `SAR-2026-0001 due`.
    pub summary: String,
    /// When it was last changed, in microseconds since 1970 UTC.
    pub changed_us: i64,
}

/// The file. The same entries always give the same bytes.
pub fn calendar(name: &str, entries: &[Entry]) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Probity//Due days//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        line(&mut out, text);
    }
    line(&mut out, &format!("NAME:{}", escaped(name)));
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
    for entry in entries {
        event(&mut out, entry);
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn event(out: &mut String, entry: &Entry) {
    let stamp = jiff::Timestamp::from_microsecond(entry.changed_us).unwrap_or_default();
    let next = entry.day.tomorrow().unwrap_or(entry.day);
    line(out, "BEGIN:VEVENT");
    line(out, &format!("UID:{}@probity", escaped(&entry.uid)));
    line(out, &format!("DTSTAMP:{}", stamp.strftime("%Y%m%dT%H%M%SZ")));
    line(out, &format!("DTSTART;VALUE=DATE:{}", entry.day.strftime("%Y%m%d")));
    line(out, &format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
    line(out, &format!("SUMMARY:{}", escaped(&entry.summary)));
    line(out, "TRANSP:TRANSPARENT");
    line(out, "CLASS:CONFIDENTIAL");
    line(out, "BEGIN:VALARM");
    line(out, "ACTION:DISPLAY");
    line(out, &format!("DESCRIPTION:{}", escaped(&entry.summary)));
    line(out, "TRIGGER:-PT15H");
    line(out, "END:VALARM");
    line(out, "END:VEVENT");
}

/// A line, folded where it is longer than [`LINE`] octets, never inside a character.
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for letter in text.chars() {
        if letter.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE - 1;
        }
        out.push(letter);
        room -= letter.len_utf8();
    }
    out.push_str("\r\n");
}

/// A text value: what has a meaning is escaped, what would break the line is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{letter}");
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn entry(summary: &str) -> Entry {
        Entry { uid: "r1.reply:access".to_owned(), day: date(2026, 12, 31), summary: summary.to_owned(), changed_us: 1_795_338_000_000_000 }
    }

    /// What a reader makes of it: lines joined again, escapes undone.
    fn read(file: &str, property: &str) -> Vec<String> {
        let unfolded = file.replace("\r\n ", "");
        let values = unfolded.split("\r\n").filter_map(|line| line.strip_prefix(property)?.strip_prefix(':'));
        values
            .map(|value| {
                let (mut out, mut chars) = (String::new(), value.chars());
                while let Some(c) = chars.next() {
                    match (c, c == '\\') {
                        (_, true) => match chars.next() {
                            Some('n') => out.push('\n'),
                            Some(c) => out.push(c),
                            None => {}
                        },
                        (c, false) => out.push(c),
                    }
                }
                out
            })
            .collect()
    }

    #[test]
    fn an_entry_is_an_all_day_event_with_an_alarm() {
        let file = calendar("Due days", &[entry("SAR-2026-0001 due")]);
        for wanted in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "UID:r1.reply:access@probity\r\nDTSTAMP:20261122T090000Z\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:SAR-2026-0001 due\r\n",
            "BEGIN:VALARM\r\nACTION:DISPLAY\r\n",
            "END:VEVENT\r\nEND:VCALENDAR\r\n",
        ] {
            assert!(file.contains(wanted), "{wanted} not in {file}");
        }
        assert_eq!(file, calendar("Due days", &[entry("SAR-2026-0001 due")]));
    }

    #[test]
    fn nothing_in_a_text_can_end_its_line_or_begin_another() {
        let file = calendar("x", &[entry("a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:other;b,c\\d")]);
        assert_eq!(file.matches("\r\nBEGIN:VEVENT").count(), 1);
        assert_eq!(read(&file, "SUMMARY"), ["a\nEND:VEVENT\nBEGIN:VEVENT\nUID:other;b,c\\d"]);
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets_and_every_text_reads_back(text in "[a-zéß€𝄞;,\\\\ \n]{0,200}") {
            let file = calendar("x", &[entry(&text)]);
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{}", line.len());
            }
            prop_assert!(file.ends_with("END:VCALENDAR\r\n"));
            prop_assert_eq!(read(&file, "SUMMARY"), vec![text]);
        }
    }
}
