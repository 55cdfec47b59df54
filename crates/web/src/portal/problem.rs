//! What a visitor sees when something is not there, not accepted, or our fault. Whatever is
//! missing, spent, expired or altered looks the same to the last byte.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::frame::{Frame, shown};
use super::{PortalPage, Voice};
use crate::WebState;
use crate::error::Problem;

/// Whether an address is one of the public pages.
pub(crate) fn is_ours(path: &str) -> bool {
    path == "/portal" || path.starts_with("/portal/")
}

/// The page for a problem.
pub(crate) fn page(problem: &Problem) -> PortalPage {
    let page = match problem {
        Problem::NotFound | Problem::SignIn => PortalPage::new("This page is not here")
            .says("The address is not right, or the link has been used, or its time has run out.")
            .says("You can ask for a new link with your reference. If we told you to expect a reply here, write to us and we send you another link."),
        Problem::CrossSite => PortalPage::new("This form came from somewhere else")
            .says("What was sent did not come from one of these pages, so it was not accepted. Open the page here and send the form again."),
        Problem::TooLarge => PortalPage::new("This is too long")
            .says("More was sent than this page can take. Shorten it, or send the rest to us in another way."),
        Problem::Unreadable => PortalPage::new("This could not be read")
            .says("What your browser sent could not be read as this form. Open the page again and send it once more."),
        Problem::SentAlready { .. } => PortalPage::new("You sent this form already")
            .says("What you sent first has reached us. Open the page again to send something else."),
        Problem::Refused(refusal) => PortalPage::new("This was not possible").says(refusal.code.what()).says(refusal.code.next()),
        Problem::Failed(operation) => PortalPage::new("Something went wrong here")
            .says("This is our fault, not yours. Try again in a few minutes, or tell us in another way.")
            .says(format!("If you write to us about it, quote {operation}.")),
    };
    page.link("/portal/follow", "Ask for a link").link("/portal", "Go to the beginning")
}

/// Answers a problem on a public page.
pub(crate) async fn answer(state: &WebState, problem: &Problem, status: StatusCode) -> Response {
    let exit = state.run(services::portal::exit).await.unwrap_or_default();
    let page = PortalPage { frame: Frame::new(Voice::Plain, &exit, ""), ..page(problem) };
    shown(state, &page, status).unwrap_or_else(|_| status.into_response())
}
