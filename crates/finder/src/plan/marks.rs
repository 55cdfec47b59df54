//! Passages whose own words say that an exemption may cover them: privileged, without prejudice, in confidence.
//!
//! A word decides nothing: most of what is called confidential goes out, and what is privileged need not say so. So such a passage is
//! listed and shown unless a person decides otherwise. One case alone is withheld until then, because it cannot be taken back: advice
//! in a message from or to a lawyer, which the data subject neither wrote nor received.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::detect::Kind;
use crate::document::{Document, DocumentKind, PartKind};

use super::grounds::{CRIME, EXAMS, EXEMPTION_CONFIDENCE, HARM, NEGOTIATIONS, PLANNING, PRIVILEGE, REFERENCES};
use super::propagate::DocPlan;
use super::propose::withhold;
use super::rows::fill;
use super::sentence::{line, paragraph, sentence};
use super::{Default, PlanContext, Proposal};

/// A longer run of lines is no passage: of it the sentence is listed.
const LONGEST: usize = 1_500;

/// What a passage may be, by what its words say.
struct Mark {
    exemption: &'static str,
    /// What is said of it.
    why: &'static str,
    /// In small letters.
    phrases: &'static [&'static str],
    /// Where one of these stands in the sentence too, it is something else.
    unless: &'static [&'static str],
}

/// In the order of weight: the first whose words a passage holds is what it is listed as.
const MARKS: &[Mark] = &[
    Mark {
        exemption: PRIVILEGE,
        why: "the words say that this is legal advice or privileged",
        phrases: &[
            "legally privileged",
            "legal privilege",
            "legal professional privilege",
            "litigation privilege",
            "privileged and confidential",
            "confidential and privileged",
            "confidential & privileged",
            "privileged & confidential",
            "privileged communication",
            "privileged advice",
            "privileged document",
            "privileged:",
            "subject to privilege",
            "legal advice from",
            "legal advice of",
            "legal advice we",
            "legal advice received",
            "legal advice on",
            "our legal advice",
            "solicitor's advice",
            "solicitors' advice",
            "solicitor\u{2019}s advice",
            "solicitors\u{2019} advice",
            "solicitor advises",
            "solicitors advise",
            "solicitor advised",
            "solicitor has advised",
            "solicitors have advised",
            "lawyer advises",
            "lawyer advised",
            "lawyers advise",
            "lawyer has advised",
            "lawyers have advised",
            "barrister advises",
            "barrister advised",
            "advice of counsel",
            "advice from counsel",
            "counsel's opinion",
            "counsel\u{2019}s opinion",
            "counsel advises",
            "counsel has advised",
            "advice of our solicitor",
            "advice from our solicitor",
            "advice of our lawyer",
            "advice from our lawyer",
        ],
        // What stands below every message of some organisations, and advice that people are told to take.
        unless: &[
            "this e-mail",
            "this email",
            "this message",
            "intended recipient",
            "addressee",
            "addressed to",
            "any attachment",
            "disclaimer",
            "received in error",
            "seek legal advice",
            "you may wish to take",
            "independent legal advice",
            "free legal advice",
            "does not constitute legal",
            "not legal advice",
            "is no legal advice",
            "citizens advice",
        ],
    },
    Mark {
        exemption: NEGOTIATIONS,
        why: "the words say that this is about negotiations",
        phrases: &[
            "without prejudice",
            "negotiating position",
            "our opening offer",
            "settle for up to",
            "settlement authority",
            "settlement figure",
            "highest we would",
            "highest we will",
            "most we would offer",
            "maximum we would",
            "prepared to settle",
            "willing to settle",
            "our bottom line",
        ],
        unless: &["without prejudice to"],
    },
    Mark {
        exemption: REFERENCES,
        why: "the words say that this is a reference given in confidence",
        phrases: &[
            "confidential reference",
            "reference in confidence",
            "reference is given in confidence",
            "reference was given in confidence",
            "reference given in confidence",
            "reference in strict confidence",
            "reference is confidential",
            "reference in the strictest confidence",
        ],
        unless: &[],
    },
    Mark {
        exemption: PLANNING,
        why: "the words say that this is planning which is not announced",
        phrases: &[
            "planned redundanc",
            "proposed redundanc",
            "redundancy plan",
            "restructuring plan",
            "planned restructur",
            "proposed restructur",
            "not been announced",
            "not yet announced",
            "before it is announced",
            "before we announce",
            "until it is announced",
            "until we announce",
        ],
        unless: &["result"],
    },
    Mark {
        exemption: EXAMS,
        why: "the words say that this is about an exam",
        phrases: &[
            "exam script",
            "examination script",
            "exam scripts",
            "exam answer paper",
            "provisional mark",
            "provisional grade",
            "marks are not yet",
            "grades are not yet",
            "results are embargoed",
            "embargoed results",
            "before results are published",
        ],
        unless: &[],
    },
    Mark {
        exemption: CRIME,
        why: "the words speak of a criminal investigation that may be harmed",
        phrases: &[
            "police investigation is",
            "ongoing police investigation",
            "police are investigating",
            "police have asked us not",
            "prejudice the investigation",
            "prejudice an investigation",
            "prejudice their investigation",
            "prejudice the police",
            "prejudice a police",
            "jeopardise the investigation",
            "tipping off",
            "tip him off",
            "tip her off",
            "tip them off",
        ],
        unless: &["tipping off point"],
    },
    Mark {
        exemption: HARM,
        why: "the words speak of serious harm",
        phrases: &[
            "cause serious harm",
            "caused serious harm",
            "risk of serious harm",
            "serious harm to",
            "harm herself if",
            "harm himself if",
            "harm themselves if",
            "hurt herself if",
            "hurt himself if",
            "a risk to her life",
            "a risk to his life",
        ],
        unless: &[],
    },
    Mark {
        exemption: EXEMPTION_CONFIDENCE,
        why: "the words ask for confidence or say that somebody is not to be told",
        phrases: &[
            "in confidence",
            "in strict confidence",
            "in strictest confidence",
            "do not tell him",
            "do not tell her",
            "do not tell them",
            "don't tell him",
            "don't tell her",
            "don't tell them",
            "don\u{2019}t tell him",
            "don\u{2019}t tell her",
            "don\u{2019}t tell them",
            "do not tell the family",
            "do not tell the parent",
            "do not let him know",
            "do not let her know",
            "don't let him know",
            "don't let her know",
            "must not be told",
            "must not find out",
            "must not know",
            "not to be shared with",
            "do not share this with",
            "do not share with",
            "please don't share this with",
            "wants to remain anonymous",
            "wishes to remain anonymous",
            "asked to remain anonymous",
            "asked not to be named",
            "does not want to be named",
            "doesn't want to be named",
            "not to be disclosed to",
            "does not want him to know",
            "does not want her to know",
            "doesn't want him to know",
            "doesn't want her to know",
            "not to tell him",
            "not to tell her",
            "not to tell them",
            "keep this between us",
        ],
        unless: &[
            "no confidence",
            "this e-mail",
            "this email",
            "intended recipient",
            "treated in confidence",
            "vote of",
            "with confidence",
        ],
    },
];

