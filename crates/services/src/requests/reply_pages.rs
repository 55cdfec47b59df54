//! The pages of a reply that keep their look: drawn for the pack, for a person who looks at an item, and to say beforehand which of them
//! will not go out though somebody agreed to them.

use domain::casework::request::Request;
use domain::documents::Form;
use domain::ids::RecordId;
use domain::people::{Actor, Verb};
use finder::plan::Elsewhere;

use super::reply::{Selected, form, selected};
use super::save::{current, load};
use crate::app::App;
use crate::error::Error;
use crate::review::{StoredDocument, StoredProposals, load_agreed, to_draft, withheld_elsewhere};
use crate::sar::{Looked, Pages, Place, Readers, pages_kept, pages_to_look_at};

/// The pages of the items that keep their look. In large print everything is set anew.
pub(super) fn pages(app: &App, request: &Request, selected: &Selected) -> Result<Pages, Error> {
    if form(request) == Form::LargePrint {
        return Ok(Pages::new());
    }
    let names = request.search.as_ref().map(|search| search.places.as_slice()).unwrap_or_default();
    let readers = readers(app, request, &selected.elsewhere);
    let mut kept = pages_kept(&selected.items, names, &still_there(app, names), readers)?;
    kept.extend(pages_kept(&selected.items, names, &selected.by_hand, readers)?);
    Ok(kept)
}

/// Those of the searched places that can be opened again.
fn still_there(app: &App, names: &[String]) -> Vec<Place> {
    let named = app.places.iter().filter(|(name, _)| names.contains(name));
    named.filter_map(|(name, path)| Some(Place { name: name.clone(), source: app.sources.open(path).ok()?, by_hand: false })).collect()
}

fn readers<'a>(app: &'a App, request: &'a Request, elsewhere: &'a Elsewhere) -> Readers<'a> {
    let kept = request.confidential_addresses();
    Readers { extractor: app.extractor.as_ref(), press: app.press.as_ref(), kept, elsewhere: Some(elsewhere) }
}

/// The pages of an item of the review as they would go out, for a person who looks at them. The inner `Err` says in words why there are
/// none. No check of who may: whoever opened the item.
pub(crate) fn item_pages(
    app: &App,
    id: &RecordId,
    document: StoredDocument,
    stored: &StoredProposals,
) -> Result<Result<Looked, String>, Error> {
    let (request, mut places, elsewhere) = app.store.read(|tx| {
        let (request, _) = current(tx, id)?.ok_or(Error::NotFound)?;
        let by_hand = super::found::places(tx, &request)?;
        let elsewhere = withheld_elsewhere(tx, id, request.person.get())?;
        Ok::<_, Error>((request, by_hand, elsewhere))
    })?;
    let names = request.search.as_ref().map(|search| search.places.as_slice()).unwrap_or_default();
    places.extend(still_there(app, std::slice::from_ref(&document.place)));
    let mut items = [to_draft(document, stored, names)];
    crate::sar::withhold_everywhere(&mut items, request.confidential_addresses());
    let [item] = &items;
    pages_to_look_at(item, names, &places, readers(app, &request, &elsewhere))
}

/// Numbers, from 0, of the items whose text would go out now though somebody agreed to their pages: they come out differently since, or
/// cannot be drawn any more. Draws the pages of the items that somebody agreed to, and reads no other. No names: whoever may see the request.
///
/// # Errors
/// When drawing cannot work at all.
pub fn pages_as_text(app: &App, actor: &Actor, id: &RecordId) -> Result<Vec<u64>, Error> {
    let (request, selected) = app.store.read(|tx| {
        let request = load(tx, actor, id, Verb::RequestSee)?.request;
        let agreed = load_agreed(tx, id)?;
        let selected = if agreed.is_empty() { None } else { Some(selected(tx, id, &request, agreed)?) };
        Ok::<_, Error>((request, selected))
    })?;
    let Some(selected) = selected else { return Ok(Vec::new()) };
    let pages = pages(app, &request, &selected)?;
    Ok(selected.as_text(&pages).collect())
}
