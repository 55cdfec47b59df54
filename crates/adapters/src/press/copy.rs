//! A redacted copy of a file that is set anew from its texts: no frame, no title, no date, no word of ours, so that whatever can
//! be read in it comes from the file.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use finder::fold::squash;
use finder::plan::Words;
use memchr::memmem;
use serde_json::{Value, json};
use services::ports::{Failure, Run};

use super::clean::Charset;
use super::flow::paragraphs;
use super::world::Template;
use super::{TypstPress, read_back};

/// A text of a copy: of a file itself, or of something it carries.
#[derive(Debug, Clone, Default)]
pub struct CopyPart {
    /// What it is called; nothing where that says nothing.
    pub heading: Vec<Run>,
    /// The text; the numbers of its gaps are not shown.
    pub text: Vec<Run>,
}

impl TypstPress {
    /// Sets a redacted copy.
    ///
    /// # Errors
    /// When the typesetter fails.
    pub fn copy(&self, parts: &[CopyPart]) -> Result<Vec<u8>, Failure> {
        let mut pdf = self.set(Template::Copy, "", "", |set| values(set, parts))?;
        blank_properties(&mut pdf);
        Ok(pdf)
    }

    /// How many of the words can be found in a finished copy: in any text, string or stream of it. What every copy holds, an empty one
    /// too (the words of the file format itself), does not count.
    ///
    /// # Errors
    /// When the copy cannot be read back whole.
    pub fn left_in_copy(&self, pdf: &[u8], words: &[String], inside: bool) -> Result<usize, Failure> {
        let gate = Gate { words: Words::new(words, inside), alone: Words::new(words, false) };
        let found = gate.places(&read_back(pdf)?);
        if found.is_empty() {
            return Ok(0);
        }
        let foreign = CopyPart { heading: Vec::new(), text: vec![Run::Shown(FOREIGN.to_owned())] };
        let texts = read_back(&self.copy(&[foreign])?)?;
        let everywhere = texts.iter().map(|text| squash(text)).collect::<Vec<_>>().join("\n");
        let usual = alone(&gate.places(&texts));
        let more = alone(&found).into_iter().filter(|(word, times)| *times > usual.get(word).copied().unwrap_or(0)).map(|(word, _)| word);
        let others = found.iter().filter(|place| place.is_told() && !everywhere.contains(&place.around)).map(|place| place.word);
        Ok(more.chain(others).collect::<BTreeSet<usize>>().len())
    }
}

/// Properties say nothing of the file that a copy was made of: the typesetter's own are made white space of the same length.
fn blank_properties(pdf: &mut [u8]) {
    let places = memmem::find(pdf, b"<?xpacket begin").zip(memmem::rfind(pdf, b"<?xpacket end"));
    let end = places.and_then(|(start, last)| Some((start, last + memmem::find(pdf.get(last..)?, b"?>")? + 2)));
    if let Some(packet) = end.and_then(|(start, end)| pdf.get_mut(start..end)) {
        packet.fill(b' ');
    }
}

/// A letter that only the font of last resort has: it brings that font into a copy, with the words of its licence.
const FOREIGN: &str = "\u{E81}";

/// How far around a place is compared, in bytes.
const AROUND: usize = 16;
/// So many letters around a word tell it from the same word elsewhere.
const ENOUGH: usize = 8;

struct Gate {
    words: Words,
    alone: Words,
}

impl Gate {
    /// Where words stand in texts. A page is there in several forms; in some of them lines are joined without a space, and two words that
    /// have nothing to do with each other hold a third (`the` and `rest`). Of the forms of one page only the one with the most white space
    /// is searched for words inside longer ones.
    fn places(&self, texts: &[String]) -> Vec<Place> {
        let mut spaced: HashMap<String, (usize, usize)> = HashMap::new();
        let keys: Vec<String> = texts.iter().map(|text| squash(text)).collect();
        for (index, (key, text)) in keys.iter().zip(texts).enumerate() {
            let spaces = text.trim().chars().filter(|c| c.is_whitespace()).count();
            let most = spaced.entry(key.clone()).or_insert((spaces, index));
            if spaces > most.0 {
                *most = (spaces, index);
            }
        }
        let mut places = Vec::new();
        for (index, (key, text)) in keys.iter().zip(texts).enumerate() {
            let clearest = spaced.get(key).is_none_or(|(_, best)| *best == index);
            let found = if clearest { &self.words } else { &self.alone }.places(text);
            places.extend(found.into_iter().map(|place| Place::of(text, place.start, place.end, place.word)));
        }
        places
    }
}

