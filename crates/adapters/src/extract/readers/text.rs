//! Plain text.

use finder::document::DocumentKind;

use super::json;
use crate::extract::pages::undeclared;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::Writing;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let text = undeclared(item.bytes);
    if json::is_json(item.name, &text) {
        plain(taking, item, &json::plain(&text));
    } else {
        plain(taking, item, &text);
    }
    Ok(())
}

/// Takes text that is already decoded.
pub(super) fn plain(taking: &mut Taking<'_>, item: Item<'_>, text: &str) {
    let mut writing = Writing::sized(text.len());
    writing.body(text);
    let about = About { kind: DocumentKind::Text, title: String::new(), date: None };
    taking.document(about, item, writing);
    if text.contains("-----BEGIN PGP MESSAGE-----") {
        taking.unreadable("holds an encrypted passage");
    }
}
