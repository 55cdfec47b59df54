//! Puts a mention into a message or a file among the words of a real one.

use std::fmt::Write as _;

use super::style::Needs;
use crate::mime::{Charset, Encoding, MailBuilder};
use crate::rng::Rng;
use crate::when::When;
use crate::write::{Sheet, delimited, docx, html, pdf, xlsx};

/// A file with a mention in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// File name with its ending.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
    /// How it travels.
    pub carrier: &'static str,
}

/// Sentences around a mention; the place is `{}`.
const LEADS: &[&str] = &[
    "Please note that this concerns {} and nobody else.",
    "As agreed on the phone: {}, see above.",
    "I have put {} on the list for next week.",
    "Could somebody look at this again ({}) before Friday?",
    "The form says: {}.",
];

const WORDS: &[&str] = &["minutes", "rota", "agenda", "figures", "notes", "draft", "survey", "handover"];

/// Carries a mention. `host` is the text that it stands in.
pub(super) fn carry(rng: &mut Rng, serial: usize, needs: Needs, mention: &str, host: &str) -> Carried {
    let sentence = rng.pick::<str>(LEADS).replace("{}", mention);
    let text = amid(rng, host, &sentence);
    let title = format!("{} {}", rng.pick::<str>(WORDS), rng.digits(3));
    let eml = |carrier: &'static str, bytes: Vec<u8>| Carried { name: format!("{serial:05}.eml"), bytes, carrier };
    match needs {
        Needs::Header(header) => return eml("header", headed(rng, &title, header, mention, host)),
        Needs::Lines => {
            let encoding = if rng.chance(50) { Encoding::Base64 } else { Encoding::QuotedPrintable };
            let carrier = if encoding == Encoding::Base64 { "plain text, base64" } else { "plain text, quoted-printable" };
            return eml(carrier, mail(rng, &title).body(&text).encoding(encoding).build());
        }
        Needs::Row => return rows(rng, serial, mention, &title),
        Needs::Anything => {}
    }
    let latin = crate::mime::charset::fits_windows_1252(&text);
    let sheet = Sheet::new(&title, "", "2024-03-02T10:00:00Z", &text);
    let about = |ending: &str| format!("{title}.{ending}");
    match rng.below(12) {
        0 => eml("plain text, base64", mail(rng, &title).body(&text).encoding(Encoding::Base64).build()),
        1 => eml("plain text, quoted-printable", mail(rng, &title).body(&text).encoding(Encoding::QuotedPrintable).build()),
        2 if latin => {
            eml("windows-1252", mail(rng, &title).body(&text).charset(Charset::Windows1252).encoding(Encoding::QuotedPrintable).build())
        }
        3 => eml("HTML with entities", mail(rng, &title).html(&entities(&sheet)).encoding(Encoding::QuotedPrintable).build()),
        4 => eml(
            "HTML, base64",
            mail(rng, &title)
                .html(&format!("<html><body>{}</body></html>", html::fragment(&sheet.lines)))
                .encoding(Encoding::Base64)
                .build(),
        ),
        5 => eml("quoted reply", mail(rng, &format!("Re: {title}")).body(&quoted(rng, &text)).encoding(Encoding::Base64).build()),
        6 => eml(
            "forwarded as a message",
            mail(rng, &title)
                .body("See below.\n")
                .forward(mail(rng, &title).body(&text).encoding(Encoding::QuotedPrintable).build())
                .build(),
        ),
        7 => eml(
            "DOCX attached",
            mail(rng, &title).body("Attached.\n").attach(&about("docx"), "application/octet-stream", docx::docx(&sheet)).build(),
        ),
        8 if latin => {
            eml("PDF attached", mail(rng, &title).body("Attached.\n").attach(&about("pdf"), "application/pdf", pdf::pdf(&sheet)).build())
        }
        9 => Carried { name: format!("{serial:05} {title}.docx"), bytes: docx::docx(&sheet), carrier: "DOCX" },
        10 => Carried { name: format!("{serial:05} {title}.xlsx"), bytes: xlsx::xlsx(&sheet), carrier: "XLSX" },
        _ => Carried { name: format!("{serial:05} {title}.txt"), bytes: text.into_bytes(), carrier: "text file" },
    }
}

/// A message in which routing headers alone carry the address: no mention.
pub(super) fn routed(rng: &mut Rng, serial: usize, address: &str, host: &str) -> Carried {
    let title = format!("{} {}", rng.pick::<str>(WORDS), rng.digits(3));
    let message = mail(rng, &title).body(host).encoding(Encoding::Base64).build();
    let mut bytes = format!(
        "Return-Path: <{address}>\r\nDelivered-To: {address}\r\nX-Original-To: {address}\r\nEnvelope-To: {address}\r\nReceived: from a.example by b.example for <{address}>;\r\n\tMon, 4 Mar 2024 10:00:00 +0000\r\n"
    )
    .into_bytes();
    bytes.extend(message);
    Carried { name: format!("{serial:05}.eml"), bytes, carrier: "routing headers" }
}

