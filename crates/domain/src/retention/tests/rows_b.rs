//! Every row of the tables of the training provider and the care provider.

use super::{check, explained, outcome, schedule};
use crate::retention::FactRef;

const CPO: &str = r#"
[[floor]]
id = "coshh"
title = "health surveillance"
period = { years = 40 }
source = "COSHH Regulations 2002 regulation 11"
locked = true
[[floor]]
id = "paye"
title = "PAYE records"
period = { years = 3 }
source = "Income Tax (PAYE) Regulations 2003 regulation 97"
[[funder]]
id = "agency"
title = "The skills agency"
keep = { years = 6 }
source = "funding rules"
[[funder]]
id = "esf"
title = "The European Social Fund"
until = 2034-12-31
source = "closure notice"
[[class]]
id = "personnel"
title = "personnel files"
trigger = "employment-end"
keep = { exactly = { years = 6 } }
clauses = ["CPO-153"]
[[class]]
id = "applications"
title = "application forms and interview notes"
trigger = "interview"
keep = { at-least = { months = 6 } }
ceiling = { period = { months = 12 }, source = "Equality Act 2010 section 123" }
defaults = ["ceiling"]
clauses = ["CPO-154", "CPO-56"]
[[class]]
id = "redundancy"
title = "facts of redundancies"
trigger = "redundancy-date"
keep = { exactly = { years = 3 } }
clauses = ["CPO-155", "CPO-156"]
[[class.variant]]
fact = "redundancies"
below = 20
keep = { exactly = { years = 3 } }
clauses = ["CPO-155"]
[[class.variant]]
fact = "redundancies"
from = 20
keep = { exactly = { years = 12 } }
clauses = ["CPO-156"]
[[class]]
id = "income-tax"
title = "income tax and NI"
trigger = "tax-year-end"
keep = { at-least = { years = 3 } }
ceiling = { period = { years = 6 } }
defaults = ["ceiling"]
floors = ["paye"]
clauses = ["CPO-157"]
[[class]]
id = "maternity-pay"
title = "maternity pay"
trigger = "tax-year-end"
keep = { at-least = { years = 3 } }
clauses = ["CPO-158"]
[[class]]
id = "sick-pay"
title = "sick pay"
trigger = "tax-year-end"
keep = { at-least = { years = 3 } }
clauses = ["CPO-159"]
[[class]]
id = "wages"
title = "wages"
trigger = "tax-year-end"
keep = { exactly = { years = 6 } }
defaults = ["trigger"]
clauses = ["CPO-160"]
[[class]]
id = "accident-books"
title = "accident books"
trigger = "last-entry"
keep = { exactly = { years = 3 } }
child = { until_age = 21, source = "Limitation Act 1980 section 28" }
clauses = ["CPO-161"]
[[class]]
id = "health"
title = "health records"
sensitivity = "special"
trigger = "employment-end"
keep = "at-once"
clauses = ["CPO-162"]
[[class.unless]]
flag = "leaving-linked-to-health"
class = "health-leaving"
must_be_known = true
[[class]]
id = "health-leaving"
title = "health records, leaving linked to health"
sensitivity = "special"
trigger = "employment-end"
keep = { exactly = { years = 3 } }
clauses = ["CPO-163"]
[[class]]
id = "coshh-medical"
title = "medical records under COSHH"
trigger = "last-entry"
keep = { exactly = { years = 40 } }
sooner = ["request"]
defaults = ["trigger"]
floors = ["coshh"]
clauses = ["CPO-164"]
[[class]]
id = "learners"
title = "learner records"
trigger = "project-end"
keep = "per-funder"
clauses = ["CPO-165"]
[[class]]
id = "testimonials"
title = "testimonials"
trigger = "date-given"
keep = { at-most = { years = 2 } }
sooner = ["consent-withdrawn"]
defaults = ["trigger"]
clauses = ["CPO-166"]
[[class]]
id = "volunteers"
title = "volunteers"
trigger = "last-contact"
keep = { at-most = { years = 1 } }
not_contact = ["bulk-mail"]
clauses = ["CPO-167"]
[[class]]
id = "excess"
title = "excess data"
trigger = "found"
keep = "at-once"
clauses = ["CPO-46"]
[[class]]
id = "computers"
title = "redundant computers"
trigger = "disposal"
keep = "at-once"
methods = { device = ["wipe"] }
evidence = ["certificate"]
clauses = ["CPO-103", "CPO-170"]
[[class]]
id = "care-records"
title = "customer data"
trigger = "care-end"
keep = "per-processing-record"
clauses = ["CARE-18", "CARE-81"]
"#;

