//! Reminders by mail to the person in charge and the deputy, escalation to the approvers, and a
//! weekly digest. Only references leave, never a name; each reminder goes out exactly once. An
//! address that no mail can go to ends nobody else's reminders: its account is left out, the
//! leads are told instead where nobody else is, and administrators see it among the accounts.

use std::collections::BTreeMap;

use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Standing, Verb, may};
use domain::policy::Policy;
use domain::reminders::{Step, in_words, week};
use jiff::ToSpan;
use jiff::civil::Date;
use store::{ClockDue, Origin, ReadTx, User, WriteTx};

use crate::accounts::{actor_of, held_by, mailable, wants_digest};
use crate::app::{App, day_of_end, end_of_day_us};
use crate::error::Error;
use crate::mail::{OutMail, queue};
use crate::policy::holds_clock;

/// Clocks looked at in one transaction.
const BATCH: u64 = 200;
/// How far ahead the digest looks, in days.
const DIGEST_DAYS: i64 = 14;
/// Lines of a digest at most; the rest is a number.
const DIGEST_LINES: usize = 40;

/// Somebody with an account who can be written to.
struct Recipient {
    actor: Actor,
    email: String,
    digest: bool,
    /// Roles of the policy held, by id.
    held: Vec<String>,
}

/// What may come by the thousand and is told together, once for a day: a storm must not become
/// a storm of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Together {
    /// Messages in the inbox that look like requests.
    Inbox,
    /// Messages held back at the portal.
    Held,
}

impl Together {
    /// Whether records of a kind are told together.
    pub(crate) fn of(kind: &str) -> Option<Self> {
        match kind {
            "message" => Some(Self::Inbox),
            "portal-held" => Some(Self::Held),
            _ => None,
        }
    }

    /// Whoever may do this is told.
    pub(crate) const fn verb(self) -> Verb {
        match self {
            Self::Inbox => Verb::InboxWork,
            Self::Held => Verb::PortalHeld,
        }
    }

    /// The words for it, without personal data.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Inbox => "Messages in the inbox that look like requests",
            Self::Held => "Messages held back at the portal",
        }
    }

    /// The part of a key that makes it one.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Held => "held",
        }
    }
}

/// Something due, as a line of a mail tells it.
struct DueLine {
    reference: String,
    due: Date,
}

/// Queues the reminders and digests that today brings. Nothing is queued while no mail goes out
/// from here: a reminder that waits for weeks reminds of nothing. Returns how many were new.
pub fn remind(app: &App, by: &str) -> Result<u64, Error> {
    if app.mail.post.is_none() {
        return Ok(0);
    }
    let today = app.today();
    let people = recipients(app)?;
    let policy = app.policy()?;
    let until = end_of_day_us(today.saturating_add(DIGEST_DAYS.days()));
    let origin = Origin { actor: by.to_owned(), at_us: app.now_us() };
    let mut digests: BTreeMap<UserId, Vec<DueLine>> = BTreeMap::new();
    let (mut sent, mut after) = (0, None::<ClockDue>);
    loop {
        let clocks = app.store.read(|tx| tx.clocks_due(until, after.as_ref(), BATCH))?;
        let Some(last) = clocks.last() else { break };
        after = Some(last.clone());
        let told: Vec<(ClockDue, Date, Vec<UserId>)> = app.store.read(|tx| {
            let mut told = Vec::new();
            for clock in &clocks {
                let Some(due) = day_of_end(clock.due_us) else { continue };
                told.push((clock.clone(), due, concerned(tx, clock, &people, &policy)?));
            }
            Ok::<_, Error>(told)
        })?;
        for (clock, due, users) in &told {
            for user in users {
                let lines = digests.entry(user.clone()).or_default();
                let reference = Together::of(&clock.kind).map_or_else(|| clock.reference.clone(), |together| together.title().to_owned());
                // Of what is told together, one line for a day.
                if lines.iter().rev().take(DIGEST_LINES).all(|line| line.due != *due || line.reference != reference) {
                    lines.push(DueLine { reference, due: *due });
                }
            }
        }
        sent += app.store.write(&origin, |tx| batch(app, tx, &told, &people, today))?;
    }
    Ok(sent + digest(app, &origin, &people, &digests, today)?)
}

fn recipients(app: &App) -> Result<Vec<Recipient>, Error> {
    app.store.read(|tx| {
        let (mut people, mut after) = (Vec::new(), String::new());
        loop {
            let users = tx.user_list(&after, 100)?;
            let Some(last) = users.last() else { return Ok(people) };
            after.clone_from(&last.id);
            let one = users.iter().filter(|user| mailable(&user.email)).map(recipient);
            people.extend(one.filter(|one| one.actor.standing == Standing::Active));
        }
    })
}

fn recipient(user: &User) -> Recipient {
    Recipient { actor: actor_of(user), email: user.email.clone(), digest: wants_digest(user), held: held_by(user) }
}

