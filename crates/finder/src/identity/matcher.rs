//! One automaton for everything known about a person.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use domain::{Refusal, RefusalCode};

use super::address::Address;
use super::builder::{Builder, Pattern};
use super::doubt::{Known, folded_reference};
use super::grouped::{self, Grouped};
use super::hit::tidy;
use super::name_match::Found;
use super::premises::Home;
use super::recode::Recoded;
use super::script::{Romanised, is_mixed};
use super::seen::{Doubt, Seen};
use super::{Band, Hit, Identity, PersonName, arabic, born, column, email, months, phone, record, unspaced, variants};
use crate::document::{Document, DocumentKind};
use crate::fold::{Folded, fold};

/// A compiled identity. Build once, use on many documents and threads.
#[derive(Debug, Clone)]
pub struct Matcher {
    automaton: AhoCorasick,
    pub(super) patterns: Vec<Pattern>,
    pub(super) names: Vec<PersonName>,
    phones: Vec<String>,
    references: Vec<Grouped>,
    pub(super) known: Known,
    /// True when many people bear the person's name.
    pub(super) common: bool,
}

/// What was found in one text, before it is put into the words of the original.
pub(super) struct Look {
    pub(super) folded: Folded,
    pub(super) found: Vec<Found>,
    pub(super) seen: Seen,
}

/// Bytes of one name, address or number. A longer one is nobody's, and its spellings would be without number.
const LONGEST: usize = 400;

