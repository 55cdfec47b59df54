//! One item of the review: its text with the marks, and a decision for each mark.

use axum::response::Response;
use domain::RefusalCode;
use domain::ids::RecordId;
use domain::people::Verb;
use serde::Serialize;
use services::App;
use services::requests::{reachable, see};
use services::review::{self, Add, Decide, Filter, Kind, ReviewItem, Shown};
use services::sar::Decision;

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::review::band_tag;
use crate::templates::Page;
use crate::words::{Tag, count};

/// A run of the item's text.
#[derive(Debug, Clone, Serialize)]
struct TextRun {
    text: String,
    /// `proposed`, `withheld`, `shown`, `subject`, or empty.
    mark: &'static str,
    /// The mark's number, 0 when it has none.
    number: usize,
}

/// One mark to decide.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    index: usize,
    number: usize,
    text: String,
    kind: String,
    why: String,
    exemption: String,
    state: Tag,
    open: bool,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Item {
    reference: String,
    number: u64,
    heading: String,
    place: String,
    band: Tag,
    reasons: String,
    included: Tag,
    runs: Vec<TextRun>,
    marks: Vec<Mark>,
    open: u64,
    form: Form,
    can_decide: bool,
    list: String,
    previous: Option<String>,
    next: Option<String>,
    here: String,
    version: u64,
    once: String,
}

