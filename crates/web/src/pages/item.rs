//! One item of the review: its text with the marks, and a decision for each mark.

use axum::response::Response;
use domain::RefusalCode;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use serde::Serialize;
use services::App;
use services::requests::reachable;
use services::review::{self, Add, Decide, Filter, Kind, Note, Opened, Progress, ReviewItem, Shown};
use services::sar::Decision;

use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::everywhere;
use crate::pages::passages::{Passage, TextRun, push};
use crate::pages::queue::{filter_of, pairs, query};
use crate::pages::review::band_tag;
use crate::pages::same_words;
use crate::templates::Page;
use crate::words::{Tag, count, moment, time};

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
    passages: Vec<Passage>,
    marks: Vec<Mark>,
    /// Each exemption that a mark names, with its test.
    tests: Vec<(String, &'static str)>,
    /// What goes out of an item that has pages.
    pages: Option<Tag>,
    open: u64,
    form: Form,
    can_decide: bool,
    reviewing: bool,
    /// Who else has it open, until when.
    holder: Option<String>,
    list: String,
    previous: Option<String>,
    following: Option<String>,
    next: Option<String>,
    undo: Option<String>,
    conversation: Option<Conversation>,
    decided: u64,
    total: u64,
    second: Option<Tag>,
    may_ask: bool,
    may_drop: bool,
    may_confirm: bool,
    notes: Vec<NoteLine>,
    hidden: Vec<(&'static str, String)>,
    here: String,
    version: u64,
    once: String,
}

/// The rest of an item's conversation.
#[derive(Debug, Clone, Serialize)]
struct Conversation {
    list: String,
    leave_out: String,
    include: String,
}

/// A note on the item.
#[derive(Debug, Clone, Serialize)]
struct NoteLine {
    text: String,
    who: String,
    when: String,
}

/// `GET /requests/{id}/review/{item}`
pub(crate) async fn show(visit: Visit, At((id, index)): At<(String, u64)>, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let filter = filter_of(&asked);
    let page = visit.state.run(move |app| load(app, &actor, &RecordId::new(id), index, &filter)).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/review/{item}`: decides on one mark, on all that are open, or on
/// the item itself.
pub(crate) async fn decide(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let list = format!("/requests/{id}/review");
    let Some(choice) = Choice::read(&sent) else {
        // Only somebody who may work on the request learns that a button was missing.
        visit.state.run(move |app| reachable(app, &actor, &RecordId::new(id), Verb::RequestWork)).await?;
        return Err(Problem::Unreadable);
    };
    let filter = filter_of(&sent);
    if let Choice::Alike { mark, decision, told: None } = choice {
        let version = sent.text("version").parse().unwrap_or(0);
        let mut page = visit.state.run(move |app| everywhere::ask(app, &actor, &id, (index, version, mark), decision, &filter)).await?;
        if same_words::is_from(&sent) {
            same_words::lead_back(&mut page, list);
        }
        return visit.page(&page);
    }
    // One page holds many buttons with the same key: what was chosen is part of it.
    let key = key.one_of(&format!("{choice:?}"));
    let work = async {
        let version = sent.text("version").parse().unwrap_or(0);
        let wanted = filter.clone();
        let next = visit
            .state
            .run(move |app| {
                let id = RecordId::new(id);
                let left = choice.perform(app, &actor, &id, index, version)?;
                if left == 0 && choice.goes_on() { review::next(app, &actor, &id, Some(index), &wanted) } else { Ok(None) }
            })
            .await?;
        if same_words::is_from(&sent) {
            return Ok(Outcome::Done(format!("{list}/words?done=decided-everywhere")));
        }
        let done: Vec<(&str, String)> = choice.notice().map(|notice| ("done", notice.to_owned())).into_iter().collect();
        Ok(Outcome::Done(match next {
            Some(next) => format!("{list}/{next}{}", query(&filter, &[])),
            None => format!("{list}/{index}{}#decisions", query(&filter, &done)),
        }))
    };
    visit.state.once.run(&user, &key, work).await
}

/// `POST /requests/{id}/review/{item}/note`
pub(crate) async fn note(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once().one_of("note"));
    let address = format!("/requests/{id}/review/{index}{}", query(&filter_of(&sent), &[("done", "noted".to_owned())]));
    let text = sent.text("note").to_owned();
    let work = async {
        visit.state.run(move |app| review::add_note(app, &actor, &RecordId::new(id), index, &text)).await?;
        Ok(Outcome::Done(address))
    };
    visit.state.once.run(&user, &key, work).await
}

/// `POST /requests/{id}/review/{item}/take-over`
pub(crate) async fn take(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once().one_of("take"));
    let address = format!("/requests/{id}/review/{index}{}", query(&filter_of(&sent), &[("done", "taken-over".to_owned())]));
    let work = async {
        visit.state.run(move |app| review::take_over(app, &actor, &RecordId::new(id), index)).await?;
        Ok(Outcome::Done(address))
    };
    visit.state.once.run(&user, &key, work).await
}

/// `POST /requests/{id}/review/{item}/add`: withholds words that a person names.
pub(crate) async fn add(visit: Visit, At((id, index)): At<(String, u64)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let address = format!("/requests/{id}/review/{index}{}", query(&filter_of(&sent), &[("done", "added".to_owned())]));
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
    Mark {
        mark: usize,
        decision: Decision,
    },
    /// The same words in every item; in how many places, once the person was told.
    Alike {
        mark: usize,
        decision: Decision,
        told: Option<u64>,
    },
    Rest {
        decision: Decision,
    },
    Item {
        included: bool,
    },
    SecondLook {
        wanted: bool,
    },
    Confirm,
}

impl Choice {
    fn read(sent: &Sent) -> Option<Self> {
        let mark = |decision| sent.text("mark").parse().ok().map(|mark| Self::Mark { mark, decision });
        let told = sent.text(everywhere::TOLD).parse().ok();
        let alike = |decision| sent.text("mark").parse().ok().map(|mark| Self::Alike { mark, decision, told });
        match sent.text("decision") {
            "withhold" => mark(Decision::Withhold),
            "show" => mark(Decision::Show),
            "withhold-everywhere" => alike(Decision::Withhold),
            "show-everywhere" => alike(Decision::Show),
            "withhold-rest" => Some(Self::Rest { decision: Decision::Withhold }),
            "show-rest" => Some(Self::Rest { decision: Decision::Show }),
            "include" => Some(Self::Item { included: true }),
            "leave-out" => Some(Self::Item { included: false }),
            "second-look" => Some(Self::SecondLook { wanted: true }),
            "no-second-look" => Some(Self::SecondLook { wanted: false }),
            "confirm" => Some(Self::Confirm),
            _ => None,
        }
    }

    /// After a decision on the whole item the next one comes up, once nothing is left in it.
    const fn goes_on(self) -> bool {
        matches!(self, Self::Rest { .. } | Self::Item { .. } | Self::Confirm)
    }

    const fn notice(self) -> Option<&'static str> {
        match self {
            Self::SecondLook { wanted: true } => Some("second-asked"),
            Self::SecondLook { wanted: false } => Some("second-dropped"),
            Self::Confirm => Some("second-confirmed"),
            Self::Mark { .. } | Self::Alike { .. } | Self::Rest { .. } | Self::Item { .. } => None,
        }
    }

    /// Does it. Returns how many decisions are left in the item.
    fn perform(self, app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64) -> Result<u64, services::Error> {
        let decide = |decide: &Decide| review::decide(app, actor, id, index, version, decide);
        match self {
            Self::Mark { mark, decision } => decide(&Decide { proposal: Some(mark), decision, everywhere: None }),
            Self::Alike { mark, decision, told } => decide(&Decide { proposal: Some(mark), decision, everywhere: Some(told.unwrap_or(0)) }),
            Self::Rest { decision } => decide(&Decide { proposal: None, decision, everywhere: None }),
            Self::Item { included } => review::include(app, actor, id, index, version, included),
            Self::SecondLook { wanted } => review::ask_second_look(app, actor, id, index, version, wanted).map(|()| 0),
            Self::Confirm => review::confirm(app, actor, id, index, version).map(|()| 0),
        }
    }
}

/// Adds the words; `Some` page when the form was refused.
fn attempt_add(app: &App, actor: &Actor, id: &RecordId, index: u64, sent: &Sent) -> Result<Option<Item>, services::Error> {
    let mut page = load(app, actor, id, index, &filter_of(sent))?;
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

fn load(app: &App, actor: &Actor, id: &RecordId, index: u64, filter: &Filter) -> Result<Item, services::Error> {
    let opened = review::open(app, actor, id, index)?;
    Ok(page(opened, actor, id, filter))
}

/// The page of an opened item.
fn page(opened: Opened, actor: &Actor, id: &RecordId, filter: &Filter) -> Item {
    let list = format!("/requests/{id}/review");
    let index = opened.item.index;
    let at = |index: u64| format!("{list}/{index}{}", query(filter, &[]));
    let second = opened.item.second.clone();
    let asked = second.as_ref().is_some_and(|second| second.confirmed_by.is_none());
    let mine = second.as_ref().is_some_and(|second| second.asked_by == actor.user);
    let conversation = opened.thread.map(|thread| {
        let of = |what: &str| {
            let filter = Filter { thread: Some(thread), ..Filter::default() };
            let more: Vec<(&str, String)> =
                Some(what).filter(|what| !what.is_empty()).map(|what| ("what", what.to_owned())).into_iter().collect();
            query(&filter, &more)
        };
        let bulk = |what: &str| format!("{list}/bulk{}", of(what));
        Conversation { list: format!("{list}{}", of("")), leave_out: bulk("leave-out"), include: bulk("include") }
    });
    Item {
        can_decide: opened.can_decide,
        reviewing: opened.reviewing,
        holder: opened.holder.map(|holder| format!("{} has this item open until {}.", holder.name, time(holder.until))),
        previous: opened.previous.map(at),
        following: opened.following.map(at),
        next: Some(format!("{list}/next{}", query(filter, &[("after", index.to_string())]))).filter(|_| opened.reviewing),
        undo: opened.last_act.map(|_| format!("{list}/undo")),
        conversation,
        decided: opened.progress.decided,
        total: opened.progress.items,
        second: second.map(|second| match second.confirmed_by {
            None => Tag::new("Needs a second look", "yellow"),
            Some(_) => Tag::new("Seen by two people", "green"),
        }),
        may_ask: opened.can_decide && !asked,
        may_drop: opened.can_decide && asked && mine,
        may_confirm: opened.can_decide && opened.may_confirm && opened.item.open == 0,
        notes: opened.notes.into_iter().map(note_line).collect(),
        hidden: pairs(filter),
        here: format!("{list}/{index}"),
        list: format!("{list}{}", query(filter, &[])),
        once: once::fresh(),
        ..text(opened.item, opened.reference)
    }
}

fn note_line(note: Note) -> NoteLine {
    NoteLine { text: note.text, who: note.who, when: moment(note.at) }
}

/// The text of an item with its marks.
fn text(item: ReviewItem, reference: String) -> Item {
    let mut passages = Vec::new();
    let mut marks = Vec::new();
    let mut tests: Vec<(String, &'static str)> = Vec::new();
    for piece in item.pieces {
        let (mark, number) = match piece.shown {
            Shown::Text => ("", 0),
            Shown::Person { .. } => ("subject", 0),
            Shown::Proposal { index, kind, why, exemption, test, suggested, decided, .. } => {
                if let Some(test) = test.filter(|_| !tests.iter().any(|(known, _)| *known == exemption)) {
                    tests.push((exemption.clone(), test));
                }
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
        push(&mut passages, TextRun { text: piece.text, mark, number }, piece.stands_in);
    }
    let band = serde_json::to_value(item.band).ok().and_then(|band| band.as_str().map(str::to_lowercase)).unwrap_or_default();
    Item {
        reference,
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
        passages,
        marks,
        tests,
        pages: item.pages.map(|said| match said.agreed {
            Some(_) => Tag::new("Agreed on; compared when the pack is made", "green"),
            None if said.text => Tag::new("The text goes out", "grey"),
            None => Tag::new("Nobody has agreed on them yet", "grey"),
        }),
        open: item.open,
        form: add_form(),
        can_decide: false,
        reviewing: false,
        holder: None,
        version: item.version,
        list: String::new(),
        previous: None,
        following: None,
        next: None,
        undo: None,
        conversation: None,
        decided: 0,
        total: 0,
        second: None,
        may_ask: false,
        may_drop: false,
        may_confirm: false,
        notes: Vec::new(),
        hidden: Vec::new(),
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
        let piece = |text: &str, shown| review::Piece { text: text.to_owned(), shown, stands_in: None };
        let plain = |text: &str| piece(text, Shown::Text);
        let proposal = |index: usize, text: &str, suggested, decided| {
            let shown = Shown::Proposal {
                index,
                kind: "name of another person".to_owned(),
                why: "wrote or received this message".to_owned(),
                exemption: "Data Protection Act 2018, Schedule 2, paragraph 16".to_owned(),
                test: Some("Show it if that person has agreed, or if it is reasonable without."),
                suggested,
                decided,
                by_hand: false,
            };
            piece(text, shown)
        };
        let (withhold, show) = (Decision::Withhold, Decision::Show);
        let item = ReviewItem {
            pages: Some(services::sar::PagesSaid::default()),
            index: 1,
            version: 3,
            title: "Re: timetable for the spring term".to_owned(),
            place: "office mailbox".to_owned(),
            locator: "office mailbox: inbox/cur/17.eml".to_owned(),
            band: review::Band::Certain,
            reasons: vec!["full name".to_owned(), "e-mail address".to_owned()],
            included: Some(true),
            pieces: vec![
                plain("From: "),
                piece("Amelia Hart", Shown::Person { why: "full name".to_owned() }),
                plain("\nTo: "),
                proposal(0, "Owen Price", withhold, Some(withhold)),
                plain("\n\nHi, I met "),
                proposal(1, "Nadia Shah", withhold, None),
                plain(" in "),
                proposal(2, "Leeds", withhold, Some(show)),
                plain(" on Tuesday.\nAsk "),
                proposal(3, "Sam Reed", show, None),
                plain("."),
                review::Piece { stands_in: Some(0), ..plain("\n> See you at the station.\n") },
            ],
            proposals: 4,
            open: 2,
            second: None,
        };
        let at = jiff::Timestamp::from_second(1_795_340_000).unwrap_or_default();
        let opened = Opened {
            item: item.clone(),
            reference: "SAR-2026-0007".to_owned(),
            can_decide: true,
            reviewing: true,
            holder: None,
            previous: Some(0),
            following: Some(2),
            progress: Progress { decided: 1_204, items: 4_150 },
            thread: Some(0),
            notes: vec![Note { who: "Nadia Shah".to_owned(), at, text: "Is Owen a colleague?".to_owned() }],
            may_confirm: false,
            last_act: Some("decide".to_owned()),
        };
        let me = Actor {
            user: domain::ids::UserId::new("u1"),
            name: "Sam Reed".to_owned(),
            roles: Vec::new(),
            standing: domain::people::Standing::Active,
        };
        let sample = |opened: Opened| page(opened, &me, &RecordId::new("x"), &Filter::default());
        let second = |asked: &str, confirmed: Option<&str>| {
            let user = |id: &str| domain::ids::UserId::new(id);
            Some(review::SecondLook { asked_by: user(asked), confirmed_by: confirmed.map(user) })
        };
        let refused = {
            let page = sample(opened.clone());
            Self { form: add_form().complaining("words", "These words do not stand in this item."), ..page }
        };
        let holder = Some(review::Holder { name: "Nadia Shah".to_owned(), until: at });
        let held = sample(Opened { can_decide: false, holder, ..opened.clone() });
        let decided = ReviewItem { open: 0, second: second("u2", None), ..item.clone() };
        let to_confirm = sample(Opened { item: decided, may_confirm: true, ..opened.clone() });
        let mine = sample(Opened { item: ReviewItem { second: second("u1", None), ..item.clone() }, ..opened.clone() });
        let bare = ReviewItem { pieces: vec![plain("Nothing to mark.")], open: 0, second: second("u1", Some("u2")), ..item };
        let closed = sample(Opened {
            item: bare,
            can_decide: false,
            reviewing: false,
            previous: None,
            following: None,
            thread: None,
            notes: Vec::new(),
            last_act: None,
            ..opened.clone()
        });
        vec![sample(opened), refused, held, to_confirm, mine, closed]
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
        assert_eq!(read(&[("mark", "2"), ("decision", "withhold")]), Some(Choice::Mark { mark: 2, decision: Decision::Withhold }));
        assert_eq!(
            read(&[("mark", "2"), ("decision", "show-everywhere")]),
            Some(Choice::Alike { mark: 2, decision: Decision::Show, told: None })
        );
        assert_eq!(read(&[("decision", "leave-out")]), Some(Choice::Item { included: false }));
        assert_eq!(read(&[("decision", "show-rest")]), Some(Choice::Rest { decision: Decision::Show }));
        assert_eq!(read(&[("decision", "confirm")]), Some(Choice::Confirm));
        assert_eq!(read(&[("decision", "withhold")]), None, "which mark?");
        assert_eq!(read(&[("decision", "something")]), None);
    }
}
