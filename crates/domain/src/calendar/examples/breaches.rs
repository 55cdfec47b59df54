//! Breaches: the 72 hours, what follows them, and who is told.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "breach report to the regulator",
        pack: &[],
        rule: "breach",
        cases: &[
            "2026-11-20T16:45:00Z -> due=2026-11-23T16:45:00+00:00",
            // Thursday before Easter: all three days count.
            "2026-04-02T17:05:00+01:00 -> due=2026-04-05T17:05:00+01:00",
            // The clocks go back, and forward.
            "2026-10-24T10:00:00+01:00 -> due=2026-10-27T09:00:00+00:00",
            "2027-03-27T12:00:00Z -> due=2027-03-30T13:00:00+01:00",
            "2026-11-20 -> refused=DATE-003",
        ],
        says: &["Evenings, weekends and bank holidays count.", "UK GDPR Article 33(1)"],
    },
    Row {
        name: "breach report to the regulator",
        pack: &[("breaches.toml", "report = { hours = 24 }\nclause = \"CARE-74\"\n")],
        rule: "breach_72h",
        cases: &[
            "2026-10-24T10:00:00+01:00 -> due=2026-10-27T09:00:00+00:00 policy_due=2026-10-25T09:00:00+00:00",
            "2026-11-20T16:45:00Z -> policy_due=2026-11-21T16:45:00+00:00",
        ],
        says: &["The clocks go back in between", "CARE-74"],
    },
    Row {
        name: "breach report to the regulator",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"contract-notice\"\ntitle = \"Tell the funder\"\ntrigger = \"the moment we knew\"\nkind = { elapsed-hours = 24 }\nsource = \"the contract\"\n",
        )],
        rule: "contract-notice",
        cases: &["2027-03-27T12:00:00Z -> due=2027-03-28T13:00:00+01:00", "2026-12-24T18:00:00Z -> due=2026-12-25T18:00:00+00:00"],
        says: &["24 hours later", "the contract"],
    },
    Row {
        name: "rest of the report",
        pack: &[],
        rule: "breach-rest-of-report",
        cases: &["2026-12-18 -> nominal=2026-12-25 due=2026-12-29", "2026-07-01 -> due=2026-07-08"],
        says: &["without undue further delay", "UK GDPR Article 33(4)"],
    },
    Row {
        name: "tell affected people",
        pack: &[],
        rule: "tell-affected-people",
        cases: &["2026-12-24 -> due=2026-12-24 late_after=2026-12-29", "2026-07-01T10:00:00+01:00 -> due=2026-07-01 late_after=2026-07-02"],
        says: &["UK GDPR Article 34(1)", "Article 34(3)"],
    },
    Row {
        name: "staff tell the officer",
        pack: &[],
        rule: "staff-tell-officer",
        // Half past eleven in the evening UTC is the next day in London's summer.
        cases: &["2026-12-24 -> due=2026-12-24 late_after=2026-12-25", "2026-06-30T23:30:00Z -> due=2026-07-01 late_after=2026-07-02"],
        says: &["immediately", "72 hours run from the moment anyone"],
    },
    Row {
        name: "post-breach review",
        pack: &[],
        rule: "post-breach-review",
        cases: &["2026-11-25 -> nominal=2026-12-25 due=2026-12-29", "2026-07-01 -> due=2026-07-31"],
        says: &["30 days are the default"],
    },
    Row {
        name: "post-breach review",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"post-breach-review\"\ntitle = \"Meet\"\ntrigger = \"containment\"\nkind = { answer = { days = 14 } }\nsource = \"TURN-187\"\n",
        )],
        rule: "post-breach-review",
        cases: &["2026-07-01 -> due=2026-07-15", "2026-12-11 -> due=2026-12-29"],
        says: &["14 calendar days", "TURN-187"],
    },
];
