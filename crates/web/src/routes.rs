//! Every address there is, with who may come to it. The router is built from this list.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use domain::people::Verb;

use crate::WebState;
use crate::acts::{self, Act};
use crate::assets;
use crate::extract::{At, Visit};
use crate::forms::Sent;
pub use crate::gate::Access;
use crate::gate::gate;
use crate::pages::complaints::acts as com;
use crate::pages::inbox::settle::Settle;
use crate::pages::policy::adopt::Act as Change;
use crate::pages::{
    account, complaints, disclosures, documents, duties, exemptions, found, inbox, item, item_pages, locked, log, marks, outbox, people,
    policy, portal_desk, postings, progress, queue, release, request, requests, review, same_words, searches, set_up, sign_in, text, today,
};
use crate::portal::follow::{self, Ask};
use crate::portal::wish::{self, Wish};
use crate::portal::{self, Visitor, collect};

/// Largest uploaded message, in bytes. Larger material is put on the server as a place
/// to search.
const UPLOAD_LIMIT: usize = 64 * 1024 * 1024;

/// Largest edited letter, in bytes.
const LETTER_LIMIT: usize = 8 * 1024 * 1024;

/// Largest upload of a pack's files, in bytes: what a pack may hold, and the form around it.
const PACK_LIMIT: usize = 11 * 1024 * 1024;

/// One address with one method.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address, with its variable parts in braces.
    pub path: &'static str,
    /// Who may come.
    pub access: Access,
    handler: Handler,
}

