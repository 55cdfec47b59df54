//! Pictures of Office 97 to 2003 (MS-ODRAW): found by their heads wherever they lie in a stream, so that what is damaged in front of
//! one costs that one alone.

use std::borrow::Cow;
use std::collections::HashSet;

use super::ole::{half, word};
use super::{metafile, picture};
use crate::extract::taking::{Item, Taking};
use crate::extract::{HOLDS_PICTURES, drawing, inflate};

/// Bytes of a record's head: two of version and form, two of kind, four of length.
const HEAD: usize = 8;
/// Bytes in front of a drawing of Windows behind its sums, and where they say how it is packed.
const BEFORE_DRAWING: usize = 34;
const PACKING: usize = 32;
/// What fewer bytes hold shows nothing.
const LEAST: usize = 32;

/// How a picture lies in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A drawing of Windows or Macintosh, mostly packed.
    Drawing,
    /// A file as it is.
    File,
    /// A bitmap without the head of its file.
    Bitmap,
}

/// A picture in a stream.
struct Blip<'a> {
    form: Form,
    bytes: &'a [u8],
}

/// Notes the pictures of a stream for the document that was taken last, and takes the words of drawings as its children, the first of
/// them behind `before`. The number of the last.
pub(super) fn pictures(taking: &mut Taking<'_>, before: usize, stream: &[u8]) -> usize {
    let (mut number, mut met, mut lost) = (before, HashSet::new(), false);
    for blip in Blips::of(stream) {
        let Some(bytes) = blip.file(taking) else {
            lost = true;
            continue;
        };
        let print = drawing::print(&bytes, 0);
        if !met.insert(print) {
            continue;
        }
        if metafile::is_one(&bytes) {
            number += 1;
            taking.inside(number, "", |taking| picture::words(taking, Item { name: "", bytes: &bytes }));
        }
        taking.seen("picture", drawing::inside(&bytes), usize::MAX, print, || drawing::picture(&bytes));
    }
    if lost {
        taking.unreadable(HOLDS_PICTURES);
    }
    number
}

/// The pictures of a stream in their order.
struct Blips<'a> {
    rest: &'a [u8],
    /// Whether one was met that goes on behind the end.
    cut: bool,
}

impl<'a> Blips<'a> {
    const fn of(stream: &'a [u8]) -> Self {
        Self { rest: stream, cut: false }
    }
}

impl<'a> Iterator for Blips<'a> {
    type Item = Blip<'a>;

    fn next(&mut self) -> Option<Blip<'a>> {
        let mut from = 3;
        loop {
            // The upper byte of a kind.
            let at = from + memchr::memchr(0xF0, self.rest.get(from..)?)? - 3;
            from = at + 4;
            let Some((blip, length)) = blip(self.rest, at) else { continue };
            let start = at + HEAD;
            let end = start.checked_add(length).filter(|end| *end <= self.rest.len());
            // Of one that is cut off there is what is left, once; others may begin in there.
            if end.is_some() || !std::mem::replace(&mut self.cut, true) {
                self.rest = self.rest.get(end.unwrap_or(start)..).unwrap_or_default();
                return Some(blip);
            }
        }
    }
}

/// The picture whose head stands at a place, and how long it says it is.
fn blip(stream: &[u8], at: usize) -> Option<(Blip<'_>, usize)> {
    let (head, kind, length) = (half(stream, at)?, half(stream, at + 2)?, word(stream, at + 4)? as usize);
    let form = match (kind, head & 0xF, head >> 4) {
        (0xF01A, 0, 0x3D4..=0x3D5) | (0xF01B, 0, 0x216..=0x217) | (0xF01C, 0, 0x542..=0x543) => Form::Drawing,
        (0xF01D | 0xF02A, 0, 0x46A..=0x46B | 0x6E2..=0x6E3) | (0xF01E, 0, 0x6E0..=0x6E1) | (0xF029, 0, 0x6E4..=0x6E5) => Form::File,
        (0xF01F, 0, 0x7A8..=0x7A9) => Form::Bitmap,
        _ => return None,
    };
    let body = stream.get(at + HEAD..)?;
    let body = body.get(..length).unwrap_or(body);
    // Of every kind the odd form has a second sum in front.
    let sums = if head & 0x10 == 0 { 16 } else { 32 };
    let bytes = body.get(if form == Form::Drawing { sums } else { sums + 1 }..).filter(|bytes| bytes.len() >= LEAST)?;
    Some((Blip { form, bytes }, length))
}

