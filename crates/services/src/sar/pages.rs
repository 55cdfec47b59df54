//! Which items of a pack keep the look of their pages, and their pages.
//!
//! A person decides about places in a text; what is burnt out of a page is strings. An item keeps its look only where that is the same:
//! the file is still what was searched, each string stands nowhere in it but where it is withheld, and each was found on a page. All
//! else (and what holds pictures, form fields or letters that nobody can read) is set anew from its text.

use std::collections::{BTreeMap, BTreeSet};

use finder::document::{DocumentKind, PartKind};
use finder::plan::Words;

use super::draft::{Decision, DraftItem};
use super::scan::Place;
use crate::error::Error;
use crate::ports::{Extractor, Mark, PagePicture, Part, Press, SourceItem, Start, Walker};

/// The pages of items, by their index.
pub type Pages = BTreeMap<usize, Vec<PagePicture>>;

/// The pages of those items that can keep their look. Of an item `scanned.place` is an index into `names`; a place that is not among
/// `places`, or cannot be read any more, leaves its items to be set anew.
///
/// # Errors
/// When the extractor or the press cannot work at all.
pub fn pages_kept(
    items: &[DraftItem],
    names: &[String],
    places: &[Place],
    extractor: &dyn Extractor,
    press: &dyn Press,
) -> Result<Pages, Error> {
    let mut pages = Pages::new();
    for place in places {
        let in_place = |item: &DraftItem| names.get(item.scanned.place).is_some_and(|name| *name == place.name);
        let wanted: BTreeMap<&str, (usize, Order)> = items
            .iter()
            .enumerate()
            .filter(|(_, item)| in_place(item))
            .filter_map(|(index, item)| Some((item.scanned.locator.as_str(), (index, Order::of(item)?))))
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let mut fetch = Fetch { wanted: &wanted, items, extractor, press, pages: &mut pages, failed: None };
        // A place that cannot be read any more has no pages: its items are set anew.
        let _ = place.source.walk(&mut fetch);
        if let Some(failed) = fetch.failed {
            return Err(failed);
        }
    }
    Ok(pages)
}

/// What is to be burnt out of the pages of an item.
struct Order {
    withhold: Vec<String>,
    /// Strings that stand in what is shown on a page, by index; others are in properties alone.
    on_pages: BTreeSet<usize>,
}

impl Order {
    /// `None` where strings would take away more, or other places, than a person decided.
    fn of(item: &DraftItem) -> Option<Self> {
        let document = &item.scanned.document;
        if document.kind != DocumentKind::Pdf || !document.path.is_empty() || document.truncated {
            return None;
        }
        let mut gone: Vec<(usize, usize)> = item
            .redactions
            .iter()
            .filter(|redaction| redaction.decision == Decision::Withhold)
            .map(|redaction| (redaction.start, redaction.end))
            .collect();
        gone.sort_unstable();
        let mut order = Self { withhold: Vec::new(), on_pages: BTreeSet::new() };
        let body = |start: usize, end: usize| {
            document.parts.iter().any(|part| part.kind == PartKind::Body && part.start < end && start < part.end)
        };
        for (start, end) in &gone {
            let text = document.text.get(*start..*end)?.trim().to_owned();
            let index = order.withhold.iter().position(|known| *known == text).unwrap_or_else(|| {
                order.withhold.push(text);
                order.withhold.len() - 1
            });
            if body(*start, *end) {
                order.on_pages.insert(index);
            }
        }
        let places = Words::new(&order.withhold, false).places(&document.text);
        let covered = |start: usize, end: usize| {
            let mut at = start;
            for (from, to) in &gone {
                if *from <= at && at < *to {
                    at = *to;
                }
            }
            at >= end
        };
        places.iter().all(|place| covered(place.start, place.end)).then_some(order)
    }
}

/// Reads the wanted items again, and nothing else.
struct Fetch<'a> {
    wanted: &'a BTreeMap<&'a str, (usize, Order)>,
    items: &'a [DraftItem],
    extractor: &'a dyn Extractor,
    press: &'a dyn Press,
    pages: &'a mut Pages,
    failed: Option<Error>,
}

impl Fetch<'_> {
    fn pages(&self, name: &str, bytes: &[u8], index: usize, order: &Order) -> Result<Option<Vec<PagePicture>>, Error> {
        let Some(item) = self.items.get(index) else { return Ok(None) };
        let now = self.extractor.extract(name, bytes)?;
        if !now.documents.iter().any(|document| document.path.is_empty() && document.text == item.scanned.document.text) {
            return Ok(None);
        }
        let burnt = self.press.pages(name, bytes, &order.withhold)?;
        Ok(burnt.filter(|burnt| order.on_pages.is_subset(&burnt.found)).map(|burnt| burnt.pages))
    }
}

