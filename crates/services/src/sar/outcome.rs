//! What became of an item: each of its documents compared with the person, before anything is
//! known of other items.

use std::collections::HashMap;

use finder::dedupe::fingerprint;
use finder::document::{Document, Extraction};
use finder::identity::{Band, Hit, Matcher, band_of, reasons};
use serde::{Deserialize, Serialize};

use super::scan::Keeping;

/// Bytes of the longest name of a folder that is looked at.
const FOLDER: usize = 80;
/// How the names of files end that hold a mailbox.
const MAILBOXES: [&str; 5] = [".pst", ".ost", ".mbox", ".mbx", ".olm"];

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    /// Below the item; empty for the item itself.
    pub(super) path: String,
    /// How surely it concerns the person.
    pub(super) band: Option<Band>,
    /// Why.
    pub(super) reasons: Vec<String>,
    /// What of it could not be read, and why.
    pub(super) unreadable: Option<String>,
    /// Equal for the same text; of what concerns the person alone.
    pub(super) print: Option<String>,
    /// Its text, where that is kept, and where the person stands in it.
    pub(super) document: Option<Box<(Document, Vec<Hit>)>>,
}

impl Outcome {
    /// Something that could not be read.
    pub(super) fn unreadable(path: String, reason: String) -> Self {
        Self { path, band: None, reasons: Vec::new(), unreadable: Some(reason), print: None, document: None }
    }

    /// Whether anybody will want to hear of it.
    pub(super) fn matters(&self) -> bool {
        self.band.is_some() || self.unreadable.is_some()
    }
}

/// The matcher, with what it found in documents that a message carried. The same file comes again and again (a form sent to everybody,
/// a document passed on), and to recognise its text is many times quicker than to look through it.
pub(super) struct Compared<'m> {
    matcher: &'m Matcher,
    found: HashMap<blake3::Hash, Vec<Hit>>,
    hits: usize,
}

impl<'m> Compared<'m> {
    /// Documents, and hits in all, that are remembered.
    const MOST: usize = 50_000;
    /// A text shorter than this is as quickly looked through as recognised, in bytes.
    const SHORTEST: usize = 200;

    pub(super) fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, found: HashMap::new(), hits: 0 }
    }

    fn find(&mut self, document: &Document) -> Vec<Hit> {
        // A message differs from every other in its date, and its correspondents have a say.
        if document.path.is_empty() || !document.correspondents.is_empty() || document.text.len() < Self::SHORTEST {
            return self.matcher.find(document);
        }
        let print = print(document);
        if let Some(hits) = self.found.get(&print) {
            return hits.clone();
        }
        let hits = self.matcher.find(document);
        if self.found.len() >= Self::MOST || self.hits >= Self::MOST {
            self.found.clear();
            self.hits = 0;
        }
        self.hits += hits.len();
        self.found.insert(print, hits.clone());
        hits
    }
}

/// Equal for documents in which the same is found: of all that is compared, only the correspondents are left out.
fn print(document: &Document) -> blake3::Hash {
    let Document { path: _, kind, title, date, message_id: _, correspondents: _, text, parts, truncated: _, look: _ } = document;
    let mut hasher = blake3::Hasher::new();
    let mut number = |number: usize| {
        hasher.update(&(number as u64).to_le_bytes());
    };
    number(*kind as usize);
    number(parts.len());
    for part in parts {
        [part.kind as usize, part.start, part.end].into_iter().for_each(&mut number);
    }
    for text in [title.as_str(), date.as_deref().unwrap_or_default(), text] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize()
}

