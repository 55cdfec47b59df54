//! Which items of a pack keep the look of their pages, and their pages.
//!
//! A person decides about places in a text; what is burnt out of a page is strings, and parts of pages that a person covered. An item
//! keeps its look only where that is the same: the file is still what was searched, each string stands nowhere in it but where it is
//! withheld, and each was found on a page. What holds pictures, form fields or letters that nobody can read keeps it only when a person
//! has looked at these very pages and agreed. All else is set anew from its text.

use std::collections::{BTreeMap, BTreeSet};

use finder::document::{Document, DocumentKind, PartKind};
use finder::plan::Words;
use serde::{Deserialize, Serialize};

use super::draft::{Decision, DraftItem};
use super::scan::Place;
use crate::error::Error;
use crate::ports::{BurntPages, Extractor, Mark, PageArea, PageOrder, PagePicture, Part, Press, SourceItem, Start, Walker};

/// The pages of items, by their index.
pub type Pages = BTreeMap<usize, Vec<PagePicture>>;

/// Most pages that a person is shown of one item.
const MOST_SHOWN: usize = 60;
/// Most bytes that their pictures may take: they are shown on one page of a browser.
const MOST_BYTES: usize = 48 << 20;

/// What a person said of the pages of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagesSaid {
    /// Parts of them that are covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<PageArea>,
    /// The print ([`BurntPages::print`]) of the pages of which the person said that they go out as they look. Pages that came out
    /// differently since do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<String>,
    /// The text goes out, even where the pages could go by themselves.
    #[serde(default, skip_serializing_if = "is_not")]
    pub text: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_not(text: &bool) -> bool {
    !*text
}

/// The reader and the press, and what no page may show.
#[derive(Clone, Copy)]
pub struct Readers<'a> {
    /// Bytes to text.
    pub extractor: &'a dyn Extractor,
    /// Pages as they look.
    pub press: &'a dyn Press,
    /// Strings that are burnt out wherever they are read, also in pictures of which the search read something else: kept addresses.
    pub kept: &'a [String],
}

/// Pages of an item for a person to look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looked {
    /// As they would go out.
    pub burnt: BurntPages,
    /// How many of the withheld strings stand on no page where they could be covered. None may, or the pages cannot go out.
    pub missing: usize,
}

/// Whether an item is of a kind that has pages: a PDF or a picture.
pub fn has_pages(document: &Document, locator: &str) -> bool {
    const PICTURES: [&str; 9] = ["bmp", "gif", "jpe", "jpeg", "jpg", "png", "tif", "tiff", "webp"];
    let picture = || locator.rsplit_once('.').is_some_and(|(_, end)| PICTURES.contains(&end.to_ascii_lowercase().as_str()));
    document.kind == DocumentKind::Pdf || (document.kind == DocumentKind::Text && picture())
}

/// The pages of those items that can keep their look. Of an item `scanned.place` is an index into `names`; a place that is not among
/// `places`, or cannot be read any more, leaves its items to be set anew.
///
/// # Errors
/// When the extractor or the press cannot work at all.
pub fn pages_kept(items: &[DraftItem], names: &[String], places: &[Place], readers: Readers<'_>) -> Result<Pages, Error> {
    let orders: BTreeMap<usize, Order<'_>> =
        items.iter().enumerate().filter_map(|(index, item)| Some((index, Order::to_go_out(item, readers.kept)?))).collect();
    let mut pages = Pages::new();
    for place in places {
        let here = |item: &DraftItem| names.get(item.scanned.place).is_some_and(|name| *name == place.name);
        let wanted = orders.iter().filter_map(|(index, order)| Some((*index, items.get(*index)?, order)));
        let wanted = Wanted::of(wanted.filter(|(_, item, _)| here(item)));
        wanted.fetch(place, readers, &mut |index, order, burnt| {
            if let Ok(burnt) = burnt
                && order.may_go_out(&burnt)
            {
                pages.insert(index, burnt.pages);
            }
        })?;
    }
    Ok(pages)
}

