//! Requests: the reply, its extension, its refusal, and passing it on.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "rights request reply",
        pack: &[],
        rule: "rights",
        cases: &[
            // 31 February does not exist, and 28 February 2026 is a Saturday.
            "2026-01-31 -> nominal=2026-02-28 due=2026-03-02 policy_due=none",
            // A leap year.
            "2028-01-31 -> nominal=2028-02-29 due=2028-02-29",
            // Christmas, and Boxing Day's substitute.
            "2026-11-25 -> nominal=2026-12-25 due=2026-12-29 target=2026-12-24",
            // Good Friday and Easter Monday; Scotland works on Easter Monday.
            "2026-03-03 -> nominal=2026-04-03 due=2026-04-07",
            "2026-03-03 division=scotland -> due=2026-04-06",
            // The days asked and answered are both left out: eight of them.
            "2026-02-15 pause=2026-02-20..2026-02-27 -> nominal=2026-03-15 due=2026-03-23",
            "2026-02-15 pause=2026-02-20.. -> due=none paused_since=2026-02-20",
            // Three months from the start, not two from the rolled date.
            "2026-03-03 extended -> nominal=2026-06-03 due=2026-06-03",
            "2026-08-28 notice=2026-09-29 -> refused=DATE-009",
        ],
        says: &["One calendar month from 31 January 2026 would be 31 February", "UK GDPR Article 12(3) as it stood before 5 February 2026"],
    },
    Row {
        name: "rights request reply, 30 days inside the month",
        pack: &[("rights.toml", "reply = { days = 30 }\nreply_clause = \"SEK-34\"\n")],
        rule: "sar",
        cases: &[
            // Thirty days end before the month does.
            "2026-08-03 -> policy_due=2026-09-02 due=2026-09-03",
            // They end after it: 2 March is not the promise, although the law itself rolls to it.
            "2026-01-31 -> policy_due=2026-02-28 due=2026-03-02",
            "2027-01-31 -> policy_due=2027-02-28 due=2027-03-01",
            "2028-01-31 -> policy_due=2028-02-29 due=2028-02-29",
            "2026-02-15 pause=2026-02-20..2026-02-27 -> policy_due=2026-03-23 due=2026-03-23",
        ],
        says: &["The organisation's policy promises 30 calendar days: Wednesday 2 September 2026", "SEK-34"],
    },
    Row {
        name: "40 days and a fee",
        pack: &[("rights.toml", "reply = { days = 40 }\nreply_clause = \"CPO-119\"\nfee_pence = 1000\nfee_clause = \"CPO-118\"\n")],
        rule: "access",
        cases: &["2026-09-03 -> due=2026-10-05 policy_due=none", "2026-11-25 -> due=2026-12-29 policy_due=none"],
        says: &["One calendar month"],
    },
    Row {
        name: "extension notice",
        pack: &[],
        rule: "extension-notice",
        cases: &[
            "2026-08-28 -> due=2026-09-28 notice_last=2026-09-28",
            "2026-08-28 pause=2026-09-01..2026-09-14 -> due=2026-10-12 notice_last=2026-10-12",
            "2026-01-31 -> due=2026-03-02",
            "2026-08-28 pause=2026-09-01.. -> due=none paused_since=2026-09-01",
            "2026-08-28 extended -> refused=DATE-010",
        ],
        says: &["A notice given after Monday 28 September 2026 has no effect", "UK GDPR Article 12A(3)-(4)"],
    },
    Row {
        name: "refusal or unfounded notice",
        pack: &[(
            "clocks.toml",
            "[[clock]]\nid = \"unfounded-request-notice\"\ntitle = \"Refuse\"\ntrigger = \"the start\"\nkind = \"refusal-notice\"\nsource = \"SEK-37\"\n",
        )],
        rule: "unfounded-request-notice",
        cases: &[
            "2026-11-28 -> nominal=2026-12-28 due=2026-12-29",
            "2028-01-31 -> due=2028-02-29",
            "2026-11-28 extended -> refused=DATE-010",
        ],
        says: &["It is never extended", "UK GDPR Article 12(4)"],
    },
    Row {
        name: "forward a request to the officer",
        pack: &[("rights.toml", "forward = { working_days = 1 }\nforward_clause = \"TURN-85\"\n")],
        rule: "forward-request",
        cases: &[
            // Maundy Thursday, and Christmas Eve: immediately is that day, late only after the holidays.
            "2026-04-02 -> due=2026-04-02 late_after=2026-04-07",
            "2026-12-24T16:00:00Z -> due=2026-12-24 late_after=2026-12-29",
            "2026-07-04 -> due=2026-07-04 late_after=2026-07-06",
        ],
        says: &["immediately", "TURN-85", "The time to reply runs from the receipt"],
    },
    Row {
        name: "exam marks before the results",
        pack: &[],
        rule: "exam-results",
        cases: &[
            // Forty days from the announcement come before five months from the question, and the other way round.
            "2026-06-15 results=2026-08-13 -> due=2026-09-22",
            "2026-05-20 results=2026-11-02 -> due=2026-10-20",
            "2026-05-20 -> due=2026-10-20",
        ],
        says: &["Schedule 2 paragraph 25"],
    },
    Row {
        name: "objection to direct marketing",
        pack: &[],
        rule: "direct-marketing-stop",
        cases: &["2026-12-24 -> due=2026-12-24 late_after=2026-12-30", "2026-11-20 -> due=2026-11-20 late_after=2026-11-24"],
        says: &["immediately", "no month's grace"],
    },
];
