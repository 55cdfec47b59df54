//! A use that has stopped: direct marketing, pictures, what rested on a consent (Articles 7(3), 21(3)).

use super::{Block, heading, paragraph};
use crate::calendar::short_date;
use crate::casework::request::{ActionKind, Request, Stopped};
use crate::rights::RequestKind;

/// What has stopped and since when, what was done, what stays.
pub(super) fn blocks(request: &Request, stopped: &Stopped) -> Vec<Block> {
    let since = request.holds_from().shown();
    let mut blocks = vec![paragraph(match request.kind {
        RequestKind::Marketing => format!("We have stopped sending you direct marketing. Your wish holds since it reached us, {since}."),
        RequestKind::Photographs => {
            format!(
                "No photograph or film of the person named in your request is published any more, since your message reached us, {since}."
            )
        }
        _ => format!("What rested on your consent has stopped, since your message reached us, {since}."),
    })];
    let what = stopped.what.shown();
    if !what.is_empty() {
        blocks.push(paragraph(format!("This is about: {what}")));
    }
    let done: Vec<String> = request
        .actions
        .iter()
        .filter(|action| action.kind != ActionKind::Tell)
        .map(|action| match (&action.done, action.due) {
            (Some(done), _) => format!("{}: done on {}.", action.what.shown(), done.on.shown()),
            (None, Some(due)) => format!("{}: by {}.", action.what.shown(), short_date(due)),
            (None, None) => format!("{}: we are doing this now.", action.what.shown()),
        })
        .collect();
    if !done.is_empty() {
        blocks.push(heading("What we do"));
        blocks.push(Block::Bullets(done));
    }
    let stays = stopped.stays.shown();
    if !stays.is_empty() {
        blocks.push(heading("What stays"));
        blocks.push(paragraph(stays));
    }
    blocks.push(paragraph(if request.kind == RequestKind::Marketing {
        "We keep the least we need to remember your wish, so that it holds even if your details reach us again."
    } else {
        "What was done before your message reached us stays lawful (UK GDPR Article 7(3))."
    }));
    blocks
}