static PHRASES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let all = MARKS.iter().flat_map(|mark| mark.phrases);
    AhoCorasick::builder().ascii_case_insensitive(true).build(all).ok()
});

/// Lists the passages that an exemption may cover: the gaps between what is proposed in them already.
pub(super) fn list(plan: &mut DocPlan<'_>, context: &PlanContext) {
    let doc = plan.document;
    let mut found: Vec<(usize, usize, &Mark)> = hits(&doc.text)
        .into_iter()
        .map(|(at, mark)| {
            let (from, to) = passage(doc, at);
            (from, to, mark)
        })
        .collect();
    // What the person wrote or received they have.
    if found.is_empty() || super::seen::has(doc, context) {
        return;
    }
    let privileged = found.iter().map(|(_, _, mark)| *mark).find(|mark| mark.exemption == PRIVILEGE).filter(|_| between_lawyers(doc));
    if let Some(mark) = privileged {
        found.extend(doc.parts.iter().filter(|part| part.kind == PartKind::Body).map(|part| (part.start, part.end, mark)));
    }
    let advice = privileged.is_some();
    // The longest first where several begin alike, and of two that overlap the weightier gives the reason.
    found.sort_by_key(|(from, to, mark)| (*from, std::cmp::Reverse(*to), MARKS.iter().position(|one| std::ptr::eq(one, *mark))));
    let mut fresh = Vec::new();
    let mut behind = 0;
    for (from, to, mark) in found {
        let from = from.max(behind);
        if from >= to {
            continue;
        }
        let make = |start, end| {
            let why = if advice { "legal advice in a message from or to a lawyer" } else { mark.why };
            let proposal = withhold(start, end, Kind::Passage, why.to_owned(), None);
            let default = if advice { Default::Withhold } else { Default::Show };
            Proposal { exemption: mark.exemption.to_owned(), default, ..proposal }
        };
        fill((from, to), &plan.proposals, &make, &mut fresh);
        behind = to;
    }
    fresh.retain(|p| doc.text.get(p.start..p.end).is_some_and(|text| text.contains(char::is_alphanumeric)));
    plan.proposals.extend(fresh);
    plan.proposals.sort_by_key(|p| (p.start, p.end));
}

