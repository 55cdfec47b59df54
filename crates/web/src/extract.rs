//! Our own extractors, so that every refusal of theirs gets one of our pages: who is
//! visiting, what a form sent, what a file upload brought.

use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use domain::people::Actor;
use services::ports::Failure;

use crate::WebState;
use crate::error::Problem;
use crate::forms::Sent;
use crate::gate::Signed;
use crate::shell::Shell;
use crate::templates::{Page, render};

/// Most values one form may carry.
const MOST_VALUES: usize = 2_000;

/// One visit to one page: who comes, and how to answer.
pub(crate) struct Visit {
    pub(crate) state: WebState,
    signed: Option<Signed>,
    path: String,
    done: Option<String>,
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        let done = Asked::from_request_parts(parts, state).await.ok().and_then(|asked| asked.0.optional("done"));
        Ok(Self { state: state.clone(), signed: parts.extensions.get::<Signed>().cloned(), path: parts.uri.path().to_owned(), done })
    }
}

impl Visit {
    /// Who is signed in. The gate lets nobody else through to pages that ask.
    pub(crate) fn actor(&self) -> Result<Actor, Problem> {
        self.signed.as_ref().map(|signed| signed.actor.clone()).ok_or(Problem::SignIn)
    }

    /// The session's token, when there is one.
    pub(crate) fn token(&self) -> Option<String> {
        self.signed.as_ref().map(|signed| signed.token.clone())
    }

    /// Shows a page.
    pub(crate) fn page<P: Page>(&self, page: &P) -> Result<Response, Problem> {
        let shell = Shell::new(&self.state.settings.organisation, self.signed.as_ref().map(|s| &s.actor), &self.path)
            .with_notice(self.done.as_deref());
        let html = render(&shell, page).map_err(|error| Problem::failed(&Failure::because("rendering a page", error)))?;
        let status = if page.form().is_some_and(crate::forms::Form::is_refused) { 422 } else { 200 };
        let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
        Ok((status, Html(html)).into_response())
    }
}

/// What stands in the address after `?`.
pub(crate) struct Asked(pub(crate) Sent);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await.map_err(|_| Problem::Unreadable)?;
        Ok(Self(Sent(pairs)))
    }
}

/// The parts of the path, in order; an address that does not fit is not found.
pub(crate) struct At<T>(pub(crate) T);

impl<T: serde::de::DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        Path::from_request_parts(parts, state).await.map(|Path(value)| Self(value)).map_err(|_| Problem::NotFound)
    }
}

/// A posted form.
impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let form = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let axum::Form(pairs) = form.map_err(|rejection| match rejection.status().as_u16() {
            413 => Problem::TooLarge,
            _ => Problem::Unreadable,
        })?;
        if pairs.len() > MOST_VALUES { Err(Problem::TooLarge) } else { Ok(Self(pairs)) }
    }
}

/// A form with one file.
pub(crate) struct Upload {
    /// Everything but the file.
    pub(crate) sent: Sent,
    /// The file; empty when none was chosen.
    pub(crate) bytes: Vec<u8>,
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| Problem::Unreadable)?;
        let (mut sent, mut bytes) = (Sent::default(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(|error| part_problem(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().is_some();
            let content = part.bytes().await.map_err(|error| part_problem(&error))?;
            if is_file {
                bytes = content.to_vec();
            } else {
                sent.0.push((name, String::from_utf8_lossy(&content).into_owned()));
            }
            if sent.0.len() > MOST_VALUES {
                return Err(Problem::TooLarge);
            }
        }
        Ok(Self { sent, bytes })
    }
}

/// A form with several files. One that was sent without its file part counts as one without files.
pub(crate) struct Files {
    /// Everything but the files.
    pub(crate) sent: Sent,
    /// Names and contents, in order; what was left empty is left out.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl<S: Send + Sync> FromRequest<S> for Files {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let plain =
            request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        if plain {
            return Ok(Self { sent: Sent::from_request(request, state).await?, files: Vec::new() });
        }
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| Problem::Unreadable)?;
        let (mut sent, mut files) = (Sent::default(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(|error| part_problem(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            // Some browsers send a folder's name along: only the last part names the file.
            let file = part.file_name().map(|file| file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
            let content = part.bytes().await.map_err(|error| part_problem(&error))?;
            match file {
                Some(file) if !file.is_empty() && !content.is_empty() => files.push((file, content.to_vec())),
                Some(_) => {}
                None => sent.0.push((name, String::from_utf8_lossy(&content).into_owned())),
            }
            if sent.0.len() + files.len() > MOST_VALUES {
                return Err(Problem::TooLarge);
            }
        }
        Ok(Self { sent, files })
    }
}

fn part_problem(error: &axum::extract::multipart::MultipartError) -> Problem {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { Problem::TooLarge } else { Problem::Unreadable }
}