/// Whom a clock concerns: who is in charge and who is assigned; the leads where nobody is in
/// charge, or where the person in charge has nobody beside them. Of a duty, who holds its role.
fn concerned(tx: &mut ReadTx<'_>, clock: &ClockDue, people: &[Recipient], policy: &Policy) -> Result<Vec<UserId>, Error> {
    let of = |wanted: &dyn Fn(&Actor) -> bool| -> Vec<UserId> {
        people.iter().filter(|one| wanted(&one.actor)).map(|one| one.actor.user.clone()).collect()
    };
    if clock.kind == "duty" {
        let holders: Vec<UserId> = people
            .iter()
            .filter(|one| holds_clock(policy, &one.actor, &one.held, &clock.clock))
            .map(|one| one.actor.user.clone())
            .collect();
        return Ok(if holders.is_empty() { of(&|actor| actor.has(Role::Lead)) } else { holders });
    }
    if let Some(together) = Together::of(&clock.kind) {
        return Ok(of(&|actor| may(actor, together.verb(), Relation::None)));
    }
    if !matches!(clock.kind.as_str(), "request" | "posting" | "complaint") {
        return Ok(Vec::new());
    }
    let body = tx.record_get(&clock.record)?.map(|stored| stored.body).unwrap_or_default();
    let assigned = body.pointer("/facts/assigned").and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let named: Vec<&str> = clock.owner.as_deref().into_iter().chain(assigned.iter().filter_map(|user| user.as_str())).collect();
    let mut users = of(&|actor| named.contains(&actor.user.as_str()));
    if users.len() < 2 {
        users.extend(of(&|actor| actor.has(Role::Lead) && !named.contains(&actor.user.as_str())));
    }
    Ok(users)
}

/// The reminders of a batch of clocks, in one transaction.
fn batch(app: &App, tx: &mut WriteTx<'_>, told: &[(ClockDue, Date, Vec<UserId>)], people: &[Recipient], today: Date) -> Result<u64, Error> {
    let mut sent = 0;
    for (clock, due, users) in told {
        let Some(step) = Step::on(today, *due) else { continue };
        let about = match Together::of(&clock.kind) {
            Some(together) => format!("{}/{due}/{}", together.key(), step.key()),
            None => format!("{}/{}/{due}/{}", clock.record, clock.clock, step.key()),
        };
        for one in people {
            let escalated = step == Step::Overdue && one.actor.has(Role::Approver) && clock.kind != "duty";
            if !users.contains(&one.actor.user) && !escalated {
                continue;
            }
            let mine = users.contains(&one.actor.user);
            sent += u64::from(queued(app, tx, &reminder(one, clock, *due, today, &about, mine))?);
        }
    }
    Ok(sent)
}

/// Queues one mail. What a rule refuses about it is no reason to leave the others out.
fn queued(app: &App, tx: &mut WriteTx<'_>, mail: &OutMail) -> Result<bool, Error> {
    match queue(app, tx, mail) {
        Err(Error::Refused(_)) => Ok(false),
        queued => queued,
    }
}

fn reminder(to: &Recipient, clock: &ClockDue, due: Date, today: Date, about: &str, mine: bool) -> OutMail {
    let words = in_words(today, due);
    let day = domain::calendar::long_date(due);
    let what = Together::of(&clock.kind).map_or_else(|| clock.reference.clone(), |together| together.title().to_owned());
    let why = if mine {
        "You get this because you are in charge of it, stand in for somebody who is, or hold its role."
    } else {
        "You get this because you approve answers and this one is overdue. Please see that it goes out."
    };
    OutMail {
        to: to.email.clone(),
        subject_key: None,
        record: None,
        title: format!("{what}: {words}"),
        text: format!("{what}: {words}, {day}.\n\nOpen Probity to see what is left to do.\n\n{why}\n"),
        files: Vec::new(),
        in_reply_to: None,
        purpose: "reminder",
        once: Some(format!("reminder/{about}/{}", to.actor.user)),
    }
}

/// One digest for each person and week, for whoever wants it and has anything due.
fn digest(app: &App, origin: &Origin, people: &[Recipient], lines: &BTreeMap<UserId, Vec<DueLine>>, today: Date) -> Result<u64, Error> {
    let wanted: Vec<(&Recipient, &Vec<DueLine>)> =
        people.iter().filter(|one| one.digest).filter_map(|one| Some((one, lines.get(&one.actor.user)?))).collect();
    if wanted.is_empty() {
        return Ok(0);
    }
    app.store.write(origin, |tx| {
        let mut sent = 0;
        for (one, lines) in &wanted {
            if may(&one.actor, Verb::TodaySee, Relation::None) {
                sent += u64::from(queued(app, tx, &weekly(one, lines, today))?);
            }
        }
        Ok(sent)
    })
}

fn weekly(to: &Recipient, lines: &[DueLine], today: Date) -> OutMail {
    let overdue = lines.iter().filter(|line| line.due < today).count();
    let mut text = format!("{overdue} overdue, {} due within {DIGEST_DAYS} days.\n\n", lines.len() - overdue);
    for line in lines.iter().take(DIGEST_LINES) {
        let (words, day) = (in_words(today, line.due), domain::calendar::long_date(line.due));
        text.push_str(&[&line.reference, ": ", &words, ", ", &day, "\n"].concat());
    }
    if lines.len() > DIGEST_LINES {
        text.push_str(&["and ", &(lines.len() - DIGEST_LINES).to_string(), " more\n"].concat());
    }
    text.push_str("\nYou can turn this weekly mail off under “Your account” in Probity.\n");
    OutMail {
        to: to.email.clone(),
        subject_key: None,
        record: None,
        title: "What is due".to_owned(),
        text,
        files: Vec::new(),
        in_reply_to: None,
        purpose: "digest",
        once: Some(format!("digest/{}/{}", week(today), to.actor.user)),
    }
}
