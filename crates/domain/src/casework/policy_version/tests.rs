use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::RefusalCode;
use crate::calendar::{Calendar, Division, Period, Promise, Right, RightsClock};
use crate::ids::{RecordId, UserId};
use crate::policy::Policy;
use crate::record::RecordFacts;

fn facts(id: &str) -> RecordFacts {
    RecordFacts {
        id: RecordId::new(id),
        reference: format!("POL-{id}"),
        owner: None,
        assigned: Vec::new(),
        logged_by: UserId::new("lead"),
        hold: false,
    }
}

fn files(version: &str, reply: &str) -> Vec<PackFile> {
    let pack = format!("name = \"own\"\ntitle = \"Data protection\"\nversion = \"{version}\"\ninherits = \"childrens-education-cic\"\n");
    vec![
        PackFile { name: "pack.toml".into(), text: pack },
        PackFile { name: "rights.toml".into(), text: format!("# our promise\nreply = {{ {reply} }}\n") },
    ]
}

fn draft(id: &str) -> PolicyVersion {
    PolicyVersion::draft(facts(id), files(id, "working_days = 15"), "Reply sooner").unwrap()
}

fn form(on: Date) -> AdoptionForm {
    AdoptionForm { board: "Board of Directors".into(), on, signatory: "chair".into(), next_review: date(2030, 1, 1) }
}

fn lead() -> UserId {
    UserId::new("lead")
}

fn chair() -> UserId {
    UserId::new("chair")
}

#[test]
fn a_version_is_adopted_by_two_people_or_not_at_all() {
    let (today, register) = (date(2026, 11, 22), Register::default());
    let proposed = draft("1").propose(lead(), date(2026, 12, 1), date(2026, 11, 20)).unwrap();
    assert_eq!(proposed.label, "1");
    let refused =
        |form: &AdoptionForm, by: UserId, register: &Register| proposed.clone().adopt(form, by, register, today).unwrap_err().code;
    assert_eq!(refused(&form(today), lead(), &register), RefusalCode::PolicySelfAdoption);
    assert_eq!(refused(&form(date(2026, 11, 23)), chair(), &register), RefusalCode::PolicyEffective);
    assert_eq!(refused(&AdoptionForm { board: " ".into(), ..form(today) }, chair(), &register), RefusalCode::ValueInvalid);
    assert_eq!(refused(&AdoptionForm { signatory: "nobody".into(), ..form(today) }, chair(), &register), RefusalCode::ValueInvalid);
    assert_eq!(refused(&AdoptionForm { next_review: date(2026, 12, 1), ..form(today) }, chair(), &register), RefusalCode::ValueInvalid);
    let early = draft("0").propose(lead(), date(2026, 11, 1), date(2026, 10, 30)).unwrap();
    assert_eq!(early.adopt(&form(date(2026, 11, 10)), chair(), &register, today).unwrap_err().code, RefusalCode::PolicyEffective);
    let adopted = proposed.clone().adopt(&form(today), chair(), &register, today).unwrap();
    let adoption = adopted.stage.adoption().unwrap();
    assert_eq!((adoption.board.as_str(), &adoption.approved_by), ("Board of Directors", &chair()));
    assert_eq!(adopted.clone().withdraw("no", today).unwrap_err().code, RefusalCode::PolicyState);
    // Another version cannot take effect on or before that day.
    let mut register = Register::default();
    register.put(&adopted);
    let again = draft("2").propose(lead(), date(2026, 12, 1), today).unwrap();
    assert_eq!(again.adopt(&form(today), chair(), &register, today).unwrap_err().code, RefusalCode::PolicyOverwrites);
    let json = serde_json::to_string(&adopted).unwrap();
    assert_eq!(serde_json::from_str::<PolicyVersion>(&json).unwrap(), adopted);
}

