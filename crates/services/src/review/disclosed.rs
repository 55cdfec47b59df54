//! The log of everything disclosed and withheld in one case, for the organisation alone.

use std::collections::BTreeMap;

use domain::documents::{Document, Form};
use domain::ids::RecordId;
use domain::letters::Block;
use domain::people::{Actor, Verb};
use jiff::Timestamp;
use store::{ReadTx, ReviewFilter, ReviewItem};

use super::item::{StoredProposals, parse};
use crate::accounts::display_name;
use crate::app::App;
use crate::error::Error;
use crate::requests::load_for_review;
use crate::sar::{Decision, kind_words};

/// Name of the file that a closed case keeps.
pub(crate) const FILE: &str = "disclosure-log.csv";

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It goes, or went, into the reply.
    Disclosed,
    /// It is not about the person.
    LeftOut,
    /// The same text stands in another item.
    Duplicate,
    /// It could not be read.
    Unreadable,
    /// Something is still to be decided.
    Open,
}

impl Outcome {
    /// The word on the page and in the files.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Disclosed => "Disclosed",
            Self::LeftOut => "Left out: not about the person",
            Self::Duplicate => "Same text as another item",
            Self::Unreadable => "Could not be read",
            Self::Open => "Not decided yet",
        }
    }
}

/// What was withheld in an item, the same kind and ground taken together. Never the words themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithheldRow {
    /// What kind of information.
    pub kind: String,
    /// The ground.
    pub ground: String,
    /// In how many places.
    pub places: u64,
}

/// One item of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureRow {
    /// Number of the item, from 1.
    pub number: u64,
    /// Title and place.
    pub title: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was withheld.
    pub withheld: Vec<WithheldRow>,
    /// Places that were proposed to be withheld and are shown.
    pub shown: u64,
    /// Who decided last; empty when nobody did.
    pub decided_by: String,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// The log of a case.
#[derive(Debug, Clone, Default)]
pub struct DisclosureLog {
    /// Reference of the request.
    pub reference: String,
    /// The items, in order.
    pub rows: Vec<DisclosureRow>,
    /// Whether the case is closed: its log is then a file of the case.
    pub closed: bool,
}

/// The log of a case. Logged as a reading of personal data.
///
/// # Errors
/// Not found when the case is not theirs to open.
pub fn disclosures(app: &App, actor: &Actor, id: &RecordId) -> Result<DisclosureLog, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load_for_review(tx, actor, id, Verb::DocumentOpen)?.request;
        tx.log_read(id.as_str(), "disclosure-log", "casework")?;
        Ok(DisclosureLog { reference: request.facts.reference, closed: request.stage.key() == "closed", rows: rows(tx, id)? })
    })
}

/// The log as a document to print or to keep.
///
/// # Errors
/// As [`disclosures`]; what the press reports.
pub fn disclosures_pdf(app: &App, actor: &Actor, id: &RecordId) -> Result<Vec<u8>, Error> {
    let log = disclosures(app, actor, id)?;
    let policy = app.policy()?;
    let mut blocks = Vec::new();
    for row in &log.rows {
        let mut terms = vec![(format!("{}. {}", row.number, row.title), row.outcome.title().to_owned())];
        terms.extend(row.withheld.iter().map(|one| (format!("Withheld {}", times(one.places)), format!("{}. {}", one.kind, one.ground))));
        if let Some(at) = row.decided_at {
            terms.push(("Decided".to_owned(), format!("{}, {}", row.decided_by, day(at))));
        }
        blocks.push(Block::Terms(terms));
    }
    let document = Document {
        title: format!("What was disclosed and withheld: {}", log.reference),
        organisation: policy.organisation().name.clone(),
        about: Vec::new(),
        blocks,
        foot: "For the organisation alone.".to_owned(),
        audience: domain::policy::Audience::default(),
    };
    Ok(app.press.document(&document.printed_on(app.today()), Form::Print)?)
}

fn times(places: u64) -> String {
    if places == 1 { "once".to_owned() } else { format!("{places} times") }
}

fn day(at: Timestamp) -> String {
    crate::app::london_date(at).to_string()
}

