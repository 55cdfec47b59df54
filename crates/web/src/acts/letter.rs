//! The letter of an act before it goes out: seen, edited as text or in a word processor, and
//! checked for what must not be missing.

use axum::response::Response;
use domain::ids::RecordId;
use domain::letters::{Letter, from_text, locked, missing, to_text};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use serde::Serialize;
use services::App;
use services::letters::{body_from_word, letter_of, with_body, word_draft};
use services::requests::{answer_letter, keep_letter, reachable, see};

use super::{Act, Doing, belongs_in_form, field_of, page_of};
use crate::error::Problem;
use crate::extract::{At, Upload, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::documents::download;
use crate::pages::form_page::FormPage;
use crate::templates::Page;

/// The acts that always make a letter, set before anything is saved.
const LETTERS: &[&str] = &["acknowledge", "identity", "clarify", "extend", "fee"];
/// The acts whose letter is signed off before it goes out: what somebody edits is kept, and signed again.
const SIGNED: &[&str] = &["reply", "send-answer", "send-refusal"];

/// The field that holds the text, and the file's.
const TEXT: &str = "letter-text";
const FILE: &str = "letter-file";
/// What is not carried from page to page.
const OWN: &[&str] = &["letter", "once", "act", TEXT, FILE];

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Whether an act makes a letter that can be edited first.
pub(super) fn made_by(key: &str) -> bool {
    LETTERS.contains(&key) || SIGNED.contains(&key)
}

/// What was pressed: a step with the letter, or the act itself.
pub(super) fn step(act: &Act, sent: &Sent) -> Option<Step> {
    match sent.text("letter") {
        _ if !made_by(act.key) => None,
        "see" => Some(Step::See),
        "word" => Some(Step::Word),
        "final" => Some(Step::Final),
        _ => None,
    }
}

/// A step with the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Show it.
    See,
    /// Give it as a draft for a word processor.
    Word,
    /// Do the act with the edited letter.
    Final,
}

/// A value carried along unseen.
#[derive(Debug, Clone, Serialize)]
struct Carried {
    name: String,
    value: String,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct LetterPage {
    caption: String,
    heading: String,
    to: Vec<String>,
    locked: Vec<String>,
    carried: Vec<Carried>,
    act: &'static str,
    form: Form,
    file: Form,
    button: String,
    action: String,
    upload: String,
    back: String,
    once: String,
}

/// The form of the act again, with complaints, or the letter.
enum Looked {
    Again(Box<FormPage>),
    Letter(Box<(LetterPage, Letter)>),
}

/// `POST /requests/{id}/{act}` with a step: the letter, as a page or for a word processor.
pub(super) async fn submit(act: &'static Act, step: Step, visit: Visit, id: String, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    if step == Step::Final {
        return finish(act, visit, id, sent).await;
    }
    let looked = visit
        .state
        .run(move |app| {
            let looked = look(act, app, &actor, &RecordId::new(id), &sent)?;
            let Looked::Letter(both) = looked else { return Ok((looked, None)) };
            let (page, letter) = *both;
            let word = if step == Step::Word { Some(word_draft(app, &edited_so_far(&letter, &sent))?) } else { None };
            Ok((Looked::Letter(Box::new((page, letter))), word))
        })
        .await?;
    match looked {
        (_, Some(word)) => Ok(download(&format!("{}-draft.docx", act.key), WORD, word)),
        (Looked::Again(page), None) => visit.page(&*page),
        (Looked::Letter(both), None) => visit.page(&both.0),
    }
}

/// `POST /requests/{id}/letter`: the edited file is read and its text shown, to be checked by eye.
pub(crate) async fn read(visit: Visit, At(id): At<String>, upload: Result<Upload, Problem>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id);
    let (who, which) = (actor.clone(), record.clone());
    // Asked before anything that was sent is read.
    visit.state.run(move |app| reachable(app, &who, &which, Verb::RequestWork)).await?;
    let Upload { sent, bytes } = upload?;
    let act = crate::routes::act(sent.text("act")).filter(|act| made_by(act.key)).ok_or(Problem::Unreadable)?;
    let looked = visit.state.run(move |app| with_file(act, app, &actor, &record, &sent, &bytes)).await?;
    match looked {
        Looked::Again(page) => visit.page(&*page),
        Looked::Letter(both) => visit.page(&both.0),
    }
}

