//! Reading the words around a part of a name.

use super::Band;
use super::distance::one_error;
use super::name::PersonName;
use super::words::{Word, after, before};
use crate::lexicon::{Flags, flags};

/// A match in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) band: Band,
    pub(super) reason: String,
}

fn found(start: usize, end: usize, band: Band, reason: impl Into<String>) -> Found {
    Found { start, end, band, reason: reason.into() }
}

/// How a word agrees with the given name.
enum Agrees {
    Exactly,
    Nickname,
    Initial,
    Typo,
}

impl PersonName {
    fn agrees(&self, word: &str) -> Option<Agrees> {
        if word == self.given {
            return Some(Agrees::Exactly);
        }
        if self.nicknames.iter().any(|n| n == word) {
            return Some(Agrees::Nickname);
        }
        let initials = self.initials();
        let first = self.given.chars().next();
        if word.chars().count() == 1 && word.chars().next() == first {
            return Some(Agrees::Initial);
        }
        if word.len() > 1 && initials.iter().any(|i| i.len() > word.len() && i.starts_with(word)) {
            return Some(Agrees::Initial);
        }
        (self.given.chars().count() >= 5 && one_error(word, &self.given) && !flags(word).any(Flags::COMMON)).then_some(Agrees::Typo)
    }

    /// True when a word between given name and surname fits: a middle name, its initial, or a part of a double surname.
    fn middle_fits(&self, word: &str) -> bool {
        let own = self.middle.iter().chain(&self.parts);
        self.middle.is_empty() && word.chars().count() == 1
            || own.into_iter().any(|m| {
                m == word || (m.starts_with(word) && word.chars().count() == 1) || (word.starts_with(m.as_str()) && m.chars().count() == 1)
            })
    }

    /// What a surname at `start..end` of the folded text says with the words beside it. `part` means one part of a double surname.
    pub(super) fn at_surname(&self, text: &str, start: usize, end: usize, part: bool) -> Found {
        let mut weak = None;
        if let Some(w) = before(text, start).filter(|w| !w.comma) {
            if let Some(f) = self.with_given(w.text, w.start, end, part, true) {
                weak = Some(f);
            } else if flags(w.text).any(Flags::TITLE) {
                weak = Some(found(w.start, end, if part { Band::Possible } else { Band::Likely }, "title and surname"));
            } else if w.text.len() == 1 || !flags(w.text).any(Flags::COMMON) || flags(w.text).any(Flags::GIVEN) {
                weak = self.over_middle(text, &w, end, part);
            }
        }
        // The words before may say something weak while the words after say it all: `0 A Hart, Amelia`.
        let best = self.reversed(text, start, end, part).into_iter().chain(weak).max_by_key(|f| f.band);
        best.unwrap_or_else(|| found(start, end, Band::Possible, if part { "part of the surname" } else { "surname alone" }))
    }

    fn over_middle(&self, text: &str, w: &Word<'_>, end: usize, part: bool) -> Option<Found> {
        let w2 = before(text, w.start).filter(|w| !w.comma)?;
        let direct = self.with_given(w2.text, w2.start, end, part, self.middle_fits(w.text));
        direct.or_else(|| {
            let w3 = before(text, w2.start).filter(|w| !w.comma)?;
            let fits = self.middle_fits(w.text) && self.middle_fits(w2.text);
            (fits && w3.text == self.given).then(|| self.with_given(w3.text, w3.start, end, part, true)).flatten()
        })
    }

    fn with_given(&self, word: &str, start: usize, end: usize, part: bool, middle_fits: bool) -> Option<Found> {
        let band = if part || !middle_fits { Band::Likely } else { Band::Certain };
        Some(match self.agrees(word)? {
            Agrees::Exactly if part => found(start, end, band, "given name with part of the surname"),
            Agrees::Exactly if middle_fits => found(start, end, band, "full name"),
            Agrees::Exactly => found(start, end, band, "given name and surname with another middle name"),
            Agrees::Nickname => found(start, end, Band::Likely, format!("nickname {} with the surname", capital(word))),
            Agrees::Initial if part => found(start, end, Band::Possible, "initial with part of the surname"),
            Agrees::Initial if middle_fits => found(start, end, Band::Likely, "initial with the surname"),
            Agrees::Initial => found(start, end, Band::Possible, "initial with the surname"),
            Agrees::Typo => found(start, end, Band::Likely, "full name with one typing error"),
        })
    }