enum Handler {
    /// A page with a handler of its own.
    Page(fn() -> MethodRouter<WebState>),
    /// The page of an act on a request.
    Asks(&'static Act),
    /// An act on a request.
    Does(&'static Act),
    /// A change of a version of the policy: asked for with GET, done with POST.
    Changes(Change),
    /// A way to settle a message of the inbox, likewise.
    Settles(Settle),
}

impl Route {
    /// The address with its variable parts filled in, to try it.
    pub fn sample(&self) -> String {
        let parts = [
            ("{id}", "019a0000-0000-7000-8000-000000000000"),
            ("{item}", "0"),
            ("{document}", "d"),
            ("{posting}", "019a0000-0000-7000-8000-000000000000"),
            ("{token}", "t"),
            ("{file}", "f.css"),
            ("{clause}", "TURN-85"),
            ("{notice}", "families"),
            ("{step}", "acknowledgement"),
            ("{form}", "csv"),
            ("{exemption}", "E21"),
        ];
        parts.iter().fold(self.path.to_owned(), |path, (name, value)| path.replace(name, value))
    }

    fn service(&self) -> MethodRouter<WebState> {
        match self.handler {
            Handler::Page(handler) => handler(),
            Handler::Asks(act) => get(move |visit: Visit, At(id): At<String>| acts::show(act, visit, id)),
            Handler::Changes(change) if self.method == "GET" => {
                get(move |visit: Visit, At(id): At<String>| policy::adopt::ask(change, visit, id))
            }
            Handler::Changes(change) => {
                post(move |visit: Visit, At(id): At<String>, sent: Sent| policy::adopt::submit(change, visit, id, sent))
            }
            Handler::Settles(settle) if self.method == "GET" => {
                get(move |visit: Visit, id: At<String>| inbox::settle::ask(settle, visit, id))
            }
            Handler::Settles(settle) => {
                post(move |visit: Visit, id: At<String>, sent: Sent| inbox::settle::submit(settle, visit, id, sent))
            }
            Handler::Does(act) => post(move |visit: Visit, At(id): At<String>, sent: Sent| acts::submit(act, visit, id, sent)),
        }
    }
}

const fn public(method: &'static str, path: &'static str, handler: fn() -> MethodRouter<WebState>) -> Route {
    Route { method, path, access: Access::Public, handler: Handler::Page(handler) }
}

const fn page(path: &'static str, verb: Verb, handler: fn() -> MethodRouter<WebState>) -> Route {
    Route { method: "GET", path, access: Access::May(verb), handler: Handler::Page(handler) }
}

const fn form(path: &'static str, verb: Verb, handler: fn() -> MethodRouter<WebState>) -> Route {
    Route { method: "POST", path, access: Access::May(verb), handler: Handler::Page(handler) }
}

const fn asks(path: &'static str, verb: Verb, act: &'static Act) -> Route {
    Route { method: "GET", path, access: Access::May(verb), handler: Handler::Asks(act) }
}

const fn does(path: &'static str, verb: Verb, act: &'static Act) -> Route {
    Route { method: "POST", path, access: Access::May(verb), handler: Handler::Does(act) }
}

const fn changes(method: &'static str, path: &'static str, verb: Verb, change: Change) -> Route {
    Route { method, path, access: Access::May(verb), handler: Handler::Changes(change) }
}

const fn settles(method: &'static str, path: &'static str, verb: Verb, settle: Settle) -> Route {
    Route { method, path, access: Access::May(verb), handler: Handler::Settles(settle) }
}

/// Every route. What is not in here does not exist.
pub static ROUTES: &[Route] = &[
    public("GET", "/static/{file}", || get(assets::serve)),
    public("GET", "/favicon.ico", || get(assets::icon)),
    public("GET", "/healthz", || get(|| async { "ok\n" })),
    public("GET", "/help", || get(text::help)),
    public("GET", "/accessibility", || get(text::accessibility)),
    public("GET", "/set-up/{token}", || get(set_up::show)),
    public("POST", "/set-up/{token}", || post(set_up::submit)),
    public("GET", "/sign-in", || get(sign_in::show)),
    public("POST", "/sign-in", || post(sign_in::submit)),
    public("GET", "/portal", || get(portal::start::show)),
    public("GET", "/portal/request", || get(|v: Visitor| wish::show(Wish::Request, v))),
    public("POST", "/portal/request", || post(|v: Visitor, sent: Sent| wish::submit(Wish::Request, v, sent))),
    public("GET", "/portal/complaint", || get(|v: Visitor| wish::show(Wish::Complaint, v))),
    public("POST", "/portal/complaint", || post(|v: Visitor, sent: Sent| wish::submit(Wish::Complaint, v, sent))),
    public("GET", "/portal/consent", || get(|v: Visitor| wish::show(Wish::Consent, v))),
    public("POST", "/portal/consent", || post(|v: Visitor, sent: Sent| wish::submit(Wish::Consent, v, sent))),
    public("GET", "/portal/marketing", || get(|v: Visitor| wish::show(Wish::Marketing, v))),
    public("POST", "/portal/marketing", || post(|v: Visitor, sent: Sent| wish::submit(Wish::Marketing, v, sent))),
    public("GET", "/portal/sent", || get(portal::sent::show)),
    public("GET", "/portal/follow", || get(follow::show)),
    public("POST", "/portal/follow", || post(follow::submit)),
    public("GET", "/portal/follow/asked", || get(follow::asked)),
    public("GET", "/portal/link/{token}", || get(follow::link)),
    public("POST", "/portal/link/{token}", || post(follow::open)),
    public("GET", "/portal/case", || get(follow::case)),
    public("GET", "/portal/case/answer", || get(|v: Visitor, h: HeaderMap| follow::ask(Ask::Answer, v, h))),
    public("POST", "/portal/case/answer", || post(|v: Visitor, h: HeaderMap, sent: Sent| follow::answer(Ask::Answer, v, h, sent))),
    public("GET", "/portal/case/identity", || get(|v: Visitor, h: HeaderMap| follow::ask(Ask::Identity, v, h))),
    public("POST", "/portal/case/identity", || post(|v: Visitor, h: HeaderMap, sent: Sent| follow::answer(Ask::Identity, v, h, sent))),
    public("GET", "/portal/case/withdraw", || get(|v: Visitor, h: HeaderMap| follow::ask(Ask::Withdraw, v, h))),
    public("POST", "/portal/case/withdraw", || post(|v: Visitor, h: HeaderMap, sent: Sent| follow::answer(Ask::Withdraw, v, h, sent))),
    public("GET", "/portal/collect/{token}", || get(collect::show)),
    public("POST", "/portal/collect/{token}", || post(collect::open)),
    public("GET", "/portal/pack", || get(collect::pack)),
    public("GET", "/portal/pack/{file}", || get(collect::file)),
    form("/sign-out", Verb::OwnAccount, || post(sign_in::leave)),
    page("/", Verb::OwnAccount, || get(today::show)),
    page("/account", Verb::OwnAccount, || get(account::show)),
    form("/account/digest", Verb::OwnAccount, || post(account::digest)),
    form("/account/calendar", Verb::OwnAccount, || post(account::calendar)),
    public("GET", "/feed/{token}", || get(account::subscribe)),
    page("/people", Verb::UserManage, || get(people::show)),
    page("/people/invite", Verb::UserManage, || get(people::show_invite)),
    form("/people/invite", Verb::UserManage, || post(people::submit_invite)),
    page("/people/{id}/roles", Verb::UserManage, || get(people::show_roles)),
    form("/people/{id}/roles", Verb::UserManage, || post(people::submit_roles)),
    form("/people/{id}/standing", Verb::UserManage, || post(people::standing)),
    page("/policy", Verb::PolicySee, || get(policy::show::document)),
    page("/policy/clauses/{clause}", Verb::PolicySee, || get(policy::behind::show)),
    page("/policy/conflicts", Verb::PolicySee, || get(policy::show::conflicts)),
    page("/policy/questions", Verb::PolicySee, || get(policy::show::questions)),
    page("/policy/versions", Verb::PolicySee, || get(policy::adopt::list)),
    page("/policy/versions/new", Verb::PolicyPropose, || get(policy::adopt::show_new)),
    form("/policy/versions/new", Verb::PolicyPropose, || post(policy::adopt::submit_new).layer(DefaultBodyLimit::max(PACK_LIMIT))),
    page("/policy/versions/{id}", Verb::PolicySee, || get(policy::adopt::one)),
    changes("GET", "/policy/versions/{id}/propose", Verb::PolicyPropose, Change::Propose),
    changes("POST", "/policy/versions/{id}/propose", Verb::PolicyPropose, Change::Propose),
    changes("GET", "/policy/versions/{id}/adopt", Verb::PolicyAdopt, Change::Adopt),
    changes("POST", "/policy/versions/{id}/adopt", Verb::PolicyAdopt, Change::Adopt),
    changes("GET", "/policy/versions/{id}/reopen", Verb::PolicyPropose, Change::Reopen),
    changes("POST", "/policy/versions/{id}/reopen", Verb::PolicyPropose, Change::Reopen),
    changes("GET", "/policy/versions/{id}/withdraw", Verb::PolicyPropose, Change::Withdraw),
    changes("POST", "/policy/versions/{id}/withdraw", Verb::PolicyPropose, Change::Withdraw),
    page("/policy/compare", Verb::PolicySee, || get(policy::adopt::compare)),
    page("/policy/read", Verb::PolicyRead, || get(policy::sign::show)),
    form("/policy/read", Verb::PolicyRead, || post(policy::sign::submit)),
    page("/policy/readings", Verb::DutySee, || get(policy::sign::readings)),
    page("/duties", Verb::DutySee, || get(duties::list::show)),
    page("/duties/event", Verb::EventLog, || get(duties::event::show)),
    form("/duties/event", Verb::EventLog, || post(duties::event::submit)),
    page("/duties/{id}", Verb::DutySee, || get(duties::duty::show)),
    form("/duties/{id}", Verb::DutyDo, || post(duties::duty::submit)),
    page("/duties/{id}/further", Verb::DutyDo, || get(duties::duty::show_further)),
    form("/duties/{id}/further", Verb::DutyDo, || post(duties::duty::submit_further)),
    page("/policy/notices", Verb::PolicySee, || get(policy::show::notices)),
    page("/policy/notices/{notice}", Verb::PolicySee, || get(policy::show::notice)),
    page("/policy/board-sheet", Verb::PolicySee, || get(policy::show::board_sheet)),
    page("/settings/portal", Verb::PortalManage, || get(portal_desk::show_settings)),
    form("/settings/portal", Verb::PortalManage, || post(portal_desk::submit_settings)),
    page("/held", Verb::PortalHeld, || get(portal_desk::show_held)),
    form("/held", Verb::PortalHeld, || post(portal_desk::submit_held)),
    page("/complaints", Verb::ComplaintList, || get(complaints::list::show)),
    page("/complaints/new", Verb::ComplaintLog, || get(complaints::new::show)),
    form("/complaints/new", Verb::ComplaintLog, || post(complaints::new::submit)),
    page("/complaints/{id}", Verb::ComplaintSee, || get(complaints::one::show)),
    page("/complaints/{id}/documents/{document}", Verb::ComplaintWork, || get(complaints::one::document)),
    page("/complaints/{id}/steps/{step}", Verb::ComplaintWork, || get(complaints::step::show)),
    form("/complaints/{id}/steps/{step}", Verb::ComplaintWork, || post(complaints::step::submit)),
    page("/complaints/{id}/acknowledge", Verb::ComplaintWork, || get(|v: Visit, At(id): At<String>| com::show(&com::ACKNOWLEDGE, v, id))),
    form("/complaints/{id}/acknowledge", Verb::ComplaintWork, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::ACKNOWLEDGE, v, id, sent))
    }),
    page("/complaints/{id}/reached", Verb::ComplaintWork, || get(|v: Visit, At(id): At<String>| com::show(&com::REACHED, v, id))),
    form("/complaints/{id}/reached", Verb::ComplaintWork, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::REACHED, v, id, sent))
    }),
    page("/complaints/{id}/progress", Verb::ComplaintWork, || get(|v: Visit, At(id): At<String>| com::show(&com::PROGRESS, v, id))),
    form("/complaints/{id}/progress", Verb::ComplaintWork, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::PROGRESS, v, id, sent))
    }),
    page("/complaints/{id}/outcome", Verb::ComplaintConclude, || get(|v: Visit, At(id): At<String>| com::show(&com::OUTCOME, v, id))),
    form("/complaints/{id}/outcome", Verb::ComplaintConclude, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::OUTCOME, v, id, sent))
    }),
    page("/complaints/{id}/withdraw", Verb::ComplaintConclude, || get(|v: Visit, At(id): At<String>| com::show(&com::WITHDRAW, v, id))),
    form("/complaints/{id}/withdraw", Verb::ComplaintConclude, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::WITHDRAW, v, id, sent))
    }),
    page("/complaints/{id}/close", Verb::ComplaintConclude, || get(|v: Visit, At(id): At<String>| com::show(&com::CLOSE, v, id))),
    form("/complaints/{id}/close", Verb::ComplaintConclude, || {
        post(|v: Visit, At(id): At<String>, sent: Sent| com::submit(&com::CLOSE, v, id, sent))
    }),
    page("/marks", Verb::MarkSee, || get(marks::show)),
    page("/marks/check", Verb::MarkCheck, || get(marks::show_check)),
    form("/marks/check", Verb::MarkCheck, || post(marks::submit_check)),
    page("/marks/{id}", Verb::MarkSee, || get(marks::one)),
    form("/marks/{id}", Verb::MarkLift, || post(marks::submit)),
    page("/requests", Verb::RequestList, || get(requests::show)),
    form("/requests/search", Verb::RequestList, || post(requests::search)),
    page("/requests/new", Verb::RequestLog, || get(log::show)),
    form("/requests/new", Verb::RequestLog, || post(log::submit)),
    page("/requests/upload", Verb::RequestLog, || get(log::show_upload)),
    form("/requests/upload", Verb::RequestLog, || post(log::upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT))),
    page("/inbox", Verb::InboxSee, || get(inbox::list::show)),
    form("/inbox/search", Verb::InboxSee, || post(inbox::list::search)),
    page("/inbox/{id}", Verb::InboxSee, || get(inbox::message::show)),
    page("/inbox/{id}/message", Verb::InboxSee, || get(inbox::message::original)),
    page("/outbox", Verb::OutboxSee, || get(outbox::show)),
    page("/outbox/{id}", Verb::OutboxWork, || get(outbox::ask)),
    form("/outbox/{id}", Verb::OutboxWork, || post(outbox::submit)),
    settles("GET", "/inbox/{id}/request", Verb::InboxWork, Settle::Request),
    settles("POST", "/inbox/{id}/request", Verb::InboxWork, Settle::Request),
    settles("GET", "/inbox/{id}/file", Verb::InboxWork, Settle::File),
    settles("POST", "/inbox/{id}/file", Verb::InboxWork, Settle::File),
    settles("GET", "/inbox/{id}/nothing", Verb::InboxWork, Settle::Nothing),
    settles("POST", "/inbox/{id}/nothing", Verb::InboxWork, Settle::Nothing),
    page("/requests/{id}", Verb::RequestSee, || get(request::show)),
    page("/requests/{id}/disclosures", Verb::DocumentOpen, || get(disclosures::show)),
    page("/requests/{id}/disclosures/{form}", Verb::DocumentOpen, || get(disclosures::file)),
    page("/requests/{id}/documents/{document}", Verb::DocumentOpen, || get(documents::show)),
    form("/requests/{id}/letter", Verb::RequestWork, || post(acts::letter::read).layer(DefaultBodyLimit::max(LETTER_LIMIT))),
    page("/requests/{id}/documents/{document}/post", Verb::RequestWork, || get(postings::show_print)),
    form("/requests/{id}/documents/{document}/post", Verb::RequestWork, || post(postings::submit_print)),
    page("/requests/{id}/postings/{posting}", Verb::RequestWork, || get(postings::show)),
    form("/requests/{id}/postings/{posting}", Verb::RequestWork, || post(postings::submit)),
    page("/requests/{id}/postings/{posting}/envelope", Verb::RequestWork, || get(postings::envelope)),
    page("/requests/{id}/preview", Verb::DocumentOpen, || get(documents::preview)),
    page("/requests/{id}/searching", Verb::RequestSee, || get(progress::show)),
    page("/requests/{id}/searching/stream", Verb::RequestSee, || get(progress::stream)),
    page("/requests/{id}/review", Verb::RequestWork, || get(review::show)),
    form("/requests/{id}/review/accept", Verb::RequestWork, || post(review::accept)),
    page("/requests/{id}/review/next", Verb::RequestWork, || get(queue::next)),
    form("/requests/{id}/review/undo", Verb::RequestWork, || post(queue::undo)),
    page("/requests/{id}/review/bulk", Verb::RequestWork, || get(queue::ask)),
    form("/requests/{id}/review/bulk", Verb::RequestWork, || post(queue::submit)),
    page("/requests/{id}/review/words", Verb::RequestWork, || get(same_words::show)),
    page("/requests/{id}/review/{item}", Verb::RequestWork, || get(item::show)),
    form("/requests/{id}/review/{item}", Verb::RequestWork, || post(item::decide)),
    form("/requests/{id}/review/{item}/add", Verb::RequestWork, || post(item::add)),
    form("/requests/{id}/review/{item}/note", Verb::RequestWork, || post(item::note)),
    page("/requests/{id}/review/{item}/pages", Verb::RequestWork, || get(item_pages::show)),
    form("/requests/{id}/review/{item}/pages", Verb::RequestWork, || post(item_pages::submit)),
    form("/requests/{id}/review/{item}/take-over", Verb::RequestWork, || post(item::take)),
    page("/requests/{id}/locked", Verb::RequestWork, || get(locked::show)),
    form("/requests/{id}/locked", Verb::RequestWork, || post(locked::submit)),
    page("/requests/{id}/search-plan", Verb::RequestWork, || get(searches::plan)),
    form("/requests/{id}/search-plan", Verb::RequestWork, || post(searches::add)),
    page("/requests/{id}/found", Verb::RequestWork, || get(found::show)),
    form("/requests/{id}/found", Verb::RequestWork, || post(found::submit).layer(DefaultBodyLimit::max(UPLOAD_LIMIT))),
    page("/searches", Verb::SearchSee, || get(searches::mine)),
    page("/searches/{id}", Verb::SearchSee, || get(searches::show)),
    form("/searches/{id}", Verb::SearchDo, || post(searches::submit).layer(DefaultBodyLimit::max(UPLOAD_LIMIT))),
    asks("/requests/{id}/acknowledge", Verb::RequestWork, &acts::ACKNOWLEDGE),
    does("/requests/{id}/acknowledge", Verb::RequestWork, &acts::ACKNOWLEDGE),
    asks("/requests/{id}/identity", Verb::RequestWork, &acts::IDENTITY),
    does("/requests/{id}/identity", Verb::RequestWork, &acts::IDENTITY),
    asks("/requests/{id}/identity-received", Verb::RequestWork, &acts::IDENTITY_RECEIVED),
    does("/requests/{id}/identity-received", Verb::RequestWork, &acts::IDENTITY_RECEIVED),
    asks("/requests/{id}/identity-dropped", Verb::RequestWork, &acts::IDENTITY_DROPPED),
    does("/requests/{id}/identity-dropped", Verb::RequestWork, &acts::IDENTITY_DROPPED),
    asks("/requests/{id}/authority", Verb::RequestWork, &acts::AUTHORITY),
    does("/requests/{id}/authority", Verb::RequestWork, &acts::AUTHORITY),
    asks("/requests/{id}/authority-received", Verb::RequestWork, &acts::AUTHORITY_RECEIVED),
    does("/requests/{id}/authority-received", Verb::RequestWork, &acts::AUTHORITY_RECEIVED),
    asks("/requests/{id}/addresses", Verb::RequestWork, &acts::ADDRESSES),
    does("/requests/{id}/addresses", Verb::RequestWork, &acts::ADDRESSES),
    asks("/requests/{id}/capacity", Verb::RequestWork, &acts::CAPACITY),
    does("/requests/{id}/capacity", Verb::RequestWork, &acts::CAPACITY),
    asks("/requests/{id}/clarify", Verb::RequestWork, &acts::CLARIFY),
    does("/requests/{id}/clarify", Verb::RequestWork, &acts::CLARIFY),
    asks("/requests/{id}/answered", Verb::RequestWork, &acts::ANSWERED),
    does("/requests/{id}/answered", Verb::RequestWork, &acts::ANSWERED),
    asks("/requests/{id}/extend", Verb::RequestWork, &acts::EXTEND),
    does("/requests/{id}/extend", Verb::RequestWork, &acts::EXTEND),
    asks("/requests/{id}/classes", Verb::RequestWork, &acts::CLASSES),
    does("/requests/{id}/classes", Verb::RequestWork, &acts::CLASSES),
    asks("/requests/{id}/correct", Verb::RequestWork, &acts::CORRECT),
    does("/requests/{id}/correct", Verb::RequestWork, &acts::CORRECT),
    asks("/requests/{id}/erase", Verb::RequestWork, &acts::ERASE),
    does("/requests/{id}/erase", Verb::RequestWork, &acts::ERASE),
    asks("/requests/{id}/restrict", Verb::RequestWork, &acts::RESTRICT),
    does("/requests/{id}/restrict", Verb::RequestWork, &acts::RESTRICT),
    asks("/requests/{id}/weigh", Verb::RequestWork, &acts::WEIGH),
    does("/requests/{id}/weigh", Verb::RequestWork, &acts::WEIGH),
    asks("/requests/{id}/stop", Verb::RequestWork, &acts::STOP),
    does("/requests/{id}/stop", Verb::RequestWork, &acts::STOP),
    asks("/requests/{id}/export", Verb::RequestWork, &acts::EXPORT),
    does("/requests/{id}/export", Verb::RequestWork, &acts::EXPORT),
    asks("/requests/{id}/automated", Verb::RequestWork, &acts::AUTOMATED),
    does("/requests/{id}/automated", Verb::RequestWork, &acts::AUTOMATED),
    asks("/requests/{id}/give", Verb::RequestWork, &acts::GIVE),
    does("/requests/{id}/give", Verb::RequestWork, &acts::GIVE),
    asks("/requests/{id}/elsewhere", Verb::RequestWork, &acts::ELSEWHERE),
    does("/requests/{id}/elsewhere", Verb::RequestWork, &acts::ELSEWHERE),
    asks("/requests/{id}/action", Verb::RequestWork, &acts::ACTION),
    does("/requests/{id}/action", Verb::RequestWork, &acts::ACTION),
    asks("/requests/{id}/action-done", Verb::RequestWork, &acts::ACTION_DONE),
    does("/requests/{id}/action-done", Verb::RequestWork, &acts::ACTION_DONE),
    asks("/requests/{id}/send-answer", Verb::RequestConclude, &acts::SEND_ANSWER),
    does("/requests/{id}/send-answer", Verb::RequestConclude, &acts::SEND_ANSWER),
    asks("/requests/{id}/search", Verb::RequestWork, &acts::SEARCH),
    does("/requests/{id}/search", Verb::RequestWork, &acts::SEARCH),
    asks("/requests/{id}/prepare", Verb::RequestWork, &acts::PREPARE),
    does("/requests/{id}/prepare", Verb::RequestWork, &acts::PREPARE),
    asks("/requests/{id}/reopen", Verb::RequestSee, &acts::REOPEN),
    does("/requests/{id}/reopen", Verb::RequestSee, &acts::REOPEN),
    asks("/requests/{id}/assign", Verb::RequestAssign, &acts::ASSIGN),
    does("/requests/{id}/assign", Verb::RequestAssign, &acts::ASSIGN),
    asks("/requests/{id}/approve", Verb::RequestApprove, &acts::APPROVE),
    does("/requests/{id}/approve", Verb::RequestApprove, &acts::APPROVE),
    asks("/requests/{id}/reply", Verb::RequestConclude, &acts::REPLY),
    does("/requests/{id}/reply", Verb::RequestConclude, &acts::REPLY),
    asks("/requests/{id}/fee-paid", Verb::RequestConclude, &acts::FEE_PAID),
    does("/requests/{id}/fee-paid", Verb::RequestConclude, &acts::FEE_PAID),
    page("/requests/{id}/exemptions", Verb::DocumentOpen, || get(exemptions::show)),
    page("/requests/{id}/exemptions/{exemption}", Verb::RequestWork, || get(exemptions::ask)),
    form("/requests/{id}/exemptions/{exemption}", Verb::RequestWork, || post(exemptions::decide)),
    asks("/requests/{id}/answer", Verb::RequestWork, &acts::ANSWER),
    does("/requests/{id}/answer", Verb::RequestWork, &acts::ANSWER),
    asks("/requests/{id}/part", Verb::RequestWork, &acts::PART),
    does("/requests/{id}/part", Verb::RequestWork, &acts::PART),
    asks("/requests/{id}/again", Verb::RequestConclude, &acts::AGAIN),
    does("/requests/{id}/again", Verb::RequestConclude, &acts::AGAIN),
    asks("/requests/{id}/fee", Verb::RequestConclude, &acts::FEE),
    does("/requests/{id}/fee", Verb::RequestConclude, &acts::FEE),
    asks("/requests/{id}/refuse", Verb::RequestConclude, &acts::REFUSE),
    does("/requests/{id}/refuse", Verb::RequestConclude, &acts::REFUSE),
    asks("/requests/{id}/send-refusal", Verb::RequestConclude, &acts::SEND_REFUSAL),
    does("/requests/{id}/send-refusal", Verb::RequestConclude, &acts::SEND_REFUSAL),
    asks("/requests/{id}/known-by", Verb::RequestWork, &acts::KNOWN_BY),
    does("/requests/{id}/known-by", Verb::RequestWork, &acts::KNOWN_BY),
    asks("/requests/{id}/withdraw", Verb::RequestConclude, &acts::WITHDRAW),
    does("/requests/{id}/withdraw", Verb::RequestConclude, &acts::WITHDRAW),
    asks("/requests/{id}/told", Verb::RequestWork, &acts::TOLD),
    does("/requests/{id}/told", Verb::RequestWork, &acts::TOLD),
    page("/requests/{id}/release", Verb::PortalRelease, || get(release::show)),
    form("/requests/{id}/release", Verb::PortalRelease, || post(release::submit)),
    page("/requests/{id}/release/end", Verb::PortalRelease, || get(release::ask_end)),
    form("/requests/{id}/release/end", Verb::PortalRelease, || post(release::end)),
    asks("/requests/{id}/close", Verb::RequestConclude, &acts::CLOSE),
    does("/requests/{id}/close", Verb::RequestConclude, &acts::CLOSE),
];