/// Compares the documents of one item, which was met at `locator`. A message whose attachment concerns the person concerns
/// the person too: it is what carried the attachment. So does what lies in a folder called after them.
pub(super) fn compare(
    extraction: Extraction,
    locator: &str,
    compared: &mut Compared<'_>,
    by_hand: bool,
    truncated_from: Option<u64>,
    keeping: Keeping,
) -> Vec<Outcome> {
    let hits: Vec<Vec<Hit>> = extraction.documents.iter().map(|document| compared.find(document)).collect();
    let mut bands: Vec<Option<Band>> = hits.iter().map(|hits| band_of(hits)).collect();
    let filed: Vec<Option<&str>> = extraction
        .documents
        .iter()
        .zip(&mut bands)
        .map(|(document, band)| {
            let place = if document.path.is_empty() { locator } else { &document.path };
            let filed = (*band < Some(Band::Likely)).then(|| filed_under(compared.matcher, place)).flatten();
            *band = if filed.is_some() { Some(Band::Likely) } else { *band };
            filed
        })
        .collect();
    let named = named_alone(&extraction, compared.matcher);
    let carried: Vec<_> = if bands.iter().any(Option::is_some) || !named.is_empty() {
        let own = extraction.documents.iter().map(|document| document.path.as_str()).zip(bands.iter().copied());
        let all: Vec<(&str, Option<Band>)> = own.chain(named.iter().map(|(path, band)| (path.as_str(), Some(*band)))).collect();
        extraction.documents.iter().map(|document| carried_band(&all, &document.path)).collect()
    } else {
        vec![None; bands.len()]
    };
    let mut outcomes = Vec::with_capacity(hits.len() + extraction.unreadable.len());
    for ((((mut document, hits), own), filed), carried) in extraction.documents.into_iter().zip(hits).zip(bands).zip(filed).zip(carried) {
        let mut reasons = reasons(&hits);
        reasons.extend(filed.map(str::to_owned));
        if let Some((band, path)) = &carried
            && own.is_none_or(|own| own < *band)
        {
            reasons.push(format!("it carries {path}, which concerns the person"));
        }
        let mut band = own.max(carried.map(|(band, _)| band));
        if by_hand && band < Some(Band::Likely) {
            band = Some(Band::Likely);
            reasons.push("a person found it and says that it concerns them".to_owned());
        }
        let whole_item = document.path.is_empty();
        let unreadable = truncated_from.filter(|_| whole_item).map(|size| format!("only the first part was read: it has {size} bytes"));
        let print = band.map(|_| fingerprint(&document));
        let path = if keeping.documents() && band.is_some() { document.path.clone() } else { std::mem::take(&mut document.path) };
        let document = (keeping.documents() && band.is_some()).then(|| Box::new((document, hits)));
        outcomes.push(Outcome { path, band, reasons, unreadable, print, document });
    }
    outcomes.extend(extraction.unreadable.into_iter().map(|unreadable| Outcome::unreadable(unreadable.path, unreadable.reason)));
    outcomes
}

/// What the place of an item says of whom it concerns.
fn filed_under(matcher: &Matcher, place: &str) -> Option<&'static str> {
    if is_called_after_them(matcher, place) {
        Some("its file is called after the person")
    } else if lies_in_their_folder(matcher, place) {
        Some("it lies in a folder called after the person")
    } else {
        None
    }
}

/// True for `Personnel/Hart, Amelia/letter.doc`, and for the folders within archives: `all.zip!Hart, Amelia/letter.doc`. A mailbox or a home
/// called after its user holds what they wrote and received, about anybody: that says nothing of the single item.
fn lies_in_their_folder(matcher: &Matcher, locator: &str) -> bool {
    if !locator.contains(['/', '\\']) {
        return false;
    }
    let called = |folder: &str| {
        let small = folder.to_lowercase();
        // Machines write the names of accounts small.
        let account = ["@", "mailbox", "inbox", "backup", "archive"].iter().any(|word| small.contains(word)) || small == folder;
        !account && folder.len() <= FOLDER && band_of(&matcher.find_text(folder)) >= Some(Band::Likely)
    };
    let is_mailbox = |name: &str| MAILBOXES.iter().any(|ending| name.to_lowercase().ends_with(ending));
    let containers = std::iter::once("").chain(locator.split('!'));
    locator.split('!').zip(containers).filter(|(_, container)| !is_mailbox(container)).any(|(path, _)| {
        let path = path.split_once(':').filter(|(n, _)| n.chars().all(|c| c.is_ascii_digit())).map_or(path, |(_, name)| name);
        path.rsplit_once(['/', '\\']).is_some_and(|(folders, _)| folders.split(['/', '\\']).any(called))
    })
}

