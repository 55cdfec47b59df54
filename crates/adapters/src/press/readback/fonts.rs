//! How the codes of a font become characters: its `ToUnicode` map, or its simple encoding.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use pdf_extract::{Dictionary, Document, Encoding, Object, ObjectId};

use super::lexer::{Lexer, Token, utf16};

/// Codes of one range that are read at most; a longer range is no real map.
const RANGE: u32 = 0x1_0000;

/// Decodes the strings that are shown in one font.
pub(super) struct Decoder {
    /// Bytes a code, 1 or 2.
    width: usize,
    map: HashMap<u32, String>,
}

impl Decoder {
    /// Appends the characters of `codes`. Returns how many codes have no character.
    pub(super) fn decode(&self, codes: &[u8], out: &mut String) -> usize {
        let mut unknown = 0;
        for code in codes.chunks(self.width) {
            let code = code.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            match self.map.get(&code) {
                Some(text) => out.push_str(text),
                None => unknown += 1,
            }
        }
        unknown
    }

    fn of(document: &Document, font: &Dictionary) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let stream = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let mapped = stream.and_then(pdf_extract::Stream::get_plain_content).ok().map(|map| to_unicode(&map));
        let (codes, map) = mapped.unwrap_or_default();
        if !map.is_empty() {
            return Self { width: codes.unwrap_or(if composite { 2 } else { 1 }), map };
        }
        if composite {
            return Self { width: 2, map };
        }
        Self { width: 1, map: simple(document, font) }
    }
}

/// The encoding of a font of one-byte codes without a map.
fn simple(document: &Document, font: &Dictionary) -> HashMap<u32, String> {
    let encoding = font.get_font_encoding(document).unwrap_or(Encoding::SimpleEncoding(b"WinAnsiEncoding"));
    (0..=255_u8)
        .filter_map(|code| {
            let text = encoding.bytes_to_string(&[code]).unwrap_or_else(|_| char::from(code).to_string());
            (!text.is_empty()).then_some((u32::from(code), text))
        })
        .collect()
}

/// Reads a `ToUnicode` map: the bytes a code, if it says so, and the characters by code.
fn to_unicode(bytes: &[u8]) -> (Option<usize>, HashMap<u32, String>) {
    let mut map = HashMap::new();
    let mut width = None;
    let mut strings: Vec<Vec<u8>> = Vec::new();
    let mut list: Option<Vec<Vec<u8>>> = None;
    let mut in_ranges = false;
    for token in Lexer::new(bytes) {
        match token {
            Token::Text(text) => match &mut list {
                Some(list) => list.push(text),
                None => strings.push(text),
            },
            Token::Mark("[") => list = Some(Vec::new()),
            Token::Mark("]") => {
                if let (Some(list), [.., low, _]) = (list.take(), strings.as_slice()) {
                    for (step, target) in (0_u32..).zip(list) {
                        map.insert(number(low).wrapping_add(step), utf16(&target, u16::from_be_bytes));
                    }
                }
                strings.clear();
            }
            Token::Word(b"beginbfrange") => {
                in_ranges = true;
                strings.clear();
            }
            Token::Word(b"beginbfchar" | b"begincodespacerange") => {
                in_ranges = false;
                strings.clear();
            }
            Token::Word(b"endcodespacerange") => {
                width = strings.iter().map(Vec::len).max().filter(|width| (1..=4).contains(width)).or(width);
                strings.clear();
            }
            Token::Word(b"endbfchar") => {
                for pair in strings.chunks_exact(2) {
                    if let [code, target] = pair {
                        map.insert(number(code), utf16(target, u16::from_be_bytes));
                    }
                }
                strings.clear();
            }
            _ => {}
        }
        if in_ranges && let [low, high, target] = strings.as_slice() {
            range(&mut map, number(low), number(high), target);
            strings.clear();
        }
    }
    (width, map)
}

fn range(map: &mut HashMap<u32, String>, low: u32, high: u32, target: &[u8]) {
    let Some((last, head)) = target.split_last_chunk::<2>().map(|(head, last)| (u16::from_be_bytes(*last), head)) else { return };
    for step in 0..=high.saturating_sub(low).min(RANGE) {
        let mut bytes = head.to_vec();
        bytes.extend(last.wrapping_add((step & 0xFFFF) as u16).to_be_bytes());
        map.insert(low.wrapping_add(step), utf16(&bytes, u16::from_be_bytes));
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}

/// The decoders of a resource dictionary, by the name content streams call them.
pub(super) type ByName = BTreeMap<Vec<u8>, Arc<Decoder>>;

/// All decoders of a document, each built once.
#[derive(Default)]
pub(super) struct Fonts {
    built: HashMap<ObjectId, Arc<Decoder>>,
}

impl Fonts {
    /// Every font object of the document.
    pub(super) fn of(document: &Document) -> Self {
        let fonts = document.objects.iter().filter_map(|(id, object)| {
            let font = object.as_dict().ok().filter(|dictionary| dictionary.has_type(b"Font"))?;
            Some((*id, Arc::new(Decoder::of(document, font))))
        });
        Self { built: fonts.collect() }
    }

    /// The fonts of one `Font` resource dictionary.
    pub(super) fn named(&self, document: &Document, fonts: &Dictionary) -> ByName {
        let one = |font: &Object| match font {
            Object::Reference(id) => self.built.get(id).cloned(),
            Object::Dictionary(font) => Some(Arc::new(Decoder::of(document, font))),
            _ => None,
        };
        fonts.iter().filter_map(|(name, font)| Some((name.clone(), one(font)?))).collect()
    }

    /// All of them, for streams that belong to no page any more.
    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Decoder>> {
        self.built.values()
    }
}