/// A word as it stands somewhere.
struct Place {
    word: usize,
    /// Its letters with those around them.
    around: String,
    /// How many letters are around it.
    others: usize,
}

impl Place {
    fn of(text: &str, start: usize, end: usize, word: usize) -> Self {
        let from = text.floor_char_boundary(start.saturating_sub(AROUND));
        let to = text.ceil_char_boundary((end + AROUND).min(text.len()));
        let around = squash(text.get(from..to).unwrap_or_default());
        let others = around.len().saturating_sub(squash(text.get(start..end).unwrap_or_default()).len());
        Self { word, around, others }
    }

    /// Whether what stands around it tells it from the same word in another place.
    fn is_told(&self) -> bool {
        self.others >= ENOUGH
    }
}

/// How often each word stands where nothing around it tells it from others.
fn alone(places: &[Place]) -> BTreeMap<usize, usize> {
    let mut times = BTreeMap::new();
    for place in places.iter().filter(|place| !place.is_told()) {
        *times.entry(place.word).or_insert(0) += 1;
    }
    times
}

fn values(set: &Charset, parts: &[CopyPart]) -> Value {
    let part = |part: &CopyPart| json!({ "heading": paragraphs(set, &part.heading), "text": paragraphs(set, &part.text) });
    json!({ "parts": parts.iter().map(part).collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> CopyPart {
        CopyPart { heading: Vec::new(), text: vec![Run::Shown(text.to_owned()), Run::Withheld(1), Run::Shown(" and the rest".to_owned())] }
    }

    #[test]
    fn a_copy_holds_its_texts_and_no_other_words() {
        let press = TypstPress::new();
        let pdf = press.copy(&[part("A letter by "), part("Another by ")]).unwrap();
        let shown = pdf_extract::extract_text_from_mem(&pdf).unwrap();
        let words: Vec<&str> = shown.split_whitespace().collect();
        assert!(memmem::find(&pdf, b"xmp").is_none());
        assert_eq!(words, ["A", "letter", "by", "and", "the", "rest", "Another", "by", "and", "the", "rest"]);
    }

    #[test]
    fn what_every_copy_holds_is_no_leak_and_anything_else_is() {
        let press = TypstPress::new();
        let pdf = press.copy(&[part("Integer and Lovelace")]).unwrap();
        let left_in = |pdf: &[u8], words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            press.left_in_copy(pdf, &words, true).unwrap()
        };
        let left = |words: &[&str]| left_in(&pdf, words);
        let format = ["Description", "application", "Probity", "Document"];
        assert_eq!(left(&format), 0);
        assert_eq!((left(&["lovelace"]), left(&["Love"]), left(&["Integer", "and the"])), (1, 0, 2));
        let said = press.copy(&[part("An application of Probity")]).unwrap();
        assert_eq!(left_in(&said, &format), 2);
        let foreign = press.copy(&[part("\u{627} only")]).unwrap();
        for (word, times) in [("shall", 0), ("Bitstream", 0), ("there", 0), ("only", 1)] {
            assert_eq!(left_in(&foreign, &[word]), times, "{word}: the words of a font's licence are no leak");
        }
        let alone = press.copy(&[CopyPart { heading: Vec::new(), text: vec![Run::Shown("Description".to_owned())] }]).unwrap();
        assert_eq!(left_in(&alone, &["Description"]), 1, "nothing else is there to tell it from the format's word");
        let lines = press.copy(&[CopyPart { heading: Vec::new(), text: vec![Run::Shown("all of the\nrelated ones".to_owned())] }]).unwrap();
        assert_eq!(left_in(&lines, &["there", "related"]), 1);
    }
}
