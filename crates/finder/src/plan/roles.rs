//! In which role a person is written of, from the words beside the name: a professional, family, a pupil or client.
//!
//! A role is a hint for the person who decides, with the test that belongs to it. It shows nothing by itself: words can be wrong about
//! somebody, and what is shown by mistake cannot be taken back (docs/adr/0010, 0029).

use std::collections::BTreeMap;

use crate::detect::Kind;
use crate::fold::fold;
use crate::lexicon::{Flags, flags};

use super::grounds::{EXEMPTION_ACTING, EXEMPTION_KNOWN, EXEMPTION_OTHERS, EXEMPTION_WORKER};
use super::propagate::DocPlan;
use super::{Default, PlanContext, Proposal, Role};

/// Further from a name no word says what somebody is, in bytes.
const BESIDE: usize = 48;
/// Said where no word does.
const UNKNOWN: &str = "; role not known";
const WRITTEN: &str = "; written as ";

/// What somebody is written of as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calling {
    /// Health, social work or education: paragraph 17 may have decided the question.
    Worker,
    /// Another professional, or somebody acting for an organisation.
    Acting,
    Family,
    /// A pupil, client, resident, patient.
    Pupil,
}

impl Calling {
    const fn title(self) -> &'static str {
        match self {
            Self::Worker => "a health, social work or education worker",
            Self::Acting => "somebody acting in their job",
            Self::Family => "family or a carer",
            Self::Pupil => "a pupil, client or resident",
        }
    }
}

