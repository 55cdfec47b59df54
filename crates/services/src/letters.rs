//! The letter of an act before it goes out: looked at, taken as a draft for a word processor, and
//! put back edited. An act is tried with a press that only looks, so that the letter is always
//! the one that would go out, and nothing is done.

use std::sync::{Arc, Mutex, PoisonError};

use domain::documents::{Document, Form};
use domain::letters::{Block, Letter, edited, from_read};
use domain::{Refusal, RefusalCode};

use crate::app::App;
use crate::error::Error;
use crate::ports::{BurntPages, Failure, PackDocument, PageOrder, Press};

/// Does an act with the application it is given.
pub type Act<'a> = dyn FnMut(&App) -> Result<(), Error> + 'a;

/// The letter that an act would make now. Only for acts that always make one: it is set before
/// anything is saved, and the press that looks ends the act there. `None` when the act gave up
/// by itself before.
///
/// # Errors
/// What the act refuses.
pub fn letter_of(app: &App, act: &mut Act<'_>) -> Result<Option<Letter>, Error> {
    let looking = Arc::new(Looking { inner: Arc::clone(&app.press), seen: Mutex::new(None) });
    let trial = App { press: looking.clone(), ..app.clone() };
    let ended = act(&trial);
    let seen = looking.seen.lock().unwrap_or_else(PoisonError::into_inner).take();
    match seen {
        Some(letter) => Ok(Some(letter)),
        None => ended.map(|()| None),
    }
}

/// Does an act with the body of its letter as a person edited it.
///
/// # Errors
/// `LET-001` when a part that has to stay is missing; what the act refuses. Nothing is done then.
pub fn with_body(app: &App, body: &[Block], act: &mut Act<'_>) -> Result<(), Error> {
    let Some(letter) = letter_of(app, act)? else { return Ok(()) };
    edited(&letter, body.to_vec())?;
    let editing = Arc::new(Editing { inner: Arc::clone(&app.press), title: letter.title, body: body.to_vec() });
    act(&App { press: editing, ..app.clone() })
}

/// The letter as a draft for a word processor.
pub fn word_draft(app: &App, letter: &Letter) -> Result<Vec<u8>, Error> {
    Ok(app.press.word(letter)?)
}

/// The body of a letter from its edited word processor file, read in the confined process.
///
/// # Errors
/// `FORM-001` when the file cannot be read or the body cannot be told from the rest.
pub fn body_from_word(app: &App, letter: &Letter, bytes: &[u8]) -> Result<Vec<Block>, Error> {
    let unreadable =
        || Refusal::new(RefusalCode::ValueInvalid, "The file cannot be read as the edited letter. Keep its title and its closing line.");
    let extraction = app.extractor.extract("letter.docx", bytes)?;
    let text = extraction.documents.first().map(|document| document.text.as_str()).unwrap_or_default();
    Ok(from_read(text, letter).ok_or_else(unreadable)?)
}

/// Sets nothing: keeps the first letter and ends the act.
struct Looking {
    inner: Arc<dyn Press>,
    seen: Mutex<Option<Letter>>,
}

impl Press for Looking {
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| letter.clone());
        Err(Failure::new("setting a letter that is only looked at"))
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.inner.word(letter)
    }

    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        self.inner.pack(pack)
    }

    fn document(&self, document: &Document, form: Form) -> Result<Vec<u8>, Failure> {
        self.inner.document(document, form)
    }

    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure> {
        self.inner.read_back(pdf)
    }

    fn pages(&self, name: &str, bytes: &[u8], order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
        self.inner.pages(name, bytes, order)
    }
}

/// Gives the letter of one title another body, checked once more against the letter as it stands at
/// that moment. The gate of what goes out looks at it after that.
struct Editing {
    inner: Arc<dyn Press>,
    title: String,
    body: Vec<Block>,
}

impl Press for Editing {
    fn as_edited(&self, letter: &Letter) -> Result<Letter, Refusal> {
        if letter.title == self.title { edited(letter, self.body.clone()) } else { Ok(letter.clone()) }
    }

    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.inner.letter(letter)
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.inner.word(letter)
    }

    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        self.inner.pack(pack)
    }

    fn document(&self, document: &Document, form: Form) -> Result<Vec<u8>, Failure> {
        self.inner.document(document, form)
    }

    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure> {
        self.inner.read_back(pdf)
    }

    fn pages(&self, name: &str, bytes: &[u8], order: &PageOrder<'_>) -> Result<Result<BurntPages, String>, Failure> {
        self.inner.pages(name, bytes, order)
    }
}