#[test]
fn the_training_provider_staff() {
    check(
        &schedule(CPO),
        &[
            ("personnel", "employment_end=2020-02-29", "2026-02-28", "due 2026-02-28"),
            ("personnel", "", "2026-02-28", "missing_fact -"),
            ("applications", "interview=2026-01-31", "2026-08-01", "not_due 2027-01-31"),
            ("applications", "interview=2025-01-31", "2026-01-31", "due 2026-01-31"),
            ("redundancy", "redundancy_date=2020-01-31 redundancies=19", "2026-01-31", "due 2023-01-31"),
            // Exactly twenty is in the long one.
            ("redundancy", "redundancy_date=2020-01-31 redundancies=20", "2026-01-31", "not_due 2032-01-31"),
            ("redundancy", "redundancy_date=2020-01-31 redundancies=21", "2026-01-31", "not_due 2032-01-31"),
            ("redundancy", "redundancy_date=2020-01-31", "2026-01-31", "missing_fact -"),
            ("income-tax", "tax_year_end=2020-04-05", "2026-04-04", "not_due 2026-04-05"),
            ("income-tax", "tax_year_end=2019-06-30", "2026-04-05", "due 2026-04-05"),
            ("maternity-pay", "tax_year_end=2023-04-05", "2026-04-05", "due 2026-04-05"),
            ("sick-pay", "tax_year_end=2023-04-06", "2026-04-05", "not_due 2027-04-05"),
            ("wages", "tax_year_end=2020-04-05", "2026-04-05", "due 2026-04-05"),
            ("accident-books", "last_entry=2023-01-31", "2026-01-30", "not_due 2026-01-31"),
            ("health", "employment_end=2026-01-31 leaving_linked_to_health=no", "2026-01-31", "due 2026-01-31"),
            ("health", "employment_end=2026-01-31 leaving_linked_to_health=yes", "2026-01-31", "not_due 2029-01-31"),
            // Not known: nothing falls due before it is.
            ("health", "employment_end=2026-01-31", "2026-01-31", "missing_fact -"),
            ("health-leaving", "employment_end=2026-01-31", "2026-01-31", "not_due 2029-01-31"),
            ("coshh-medical", "last_entry=1986-01-31", "2026-01-30", "not_due 2026-01-31"),
            // A wish does not beat the statute.
            ("coshh-medical", "last_entry=1990-01-31 request=2026-01-01", "2026-01-30", "not_due 2030-01-31"),
        ],
    );
}

#[test]
fn the_training_provider_learners_and_others() {
    check(
        &schedule(CPO),
        &[
            ("learners", "project_end=2020-01-31", "2026-01-31", "missing_fact -"),
            ("learners", "funder_until=2030-12-31", "2026-01-31", "not_due 2030-12-31"),
            ("learners", "project_end=2019-01-31 funder=agency", "2026-01-31", "due 2025-01-31"),
            ("learners", "funder=agency", "2026-01-31", "missing_fact -"),
            // The longest funder wins.
            ("learners", "project_end=2019-01-31 funder=agency;esf", "2026-01-31", "not_due 2034-12-31"),
            ("testimonials", "date_given=2024-01-31", "2026-01-31", "due 2026-01-31"),
            ("testimonials", "date_given=2024-06-30 consent_withdrawn=2025-01-01", "2026-01-31", "due 2025-01-01"),
            ("volunteers", "last_contact=2025-02-01", "2026-01-31", "not_due 2026-02-01"),
            ("volunteers", "last_contact=2025-02-01 contact_kind=visit", "2026-01-31", "not_due 2026-02-01"),
            ("volunteers", "last_contact=2025-02-01 ongoing=yes", "2027-01-31", "not_due -"),
            // Bulk mail is no contact.
            ("volunteers", "last_contact=2025-02-01 contact_kind=bulk_mail", "2026-01-31", "missing_fact -"),
            ("excess", "found=2026-01-31", "2026-01-31", "due 2026-01-31"),
            ("computers", "disposal=2026-01-31", "2026-01-31", "due 2026-01-31"),
            ("care-records", "care_end=2001-01-31", "2026-01-31", "missing_fact -"),
        ],
    );
}

#[test]
fn the_training_provider_subtleties() {
    let schedule = schedule(CPO);
    let window = outcome(&schedule, "applications", "interview=2026-01-31", "2026-08-01");
    assert_eq!(window.earliest.unwrap().date().to_string(), "2026-07-31");
    assert!(schedule.text(window.reason).contains("default until the organisation decides: ceiling"));
    // A child's accident: keeping longer is shown, no date is moved.
    let child = outcome(&schedule, "accident-books", "last_entry=2023-01-31 born=2012-05-05", "2026-01-31");
    assert_eq!(child.due.unwrap().date().to_string(), "2026-01-31");
    assert_eq!(child.alert_day.unwrap().date().to_string(), "2033-05-05");
    let adult = outcome(&schedule, "accident-books", "last_entry=2023-01-31 born=1980-05-05", "2026-01-31");
    assert_eq!(adult.alert, None);
    // What decided is named.
    let health = explained(&schedule, "health", "employment_end=2026-01-31 leaving_linked_to_health=yes", "2026-01-31");
    assert_eq!((health.class.as_str(), health.decided_by.as_str()), ("health", "health-leaving"));
    assert!(health.reason.contains("CPO-163"));
    let unknown = outcome(&schedule, "health", "employment_end=2026-01-31", "2026-01-31");
    assert!(matches!(unknown.missing, Some(FactRef::Flag(_))));
    assert_eq!(schedule.column(unknown.missing.unwrap()), "leaving_linked_to_health");
    let bulk = explained(&schedule, "volunteers", "last_contact=2025-02-01 contact_kind=bulk-mail", "2026-01-31");
    assert!(bulk.reason.contains("bulk-mail does not count"), "{}", bulk.reason);
    let coshh = explained(&schedule, "coshh-medical", "last_entry=1990-01-31 request=2026-01-01", "2026-01-30");
    assert!(coshh.steps.iter().any(|step| step.what.contains("erasure is refused")), "{:?}", coshh.steps);
    let twenty = explained(&schedule, "redundancy", "redundancy_date=2020-01-31 redundancies=20", "2026-01-31");
    assert!(twenty.steps[0].what.contains("20 or more") && twenty.reason.contains("CPO-156"), "{twenty:?}");
}
