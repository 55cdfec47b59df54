use domain::people::Role;
use jiff::civil::date;
use services::accounts::create;
use services::policy::{evidence_of, reading_answer, reading_open, reading_sign, readings};

use crate::setting::{START, Setting, chair, code, files, lead, staff};

const PASSWORD: &str = "otter plinth harbour 42";
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

fn answers(answer: usize) -> Vec<(String, usize)> {
    vec![("phone".to_owned(), answer)]
}

#[test]
fn everybody_reads_passes_and_signs_each_version() {
    let setting = Setting::new();
    let app = &setting.app;
    let mut people = Vec::new();
    for (name, role) in [("Imogen Castleford", Role::Approver), ("Tobias Wrenfield", Role::Lead), ("Rosalind Quayle", Role::Staff)] {
        let email = format!("{}@example.org", role.key());
        create(app, name, &email, &[role], PASSWORD, SECRET).unwrap();
        people.push(services::accounts::actor_by_email(app, &email).unwrap());
    }
    let reader = &people[2];
    assert_eq!(code(reading_sign(app, reader)), "READ-001");
    let opened = reading_open(app, reader).unwrap();
    assert_eq!((opened.stage(), opened.due), ("opened", date(2026, 3, 30)));
    assert_eq!(reading_open(app, reader).unwrap(), opened, "opening again changes nothing");
    let (_, wrong) = reading_answer(app, reader, &answers(1)).unwrap();
    assert_eq!((wrong[0].clause.as_str(), wrong[0].because.as_str()), ("A-1", "Any wording is a request."));
    assert_eq!(code(reading_sign(app, reader)), "READ-001");
    let (tried, wrong) = reading_answer(app, reader, &answers(2)).unwrap();
    assert!(wrong.is_empty() && tried.tries.len() == 2);
    assert_eq!(reading_sign(app, reader).unwrap().signed, Some(START));
    assert_eq!(code(reading_sign(app, reader)), "READ-002");
    let far = readings(app, &lead()).unwrap();
    assert_eq!((far.readers, far.signed), (3, 1));
    assert_eq!(
        far.outstanding.iter().map(|r| (r.name.as_str(), r.state.as_str())).collect::<Vec<_>>(),
        [("Imogen Castleford", "not opened"), ("Tobias Wrenfield", "not opened")]
    );
    assert_eq!(code(readings(app, &staff())), "AUTH-001");
    let figures = evidence_of(app, &lead(), "A-5").unwrap().figures;
    assert_eq!((figures.kept, figures.open, figures.overdue), (1, 2, 0));
    // A new version is read anew.
    setting.adopt(files("2", 20), date(2026, 3, 3));
    setting.go_to(date(2026, 3, 3));
    assert_eq!(readings(app, &chair()).unwrap().signed, 0);
    assert_eq!(code(reading_sign(app, reader)), "READ-001");
    assert_eq!(reading_open(app, reader).unwrap().stage(), "opened");
    // Who opened it and does not sign is overdue after four weeks.
    setting.go_to(date(2026, 4, 1));
    let figures = evidence_of(app, &lead(), "A-5").unwrap().figures;
    assert_eq!((figures.kept, figures.open, figures.overdue), (0, 2, 1));
    setting.verify();
}
