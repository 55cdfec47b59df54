//! The reply: burn, read back, write the letter, release. A first part and a second pack go
//! out the same way; each sending keeps its own files.

use std::collections::BTreeSet;

use domain::casework::request::{AnswerFormat, Request};
use domain::documents::Form;
use domain::ids::RecordId;
use domain::letters::{Block, Letter, ReplyFacts, WithheldText, plain, reply as reply_letter};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};
use finder::plan::Elsewhere;

use super::approve::signed_off;
use super::exemption::{schedule_rows, told, withholding};
use super::outgoing::{shows_no_kept_address, text_file};
use super::reply_pages::pages;
use super::save::NewFile;
use crate::app::App;
use crate::error::Error;
use crate::review::{StoredDocument, StoredProposals, load_numbered, open_proposals, to_draft, withheld_elsewhere};
use crate::sar::{Burnt, DraftItem, PackHead, Pages, Place, activities, burn, manifest, pack_text, schedule, withheld_texts, writer};

/// Sends the reply: sets pack and letter, refuses to release on any leak, stores both
/// with their manifest, and moves the request on. `told` are the numbers, from 0, of the items of which whoever sends it knows that their
/// text goes out though somebody agreed to their pages.
///
/// # Errors
/// `REDACT-001` on a leak; `REDACT-004` when the text of other items goes out instead of their pages.
pub fn reply(app: &App, actor: &Actor, id: &RecordId, version: u64, told: &[u64]) -> Result<u64, Error> {
    let loaded = app.request_load(actor, id, Verb::RequestConclude)?;
    if loaded.version != version {
        return Err(Refusal::new(RefusalCode::Conflict, "").into());
    }
    let today = app.today();
    let request = &loaded.request;
    // Asked first: nothing is typeset for a reply that may not go out.
    request.clone().reply(Vec::new(), today)?;
    signed_off(app, request)?;
    let selected = app.store.write(&app.origin(actor), |tx| select(tx, id, request))?;
    let replied = request.clone().reply(selected.numbers.clone(), today)?;
    let pages = pages(app, request, &selected)?;
    let untold: Vec<u64> = selected.as_text(&pages).filter(|number| !told.contains(number)).collect();
    if !untold.is_empty() {
        return Err(Refusal::new(RefusalCode::PagesAsText, numbered(&untold)).into());
    }
    let pack = pack(app, request, &selected, &pages)?;
    let letter = letter(app, request, pack.document.items.len(), withheld_texts(&pack.document.withheld))?;
    let files = files(app, request, &letter, pack)?;
    app.store.write(&app.origin(actor), |tx| {
        let saved = app.request_save(tx, &replied, version, if request.answer.rest.is_some() { "reply-part" } else { "reply" })?;
        for file in &files {
            app.file_put_as(tx, &replied, &file_name(file.name, request.sendings.len()), file)?;
        }
        Ok(saved)
    })
}

/// What goes into the next sending.
pub(super) struct Selected {
    /// Numbers of the review items.
    pub(super) numbers: Vec<u64>,
    /// The items.
    pub(super) items: Vec<DraftItem>,
    /// What was found by hand.
    pub(super) by_hand: Vec<Place>,
    /// What is withheld anywhere in the review.
    pub(super) elsewhere: Elsewhere,
}

impl Selected {
    /// Numbers of the items whose text goes out though somebody agreed to their pages.
    pub(super) fn as_text<'a>(&'a self, pages: &'a Pages) -> impl Iterator<Item = u64> + 'a {
        let agreed = |item: &DraftItem| item.pages.as_ref().is_some_and(|said| said.agreed.is_some() && !said.text);
        let items = self.numbers.iter().zip(&self.items).enumerate();
        items.filter(move |(index, (_, item))| agreed(item) && !pages.contains_key(index)).map(|(_, (number, _))| *number)
    }
}

/// `Item 3.`, `Items 3, 7.`: as the review counts them, from 1.
fn numbered(numbers: &[u64]) -> String {
    let words: Vec<String> = numbers.iter().map(|number| (number + 1).to_string()).collect();
    format!("{} {}.", if numbers.len() == 1 { "Item" } else { "Items" }, words.join(", "))
}

/// The included items that have not gone out yet; of a first part, those that are decided.
fn select(tx: &mut store::ReadTx<'_>, id: &RecordId, request: &Request) -> Result<Selected, Error> {
    let loaded = load_numbered(tx, id)?;
    selected(tx, id, request, loaded)
}

