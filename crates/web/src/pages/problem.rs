//! What a person sees when something cannot be done: what happened and what to do next.

use domain::{Refusal, RefusalCode};
use serde::Serialize;

use crate::pages::form_page::Row;
use crate::shell::Link;
use crate::templates::Page;
use crate::words::capital;

/// The page.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct ProblemPage {
    pub(crate) heading: String,
    pub(crate) what: String,
    pub(crate) next: String,
    pub(crate) basis: String,
    pub(crate) link: Option<Link>,
    pub(crate) code: String,
    pub(crate) operation: String,
    /// What was typed and not kept.
    pub(crate) typed: Vec<Row>,
}

impl ProblemPage {
    /// The page of a refusal.
    pub(crate) fn refused(refusal: &Refusal) -> Self {
        Self {
            heading: "This cannot be done".to_owned(),
            what: refusal.sentence(),
            next: refusal.code.next().to_owned(),
            basis: refusal.code.basis().to_owned(),
            code: refusal.code.id().to_owned(),
            ..Self::default()
        }
    }

    /// A page without a code.
    pub(crate) fn plain(heading: &str, what: &str, next: &str, link: Link) -> Self {
        Self { heading: heading.to_owned(), what: what.to_owned(), next: next.to_owned(), link: Some(link), ..Self::default() }
    }

    /// The page of something that is not there, or not for this reader.
    pub(crate) fn not_found() -> Self {
        Self {
            heading: "Page not found".to_owned(),
            what: "There is nothing at this address, or it is not for you to see.".to_owned(),
            next: "Check the address, or start again from Today.".to_owned(),
            link: Some(Link::new("/", "Go to Today")),
            ..Self::default()
        }
    }

    /// The page of a form that was sent already with something else in it.
    pub(crate) fn sent_already(led: &str, typed: &[(String, String)]) -> Self {
        let rows = typed.iter().map(|(name, value)| Row::whole(capital(&name.replace(['_', '-'], " ")), value.clone()));
        Self {
            heading: "You sent this form already".to_owned(),
            what: "The same form was sent before, with something else in it. That was kept; this was not, so that nothing is done twice."
                .to_owned(),
            next: "See what was kept. If this is something new, open the page again and copy what you typed from below.".to_owned(),
            link: Some(Link::new(led, "See what was kept")),
            typed: rows.collect(),
            ..Self::default()
        }
    }

    /// The page of a fault of ours.
    pub(crate) fn failed(operation: &str) -> Self {
        Self {
            heading: "There is a problem with the service".to_owned(),
            what: "Something went wrong here. Nothing was half done: what you sent was either kept whole or not at all.".to_owned(),
            next: "Go back, check whether it was kept, and try again in a few minutes.".to_owned(),
            operation: operation.to_owned(),
            ..Self::default()
        }
    }
}

impl Page for ProblemPage {
    const TEMPLATE: &'static str = "pages/problem.html";

    fn title(&self) -> String {
        self.heading.clone()
    }

    fn samples() -> Vec<Self> {
        let refusals = RefusalCode::ALL.iter().map(|code| Self::refused(&Refusal::new(*code, "")));
        refusals
            .chain([
                Self::not_found(),
                Self::failed("op-3f9a"),
                Self::sent_already("/requests/x", &[("words".to_owned(), "Please send me everything.".to_owned())]),
            ])
            .collect()
    }
}
