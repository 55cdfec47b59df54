//! Letters in pictures, read by Tesseract where it is installed.
//!
//! It gets plain grey pixels that we drew, never a file from outside.

use finder::plan::{Near, NearPlace, Words};
use services::ports::Failure;

use super::NotBurnt;
use super::boxes::{gathered, merge};
use super::known::Known;
use super::pixels::Pixels;
use super::rest;
use super::wire::{Area, Sheet};
use crate::letters::{Layout, Reader, Seen, Unread};

/// How often a page is looked at until nothing is found any more.
const ROUNDS: usize = 4;
/// Most pixels of a picture that is made larger before it is read.
const ENLARGED: u64 = 6_000_000;
/// How much beside, above and below a picture is read with it, in pixels.
const BESIDE: (u32, u32) = (300, 40);
/// What is added to the numbers of blocks of what was read later.
const APART: u32 = 1_000_000;
/// Room left around a word, as a part of its height.
const ROOM: u32 = 5;

/// Burns with what Tesseract reads.
#[derive(Debug)]
pub(super) struct Letters {
    reader: Reader,
    known: Known,
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    /// What is burnt.
    pub(super) words: &'a Words,
    /// The same, read with a mistake or two.
    pub(super) near: &'a Near,
    /// What is only told of.
    pub(super) tell: &'a Words,
}

/// A word as read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    /// Block, paragraph and line.
    line: (u32, u32, u32),
    area: Area,
    text: String,
}

/// Where strings stand, each by its index and its first word.
type Spots = Vec<(u32, Area)>;

/// What was found in one round.
#[derive(Default)]
struct Found {
    areas: Vec<Area>,
    spots: Spots,
    told: Spots,
}

impl Letters {
    /// With this program.
    pub(super) fn new(reader: Reader) -> Self {
        Self { reader, known: Known::default() }
    }

    /// Burns the words out of the page's pictures until none can be read. Says whether anything was, and which strings stand there of
    /// which a person is told, one for each place.
    pub(super) fn burn(&self, sheet: &mut Sheet, pixels: &mut Pixels, sought: Sought<'_>) -> Result<(bool, Vec<u32>), NotBurnt> {
        let whole = Area { left: 0, top: 0, right: sheet.width, bottom: sheet.height };
        let parts = if sheet.unknown > 0 { vec![whole] } else { parts(&sheet.pictures, whole) };
        let (mut spots, mut told) = (Spots::new(), Spots::new());
        let mut changed = false;
        for part in parts {
            for round in 0.. {
                let found = self.find((sheet, part), pixels, sought)?;
                add(&mut told, found.told);
                if found.areas.is_empty() {
                    break;
                }
                if round == ROUNDS {
                    return Err(NotBurnt::File(format!("words can still be read in a picture on page {}", sheet.number + 1)));
                }
                changed = true;
                add(&mut spots, found.spots);
                for area in &found.areas {
                    pixels.black(*area);
                }
                sheet.boxes.extend(found.areas);
            }
        }
        sheet.found.extend(spots.into_iter().map(|(word, _)| word));
        if changed {
            sheet.boxes = merge(std::mem::take(&mut sheet.boxes));
            for area in &sheet.boxes {
                pixels.black(*area);
            }
        }
        Ok((changed, told.into_iter().map(|(word, _)| word).collect()))
    }

