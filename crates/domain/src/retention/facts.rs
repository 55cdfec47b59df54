//! Where each fact of a schedule stands.

use crate::policy::retention::{FactKind, KNOWN_FACTS, Retention, plain};

/// The place among the days for the event of the class itself, whichever it is: for tables that
/// have one column for it.
pub const TRIGGER: usize = 0;

/// A fact of a schedule: its kind and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactRef {
    /// The day of an event.
    Day(usize),
    /// A number.
    Number(usize),
    /// A yes or no.
    Flag(usize),
    /// What the funder asks for.
    Funder,
}

/// A fact's names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FactName {
    /// As a pack writes it.
    pub(super) id: String,
    /// As a table of holdings writes it.
    pub(super) column: String,
    /// To follow "the".
    pub(super) title: String,
}

impl FactName {
    fn new(id: &str, title: &str) -> Self {
        Self { id: id.to_owned(), column: id.replace('-', "_"), title: if title.is_empty() { id } else { title }.to_owned() }
    }
}

/// All facts of one kind, the known ones first, in an order that packs do not change.
pub(super) fn names(retention: &Retention, kind: FactKind) -> Vec<FactName> {
    let first = (kind == FactKind::Day).then(|| FactName::new("trigger", "event the period is counted from"));
    let known = KNOWN_FACTS.iter().filter(|fact| fact.kind == kind).map(|fact| FactName::new(fact.id, fact.title));
    let own = retention.fact.iter().filter(|fact| fact.kind == kind).map(|fact| FactName::new(&fact.id, &fact.title));
    first.into_iter().chain(known).chain(own).collect()
}

/// The place of a fact by its name, however it is written.
pub(super) fn place(names: &[FactName], id: &str) -> Option<usize> {
    let wanted = plain(id);
    names.iter().position(|name| name.id == wanted)
}

/// Reads a yes or no as people write it in a table.
pub fn parse_flag(text: &[u8]) -> Option<bool> {
    const YES: [&[u8]; 4] = [b"yes", b"y", b"true", b"1"];
    const NO: [&[u8]; 4] = [b"no", b"n", b"false", b"0"];
    let is = |words: [&[u8]; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(YES) { Some(true) } else { is(NO).then_some(false) }
}

/// Reads a whole number.
pub fn parse_number(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.iter().try_fold(0, |value: u32, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
}
