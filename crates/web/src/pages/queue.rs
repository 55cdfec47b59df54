//! Working through a review: the next item, undoing, deciding many at once.

use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::RecordId;
use serde::Serialize;
use services::review::{self, Bulk, Filter, Show};

use crate::error::Problem;
use crate::extract::{Asked, At, Visit};
use crate::forms::{Field, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::FormPage;
use crate::words::count;

/// Kinds of document with their words.
const KINDS: &[(&str, &str)] = &[
    ("mail", "E-mail"),
    ("text", "Plain text"),
    ("html", "Web page"),
    ("word", "Word document"),
    ("sheet", "Spreadsheet"),
    ("slides", "Slides"),
    ("pdf", "PDF"),
];

/// What a choice of the list is called.
const fn show_words(show: Show) -> &'static str {
    match show {
        Show::All => "Everything",
        Show::Open => "Still to decide",
        Show::Second => "Waiting for a second look",
        Show::Mine => "Mine: decided by me or open",
        Show::Flagged => "Marked for a second look",
        Show::Decided => "Decided, in the reply",
        Show::LeftOut => "Left out",
        Show::Duplicates => "Same text as another",
        Show::Unreadable => "Could not be read",
    }
}

/// One drop-down list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Picker {
    name: &'static str,
    label: &'static str,
    options: Vec<Choice>,
}

/// One answer of a drop-down list.
#[derive(Debug, Clone, Serialize)]
struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

fn picker<'a>(name: &'static str, label: &'static str, chosen: &str, options: impl Iterator<Item = (&'a str, &'a str)>) -> Picker {
    let option = |(value, text): (&str, &str)| Choice { value: value.to_owned(), text: text.to_owned(), chosen: value == chosen };
    Picker { name, label, options: options.map(option).collect() }
}

/// The drop-down lists above the items.
pub(crate) fn pickers(filter: &Filter, places: &[String]) -> Vec<Picker> {
    let show = Show::ALL.iter().find(|(_, show)| *show == filter.show).map_or("", |(word, _)| *word);
    let every = std::iter::once(("", "Any"));
    let bands = [("certain", "Certainly"), ("likely", "Likely"), ("possible", "Possibly")];
    let marks = if filter.with_marks { "yes" } else { "" };
    vec![
        picker("show", "Show", show, Show::ALL.iter().map(|(word, show)| (*word, show_words(*show)))),
        picker("band", "About the person", &filter.band, every.clone().chain(bands)),
        picker("place", "Found in", &filter.place, every.clone().chain(places.iter().map(|place| (place.as_str(), place.as_str())))),
        picker("kind", "Kind", &filter.kind, every.clone().chain(KINDS.iter().copied())),
        picker("marks", "Marks", marks, [("", "With and without marks"), ("yes", "Only with marks")].into_iter()),
    ]
}

/// Reads a filter from an address or a form.
pub(crate) fn filter_of(sent: &Sent) -> Filter {
    let known = |name: &str, words: &[&str]| words.iter().find(|word| **word == sent.text(name)).map_or(String::new(), |w| (*w).to_owned());
    let kinds: Vec<&str> = KINDS.iter().map(|(kind, _)| *kind).collect();
    Filter {
        show: Show::ALL.iter().find(|(word, _)| *word == sent.text("show")).map(|(_, show)| *show).unwrap_or_default(),
        band: known("band", &["certain", "likely", "possible"]),
        place: sent.text("place").chars().take(200).collect(),
        kind: known("kind", &kinds),
        with_marks: sent.text("marks") == "yes",
        thread: sent.text("thread").parse().ok(),
    }
}

