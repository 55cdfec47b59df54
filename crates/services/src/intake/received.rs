//! The day a message reached the organisation, from its headers: the topmost
//! `Received` line (written by the receiving server), else `Date`.

use jiff::civil::Date;
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::tz::TimeZone;

/// The local date of receipt, or `None` when no header gives a possible one.
pub fn received_on(message: &[u8]) -> Option<Date> {
    let headers = headers(message);
    let received = headers
        .iter()
        .filter(|(name, _)| name == "received")
        .find_map(|(_, value)| value.rsplit_once(';').and_then(|(_, date)| parse(date)));
    received.or_else(|| headers.iter().find(|(name, _)| name == "date").and_then(|(_, value)| parse(value)))
}

/// The local date at which the receiving server says it took the message, without falling
/// back on what the sender says.
pub fn received_by_server(message: &[u8]) -> Option<Date> {
    let headers = headers(message);
    let (_, value) = headers.iter().find(|(name, _)| name == "received")?;
    value.rsplit_once(';').and_then(|(_, date)| parse(date))
}

fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    let text = text.split_once('(').map_or(text, |(before, _comment)| before.trim());
    let zoned = DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    let london = TimeZone::get("Europe/London").ok()?;
    let date = zoned.with_time_zone(london).date();
    domain::calendar::in_range(date).ok()
}

/// Unfolded headers with lower-case names, up to the first empty line.
pub(crate) fn headers(message: &[u8]) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in message.split(|byte| *byte == b'\n').take(2_000) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_receiving_server_decides_then_the_date_header() {
        let message = b"Received: from a by b; Sun, 29 Nov 2026 00:10:00 +0000\r\nReceived: from x by a; Sat, 28 Nov 2026 21:14:05 +0000\r\nDate: Sat, 28 Nov 2026 21:14:00 +0000\r\n\r\nhello";
        assert_eq!(received_on(message), Some(date(2026, 11, 29)));
        assert_eq!(received_on(b"Date: Sat, 28 Nov 2026 21:14:00 +0000 (GMT)\n\nhello"), Some(date(2026, 11, 28)));
    }

    #[test]
    fn the_day_is_the_one_in_london() {
        assert_eq!(received_on(b"Date: Fri, 19 Jun 2026 23:30:00 +0000\n\n"), Some(date(2026, 6, 20)));
        assert_eq!(received_on(b"Date: Sat, 28 Nov 2026 18:30:00 -0800\n\n"), Some(date(2026, 11, 29)));
    }

    #[test]
    fn no_date_or_an_impossible_one_is_nothing() {
        assert_eq!(received_on(b"Subject: x\n\nDate: Sat, 28 Nov 2026 21:14:00 +0000"), None);
        assert_eq!(received_on(b"Date: Tue, 31 Feb 2026 10:00:00 +0000\n\n"), None);
        assert_eq!(received_on(b"Date: Mon, 01 Jan 0001 00:00:00 +0000\n\n"), None);
        assert_eq!(received_on(b"Date: yesterday\n\n"), None);
    }

    #[test]
    fn a_wrong_weekday_does_not_lose_the_date() {
        assert_eq!(received_on(b"Date: Mon, 28 Nov 2026 21:14:00 +0000\n\n"), Some(date(2026, 11, 28)));
    }
}
