//! Tests of the documents on every built-in pack of an organisation.

use jiff::civil::date;

use super::*;
use crate::letters::{RegulatorText, Writer};
use crate::policy::{Activity, Audience, Policy};

fn writer(policy: &Policy) -> Writer {
    let organisation = policy.organisation();
    Writer {
        organisation: organisation.name.clone(),
        address: organisation.address.clone(),
        contact: organisation.email.clone(),
        signatory: organisation.dpo_title.clone(),
        regulator: RegulatorText {
            name: policy.regulator().name.clone(),
            web: policy.regulator().website.clone(),
            phone: policy.regulator().helpline.clone(),
            post: policy.regulator().address.join(", "),
        },
        today: date(2026, 11, 22),
    }
}

/// The packs of organisations: all but the base pack.
fn packs() -> impl Iterator<Item = Policy> {
    Policy::builtin_names().filter(|name| *name != "uk").map(|name| Policy::builtin(name).unwrap())
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The notice as plain text without its marks of lists and ends of lines.
fn spoken(document: &Document) -> String {
    tidy(&plain(document).lines().map(|line| line.trim_start().trim_start_matches("- ")).collect::<Vec<_>>().join(" "))
}

/// Every notice of every pack with the activities it is about.
fn notices() -> Vec<(String, Audience, Document, Vec<Activity>)> {
    let mut all = Vec::new();
    for policy in packs() {
        assert!(!policy.notices().notice.is_empty(), "{}", policy.about().name);
        for notice in &policy.notices().notice {
            let about =
                |activity: &&Activity| notice.subjects.is_empty() || activity.subjects.iter().any(|it| notice.subjects.contains(it));
            let activities: Vec<Activity> = policy.processing().iter().filter(about).cloned().collect();
            let place = format!("{} {}", policy.about().name, notice.id);
            assert!(!activities.is_empty(), "{place}: no activity is about these people");
            all.push((place, notice.audience, super::notice(&policy, notice, &writer(&policy)), activities));
        }
    }
    all
}

#[test]
fn every_notice_names_what_the_law_demands() {
    for (place, audience, document, activities) in notices() {
        let text = spoken(&document);
        for activity in &activities {
            for demanded in [&activity.purpose, &activity.kept].into_iter().chain(&activity.recipients).chain(&activity.categories) {
                assert!(text.contains(&tidy(demanded)), "{place}: {demanded}");
            }
            let found = basis::bases(&activity.basis);
            assert!(!found.is_empty(), "{place}: {}", activity.basis);
            for basis in found {
                let sentence = match audience {
                    Audience::Adult => activity.basis.as_str(),
                    Audience::Child => basis.child(),
                    Audience::EasyRead => basis.easy(),
                };
                assert!(text.contains(&tidy(sentence)), "{place}: {sentence}");
            }
        }
        for demanded in [document.organisation.as_str(), "section 164A", "section 165", "court", "copy", "within 30 days", "month"] {
            let easy = audience == Audience::EasyRead && demanded == "within 30 days" && text.contains("in 30 days or less");
            assert!(easy || text.to_lowercase().contains(&demanded.to_lowercase()), "{place}: {demanded}");
        }
    }
}

#[test]
fn every_notice_says_whom_to_turn_to() {
    for policy in packs() {
        let writer = writer(&policy);
        for notice in &policy.notices().notice {
            let text = spoken(&super::notice(&policy, notice, &writer));
            let regulator = &writer.regulator;
            for demanded in [&writer.contact, &writer.signatory, &regulator.name, &regulator.web, &regulator.phone, &regulator.post] {
                assert!(text.contains(demanded.as_str()), "{}: {demanded}", notice.id);
            }
        }
    }
}

/// Children and easy readers meet the law by name in one line alone, which is for whoever
/// helps them, and no sentence of our own is long.
#[test]
fn children_and_easy_readers_are_spared_the_words_of_the_law() {
    let mut seen = 0;
    for (place, audience, document, _) in notices() {
        let most = match audience {
            Audience::Adult => continue,
            Audience::Child => 20,
            Audience::EasyRead => 12,
        };
        seen += 1;
        let lines: Vec<String> = plain_lines(&document);
        for line in &lines {
            let helper = line.starts_with("For people who help you:");
            for word in [
                "Article",
                "Schedule",
                "section",
                "GDPR",
                "legitimate interest",
                "lawful basis",
                "special categor",
                "pursuant",
                "controller",
            ] {
                assert!(helper || !line.contains(word), "{place}: {line}");
            }
        }
        let words = if audience == Audience::Child { &simple::CHILD } else { &simple::EASY };
        for sentence in words.sentences() {
            for one in sentence.split_inclusive(['.', '?', '\n']) {
                assert!(one.split_whitespace().count() <= most, "{one}");
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}

/// Every line of the document as it was made, before it is wrapped.
fn plain_lines(document: &Document) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Heading(text) | Block::Paragraph(text) => vec![text.clone()],
        Block::Bullets(items) => items.clone(),
        Block::Terms(rows) => rows.iter().flat_map(|(term, text)| [term, text]).flat_map(|text| text.lines().map(str::to_owned)).collect(),
    };
    document.blocks.iter().flat_map(of).collect()
}

#[test]
fn what_must_be_given_is_told_only_where_it_is_true() {
    let mut told = [0, 0];
    for (place, audience, document, activities) in notices() {
        let all: Vec<_> = activities.iter().flat_map(|activity| basis::bases(&activity.basis)).collect();
        let text = spoken(&document);
        let promise = match audience {
            Audience::Adult => "for a contract with you, we need them",
            Audience::Child => "to keep a promise we made",
            Audience::EasyRead => "to keep our agreement with you.",
        };
        let contract = all.contains(&basis::Basis::Contract);
        assert_eq!(text.contains(promise), contract, "{place}");
        told[usize::from(contract)] += 1;
    }
    assert!(told[0] > 0 && told[1] > 0, "both cases are seen: {told:?}");
}

#[test]
fn the_right_to_object_stands_apart_for_adults() {
    for (place, audience, document, _) in notices() {
        let apart = document.blocks.windows(2).any(|pair| {
            matches!(pair, [Block::Heading(heading), Block::Paragraph(text)] if heading == "Your right to object" && text.contains("direct marketing"))
        });
        assert_eq!(apart, audience == Audience::Adult, "{place}");
    }
}

#[test]
fn the_policy_comes_in_every_format() {
    for policy in packs() {
        let document = super::policy(&policy, &Adoption::of(&policy));
        let text = plain(&document);
        for clause in policy.clauses() {
            assert!(text.contains(&format!("{}:", clause.id)), "{}", clause.id);
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{}", policy.about().name);
        assert!(text.contains("Adopted by:") && text.contains("Next review:"));
        let sections = document.blocks.iter().filter(|block| matches!(block, Block::Heading(_))).count();
        let tables = document.blocks.iter().filter(|block| matches!(block, Block::Terms(_))).count();
        assert_eq!(sections, tables, "one table a section");
        assert!(plain(&document.printed_on(date(2026, 11, 22))).contains("Printed on: 22 November 2026"));
        let sheet = plain(&board(&policy, &writer(&policy)));
        assert!(sheet.contains("What to do") && sheet.contains("The regulator is"), "{sheet}");
    }
}

#[test]
fn an_adult_a_child_and_an_easy_reader_are_each_spoken_to_in_their_own_way() {
    let policy = Policy::builtin("childrens-education-cic").unwrap();
    let of = |audience: Audience| {
        let notice = policy.notices().notice.iter().find(|notice| notice.audience == audience).unwrap();
        plain(&super::notice(&policy, notice, &writer(&policy)))
    };
    assert!(of(Audience::Adult).contains("Lawful basis:"));
    let child = of(Audience::Child);
    assert!(child.contains("What do we know about you?\n  - "), "{child}");
    let easy = of(Audience::EasyRead);
    assert!(easy.contains("What we keep\n  - ") && easy.contains("Someone can help you to ask."), "{easy}");
}

#[test]
fn plain_text_is_wrapped_and_underlined() {
    let document = Document {
        title: "A title".into(),
        organisation: "Rowan Trust".into(),
        about: vec![("Version".into(), "1".into())],
        blocks: vec![heading("Part"), paragraph("word ".repeat(40)), Block::Bullets(vec!["one".into()])],
        foot: String::new(),
        audience: Audience::Adult,
    };
    let text = plain(&document);
    assert!(text.starts_with("A title\n=======\nRowan Trust\n\nVersion: 1\n\nPart\n----\n"), "{text}");
    assert!(text.lines().all(|line| line.len() <= WIDTH_SEEN) && text.ends_with("- one\n"), "{text}");
}

const WIDTH_SEEN: usize = 72;
