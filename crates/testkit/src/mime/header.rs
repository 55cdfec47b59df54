//! Header fields: folding, encoded words (RFC 2047), addresses, file names (RFC 2231).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// `Name: value`, folded at spaces after about 76 characters.
pub(super) fn field(name: &str, value: &str) -> String {
    let mut out = format!("{name}:");
    let mut width = out.len();
    for word in value.split(' ') {
        if width > name.len() + 1 && width + 1 + word.len() > 76 {
            out.push_str("\n ");
            width = 1;
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += word.len();
    }
    out.push('\n');
    out
}

/// Text as it may stand in a header: itself when ASCII, else encoded words of at most 75 characters.
pub(super) fn words(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut chunks: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if chunks.last().is_some_and(|chunk| chunk.len() + c.len_utf8() > 42) {
            chunks.push(String::new());
        }
        if let Some(chunk) = chunks.last_mut() {
            chunk.push(c);
        }
    }
    let words: Vec<String> = chunks.iter().map(|chunk| format!("=?UTF-8?B?{}?=", STANDARD.encode(chunk))).collect();
    words.join(" ")
}

/// `Name <address>`, the name quoted or encoded as it needs.
pub(super) fn mailbox(name: &str, address: &str) -> String {
    if name.is_empty() {
        address.to_owned()
    } else if !name.is_ascii() {
        format!("{} <{address}>", words(name))
    } else if name.contains([',', '.', '(', ')', '"', '@']) {
        format!("\"{}\" <{address}>", name.replace('"', "\\\""))
    } else {
        format!("{name} <{address}>")
    }
}

/// The file name parameter of an attachment.
pub(super) fn file_name(name: &str) -> String {
    if name.is_ascii() {
        return format!("filename=\"{name}\"");
    }
    let encoded: String = name
        .bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b".-_".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect();
    format!("filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_or_encoded_as_needed() {
        assert_eq!(mailbox("Obi, Ada", "a@b.example"), "\"Obi, Ada\" <a@b.example>");
        assert_eq!(mailbox("Zoë", "z@b.example"), "=?UTF-8?B?Wm/Dqw==?= <z@b.example>");
        assert_eq!(file_name("Zoë 1.pdf"), "filename*=UTF-8''Zo%C3%AB%201.pdf");
    }

    #[test]
    fn long_subjects_fold_and_long_encoded_words_split() {
        assert!(field("Subject", &"agenda ".repeat(30)).lines().all(|line| line.len() <= 78));
        assert!(words(&"é".repeat(90)).split(' ').all(|word| word.len() <= 75));
    }
}
