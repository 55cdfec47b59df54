use domain::casework::search_task::Medium;
use domain::ids::UserId;
use domain::people::{Actor, Role};
use jiff::civil::date;
use services::requests::{
    FoundFiles, FoundForm, SearchForm, add_found, finish_search, my_searches, plan_search, prepare, search_plan, search_task, see,
};
use services::review::{self, Bulk, Filter};

use crate::setting::{Setting, code, lead};

fn searcher(setting: &Setting, name: &str) -> Actor {
    let email = format!("{}@example.org", name.to_lowercase());
    services::accounts::create(&setting.app, name, &email, &[Role::Staff], "otter plinth harbour 42", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        .unwrap();
    services::accounts::actor_by_email(&setting.app, &email).unwrap()
}

fn form(who: &UserId, place: &str) -> SearchForm {
    SearchForm { place: place.to_owned(), medium: Medium::Paper, who: who.clone(), by: None, terms: Vec::new() }
}

pub(crate) fn a_search_by_hand_stands_in_the_reply_and_holds_the_review_open(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (ruth, otto) = (searcher(setting, "Ruth"), searcher(setting, "Otto"));
    let cabinet = plan_search(app, &lead(), &id, &form(&ruth.user, "Filing cabinet")).unwrap();
    let phone = plan_search(app, &lead(), &id, &form(&otto.user, "Phone of the youth team")).unwrap();
    assert_eq!(code(plan_search(app, &lead(), &id, &form(&ruth.user, "  "))), "FORM-001");
    assert_eq!(code(plan_search(app, &lead(), &id, &form(&UserId::new("nobody"), "Archive"))), "FORM-001");
    let gone = SearchForm { by: Some(date(2026, 3, 1)), ..form(&ruth.user, "Archive") };
    assert_eq!(code(plan_search(app, &lead(), &id, &gone)), "FORM-001");
    let plan = search_plan(app, &lead(), &id).unwrap();
    // Received on Monday 2 March: due on Thursday 2 April, so searched by the Wednesday before.
    assert_eq!(plan.by_hand.iter().map(|row| row.task.by).collect::<Vec<_>>(), [date(2026, 4, 1), date(2026, 4, 1)]);
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Accept, 27).unwrap();
    assert_eq!(code(prepare(app, &lead(), &id, setting.at(&id))), "REQ-009", "two searches are open");
    finish_search(app, &ruth, &cabinet, 1, FoundForm::Nothing).unwrap();
    assert_eq!(code(finish_search(app, &ruth, &cabinet, 2, FoundForm::Items { number: 1, files: Vec::new() })), "REQ-004");
    assert_eq!(code(finish_search(app, &otto, &phone, 1, FoundForm::NotSearched(" ".to_owned()))), "REQ-002");
    finish_search(app, &otto, &phone, 1, FoundForm::NotSearched("It was lost in May and wiped.".to_owned())).unwrap();
    let search = see(app, &lead(), &id).unwrap().request.search.unwrap();
    assert_eq!(search.places, ["mailbox 30", "Filing cabinet"]);
    assert_eq!(search.not_searched, ["Phone of the youth team: It was lost in May and wiped."]);
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    assert_eq!(code(plan_search(app, &lead(), &id, &form(&ruth.user, "Archive"))), "REQ-004", "the review is finished");
    setting.verify();
}

pub(crate) fn a_searcher_sees_the_task_and_nothing_of_the_request(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let (ruth, otto) = (searcher(setting, "Ruth"), searcher(setting, "Otto"));
    let task = plan_search(app, &lead(), &id, &form(&ruth.user, "Filing cabinet")).unwrap();
    let row = search_task(app, &ruth, &task).unwrap();
    assert_eq!(row.task.terms.get().unwrap(), &["Amelia Hart".to_owned()]);
    assert!(row.may_do && my_searches(app, &ruth).unwrap().len() == 1 && my_searches(app, &otto).unwrap().is_empty());
    for stranger in [&otto, &ruth] {
        assert_eq!(code(see(app, stranger, &id)), "not found");
        assert_eq!(code(search_plan(app, stranger, &id)), "not found");
    }
    assert_eq!(code(search_task(app, &otto, &task)), "not found");
    assert_eq!(code(finish_search(app, &otto, &task, 1, FoundForm::Nothing)), "not found");
    let subject = see(app, &lead(), &id).unwrap().request.subject;
    app.store.write(&app.origin(&lead()), |tx| tx.subject_erase(subject.as_str(), "test")).unwrap();
    assert!(search_task(app, &ruth, &task).unwrap().task.terms.get().is_none(), "the words go with the person");
}

fn scan(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

pub(crate) fn what_is_found_by_hand_joins_the_review_and_outlives_a_new_search(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let ruth = searcher(setting, "Ruth");
    let cabinet = plan_search(app, &lead(), &id, &form(&ruth.user, "Filing cabinet")).unwrap();
    let files = vec![scan("card.txt", "Index card. Amelia Hart, with Owen Price."), scan("note.txt", "She rang about the trip.")];
    finish_search(app, &ruth, &cabinet, 1, FoundForm::Items { number: 3, files }).unwrap();
    let found = |text: &str| {
        let rows = review::rows(app, &lead(), &id, &Filter::default(), None).unwrap().rows;
        rows.iter().filter(|row| row.locator.contains(text)).map(|row| row.index).collect::<Vec<_>>()
    };
    assert_eq!((found("card.txt"), found("note.txt")), (vec![30], vec![31]), "after what the program found");
    let note = review::open(app, &lead(), &id, 31).unwrap().item;
    assert_eq!((note.band, note.place.as_str()), (finder::identity::Band::Likely, "Filing cabinet"));
    assert_eq!(note.reasons, ["a person found it and says that it concerns them"]);
    assert!(review::open(app, &lead(), &id, 30).unwrap().item.proposals > 0, "other people’s names are proposed");
    let one = FoundFiles { place: "Phone".to_owned(), files: vec![scan("text.txt", "Amelia Hart rang.")] };
    assert_eq!(code(add_found(app, &ruth, &id, one.clone())), "not found", "who searches does not see the request");
    assert_eq!(code(add_found(app, &lead(), &id, FoundFiles { files: Vec::new(), ..one.clone() })), "FORM-001");
    assert_eq!(add_found(app, &lead(), &id, one.clone()).unwrap(), 0);
    setting.search(&id, 30);
    let search = see(app, &lead(), &id).unwrap().request.search.unwrap();
    assert_eq!(
        (search.places.as_slice(), search.by_hand.len()),
        (["mailbox 30", "Filing cabinet", "Phone"].map(str::to_owned).as_slice(), 3)
    );
    assert_eq!([found("card.txt").len(), found("note.txt").len(), found("text.txt").len()], [1, 1, 1], "a new search reads them again");
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Accept, 30).unwrap();
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    assert_eq!(code(add_found(app, &lead(), &id, one)), "REQ-004", "the review is finished");
    setting.verify();
}
