//! Which items of a pack keep the look of their pages, and their pages.
//!
//! A person decides about places in a text; what is burnt out of a page is strings, and parts of pages that a person covered. An item
//! keeps its look only where that is the same: the file is still what was searched, each string stands nowhere in it but where it is
//! withheld, and each was found on a page. What holds pictures, form fields or letters that nobody can read keeps it only when a person
//! has looked at these very pages and agreed. All else is set anew from its text.

use std::collections::BTreeMap;

use finder::document::{Document, DocumentKind, Extraction};
use finder::plan::Elsewhere;
use serde::{Deserialize, Serialize};

use super::draft::DraftItem;
use super::locked::{is_locked, lies_in};
use super::page_order::{Doubt, Order};
use super::scan::Place;
use crate::error::Error;
use crate::ports::{BurntPages, Extractor, Mark, PageArea, PagePicture, Part, Press, SourceItem, Start, Walker};

/// The pages of items, by their index.
pub type Pages = BTreeMap<usize, Vec<PagePicture>>;

/// Most pages that a person is shown of one item.
pub(super) const MOST_SHOWN: usize = 60;
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
    /// What is withheld anywhere in the request.
    pub elsewhere: Option<&'a Elsewhere>,
}

/// Pages of an item for a person to look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looked {
    /// As they would go out.
    pub burnt: BurntPages,
    /// How many of the withheld strings stand on no page where they could be covered. None may, or the pages cannot go out.
    pub missing: usize,
    /// What else only the person who looks can judge.
    pub doubts: Vec<Doubt>,
}

impl Looked {
    /// Whether nobody needs to look at them.
    pub fn is_certain(&self) -> bool {
        self.missing == 0 && self.burnt.look.is_empty() && self.doubts.is_empty()
    }
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
        items.iter().enumerate().filter_map(|(index, item)| Some((index, Order::to_go_out(item, readers)?))).collect();
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
    let order = match Order::of(item, readers) {
        Ok(order) => order.for_a_person(),
        Err(why) => return Ok(Err(why.to_owned())),
    };
    let mut looked = Err(UNREAD.to_owned());
    for place in places.iter().filter(|place| names.get(item.scanned.place).is_some_and(|name| *name == place.name)) {
        Wanted::of(std::iter::once((0, item, &order))).fetch(place, readers, &mut |_, order, burnt| {
            let seen = |burnt| Looked { missing: order.missing(&burnt), doubts: order.doubts(&burnt), burnt };
            looked = burnt.and_then(fit_to_show).map(seen);
        })?;
    }
    Ok(looked)
}

fn fit_to_show(burnt: BurntPages) -> Result<BurntPages, String> {
    let bytes: usize = burnt.pages.iter().map(|page| page.png.len()).sum();
    if bytes > MOST_BYTES { Err(TOO_LARGE.to_owned()) } else { Ok(burnt) }
}

const TOO_LARGE: &str = "The pictures of its pages are too large to be shown together.";
pub(super) const UNREAD: &str = "The file cannot be read any more where it was found, or has changed since the search.";
/// Why there are no pages of what was opened with a password.
pub const LOCKED: &str = "This file opens with a password. Its text was read with it, and passwords are not kept, so its pages cannot be \
                          drawn: the reply gives its text. To give the pages, open the file with its password, save a copy without one, add \
                          the copy as found by hand, and leave this item out.";

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
    /// `now` is what the file says now: read at most once, whatever number of its members is wanted.
    fn pages(&mut self, (name, bytes): (&str, &[u8]), one: &One<'_>, now: &mut Option<Vec<Extraction>>) -> Result<(), Error> {
        let before = &one.item.scanned.document;
        let path = before.path.as_str();
        let order = one.order.as_ordered();
        let burnt = if path.is_empty() {
            self.readers.press.pages(name, bytes, &order)?
        } else if let Some(bytes) = self.readers.extractor.member(name, bytes, path)? {
            let last = path.rsplit('!').next().unwrap_or_default();
            self.readers.press.pages(last.split_once(':').map_or(last, |(_, name)| name), &bytes, &order)?
        } else {
            Err(UNREAD.to_owned())
        };
        let burnt = match burnt {
            Ok(_) if !is_unchanged(self.now((name, bytes), now)?, before) => return Ok(()),
            Err(why) if is_locked(&why) => Err(LOCKED.to_owned()),
            Err(why) if why == UNREAD && is_in_locked(self.now((name, bytes), now)?, path) => Err(LOCKED.to_owned()),
            other => other,
        };
        (self.take)(one.index, one.order, burnt);
        Ok(())
    }

    /// Letters in pictures are read, as the search did.
    fn now<'n>(&self, (name, bytes): (&str, &[u8]), now: &'n mut Option<Vec<Extraction>>) -> Result<&'n [Extraction], Error> {
        if now.is_none() {
            *now = Some(self.readers.extractor.extract_all(&[(name.to_owned(), bytes.to_vec())])?);
        }
        Ok(now.as_deref().unwrap_or_default())
    }
}