/// How the headers end that [`routed`] puts before a message.
const ROUTING_END: &[u8] = b"10:00:00 +0000\r\n";

/// The message without the routing headers that carry the address: what is found in this too stands in the message's own words.
pub fn without_routing(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(ROUTING_END.len()).position(|w| w == ROUTING_END).map_or(0, |at| at + ROUTING_END.len());
    bytes.get(end..).unwrap_or_default()
}

/// A message that somebody sends.
pub(super) fn sent(rng: &mut Rng, serial: usize, from: (&str, &str), body: &str) -> Carried {
    let title = format!("{} {}", rng.pick::<str>(WORDS), rng.digits(3));
    let when = When::in_office_hours(rng, (2021, 1, 11), (2026, 11, 13));
    let bytes = MailBuilder::from(from.0, from.1)
        .to("Office", "office@brightfold.example")
        .subject(&title)
        .date(when)
        .id(&format!("{}@mail.example", rng.digits(12)))
        .body(body)
        .encoding(Encoding::Base64)
        .build();
    Carried { name: format!("{serial:05}.eml"), bytes, carrier: "message" }
}

fn mail(rng: &mut Rng, title: &str) -> MailBuilder {
    let when = When::in_office_hours(rng, (2021, 1, 11), (2026, 11, 13));
    MailBuilder::from("Desk", "desk@brightfold.example")
        .to("", "office@brightfold.example")
        .subject(title)
        .date(when)
        .id(&format!("{}@mail.example", rng.digits(12)))
}

fn headed(rng: &mut Rng, title: &str, header: &str, mention: &str, host: &str) -> Vec<u8> {
    let (name, address) = mention.split_once('\n').unwrap_or((mention, ""));
    let when = When::in_office_hours(rng, (2021, 1, 11), (2026, 11, 13));
    let (from, to) = (("Desk", "desk@brightfold.example"), ("", "office@brightfold.example"));
    let base = match header {
        "From" => MailBuilder::from(name, address).to(to.0, to.1),
        "To" => MailBuilder::from(from.0, from.1).to(name, address),
        "Cc" => MailBuilder::from(from.0, from.1).to(to.0, to.1).cc(name, address),
        _ => MailBuilder::from(from.0, from.1).to(to.0, to.1),
    };
    let subject = if header == "Subject" { format!("{title} ({mention})") } else { title.to_owned() };
    let bytes =
        base.subject(&subject).date(when).id(&format!("{}@mail.example", rng.digits(12))).body(host).encoding(Encoding::Base64).build();
    if header == "Reply-To" { [format!("Reply-To: {name} <{address}>\n").into_bytes(), bytes].concat() } else { bytes }
}

fn rows(rng: &mut Rng, serial: usize, mention: &str, title: &str) -> Carried {
    let mut body = String::from("Ref | Name | Also | Paid\n");
    let at = rng.below(8);
    for row in 0..8 {
        let cells = if row == at { mention.to_owned() } else { format!("{} | {}", rng.pick::<str>(WORDS), rng.pick::<str>(WORDS)) };
        let _ = writeln!(body, "{} | {cells} | {}.50", 100 + row, rng.digits(2));
    }
    let sheet = Sheet::new(title, "", "2024-03-02T10:00:00Z", &body);
    match rng.below(3) {
        0 => Carried { name: format!("{serial:05} {title}.csv"), bytes: delimited::csv(&sheet, rng.chance(50)), carrier: "CSV" },
        1 => Carried { name: format!("{serial:05} {title}.xlsx"), bytes: xlsx::xlsx(&sheet), carrier: "XLSX" },
        _ => Carried { name: format!("{serial:05} {title}.docx"), bytes: docx::docx(&sheet), carrier: "DOCX" },
    }
}

/// The sentence among the host's lines.
fn amid(rng: &mut Rng, host: &str, sentence: &str) -> String {
    let lines: Vec<&str> = host.lines().collect();
    let at = rng.below(lines.len() + 1);
    let (head, tail) = lines.split_at(at.min(lines.len()));
    format!("{}\n{sentence}\n{}\n", head.join("\n"), tail.join("\n"))
}

fn quoted(rng: &mut Rng, text: &str) -> String {
    let mark = if rng.chance(50) { "> " } else { "> > " };
    let lines: Vec<String> = text.lines().map(|line| format!("{mark}{line}")).collect();
    format!("Thank you, all done.\n\nOn Monday somebody wrote:\n{}\n", lines.join("\n"))
}

/// HTML in which every letter that is not ASCII is an entity.
fn entities(sheet: &Sheet) -> String {
    let fragment = html::fragment(&sheet.lines);
    let coded: String = fragment.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
    format!("<html><body>{coded}</body></html>")
}
