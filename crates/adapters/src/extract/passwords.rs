//! Passwords that a person gives for what is encrypted.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize as _;

use super::taking::Reason;

/// Passwords to try, in order. They are never shown, written down or logged.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passwords(Vec<String>);

impl Passwords {
    /// Most of them: each is tried on each item that is encrypted, which takes its time by design.
    pub const MOST: usize = services::ports::MOST_PASSWORDS;

    /// A password a line, with its spaces. `None` when there are more than [`Self::MOST`].
    pub fn of(text: &str) -> Option<Self> {
        let lines = text.trim_start_matches('\u{FEFF}').lines().filter(|line| !line.is_empty());
        let passwords = Self(lines.map(str::to_owned).collect());
        (passwords.0.len() <= Self::MOST).then_some(passwords)
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands for them where they must not stand: equal for the same ones.
    pub(crate) fn print(&self) -> String {
        let mut hasher = blake3::Hasher::new_derive_key("probity passwords of a search 1");
        for password in &self.0 {
            hasher.update(&(password.len() as u64).to_le_bytes());
            hasher.update(password.as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }

    /// What the first that opens it opens.
    pub(crate) fn first<T>(&self, open: impl FnMut(&str) -> Option<T>) -> Option<T> {
        self.0.iter().map(String::as_str).find_map(open)
    }

    /// The same with the password.
    pub(crate) fn find<T>(&self, mut open: impl FnMut(&str) -> Option<T>) -> Option<(T, &str)> {
        self.0.iter().map(String::as_str).find_map(|password| Some((open(password)?, password)))
    }

    /// The reason why something encrypted was not read.
    pub(crate) fn refused(&self, reason: &'static str) -> Reason {
        if self.0.is_empty() { reason.into() } else { format!("{reason}, and none of the passwords opens it").into() }
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passwords", self.0.len())
    }
}

impl Drop for Passwords {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_each_with_its_spaces() {
        let passwords = Passwords::of("\u{FEFF}first\r\n\n    \n zoë \n").unwrap();
        assert_eq!(passwords.0, ["first", "    ", " zoë "]);
        assert_eq!(passwords.first(|one| one.ends_with(' ').then_some(one.len())), Some(4));
        assert!(Passwords::of("").unwrap().is_empty());
        assert_eq!(Passwords::of(&"x\n".repeat(51)), None);
    }

    #[test]
    fn they_are_not_shown() {
        let passwords = Passwords::of("tiger\n").unwrap();
        assert_eq!(format!("{passwords:?}"), "1 passwords");
        assert!(!passwords.print().contains("tiger"));
        assert_ne!(passwords.print(), Passwords::of("tiger\n\ncat").unwrap().print());
        assert_eq!(passwords.refused("is encrypted"), "is encrypted, and none of the passwords opens it");
        assert_eq!(Passwords::default().refused("is encrypted"), "is encrypted");
    }
}