/// Whether a file still says what was decided about.
fn is_unchanged(now: &[Extraction], before: &Document) -> bool {
    now.iter().flat_map(|one| &one.documents).any(|now| now.path == before.path && now.text == before.text)
}

/// Whether a member of a file lies in something that opens with a password.
fn is_in_locked(now: &[Extraction], path: &str) -> bool {
    let locked = now.iter().flat_map(|one| &one.unreadable).filter(|one| is_locked(&one.reason));
    locked.into_iter().any(|one| one.path.is_empty() || lies_in(path, &one.path))
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
        let mut now = None;
        for one in wanted.0.get(item.locator.as_str()).into_iter().flatten() {
            if let Err(error) = self.pages((&item.name, bytes), one, &mut now) {
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
    use std::sync::atomic::{AtomicUsize, Ordering};

    use domain::Refusal;
    use domain::documents::{Document as Paper, Form};
    use domain::letters::Letter;
    use finder::detect::Kind;
    use finder::document::Unreadable;

    use super::super::draft::{Decision, DraftRedaction, plain_item};
    use super::super::page_order::{MORE_THAN_DECIDED, TRUNCATED};
    use super::*;
    use crate::ports::{Failure, PackDocument, PageOrder, Places, Source};

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
            if text == "mail locked" {
                let locked = Unreadable { path: "1:inner.pdf".to_owned(), reason: "is encrypted".to_owned() };
                return Ok(Extraction { documents: Vec::new(), unreadable: vec![locked] });
            }
            let mut document = pdf(text.strip_prefix("mail ").unwrap_or(&text));
            document.path = if text.starts_with("mail ") { "1:inner.pdf".to_owned() } else { String::new() };
            Ok(Extraction { documents: vec![document], ..Extraction::default() })
        }

        fn member(&self, _: &str, bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, Failure> {
            let inner = bytes.strip_prefix(b"mail ").filter(|inner| path == "1:inner.pdf" && *inner != b"locked");
            Ok(inner.map(<[u8]>::to_vec))
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
            if text == "locked" {
                return Ok(Err("the PDF is encrypted".to_owned()));
            }
            // A scan is shown to people alone.
            if name.ends_with("scan.pdf") && !order.looked_at {
                return Ok(Err("may hold letters".to_owned()));
            }
            // One word cannot be found on the page as it is drawn, and one place of each is read otherwise than by the search.
            let drawn = text.replace("Unseen", "").replace("smudged", "").replace("met nobody", "met Leopold Ashdown and Oyelaran");
            let places = |strings: &[String]| -> Places {
                let found = strings.iter().enumerate().map(|(index, string)| (index, vec![1; drawn.matches(string.as_str()).count()]));
                found.filter(|(_, pages)| !pages.is_empty()).collect()
            };
            let burnt = BurntPages {
                pages: vec![PagePicture {
                    png: format!("{}{}", withhold.join("|"), order.areas.len()).into_bytes(),
                    ..PagePicture::default()
                }],
                found: places(withhold),
                elsewhere: places(order.elsewhere.burn),
                told: places(order.elsewhere.tell),
                look: Vec::new(),
            };
            Ok(Ok(burnt))
        }
    }

    const READERS: Readers<'static> = Readers { extractor: &Tools, press: &Tools, kept: &[], elsewhere: None };

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

    /// Counts how often a file is read.
    struct Counted(AtomicUsize);

    impl Extractor for Counted {
        fn extract(&self, name: &str, bytes: &[u8]) -> Result<Extraction, Failure> {
            self.0.fetch_add(1, Ordering::SeqCst);
            Tools.extract(name, bytes)
        }

        fn member(&self, name: &str, bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, Failure> {
            Tools.member(name, bytes, path)
        }
    }

    #[test]
    fn a_file_is_read_once_whatever_number_of_its_attachments_is_wanted() {
        let text = "Rose Tyler met the person.";
        let places = places(vec![("m.eml", "mail Rose Tyler met the person.")]);
        let mut inner = item("m.eml!1:inner.pdf", text, &["Rose Tyler"]);
        inner.scanned.document.path = "1:inner.pdf".to_owned();
        let counted = Counted(AtomicUsize::new(0));
        let readers = Readers { extractor: &counted, ..READERS };
        let items = [inner.clone(), inner.clone(), inner];
        assert_eq!(pages_kept(&items, &["files".to_owned()], &places, readers).unwrap().len(), 3);
        assert_eq!(counted.0.load(Ordering::SeqCst), 1);
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
    fn what_is_withheld_in_other_items_is_burnt_out_of_pictures_and_said() {
        let (names, text) = (["files".to_owned()], "Rose Tyler met nobody.");
        let places = places(vec![("a.pdf", text)]);
        let decided = [(Kind::Person, "Leopold Ashdown", true), (Kind::Person, "Oyelaran", true), (Kind::Person, "Rose Tyler", true)];
        let elsewhere = Elsewhere::of(decided, Vec::new());
        let readers = Readers { elsewhere: Some(&elsewhere), ..READERS };
        let item = item("a.pdf", text, &["Rose Tyler"]);
        let looked = pages_to_look_at(&item, &names, &places, readers).unwrap().unwrap();
        let (covered, other) = ("Leopold Ashdown".to_owned(), "Oyelaran".to_owned());
        assert_eq!(looked.doubts, [Doubt::Covered { words: covered, pages: vec![1] }, Doubt::Uncovered { words: other, pages: vec![1] }]);
        assert!(!looked.is_certain() && looked.missing == 0);
        let one = std::slice::from_ref(&item);
        assert!(pages_kept(one, &names, &places, readers).unwrap().is_empty(), "somebody has to look");
        assert_eq!(pages_kept(one, &names, &places, READERS).unwrap().len(), 1);
    }

    #[test]
    fn a_word_that_was_covered_less_often_than_it_stands_in_the_text_is_a_doubt() {
        let (names, text) = (["files".to_owned()], "Ann Lee, Ann smudged Lee, Ann Lee.");
        let mut item = item("a.pdf", text, &["Ann Lee"]);
        let first = item.redactions[0].clone();
        let at = |start: usize| DraftRedaction { start, end: start + 7, ..first.clone() };
        item.redactions.push(at(26));
        let kept = |item: &DraftItem, text: &'static str| {
            let places = places(vec![("a.pdf", text)]);
            let looked = pages_to_look_at(item, &names, &places, READERS).unwrap().unwrap();
            (looked.doubts, pages_kept(std::slice::from_ref(item), &names, &places, READERS).unwrap().len())
        };
        assert_eq!(kept(&item, text), (Vec::new(), 1));
        // The picture shows it twice, the text has it three times.
        let text = "Ann Lee, Ann  Lee, Ann Lee.";
        item.scanned.document = pdf(text);
        item.redactions = vec![at(0), at(19), DraftRedaction { start: 9, end: 17, ..first.clone() }];
        item.redactions.sort_by_key(|redaction| redaction.start);
        let fewer = Doubt::Fewer { words: "Ann Lee".to_owned(), times: 3, pages: vec![1, 1] };
        let (doubts, pages) = kept(&item, text);
        assert!(doubts.contains(&fewer) && pages == 0, "{doubts:?}");
    }

    #[test]
    fn what_was_opened_with_a_password_says_so() {
        let names = ["files".to_owned()];
        let places = places(vec![("a.pdf", "locked"), ("m.eml", "mail locked"), ("n.eml", "mail other")]);
        let look = |item: &DraftItem| pages_to_look_at(item, &names, &places, READERS).unwrap();
        assert_eq!(look(&item("a.pdf", "text", &[])), Err(LOCKED.to_owned()));
        let mut inner = item("m.eml!1:inner.pdf", "text", &[]);
        inner.scanned.document.path = "1:inner.pdf".to_owned();
        assert_eq!(look(&inner), Err(LOCKED.to_owned()));
        inner.scanned.locator = "n.eml!2:gone.pdf".to_owned();
        inner.scanned.document.path = "2:gone.pdf".to_owned();
        assert_eq!(look(&inner), Err(UNREAD.to_owned()));
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