impl Matcher {
    /// Compiles an identity.
    ///
    /// # Errors
    /// [`RefusalCode::PersonNoIdentifier`] when there is nothing to search for, [`RefusalCode::ValueInvalid`] for what is too long or
    /// too much to be one person's.
    pub fn new(identity: &Identity) -> Result<Self, Refusal> {
        let all = [&identity.names, &identity.emails, &identity.phones, &identity.addresses, &identity.references];
        if all.into_iter().flatten().any(|known| known.len() > LONGEST) {
            return Err(Refusal::new(RefusalCode::ValueInvalid, "What a person is known by has at most 400 letters and digits."));
        }
        let mut plan = Builder::default();
        let names = all_names(identity);
        names.iter().enumerate().for_each(|(i, n)| plan.name(i, n));
        identity.names.iter().flat_map(|n| unspaced::patterns(n)).for_each(|(text, pattern)| plan.add(text, pattern));
        let emails = all_emails(identity);
        for email in &emails {
            plan.email(email);
        }
        identity.born.iter().flat_map(|d| born::forms(*d)).for_each(|f| plan.add(f, Pattern::Born));
        identity.born.iter().flat_map(|d| months::with_year(*d)).for_each(|f| plan.add(f, Pattern::BornMonth));
        identity.born.iter().flat_map(|d| months::with_signs(*d)).for_each(|f| plan.add(f, Pattern::BornSigns));
        identity.born.iter().flat_map(|d| born::american(*d)).for_each(|f| plan.add(f, Pattern::BornTurned));
        let addresses: Vec<Address> = identity.addresses.iter().map(|a| Address::parse(a)).collect();
        addresses.iter().enumerate().for_each(|(i, a)| plan.address(i, a));
        identity.references.iter().for_each(|r| plan.reference(r));
        let references: Vec<Grouped> = identity.references.iter().flat_map(|r| Grouped::all(r)).collect();
        let mut phones: Vec<String> = identity.phones.iter().filter_map(|p| phone::national_digits(p)).collect();
        let at_home: Vec<String> = phones.iter().flat_map(|p| phone::at_home(p)).collect();
        phones.extend(at_home);
        if plan.texts.is_empty() && phones.is_empty() && references.is_empty() {
            return Err(Refusal::new(RefusalCode::PersonNoIdentifier, ""));
        }
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).kind(Some(AhoCorasickKind::DFA)).build(&plan.texts).map_err(|_| {
                Refusal::new(RefusalCode::ValueInvalid, "The person has more identifiers than can be searched for at once.")
            })?;
        let houses = addresses.iter().flat_map(Address::numbers).collect();
        let homes = identity.addresses.iter().zip(&addresses).map(|(written, parsed)| Home::new(written, parsed)).collect();
        let known = Known {
            houses,
            homes,
            emails,
            phones: phones.clone(),
            born: identity.born.clone(),
            generations: identity.names.iter().flat_map(|n| generations_of(n)).collect(),
            postcodes: addresses.into_iter().filter_map(|a| a.postcode).collect(),
            references: identity.references.iter().map(|r| folded_reference(r)).collect(),
        };
        let common = names.first().is_none_or(PersonName::is_common);
        Ok(Self { automaton, patterns: plan.patterns, names, phones, references, known, common })
    }

    /// The mentions of the person in a document, in order of place. A hit from the headers or the title that does not stand in the text
    /// has an empty range at 0. Looks at the text and the headers From, Sender, Reply-To, To, Cc and Bcc: what only a routing header says is no mention.
    pub fn find(&self, doc: &Document) -> Vec<Hit> {
        let mut look = self.look(&doc.text, doc.kind == DocumentKind::Mail);
        self.drop_dates_of_its_day(doc, &mut look);
        self.other_scripts(&doc.text, &mut look);
        self.other_codes(&doc.text, &mut look);
        let doubt = self.doubt(doc, &look);
        let mut hits = Self::hits(look.found, &look.folded, &doubt);
        self.headers(doc, &mut hits, &doubt);
        self.title(doc, &mut hits);
        column::say(doc, &mut hits);
        hits
    }

    /// The mentions of the person in a plain text, in order of place.
    pub fn find_text(&self, text: &str) -> Vec<Hit> {
        let mut look = self.look(text, false);
        self.other_scripts(text, &mut look);
        self.other_codes(text, &mut look);
        let doubt = Doubt::none(&look);
        Self::hits(look.found, &look.folded, &doubt)
    }

    /// The parsed names of the person.
    pub(crate) fn names(&self) -> &[PersonName] {
        &self.names
    }

    /// True for one of the person's own addresses.
    pub(crate) fn owns_address(&self, address: &str) -> bool {
        !address.is_empty() && self.known.emails.iter().any(|e| *e == fold(address))
    }

    /// True when no e-mail address of the person is known.
    pub(crate) fn has_no_address(&self) -> bool {
        self.known.emails.is_empty()
    }

    /// Everything in a text, weighed by what else the text holds.
    pub(super) fn look(&self, original: &str, mail: bool) -> Look {
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
                    seen.own = true;
                    let f = Found::own(start, end, Band::Certain, "telephone number");
                    found.push((f, Pattern::Reference));
                }
            });
        }
        grouped::all(text, &self.references, |f| {
            seen.own |= f.band > Band::Possible;
            found.push((f, Pattern::Reference));
        });
        self.raise_by_clues(text, &mut found);
        let mut found: Vec<Found> = found.into_iter().map(|(f, pattern)| self.weigh(f, pattern, &seen)).collect();
        record::raise(&self.names, original, &folded, &mut found);
        Look { folded, found, seen }
    }

    /// Names in Cyrillic, Greek and Arabic letters, as far as the person's names are known in Latin ones.
    fn other_scripts(&self, original: &str, look: &mut Look) {
        if arabic::is_in(original) {
            let hit = |(start, end)| Hit { start, end, band: Band::Likely, reason: "full name, in other letters".into() };
            look.seen.foreign.extend(arabic::full_names(original, &self.names).into_iter().map(hit));
        }
        if !is_mixed(original) || self.names.is_empty() {
            return;
        }
        let mut more = Vec::new();
        for latin in Romanised::all(original) {
            let inner = self.look(&latin.text, false);
            for f in inner.found.into_iter().filter(|f| f.by_name && f.band > Band::Possible) {
                let range = inner.folded.original_range(f.start, f.end);
                let (start, end) = latin.original(range.start, range.end);
                if original.get(start..end).is_some_and(|t| !t.is_ascii()) {
                    more.push((start, end, f));
                }
            }
        }
        look.seen.foreign.extend(more.into_iter().map(|(start, end, f)| Hit {
            start,
            end,
            band: f.band,
            reason: format!("{}, in other letters", f.reason),
        }));
    }

    /// What stands in lines that are still in a code.
    fn other_codes(&self, original: &str, look: &mut Look) {
        let Some(decoded) = Recoded::of(original) else { return };
        let inner = self.look(&decoded.text, false);
        for f in inner.found.into_iter().filter(|f| f.band > Band::Possible) {
            let range = inner.folded.original_range(f.start, f.end);
            let (start, end) = decoded.original(range.start, range.end);
            // What the text shows anyway needs no decoding.
            if original.get(start..end).is_some_and(|t| decoded.text.get(range) != Some(t)) {
                look.seen.foreign.push(Hit { start, end, band: f.band, reason: format!("{}, decoded", f.reason) });
            }
        }
    }

    fn hits(found: Vec<Found>, folded: &Folded, doubt: &Doubt) -> Vec<Hit> {
        let hits = found.into_iter().map(|f| {
            let f = doubt.apply(f);
            let range = folded.original_range(f.start, f.end);
            Hit { start: range.start, end: range.end, band: f.band, reason: f.reason }
        });
        tidy(hits.chain(doubt.foreign.iter().cloned()).collect())
    }
}

