//! Burning: from decided documents to a pack in which the withheld text no longer
//! exists, and the gate that reads the result back before it may go out.

use std::collections::{BTreeMap, BTreeSet};

use domain::calendar::short_date;
use domain::documents::Form;
use domain::{Refusal, RefusalCode};
use finder::detect::Kind;
use finder::document::DocumentKind;
use finder::fold::squash;
use finder::plan::{in_reply, leaks, occurrences};

pub use finder::plan::EXEMPTION_OTHERS;
use jiff::civil::Date;

use super::draft::{Decision, DraftItem, DraftRedaction, words};
use super::pages::{Pages, has_pages};
use crate::error::Error;
use crate::ports::{PackDocument, PackItem, Press, Run, Withheld};

/// What kind of information a part of a page is that a person covered.
const AREA: &str = "part of a picture or page that shows another person";

/// A pack that passed the gate.
#[derive(Debug)]
pub struct Burnt {
    /// The pack as data, already redacted.
    pub document: PackDocument,
    /// The pack as PDF.
    pub pdf: Vec<u8>,
    /// The pack as JSON.
    pub json: Vec<u8>,
    /// Passages withheld.
    pub withheld: usize,
}

/// What stands at the head of the pack.
pub struct PackHead<'a> {
    /// The controller.
    pub organisation: &'a str,
    /// Reference of the request.
    pub reference: &'a str,
    /// The data subject's name.
    pub subject: &'a str,
    /// The day the pack is made.
    pub made_on: Date,
    /// Names of the places, by index.
    pub places: &'a [String],
    /// Items that could not be read, places not searched, in plain words.
    pub notes: Vec<String>,
    /// Items that keep the look of their pages, by their index; the others are set anew.
    pub pages: &'a Pages,
    /// In which form it is set.
    pub form: Form,
    /// Rows that follow those of the gaps in the schedule, counted on from the number given:
    /// what was left out as a whole.
    pub further: &'a (dyn Fn(usize) -> Vec<Withheld> + Sync),
}

/// The schedule that these items would have: what is withheld, row by row.
pub fn schedule(items: &[&DraftItem]) -> Vec<Withheld> {
    let mut schedule = Schedule::default();
    for item in items {
        runs(&item.label, &item.label_redactions, &mut schedule);
        schedule.areas(item.pages.as_ref().filter(|said| said.agreed.is_some()).map_or(0, |said| said.areas.len()));
        runs(&item.scanned.document.text, &item.redactions, &mut schedule);
    }
    schedule.rows()
}

/// Burns the items, sets the pack, reads it back with a second extractor, and refuses to
/// release it when one withheld string can still be found.
///
/// # Errors
/// `REDACT-001` with the number of the item that still shows withheld text; a failure of
/// the press.
pub fn burn(items: &[&DraftItem], head: &PackHead<'_>, press: &dyn Press) -> Result<Burnt, Error> {
    let document = document(items, head);
    let pdf = press.pack(&document)?;
    let json = serde_json::to_vec_pretty(&document).map_err(|error| crate::ports::Failure::because("writing the pack as JSON", error))?;
    gate(items, &document, &pdf, &json, press)?;
    let withheld = document.withheld.iter().map(|row| row.places).sum();
    Ok(Burnt { document, pdf, json, withheld })
}

/// Withholds what the gate would find: a string withheld in one place that still stands
/// somewhere else, in a spelling or a joint that the proposals did not reach. For a run
/// without a person; on the pages a person decides, and the gate refuses.
pub fn close_gaps(items: &mut [DraftItem], organisation: &str, subject: &str) {
    let strings = {
        let borrowed: Vec<&DraftItem> = items.iter().collect();
        checkable(withheld_strings(&borrowed), &borrowed, [organisation, subject])
    };
    for item in items {
        close(&item.scanned.document.text, &mut item.redactions, &strings);
        close(&item.label, &mut item.label_redactions, &strings);
    }
}

