//! The one way a decision is saved: with the marks it makes, in one transaction.

use domain::calendar::{Facts, When};
use domain::casework::mark::MarkKind;
use domain::casework::request::{ActionKind, NewAction, Person, Request};
use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Verb};
use domain::policy::Policy;
use domain::rights::RequestKind;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{ReadTx, RecordQuery, WriteTx};

use super::super::list::LIVE;
use super::super::save::{KIND, NewFile, current, load};
use crate::app::App;
use crate::error::Error;
use crate::marks;

/// What a rule gets beside the request.
pub(in crate::requests) struct Around {
    /// Today.
    pub(in crate::requests) today: Date,
    /// The same person waits for the answer to an access request.
    pub(super) access_open: bool,
    /// The day by which what follows has to be done: the end of the time itself, which never
    /// moves to a working day.
    pub(super) by: Option<Date>,
}

impl App {
    /// Changes a request by a rule, and makes and lifts the marks that the change asks for. Files
    /// are made before the transaction.
    pub(in crate::requests) fn rights_change(
        &self,
        actor: &Actor,
        at: (&RecordId, u64),
        verb: Verb,
        name: &'static str,
        rule: impl Fn(Request, &Around) -> Result<(Request, Vec<NewFile>), Error>,
    ) -> Result<u64, Error> {
        let (id, expected) = at;
        let (before, around) = self.store.read(|tx| {
            let loaded = load(tx, actor, id, verb)?;
            if loaded.version != expected {
                return Err(Error::from(Refusal::new(RefusalCode::Conflict, "")));
            }
            let deadline = self.request_deadline(tx, &loaded.request, self.today())?;
            let access_open = access_open(tx, &loaded.request)?;
            let by = deadline.nominal.or(deadline.due).map(When::date);
            Ok((loaded.request, Around { today: self.today(), access_open, by }))
        })?;
        let (mut after, files) = rule(before.clone(), &around)?;
        self.store.write(&self.origin(actor), |tx| {
            // A decision that was sent back and made again keeps the mark it made first.
            if before.decided.is_none()
                && let Some(kind) = after.mark_on_decision()
                && !marks::holds(tx, &after, kind)?
            {
                after.marks.push(marks::make(self, tx, &after, kind, &actor.user)?);
            }
            if before.stage.is_live() {
                marks::lift_settled(self, tx, &after, self.today(), &actor.user, |kind| after.ends_with_letter(kind))?;
            }
            for told_on in lifted_on(&before, &after) {
                let restricts = |kind| matches!(kind, MarkKind::Restricted | MarkKind::Objected);
                marks::lift_settled(self, tx, &after, told_on, &actor.user, restricts)?;
            }
            let version = self.request_save(tx, &after, expected, name)?;
            for file in &files {
                self.file_put(tx, &after, file)?;
            }
            Ok(version)
        })
    }
}

/// The days on which the person was told, of the restrictions whose end is recorded now.
fn lifted_on(before: &Request, after: &Request) -> Vec<Date> {
    let done_before = |number: u32| before.actions.iter().any(|action| action.number == number && action.done.is_some());
    let lifts = after.actions.iter().filter(|action| action.kind == ActionKind::Lift && !done_before(action.number));
    lifts.filter_map(|action| action.done.as_ref()).map(|done| done.on.date()).collect()
}

/// What a request brings with it the moment it is recorded: a mark that holds since it came, and
/// what has to be done at once.
pub(crate) fn on_receipt(app: &App, tx: &mut WriteTx<'_>, request: Request, policy: &Policy, by: &UserId) -> Result<Request, Error> {
    let mut request = request;
    if let Some(kind) = request.mark_on_receipt() {
        let mark = marks::make(app, tx, &request, kind, by)?;
        request.marks.push(mark);
    }
    let action = match request.kind {
        RequestKind::Marketing => Some(NewAction {
            kind: ActionKind::Stop,
            what: "Take the person off every list that marketing is sent from".to_owned(),
            who: String::new(),
            due: rule_day(app, policy, "direct-marketing-stop", &request, false)?,
        }),
        RequestKind::Rectification => policy.rights().same_day_word(&request.words.shown()).map(|word| NewAction {
            kind: ActionKind::Correct,
            what: format!("Check and put right today, because care depends on it: {word}"),
            who: String::new(),
            due: Some(request.received_on),
        }),
        _ => None,
    };
    let logged = request.logged_on;
    match action {
        Some(action) => Ok(request.open_action(&action, logged)?),
        None => Ok(request),
    }
}

/// The day a rule of the policy gives for a request: its due day, or with `late` the day after
/// which it is reported as late.
pub(super) fn rule_day(app: &App, policy: &Policy, rule: &str, request: &Request, late: bool) -> Result<Option<Date>, Error> {
    let facts = Facts::new(When::Date(request.received_on), request.division);
    let deadline = policy.rule(rule)?.evaluate(&facts, &app.calendar)?;
    Ok(deadline.late_after.filter(|_| late).or_else(|| deadline.due.map(When::date)))
}

/// Whether the same person waits for the answer to an access request (DPA 2018 section 173).
pub(super) fn access_open(tx: &mut ReadTx<'_>, request: &Request) -> Result<bool, Error> {
    for id in &request.linked {
        if current(tx, id)?.is_some_and(|(linked, _)| linked.is_open_access()) {
            return Ok(true);
        }
    }
    let Some(person) = request.person.get() else { return Ok(false) };
    for text in person.names.iter().chain(&person.emails).chain(&person.references) {
        let query = RecordQuery {
            kind: KIND.to_owned(),
            states: LIVE.map(str::to_owned).to_vec(),
            text: text.clone(),
            limit: 100,
            ..RecordQuery::default()
        };
        for listed in tx.record_list(&query)? {
            if listed.head.id != request.facts.id.as_str()
                && let Some((other, _)) = current(tx, &RecordId::new(listed.head.id))?
                && other.is_open_access()
                && other.person.get().is_some_and(|other| same_person(person, other))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether two requests are about one person: a contact or reference is the same, or the name is
/// and nothing says otherwise.
fn same_person(one: &Person, other: &Person) -> bool {
    let shares = |a: &[String], b: &[String]| a.iter().any(|x| b.iter().any(|y| folded(x) == folded(y)));
    if shares(&one.emails, &other.emails) || shares(&one.references, &other.references) || shares(&one.phones, &other.phones) {
        return true;
    }
    let born_apart = !one.born.is_empty() && !other.born.is_empty() && !one.born.iter().any(|born| other.born.contains(born));
    shares(&one.names, &other.names) && !born_apart
}

fn folded(text: &str) -> String {
    let mut words: Vec<String> =
        text.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort();
    words.join(" ")
}