/// The parts of a filter as they stand in an address or a form.
pub(crate) fn pairs(filter: &Filter) -> Vec<(&'static str, String)> {
    let show = Show::ALL.iter().find(|(_, show)| *show == filter.show).map_or("", |(word, _)| *word);
    let all = [
        ("show", show.to_owned()),
        ("band", filter.band.clone()),
        ("place", filter.place.clone()),
        ("kind", filter.kind.clone()),
        ("marks", if filter.with_marks { "yes".to_owned() } else { String::new() }),
        ("thread", filter.thread.map(|n| n.to_string()).unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A filter after an address: `?show=open&kind=mail`, or nothing.
pub(crate) fn query(filter: &Filter, more: &[(&str, String)]) -> String {
    let parts = pairs(filter);
    let all = parts.iter().map(|(name, value)| (*name, value)).chain(more.iter().map(|(name, value)| (*name, value)));
    let joined: Vec<String> = all.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if joined.is_empty() { String::new() } else { format!("?{}", joined.join("&")) }
}

fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// `GET /requests/{id}/review/next`: leads to the next item that is free.
pub(crate) async fn next(visit: Visit, At(id): At<String>, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (filter, after) = (filter_of(&asked), asked.text("after").parse().ok());
    let list = format!("/requests/{id}/review");
    let wanted = filter.clone();
    let found = visit.state.run(move |app| review::next(app, &actor, &RecordId::new(id), after, &wanted)).await?;
    let address = match found {
        Some(index) => format!("{list}/{index}{}", query(&filter, &[])),
        None => format!("{list}{}", query(&filter, &[("done", "nothing-left".to_owned())])),
    };
    Ok(Redirect::to(&address).into_response())
}

/// `POST /requests/{id}/review/undo`: the reader's last decision is undone.
pub(crate) async fn undo(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let list = format!("/requests/{id}/review");
    let filter = filter_of(&sent);
    let work = async {
        let undone = visit.state.run(move |app| review::undo(app, &actor, &RecordId::new(id))).await?;
        Ok(Outcome::Done(match undone {
            Some(index) => format!("{list}/{index}{}", query(&filter, &[("done", "undone".to_owned())])),
            None => format!("{list}{}", query(&filter, &[("done", "nothing-to-undo".to_owned())])),
        }))
    };
    visit.state.once.run(&user, &key.one_of("undo"), work).await
}

/// `GET /requests/{id}/review/bulk`: how many items it would be, and what to do with them.
pub(crate) async fn ask(visit: Visit, At(id): At<String>, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let filter = filter_of(&asked);
    let chosen = asked.text("what").to_owned();
    let page = visit.state.run(move |app| bulk_page(app, &actor, &id, &filter, &chosen)).await?;
    visit.page(&page)
}

/// `POST /requests/{id}/review/bulk`
pub(crate) async fn submit(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (user, key) = (actor.user.to_string(), sent.once());
    let filter = filter_of(&sent);
    let list = format!("/requests/{id}/review");
    let Some(what) = Bulk::ALL.iter().find(|(word, _)| *word == sent.text("what")).map(|(_, what)| *what) else {
        let mut page = visit.state.run(move |app| bulk_page(app, &actor, &id, &filter, "")).await?;
        page.form.complain("what", "Choose what to decide");
        return visit.page(&page);
    };
    let expected = sent.text("expected").parse().unwrap_or(u64::MAX);
    let work = async {
        let wanted = filter.clone();
        let done = visit.state.run(move |app| review::bulk(app, &actor, &RecordId::new(id), &wanted, what, expected)).await?;
        let notice = if done.held > 0 { "bulk-held" } else { "bulk-done" };
        Ok(Outcome::Done(format!("{list}{}", query(&filter, &[("done", notice.to_owned())]))))
    };
    visit.state.once.run(&user, &key, work).await
}

fn bulk_page(
    app: &services::App,
    actor: &domain::people::Actor,
    id: &str,
    filter: &Filter,
    chosen: &str,
) -> Result<FormPage, services::Error> {
    let many = review::bulk_preview(app, actor, &RecordId::new(id.to_owned()), filter)?;
    let mut page = bulk_form(many, filter, chosen);
    page.action = format!("/requests/{id}/review/bulk");
    page.back = format!("/requests/{id}/review{}", query(filter, &[]));
    page.once = once::fresh();
    Ok(page)
}

pub(crate) fn bulk_form(many: u64, filter: &Filter, chosen: &str) -> FormPage {
    let what = Field::radios(
        "what",
        "What do you decide?",
        &[
            ("accept", "Decide what is still open as proposed", ""),
            ("withhold", "Withhold everything that is still open", ""),
            ("show", "Show everything that is still open", ""),
            ("include", "Put these items into the reply", ""),
            ("leave-out", "Leave these items out: not about this person", ""),
        ],
    )
    .value(chosen);
    let mut fields = vec![what];
    fields.extend(pairs(filter).iter().map(|(name, value)| Field::hidden(name, value)));
    fields.push(Field::hidden("expected", &many.to_string()));
    let mut page = FormPage::new("Decide many items at once", fields, "Decide all of them")
        .intro(format!("{} {} what you chose: {}.", count(many, "item", "items"), if many == 1 { "is" } else { "are" }, in_words(filter)))
        .intro("Items that somebody else has open are left to them. You can undo it in one go as long as nobody decided one of the items since.");
    "Review".clone_into(&mut page.caption);
    page
}

/// A filter in words.
fn in_words(filter: &Filter) -> String {
    let mut words = vec![show_words(filter.show).to_lowercase()];
    if !filter.band.is_empty() {
        words.push(format!("{} about the person", filter.band));
    }
    words.extend(Some(&filter.place).filter(|place| !place.is_empty()).map(|place| format!("found in {place}")));
    words.extend(KINDS.iter().find(|(kind, _)| *kind == filter.kind).map(|(_, text)| (*text).to_owned()));
    if filter.with_marks {
        words.push("with marks".to_owned());
    }
    if let Some(thread) = filter.thread {
        words.push(format!("the conversation of item {}", thread + 1));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_back_from_its_address() {
        let filter = Filter {
            show: Show::Open,
            band: "likely".to_owned(),
            place: "Shared drive & more".to_owned(),
            kind: "mail".to_owned(),
            with_marks: true,
            thread: Some(4),
        };
        let sent = Sent(pairs(&filter).into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
        assert_eq!(filter_of(&sent), filter);
        assert!(query(&filter, &[]).contains("place=Shared%20drive%20%26%20more"));
        assert_eq!(query(&Filter::default(), &[]), "");
    }
}
