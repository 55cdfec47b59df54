//! Every row of the tables of the advocacy charity, the children's service and the social
//! enterprise.

use super::{check, explained, outcome, schedule, schedule_with};

const CEN: &str = r#"
[[class]]
id = "case-documents"
title = "case documents received"
trigger = "file-closure"
keep = { at-most = { days = 14 } }
methods = { paper = ["return-to-person", "shred"], electronic = ["delete"] }
clauses = ["CEN-47", "CEN-50"]
[[class]]
id = "client-emails"
title = "advocate-client e-mails"
viewers = "employees only, for audit"
trigger = "file-closure"
keep = { exactly = { years = 6 } }
clauses = ["CEN-54"]
[[class]]
id = "case-details"
title = "anonymised case details"
trigger = "case-closure"
keep = { exactly = { years = 6 } }
caution = "They can be linked again, so they are still personal data."
clauses = ["CEN-56"]
[[class]]
id = "partner-data"
title = "data the partner holds"
trigger = "agreement-end"
keep = "at-once"
methods = { partner = ["partner-deletion"] }
clauses = ["CEN-33"]
[[class]]
id = "leaver-mailboxes"
title = "mailboxes of leavers"
trigger = "employment-end"
keep = "none-stated"
clauses = ["CEN-36"]
[[class]]
id = "leaver-mailboxes-decided"
title = "mailboxes of leavers"
trigger = "employment-end"
keep = { exactly = { years = 6 } }
stated = "none-stated"
defaults = ["keep"]
clauses = ["CEN-36"]
[[class]]
id = "backups"
title = "backups"
trigger = "backup-made"
keep = "unlimited"
clauses = ["CEN-31"]
"#;

#[test]
fn the_charity() {
    let schedule = schedule(CEN);
    check(
        &schedule,
        &[
            // A latest date of calendar days: it falls on a bank holiday and stays there.
            ("case-documents", "file_closure=2026-12-11", "2026-12-24", "not_due 2026-12-25"),
            ("case-documents", "file_closure=2026-12-11", "2026-12-25", "due 2026-12-25"),
            ("case-documents", "file_closure=2026-12-11 hold=yes", "2027-02-01", "held 2026-12-25"),
            ("case-documents", "", "2026-12-24", "missing_fact -"),
            ("client-emails", "file_closure=2020-02-29", "2026-02-27", "not_due 2026-02-28"),
            ("case-details", "case_closure=2020-06-30", "2026-06-30", "due 2026-06-30"),
            ("case-details", "file_closure=2020-06-30", "2026-06-30", "missing_fact -"),
            ("partner-data", "agreement_end=2026-01-31", "2026-01-30", "not_due 2026-01-31"),
            ("partner-data", "agreement_end=2026-01-31", "2026-01-31", "due 2026-01-31"),
            ("leaver-mailboxes", "employment_end=2010-01-01", "2026-01-01", "missing_fact -"),
            ("leaver-mailboxes-decided", "employment_end=2020-01-01", "2026-01-01", "due 2026-01-01"),
            ("backups", "backup_made=2010-01-01", "2026-01-01", "missing_fact -"),
        ],
    );
    // The charity may destroy documents any time before the latest date; e-mails not before theirs.
    assert_eq!(outcome(&schedule, "case-documents", "file_closure=2026-12-11", "2026-12-12").earliest, None);
    assert!(outcome(&schedule, "client-emails", "file_closure=2020-02-29", "2026-02-27").earliest.is_some());
    // What the policy leaves open is not a missing fact of the holding.
    let open = outcome(&schedule, "backups", "backup_made=2010-01-01", "2026-01-01");
    assert_eq!(open.missing, None);
    assert!(schedule.text(open.reason).contains("Article 5(1)(e)"), "{}", schedule.text(open.reason));
    let assumed = explained(&schedule, "leaver-mailboxes-decided", "employment_end=2020-01-01", "2026-01-01");
    assert!(assumed.reason.contains("default until the organisation decides: keep"), "{}", assumed.reason);
    assert!(explained(&schedule, "case-details", "", "2026-01-01").warnings.iter().any(|warning| warning.contains("linked again")));
}

const TURN: &str = r#"
[[class]]
id = "child-records"
title = "records of children"
trigger = "course-end"
keep = "per-processing-record"
clauses = ["TURN-41", "TURN-142"]
[[class]]
id = "wrong-data"
title = "wrong or out-of-date data"
trigger = "found"
keep = "at-once"
clauses = ["TURN-153"]
[[class.unless]]
flag = "disputed"
why = "nothing is disposed of while the person disputes it"
[[class]]
id = "media"
title = "pictures"
trigger = "consent-withdrawn"
keep = "at-once"
methods = { media = ["delete"], published = ["take-down"] }
clauses = ["TURN-131"]
"#;

