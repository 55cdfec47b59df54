use domain::casework::request::Identifier;
use services::{requests, review};

use crate::setting::{Setting, code, lead, reviewer};

pub(crate) fn a_confirmed_address_joins_the_identity_and_the_next_search(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    review::open(app, &lead(), &id, 4).unwrap();
    review::include(app, &lead(), &id, 4, 1, false).unwrap();
    assert_eq!(code(requests::known_by(app, &lead(), &id, setting.at(&id), (Identifier::Email, "office"))), "FORM-001");
    // Every message of the mailbox goes to this address and names the person.
    requests::known_by(app, &lead(), &id, setting.at(&id), (Identifier::Email, "Office@example.org")).unwrap();
    let seen = requests::see(app, &reviewer(1), &id).unwrap();
    assert!(seen.request.person.get().unwrap().emails.contains(&"office@example.org".to_owned()));
    setting.search(&id, 30);
    let opened = review::open(app, &lead(), &id, 5).unwrap();
    assert!(format!("{opened:?}").contains("e-mail address (in To)"), "the new search finds it by the address as well");
    let kept = review::open(app, &lead(), &id, 4).unwrap();
    assert!(format!("{kept:?}").contains("found again unchanged"), "what was decided stays");
    setting.verify();
}
