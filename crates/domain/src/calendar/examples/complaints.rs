//! Complaints: several triggers on one complaint, a letter that must arrive, a period that
//! runs on the client.

use super::Row;

const BOTH: &str = r#"[[clock]]
id = "complaint-both-receipts"
title = "Acknowledge a complaint about personal data"
trigger = "receipt by the charity"
kind = "complaint-acknowledgement"
source = "DPA 2018 section 164A"
also = [{ name = "ceo", trigger = "receipt by the chief executive", kind = { answer = { working_days = 5 } }, source = "CEN-73" }]
"#;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "complaint cut-off",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"complaint-cut-off\"\ntitle = \"Last day\"\ntrigger = \"the client became aware\"\nkind = { cut-off = { months = 6 } }\nsource = \"CEN-72\"\n",
        )],
        rule: "complaint-cut-off",
        cases: &[
            // 31 February; 28 February 2027 is a Sunday and stays.
            "2026-08-31 -> due=2027-02-28",
            // Christmas Day stays as well.
            "2026-06-25 -> due=2026-12-25",
            "2027-08-31 -> due=2028-02-29",
        ],
        says: &["it never moves forward", "never bars", "by a decision", "CEN-72"],
    },
    Row {
        name: "complaint acknowledgement",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"ack\"\ntitle = \"Acknowledge\"\ntrigger = \"receipt by the chief executive\"\nkind = { answer = { working_days = 5 } }\nsource = \"CEN-73\"\n",
        )],
        rule: "ack",
        cases: &[
            "2026-07-06 -> due=2026-07-13",
            // The twelfth of July is kept on Monday 13 July in Northern Ireland.
            "2026-07-06 division=northern-ireland -> due=2026-07-14",
            "2026-12-18 -> due=2026-12-29",
            "2026-04-01 -> due=2026-04-10",
        ],
        says: &["5 working days", "CEN-73"],
    },
    Row {
        name: "data protection complaint acknowledgement",
        pack: &[("clocks.toml", BOTH)],
        rule: "complaint-both-receipts",
        cases: &[
            // The three receipts of one complaint: the charity's, five days later the chief executive's.
            "2026-07-01 ceo=2026-07-06 -> due=2026-07-31 policy_due=2026-07-13 cautious=2026-07-30",
            // It has not reached the chief executive yet.
            "2026-07-01 -> due=2026-07-31 policy_due=none",
            // It lay about for a month: then the law's day is the earlier one.
            "2026-07-01 ceo=2026-07-30 -> due=2026-07-31 policy_due=none",
            // Day 30 is Christmas Day; day 30 with the day of receipt as day 1 is Christmas Eve.
            "2026-11-25 CEO=2026-12-18 -> due=2026-12-29 policy_due=none cautious=2026-12-24",
            "2026-07-01 coe=2026-07-06 -> refused=DATE-012",
        ],
        says: &["It also counts from receipt by the chief executive (ceo): Monday 6 July 2026.", "CEN-73", "DPA 2018 section 164A"],
    },
    Row {
        name: "data protection complaint acknowledgement",
        pack: &[],
        rule: "complaint",
        cases: &[
            "2026-07-01 -> due=2026-07-31 cautious=2026-07-30",
            "2026-10-31 division=scotland -> due=2026-12-01",
            "2026-07-01 ceo=2026-07-06 -> refused=DATE-012",
        ],
        says: &["Read strictly, with the day of receipt as day 1, it would be Thursday 30 July 2026"],
    },
    Row {
        name: "position letter",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"position-letter\"\ntitle = \"Position\"\ntrigger = \"receipt by the charity\"\nkind = { arrive = { within = { working_days = 14 }, delivery = { working_days = 2 } } }\nsource = \"CEN-78\"\n",
        )],
        rule: "position-letter",
        cases: &[
            "2026-07-01 -> due=2026-07-21 send_by=2026-07-17",
            // Over Christmas and over Easter.
            "2026-12-07 -> due=2026-12-29 send_by=2026-12-23",
            "2026-03-25 -> due=2026-04-16 send_by=2026-04-14",
        ],
        says: &["The delivery takes 2 working days, so send it by Friday 17 July 2026.", "CEN-78"],
    },
    Row {
        name: "client's answer",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"client-answer\"\ntitle = \"Answer\"\ntrigger = \"the client's receipt\"\nkind = { cut-off = { working_days = 21 } }\nsource = \"CEN-79\"\nruns_on = \"client\"\n",
        )],
        rule: "client-answer",
        cases: &["2026-07-20 -> due=2026-08-18", "2026-12-10 -> due=2027-01-13"],
        says: &["runs on the client", "Nothing is forfeited automatically", "CEN-79"],
    },
    Row {
        name: "board-level answer",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"trustee-answer\"\ntitle = \"Answer\"\ntrigger = \"receipt of the stage 3 letter\"\nkind = { answer = { working_days = 10 } }\nsource = \"CEN-86\"\n",
        )],
        rule: "trustee-answer",
        cases: &["2026-12-17 -> due=2027-01-05", "2026-08-20 -> due=2026-09-04"],
        says: &["10 working days", "CEN-86"],
    },
    Row {
        name: "send the complaints policy",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"send-complaints-policy\"\ntitle = \"Send\"\ntrigger = \"notice of dissatisfaction\"\nkind = { answer = { working_days = 1 } }\nsource = \"CEN-69\"\nnote = \"Promptly: 1 working day is a default.\"\n",
        )],
        rule: "send-complaints-policy",
        cases: &["2026-04-02 -> due=2026-04-07", "2026-07-01 -> due=2026-07-02"],
        says: &["1 working day is a default.", "CEN-69"],
    },
    Row {
        name: "investigation by a reviewer",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"investigation\"\ntitle = \"Investigate\"\ntrigger = \"the appointment\"\nkind = { answer = { working_days = 20 } }\nsource = \"CEN-81\"\n",
        )],
        rule: "investigation",
        cases: &["2026-03-16 -> due=2026-04-15", "2026-07-01 -> due=2026-07-29"],
        says: &["20 working days", "CEN-81"],
    },
];
