use std::collections::BTreeMap;
use std::sync::Mutex;

use domain::ids::RecordId;
use domain::people::Actor;
use services::review::{self, Bulk, Decide, Filter, Show};
use services::sar::Decision;
use services::{App, Error};

use crate::setting::{Setting, code, reviewer};

fn show(show: Show) -> Filter {
    Filter { show, ..Filter::default() }
}

fn withhold_rest() -> Decide {
    Decide { proposal: None, decision: Decision::Withhold, everywhere: None }
}

/// Works as a page does: next item, open it, decide, until nothing is left. Returns what was decided.
fn work(app: &App, actor: &Actor, id: &RecordId, decided: &Mutex<BTreeMap<u64, Vec<String>>>) {
    let mut after = None;
    while let Some(index) = review::next(app, actor, id, after, &Filter::default()).unwrap() {
        let opened = review::open(app, actor, id, index).unwrap();
        assert!(opened.can_decide, "an item that was handed out is theirs");
        match review::decide(app, actor, id, index, opened.item.version, &withhold_rest()) {
            Ok(left) => {
                assert_eq!(left, 0);
                decided.lock().unwrap().entry(index).or_default().push(actor.user.to_string());
            }
            Err(Error::Refused(refusal)) => panic!("{refusal}"),
            Err(error) => panic!("{error:?}"),
        }
        after = Some(index);
    }
}

pub(crate) fn twenty_reviewers_lose_nothing_and_do_nothing_twice(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(200));
    let decided = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for n in 0..20 {
            let (decided, id) = (&decided, &id);
            scope.spawn(move || work(app, &reviewer(n), id, decided));
        }
    });
    let decided = decided.into_inner().unwrap();
    // Every tenth message repeats another: 180 of 200 are to be decided.
    assert_eq!(decided.len(), 180);
    for (index, by) in &decided {
        assert_eq!(by.len(), 1, "item {index} was decided by {by:?}");
    }
    let listing = review::rows(app, &reviewer(1), &id, &Filter::default(), None).unwrap();
    assert_eq!((listing.summary.items, listing.summary.decided, listing.summary.duplicates), (180, 180, 20));
    let today: u64 = review::reviewers(app, &reviewer(1), &id).unwrap().iter().map(|person| person.today).sum();
    assert_eq!(today, 180, "each decision is counted once, for whoever made it");
    for (index, by) in decided.iter().step_by(17) {
        let opened = review::open(app, &reviewer(1), &id, *index).unwrap();
        assert!(opened.item.open == 0 && opened.item.version == 2, "item {index} by {by:?} at version {}", opened.item.version);
    }
    services::requests::prepare(app, &reviewer(0), &id, setting.at(&id)).unwrap();
    setting.verify();
}

pub(crate) fn an_item_that_somebody_has_open_is_theirs(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    let first = review::next(app, &one, &id, None, &Filter::default()).unwrap();
    let second = review::next(app, &two, &id, None, &Filter::default()).unwrap();
    assert_eq!((first, second), (Some(0), Some(1)), "two people get two items");
    let seen = review::open(app, &two, &id, 0).unwrap();
    assert!(!seen.can_decide && seen.holder.is_some(), "it can be read, and says whose it is");
    assert_eq!(code(review::decide(app, &two, &id, 0, 1, &withhold_rest())), "REVIEW-001");
    assert_eq!(code(review::include(app, &two, &id, 0, 1, false)), "REVIEW-001");
    let rows = review::rows(app, &two, &id, &Filter::default(), None).unwrap().rows;
    assert!(rows[0].holder.is_some() && rows[1].holder.is_none(), "shown as theirs in the list; one's own is not");
    review::decide(app, &one, &id, 0, 1, &withhold_rest()).unwrap();
    assert_eq!(code(review::decide(app, &one, &id, 0, 1, &withhold_rest())), "AUTH-002", "a stale page decides nothing");
}

pub(crate) fn a_lease_ends_by_itself_and_can_be_taken_over(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    assert_eq!(review::next(app, &one, &id, None, &Filter::default()).unwrap(), Some(0));
    review::take_over(app, &two, &id, 0).unwrap();
    assert!(review::open(app, &two, &id, 0).unwrap().can_decide);
    assert_eq!(code(review::decide(app, &one, &id, 0, 1, &withhold_rest())), "REVIEW-001", "it is no longer theirs");
    let log = app.store.read(|tx| tx.record_history(&format!("{id}.review"))).unwrap();
    assert!(log.iter().any(|entry| entry.verb == "take-over" && entry.actor == "reviewer-2"));
    setting.wait_minutes(9);
    assert_eq!(review::next(app, &one, &id, None, &Filter::default()).unwrap(), Some(1), "still theirs after nine minutes");
    setting.wait_minutes(2);
    assert_eq!(review::next(app, &one, &id, None, &Filter::default()).unwrap(), Some(0), "free after eleven");
    // Who went away comes back to a decision of somebody else: theirs is not kept over it.
    review::decide(app, &one, &id, 0, 1, &withhold_rest()).unwrap();
    setting.wait_minutes(11);
    assert_eq!(code(review::include(app, &two, &id, 0, 1, false)), "AUTH-002");
}

