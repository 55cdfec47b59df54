//! Searches by hand: tasks for named people, and what came of them. Their results become what the reply says about
//! where was looked and where not. A searcher sees the place, the words and the day: never who asked, for whom, or why.

use std::collections::BTreeMap;

use domain::casework::request::{Request, Search, Stage};
use domain::casework::search_task::{Found, Medium, SearchTask};
use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Relation, Verb, may, require};
use domain::personal::Personal;
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{Order, ReadTx, RecordHead, RecordQuery, SaveRecord, WriteTx};

use super::found::{FoundFiles, keep, prepare};
use super::save::load;
use crate::accounts::display_name;
use crate::app::{App, end_of_day_us};
use crate::error::Error;
use crate::ports::Failure;

/// The kind of record in lists.
pub(crate) const SEARCH_KIND: &str = "search-task";
/// Searches by hand of one request at most.
const MOST: u32 = 200;

/// A search by hand as it is planned.
#[derive(Debug, Clone)]
pub struct SearchForm {
    /// The place.
    pub place: String,
    /// What kind of place.
    pub medium: Medium,
    /// Who searches.
    pub who: UserId,
    /// By when; the last working day before the answer is due when `None`.
    pub by: Option<Date>,
    /// What to look for, a line each; the names and references of the request when empty.
    pub terms: Vec<String>,
}

/// One search by hand in lists.
#[derive(Debug, Clone)]
pub struct SearchRow {
    /// The task.
    pub task: SearchTask,
    /// Its version, sent back with a result.
    pub version: u64,
    /// Display name of who searches.
    pub who: String,
    /// Whether the reader may record what came of it.
    pub may_do: bool,
}

/// The search plan of a request.
#[derive(Debug, Clone)]
pub struct SearchPlan {
    /// Reference of the request.
    pub reference: String,
    /// The places that the program searches, with whether it has.
    pub places: Vec<(String, bool)>,
    /// Places that were not searched, and why.
    pub not_searched: Vec<String>,
    /// The searches by hand.
    pub by_hand: Vec<SearchRow>,
    /// Whether one can be added now.
    pub may_add: bool,
    /// To whom a search can be given: account and name.
    pub people: Vec<(UserId, String)>,
    /// What would be looked for.
    pub terms: Vec<String>,
    /// The day suggested.
    pub by: Option<Date>,
}

/// The search plan of a request.
///
/// # Errors
/// Not found when the request is not theirs to work on.
pub fn search_plan(app: &App, actor: &Actor, id: &RecordId) -> Result<SearchPlan, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let request = load(tx, actor, id, Verb::RequestWork)?.request;
        tx.log_read(id.as_str(), "search-plan", "casework")?;
        let search = request.search.clone().unwrap_or_default();
        let by_hand = tasks_of(tx, id)?;
        let hand_places: Vec<&str> = by_hand.iter().map(|(task, _)| task.place.as_str()).collect();
        let places =
            app.places.iter().map(|(name, _)| (name.clone(), search.places.contains(name) && !hand_places.contains(&name.as_str())));
        Ok(SearchPlan {
            places: places.collect(),
            not_searched: search.not_searched,
            may_add: matches!(request.stage, Stage::Open | Stage::Review),
            people: searchers(tx)?,
            terms: terms(&request),
            by: default_day(app, tx, &request)?,
            by_hand: rows(tx, actor, by_hand)?,
            reference: request.facts.reference,
        })
    })
}

/// Plans a search by hand and gives it to somebody.
///
/// # Errors
/// `FORM-001` without a place, a searcher with an account or anything to look for, or for a day that is gone;
/// `REQ-004` when the review is finished.
pub fn plan_search(app: &App, actor: &Actor, id: &RecordId, form: &SearchForm) -> Result<RecordId, Error> {
    let today = app.today();
    app.store.write(&app.origin(actor), |tx| {
        let request = load(tx, actor, id, Verb::RequestWork)?.request;
        let refused = |detail: &str| Error::from(Refusal::new(RefusalCode::ValueInvalid, detail));
        if !matches!(request.stage, Stage::Open | Stage::Review) {
            return Err(Refusal::new(RefusalCode::WrongState, "Searches are planned before the review is finished.").into());
        }
        let place = form.place.trim();
        let words = if form.terms.is_empty() { terms(&request) } else { form.terms.clone() };
        if place.is_empty() || words.is_empty() {
            return Err(refused("Name the place and what to look for."));
        }
        if !searchers(tx)?.iter().any(|(user, _)| *user == form.who) {
            return Err(refused("Choose somebody with an account."));
        }
        let by = form.by.or(default_day(app, tx, &request)?).unwrap_or(today);
        if form.by.is_some_and(|by| by < today) {
            return Err(refused("This day is gone."));
        }
        let number = u32::try_from(tasks_of(tx, id)?.len()).unwrap_or(MOST) + 1;
        if number > MOST {
            return Err(refused("There are too many searches by hand."));
        }
        let task = SearchTask {
            facts: RecordFacts {
                id: task_id(id, number),
                reference: format!("{}/{number}", request.facts.reference),
                owner: Some(form.who.clone()),
                assigned: Vec::new(),
                logged_by: actor.user.clone(),
                hold: false,
            },
            request: id.clone(),
            terms: Personal::known(&request.subject, words),
            subject: request.subject,
            place: place.to_owned(),
            medium: form.medium,
            by,
            result: None,
        };
        save(tx, &task, 0, "plan-search")?;
        Ok(task.facts.id)
    })
}

