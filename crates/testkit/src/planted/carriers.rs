//! Puts one text about the person into a message, an attachment or a file.

use crate::mime::{Charset, Encoding, MailBuilder};
use crate::office::Staff;
use crate::people::{Cast, Invented};
use crate::phrase::{Block, Scene};
use crate::rng::Rng;
use crate::when::When;
use crate::write::{Sheet, delimited, docx, html, pdf, xlsx};

/// How an item travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    Plain,
    Base64,
    QuotedPrintable,
    Windows1252,
    Html,
    CopyOnly,
    Docx,
    Pdf,
    Xlsx,
    Csv,
    ForwardedText,
    ForwardedMessage,
    Mbox,
    Folder,
    Zip,
}

/// A text and who sends it to whom.
#[derive(Debug, Clone)]
pub(super) struct Item {
    from: (String, String),
    to: (String, String),
    /// A member of staff who may pass the item on.
    via: (String, String),
    subject: String,
    body: String,
    id: String,
    pub(super) when: When,
    third_party: Vec<String>,
}

/// Where an item went.
#[derive(Debug)]
pub(super) enum Placed {
    Maildir(When, Vec<u8>),
    Mbox { id: String, sender: String, when: When, bytes: Vec<u8> },
    Zip(String, Vec<u8>),
    File(String, Vec<u8>),
}

/// An item in its place, with what it says about others.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) place: Placed,
    pub(super) third_party: Vec<String>,
}

/// Fills a block with the mention and with other people.
pub(super) fn compose(rng: &mut Rng, cast: &Cast, team: &[Staff], block: &Block<'_>, about: &str) -> Item {
    let at = rng.below(team.len());
    let pick = |step: usize| team.get((at + step) % team.len().max(1)).map_or_else(Default::default, |s| (s.name.clone(), s.email.clone()));
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_owned();
    let (to, colleague, via) = (pick(0), pick(1), pick(2));
    let mut scene = Scene::new(cast);
    scene.say("about", about);
    scene.say("to", &first(&to.0));
    scene.say("me", &first(&colleague.0));
    let from = if block.get("from") == "other" {
        // The slots count as used: the sender's name and address stand in the shown headers.
        let both = scene.fill("{other}\n{other.email}", rng);
        both.split_once('\n').map_or_else(Default::default, |(name, email)| (name.to_owned(), email.to_owned()))
    } else {
        colleague
    };
    let body = scene.fill(block.body, rng);
    let when = When::in_office_hours(rng, (2021, 1, 11), (2026, 11, 13));
    let id = format!("{:x}.{}@mail.example", when.seconds(), rng.digits(8));
    Item { from, to, via, subject: block.get("subject").to_owned(), body, id, when, third_party: scene.used("other") }
}

/// Puts the item where its way says.
pub(super) fn carry(rng: &mut Rng, carrier: Carrier, item: Item, subject: &Invented) -> Carried {
    let third_party = item.third_party.clone();
    let when = item.when.clone();
    let place = match carrier {
        Carrier::Mbox => Placed::Mbox { id: item.id.clone(), sender: item.from.1.clone(), when, bytes: plain(&item) },
        Carrier::Zip => Placed::Zip(format!("Messages/{}.eml", item.id.replace('@', "-")), mail(&item).body(&item.body).build_crlf()),
        Carrier::Folder => Placed::File(format!("shared/Notes/{} {}.docx", item.subject, rng.digits(5)), docx::docx(&sheet(&item))),
        _ => Placed::Maildir(when, message(carrier, &item, subject)),
    };
    // A file has no headers: the sender's address is then not in it, the name is below the text.
    let third_party =
        if carrier == Carrier::Folder { third_party.into_iter().filter(|text| item.body.contains(text)).collect() } else { third_party };
    Carried { place, third_party }
}

/// The item as a plain message.
pub(super) fn plain(item: &Item) -> Vec<u8> {
    mail(item).body(&item.body).build()
}

fn mail(item: &Item) -> MailBuilder {
    MailBuilder::from(&item.from.0, &item.from.1).to(&item.to.0, &item.to.1).subject(&item.subject).date(item.when.clone()).id(&item.id)
}

fn message(carrier: Carrier, item: &Item, subject: &Invented) -> Vec<u8> {
    let body = &item.body;
    let covering = "Please see the attachment. I have put everything in there so that the names are not in the message.\n";
    let name = |ending: &str| format!("{}.{ending}", item.subject);
    let with = |ending: &str, media: &str, bytes: Vec<u8>| mail(item).body(covering).attach(&name(ending), media, bytes).build();
    match carrier {
        Carrier::Base64 => mail(item).body(body).encoding(Encoding::Base64).build(),
        Carrier::QuotedPrintable => mail(item).body(body).encoding(Encoding::QuotedPrintable).build(),
        Carrier::Windows1252 => {
            let body = format!("{body}\n\n(“Café” group – £4 each)\n");
            mail(item).body(&body).charset(Charset::Windows1252).encoding(Encoding::QuotedPrintable).build()
        }
        Carrier::Html => {
            let fragment = html::fragment(&sheet(item).lines);
            mail(item).html(&format!("<html><body>{fragment}</body></html>")).encoding(Encoding::QuotedPrintable).build()
        }
        Carrier::CopyOnly => mail(item).cc("", &subject.email).body(body).build(),
        Carrier::Docx => with("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx::docx(&sheet(item))),
        Carrier::Pdf => with("pdf", "application/pdf", pdf::pdf(&held_together(item))),
        Carrier::Xlsx => with("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx::xlsx(&sheet(item))),
        Carrier::Csv => with("csv", "text/csv; charset=utf-8", delimited::csv(&sheet(item), false)),
        Carrier::ForwardedText => {
            let text = format!(
                "For your information.\n\n---------- Forwarded message ----------\nFrom: {} <{}>\nDate: {}\nSubject: {}\nTo: {} <{}>\n\n{body}\n",
                item.from.0,
                item.from.1,
                item.when.rfc5322(),
                item.subject,
                item.to.0,
                item.to.1
            );
            passed_on(item).body(&text).build()
        }
        Carrier::ForwardedMessage => passed_on(item).body("See below, from last week.\n").forward(plain(item)).build(),
        Carrier::Plain | Carrier::Mbox | Carrier::Folder | Carrier::Zip => plain(item),
    }
}

/// The message in which a colleague passes the item on, some days later.
fn passed_on(item: &Item) -> MailBuilder {
    MailBuilder::from(&item.to.0, &item.to.1)
        .to(&item.via.0, &item.via.1)
        .subject(&format!("Fwd: {}", item.subject))
        .date(item.when.later(60 * 24 * 3 + 17))
        .id(&format!("f.{}", item.id))
}

fn sheet(item: &Item) -> Sheet {
    Sheet::new(&item.subject, "", &item.when.utc(), &item.body)
}

/// Pages break lines; what is looked for stays on one.
fn held_together(item: &Item) -> Sheet {
    let body = item.third_party.iter().fold(item.body.clone(), |body, text| body.replace(text, &text.replace(' ', "\u{a0}")));
    Sheet::new(&item.subject, "", &item.when.utc(), &body)
}
