//! Collecting a reply: link and passphrase, then the files. The link alone shows nothing.

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use domain::RefusalCode;
use domain::calendar::long_date;
use services::portal::{self, Collection};

use super::page::Choice;
use super::{PortalPage, Visitor, Voice, cookie};
use crate::error::Problem;
use crate::extract::At;
use crate::forms::{Field, Form, Sent};
use crate::pages::documents::download;
use crate::words::thousands;

/// `GET /portal/collect/{token}`
pub(crate) async fn show(visitor: Visitor, At(token): At<String>) -> Result<Response, Problem> {
    let looked_up = token.clone();
    if !visitor.state.run(move |app| portal::release_is_good(app, &looked_up)).await? {
        return Err(Problem::NotFound);
    }
    visitor.page(page(visitor.voice, &token), "").await
}

/// `POST /portal/collect/{token}`
pub(crate) async fn open(visitor: Visitor, At(token): At<String>, sent: Sent) -> Result<Response, Problem> {
    let (from, passphrase, tried) = (visitor.from.clone(), sent.text("passphrase").to_owned(), token.clone());
    match visitor.state.run(move |app| portal::open_release(app, &tried, &passphrase, &from)).await {
        Ok(session) => {
            Ok(cookie::set(Redirect::to(&visitor.voice.at("/portal/pack")).into_response(), &session, visitor.state.settings.https))
        }
        Err(Problem::Refused(refusal)) if matches!(refusal.code, RefusalCode::PassphraseWrong | RefusalCode::TooManyTries) => {
            let mut page = page(visitor.voice, &token);
            if let Some(form) = page.form.as_mut() {
                form.complain("passphrase", format!("{} {}", refusal.sentence(), refusal.code.next()));
            }
            visitor.page(page, "").await
        }
        Err(problem) => Err(problem),
    }
}

/// `GET /portal/pack`
pub(crate) async fn pack(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    let session = cookie::token(&headers, visitor.state.settings.https).ok_or(Problem::NotFound)?;
    let collection = visitor.state.run(move |app| portal::see_collection(app, &session)).await?;
    visitor.page(pack_page(visitor.voice, &collection), "").await
}

/// `GET /portal/pack/{file}`: one download, with its receipt in the log.
pub(crate) async fn file(visitor: Visitor, headers: HeaderMap, At(file): At<String>) -> Result<Response, Problem> {
    let session = cookie::token(&headers, visitor.state.settings.https).ok_or(Problem::NotFound)?;
    let document = visitor.state.run(move |app| portal::collect(app, &session, &file)).await?;
    Ok(download(&document.name, &document.mime, document.bytes))
}

fn page(voice: Voice, token: &str) -> PortalPage {
    let field = Field::password("passphrase", voice.say(["Passphrase", "The secret words", "Secret word"]), "off").hint(voice.say([
        "We gave it to you in another way, by phone or by post. Capitals, spaces and hyphens do not matter.",
        "We told you on the phone or in a letter.",
        "It is in our letter. Or we told you on the phone.",
    ]));
    PortalPage::new(voice.say(["Collect our answer", "Get our answer", "Get our answer"]))
        .asks(Form::new(vec![field]), voice.at(&format!("/portal/collect/{token}")), voice.say(["Open", "Open", "Open"]))
        .then(voice.say([
            "After too many wrong passphrases the link ends. Then ask us for another one.",
            "If it does not work, ask us for another link.",
            "It does not work? Ask us.",
        ]))
}

fn pack_page(voice: Voice, collection: &Collection) -> PortalPage {
    let mut page = PortalPage::new(voice.say(["Our answer", "Our answer", "Our answer"]));
    page.reference.clone_from(&collection.reference);
    page = page.says(voice.say([
        "Save the files where nobody else can open them. They hold personal data.",
        "Save the files where nobody else can read them. They are about you.",
        "Save the files. Keep them safe.",
    ]));
    page.choices = collection
        .files
        .iter()
        .map(|(name, bytes)| Choice {
            href: format!("/portal/pack/{name}"),
            text: match name.as_str() {
                "reply.pdf" => "Our letter".to_owned(),
                "pack.pdf" => "The copy of the data".to_owned(),
                _ => "The same as a file for computers".to_owned(),
            },
            hint: format!("{name}, {} KB", thousands(bytes.div_ceil(1_000))),
        })
        .collect();
    page.then(format!("You can download {} more times, until {}.", collection.left, long_date(collection.until)))
}

pub(super) fn samples(voice: Voice) -> Vec<PortalPage> {
    let mut refused = page(voice, "t");
    if let Some(form) = refused.form.as_mut() {
        form.complain("passphrase", "The passphrase is not right.");
    }
    let collection = Collection {
        reference: "SAR-2026-0007".to_owned(),
        files: vec![("reply.pdf".to_owned(), 31_000), ("pack.pdf".to_owned(), 2_400_000), ("pack.json".to_owned(), 12_000)],
        left: 12,
        until: jiff::civil::date(2026, 12, 20),
    };
    vec![page(voice, "t"), refused, pack_page(voice, &collection)]
}