/// Withholds these strings wherever they stand, whatever else was decided: addresses that
/// must not be shown to whoever gets the pack.
pub fn withhold_everywhere(items: &mut [DraftItem], strings: &[String]) {
    let found = |text: &str| -> Vec<DraftRedaction> {
        let ranges = strings.iter().flat_map(|string| occurrences(text, string));
        let redaction = |range: std::ops::Range<usize>| DraftRedaction {
            start: range.start,
            end: range.end,
            kind: Kind::Address,
            why: "an address that must not be shown to whoever gets this".to_owned(),
            exemption: EXEMPTION_OTHERS.to_owned(),
            decision: Decision::Withhold,
        };
        ranges.map(redaction).collect()
    };
    for item in items {
        item.redactions.extend(found(&item.scanned.document.text));
        item.redactions.sort_by_key(|redaction| (redaction.start, redaction.end));
        item.label_redactions.extend(found(&item.label));
        item.label_redactions.sort_by_key(|redaction| (redaction.start, redaction.end));
    }
}

fn close(text: &str, redactions: &mut Vec<DraftRedaction>, strings: &[String]) {
    let shown: String = runs(text, redactions, &mut Schedule::default())
        .iter()
        .map(|run| if let Run::Shown(text) = run { text.as_str() } else { "\u{2588}" })
        .collect();
    let left = leaks(strings, &[shown]);
    for string in left.iter().filter_map(|index| strings.get(*index)) {
        redactions.extend(occurrences(text, string).into_iter().map(|range| DraftRedaction {
            start: range.start,
            end: range.end,
            kind: Kind::Person,
            why: "withheld elsewhere".to_owned(),
            exemption: EXEMPTION_OTHERS.to_owned(),
            decision: Decision::Withhold,
        }));
    }
    redactions.sort_by_key(|redaction| (redaction.start, redaction.end));
}

/// Every distinct string that was to be withheld.
fn withheld_strings(items: &[&DraftItem]) -> Vec<String> {
    let mut strings = BTreeSet::new();
    for item in items {
        for (text, redactions) in [(&item.scanned.document.text, &item.redactions), (&item.label, &item.label_redactions)] {
            // What else a row or a sentence says about somebody may stand anywhere: the names in it are strings of their own.
            for redaction in withheld(redactions).filter(|redaction| !redaction.kind.is_stretch()) {
                if let Some(hidden) = text.get(redaction.start..redaction.end) {
                    strings.insert(hidden.trim().to_owned());
                }
            }
        }
    }
    strings.into_iter().filter(|text| text.chars().filter(|c| c.is_alphanumeric()).count() >= 2).collect()
}

/// Leaves out what is shown on purpose elsewhere: a string that a person decided to show
/// in another place, and single words of such strings or of the pack's own first page.
fn checkable(strings: Vec<String>, items: &[&DraftItem], first_page: [&str; 2]) -> Vec<String> {
    let mut shown_words: BTreeSet<String> = first_page.into_iter().flat_map(words).collect();
    let mut shown = BTreeSet::new();
    for item in items {
        let sides = [(&item.scanned.document.text, &item.redactions), (&item.label, &item.label_redactions)];
        for (text, redactions) in sides {
            // The words of a passage that is shown are not those of a name.
            let on_purpose = redactions.iter().filter(|redaction| redaction.decision == Decision::Show && !redaction.kind.is_stretch());
            for text in on_purpose.filter_map(|redaction| text.get(redaction.start..redaction.end)) {
                shown_words.extend(words(text));
                shown.insert(squash(text));
            }
        }
    }
    strings
        .into_iter()
        .filter(|text| match words(text).as_slice() {
            [word] => !shown_words.contains(word),
            _ => !shown.contains(&squash(text)),
        })
        .collect()
}

fn withheld(redactions: &[DraftRedaction]) -> impl Iterator<Item = &DraftRedaction> {
    redactions.iter().filter(|redaction| redaction.decision == Decision::Withhold)
}

