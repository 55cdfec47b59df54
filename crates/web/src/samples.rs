//! Every page with its samples, rendered: for the tests, for looking at the design, and
//! for accessibility checks without a database.

use domain::ids::UserId;
use domain::people::{Actor, Role, Standing};

use crate::pages::policy::{clause, conflicts, document, notices, paper, questions, read, versions};
use crate::pages::{
    complaints, disclosures, duties, exemptions, form_page, inbox, item, item_pages, locked, marks, outbox, people, problem, progress,
    release, request, requests, review, same_words, searches, set_up, sign_in, text, today,
};
use crate::portal::PortalPage;
use crate::shell::Shell;
use crate::templates::{Page, render};

/// A rendered page, or why it could not be rendered.
pub struct Sample {
    /// Which page and which of its samples, e.g. `today-2`.
    pub name: String,
    /// The HTML.
    pub html: Result<String, String>,
    /// Whether the sample carries complaints about a form.
    pub refused: bool,
}

/// Renders every sample of every page, for a data protection lead who is signed in.
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    add::<today::Today>(&mut samples, "today", "/");
    add::<requests::Requests>(&mut samples, "requests", "/requests");
    add::<inbox::list::Inbox>(&mut samples, "inbox", "/inbox");
    add::<inbox::message::MessagePage>(&mut samples, "message", "/inbox/x");
    add::<outbox::OutboxPage>(&mut samples, "outbox", "/outbox");
    add::<form_page::FormPage>(&mut samples, "form", "/requests/x/form");
    add::<crate::acts::letter::LetterPage>(&mut samples, "letter", "/requests/x/extend");
    add::<crate::pages::postings::PostingPage>(&mut samples, "posting", "/requests/x/postings/y");
    add::<crate::pages::postings::Envelope>(&mut samples, "envelope", "/requests/x/postings/y/envelope");
    add::<marks::CheckPage>(&mut samples, "marks-check", "/marks/check");
    add::<marks::Marks>(&mut samples, "marks", "/marks");
    add::<crate::pages::account::Account>(&mut samples, "account", "/account");
    add::<people::People>(&mut samples, "people", "/people");
    add::<request::RequestPage>(&mut samples, "request", "/requests/x");
    add::<release::ReleasePage>(&mut samples, "release", "/requests/x/release");
    add::<progress::Progress>(&mut samples, "progress", "/requests/x/search");
    add::<review::Review>(&mut samples, "review", "/requests/x/review");
    add::<same_words::SameWords>(&mut samples, "same-words", "/requests/x/review/words");
    add::<locked::LockedPage>(&mut samples, "locked", "/requests/x/locked");
    add::<disclosures::Disclosures>(&mut samples, "disclosures", "/requests/x/disclosures");
    add::<searches::PlanPage>(&mut samples, "search-plan", "/requests/x/search-plan");
    add::<searches::MySearches>(&mut samples, "searches", "/searches");
    add::<exemptions::Exemptions>(&mut samples, "exemptions", "/requests/x/exemptions");
    add::<item::Item>(&mut samples, "item", "/requests/x/review/2");
    add::<item_pages::Pages>(&mut samples, "item-pages", "/requests/x/review/2/pages");
    add::<document::PolicyPage>(&mut samples, "policy", "/policy");
    add::<clause::ClausePage>(&mut samples, "policy-clause", "/policy/clauses/x");
    add::<conflicts::Conflicts>(&mut samples, "policy-conflicts", "/policy/conflicts");
    add::<questions::Questions>(&mut samples, "policy-questions", "/policy/questions");
    add::<versions::Versions>(&mut samples, "policy-versions", "/policy/versions");
    add::<versions::VersionPage>(&mut samples, "policy-version", "/policy/versions/x");
    add::<versions::Compare>(&mut samples, "policy-compare", "/policy/compare");
    add::<read::ReadPage>(&mut samples, "policy-read", "/policy/read");
    add::<read::Readings>(&mut samples, "policy-readings", "/policy/readings");
    add::<notices::Notices>(&mut samples, "policy-notices", "/policy/notices");
    add::<paper::Paper>(&mut samples, "policy-paper", "/policy/notices/x");
    add::<complaints::list::Complaints>(&mut samples, "complaints", "/complaints");
    add::<complaints::one::ComplaintPage>(&mut samples, "complaint", "/complaints/x");
    add::<duties::list::Duties>(&mut samples, "duties", "/duties");
    add::<duties::duty::DutyPage>(&mut samples, "duty", "/duties/x");
    add::<sign_in::SignIn>(&mut samples, "sign-in", "");
    add::<set_up::SetUp>(&mut samples, "set-up", "");
    add::<text::TextPage>(&mut samples, "text", "/help");
    add::<PortalPage>(&mut samples, "portal", "");
    add::<problem::ProblemPage>(&mut samples, "problem", "/problem");
    samples
}

/// Adds the samples of one page; an empty `path` shows it to somebody not signed in.
fn add<P: Page>(samples: &mut Vec<Sample>, name: &str, path: &str) {
    let lead = Actor {
        user: UserId::new("u1"),
        name: "Sam Reed".to_owned(),
        roles: vec![Role::Lead, Role::Administrator],
        standing: Standing::Active,
    };
    let shell = Shell::new("Greenbank Learning CIC", Some(&lead).filter(|_| !path.is_empty()), path);
    for (index, page) in P::samples().iter().enumerate() {
        let refused = page.form().is_some_and(crate::forms::Form::is_refused);
        samples.push(Sample { name: format!("{name}-{}", index + 1), html: render(&shell, page), refused });
    }
}
