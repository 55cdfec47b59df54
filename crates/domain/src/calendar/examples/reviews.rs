//! What comes round: reviews, reports, trainings, backups, the registration.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "yearly IT review and confidentiality training",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"it-security-review\"\ntitle = \"Review\"\ntrigger = \"the last review\"\nkind = { review = { every = { months = 12 } } }\nsource = \"CEN-38; CEN-41\"\n",
        )],
        rule: "it-security-review",
        // A leap day, and Easter Sunday 2027.
        cases: &["2028-02-29 -> due=2029-02-28", "2026-03-28 -> due=2027-03-28", "2026-03-28 board=2026-05-01 -> refused=DATE-012"],
        says: &["12 calendar months", "CEN-38"],
    },
    Row {
        name: "yearly report to the board",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"board-report\"\ntitle = \"Report\"\ntrigger = \"the last report was received\"\nkind = { latest = { months = 12 } }\nsource = \"TURN-22\"\n",
        )],
        rule: "board-report",
        cases: &["2027-12-25 -> due=2028-12-25", "2026-03-28 -> due=2027-03-28"],
        says: &["TURN-22"],
    },
    Row {
        name: "yearly opt-out review and insurance check",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"insurance-check\"\ntitle = \"Check\"\ntrigger = \"the last check\"\nkind = { review = { every = { months = 12 } } }\nsource = \"SEK-75; CARE-84\"\nalso = [{ name = \"policy-expiry\", trigger = \"the insurance expires\", kind = { latest = { days = 0 } }, source = \"SEK-75\" }]\n",
        )],
        rule: "insurance-check",
        cases: &[
            "2026-03-28 policy-expiry=2026-12-25 -> due=2026-12-25",
            "2026-03-28 -> due=2027-03-28",
            "2026-03-28 policy_expiry=2027-09-30 -> due=2027-03-28",
        ],
        says: &["Friday 25 December 2026 is the earliest, so it counts.", "the insurance expires"],
    },
    Row {
        name: "first policy review",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"policy-review\"\ntitle = \"Review\"\ntrigger = \"adoption\"\nkind = { review = { every = { months = 12 }, set_by = \"board\" } }\nsource = \"TURN-162\"\n",
        )],
        rule: "policy-review",
        cases: &[
            "2019-09-27 -> due=2020-09-27",
            // The board sets the next one, earlier or later than a year.
            "2020-09-20 board=2022-03-31 -> due=2022-03-31",
            "2020-09-20 Board=2021-01-04 -> due=2021-01-04",
            "2020-09-20 bord=2021-01-04 -> refused=DATE-012",
        ],
        says: &["The board can set another day; none is set.", "TURN-162"],
    },
    Row {
        name: "backups",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"backups\"\ntitle = \"Back up\"\ntrigger = \"the day\"\nkind = { daily = 3 }\nsource = \"CEN-32\"\n",
        )],
        rule: "backups",
        cases: &["2026-12-25 -> due=2026-12-25", "2026-07-01T09:00:00+01:00 -> due=2026-07-01"],
        says: &["3 runs must have been made by the end of this day", "CEN-32"],
    },
    Row {
        name: "regular without a number",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"training-refresher\"\ntitle = \"Refresh\"\ntrigger = \"the last training\"\nkind = { review = { every = { months = 12 } } }\nsource = \"TURN-138\"\nnote = \"The policy says regularly: 12 months are a default.\"\n",
        )],
        rule: "training-refresher",
        cases: &["2026-08-31 -> due=2027-08-31", "2028-02-29 -> due=2029-02-28"],
        says: &["12 months are a default.", "TURN-138"],
    },
    Row {
        name: "registration renewal",
        pack: &[],
        rule: "registration-renewal",
        cases: &["2027-03-15 -> due=2027-03-15 remind_on=2027-02-13", "2028-03-20 -> due=2028-03-20 remind_on=2028-02-19"],
        says: &["The reminder is given 30 calendar days before: on Saturday 13 February 2027."],
    },
];
