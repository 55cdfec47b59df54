//! Which right a message is about, in any words. The order of the table is that of the log form;
//! a message may hold several.

use crate::rights::RequestKind;

/// Phrases that point to a right; one suffices.
type Phrases = &'static [&'static str];

/// A verb and what it is about: both must stand in the message, close to each other.
struct Pair {
    does: Phrases,
    what: Phrases,
}

struct Signs {
    kind: RequestKind,
    phrases: Phrases,
    pairs: &'static [Pair],
}

const DATA: Phrases = &[
    "my data",
    "my personal data",
    "my information",
    "my personal information",
    "my details",
    "my record",
    "my records",
    "my file",
    "my files",
    "my account",
    "about me",
    "on me",
    "my profile",
    "my name",
    "my history",
    "my notes",
    "of me",
    "my photo",
    "my picture",
    "her data",
    "his data",
    "their data",
    "her record",
    "his record",
    "from your system",
    "from your systems",
    "from your records",
    "from your database",
    "from your files",
];

const SIGNS: &[Signs] = &[
    Signs {
        kind: RequestKind::Rectification,
        phrases: &[
            "rectif",
            "article 16",
            "art 16",
            "art. 16",
            "correct my",
            "correct the record",
            "put right",
            "put it right",
            "set the record straight",
            "amend my",
            "amend the record",
            "fix my record",
            "you have the wrong",
            "you've got the wrong",
            "you have got the wrong",
            "spelt wrong",
            "spelled wrong",
            "misspelt",
            "misspelled",
            "allergy is missing",
            "is missing from my",
            "is missing from her",
            "is missing from his",
            "is missing from the care plan",
            "is missing from the notes",
            "not my date of birth",
            "wrong date of birth",
            "wrong name",
            "wrong address on",
        ],
        pairs: &[
            Pair {
                does: &[
                    "incorrect",
                    "inaccurate",
                    "is wrong",
                    "are wrong",
                    "not right",
                    "isn't right",
                    "not true",
                    "untrue",
                    "is missing",
                    "out of date",
                    "incomplete",
                    "a mistake",
                    "an error",
                    "not accurate",
                    "isn't correct",
                    "not correct",
                    "false",
                ],
                what: &[
                    "my data",
                    "my record",
                    "my file",
                    "record",
                    "notes",
                    "care plan",
                    "date of birth",
                    "my name",
                    "my address",
                    "your file",
                    "your system",
                    "about me",
                    "you hold",
                    "you have me",
                    "details",
                    "report",
                    "allergy",
                    "medication",
                    "assessment",
                ],
            },
            Pair {
                does: &["correct", "amend", "update", "change", "fix", "complete"],
                what: &["wrong", "incorrect", "inaccurate", "mistake", "error"],
            },
        ],
    },
    Signs {
        kind: RequestKind::Erasure,
        phrases: &[
            "right to be forgotten",
            "right to erasure",
            "article 17",
            "art 17",
            "art. 17",
            "erase me",
            "forget me",
            "delete me",
            "delete everything",
            "erase everything",
            "remove everything",
            "wipe everything",
            "destroy everything",
            "close my account and delete",
            "get rid of everything",
        ],
        pairs: &[Pair {
            does: &["delete", "erase", "erasure", "deletion", "remove", "destroy", "wipe", "shred", "get rid of", "purge", "scrub"],
            what: DATA,
        }],
    },
    Signs {
        kind: RequestKind::Restriction,
        phrases: &[
            "article 18",
            "art 18",
            "art. 18",
            "restrict the processing",
            "restrict processing",
            "restriction of processing",
            "restrict the use",
            "restrict your use",
            "right to restrict",
            "freeze my data",
            "freeze my file",
            "freeze my record",
            "do nothing else with",
            "put my data on hold",
            "put my file on hold",
            "do not touch my",
            "don't touch my",
            "lock my file",
            "lock my record",
        ],
        pairs: &[Pair {
            does: &["do not use", "don't use", "stop using", "not be used"],
            what: &["until", "while this", "while you", "for now", "in the meantime", "meanwhile"],
        }],
    },
    Signs {
        kind: RequestKind::Objection,
        phrases: &[
            "article 21",
            "art 21",
            "art. 21",
            "i object to",
            "we object to",
            "right to object",
            "object to you",
            "object to your",
            "object to the processing",
            "objection to the processing",
        ],
        pairs: &[Pair {
            does: &[
                "stop using",
                "stop processing",
                "do not want you to use",
                "don't want you to use",
                "not happy for you to use",
                "stop sharing",
                "stop profiling",
            ],
            what: DATA,
        }],
    },
    Signs {
        kind: RequestKind::Marketing,
        phrases: &[
            "unsubscribe",
            "opt out of marketing",
            "opt me out",
            "opt-out of marketing",
            "mailing list",
            "mailing lists",
            "marketing list",
            "stop marketing",
            "no more marketing",
            "direct marketing",
            "stop emailing me",
            "stop e-mailing me",
            "stop mailing me",
            "stop texting me",
            "stop calling me",
            "stop phoning me",
            "stop ringing me",
            "stop writing to me",
            "stop sending me",
            "no more newsletters",
            "no more emails",
            "no more e-mails",
            "no more calls",
            "no more texts",
            "take me off your list",
            "remove me from your list",
            "fundraising letters",
            "stop contacting me",
            "leave me off your",
            "stop the newsletter",
            "cancel the newsletter",
            "cancel my subscription",
            "don't send me any more",
            "do not send me any more",
            "do not contact me with offers",
            "stop spamming",
        ],
        pairs: &[Pair {
            does: &["stop", "don't want", "do not want", "no longer want", "no longer wish", "take me off", "remove me", "please end"],
            what: &[
                "newsletter",
                "newsletters",
                "advertis",
                "marketing",
                "promotion",
                "offers",
                "appeals",
                "brochures by post",
                "mailshot",
                "mailshots",
                "junk mail",
                "campaign emails",
            ],
        }],
    },
    Signs {
        kind: RequestKind::Photographs,
        phrases: &[
            "photo consent",
            "withdraw photo",
            "withdraw my photo",
            "picture consent",
            "photograph consent",
            "consent for photo",
            "consent for the photo",
        ],
        pairs: &[Pair {
            does: &[
                "withdraw",
                "no longer want",
                "don't want",
                "do not want",
                "take down",
                "take back",
                "take off",
                "remove",
                "stop using",
                "stop publishing",
                "change my mind",
                "changed my mind",
                "not happy",
                "no longer consent",
                "don't consent",
                "do not consent",
                "revoke",
                "not agree",
                "no longer agree",
                "please delete",
            ],
            what: &[
                "photo",
                "photos",
                "photograph",
                "photographs",
                "picture",
                "pictures",
                "video",
                "videos",
                "film",
                "image",
                "images",
                "filmed",
                "pics",
                "selfie",
            ],
        }],
    },
    Signs {
        kind: RequestKind::ConsentWithdrawal,
        phrases: &[
            "withdraw consent",
            "withdraw my consent",
            "withdrawing consent",
            "withdrawing my consent",
            "withdrawal of consent",
            "no longer consent",
            "revoke my consent",
            "revoke consent",
            "take back my consent",
            "take back my permission",
            "withdraw my permission",
            "withdraw permission",
            "no longer have my permission",
            "don't have my permission any more",
            "cancel my consent",
            "article 7(3)",
            "changed my mind about sharing",
        ],
        pairs: &[],
    },
    Signs {
        kind: RequestKind::Portability,
        phrases: &[
            "data portability",
            "portability",
            "article 20",
            "art 20",
            "art. 20",
            "machine-readable",
            "machine readable",
            "structured format",
            "port my data",
            "in a csv",
            "as a csv",
            "as csv",
            "as json",
            "in json",
        ],
        pairs: &[Pair {
            does: &["transfer", "move", "export", "pass on", "send over", "switch"],
            what: &[
                "my data to",
                "my records to",
                "my information to",
                "my training records to",
                "my details to",
                "my data over",
                "in a file they can read",
                "in a format",
                "new provider",
                "another provider",
                "new college",
            ],
        }],
    },
    Signs {
        kind: RequestKind::AutomatedDecisions,
        phrases: &[
            "automated decision",
            "automated decisions",
            "automatic decision",
            "article 22",
            "art 22",
            "art. 22",
            "decided by a computer",
            "decision by a computer",
            "made by a computer",
            "computer says no",
            "by an algorithm",
            "the algorithm",
            "human review",
            "human intervention",
            "reviewed by a human",
            "reviewed by a person",
            "a real person to look",
            "a person to look at",
            "a human to look",
            "turned me down automatically",
            "decided by software",
            "decided by ai",
            "computer turned me down",
            "computer decided",
            "system decided",
        ],
        pairs: &[],
    },
    Signs {
        kind: RequestKind::Informed,
        phrases: &[
            "your privacy notice",
            "your privacy policy",
            "what do you do with my data",
            "what do you do with my information",
            "how do you use my data",
            "how do you use my information",
            "how is my data used",
            "how my data is used",
            "article 13",
            "article 14",
            "right to be informed",
            "who do you share my data with",
            "who do you share my information with",
            "why do you have my data",
            "where did you get my",
        ],
        pairs: &[],
    },
    Signs {
        kind: RequestKind::Safeguards,
        phrases: &[
            "standard contractual clauses",
            "transfer safeguards",
            "copy of the safeguards",
            "safeguards for the transfer",
            "international data transfer agreement",
            "idta",
            "binding corporate rules",
            "which safeguards",
            "what safeguards",
        ],
        pairs: &[Pair {
            does: &["safeguard", "safeguards", "protects my data", "protected", "contract"],
            what: &[
                "abroad",
                "outside the uk",
                "outside the united kingdom",
                "overseas",
                "in the united states",
                "in america",
                "in the us",
                "in india",
                "third country",
            ],
        }],
    },
    Signs {
        kind: RequestKind::ChildPlan,
        phrases: &[
            "development plan",
            "achievement plan",
            "personal development and achievement",
            "my child's plan",
            "my son's plan",
            "my daughter's plan",
            "pda plan",
        ],
        pairs: &[],
    },
    Signs {
        kind: RequestKind::ChangeOfDetails,
        phrases: &[
            "we have moved",
            "we've moved",
            "i have moved",
            "i've moved",
            "i moved house",
            "we moved house",
            "new address is",
            "my new address",
            "our new address",
            "my new phone",
            "my new number",
            "new phone number",
            "changed my name",
            "change of address",
            "changed my phone",
            "my new email",
            "new e-mail address",
            "new email address",
            "change of name",
            "change of details",
            "got married",
            "update my address",
            "update my phone",
            "update my contact",
        ],
        pairs: &[],
    },
];

