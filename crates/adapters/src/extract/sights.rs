//! What in an item can only be seen: pictures, and pages without text. What was read of it joins
//! the text; what was not is listed, with the reason.

use std::collections::HashMap;

use finder::document::{Document, DocumentKind, Extraction, Part, PartKind, Unreadable};
use serde::{Deserialize, Serialize};

use super::writing::{one_line, push_plain};
use crate::layout::listed;

/// Most bytes of text of one picture.
const LONGEST: usize = 1 << 20;
const LOOK: &str = "it must be looked at by a person";
const LOOK_ALL: &str = "they must be looked at by a person";
const READ_INSIDE: &str = "holds pictures; their letters were read by machine, what else they show must be looked at by a person";
/// How the pages are introduced that were read by machine.
const READ_PAGES: &str = "Read by machine from the picture of";

/// What a picture or page is known by: equal for the same picture.
pub(crate) type Print = [u8; 32];

/// What it is that can only be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum What {
    /// A picture.
    Picture,
    /// A picture too small for letters.
    Small,
    /// A picture of a kind that cannot be drawn here.
    Undrawn,
    /// A picture on the pages of a document.
    Inside,
    /// The same, too small for letters or of a kind that cannot be drawn here.
    InsideUndrawn,
    /// A page of this number, from 1, that is a picture.
    Page(usize),
    /// A page that is a drawing.
    Drawing(usize),
    /// A page with letters that stand for no known characters.
    Unknown(usize),
}

impl What {
    const fn page(self) -> Option<usize> {
        match self {
            Self::Page(number) | Self::Drawing(number) | Self::Unknown(number) => Some(number),
            Self::Picture | Self::Small | Self::Undrawn | Self::Inside | Self::InsideUndrawn => None,
        }
    }

    /// What is said of pages: of one, of several.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Unknown(_) => ["holds letters that could not be recognised", "hold letters that could not be recognised"],
            Self::Drawing(_) => ["is a drawing without text", "are drawings without text"],
            _ => ["is a picture without text", "are pictures without text"],
        }
    }
}

/// Something in an item that can only be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sight {
    /// The path of the document it belongs to.
    pub(crate) path: String,
    /// The name of that document, when it has to be made.
    pub(crate) name: String,
    /// How many documents stand before it.
    pub(crate) order: usize,
    /// Where in the document's text its letters belong.
    pub(crate) at: usize,
    /// What it is.
    pub(crate) what: What,
    /// What it is known by.
    pub(crate) print: Print,
}

impl Sight {
    /// Whether its letters may be read.
    pub(crate) const fn may_be_read(&self) -> bool {
        !matches!(self.what, What::Small | What::Undrawn | What::InsideUndrawn)
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nobody asked for its letters.
    Unasked,
    /// Letters cannot be read here, and why.
    Missing(&'static str),
    /// These letters were read.
    Text(String),
    /// They could not be read, and why.
    Failed(String),
}

/// Adds the fate of everything that can only be seen to what was read of an item.
pub(crate) fn settle<'f>(extraction: &mut Extraction, sights: &[Sight], fate: impl Fn(&Sight) -> &'f Fate) {
    let (mut pages, mut inside) = (Pages::default(), Inside::default());
    for sight in sights {
        let fate = if sight.may_be_read() { fate(sight) } else { &Fate::Unasked };
        match sight.what.page() {
            Some(page) => pages.add(sight, page, fate),
            None if matches!(sight.what, What::Inside | What::InsideUndrawn) => inside.add(sight, fate),
            None => extraction.unreadable.push(Unreadable { path: sight.path.clone(), reason: of_picture(sight.what, fate) }),
        }
    }
    // From the last to the first, so that places further up stay true.
    let mut ends = HashMap::new();
    for sight in sights.iter().rev().filter(|sight| sight.may_be_read()) {
        if let Fate::Text(text) = fate(sight)
            && !text.is_empty()
        {
            join(extraction, sight, text, &mut ends);
        }
    }
    pages.tell(extraction);
    inside.tell(extraction);
    note_looks(extraction, sights);
}

/// Gives every document with something that can only be seen the sum of that.
fn note_looks(extraction: &mut Extraction, sights: &[Sight]) {
    let mut sums: HashMap<&str, blake3::Hasher> = HashMap::new();
    for sight in sights {
        sums.entry(&sight.path).or_default().update(&sight.print);
    }
    for document in &mut extraction.documents {
        if let Some(sum) = sums.get(document.path.as_str()) {
            document.look = sum.finalize().to_hex().to_string();
        }
    }
}

/// Pictures on the pages of documents: a line a document says the most that is to be said.
#[derive(Default)]
struct Inside(Vec<(String, u8, String, usize)>);

impl Inside {
    fn add(&mut self, sight: &Sight, fate: &Fate) {
        let (weight, reason, read) = match fate {
            Fate::Failed(why) => (3, format!("holds pictures; letters in them were not read: {why}; {LOOK_ALL}"), 0),
            Fate::Missing(why) => (2, format!("holds pictures; {why}; {LOOK_ALL}"), 0),
            Fate::Text(text) if !text.is_empty() => (1, READ_INSIDE.to_owned(), 1),
            Fate::Text(_) | Fate::Unasked => (0, super::HOLDS_PICTURES.to_owned(), 0),
        };
        match self.0.iter_mut().find(|(path, ..)| *path == sight.path) {
            Some((_, known, words, count)) => {
                *count += read;
                if weight > *known {
                    (*known, *words) = (weight, reason);
                }
            }
            None => self.0.push((sight.path.clone(), weight, reason, read)),
        }
    }

