//! The reply: burn, read back, write the letter, release.

use domain::casework::request::Request;
use domain::ids::RecordId;
use domain::letters::{Letter, ReplyFacts, reply as reply_letter};
use domain::people::{Actor, Verb};
use domain::{Refusal, RefusalCode};

use super::save::{NewFile, load};
use crate::app::App;
use crate::error::Error;
use crate::review::{load_all, to_draft};
use crate::sar::{DraftItem, PackHead, activities, burn, manifest, writer};

/// Sends the reply: sets pack and letter, refuses to release on any leak, stores both
/// with their manifest, and moves the request on.
pub fn reply(app: &App, actor: &Actor, id: &RecordId, version: u64) -> Result<u64, Error> {
    let loaded = app.request_load(actor, id, Verb::RequestConclude)?;
    if loaded.version != version {
        return Err(Refusal::new(RefusalCode::Conflict, "").into());
    }
    let today = app.today();
    // Asked first: nothing is typeset for a reply that may not go out.
    let replied = loaded.request.clone().reply(today)?;
    let items: Vec<DraftItem> = app
        .store
        .read(|tx| load_all(tx, id))?
        .into_iter()
        .filter(|(_, stored)| stored.included == Some(true))
        .map(|(document, stored)| to_draft(document, &stored))
        .collect();
    let included: Vec<&DraftItem> = items.iter().collect();
    let request = &loaded.request;
    let search = request.search.clone().unwrap_or_default();
    let letters = writer(&*app.policy()?, today);
    let subject = request.person.get().map(|person| person.display_name().to_owned()).unwrap_or_default();
    let head = PackHead {
        organisation: &letters.organisation,
        reference: &request.facts.reference,
        subject: &subject,
        made_on: today,
        places: &search.places,
        introduction: None,
        notes: search.not_searched.iter().map(|place| format!("Not searched: {place}.")).collect(),
    };
    let pack = burn(&included, &head, app.press.as_ref())?;
    let letter = letter(app, request, pack.document.items.len(), pack.withheld)?;
    let reply_pdf = app.press.letter(&letter)?;
    let listed: [(&str, &[u8]); 3] = [("reply.pdf", &reply_pdf), ("pack.pdf", &pack.pdf), ("pack.json", &pack.json)];
    let manifest = manifest(listed).into_bytes();
    let files = [
        NewFile { name: "reply.pdf", mime: "application/pdf", bytes: reply_pdf },
        NewFile { name: "pack.pdf", mime: "application/pdf", bytes: pack.pdf },
        NewFile { name: "pack.json", mime: "application/json", bytes: pack.json },
        NewFile { name: "manifest.sha256", mime: "text/plain", bytes: manifest },
    ];
    app.store.write(&app.origin(actor), |tx| {
        let saved = app.request_save(tx, &replied, version, "reply")?;
        for file in &files {
            app.file_put(tx, &replied, file)?;
        }
        Ok(saved)
    })
}

/// The reply letter as it would go out now, as PDF.
pub fn preview_reply(app: &App, actor: &Actor, id: &RecordId) -> Result<Vec<u8>, Error> {
    let (request, items, withheld) = app.store.write(&app.origin(actor), |tx| {
        let loaded = load(tx, actor, id, Verb::DocumentOpen)?;
        tx.log_read(id.as_str(), "preview-reply", "casework")?;
        let items: Vec<_> = load_all(tx, id)?.into_iter().filter(|(_, stored)| stored.included == Some(true)).collect();
        let withheld = items
            .iter()
            .flat_map(|(_, stored)| &stored.proposals)
            .filter(|p| p.decided.unwrap_or(p.redaction.decision) == crate::sar::Decision::Withhold)
            .count();
        Ok::<_, Error>((loaded.request, items.len(), withheld))
    })?;
    Ok(app.press.letter(&letter(app, &request, items, withheld)?)?)
}

fn letter(app: &App, request: &Request, items: usize, withheld: usize) -> Result<Letter, Error> {
    let search = request.search.clone().unwrap_or_default();
    let facts = ReplyFacts { items, withheld, places: search.places, not_searched: search.not_searched, unreadable: search.unreadable };
    let policy = app.policy()?;
    let mut letter = reply_letter(&writer(&policy, app.today()), request, &activities(&policy), &facts);
    letter.blocks.extend(policy.wording().paragraphs.reply.iter().cloned().map(domain::letters::Block::Paragraph));
    Ok(letter)
}