/// A calling with the word that says it.
type Written = (Calling, &'static str);

/// What stands before a name as its title.
const TITLES: &[(&str, Calling)] = &[
    ("dr", Calling::Worker),
    ("doctor", Calling::Worker),
    ("nurse", Calling::Worker),
    ("midwife", Calling::Worker),
    ("pc", Calling::Acting),
    ("dc", Calling::Acting),
    ("ds", Calling::Acting),
    ("pcso", Calling::Acting),
    ("sgt", Calling::Acting),
    ("sergeant", Calling::Acting),
    ("inspector", Calling::Acting),
    ("constable", Calling::Acting),
    ("detective", Calling::Acting),
    ("judge", Calling::Acting),
    ("cllr", Calling::Acting),
    ("councillor", Calling::Acting),
];

/// What stands before a name or behind it. Of two that end alike the longer comes first.
const WORDS: &[(Calling, &str)] = &[
    (
        Calling::Worker,
        "school nurse|community nurse|district nurse|psychiatric nurse|nurse practitioner|nurse|health visitor|midwife|gp|\
         general practitioner|family doctor|doctor|consultant paediatrician|paediatrician|clinical psychologist|educational psychologist|\
         psychologist|psychiatrist|occupational therapist|speech and language therapist|speech therapist|physiotherapist|paramedic|\
         surgeon|dentist|pharmacist|allocated social worker|social worker|social work assistant|independent reviewing officer|\
         cafcass officer|executive headteacher|deputy headteacher|assistant headteacher|headteacher|head teacher|headmaster|headmistress|\
         deputy head|head of year|form tutor|class teacher|supply teacher|teacher|teaching assistant|learning support assistant|sendco|\
         senco|lecturer|pastoral lead|designated safeguarding lead",
    ),
    (
        Calling::Acting,
        "police officer|police constable|detective constable|custody sergeant|probation officer|youth offending officer|solicitor|barrister|\
         lawyer|magistrate|interpreter|play leader|playworker|youth worker|outreach worker|family support worker|support worker|key worker|\
         keyworker|care worker|care assistant|case worker|caseworker|counsellor|mentor|advocate|housing officer|welfare officer|\
         attendance officer|safeguarding officer|data protection officer|project manager|programme manager|nursery manager|care manager|\
         registered manager|deputy manager|office manager|service manager|team manager|manager|team leader|session leader|group leader|\
         coordinator|co-ordinator|volunteer|trustee|chair of trustees|chief executive|director|receptionist|administrator|caretaker|coach|\
         trainer|tutor|examiner|assessor|accountant|inspector|landlord|employer",
    ),
    (
        Calling::Family,
        "stepmother|stepfather|stepmum|stepdad|stepsister|stepbrother|half-sister|half-brother|foster mother|foster father|foster carer|\
         foster parent|birth mother|birth father|grandmother|grandfather|grandma|grandad|granddad|granny|gran|nana|nan|mother|mum|mummy|mam|\
         father|dad|daddy|sister|brother|auntie|aunt|uncle|cousin|niece|nephew|son|daughter|twin|wife|husband|ex-partner|ex-husband|ex-wife|\
         partner|girlfriend|boyfriend|fiancé|fiancée|next of kin|emergency contact|legal guardian|guardian|carer|parent|parents",
    ),
    (
        Calling::Pupil,
        "fellow pupil|pupil|student|learner|classmate|schoolmate|service user|client|resident|patient|tenant|participant|attendee|trainee|\
         apprentice|child",
    ),
];

/// What stands behind the name of a pupil or resident, before a number or a letter.
const PLACES: &[&str] = &["year ", "class ", "form ", "room ", "flat ", "bed ", "yr ", "key stage ", "reception class"];
/// Headings of lists of pupils or clients.
const LISTS: &[&str] = &[
    "class list",
    "attendance list",
    "attendance register",
    "register of pupils",
    "pupils:",
    "children:",
    "residents:",
    "service users:",
    "clients:",
    "learners:",
    "participants:",
    "present:\u{20}children",
];

/// True for a name that is written as that of somebody acting in their job: what is said beside it is rarely about them.
pub(super) fn professional(text: &str, p: &Proposal) -> bool {
    matches!(written(text, p.start, p.end), Some((Calling::Worker | Calling::Acting, _)))
}

/// Says of every name that is proposed in which role it is written, wherever in the pack that is said, and picks the test for it.
pub(super) fn note(plans: &mut [DocPlan<'_>], context: &PlanContext) {
    let mut pack: Roles = Roles::default();
    let mut each: Vec<Roles> = Vec::with_capacity(plans.len());
    for plan in plans.iter() {
        let mut here = Roles::default();
        for p in plan.proposals.iter().filter(|p| named(p)) {
            let Some(found) = known(p, context).or_else(|| written(&plan.document.text, p.start, p.end)) else { continue };
            let words = name_words(&plan.document.text, p);
            if words.len() > 1 {
                pack.add(words.concat(), found);
            }
            // `Anna` further down is whom the text called `Anna Reed, social worker`.
            for word in &words {
                here.add(word.clone(), found);
            }
        }
        each.push(here);
    }
    for (plan, here) in plans.iter_mut().zip(&each) {
        let text = plan.document.text.as_str();
        for p in plan.proposals.iter_mut().filter(|p| named(p)) {
            let words = name_words(text, p);
            let elsewhere = || match words.as_slice() {
                [word] => here.get(word),
                words => pack.get(&words.concat()),
            };
            let found = known(p, context).or_else(|| written(text, p.start, p.end)).or_else(elsewhere);
            say(p, found);
        }
    }
}

/// Roles by folded names. Who is written of in two roles has none.
#[derive(Debug, Default)]
struct Roles(BTreeMap<String, Option<Written>>);

impl Roles {
    fn add(&mut self, name: String, found: Written) {
        let kept = self.0.entry(name).or_insert(Some(found));
        if kept.is_some_and(|(calling, _)| calling != found.0) {
            *kept = None;
        }
    }

    fn get(&self, name: &str) -> Option<Written> {
        self.0.get(name).copied().flatten()
    }
}

fn named(p: &Proposal) -> bool {
    p.kind == Kind::Person && p.default == Default::Withhold
}

/// What the directory says of somebody who is not shown.
fn known(p: &Proposal, context: &PlanContext) -> Option<Written> {
    let calling = match p.person.and_then(|person| context.directory.get(person))?.role {
        Role::Professional => Calling::Worker,
        Role::Family => Calling::Family,
        Role::Pupil => Calling::Pupil,
        Role::Staff | Role::Other => return None,
    };
    Some((calling, "in the directory"))
}

fn say(p: &mut Proposal, found: Option<Written>) {
    if let Some(at) = p.why.find(WRITTEN).or_else(|| p.why.find(UNKNOWN)) {
        p.why.truncate(at);
    }
    let Some((calling, word)) = found else { return p.why.push_str(UNKNOWN) };
    for part in [WRITTEN, calling.title(), " (", word, ")"] {
        p.why.push_str(part);
    }
    if p.exemption == EXEMPTION_OTHERS || p.exemption == EXEMPTION_KNOWN {
        match calling {
            Calling::Worker => EXEMPTION_WORKER.clone_into(&mut p.exemption),
            Calling::Acting => EXEMPTION_ACTING.clone_into(&mut p.exemption),
            Calling::Family | Calling::Pupil => {}
        }
    }
}

/// The words of a name, folded, without titles.
fn name_words(text: &str, p: &Proposal) -> Vec<String> {
    let folded = fold(text.get(p.start..p.end).unwrap_or_default());
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').map(|word| word.trim_end_matches("'s"));
    words.filter(|word| word.chars().count() > 1 && !flags(word).any(Flags::TITLE)).map(str::to_owned).collect()
}

/// The role that the words beside a name say.
fn written(text: &str, start: usize, end: usize) -> Option<Written> {
    let name = text.get(start..end)?.to_lowercase();
    let before = text.get(text.ceil_char_boundary(start.saturating_sub(BESIDE))..start)?;
    let before = before.rsplit('\n').next().unwrap_or_default().to_lowercase();
    let after = text.get(end..text.floor_char_boundary(end.saturating_add(BESIDE)))?.to_lowercase();
    let first = name.split([' ', '.']).next().unwrap_or_default();
    let title = TITLES.iter().find(|(title, _)| *title == first || last_word_is(before.trim_end_matches([' ', '.']), title));
    if let Some((title, calling)) = title {
        return Some((*calling, title));
    }
    let before = courtesy(before.trim_end_matches([' ', ',', ':', '(', '-', '\u{2013}', '\t', '\u{a0}', '"']));
    let behind = introduced(&after);
    for (calling, words) in WORDS {
        for word in words.split('|') {
            let signed = *calling != Calling::Family && after.starts_with('\n');
            let stands_behind = behind.is_some_and(|rest| first_words_are(rest, word)) && (!after.starts_with('\n') || signed);
            if stands_behind || last_word_is(before, word) {
                return Some((*calling, word));
            }
        }
    }
    let place = behind
        .or_else(|| after.strip_prefix(' '))
        .map(|rest| rest.strip_prefix("in ").or_else(|| rest.strip_prefix("of ")).unwrap_or(rest));
    if let Some(word) = PLACES.iter().find(|word| place.is_some_and(|rest| numbered(rest, word))) {
        return Some((Calling::Pupil, word.trim_end()));
    }
    listed(text, start)
}

/// `Mrs` between what somebody is and the name says nothing.
fn courtesy(before: &str) -> &str {
    let plain = ["mr", "mrs", "ms", "miss", "mx"].iter().find_map(|title| before.trim_end_matches('.').strip_suffix(title));
    plain.filter(|rest| rest.ends_with(' ')).map_or(before, |rest| rest.trim_end_matches([' ', ',', ':', '(', '-']))
}

/// What follows a name as a description of the person: behind a comma, in brackets, behind `is the`, on the next line.
fn introduced(after: &str) -> Option<&str> {
    let begin = [", ", " (", " - ", " \u{2013} ", " is ", " was ", "\n", "\r\n"].iter().find_map(|begin| after.strip_prefix(begin))?;
    let mut rest = begin;
    for article in ["the ", "a ", "an ", "our ", "his ", "her ", "your ", "their ", "my ", "acting ", "senior ", "lead ", "interim "] {
        rest = rest.strip_prefix(article).unwrap_or(rest);
    }
    Some(rest)
}

fn last_word_is(before: &str, word: &str) -> bool {
    before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\''))
}

