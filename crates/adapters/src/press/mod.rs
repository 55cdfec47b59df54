//! The press: letters (as drafts for a word processor too), disclosure packs and documents of the policy pack as tagged PDF (PDF/A-2a and PDF/UA-1 in one
//! file), and the reading back of a finished PDF before it may leave.

mod clean;
mod copy;
mod document;
mod docx;
mod flow;
mod readback;
mod values;
mod world;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod reply_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use domain::documents::{Document, Form};
use domain::letters::Letter;
use serde_json::Value;
use services::ports::{Failure, PackDocument, Press};
use typst::foundations::Bytes;

pub use copy::CopyPart;
pub use readback::cleartext_strings;
pub(crate) use readback::read_back;

use clean::Charset;
use world::{Engine, Job, Template};

/// Sets documents with the embedded fonts. Build it once: it holds fonts and templates.
pub struct TypstPress {
    engine: Result<Engine, Failure>,
}

impl TypstPress {
    /// Loads fonts and templates.
    pub fn new() -> Self {
        Self { engine: Engine::new() }
    }
}

impl Default for TypstPress {
    fn default() -> Self {
        Self::new()
    }
}

impl Press for TypstPress {
    fn letter(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        self.set(Template::Letter, &letter.reference, &letter.date, |set| values::letter(set, letter))
    }

    fn word(&self, letter: &Letter) -> Result<Vec<u8>, Failure> {
        docx::draft(letter)
    }

    fn pack(&self, pack: &PackDocument) -> Result<Vec<u8>, Failure> {
        let pages = pack.items.iter().flat_map(|item| item.pages.iter().enumerate().map(move |(index, page)| (item.number, index, page)));
        let pictures = pages.map(|(item, index, page)| (values::picture_name(item, index), Bytes::new(page.png.clone()))).collect();
        self.set_with(pictures, Template::Pack, &pack.reference, &pack.made_on, |set| values::pack(set, pack))
    }

    fn document(&self, document: &Document, form: Form) -> Result<Vec<u8>, Failure> {
        let identity = format!("{} {form:?}", document.foot);
        self.set(Template::Document, &identity, document::day(document), |set| document::values(set, document, form))
    }

    fn read_back(&self, pdf: &[u8]) -> Result<Vec<String>, Failure> {
        readback::read_back(pdf)
    }
}

impl TypstPress {
    /// Sets the document with all characters the fonts have. Should a combination of them
    /// still be refused by the PDF standards, it is set again with common letters alone:
    /// a mail must not be able to stop the reply.
    fn set(&self, template: Template, reference: &str, date: &str, values: impl Fn(&Charset) -> Value) -> Result<Vec<u8>, Failure> {
        self.set_with(Vec::new(), template, reference, date, values)
    }

    fn set_with(
        &self,
        pictures: Vec<(String, Bytes)>,
        template: Template,
        reference: &str,
        date: &str,
        values: impl Fn(&Charset) -> Value,
    ) -> Result<Vec<u8>, Failure> {
        let engine = self.engine.as_ref().map_err(|failure| Failure::new(failure.doing))?;
        let job = |set: &Charset| {
            let values = serde_json::to_vec(&values(set)).map_err(|error| Failure::because("writing a document's values", error))?;
            Ok(Job { template, values, pictures: pictures.clone(), day: values::day(date), identity: format!("{template:?} {reference}") })
        };
        engine.set(job(&engine.charset)?).or_else(|failure| {
            tracing::warn!(cause = failure.source.as_ref().map(tracing::field::display), "document set again with common letters alone");
            engine.set(job(&engine.charset.plain())?)
        })
    }
}