fn all_names(identity: &Identity) -> Vec<PersonName> {
    let mut names: Vec<PersonName> = Vec::new();
    for name in identity.names.iter().flat_map(|n| variants::names_of(n)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    drop_wrong_order(&mut names);
    // A given name alone beside a full name is a short form of it.
    let full = names.iter().any(|n| !n.surnames.is_empty());
    if full {
        let short: Vec<String> = names.iter().filter(|n| n.surnames.is_empty()).map(|n| n.given.clone()).collect();
        names.retain(|n| !n.surnames.is_empty());
        for name in &mut names {
            let new: Vec<String> = short.iter().filter(|s| **s != name.given && !name.nicknames.contains(s)).cloned().collect();
            name.nicknames.extend(new);
        }
    }
    let surnames: Vec<String> = names.iter().filter_map(PersonName::surname).map(str::to_owned).collect();
    let givens: Vec<String> = names.iter().map(|name| name.given.clone()).collect();
    // Who is known with a middle name and without is one person: `Mark Anthony Taylor` beside `Mark Taylor`.
    let middles: Vec<(String, Vec<String>)> =
        names.iter().filter(|name| !name.middle.is_empty()).map(|name| (name.given.clone(), name.middle.clone())).collect();
    for name in names.iter_mut().filter(|name| name.middle.is_empty()) {
        name.middle = middles.iter().filter(|(given, _)| *given == name.given).flat_map(|(_, middle)| middle.clone()).collect();
    }
    for name in &mut names {
        name.also_given = givens.iter().filter(|given| **given != name.given).cloned().collect();
        let other = surnames.iter().filter(|s| !name.surnames.contains(s));
        name.also = other.cloned().collect();
    }
    names
}

/// `Zhang Xiaoling` beside `Shirley Zhang` has Zhang as the surname: of two orders of one name the one that another name bears out is kept.
fn drop_wrong_order(names: &mut Vec<PersonName>) {
    let is_turned = |a: &PersonName, b: &PersonName| a.surname() == Some(b.given.as_str()) && b.surname() == Some(a.given.as_str());
    let all = names.clone();
    let borne_out = |name: &PersonName, turned: &PersonName| {
        let other = |n: &&PersonName| n.surname() == name.surname() && n.given != name.given && n.given != turned.given;
        name.surname().is_some() && all.iter().find(other).is_some()
    };
    names.retain(|name| !all.iter().any(|turned| is_turned(name, turned) && borne_out(turned, name) && !borne_out(name, turned)));
}

/// `senior` or `junior`, where a name says it.
fn generations_of(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let which = words.filter_map(|w| match w {
        "senior" | "snr" | "sr" => Some("senior"),
        "junior" | "jnr" | "jr" => Some("junior"),
        _ => None,
    });
    which.map(str::to_owned).collect()
}

fn all_emails(identity: &Identity) -> Vec<String> {
    let mut emails: Vec<String> = identity.emails.iter().map(|e| fold(e.trim())).filter(|e| e.len() > 2).collect();
    let twins: Vec<String> = emails
        .iter()
        .filter_map(|e| email::split(e))
        .filter_map(|(local, domain)| email::twin_domain(domain).map(|d| format!("{local}@{d}")))
        .collect();
    emails.extend(twins);
    emails.sort();
    emails.dedup();
    emails
}