impl<'a> Blip<'a> {
    /// The file of the picture; `None` where it cannot be unpacked.
    fn file(&self, taking: &mut Taking<'_>) -> Option<Cow<'a, [u8]>> {
        match self.form {
            Form::File => Some(Cow::Borrowed(self.bytes)),
            Form::Bitmap => with_head(self.bytes).map(Cow::Owned),
            Form::Drawing => {
                let body = self.bytes.get(BEFORE_DRAWING..)?;
                if self.bytes.get(PACKING) != Some(&0) {
                    return Some(Cow::Borrowed(body));
                }
                let length = word(self.bytes, 0)?;
                if !taking.may_unpack(body.len() as u64, length.into()) {
                    return None;
                }
                let bytes = inflate::of_zlib(body, length as usize)?;
                taking.count(bytes.len()).ok()?;
                Some(Cow::Owned(bytes))
            }
        }
    }
}

/// A bitmap with the head that files have: a mark, the length, and where the points begin behind their colours.
fn with_head(bytes: &[u8]) -> Option<Vec<u8>> {
    let (size, depth) = (word(bytes, 0)?, half(bytes, 14)?);
    let (packing, used) = (word(bytes, 16)?, word(bytes, 32)?);
    let colours = match (used, depth) {
        (0, 1..=8) => 1 << depth,
        (used, _) => used.min(256),
    };
    // Three masks stand behind the shortest head alone.
    let masks = if packing == 3 && size == 40 { 12 } else { 0 };
    let points = 14_u32.checked_add(size)?.checked_add(masks + colours * 4)?;
    let length = u32::try_from(bytes.len()).ok()?.checked_add(14)?;
    Some([b"BM", &length.to_le_bytes()[..], &[0; 4], &points.to_le_bytes(), bytes].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::inprocess::taken;
    use crate::extract::sights::What;

    fn stream() -> Vec<u8> {
        testkit::small::blips()
    }

    #[test]
    fn pictures_of_each_kind_are_files_again() {
        let limits = crate::extract::Limits::default();
        let mut taking = Taking::new(&limits);
        let stream = stream();
        let files: Vec<Vec<u8>> = Blips::of(&stream).map(|blip| blip.file(&mut taking).expect("it unpacks").into_owned()).collect();
        let [png, bitmap, drawing] = &files[..] else { panic!("{} pictures", files.len()) };
        assert_eq!(drawing::what(png), What::Small);
        assert_eq!(bitmap.get(..2), Some(&b"BM"[..]));
        assert!(drawing::picture(bitmap).is_some());
        assert!(metafile::is_one(drawing));
    }

    #[test]
    fn documents_list_their_pictures_and_give_the_words_of_drawings() {
        for (number, bytes) in testkit::small::small("oldoffice").iter().take(3).enumerate() {
            let found = taken("x", bytes);
            let words: Vec<_> = found.documents.iter().map(|one| (one.path.as_str(), one.text.as_str())).collect();
            assert!(words.contains(&("1:", "Ada on a drawing")), "{number}: {words:?}");
            assert!(found.unreadable.iter().any(|one| one.path.is_empty() && one.reason == HOLDS_PICTURES), "{number}");
        }
    }

    #[test]
    fn what_is_cut_off_or_looks_like_a_head_ends_nothing() {
        let stream = stream();
        for end in 0..stream.len() {
            assert!(Blips::of(&stream[..end]).count() <= 3);
        }
        // A head of no known form; some that say they go on behind the end, of which one is believed.
        let (unknown, endless) = (b"\x11\x6E\x1E\xF0\xFF\xFF\xFF\xFF\xF0", b"\x10\x6E\x1E\xF0\xFF\xFF\xFF\x7F");
        assert_eq!(Blips::of(&[&unknown[..], &stream].concat()).count(), 3);
        assert_eq!(Blips::of(&[&endless[..], endless, &stream].concat()).count(), 4);
    }

    #[test]
    fn a_drawing_that_cannot_be_unpacked_is_listed() {
        let limits = crate::extract::Limits::default();
        let mut taking = Taking::new(&limits);
        let mut stream = stream();
        let packed = memchr::memmem::rfind(&stream, b"\x78\x9C").expect("what packs marks its beginning");
        stream[packed] = 0;
        pictures(&mut taking, 0, &stream);
        assert!(taking.finish().0.unreadable.iter().any(|one| one.reason == HOLDS_PICTURES));
    }

    #[test]
    fn the_same_picture_twice_is_noted_once() {
        let limits = crate::extract::Limits::default();
        let mut taking = Taking::new(&limits);
        assert_eq!(pictures(&mut taking, 4, &[stream(), stream()].concat()), 5);
        assert_eq!(taking.finish().1.len(), 3);
    }
}