/// The pages of one item as they would go out, for a person who looks at them. The inner `Err` says in words why there are none.
///
/// # Errors
/// When the extractor or the press cannot work at all.
pub fn pages_to_look_at(
    item: &DraftItem,
    names: &[String],
    places: &[Place],
    readers: Readers<'_>,
) -> Result<Result<Looked, String>, Error> {
    let order = match Order::of(item, readers.kept) {
        Ok(order) => Order { looked_at: true, ..order },
        Err(why) => return Ok(Err(why.to_owned())),
    };
    let mut looked = Err(UNREAD.to_owned());
    for place in places.iter().filter(|place| names.get(item.scanned.place).is_some_and(|name| *name == place.name)) {
        Wanted::of(std::iter::once((0, item, &order))).fetch(place, readers, &mut |_, order, burnt| {
            looked = burnt.and_then(fit_to_show).map(|burnt| Looked { missing: order.on_pages.difference(&burnt.found).count(), burnt });
        })?;
    }
    Ok(looked)
}

fn fit_to_show(burnt: BurntPages) -> Result<BurntPages, String> {
    let bytes: usize = burnt.pages.iter().map(|page| page.png.len()).sum();
    if bytes > MOST_BYTES { Err(TOO_LARGE.to_owned()) } else { Ok(burnt) }
}

const TOO_LARGE: &str = "The pictures of its pages are too large to be shown together.";
const UNREAD: &str = "The file cannot be read any more where it was found, or has changed since the search.";
const TRUNCATED: &str = "Only the beginning of this file was read.";
const MORE_THAN_DECIDED: &str = "A word that is withheld in one place is shown in another. On a page it would be covered in both.";

/// What is to be burnt out of the pages of an item.
struct Order<'a> {
    withhold: Vec<String>,
    /// Strings that stand in what is shown on a page, by index; others are in properties alone.
    on_pages: BTreeSet<usize>,
    areas: &'a [PageArea],
    /// The print of the pages on which a person agreed.
    agreed: Option<&'a str>,
    looked_at: bool,
}

impl<'a> Order<'a> {
    /// `Err` where strings would take away more, or other places, than a person decided.
    fn of(item: &'a DraftItem, kept: &[String]) -> Result<Self, &'static str> {
        let document = &item.scanned.document;
        if document.truncated {
            return Err(TRUNCATED);
        }
        let mut gone: Vec<(usize, usize)> = item
            .redactions
            .iter()
            .filter(|redaction| redaction.decision == Decision::Withhold)
            .map(|redaction| (redaction.start, redaction.end))
            .collect();
        gone.sort_unstable();
        let said = item.pages.as_ref();
        let areas = said.map(|said| said.areas.as_slice()).unwrap_or_default();
        let agreed = said.and_then(|said| said.agreed.as_deref());
        let mut order = Self { withhold: Vec::new(), on_pages: BTreeSet::new(), areas, agreed, looked_at: agreed.is_some() };
        let body = |start: usize, end: usize| {
            document.parts.iter().any(|part| part.kind == PartKind::Body && part.start < end && start < part.end)
        };
        for (start, end) in &gone {
            let text = document.text.get(*start..*end).ok_or(UNREAD)?.trim().to_owned();
            let index = order.withhold.iter().position(|known| *known == text).unwrap_or_else(|| {
                order.withhold.push(text);
                order.withhold.len() - 1
            });
            if body(*start, *end) {
                order.on_pages.insert(index);
            }
        }
        for string in kept {
            if !order.withhold.contains(string) {
                order.withhold.push(string.clone());
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
        if places.iter().all(|place| covered(place.start, place.end)) { Ok(order) } else { Err(MORE_THAN_DECIDED) }
    }

    /// `None` where the pages cannot go out: without a person's word only those of PDFs do, on which nothing was covered by hand.
    fn to_go_out(item: &'a DraftItem, kept: &[String]) -> Option<Self> {
        if item.pages.as_ref().is_some_and(|said| said.text) {
            return None;
        }
        let order = Self::of(item, kept).ok()?;
        let by_itself = item.scanned.document.kind == DocumentKind::Pdf && order.areas.is_empty();
        (order.agreed.is_some() || by_itself).then_some(order)
    }

    fn may_go_out(&self, burnt: &BurntPages) -> bool {
        let as_agreed = self.agreed.map_or(burnt.look.is_empty(), |agreed| burnt.print() == agreed);
        as_agreed && self.on_pages.is_subset(&burnt.found)
    }

    fn as_ordered(&self) -> PageOrder<'_> {
        // What nobody could be shown goes out by itself neither.
        PageOrder { withhold: &self.withhold, areas: self.areas, looked_at: self.looked_at, most: MOST_SHOWN }
    }
}

/// Takes what became of the pages of an item.
type Take<'t> = dyn FnMut(usize, &Order<'_>, Result<BurntPages, String>) + 't;

/// One item whose pages are wanted.
struct One<'a> {
    index: usize,
    item: &'a DraftItem,
    order: &'a Order<'a>,
}

