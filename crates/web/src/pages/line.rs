//! One request as a line of a list: on Today and in the register.

use jiff::civil::Date;
use serde::Serialize;
use services::requests::ListRow;

use crate::words::{Tag, day, in_words, stage_tag};

/// A reference with its due date; never a name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) href: String,
    pub(super) reference: String,
    pub(super) due: String,
    pub(super) in_words: String,
    pub(super) overdue: bool,
    pub(super) tag: Tag,
}

impl Line {
    /// The line of a row, as seen on a day.
    pub(super) fn of(row: ListRow, today: Date) -> Self {
        Self {
            href: format!("/requests/{}", row.id),
            reference: row.reference,
            in_words: row.due.map(|due| in_words(due, today)).unwrap_or_default(),
            due: day(row.due),
            overdue: row.days_left.is_some_and(|days| days < 0),
            tag: stage_tag(&row.state),
        }
    }
}
