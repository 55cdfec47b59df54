//! The list of privacy notices and the sheet for the notice board.

use domain::policy::{Audience, Policy};
use serde::Serialize;

use super::document::sample_policy;
use crate::templates::Page;

/// One document.
#[derive(Debug, Clone, Serialize)]
struct Line {
    href: String,
    title: String,
    audience: &'static str,
    given: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Notices {
    version: String,
    lines: Vec<Line>,
}

impl Notices {
    /// The notices of a policy.
    pub(crate) fn new(policy: &Policy) -> Self {
        let line = |notice: &domain::policy::Notice| Line {
            href: format!("/policy/notices/{}", notice.id),
            title: notice.title.clone(),
            audience: match notice.audience {
                Audience::Adult => "Adults",
                Audience::Child => "Children",
                Audience::EasyRead => "Easy read",
            },
            given: notice.given.clone(),
        };
        Self { version: policy.about().version.clone(), lines: policy.notices().notice.iter().map(line).collect() }
    }
}

impl Page for Notices {
    const TEMPLATE: &'static str = "pages/policy/notices.html";

    fn title(&self) -> String {
        "Notices".to_owned()
    }

    fn samples() -> Vec<Self> {
        vec![Self::new(&sample_policy()), Self { version: "1.0".to_owned(), lines: Vec::new() }]
    }
}
