//! The gate: the finished file is opened again, by two libraries. None of the words may be found in it, and on a page that is a
//! picture no letter at all.

use std::collections::BTreeSet;
use std::sync::Arc;

use finder::plan::Words;
use hayro::hayro_interpret::hayro_syntax::Pdf;
use hayro::hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro::kurbo::{Affine, Rect};
use services::ports::Failure;

use super::edges::Edges;
use super::glyphs::{Glyphs, Judged};
use crate::press::read_back;

const DOING: &str = "checking a redacted file";

/// How many of the words can be found in the finished file. `anew` says of each page whether it was written anew; on the others a letter
/// counts as a word: there may be none.
pub(super) fn leaks(pdf: &[u8], words: &Words, anew: &[bool]) -> Result<usize, Failure> {
    let mut found = BTreeSet::new();
    for text in read_back(pdf)? {
        found.extend(words.places(&text).into_iter().map(|place| place.word));
    }
    let opened = Pdf::new(pdf.to_vec()).map_err(|_| Failure::new(DOING))?;
    if opened.pages().len() != anew.len() {
        return Err(Failure::new(DOING));
    }
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { warning_sink: Arc::new(|_| {}), ..InterpreterSettings::default() };
    let (mut letters, mut judged, mut before) = (0, Judged::default(), Edges::default());
    for (page, anew) in opened.pages().iter().zip(anew) {
        let mut glyphs = Glyphs::default();
        glyphs.judged = std::mem::take(&mut judged);
        let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, opened.xref(), settings.clone());
        interpret_page(page, &mut context, &mut glyphs);
        if *anew {
            let (texts, pieces) = glyphs.texts();
            found.extend(texts.iter().flat_map(|text| words.places(&text.text)).map(|place| place.word));
            let edges = Edges::of(&glyphs, (&texts, &pieces), words);
            found.extend(before.over(&edges, words).into_iter().map(|over| over.word));
            if !edges.is_empty() {
                before = edges;
            }
        } else {
            letters += glyphs.placed.len() + glyphs.unknown as usize;
        }
        judged = glyphs.judged;
    }
    Ok(found.len() + letters)
}