/// Words an ordinary message may have between the verb and what it is about.
const CLOSE: usize = 90;

/// The kinds that a folded text points to, each with the words that do.
pub(super) fn kinds(text: &str) -> Vec<(RequestKind, String)> {
    let mut found: Vec<(RequestKind, String)> = SIGNS.iter().filter_map(|signs| Some((signs.kind, sign(signs, text)?))).collect();
    let has = |found: &[(RequestKind, String)], kind| found.iter().any(|(other, _)| *other == kind);
    // The narrower right stands for the wider one that the same words would name.
    if has(&found, RequestKind::Photographs) {
        found.retain(|(kind, _)| !matches!(kind, RequestKind::ConsentWithdrawal | RequestKind::Objection));
    }
    if has(&found, RequestKind::Marketing) {
        found.retain(|(kind, _)| !matches!(kind, RequestKind::Objection | RequestKind::ConsentWithdrawal));
    }
    if has(&found, RequestKind::Restriction) {
        found.retain(|(kind, _)| *kind != RequestKind::Objection);
    }
    if has(&found, RequestKind::Rectification) {
        found.retain(|(kind, _)| *kind != RequestKind::ChangeOfDetails);
    }
    found
}

fn sign(signs: &Signs, text: &str) -> Option<String> {
    let phrase = signs.phrases.iter().find(|phrase| at(text, phrase).is_some()).map(|phrase| (*phrase).to_owned());
    phrase.or_else(|| signs.pairs.iter().find_map(|pair| together(pair, text)))
}

fn together(pair: &Pair, text: &str) -> Option<String> {
    let what: Vec<(usize, &str)> = pair.what.iter().filter_map(|what| Some((at(text, what)?, *what))).collect();
    for does in pair.does {
        for place in places(text, does) {
            if let Some((_, what)) = what.iter().find(|(other, _)| place.abs_diff(*other) <= CLOSE) {
                return Some(format!("{does} ... {what}"));
            }
        }
    }
    None
}

/// Where a phrase begins a word.
fn at(text: &str, phrase: &str) -> Option<usize> {
    places(text, phrase).next()
}

fn places<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(phrase).map(|(at, _)| at).filter(|at| !text.get(..*at).is_some_and(|before| before.ends_with(char::is_alphanumeric)))
}
