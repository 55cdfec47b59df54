//! What stands around every page: organisation, navigation, who is signed in, a notice.

use std::sync::LazyLock;

use domain::people::{Actor, Relation, Verb, may};
use serde::Serialize;

use crate::assets;

/// The frame of one page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shell {
    organisation: String,
    person: Option<String>,
    navigation: Vec<Link>,
    notice: Option<&'static str>,
    #[serde(flatten)]
    addresses: &'static Addresses,
}

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) current: bool,
}

impl Link {
    pub(crate) fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), current: false }
    }
}

#[derive(Debug, Serialize)]
struct Addresses {
    css: String,
    js: String,
    govuk_js: String,
    icon: String,
}

static ADDRESSES: LazyLock<Addresses> = LazyLock::new(|| Addresses {
    css: assets::address("app.css"),
    js: assets::address("app.js"),
    govuk_js: assets::address("govuk-frontend.min.js"),
    icon: assets::address("icon.svg"),
});

/// Where the navigation leads, and what one must be allowed to do to see the entry.
const NAVIGATION: &[(&str, &str, Verb)] = &[
    ("/", "Today", Verb::TodaySee),
    ("/inbox", "Inbox", Verb::InboxSee),
    ("/requests", "Requests", Verb::RequestList),
    ("/requests/new", "Record a request", Verb::RequestLog),
    ("/complaints", "Complaints", Verb::ComplaintList),
    ("/marks/check", "Check before you use data", Verb::MarkCheck),
    ("/searches", "Searches", Verb::SearchSee),
    ("/policy", "Policy", Verb::PolicySee),
    ("/duties", "Duties", Verb::DutySee),
    ("/settings/portal", "Portal", Verb::PortalManage),
    ("/people", "People", Verb::UserManage),
];

impl Shell {
    /// The frame for `actor` at `path`.
    pub(crate) fn new(organisation: &str, actor: Option<&Actor>, path: &str) -> Self {
        Self {
            organisation: organisation.to_owned(),
            person: actor.map(|actor| actor.name.clone()),
            navigation: actor.map(|actor| navigation(actor, path)).unwrap_or_default(),
            notice: None,
            addresses: &ADDRESSES,
        }
    }

    /// With a notice that something was done; see [`notice`].
    pub(crate) fn with_notice(mut self, key: Option<&str>) -> Self {
        self.notice = key.and_then(notice);
        self
    }
}

fn navigation(actor: &Actor, path: &str) -> Vec<Link> {
    let allowed = NAVIGATION.iter().filter(|(_, _, verb)| may(actor, *verb, Relation::None));
    allowed.map(|(href, text, _)| Link { current: stands_in(path, href), ..Link::new(*href, *text) }).collect()
}

/// Whether a page belongs to an entry; recording has an entry of its own.
fn stands_in(path: &str, href: &str) -> bool {
    let recording = matches!(path, "/requests/new" | "/requests/upload");
    match href {
        "/" => path == "/",
        "/requests/new" => recording,
        "/marks/check" => path.starts_with("/marks"),
        _ => path.starts_with(href) && !recording,
    }
}

