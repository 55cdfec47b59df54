//! What a thing is, by its content first and its name second. Declared types are not trusted.

use memchr::memmem;

use super::picture_heads::is_picture;
use super::readers::{ROW, ROWS, first_line, is_metafile, is_table, is_whole_table, stream_names};
use crate::sources::mbox;

/// What a thing can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    Mail,
    Mailbox,
    Text,
    Table,
    Rows,
    Cards,
    Html,
    Xml,
    Word,
    Workbook,
    Slides,
    OpenDocument,
    Rtf,
    Pdf,
    Zip,
    OldOffice,
    OutlookMessage,
    OutlookStore,
    Compound,
    Database,
    Dbase,
    WordPerfect,
    Notebook,
    Picture,
    Sound,
    Video,
    Archive,
    AppleMail,
    ApplePart,
    Tnef,
    Signature,
    Encrypted,
    Program,
    Unknown,
}

/// Recognises a thing.
pub(crate) fn sniff(name: &str, bytes: &[u8]) -> Format {
    by_magic(name, bytes).unwrap_or_else(|| match () {
        () if mbox::holds_several(name, bytes) => Format::Mailbox,
        () if is_text(bytes) => text_kind(name, bytes),
        () if looks_like_mail(bytes) => Format::Mail,
        () => binary_by_name(name),
    })
}

/// The end of the name behind the last dot, lower case, at most ten characters.
pub(crate) fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((_, ext)) if ext.len() <= 10 => ext.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Whether that end is this one, which has ten characters at most.
pub(crate) fn has_extension(name: &str, wanted: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(wanted))
}

const MAGIC: &[(&[u8], Format)] = &[
    (b"{\\rtf", Format::Rtf),
    (b"\x89PNG", Format::Picture),
    (b"\xFF\xD8\xFF", Format::Picture),
    (b"GIF87a", Format::Picture),
    (b"GIF89a", Format::Picture),
    (b"II*\0", Format::Picture),
    (b"MM\0*", Format::Picture),
    (b"8BPS", Format::Picture),
    (b"\0\0\x01\0", Format::Picture),
    (b"\xD7\xCD\xC6\x9A", Format::Picture),
    (b"ID3", Format::Sound),
    (b"OggS\0", Format::Sound),
    (b"fLaC\0\0\0\x22", Format::Sound),
    (b"fLaC\x80\0\0\x22", Format::Sound),
    (b"#!AMR", Format::Sound),
    (b"\xFF\xFB", Format::Sound),
    (b"MThd\0\0\0\x06", Format::Sound),
    (b"\x1A\x45\xDF\xA3", Format::Video),
    (b"FLV\x01", Format::Video),
    (b"\0\0\x01\xBA", Format::Video),
    (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", Format::Video),
    (b"\x1F\x8B", Format::Archive),
    (b"7z\xBC\xAF\x27\x1C", Format::Archive),
    (b"Rar!\x1A\x07", Format::Archive),
    (b"RE~^", Format::Archive),
    (b"\xFD7zXZ\0", Format::Archive),
    (b"BZh", Format::Archive),
    (b"MSCF\0\0\0\0", Format::Archive),
    (b"\x28\xB5\x2F\xFD", Format::Archive),
    (b"\x09\x08\x10\0\0\x06\x05\0", Format::OldOffice),
    (b"\x09\x08\x08\0\0\x05\x05\0", Format::OldOffice),
    (b"!<arch>", Format::Archive),
    (b"!BDN", Format::OutlookStore),
    (b"\xFFWPC", Format::WordPerfect),
    (b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D", Format::Notebook),
    (b"\xA1\x2F\xFF\x43\xD9\xEF\x76\x4C", Format::Notebook),
    (b"SQLite format 3\0", Format::Database),
    (ROW, Format::Rows),
    (ROWS, Format::Rows),
    (b"\x78\x9F\x3E\x22", Format::Tnef),
    (b"\x7FELF", Format::Program),
    (b"MZ", Format::Program),
    (b"-----BEGIN PGP MESSAGE", Format::Encrypted),
    (b"-----BEGIN PGP SIGNATURE", Format::Signature),
];

/// Those of them that a sentence could begin with.
const WORDY: &[&[u8]] = &[b"ID3", b"RE~^", b"BZh", b"MZ"];

fn by_magic(name: &str, bytes: &[u8]) -> Option<Format> {
    if let [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] = bytes {
        return Some(packed(bytes));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(compound(name, bytes));
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if memmem::find(head, b"%PDF-").is_some() && (extension(name) == "pdf" || bytes.starts_with(b"%PDF-") || !looks_like_mail(bytes)) {
        return Some(Format::Pdf);
    }
    if bytes.starts_with(b"RIFF") {
        match bytes.get(8..12) {
            Some(b"WEBP") => return Some(Format::Picture),
            Some(b"WAVE") => return Some(Format::Sound),
            _ if !is_text(bytes) => return Some(Format::Video),
            _ => {}
        }
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        let brand = bytes.get(8..12).unwrap_or_default();
        return Some(match brand {
            b"heic" | b"heix" | b"mif1" | b"avif" | b"msf1" => Format::Picture,
            b"M4A " | b"M4B " => Format::Sound,
            _ => Format::Video,
        });
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Format::Archive);
    }
    if matches!(bytes, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]) {
        // Zstandard may begin with notes of a program.
        return Some(Format::Archive);
    }
    if is_whole_table(bytes) || (extension(name) == "dbf" && is_table(bytes)) {
        return Some(Format::Dbase);
    }
    if is_metafile(bytes) || is_picture(bytes) || (bytes.starts_with(b"BM") && !is_text(bytes)) {
        return Some(Format::Picture);
    }
    let (mark, found) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic))?;
    // Marks that are also the beginning of words: believe them for binary content only.
    let wordy = WORDY.contains(mark);
    (!wordy || !is_text(bytes)).then_some(*found)
}