#[test]
fn a_version_with_problems_is_neither_proposed_nor_adopted() {
    for (name, text) in [
        ("rights.toml", "reply = { days = \"soon\" }"),
        ("rights.toml", "replies = { days = 20 }"),
        ("rights.toml", "reply = 6"),
        ("letters.toml", "signatory = \"nobody-at-all\""),
    ] {
        let mut files = files("1", "days = 20");
        files.retain(|file| file.name != name);
        files.push(PackFile { name: name.into(), text: text.into() });
        let broken = PolicyVersion::draft(facts("1"), files, "").unwrap();
        assert!(broken.propose(lead(), date(2026, 12, 1), date(2026, 11, 20)).is_err(), "{text}");
    }
    let huge = vec![PackFile { name: "pack.toml".into(), text: "# ".repeat(2_000_000) }];
    assert_eq!(PolicyVersion::draft(facts("1"), huge, "").unwrap_err().code, RefusalCode::PackInvalid);
    let outside = vec![PackFile { name: "../pack.toml".into(), text: String::new() }];
    assert_eq!(PolicyVersion::draft(facts("1"), outside, "").unwrap_err().code, RefusalCode::PackInvalid);
}

#[test]
fn a_proposal_can_go_back_into_work_or_be_given_up() {
    let proposed = draft("1").propose(lead(), date(2026, 12, 1), date(2026, 11, 20)).unwrap();
    assert_eq!(proposed.clone().edit(files("1", "days = 20"), "").unwrap_err().code, RefusalCode::PolicyState);
    let again = proposed.clone().reopen().unwrap().edit(files("1.1", "days = 20"), "Twenty days").unwrap();
    assert_eq!((again.label.as_str(), again.stage.key()), ("1.1", "draft"));
    assert_eq!(proposed.clone().withdraw(" ", date(2026, 11, 21)).unwrap_err().code, RefusalCode::ReasonNeeded);
    assert_eq!(proposed.withdraw("The board said no", date(2026, 11, 21)).unwrap().stage.key(), "withdrawn");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    /// Any number of adoptions: on every day at most one version is in force, from the first
    /// effective day on exactly one, and always the one that took effect last.
    #[test]
    fn on_every_day_the_last_effective_version_is_in_force(gaps in prop::collection::vec(1_i64..400, 1..5), probe in 0_i64..3_500) {
        let day = |n: i64| date(2026, 1, 1).checked_add(jiff::Span::new().days(n)).unwrap();
        let (mut register, mut versions, mut at): (Register, Vec<PolicyVersion>, i64) = (Register::default(), Vec::new(), 100);
        for (n, gap) in gaps.iter().enumerate() {
            at += gap;
            let next = draft(&n.to_string()).propose(lead(), day(at), day(0)).unwrap();
            let form = AdoptionForm { next_review: day(at + 365), ..form(day(1)) };
            let next = next.adopt(&form, chair(), &register, day(2)).unwrap();
            if let Some(last) = versions.last_mut() {
                *last = last.clone().supersede(day(at)).unwrap();
                register.put(last);
            }
            register.put(&next);
            versions.push(next);
        }
        let effective: Vec<Date> = versions.iter().map(|version| version.stage.proposal().unwrap().effective).collect();
        let expected = effective.iter().rposition(|from| *from <= day(probe)).map(|n| n.to_string());
        prop_assert_eq!(register.in_force(day(probe)).map(|entry| entry.label.clone()), expected);
        prop_assert_eq!(register.last_adopted().map(|entry| entry.effective), Some(effective.last().copied()));
    }
}

