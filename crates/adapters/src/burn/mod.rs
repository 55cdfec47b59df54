//! Burning: a PDF or a picture comes out with the look it had, and without the words.
//!
//! In a confined child process each page is read, the words are found among its letters, and what is drawn on it is written anew
//! without them ([`anew`]), black boxes in their places; a page of which that is not certain is drawn, and becomes a picture with the
//! boxes burnt in. Nothing else comes with it: no properties, comments, form fields, attachments, thumbnails, earlier versions or
//! hidden text. Where letters may stand in pictures, a program that reads letters (Tesseract) looks, when it is there.

mod anew;
mod bind;
pub(crate) mod bitmap;
mod bounds;
mod boxes;
mod child;
mod edges;
mod endless;
mod fields;
mod gate;
mod glyphs;
mod known;
mod letters;
mod lies;
mod only;
mod orders;
mod page;
mod picture;
mod pixels;
mod rest;
mod shown;
#[cfg(test)]
mod tests;
pub(crate) mod tiff;
mod tiff_file;
pub(crate) mod tried;
mod wire;
pub mod worker;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use finder::plan::{Near, Words};
use services::ports::{Failure, PageArea, PagePicture, Places};

use crate::extract::{Format, Limits, Passwords, sniff};
use crate::letters::Reader;
use anew::Anew;
use bind::{Shared, Stock};
use child::{Child, Stopped};
use letters::{Letters, Sought};
use pixels::Pixels;
use wire::{Job, Sheet, Stride, Up};
use write::Book;

/// In which language letters in pictures are read.
const LANGUAGE: &str = "eng";
/// Bytes of memory that the drawing child may have.
pub(crate) const MEMORY: u64 = 1 << 30;
/// What is said of a page whose pictures only a person has looked into.
const UNREAD: &str = "holds pictures in which no program has read the letters";
/// From so many pages on a second child helps.
const SHARED: u32 = 6;

/// What is to be burnt out, and how.
#[derive(Debug, Clone)]
pub struct Order {
    /// The strings to take out.
    pub words: Vec<String>,
    /// From this one on they are withheld in other items: of their misread forms only such that are no other name or number.
    pub elsewhere: usize,
    /// Strings that stay, but of which is said where they stand in a picture.
    pub tell: Vec<String>,
    /// What is no misread form of anything.
    pub spare: Vec<String>,
    /// Strings of five letters and more are taken out of longer words too.
    pub inside: bool,
    /// Dots an inch of the result.
    pub dpi: f32,
    /// Keeps each page as a picture file, too.
    pub pictures: bool,
    /// Parts of pages that are covered, whatever stands there. Every page becomes a picture then.
    pub areas: Vec<PageArea>,
    /// Files with anything that a person must look at are refused. Letters in pictures are not read then.
    pub certain: bool,
    /// Files of more pages are refused.
    pub most: usize,
}

impl Order {
    /// These words, at 150 dots an inch.
    pub fn of(words: Vec<String>, inside: bool) -> Self {
        Self {
            elsewhere: words.len(),
            tell: Vec::new(),
            spare: Vec::new(),
            words,
            inside,
            dpi: 150.0,
            pictures: false,
            areas: Vec::new(),
            certain: false,
            most: usize::MAX,
        }
    }
}

/// A file that was burnt.
#[derive(Debug)]
pub struct Burnt {
    /// The result.
    pub pdf: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// How many of them became pictures, because what is drawn on them could not be written anew with certainty.
    pub drawn: usize,
    /// Black boxes on them.
    pub boxes: usize,
    /// Where strings were found and taken out.
    pub found: Places,
    /// Where those stand that stay and of which is told.
    pub told: Places,
    /// What a person must look at, because letters may stand there that nobody could read.
    pub look: Vec<Look>,
    /// Pages on which the letters in pictures were read by Tesseract.
    pub read: usize,
    /// Each page as a picture file, where that was asked for.
    pub pictures: Vec<PagePicture>,
}

/// A page that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Number of the page, from 1.
    pub page: usize,
    /// Why, in words: `holds letters that could not be recognised`.
    pub why: &'static str,
}

