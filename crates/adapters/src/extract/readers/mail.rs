//! E-mail: the message with its shown headers and its body, then everything it carries.

use std::borrow::Cow;
use std::sync::LazyLock;

use finder::document::{DocumentKind, PartKind};
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::mail_lift::Lifted;
use super::{html, mail_body, mail_chain, mail_edges, mail_head, mail_words, uuencode};
use crate::extract::charset::lenient;
use crate::extract::sniff::Format;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Writing, push_plain};

/// Parses the headers that are shown or that tell the structure; the others are skipped.
pub(super) static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .with_minimal_headers()
        .header_address(HeaderName::Sender)
        .header_address(HeaderName::ResentFrom)
        .header_address(HeaderName::ResentTo)
        .header_address(HeaderName::ResentCc)
        .header_text(HeaderName::Comments)
        .header_text(HeaderName::Keywords)
        .header_id(HeaderName::MessageId)
        // The parser of dates can run on into the body; the raw value is parsed apart.
        .header_raw(HeaderName::Date)
        .default_header_ignore()
});

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let (marked, bytes) =
        if item.bytes.starts_with(b"\xEF\xBB\xBF") { (true, item.bytes.get(3..).unwrap_or_default()) } else { (false, item.bytes) };
    let wide = if marked { None } else { crate::extract::charset::utf16_by_pattern(bytes) };
    if wide.is_some() || bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let text = lenient(bytes).into_owned();
        return parsed(taking, Item { name: item.name, bytes: text.as_bytes() });
    }
    match mail_head::blank_end(bytes) {
        Some(blank) => {
            let (head, body) = bytes.split_at_checked(blank.start).unwrap_or((bytes, &[]));
            let ended = [head, b"\n", body.get(blank.len()..).unwrap_or_default()].concat();
            parsed(taking, Item { name: item.name, bytes: &ended })
        }
        None => parsed(taking, Item { name: item.name, bytes }),
    }
}

fn parsed(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let whole = mail_chain::parted(item.bytes);
    let lifted = Lifted::of(&whole);
    // Boundaries are looked for in what is left, which is quickly done; where one is hidden, the places are others.
    let hidden = if let Cow::Owned(_) = mail_edges::hidden(&lifted.light) { Some(mail_edges::hidden(&whole)) } else { None };
    let bytes = hidden.as_deref().unwrap_or(&whole);
    let lifted = if hidden.is_some() { Lifted::of(bytes) } else { lifted };
    for lifted in [lifted, Lifted::nothing(bytes)] {
        match PARSER.parse(lifted.light.as_ref()) {
            Some(message) if lifted.fits(&message) => {
                take_message(taking, &message, item, &lifted);
                return Ok(());
            }
            _ => {}
        }
    }
    super::text::plain(taking, item, &lenient(item.bytes));
    Ok(())
}

/// Takes a message: itself first, then its attachments.
fn take_message(taking: &mut Taking<'_>, message: &Message<'_>, item: Item<'_>, lifted: &Lifted<'_>) {
    let Some(root) = message.parts.first() else { return };
    let mut writing = Writing::sized(lifted.light.len());
    let head = mail_head::write(&mut writing, root, &message.raw_message);
    let mut body = mail_body::collect(message);
    let files = body.lift_files();
    let stray = mail_head::stray(root, &message.raw_message);
    let bare = body.pieces.iter().all(|piece| piece.trim().is_empty()) && body.attachments.is_empty() && files.is_empty();
    let left = if bare { mail_body::left_over(root, &message.raw_message) } else { Cow::Borrowed("") };
    writing.part(PartKind::Body, |out| {
        push_plain(out, if left.trim().is_empty() { &stray } else { &left });
        for piece in &body.pieces {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            push_plain(out, piece);
        }
    });
    writing.metadata(&body.facts);
    let encrypted = writing.text.contains("-----BEGIN PGP MESSAGE-----");
    let about = About { kind: DocumentKind::Mail, title: head.subject, date: head.date };
    if let Some(document) = taking.document(about, item, writing) {
        document.message_id = head.message_id;
        document.correspondents = head.correspondents;
    }
    html::pictures(taking, &body.facts);
    if encrypted {
        taking.unreadable("holds an encrypted passage");
    }
    body.pieces.iter().for_each(|piece| uuencode::list_yenc(taking, piece));
    for (number, id) in body.attachments.iter().enumerate() {
        if !taking.has_room() {
            break;
        }
        if let Some(part) = message.parts.get(*id) {
            attachment(taking, number + 1, part, message, lifted);
        }
    }
    uuencode::take(taking, body.attachments.len(), &files);
}

