//! Mails of ours: what waits, what may have gone out, what did not arrive. No address and no text.

use axum::response::Response;
use serde::Serialize;
use services::mail::{MailStatus, Outbox, OutboxRow, SettleMail, outbox, settle_mail};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};
use crate::templates::Page;
use crate::words::{Tag, capital, mail_note, mail_tag, moment, thousands};

/// One mail as a line.
#[derive(Debug, Clone, Serialize)]
struct Line {
    /// The case, where there is one.
    href: String,
    reference: String,
    what: String,
    note: String,
    tag: Tag,
    /// Where it is settled, for those who may.
    settle: String,
}

/// Mails in one state.
#[derive(Debug, Clone, Serialize)]
struct Section {
    title: String,
    intro: String,
    rows: Vec<Line>,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct OutboxPage {
    warning: String,
    sections: Vec<Section>,
    counts: String,
}

/// `GET /outbox`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let seen = visit.state.run(move |app| outbox(app, &actor)).await?;
    visit.page(&page(&seen))
}

/// `GET /outbox/{id}`
pub(crate) async fn ask(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let row = visit.state.run(move |app| find(app, &actor, &id)).await?;
    visit.page(&form(&row))
}

/// `POST /outbox/{id}`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (asking, wanted) = (actor.clone(), id.clone());
    let row = visit.state.run(move |app| find(app, &asking, &wanted)).await?;
    let mut page = form(&row);
    page.form = page.form.filled(&sent);
    let how = match sent.text("what") {
        "sent" => SettleMail::Sent,
        "again" => SettleMail::Again,
        _ => {
            page.form.complain("what", "Choose what you found");
            return visit.page(&page);
        }
    };
    let (user, state) = (actor.user.to_string(), visit.state.clone());
    let work = async {
        visit.state.run(move |app| settle_mail(app, &actor, &id, how)).await?;
        Ok(Outcome::Done("/outbox?done=mail-settled".to_owned()))
    };
    state.once.run(&user, &sent.once(), work).await
}

/// A mail that waits to be settled; nothing else can be.
fn find(app: &services::App, actor: &domain::people::Actor, id: &str) -> Result<OutboxRow, services::Error> {
    let seen = outbox(app, actor).map_err(|_| services::Error::NotFound)?;
    let row = seen.unknown.into_iter().find(|row| row.mail.id == id);
    row.filter(|_| seen.may_work).ok_or(services::Error::NotFound)
}

fn form(row: &OutboxRow) -> FormPage {
    let field = Field::radios(
        "what",
        "What did you find?",
        &[
            ("sent", "It went out", "It lies in the sent mail, or whoever it is for has it."),
            ("again", "It did not go out: send it again", "It goes under the same number, so that most mail programs show it once."),
        ],
    );
    let at = |us: i64| jiff::Timestamp::from_microsecond(us).map(moment).unwrap_or_default();
    let mut page = FormPage::new("A mail that may have gone out", vec![field], "Save")
        .intro(
            "The mail server took the whole mail and then did not say whether it will deliver it. It is not sent a second time by itself.",
        )
        .intro("Look in the sent mail of your mailbox, or ask whoever it is for. Then say what you found.")
        .check(vec![
            Row::new("Belongs to", if row.reference.is_empty() { "no case" } else { row.reference.as_str() }),
            Row::new("What it is", what(&row.mail)),
            Row::new("Put in the outbox", at(row.mail.queued_us)),
            Row::new("Handed over", at(row.mail.changed_us)),
            Row::new("Its number (Message-ID)", &row.mail.message_id),
        ]);
    page.action = format!("/outbox/{}", row.mail.id);
    "/outbox".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

fn what(mail: &MailStatus) -> String {
    capital(&mail.purpose.replace('-', " "))
}

fn line(row: &OutboxRow, may_work: bool) -> Line {
    let href = match (row.kind.as_str(), row.mail.record.as_deref()) {
        ("request", Some(record)) => format!("/requests/{record}"),
        ("complaint", Some(record)) => format!("/complaints/{record}"),
        _ => String::new(),
    };
    Line {
        href,
        reference: row.reference.clone(),
        what: what(&row.mail),
        note: mail_note(&row.mail),
        tag: mail_tag(&row.mail.state),
        settle: if may_work && row.mail.state == "unknown" { format!("/outbox/{}", row.mail.id) } else { String::new() },
    }
}

fn page(seen: &Outbox) -> OutboxPage {
    let section = |title: &str, intro: &str, rows: &[OutboxRow]| Section {
        title: title.to_owned(),
        intro: intro.to_owned(),
        rows: rows.iter().map(|row| line(row, seen.may_work)).collect(),
    };
    let sections = [
        section(
            "May have gone out",
            "The server did not say whether it took these. Look in your sent mail, then say “sent” or “send again”. They are never sent a second time by themselves.",
            &seen.unknown,
        ),
        section("Did not go out", "These are given up. Check the address, or send a letter.", &seen.failed),
        section("Came back", "The address did not take these. Check it, or send a letter.", &seen.bounced),
        section("Waiting", "These go out by themselves, or are tried again.", &seen.waiting),
    ];
    let sent = seen.counts.iter().find(|(state, _)| state == "sent").map_or(0, |(_, n)| *n);
    OutboxPage {
        warning: if seen.set_up { String::new() } else { "No mail server is set: mails wait here until one is.".to_owned() },
        sections: sections.into_iter().filter(|section| !section.rows.is_empty()).collect(),
        counts: if sent == 1 { "1 mail was sent so far.".to_owned() } else { format!("{} mails were sent so far.", thousands(sent)) },
    }
}

impl Page for OutboxPage {
    const TEMPLATE: &'static str = "pages/outbox.html";

    fn title(&self) -> String {
        "Outbox".to_owned()
    }

    fn samples() -> Vec<Self> {
        let empty = Outbox { set_up: true, ..Outbox::default() };
        let full = Outbox {
            counts: vec![("sent".to_owned(), 1_204)],
            unknown: vec![sample("unknown", "no answer")],
            failed: vec![sample("failed", "550 5.1.1")],
            bounced: vec![sample("bounced", "returned")],
            waiting: vec![OutboxRow { reference: String::new(), kind: String::new(), ..sample("ready", "") }],
            set_up: false,
            may_work: true,
        };
        vec![page(&full), page(&empty)]
    }
}

fn sample(state: &str, error: &str) -> OutboxRow {
    let mail = MailStatus {
        id: format!("m-{state}"),
        message_id: "<1@greenbank.example>".to_owned(),
        record: Some("r1".to_owned()),
        purpose: "acknowledgement".to_owned(),
        state: state.to_owned(),
        attempts: 1,
        due_us: 0,
        queued_us: 1_795_000_000_000_000,
        changed_us: 1_795_000_060_000_000,
        error: error.to_owned(),
    };
    OutboxRow { mail, reference: "SAR-2026-0001".to_owned(), kind: "request".to_owned() }
}

/// The form, for samples.
pub(crate) fn samples() -> Vec<FormPage> {
    let mut refused = form(&sample("unknown", "no answer"));
    refused.form.complain("what", "Choose what you found");
    vec![form(&sample("unknown", "no answer")), refused]
}