fn first_words_are(rest: &str, word: &str) -> bool {
    rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\'' || c == '\u{2019}'))
}

fn numbered(rest: &str, word: &str) -> bool {
    rest.strip_prefix(word).is_some_and(|rest| {
        let number: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !word.ends_with(' ') || number.len() < 4 && number.contains(|c: char| c.is_ascii_digit())
    })
}

/// True for a name that begins a line below the heading of a list.
fn listed(text: &str, start: usize) -> Option<Written> {
    let before = text.get(text.ceil_char_boundary(start.saturating_sub(600))..start)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.contains(char::is_alphabetic) || !before.contains('\n') {
        return None;
    }
    let block = before.rsplit("\n\n\n").next().unwrap_or_default().to_lowercase();
    LISTS.iter().find(|heading| block.contains(*heading)).map(|heading| (Calling::Pupil, heading.trim_end_matches(':')))
}

#[cfg(test)]
mod tests {
    use super::super::{DirectoryEntry, plan, propagate, test_of};
    use super::*;
    use crate::document::{Document, DocumentKind};
    use crate::identity::Identity;

    fn planned(texts: &[&str]) -> Vec<Vec<(String, Proposal)>> {
        let subject = Identity { names: vec!["Amelia Hart".into()], ..Identity::default() };
        let entry = |name: &str, role| DirectoryEntry { name: name.into(), emails: Vec::new(), role };
        let directory = [entry("Priya Sandhu", Role::Staff), entry("Milo Hughes", Role::Pupil), entry("Anna Reed", Role::Other)];
        let context = PlanContext::new(&subject, &directory, &[]).unwrap();
        let documents: Vec<Document> = texts.iter().map(|text| Document::of(DocumentKind::Text, "", *text)).collect();
        let mut plans: Vec<DocPlan<'_>> = documents.iter().map(|d| DocPlan { document: d, proposals: plan(d, &context) }).collect();
        propagate(&mut plans, &context);
        let once: Vec<Vec<Proposal>> = plans.iter().map(|p| p.proposals.clone()).collect();
        propagate(&mut plans, &context);
        assert_eq!(plans.iter().map(|p| p.proposals.clone()).collect::<Vec<_>>(), once, "planning again changes nothing");
        once.into_iter().zip(texts).map(|(all, text)| all.into_iter().map(|p| (text[p.start..p.end].to_owned(), p)).collect()).collect()
    }

