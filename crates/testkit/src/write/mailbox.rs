//! Mailbox formats: one file with separator lines (mbox), one file a message (Maildir).

use crate::when::When;

/// Appends a message to an mbox (RFC 4155): lines of the body that look like a separator are quoted.
pub fn append_mbox(out: &mut Vec<u8>, sender: &str, when: &When, message: &[u8]) {
    out.extend_from_slice(format!("From {sender} {}\n", when.mbox()).as_bytes());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        if line.starts_with(b"From ") {
            out.push(b'>');
        }
        out.extend_from_slice(line);
    }
    if !message.ends_with(b"\n") {
        out.push(b'\n');
    }
    out.push(b'\n');
}

/// The file name of a seen message in a Maildir's `cur`: delivery second, a serial number, host, flags.
pub fn maildir_name(when: &When, serial: usize, host: &str) -> String {
    format!("{}.M{:06}P{}.{host}:2,S", when.seconds(), (serial * 7919) % 1_000_000, 4000 + serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separator_lines_in_a_body_are_quoted() {
        let when = When::parse("2021-07-03 09:05").unwrap();
        let mut out = Vec::new();
        append_mbox(&mut out, "a@b.example", &when, b"Subject: x\n\nFrom here on\nhi");
        assert_eq!(String::from_utf8(out).unwrap(), "From a@b.example Sat Jul  3 08:05:00 2021\nSubject: x\n\n>From here on\nhi\n\n");
    }

    #[test]
    fn maildir_names_differ_by_serial() {
        let when = When::parse("2021-07-03 09:05").unwrap();
        assert_ne!(maildir_name(&when, 1, "h"), maildir_name(&when, 2, "h"));
        assert!(maildir_name(&when, 1, "h").ends_with(":2,S"));
    }
}
