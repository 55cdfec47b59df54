use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Role};
use services::ports::PageArea;
use services::requests::{FoundFiles, add_found, approve, open_document, pages_as_text, prepare, reply, see};
use services::review::{self, Bulk, Filter, ItemPages, PagesChange, PagesState};
use services::sar::Doubt;

use crate::setting::{Setting, code, lead, reviewer};

const AREA: PageArea = PageArea { page: 1, left: 0, top: 0, width: 100, height: 100 };

/// A request whose review is open, and the number of a photograph in it.
fn with_a_photograph(setting: &Setting) -> (RecordId, u64) {
    with(setting, "Amelia Hart and Nadia Shah on the pier.")
}

fn with(setting: &Setting, picture: &str) -> (RecordId, u64) {
    let id = setting.review(30);
    let photo = ("trip.jpg".to_owned(), picture.as_bytes().to_vec());
    assert_eq!(add_found(&setting.app, &lead(), &id, FoundFiles { place: "Album".to_owned(), files: vec![photo] }).unwrap(), 0);
    (id, 30)
}

fn drawn(pages: &ItemPages) -> String {
    String::from_utf8(pages.looked.as_ref().unwrap().burnt.pages[0].png.clone()).unwrap()
}

fn print(pages: &ItemPages) -> String {
    pages.looked.as_ref().unwrap().burnt.print()
}

pub(crate) fn a_photograph_goes_out_as_a_person_saw_it(setting: &Setting) {
    let (app, (id, index)) = (&setting.app, with_a_photograph(setting));
    let look = || review::pages(app, &lead(), &id, index).unwrap();
    let say = |change| review::say_of_pages(app, &lead(), &id, index, look().opened.item.version, &change);
    assert_eq!((drawn(&look()).as_str(), look().state()), ("Amelia Hart and █ on the pier. 0 covered", PagesState::Text));
    let message = review::pages(app, &lead(), &id, 0).unwrap();
    assert_eq!((message.looked.is_err(), message.state()), (true, PagesState::Text), "a message has no pages");
    assert_eq!(code(review::say_of_pages(app, &lead(), &id, 0, 1, &PagesChange::Cover(AREA))), "not found");
    say(PagesChange::Cover(AREA)).unwrap();
    assert_eq!((drawn(&look()).as_str(), look().state()), ("Amelia Hart and █ on the pier. 1 covered", PagesState::Text));
    say(PagesChange::Agree(print(&look()))).unwrap();
    assert_eq!(look().state(), PagesState::Agreed);
    review::decide(
        app,
        &lead(),
        &id,
        index,
        look().opened.item.version,
        &review::Decide { proposal: Some(0), decision: services::sar::Decision::Show, everywhere: None },
    )
    .unwrap();
    assert_eq!(look().state(), PagesState::Different, "something else was decided since");
    review::undo(app, &lead(), &id).unwrap();
    assert_eq!(look().state(), PagesState::Agreed);
    assert_eq!(code(review::say_of_pages(app, &reviewer(1), &id, index, look().opened.item.version, &PagesChange::Text)), "REVIEW-001");
    setting.search(&id, 30);
    assert_eq!(look().state(), PagesState::Agreed, "a new search keeps it");
    assert!(pages_as_text(app, &lead(), &id).unwrap().is_empty());

    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Accept, 28).unwrap();
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    assert_eq!(code(review::say_of_pages(app, &lead(), &id, index, look().opened.item.version, &PagesChange::Text)), "REQ-004");
    let second = Actor { roles: vec![Role::Approver], ..reviewer(1) };
    approve(app, &second, &id, setting.at(&id)).unwrap();
    reply(app, &lead(), &id, setting.at(&id), &[]).unwrap();
    let pack = pack(setting, &id);
    let shown: Vec<(&str, u64)> = pack["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["title"].as_str().unwrap(), item["pages_shown"].as_u64().unwrap()))
        .collect();
    assert_eq!(shown.iter().filter(|(_, pages)| *pages > 0).collect::<Vec<_>>(), [&("trip.jpg", 1)]);
    let withheld = pack["withheld"].as_array().unwrap();
    let areas = withheld.iter().find(|row| row["kind"] == "part of a picture or page that shows another person").unwrap();
    assert_eq!(areas["places"], 1, "what was covered by hand stands in the schedule");
    setting.verify();
}

