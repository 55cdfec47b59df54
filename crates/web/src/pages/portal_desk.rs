//! The staff's side of the portal: how it works here, and what was held back of a storm.

use axum::response::Response;
use domain::ids::RecordId;
use services::portal::{HeldRow, PortalSettings, held, save_settings, set_held_aside, settings, take_held};

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};
use crate::words::moment;

/// `GET /settings/portal`
pub(crate) async fn show_settings(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let known = visit.state.run(move |app| settings(app, &actor)).await?;
    visit.page(&settings_page(&known))
}

/// `POST /settings/portal`
pub(crate) async fn submit_settings(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = settings_page(&PortalSettings::default());
    page.form = page.form.filled(&sent);
    let Some(wanted) = read(&sent, &mut page.form) else { return visit.page(&page) };
    let (user, state) = (actor.user.to_string(), visit.state.clone());
    let work = async {
        match visit.state.run(move |app| save_settings(app, &actor, &wanted)).await {
            Ok(()) => Ok(Outcome::Done("/settings/portal?done=saved".to_owned())),
            Err(Problem::Refused(refusal)) => {
                page.form.complain("", format!("{} {}", refusal.sentence(), refusal.code.next()));
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, &sent.once(), work).await
}

/// The numbers: name, label, hint.
const NUMBERS: &[(&str, &str, &str)] = &[
    ("link_minutes", "How many minutes does a mailed link work?", ""),
    ("session_minutes", "How many minutes may a visitor look at a case after opening the link?", ""),
    ("collect_days", "How many days can a released reply be collected?", ""),
    ("downloads", "How many downloads is a release good for?", "Each file of a reply counts."),
    ("tries", "How many wrong passphrases end a release?", ""),
    ("messages_an_hour", "How many messages an hour may one block of addresses send?", "What comes beyond is held for you, not lost."),
    ("links_an_hour", "How many links an hour may one block of addresses ask for?", ""),
    ("mails_a_day", "How many mails a day go to one address, or about one case?", ""),
];

fn settings_page(known: &PortalSettings) -> FormPage {
    let numbers = [
        known.link_minutes,
        known.session_minutes,
        known.collect_days,
        known.downloads,
        known.tries,
        known.messages_an_hour,
        known.links_an_hour,
        known.mails_a_day,
    ];
    let mut fields = vec![
        Field::text("address", "Public address of the portal")
            .hint("For links in mails, for example https://data.example.org. Without it no links are mailed.")
            .value(&known.address),
        Field::text("exit", "Where does “Leave this page quickly” lead?")
            .hint("To a neutral site that many people visit.")
            .value(&known.exit),
    ];
    fields.extend(
        NUMBERS.iter().zip(numbers).map(|((name, label, hint), number)| Field::text(name, label).hint(hint).value(&number.to_string())),
    );
    let mut page = FormPage::new("The portal", fields, "Save")
        .intro("The public pages under /portal: requests, complaints, following a case, collecting a reply.")
        .aside("/held", "Messages that were held back");
    "/settings/portal".clone_into(&mut page.action);
    page.once = once::fresh();
    page
}

fn read(sent: &Sent, form: &mut Form) -> Option<PortalSettings> {
    for name in ["address", "exit"] {
        let address = sent.text(name);
        let whole = address.starts_with("https://") || address.starts_with("http://");
        if !(whole || name == "address" && address.is_empty()) {
            form.complain(name, "Write the address in full, beginning with https://");
        }
    }
    let mut number = |name: &str| {
        let number = sent.text(name).parse::<u32>().ok().filter(|number| (1..=100_000).contains(number));
        if number.is_none() {
            form.complain(name, "Enter a whole number from 1 to 100,000");
        }
        number.unwrap_or(1)
    };
    let wanted = PortalSettings {
        exit: sent.text("exit").to_owned(),
        address: sent.text("address").to_owned(),
        link_minutes: number("link_minutes"),
        session_minutes: number("session_minutes"),
        collect_days: number("collect_days"),
        downloads: number("downloads"),
        tries: number("tries"),
        messages_an_hour: number("messages_an_hour"),
        links_an_hour: number("links_an_hour"),
        mails_a_day: number("mails_a_day"),
    };
    (!form.is_refused()).then_some(wanted)
}

/// `GET /held`
pub(crate) async fn show_held(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let rows = visit.state.run(move |app| held(app, &actor)).await?;
    visit.page(&held_page(&rows))
}

/// `POST /held`
pub(crate) async fn submit_held(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let asked = actor.clone();
    let rows = visit.state.run(move |app| held(app, &asked)).await?;
    let mut page = held_page(&rows);
    page.form = page.form.filled(&sent);
    let ids: Vec<RecordId> = sent.all("which").map(RecordId::new).collect();
    let what = sent.text("what").to_owned();
    if ids.is_empty() {
        page.form.complain("which", "Choose the messages");
    }
    if !matches!(what.as_str(), "take" | "aside") {
        page.form.complain("what", "Choose what you do with them");
    }
    let reason = sent.text("reason").to_owned();
    if what == "aside" && reason.is_empty() {
        page.form.complain("reason", "Write the reason");
    }
    if page.form.is_refused() {
        return visit.page(&page);
    }
    let (user, state) = (actor.user.to_string(), visit.state.clone());
    let work = async {
        let take = what == "take";
        visit.state.run(move |app| if take { take_held(app, &actor, &ids) } else { set_held_aside(app, &actor, &ids, &reason) }).await?;
        Ok(Outcome::Done("/held?done=held".to_owned()))
    };
    state.once.run(&user, &sent.once(), work).await
}

fn held_page(rows: &[HeldRow]) -> FormPage {
    let lines: Vec<(String, String, String)> =
        rows.iter().map(|row| (row.id.to_string(), format!("{}, sent {}", row.reference, moment(row.sent)), row.glimpse.clone())).collect();
    let choices: Vec<(&str, &str, &str)> = lines.iter().map(|(id, label, hint)| (id.as_str(), label.as_str(), hint.as_str())).collect();
    let fields = if rows.is_empty() {
        Vec::new()
    } else {
        vec![
            Field::checkboxes("which", "Messages", &choices),
            Field::radios(
                "what",
                "What do you do with them?",
                &[
                    ("take", "Make cases of them", "Each counts from the day it was sent."),
                    ("aside", "Set them aside", "They are no requests: say why. They are kept."),
                ],
            ),
            Field::text("reason", "Reason").hint("Only for what is set aside."),
        ]
    };
    let mut page = FormPage::new("Held messages", fields, "Save")
        .intro("One block of addresses sent more in an hour than the settings allow. Nothing is lost: the time of each message runs since it was sent, so look at them today.");
    if rows.is_empty() {
        page = page.check(vec![Row::new("Held", "Nothing")]);
    }
    "/held".clone_into(&mut page.action);
    "/settings/portal".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

/// Both pages, for samples.
pub(crate) fn samples() -> Vec<FormPage> {
    let row = |number: u32| HeldRow {
        id: RecordId::new(format!("h{number}")),
        reference: format!("SAR-2026-{number:04}"),
        sent: jiff::Timestamp::UNIX_EPOCH,
        glimpse: "Amelia Hart: Everything, please.".to_owned(),
    };
    let mut refused = held_page(&[row(21), row(22)]);
    refused.form.complain("which", "Choose the messages");
    vec![settings_page(&PortalSettings::default()), held_page(&[row(21)]), refused, held_page(&[])]
}
