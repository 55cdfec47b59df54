//! Addresses that mail may be sent to. Stricter than RFC 5321: what is refused here could
//! only be a mistake or an attack, and a person can write a letter instead.

/// The longest address that can stand in a mail transaction (RFC 5321 section 4.5.3.1).
const LONGEST: usize = 254;

/// Reads one address: no name, no brackets, nothing that could begin another header or recipient.
pub fn clean_address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let local_ok = (1..=64).contains(&local.len())
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)));
    (text.len() <= LONGEST && local_ok && is_domain(domain)).then(|| format!("{local}@{}", domain.to_ascii_lowercase()))
}

/// Host names of letters, digits and hyphens; a single label only on the machine itself.
fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let label_ok = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    labels.iter().all(label_ok) && (labels.len() > 1 || domain == "localhost")
}

/// A Message-ID as it stands in a header, with its brackets; `None` for anything else.
pub fn clean_message_id(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('<')?.strip_suffix('>')?;
    let fits =
        (3..=250).contains(&inner.len()) && inner.contains('@') && inner.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    fits.then(|| format!("<{inner}>"))
}

/// One line of plain characters for a header: control characters and the marks that turn
/// text around become spaces.
pub fn one_line(text: &str) -> String {
    let is_mark = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().map(|c| if is_mark(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_addresses_pass_and_their_domain_is_lower_case() {
        for (text, clean) in [
            ("amelia@hart.example", "amelia@hart.example"),
            (" Amelia.O'Hart+sar@Mail.Hart.Example ", "Amelia.O'Hart+sar@mail.hart.example"),
            ("root@localhost", "root@localhost"),
        ] {
            assert_eq!(clean_address(text).as_deref(), Some(clean));
        }
    }

    #[test]
    fn nothing_else_is_an_address() {
        for text in [
            "",
            "amelia",
            "@hart.example",
            "a@",
            "a@hart",
            "a@b@hart.example x",
            "amelia@hart.example\r\nBcc: all@hart.example",
            "amelia@hart.example, other@hart.example",
            "<amelia@hart.example>",
            "Amelia <amelia@hart.example>",
            "\"a b\"@hart.example",
            "a..b@hart.example",
            ".a@hart.example",
            "a@-hart.example",
            "a@hart..example",
            "a@[127.0.0.1]",
            "am\u{e9}lia@hart.example",
            "a@b\u{0}.example",
        ] {
            assert_eq!(clean_address(text), None, "{text:?}");
        }
        assert_eq!(clean_address(&format!("a@{}.example", "b.".repeat(140))), None);
    }

    #[test]
    fn message_ids_and_subject_lines_cannot_begin_a_header() {
        assert_eq!(clean_message_id(" <a.b@c> ").as_deref(), Some("<a.b@c>"));
        for text in ["a@b", "<a b@c>", "<a@b\r\nX: y>", "<>", "<a>", "<a@b> <c@d>"] {
            assert_eq!(clean_message_id(text), None, "{text:?}");
        }
        assert_eq!(one_line("Your request\r\nBcc: x@y.example \u{202e}SAR"), "Your request Bcc: x@y.example SAR");
    }
}