pub(crate) fn the_last_decision_is_undone_step_by_step(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    assert_eq!(review::undo(app, &one, &id).unwrap(), None);
    let marks = review::open(app, &one, &id, 0).unwrap().item.proposals;
    let decide = |version, proposal, decision| {
        review::decide(app, &one, &id, 0, version, &Decide { proposal: Some(proposal), decision, everywhere: None }).unwrap()
    };
    assert_eq!(decide(1, 0, Decision::Show), marks - 1);
    decide(2, 0, Decision::Withhold);
    review::include(app, &one, &id, 0, 3, false).unwrap();
    review::open(app, &two, &id, 3).unwrap();
    review::include(app, &two, &id, 3, 1, false).unwrap();
    let open = || review::open(app, &one, &id, 0).unwrap().item;
    assert_eq!(open().included, Some(false));
    for expected in [(marks - 1, Some(true)), (marks - 1, Some(true)), (marks, Some(true))] {
        assert_eq!(review::undo(app, &one, &id).unwrap(), Some(0));
        assert_eq!((open().open, open().included), expected);
    }
    assert_eq!(review::undo(app, &one, &id).unwrap(), None, "what somebody else decided is not theirs to undo");
    assert_eq!(review::reviewers(app, &one, &id).unwrap().iter().map(|p| p.today).sum::<u64>(), 1, "an undone decision does not count");
    setting.verify();
}

pub(crate) fn words_decided_everywhere_are_counted_first(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let one = reviewer(1);
    review::open(app, &one, &id, 0).unwrap();
    let told = |decision, version| review::everywhere(app, &one, &id, (0, version, 0), decision).unwrap();
    let first = told(Decision::Withhold, 1);
    assert!(first.places >= first.items && first.items > 1 && first.turned == 0, "{first:?}");
    let everywhere = |version, decision, places| {
        review::decide(app, &one, &id, 0, version, &Decide { proposal: Some(0), decision, everywhere: Some(places) })
    };
    assert_eq!(code(everywhere(1, Decision::Withhold, first.places + 1)), "AUTH-002", "another number than was told");
    assert_eq!(told(Decision::Withhold, 1), first, "then nothing is decided");
    everywhere(1, Decision::Withhold, first.places).unwrap();
    assert_eq!((told(Decision::Withhold, 2).places, told(Decision::Show, 2).turned), (0, first.places));
    let change = review::everywhere(app, &one, &id, (0, 2, 0), Decision::Show).unwrap();
    everywhere(2, Decision::Show, change.places).unwrap();
    assert_eq!(review::undo(app, &one, &id).unwrap(), Some(0), "in one go");
    assert_eq!(told(Decision::Withhold, 4).places, 0);
    setting.verify();
}

pub(crate) fn a_bulk_act_is_shown_first_and_undone_in_one_go(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (one, two) = (reviewer(1), reviewer(2));
    let everything = show(Show::Open);
    assert_eq!(review::bulk_preview(app, &one, &id, &everything).unwrap(), 27);
    review::open(app, &two, &id, 4).unwrap();
    review::include(app, &two, &id, 4, 1, false).unwrap();
    assert_eq!(code(review::bulk(app, &one, &id, &everything, Bulk::Withhold, 27)), "AUTH-002", "26 are not the 27 that were shown");
    review::open(app, &two, &id, 5).unwrap();
    let done = review::bulk(app, &one, &id, &everything, Bulk::Withhold, 26).unwrap();
    assert_eq!((done.changed, done.held), (25, 1), "what somebody has open is left to them");
    let summary = || review::rows(app, &one, &id, &Filter::default(), None).unwrap().summary;
    assert_eq!((summary().items, summary().decided), (27, 26));
    assert_eq!(review::undo(app, &one, &id).unwrap(), Some(0));
    assert_eq!(summary().decided, 1);
    let thread = Filter { thread: Some(3), ..Filter::default() };
    assert_eq!(review::bulk_preview(app, &one, &id, &thread).unwrap(), 3);
    assert_eq!(code(review::bulk(app, &one, &id, &thread, Bulk::LeaveOut, 27)), "AUTH-002");
    setting.wait_minutes(11);
    assert_eq!(review::bulk(app, &one, &id, &thread, Bulk::LeaveOut, 3).unwrap().changed, 2, "one of the three was left out before");
    // Somebody decides one of the items since: undoing would overwrite that, so it is refused whole.
    let item = review::open(app, &two, &id, 3).unwrap().item;
    review::include(app, &two, &id, 3, item.version, true).unwrap();
    assert_eq!(code(review::undo(app, &one, &id)), "AUTH-002");
    assert_eq!(review::open(app, &one, &id, 5).unwrap().item.included, Some(false), "nothing was undone");
}

pub(crate) fn filters_and_counts_agree(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let one = reviewer(1);
    review::open(app, &one, &id, 2).unwrap();
    review::include(app, &one, &id, 2, 1, false).unwrap();
    review::open(app, &one, &id, 7).unwrap();
    let count = |filter: Filter| {
        let listing = review::rows(app, &one, &id, &filter, None).unwrap();
        assert_eq!(listing.rows.len() as u64, listing.summary.matching, "{filter:?}");
        listing.summary.matching
    };
    let shows = [
        (Show::All, 30),
        (Show::Open, 26),
        (Show::LeftOut, 1),
        (Show::Decided, 0),
        (Show::Duplicates, 3),
        (Show::Unreadable, 0),
        (Show::Mine, 2),
    ];
    for (which, expected) in shows {
        assert_eq!(count(show(which)), expected, "{which:?}");
    }
    assert_eq!(count(Filter { kind: "mail".to_owned(), ..Filter::default() }), 30);
    assert_eq!(count(Filter { kind: "pdf".to_owned(), ..Filter::default() }), 0);
    assert_eq!(count(Filter { place: "mailbox 30".to_owned(), ..Filter::default() }), 30);
    assert_eq!(count(Filter { with_marks: true, ..Filter::default() }), 27);
    assert_eq!(count(Filter { band: "possible".to_owned(), ..Filter::default() }), 0);
    let order: Vec<Option<u64>> =
        [None, Some(25), Some(28)].iter().map(|after| review::next(app, &one, &id, *after, &Filter::default()).unwrap()).collect();
    assert_eq!(order, [Some(0), Some(26), Some(0)], "after the last it begins again");
}