/// A zip, told apart by the names in its directory; where that is lost, by the names that stand in it plain, which may be those of a
/// file inside.
fn packed(bytes: &[u8]) -> Format {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let names = member_names(bytes);
    let has = |name: &[u8]| {
        if let Some(names) = &names {
            return names.iter().any(|known| known.starts_with(name));
        }
        let tail = bytes.get(bytes.len().saturating_sub(64 << 10)..).unwrap_or_default();
        memmem::find(head, name).is_some() || memmem::find(tail, name).is_some()
    };
    let open = has(b"META-INF/manifest.xml") && has(b"content.xml");
    if open || memmem::find(head, b"mimetypeapplication/vnd.oasis.opendocument").is_some() {
        return Format::OpenDocument;
    }
    if !has(b"[Content_Types].xml") {
        return Format::Zip;
    }
    match () {
        () if has(b"word/document") => Format::Word,
        () if has(b"xl/workbook") => Format::Workbook,
        () if has(b"ppt/presentation") => Format::Slides,
        () => Format::Zip,
    }
}

/// The names in the directory of a zip, which stands at its end. `None` when it cannot be found.
fn member_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    const END: usize = 22;
    const ENTRY: usize = 46;
    let number = |at: &[u8], place: usize| Some(u16::from_le_bytes(*at.get(place..)?.first_chunk::<2>()?));
    let tail = bytes.len().saturating_sub(END + usize::from(u16::MAX));
    let end = tail + memmem::rfind(bytes.get(tail..)?, b"PK\x05\x06")?;
    let head = bytes.get(end..end + END)?;
    let (count, size) = (number(head, 10)?, u32::from_le_bytes(*head.get(12..)?.first_chunk::<4>()?));
    let mut rest = bytes.get(end.checked_sub(size as usize)?..end)?;
    let mut names = Vec::with_capacity(usize::from(count));
    while rest.starts_with(b"PK\x01\x02") {
        let length = usize::from(number(rest, 28)?);
        let more = usize::from(number(rest, 30)?) + usize::from(number(rest, 32)?);
        names.push(rest.get(ENTRY..ENTRY + length)?);
        rest = rest.get(ENTRY + length + more..)?;
    }
    (!names.is_empty()).then_some(names)
}

