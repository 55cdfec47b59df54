//! Destroying and writing up: latest days, and what is done at once.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "destroy case documents",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"destroy-case-documents\"\ntitle = \"Destroy\"\ntrigger = \"file closure\"\nkind = { latest = { days = 14 } }\nsource = \"CEN-50\"\nnote = \"Nothing is destroyed under a legal hold.\"\n",
        )],
        rule: "destroy-case-documents",
        // Christmas Day and Good Friday: a latest day does not move.
        cases: &["2026-12-11 -> due=2026-12-25 target=2026-12-24", "2026-03-20 -> due=2026-04-03 target=2026-04-02"],
        says: &["it never moves forward: the last working day before it is Thursday 24 December 2026", "legal hold", "CEN-50"],
    },
    Row {
        name: "keep moved e-mails and case details",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"keep-moved-emails\"\ntitle = \"Destroy\"\ntrigger = \"file closure\"\nkind = { latest = { years = 6 } }\nsource = \"CEN-54\"\n",
        )],
        rule: "keep-moved-emails",
        cases: &["2028-02-29 -> due=2034-02-28", "2026-11-30 -> due=2032-11-30"],
        says: &["6 years from then is 28 February 2034.", "CEN-54"],
    },
    Row {
        name: "excess data destroyed",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"excess-data\"\ntitle = \"Destroy\"\ntrigger = \"found\"\nkind = { at-once = { days = 0 } }\nsource = \"CPO-46\"\n",
        )],
        rule: "excess-data",
        cases: &["2026-12-25 -> due=2026-12-25 late_after=2026-12-25", "2026-07-01 -> due=2026-07-01"],
        says: &["After that day it is reported as late.", "CPO-46"],
    },
    Row {
        name: "equality returns destroyed",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"equality-returns-destroyed\"\ntitle = \"Destroy\"\ntrigger = \"analysis finished\"\nkind = { at-once = { days = 0 } }\nsource = \"SEK-63\"\nalso = [{ name = \"interval\", trigger = \"the last analysis\", kind = { latest = { months = 12 } }, source = \"SEK-63\" }]\n",
        )],
        rule: "equality-returns-destroyed",
        cases: &[
            "2026-07-01 interval=2025-09-01 -> due=2026-07-01",
            // The analysis came later than the interval allows.
            "2026-07-01 interval=2025-06-01 -> due=2026-06-01",
        ],
        says: &["immediately", "SEK-63"],
    },
    Row {
        name: "DBS and insurance copies destroyed",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"dbs-copies-destroyed\"\ntitle = \"Delete\"\ntrigger = \"check done\"\nkind = { at-once = { working_days = 5 } }\nsource = \"SEK-73\"\n",
        )],
        rule: "dbs-copies-destroyed",
        cases: &["2026-03-31 -> due=2026-03-31 late_after=2026-04-09", "2026-12-21 -> due=2026-12-21 late_after=2026-12-30"],
        says: &["reported as late after 5 working days", "SEK-73"],
    },
    Row {
        name: "DBS and insurance copies destroyed",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"insurance-copy-destroyed\"\ntitle = \"Delete\"\ntrigger = \"checked\"\nkind = { at-once = { days = 0 } }\nsource = \"SEK-75\"\n",
        )],
        rule: "insurance-copy-destroyed",
        cases: &["2026-03-31 -> due=2026-03-31 late_after=2026-03-31", "2028-02-29 -> due=2028-02-29 late_after=2028-02-29"],
        says: &["SEK-75"],
    },
    Row {
        name: "emergency disclosure written up",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"emergency-disclosure-record\"\ntitle = \"Write up\"\ntrigger = \"the disclosure\"\nkind = { answer = { working_days = 1 } }\nsource = \"TURN-72; CPO-137; CPO-138\"\n",
        )],
        rule: "emergency-disclosure-record",
        cases: &["2026-12-24 -> due=2026-12-29", "2026-07-04 -> due=2026-07-06"],
        says: &["TURN-72"],
    },
];
