//! Accounts: who has one, inviting, suspending.

use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use domain::people::{Role, Standing};
use serde::Serialize;
use services::accounts::{AccountRow, accounts, invite, set_standing};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::pages::form_page::FormPage;
use crate::templates::Page;
use crate::words::Tag;

/// One account.
#[derive(Debug, Clone, Serialize)]
struct Line {
    name: String,
    email: String,
    roles: String,
    state: Tag,
    action: String,
    /// `suspend`, `activate`, or empty when nothing can be done.
    standing: &'static str,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct People {
    rows: Vec<Line>,
    /// The link of a fresh invitation, shown this once.
    link: Option<String>,
    once: String,
}

/// `GET /people`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let me = actor.user.clone();
    let rows = visit.state.run(move |app| accounts(app, &actor)).await?;
    visit.page(&People { rows: rows.iter().map(|row| line(row, &me)).collect(), link: None, once: once::fresh() })
}

/// `GET /people/invite`
pub(crate) async fn show_invite(visit: Visit) -> Result<Response, Problem> {
    visit.page(&invite_page())
}

/// `POST /people/invite`: the link is shown once, on the page that answers.
pub(crate) async fn submit_invite(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = invite_page();
    page.form = page.form.filled(&sent);
    let name = page.form.need(&sent, "name", "Enter their name");
    let email = page.form.need(&sent, "email", "Enter their e-mail address");
    let roles: Vec<Role> = sent.all("role").filter_map(Role::from_key).collect();
    if roles.is_empty() {
        page.form.complain("role", "Choose at least one role");
    }
    if page.form.is_refused() {
        return visit.page(&page);
    }
    let me = actor.user.clone();
    let invited = visit
        .state
        .run(move |app| {
            let token = invite(app, &actor, &name, &email, &roles)?;
            Ok((token, accounts(app, &actor)?))
        })
        .await;
    match invited {
        Ok((token, rows)) => {
            let link = Some(format!("/set-up/{token}"));
            visit.page(&People { rows: rows.iter().map(|row| line(row, &me)).collect(), link, once: once::fresh() })
        }
        Err(Problem::Refused(refusal)) => {
            page.form.complain("email", format!("{} {}", refusal.sentence(), refusal.code.next()));
            visit.page(&page)
        }
        Err(problem) => Err(problem),
    }
}

/// `POST /people/{id}/standing`
pub(crate) async fn standing(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let wanted = match sent.text("standing") {
        "suspend" => Standing::Suspended,
        "activate" => Standing::Active,
        "left" => Standing::Left,
        _ => return Err(Problem::Unreadable),
    };
    visit.state.run(move |app| set_standing(app, &actor, &UserId::new(id), wanted)).await?;
    Ok(Redirect::to("/people?done=saved").into_response())
}

fn line(row: &AccountRow, me: &UserId) -> Line {
    let (state, standing) = match row.state.as_str() {
        "active" => (Tag::new("Active", "green"), "suspend"),
        "invited" => (Tag::new("Invited", "blue"), "suspend"),
        "suspended" => (Tag::new("Suspended", "yellow"), "activate"),
        _ => (Tag::new("Left", "grey"), ""),
    };
    Line {
        name: row.name.clone(),
        email: row.email.clone(),
        roles: row.roles.iter().map(|role| role.title()).collect::<Vec<_>>().join(", "),
        state,
        action: format!("/people/{}/standing", row.id),
        standing: if row.id == *me { "" } else { standing },
    }
}

/// What each role may do, in a hint.
const fn about(role: Role) -> &'static str {
    match role {
        Role::Lead => "Runs every request and duty, and puts versions of the policy forward.",
        Role::Handler => "Works on the requests assigned to them.",
        Role::Approver => "Approves replies and adopts versions of the policy that somebody else prepared.",
        Role::Staff => "Records requests and events that reach them, and signs what they hold a role for.",
        Role::Auditor => "Looks at requests and changes nothing.",
        Role::Administrator => "Manages accounts and sees no requests.",
        Role::Portal => "Records what visitors send. No person holds it.",
    }
}

fn invite_page() -> FormPage {
    let roles: Vec<(&str, &str, &str)> = Role::ALL.iter().map(|role| (role.key(), role.title(), about(*role))).collect();
    let fields = vec![Field::text("name", "Name"), Field::email("email", "E-mail address"), Field::checkboxes("role", "Roles", &roles)];
    let mut page = FormPage::new("Invite somebody", fields, "Make the invitation")
        .intro("You get a link to hand over yourself, in person or by a way you trust. It works once, within seven days.");
    "/people/invite".clone_into(&mut page.action);
    "/people".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

impl Page for People {
    const TEMPLATE: &'static str = "pages/people.html";

    fn title(&self) -> String {
        "People".to_owned()
    }

    fn form(&self) -> Option<&Form> {
        None
    }

    fn samples() -> Vec<Self> {
        let row = |id: &str, state: &str| AccountRow {
            id: UserId::new(id),
            name: "Sam Reed".to_owned(),
            email: "sam@example.org".to_owned(),
            roles: vec![Role::Lead, Role::Administrator],
            state: state.to_owned(),
        };
        let rows =
            || ["active", "invited", "suspended", "left"].iter().map(|state| line(&row(state, state), &UserId::new("left"))).collect();
        vec![
            Self { rows: rows(), link: None, once: "k".to_owned() },
            Self { rows: rows(), link: Some("/set-up/abc".to_owned()), once: "k".to_owned() },
        ]
    }
}
