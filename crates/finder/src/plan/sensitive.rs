//! Mixed data by sentence: what a sentence says about somebody else's health, belief or offences goes with the name.
//!
//! A name alone covered leaves `[withheld] has epilepsy`, and in a class of ten everybody knows who that is. Only what is plainly said of
//! the named person goes: `Tobias has epilepsy`, `Milo's nut allergy`, `Rosa (chickenpox)`, not whatever stands beside a name. Where the
//! sentence names or may mean the data subject too, only the clause goes, and where that cannot be told apart, the name alone.

use crate::detect::Kind;
use crate::document::DocumentKind;

use super::exclude::Own;
use super::propagate::DocPlan;
use super::propose::withhold;
use super::rows::fill;
use super::sentence::{sentence, words};
use super::{Default, PlanContext, Proposal};

/// Said of a proposal where one sentence is about two people.
const BOTH: &str = "; the sentence says something sensitive about more than one person: a person decides about the rest of it";

/// What may mean the data subject.
const MEANT: &[&str] = &[
    "he",
    "she",
    "him",
    "her",
    "his",
    "hers",
    "they",
    "them",
    "their",
    "theirs",
    "you",
    "your",
    "yours",
    "i",
    "me",
    "my",
    "mine",
    "we",
    "us",
    "our",
    "ours",
    "applicant",
    "applicants",
    "requester",
    "claimant",
    "complainant",
    "both",
];
const SELF: &[&str] = &["himself", "herself", "themselves", "themself"];
const ADVERBS: &[&str] = &["also", "still", "now", "always", "recently", "already", "currently", "then", "just", "probably"];
/// What one person is, has or does. With two people before it, it is said of both.
const VERBS: &[&str] = &[
    "has",
    "is",
    "was",
    "suffers",
    "suffered",
    "takes",
    "took",
    "uses",
    "needs",
    "gets",
    "got",
    "had",
    "lives",
    "identifies",
    "hasn't",
    "isn't",
    "wasn't",
    "became",
    "developed",
    "broke",
];
const PLURAL: &[&str] = &["have", "are", "were", "had", "took", "suffered", "got", "developed"];
/// Words after which it is no longer about the person: what they know, say or do for others.
const TURNS: &[&str] = &[
    "about",
    "told",
    "said",
    "says",
    "worried",
    "concerned",
    "asked",
    "asking",
    "aware",
    "informed",
    "by",
    "that",
    "whether",
    "if",
    "who",
    "because",
    "when",
    "working",
    "responsible",
    "our",
    "your",
    "my",
    "her",
    "his",
    "their",
    "chair",
    "writing",
    "reading",
    "trained",
    "talking",
    "speaking",
    "interested",
    "running",
    "leading",
    "against",
    "investigating",
    "helping",
];
/// What makes of such a word an office, a subject or a thing.
const OFFICES: &[&str] = &[
    "lead",
    "officer",
    "coordinator",
    "co-ordinator",
    "worker",
    "service",
    "services",
    "nurse",
    "trainer",
    "training",
    "team",
    "manager",
    "adviser",
    "advisor",
    "specialist",
    "charity",
    "conference",
    "course",
    "teacher",
    "counsellor",
    "therapist",
    "consultant",
    "policy",
    "support",
    "first-aider",
    "champion",
    "governor",
    "trustee",
    "doctor",
    "department",
    "programme",
    "project",
    "week",
    "day",
    "awareness",
];
/// Words about health that stand for nothing by themselves, and do after `has` or `is`.
const MORE: &[&str] = &[
    "allergy",
    "allergies",
    "allergic",
    "chickenpox",
    "measles",
    "mumps",
    "unwell",
    "poorly",
    "ill",
    "sick",
    "seizures",
    "surgery",
    "hospital",
    "hospitalised",
    "gluten-intolerant",
    "lactose-intolerant",
    "intolerance",
    "eczema",
    "migraines",
    "anaemia",
    "shingles",
    "bereaved",
    "incontinence",
    "nits",
    "scabies",
    "impetigo",
];