#[test]
fn the_childrens_service() {
    check(
        &schedule(TURN),
        &[
            ("child-records", "course_end=2001-01-01", "2026-01-01", "missing_fact -"),
            ("wrong-data", "found=2026-03-01", "2026-03-01", "due 2026-03-01"),
            ("wrong-data", "found=2026-03-01 disputed=no", "2026-03-01", "due 2026-03-01"),
            ("wrong-data", "found=2026-03-01 disputed=yes", "2026-03-01", "not_due -"),
            ("wrong-data", "", "2026-03-01", "missing_fact -"),
            // A consent that was not withdrawn stands: nothing is missing.
            ("media", "", "2026-03-01", "not_due -"),
            ("media", "consent_withdrawn=2026-02-27", "2026-03-01", "due 2026-02-27"),
        ],
    );
}

const SEK: &str = r#"
[[floor]]
id = "minimum-wage"
title = "minimum wage records"
period = { years = 6 }
source = "National Minimum Wage Regulations 2015 regulation 59"
since = 2021-04-01
[[floor]]
id = "paye"
title = "PAYE records"
period = { years = 3 }
trigger = "tax-year-end"
source = "Income Tax (PAYE) Regulations 2003 regulation 97"
[[class]]
id = "recruitment-hired"
title = "recruitment, hired"
trigger = "employment-end"
keep = { exactly = { years = 3 } }
clauses = ["SEK-72"]
[[class]]
id = "recruitment-unsuccessful"
title = "recruitment, not hired"
trigger = "decision"
keep = { exactly = { months = 6 } }
stated = "none-stated"
defaults = ["keep", "trigger"]
clauses = ["SEK-72"]
[[class]]
id = "dbs-copies"
title = "copies for a DBS check"
trigger = "check-done"
keep = "at-once"
carry_out = { working_days = 5 }
defaults = ["carry_out"]
remains = ["the numbers of the documents"]
clauses = ["SEK-73", "SEK-74"]
[[class.field]]
name = "right-to-work-copy"
class = "right-to-work"
[[class]]
id = "right-to-work"
title = "right-to-work copies"
trigger = "employment-end"
keep = { exactly = { years = 2 } }
clauses = ["SEK-73"]
[[class]]
id = "car-insurance"
title = "copies of car insurance"
trigger = "check-done"
keep = "at-once"
clauses = ["SEK-75"]
[[class]]
id = "payroll"
title = "payroll data"
holds = ["NI number", "bank details", "home address"]
trigger = "employment-end"
keep = { at-most = { months = 6 } }
clauses = ["SEK-76"]
[[class.field]]
name = "ni-number"
class = "paye"
[[class]]
id = "employment"
title = "employment records"
trigger = "employment-end"
keep = { exactly = { years = 6 } }
defaults = ["trigger"]
clauses = ["SEK-77"]
[[class]]
id = "wages"
title = "wages"
trigger = "pay-reference-period-end"
keep = { exactly = { years = 3 } }
defaults = ["trigger"]
floors = ["minimum-wage"]
clauses = ["SEK-78"]
[[class]]
id = "paye"
title = "PAYE and NI"
trigger = "tax-year-end"
keep = { exactly = { years = 6 } }
defaults = ["trigger"]
floors = ["paye"]
clauses = ["SEK-79"]
[[class]]
id = "accounts"
title = "accounting records"
trigger = "accounting-period-end"
keep = { at-least = { years = 6 } }
clauses = ["SEK-80"]
[[class]]
id = "invoices"
title = "invoices"
trigger = "recorded"
start = "accounting-year-end"
keep = { at-least = { years = 6 } }
clauses = ["SEK-80"]
[[class]]
id = "funded-learners"
title = "funded learners"
trigger = "project-end"
keep = { at-least = { years = 6 } }
clauses = ["SEK-81"]
[[class]]
id = "photos"
title = "marketing photographs"
trigger = "project-end"
keep = { exactly = { years = 3 } }
also = [{ trigger = "event" }]
sooner = ["consent-withdrawn"]
clauses = ["SEK-82"]
[[class]]
id = "participants"
title = "project participants"
trigger = "participation-end"
keep = "at-once"
combine = "earlier-of"
also = [{ trigger = "project-end" }]
clauses = ["SEK-83"]
[[class]]
id = "volunteers"
title = "volunteers"
trigger = "volunteering-end"
keep = "at-once"
defaults = ["combine"]
clauses = ["SEK-83"]
[[class]]
id = "past-projects"
title = "past projects"
trigger = "project-end"
keep = { exactly = { years = 6 } }
clauses = ["SEK-84"]
[[class]]
id = "day-learners"
title = "day learners"
trigger = "attendance"
keep = { exactly = { months = 6 } }
sooner = ["consent-withdrawn"]
methods = { electronic = ["delete-row"] }
clauses = ["SEK-85"]
[[class]]
id = "accredited-learners"
title = "accredited learners"
trigger = "inspection"
keep = "at-once"
review = { after = { months = 24 }, trigger = "attendance" }
defaults = ["review"]
clauses = ["SEK-86"]
[[class]]
id = "customers"
title = "customers"
trigger = "request"
keep = "at-once"
review = { after = { months = 24 }, trigger = "last-contact" }
defaults = ["review"]
clauses = ["SEK-87"]
[[class.field]]
name = "invoices"
class = "invoices"
[[class]]
id = "suppliers"
title = "suppliers"
trigger = "request"
keep = "at-once"
review = { after = { months = 24 }, trigger = "last-contact" }
clauses = ["SEK-88"]
[[class]]
id = "trainers"
title = "sessional trainers"
trigger = "training-delivered"
keep = { exactly = { years = 6 } }
clauses = ["SEK-89"]
[[class]]
id = "marketing"
title = "new customers"
trigger = "request"
keep = "at-once"
also = [{ trigger = "consent-withdrawn" }]
remains = ["a suppression entry"]
clauses = ["SEK-90"]
[[class]]
id = "equality-returns"
title = "equality returns"
trigger = "analysis-done"
keep = "at-once"
remains = ["aggregates"]
clauses = ["SEK-63"]
[[class]]
id = "stored-paper"
title = "paper with the storage firm"
trigger = "period-end"
keep = "at-once"
evidence = ["certificate"]
clauses = ["SEK-71"]
"#;

