//! The main job in one go, without a database: a request mail and places in, a reply
//! and a pack out (`probity sar run`).

use std::collections::BTreeMap;
use std::time::Instant;

use domain::calendar::{Calendar, Deadline, Division, Right};
use domain::casework::request::{Behalf, Channel, Intake, Person, Request};
use domain::ids::{RecordId, SubjectId, UserId};
use domain::letters::{ReplyFacts, reply};
use domain::policy::Policy;
use domain::record::RecordFacts;
use domain::{Refusal, RefusalCode};
use finder::identity::{Band, Identity, Matcher};
use finder::plan::{DirectoryEntry, PlanContext, Role};
use jiff::civil::Date;

use super::burn::{Burnt, PackHead, burn, close_gaps};
use super::draft::{DraftItem, draft};
use super::elsewhere::of_items;
use super::ledger::{Edition, Memory};
use super::pages::{Readers, pages_kept};
use super::report::{Report, RequestRead, Summary, items};
use super::scan::{Earlier, Keeping, Place, Progress, Scan, Terms, scan_on};
use crate::error::Error;
use crate::intake::{OwnDetail, RequestMail, read_request_mail};
use crate::ports::{Extractor, Press};

/// What the job needs from outside.
pub struct Tools<'a> {
    /// The organisation's policy.
    pub policy: &'a Policy,
    /// Bank holidays.
    pub calendar: &'a Calendar,
    /// Bytes to text.
    pub extractor: &'a dyn Extractor,
    /// Text to PDF.
    pub press: &'a dyn Press,
}

/// What to do.
pub struct Order<'a> {
    /// The request mail.
    pub mail: &'a [u8],
    /// Where to look.
    pub places: &'a [Place],
    /// More about the person than the mail says.
    pub more: Identity,
    /// The day of receipt, when the mail's headers do not say it.
    pub received_on: Option<Date>,
    /// The day the answer is made.
    pub today: Date,
    /// `today` was given by hand: then it must not lie before the receipt.
    pub today_given: bool,
    /// Opens what an earlier run of this search noted.
    pub memory: Option<&'a OpenMemory<'a>>,
}

/// Opens the notes of a search, which is known by its edition.
pub type OpenMemory<'a> = dyn Fn(Edition) -> Result<Box<dyn Memory>, Error> + 'a;

/// A request read and searched, with proposals; nothing burnt yet.
pub struct Prepared {
    /// The record of search and every proposal.
    pub report: Report,
    drafts: Vec<DraftItem>,
    request: Request,
    today: Date,
    places: Vec<String>,
    notes: Vec<String>,
    /// What an earlier run of this search was good for.
    pub earlier: Earlier,
}

/// The finished job.
pub struct Finished {
    /// The reply letter.
    pub reply_pdf: Vec<u8>,
    /// The pack.
    pub pack: Burnt,
}

