//! One automaton for everything known about a person.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use domain::{Refusal, RefusalCode};

use super::address::Address;
use super::builder::{Builder, Pattern};
use super::hit::tidy;
use super::name_match::Found;
use super::{Band, Hit, Identity, PersonName, born, email, phone};
use crate::document::{Document, DocumentKind};
use crate::fold::{Folded, fold, stands_alone};
use crate::lexicon::{Flags, flags};

/// A compiled identity. Build once, use on many documents and threads.
#[derive(Debug, Clone)]
pub struct Matcher {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    names: Vec<PersonName>,
    phones: Vec<String>,
    emails: Vec<String>,
}

/// What a document holds besides single hits, for the checks across them.
#[derive(Default)]
struct Seen {
    name: bool,
    given: bool,
    lines: Vec<usize>,
    postcodes: Vec<usize>,
}

impl Matcher {
    /// Compiles an identity.
    ///
    /// # Errors
    /// [`RefusalCode::PersonNoIdentifier`] when there is nothing to search for.
    pub fn new(identity: &Identity) -> Result<Self, Refusal> {
        let mut plan = Builder::default();
        let names: Vec<PersonName> = identity.names.iter().filter_map(|n| PersonName::parse(n)).collect();
        names.iter().enumerate().for_each(|(i, n)| plan.name(i, n));
        let emails: Vec<String> = identity.emails.iter().map(|e| fold(e.trim())).filter(|e| e.len() > 2).collect();
        for email in &emails {
            plan.email(email);
        }
        identity.born.iter().flat_map(|d| born::forms(*d)).for_each(|f| plan.add(f, Pattern::Born));
        identity.addresses.iter().enumerate().for_each(|(i, a)| plan.address(i, &Address::parse(a)));
        identity.references.iter().for_each(|r| plan.reference(r));
        let phones: Vec<String> = identity.phones.iter().filter_map(|p| phone::national_digits(p)).collect();
        if plan.texts.is_empty() && phones.is_empty() {
            return Err(Refusal::new(RefusalCode::PersonNoIdentifier, ""));
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::DFA)).build(&plan.texts).map_err(|_| {
                Refusal::new(RefusalCode::ValueInvalid, "The person has more identifiers than can be searched for at once.")
            })?;
        Ok(Self { automaton, patterns: plan.patterns, names, phones, emails })
    }

    /// The mentions of the person in a document, in order of place. A hit from the headers that does not stand in the text has an empty range at 0.
    pub fn find(&self, doc: &Document) -> Vec<Hit> {
        let mut hits = self.scan(&doc.text, doc.kind == DocumentKind::Mail);
        self.headers(doc, &mut hits);
        hits
    }

    /// The mentions of the person in a plain text, in order of place.
    pub fn find_text(&self, text: &str) -> Vec<Hit> {
        self.scan(text, false)
    }

    /// The parsed names of the person.
    pub(crate) fn names(&self) -> &[PersonName] {
        &self.names
    }

    /// True for one of the person's own addresses.
    pub(crate) fn owns_address(&self, address: &str) -> bool {
        !address.is_empty() && self.emails.iter().any(|e| *e == fold(address))
    }

    /// True when no e-mail address of the person is known.
    pub(crate) fn has_no_address(&self) -> bool {
        self.emails.is_empty()
    }

    fn scan(&self, original: &str, mail: bool) -> Vec<Hit> {
        let folded = Folded::new(original);
        let text = folded.text.as_str();
        let mut seen = Seen::default();
        let mut found: Vec<(Found, Pattern)> = Vec::new();
        if !self.patterns.is_empty() {
            for m in self.automaton.find_overlapping_iter(text) {
                let Some(pattern) = self.patterns.get(m.pattern().as_usize()).copied() else { continue };
                if let Some(f) = self.check(pattern, text, m.start(), m.end(), (&folded, original, mail)) {
                    seen.note(pattern, &f);
                    found.push((f, pattern));
                }
            }
        }
        if !self.phones.is_empty() {
            phone::runs(text, |run| {
                for (start, end) in self.phones.iter().filter_map(|p| run.find(text, p)) {
                    found.push((Found { start, end, band: Band::Certain, reason: "telephone number".into() }, Pattern::Reference));
                }
            });
        }
        if found.is_empty() {
            return Vec::new();
        }
        let hits = found.into_iter().map(|(f, pattern)| {
            let f = self.weigh(f, pattern, &seen);
            let range = folded.original_range(f.start, f.end);
            Hit { start: range.start, end: range.end, band: f.band, reason: f.reason }
        });
        tidy(hits.collect())
    }

    /// Looks at the text around a pattern's match.
    fn check(&self, pattern: Pattern, text: &str, start: usize, end: usize, from: (&Folded, &str, bool)) -> Option<Found> {
        let bounded = stands_alone(text, start, end);
        let plain = |band, reason: &str| bounded.then(|| Found { start, end, band, reason: reason.to_owned() });
        match pattern {
            Pattern::Given(i) if bounded => Self::alone(self.names.get(i)?.at_given(text, start, end), start, end, from),
            Pattern::Surname(i) if bounded => Self::alone(Some(self.names.get(i)?.at_surname(text, start, end, false)), start, end, from),
            Pattern::SurnamePart(i) if bounded => {
                Self::alone(Some(self.names.get(i)?.at_surname(text, start, end, true)), start, end, from)
            }
            Pattern::Initials => initials(text, start, end, from),
            Pattern::Born => plain(Band::Likely, "date of birth"),
            Pattern::Line(_) => plain(Band::Likely, "house and street of the address"),
            Pattern::Postcode(_) => plain(Band::Possible, "postcode of the address"),
            Pattern::Reference => plain(Band::Certain, "reference or user name"),
            Pattern::Email | Pattern::EmailVariant | Pattern::Local | Pattern::ClearLocal | Pattern::VagueLocal => {
                address_at(pattern, text, start, end, &self.emails)
            }
            Pattern::Given(_) | Pattern::Surname(_) | Pattern::SurnamePart(_) => None,
        }
    }

    /// A part of a name inside an e-mail address is the address's affair, and a single word of a name that is
    /// also an ordinary word counts only with a capital.
    fn alone(found: Option<Found>, start: usize, end: usize, (folded, original, _): (&Folded, &str, bool)) -> Option<Found> {
        let f = found?;
        let spaced = folded.text.get(f.start..f.end)?.contains(' ');
        let (begin, stop) = email::whole_address(&folded.text, start, end);
        if !spaced && folded.text.get(begin..stop)?.contains('@') {
            return None;
        }
        let single = f.start == start && f.end == end;
        let word = folded.text.get(start..end)?;
        if single && f.band == Band::Possible && (word.len() <= 3 || flags(word).any(Flags::COMMON)) {
            let range = folded.original_range(start, end);
            let capital = original.get(range)?.chars().next().is_some_and(char::is_uppercase);
            return capital.then_some(f);
        }
        Some(f)
    }

    /// Raises or lowers a hit by what else the document holds.
    fn weigh(&self, mut f: Found, pattern: Pattern, seen: &Seen) -> Found {
        match pattern {
            Pattern::Born if seen.name => {
                f.band = Band::Certain;
                f.reason = "date of birth with the name".into();
            }
            Pattern::Line(i) if seen.postcodes.contains(&i) => {
                f.band = Band::Certain;
                f.reason = "address with postcode".into();
            }
            Pattern::Postcode(i) if seen.lines.contains(&i) => {
                f.band = Band::Certain;
                f.reason = "address with postcode".into();
            }
            Pattern::Surname(i) if f.band == Band::Possible && seen.given && self.rare(i) => {
                f.band = Band::Likely;
                f.reason = "uncommon surname, with the given name elsewhere in the item".into();
            }
            _ => {}
        }
        f
    }

    fn rare(&self, name: usize) -> bool {
        self.names
            .get(name)
            .and_then(PersonName::surname)
            .is_some_and(|s| s.len() >= 4 && !flags(s).any(Flags::SURNAME.with(Flags::COMMON).with(Flags::GIVEN)))
    }

    /// Mentions in From, Reply-To, To and Cc, and doubts that an address there raises about a name.
    fn headers(&self, doc: &Document, hits: &mut Vec<Hit>) {
        let mut other_address = false;
        for c in &doc.correspondents {
            if self.owns_address(&c.address) && !hits.iter().any(|h| h.reason == "e-mail address") {
                hits.insert(0, Hit { start: 0, end: 0, band: Band::Certain, reason: "e-mail address".into() });
            }
            let named = self.scan(&c.name, false).into_iter().max_by_key(|h| h.band).filter(|h| h.band > Band::Possible);
            let Some(named) = named else { continue };
            if !c.address.is_empty() && !self.emails.is_empty() && !self.owns_address(&c.address) && self.scan(&c.address, false).is_empty()
            {
                other_address = true;
            }
            if !hits.iter().any(|h| h.band >= named.band) {
                hits.insert(0, Hit { start: 0, end: 0, band: named.band, reason: named.reason });
            }
        }
        let own_here = hits.iter().any(|h| h.band == Band::Certain && !h.reason.starts_with("full name"));
        if other_address && !own_here {
            for hit in hits.iter_mut().filter(|h| h.band == Band::Certain) {
                hit.band = Band::Likely;
                hit.reason = "full name, with an e-mail address that is not known to be theirs".into();
            }
        }
    }
}

