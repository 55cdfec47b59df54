//! Today: what is due, overdue first.

use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{Actor, Relation, Verb, may};
use jiff::civil::Date;
use serde::Serialize;
use services::mail::{MailStatus, MailToday, mail_today};
use services::policy;
use services::postings::postings_waiting;
use services::requests::{self, ListRow};

use crate::error::Problem;
use crate::extract::Visit;
use crate::pages::complaints;
use crate::pages::duties::list::Line as DutyLine;
use crate::pages::inbox::list::Line as MessageLine;
use crate::pages::line::Line;
use crate::pages::postings::{PostingLine, sample_lines};
use crate::templates::Page;
use crate::words::Tag;

/// One tile with a number.
#[derive(Debug, Clone, Serialize)]
struct Tile {
    number: String,
    text: &'static str,
    alarming: bool,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Today {
    date: String,
    tiles: Vec<Tile>,
    due: Vec<Line>,
    duties: Vec<DutyLine>,
    messages: Vec<MessageLine>,
    confirm: String,
    /// Whether something in the mailboxes could not be taken.
    left: String,
    troubled: Vec<Trouble>,
    waiting: Vec<Line>,
    postings: Vec<PostingLine>,
    complaints: Vec<Line>,
    /// Messages that were held back of a storm.
    held: u64,
    can_list: bool,
    can_log: bool,
}

/// A mail of ours that did not arrive.
#[derive(Debug, Clone, Serialize)]
struct Trouble {
    href: String,
    text: String,
    note: String,
    tag: Tag,
}

impl Trouble {
    fn of(mail: &MailStatus) -> Self {
        Self {
            href: match &mail.record {
                _ if mail.state == "unknown" => format!("/outbox/{}", mail.id),
                Some(record) => format!("/requests/{record}"),
                None => String::new(),
            },
            text: crate::words::capital(&mail.purpose.replace('-', " ")),
            note: crate::words::mail_note(mail),
            tag: crate::words::mail_tag(&mail.state),
        }
    }
}

/// How much could not be taken from the mailboxes.
fn left(n: u64) -> String {
    match n {
        0 => String::new(),
        1 => "Something in the mailbox could not be taken".to_owned(),
        n => format!("{} things in the mailbox could not be taken", crate::words::thousands(n)),
    }
}

/// How many messages say that they belong to a case.
fn confirm(mail: &MailToday) -> String {
    match mail.counts.iter().find(|(state, _)| state == "confirm").map_or(0, |(_, n)| *n) {
        0 => String::new(),
        1 => "1 message says that it belongs to a case".to_owned(),
        n => format!("{} messages say that they belong to a case", crate::words::thousands(n)),
    }
}

/// `GET /`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    if !may(&actor, Verb::TodaySee, Relation::None) {
        return Ok(Redirect::to(home(&actor)).into_response());
    }
    let (can_list, can_log) = (may(&actor, Verb::RequestList, Relation::None), may(&actor, Verb::RequestLog, Relation::None));
    let asking = actor.clone();
    let (seen, postings) = visit.state.run(move |app| Ok((requests::today(app, &asking)?, postings_waiting(app, &asking)?))).await?;
    let asking = actor.clone();
    let (complaints, held) = visit.state.run(move |app| Ok((complaints::list::due(app, &asking)?, held(app, &asking)?))).await?;
    let asking = actor.clone();
    let mail = visit.state.run(move |app| mail_today(app, &asking)).await?;
    let duties = near(&visit, actor, seen.today).await?;
    let line = |row: ListRow| Line::of(row, seen.today);
    let page = Today {
        date: domain::calendar::long_date(seen.today),
        tiles: tiles(&seen, &duties),
        due: seen.due.into_iter().map(line).collect(),
        duties,
        complaints,
        held,
        postings: postings.iter().map(|row| PostingLine::of(row, seen.today)).collect(),
        confirm: confirm(&mail),
        left: left(mail.left),
        troubled: mail.troubled.iter().map(Trouble::of).collect(),
        messages: mail.decide.into_iter().map(|row| MessageLine::of(row, seen.today)).collect(),
        waiting: seen.waiting.into_iter().map(line).collect(),
        can_list,
        can_log,
    };
    visit.page(&page)
}

/// How many messages are held back, for whoever deals with them.
fn held(app: &services::App, actor: &Actor) -> Result<u64, services::Error> {
    if may(actor, Verb::PortalHeld, Relation::None) { services::portal::held_count(app, actor) } else { Ok(0) }
}

/// How many days ahead a duty is shown.
const NEAR: i32 = 7;
/// Duties shown at most.
const MOST_DUTIES: usize = 20;

/// The duties that are overdue or near and concern the reader: all of them for the lead,
/// their own for others; and their own reading of the policy, once an alert was given about it.
async fn near(visit: &Visit, actor: Actor, today: Date) -> Result<Vec<DutyLine>, Problem> {
    let all = may(&actor, Verb::DutyDo, Relation::NotInvolved);
    let (rows, searches, reading) = visit
        .state
        .run(move |app| {
            let rows = if may(&actor, Verb::DutySee, Relation::Involved) { policy::duties(app, &actor)? } else { Vec::new() };
            let searches = if may(&actor, Verb::SearchSee, Relation::Involved) { requests::my_searches(app, &actor)? } else { Vec::new() };
            let alerts = policy::alerts_for(app, &actor, 50)?;
            let own = format!(".{}", actor.user);
            let reading = alerts.into_iter().find(|alert| alert.kind == "reading" && alert.id.as_str().ends_with(&own));
            Ok((rows, searches, reading))
        })
        .await?;
    let shown = rows.iter().filter(|row| (all || row.mine) && row.days_left.is_some_and(|days| days <= NEAR));
    let mut lines: Vec<DutyLine> = shown.take(MOST_DUTIES).map(|row| DutyLine::of(&row.duty, &row.role_title, today)).collect();
    lines.extend(searches.iter().map(|row| DutyLine {
        href: format!("/searches/{}", row.task.facts.id),
        title: format!("Search: {}", row.task.place),
        note: row.task.facts.reference.clone(),
        due: crate::words::day(Some(row.task.by)),
        in_words: crate::words::in_words(row.task.by, today),
        overdue: row.task.by < today,
        tag: crate::pages::duties::list::duty_tag("open", row.task.by < today),
    }));
    lines.extend(reading.map(|alert| DutyLine {
        href: "/policy/read".to_owned(),
        title: alert.title,
        note: "The policy".to_owned(),
        due: crate::words::day(Some(alert.due)),
        in_words: crate::words::in_words(alert.due, today),
        overdue: alert.days_left < 0,
        tag: crate::words::Tag::new(alert.stage.title(), if alert.days_left < 0 { "red" } else { "blue" }),
    }));
    Ok(lines)
}