/// Those of these items that go out next.
pub(super) fn selected(
    tx: &mut store::ReadTx<'_>,
    id: &RecordId,
    request: &Request,
    loaded: Vec<(u64, StoredDocument, StoredProposals)>,
) -> Result<Selected, Error> {
    let mut gone: BTreeSet<u64> = request.items_sent().collect();
    // Items that a decision about an exemption covers stay out, whether the person is told or not.
    gone.extend(withholding(request).iter().flat_map(|decision| &decision.items).filter_map(|number| number.checked_sub(1)));
    let part = request.answer.rest.is_some();
    let places = request.search.as_ref().map(|search| search.places.as_slice()).unwrap_or_default();
    let mut selected = Selected {
        numbers: Vec::new(),
        items: Vec::new(),
        by_hand: super::found::places(tx, request)?,
        elsewhere: withheld_elsewhere(tx, id, request.person.get())?,
    };
    for (number, document, stored) in loaded {
        if stored.included == Some(true) && !gone.contains(&number) && !(part && open_proposals(&stored) > 0) {
            selected.numbers.push(number);
            selected.items.push(to_draft(document, &stored, places));
        }
    }
    crate::sar::withhold_everywhere(&mut selected.items, request.confidential_addresses());
    Ok(selected)
}

pub(super) fn form(request: &Request) -> Form {
    if request.answer.format == AnswerFormat::LargePrint { Form::LargePrint } else { Form::Print }
}

fn pack(app: &App, request: &Request, selected: &Selected, pages: &Pages) -> Result<Burnt, Error> {
    let included: Vec<&DraftItem> = selected.items.iter().collect();
    let search = request.search.clone().unwrap_or_default();
    let letters = writer(&*app.policy()?, app.today());
    let subject = request.person.get().map(|person| person.display_name().to_owned()).unwrap_or_default();
    let head = PackHead {
        organisation: &letters.organisation,
        reference: &request.facts.reference,
        subject: &subject,
        made_on: app.today(),
        places: &search.places,
        notes: search.not_searched.iter().map(|place| format!("Not searched: {place}.")).collect(),
        pages,
        form: form(request),
        further: &|after| schedule_rows(request, after),
    };
    burn(&included, &head, app.press.as_ref())
}

/// Letter, pack, machine-readable copy and their manifest; plain text beside them where it
/// was asked for.
fn files(app: &App, request: &Request, letter: &Letter, pack: Burnt) -> Result<Vec<NewFile>, Error> {
    let pdf = |name, bytes| NewFile { name, mime: "application/pdf", bytes };
    let letter = app.as_sent(request, letter)?;
    let mut files = vec![pdf("reply.pdf", app.press.letter(&letter)?)];
    let in_words = pack_text(&pack.document);
    shows_no_kept_address(request, &in_words)?;
    if request.answer.format == AnswerFormat::PlainText {
        files.push(text_file(request, "reply.txt", "text/plain", plain(&letter))?);
        files.push(text_file(request, "pack.txt", "text/plain", in_words)?);
    }
    files.push(pdf("pack.pdf", pack.pdf));
    files.push(NewFile { name: "pack.json", mime: "application/json", bytes: pack.json });
    let names: Vec<String> = files.iter().map(|file| file_name(file.name, request.sendings.len())).collect();
    let listed = names.iter().map(String::as_str).zip(files.iter().map(|file| file.bytes.as_slice()));
    let manifest = manifest(listed).into_bytes();
    files.push(NewFile { name: "manifest.sha256", mime: "text/plain", bytes: manifest });
    Ok(files)
}

/// `reply.pdf` of the first sending, `reply-2.pdf` of the second.
pub(crate) fn file_name(name: &str, sending: usize) -> String {
    match name.rsplit_once('.') {
        Some((stem, end)) if sending > 0 => format!("{stem}-{}.{end}", sending + 1),
        _ => name.to_owned(),
    }
}

/// The reply letter as the program would write it now.
pub(super) fn composed(app: &App, actor: &Actor, request: &Request) -> Result<Letter, Error> {
    let selected = app.store.write(&app.origin(actor), |tx| select(tx, &request.facts.id, request))?;
    let included: Vec<&DraftItem> = selected.items.iter().collect();
    let mut withheld = schedule(&included);
    withheld.extend(schedule_rows(request, withheld.len()));
    letter(app, request, included.len(), withheld_texts(&withheld))
}

fn letter(app: &App, request: &Request, items: usize, withheld: Vec<WithheldText>) -> Result<Letter, Error> {
    let search = request.search.clone().unwrap_or_default();
    let facts = ReplyFacts {
        items,
        withheld,
        unconfirmed: told(request).1,
        places: search.places,
        not_searched: search.not_searched,
        unreadable: search.unreadable,
    };
    let policy = app.policy()?;
    let mut letter = reply_letter(&writer(&policy, app.today()), request, &activities(&policy), &facts);
    let help = Some(policy.wording().help.clone()).filter(|line| !line.is_empty());
    letter.blocks.extend(policy.wording().paragraphs.reply.iter().cloned().chain(help).map(Block::Paragraph));
    Ok(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_named_as_the_review_counts_them() {
        assert_eq!((numbered(&[2]).as_str(), numbered(&[0, 9]).as_str()), ("Item 3.", "Items 1, 10."));
    }

    #[test]
    fn each_sending_has_files_of_its_own() {
        assert_eq!(file_name("reply.pdf", 0), "reply.pdf");
        assert_eq!(file_name("reply.pdf", 1), "reply-2.pdf");
        assert_eq!(file_name("manifest.sha256", 2), "manifest-3.sha256");
    }
}
