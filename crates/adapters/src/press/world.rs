//! The closed world a document is set in: our templates, one file of values and the
//! embedded fonts. No system font, no file system, no network and no clock, so that the
//! same input gives the same bytes everywhere.

use services::ports::Failure;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::clean::Charset;

/// The sans serif for large print, easy read and children, which the typesetter's own fonts lack.
const SANS: [&[u8]; 2] = [notosans::REGULAR_TTF, notosans::BOLD_TTF];

/// Everything that is built once and shared by all documents.
pub(super) struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    style: Source,
    letter: Source,
    pack: Source,
    document: Source,
    copy: Source,
    values: FileId,
    standards: PdfStandards,
    /// What the fonts can show.
    pub(super) charset: Charset,
}

/// Which template sets the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Template {
    /// A letter.
    Letter,
    /// A disclosure pack.
    Pack,
    /// The policy, a notice, the notice-board sheet.
    Document,
    /// A redacted copy of one file: no standard that would ask for words of ours in it.
    Copy,
}

/// One document to be set.
pub(super) struct Job {
    /// Which template.
    pub(super) template: Template,
    /// The values the template reads, as JSON.
    pub(super) values: Vec<u8>,
    /// Pictures the template shows, by name (PNG).
    pub(super) pictures: Vec<(String, Bytes)>,
    /// Year, month and day for the metadata.
    pub(super) day: (i32, u8, u8),
    /// A stable identity of the document, without personal data. Only its hash is written.
    pub(super) identity: String,
}

impl Engine {
    /// Loads fonts and templates.
    pub(super) fn new() -> Result<Self, Failure> {
        let fonts: Vec<Font> = typst_assets::fonts().chain(SANS).flat_map(|data| Font::iter(Bytes::new(data))).collect();
        let standards =
            PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|_| Failure::new("choosing the PDF standards"))?;
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            charset: Charset::of(&fonts),
            fonts,
            style: Source::new(file("style.typ")?, include_str!("templates/style.typ").to_owned()),
            letter: Source::new(file("letter.typ")?, include_str!("templates/letter.typ").to_owned()),
            pack: Source::new(file("pack.typ")?, include_str!("templates/pack.typ").to_owned()),
            document: Source::new(file("document.typ")?, include_str!("templates/document.typ").to_owned()),
            copy: Source::new(file("copy.typ")?, include_str!("templates/copy.typ").to_owned()),
            values: file("values.json")?,
            standards,
        })
    }

    /// Sets one document.
    pub(super) fn set(&self, job: Job) -> Result<Vec<u8>, Failure> {
        let (year, month, day) = job.day;
        let date = Datetime::from_ymd_hms(year, month, day, 0, 0, 0).ok_or_else(|| Failure::new("dating a document"))?;
        let main = match job.template {
            Template::Letter => self.letter.id(),
            Template::Pack => self.pack.id(),
            Template::Document => self.document.id(),
            Template::Copy => self.copy.id(),
        };
        let copy = job.template == Template::Copy;
        let pictures = job.pictures.into_iter().map(|(name, bytes)| Ok((file(&name)?, bytes))).collect::<Result<_, Failure>>()?;
        let world = Desk { engine: self, main, values: Bytes::new(job.values), pictures };
        let options = PdfOptions {
            ident: typst::foundations::Smart::Custom(job.identity),
            creator: typst::foundations::Smart::Custom(Some("Probity".to_owned())),
            timestamp: (!copy).then(|| Timestamp::new_utc(date)),
            standards: if copy { PdfStandards::default() } else { self.standards.clone() },
            ..PdfOptions::default()
        };
        let set = typst::compile(&world).output.and_then(|document| typst_pdf::pdf(&document, &options));
        // The memo tables hold the text of what was just set. Emptying them bounds the
        // memory and keeps no personal data behind.
        typst::comemo::evict(0);
        set.map_err(|errors| {
            Failure::because("setting a document", Complaint::first(&errors.iter().map(|e| &*e.message).collect::<Vec<_>>()))
        })
    }
}

fn file(name: &str) -> Result<FileId, Failure> {
    let path = VirtualPath::new(name).map_err(|_| Failure::new("naming a template"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What the typesetter complained about, with everything it quoted from the document left
/// out: errors go to the log, and the log holds no personal data.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Complaint(String);

impl Complaint {
    fn first(messages: &[&str]) -> Self {
        let message = messages.first().copied().unwrap_or("no message");
        let unquoted: Vec<&str> = message.split('`').step_by(2).collect();
        Self(format!("{} ({} in all)", unquoted.join("…"), messages.len()))
    }
}

/// One compilation: the engine and the values of one document.
struct Desk<'a> {
    engine: &'a Engine,
    main: FileId,
    values: Bytes,
    pictures: Vec<(FileId, Bytes)>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let engine = self.engine;
        let templates = [&engine.style, &engine.letter, &engine.pack, &engine.document, &engine.copy];
        templates.into_iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.engine.values {
            return Ok(self.values.clone());
        }
        let picture = self.pictures.iter().find(|(name, _)| *name == id);
        picture.map(|(_, bytes)| bytes.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_quotes_nothing_of_the_document() {
        let complaint = Complaint::first(&["the text `\"Amelia\"` could not be displayed with `\"A Font\"`", "more"]).to_string();
        assert_eq!(complaint, "the text … could not be displayed with … (2 in all)");
    }
}
