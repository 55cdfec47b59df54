//! Where a message quotes earlier ones.

use std::ops::Range;

/// A line and where it stands, with its line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The lines of a text with their places.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|l| {
            let start = at;
            at += l.len();
            Line { text: l.trim(), start, end: at }
        })
        .collect()
}

/// The stretches of a text that quote earlier messages, whole lines, sorted and apart: lines that begin with `>`
/// (with the `On … wrote:` line above them), everything below `-----Original Message-----`,
/// and everything below an Outlook block of `From:`, `Sent:`, `To:`, `Subject:` that does not open the text.
pub fn quoted_ranges(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        if line.text.starts_with('>') {
            let last = quoted_until(&lines, i);
            let first = attribution_above(&lines, i).unwrap_or(i);
            push(&mut out, &lines, first, last);
            i = last + 1;
        } else if is_divider(line.text)
            || (i > 0 && is_header_block(&lines, i) && !opens_text(&lines, i))
            || is_attribution_without_marks(&lines, i)
        {
            push(&mut out, &lines, i, lines.len() - 1);
            break;
        } else {
            i += 1;
        }
    }
    out
}

fn push(out: &mut Vec<Range<usize>>, lines: &[Line<'_>], first: usize, last: usize) {
    let (Some(a), Some(b)) = (lines.get(first), lines.get(last)) else { return };
    match out.last_mut() {
        Some(previous) if previous.end >= a.start => previous.end = b.end,
        _ => out.push(a.start..b.end),
    }
}

/// The last line of a block of `>` lines; single empty lines inside belong to it.
fn quoted_until(lines: &[Line<'_>], first: usize) -> usize {
    let mut last = first;
    for (i, line) in lines.iter().enumerate().skip(first) {
        if line.text.starts_with('>') {
            last = i;
        } else if !line.text.is_empty() || i > last + 1 {
            break;
        }
    }
    last
}

/// The first line of `On … wrote:` that stands directly above, in one or two lines.
fn attribution_above(lines: &[Line<'_>], i: usize) -> Option<usize> {
    let mut at = i.checked_sub(1)?;
    if lines.get(at)?.text.is_empty() {
        at = at.checked_sub(1)?;
    }
    if !wrote(lines.get(at)?.text) {
        return None;
    }
    if opens(lines.get(at)?.text) {
        return Some(at);
    }
    Some(at.checked_sub(1).filter(|up| lines.get(*up).is_some_and(|l| opens(l.text))).unwrap_or(at))
}

fn wrote(line: &str) -> bool {
    line.ends_with(':') && ["wrote:", "writes:", "said:", "schrieb:", "a écrit :", "ysgrifennodd:"].iter().any(|w| line.ends_with(w))
}

fn opens(line: &str) -> bool {
    line.starts_with("On ") || line.starts_with("Ar ") || line.starts_with("Am ") || line.starts_with("Le ")
}

/// `On … wrote:` of programs that quote without marks: the rest of the text is the quotation.
fn is_attribution_without_marks(lines: &[Line<'_>], i: usize) -> bool {
    let Some(line) = lines.get(i).filter(|l| opens(l.text)) else { return false };
    let next = lines.get(i + 1).map_or("", |l| l.text);
    let last = if wrote(line.text) {
        i
    } else if wrote(next) && line.text.len() > 20 {
        i + 1
    } else {
        return false;
    };
    let dated = line.text.chars().any(|c| c.is_ascii_digit());
    let marked = lines.iter().skip(last + 1).take(3).any(|l| l.text.starts_with('>'));
    dated && !marked && lines.len() > last + 1
}

fn is_divider(line: &str) -> bool {
    let words = line.trim_matches(['-', '_', ' ', '=']);
    let ruled = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
    ruled
        && ["original message", "forwarded message", "neges wreiddiol", "original appointment", "forwarded by"]
            .iter()
            .any(|w| words.len() < 80 && words.to_lowercase().starts_with(w))
}

/// `From:` followed within five lines by `Sent:` or `Date:` and `To:` or `Subject:`.
fn is_header_block(lines: &[Line<'_>], i: usize) -> bool {
    let starts = |l: &Line<'_>, names: &[&str]| {
        let bare = l.text.trim_start_matches('*');
        names.iter().any(|n| bare.get(..n.len()).is_some_and(|h| h.eq_ignore_ascii_case(n)))
    };
    let near = |names: &[&str]| lines.iter().skip(i + 1).take(5).any(|l| starts(l, names));
    lines.get(i).is_some_and(|l| starts(l, &["From:"])) && near(&["Sent:", "Date:"]) && near(&["To:", "Subject:"])
}

/// True when only header lines and empty lines stand above: the message's own headers.
fn opens_text(lines: &[Line<'_>], i: usize) -> bool {
    lines.iter().take(i).all(|l| l.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quoted_ranges(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn marked_lines_are_quoted_with_their_attribution() {
        let text = "Yes.\n\nOn Tue, 3 June 2025 at 10:00, Jo <jo@x.example>\nwrote:\n> Can you come?\n>\n> Jo\n\nSee you\n> again\n";
        assert_eq!(quoted(text), ["On Tue, 3 June 2025 at 10:00, Jo <jo@x.example>\nwrote:\n> Can you come?\n>\n> Jo\n", "> again\n"]);
    }

    #[test]
    fn outlook_blocks_are_quoted_to_the_end_but_not_the_message_own_headers() {
        let own = "From: A <a@x.example>\nTo: B\nDate: 1 May 2025\nSubject: S\n\nHello\n";
        assert_eq!(quoted(own), Vec::<&str>::new());
        let text = format!("{own}\nFrom: C\nSent: 2 May 2025\nTo: A\nSubject: T\n\nOld words\n");
        assert_eq!(quoted(&text), ["From: C\nSent: 2 May 2025\nTo: A\nSubject: T\n\nOld words\n"]);
        let text = format!("{own}\n-----Original Message-----\nOld words");
        assert_eq!(quoted(&text), ["-----Original Message-----\nOld words"]);
    }

    #[test]
    fn unmarked_replies_are_quoted() {
        let text = "Fine.\nOn 3 June 2025 Jo wrote:\nCan you come?\n";
        assert_eq!(quoted(text), ["On 3 June 2025 Jo wrote:\nCan you come?\n"]);
        assert_eq!(quoted("On reflection Jo wrote:\nnothing"), Vec::<&str>::new());
    }
}