/// Notices after a redirect. The address carries only the key, so that nobody can make
/// a page say something it did not.
const NOTICES: &[(&str, &str)] = &[
    ("message-filed", "The message is filed to the case."),
    ("mail-settled", "What became of the mail is recorded."),
    ("message-nothing", "The message is set aside. It can be found under “Settled”."),
    ("logged", "The request is recorded and its clock is running."),
    ("acknowledged", "The acknowledgement is recorded."),
    ("identity-asked", "The question about identity is recorded."),
    ("identity-received", "The proof of identity is recorded."),
    ("identity-dropped", "The question about identity is no longer relied on."),
    ("authority-asked", "The question about authority is recorded."),
    ("authority-received", "The proof of authority is recorded."),
    ("authority-dropped", "The question about authority is no longer relied on."),
    ("capacity", "The judgement of the child’s understanding is recorded."),
    ("clarify", "The question is recorded and the clock is paused from the day it was asked."),
    ("answered", "The answer is recorded and the clock runs again."),
    ("extended", "The extension is recorded with its reasons."),
    ("search-planned", "The search is asked for."),
    ("search-done", "What came of the search is recorded."),
    ("found", "What was found is kept with the request."),
    ("found-review", "What was found is in the review, at its end."),
    (
        "found-unread",
        "What was found is kept. Part of it cannot be read by Probity: it is listed in the review, and a person has to look at it.",
    ),
    ("assigned", "The request is assigned."),
    ("prepared", "The review is finished. The reply now waits for approval."),
    ("reopened", "It is open again."),
    ("approved", "It is approved and can be sent."),
    ("letter-kept", "The letter is kept as you edited it. If it was signed off already, it has to be approved again."),
    ("refusal-prepared", "The decision to refuse is kept. Nothing has gone out: it now waits for approval."),
    ("replied", "The reply is recorded as sent."),
    ("exemption", "The decision is recorded. If the answer was signed off already, it has to be approved again."),
    ("addresses", "The addresses are kept from whoever asks. If the answer was signed off already, it has to be approved again."),
    ("answer-set", "How the answer is given is recorded. If it was signed off already, it has to be approved again."),
    ("part-prepared", "The first part now waits for approval. What is left stays named with its day."),
    ("supplement", "The request is open again for a second pack."),
    ("fee-asked", "The fee statement is made. The time for the answer begins when it is paid."),
    ("fee-paid", "The payment is recorded and the clock is running."),
    ("refused", "The refusal is recorded."),
    ("withdrawn", "The withdrawal is recorded."),
    ("closed", "The request is closed."),
    ("classes", "The kinds of record are kept. Decide about each of them next."),
    ("corrected", "The decision is kept. You can decide about another value, or send the answer."),
    ("decided-right", "The decision is kept. Do what follows from it, and send the answer."),
    ("action-added", "It is added. The request cannot be closed before it is done."),
    ("action-done", "It is recorded as done."),
    ("mark-lifted", "The mark is lifted."),
    ("decided", "The decision is kept."),
    ("known-by", "It is kept. Search so that what it stands in is found."),
    ("decided-everywhere", "The words are decided everywhere."),
    ("added", "The words are marked to be withheld."),
    ("noted", "The note is kept."),
    ("undone", "Your last decision is undone."),
    ("nothing-to-undo", "There is nothing of yours to undo."),
    ("taken-over", "You have taken this item over. Whoever had it open is told when they decide."),
    ("second-asked", "Another person has to look at this item before the review can be finished."),
    ("second-dropped", "No second look is asked for any more."),
    ("second-confirmed", "The second look is recorded."),
    ("nothing-left", "Nothing is left here that you could take. What others have open stays with them until they decide."),
    ("bulk-done", "The decision is kept for all of these items."),
    ("bulk-held", "The decision is kept. Items that somebody else has open were left to them."),
    ("version-begun", "The new version is begun. Read what changes before you put it forward."),
    ("version-proposed", "The version is put forward. A second person can adopt it now."),
    ("version-adopted", "The version is adopted."),
    ("version-reopened", "The version is a draft again."),
    ("version-withdrawn", "The version is withdrawn."),
    ("policy-signed", "You have signed the policy."),
    ("event-logged", "It is logged. What has to follow, and until when, stands below."),
    ("dates-begun", "The event is recorded. Each date that follows from it is in the list."),
    ("duty-done", "It is recorded as done."),
    ("duty-signed", "The signature is recorded."),
    ("post-printed", "It is recorded as printed. Make the label, post it and record the proof."),
    ("complaint-logged", "The complaint is recorded and its clocks are running."),
    ("complaint-acknowledged", "The acknowledgement is recorded."),
    ("complaint-saved", "The complaint is up to date."),
    ("complaint-answered", "The outcome is recorded."),
    ("answer-mailed", "The answer is on its way by mail. What becomes of it stands below under “Mail”."),
    ("release-ended", "The release has ended. Its link shows nothing any more."),
    ("held", "The messages are dealt with."),
    ("told", "What the person sent is dealt with."),
    ("calendar-revoked", "The address has ended. Calendars that used it show nothing new."),
    ("saved", "The change is kept."),
    ("account", "The account is ready. Sign in with it now."),
    ("signed-out", "You are signed out."),
];

/// The sentence of a notice.
pub(crate) fn notice(key: &str) -> Option<&'static str> {
    NOTICES.iter().find(|(name, _)| *name == key).map(|(_, sentence)| *sentence)
}