#[test]
fn the_social_enterprise_people() {
    check(
        &schedule(SEK),
        &[
            ("recruitment-hired", "employment_end=2023-05-31", "2026-05-31", "due 2026-05-31"),
            ("recruitment-hired", "", "2026-05-31", "missing_fact -"),
            ("recruitment-hired", "ongoing=yes", "2026-05-31", "not_due -"),
            ("recruitment-unsuccessful", "decision=2026-08-31", "2026-12-01", "not_due 2027-02-28"),
            ("dbs-copies", "check_done=2026-05-01", "2026-05-01", "due 2026-05-01"),
            ("right-to-work", "employment_end=2024-05-01", "2026-04-30", "not_due 2026-05-01"),
            ("car-insurance", "check_done=2026-05-01", "2026-05-01", "due 2026-05-01"),
            ("payroll", "employment_end=2026-03-31", "2026-09-30", "due 2026-09-30"),
            ("payroll", "employment_end=2026-08-31", "2026-09-30", "not_due 2027-02-28"),
            ("employment", "employment_end=2020-03-31", "2026-03-30", "not_due 2026-03-31"),
            // The stated three years are never used.
            ("wages", "pay_reference_period_end=2022-01-31", "2026-01-31", "not_due 2028-01-31"),
            ("wages", "pay_reference_period_end=2016-01-31", "2026-01-31", "due 2022-01-31"),
            ("paye", "tax_year_end=2020-04-05", "2026-04-05", "due 2026-04-05"),
            // Any day of the tax year counts as its end.
            ("paye", "tax_year_end=2020-04-06", "2026-04-05", "not_due 2027-04-05"),
            ("accounts", "accounting_period_end=2020-03-31", "2026-03-31", "due 2026-03-31"),
            ("invoices", "recorded=2020-04-01", "2026-04-01", "not_due 2027-03-31"),
        ],
    );
    let no_year_end = schedule_with(SEK, None);
    check(&no_year_end, &[("invoices", "recorded=2020-04-01", "2040-04-01", "missing_fact -")]);
    assert!(explained(&no_year_end, "invoices", "recorded=2020-04-01", "2040-04-01").reason.contains("accounting year is not set"));
}