/// Why a file was not burnt.
#[derive(Debug, thiserror::Error)]
pub enum NotBurnt {
    /// The file itself: encrypted, damaged, too large. In words.
    #[error("{0}")]
    File(String),
    /// So many of the words could still be found in the result.
    #[error("{0} of the words can still be found in the result")]
    Leak(usize),
    /// Something here failed.
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Which way a file is redacted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As pages that keep their look.
    Pdf,
    /// As a picture.
    Picture,
    /// From its text.
    Other,
}

/// The kind of a file, by its content first and its name second.
pub fn kind_of(name: &str, bytes: &[u8]) -> Kind {
    match sniff(name, bytes) {
        Format::Pdf => Kind::Pdf,
        Format::Picture => Kind::Picture,
        _ => Kind::Other,
    }
}

/// Which confinements are in force in a drawing child started from `exe`: name and whether active.
///
/// # Errors
/// When it does not start.
pub fn confinement(exe: &Path) -> Result<Vec<(String, bool)>, Failure> {
    Ok(Child::start(exe, &Limits::default())?.confinement.clone())
}

/// Burns files in confined children, which it keeps.
pub struct Burner {
    exe: PathBuf,
    workers: usize,
    limits: Limits,
    idle: Mutex<Vec<Child>>,
    reader: Option<Letters>,
}

impl Burner {
    /// At most `workers` children at a time. `exe` is a program that calls [`worker::run`] when its
    /// first argument is `burn-worker`. Tesseract is used where it is installed, unless `plain`.
    pub fn new(exe: PathBuf, workers: usize, plain: bool) -> Self {
        // A page drawn large takes more memory than a text; this child works alone.
        let limits = Limits { wall: Duration::from_secs(30), memory: MEMORY, ..Limits::default() };
        let reader = if plain { None } else { Reader::find(&exe, LANGUAGE).ok().map(Letters::new) };
        Self { exe, workers: workers.max(1), limits, idle: Mutex::new(Vec::new()), reader }
    }

    /// The same, with passwords to try on PDFs that open with one.
    #[must_use]
    pub fn with_passwords(mut self, passwords: Passwords) -> Self {
        self.limits.passwords = passwords;
        self
    }

    /// Whether letters in pictures can be read here.
    pub fn reads_pictures(&self) -> bool {
        self.reader.is_some()
    }

    /// Burns a PDF.
    ///
    /// # Errors
    /// When the file cannot be drawn whole, or a word could still be read in a picture of it.
    pub fn pdf(&self, bytes: &[u8], order: &Order) -> Result<Burnt, NotBurnt> {
        self.burn(bytes, order, false)
    }

    /// Burns a picture; the result is a PDF as well.
    ///
    /// # Errors
    /// When it cannot be drawn, or Tesseract is not there: words in a picture cannot be found without it.
    pub fn picture(&self, bytes: &[u8], order: &Order) -> Result<Burnt, NotBurnt> {
        if self.reader.is_none() {
            return Err(NotBurnt::File(
                "is a picture, and Tesseract, which reads words in pictures, is not installed (package `tesseract-ocr`)".to_owned(),
            ));
        }
        self.burn(bytes, order, true)
    }

    fn burn(&self, bytes: &[u8], order: &Order, picture: bool) -> Result<Burnt, NotBurnt> {
        let anew = !picture && !order.pictures && order.areas.is_empty();
        match self.burnt(bytes, order, picture, anew) {
            // What two readers join differently, or cannot read again, or takes too long to write, is certain only in a picture.
            Err(_) if anew => self.burnt(bytes, order, picture, false),
            other => other,
        }
    }

