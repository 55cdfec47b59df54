//! Reading the words around a part of a name.

use super::Band;
use super::distance::one_error;
use super::name::{PersonName, is_suffix};
use super::rarity;
use super::short::is_short_form;
use super::sound::{alike, nearly_alike};
use super::spelling::sounds_same;
use super::words::{Word, after, before, begins, ends, is_label};
use crate::fold::is_word;
use crate::lexicon::{Flags, flags, forms_of};

/// A match in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) band: Band,
    pub(super) reason: String,
    /// Where letters stand that must be capitals in the original: initials.
    pub(super) capitals: Option<(usize, usize)>,
    /// True for what rests on the name alone.
    pub(super) by_name: bool,
}

pub(super) fn found(start: usize, end: usize, band: Band, reason: impl Into<String>) -> Found {
    Found { start, end, band, reason: reason.into(), capitals: None, by_name: true }
}

/// How a word agrees with the given name.
#[derive(PartialEq, Eq)]
enum Agrees {
    Exactly,
    Nickname,
    Initial,
    /// The first letter and others, where no middle name is known.
    Initials,
    Typo,
    /// Another usual spelling of a name from another alphabet.
    Spelling,
    /// The name in another language.
    Abroad,
    /// The name in another case.
    Inflected,
}

/// The reason of a name with a middle name that is not known.
pub(super) const OTHER_MIDDLE: &str = "given name and surname with another middle name";
/// The reason of a surname behind a title.
pub(super) const TITLED: &str = "title and surname";

/// The reason of the given and a middle name without the surname.
pub(super) const GIVEN_MIDDLE: &str = "given and middle name";

/// Bytes of somebody's given name in brackets, at most.
const LONGEST_GIVEN: usize = 40;

/// A given name beside a surname.
struct Beside<'a> {
    /// The name as it stands.
    written: &'a str,
    start: usize,
    end: usize,
    agrees: Agrees,
    /// A dividing sign or a label stood between.
    apart: bool,
}