/// The items whose pages are wanted, by the files in which they are.
struct Wanted<'a>(BTreeMap<&'a str, Vec<One<'a>>>);

impl<'a> Wanted<'a> {
    fn of(items: impl Iterator<Item = (usize, &'a DraftItem, &'a Order<'a>)>) -> Self {
        let mut files: BTreeMap<&str, Vec<One<'_>>> = BTreeMap::new();
        for (index, item, order) in items {
            let (locator, path) = (item.scanned.locator.as_str(), item.scanned.document.path.as_str());
            // A file's own name may end with the sign that stands before a path.
            let file = if path.is_empty() {
                locator
            } else {
                locator.strip_suffix(path).and_then(|file| file.strip_suffix('!')).unwrap_or(locator)
            };
            files.entry(file).or_default().push(One { index, item, order });
        }
        Self(files)
    }

    /// Reads the files again, and nothing else. A place that cannot be read any more has none.
    fn fetch(&self, place: &Place, readers: Readers<'_>, take: &mut Take<'_>) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut fetch = Fetch { wanted: self, readers, take, failed: None };
        let _ = place.source.walk(&mut fetch);
        fetch.failed.map_or(Ok(()), Err)
    }
}

/// Reads the wanted files.
struct Fetch<'a> {
    wanted: &'a Wanted<'a>,
    readers: Readers<'a>,
    take: &'a mut Take<'a>,
    failed: Option<Error>,
}

impl Fetch<'_> {
    fn pages(&mut self, name: &str, bytes: &[u8], one: &One<'_>) -> Result<(), Error> {
        let path = &one.item.scanned.document.path;
        let order = one.order.as_ordered();
        let burnt = if path.is_empty() {
            self.readers.press.pages(name, bytes, &order)?
        } else {
            let Some(bytes) = self.readers.extractor.member(name, bytes, path)? else { return Ok(()) };
            let last = path.rsplit('!').next().unwrap_or_default();
            self.readers.press.pages(last.split_once(':').map_or(last, |(_, name)| name), &bytes, &order)?
        };
        if burnt.is_ok() && !self.is_unchanged(name, bytes, &one.item.scanned.document)? {
            return Ok(());
        }
        (self.take)(one.index, one.order, burnt);
        Ok(())
    }

    /// Whether the file still says what was decided about. Letters in pictures are read, as the search did.
    fn is_unchanged(&self, name: &str, bytes: &[u8], before: &Document) -> Result<bool, Error> {
        let now = self.readers.extractor.extract_all(&[(name.to_owned(), bytes.to_vec())])?;
        Ok(now.iter().flat_map(|one| &one.documents).any(|now| now.path == before.path && now.text == before.text))
    }
}

