//! Transfer encodings (RFC 2045 section 6).

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Base64 in lines of 76.
pub(super) fn base64(bytes: &[u8]) -> String {
    let whole = STANDARD.encode(bytes);
    let mut out = String::with_capacity(whole.len() + whole.len() / 76 + 2);
    let mut rest = whole.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at(rest.len().min(76));
        out.push_str(line);
        out.push('\n');
        rest = tail;
    }
    out
}

/// Quoted-printable in lines of at most 76, soft breaks wherever they fall, also within words.
pub(super) fn quoted_printable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + bytes.len() / 8);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let (line, end) = match line.strip_suffix(b"\n") {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        let mut width = 0;
        for (index, &byte) in line.iter().enumerate() {
            let last = index + 1 == line.len();
            let plain = matches!(byte, 0x21..=0x3c | 0x3e..=0x7e) || (matches!(byte, b' ' | b'\t') && !last);
            let need = if plain { 1 } else { 3 };
            if width + need > 75 {
                out.push_str("=\n");
                width = 0;
            }
            if plain {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "={byte:02X}");
            }
            width += need;
        }
        out.push_str(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_escapes_and_breaks() {
        assert_eq!(quoted_printable("a=b é \nx".as_bytes()), "a=3Db =C3=A9=20\nx");
        let long = quoted_printable("word ".repeat(60).as_bytes());
        assert!(long.lines().all(|line| line.len() <= 76));
        assert_eq!(long.replace("=\n", "").replace("=20", " "), "word ".repeat(60));
    }

    #[test]
    fn base64_lines_are_short() {
        let text = base64(&[7; 200]);
        assert!(text.lines().all(|line| line.len() <= 76) && text.ends_with('\n'));
    }
}