impl Seen {
    fn note(&mut self, pattern: Pattern, f: &Found) {
        match pattern {
            Pattern::Given(_) => {
                self.given = true;
                self.name = true;
            }
            Pattern::Surname(_) | Pattern::SurnamePart(_) => self.name |= f.band > Band::Possible,
            Pattern::Line(i) => self.lines.push(i),
            Pattern::Postcode(i) => self.postcodes.push(i),
            _ => {}
        }
    }
}

/// Initials count in capitals only (`AH`, `A.H.`), and plain two-letter ones only in mail.
fn initials(text: &str, start: usize, end: usize, (folded, original, mail): (&Folded, &str, bool)) -> Option<Found> {
    let word = text.get(start..end)?;
    let dotted = word.contains('.');
    if !stands_alone(text, start, end) || !(mail || dotted || word.len() > 2) || (!dotted && flags(word).any(Flags::COMMON)) {
        return None;
    }
    let written = original.get(folded.original_range(start, end))?;
    if written.chars().any(char::is_lowercase) {
        return None;
    }
    Some(Found { start, end, band: Band::Possible, reason: "initials".into() })
}

fn address_at(pattern: Pattern, text: &str, start: usize, end: usize, own: &[String]) -> Option<Found> {
    let end = start + text.get(start..end)?.trim_end_matches(['@', '+']).len();
    let (begin, stop) = email::whole_address(text, start, end);
    let whole = text.get(begin..stop)?;
    let trimmed = whole.trim_start_matches(['.', '-', '_', '+', '%']);
    let begin = stop - trimmed.len();
    let (band, reason) = if own.iter().any(|e| e == trimmed) {
        (Band::Certain, "e-mail address")
    } else {
        let bounded = stands_alone(text, start, end);
        let found = email::split(trimmed);
        let plus = found.and_then(|(local, domain)| local.split_once('+').map(|(l, _)| (l, domain)));
        let same_box = |(l, d): (&str, &str)| {
            own.iter().filter_map(|e| email::split(e)).any(|(ol, od)| d == od && l.replace('.', "") == ol.replace('.', ""))
        };
        match (pattern, found) {
            (_, Some(f)) if bounded && (plus.is_some_and(same_box) || same_box(f)) => (Band::Likely, "variant of the e-mail address"),
            (Pattern::Local, Some((local, _))) if bounded && local == text.get(start..end)? => {
                (Band::Possible, "same name at another e-mail domain")
            }
            (Pattern::ClearLocal, Some((local, _))) if bounded && starts_whole(local, text.get(start..end)?) => {
                (Band::Likely, "e-mail address made from the name")
            }
            (Pattern::VagueLocal, Some((local, _))) if bounded && starts_whole(local, text.get(start..end)?) => {
                (Band::Possible, "e-mail address made from initial and surname")
            }
            (Pattern::Local | Pattern::ClearLocal, None) if bounded && trimmed.len() == end - start => {
                (Band::Possible, "user name like the e-mail address")
            }
            _ => return None,
        }
    };
    Some(Found { start: begin, end: stop, band, reason: reason.into() })
}

/// True when a local part is this text, or this text and a number.
fn starts_whole(local: &str, text: &str) -> bool {
    local.strip_prefix(text).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '+') || rest.starts_with('+'))
}
