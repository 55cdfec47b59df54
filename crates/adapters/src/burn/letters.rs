//! Letters in pictures, read by Tesseract where it is installed.
//!
//! It gets plain grey pixels that we drew, never a file from outside.

use finder::plan::Words;
use services::ports::Failure;

use super::NotBurnt;
use super::boxes::merge;
use super::near::{Near, Place};
use super::pixels::Pixels;
use super::wire::{Area, Sheet};
use crate::letters::{Layout, Reader, Seen, Unread};

/// How often a page is looked at until nothing is found any more.
const ROUNDS: usize = 4;
/// Most pixels of a picture that is made larger before it is read.
const ENLARGED: u64 = 6_000_000;
/// Room left around a word, as a part of its height.
const ROOM: u32 = 5;

/// Burns with what Tesseract reads.
#[derive(Debug)]
pub(super) struct Letters(pub(super) Reader);

/// A word as read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    /// Block, paragraph and line.
    line: (u32, u32, u32),
    area: Area,
    text: String,
}

impl Letters {
    /// Burns the words out of the page's pictures until none can be read. Says whether anything was.
    pub(super) fn burn(&self, sheet: &mut Sheet, pixels: &mut Pixels, wanted: (&Words, &Near)) -> Result<bool, NotBurnt> {
        let whole = Area { left: 0, top: 0, right: sheet.width, bottom: sheet.height };
        let parts = if sheet.unknown > 0 { vec![whole] } else { sheet.pictures.clone() };
        let mut changed = false;
        for part in parts {
            for round in 0.. {
                let found = self.find((sheet.number, part), pixels, wanted, &mut sheet.found)?;
                if found.is_empty() {
                    break;
                }
                if round == ROUNDS {
                    return Err(NotBurnt::File(format!("words can still be read in a picture on page {}", sheet.number + 1)));
                }
                changed = true;
                for area in &found {
                    pixels.black(*area);
                }
                sheet.boxes.extend(found);
            }
        }
        if changed {
            sheet.boxes = merge(std::mem::take(&mut sheet.boxes));
            for area in &sheet.boxes {
                pixels.black(*area);
            }
        }
        Ok(changed)
    }

    fn find(
        &self,
        (number, part): (u32, Area),
        pixels: &Pixels,
        (words, near): (&Words, &Near),
        seen: &mut Vec<u32>,
    ) -> Result<Vec<Area>, NotBurnt> {
        let times = if u64::from(part.width()) * u64::from(part.height()) <= ENLARGED { 2 } else { 1 };
        let file = pixels.grey_file(part, times);
        // Whole pages are read as pages; a part of one may hold words anywhere.
        let whole = part.width() * 10 >= pixels.width * 7 && part.height() * 10 >= pixels.height * 4;
        let layout = if whole { Layout::Page } else { Layout::Scattered };
        let read = self.0.file(&[&file], layout).map_err(|unread| match unread {
            Unread::TooLong => NotBurnt::File(format!("the letters in a picture on page {} take too long to read", number + 1)),
            Unread::Failed => Failure::new("reading the letters in a picture").into(),
        })?;
        let read: Vec<Read> = read.into_iter().map(placed).collect();
        let mut text = String::new();
        let mut ends = Vec::new();
        let mut line = None;
        for word in &read {
            if !text.is_empty() {
                text.push(if line == Some(word.line) { ' ' } else { '\n' });
            }
            text.push_str(&word.text);
            ends.push(text.len());
            line = Some(word.line);
        }
        let exact = words.places(&text).into_iter().map(|place| Place {
            first: ends.partition_point(|end| *end <= place.start),
            last: ends.partition_point(|end| *end < place.end).min(read.len().saturating_sub(1)),
            word: place.word,
        });
        let texts: Vec<&str> = read.iter().map(|word| word.text.as_str()).collect();
        let mut areas = Vec::new();
        for place in exact.chain(near.places(&texts)) {
            if !seen.contains(&(place.word as u32)) {
                seen.push(place.word as u32);
            }
            for word in read.get(place.first..=place.last).unwrap_or_default() {
                areas.push(on_page(word.area, part, times, pixels));
            }
        }
        Ok(merge(areas))
    }
}

fn placed(word: Seen) -> Read {
    let [left, top, width, height] = word.place;
    let area = Area { left, top, right: left.saturating_add(width), bottom: top.saturating_add(height) };
    Read { line: word.line, area, text: word.text }
}

/// From the enlarged part back to the page, with a little room, and a whole number of heights wide.
fn on_page(word: Area, part: Area, times: u32, pixels: &Pixels) -> Area {
    let room = (word.height() / times / ROOM).max(2);
    let height = (word.height() / times + 2 * room).max(8);
    let wide = (word.width() / times + 2 * room).div_ceil(height) * height;
    let left = (part.left + word.left / times).saturating_sub(room);
    let top = (part.top + word.top / times).saturating_sub(room);
    Area { left, top, right: (left + wide).min(pixels.width), bottom: (top + height).min(pixels.height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_an_enlarged_part_is_placed_on_the_page() {
        let pixels = Pixels { width: 400, height: 400, colour: false, data: vec![255; 160_000] };
        let part = Area { left: 100, top: 200, right: 300, bottom: 300 };
        let area = on_page(Area { left: 20, top: 40, right: 120, bottom: 80 }, part, 2, &pixels);
        assert!(area.left <= 110 && area.right >= 160 && area.top <= 220 && area.bottom >= 240, "{area:?}");
    }
}