/// Reads one attachment.
fn attachment(taking: &mut Taking<'_>, number: usize, part: &MessagePart<'_>, message: &Message<'_>, lifted: &Lifted<'_>) {
    let raw: &[u8] = &message.raw_message;
    let declared = mail_words::name_in_pieces(part, raw).or_else(|| part.attachment_name().map(crate::extract::writing::one_line));
    if let Some(mut file) = mail_body::in_uuencode(part, raw) {
        file.name = declared.unwrap_or(file.name);
        return uuencode::take(taking, number - 1, &[file]);
    }
    let name = declared.unwrap_or_else(|| unnamed(part).to_owned());
    let content = || match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
            lifted.file(part, raw).map_or(bytes.as_ref(), |file| file.bytes()).into()
        }
        _ => mail_body::decoded(part, raw),
    };
    if !matches!(part.body, PartType::Message(_)) && taking.listed(number, &name, content) {
        return;
    }
    match &part.body {
        PartType::Message(inner) => {
            let bytes = inner.raw_message();
            taking.inside(number, &name, |taking| take_message(taking, inner, Item { name: &name, bytes }, lifted));
        }
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => match lifted.file(part, raw) {
            Some(file) => taking.child_in_code(number, &name, file.print, || file.bytes()),
            None => taking.child(number, Item { name: &name, bytes }),
        },
        PartType::Text(text) | PartType::Html(text) => {
            let bytes = mail_body::decoded(part, raw);
            let text = mail_body::mended(part, text, raw);
            let item = Item { name: &name, bytes: &bytes };
            match crate::extract::sniff::sniff(&name, &bytes) {
                Format::Unknown if part.is_encoding_problem => taking.child(number, item),
                Format::Text | Format::Unknown => taking.inside(number, &name, |t| super::text::plain(t, item, &text)),
                Format::Html => taking.inside(number, &name, |t| super::html::page(t, item, &text)),
                Format::Table | Format::Cards => taking.child(number, Item { name: &name, bytes: text.as_bytes() }),
                _ => taking.child(number, item),
            }
            if part.is_encoding_problem && is_cut(part, raw) {
                taking.unreadable_child(number, &name, "is damaged or cut off; what could be decoded was read");
            }
        }
        PartType::Multipart(_) => {}
    }
}

/// Whether the part runs to the end of the message without its closing line.
fn is_cut(part: &MessagePart<'_>, raw: &[u8]) -> bool {
    part.raw_end_offset() as usize + 2 >= raw.len()
}

/// What an attachment without a name is called.
fn unnamed(part: &MessagePart<'_>) -> &'static str {
    match &part.body {
        PartType::Message(_) => "message.eml",
        PartType::Html(_) => "part.html",
        PartType::Text(_) => match part.content_type().and_then(|c| c.subtype()) {
            Some("calendar") => "invitation.ics",
            Some("vcard" | "x-vcard" | "directory") => "card.vcf",
            Some("csv") => "table.csv",
            _ => "part.txt",
        },
        _ if part.content_type().is_some_and(|c| c.ctype().eq_ignore_ascii_case("message")) => "message.eml",
        _ => "attachment",
    }
}

/// Borrowed or decoded bytes.
pub(super) type Bytes<'a> = Cow<'a, [u8]>;