/// The log as a table: a line for each thing withheld, and one for each item with nothing withheld.
pub fn disclosures_csv(log: &DisclosureLog) -> String {
    let mut out = String::from("item,title,outcome,withheld,ground,places,shown,decided_by,decided_on\r\n");
    for row in &log.rows {
        let nothing = [WithheldRow { kind: String::new(), ground: String::new(), places: 0 }];
        let withheld: &[WithheldRow] = if row.withheld.is_empty() { &nothing } else { &row.withheld };
        for one in withheld {
            let cells = [
                row.number.to_string(),
                row.title.clone(),
                row.outcome.title().to_owned(),
                one.kind.clone(),
                one.ground.clone(),
                one.places.to_string(),
                row.shown.to_string(),
                row.decided_by.clone(),
                row.decided_at.map(day).unwrap_or_default(),
            ];
            out.push_str(&cells.map(|cell| quoted(&cell)).join(","));
            out.push_str("\r\n");
        }
    }
    out
}

/// A cell: quoted, and never read as a formula by a spreadsheet.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

/// The rows of the log, from the items of the review.
pub(crate) fn rows(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Vec<DisclosureRow>, Error> {
    let (mut rows, mut after) = (Vec::new(), None);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let page = tx.review_items_page(id.as_str(), after, 200, &ReviewFilter::default())?;
        let Some(last) = page.last() else { return Ok(rows) };
        after = Some(last.idx);
        for item in page {
            if !item.decided_by.is_empty() && !names.contains_key(&item.decided_by) {
                names.insert(item.decided_by.clone(), display_name(tx, &item.decided_by)?.unwrap_or_default());
            }
            let decided_by = names.get(&item.decided_by).cloned().unwrap_or_default();
            rows.push(row(tx, id, item, decided_by)?);
        }
    }
}

fn row(tx: &mut ReadTx<'_>, id: &RecordId, item: ReviewItem, decided_by: String) -> Result<DisclosureRow, Error> {
    let mut row = DisclosureRow {
        number: item.idx + 1,
        outcome: match (item.duplicate_of, &item.unreadable, item.state.as_str()) {
            (Some(_), _, _) => Outcome::Duplicate,
            (_, Some(_), _) => Outcome::Unreadable,
            (_, _, "left_out") => Outcome::LeftOut,
            (_, _, "decided") => Outcome::Disclosed,
            _ => Outcome::Open,
        },
        title: item.locator,
        withheld: Vec::new(),
        shown: 0,
        decided_at: Some(item.decided_us).filter(|us| *us > 0).and_then(|us| Timestamp::from_microsecond(us).ok()),
        decided_by,
    };
    if !matches!(row.outcome, Outcome::Disclosed) {
        return Ok(row);
    }
    let stored = tx.review_item_light(id.as_str(), item.idx)?.ok_or(Error::NotFound)?;
    let stored: StoredProposals = parse(&stored.proposals)?;
    let mut withheld: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for proposal in &stored.proposals {
        match proposal.decided.unwrap_or(proposal.redaction.decision) {
            Decision::Withhold => *withheld.entry((kind_words(proposal.redaction.kind), &proposal.redaction.exemption)).or_default() += 1,
            Decision::Show => row.shown += 1,
        }
    }
    row.withheld = withheld
        .into_iter()
        .map(|((kind, ground), places)| WithheldRow { kind: kind.to_owned(), ground: ground.to_owned(), places })
        .collect();
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(quoted("=SUM(A1)"), "\"'=SUM(A1)\"");
        assert_eq!(quoted("say \"no\""), "\"say \"\"no\"\"\"");
    }

    #[test]
    fn what_is_withheld_has_a_line_of_its_own_and_an_item_without_has_one() {
        let row = |outcome, withheld| DisclosureRow {
            number: 1,
            title: "Trip".to_owned(),
            outcome,
            withheld,
            shown: 0,
            decided_by: "Sam Reed".to_owned(),
            decided_at: None,
        };
        let one = |kind: &str| WithheldRow { kind: kind.to_owned(), ground: "paragraph 16".to_owned(), places: 2 };
        let rows = vec![row(Outcome::Disclosed, vec![one("name"), one("address")]), row(Outcome::LeftOut, Vec::new())];
        let csv = disclosures_csv(&DisclosureLog { reference: "SAR-1".to_owned(), rows, closed: false });
        assert_eq!(csv.lines().count(), 4);
        assert!(csv.contains("\"Left out: not about the person\",\"\",\"\",\"0\""), "{csv}");
    }
}