/// Proposes the rest of every sentence or clause that says something sensitive about somebody who is proposed for withholding.
pub(super) fn withhold_sentences(plan: &mut DocPlan<'_>, context: &PlanContext) {
    // Rows of tables go whole already.
    if plan.document.kind == DocumentKind::Sheet {
        return;
    }
    let text = plan.document.text.as_str();
    let mut own: Option<Own<'_>> = None;
    let mut gone: Vec<(usize, usize, &'static str)> = Vec::new();
    let mut both: Vec<usize> = Vec::new();
    for (index, p) in plan.proposals.iter().enumerate() {
        if p.kind != Kind::Person || p.default != Default::Withhold {
            continue;
        }
        // What a doctor or a teacher has is rarely what is written beside the name.
        let Some(said) = said_of(text, p, context).filter(|_| !super::roles::professional(text, p)) else { continue };
        let own = own.get_or_insert_with(|| Own::of(plan.document, context));
        let around = sentence(text, p.start, said.end);
        match extent(text, p, said, around, own) {
            Some(range) if range == around => gone.push((range.0, range.1, "says something sensitive about somebody else")),
            Some((from, to)) => gone.push((from, to, "this part of the sentence says something sensitive about somebody else")),
            None => both.push(index),
        }
    }
    for index in both {
        if let Some(p) = plan.proposals.get_mut(index).filter(|p| !p.why.contains(BOTH)) {
            p.why.push_str(BOTH);
        }
    }
    gone.sort_unstable();
    let mut fresh: Vec<Proposal> = Vec::new();
    let mut behind = 0;
    for (from, to, why) in gone {
        let make = |start, end| withhold(start, end, Kind::Sentence, why.to_owned(), None);
        if from.max(behind) < to {
            fill((from.max(behind), to), &plan.proposals, &make, &mut fresh);
        }
        behind = behind.max(to);
    }
    if !fresh.is_empty() {
        super::seen::note(plan.document, context, &mut fresh);
        plan.proposals.extend(fresh);
        plan.proposals.sort_by_key(|p| (p.start, p.end));
    }
}

/// What is said of a named person.
#[derive(Debug, Clone, Copy)]
struct Said {
    /// One past the last byte of the sensitive word.
    end: usize,
    /// It may be said of somebody before the name as well.
    shared: bool,
    /// Something is said of the person alone, sensitive or not.
    alone: bool,
}

/// The sensitive thing that is said of a name right behind it.
fn said_of(text: &str, p: &Proposal, context: &PlanContext) -> Option<Said> {
    let (name, rest) = (text.get(p.start..p.end)?, text.get(p.end..)?);
    let line = p.end + rest.find(['.', ';', '!', '?']).unwrap_or(rest.len()).min(160);
    let to = text.floor_char_boundary(line);
    let after = words(text, p.end, to);
    let is = |at: usize, list: &[&str]| after.get(at).is_some_and(|(_, word)| list.iter().any(|one| word.eq_ignore_ascii_case(one)));
    let possessive = |word: &str| word.ends_with("'s") || word.ends_with("\u{2019}s");
    let listed = words(text, text.floor_char_boundary(p.start.saturating_sub(5)), p.start);
    let conjoined = listed.last().is_some_and(|(_, w)| ["and", "or", "nor", "with"].contains(w)) || text.get(..p.start)?.ends_with("& ");
    let mut at = 0;
    let mut alone = false;
    let (shared, most);
    if rest.starts_with("'s ") || rest.starts_with("\u{2019}s ") || possessive(name) {
        at += usize::from(!possessive(name));
        (shared, most) = (conjoined, 2);
    } else if rest.starts_with(" (") {
        (shared, most) = (conjoined, 2);
    } else {
        if is(at, &["who"]) && (rest.starts_with(" who ") || rest.starts_with(", who ") || rest.starts_with(" (who ")) {
            at += 1;
        } else if !rest.starts_with([' ', '\n']) || rest.trim_start().starts_with(|c: char| !c.is_alphanumeric()) {
            return None;
        }
        let listed = at;
        while is(at, &["and"]) && after.get(at + 1).is_some_and(|(_, next)| next.starts_with(char::is_uppercase)) {
            at += 2;
            at += usize::from(after.get(at).is_some_and(|(_, next)| next.starts_with(char::is_uppercase)));
        }
        if at > listed && !is(at, PLURAL) && !is(at, &["both"]) {
            return None;
        }
        alone = is(at, SELF);
        while is(at, SELF) || is(at, ADVERBS) || is(at, &["both"]) {
            at += 1;
        }
        if !is(at, VERBS) && !is(at, PLURAL) {
            return alone.then_some(Said { end: p.end, shared: false, alone });
        }
        shared = !is(at, VERBS) || (conjoined || at > listed) && is(at, PLURAL);
        at += 1;
        most = 5;
    }
    let object = after.get(at..)?;
    let (first, _) = object.first()?;
    if text.get(p.end..*first)?.contains([',', ':']) && !rest.starts_with(", who ") {
        return None;
    }
    let found = sensitive(text, p.end, to, context);
    for (number, (start, word)) in object.iter().enumerate().take(most + 1) {
        let between = text.get(*first..*start)?;
        let turned = TURNS.iter().any(|turn| word.eq_ignore_ascii_case(turn));
        if between.contains([',', ':', '\u{2013}', '\u{2014}']) || between.contains(" - ") {
            break;
        }
        let end = found.iter().find(|(from, to)| from <= start && start < to).map(|(_, to)| *to);
        let plain = MORE.iter().any(|one| word.eq_ignore_ascii_case(one)).then_some(start + word.len());
        // `Sarah's safeguarding concern` is about whom she is concerned for.
        if most == 2 && word.eq_ignore_ascii_case("safeguarding") {
            break;
        }
        if let Some(end) = end.or(plain) {
            let next = object.iter().skip(number).find(|(from, _)| *from >= end);
            let office = next.is_some_and(|(from, word)| {
                OFFICES.iter().any(|one| word.eq_ignore_ascii_case(one)) && text.get(end..*from).is_some_and(|gap| gap.trim().is_empty())
            });
            return (!office).then_some(Said { end, shared, alone });
        }
        if turned || word.chars().next().is_some_and(char::is_uppercase) {
            break;
        }
    }
    alone.then_some(Said { end: p.end, shared: false, alone })
}

/// Words about special categories in a stretch. A word for where somebody is from alone is none here.
fn sensitive(text: &str, from: usize, to: usize, context: &PlanContext) -> Vec<(usize, usize)> {
    let stretch = text.get(from..to).unwrap_or_default();
    let found = context.detector.detect(stretch);
    found.iter().filter(|f| f.kind == Kind::Special && f.score >= 0.5).map(|f| (from + f.start, from + f.end)).collect()
}

/// How much of the sentence goes: all of it, the clause, or nothing where it cannot be told whom it is about.
fn extent(text: &str, p: &Proposal, said: Said, around: (usize, usize), own: &Own<'_>) -> Option<(usize, usize)> {
    let meant = |from: usize, to: usize| {
        let pronoun = |(_, word): &(usize, &str)| MEANT.iter().any(|one| word.eq_ignore_ascii_case(one));
        words(text, from, to).iter().any(pronoun) || own.may_be_in(text, from, to)
    };
    if !meant(around.0, p.start) && !meant(p.end, around.1) {
        return Some(around);
    }
    // Of `Tobias himself` nothing sensitive may be said at all.
    if said.shared || said.alone && said.end == p.end || meant(p.end, said.end) {
        return None;
    }
    let rest = text.get(said.end..around.1)?;
    let stop = [",", ";", "(", ")", ".", " \u{2013} ", " - ", "\n", " and ", " but ", " so ", " because "];
    let clause = said.end + stop.iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    Some((p.start, if meant(said.end, clause) { said.end } else { clause }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{DirectoryEntry, Role, tests};
    use super::*;
    use crate::document::Document;
    use crate::identity::Identity;

    fn planned(text: &str) -> Vec<Proposal> {
        let subject = Identity { names: vec!["Amelia Hart".into()], ..Identity::default() };
        let staff = DirectoryEntry { name: "Priya Sandhu".into(), emails: Vec::new(), role: Role::Staff };
        let known = |name: &str| DirectoryEntry { name: name.into(), emails: Vec::new(), role: Role::Pupil };
        let context = PlanContext::new(&subject, &[staff, known("Tobias Reed"), known("Milo Hughes")], &[]).unwrap();
        let document = Document::of(DocumentKind::Text, "", text);
        tests::planned(&document, &context)
    }

    fn left(text: &str) -> String {
        tests::left(text, &planned(text))
    }

    #[test]
    fn what_is_sensitive_about_somebody_else_goes_with_the_name() {
        for (text, expected) in [
            ("Lunch at one. Tobias himself has epilepsy. Amelia ate well.", "Lunch at one.  Amelia ate well."),
            ("Milo also has a nut allergy.\nAmelia has none.", "\nAmelia has none."),
            ("Milo is absent (chickenpox).", ""),
            ("Milo's asthma is worse this week.", ""),
            ("Tobias (diabetic) sat at the back.", ""),
            ("Tobias Reed was convicted of theft last year.", ""),
            ("Tobias and Milo have asthma.", ""),
            // About both: the clause alone, and nothing where it cannot be told.
            ("Amelia sat with Tobias, who has epilepsy.", "Amelia sat with ."),
            ("You know that Tobias has epilepsy, so please watch.", "You know that , so please watch."),
            ("Amelia's friend Tobias has epilepsy and Amelia has asthma.", "Amelia's friend  and Amelia has asthma."),
            ("Tobias and Amelia have asthma.", " and Amelia have asthma."),
            ("Amelia and Tobias had epilepsy.", "Amelia and  had epilepsy."),
            ("He said Tobias was ill.", "He said ."),
        ] {
            assert_eq!(left(text), expected, "{text}: {:#?}", planned(text));
        }
    }

    #[test]
    fn what_is_not_said_of_the_named_person_stays() {
        for (text, expected) in [
            ("Tobias was worried about the epilepsy.", " was worried about the epilepsy."),
            ("Tobias is our mental health lead.", " is our mental health lead."),
            ("Tobias's safeguarding concern was noted.", "'s safeguarding concern was noted."),
            ("Epilepsy was seen by Tobias.", "Epilepsy was seen by ."),
            ("Priya Sandhu is a safeguarding concern trainer.", "Priya Sandhu is a safeguarding concern trainer."),
            ("Amelia has epilepsy. Tobias was here.", "Amelia has epilepsy.  was here."),
            ("She has asthma, says Tobias.", "She has asthma, says ."),
            ("Tobias was told by the school that the epilepsy is worse.", " was told by the school that the epilepsy is worse."),
        ] {
            assert_eq!(left(text), expected, "{text}: {:#?}", planned(text));
        }
        assert!(planned("Tobias and Amelia have asthma.").iter().any(|p| p.why.contains("more than one person")));
    }

    proptest! {
        #[test]
        fn a_sentence_never_covers_the_data_subject(words in prop::collection::vec(prop::sample::select(vec![
            "Amelia", "Hart", "Tobias", "Milo", "has", "epilepsy", "and", "who", "is", "himself", "she", ",", ".", "(", ")", "asthma",
            "'s", "Priya", "\n", "with", "was", "ill", "é", ";", "have", "both", "Amelia's",
        ]), 0..24)) {
            let text = words.join(" ").replace(" ,", ",").replace(" .", ".").replace(" '", "'");
            for p in planned(&text).iter().filter(|p| p.kind == Kind::Sentence) {
                let words = text.get(p.start..p.end).unwrap();
                prop_assert!(!words.contains("Amelia") && !words.contains("Hart") && !words.contains("she"), "{text}: {words}");
            }
        }
    }
}