/// Where somebody without a Today page begins.
fn home(actor: &Actor) -> &'static str {
    if may(actor, Verb::RequestLog, Relation::None) {
        "/requests/new"
    } else if may(actor, Verb::UserManage, Relation::None) {
        "/people"
    } else {
        "/help"
    }
}

/// The numbers at the top. The list holds the most urgent: when all of them are overdue
/// there may be more, and the number says so.
fn tiles(seen: &requests::Today, duties: &[DutyLine]) -> Vec<Tile> {
    let within = |most: i32| seen.due.iter().filter(|row| row.days_left.is_some_and(|days| days <= most)).count();
    let shown = |count: usize| if count == seen.due.len() && count >= 20 { format!("{count}+") } else { count.to_string() };
    let overdue = within(-1);
    let mut tiles = vec![
        Tile { number: shown(overdue), text: "requests overdue", alarming: overdue > 0 },
        Tile { number: shown(within(7)), text: "requests due within 7 days", alarming: false },
    ];
    if !duties.is_empty() {
        let overdue = duties.iter().filter(|line| line.overdue).count();
        tiles.push(Tile { number: overdue.to_string(), text: "duties overdue", alarming: overdue > 0 });
        tiles.push(Tile { number: (duties.len() - overdue).to_string(), text: "duties within 7 days", alarming: false });
    }
    if !seen.counts.is_empty() {
        let open = seen.counts.iter().map(|(_, count)| count).sum();
        tiles.push(Tile { number: crate::words::thousands(open), text: "requests open in all", alarming: false });
    }
    tiles
}

impl Page for Today {
    const TEMPLATE: &'static str = "pages/today.html";

    fn title(&self) -> String {
        "Today".to_owned()
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let row = |number: u32, state: &str, due: Option<jiff::civil::Date>| {
            let days_left = due.map(|due| crate::words::days_between(today, due));
            let (id, reference) = (domain::ids::RecordId::new(format!("r{number}")), format!("SAR-2026-{number:04}"));
            ListRow { id, reference, state: state.to_owned(), owner: None, due, days_left }
        };
        let busy = requests::Today {
            today,
            due: vec![
                row(3, "review", Some(jiff::civil::date(2026, 11, 19))),
                row(7, "prepared", Some(jiff::civil::date(2026, 11, 24))),
                row(8, "open", Some(jiff::civil::date(2026, 12, 29))),
            ],
            waiting: vec![row(9, "open", None)],
            counts: vec![("open".to_owned(), 1_204)],
        };
        let quiet = requests::Today { today, due: Vec::new(), waiting: Vec::new(), counts: Vec::new() };
        let duty = |title: &str, in_words: &str| DutyLine {
            href: "/duties/d1".to_owned(),
            title: title.to_owned(),
            note: "DUTY-0007. After an event, Data Protection Officer".to_owned(),
            due: "23 November 2026".to_owned(),
            in_words: in_words.to_owned(),
            overdue: in_words.contains("overdue"),
            tag: crate::pages::duties::list::duty_tag("open", in_words.contains("overdue")),
        };
        let page = |seen: requests::Today, duties: Vec<DutyLine>, quiet_day: bool| Self {
            date: domain::calendar::long_date(seen.today),
            tiles: tiles(&seen, &duties),
            duties,
            due: seen.due.into_iter().map(|row| Line::of(row, today)).collect(),
            waiting: seen.waiting.into_iter().map(|row| Line::of(row, today)).collect(),
            complaints: if quiet_day { Vec::new() } else { complaints::list::sample_lines() },
            held: if quiet_day { 0 } else { 41 },
            postings: if quiet_day { Vec::new() } else { sample_lines() },
            left: if quiet_day { String::new() } else { left(2) },
            confirm: if quiet_day { String::new() } else { "2 messages say that they belong to a case".to_owned() },
            messages: if quiet_day {
                Vec::new()
            } else {
                crate::pages::inbox::list::sample_rows().into_iter().map(|row| MessageLine::of(row, today)).collect()
            },
            troubled: if quiet_day {
                Vec::new()
            } else {
                vec![Trouble {
                    href: "/requests/r1".to_owned(),
                    text: "Acknowledgement".to_owned(),
                    note: "came back on 22 November 2026 at 10:14 GMT: check the address, or send a letter".to_owned(),
                    tag: crate::words::mail_tag("bounced"),
                }]
            },
            can_list: true,
            can_log: true,
        };
        let duties = vec![duty("Train after a change of law", "3 days overdue"), duty("Report a breach to the regulator", "tomorrow")];
        vec![page(busy, duties.clone(), false), page(quiet.clone(), duties, true), page(quiet, Vec::new(), true)]
    }
}
