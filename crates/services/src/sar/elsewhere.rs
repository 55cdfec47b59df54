//! What is withheld anywhere in a pack, for the pictures in all of it.

use domain::casework::request::Person;
use finder::plan::Elsewhere;

use super::draft::{Decision, DraftItem};

/// From items that are decided.
pub(super) fn of_items(items: &[DraftItem], person: Option<&Person>) -> Elsewhere {
    let decided = items.iter().flat_map(|item| {
        let text = &item.scanned.document.text;
        let words = |range: std::ops::Range<usize>| text.get(range);
        item.redactions.iter().filter_map(move |one| Some((one.kind, words(one.start..one.end)?, one.decision == Decision::Withhold)))
    });
    Elsewhere::of(decided, own(person))
}

/// The person's names, addresses and numbers: they are never somebody else's.
pub(crate) fn own(person: Option<&Person>) -> Vec<String> {
    let lists = person.map(|person| [&person.names, &person.emails, &person.phones, &person.addresses, &person.references]);
    lists.into_iter().flatten().flatten().cloned().collect()
}
