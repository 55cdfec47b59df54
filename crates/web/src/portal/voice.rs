//! In which words a page speaks.

use crate::forms::Sent;

/// How the visitor wants to be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Plain English.
    Plain,
    /// For a child who reads alone.
    Child,
    /// Easy read: one short thing a line.
    Easy,
}

impl Voice {
    /// Every voice, with what the link to it says.
    pub(crate) const ALL: &'static [(Self, &'static str)] =
        &[(Self::Plain, "Ordinary version"), (Self::Child, "For children and young people"), (Self::Easy, "Easy read")];

    /// Reads it from the address: `?for=child`.
    pub(crate) fn of(sent: &Sent) -> Self {
        match sent.text("for") {
            "child" => Self::Child,
            "easy" => Self::Easy,
            _ => Self::Plain,
        }
    }

    /// The value in the address; empty for the ordinary one.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Child => "child",
            Self::Easy => "easy",
        }
    }

    /// The one of three wordings: plain, for children, easy read.
    pub(crate) const fn say(self, words: [&'static str; 3]) -> &'static str {
        let [plain, child, easy] = words;
        match self {
            Self::Plain => plain,
            Self::Child => child,
            Self::Easy => easy,
        }
    }

    /// An address that keeps the voice.
    pub(crate) fn at(self, path: &str) -> String {
        match (self, path.contains('?')) {
            (Self::Plain, _) => path.to_owned(),
            (voice, true) => format!("{path}&for={}", voice.key()),
            (voice, false) => format!("{path}?for={}", voice.key()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_the_voice() {
        assert_eq!(Voice::Plain.at("/portal"), "/portal");
        assert_eq!(Voice::Child.at("/portal"), "/portal?for=child");
        assert_eq!(Voice::Easy.at("/portal/sent?what=request"), "/portal/sent?what=request&for=easy");
    }
}
