//! Streams found in the bytes themselves, whatever the file's own table of contents says:
//! an earlier revision, a deleted object and an appended file are still there to be read.

use pdf_extract::{Dictionary, Object, Stream};

use super::lexer::{Lexer, Token};

/// Bytes before a stream in which its dictionary is looked for.
const DICTIONARY: usize = 4_096;

/// A stream in the bytes, with what stands before it.
pub(super) struct Raw<'a> {
    /// The bytes between the stream before and this one.
    pub(super) before: &'a [u8],
    /// Its bytes as they stand, to tell whether the document knows it.
    pub(super) bytes: &'a [u8],
    /// Its bytes decompressed, if they were compressed in a way that is understood and are not binary.
    pub(super) plain: Option<Vec<u8>>,
    /// Whether the dictionary says that it is a picture, a font, a colour profile or a
    /// table of offsets.
    pub(super) binary: bool,
}

/// All streams in the bytes, one after the other, and at the end what stands after the
/// last one, as a stream of no bytes.
pub(super) fn streams(bytes: &[u8]) -> impl Iterator<Item = Raw<'_>> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let here = rest?;
        let Some((before, raw, after)) = split(here) else {
            rest = None;
            return Some(Raw { before: here, bytes: b"", plain: None, binary: false });
        };
        rest = Some(after);
        Some(read(before, raw))
    })
}

/// What stands before the first stream, the stream, and what follows.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let mut from = 0;
    loop {
        let start = from + find(bytes.get(from..)?, b"stream")?;
        from = start + b"stream".len();
        let before = bytes.get(..start)?;
        let body = bytes.get(from..)?;
        let body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).or_else(|| body.strip_prefix(b"\r"));
        if let (Some(body), false) = (body, before.ends_with(b"end")) {
            let length = find(body, b"endstream").unwrap_or(body.len());
            let (raw, after) = body.split_at_checked(length)?;
            return Some((before, raw, after));
        }
    }
}

fn read<'a>(before: &'a [u8], raw: &'a [u8]) -> Raw<'a> {
    let near = before.get(before.len().saturating_sub(DICTIONARY)..).unwrap_or_default();
    let begin = near.windows(4).rposition(|four| four == b" obj").unwrap_or(0);
    let names: Vec<&[u8]> = Lexer::new(near.get(begin..).unwrap_or_default())
        .filter_map(|token| if let Token::Name(name) = token { Some(name) } else { None })
        .collect();
    let has = |name: &[u8]| names.contains(&name);
    let binary = [b"Length1".as_slice(), b"CIDFontType0C", b"Type1C", b"OpenType", b"Image", b"XRef"].into_iter().any(has)
        || has(b"N") && !has(b"ObjStm");
    let filters: Vec<Object> = names.iter().filter(|name| name.ends_with(b"Decode")).map(|name| Object::Name(name.to_vec())).collect();
    let plain = if filters.is_empty() || binary { None } else { decompress(filters, raw) };
    Raw { before, bytes: raw, plain, binary }
}

fn decompress(filters: Vec<Object>, raw: &[u8]) -> Option<Vec<u8>> {
    let mut dictionary = Dictionary::new();
    dictionary.set("Filter", filters);
    Stream::new(dictionary, raw.to_vec()).decompressed_content().ok()
}

/// Where `needle` first stands in `hay`.
pub(super) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(hay, needle)
}
