//! Following a case: asking for a link, opening it, what one sees and can do from there.
//!
//! Asking is answered the same whatever was typed. Opening a link by itself spends nothing:
//! mail programs fetch links; the button does.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use services::portal::{self, Act, CaseView, Standing};

use super::case::{page as case_page, question};
use super::wish::is_email;
use super::{PortalPage, Visitor, Voice, cookie};
use crate::error::Problem;
use crate::extract::At;
use crate::forms::{Field, Form, Sent};

/// `GET /portal/follow`
pub(crate) async fn show(visitor: Visitor) -> Result<Response, Problem> {
    visitor.page(page(visitor.voice), "/portal/follow").await
}

/// `POST /portal/follow`
pub(crate) async fn submit(visitor: Visitor, sent: Sent) -> Result<Response, Problem> {
    let mut page = page(visitor.voice);
    let mut form = page.form.take().unwrap_or_default().filled(&sent);
    let reference = form.need(&sent, "reference", "Enter the reference");
    let email = sent.text("email").to_owned();
    if !is_email(&email) {
        form.complain("email", "Enter an e-mail address like name@example.org");
    }
    if form.is_refused() {
        page.form = Some(form);
        return visitor.page(page, "/portal/follow").await;
    }
    let (from, site) = (visitor.from.clone(), visitor.site());
    visitor.state.run(move |app| portal::ask_link(app, &from, &reference, &email, &site)).await?;
    Ok(Redirect::to(&visitor.voice.at("/portal/follow/asked")).into_response())
}

/// `GET /portal/follow/asked`: the one answer.
pub(crate) async fn asked(visitor: Visitor) -> Result<Response, Problem> {
    visitor.page(asked_page(visitor.voice), "/portal/follow/asked").await
}

/// `GET /portal/link/{token}`
pub(crate) async fn link(visitor: Visitor, At(token): At<String>) -> Result<Response, Problem> {
    let looked_up = token.clone();
    if !visitor.state.run(move |app| portal::link_is_good(app, &looked_up)).await? {
        return Err(Problem::NotFound);
    }
    visitor.page(link_page(visitor.voice, &token), "").await
}

/// `POST /portal/link/{token}`: spends the link.
pub(crate) async fn open(visitor: Visitor, At(token): At<String>) -> Result<Response, Problem> {
    let session = visitor.state.run(move |app| portal::open_link(app, &token)).await?.ok_or(Problem::NotFound)?;
    Ok(cookie::set(Redirect::to(&visitor.voice.at("/portal/case")).into_response(), &session, visitor.state.settings.https))
}

/// `GET /portal/case`
pub(crate) async fn case(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let view = look(&visitor, &headers).await?;
    visitor.page(case_page(visitor.voice, &view), "").await
}

async fn look(visitor: &Visitor, headers: &HeaderMap) -> Result<CaseView, Problem> {
    let session = cookie::token(headers, visitor.state.settings.https).ok_or(Problem::NotFound)?;
    visitor.state.run(move |app| portal::see_case(app, &session)).await
}

/// Which act, by the last part of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The answer to our question.
    Answer,
    /// How they show who they are.
    Identity,
    /// The request is taken back.
    Withdraw,
}

impl Ask {
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Answer => "/portal/case/answer",
            Self::Identity => "/portal/case/identity",
            Self::Withdraw => "/portal/case/withdraw",
        }
    }

    /// Whether it can be done now.
    fn fits(self, view: &CaseView) -> bool {
        match self {
            Self::Answer => view.question.is_some(),
            Self::Identity => view.identity.is_some(),
            Self::Withdraw => view.can_withdraw,
        }
    }
}

/// `GET /portal/case/{answer, identity, withdraw}`
pub(crate) async fn ask(ask: Ask, visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let view = look(&visitor, &headers).await?;
    if !ask.fits(&view) {
        return Ok(Redirect::to(&visitor.voice.at("/portal/case")).into_response());
    }
    visitor.page(question(ask, visitor.voice, &view), "").await
}

