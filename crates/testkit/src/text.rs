//! Mixed office text with personal data in it, for measuring detectors.

use crate::office::paragraphs;
use crate::people::Cast;
use crate::rng::Rng;

/// Believable office text of about `bytes` bytes (never less than asked for, and ending at a paragraph), the same for the same seed.
pub fn text(seed: u64, bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 4096);
    paragraphs(&mut Rng::new(seed).fork("text"), &Cast::new(), &mut out, bytes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_repeats_and_has_the_size_asked_for() {
        let one = text(1, 200_000);
        assert!((200_000..210_000).contains(&one.len()));
        assert_eq!(one, text(1, 200_000));
        assert_ne!(one, text(2, 200_000));
        assert!(one.contains("07700") && one.contains(".example") && one.contains("NHS number 999"));
    }
}
