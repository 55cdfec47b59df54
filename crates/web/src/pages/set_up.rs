//! Making an account ready: the first one by the one-time link from the console, others
//! by the link of their invitation. The link stands in the address, is good once and
//! never leaves with a referrer.

use std::fmt::Write;

use axum::response::{IntoResponse, Redirect, Response};
use domain::RefusalCode;
use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;
use services::App;
use services::accounts::{EnrolForm, Invitation, check_token, enrol, fresh_secret, otpauth_uri};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::templates::Page;

/// A QR code as one SVG path.
#[derive(Debug, Clone, Serialize)]
struct Qr {
    size: i32,
    path: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct SetUp {
    first: bool,
    form: Form,
    action: String,
    secret: String,
    shown_secret: String,
    uri: String,
    qr: Option<Qr>,
}

/// `GET /set-up/{token}`
pub(crate) async fn show(visit: Visit, At(token): At<String>) -> Result<Response, Problem> {
    let page = visit.state.run(move |app| page(app, &token, &fresh_secret()?)).await?;
    visit.page(&page)
}

/// `POST /set-up/{token}`
pub(crate) async fn submit(visit: Visit, At(token): At<String>, sent: Sent) -> Result<Response, Problem> {
    let refused = visit.state.run(move |app| attempt(app, &token, &sent)).await?;
    match refused {
        Some(page) => visit.page(&page),
        None => Ok(Redirect::to("/sign-in?done=account").into_response()),
    }
}

fn page(app: &App, token: &str, secret: &str) -> Result<SetUp, services::Error> {
    let (first, name, email) = match check_token(app, token)? {
        Invitation::First => (true, String::new(), String::new()),
        Invitation::Invited { name, email, .. } => (false, name, email),
    };
    let uri = otpauth_uri(app, secret, if email.is_empty() { "account" } else { &email }).unwrap_or_default();
    let mut form = fields();
    for field in &mut form.fields {
        match field.name.as_str() {
            "name" => field.value.clone_from(&name),
            "email" => field.value.clone_from(&email),
            _ => {}
        }
    }
    Ok(SetUp {
        first,
        form,
        action: format!("/set-up/{token}"),
        shown_secret: in_fours(secret),
        secret: secret.to_owned(),
        qr: qr(&uri),
        uri,
    })
}

/// Makes the account; `Some` page when the form was refused.
fn attempt(app: &App, token: &str, sent: &Sent) -> Result<Option<SetUp>, services::Error> {
    let mut page = page(app, token, sent.text("secret"))?;
    page.form = page.form.filled(sent);
    let name = page.form.need(sent, "name", "Enter your name");
    let email = page.form.need(sent, "email", "Enter your e-mail address");
    if sent.raw("password").is_empty() {
        page.form.complain("password", "Enter a password");
    }
    let code = page.form.need(sent, "code", "Enter the code the app shows now");
    if page.form.is_refused() {
        return Ok(Some(page));
    }
    let wanted = EnrolForm { name, email, password: sent.raw("password").to_owned(), secret: sent.text("secret").to_owned(), code };
    match enrol(app, token, &wanted) {
        Ok(()) => Ok(None),
        Err(services::Error::Refused(refusal)) if refusal.code != RefusalCode::SetupTokenInvalid => {
            let field = match refusal.code {
                RefusalCode::PasswordWeak => "password",
                _ if refusal.detail.contains("code") => "code",
                _ if refusal.detail.contains("e-mail") => "email",
                _ => "",
            };
            page.form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            Ok(Some(page))
        }
        Err(error) => Err(error),
    }
}

fn fields() -> Form {
    Form::new(vec![
        Field::text("name", "Your name").autocomplete("name"),
        Field::email("email", "E-mail address").hint("You sign in with it.").autocomplete("username"),
        Field::password("password", "Password", "new-password")
            .hint("At least 12 characters. Three or four words that have nothing to do with each other work well."),
        Field::code("code", "Code").hint("The 6 digits the app shows now. This proves that it works."),
    ])
}

fn in_fours(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The picture an authenticator app scans: black squares as one path, with a quiet zone.
fn qr(uri: &str) -> Option<Qr> {
    const QUIET: i32 = 4;
    let code = QrCode::encode_text(uri, QrCodeEcc::Medium).ok().filter(|_| !uri.is_empty())?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Some(Qr { size: code.size() + 2 * QUIET, path })
}

impl Page for SetUp {
    const TEMPLATE: &'static str = "pages/set_up.html";

    fn title(&self) -> String {
        if self.first { "Create the first account".to_owned() } else { "Set up your account".to_owned() }
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let uri = "otpauth://totp/Probity:sam%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=Probity";
        let page = |first, form| Self {
            first,
            form,
            action: "/set-up/x".to_owned(),
            shown_secret: in_fours("JBSWY3DPEHPK3PXP"),
            secret: "JBSWY3DPEHPK3PXP".to_owned(),
            uri: uri.to_owned(),
            qr: qr(uri),
        };
        let refused = fields()
            .complaining("password", "This password is too easy to guess. Use at least 12 characters.")
            .complaining("code", "Enter the code the app shows now");
        vec![page(true, fields()), page(false, refused)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_in_fours() {
        assert_eq!(in_fours("JBSWY3DPEHPK3PXPA"), "JBSW Y3DP EHPK 3PXP A");
    }

    #[test]
    fn the_picture_has_a_quiet_zone_and_a_finder_pattern() {
        let qr = qr("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP").unwrap();
        assert!(qr.path.starts_with("M4 4h1v1h-1zM5 4"), "the top left corner is black");
        assert!(qr.size >= 29);
        assert!(super::qr("").is_none());
    }
}