/// `POST /portal/case/{answer, identity, withdraw}`
pub(crate) async fn answer(ask: Ask, visitor: Visitor, headers: HeaderMap, sent: Sent) -> Result<Response, Problem> {
    let view = look(&visitor, &headers).await?;
    let back = Redirect::to(&visitor.voice.at("/portal/case")).into_response();
    if !ask.fits(&view) {
        return Ok(back);
    }
    let mut page = question(ask, visitor.voice, &view);
    let mut form = page.form.take().unwrap_or_default().filled(&sent);
    let act = match ask {
        Ask::Answer => Act::Answer(form.need(&sent, "words", "Write your answer")),
        Ask::Identity => {
            let means = form.need(&sent, "means", "Choose how you want to show who you are");
            Act::Identity(format!("{means}. {}", sent.text("words")).trim().to_owned())
        }
        Ask::Withdraw => Act::Withdraw,
    };
    if sent.text("words").chars().count() > 5_000 {
        form.complain("words", "Use 5,000 characters at most");
    }
    if form.is_refused() {
        page.form = Some(form);
        return visitor.page(page, "").await;
    }
    let session = cookie::token(&headers, visitor.state.settings.https).ok_or(Problem::NotFound)?;
    let once = sent.text("once").to_owned();
    visitor.state.run(move |app| portal::act(app, &session, &once, &act)).await?;
    Ok(back)
}

fn page(voice: Voice) -> PortalPage {
    let fields = vec![
        Field::text("reference", voice.say(["Reference", "The number we gave you", "Your number"])).hint("For example SAR-2026-0001."),
        Field::email("email", voice.say(["Your e-mail address", "Your e-mail address", "Your e-mail"]))
            .hint(voice.say([
                "The one that you, or whoever asked for you, gave us.",
                "The one you told us, or your grown-up did.",
                "The one you told us.",
            ]))
            .autocomplete("email"),
    ];
    let heading = voice.say(["See how far your case is", "See how it is going", "How is it going?"]);
    PortalPage::new(heading)
        .says(voice.say([
            "If the reference and the address belong together, we send a link to that address. Nobody can see your case without it.",
            "If the number and the address are right, we send you a link by e-mail. Nobody else can look without it.",
            "We send you a link by e-mail. Open it. Then you see how it is going.",
        ]))
        .asks(Form::new(fields), voice.at("/portal/follow"), voice.say(["Send me a link", "Send me a link", "Send me a link"]))
}

fn asked_page(voice: Voice) -> PortalPage {
    PortalPage::new(voice.say(["Look at your e-mails", "Look at your e-mails", "Look at your e-mails"]))
        .says(voice.say([
            "If the reference and the address belong together, an e-mail with a link is on its way. It can take a few minutes. Open the link soon: it works once, for a short time.",
            "If the number and the address are right, you get an e-mail with a link. It can take a few minutes. Open it soon: it works once.",
            "If all is right, you get an e-mail with a link. Wait a few minutes. Open it soon.",
        ]))
        .says(voice.say([
            "If nothing comes, look among the unwanted mail, check the reference and the address, and ask again. Or reach us in another way. We do not say here whether somebody is known to us: that protects everybody.",
            "If nothing comes, look in the junk folder, check the number and try again. Or ask us in another way.",
            "No e-mail? Look in the junk folder. Try again. Or phone us.",
        ]))
        .link(voice.at("/portal"), "Back to the beginning")
}

fn link_page(voice: Voice, token: &str) -> PortalPage {
    PortalPage::new(voice.say(["Open your case", "See how it is going", "Open it"]))
        .says(voice.say([
            "The link works once. Press the button when you are ready to look. If you need to look again later, ask for another link.",
            "The link works only once. Press the button when you are ready. You can always ask for another one.",
            "Press the button. It works once. You can ask for a new link.",
        ]))
        .asks(Form::default(), voice.at(&format!("/portal/link/{token}")), voice.say(["Open", "Open", "Open"]))
}

pub(super) fn samples(voice: Voice) -> Vec<PortalPage> {
    let mut refused = page(voice);
    if let Some(form) = refused.form.as_mut() {
        form.complain("reference", "Enter the reference");
    }
    let mut pages = vec![page(voice), refused, asked_page(voice), link_page(voice, "t")];
    let view = |standing| CaseView {
        reference: "SAR-2026-0007".to_owned(),
        complaint: false,
        received_on: jiff::civil::date(2026, 11, 22),
        standing,
        deadline: None,
        question: Some("Which year is it about?".to_owned()),
        identity: Some(vec!["passport".to_owned(), "driving licence".to_owned()]),
        waiting: 1,
        can_withdraw: true,
    };
    let day = jiff::civil::date(2026, 12, 20);
    let all = [Standing::Working, Standing::Waiting, Standing::Answered(day), Standing::Withdrawn(day), Standing::Closed(day)];
    pages.extend(all.iter().map(|standing| case_page(voice, &view(*standing))));
    pages.push(case_page(
        voice,
        &CaseView { complaint: true, question: None, identity: None, waiting: 0, can_withdraw: false, ..view(all[0]) },
    ));
    pages.extend([Ask::Answer, Ask::Identity, Ask::Withdraw].iter().map(|ask| question(*ask, voice, &view(Standing::Waiting))));
    pages
}