    fn tell(self, extraction: &mut Extraction) {
        for (path, _, reason, read) in self.0 {
            if read > 0
                && let Some(document) = extraction.documents.iter_mut().find(|document| document.path == path)
            {
                remark(document, &format!("Read by machine from pictures in it: {read}\n"));
            }
            extraction.unreadable.push(Unreadable { path, reason });
        }
    }
}

fn of_picture(what: What, fate: &Fate) -> String {
    match (what, fate) {
        (What::Small, _) => "a picture too small to hold letters".to_owned(),
        (_, Fate::Missing(why)) => format!("a picture; {why}; {LOOK}"),
        (_, Fate::Text(text)) if text.is_empty() => format!("a picture without letters; {LOOK}"),
        (_, Fate::Text(_)) => "a picture; its letters were read by machine, what else it shows must be looked at by a person".to_owned(),
        (_, Fate::Failed(why)) => format!("a picture; its letters were not read: {why}; {LOOK}"),
        (_, Fate::Unasked) => format!("a picture; {LOOK}"),
    }
}

/// Pages of which the same is said, in the order of the first of them.
#[derive(Default)]
struct Pages {
    unread: Vec<(String, [&'static str; 2], String, Vec<usize>)>,
    read: Vec<(String, Vec<usize>)>,
}

impl Pages {
    fn add(&mut self, sight: &Sight, page: usize, fate: &Fate) {
        let (words, more) = match fate {
            Fate::Text(text) if text.is_empty() => (["shows no letters", "show no letters"], format!("; {LOOK}")),
            Fate::Text(_) => {
                match self.read.last_mut().filter(|(path, _)| *path == sight.path) {
                    Some((_, pages)) => pages.push(page),
                    None => self.read.push((sight.path.clone(), vec![page])),
                }
                return;
            }
            Fate::Missing(why) => (sight.what.words(), format!("; {why}")),
            Fate::Failed(why) => (sight.what.words(), format!("; the letters on it were not read: {why}")),
            Fate::Unasked => (sight.what.words(), String::new()),
        };
        let same = self.unread.iter_mut().find(|(path, said, then, _)| *path == sight.path && *said == words && *then == more);
        match same {
            Some((.., pages)) => pages.push(page),
            None => self.unread.push((sight.path.clone(), words, more, vec![page])),
        }
    }

    fn tell(self, extraction: &mut Extraction) {
        for (path, [one, several], more, pages) in self.unread {
            let words = if pages.len() == 1 { one } else { several };
            extraction.unreadable.push(Unreadable { path, reason: format!("{} {words}{more}", listed(&pages).unwrap_or_default()) });
        }
        for (path, pages) in self.read {
            if let Some(document) = extraction.documents.iter_mut().find(|document| document.path == path) {
                remark(document, &format!("{READ_PAGES}: {}\n", listed(&pages).unwrap_or_default()));
            }
        }
    }
}

/// Puts what was read into the document it belongs to, or makes one. What stands below is in `ends`, by document:
/// it never goes there, nor among what is known besides.
fn join<'s>(extraction: &mut Extraction, sight: &'s Sight, text: &str, ends: &mut HashMap<&'s str, usize>) {
    let at = extraction.documents.iter().position(|document| document.path == sight.path);
    let at = at.unwrap_or_else(|| {
        let at = sight.order.min(extraction.documents.len());
        extraction.documents.insert(at, bare(sight));
        at
    });
    if let Some(document) = extraction.documents.get_mut(at) {
        let body = || document.parts.iter().find(|part| part.kind == PartKind::Body).map_or(0, |part| part.end);
        let end = ends.entry(sight.path.as_str()).or_insert_with(body);
        // Not within a character: what comes next would stand within what is put in now.
        *end = document.text.floor_char_boundary(sight.at.min(*end));
        insert(document, *end, text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default());
    }
}

/// The document of a picture of which nothing but its look was known.
fn bare(sight: &Sight) -> Document {
    Document {
        path: sight.path.clone(),
        kind: DocumentKind::Text,
        title: one_line(&sight.name),
        date: None,
        message_id: None,
        correspondents: Vec::new(),
        text: String::new(),
        parts: Vec::new(),
        truncated: false,
        look: String::new(),
    }
}

/// Inserts lines into the body at this place.
fn insert(document: &mut Document, at: usize, text: &str) {
    let at = document.text.floor_char_boundary(at);
    let mut lines = String::with_capacity(text.len() + 2);
    if !document.text.get(..at).unwrap_or_default().ends_with('\n') && at > 0 {
        lines.push('\n');
    }
    push_plain(&mut lines, text);
    lines.push('\n');
    document.text.insert_str(at, &lines);
    let length = lines.len();
    let body = document.parts.iter().position(|part| part.kind == PartKind::Body && part.start <= at && at <= part.end);
    for (number, part) in document.parts.iter_mut().enumerate() {
        if Some(number) == body {
            part.end += length;
        } else if part.start >= at {
            part.start += length;
            part.end += length;
        }
    }
    if body.is_none() {
        let before = document.parts.iter().filter(|part| part.start < at).count();
        document.parts.insert(before, Part { kind: PartKind::Body, start: at, end: at + length });
    }
}

/// Adds a line of metadata at the end.
fn remark(document: &mut Document, line: &str) {
    if !document.text.is_empty() && !document.text.ends_with('\n') {
        document.text.push('\n');
    }
    let start = document.text.len();
    document.text.push_str(line);
    let end = document.text.len();
    match document.parts.last_mut() {
        Some(part) if part.kind == PartKind::Metadata && part.end == start => part.end = end,
        _ => document.parts.push(Part { kind: PartKind::Metadata, start, end }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sight(what: What, at: usize) -> Sight {
        Sight { path: "1:a.pdf".into(), name: "a.pdf".into(), order: 0, at, what, print: [0; 32] }
    }

    fn pdf(text: &str, body: usize) -> Document {
        let mut parts = Vec::new();
        if body > 0 {
            parts.push(Part { kind: PartKind::Body, start: 0, end: body });
        }
        if body < text.len() {
            parts.push(Part { kind: PartKind::Metadata, start: body, end: text.len() });
        }
        Document { kind: DocumentKind::Pdf, text: text.to_owned(), parts, ..bare(&sight(What::Picture, 0)) }
    }

    fn parts(document: &Document) -> Vec<(PartKind, &str)> {
        document.parts.iter().map(|part| (part.kind, &document.text[part.start..part.end])).collect()
    }

    #[test]
    fn pages_join_where_they_stand() {
        let mut found = Extraction { documents: vec![pdf("first\nthird\nAuthor: Ada\n", 12)], unreadable: Vec::new() };
        let read = Fate::Text("second\nseen".into());
        settle(&mut found, &[sight(What::Page(2), 6), sight(What::Page(4), 12)], |sight| {
            if sight.at == 6 { &read } else { &Fate::Missing("not read") }
        });
        assert_eq!(
            parts(&found.documents[0]),
            [
                (PartKind::Body, "first\nsecond\nseen\nthird\n"),
                (PartKind::Metadata, "Author: Ada\nRead by machine from the picture of: page 2\n")
            ]
        );
        assert_eq!(found.unreadable[0].reason, "page 4 is a picture without text; not read");
    }

    #[test]
    fn a_picture_becomes_a_document_and_is_still_listed() {
        let mut found = Extraction::default();
        let read = Fate::Text("Ada Example".into());
        settle(&mut found, &[sight(What::Picture, 0)], |_| &read);
        assert_eq!(parts(&found.documents[0]), [(PartKind::Body, "Ada Example\n")]);
        assert_eq!((found.documents[0].title.as_str(), found.unreadable.len()), ("a.pdf", 1));
        assert!(found.unreadable[0].reason.contains("looked at by a person"));
    }

    #[test]
    fn a_picture_goes_before_what_is_known_of_it_besides() {
        let mut found = Extraction { documents: vec![pdf("Taken: 2020\n", 0)], unreadable: Vec::new() };
        let read = Fate::Text("Ada".into());
        settle(&mut found, &[sight(What::Picture, 0)], |_| &read);
        assert_eq!(parts(&found.documents[0]), [(PartKind::Body, "Ada\n"), (PartKind::Metadata, "Taken: 2020\n")]);
    }

    #[test]
    fn pictures_on_the_pages_of_a_document_join_its_text_and_are_one_line() {
        let mut found = Extraction { documents: vec![pdf("body\nAuthor: Ada\n", 5)], unreadable: Vec::new() };
        let (one, two, none) = (Fate::Text("one".into()), Fate::Text("two".into()), Fate::Text(String::new()));
        let sights: Vec<_> = [1, 2, 3].map(|print| Sight { print: [print; 32], ..sight(What::Inside, usize::MAX) }).into();
        settle(&mut found, &sights, |sight| match sight.print[0] {
            1 => &one,
            2 => &two,
            _ => &none,
        });
        let metadata = "Author: Ada\nRead by machine from pictures in it: 2\n";
        assert_eq!(parts(&found.documents[0]), [(PartKind::Body, "body\none\ntwo\n"), (PartKind::Metadata, metadata)]);
        assert_eq!(found.unreadable.iter().map(|one| one.reason.as_str()).collect::<Vec<_>>(), [READ_INSIDE]);
    }

    #[test]
    fn documents_differ_in_what_only_their_pictures_show() {
        let look = |prints: &[u8]| {
            let mut found = Extraction { documents: vec![pdf("Author: Ada\n", 0)], unreadable: Vec::new() };
            let sights: Vec<_> = prints.iter().map(|print| Sight { print: [*print; 32], ..sight(What::Picture, 0) }).collect();
            settle(&mut found, &sights, |_| &Fate::Unasked);
            found.documents.remove(0).look
        };
        assert!(look(&[]).is_empty() && look(&[1, 2]) == look(&[1, 2]));
        assert!(look(&[1]) != look(&[2]) && look(&[1]) != look(&[1, 2]));
    }

    #[test]
    fn each_fate_is_said() {
        let said = |what, fate: &Fate| {
            let mut found = Extraction { documents: vec![pdf("", 0)], unreadable: Vec::new() };
            settle(&mut found, &[sight(what, 0)], |_| fate);
            found.unreadable.into_iter().map(|one| one.reason).collect::<Vec<_>>()
        };
        let empty = Fate::Text(String::new());
        assert_eq!(said(What::Picture, &Fate::Unasked), ["a picture; it must be looked at by a person"]);
        assert_eq!(said(What::Undrawn, &empty), ["a picture; it must be looked at by a person"]);
        assert_eq!(said(What::Small, &Fate::Missing("x")), ["a picture too small to hold letters"]);
        assert_eq!(said(What::Picture, &Fate::Missing("not read: x")), ["a picture; not read: x; it must be looked at by a person"]);
        assert_eq!(said(What::Picture, &empty), ["a picture without letters; it must be looked at by a person"]);
        assert_eq!(said(What::Page(7), &empty), ["page 7 shows no letters; it must be looked at by a person"]);
        assert_eq!(said(What::Unknown(7), &Fate::Unasked), ["page 7 holds letters that could not be recognised"]);
        assert_eq!(
            said(What::Drawing(7), &Fate::Failed("took too long".into())),
            ["page 7 is a drawing without text; the letters on it were not read: took too long"]
        );
    }

    proptest! {
        #[test]
        fn parts_stay_in_order_and_inside(text in "[a-zé\n]{0,30}", body in 0_usize..30, places in prop::collection::vec(0_usize..40, 0..6)) {
            let body = text.floor_char_boundary(body);
            let mut places = places;
            places.sort_unstable();
            let sights: Vec<_> = places.iter().enumerate().map(|(page, at)| sight(What::Page(page + 1), *at)).collect();
            let read = Fate::Text("Zoë was here".into());
            let mut found = Extraction { documents: vec![pdf(&text, body)], unreadable: Vec::new() };
            settle(&mut found, &sights, |_| &read);
            let document = &found.documents[0];
            prop_assert_eq!(document.text.matches("Zoë was here").count(), sights.len());
            let mut last = 0;
            for part in &document.parts {
                prop_assert!(part.start >= last && part.end >= part.start && document.text.get(part.start..part.end).is_some());
                last = part.end;
            }
            if !sights.is_empty() {
                prop_assert_eq!(last, document.text.len());
            }
        }
    }
}