/// The act with this key, if there is one.
pub(crate) fn act(key: &str) -> Option<&'static Act> {
    ROUTES.iter().find_map(|route| match route.handler {
        Handler::Does(act) if act.key == key => Some(act),
        _ => None,
    })
}

/// The router with every route behind its gate.
pub(crate) fn build(state: &WebState) -> Router<WebState> {
    ROUTES.iter().fold(Router::new(), |router, route| {
        let access = route.access;
        let guard = from_fn_with_state(state.clone(), move |state: State<WebState>, request: Request, next: Next| {
            gate(access, state, request, next)
        });
        router.route(route.path, route.service().route_layer(guard))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_is_listed_twice_and_every_sample_is_filled_in() {
        let mut seen = BTreeSet::new();
        for route in ROUTES {
            assert!(seen.insert((route.method, route.path)), "{} {} is listed twice", route.method, route.path);
            assert!(!route.sample().contains('{'), "{} has a part without a sample", route.path);
        }
    }

    #[test]
    fn only_what_must_be_public_is_public() {
        let public: BTreeSet<&str> = ROUTES.iter().filter(|route| route.access == Access::Public).map(|route| route.path).collect();
        assert_eq!(
            public,
            BTreeSet::from([
                "/accessibility",
                "/favicon.ico",
                "/feed/{token}",
                "/healthz",
                "/help",
                "/portal",
                "/portal/case",
                "/portal/case/answer",
                "/portal/case/identity",
                "/portal/case/withdraw",
                "/portal/collect/{token}",
                "/portal/complaint",
                "/portal/consent",
                "/portal/follow",
                "/portal/follow/asked",
                "/portal/link/{token}",
                "/portal/marketing",
                "/portal/pack",
                "/portal/pack/{file}",
                "/portal/request",
                "/portal/sent",
                "/set-up/{token}",
                "/sign-in",
                "/static/{file}"
            ])
        );
    }

    #[test]
    fn an_act_lives_at_its_key() {
        for route in ROUTES {
            if let Handler::Asks(act) | Handler::Does(act) = route.handler {
                assert_eq!(route.path, format!("/requests/{{id}}/{}", act.key));
                assert!(act.notice == "searching" || crate::shell::notice(act.notice).is_some(), "{} has no notice", act.key);
            }
        }
    }
}