impl Walker for Fetch<'_> {
    fn begin(&mut self, part: Part<'_>) -> Start {
        if self.knows(part) { Start::Known } else { Start::Beginning }
    }

    fn knows(&self, part: Part<'_>) -> bool {
        !self.wanted.0.keys().any(|locator| locator.starts_with(part.name))
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        let (wanted, (Ok(bytes), None)) = (self.wanted, (&item.bytes, item.truncated_from)) else { return true };
        for one in wanted.0.get(item.locator.as_str()).into_iter().flatten() {
            if let Err(error) = self.pages(&item.name, bytes, one) {
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
            // A message is what it carries.
            let text = String::from_utf8_lossy(bytes).into_owned();
            let mut document = pdf(text.strip_prefix("mail ").unwrap_or(&text));
            document.path = if text.starts_with("mail ") { "1:inner.pdf".to_owned() } else { String::new() };
            Ok(Extraction { documents: vec![document], ..Extraction::default() })
        }

        fn member(&self, _: &str, bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, Failure> {
            Ok(bytes.strip_prefix(b"mail ").filter(|_| path == "1:inner.pdf").map(<[u8]>::to_vec))
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

        fn pages(&self, name: &str, bytes: &[u8], order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
            let (text, withhold) = (String::from_utf8_lossy(bytes).into_owned(), order.withhold);
            // A scan is shown to people alone.
            if name.ends_with("scan.pdf") && !order.looked_at {
                return Ok(Err("may hold letters".to_owned()));
            }
            // One word cannot be found on the page as it is drawn.
            let found = (0..withhold.len()).filter(|index| text.contains(&withhold[*index]) && withhold[*index] != "Unseen").collect();
            let page = PagePicture { png: format!("{}{}", withhold.join("|"), order.areas.len()).into_bytes(), ..PagePicture::default() };
            Ok(Ok(BurntPages { pages: vec![page], found, look: Vec::new() }))
        }
    }

    const READERS: Readers<'static> = Readers { extractor: &Tools, press: &Tools, kept: &[] };

    fn places(files: Vec<(&'static str, &'static str)>) -> [Place; 1] {
        [Place { name: "files".to_owned(), source: Box::new(Files(files)), by_hand: false }]
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
        let places = places(vec![
            ("a.pdf", letter),
            ("b.pdf", "changed since"),
            ("c.pdf", "Rose rose"),
            ("d.pdf", "Unseen here"),
            ("other.pdf", "x"),
        ]);
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
        let pages = pages_kept(&items, &names, &places, READERS).unwrap();
        assert_eq!(pages.keys().copied().collect::<Vec<_>>(), [0]);
        assert_eq!(pages[&0][0].png, b"Rose Tyler0");
        assert!(pages_kept(&items, &[], &places, READERS).unwrap().is_empty());
    }

    #[test]
    fn an_attachment_keeps_its_look_as_a_file_does() {
        let places = places(vec![("m.eml", "mail Rose Tyler met the person."), ("other.pdf", "x")]);
        let mut inner = item("m.eml!1:inner.pdf", "Rose Tyler met the person.", &["Rose Tyler"]);
        inner.scanned.document.path = "1:inner.pdf".to_owned();
        let mut gone = inner.clone();
        (gone.scanned.locator, gone.scanned.document.path) = ("m.eml!2:gone.pdf".to_owned(), "2:gone.pdf".to_owned());
        let pages = pages_kept(&[gone, inner], &["files".to_owned()], &places, READERS).unwrap();
        assert_eq!(pages.keys().copied().collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn what_only_a_person_can_judge_goes_out_as_that_person_saw_it() {
        let (names, text) = (["files".to_owned()], "Rose Tyler met the person.");
        let places = places(vec![("scan.pdf", text), ("letter.pdf!", text), ("other.pdf", "x")]);
        let kept = |item: &DraftItem| pages_kept(std::slice::from_ref(item), &names, &places, READERS).unwrap().len();
        let mut scan = item("scan.pdf", text, &["Rose Tyler"]);
        assert_eq!(kept(&scan), 0, "nobody has looked");
        let areas = vec![PageArea { page: 1, left: 0, top: 0, width: 10, height: 10 }];
        scan.pages = Some(PagesSaid { areas, ..PagesSaid::default() });
        assert_eq!(kept(&scan), 0, "nobody has agreed");
        let looked = pages_to_look_at(&scan, &names, &places, READERS).unwrap().unwrap();
        assert_eq!((looked.missing, looked.burnt.pages.len()), (0, 1));
        scan.pages.as_mut().unwrap().agreed = Some(looked.burnt.print());
        assert_eq!(kept(&scan), 1);
        let mut since = scan.clone();
        since.redactions.clear();
        assert_eq!(kept(&since), 0, "something else is withheld by now");
        scan.pages.as_mut().unwrap().areas.clear();
        assert_eq!(kept(&scan), 0, "something else is covered by now");
        let mut letter = item("scan2.pdf", text, &[]);
        letter.scanned.locator = "letter.pdf!".to_owned();
        assert_eq!(kept(&letter), 1, "a file's name may end like this");
        letter.pages = Some(PagesSaid { text: true, ..PagesSaid::default() });
        assert_eq!(kept(&letter), 0, "somebody wants the text");
    }

    #[test]
    fn what_is_kept_from_whoever_asks_is_burnt_out_of_every_page() {
        let (names, text) = (["files".to_owned()], "Rose Tyler met the person.");
        let places = places(vec![("scan.pdf", text)]);
        let kept = ["14 Orchard Close".to_owned()];
        let looked = pages_to_look_at(&item("scan.pdf", text, &["Rose Tyler"]), &names, &places, Readers { kept: &kept, ..READERS });
        let looked = looked.unwrap().unwrap();
        assert_eq!((looked.burnt.pages[0].png.as_slice(), looked.missing), (b"Rose Tyler|14 Orchard Close0".as_slice(), 0));
    }

    #[test]
    fn pages_that_cannot_be_had_say_why() {
        let (names, text) = (["files".to_owned()], "Unseen Rose rose");
        let places = places(vec![("scan.pdf", text)]);
        let look = |item: &DraftItem| pages_to_look_at(item, &names, &places, READERS).unwrap();
        assert_eq!(look(&item("scan.pdf", text, &["Unseen"])).unwrap().missing, 1);
        assert_eq!(look(&item("scan.pdf", text, &["Rose"])), Err(MORE_THAN_DECIDED.to_owned()));
        assert_eq!(look(&item("scan.pdf", "as it was", &[])), Err(UNREAD.to_owned()));
        assert_eq!(look(&item("gone.pdf", text, &[])), Err(UNREAD.to_owned()));
        let mut long = item("scan.pdf", text, &[]);
        long.scanned.document.truncated = true;
        assert_eq!(look(&long), Err(TRUNCATED.to_owned()));
    }

    #[test]
    fn what_a_browser_could_not_hold_is_not_shown() {
        let page = |length| PagePicture { png: vec![0; length], ..PagePicture::default() };
        let pages = |pages| BurntPages { pages, ..BurntPages::default() };
        assert!(fit_to_show(pages(vec![page(MOST_BYTES)])).is_ok());
        assert_eq!(fit_to_show(pages(vec![page(MOST_BYTES), page(1)])), Err(TOO_LARGE.to_owned()));
    }

    #[test]
    fn pictures_and_pdfs_have_pages() {
        let text = Document::of(DocumentKind::Text, "", "");
        assert!(has_pages(&pdf(""), "a") && has_pages(&text, "x/a.JPG") && has_pages(&text, "m.eml!1:b.tiff"));
        assert!(!has_pages(&text, "a.txt") && !has_pages(&Document::of(DocumentKind::Mail, "", ""), "a.jpg"));
    }
}