    fn find(&self, (sheet, part): (&Sheet, Area), pixels: &Pixels, sought: Sought<'_>) -> Result<Found, NotBurnt> {
        let times = if u64::from(part.width()) * u64::from(part.height()) <= ENLARGED { 2 } else { 1 };
        let file = pixels.grey_file(part, times);
        // Whole pages are read as pages; a part of one may hold words anywhere.
        let whole = part.width() * 10 >= pixels.width * 7 && part.height() * 10 >= pixels.height * 4;
        let layout = if whole { Layout::Page } else { Layout::Scattered };
        let read = self.known.read(&self.reader, &file, layout).map_err(|unread| match unread {
            Unread::TooLong => NotBurnt::File(format!("the letters in a picture on page {} take too long to read", sheet.number + 1)),
            Unread::Failed => Failure::new("reading the letters in a picture").into(),
        })?;
        // What stands upside down on an upright page, or in a line that was overlooked, is what remains when the words are taken away. Where
        // that cannot be read, what was read before stays.
        let within = |area: &Area| Area {
            left: area.left.saturating_sub(part.left) * times,
            top: area.top.saturating_sub(part.top) * times,
            right: area.right.saturating_sub(part.left) * times,
            bottom: area.bottom.saturating_sub(part.top) * times,
        };
        let black: Vec<Area> = sheet.boxes.iter().filter(|area| area.meets(part)).map(within).collect();
        let rest = rest::of(file, (part.width() * times, part.height() * times), &read, &black);
        let more = rest.and_then(|rest| self.known.read(&self.reader, &rest, Layout::Scattered).ok()).unwrap_or_default();
        let more = more.into_iter().map(|word| Seen { line: (word.line.0.saturating_add(APART), word.line.1, word.line.2), ..word });
        let read: Vec<Read> = read.into_iter().chain(more).map(placed).collect();
        let (text, ends) = joined(&read);
        let place = |start: usize, end: usize, word: usize| NearPlace {
            first: ends.partition_point(|end| *end <= start),
            last: ends.partition_point(|at| *at < end).min(read.len().saturating_sub(1)),
            word,
        };
        let area = |word: &Read| on_page(word.area, part, times, pixels);
        let exact = sought.words.places(&text).into_iter().map(|found| place(found.start, found.end, found.word));
        let texts: Vec<&str> = read.iter().map(|word| word.text.as_str()).collect();
        let mut found = Found::default();
        let mut gone = vec![false; read.len()];
        // The text beside a picture is read with it for words that go on there; of itself it is known better than it can be read.
        let seen = |word: &Read| sheet.unknown > 0 || sheet.pictures.iter().any(|picture| picture.meets(area(word)));
        for place in exact.chain(sought.near.places(&texts)) {
            if !read.iter().take(place.last + 1).skip(place.first).any(seen) {
                continue;
            }
            for (at, word) in read.iter().enumerate().take(place.last + 1).skip(place.first) {
                if at == place.first {
                    add(&mut found.spots, vec![(place.word as u32, area(word))]);
                }
                found.areas.push(area(word));
                if let Some(gone) = gone.get_mut(at) {
                    *gone = true;
                }
            }
        }
        for told in sought.tell.places(&text) {
            let place = place(told.start, told.end, told.word);
            // A name is written with a capital; the same word without one is another.
            let is_small = text.get(told.start..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
            if !is_small
                && gone.get(place.first) == Some(&false)
                && let Some(word) = read.get(place.first).filter(|word| seen(word))
            {
                add(&mut found.told, vec![(place.word as u32, area(word))]);
            }
        }
        found.areas = merge(found.areas);
        Ok(found)
    }
}

/// What of a page is read: its pictures with what stands beside them, since a name may begin in the text and go on in a picture.
fn parts(pictures: &[Area], whole: Area) -> Vec<Area> {
    let with_room = |picture: &Area| Area {
        left: picture.left.saturating_sub(BESIDE.0),
        top: picture.top.saturating_sub(BESIDE.1),
        right: (picture.right + BESIDE.0).min(whole.right),
        bottom: (picture.bottom + BESIDE.1).min(whole.bottom),
    };
    gathered(pictures.iter().map(with_room).collect(), 0)
}

/// Adds spots that are not known yet: what is found in two ways, or twice, is one place.
fn add(spots: &mut Spots, found: Spots) {
    for (word, area) in found {
        let is_known = |known: &(u32, Area)| known.0 == word && known.1.meets(area);
        if !spots.iter().any(is_known) {
            spots.push((word, area));
        }
    }
}

/// What was read as one text, and where each word of it ends.
fn joined(read: &[Read]) -> (String, Vec<usize>) {
    let (mut text, mut ends, mut line) = (String::new(), Vec::new(), None);
    for word in read {
        if !text.is_empty() {
            text.push(if line == Some(word.line) { ' ' } else { '\n' });
        }
        text.push_str(&word.text);
        ends.push(text.len());
        line = Some(word.line);
    }
    (text, ends)
}

fn placed(word: Seen) -> Read {
    let [left, top, width, height] = word.place;
    let area = Area { left, top, right: left.saturating_add(width), bottom: top.saturating_add(height) };
    Read { line: word.line, area, text: word.text }
}

/// From the enlarged part back to the page, with a little room, and a whole number of heights wide. A word that is higher than wide runs up or
/// down, and its box is that much higher.
fn on_page(word: Area, part: Area, times: u32, pixels: &Pixels) -> Area {
    let (wide, high) = (word.width() / times, word.height() / times);
    let line = wide.min(high);
    let room = (line / ROOM).max(2);
    let across = (line + 2 * room).max(8);
    let along = (wide.max(high) + 2 * room).div_ceil(across) * across;
    let (wide, high) = if high > wide { (across, along) } else { (along, across) };
    let left = (part.left + word.left / times).saturating_sub(room);
    let top = (part.top + word.top / times).saturating_sub(room);
    Area { left, top, right: (left + wide).min(pixels.width), bottom: (top + high).min(pixels.height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_twice_at_one_place_is_one() {
        let area = |left| Area { left, top: 0, right: left + 10, bottom: 10 };
        let mut spots = vec![(0, area(0))];
        add(&mut spots, vec![(0, area(3)), (1, area(3)), (0, area(10)), (0, area(12))]);
        assert_eq!(spots, [(0, area(0)), (1, area(3)), (0, area(10))]);
    }

    #[test]
    fn a_word_in_an_enlarged_part_is_placed_on_the_page() {
        let pixels = Pixels { width: 400, height: 400, colour: false, data: vec![255; 160_000] };
        let part = Area { left: 100, top: 200, right: 300, bottom: 300 };
        let area = on_page(Area { left: 20, top: 40, right: 120, bottom: 80 }, part, 2, &pixels);
        assert!(area.left <= 110 && area.right >= 160 && area.top <= 220 && area.bottom >= 240, "{area:?}");
    }

    #[test]
    fn a_word_that_runs_up_or_down_has_a_narrow_box() {
        let pixels = Pixels { width: 400, height: 400, colour: false, data: vec![255; 160_000] };
        let part = Area { left: 0, top: 0, right: 400, bottom: 400 };
        let (wide, high) = (
            on_page(Area { left: 50, top: 80, right: 150, bottom: 100 }, part, 1, &pixels),
            on_page(Area { left: 80, top: 50, right: 100, bottom: 150 }, part, 1, &pixels),
        );
        assert_eq!((wide.width(), wide.height()), (high.height(), high.width()));
        assert!(high.left <= 80 && high.right >= 100 && high.top <= 50 && high.bottom >= 150 && high.width() < 40, "{high:?}");
    }

    #[test]
    fn what_stands_beside_a_picture_is_read_with_it() {
        let whole = Area { left: 0, top: 0, right: 1000, bottom: 1400 };
        let (logo, stamp) = (Area { left: 100, top: 20, right: 300, bottom: 90 }, Area { left: 900, top: 1300, right: 1000, bottom: 1400 });
        let read = [Area { left: 0, top: 0, right: 600, bottom: 130 }, Area { left: 600, top: 1260, right: 1000, bottom: 1400 }];
        assert_eq!(parts(&[logo, stamp], whole), read);
    }
}
