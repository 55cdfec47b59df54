//! A second pair of eyes: somebody asks for it, another person confirms the decisions as they stand.

use domain::ids::RecordId;
use domain::people::Actor;
use domain::{Refusal, RefusalCode};

use super::change::{Act, held, open_review};
use super::item::{SecondLook, StoredProposals, open_proposals, parse};
use crate::app::App;
use crate::error::Error;

/// Marks an item as needing a second look, or takes the mark back. The review cannot be finished while
/// one is open.
///
/// # Errors
/// As [`super::decide`].
pub fn ask_second_look(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64, wanted: bool) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let row = held(tx, actor, id, index, version, false)?;
        let mut after: StoredProposals = parse(&row.proposals)?;
        match (&after.second, wanted) {
            // Only who asked may say that it is not needed after all.
            (Some(second), false) if second.asked_by != actor.user => {
                return Err(Refusal::new(RefusalCode::SecondLook, "Somebody else asked for it.").into());
            }
            (_, true) => after.second = Some(SecondLook { asked_by: actor.user.clone(), confirmed_by: None }),
            (_, false) => after.second = None,
        }
        let mut act = Act::begin(app, if wanted { "second-look" } else { "second-look-dropped" });
        act.keep(tx, id, &row, after)?;
        act.end(tx, id).map(drop)
    })
}

/// Confirms the decisions of an item that needs a second look.
///
/// # Errors
/// `REVIEW-002` when the actor asked for it or decided it last, or something is still open in it;
/// else as [`super::decide`].
pub fn confirm(app: &App, actor: &Actor, id: &RecordId, index: u64, version: u64) -> Result<(), Error> {
    app.store.write(&app.origin(actor), |tx| {
        open_review(tx, actor, id)?;
        let row = held(tx, actor, id, index, version, false)?;
        let mut after: StoredProposals = parse(&row.proposals)?;
        let left = open_proposals(&after);
        let decided_by_me = row.item.decided_by == actor.user.as_str();
        let Some(second) = after.second.as_mut().filter(|second| second.confirmed_by.is_none()) else {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        };
        if app.settings.second_person && (second.asked_by == actor.user || decided_by_me) {
            return Err(Refusal::new(RefusalCode::SecondLook, "You decided it or asked for it yourself.").into());
        }
        if left > 0 {
            return Err(Refusal::new(RefusalCode::SecondLook, "Something in it is not decided yet.").into());
        }
        second.confirmed_by = Some(actor.user.clone());
        let mut act = Act::begin(app, "confirm");
        act.keep(tx, id, &row, after)?;
        act.end(tx, id).map(drop)
    })
}
