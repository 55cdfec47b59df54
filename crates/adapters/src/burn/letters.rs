//! Letters in pictures, read by Tesseract where it is installed.
//!
//! It gets plain grey pixels that we drew, never a file from outside.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use finder::plan::Words;
use services::ports::Failure;

use super::NotBurnt;
use super::boxes::merge;
use super::pixels::Pixels;
use super::wire::{Area, Sheet};

/// How often a page is looked at until nothing is found any more.
const ROUNDS: usize = 4;
/// Most pixels of a picture that is made larger before it is read.
const ENLARGED: u64 = 6_000_000;
/// Room left around a word, as a part of its height.
const ROOM: u32 = 5;

/// The program.
pub(super) struct Reader {
    program: PathBuf,
}

/// A word as read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Read {
    /// Block, paragraph and line.
    line: (u32, u32, u32),
    area: Area,
    text: String,
}

impl Reader {
    /// Tesseract, when it is on the path.
    pub(super) fn installed() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .map(|folder| folder.join("tesseract"))
            .find(|program| program.is_file())
            .map(|program| Self { program })
    }

    /// Burns the words out of the page's pictures until none can be read. Says whether anything was.
    pub(super) fn burn(&self, sheet: &mut Sheet, pixels: &mut Pixels, words: &Words) -> Result<bool, NotBurnt> {
        let whole = Area { left: 0, top: 0, right: sheet.width, bottom: sheet.height };
        let parts = if sheet.unknown > 0 { vec![whole] } else { sheet.pictures.clone() };
        let mut changed = false;
        for part in parts {
            for round in 0.. {
                let found = self.find(part, pixels, words, &mut sheet.found)?;
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

    fn find(&self, part: Area, pixels: &Pixels, words: &Words, seen: &mut Vec<u32>) -> Result<Vec<Area>, NotBurnt> {
        let times = if u64::from(part.width()) * u64::from(part.height()) <= ENLARGED { 2 } else { 1 };
        let file = pixels.grey_file(part, times);
        // Whole pages are read as pages; a part of one may hold words anywhere.
        let whole = part.width() * 10 >= pixels.width * 7 && part.height() * 10 >= pixels.height * 4;
        let read = parse(&self.run(&file, if whole { "3" } else { "11" })?);
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
        let mut areas = Vec::new();
        for place in words.places(&text) {
            if !seen.contains(&(place.word as u32)) {
                seen.push(place.word as u32);
            }
            let first = ends.partition_point(|end| *end <= place.start);
            let last = ends.partition_point(|end| *end < place.end);
            for word in read.get(first..=last.min(read.len().saturating_sub(1))).unwrap_or_default() {
                areas.push(on_page(word.area, part, times, pixels));
            }
        }
        Ok(merge(areas))
    }

    fn run(&self, picture: &[u8], layout: &str) -> Result<String, Failure> {
        let because = |error: std::io::Error| Failure::because("reading the letters in a picture", error);
        let mut running = Command::new(&self.program)
            .args(["stdin", "stdout", "--dpi", "300", "--psm", layout, "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(because)?;
        if let Some(mut input) = running.stdin.take() {
            input.write_all(picture).map_err(because)?;
        }
        let output = running.wait_with_output().map_err(because)?;
        if !output.status.success() {
            return Err(Failure::new("reading the letters in a picture"));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// The words of Tesseract's table: twelve columns, the last one the word.
fn parse(table: &str) -> Vec<Read> {
    let mut words = Vec::new();
    for row in table.lines() {
        let columns: Vec<&str> = row.split('\t').collect();
        let [level, _, block, paragraph, line, _, left, top, width, height, _, text] = columns.as_slice() else { continue };
        let numbers: Option<Vec<u32>> =
            [block, paragraph, line, left, top, width, height].iter().map(|column| column.parse().ok()).collect();
        let Some([block, paragraph, line, left, top, width, height]) = numbers.as_deref() else { continue };
        if *level == "5" && !text.trim().is_empty() {
            let area = Area { left: *left, top: *top, right: left + width, bottom: top + height };
            words.push(Read { line: (*block, *paragraph, *line), area, text: (*text).to_owned() });
        }
    }
    words
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
    fn a_table_of_words_is_read() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     4\t1\t1\t1\t1\t0\t10\t10\t90\t20\t-1\t\n5\t1\t1\t1\t1\t1\t10\t12\t40\t18\t96.1\tAda\n5\t1\t1\t1\t1\t2\t60\t12\t40\t18\t1\t \n";
        let words = parse(table);
        assert_eq!(words.len(), 1);
        assert_eq!((words[0].text.as_str(), words[0].area), ("Ada", Area { left: 10, top: 12, right: 50, bottom: 30 }));
    }

    #[test]
    fn a_word_in_an_enlarged_part_is_placed_on_the_page() {
        let pixels = Pixels { width: 400, height: 400, colour: false, data: vec![255; 160_000] };
        let part = Area { left: 100, top: 200, right: 300, bottom: 300 };
        let area = on_page(Area { left: 20, top: 40, right: 120, bottom: 80 }, part, 2, &pixels);
        assert!(area.left <= 110 && area.right >= 160 && area.top <= 220 && area.bottom >= 240, "{area:?}");
    }
}