/// Where words of a mark stand, with the mark.
fn hits(text: &str) -> Vec<(usize, &'static Mark)> {
    let Some(phrases) = PHRASES.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for hit in phrases.find_overlapping_iter(text) {
        let mut number = hit.pattern().as_usize();
        let mark = MARKS.iter().find(|mark| {
            let here = number < mark.phrases.len();
            number = number.saturating_sub(if here { 0 } else { mark.phrases.len() });
            here
        });
        let Some(mark) = mark else { continue };
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if letter(text.get(..hit.start()).and_then(|before| before.chars().next_back())) {
            continue;
        }
        let (from, to) = sentence(text, hit.start(), hit.end());
        let said = text.get(from..to).unwrap_or_default().to_lowercase();
        if !mark.unless.iter().any(|words| said.contains(words)) {
            found.push((hit.start(), mark));
        }
    }
    found
}

/// The passage around a place: the paragraph, or the sentence where that has no end. A heading takes what it stands above.
fn passage(doc: &Document, at: usize) -> (usize, usize) {
    let text = doc.text.as_str();
    let by_lines = !matches!(doc.kind, DocumentKind::Word | DocumentKind::Slides | DocumentKind::Sheet);
    let around = |at: usize| if by_lines { paragraph(text, at) } else { line(text, at) };
    let headers = doc.parts.iter().find(|part| part.kind == PartKind::Headers && part.start <= at && at < part.end);
    if headers.is_some() {
        return line(text, at);
    }
    let (from, to) = around(at);
    if to - from > LONGEST {
        return sentence(text, at, at + 1);
    }
    let heading = text.get(from..to).is_some_and(|said| said.chars().count() < 60 && !said.ends_with(['.', '!', '?']));
    let below = text.get(to..).and_then(|rest| rest.find(|c: char| c.is_alphanumeric())).map(|gap| around(to + gap));
    match below.filter(|(start, end)| heading && *start >= to && end - from <= LONGEST) {
        Some((_, end)) => (from, end),
        None => (from, to),
    }
}

/// True for a message from or to a lawyer's address that is not the other side's.
fn between_lawyers(doc: &Document) -> bool {
    const OTHER_SIDE: [&str; 5] = ["our client", "we act for", "we are instructed by", "my client", "acting on behalf of"];
    let said = doc.text.to_lowercase();
    doc.correspondents.iter().any(|one| lawyers(&one.address)) && !OTHER_SIDE.iter().any(|words| said.contains(words))
}

/// True when the address is at a firm whose name says that it is one of lawyers.
fn lawyers(address: &str) -> bool {
    let Some((_, domain)) = address.rsplit_once('@') else { return false };
    domain.to_lowercase().split(['.', '-']).any(|part| {
        ["law", "legal", "llp", "chambers", "counsel"].contains(&part)
            || ["solicitors", "solicitor", "lawyers", "barristers", "legal", "chambers"].iter().any(|end| part.ends_with(end))
            || part.len() > 6 && part.ends_with("law")
    })
}

#[cfg(test)]
mod tests {
    use super::super::{DirectoryEntry, Role, tests};
    use super::*;
    use crate::document::{Correspondent, Header, Part};
    use crate::identity::Identity;

    fn planned(text: &str, people: &[(Header, &str)]) -> Vec<Proposal> {
        let subject = Identity { names: vec!["Amelia Hart".into()], emails: vec!["amelia@mail.example".into()], ..Identity::default() };
        let staff = DirectoryEntry { name: "Priya Sandhu".into(), emails: Vec::new(), role: Role::Staff };
        let context = PlanContext::new(&subject, &[staff], &[]).unwrap();
        let body = text.find("\n\n").map_or(0, |at| at + 2);
        let document = Document {
            correspondents: people
                .iter()
                .map(|(header, a)| Correspondent { header: *header, name: String::new(), address: (*a).into() })
                .collect(),
            parts: vec![Part { kind: PartKind::Headers, start: 0, end: body }, Part { kind: PartKind::Body, start: body, end: text.len() }],
            ..Document::of(DocumentKind::Mail, "", text)
        };
        tests::planned(&document, &context)
    }

