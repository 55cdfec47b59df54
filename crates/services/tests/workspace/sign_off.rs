use domain::ids::UserId;
use domain::people::{Actor, Role};
use services::accounts::{account_roles, actor_by_email, create, set_roles};
use services::requests::{AssignForm, approve, assign, close, prepare, reopen, reply, see};
use services::review::{self, Bulk, Filter, Outcome};

use crate::setting::{Setting, code, lead};

const PASSWORD: &str = "otter plinth harbour 42";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

fn account(setting: &Setting, name: &str, roles: &[Role]) -> Actor {
    let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    create(&setting.app, name, &email, roles, PASSWORD, SECRET).unwrap();
    actor_by_email(&setting.app, &email).unwrap()
}

/// The actor as they are after a change of their roles.
fn again(setting: &Setting, actor: &Actor) -> Actor {
    let email = format!("{}@example.org", actor.name.to_lowercase().replace(' ', "."));
    actor_by_email(&setting.app, &email).unwrap()
}

pub(crate) fn the_reply_is_signed_off_in_the_role_that_the_policy_names(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let admin = account(setting, "Ada Min", &[Role::Administrator]);
    let (chief, deputy) = (account(setting, "Chief Person", &[Role::Staff]), account(setting, "Deputy Person", &[Role::Approver]));
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Accept, 27).unwrap();
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    // Nobody holds the role yet: whoever may approve does.
    approve(app, &deputy, &id, setting.at(&id)).unwrap();
    set_roles(app, &admin, &chief.user, &[Role::Staff], &["ceo".to_owned()]).unwrap();
    assert_eq!(account_roles(app, &admin, &chief.user).unwrap().policy_roles, ["ceo"]);
    assert_eq!(code(reply(app, &lead(), &id, setting.at(&id), &[])), "SIGN-001", "it was signed off by somebody else");
    reopen(app, &lead(), &id, setting.at(&id)).unwrap();
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    match approve(app, &deputy, &id, setting.at(&id)).unwrap_err() {
        services::Error::Refused(refusal) => assert!(refusal.detail.contains("CEN-59"), "{refusal}"),
        other => panic!("{other:?}"),
    }
    let chief = again(setting, &chief);
    assert!(chief.has(Role::Approver), "who signs off approves in the program too");
    approve(app, &chief, &id, setting.at(&id)).unwrap();
    assert_eq!(code(set_roles(app, &admin, &admin.user, &[Role::Lead], &[])), "FORM-001", "nobody changes their own");
    assert_eq!(code(set_roles(app, &admin, &deputy.user, &[Role::Staff], &["emperor".to_owned()])), "FORM-001");
    assert_eq!(code(set_roles(app, &lead(), &deputy.user, &[Role::Lead], &[])), "AUTH-001");
    setting.verify();
}

pub(crate) fn a_case_goes_only_to_somebody_who_had_the_training(setting: &Setting) {
    let app = setting.with_pack("social-enterprise");
    let id = setting.review(30);
    let (handler, staff) = (account(setting, "Hannah Andler", &[Role::Handler]), account(setting, "Stan Aff", &[Role::Staff]));
    let to = |user: &UserId, trained_on| AssignForm { to: user.clone(), in_charge: true, trained_on };
    let at = || setting.at(&id);
    match assign(&app, &lead(), &id, at(), &to(&handler.user, None)).unwrap_err() {
        services::Error::Refused(refusal) => {
            assert_eq!(refusal.code.id(), "SIGN-002");
            assert!(refusal.detail.contains("SEK-58"), "{refusal}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(code(see(&app, &handler, &id)), "not found");
    let (ahead, past) = (jiff::civil::date(2026, 4, 1), jiff::civil::date(2026, 2, 3));
    assert_eq!(code(assign(&app, &lead(), &id, at(), &to(&handler.user, Some(ahead)))), "FORM-001");
    assert_eq!(code(assign(&app, &lead(), &id, at(), &to(&staff.user, Some(past)))), "FORM-001", "not somebody who works on requests");
    assert_eq!(code(assign(&app, &handler, &id, at(), &to(&handler.user, Some(past)))), "not found", "nobody gives themselves a case");
    assign(&app, &lead(), &id, at(), &to(&handler.user, Some(past))).unwrap();
    let view = see(&app, &handler, &id).unwrap();
    assert!(view.may_work && !view.may_assign && view.owner.as_deref() == Some("Hannah Andler"));
    let row = see(&app, &lead(), &id).unwrap().handlers.into_iter().find(|row| row.user == handler.user).unwrap();
    assert_eq!(row.trained_on, Some(past), "kept for the next case");
    setting.verify();
}

pub(crate) fn an_account_signs_the_duties_of_the_roles_it_holds(setting: &Setting) {
    let app = &setting.app;
    services::policy::daily(app, "test").unwrap();
    let admin = account(setting, "Ada Min", &[Role::Administrator]);
    let person = account(setting, "Nobody Listed", &[Role::Staff]);
    let mine = |actor: &Actor| services::policy::duties(app, actor).unwrap().iter().filter(|row| row.duty.terms.role == "ceo").count();
    assert_eq!(mine(&person), 0);
    set_roles(app, &admin, &person.user, &[Role::Staff], &["ceo".to_owned()]).unwrap();
    assert!(mine(&again(setting, &person)) > 0, "the duties of the chief executive are theirs now");
}

pub(crate) fn everything_disclosed_and_withheld_is_kept_with_the_closed_case(setting: &Setting) {
    let (app, id) = (&setting.app, setting.review(30));
    let approver = account(setting, "Deputy Person", &[Role::Approver]);
    review::open(app, &lead(), &id, 4).unwrap();
    review::include(app, &lead(), &id, 4, 1, false).unwrap();
    review::bulk(app, &lead(), &id, &Filter::default(), Bulk::Withhold, 27).unwrap();
    let log = review::disclosures(app, &approver, &id).unwrap();
    let of = |outcome| log.rows.iter().filter(|row| row.outcome == outcome).count();
    assert_eq!((log.rows.len(), of(Outcome::Disclosed), of(Outcome::LeftOut), of(Outcome::Duplicate)), (30, 26, 1, 3));
    assert!(
        log.rows.iter().filter(|row| row.outcome == Outcome::Disclosed).all(|row| !row.withheld.is_empty() && row.decided_at.is_some())
    );
    let csv = review::disclosures_csv(&log);
    assert!(!csv.contains("Nadia") && csv.contains("Left out"), "never the words that were withheld: {csv}");
    prepare(app, &lead(), &id, setting.at(&id)).unwrap();
    approve(app, &approver, &id, setting.at(&id)).unwrap();
    reply(app, &lead(), &id, setting.at(&id), &[]).unwrap();
    close(app, &lead(), &id, setting.at(&id)).unwrap();
    assert!(review::disclosures(app, &approver, &id).unwrap().rows.is_empty(), "the copies are gone");
    let kept = see(app, &lead(), &id).unwrap().documents;
    let file = kept.iter().find(|file| file.name.as_deref() == Some("disclosure-log.csv")).unwrap();
    let opened = services::requests::open_document(app, &lead(), &id, &domain::ids::BlobId::new(file.id.clone())).unwrap();
    assert_eq!(String::from_utf8(opened.bytes).unwrap(), csv);
    setting.verify();
}