fn with_file(act: &'static Act, app: &App, actor: &Actor, id: &RecordId, sent: &Sent, bytes: &[u8]) -> Result<Looked, services::Error> {
    let Looked::Letter(both) = look(act, app, actor, id, sent)? else { return look(act, app, actor, id, sent) };
    let (mut page, letter) = *both;
    if bytes.is_empty() {
        page.file.complain(FILE, "Choose the edited letter");
        return Ok(Looked::Letter(Box::new((page, letter))));
    }
    match body_from_word(app, &letter, bytes) {
        Ok(body) => {
            page.form = text_form(&to_text(&body));
            let missing: Vec<String> = missing(&letter, &body).into_iter().map(|part| part.text).collect();
            if !missing.is_empty() {
                page.form.complain(TEXT, format!("Put back word for word: {}", missing.join(" … ")));
            }
        }
        Err(services::Error::Refused(refusal)) => page.file.complain(FILE, refusal.sentence()),
        Err(error) => return Err(error),
    }
    Ok(Looked::Letter(Box::new((page, letter))))
}

/// Does the act with the letter as it was edited.
async fn finish(act: &'static Act, visit: Visit, id: String, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let notice = if SIGNED.contains(&act.key) { "letter-kept" } else { act.notice };
    let address = format!("/requests/{id}{}?done={notice}", act.then);
    let state = visit.state.clone();
    let work = async {
        let again = visit.state.run(move |app| attempt(act, app, &actor, &RecordId::new(id), &sent)).await?;
        match again {
            None => Ok(Outcome::Done(address)),
            Some(Looked::Again(page)) => visit.page(&*page).map(Outcome::Again),
            Some(Looked::Letter(both)) => visit.page(&both.0).map(Outcome::Again),
        }
    };
    state.once.run(&user, &key, work).await
}

fn attempt(act: &'static Act, app: &App, actor: &Actor, id: &RecordId, sent: &Sent) -> Result<Option<Looked>, services::Error> {
    let Looked::Letter(both) = look(act, app, actor, id, sent)? else { return look(act, app, actor, id, sent).map(Some) };
    let (mut page, letter) = *both;
    let body = from_text(sent.text(TEXT));
    let version = sent.text("version").parse().unwrap_or(0);
    let mut perform = |app: &App| (act.perform)(&Doing { app, actor, id, version, sent }, &mut Form::new(Vec::new()));
    let done =
        if SIGNED.contains(&act.key) { keep_letter(app, actor, id, version, &body).map(drop) } else { with_body(app, &body, &mut perform) };
    match done {
        Ok(()) => Ok(None),
        Err(services::Error::Refused(refusal)) if belongs_in_form(&refusal) => {
            page.form = text_form(sent.text(TEXT));
            page.form.complain(TEXT, complaint(&refusal, &letter, sent));
            Ok(Some(Looked::Letter(Box::new((page, letter)))))
        }
        Err(error) => Err(error),
    }
}

/// What is missing, in its own words.
fn complaint(refusal: &Refusal, letter: &Letter, sent: &Sent) -> String {
    if refusal.code != RefusalCode::LetterIncomplete {
        return format!("{} {}", refusal.sentence(), refusal.code.next());
    }
    let parts: Vec<String> = missing(letter, &from_text(sent.text(TEXT))).into_iter().map(|part| part.text).collect();
    format!("{} Put back word for word: {}", refusal.sentence(), parts.join(" … "))
}

fn edited_so_far(letter: &Letter, sent: &Sent) -> Letter {
    let body = from_text(sent.text(TEXT));
    if body.is_empty() { letter.clone() } else { Letter { blocks: body, ..letter.clone() } }
}

