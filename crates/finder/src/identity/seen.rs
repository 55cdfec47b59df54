//! What an item holds besides single mentions, and what follows for them.

use super::builder::Pattern;
use super::doubt::{About, Against, Spot};
use super::hit::SOMEBODY_ELSE;
use super::matcher::Look;
use super::name_match::{Found, TITLED};
use super::{Band, Hit, Matcher, born};
use crate::document::{Correspondent, Document, DocumentKind, HEADERS, Header, PartKind};

/// What a text holds besides single hits, for the checks across them.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) name: bool,
    pub(super) given: bool,
    /// The surname beside somebody else's given name.
    pub(super) other_given: bool,
    pub(super) lines: Vec<usize>,
    pub(super) postcodes: Vec<usize>,
    /// Another house of the street, or another flat of the house.
    pub(super) neighbour: bool,
    /// Something that belongs to the person alone.
    pub(super) own: bool,
    /// Names in other letters.
    pub(super) foreign: Vec<Hit>,
}

/// The reason of a given name before somebody else's surname.
pub(super) const OTHER_SURNAME: &str = "given name with another surname";
/// The reason of a surname beside somebody else's given name.
pub(super) const OTHER_GIVEN: &str = "surname with another given name";
/// The reason of the street with another house's number.
pub(super) const OTHER_HOUSE: &str = "street of the address, another house";

/// The reason of house and street with another flat's number.
pub(super) const OTHER_FLAT: &str = "house and street of the address, another flat";
/// The reason of house and street with another town behind it.
pub(super) const OTHER_TOWN: &str = "house and street of the address, in another town";
/// The reason of the postcode with another house.
pub(super) const ANOTHER_HOUSE: &str = "postcode of the address, another house";

/// What an item says for or against its names.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    against: Option<Against>,
    /// Nothing in the item but a name that many bear.
    bare: bool,
    /// Names in other letters.
    pub(super) foreign: Vec<Hit>,
}

impl Seen {
    pub(super) fn note(&mut self, pattern: Pattern, f: &Found) {
        match pattern {
            Pattern::Given(_) if f.reason == OTHER_SURNAME => {}
            Pattern::Given(_) | Pattern::Unspaced => {
                self.given = true;
                self.name = true;
            }
            Pattern::Surname(_) | Pattern::SurnamePart(_) | Pattern::Inflected(_) => {
                self.name |= f.band > Band::Possible;
                self.given |= f.band > Band::Possible && f.reason != TITLED;
                self.other_given |= f.reason == OTHER_GIVEN;
            }
            Pattern::Line(_) | Pattern::House(_) if f.reason == OTHER_FLAT => self.neighbour = true,
            Pattern::Line(_) | Pattern::House(_) if f.reason == OTHER_TOWN => {}
            Pattern::Line(i) | Pattern::House(i) => self.lines.push(i),
            Pattern::Postcode(i) => self.postcodes.push(i),
            Pattern::Street => self.neighbour |= f.reason == OTHER_HOUSE,
            _ => {}
        }
        self.own |= !f.by_name && f.band > Band::Possible;
    }
}

impl Doubt {
    /// No doubt.
    pub(super) fn none(look: &Look) -> Self {
        Self { against: None, bare: false, foreign: look.seen.foreign.clone() }
    }

    /// Lowers a hit by name where the item speaks of somebody else, or does not say who of many is meant.
    pub(super) fn apply(&self, mut f: Found) -> Found {
        if !f.by_name {
            return f;
        }
        match self.against {
            Some(Against::Much(what)) if f.band > Band::Possible => {
                f.reason = format!("{}, but {what}: {SOMEBODY_ELSE}", f.reason);
                f.band = Band::Possible;
            }
            Some(Against::Little(what)) if f.band == Band::Certain => {
                f.reason = format!("{}, with {what}", f.reason);
                f.band = Band::Likely;
            }
            _ if self.bare && f.band == Band::Certain => {
                f.reason = format!("{}, which many people have", f.reason);
                f.band = Band::Likely;
            }
            _ => {}
        }
        f
    }
}