impl PersonName {
    fn agrees(&self, word: &str) -> Option<Agrees> {
        if self.givens().any(|g| g == word || is_prefixed(word, g)) {
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
        if self.may_be_initials(word) {
            return Some(Agrees::Initials);
        }
        if self.is_abroad(word) {
            return Some(Agrees::Abroad);
        }
        if self.given.chars().count() >= 5
            && one_error(word, &self.given)
            && !flags(word).any(Flags::COMMON)
            && !self.is_another(word)
            && !self.also_given.iter().any(|given| given == word)
        {
            return Some(Agrees::Typo);
        }
        if self.is_inflected_beside(word) {
            return Some(Agrees::Inflected);
        }
        if (alike(word, &self.given) || self.arabic && sounds_same(word, &self.given)) && !flags(word).any(Flags::COMMON) {
            return Some(Agrees::Spelling);
        }
        (is_short_form(word, &self.given) && !flags(word).any(Flags::COMMON)).then_some(Agrees::Nickname)
    }

    /// Andrea Walker is not Andrew Walker mistyped, nor Andrew Walter: of a name that many bear, another name is somebody else's.
    fn is_another(&self, word: &str) -> bool {
        self.is_common() && flags(word).any(Flags::GIVEN.with(Flags::SURNAME))
    }

    /// `AJ` in `AJ Fairbairn`, when no middle name is known and few bear the name.
    fn may_be_initials(&self, word: &str) -> bool {
        let word_of_its_own = Flags::COMMON.with(Flags::TITLE).with(Flags::GIVEN).with(Flags::SALUTATION).with(Flags::PARTICLE);
        self.middle.is_empty()
            && (2..=3).contains(&word.len())
            && word.chars().all(|c| c.is_ascii_alphabetic())
            && word.chars().next() == self.given.chars().next()
            && !flags(word).any(word_of_its_own)
            && !is_suffix(word)
            && !self.is_common()
    }

    /// True for the given name in any form, its initial too.
    pub(super) fn is_given(&self, word: &str) -> bool {
        self.agrees(word).is_some()
    }

    /// True when a word between given name and surname fits: a middle name, its initial, or a part of a double surname.
    fn middle_fits(&self, word: &str) -> bool {
        let own = self.middle.iter().chain(&self.parts).chain(&self.also);
        (self.middle.is_empty() && word.chars().count() == 1)
            || own.into_iter().any(|m| {
                m == word
                    || alike(word, m)
                    || forms_of(m).contains(&word)
                    || (m.starts_with(word) && word.chars().count() == 1)
                    || (word.starts_with(m.as_str()) && m.chars().count() == 1)
            })
    }

    /// What a surname at `start..end` of the folded text says with the words beside it. `part` means one part of a double surname.
    pub(super) fn at_surname(&self, text: &str, start: usize, end: usize, part: bool) -> Found {
        let mut weak = None;
        if let Some(b) = self.given_before(text, start) {
            weak = Some(self.with_given(&b, end, part, true));
        } else if let Some(w) = before(text, start) {
            if flags(w.text).any(Flags::TITLE) && !w.comma {
                weak = Some(found(w.start, end, if part { Band::Possible } else { Band::Likely }, TITLED));
            } else if w.text.len() == 1 || !flags(w.text).any(Flags::COMMON) || flags(w.text).any(Flags::GIVEN) {
                weak = self.over_middle(text, &w, end, part);
            }
        }
        if let Some(last) = self.in_family(text, end).filter(|_| !part) {
            return found(start, last, Band::Likely, "surname of the family, with the given name");
        }
        // The words before may say something weak while the words after say it all: `0 A Hart, Amelia`.
        let best = self.reversed(text, start, end, part).into_iter().chain(weak).max_by_key(|f| f.band);
        best.unwrap_or_else(|| found(start, end, Band::Possible, if part { "part of the surname" } else { "surname alone" }))
    }

    /// What another spelling of the surname says: nothing, unless the given name stands beside it in some spelling.
    pub(super) fn at_sounding(&self, text: &str, start: usize, end: usize) -> Option<Found> {
        // Marion Fayrbairn is not Marian Fairbairn: with both parts in error, another given name is somebody else's.
        let tells = |b: &Beside<'_>| match b.agrees {
            Agrees::Initial | Agrees::Initials | Agrees::Inflected => false,
            Agrees::Typo => !flags(b.written).any(Flags::GIVEN),
            _ => true,
        };
        let before = self.given_before(text, start).filter(|b| tells(b) && !b.apart).map(|b| (b.start, end));
        let behind = || self.given_after(text, end).filter(tells).map(|b| (start, b.end));
        before.or_else(behind).map(|(start, end)| found(start, end, Band::Likely, "full name in another spelling"))
    }

    /// True when a longer spelling of the surname ends at `end`.
    pub(super) fn has_longer_surname(&self, text: &str, end: usize, length: usize) -> bool {
        let Some(head) = text.get(..end) else { return false };
        self.surnames.iter().any(|s| s.len() > length && head.ends_with(s.as_str()) && begins(text, end - s.len()))
    }

