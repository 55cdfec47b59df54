//! The reply: burn, read back, write the letter, release. A first part and a second pack go
//! out the same way; each sending keeps its own files.

use std::collections::BTreeSet;

use domain::casework::request::{AnswerFormat, Request};
use domain::documents::Form;
use domain::ids::RecordId;
use domain::letters::{Block, Letter, ReplyFacts, WithheldText, plain, reply as reply_letter};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::approve::signed_off;
use super::exemption::{schedule_rows, told, withholding};
use super::outgoing::{shows_no_kept_address, text_file};
use super::save::{NewFile, current};
use crate::app::App;
use crate::error::Error;
use crate::review::{StoredDocument, StoredProposals, load_numbered, open_proposals, to_draft};
use crate::sar::{
    Burnt, DraftItem, Looked, PackHead, Pages, Place, Readers, activities, burn, manifest, pack_text, pages_kept, pages_to_look_at,
    schedule, withheld_texts, writer,
};

/// Sends the reply: sets pack and letter, refuses to release on any leak, stores both
/// with their manifest, and moves the request on.
pub fn reply(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
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
    let pack = pack(app, request, &selected)?;
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
struct Selected {
    /// Numbers of the review items.
    numbers: Vec<u64>,
    /// The items.
    items: Vec<DraftItem>,
    /// What was found by hand.
    by_hand: Vec<Place>,
}

/// The included items that have not gone out yet; of a first part, those that are decided.
fn select(tx: &mut store::ReadTx<'_>, id: &RecordId, request: &Request) -> Result<Selected, Error> {
    let mut gone: BTreeSet<u64> = request.items_sent().collect();
    // Items that a decision about an exemption covers stay out, whether the person is told or not.
    gone.extend(withholding(request).iter().flat_map(|decision| &decision.items).filter_map(|number| number.checked_sub(1)));
    let part = request.answer.rest.is_some();
    let places = request.search.as_ref().map(|search| search.places.as_slice()).unwrap_or_default();
    let mut selected = Selected { numbers: Vec::new(), items: Vec::new(), by_hand: super::found::places(tx, request)? };
    for (number, document, stored) in load_numbered(tx, id)? {
        if stored.included == Some(true) && !gone.contains(&number) && !(part && open_proposals(&stored) > 0) {
            selected.numbers.push(number);
            selected.items.push(to_draft(document, &stored, places));
        }
    }
    crate::sar::withhold_everywhere(&mut selected.items, request.confidential_addresses());
    Ok(selected)
}

fn form(request: &Request) -> Form {
    if request.answer.format == AnswerFormat::LargePrint { Form::LargePrint } else { Form::Print }
}

fn pack(app: &App, request: &Request, selected: &Selected) -> Result<Burnt, Error> {
    let included: Vec<&DraftItem> = selected.items.iter().collect();
    let search = request.search.clone().unwrap_or_default();
    let letters = writer(&*app.policy()?, app.today());
    let subject = request.person.get().map(|person| person.display_name().to_owned()).unwrap_or_default();
    let pages = pages(app, request, &search.places, selected)?;
    let head = PackHead {
        organisation: &letters.organisation,
        reference: &request.facts.reference,
        subject: &subject,
        made_on: app.today(),
        places: &search.places,
        notes: search.not_searched.iter().map(|place| format!("Not searched: {place}.")).collect(),
        pages: &pages,
        form: form(request),
        further: &|after| schedule_rows(request, after),
    };
    burn(&included, &head, app.press.as_ref())
}

/// The pages of the items that keep their look. In large print everything is set anew.
fn pages(app: &App, request: &Request, names: &[String], selected: &Selected) -> Result<Pages, Error> {
    if form(request) == Form::LargePrint {
        return Ok(Pages::new());
    }
    let mut kept = pages_kept(&selected.items, names, &still_there(app, names), readers(app, request))?;
    kept.extend(pages_kept(&selected.items, names, &selected.by_hand, readers(app, request))?);
    Ok(kept)
}

/// Those of the searched places that can be opened again.
fn still_there(app: &App, names: &[String]) -> Vec<Place> {
    let named = app.places.iter().filter(|(name, _)| names.contains(name));
    named.filter_map(|(name, path)| Some(Place { name: name.clone(), source: app.sources.open(path).ok()?, by_hand: false })).collect()
}

fn readers<'a>(app: &'a App, request: &'a Request) -> Readers<'a> {
    Readers { extractor: app.extractor.as_ref(), press: app.press.as_ref(), kept: request.confidential_addresses() }
}

/// The pages of an item of the review as they would go out, for a person who looks at them. The inner `Err` says in words why there are
/// none. No check of who may: whoever opened the item.
pub(crate) fn item_pages(
    app: &App,
    id: &RecordId,
    document: StoredDocument,
    stored: &StoredProposals,
) -> Result<Result<Looked, String>, Error> {
    let (request, mut places) = app.store.read(|tx| {
        let (request, _) = current(tx, id)?.ok_or(Error::NotFound)?;
        let by_hand = super::found::places(tx, &request)?;
        Ok::<_, Error>((request, by_hand))
    })?;
    let names = request.search.as_ref().map(|search| search.places.as_slice()).unwrap_or_default();
    places.extend(still_there(app, std::slice::from_ref(&document.place)));
    let mut items = [to_draft(document, stored, names)];
    crate::sar::withhold_everywhere(&mut items, request.confidential_addresses());
    let [item] = &items;
    pages_to_look_at(item, names, &places, readers(app, &request))
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
    fn each_sending_has_files_of_its_own() {
        assert_eq!(file_name("reply.pdf", 0), "reply.pdf");
        assert_eq!(file_name("reply.pdf", 1), "reply-2.pdf");
        assert_eq!(file_name("manifest.sha256", 2), "manifest-3.sha256");
    }
}