impl Matcher {
    /// A date of birth that may as well be the day of the item: a child's, or one of a child's age.
    pub(super) fn drop_dates_of_its_day(&self, doc: &Document, look: &mut Look) {
        let Some(year) = year_of(doc) else { return };
        let recent = self.known.born.iter().any(|b| (year - b.year()).abs() < 5);
        if !recent {
            return;
        }
        let text = look.folded.text.as_str();
        let on_the_day = self.known.born.iter().any(|b| doc.date.as_deref().is_some_and(|d| d.starts_with(&b.to_string())));
        // `Fairbairn 17/05/2013`: a part of the name right before it says whose day it is.
        let names: Vec<usize> = look.found.iter().filter(|f| f.by_name && !on_the_day).map(|f| f.end).collect();
        let beside = |at: usize| names.iter().any(|end| (*end..*end + 12).contains(&at));
        let theirs = |f: &Found| f.reason.ends_with("with the name") || born::said_before(text, f.start) || beside(f.start);
        look.found.retain(|f| !f.reason.starts_with("date of birth") || theirs(f));
        look.seen.own = look.found.iter().any(|f| !f.by_name && f.band > Band::Possible);
    }

    /// Weighs all names of a document. Something of the person's own settles it.
    pub(super) fn doubt(&self, doc: &Document, look: &Look) -> Doubt {
        let own = look.seen.own || doc.correspondents.iter().any(|c| self.owns_address(&c.address));
        if own {
            return Doubt::none(look);
        }
        let births = doc.kind == DocumentKind::Sheet && ["birth", "dob", "born"].iter().any(|word| look.folded.text.contains(word));
        let about = About { births, year: year_of(doc) };
        let whole = look.found.iter().filter(|f| f.by_name && f.band > Band::Possible);
        let mut against = whole
            .map(|f| {
                let spot = Spot { start: f.start, end: f.end, rest: paragraph(doc, look, f.end), lead: form(doc, look, f.start) };
                self.known.against(&look.folded.text, spot, &self.names, about)
            })
            .max()
            .unwrap_or(Against::Nothing);
        for c in doc.correspondents.iter().filter(|c| c.header == Header::ReplyTo && !c.name.is_empty()) {
            against = against.max(self.against_in(c));
        }
        // Of a name that many bear, little is enough.
        if let Against::Little(what) = against
            && self.common
        {
            against = Against::Much(what);
        }
        Doubt { against: Some(against), bare: self.common, ..Doubt::none(look) }
    }

    fn against_in(&self, c: &Correspondent) -> Against {
        let look = self.look(&format!("{} <{}>", c.name, c.address), false);
        let names = look.found.iter().filter(|f| f.by_name && f.band > Band::Possible && f.end <= c.name.len());
        names
            .map(|f| {
                let spot = Spot { start: f.start, end: f.end, rest: usize::MAX, lead: 0 };
                self.known.against(&look.folded.text, spot, &self.names, About::default())
            })
            .max()
            .unwrap_or(Against::Nothing)
    }

    /// Says in which header a hit stands, and adds what stands in one that the text does not show.
    pub(super) fn headers(&self, doc: &Document, hits: &mut Vec<Hit>, doubt: &Doubt) {
        let shown = doc.parts.iter().filter(|p| p.kind == PartKind::Headers).map(|p| p.end).max().unwrap_or(0);
        for hit in hits.iter_mut().filter(|h| h.end <= shown) {
            if let Some(label) = label_of(&doc.text, hit.start) {
                hit.reason = format!("{} (in {label})", hit.reason);
            }
        }
        for c in &doc.correspondents {
            let header = name_of(c.header);
            let known = |start: &str, hits: &[Hit]| hits.iter().any(|h| h.reason.starts_with(start));
            if self.owns_address(&c.address) && !known("e-mail address", hits) {
                hits.insert(0, Hit { start: 0, end: 0, band: Band::Certain, reason: format!("e-mail address (in {header})") });
            }
            let written = format!("{} {}", c.name, c.address);
            let found = self.look(&written, false).found;
            let best = found.into_iter().filter(|f| f.band > Band::Possible).map(|f| doubt.apply(f)).max_by_key(|f| f.band);
            let Some(best) = best else { continue };
            if !hits.iter().any(|h| h.band >= best.band) {
                hits.insert(0, Hit { start: 0, end: 0, band: best.band, reason: format!("{} (in {header})", best.reason) });
            }
        }
    }

