//! The hand-written mails: quotations, forwarding, attachments, encodings.

use super::script::Script;
use super::{cast, documents};
use crate::mime::{Charset, Encoding, MailBuilder};
use crate::office::quoted;
use crate::phrase::Block;
use crate::when::When;
use crate::write::html::fragment;

/// The message as a mailbox keeps it. `None` when a reference or date in the script is wrong.
pub(super) fn bytes(script: &Script, block: &Block<'static>) -> Option<Vec<u8>> {
    Some(builder(script, block)?.build())
}

/// The message as an exported file has it.
pub(super) fn travelling(script: &Script, block: &Block<'static>) -> Option<Vec<u8>> {
    Some(builder(script, block)?.build_crlf())
}

/// The `Message-ID`.
pub(super) fn id(block: &Block<'_>) -> String {
    let address = cast::resolve(block.get("from")).1;
    let seconds = When::parse(block.get("date")).map_or(0, |when| when.seconds());
    format!("{seconds:x}.{}@{}", block.name, address.split('@').next_back().unwrap_or_default())
}

/// The text of the body with everything it quotes.
pub(super) fn text(script: &Script, block: &Block<'static>) -> String {
    let body = block.body;
    if let Some(earlier) = script.block(block.get("reply"))
        && let Some(when) = When::parse(earlier.get("date"))
    {
        return quoted(body, &when, &cast::resolve(earlier.get("from")).0, &text(script, earlier));
    }
    if let Some(earlier) = script.block(block.get("forward"))
        && let Some(when) = When::parse(earlier.get("date"))
    {
        let (name, address) = cast::resolve(earlier.get("from"));
        return format!(
            "{body}\n\n---------- Forwarded message ----------\nFrom: {name} <{address}>\nDate: {}\nSubject: {}\n\n{}\n",
            when.rfc5322(),
            earlier.get("subject"),
            text(script, earlier)
        );
    }
    format!("{body}\n")
}

/// Headers as shown and body, of the message and of what it encloses: what a reader sees.
pub(super) fn whole_text(script: &Script, block: &Block<'static>) -> String {
    let people = ["from", "to", "cc"].iter().flat_map(|key| block.list(key)).map(cast::resolve);
    let people: Vec<String> = people.map(|(name, address)| format!("{name} <{address}>")).collect();
    let enclosed = script.block(block.get("enclose")).map(|inner| whole_text(script, inner)).unwrap_or_default();
    format!("{}\n{}\n{}\n{enclosed}", people.join("\n"), block.get("subject"), text(script, block))
}

fn builder(script: &Script, block: &Block<'static>) -> Option<MailBuilder> {
    let (name, address) = cast::resolve(block.get("from"));
    let mut mail = MailBuilder::from(&name, &address).subject(block.get("subject")).date(When::parse(block.get("date"))?).id(&id(block));
    for (name, address) in block.list("to").into_iter().map(cast::resolve) {
        mail = mail.to(&name, &address);
    }
    for (name, address) in block.list("cc").into_iter().map(cast::resolve) {
        mail = mail.cc(&name, &address);
    }
    if let Some(earlier) = script.block(block.get("reply")) {
        mail = mail.in_reply_to(&id(earlier));
    }
    for attached in block.list("attach") {
        let document = script.block(attached)?;
        mail = mail.attach(documents::file_name(document), documents::media(document), documents::bytes(document)?);
    }
    if let Some(enclosed) = script.block(block.get("enclose")) {
        mail = mail.forward(bytes(script, enclosed)?);
    }
    Some(dress(mail, block.get("as"), &text(script, block)))
}

/// Sends the text the way the script says.
fn dress(mail: MailBuilder, way: &str, text: &str) -> MailBuilder {
    let page = || {
        let lines: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        format!("<html><body style=\"font-family: sans-serif\">\n{}</body></html>\n", fragment(&lines))
    };
    match way {
        "base64" => mail.body(text).encoding(Encoding::Base64),
        "quoted" => mail.body(text).encoding(Encoding::QuotedPrintable),
        "html" => mail.html(&page()).encoding(Encoding::QuotedPrintable),
        "both" => mail.body(text).html(&page()).encoding(Encoding::QuotedPrintable),
        "latin" => mail.body(text).charset(Charset::Windows1252),
        _ => mail.body(text),
    }
}