/// Tries the act for its letter.
fn look(act: &'static Act, app: &App, actor: &Actor, id: &RecordId, sent: &Sent) -> Result<Looked, services::Error> {
    let view = see(app, actor, id)?;
    let mut page = page_of(act, &view, app);
    page.form = page.form.filled(sent);
    let version = sent.text("version").parse().unwrap_or(0);
    let mut perform = |app: &App| (act.perform)(&Doing { app, actor, id, version, sent }, &mut page.form);
    let letter = if SIGNED.contains(&act.key) { answer_letter(app, actor, id).map(Some) } else { letter_of(app, &mut perform) };
    match letter {
        Ok(Some(letter)) => Ok(Looked::Letter(Box::new((letter_page(act, &page, &letter, sent), letter)))),
        Ok(None) => Ok(Looked::Again(Box::new(page))),
        Err(services::Error::Refused(refusal)) if belongs_in_form(&refusal) => {
            let field = field_of(&refusal, &page.form);
            page.form.complain(&field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            Ok(Looked::Again(Box::new(page)))
        }
        Err(error) => Err(error),
    }
}

fn letter_page(act: &'static Act, page: &FormPage, letter: &Letter, sent: &Sent) -> LetterPage {
    let carried = sent.0.iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
    let text = sent.text(TEXT);
    let text = if text.is_empty() { to_text(&letter.blocks) } else { text.to_owned() };
    LetterPage {
        caption: page.caption.clone(),
        heading: letter.title.clone(),
        to: letter.addressee.clone(),
        locked: locked(letter).into_iter().map(|part| part.text).collect(),
        carried: carried.map(|(name, value)| Carried { name: name.clone(), value: value.clone() }).collect(),
        act: act.key,
        form: text_form(&text),
        file: file_form(),
        button: if SIGNED.contains(&act.key) { "Keep this letter".to_owned() } else { page.button.clone() },
        action: page.action.clone(),
        upload: format!("{}/letter", page.back),
        back: page.action.clone(),
        once: once::fresh(),
    }
}

fn text_form(text: &str) -> Form {
    let field = Field::long(TEXT, "The letter")
        .hint("“# ” begins a heading, “- ” a point of a list, “| term | text” a row of a table. An empty line ends a paragraph.")
        .rows(24)
        .value(text);
    Form::new(vec![field])
}

fn file_form() -> Form {
    Form::new(vec![
        Field::file(FILE, "The letter, edited in Word or LibreOffice").hint("A .docx file. Keep the title and the closing line."),
    ])
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "pages/letter.html";

    fn title(&self) -> String {
        format!("{}: {}", self.caption, self.heading)
    }

    fn form(&self) -> Option<&Form> {
        if self.file.is_refused() { Some(&self.file) } else { Some(&self.form) }
    }

    fn samples() -> Vec<Self> {
        let page = || Self {
            caption: "SAR-2026-0001".to_owned(),
            heading: "We need more time".to_owned(),
            to: vec!["Amelia Hart".to_owned(), "17 Orchard Rise, Brackwater BW3 9LD".to_owned()],
            locked: vec![
                "You will have our answer by Monday 22 February 2027 at the latest.".to_owned(),
                "You can ask a court to order us to comply (Data Protection Act 2018, sections 167 and 180).".to_owned(),
            ],
            carried: vec![Carried { name: "version".to_owned(), value: "3".to_owned() }],
            act: "extend",
            form: text_form("We need more time.\n\n# If you disagree\n\n- You can complain to us."),
            file: file_form(),
            button: "Extend and make the letter".to_owned(),
            action: "/requests/x/extend".to_owned(),
            upload: "/requests/x/letter".to_owned(),
            back: "/requests/x/extend".to_owned(),
            once: "k".to_owned(),
        };
        let (mut refused, mut no_file) = (page(), page());
        refused.form.complain(TEXT, "Put back word for word: You can complain to us.");
        no_file.file.complain(FILE, "Choose the edited letter");
        vec![page(), refused, no_file]
    }
}