    /// A file may say who it is about in its name alone.
    pub(super) fn title(&self, doc: &Document, hits: &mut Vec<Hit>) {
        if doc.kind == DocumentKind::Mail || doc.title.is_empty() || doc.text.contains(doc.title.as_str()) {
            return;
        }
        let best = self.find_text(&doc.title).into_iter().max_by_key(|h| h.band).filter(|h| h.band > Band::Possible);
        if let Some(best) = best.filter(|b| !hits.iter().any(|h| h.band >= b.band)) {
            hits.insert(0, Hit { start: 0, end: 0, band: best.band, reason: format!("{} (in the title or file name)", best.reason) });
        }
    }
}

/// The year in which an item was sent.
fn year_of(doc: &Document) -> Option<i16> {
    doc.date.as_deref()?.get(..4)?.parse().ok()
}

/// No paragraph, form or row is measured further than this, in bytes: what weighs a name reads less.
const NEAR: usize = 1_000;

/// How much text there is between a place and the end of its paragraph, in bytes of the original: never less than folded.
fn paragraph(doc: &Document, look: &Look, at: usize) -> usize {
    let from = look.folded.original_start(at);
    let rest = doc.text.get(from..doc.text.floor_char_boundary(from + NEAR)).unwrap_or_default();
    let mut len = 0;
    for (n, line) in rest.split_inclusive('\n').enumerate().take(8) {
        if n > 0 && line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty() {
            return len;
        }
        len += line.len();
    }
    len
}

/// How much text before a place belongs to the same form, `Born: ..` above `Name: ..`, or to the same row: in bytes of the original.
fn form(doc: &Document, look: &Look, at: usize) -> usize {
    let to = look.folded.original_start(at);
    let head = doc.text.get(doc.text.ceil_char_boundary(to.saturating_sub(NEAR))..to).unwrap_or_default();
    let mut lines = head.rsplit('\n');
    let own = lines.next().unwrap_or_default();
    if doc.kind == DocumentKind::Sheet {
        return own.len();
    }
    let plain = |line: &str| line.trim_start_matches(['>', ' ', '*', '-']).to_owned();
    let label =
        |line: &str| plain(line).split_once([':', '|', '\t']).map(|(label, _)| label.trim().to_lowercase()).filter(|l| l.len() <= 24);
    if !label(own).is_some_and(|l| l.contains("name") || FORM_SUBJECTS.contains(&l.as_str())) {
        return 0;
    }
    let more = lines.take_while(|line| label(line).is_some_and(|l| !l.contains("name")));
    own.len() + more.take(6).map(|line| line.len() + 1).sum::<usize>()
}

/// What a form calls whom it is about.
pub(super) const FORM_SUBJECTS: [&str; 8] = ["patient", "client", "pupil", "student", "child", "member", "employee", "applicant"];

/// The header line on which `at` lies.
fn label_of(text: &str, at: usize) -> Option<&str> {
    let line = text.get(..at)?.rfind('\n').map_or(0, |i| i + 1);
    let (label, _) = text.get(line..)?.split_once(':')?;
    HEADERS.contains(&label).then_some(label)
}

const fn name_of(header: Header) -> &'static str {
    match header {
        Header::From => "From",
        Header::ReplyTo => "Reply-To or Sender",
        Header::To => "To",
        Header::Cc => "Cc or Bcc",
    }
}