/// An OLE compound file, told apart by the names of its streams and its own name.
fn compound(name: &str, bytes: &[u8]) -> Format {
    let names = stream_names(bytes);
    // Of one that is damaged the names are looked for wherever they stand (UTF-16).
    let has = |text: &str| {
        if let Some(names) = &names {
            return names.iter().any(|known| known.eq_ignore_ascii_case(text));
        }
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    match () {
        () if has("EncryptedPackage") => Format::Encrypted,
        () if has("WordDocument") || has("Workbook") || has("Book") || has("PowerPoint Document") => Format::OldOffice,
        () if has("__properties_version1.0") || extension(name) == "msg" => Format::OutlookMessage,
        () => Format::Compound,
    }
}

fn binary_by_name(name: &str) -> Format {
    match extension(name).as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tif" | "tiff" | "heic" | "webp" | "ico" | "emf" | "wmf" => Format::Picture,
        "mp3" | "wav" | "m4a" | "amr" | "wma" | "aac" | "ogg" => Format::Sound,
        "mp4" | "mov" | "avi" | "mkv" | "wmv" | "3gp" | "mpg" | "mpeg" => Format::Video,
        "eml" => Format::Mail,
        "pdf" => Format::Pdf,
        "docx" | "docm" | "dotx" | "dotm" => Format::Word,
        "xlsx" | "xlsm" | "xltx" | "xlsb" => Format::Workbook,
        "pptx" | "ppsx" | "pptm" | "potx" => Format::Slides,
        "odt" | "ods" | "odp" | "odg" => Format::OpenDocument,
        "doc" | "xls" | "ppt" => Format::OldOffice,
        "zip" => Format::Zip,
        "gz" | "tgz" | "tar" | "bz2" | "xz" | "7z" | "rar" | "zst" | "lzma" | "cab" => Format::Archive,
        "iwa" => Format::ApplePart,
        "p7s" | "sig" => Format::Signature,
        "p7m" | "gpg" | "pgp" => Format::Encrypted,
        _ => Format::Unknown,
    }
}

fn text_kind(name: &str, bytes: &[u8]) -> Format {
    let extension = extension(name);
    match extension.as_str() {
        "eml" | "mht" | "mhtml" => return Format::Mail,
        "emlx" if first_line(bytes).is_some() => return Format::AppleMail,
        // An office document or PDF that is only text is damaged; its own reader says so.
        "pdf" => return Format::Pdf,
        "docx" | "xlsx" | "pptx" => return binary_by_name(name),
        "csv" | "tsv" => return Format::Table,
        "htm" | "html" | "xhtml" => return Format::Html,
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let starts = |mark: &[u8]| head.get(..mark.len()).is_some_and(|h| h.eq_ignore_ascii_case(mark));
    if starts(b"BEGIN:VCARD") || starts(b"BEGIN:VCALENDAR") {
        return Format::Cards;
    }
    if looks_like_mail(bytes) {
        return Format::Mail;
    }
    if first_line(bytes).is_some_and(|(_, message)| looks_like_mail(message)) {
        return Format::AppleMail;
    }
    if is_xml(head) {
        let root_is_page = memmem::find(head, b"<html").is_some() || memmem::find(head, b"<!DOCTYPE html").is_some();
        return if root_is_page { Format::Html } else { Format::Xml };
    }
    if starts(b"<!doctype html") || starts(b"<html") || starts(b"<head") || starts(b"<body") {
        return Format::Html;
    }
    Format::Text
}

/// Whether a beginning is that of an XML document, in UTF-16 too.
fn is_xml(head: &[u8]) -> bool {
    let wide = head.strip_prefix(b"\xFF\xFE").or_else(|| head.strip_prefix(b"\xFE\xFF")).unwrap_or(head);
    let first = wide.get(..wide.len().min(24)).unwrap_or_default().iter().filter(|byte| **byte != 0);
    first.copied().take(5).eq(*b"<?xml") || head.starts_with(b"<svg")
}

/// Whether the bytes are text: hardly any control characters, or UTF-16.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || super::charset::utf16_by_pattern(head).is_some() {
        return true;
    }
    let is_odd = |b: &u8| u8::from(*b < 9) | u8::from(b.wrapping_sub(14) < 18 && *b != 27) | u8::from(*b == 127);
    // In small numbers, so that many bytes are looked at together.
    let odd: usize = head.chunks(255).map(|piece| usize::from(piece.iter().map(is_odd).sum::<u8>())).sum();
    odd * 50 <= head.len() && !is_blank(head)
}