/// True for `hr/Hart, Amelia - review.eml`: of messages and pages the subject or title is known, which says nothing of their file's name.
fn is_called_after_them(matcher: &Matcher, place: &str) -> bool {
    const TITLED: [&str; 5] = ["eml", "msg", "htm", "html", "mht"];
    let name = place.rsplit(['/', '\\', '!']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').filter(|(_, ending)| TITLED.iter().any(|titled| ending.eq_ignore_ascii_case(titled)));
    stem.is_some_and(|(stem, _)| band_of(&matcher.find_text(stem)) >= Some(Band::Likely))
}

/// Attachments that cannot be read and are called after the person: what carries them concerns the person.
fn named_alone(extraction: &Extraction, matcher: &Matcher) -> Vec<(String, Band)> {
    let name = |path: &str| path.rsplit('!').next().unwrap_or_default().split_once(':').map_or("", |(_, name)| name).to_owned();
    let band = |path: &str| band_of(&matcher.find_text(&name(path))).filter(|band| *band >= Band::Likely);
    extraction.unreadable.iter().filter_map(|unreadable| band(&unreadable.path).map(|band| (unreadable.path.clone(), band))).collect()
}

/// The strongest band among what lies inside `path`, and which one it is.
fn carried_band(all: &[(&str, Option<Band>)], path: &str) -> Option<(Band, String)> {
    all.iter()
        .filter(|(child, _)| {
            child.len() > path.len() && (path.is_empty() || child.strip_prefix(path).is_some_and(|rest| rest.starts_with('!')))
        })
        .filter_map(|(child, band)| band.map(|band| (band, (*child).to_owned())))
        .max_by_key(|(band, _)| *band)
}

#[cfg(test)]
mod tests {
    use finder::document::{DocumentKind, Part, PartKind, Unreadable};
    use finder::identity::Identity;

    use super::*;

    #[test]
    fn what_comes_again_is_found_as_it_was_found_first() {
        let person = Identity { names: vec!["Amelia Hart".to_owned()], born: vec![jiff::civil::date(1990, 3, 1)], ..Identity::default() };
        let matcher = Matcher::new(&person).unwrap();
        let mut compared = Compared::new(&matcher);
        let rest = "The minutes of the meeting are below. ".repeat(8);
        let mut documents = Vec::new();
        for text in ["Amelia Hart, born 1 March 1990", "Subject: Amelia Hart", "a boy born 1 March 1990", "nobody"] {
            for title in ["", "Amelia Hart", "x"] {
                for date in [None, Some("1991-01-01"), Some("2024-01-01")] {
                    for kind in [DocumentKind::Mail, DocumentKind::Sheet] {
                        for end in [0, 30] {
                            let mut document = Document::of(kind, title, format!("{text}\n\n{rest}"));
                            document.path = "1:a".to_owned();
                            document.date = date.map(str::to_owned);
                            document.parts = vec![Part { kind: PartKind::Headers, start: 0, end }];
                            documents.push(document);
                        }
                    }
                }
            }
        }
        let expected: Vec<Vec<Hit>> = documents.iter().map(|document| matcher.find(document)).collect();
        let kinds: std::collections::HashSet<String> = expected.iter().map(|hits| format!("{hits:?}")).collect();
        assert!(kinds.len() > 5, "the documents differ in what is found: {kinds:?}");
        for _ in 0..2 {
            for (document, expected) in documents.iter().zip(&expected) {
                assert_eq!(&compared.find(document), expected, "{document:?}");
            }
        }
    }

    #[test]
    fn what_lies_in_a_folder_called_after_the_person_concerns_them() {
        let matcher = Matcher::new(&Identity { names: vec!["Amelia Fairbairn".into()], ..Identity::default() }).unwrap();
        let band = |locator: &str| {
            let letter = Extraction { documents: vec![Document::of(DocumentKind::Text, "", "the letter")], unreadable: Vec::new() };
            let outcomes = compare(letter, locator, &mut Compared::new(&matcher), false, None, Keeping::Findings);
            outcomes.first().and_then(|o| o.band)
        };
        for locator in [
            "Personnel/Fairbairn, Amelia/letter.txt",
            "Amelia_Fairbairn/2024/letter.txt",
            "HR/Amelia Fairbairn (left 2019)/a.zip!1:b.txt",
            "all.zip!Amelia Fairbairn/letter.txt",
            "files/all.zip!Staff/Fairbairn, Amelia/2024/letter.txt",
            "hr/Fairbairn, Amelia - review.eml",
            "old.zip!web/Amelia_Fairbairn_2024.html",
        ] {
            assert_eq!(band(locator), Some(Band::Likely), "{locator}");
        }
        // Inside an archive that came with a message, and so the message.
        let mut packed = Document::of(DocumentKind::Text, "", "the letter");
        packed.path = "1:all.7z!2:Amelia Fairbairn\\letter.txt".to_owned();
        let message = Document::of(DocumentKind::Mail, "", "see attached");
        let extraction = Extraction { documents: vec![message, packed], unreadable: Vec::new() };
        let outcomes = compare(extraction, "3.eml", &mut Compared::new(&matcher), false, None, Keeping::Findings);
        assert!(outcomes.iter().all(|o| o.band == Some(Band::Likely)), "{outcomes:?}");
        for locator in [
            "letter.txt",
            "hr/Fairbairn, Tom - review.eml",
            "Personnel/Fairbairn/letter.txt",
            "Personnel/Fairbairn, Tom/letter.txt",
            "Mailbox - Amelia Fairbairn/Inbox/3.eml",
            "users/amelia.fairbairn/letter.txt",
            "amelia.fairbairn@mail.example/INBOX/4.eml",
            "all.pst!Amelia Fairbairn/1f.eml",
            "all.zip!Amelia Carter/letter.txt",
        ] {
            assert_eq!(band(locator), None, "{locator}");
        }
    }

    #[test]
    fn an_attachment_called_after_the_person_counts_though_it_cannot_be_read() {
        let matcher = Matcher::new(&Identity { names: vec!["Amelia Fairbairn".into()], ..Identity::default() }).unwrap();
        let message = |attached: &str| Extraction {
            documents: vec![Document::of(DocumentKind::Mail, "", "see attached")],
            unreadable: vec![Unreadable { path: format!("1:{attached}"), reason: "not a kind of file that can be read".into() }],
        };
        let band = |attached| {
            compare(message(attached), "", &mut Compared::new(&matcher), false, None, Keeping::Findings).first().and_then(|o| o.band)
        };
        assert!(band("Fairbairn_Amelia.bin") >= Some(Band::Likely));
        assert_eq!((band("Fairbairn.bin"), band("minutes.bin")), (None, None));
    }
}