/// The machine-readable copy of the pack that went out.
fn pack(setting: &Setting, id: &RecordId) -> serde_json::Value {
    let files = see(&setting.app, &lead(), id).unwrap().documents;
    let file = files.iter().find(|file| file.name.as_deref() == Some("pack.json")).unwrap();
    serde_json::from_slice(&open_document(&setting.app, &lead(), id, &BlobId::new(file.id.clone())).unwrap().bytes).unwrap()
}

pub(crate) fn pages_of_a_file_that_changed_do_not_go_out(setting: &Setting) {
    let (app, (id, index)) = (&setting.app, with_a_photograph(setting));
    let seen = review::pages(app, &lead(), &id, index).unwrap();
    review::say_of_pages(app, &lead(), &id, index, 1, &PagesChange::Agree("00".repeat(32))).unwrap();
    assert_eq!(review::pages(app, &lead(), &id, index).unwrap().state(), PagesState::Different, "nobody was shown such pages");
    assert_eq!(code(review::say_of_pages(app, &lead(), &id, index, 1, &PagesChange::Agree(print(&seen)))), "AUTH-002", "decided meanwhile");
}

pub(crate) fn whoever_sends_a_reply_knows_what_goes_out_as_text(setting: &Setting) {
    let (app, (id, index)) = (&setting.app, with_a_photograph(setting));
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Accept, 28).unwrap();
    let version = review::pages(app, &lead(), &id, index).unwrap().opened.item.version;
    review::say_of_pages(app, &lead(), &id, index, version, &PagesChange::Agree("00".repeat(32))).unwrap();
    assert_eq!(pages_as_text(app, &lead(), &id).unwrap(), [index]);
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    let second = Actor { roles: vec![Role::Approver], ..reviewer(1) };
    assert_eq!(pages_as_text(app, &second, &id).unwrap(), [index], "who signs it off is told, too");
    approve(app, &second, &id, setting.at(&id)).unwrap();
    for told in [&[][..], &[index + 1]] {
        assert_eq!(code(reply(app, &lead(), &id, setting.at(&id), told)), "REDACT-004");
    }
    reply(app, &lead(), &id, setting.at(&id), &[index]).unwrap();
    let shown = pack(setting, &id)["items"].as_array().unwrap().iter().filter(|item| item["pages_shown"] != 0).count();
    assert_eq!(shown, 0);
}

pub(crate) fn what_is_withheld_in_a_message_is_burnt_out_of_a_photograph(setting: &Setting) {
    let app = &setting.app;
    let (id, index) = with(setting, "Amelia Hart and Nadia Shah on the pier. [Owen Price]");
    let look = || review::pages(app, &lead(), &id, index).unwrap();
    let seen = look();
    assert_eq!(drawn(&seen), "Amelia Hart and █ on the pier. [█] 0 covered");
    let covered = Doubt::Covered { words: "Owen Price".to_owned(), pages: vec![1] };
    assert_eq!(seen.looked.as_ref().unwrap().doubts, [covered]);
    // What somebody shows in another item is no longer sure to be withheld here.
    let message = review::open(app, &lead(), &id, 0).unwrap();
    let show = review::Decide { proposal: Some(1), decision: services::sar::Decision::Show, everywhere: None };
    review::decide(app, &lead(), &id, 0, message.item.version, &show).unwrap();
    let seen = look();
    assert_eq!(drawn(&seen), "Amelia Hart and █ on the pier. [Owen Price] 0 covered");
    let told = Doubt::Uncovered { words: "Owen Price".to_owned(), pages: vec![1] };
    assert_eq!(seen.looked.as_ref().unwrap().doubts, [told]);
}