    fn burnt(&self, bytes: &[u8], order: &Order, picture: bool, anew: bool) -> Result<Burnt, NotBurnt> {
        let (length, words, inside, dpi) = (bytes.len() as u64, order.words.clone(), order.inside, order.dpi);
        let reader = self.reader.as_ref().filter(|_| !order.certain);
        let job = Job { picture, length, words, inside, dpi, anew, read: reader.is_some() };
        let words = Words::new(&order.words, order.inside);
        let mut first = self.child()?;
        let pages = self.open(&mut first, &job, bytes)?;
        if pages as usize > order.most {
            return Err(NotBurnt::File(format!("has {pages} pages, more than the {} that are shown of one file", order.most)));
        }
        let mut children = vec![first];
        if !picture && pages >= SHARED {
            while children.len() < self.workers {
                let mut next = self.child()?;
                self.open(&mut next, &job, bytes)?;
                children.push(next);
            }
        }
        let step = children.len() as u32;
        for (first, child) in children.iter_mut().enumerate() {
            child.go(Stride { first: first as u32, step });
        }
        let mut work = Work::new(&words, reader, order, children.len());
        for number in 0..pages {
            let which = (number % step) as usize;
            let Some(child) = children.get_mut(which) else { break };
            let (anew, sheet, packed) = self.sheet(child)?;
            work.page(which, anew, sheet, packed)?;
        }
        for mut child in children {
            if matches!(child.next(), Ok((Up::Done, _))) {
                self.keep(child);
            }
        }
        let (burnt, anew) = work.finish();
        let left = gate::leaks(&burnt.pdf, &words, &anew)?;
        if left > 0 { Err(NotBurnt::Leak(left)) } else { Ok(burnt) }
    }

    fn child(&self) -> Result<Child, Failure> {
        let idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        idle.map_or_else(|| Child::start(&self.exe, &self.limits), Ok)
    }

    fn keep(&self, child: Child) {
        let mut idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if idle.len() < self.workers {
            idle.push(child);
        }
    }

    fn open(&self, child: &mut Child, job: &Job, bytes: &[u8]) -> Result<u32, NotBurnt> {
        child.give(job, bytes);
        match child.next() {
            Ok((Up::Opened(pages), _)) => Ok(pages),
            Ok((Up::Refused(reason), _)) => Err(NotBurnt::File(reason)),
            Ok(_) => Err(Failure::new("drawing pages").into()),
            Err(stopped) => Err(self.stopped(&stopped)),
        }
    }

    fn sheet(&self, child: &mut Child) -> Result<(Option<Shapes>, Sheet, Vec<u8>), NotBurnt> {
        let mut anew = None;
        let mut said = child.next();
        if let Ok((Up::Anew(page, _), bytes)) = said {
            anew = Some((*page, bytes));
            said = child.next();
        }
        match said {
            Ok((Up::Sheet(sheet, _), packed)) => Ok((anew, *sheet, packed)),
            Ok((Up::Refused(reason), _)) => Err(NotBurnt::File(reason)),
            Ok(_) => Err(Failure::new("drawing pages").into()),
            Err(stopped) => Err(self.stopped(&stopped)),
        }
    }

    fn stopped(&self, stopped: &Stopped) -> NotBurnt {
        NotBurnt::File(match stopped {
            Stopped::TooLong => format!("a page takes longer than {} s to draw", self.limits.wall.as_secs_f32()),
            Stopped::Died => "the process that draws it ended: the file is broken or needs too much memory".to_owned(),
        })
    }
}

/// A page as shapes, with its bytes.
type Shapes = (Anew, Vec<u8>);

/// A file on its way.
struct Work<'a> {
    words: &'a Words,
    near: Near,
    tell: Words,
    reader: Option<&'a Letters>,
    order: &'a Order,
    book: Book,
    /// What each child handed over.
    stocks: Vec<Stock>,
    shared: Shared,
    /// Of each page, whether it was written anew.
    anew: Vec<bool>,
    burnt: Burnt,
}