    fn role(text: &str, name: &str) -> (String, String) {
        let all = planned(&[text]);
        let found = all[0].iter().find(|(words, p)| words.contains(name) && p.kind == Kind::Person);
        let (_, p) = found.unwrap_or_else(|| panic!("{text}: {all:#?}"));
        assert_eq!(p.default, Default::Withhold, "a role shows nothing by itself: {text}");
        assert!(test_of(&p.exemption).is_some());
        (p.why.clone(), p.exemption.clone())
    }

    #[test]
    fn a_role_is_read_beside_the_name_and_picks_the_test() {
        for (text, title, exemption) in [
            ("Amelia saw Dr Anna Reed.", "a health, social work or education worker (dr)", EXEMPTION_WORKER),
            ("The social worker Anna Reed rang.", "a health, social work or education worker (social worker)", EXEMPTION_WORKER),
            ("Anna Reed, SENCO, wrote.", "a health, social work or education worker (senco)", EXEMPTION_WORKER),
            ("Yours\nAnna Reed\nHeadteacher\nOak School", "a health, social work or education worker (headteacher)", EXEMPTION_WORKER),
            ("We spoke to headteacher Mrs Anna Reed.", "a health, social work or education worker (headteacher)", EXEMPTION_WORKER),
            ("PC Anna Reed came.", "somebody acting in their job (pc)", EXEMPTION_ACTING),
            ("Anna Reed (Play Leader) saw it.", "somebody acting in their job (play leader)", EXEMPTION_ACTING),
            ("Amelia's mother Anna Reed came.", "family or a carer (mother)", EXEMPTION_OTHERS),
            ("She came with his sister Anna.", "family or a carer (sister)", EXEMPTION_OTHERS),
            ("Next of kin: Anna Reed", "family or a carer (next of kin)", EXEMPTION_OTHERS),
            ("Anna Reed in Year 4 was there.", "a pupil, client or resident (year)", EXEMPTION_OTHERS),
            ("The resident of the home, service user Anna Reed, fell.", "a pupil, client or resident (service user)", EXEMPTION_OTHERS),
            ("Class list\n- Milo Hughes\n- Anna Reed\n", "a pupil, client or resident (class list)", EXEMPTION_OTHERS),
        ] {
            let (why, found) = role(text, "Anna");
            assert!(why.ends_with(&format!("; written as {title}")), "{text}: {why}");
            assert_eq!(found, exemption, "{text}");
        }
        assert!(role("Milo Hughes rang.", "Milo").0.ends_with("a pupil, client or resident (in the directory)"));
    }

    #[test]
    fn words_that_say_no_role_give_none() {
        for text in [
            "Anna Reed rang.",
            "I asked my motherboard Anna Reed.",
            "Anna Reed, mumbling, left.",
            "The brotherhood of Anna Reed met.",
            "Anna Reed\nMum rang.",
            "Anna Reed in Yearly went.",
        ] {
            assert!(role(text, "Anna").0.ends_with("; role not known"), "{text}: {:?}", role(text, "Anna"));
        }
    }

    #[test]
    fn a_person_is_written_alike_in_the_whole_pack_and_in_two_roles_in_none() {
        let all = planned(&["Anna Reed, social worker, rang. Anna was kind.", "I met Anna Reed.", "Amelia met Anna."]);
        let whys = |at: usize| all[at].iter().map(|(_, p)| p.why.contains("social worker")).collect::<Vec<_>>();
        assert_eq!((whys(0), whys(1), whys(2)), (vec![true, true], vec![true], vec![false]));
        let two = planned(&["Anna Reed, social worker, rang.", "Her mother Anna Reed rang.", "I met Anna Reed."]);
        assert!(two[2].iter().all(|(_, p)| p.why.ends_with("; role not known") && p.exemption == EXEMPTION_OTHERS), "{two:#?}");
    }
}