/// Whether more than half of it is the byte of white paper, which is a letter in some charsets and in no text so frequent.
fn is_blank(head: &[u8]) -> bool {
    head.len() >= 64 && memchr::memchr_iter(0xFF, head).count() * 2 > head.len()
}

const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "received",
    "return-path",
    "delivered-to",
    "mime-version",
    "content-type",
    "reply-to",
    "sender",
    "x-mailer",
    "in-reply-to",
    "references",
    "dkim-signature",
    "x-originating-ip",
    "envelope-to",
    "user-agent",
    "content-transfer-encoding",
    "x-original-to",
    "x-received",
    "list-id",
    "thread-topic",
    "authentication-results",
    "importance",
];

/// Whether the bytes begin like an RFC 5322 message: a block of header fields, two of them
/// well known, one of these naming a person, a date or a way.
pub(crate) fn looks_like_mail(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(16 << 10)).unwrap_or_default();
    let (mut known, mut telling) = (0, false);
    for (number, line) in head.split(|b| *b == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let envelope = number == 0 && (line.starts_with(b"From ") || line.starts_with(b">From "));
        let folded = number > 0 && line.first().is_some_and(|b| *b == b' ' || *b == b'\t');
        if envelope || folded {
            continue;
        }
        if line.is_empty() {
            break;
        }
        let Some(name) = field_name(line) else { break };
        if FIELDS.iter().any(|field| field.as_bytes().eq_ignore_ascii_case(name)) {
            known += 1;
            telling |= [&b"from"[..], b"received", b"message-id", b"return-path", b"delivered-to", b"mime-version"]
                .iter()
                .any(|field| field.eq_ignore_ascii_case(name));
        }
    }
    (known >= 2 && telling) || is_mime_entity(head)
}

/// Whether the bytes begin with a declared type and, near it, how it is encoded or divided: a
/// message or a part of one whose other headers are gone.
fn is_mime_entity(head: &[u8]) -> bool {
    let starts = |line: &[u8], mark: &[u8]| line.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    let mut lines = head.split(|b| *b == b'\n').take_while(|line| !line.trim_ascii().is_empty());
    let divided = |line: &[u8]| memmem::find(line, b"multipart/").is_some() && memmem::find(line, b"boundary=").is_some();
    starts(head, b"content-type:") && lines.any(|line| starts(line, b"content-transfer-encoding:") || divided(line))
}

/// The name of the header field on this line.
pub(crate) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = memchr::memchr(b':', line)?;
    let name = line.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.len() <= 78 && name.iter().all(|b| (33..=126).contains(b))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_counts_more_than_the_name() {
        assert_eq!(sniff("report.docx", b"%PDF-1.7\n"), Format::Pdf);
        assert_eq!(sniff("photo.txt", b"\x89PNG\r\n\x1a\n"), Format::Picture);
        assert_eq!(sniff("17", b"From: a@example.org\nTo: b@example.org\n\nhello"), Format::Mail);
        assert_eq!(sniff("note.txt", b"Dear Ada,\nplease call."), Format::Text);
        assert_eq!(sniff("list.csv", b"name,born\n"), Format::Table);
        assert_eq!(sniff("", b"  <!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(sniff("x.bin", &[0, 1, 2, 3, 4, 5, 6, 7]), Format::Unknown);
        assert_eq!(sniff("", b"MZ is how the letter begins"), Format::Text);
    }

    #[test]
    fn text_has_hardly_any_control_characters() {
        for byte in 0..=255_u8 {
            let odd = matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
            for (others, share) in [(48, true), (49, true), (47, true), (5_000, false)] {
                let bytes = [vec![b'a'; others], vec![byte; if share { 1 } else { 100 }]].concat();
                let head = &bytes[..bytes.len().min(4096)];
                let text = head.iter().filter(|b| odd && **b == byte).count() * 50 <= head.len();
                assert_eq!(is_text(&bytes), text, "{byte} {others}");
            }
        }
        assert!(!is_text(&[[1; 300], [b'a'; 300]].concat()));
    }

    #[test]
    fn a_letter_with_colons_is_no_mail() {
        assert!(!looks_like_mail(b"Subject: minutes\nPresent: Ada, Grace\n\nAll agreed."));
        assert!(looks_like_mail(b"From x@example.org Mon Nov  2 10:00:00 2026\nReceived: by x\n\tfolded\nDate: today\n\nbody"));
    }
}