    /// `Hart, Amelia`, `Hart Amelia`, `Hart, Mrs A.`
    fn reversed(&self, text: &str, start: usize, end: usize, part: bool) -> Option<Found> {
        let mut w = after(text, end)?;
        let comma = w.comma;
        if comma && flags(w.text).any(Flags::TITLE) && w.text != self.given {
            w = after(text, w.end)?;
        }
        let reach =
            |w: &Word<'_>| if w.text.len() == 1 && text.get(w.end..).is_some_and(|t| t.starts_with('.')) { w.end + 1 } else { w.end };
        Some(match self.agrees(w.text)? {
            Agrees::Exactly => found(start, w.end, if part { Band::Likely } else { Band::Certain }, "full name, surname first"),
            Agrees::Nickname => found(start, w.end, Band::Likely, format!("surname with nickname {}", capital(w.text))),
            Agrees::Initial if comma && !part => found(start, reach(&w), Band::Likely, "surname with initial"),
            Agrees::Typo if comma && !part => found(start, w.end, Band::Likely, "full name with one typing error"),
            Agrees::Initial | Agrees::Typo => return None,
        })
    }

    /// What a given name (or nickname) at `start..end` says. The exact surname beside it is the surname's match.
    pub(super) fn at_given(&self, text: &str, start: usize, end: usize) -> Option<Found> {
        let word = text.get(start..end)?;
        let nickname = word != self.given;
        // The words beside a surname are walked one by one, and would see the last part of such a given name alone.
        if word.contains(['-', ' ', '\''])
            && let Some(end) = self.surname_after(text, end)
        {
            let band = if nickname { Band::Likely } else { Band::Certain };
            return Some(found(start, end, band, if nickname { "full name in another spelling" } else { "full name" }));
        }
        if let Some(next) = after(text, end).filter(|w| !w.comma) {
            if self.surname_typo(next.text) {
                return Some(found(start, next.end, Band::Likely, "full name with one typing error"));
            }
            if self.middle_fits(next.text) && next.text.len() > 1 && !nickname {
                if let Some(last) = after(text, next.end).filter(|w| !w.comma && self.surname_typo(w.text)) {
                    return Some(found(start, last.end, Band::Likely, "full name with one typing error"));
                }
                return Some(found(start, next.end, Band::Likely, "given and middle name"));
            }
        }
        Some(match (self.surnames.is_empty(), nickname) {
            (true, false) => found(start, end, Band::Likely, "the name given"),
            (false, false) => found(start, end, Band::Possible, "given name alone"),
            (_, true) => found(start, end, Band::Possible, format!("nickname {} alone", capital(word))),
        })
    }

    /// Where the surname ends that follows over fitting middle names.
    fn surname_after(&self, text: &str, end: usize) -> Option<usize> {
        let mut at = end;
        for _ in 0..3 {
            let next = after(text, at).filter(|w| !w.comma)?;
            let rest = text.get(next.start..)?;
            let surname = self.surnames.iter().filter(|s| rest.starts_with(s.as_str())).map(String::len).max();
            if let Some(stop) = surname.map(|n| next.start + n).filter(|stop| crate::fold::stands_alone(text, next.start, *stop)) {
                return Some(stop);
            }
            if !self.middle_fits(next.text) {
                return None;
            }
            at = next.end;
        }
        None
    }

    fn surname_typo(&self, word: &str) -> bool {
        self.surnames.iter().take(2).any(|s| s.chars().count() >= 5 && !s.contains(' ') && one_error(word, s))
    }
}

/// A word with a capital, for reasons.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