/// The gate. Looks into the finished PDF, its metadata and the JSON copy.
fn gate(items: &[&DraftItem], document: &PackDocument, pdf: &[u8], json: &[u8], press: &dyn Press) -> Result<(), Error> {
    let strings = withheld_strings(items);
    let strings = checkable(strings, items, [&document.organisation, &document.subject]);
    for item in &document.items {
        let shown: String = item.runs.iter().map(|run| if let Run::Shown(text) = run { text.as_str() } else { "\u{2588}" }).collect();
        if !leaks(&strings, &[item.title.clone(), shown]).is_empty() {
            return Err(leak(format!("Item {} still shows it.", item.number)));
        }
    }
    let mut read_back = press.read_back(pdf)?;
    read_back.push(String::from_utf8_lossy(json).into_owned());
    let found = leaks(&strings, &read_back);
    if found.is_empty() { Ok(()) } else { Err(leak(format!("{} withheld passages can still be read in the finished pack.", found.len()))) }
}

fn leak(detail: String) -> Error {
    Refusal::new(RefusalCode::RedactionLeak, detail).into()
}

/// Builds the pack: text runs, gaps, schedule.
fn document(items: &[&DraftItem], head: &PackHead<'_>) -> PackDocument {
    let mut schedule = Schedule::default();
    let pack_items: Vec<PackItem> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let label = runs(&item.label, &item.label_redactions, &mut schedule);
            let pages = head.pages.get(&index).cloned().unwrap_or_default();
            if !pages.is_empty() {
                let areas = item.pages.iter().flat_map(|said| &said.areas);
                schedule.areas(areas.filter(|area| area.page as usize <= pages.len()).count());
            }
            PackItem {
                number: index + 1,
                title: title(&label),
                kind: kind_title(item).to_owned(),
                date: item.scanned.document.date.as_deref().map(shown_date).unwrap_or_default(),
                place: head.places.get(item.scanned.place).cloned().unwrap_or_default(),
                runs: runs(&item.scanned.document.text, &item.redactions, &mut schedule),
                pages_shown: pages.len(),
                pages,
            }
        })
        .collect();
    let mut withheld = schedule.rows();
    let places = withheld.iter().map(|row| row.places).sum();
    let further = (head.further)(withheld.len());
    withheld.extend(further);
    PackDocument {
        organisation: head.organisation.to_owned(),
        reference: head.reference.to_owned(),
        subject: head.subject.to_owned(),
        made_on: short_date(head.made_on),
        introduction: super::policy::introduction(pack_items.len(), places),
        notes: head.notes.iter().cloned().chain(shown_as_pages(&pack_items)).collect(),
        items: pack_items,
        withheld,
        form: head.form,
    }
}

/// Says which items are shown as they look.
fn shown_as_pages(items: &[PackItem]) -> Option<String> {
    let numbers: Vec<String> = items.iter().filter(|item| !item.pages.is_empty()).map(|item| item.number.to_string()).collect();
    let (last, before) = numbers.split_last()?;
    Some(if before.is_empty() {
        format!("Item {last} is shown as pictures of its pages. Its text is in the machine-readable copy.")
    } else {
        format!(
            "Items {} and {last} are shown as pictures of their pages. Their texts are in the machine-readable copy.",
            before.join(", ")
        )
    })
}

fn title(label: &[Run]) -> String {
    let text: String = label
        .iter()
        .map(|run| match run {
            Run::Shown(text) => text.as_str(),
            Run::Withheld(_) => "[withheld]",
        })
        .collect();
    let text = text.trim();
    if text.is_empty() { "Without a title".to_owned() } else { text.to_owned() }
}