/// Reads the request, computes the date, scans, drafts.
///
/// # Errors
/// `REQ-001` no request; `DATE-004` no day of receipt; `FIND-001` nobody to look for;
/// `FIND-002` a place that cannot be read; failures of the tools.
pub fn prepare(tools: &Tools<'_>, order: &Order<'_>, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Prepared, Error> {
    let mut seconds = BTreeMap::new();
    let began = Instant::now();
    let mail = read_request_mail(tools.extractor, "request.eml", order.mail)?;
    let received_on = order
        .received_on
        .or(mail.received_on)
        .ok_or_else(|| Refusal::new(RefusalCode::DateNeeded, "The message has no usable date. Name it with --received-on."))?;
    let mut warnings = Vec::new();
    let today = day_of_answer(order, received_on, &mut warnings)?;
    let person = with_more(mail.person(), &order.more);
    let request = received(&mail, &person, received_on, today, tools.policy.division().unwrap_or(Division::EnglandAndWales))?;
    let deadline = request.deadline(tools.calendar, tools.policy.reply_promise().as_ref(), today)?;
    seconds.insert("1 read", began.elapsed().as_secs_f64());

    let identity = identity(&person);
    let matcher = Matcher::new(&identity)?;
    let began = Instant::now();
    let edition = Edition::of(&identity, Keeping::Everything, tools.extractor)?;
    let mut memory = order.memory.map(|open| open(edition)).transpose()?;
    let memory = memory.as_mut().map(|memory| (memory.as_mut() as &mut dyn Memory, edition));
    let terms = Terms { matcher: &matcher, extractor: tools.extractor, keeping: Keeping::Everything, parts: false, memory };
    let (found, earlier) = scan_on(order.places, terms, progress)?;
    seconds.insert("2 scan", began.elapsed().as_secs_f64());

    let began = Instant::now();
    let drafts = propose(tools.policy, &identity, &found)?;
    seconds.insert("3 propose", began.elapsed().as_secs_f64());
    let mut summary = Summary::of(&found, &drafts);
    summary.seconds = seconds;
    let notes = notes(&found, order.places);
    let report = Report { request: read(&mail, &request, order, warnings), deadline, summary, items: items(&found, order.places, &drafts) };
    Ok(Prepared { report, drafts, request, today, places: order.places.iter().map(|place| place.name.clone()).collect(), notes, earlier })
}

/// Burns what was drafted, reads it back, writes the reply. `places` are those that were searched: a PDF that keeps its look is read again.
///
/// # Errors
/// `REDACT-001` when withheld text can still be found; failures of the press.
pub fn finish(tools: &Tools<'_>, places: &[Place], prepared: &mut Prepared) -> Result<Finished, Error> {
    let began = Instant::now();
    let writer = super::policy::writer(tools.policy, prepared.today);
    let subject = prepared.request.person.get().map(|person| person.display_name().to_owned()).unwrap_or_default();
    let mut items: Vec<DraftItem> = prepared.drafts.iter().filter(|item| item.scanned.band != Band::Possible).cloned().collect();
    close_gaps(&mut items, &writer.organisation, &subject);
    let elsewhere = of_items(&items, prepared.request.person.get());
    let readers = Readers { extractor: tools.extractor, press: tools.press, kept: &[], elsewhere: Some(&elsewhere) };
    let pages = pages_kept(&items, &prepared.places, places, readers)?;
    let included: Vec<&DraftItem> = items.iter().collect();
    let head = PackHead {
        organisation: &writer.organisation,
        reference: &prepared.request.facts.reference,
        subject: &subject,
        made_on: prepared.today,
        places: &prepared.places,
        notes: prepared.notes.clone(),
        pages: &pages,
        form: domain::documents::Form::Print,
        further: &|_| Vec::new(),
    };
    let pack = burn(&included, &head, tools.press)?;
    prepared.report.summary.seconds.insert("4 burn and read back", began.elapsed().as_secs_f64());
    let began = Instant::now();
    let facts = ReplyFacts {
        items: pack.document.items.len(),
        withheld: super::withheld_texts(&pack.document.withheld),
        unconfirmed: false,
        places: prepared.places.clone(),
        not_searched: Vec::new(),
        unreadable: prepared.report.summary.unreadable,
    };
    let letter = reply(&writer, &prepared.request, &super::policy::activities(tools.policy), &facts);
    let reply_pdf = tools.press.letter(&letter)?;
    prepared.report.summary.seconds.insert("5 reply", began.elapsed().as_secs_f64());
    prepared.report.summary.withheld = pack.withheld as u64;
    prepared.report.summary.in_pack = pack.document.items.len() as u64;
    Ok(Finished { reply_pdf, pack })
}

fn day_of_answer(order: &Order<'_>, received_on: Date, warnings: &mut Vec<String>) -> Result<Date, Error> {
    if order.today >= received_on {
        return Ok(order.today);
    }
    if order.today_given {
        return Err(Refusal::new(RefusalCode::DateBeforeReceipt, format!("The message arrived on {received_on}.")).into());
    }
    warnings.push(format!("The message is dated {received_on}, which is after today. Check the day of receipt."));
    Ok(received_on)
}

fn received(mail: &RequestMail, person: &Person, received_on: Date, today: Date, division: Division) -> Result<Request, Refusal> {
    Request::receive(Intake {
        facts: RecordFacts {
            id: RecordId::new("sar-run"),
            reference: format!("SAR-{}", received_on.strftime("%Y%m%d")),
            owner: None,
            assigned: Vec::new(),
            logged_by: UserId::new("command-line"),
            hold: false,
        },
        right: Right::Access,
        subject: SubjectId::new("sar-run"),
        person: person.clone(),
        behalf: Behalf::Themselves,
        channel: Channel::Email,
        received_on,
        received_by: mail.to.first().cloned().unwrap_or_default(),
        words: mail.words.clone(),
        logged_on: today,
        division,
    })
}

/// The person of the mail with what was added by hand.
fn with_more(mut person: Person, more: &Identity) -> Person {
    person.names.extend(more.names.iter().cloned());
    person.emails.extend(more.emails.iter().cloned());
    person.phones.extend(more.phones.iter().cloned());
    person.born.extend(more.born.iter().copied());
    person.addresses.extend(more.addresses.iter().cloned());
    person.references.extend(more.references.iter().cloned());
    person
}

/// The person as something to search for.
pub fn identity(person: &Person) -> Identity {
    Identity {
        names: person.names.clone(),
        emails: person.emails.clone(),
        phones: person.phones.clone(),
        born: person.born.clone(),
        addresses: person.addresses.clone(),
        references: person.references.clone(),
    }
}

/// The organisation's own people, from the policy pack.
pub fn directory(policy: &Policy) -> Vec<DirectoryEntry> {
    policy
        .directory()
        .iter()
        .map(|person| DirectoryEntry { name: person.name.clone(), emails: person.emails.clone(), role: Role::Staff })
        .collect()
}

/// Drafts the redactions of everything found.
///
/// # Errors
/// `FIND-001` when the person has no identifier.
pub fn propose(policy: &Policy, person: &Identity, found: &Scan) -> Result<Vec<DraftItem>, Refusal> {
    let organisation = policy.organisation();
    // The organisation's own public details are no other person's data.
    let public: Vec<String> = [&organisation.name, &organisation.email, &organisation.phone, &organisation.website]
        .into_iter()
        .chain(&organisation.address)
        .filter(|text| !text.is_empty())
        .cloned()
        .collect();
    let context = PlanContext::new(person, &directory(policy), &public)?;
    Ok(draft(found.documents.clone(), &context, &public).items)
}

fn read(mail: &RequestMail, request: &Request, order: &Order<'_>, mut warnings: Vec<String>) -> RequestRead {
    if mail.recognition.on_behalf {
        warnings.push(
            "The message seems to be written for somebody else. Check who the data subject is and the authority of the sender before anything is released.".to_owned(),
        );
    }
    let mut person = mail.details.clone();
    let more = &order.more;
    let by_hand = [
        ("name", &more.names),
        ("email", &more.emails),
        ("phone", &more.phones),
        ("address", &more.addresses),
        ("reference", &more.references),
    ];
    for (what, values) in by_hand {
        person.extend(values.iter().map(|value| OwnDetail { what, value: value.clone(), origin: "added by hand" }));
    }
    RequestRead {
        reference: request.facts.reference.clone(),
        received_on: request.received_on,
        subject: mail.subject.clone(),
        reasons: mail.recognition.reasons.clone(),
        on_behalf: mail.recognition.on_behalf,
        person,
        warnings,
    }
}

/// What the pack says about things that could not be read: counted by reason, without
/// names of files, which may name other people.
pub fn notes(found: &Scan, places: &[Place]) -> Vec<String> {
    let mut counts: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for met in &found.met {
        if let Some(reason) = &met.unreadable {
            *counts.entry((met.place, reason.as_str())).or_default() += 1;
        }
    }
    let possible = found.met.iter().filter(|met| met.band == Some(Band::Possible) && met.duplicate_of.is_none()).count();
    let mut notes: Vec<String> = counts
        .into_iter()
        .map(|((place, reason), count)| {
            let place = places.get(place).map(|place| place.name.as_str()).unwrap_or_default();
            format!("{place}: {count} could not be read: {reason}.")
        })
        .collect();
    if found.left_out > 0 {
        let left = found.left_out;
        notes.push(format!(
            "{left} further items hold no more than a first name, a surname or initials that many items hold. They were left out."
        ));
    }
    if possible > 0 {
        notes.push(format!(
            "{possible} further items may possibly concern you, for example because a name is the same. They are not in this pack."
        ));
    }
    notes
}

/// The deadline in one line, for the terminal.
pub fn due_line(deadline: &Deadline) -> String {
    match (&deadline.due, deadline.paused_since) {
        (Some(due), _) => format!("answer due by {}", domain::calendar::long_date(due.date())),
        (None, Some(since)) => format!("paused since {}", domain::calendar::long_date(since)),
        (None, None) => "no date yet: something is outstanding".to_owned(),
    }
}
