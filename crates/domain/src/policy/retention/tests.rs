//! What is wrong with a schedule, what conflicts, what is asked.

use super::{Retention, conflicts, problems, questions};
use crate::policy::clauses::Winner;

fn read(text: &str) -> Retention {
    toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

fn wrong(text: &str) -> String {
    let found = problems(&read(text), &[]);
    assert!(!found.is_empty(), "nothing wrong with {text}");
    found.into_iter().map(|(key, what)| format!("{key}: {what}")).collect::<Vec<_>>().join("\n")
}

fn class(rest: &str) -> String {
    format!("[[class]]\nid = \"a\"\ntitle = \"Records\"\n{rest}")
}

#[test]
fn a_rule_needs_a_trigger() {
    let said = wrong(&class("keep = { exactly = { years = 6 } }"));
    assert!(said.contains("no `trigger`") && said.contains("not-stated"), "{said}");
    let open = read(&class("trigger = \"not-stated\"\nkeep = { exactly = { years = 6 } }"));
    assert_eq!(problems(&open, &[]), []);
    assert!(questions(&open, true).iter().any(|question| question.key == "trigger" && question.blocks));
}

#[test]
fn names_that_lead_nowhere_get_the_nearest() {
    for (rest, meant) in [
        ("trigger = \"emploment-end\"\nkeep = \"at-once\"", "employment-end"),
        ("trigger = \"redundancies\"\nkeep = \"at-once\"", "not the name of an event"),
        ("trigger = \"event\"\nkeep = \"at-once\"\nfloors = [\"paye\"]", "does not exist"),
        ("trigger = \"event\"\nkeep = \"at-once\"\nsooner = [\"consent-withdrawal\"]", "consent-withdrawn"),
        ("trigger = \"event\"\nkeep = \"at-once\"\n[[class.unless]]\nflag = \"disputed\"\nclass = \"b\"", "does not exist"),
        ("trigger = \"event\"\nkeep = \"at-once\"\n[[class.field]]\nname = \"ni\"\nclass = \"b\"", "does not exist"),
        ("trigger = \"event\"\nkeep = \"at-once\"\n[[class.unless]]\nflag = \"disputd\"", "disputed"),
    ] {
        let said = wrong(&class(rest));
        assert!(said.contains(meant), "{rest}: {said}");
    }
    let links = [("payroll", "c")];
    assert!(problems(&read(&class("trigger = \"event\"\nkeep = \"at-once\"")), &links)[0].1.contains("names the record class `c`"));
}

#[test]
fn two_rules_for_one_class_are_refused() {
    let one = class("trigger = \"event\"\nkeep = \"at-once\"");
    assert!(wrong(&format!("{one}\n{one}")).contains("two rules for the class"));
    let alias = one.replace("\"a\"", "\"b\"") + "\naliases = [\"A\"]";
    assert!(wrong(&format!("{one}\n{alias}")).contains("two rules for the class"));
}

#[test]
fn periods_are_counted_in_days_months_or_years() {
    for keep in ["{ exactly = { hours = 5 } }", "{ at-most = { working_days = 5 } }"] {
        assert!(wrong(&class(&format!("trigger = \"event\"\nkeep = {keep}"))).contains("carry_out"), "{keep}");
    }
    for text in ["keep = { exactly = 6 }", "keep = \"6\"", "keep = { exactly = { year = 6 } }", "kep = \"at-once\""] {
        assert!(toml::from_str::<Retention>(&class(text)).is_err(), "{text}");
    }
}

#[test]
fn a_floor_cannot_lie_above_a_ceiling() {
    let floor = "[[floor]]\nid = \"f\"\ntitle = \"f\"\nperiod = { years = 7 }\nsource = \"the Act\"\n";
    let rest = "trigger = \"event\"\nkeep = { at-least = { years = 1 } }\nceiling = { period = { years = 6 } }\n";
    assert_eq!(problems(&read(&class(rest)), &[]), []);
    assert!(wrong(&(floor.to_owned() + &class(&format!("{rest}floors = [\"f\"]")))).contains("lies above the ceiling"));
    assert!(wrong(&class(&rest.replace("years = 1 ", "years = 8 "))).contains("lies above the ceiling"));
    assert!(wrong(&class(&rest.replace("at-least", "exactly"))).contains("but no minimum"));
    assert!(wrong(&(floor.replace("source = \"the Act\"", "") + &class(rest))).contains("no `source`"));
}

#[test]
fn variants_leave_no_gap_and_do_not_overlap() {
    let with = |ranges: &[&str]| {
        let variants: Vec<_> = ranges.iter().map(|range| format!("[[class.variant]]\nfact = \"redundancies\"\n{range}\n")).collect();
        let variants = variants.concat();
        class(&format!("trigger = \"event\"\nkeep = {{ exactly = {{ years = 3 }} }}\n{variants}"))
    };
    assert_eq!(problems(&read(&with(&["below = 20", "from = 20"])), &[]), []);
    assert!(wrong(&with(&["below = 20", "from = 21"])).contains("leave out the numbers from 20 to 20"));
    assert!(wrong(&with(&["below = 21", "from = 20"])).contains("both for 20"));
    assert!(wrong(&with(&["below = 20"])).contains("from 20 upwards"));
    assert!(wrong(&with(&["from = 20\nbelow = 20", "below = 20", "from = 20"])).contains("no number at all"));
    assert!(
        wrong(&with(&["below = 20", "from = 20\nis = true"]).replace("redundancies\"\nfrom", "child\"\nfrom")).contains("different facts")
    );
    let flag = class("trigger = \"event\"\nkeep = \"at-once\"\n[[class.variant]]\nfact = \"child\"\nis = true");
    assert!(wrong(&flag).contains("is = false"));
}

#[test]
fn circles_are_refused() {
    let one = |id: &str, next: &str| {
        format!(
            "[[class]]\nid = \"{id}\"\ntrigger = \"event\"\nkeep = \"at-once\"\n[[class.unless]]\nflag = \"disputed\"\nclass = \"{next}\"\n"
        )
    };
    assert!(wrong(&(one("a", "b") + &one("b", "c") + &one("c", "a"))).contains("comes back to itself"));
    assert!(wrong(&one("a", "a")).contains("comes back to itself"));
}

#[test]
fn funders_and_facts_are_checked() {
    assert!(wrong("[[funder]]\nid = \"f\"").contains("asks for nothing"));
    assert!(wrong("[[funder]]\nid = \"F\"\nkeep = { years = 1 }").contains("not a name"));
    assert!(wrong("[[fact]]\nid = \"event\"\nkind = \"day\"").contains("known already"));
    assert!(wrong(&class("trigger = \"event\"\nkeep = \"at-once\"\ndefaults = [\"ceiling\"]")).contains("gives none"));
}

const WAGES: &str = "[[floor]]\nid = \"nmw\"\ntitle = \"wages\"\nperiod = { years = 6 }\nsource = \"regulation 59\"\nsince = 2021-04-01\n\
    [[class]]\nid = \"wages\"\ntitle = \"Wages\"\ntrigger = \"event\"\nkeep = { exactly = { years = 3 } }\nfloors = [\"nmw\"]\n\
    clauses = [\"SEK-78\"]\ndefaults = [\"trigger\"]\n";

#[test]
fn a_superseded_period_is_shown_with_what_wins() {
    let found = conflicts(&read(WAGES));
    assert_eq!((found[0].clause.as_str(), found[0].winner), ("SEK-78", Winner::Law));
    assert!(found[0].says.contains("3 years") && found[0].wins.contains("6 years") && found[0].why.contains("2021-04-01"), "{found:?}");
    assert_eq!(found[1].winner, Winner::Open);
    // The same period is no conflict.
    assert!(conflicts(&read(&WAGES.replace("years = 3", "years = 6"))).iter().all(|conflict| conflict.winner != Winner::Law));
}

#[test]
fn what_the_policy_states_is_kept_beside_what_holds() {
    let stated = class(
        "trigger = \"event\"\nkeep = { exactly = { years = 6 } }\nstated = \"unlimited\"\nclauses = [\"CEN-31\"]\n\
         [class.law]\nwhy = \"Nothing is kept without end.\"\nsource = \"UK GDPR Article 5(1)(e)\"\nsince = 2018-05-25",
    );
    let found = conflicts(&read(&stated));
    assert!(found[0].says.contains("without end") && found[0].wins.contains("6 years") && found[0].winner == Winner::Law, "{found:?}");
}

#[test]
fn every_open_point_is_a_question() {
    let text = |keep: &str| class(&format!("trigger = \"event\"\nkeep = {keep}"));
    for (keep, blocks) in
        [("\"none-stated\"", true), ("\"unlimited\"", true), ("\"per-processing-record\"", true), ("{ at-least = { years = 3 } }", false)]
    {
        let asked = questions(&read(&text(keep)), true);
        assert_eq!((asked.len(), asked[0].blocks), (1, blocks), "{keep}");
        assert_eq!(conflicts(&read(&text(keep))).len(), 1, "{keep}");
    }
    assert_eq!(questions(&read(&text("\"at-once\"")), true), []);
    let yearly = class("trigger = \"event\"\nstart = \"accounting-year-end\"\nkeep = { exactly = { years = 6 } }");
    assert_eq!(questions(&read(&yearly), true), []);
    assert!(questions(&read(&yearly), false)[0].blocks);
}