/// Cuts the withheld ranges out of the text. Overlapping and touching ranges become one gap.
fn runs(text: &str, redactions: &[DraftRedaction], schedule: &mut Schedule) -> Vec<Run> {
    let mut ranges: Vec<&DraftRedaction> = withheld(redactions).collect();
    ranges.sort_by_key(|redaction| (redaction.start, std::cmp::Reverse(redaction.end)));
    let mut runs = Vec::new();
    let mut at = 0;
    for redaction in ranges {
        if redaction.end <= at {
            continue;
        }
        let before = text.get(at..redaction.start.max(at)).unwrap_or_default();
        if !before.is_empty() {
            runs.push(Run::Shown(before.to_owned()));
        }
        if !before.is_empty() || runs.is_empty() {
            runs.push(Run::Withheld(schedule.row(redaction)));
        }
        at = redaction.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.is_empty() {
        runs.push(Run::Shown(rest.to_owned()));
    }
    runs
}

/// The schedule: one row for each kind of information and exemption.
#[derive(Default)]
struct Schedule {
    rows: BTreeMap<(String, String), (usize, usize)>,
}

impl Schedule {
    fn row(&mut self, redaction: &DraftRedaction) -> usize {
        let next = self.rows.len() + 1;
        let entry =
            self.rows.entry((kind_words(redaction.kind).to_owned(), in_reply(&redaction.exemption).to_owned())).or_insert((next, 0));
        entry.1 += 1;
        entry.0
    }

    /// Parts of pages that a person covered.
    fn areas(&mut self, covered: usize) {
        if covered > 0 {
            let next = self.rows.len() + 1;
            self.rows.entry((AREA.to_owned(), EXEMPTION_OTHERS.to_owned())).or_insert((next, 0)).1 += covered;
        }
    }

    fn rows(self) -> Vec<Withheld> {
        let mut rows: Vec<Withheld> = self
            .rows
            .into_iter()
            .map(|((kind, exemption), (number, places))| Withheld { number, places, why: why(&exemption), kind, exemption })
            .collect();
        rows.sort_by_key(|row| row.number);
        rows
    }
}

/// Why something is withheld, in the words of the schedule.
fn why(exemption: &str) -> String {
    // What a health professional said stands in the letter, once somebody has recorded it.
    if exemption.contains("Schedule 3, paragraph 5 (") {
        return "We withheld it because giving it to you would be likely to cause serious harm to somebody’s physical or mental health."
            .to_owned();
    }
    let cites = |provision: &str| exemption.strip_prefix(provision).is_some_and(|rest| rest.starts_with(" ("));
    match domain::exemptions::EXEMPTIONS.iter().find(|one| exemption != EXEMPTION_OTHERS && cites(one.provision)) {
        Some(one) => format!("We withheld it because {}.", one.letter),
        None => "This is another person's data. We weighed your right to a copy against that person's rights: we do not have their \
                 agreement, and it is reasonable to withhold it."
            .to_owned(),
    }
}

/// What kind of information, in the words of the schedule.
pub fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "name of another person",
        Kind::Organisation => "name of an organisation that identifies somebody",
        Kind::Place => "place that identifies somebody",
        Kind::Address | Kind::Postcode => "address of another person",
        Kind::Date => "date that identifies somebody",
        Kind::DateOfBirth => "date of birth of another person",
        Kind::Phone => "phone number of another person",
        Kind::Email => "e-mail address of another person",
        Kind::Url => "web address of another person",
        Kind::Handle => "account name of another person",
        Kind::NationalInsurance => "National Insurance number of another person",
        Kind::NhsNumber => "NHS number of another person",
        Kind::Passport => "passport number of another person",
        Kind::DrivingLicence => "driving licence number of another person",
        Kind::Vehicle => "vehicle registration of another person",
        Kind::SortCode | Kind::AccountNumber | Kind::Iban | Kind::Card => "bank or card details of another person",
        Kind::Ip => "internet address of another person",
        Kind::Age => "age of another person",
        Kind::Special => "sensitive information about another person",
        Kind::Reference => "reference number of another person",
        Kind::Amount => "amount of another person",
        Kind::Occupation => "occupation of another person",
        Kind::Title => "title of another person",
        Kind::Row => "row of a table about another person",
        Kind::Sentence => "sentence about another person",
        Kind::Passage => "passage that an exemption covers",
    }
}

fn kind_title(item: &DraftItem) -> &'static str {
    match item.scanned.document.kind {
        DocumentKind::Text if has_pages(&item.scanned.document, &item.scanned.locator) => "Picture",
        DocumentKind::Mail => "E-mail",
        DocumentKind::Text => "Text",
        DocumentKind::Html => "Web page",
        DocumentKind::Word => "Word document",
        DocumentKind::Sheet => "Spreadsheet",
        DocumentKind::Slides => "Slides",
        DocumentKind::Pdf => "PDF document",
    }
}

/// `2026-11-20T16:12:00Z` as `20 November 2026`; anything else is left out.
fn shown_date(text: &str) -> String {
    text.get(..10).and_then(|day| day.parse::<Date>().ok()).map(short_date).unwrap_or_default()
}
