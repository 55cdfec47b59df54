//! One's own account: the weekly digest, and the address of one's calendar.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use services::accounts::{OwnSettings, feed_make, feed_revoke, own_settings, set_digest};
use services::feed::feed;

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::Sent;
use crate::once;
use crate::templates::Page;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Account {
    digest: bool,
    feed: bool,
    /// The address of a calendar that was just made, shown this once.
    link: Option<String>,
    once: String,
}

impl Account {
    fn of(settings: OwnSettings, link: Option<String>) -> Self {
        Self { digest: settings.digest, feed: settings.feed, link, once: once::fresh() }
    }
}

/// `GET /account`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let settings = visit.state.run(move |app| own_settings(app, &actor)).await?;
    visit.page(&Account::of(settings, None))
}

/// `POST /account/digest`
pub(crate) async fn digest(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let on = match sent.text("digest") {
        "on" => true,
        "off" => false,
        _ => return Err(Problem::Unreadable),
    };
    visit.state.run(move |app| set_digest(app, &actor, on)).await?;
    Ok(Redirect::to("/account?done=saved").into_response())
}

/// `POST /account/calendar`: the address is shown once, on the page that answers.
pub(crate) async fn calendar(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    match sent.text("calendar") {
        "make" => {
            let (token, settings) = visit.state.run(move |app| Ok((feed_make(app, &actor)?, own_settings(app, &actor)?))).await?;
            visit.page(&Account::of(settings, Some(format!("/feed/{token}.ics"))))
        }
        "revoke" => {
            visit.state.run(move |app| feed_revoke(app, &actor)).await?;
            Ok(Redirect::to("/account?done=calendar-revoked").into_response())
        }
        _ => Err(Problem::Unreadable),
    }
}

/// `GET /feed/{token}`: the calendar of whoever holds the address. No session, no name.
pub(crate) async fn subscribe(visit: Visit, At(token): At<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = token.strip_suffix(".ics").ok_or(Problem::NotFound)?.to_owned();
    let feed = visit.state.run(move |app| feed(app, &token)).await?;
    let etag = HeaderValue::from_str(&feed.etag).unwrap_or(HeaderValue::from_static("\"0\""));
    let known = headers.get_all(header::IF_NONE_MATCH).iter().any(|value| value == etag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { feed.body.into_response() };
    let fields = response.headers_mut();
    fields.insert(header::ETAG, etag);
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if !known {
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
        fields.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"due-days.ics\""));
    }
    Ok(response)
}

impl Page for Account {
    const TEMPLATE: &'static str = "pages/account.html";

    fn title(&self) -> String {
        "Your account".to_owned()
    }

    fn samples() -> Vec<Self> {
        let page = |digest, feed, link: Option<&str>| Self { digest, feed, link: link.map(str::to_owned), once: "k".to_owned() };
        vec![page(true, false, None), page(false, true, None), page(true, true, Some("/feed/u1.dGhpcyBpcyBhIHNhbXBsZSB0b2tlbg.ics"))]
    }
}