/// One search by hand: for who searches, and for the lead. Looking is logged.
///
/// # Errors
/// Not found when it is somebody else's.
pub fn search_task(app: &App, actor: &Actor, id: &RecordId) -> Result<SearchRow, Error> {
    app.store.write(&app.origin(actor), |tx| {
        let (task, version) = load_task(tx, actor, id, Verb::SearchSee)?;
        tx.log_read(id.as_str(), "search-task", "casework")?;
        rows(tx, actor, vec![(task, version)])?.pop().ok_or(Error::NotFound)
    })
}

/// The searches that the actor is asked to make and has not made, the earliest first.
pub fn my_searches(app: &App, actor: &Actor) -> Result<Vec<SearchRow>, Error> {
    require(actor, Verb::SearchSee, Relation::None)?;
    app.store.read(|tx| {
        let query = RecordQuery {
            kind: SEARCH_KIND.to_owned(),
            states: vec!["open".to_owned()],
            owner: Some(actor.user.to_string()),
            order: Order::DueFirst,
            limit: 100,
            ..RecordQuery::default()
        };
        let mut found = Vec::new();
        for listed in tx.record_list(&query)? {
            found.extend(get(tx, &RecordId::new(listed.head.id))?);
        }
        rows(tx, actor, found)
    })
}

/// Records what came of a search by hand. The place, or why it was not searched, goes into the reply; scans and
/// copies go into the review. Who searches sees neither.
///
/// # Errors
/// `REQ-002` when it was not searched and no reason is given; `REQ-004` when it is recorded already, or files come
/// while the program searches or after the review; `AUTH-002` when it was changed meanwhile.
pub fn finish_search(app: &App, actor: &Actor, id: &RecordId, version: u64, found: FoundForm) -> Result<(), Error> {
    let today = app.today();
    let ready = match &found {
        FoundForm::Items { files, .. } if !files.is_empty() => {
            let (task, _) = app.store.read(|tx| load_task(tx, actor, id, Verb::SearchDo))?;
            Some(prepare(app, &task.request, FoundFiles { place: task.place, files: files.clone() })?)
        }
        _ => None,
    };
    app.store.write(&app.origin(actor), |tx| {
        let (task, at) = load_task(tx, actor, id, Verb::SearchDo)?;
        if at != version {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let found = match &found {
            FoundForm::Items { number, .. } => Found::Items { number: *number },
            FoundForm::Nothing => Found::Nothing,
            FoundForm::NotSearched(why) => Found::NotSearched { why: Personal::known(&task.subject, why.trim().to_owned()) },
        };
        let task = task.finish(actor.user.clone(), today, found)?;
        save(tx, &task, version, "finish-search")?;
        if let Some((mut request, at)) = super::save::current(tx, &task.request)? {
            let mut search = request.search.take().unwrap_or_default();
            note(&mut search, &task);
            request.search = Some(search);
            if let Some(ready) = &ready {
                request = keep(app, tx, request, ready)?;
            }
            app.request_save(tx, &request, at, "searched-by-hand")?;
        }
        Ok(())
    })
}

/// What somebody says came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundForm {
    /// So much.
    Items {
        /// How many items.
        number: u32,
        /// Scans or copies of them, as far as there are: names and contents.
        files: Vec<(String, Vec<u8>)>,
    },
    /// Nothing.
    Nothing,
    /// It was not searched, and why.
    NotSearched(String),
}

/// Adds the results of searches by hand to a search of the program that begins anew.
pub(super) fn carry_over(tx: &mut ReadTx<'_>, id: &RecordId, search: &mut Search) -> Result<(), Error> {
    for (task, _) in tasks_of(tx, id)?.iter().filter(|(task, _)| task.result.is_some()) {
        note(search, task);
    }
    Ok(())
}

