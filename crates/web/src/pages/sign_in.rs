//! Sign in: e-mail address, password and the code of the authenticator app in one form.

use axum::extract::{ConnectInfo, Extension};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use services::accounts::{Credentials, sign_in, sign_out};
use std::net::SocketAddr;

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Form, Sent};
use crate::sessions;
use crate::templates::Page;

/// Tells the browser to forget what it kept of these pages.
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct SignIn {
    form: Form,
}

impl SignIn {
    fn empty() -> Self {
        Self {
            form: Form::new(vec![
                Field::email("email", "E-mail address").autocomplete("username"),
                Field::password("password", "Password", "current-password"),
                Field::code("code", "Code").hint("The 6 digits your authenticator app shows now."),
            ]),
        }
    }
}

/// `GET /sign-in`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    if visit.actor().is_ok() {
        return Ok(Redirect::to("/").into_response());
    }
    visit.page(&SignIn::empty())
}

/// `POST /sign-in`
pub(crate) async fn submit(visit: Visit, from: Option<Extension<ConnectInfo<SocketAddr>>>, sent: Sent) -> Result<Response, Problem> {
    let credentials = Credentials {
        email: sent.text("email").to_owned(),
        password: sent.raw("password").to_owned(),
        code: sent.text("code").to_owned(),
        from: from.map_or_else(|| "unknown".to_owned(), |Extension(ConnectInfo(address))| address.ip().to_string()),
    };
    let token = match visit.state.run(move |app| sign_in(app, &credentials)).await {
        Ok(token) => token,
        Err(Problem::Refused(refusal)) => {
            let mut page = SignIn { form: SignIn::empty().form.filled(&sent) };
            page.form.complain("", format!("{} {}", refusal.sentence(), refusal.code.next()));
            return visit.page(&page);
        }
        Err(problem) => return Err(problem),
    };
    let mut response = Redirect::to("/").into_response();
    if let Some(cookie) = sessions::set(&token, visit.state.settings.https) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /sign-out`
pub(crate) async fn leave(visit: Visit) -> Result<Response, Problem> {
    let (actor, token) = (visit.actor()?, visit.token().ok_or(Problem::SignIn)?);
    visit.state.run(move |app| sign_out(app, &actor, &token)).await?;
    let mut response = Redirect::to("/sign-in?done=signed-out").into_response();
    response.headers_mut().insert(header::SET_COOKIE, sessions::clear(visit.state.settings.https));
    response.headers_mut().insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "pages/sign_in.html";

    fn title(&self) -> String {
        "Sign in".to_owned()
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let mut refused = Self::empty();
        refused.form.complain("", "The sign-in details are not right. Check the e-mail address, the password and the code.");
        vec![Self::empty(), refused]
    }
}