proptest! {
    /// A running case keeps its rule unless the new one is earlier for the person.
    #[test]
    fn the_person_never_loses_by_an_adoption(old in 5_u32..31, new in 5_u32..31, received in 0_i64..2_000) {
        let calendar = Calendar::embedded();
        let received = date(2026, 1, 1).checked_add(jiff::Span::new().days(received)).unwrap();
        let under = |days: u32| Contender {
            label: format!("{days} days"),
            deadline: RightsClock::new(Right::Access, received, Division::EnglandAndWales)
                .deadline(&calendar, Some(&Promise { within: Period::Days(days), rolls: false, clause: "X-1".into() }), None)
                .unwrap(),
        };
        let (one, other) = (under(old), under(new));
        let earliest = one.deadline.alert().unwrap().date().min(other.deadline.alert().unwrap().date());
        let better = other.deadline.alert().unwrap().date() < one.deadline.alert().unwrap().date();
        let chosen = choose(one, other);
        prop_assert_eq!(chosen.deadline.alert().unwrap().date(), earliest);
        prop_assert_eq!(chosen.which == Which::InForce, better);
        let last = chosen.deadline.steps.last().unwrap();
        let (was, is) = (format!("was {old} days"), format!("is {new} days"));
        prop_assert!(last.what.contains(&was) && last.what.contains(&is));
    }
}

#[test]
fn a_paused_case_keeps_the_rule_it_began_under() {
    let calendar = Calendar::embedded();
    let mut clock = RightsClock::new(Right::Access, date(2026, 11, 2), Division::EnglandAndWales);
    clock.pauses.push(crate::calendar::Pause { asked: date(2026, 11, 5), answered: None });
    let under = |label: &str| Contender { label: label.into(), deadline: clock.deadline(&calendar, None, None).unwrap() };
    assert_eq!(choose(under("version 1"), under("version 2")).which, Which::AtReceipt);
}

#[test]
fn two_versions_are_compared_clause_by_clause_and_value_by_value() {
    let (one, mut two) = (files("1", "working_days = 15"), files("2", "days = 60"));
    two.push(PackFile { name: "children.toml".into(), text: "judge_each_case = true\n".into() });
    let (before, after) = (policy(&one), policy(&two));
    let same = compare((&before, &one), (&before, &one));
    assert!(same.is_empty());
    let found = compare((&before, &one), (&after, &two));
    let keys: Vec<_> = found.values.iter().map(|value| (value.key.as_str(), value.change)).collect();
    assert_eq!(
        keys,
        [
            ("children.judge_each_case", Change::Added),
            ("pack.version", Change::Changed),
            ("rights.reply.days", Change::Added),
            ("rights.reply.working_days", Change::Removed),
        ]
    );
    // Sixty days are more than the law allows: that is a new conflict, and it goes again on the way back.
    assert!(found.conflicts_new.iter().any(|conflict| conflict.says.contains("60 calendar days")));
    assert!(compare((&after, &two), (&before, &one)).conflicts_gone.iter().any(|conflict| conflict.says.contains("60 calendar days")));
}

#[test]
fn a_clause_added_removed_or_reworded_shows_both_wordings() {
    let clause = |id: &str, says: &str| format!("[[clause]]\nid = \"{id}\"\nsays = \"{says}\"\ncontrols = [\"definition\"]\n");
    let with = |clauses: String| {
        let mut files = files("1", "days = 20");
        files[0].text = files[0].text.replace("childrens-education-cic", "uk");
        files.push(PackFile { name: "clauses.toml".into(), text: clauses });
        files
    };
    let one = with(clause("A-1", "We reply soon.") + &clause("A-2", "We lock doors."));
    let two = with(clause("A-1", "We reply within a week.") + &clause("A-3", "We count keys."));
    let found = compare((&policy(&one), &one), (&policy(&two), &two)).clauses;
    let seen: Vec<_> = found.iter().map(|c| (c.key.as_str(), c.change, c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("A-1", Change::Changed, "We reply soon. (definition)", "We reply within a week. (definition)"),
            ("A-3", Change::Added, "", "We count keys. (definition)"),
            ("A-2", Change::Removed, "We lock doors. (definition)", ""),
        ]
    );
}

fn policy(files: &[PackFile]) -> Policy {
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    Policy::from_files(&pairs).unwrap()
}