/// How many searches by hand are still to be made.
pub(super) fn open_searches(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<usize, Error> {
    Ok(tasks_of(tx, id)?.iter().filter(|(task, _)| task.result.is_none()).count())
}

/// The line about a search by hand in what the reply says.
fn note(search: &mut Search, task: &SearchTask) {
    let (list, line) = match task.result.as_ref().map(|result| &result.found) {
        Some(Found::Items { .. } | Found::Nothing) => (&mut search.places, task.place.clone()),
        Some(Found::NotSearched { why }) => (&mut search.not_searched, format!("{}: {}", task.place, why.shown())),
        None => return,
    };
    if !list.contains(&line) {
        list.push(line);
    }
}

fn task_id(request: &RecordId, number: u32) -> RecordId {
    RecordId::new(format!("{request}.search.{number}"))
}

fn tasks_of(tx: &mut ReadTx<'_>, request: &RecordId) -> Result<Vec<(SearchTask, u64)>, Error> {
    let mut tasks = Vec::new();
    for number in 1..=MOST {
        match get(tx, &task_id(request, number))? {
            Some(found) => tasks.push(found),
            None => break,
        }
    }
    Ok(tasks)
}

fn get(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(SearchTask, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == SEARCH_KIND && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let task = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a search by hand", error))?;
            Ok((task, stored.version))
        })
        .transpose()
}

fn load_task(tx: &mut ReadTx<'_>, actor: &Actor, id: &RecordId, verb: Verb) -> Result<(SearchTask, u64), Error> {
    let (task, version) = get(tx, id)?.ok_or(Error::NotFound)?;
    require(actor, verb, task.facts.relation(actor)).map_err(|_| Error::NotFound)?;
    Ok((task, version))
}

fn save(tx: &mut WriteTx<'_>, task: &SearchTask, expected: u64, verb: &'static str) -> Result<u64, Error> {
    let body = serde_json::to_value(task).map_err(|error| Failure::because("writing a search by hand", error))?;
    Ok(tx.record_save(SaveRecord {
        head: RecordHead {
            id: task.facts.id.to_string(),
            kind: SEARCH_KIND.to_owned(),
            reference: task.facts.reference.clone(),
            state: task.state().to_owned(),
            owner: task.facts.owner.as_ref().map(ToString::to_string),
            due_us: if task.result.is_none() { Some(end_of_day_us(task.by)) } else { None },
            hold: task.facts.hold,
        },
        body: &body,
        expected_version: expected,
        verb,
        reason: "casework",
        clocks: &[],
        tokens: &[],
    })?)
}

fn rows(tx: &mut ReadTx<'_>, actor: &Actor, tasks: Vec<(SearchTask, u64)>) -> Result<Vec<SearchRow>, Error> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut rows = Vec::new();
    for (task, version) in tasks {
        let owner = task.facts.owner.as_ref().map(ToString::to_string).unwrap_or_default();
        if !names.contains_key(&owner) {
            names.insert(owner.clone(), display_name(tx, &owner)?.unwrap_or_default());
        }
        rows.push(SearchRow {
            who: names.get(&owner).cloned().unwrap_or_default(),
            may_do: task.result.is_none() && may(actor, Verb::SearchDo, task.facts.relation(actor)),
            task,
            version,
        });
    }
    Ok(rows)
}

/// Everybody with an active account: a search can be given to any of them.
fn searchers(tx: &mut ReadTx<'_>) -> Result<Vec<(UserId, String)>, Error> {
    let (mut people, mut after) = (Vec::new(), String::new());
    loop {
        let users = tx.user_list(&after, 100)?;
        let Some(last) = users.last() else { return Ok(people) };
        after.clone_from(&last.id);
        let active = users.iter().filter(|user| user.state == "active");
        people.extend(active.map(|user| (UserId::new(user.id.clone()), crate::accounts::display_name_of(user))));
    }
}

/// What is looked for: what the person is known by.
fn terms(request: &Request) -> Vec<String> {
    let person = request.person.get();
    person.map(|p| p.names.iter().chain(&p.emails).chain(&p.phones).chain(&p.references).cloned().collect()).unwrap_or_default()
}

/// The last working day before the answer is due.
fn default_day(app: &App, tx: &mut ReadTx<'_>, request: &Request) -> Result<Option<Date>, Error> {
    let due = app.request_deadline(tx, request, app.today())?.due.map(domain::calendar::When::date);
    Ok(due.map(|due| app.calendar.last_working_day_before(request.division, due).max(app.today())))
}