/// `GET /requests/{id}/review/{item}`
pub(crate) async fn show(visit: Visit, At((id, index)): At<(String, u64)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let page = visit.state.run(move |app| load(app, &actor, &RecordId::new(id), index)).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/review/{item}`: decides on one mark, on all that are open, or on
/// the item itself.
pub(crate) async fn decide(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.text("once").to_owned());
    let list = format!("/requests/{id}/review");
    let Some(choice) = Choice::read(&sent) else {
        // Only somebody who may work on the request learns that a button was missing.
        visit.state.run(move |app| reachable(app, &actor, &RecordId::new(id), Verb::RequestWork)).await?;
        return Err(Problem::Unreadable);
    };
    // One page holds many buttons with the same key: what was chosen is part of it.
    let key = format!("{key} {choice:?}");
    let work = async {
        let version = sent.text("version").parse().unwrap_or(0);
        let next = visit.state.run(move |app| choice.perform(app, &actor, &RecordId::new(id), index, version)).await?;
        Ok(Outcome::Done(match next {
            Some(next) => format!("{list}/{next}"),
            None => format!("{list}/{index}#decisions"),
        }))
    };
    visit.state.once.run(&user, &key, work).await
}

/// `POST /requests/{id}/review/{item}/add`: withholds words that a person names.
pub(crate) async fn add(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.text("once").to_owned());
    let address = format!("/requests/{id}/review/{index}?done=added");
    let work = async {
        let again = visit.state.run(move |app| attempt_add(app, &actor, &RecordId::new(id), index, &sent)).await?;
        match again {
            None => Ok(Outcome::Done(address)),
            Some(page) => visit.page(&page).map(Outcome::Again),
        }
    };
    visit.state.once.run(&user, &key, work).await
}

/// What a button of the page decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Mark { mark: usize, decision: Decision, everywhere: bool },
    Rest,
    Item { included: bool },
}

impl Choice {
    fn read(sent: &Sent) -> Option<Self> {
        let mark = |decision, everywhere| sent.text("mark").parse().ok().map(|mark| Self::Mark { mark, decision, everywhere });
        match sent.text("decision") {
            "withhold" => mark(Decision::Withhold, false),
            "show" => mark(Decision::Show, false),
            "withhold-everywhere" => mark(Decision::Withhold, true),
            "show-everywhere" => mark(Decision::Show, true),
            "withhold-rest" => Some(Self::Rest),
            "include" => Some(Self::Item { included: true }),
            "leave-out" => Some(Self::Item { included: false }),
            _ => None,
        }
    }

    /// Does it. After a decision on the whole item the next open one comes up.
    fn perform(
        self,
        app: &App,
        actor: &domain::people::Actor,
        id: &RecordId,
        index: u64,
        version: u64,
    ) -> Result<Option<u64>, services::Error> {
        match self {
            Self::Mark { mark, decision, everywhere } => {
                review::decide(app, actor, id, index, version, &Decide { proposal: Some(mark), decision, everywhere })?;
                Ok(None)
            }
            Self::Rest => {
                review::decide(
                    app,
                    actor,
                    id,
                    index,
                    version,
                    &Decide { proposal: None, decision: Decision::Withhold, everywhere: false },
                )?;
                Ok(None)
            }
            Self::Item { included } => {
                review::include(app, actor, id, index, version, included)?;
                let done = review::item(app, actor, id, index)?.open == 0;
                let (_, summary) = review::rows(app, actor, id, Filter::Open, None)?;
                Ok(summary.next_open.filter(|_| done))
            }
        }
    }
}

/// Adds the words; `Some` page when the form was refused.
fn attempt_add(app: &App, actor: &domain::people::Actor, id: &RecordId, index: u64, sent: &Sent) -> Result<Option<Item>, services::Error> {
    let mut page = load(app, actor, id, index)?;
    page.form = page.form.filled(sent);
    let words = page.form.need(sent, "words", "Enter the words to withhold");
    if page.form.is_refused() {
        return Ok(Some(page));
    }
    let version = sent.text("version").parse().unwrap_or(0);
    let everywhere = sent.text("everywhere") == "yes";
    let wanted = Add { words, kind: Kind::Person, why: sent.text("why").to_owned(), everywhere };
    match review::add(app, actor, id, index, version, &wanted) {
        Ok(_) => Ok(None),
        Err(services::Error::Refused(refusal)) if refusal.code == RefusalCode::ValueInvalid => {
            page.form.complain("words", refusal.detail);
            Ok(Some(page))
        }
        Err(error) => Err(error),
    }
}

fn load(app: &App, actor: &domain::people::Actor, id: &RecordId, index: u64) -> Result<Item, services::Error> {
    let item = review::item(app, actor, id, index)?;
    let view = see(app, actor, id)?;
    let list = format!("/requests/{id}/review");
    // The page of the queue around this item holds both neighbours.
    let (rows, _) = review::rows(app, actor, id, Filter::All, index.checked_sub(50))?;
    let readable = || rows.iter().filter(|row| row.unreadable.is_none() && row.duplicate_of.is_none()).map(|row| row.index);
    let at = |index: u64| format!("{list}/{index}");
    let (previous, next) = (readable().filter(|other| *other < index).max().map(at), readable().find(|other| *other > index).map(at));
    let can_decide = view.request.stage.key() == "review" && view.may_work;
    let here = format!("{list}/{index}");
    let page = page(item, &view.request.facts.reference, can_decide);
    Ok(Item { list, previous, next, here, once: once::fresh(), ..page })
}

fn page(item: ReviewItem, reference: &str, can_decide: bool) -> Item {
    let mut runs = Vec::new();
    let mut marks = Vec::new();
    for piece in item.pieces {
        let (mark, number) = match piece.shown {
            Shown::Text => ("", 0),
            Shown::Person { .. } => ("subject", 0),
            Shown::Proposal { index, kind, why, exemption, suggested, decided, .. } => {
                let number = marks.len() + 1;
                marks.push(Mark {
                    index,
                    number,
                    text: piece.text.clone(),
                    kind,
                    why,
                    exemption,
                    state: mark_tag(decided, suggested),
                    open: decided.is_none(),
                });
                (mark_class(decided, suggested), number)
            }
        };
        runs.push(TextRun { text: piece.text, mark, number });
    }
    let band = serde_json::to_value(item.band).ok().and_then(|band| band.as_str().map(str::to_lowercase)).unwrap_or_default();
    Item {
        reference: reference.to_owned(),
        number: item.index + 1,
        heading: item.title,
        place: item.locator,
        band: band_tag(&band),
        reasons: item.reasons.join("; "),
        included: match item.included {
            Some(true) => Tag::new("In the reply", "green"),
            Some(false) => Tag::new("Left out", "grey"),
            None => Tag::new("Not decided", "yellow"),
        },
        runs,
        marks,
        open: item.open,
        form: add_form(),
        can_decide,
        version: item.version,
        list: String::new(),
        previous: None,
        next: None,
        here: String::new(),
        once: String::new(),
    }
}

fn add_form() -> Form {
    Form::new(vec![
        Field::text("words", "Words to withhold").hint("As they stand in the text. Every place in this item where they occur is withheld."),
        Field::text("why", "Why").hint("For example: about another person’s health"),
        Field::checkboxes("everywhere", "Where", &[("yes", "In every item of this request", "")]),
    ])
}

fn mark_tag(decided: Option<Decision>, suggested: Decision) -> Tag {
    match (decided, suggested) {
        (Some(Decision::Withhold), _) => Tag::new("Withheld", "grey"),
        (Some(Decision::Show), _) => Tag::new("Shown", "green"),
        (None, Decision::Withhold) => Tag::new("Proposed: withhold", "yellow"),
        (None, Decision::Show) => Tag::new("Proposed: show", "yellow"),
    }
}

fn mark_class(decided: Option<Decision>, suggested: Decision) -> &'static str {
    match (decided, suggested) {
        (Some(Decision::Withhold), _) => "withheld",
        (Some(Decision::Show), _) => "shown",
        (None, Decision::Withhold) => "proposed",
        (None, Decision::Show) => "query",
    }
}

impl Item {
    /// `2 decisions are left`.
    fn left(&self) -> String {
        if self.open == 0 {
            "Nothing is left to decide.".to_owned()
        } else {
            format!("{} left.", count(self.open, "decision is", "decisions are"))
        }
    }
}

impl Page for Item {
    const TEMPLATE: &'static str = "pages/item.html";

    fn title(&self) -> String {
        format!("Item {}, {}. {}", self.number, self.reference, self.left())
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let run = |text: &str, mark: &'static str, number: usize| TextRun { text: text.to_owned(), mark, number };
        let runs = vec![
            run("From: ", "", 0),
            run("Amelia Hart", "subject", 0),
            run("\nTo: ", "", 0),
            run("Owen Price", "withheld", 1),
            run("\n\nHi, I met ", "", 0),
            run("Nadia Shah", "proposed", 2),
            run(" in ", "", 0),
            run("Leeds", "shown", 3),
            run(" on Tuesday.\nAsk ", "", 0),
            run("Sam Reed", "query", 4),
            run(".", "", 0),
        ];
        let mark = |number: usize, text: &str, decided, suggested| Mark {
            index: number - 1,
            number,
            text: text.to_owned(),
            kind: "name of another person".to_owned(),
            why: "wrote or received this message".to_owned(),
            exemption: "Data Protection Act 2018, Schedule 2, paragraph 16".to_owned(),
            state: mark_tag(decided, suggested),
            open: decided.is_none(),
        };
        let (withhold, show) = (Decision::Withhold, Decision::Show);
        let open = Self {
            reference: "SAR-2026-0007".to_owned(),
            number: 2,
            heading: "Re: timetable for the spring term".to_owned(),
            place: "office mailbox: inbox/cur/17.eml".to_owned(),
            band: band_tag("certain"),
            reasons: "full name; e-mail address".to_owned(),
            included: Tag::new("In the reply", "green"),
            runs,
            marks: vec![
                mark(1, "Owen Price", Some(withhold), withhold),
                mark(2, "Nadia Shah", None, withhold),
                mark(3, "Leeds", Some(show), withhold),
                mark(4, "Sam Reed", None, show),
            ],
            open: 2,
            form: add_form(),
            can_decide: true,
            list: "/requests/x/review".to_owned(),
            previous: Some("/requests/x/review/1".to_owned()),
            next: Some("/requests/x/review/3".to_owned()),
            here: "/requests/x/review/2".to_owned(),
            version: 3,
            once: "k".to_owned(),
        };
        let refused = Self { form: add_form().complaining("words", "These words do not stand in this item."), ..open.clone() };
        let closed = Self { can_decide: false, marks: Vec::new(), open: 0, previous: None, next: None, ..open.clone() };
        vec![open, refused, closed]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_button_says_what_it_decides() {
        let read = |pairs| Choice::read(&sent(pairs));
        assert_eq!(
            read(&[("mark", "2"), ("decision", "withhold")]),
            Some(Choice::Mark { mark: 2, decision: Decision::Withhold, everywhere: false })
        );
        assert_eq!(
            read(&[("mark", "2"), ("decision", "show-everywhere")]),
            Some(Choice::Mark { mark: 2, decision: Decision::Show, everywhere: true })
        );
        assert_eq!(read(&[("decision", "leave-out")]), Some(Choice::Item { included: false }));
        assert_eq!(read(&[("decision", "withhold")]), None, "which mark?");
        assert_eq!(read(&[("decision", "something")]), None);
    }
}