#[test]
fn the_social_enterprise_projects_and_customers() {
    check(
        &schedule(SEK),
        &[
            ("funded-learners", "project_end=2020-12-31", "2026-12-31", "due 2026-12-31"),
            ("funded-learners", "project_end=2020-12-31 funder_until=2030-12-31", "2026-12-31", "not_due 2030-12-31"),
            ("funded-learners", "funder_until=2030-12-31", "2026-12-31", "missing_fact -"),
            ("photos", "project_end=2023-06-01 event=2022-06-01", "2026-01-01", "due 2025-06-01"),
            ("photos", "event=2024-02-29", "2026-01-01", "not_due 2027-02-28"),
            ("photos", "event=2024-02-29 consent_withdrawn=2025-01-01", "2026-01-01", "due 2025-01-01"),
            ("photos", "", "2026-01-01", "missing_fact -"),
            ("participants", "participation_end=2019-06-01 project_end=2020-12-31", "2026-01-01", "due 2019-06-01"),
            ("participants", "project_end=2020-12-31", "2026-01-01", "due 2020-12-31"),
            ("participants", "participation_end=2021-06-01", "2026-01-01", "due 2021-06-01"),
            ("participants", "", "2026-01-01", "missing_fact -"),
            // Volunteers are not pulled to the end of a project of years ago.
            ("volunteers", "volunteering_end=2026-06-01 project_end=2020-12-31", "2026-01-01", "not_due 2026-06-01"),
            ("past-projects", "project_end=2020-01-31", "2026-01-31", "due 2026-01-31"),
            ("past-projects", "", "2026-01-31", "missing_fact -"),
            ("day-learners", "attendance=2026-08-31", "2026-12-01", "not_due 2027-02-28"),
            ("day-learners", "attendance=2026-08-31 consent-withdrawn=2026-10-01", "2026-12-01", "due 2026-10-01"),
            ("accredited-learners", "inspection=2026-01-15", "2026-01-15", "due 2026-01-15"),
            ("accredited-learners", "attendance=2023-01-15", "2026-01-15", "missing_fact -"),
            ("customers", "", "2026-01-15", "not_due -"),
            ("customers", "request=2026-01-10", "2026-01-15", "due 2026-01-10"),
            ("suppliers", "request=2026-01-10", "2026-01-15", "due 2026-01-10"),
            ("suppliers", "", "2026-01-15", "not_due -"),
            ("trainers", "training_delivered=2020-01-31", "2026-01-31", "due 2026-01-31"),
            ("trainers", "", "2026-01-31", "missing_fact -"),
            ("marketing", "consent_withdrawn=2026-01-10", "2026-01-15", "due 2026-01-10"),
            ("marketing", "request=2026-01-10 consent_withdrawn=2026-01-12", "2026-01-15", "due 2026-01-10"),
            ("marketing", "", "2026-01-15", "not_due -"),
            ("equality-returns", "analysis_done=2026-01-10", "2026-01-10", "due 2026-01-10"),
            ("equality-returns", "", "2026-01-10", "missing_fact -"),
            ("stored-paper", "period_end=2026-01-10", "2026-01-10", "due 2026-01-10"),
        ],
    );
}

#[test]
fn the_social_enterprise_subtleties() {
    let schedule = schedule(SEK);
    // The NI number outlives the bank details, and the right-to-work copy the DBS copy.
    let class = |name: &str| schedule.class(name).unwrap();
    assert_eq!(schedule.field(class("payroll"), "NI_number"), Some(class("paye")));
    assert_eq!(schedule.field(class("payroll"), "bank-details"), None);
    assert_eq!(schedule.field(class("dbs-copies"), "right_to_work_copy"), Some(class("right-to-work")));
    assert_eq!(schedule.field(class("customers"), "invoices"), Some(class("invoices")));
    // An inspection that is never recorded is no silent eternity.
    let before = outcome(&schedule, "accredited-learners", "attendance=2024-01-15", "2026-01-14");
    let after = outcome(&schedule, "accredited-learners", "attendance=2024-01-15", "2026-01-15");
    assert_eq!((before.alert, after.alert.is_some()), (None, true));
    assert!(outcome(&schedule, "customers", "last_contact=2024-01-15", "2026-01-15").alert.is_some());
    // One column for the event of every class serves a floor on the same event too.
    assert_eq!(
        outcome(&schedule, "paye", "trigger=2020-04-05", "2026-04-05").due,
        outcome(&schedule, "paye", "tax_year_end=2020-04-05", "2026-04-05").due
    );
    // The law's six years are named as the reason, the stated three as beaten.
    let wages = explained(&schedule, "wages", "pay_reference_period_end=2022-01-31", "2026-01-31");
    assert!(wages.reason.contains("regulation 59") && wages.reason.contains("3 years"), "{}", wages.reason);
    assert!(wages.steps.iter().any(|step| step.source.ends_with("regulation 59, since 1 April 2021")), "{:?}", wages.steps);
}