    /// The given name that ends before `at`, over the labels of forms.
    fn given_before<'a>(&self, text: &'a str, at: usize) -> Option<Beside<'a>> {
        if let Some(b) = self.damaged_before(text, at).or_else(|| self.broken_before(text, at)) {
            return Some(b);
        }
        let spelt = spelt_before(text, at);
        let (mut w, mut apart) = (before(text, spelt)?, spelt != at);
        for _ in 0..3 {
            if !self.labels(text, &w) {
                break;
            }
            w = before(text, w.start)?;
            apart = true;
        }
        apart |= w.comma;
        let head = text.get(..w.end)?;
        let whole = self.givens().filter(|g| head.ends_with(g) && begins(text, head.len() - g.len())).map(str::len).max();
        if let Some(len) = whole {
            return Some(Beside { written: text.get(w.end - len..w.end)?, start: w.end - len, end: w.end, agrees: Agrees::Exactly, apart });
        }
        let agrees = self.agrees(w.text)?;
        // `Anna, Amelia, Hart`: an initial, a short form or an error counts only right beside the surname.
        (!w.comma || matches!(agrees, Agrees::Nickname)).then_some(Beside { written: w.text, start: w.start, end: w.end, agrees, apart })
    }

    /// A given name whose last letter a wrong character set made no letter: `Jos? Hart`.
    fn damaged_before<'a>(&self, text: &'a str, at: usize) -> Option<Beside<'a>> {
        let head = text.get(..at)?.strip_suffix(' ')?;
        let ends_oddly = |g: &&str| g.ends_with(|c: char| !c.is_alphanumeric()) && head.ends_with(*g);
        let given = self.givens().find(|g| ends_oddly(g) && begins(text, head.len() - g.len()))?;
        let start = head.len() - given.len();
        Some(Beside { written: text.get(start..head.len())?, start, end: head.len(), agrees: Agrees::Exactly, apart: false })
    }

    /// A given name that a hyphen breaks over two lines, which folding makes `ame- lia hart`.
    fn broken_before<'a>(&self, text: &'a str, at: usize) -> Option<Beside<'a>> {
        let second = before(text, at).filter(|w| !w.comma)?;
        let first = text.get(..second.start)?.strip_suffix("- ").and_then(|head| before(text, head.len() + 1))?;
        let whole = |given: &&str| given.strip_prefix(first.text) == Some(second.text);
        self.givens().find(whole)?;
        Some(Beside {
            written: text.get(first.start..second.end)?,
            start: first.start,
            end: second.end,
            agrees: Agrees::Exactly,
            apart: false,
        })
    }

    /// The given name that begins after `at`, over the labels of forms and a title.
    fn given_after<'a>(&self, text: &'a str, at: usize) -> Option<Beside<'a>> {
        let (mut w, mut apart) = (after(text, at)?, false);
        for _ in 0..3 {
            let given_next = || after(text, w.end).is_some_and(|n| self.givens().any(|g| g == n.text));
            let title = flags(w.text).any(Flags::TITLE) && (apart || w.comma || given_next());
            if !(self.labels(text, &w) || title && self.agrees(w.text).is_none()) {
                break;
            }
            apart |= w.comma;
            w = after(text, w.end)?;
        }
        apart |= w.comma;
        let whole = self
            .givens()
            .filter(|g| text.get(w.start..).is_some_and(|t| t.starts_with(g)) && ends(text, w.start + g.len()))
            .map(str::len)
            .max();
        if let Some(len) = whole {
            return Some(Beside {
                written: text.get(w.start..w.start + len)?,
                start: w.start,
                end: w.start + len,
                agrees: Agrees::Exactly,
                apart,
            });
        }
        Some(Beside { written: w.text, start: w.start, end: w.end, agrees: self.agrees(w.text)?, apart })
    }

    /// True for a word that a form puts before a part of a name: the `s` of `Given name(s)` too, whoever has that initial.
    fn labels(&self, text: &str, w: &Word<'_>) -> bool {
        let plural = || {
            w.text == "s"
                && text.get(..w.start).is_some_and(|head| head.ends_with("name("))
                && text.get(w.end..).is_some_and(|rest| rest.starts_with(')'))
        };
        is_label(w.text) && (self.agrees(w.text).is_none() || plural())
    }

    fn over_middle(&self, text: &str, w: &Word<'_>, end: usize, part: bool) -> Option<Found> {
        // `Amelia "Ace" Hart`, `Amelia Carter-Hart`.
        let beside = self.given_before(text, w.start).filter(|b| b.agrees == Agrees::Exactly && !part);
        if let Some(b) = beside.filter(|b| quoted(text, b.end, w) || !b.apart && joined(text, w)) {
            let why = if w.comma { "full name with a nickname" } else { "given name with a double surname" };
            return Some(found(b.start, end, Band::Likely, why));
        }
        if w.comma && w.text.len() == 1 {
            return None;
        }
        let beside = self.given_before(text, w.start).filter(|b| !b.apart);
        // `I met Amelia. Tom Hart came.` has no middle name.
        let blank = |b: &Beside<'_>| text.get(b.end..w.start).is_some_and(|t| t.trim().is_empty());
        if let Some(b) = beside.filter(|b| self.middle_fits(w.text) || blank(b)) {
            return Some(self.with_given(&b, end, part, self.middle_fits(w.text)));
        }
        let w2 = before(text, w.start).filter(|w| !w.comma)?;
        let fits = self.middle_fits(w.text) && self.middle_fits(w2.text);
        let b = self.given_before(text, w2.start).filter(|b| fits && !b.apart && matches!(b.agrees, Agrees::Exactly | Agrees::Initial))?;
        Some(self.with_given(&b, end, part, true))
    }

    fn with_given(&self, b: &Beside<'_>, end: usize, part: bool, middle_fits: bool) -> Found {
        let start = b.start;
        match b.agrees {
            Agrees::Exactly if !middle_fits => {
                // Known by another middle name, this is likely somebody else; with none known, it may be theirs.
                let band = if self.middle.is_empty() { Band::Likely } else { Band::Possible };
                found(start, end, band, OTHER_MIDDLE)
            }
            Agrees::Exactly if part => found(start, end, Band::Likely, "given name with part of the surname"),
            Agrees::Exactly if b.apart => found(start, end, Band::Likely, "given name and surname, side by side"),
            Agrees::Exactly => found(start, end, Band::Certain, "full name"),
            Agrees::Nickname => found(start, end, Band::Likely, format!("nickname {} with the surname", capital(b.written))),
            Agrees::Initial | Agrees::Initials if part => found(start, end, Band::Possible, "initial with part of the surname"),
            Agrees::Initials => Found { capitals: Some((start, b.end)), ..found(start, end, Band::Likely, "initials with the surname") },
            Agrees::Initial if middle_fits => found(start, end, Band::Likely, "initial with the surname"),
            Agrees::Initial => found(start, end, Band::Possible, "initial with the surname"),
            Agrees::Typo => found(start, end, Band::Likely, "full name with one typing error"),
            Agrees::Spelling => found(start, end, Band::Likely, "full name in another spelling"),
            Agrees::Abroad if !part => found(start, end, self.band_abroad(middle_fits), abroad(b.written)),
            Agrees::Inflected if !part => found(start, end, Band::Likely, "full name, inflected"),
            Agrees::Abroad | Agrees::Inflected => found(start, end, Band::Possible, "part of the surname"),
        }
    }

    /// How much the given name in another language says: John Smith is not Iain Duncan Smith.
    fn band_abroad(&self, middle_fits: bool) -> Band {
        let british = self.is_common() && !self.surname().is_some_and(rarity::is_from_abroad);
        if middle_fits && !british { Band::Likely } else { Band::Possible }
    }

    /// `Hart, Amelia`, `Hart Amelia`, `Hart, Mrs A.`, `HART AJ`, `Surname: Hart, forenames: Amelia Jane`.
    fn reversed(&self, text: &str, start: usize, end: usize, part: bool) -> Option<Found> {
        let b = self.given_after(text, end)?;
        let dotted = text.get(b.end..).is_some_and(|t| t.starts_with('.'));
        let reach = if b.end - b.start <= 3 && dotted { b.end + 1 } else { b.end };
        let closed = dotted || text.get(b.end..).is_some_and(|t| t.is_empty() || t.starts_with([',', ';', ')', ']', ':', '|', '/']));
        // `Hart L, Mr`, `Hart A Mrs`, `Hart M rang`: what can be no word is an initial.
        let rest = text.get(b.end..).unwrap_or_default();
        let titled = || after(text, b.end).is_some_and(|w| flags(w.text).any(Flags::TITLE));
        let closed = closed || rest.starts_with(['_', '-']) || rest.starts_with(" |") || titled() || !matches!(b.written, "a" | "i");
        Some(match b.agrees {
            Agrees::Exactly if !part && self.has_another_middle(text, &b) => {
                found(start, b.end, if self.middle.is_empty() { Band::Likely } else { Band::Possible }, OTHER_MIDDLE)
            }
            Agrees::Exactly => found(start, b.end, if part { Band::Likely } else { Band::Certain }, "full name, surname first"),
            Agrees::Nickname => found(start, b.end, Band::Likely, format!("surname with nickname {}", capital(b.written))),
            Agrees::Initial | Agrees::Initials if part => return None,
            Agrees::Initials => Found { capitals: Some((b.start, b.end)), ..found(start, b.end, Band::Likely, "surname with initials") },
            Agrees::Initial if b.apart => found(start, reach, Band::Likely, "surname with initial"),
            Agrees::Initial if b.end - b.start > 1 || closed => {
                Found { capitals: Some((b.start, b.end)), ..found(start, reach, Band::Likely, "surname with initial") }
            }
            Agrees::Typo if !part => found(start, b.end, Band::Likely, "full name with one typing error"),
            Agrees::Spelling if !part => found(start, b.end, Band::Likely, "full name in another spelling"),
            Agrees::Abroad if !part => found(start, b.end, self.band_abroad(true), abroad(b.written)),
            Agrees::Inflected if !part => found(start, b.end, Band::Likely, "full name, inflected"),
            // `HART A donation`: what is written in capitals throughout is no word of the sentence.
            Agrees::Initial => Found { capitals: Some((start, b.end)), ..found(start, reach, Band::Likely, "surname with initial") },
            Agrees::Typo | Agrees::Spelling | Agrees::Abroad | Agrees::Inflected => return None,
        })
    }

    /// `Hart, Amelia Georgina rang` of Amelia Jane Hart, but not the row `Hart, Amelia Carter, Tom`.
    fn has_another_middle(&self, text: &str, given: &Beside<'_>) -> bool {
        let next = after(text, given.end).filter(|w| text.get(given.end..w.start) == Some(" "));
        next.is_some_and(|w| {
            let name = flags(w.text).any(Flags::GIVEN) && !flags(w.text).any(Flags::COMMON) && w.text.chars().count() > 2;
            let own = self.middle_fits(w.text) || self.is_given(w.text) || self.surnames.iter().any(|s| s == w.text);
            let row = flags(w.text).any(Flags::SURNAME) && text.get(w.end..).is_some_and(|rest| rest.starts_with(','));
            name && !own && !row
        })
    }

    /// What a given name (or nickname) at `start..end` says. The exact surname beside it is the surname's match.
    pub(super) fn at_given(&self, text: &str, start: usize, end: usize) -> Option<Found> {
        let word = text.get(start..end)?;
        let nickname = !self.givens().any(|g| g == word);
        if let Some(f) = self.surname_behind(text, start, end, nickname) {
            return Some(f);
        }
        // `Fairbarin, Amelia`
        if let Some(last) = before(text, start).filter(|w| w.comma).and_then(|w| self.typo_ending(text, w.end)) {
            return Some(found(last, end, Band::Likely, "full name with one typing error"));
        }
        Some(match (self.surnames.is_empty(), nickname) {
            (true, _) if flags(word).any(Flags::GIVEN.with(Flags::COMMON)) => found(start, end, Band::Possible, "the name given"),
            (true, false) => found(start, end, Band::Likely, "the name given"),
            (false, false) => found(start, end, Band::Possible, "given name alone"),
            (_, true) => found(start, end, Band::Possible, format!("nickname {} alone", capital(word))),
        })
    }

    /// A surname with an error, its first letter, or a shared surname after a given name.
    fn surname_behind(&self, text: &str, start: usize, end: usize, nickname: bool) -> Option<Found> {
        if let Some(last) = self.shared_surname(text, end) {
            return Some(found(start, last, Band::Likely, "given name before a surname shared with somebody"));
        }
        let next = after(text, end).filter(|w| !w.comma)?;
        // A blank too many: `Amelia Fair bairn`.
        let second = after(text, next.end).filter(|w| !w.comma && w.start == next.end + 1);
        let blank = |w: &Word<'_>| {
            text.get(next.end..w.start) == Some(" ") && !self.surnames.iter().any(|s| text.get(next.start..w.end) == Some(s))
        };
        let whole = |w: &Word<'_>| blank(w) && self.surnames.iter().any(|s| s.len() > 6 && s.strip_prefix(next.text) == Some(w.text));
        if let Some(w) = second.filter(whole) {
            return Some(found(start, w.end, Band::Likely, "full name with a blank too many"));
        }
        if let Some(last) = self.typo_at(text, next.start) {
            return Some(found(start, last, Band::Likely, "full name with one typing error"));
        }
        if let Some(last) = self.cut_at(text, next.start).filter(|_| !nickname) {
            return Some(found(start, last, Band::Likely, "full name, its end cut off"));
        }
        let fits = self.middle_fits(next.text);
        if fits || self.middle.is_empty() {
            let last = after(text, next.end).filter(|w| !w.comma && fits).and_then(|w| self.typo_at(text, w.start));
            if let Some(last) = last {
                return Some(found(start, last, Band::Likely, "full name with one typing error"));
            }
        }
        if self.middle.iter().chain(&self.also).any(|m| m == next.text) && next.text.chars().count() > 1 && !nickname {
            return Some(found(start, next.end, Band::Likely, GIVEN_MIDDLE));
        }
        let letter = self.surname().and_then(|s| s.chars().next());
        if next.text.chars().count() == 1 && next.text.chars().next() == letter && next.start == end + 1 && last_word(text, next.end) {
            let band = if self.is_common() || nickname { Band::Possible } else { Band::Likely };
            return Some(Found {
                capitals: Some((next.start, next.end)),
                ..found(start, next.end, band, "given name with the surname's first letter")
            });
        }
        None
    }

    /// The end of a surname that begins at `at` and is cut off: `Amelia Fairb...`.
    fn cut_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = text.get(at..text.floor_char_boundary(at + 60))?;
        let length = ["...", "\u{2026}", "[...", "[\u{2026}"].iter().filter_map(|cut| rest.find(cut)).min()?;
        let written = rest.get(..length).filter(|written| written.chars().count() > 3)?;
        self.surnames.iter().any(|s| s.len() > written.len() && s.starts_with(written)).then_some(at + length)
    }

    /// `Amelia and Tom Fairbairn`, `Amelia & Tom Fairbairn`: the end of the surname.
    fn shared_surname(&self, text: &str, end: usize) -> Option<usize> {
        let rest = text.get(end..)?;
        // `Amelia (and Tom) Fairbairn`
        if let Some(inner) = rest.strip_prefix(" (and ").or_else(|| rest.strip_prefix(" (& ")) {
            let near = inner.get(..inner.floor_char_boundary(LONGEST_GIVEN))?;
            let (other, _) = near.split_once(") ")?;
            let at = text.len() - inner.len() + other.len() + 2;
            let tail = text.get(at..)?;
            let name = flags(other).any(Flags::GIVEN) || other.split(' ').count() == 1 && flags(other) == Flags::NONE;
            let last = self.surnames.iter().filter(|s| tail.starts_with(s.as_str()) && ends(text, at + s.len()));
            return last.filter(|_| name).map(|s| at + s.len()).max();
        }
        // `Amelia, Tom and Ruth Fairbairn`
        let (mut listed, mut rest) = (end, rest);
        while let Some(next) = rest.strip_prefix(", ") {
            let word = next.split(|c: char| !c.is_alphanumeric()).next().filter(|w| flags(w).any(Flags::GIVEN))?;
            listed += 2 + word.len();
            rest = text.get(listed..)?;
        }
        let end = listed;
        let skipped = [" and ", " or ", " & ", " + ", "/", " / "].iter().find(|s| rest.starts_with(**s))?.len();
        // `Amelia and Mr Tom Fairbairn`
        let titled = after(text, end + skipped - 1).filter(|w| flags(w.text).any(Flags::TITLE) && w.start == end + skipped);
        let title =
            titled.map_or(0, |w| w.end - w.start + text.get(w.end..).map_or(0, |t| t.len() - t.trim_start_matches(['.', ' ']).len()));
        let skipped = skipped + title;
        let other_end = end + skipped + rest.get(skipped..)?.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'')))?;
        let other = text.get(end + skipped..other_end)?;
        // `Amelia, Tom and Baby Fairbairn`
        if other.is_empty() || flags(other).any(Flags::COMMON) && !flags(other).any(Flags::GIVEN) && other != "baby" {
            return None;
        }
        let at = other_end + 1;
        let tail = text.get(at..)?;
        self.surnames.iter().filter(|s| tail.starts_with(s.as_str()) && ends(text, at + s.len())).map(|s| at + s.len()).max()
    }

    /// `the Hart family, Tom and Amelia`, `the Hart family (Tom, Ruth & Amelia)`: where the given name ends.
    fn in_family(&self, text: &str, end: usize) -> Option<usize> {
        let rest = text.get(end..text.floor_char_boundary(end + 80))?;
        let list = [" family, ", " family: ", " family (", " family - "].iter().find_map(|lead| rest.strip_prefix(lead))?;
        let mut at = end + rest.len() - list.len();
        // `Tom Carter and Amelia`: who has a surname of their own is of another family.
        let mut named = false;
        for word in list.split_inclusive([' ', ',']).take(8) {
            let bare = word.trim_end_matches([' ', ',', ')', '.', ';']);
            let joint = matches!(bare, "" | "and" | "&");
            if !joint && (named || word.contains([')', ';']) && !self.givens().any(|g| g == bare)) {
                return None;
            }
            if self.givens().any(|g| g == bare) {
                return Some(at + bare.len());
            }
            let name = flags(bare).any(Flags::GIVEN) || flags(bare) == Flags::NONE;
            if !joint && !name || word.contains('.') {
                return None;
            }
            named = !joint && !word.ends_with(',');
            at += word.len();
        }
        None
    }

    /// The end of a surname with one typing error that begins at `at`.
    fn typo_at(&self, text: &str, at: usize) -> Option<usize> {
        let exact = |s: &String| text.get(at..).is_some_and(|t| t.starts_with(s.as_str())) && ends(text, at + s.len());
        if self.surnames.iter().chain(&self.also).any(exact) {
            return None;
        }
        self.long_surnames().find_map(|s| {
            let mut last = at;
            for i in 0..=s.matches([' ', '-']).count() {
                last = if i == 0 {
                    at + text.get(at..)?.find(|c: char| !is_inner(c)).unwrap_or(text.len() - at)
                } else {
                    after(text, last)?.end
                };
            }
            let written = text.get(at..last)?.trim_end_matches('\'');
            let written = written.strip_suffix("'s").unwrap_or(written);
            let slip = (one_error(written, s) || nearly_alike(written, s)) && !self.is_another(written);
            (slip || alike(written, s) || self.arabic && sounds_same(written, s)).then_some(at + written.len())
        })
    }

    /// The start of a surname with one typing error that ends at `end`.
    fn typo_ending(&self, text: &str, end: usize) -> Option<usize> {
        self.long_surnames().find_map(|s| {
            let mut first = end;
            for _ in 0..=s.matches([' ', '-']).count() {
                let head = text.get(..first)?.trim_end_matches([' ', '-']);
                first = head
                    .rfind(|c: char| !is_inner(c))
                    .map_or(0, |i| i + head.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
            }
            let exact = |written: &str| self.surnames.iter().chain(&self.also).any(|s| s == written);
            text.get(first..end).filter(|w| !exact(w) && (one_error(w, s) || alike(w, s))).map(|_| first)
        })
    }

    fn long_surnames(&self) -> impl Iterator<Item = &String> {
        self.surnames.iter().take(3).filter(|s| s.chars().count() >= 5)
    }
}

