//! Files written into a text as letters, the way of mail before MIME (uuencode): from a line `begin 644 name` to a line `end`. Each line
//! is looked at once, however many begin like one.

use base64::Engine as _;

use super::mail_lift::CODE;
use crate::extract::taking::{Item, Taking};

/// Said of a file in the code that Usenet used in place of this one.
const YENC: &str = "holds a file in yEnc, which is not read";
/// Said of a file whose last line is missing.
const CUT: &str = "is damaged or cut off; what could be decoded was read";
/// Lines that a file without its end has at least.
const LEAST: usize = 2;

/// A file that stood in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// Whether its end is there.
    pub(super) whole: bool,
}

/// The files in a text, and the text without them. `None` when it holds none. A line that merely begins like one stays.
pub(super) fn split(text: &str) -> Option<(String, Vec<File>)> {
    if !may_hold(text, b"begin") {
        return None;
    }
    let (mut left, mut files) = (String::new(), Vec::new());
    let (mut copied, mut at) = (0, 0);
    while let Some(line) = text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
        let begin = at;
        at += line.len();
        let Some((name, code)) = head(line) else { continue };
        let Some((file, length)) = body(name, code, text.get(at..).unwrap_or_default()) else { continue };
        left.push_str(text.get(copied..begin).unwrap_or_default());
        at += length;
        copied = at;
        files.push(file);
    }
    left.push_str(text.get(copied..).unwrap_or_default());
    (!files.is_empty()).then_some((left, files))
}

/// Reads the files that stood in what is being read, as what it carries behind its first `before`.
pub(super) fn take(taking: &mut Taking<'_>, before: usize, files: &[File]) {
    for (number, File { name, bytes, whole }) in (before + 1..).zip(files) {
        if taking.listed(number, name, || bytes.into()) {
            continue;
        }
        if let Err(reason) = taking.count(bytes.len()) {
            taking.unreadable_child(number, name, reason);
            break;
        }
        taking.child(number, Item { name, bytes });
        if !whole {
            taking.unreadable_child(number, name, CUT);
        }
    }
}

/// Says so of a text that holds a file in yEnc.
pub(super) fn list_yenc(taking: &mut Taking<'_>, text: &str) {
    if holds_yenc(text) {
        taking.unreadable(YENC);
    }
}

fn holds_yenc(text: &str) -> bool {
    may_hold(text, b"=ybegin ")
        && text.lines().any(|line| line.starts_with("=ybegin ") && line.contains(" size=") && line.contains(" name="))
}

/// Whether a transfer encoding is this code, under one of its names.
pub(super) fn is_declared(encoding: &str) -> bool {
    ["x-uuencode", "uuencode", "x-uue", "uue", "x-uu"].iter().any(|name| encoding.trim().eq_ignore_ascii_case(name))
}

fn may_hold(text: &str, mark: &[u8]) -> bool {
    memchr::memmem::find(text.as_bytes(), mark).is_some()
}

/// How the lines of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Old,
    Base64,
}

/// The name in a first line.
fn head(line: &str) -> Option<(&str, Code)> {
    let rest = line.strip_prefix("begin")?;
    let (rest, code) = rest.strip_prefix("-base64").map_or((rest, Code::Old), |rest| (rest, Code::Base64));
    let (mode, name) = rest.strip_prefix(' ')?.split_once(' ')?;
    let name = name.trim();
    let known = matches!(mode.len(), 3 | 4) && mode.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
    (known && !name.is_empty() && name.len() <= 255).then_some((name, code))
}

/// The file whose lines stand here, and how long they are with the last.
fn body(name: &str, code: Code, text: &str) -> Option<(File, usize)> {
    let (mut bytes, mut length, mut lines, mut whole) = (Vec::new(), 0, 0, false);
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        let ends = if code == Code::Old { content == "end" } else { content == "====" };
        if ends {
            (length, whole) = (length + line.len(), true);
            break;
        }
        let before = bytes.len();
        let known = match code {
            Code::Old => old(content, &mut bytes),
            Code::Base64 => CODE.decode_vec(content.trim(), &mut bytes).is_ok(),
        };
        if !known {
            // What a line that is none left behind.
            bytes.truncate(before);
            break;
        }
        length += line.len();
        lines += usize::from(bytes.len() > before);
    }
    let file = File { name: name.to_owned(), bytes, whole };
    (lines >= if whole { 1 } else { LEAST }).then_some((file, length))
}