impl Walker for Fetch<'_> {
    fn begin(&mut self, part: Part<'_>) -> Start {
        if self.knows(part) { Start::Known } else { Start::Beginning }
    }

    fn knows(&self, part: Part<'_>) -> bool {
        !self.wanted.keys().any(|locator| locator.starts_with(part.name))
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        let Some((index, order)) = self.wanted.get(item.locator.as_str()) else { return true };
        let (Ok(bytes), None) = (&item.bytes, item.truncated_from) else { return true };
        match self.pages(&item.name, bytes, *index, order) {
            Ok(Some(pages)) => {
                self.pages.insert(*index, pages);
            }
            Ok(None) => {}
            Err(error) => {
                self.failed = Some(error);
                return false;
            }
        }
        true
    }

    fn end(&mut self) {}
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::documents::{Document as Paper, Form};
    use domain::letters::Letter;
    use finder::detect::Kind;
    use finder::document::{Document, Extraction};

    use super::super::draft::{DraftRedaction, plain_item};
    use super::*;
    use crate::ports::{BurntPages, Failure, PackDocument, Source};

    struct Files(Vec<(&'static str, &'static str)>);

    impl Source for Files {
        fn title(&self) -> String {
            "files".to_owned()
        }

        fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
            for (name, text) in &self.0 {
                if visit.begin(Part { name, stamp: "" }) != Start::Known {
                    assert_ne!(*name, "other.pdf", "nothing else is read");
                    let bytes = Ok(text.as_bytes().to_vec());
                    visit.item(SourceItem { locator: (*name).to_owned(), name: (*name).to_owned(), bytes, truncated_from: None }, None);
                }
                visit.end();
            }
            Ok(())
        }

        fn count(&self) -> Option<u64> {
            None
        }
    }

    /// Reads bytes as the text of a PDF, and burns by taking a text for a page.
    struct Tools;

    fn pdf(text: &str) -> Document {
        let mut document = Document::of(DocumentKind::Pdf, "", text);
        document.path = String::new();
        document
    }

    impl Extractor for Tools {
        fn extract(&self, _: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
            Ok(Extraction { documents: vec![pdf(&String::from_utf8_lossy(bytes))], ..Extraction::default() })
        }
    }

    impl Press for Tools {
        fn letter(&self, _: &Letter) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }

        fn word(&self, _: &Letter) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }

        fn pack(&self, _: &PackDocument) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }

        fn document(&self, _: &Paper, _: Form) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }

        fn read_back(&self, _: &[u8]) -> Result<Vec<String>, Failure> {
            Ok(Vec::new())
        }

        fn pages(&self, _: &str, bytes: &[u8], withhold: &[String]) -> Result<Option<BurntPages>, Failure> {
            let text = String::from_utf8_lossy(bytes).into_owned();
            // One word cannot be found on the page as it is drawn.
            let found = (0..withhold.len()).filter(|index| text.contains(&withhold[*index]) && withhold[*index] != "Unseen").collect();
            let page = PagePicture { png: withhold.join("|").into_bytes(), ..PagePicture::default() };
            Ok(Some(BurntPages { pages: vec![page], found }))
        }
    }

    fn item(locator: &str, text: &str, withhold: &[&str]) -> DraftItem {
        let mut item = plain_item(pdf(text));
        item.scanned.locator = locator.to_owned();
        item.redactions = withhold
            .iter()
            .map(|word| {
                let start = text.find(word).unwrap();
                let (end, decision) = (start + word.len(), Decision::Withhold);
                DraftRedaction { start, end, kind: Kind::Person, why: String::new(), exemption: String::new(), decision }
            })
            .collect();
        item
    }

    #[test]
    fn what_strings_take_away_exactly_keeps_its_look() {
        let letter = "Rose Tyler met the person.";
        let files = Files(vec![
            ("a.pdf", letter),
            ("b.pdf", "changed since"),
            ("c.pdf", "Rose rose"),
            ("d.pdf", "Unseen here"),
            ("other.pdf", "x"),
        ]);
        let places = [Place { name: "files".to_owned(), source: Box::new(files), by_hand: false }];
        let mut mail = item("a.pdf", letter, &["Rose Tyler"]);
        mail.scanned.document.kind = DocumentKind::Mail;
        let items = [
            item("a.pdf", letter, &["Rose Tyler"]),
            item("b.pdf", "as it was", &[]),
            item("c.pdf", "Rose rose", &["Rose"]),
            item("d.pdf", "Unseen here", &["Unseen"]),
            item("e.pdf", "gone", &[]),
            mail,
        ];
        let names = ["files".to_owned()];
        let pages = pages_kept(&items, &names, &places, &Tools, &Tools).unwrap();
        assert_eq!(pages.keys().copied().collect::<Vec<_>>(), [0]);
        assert_eq!(pages[&0][0].png, b"Rose Tyler");
        assert!(pages_kept(&items, &[], &places, &Tools, &Tools).unwrap().is_empty());
    }
}