impl<'a> Work<'a> {
    fn new(words: &'a Words, reader: Option<&'a Letters>, order: &'a Order, children: usize) -> Self {
        // What is said of a page must not say what was to go.
        let described = words.places(&Book::description(1)).is_empty();
        let burnt = Burnt {
            pdf: Vec::new(),
            pages: 0,
            drawn: 0,
            boxes: 0,
            found: Places::new(),
            told: Places::new(),
            look: Vec::new(),
            read: 0,
            pictures: Vec::new(),
        };
        let stocks = (0..children).map(|_| Stock::default()).collect();
        Self {
            words,
            near: Near::of(&order.words, order.elsewhere, &order.spare),
            tell: Words::new(&order.tell, false),
            reader,
            order,
            book: Book::new(described),
            stocks,
            shared: Shared::default(),
            anew: Vec::new(),
            burnt,
        }
    }

    fn page(&mut self, child: usize, mut shapes: Option<Shapes>, mut sheet: Sheet, mut packed: Vec<u8>) -> Result<(), NotBurnt> {
        self.burnt.pages += 1;
        let page = self.burnt.pages;
        let mut look = |why| self.burnt.look.push(Look { page, why });
        if sheet.unknown > 0 {
            look("holds letters that could not be recognised");
        }
        if sheet.form {
            look("holds form fields");
        }
        if self.order.pictures && sheet.doubtful {
            look("holds drawings");
        }
        let unread = sheet.unknown > 0 || !sheet.pictures.is_empty();
        if self.order.certain && (unread || !self.burnt.look.is_empty()) {
            return Err(NotBurnt::File("may hold letters that are no text".to_owned()));
        }
        let damaged = || NotBurnt::from(Failure::new("reading a drawn page"));
        let areas = shown::covered(&sheet, page, &self.order.areas);
        let reader = self.reader.filter(|_| unread);
        let mut changed = !areas.is_empty();
        if changed || reader.is_some() {
            let mut pixels = Pixels::unpack(sheet.width, sheet.height, sheet.colour, &packed).ok_or_else(damaged)?;
            // Read first: a word that a person covers is found as well.
            if let Some(reader) = reader {
                let (burnt, told) =
                    reader.burn(&mut sheet, &mut pixels, Sought { words: self.words, near: &self.near, tell: &self.tell })?;
                changed |= burnt;
                at_page(&mut self.burnt.told, told, page);
                self.burnt.read += 1;
            }
            for area in areas {
                pixels.black(area);
                sheet.boxes.push(area);
            }
            if changed {
                packed = pixels.pack().map_err(|error| Failure::because("packing a drawn page", error))?;
            }
        }
        if !sheet.pictures.is_empty() {
            let why = if reader.is_none() && self.order.pictures { UNREAD } else { "holds pictures or drawings" };
            self.burnt.look.push(Look { page, why });
        }
        self.burnt.boxes += sheet.boxes.len();
        at_page(&mut self.burnt.found, std::mem::take(&mut sheet.found), page);
        if self.order.pictures {
            self.burnt.pictures.push(shown::picture(&sheet, &packed));
        }
        let anew = match shapes.take() {
            Some((anew, bytes)) => self.bind(child, &sheet, &anew, &bytes, changed).ok_or_else(damaged)?,
            None => false,
        };
        if !anew {
            self.book.page(&sheet, &packed);
        }
        self.anew.push(anew);
        Ok(())
    }

    /// Binds a page written anew, unless words were found in its pictures. `None` when what was handed over does not fit together.
    fn bind(&mut self, child: usize, sheet: &Sheet, anew: &Anew, bytes: &[u8], changed: bool) -> Option<bool> {
        let stock = self.stocks.get_mut(child)?;
        let page = stock.take(anew, bytes)?;
        if changed {
            stock.clear();
            return Some(false);
        }
        self.book.anew(sheet, anew, &page, stock, &mut self.shared).then_some(true)
    }

    fn finish(mut self) -> (Burnt, Vec<bool>) {
        for stock in self.stocks {
            stock.finish(&mut self.book);
        }
        let drawn = self.anew.iter().filter(|anew| !**anew).count();
        (Burnt { pdf: self.book.finish(), drawn, ..self.burnt }, self.anew)
    }
}

/// Notes places on a page.
fn at_page(places: &mut Places, words: Vec<u32>, page: usize) {
    for word in words {
        places.entry(word as usize).or_default().push(page);
    }
}
