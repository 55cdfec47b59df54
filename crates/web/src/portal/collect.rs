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
        "We gave it to you by phone or by post, not in the e-mail. Capitals, spaces and hyphens do not matter.",
        "We told you on the phone or in a letter. Big or small letters do not matter.",
        "It is in our letter. Or we told you on the phone.",
    ]));
    PortalPage::new(voice.say(["Collect our answer", "Get our answer", "Get our answer"]))
        .asks(Form::new(vec![field]), voice.at(&format!("/portal/collect/{token}")), voice.say(["Open", "Open", "Open"]))
        .then(voice.say([
            "If you do not have the passphrase, tell us: we give you another. After several wrong ones the link ends, to protect what is in it, and we make you a new one.",
            "If you do not know the secret words, or they do not work, tell us. We will help you.",
            "You do not have the word? Tell us. We help you.",
        ]))
}

fn pack_page(voice: Voice, collection: &Collection) -> PortalPage {
    let mut page = PortalPage::new(voice.say(["Our answer", "Our answer", "Our answer"]));
    page.reference.clone_from(&collection.reference);
    page = page.says(voice.say([
        "Here is our answer. Read the letter first: it says what you got, what is missing and why, and what you can do about it. Save the files where nobody else can open them.",
        "Here is our answer. Read the letter first. You can read it with a grown-up you trust. Save the files where nobody else can read them: they are about you.",
        "Here is our answer. Read the letter first. Save the files. Keep them safe.",
    ]));
    page.choices = collection
        .files
        .iter()
        .map(|(name, bytes)| Choice {
            href: format!("/portal/pack/{name}"),
            text: title(voice, name),
            hint: format!("{name}, {} KB", thousands(bytes.div_ceil(1_000))),
        })
        .collect();
    let (left, until) = (collection.left, long_date(collection.until));
    page.then(match voice {
        Voice::Plain => format!("You can download {left} more times, until {until}. Each try counts. If a download breaks, try it again; if none is left, tell us."),
        Voice::Child => format!("You can save files {left} more times, until {until}. If something goes wrong, try again or tell us."),
        Voice::Easy => format!("You can save {left} more times, until {until}. It does not work? Tell us."),
    })
}

/// What a file is, by the beginning and the end of its name: parts carry a number between them.
fn title(voice: Voice, name: &str) -> String {
    let (stem, end) = name.rsplit_once('.').unwrap_or((name, ""));
    let (kind, part) = stem.rsplit_once('-').filter(|(_, part)| part.parse::<u32>().is_ok()).unwrap_or((stem, ""));
    let what = match (kind, end) {
        ("pack", "pdf") => voice.say(["The copy of the data", "What we have about you", "What we have about you"]),
        ("pack", "txt") => voice.say([
            "The copy of the data, as plain text",
            "What we have about you, as plain text",
            "What we have about you, as plain text",
        ]),
        ("reply", "txt") => voice.say(["Our letter, as plain text", "Our letter, as plain text", "Our letter, as plain text"]),
        ("portable", "csv") => voice.say(["Your data as a table", "Your data as a table", "Your data as a table"]),
        ("pack" | "portable", _) => voice.say(["The same as a file for computers", "The same, for computers", "The same, for computers"]),
        _ => voice.say(["Our letter", "Our letter", "Our letter"]),
    };
    if part.is_empty() { what.to_owned() } else { format!("{what} (number {part})") }
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