/// Where the words before a surname that was spelt out end: `Amelia, that is HART`, `Amelia, spelt HART`.
fn spelt_before(text: &str, at: usize) -> usize {
    const CUES: [&str; 7] = [" that is", " that's", " that is spelt", " spelt", " spelled", " that is spelled", " surname is"];
    let head = text.get(..at).unwrap_or_default().trim_end_matches([' ', ':', '"']);
    let said = CUES.iter().filter_map(|cue| head.strip_suffix(cue)).min_by_key(|rest| rest.len());
    said.filter(|rest| rest.ends_with([',', ';', '-', '('])).map_or(at, str::len)
}

/// True for a given name in Hebrew or Arabic letters behind the small words that are written onto it: `and Ali`, `to David`.
fn is_prefixed(word: &str, given: &str) -> bool {
    let lead = given.chars().next().filter(|c| matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{6d3}'));
    let prefix = lead.and_then(|_| word.strip_suffix(given)).unwrap_or_default();
    !prefix.is_empty() && prefix.chars().count() <= 2 && prefix.chars().all(|c| "ולבמהשכولبفك".contains(c))
}

fn is_inner(c: char) -> bool {
    is_word(c) || c == '\''
}

/// True for a single word in quotation marks or brackets after the given name.
fn quoted(text: &str, given_end: usize, w: &Word<'_>) -> bool {
    let open = text.get(given_end..w.start).unwrap_or_default();
    let close = text.get(w.end..).unwrap_or_default();
    [(" \"", "\" "), (" (", ") "), (" '", "' "), (" [", "] ")].iter().any(|(o, c)| open == *o && close.starts_with(c))
}

/// True for a word that a hyphen joins to what follows.
fn joined(text: &str, w: &Word<'_>) -> bool {
    text.get(w.end..).is_some_and(|t| t.starts_with('-') && !t.starts_with("- ")) && w.text.chars().count() > 2
}

/// `Amelia F.` at the end, or before a word that is no name.
fn last_word(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with(['\'', '@', '-', '_']) {
        return false;
    }
    after(text, at).is_none_or(|w| w.comma || flags(w.text).any(Flags::COMMON.with(Flags::SPEECH)) && w.text.len() > 1)
}

/// The reason of a given name in another language.
fn abroad(written: &str) -> String {
    format!("given name in another language, {}, with the surname", capital(written))
}

/// A word with a capital, for reasons.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
