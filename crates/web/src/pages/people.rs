//! Accounts: who has one, inviting, suspending.

use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::UserId;
use domain::people::{Role, Standing};
use serde::Serialize;
use services::accounts::{AccountRoles, AccountRow, account_roles, accounts, invite, mailable, set_roles, set_standing};

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
    /// No mail can be sent to the address.
    unmailable: bool,
    action: String,
    /// Where the roles are changed; empty for one's own account.
    change: String,
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
        roles: row.roles.iter().map(|role| role.title().to_owned()).chain(row.policy_roles.iter().cloned()).collect::<Vec<_>>().join(", "),
        change: if row.id == *me || row.state == "left" { String::new() } else { format!("/people/{}/roles", row.id) },
        state,
        unmailable: row.state != "left" && !mailable(&row.email),
        action: format!("/people/{}/standing", row.id),
        standing: if row.id == *me { "" } else { standing },
    }
}

/// `GET /people/{id}/roles`
pub(crate) async fn show_roles(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let user = UserId::new(id);
    let page = visit.state.run(move |app| Ok(roles_page(&account_roles(app, &actor, &user)?, &user))).await?;
    visit.page(&page)
}

/// `POST /people/{id}/roles`
pub(crate) async fn submit_roles(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let user = UserId::new(id);
    let roles: Vec<Role> = sent.all("role").filter_map(Role::from_key).collect();
    let held: Vec<String> = sent.all("held").map(str::to_owned).collect();
    let again = visit
        .state
        .run(move |app| match set_roles(app, &actor, &user, &roles, &held) {
            Ok(()) => Ok(None),
            Err(services::Error::Refused(refusal)) if refusal.code == domain::RefusalCode::ValueInvalid => {
                let mut page = roles_page(&account_roles(app, &actor, &user)?, &user);
                page.form = page.form.filled(&sent);
                page.form.complain("role", refusal.detail);
                Ok(Some(page))
            }
            Err(error) => Err(error),
        })
        .await?;
    match again {
        None => Ok(Redirect::to("/people?done=saved").into_response()),
        Some(page) => visit.page(&page),
    }
}

fn roles_page(account: &AccountRoles, user: &UserId) -> FormPage {
    let roles: Vec<(&str, &str, &str)> = Role::ALL.iter().map(|role| (role.key(), role.title(), about(*role))).collect();
    let hints: Vec<String> = account
        .offered
        .iter()
        .map(|role| if role.signs_off { format!("{} Signs replies off.", role.duties) } else { role.duties.clone() })
        .collect();
    let held: Vec<(&str, &str, &str)> =
        account.offered.iter().zip(&hints).map(|(role, hint)| (role.id.as_str(), role.title.as_str(), hint.as_str())).collect();
    let mut fields = vec![Field::checkboxes("role", "What they may do here", &roles)];
    if !held.is_empty() {
        fields.push(Field::checkboxes("held", "Roles of the policy they hold", &held));
    }
    for field in &mut fields {
        let chosen = |value: &str| {
            account.roles.iter().any(|role| role.key() == value && field.name == "role")
                || account.policy_roles.iter().any(|role| role == value && field.name == "held")
        };
        let marks: Vec<bool> = field.choices.iter().map(|choice| chosen(&choice.value)).collect();
        field.choices.iter_mut().zip(marks).for_each(|(choice, mark)| choice.chosen = mark);
    }
    let mut page = FormPage::new(&format!("Roles of {}", account.name), fields, "Keep these roles")
        .intro("As soon as one account holds a role that signs replies off, nobody else can sign them off any more.");
    page.action = format!("/people/{user}/roles");
    "/people".clone_into(&mut page.back);
    page.once = once::fresh();
    page
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
            policy_roles: vec!["Chief Executive Officer".to_owned()],
            state: state.to_owned(),
        };
        let rows =
            || ["active", "invited", "suspended", "left"].iter().map(|state| line(&row(state, state), &UserId::new("left"))).collect();
        vec![
            Self { rows: rows(), link: None, once: "k".to_owned() },
            Self {
                rows: vec![line(&AccountRow { email: "sam@exam_ple.org".to_owned(), ..row("a", "active") }, &UserId::new("b"))],
                link: None,
                once: "k".to_owned(),
            },
            Self { rows: rows(), link: Some("/set-up/abc".to_owned()), once: "k".to_owned() },
        ]
    }
}