/// Decodes a line: how many bytes it holds, and four letters for three of them. Programs take blanks from the end of lines, and put a sum
/// there.
fn old(line: &str, into: &mut Vec<u8>) -> bool {
    let Some((first, letters)) = line.as_bytes().split_first() else {
        // A line of no bytes, which began with a blank.
        return true;
    };
    let value = |letter: u8| (b' '..=b'`').contains(&letter).then(|| (letter - b' ') & 0x3F);
    let Some(count) = value(*first).map(usize::from) else { return false };
    let wanted = count.div_ceil(3) * 4;
    let missing = wanted.saturating_sub(letters.len());
    // Not more than half of a line was blanks, or a few letters would stand for any number of bytes.
    if letters.len() > wanted + 2 || missing * 2 > wanted {
        return false;
    }
    let start = into.len();
    let mut values = letters.iter().map(|letter| value(*letter)).chain(std::iter::repeat(Some(0)));
    for _ in 0..wanted / 4 {
        let (Some(Some(a)), Some(Some(b)), Some(Some(c)), Some(Some(d))) = (values.next(), values.next(), values.next(), values.next())
        else {
            into.truncate(start);
            return false;
        };
        into.extend([a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
    }
    into.truncate(start + count);
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(name: &str, bytes: &[u8]) -> String {
        let letter = |value: u8| char::from(if value == 0 { b'`' } else { value + b' ' });
        let mut out = format!("begin 644 {name}\n");
        for line in bytes.chunks(45) {
            out.push(letter(line.len() as u8));
            for three in line.chunks(3) {
                let at = |place: usize| three.get(place).copied().unwrap_or_default();
                let (a, b, c) = (at(0), at(1), at(2));
                out.extend([a >> 2, (a & 3) << 4 | b >> 4, (b & 15) << 2 | c >> 6, c & 63].map(letter));
            }
            out.push('\n');
        }
        out.push_str("`\nend\n");
        out
    }

    #[test]
    fn a_file_in_a_text_is_taken_out_of_it() {
        let text = format!("Dear Bob,\n{}Regards\nAda\n", written("a.txt", b"Ada Example of Leeds"));
        let (left, files) = split(&text).unwrap();
        assert_eq!(left, "Dear Bob,\nRegards\nAda\n");
        assert_eq!(files, [File { name: "a.txt".to_owned(), bytes: b"Ada Example of Leeds".to_vec(), whole: true }]);
        // Lines of another system; blanks for nothing, gone from the ends of lines.
        let old = text.replace('`', " ").replace(" \n", "\n").replace('\n', "\r\n");
        assert_eq!(split(&old).unwrap().1, files);
        let coded = "begin-base64 644 a.txt\nQWRhIEV4YW1wbGUg\nb2YgTGVlZHM=\n====\nbehind";
        assert_eq!(split(coded), Some(("behind".to_owned(), files)));
    }

    #[test]
    fn a_line_that_begins_like_one_stays() {
        for text in [
            "begin 644 people then left\nand Ada went home, too\nend\n",
            "begin 644 a.txt",
            "begin 644 a.txt\nend\n",
            "begin 999 a.txt\n#0V%T\nend\n",
            "we begin 644 a.txt\n#0V%T\nend\n",
            "begin 644 a.txt\n#0V%T\n",
            "nothing of the kind",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
        assert!(holds_yenc("x\n=ybegin line=128 size=3 name=a.bin\n") && !holds_yenc("=ybegin is how it begins"));
    }

    #[test]
    fn what_is_cut_off_is_read_as_far_as_it_goes() {
        let text = written("a.bin", &[7; 200]);
        let (left, files) = split(&text[..140]).unwrap();
        assert_eq!((left.as_str(), files[0].whole), ("", false));
        assert_eq!(files[0].bytes, [7; 90]);
    }

    proptest! {
        #[test]
        fn whatever_was_written_is_read(bytes: Vec<u8>, before in "[a-z \n]{0,40}", behind in "[a-z \n]{0,40}") {
            let text = format!("{before}\n{}{behind}", written("x y.bin", &bytes));
            match split(&text) {
                Some((left, files)) => {
                    prop_assert_eq!(left, format!("{before}\n{behind}"));
                    prop_assert_eq!(&files[0].bytes, &bytes);
                }
                None => prop_assert!(bytes.is_empty()),
            }
        }

        #[test]
        fn any_text_passes(text in "(begin 644 a\n|begin-base64 644 a\n|end\n|#0V%T\n|`\n|====\n|.|\n){0,60}") {
            if let Some((left, files)) = split(&text) {
                prop_assert!(left.len() + files.iter().map(|file| file.bytes.len()).sum::<usize>() <= 2 * text.len());
            }
        }
    }
}
