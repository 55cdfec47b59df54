//! One shape for every public page: heading, words, choices, rows, form, more words.

use serde::Serialize;

use super::frame::Frame;
use super::{Voice, collect, follow, problem, sent, start, wish};
use crate::error::Problem;
use crate::forms::Form;
use crate::pages::form_page::Row;
use crate::pages::request::ClockStep;
use crate::shell::Link;

/// Something a visitor can choose.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) hint: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PortalPage {
    pub(crate) frame: Frame,
    pub(crate) heading: String,
    /// The reference of what was just sent.
    pub(crate) reference: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) choices: Vec<Choice>,
    pub(crate) rows: Vec<Row>,
    pub(crate) steps: Vec<ClockStep>,
    pub(crate) form: Option<Form>,
    pub(crate) action: String,
    pub(crate) button: String,
    pub(crate) once: String,
    /// What follows the form.
    pub(crate) further: Vec<String>,
    pub(crate) bullets: Vec<String>,
    pub(crate) links: Vec<Link>,
}

impl PortalPage {
    /// A page with a heading and nothing else.
    pub(crate) fn new(heading: impl Into<String>) -> Self {
        Self {
            frame: Frame::new(Voice::Plain, "", ""),
            heading: heading.into(),
            reference: String::new(),
            paragraphs: Vec::new(),
            choices: Vec::new(),
            rows: Vec::new(),
            steps: Vec::new(),
            form: None,
            action: String::new(),
            button: String::new(),
            once: String::new(),
            further: Vec::new(),
            bullets: Vec::new(),
            links: Vec::new(),
        }
    }

    /// One more paragraph.
    pub(crate) fn says(mut self, text: impl Into<String>) -> Self {
        self.paragraphs.push(text.into());
        self
    }

    /// One more paragraph after the form.
    pub(crate) fn then(mut self, text: impl Into<String>) -> Self {
        self.further.push(text.into());
        self
    }

    /// A link at the end.
    pub(crate) fn link(mut self, href: impl Into<String>, text: &str) -> Self {
        self.links.push(Link::new(href, text));
        self
    }

    /// A form that is posted to `action`.
    pub(crate) fn asks(mut self, form: Form, action: impl Into<String>, button: &str) -> Self {
        self.form = Some(form);
        self.action = action.into();
        button.clone_into(&mut self.button);
        self.once = crate::once::fresh();
        self
    }
}

/// Every page in every voice, for tests and design.
pub(super) fn samples() -> Vec<PortalPage> {
    let mut pages = Vec::new();
    for (voice, _) in Voice::ALL {
        let frame = |page: PortalPage| PortalPage { frame: Frame::new(*voice, "https://www.bbc.co.uk/weather", "/portal"), ..page };
        pages.push(frame(start::sample(*voice)));
        pages.extend(wish::samples(*voice).into_iter().map(frame));
        pages.extend(sent::samples(*voice).into_iter().map(frame));
        pages.extend(follow::samples(*voice).into_iter().map(frame));
        pages.extend(collect::samples(*voice).into_iter().map(frame));
    }
    pages.extend([Problem::NotFound, Problem::CrossSite, Problem::TooLarge, Problem::Failed("op-1".to_owned())].iter().map(problem::page));
    pages
}
