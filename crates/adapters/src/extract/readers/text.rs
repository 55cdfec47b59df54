//! Plain text.

use std::borrow::Cow;

use finder::document::DocumentKind;

use super::{json, uuencode};
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

/// Takes text that is already decoded, then the files that are written into it as letters.
pub(super) fn plain(taking: &mut Taking<'_>, item: Item<'_>, text: &str) {
    let (text, files) = match uuencode::split(text) {
        Some((left, files)) => (Cow::Owned(left), files),
        None => (Cow::Borrowed(text), Vec::new()),
    };
    let mut writing = Writing::sized(text.len());
    writing.body(&text);
    let about = About { kind: DocumentKind::Text, title: String::new(), date: None };
    taking.document(about, item, writing);
    if text.contains("-----BEGIN PGP MESSAGE-----") {
        taking.unreadable("holds an encrypted passage");
    }
    uuencode::list_yenc(taking, &text);
    uuencode::take(taking, 0, &files);
}
