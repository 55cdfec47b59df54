//! The one way a mark is made, read and saved.

use domain::calendar::When;
use domain::casework::mark::{About, Allowance, Mark, MarkKind, Use, Why, contact_key, phone_key};
use domain::casework::request::{Person, Request};
use domain::ids::{RecordId, UserId};
use domain::people::Actor;
use domain::record::RecordFacts;
use jiff::civil::Date;
use store::{ReadTx, RecordHead, RecordQuery, SaveRecord, SearchToken, WriteTx};

use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;

/// The kind of record in lists.
pub const KIND: &str = "mark";
/// Marks looked at for one name.
const MOST: u64 = 50;

/// Makes a mark for a request, in its transaction. It is found by every name and contact of the
/// person through blind tokens. Those of a suppression belong to nobody, so that they outlive the
/// erasure of the person; nothing else of a suppression tells who it is about.
pub(crate) fn make(app: &App, tx: &mut WriteTx<'_>, request: &Request, kind: MarkKind, by: &UserId) -> Result<RecordId, Error> {
    let year = app.today().year();
    let number = tx.sequence_next(&format!("MARK-{year}"))?;
    let id = RecordId::new(app.ids.fresh());
    let facts = RecordFacts {
        id: id.clone(),
        reference: format!("MARK-{year}-{number:04}"),
        owner: request.facts.owner.clone(),
        assigned: Vec::new(),
        logged_by: by.clone(),
        hold: false,
    };
    let person = request.person.get();
    let about = About {
        name: person.map(|person| person.display_name().to_owned()).unwrap_or_default(),
        by: request.asker(),
        purpose: request.purpose(),
    };
    let mark = Mark::new(facts, kind, request.holds_from(), request.facts.id.clone(), request.channel.key()).about(&request.subject, about);
    save(tx, &mark, 0, "mark-made", &Tokens::of(&mark, request.subject.as_str(), person))?;
    Ok(id)
}

/// What a mark is found by.
struct Tokens {
    subject: Option<String>,
    names: Vec<String>,
    keys: Vec<String>,
}

impl Tokens {
    fn of(mark: &Mark, subject: &str, person: Option<&Person>) -> Self {
        let subject = (!mark.kind.is_suppression()).then(|| subject.to_owned());
        let Some(person) = person else { return Self { subject, names: Vec::new(), keys: Vec::new() } };
        let contacts = person.emails.iter().chain(&person.addresses).chain(&person.references).map(|text| contact_key(text));
        let phones = person.phones.iter().filter_map(|text| phone_key(text));
        Self { subject, names: person.names.clone(), keys: contacts.chain(phones).collect() }
    }

    fn search(&self) -> Vec<SearchToken<'_>> {
        let token = |text| SearchToken { subject: self.subject.as_deref(), text, prefixes: false };
        self.names.iter().chain(&self.keys).map(|text| token(text.as_str())).collect()
    }
}

fn save(tx: &mut WriteTx<'_>, mark: &Mark, expected: u64, verb: &'static str, tokens: &Tokens) -> Result<u64, Error> {
    let body = serde_json::to_value(mark).map_err(|error| Failure::because("writing a mark", error))?;
    let mut search = tokens.search();
    search.push(SearchToken::plain(&mark.facts.reference));
    Ok(tx.record_save(SaveRecord {
        head: RecordHead {
            id: mark.facts.id.to_string(),
            kind: KIND.to_owned(),
            reference: mark.facts.reference.clone(),
            state: mark.state().to_owned(),
            owner: mark.facts.owner.as_ref().map(ToString::to_string),
            due_us: None,
            hold: mark.facts.hold,
        },
        body: &body,
        expected_version: expected,
        verb,
        reason: "marks",
        clocks: &[],
        tokens: &search,
    })?)
}

/// Keeps with a mark that an exception of the law allowed a use. It is found by the same words as before.
pub(super) fn used(app: &App, tx: &mut WriteTx<'_>, actor: &Actor, mark: &Mark, what: (Use, Allowance), reason: &str) -> Result<(), Error> {
    let (request, _) = crate::requests::current(tx, &mark.request)?.ok_or(Error::NotFound)?;
    let (_, version) = load(tx, &mark.facts.id)?.ok_or(Error::NotFound)?;
    let used = mark.clone().used(&request.subject, what, reason, &actor.user, app.today())?;
    save(tx, &used, version, "use-allowed", &Tokens::of(&used, request.subject.as_str(), request.person.get()))?;
    Ok(())
}

/// Saves a lifted mark. It is not found any more: its tokens go.
pub(super) fn save_lifted(tx: &mut WriteTx<'_>, mark: &Mark, expected: u64) -> Result<u64, Error> {
    save(tx, mark, expected, "mark-lifted", &Tokens { subject: None, names: Vec::new(), keys: Vec::new() })
}

/// Lifts the marks that a request made and that `ends` says hold no more, because what they were made
/// for is settled and the person was told on a day, before.
pub(crate) fn lift_settled(
    app: &App,
    tx: &mut WriteTx<'_>,
    request: &Request,
    told_on: Date,
    by: &UserId,
    ends: impl Fn(MarkKind) -> bool,
) -> Result<(), Error> {
    for id in &request.marks {
        if let Some((mark, version)) = load(tx, id)?
            && ends(mark.kind)
            && mark.lifted.is_none()
        {
            let lifted = mark.lift(Why::Settled, Some(told_on), by, app.today())?;
            save_lifted(tx, &lifted, version)?;
        }
    }
    Ok(())
}

/// Whether a request made a mark of this kind that still holds.
pub(crate) fn holds(tx: &mut ReadTx<'_>, request: &Request, kind: MarkKind) -> Result<bool, Error> {
    for id in &request.marks {
        if load(tx, id)?.is_some_and(|(mark, _)| mark.kind == kind && mark.lifted.is_none()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A mark with its version.
pub(super) fn load(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Mark, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let mark = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a mark", error))?;
            Ok((mark, stored.version))
        })
        .transpose()
}

/// The active marks that a typed name or contact leads to, each once. More words than a mark
/// has are no way round it: each two words of a longer name are looked up as well.
pub(super) fn find(tx: &mut ReadTx<'_>, typed: &str) -> Result<Vec<Mark>, Error> {
    let mut found: Vec<Mark> = Vec::new();
    for text in typed.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(lookups) {
        let query = RecordQuery { kind: KIND.to_owned(), states: vec!["active".to_owned()], text, limit: MOST, ..RecordQuery::default() };
        for listed in tx.record_list(&query)? {
            if !found.iter().any(|mark| mark.facts.id.as_str() == listed.head.id)
                && let Some((mark, _)) = load(tx, &RecordId::new(listed.head.id))?
                && mark.lifted.is_none()
            {
                found.push(mark);
            }
        }
    }
    Ok(found)
}

/// What is looked up for one line.
fn lookups(line: &str) -> Vec<String> {
    let mut texts = vec![contact_key(line)];
    texts.extend(phone_key(line));
    if line.contains('@') || line.chars().filter(char::is_ascii_digit).count() > 4 {
        return texts;
    }
    let words: Vec<&str> = line.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).take(6).collect();
    texts.push(words.join(" "));
    if words.len() > 2 {
        for (at, one) in words.iter().enumerate() {
            texts.extend(words.iter().skip(at + 1).filter(|other| one.len() > 1 && other.len() > 1).map(|other| format!("{one} {other}")));
        }
    }
    texts
}

/// Now, as marks compare it.
pub(super) fn now(app: &App) -> When {
    When::Instant(app.clock.now())
}