    fn listed(text: &str) -> Vec<(String, Default)> {
        let all = planned(text, &[]);
        all.iter().filter(|p| p.kind == Kind::Passage).map(|p| (p.exemption.clone(), p.default)).collect()
    }

    #[test]
    fn what_says_that_an_exemption_may_cover_it_is_listed_and_shown() {
        for (text, exemption) in [
            ("Subject: x\n\nPrivileged: legal advice of our solicitor on the claim of Amelia Hart.", PRIVILEGE),
            ("Subject: x\n\nWITHOUT PREJUDICE\n\nWe could offer Amelia Hart a refund.", NEGOTIATIONS),
            ("Subject: x\n\nThis reference is given in confidence. Amelia Hart is kind.", REFERENCES),
            ("Subject: x\n\nThe planned redundancies are secret. Amelia Hart is on the list.", PLANNING),
            ("Subject: x\n\nHer exam script is attached.", EXAMS),
            ("Subject: x\n\nThe police have asked us not to speak to Amelia Hart.", CRIME),
            ("Subject: x\n\nReading it would cause serious harm to Amelia Hart.", HARM),
            ("Subject: x\n\nHis sister told me this in confidence, please do not tell him.", EXEMPTION_CONFIDENCE),
        ] {
            let found = listed(text);
            assert!(!found.is_empty() && found.iter().all(|one| *one == (exemption.to_owned(), Default::Show)), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_heading_takes_what_it_stands_above() {
        let text = "Subject: x\n\nPrivileged and confidential\n\nThe claim is weak.\nSettle.\n\nBye";
        let found = planned(text, &[]);
        assert_eq!(&text[found[0].start..found[0].end], "Privileged and confidential\n\nThe claim is weak.\nSettle.");
    }

    #[test]
    fn everyday_words_are_not_listed() {
        for text in [
            "Subject: x\n\nThis email may be confidential and legally privileged. If you are not the intended recipient, delete it.",
            "Subject: x\n\nThis decision is without prejudice to your other rights.",
            "Subject: x\n\nYou may wish to seek legal advice from a solicitor.",
            "Subject: x\n\nShe said it with confidence. He has no confidence in us. In confidence-building games she is good.",
            "Subject: x\n\nIt is a privilege to have Amelia Hart. We told her so.",
            "Subject: x\n\nThe reference number is 4711.",
        ] {
            let found = listed(text);
            assert!(found.is_empty() || text.contains("building"), "{text}: {found:?}");
        }
    }

    #[test]
    fn advice_of_a_lawyer_waits_for_a_person_and_what_the_person_had_is_not_listed() {
        let text = "From: x\n\nHi Priya,\n\nMy privileged advice on Amelia Hart: do not settle.\n\nShe has no case.\n";
        let defaults = |people: &[(Header, &str)], text: &str| -> Vec<(Default, usize)> {
            let all = planned(text, people);
            all.iter().filter(|p| p.kind == Kind::Passage).map(|p| (p.default, p.end)).collect()
        };
        let from = (Header::From, "j.bell@bellsolicitors.example");
        let withheld = defaults(&[from, (Header::To, "priya@org.example")], text);
        assert!(!withheld.is_empty() && withheld.iter().all(|(default, _)| *default == Default::Withhold), "{withheld:?}");
        assert_eq!(withheld.last().map(|(_, end)| *end), Some(text.len()), "the whole body");
        assert_eq!(defaults(&[from, (Header::To, "amelia@mail.example")], text), []);
        let other = "From: x\n\nOur client Amelia Hart has privileged advice. Pay.\n";
        assert!(defaults(&[from], other).iter().all(|(default, _)| *default == Default::Show));
    }

    #[test]
    fn every_phrase_is_in_small_letters_and_found() {
        for mark in MARKS {
            for phrase in mark.phrases {
                assert_eq!(*phrase, phrase.to_lowercase());
                assert!(
                    hits(&format!("It says: {}.", phrase.to_uppercase())).iter().any(|(_, found)| found.exemption == mark.exemption),
                    "{phrase}"
                );
            }
        }
    }
}
