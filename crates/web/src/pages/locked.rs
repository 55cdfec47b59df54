//! What nobody could open for want of a password, and the passwords to try. They come in a form and go into the job:
//! they are never in an address and never come back to a page.

use axum::response::Response;
use domain::calendar::long_date;
use domain::casework::request::PasswordTry;
use domain::ids::{RecordId, UserId};
use serde::Serialize;
use services::requests::{Locked, LockedItem, locked, try_passwords};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::submit;
use crate::templates::Page;
use crate::words::{count, thousands};

/// Kinds by the end of a name.
const KINDS: &[(&str, &str)] = &[
    ("pdf", "PDF"),
    ("doc docx docm dot dotx odt rtf", "Word document"),
    ("xls xlsx xlsm xlsb ods", "Spreadsheet"),
    ("ppt pptx pptm odp", "Slides"),
    ("zip 7z rar", "Archive"),
    ("eml msg", "E-mail"),
];

/// One item.
#[derive(Debug, Clone, Serialize)]
struct Line {
    name: String,
    kind: &'static str,
    place: String,
    tried: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LockedPage {
    reference: String,
    many: String,
    lines: Vec<Line>,
    beyond: String,
    running: bool,
    tries: Vec<String>,
    form: Form,
    /// Where the form goes; empty when nothing can be tried.
    action: String,
    progress: String,
    found: String,
    back: String,
    once: String,
}

/// `GET /requests/{id}/locked`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let page = open(&visit, id).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/locked`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let mut page = open(&visit, id.clone()).await?;
    if sent.text("passwords").is_empty() {
        page.form.complain("passwords", "Write at least one password");
        return visit.page(&page);
    }
    let (key, lines) = (sent.once(), sent.raw("passwords").to_owned());
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        try_passwords(app, actor, &RecordId::new(id.clone()), &lines)?;
        Ok(format!("/requests/{id}/searching"))
    };
    let again = |refusal| {
        page.form.complain("passwords", submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    };
    submit::once(&visit, &key, work, again).await
}

async fn open(visit: &Visit, id: String) -> Result<LockedPage, Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id.clone());
    let locked = visit.state.run(move |app| locked(app, &actor, &record)).await?;
    Ok(page(&locked, &format!("/requests/{id}")))
}

fn page(locked: &Locked, request: &str) -> LockedPage {
    let passwords = Field::secrets("passwords", "Passwords")
        .hint("One a line. Capitals, spaces and accents count. You can see them as you write: mind who looks over your shoulder.")
        .rows(4);
    LockedPage {
        reference: locked.reference.clone(),
        many: count(locked.items.len() as u64 + locked.beyond, "item nobody could open", "items nobody could open"),
        lines: locked.items.iter().map(line).collect(),
        beyond: match locked.beyond {
            0 => String::new(),
            more => format!("{} more are not shown here; passwords are tried on all of them.", thousands(more)),
        },
        running: locked.running,
        tries: locked.tries.iter().map(|(tried, who)| said(tried, who)).collect(),
        form: Form::new(vec![passwords]),
        action: if locked.reviewing { format!("{request}/locked") } else { String::new() },
        progress: format!("{request}/searching"),
        found: format!("{request}/found"),
        back: format!("{request}/review"),
        once: once::fresh(),
    }
}

fn line(item: &LockedItem) -> Line {
    let end = item.name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase());
    let kind = KINDS.iter().find(|(ends, _)| ends.split(' ').any(|one| one == end));
    Line {
        name: format!("{}. {}", item.index + 1, item.name),
        kind: kind.map_or("File", |(_, kind)| kind),
        place: item.place.clone(),
        tried: match item.tried {
            0 => "Not yet".to_owned(),
            1 => "Once".to_owned(),
            many => format!("{} times", thousands(many)),
        },
    }
}

/// `22 November 2026, Sam Reed: 2 passwords on 3 items. 1 item opened, 4 items from it to review.`
fn said(tried: &PasswordTry, who: &str) -> String {
    let on = format!("{} on {}", count(tried.given, "password", "passwords"), count(tried.tried, "item", "items"));
    let came = match (tried.opened, tried.found) {
        (0, _) => "No item opened.".to_owned(),
        (opened, 0) => format!("{} opened, nothing in it about the person.", count(opened, "item", "items")),
        (opened, found) => format!("{} opened, {} to review from it.", count(opened, "item", "items"), count(found, "item", "items")),
    };
    format!("{}, {who}: {on}. {came}", long_date(tried.on))
}

impl Page for LockedPage {
    const TEMPLATE: &'static str = "pages/locked.html";

    fn title(&self) -> String {
        format!("Items under a password, {}", self.reference)
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let item = |index, name: &str, within: &str, tried| LockedItem {
            index,
            name: name.to_owned(),
            place: format!("office mailbox: {within}"),
            tried,
        };
        let tried = |opened, found| {
            let tried = PasswordTry {
                on: jiff::civil::date(2026, 11, 22),
                by: UserId::new("u1"),
                given: 2,
                tried: 3,
                opened,
                found,
                unreadable: 0,
            };
            (tried, "Sam Reed".to_owned())
        };
        let full = Locked {
            reference: "SAR-2026-0007".to_owned(),
            reviewing: true,
            running: false,
            items: vec![
                item(4, "Support plan.docx", "inbox/cur/17.eml!2:Support plan.docx", 1),
                item(61, "minutes.pdf", "shared/2025/minutes.pdf", 0),
                item(
                    62,
                    "old-cases-2019-a-long-name-without-any-space-in-it.zip",
                    "shared/archive/old-cases-2019-a-long-name-without-any-space-in-it.zip",
                    3,
                ),
            ],
            beyond: 12,
            tries: vec![tried(0, 0), tried(1, 0), tried(1, 4)],
        };
        let request = "/requests/x";
        let refused =
            Self { form: page(&full, request).form.complaining("passwords", "Write at least one password"), ..page(&full, request) };
        let running = Locked { running: true, ..full.clone() };
        let over = Locked { reviewing: false, beyond: 0, tries: Vec::new(), ..full.clone() };
        let none = Locked { items: Vec::new(), beyond: 0, ..full.clone() };
        vec![page(&full, request), refused, page(&running, request), page(&over, request), page(&none, request)]
    }
}
