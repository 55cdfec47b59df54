//! Invented training texts: the corpora with other people in them, carelessly written copies, and office mail.

use std::sync::LazyLock;

use crate::chance::Chance;
use crate::corpus::{Doc, Group, Label, Risk, Span};

static GIVEN: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/given.txt")));
static SURNAMES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/surnames.txt")));
static WIDE_GIVEN: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/given-wide.txt")));
static WIDE_SURNAMES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/surnames-wide.txt")));
static WIDE_PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/places-wide.txt")));
static PLACES: LazyLock<Vec<&str>> = LazyLock::new(|| words(include_str!("../../data/places.txt")));
const OFFICE: &str = include_str!("office.txt");

/// Copies of a text to learn from besides it.
pub(crate) fn copies(doc: &Doc, chance: &mut Chance) -> Vec<Doc> {
    let (swapped, small) = match doc.group {
        Group::Sentences => (2, 40),
        Group::Careless => (1, 35),
        Group::Tweets => (chance.below(2), 12),
        Group::Encyclopaedia => (1, 20),
        Group::Judgments | Group::Contracts => (0, 0),
    };
    let mut out: Vec<Doc> = (0..swapped).filter_map(|_| renamed(doc, chance)).collect();
    if chance.below(100) < small {
        let copy = renamed(doc, chance).unwrap_or_else(|| doc.clone());
        out.push(carelessly(copy));
    }
    out
}

/// The text with other people in it; nothing when it speaks of nobody.
fn renamed(doc: &Doc, chance: &mut Chance) -> Option<Doc> {
    if !doc.spans.iter().any(|s| s.label == Label::Person) {
        return None;
    }
    let mut copy = Doc { text: String::new(), spans: Vec::new(), ..doc.clone() };
    let mut at = 0;
    let mut surname = last_name(chance);
    for span in &doc.spans {
        if span.start < at {
            continue;
        }
        copy.text.push_str(doc.text.get(at..span.start)?);
        let start = copy.text.len();
        let old = doc.text.get(span.start..span.end)?;
        if span.label == Label::Person {
            if chance.below(3) > 0 {
                surname = last_name(chance);
            }
            copy.text.push_str(&instead(old, &surname, chance));
        } else {
            copy.text.push_str(old);
        }
        copy.spans.push(Span { whole: start, start, end: copy.text.len(), ..span.clone() });
        at = span.end;
    }
    copy.text.push_str(doc.text.get(at..)?);
    Some(copy)
}

/// Another name of the same build: words for words, initials stay.
fn instead(old: &str, surname: &str, chance: &mut Chance) -> String {
    let words: Vec<&str> = old.split(' ').collect();
    let last = words.len() - 1;
    let small = !old.chars().any(char::is_uppercase);
    let shouted = old.chars().count() > 3 && !old.chars().any(char::is_lowercase);
    let new: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(i, word)| {
            if word.chars().filter(|c| c.is_alphabetic()).count() < 3 {
                (*word).to_owned()
            } else if i == last && last > 0 || last == 0 && chance.below(3) == 0 {
                surname.to_owned()
            } else {
                first_name(chance)
            }
        })
        .collect();
    let new = new.join(" ");
    if small {
        new.to_lowercase()
    } else if shouted {
        new.to_uppercase()
    } else {
        new
    }
}

/// Everything in small letters.
fn carelessly(mut doc: Doc) -> Doc {
    // Only letters whose small form is as long keep the spans where they are.
    doc.text = doc.text.chars().map(|c| c.to_lowercase().next().filter(|l| l.len_utf8() == c.len_utf8()).unwrap_or(c)).collect();
    doc
}

/// Everything in capitals.
fn loudly(mut doc: Doc) -> Doc {
    doc.text = doc.text.chars().map(|c| c.to_uppercase().next().filter(|u| u.len_utf8() == c.len_utf8()).unwrap_or(c)).collect();
    doc
}

/// Office mail, notes, forms and chats from the patterns in `office.txt`.
pub(crate) fn letters(chance: &mut Chance) -> Vec<Doc> {
    let mut out = Vec::new();
    for pattern in OFFICE.split("\n--\n").filter(|p| !p.starts_with('#') && !p.trim().is_empty()) {
        for i in 0..8 {
            let doc = filled(pattern.trim(), chance);
            out.push(match i {
                0 => carelessly(doc),
                1 if !pattern.trim().contains('\n') => loudly(doc),
                _ => doc,
            });
        }
    }
    out
}

/// A pattern with its places filled: `{F}` given name, `{S}` surname, `{N}` full name, `{I}` initial and surname, `{L}` place,
/// `{W}` a place anywhere, `{R}` a street with its number, `{B}` an address, `{O}` organisation.
fn filled(pattern: &str, chance: &mut Chance) -> Doc {
    let mut doc = Doc { group: Group::Sentences, held: false, text: String::new(), spans: Vec::new(), applicant: None };
    let mut rest = pattern;
    let loud = !outside(pattern).contains(|c: char| c.is_lowercase()) && outside(pattern).contains(|c: char| c.is_uppercase());
    while let Some((before, after)) = rest.split_once('{') {
        doc.text.push_str(before);
        let Some((what, after)) = after.split_once('}') else { break };
        let start = doc.text.len();
        let (label, value) = match what {
            "F" => (Label::Person, first_name(chance)),
            "S" => (Label::Person, last_name(chance)),
            "I" => (Label::Person, format!("{}. {}", first_name(chance).chars().next().unwrap_or('J'), last_name(chance))),
            "L" => (Label::Place, titled(chance.pick(&PLACES))),
            "W" => (Label::Place, titled(chance.pick(&WIDE_PLACES))),
            "R" => (Label::Other, street(chance)),
            "B" => {
                address(&mut doc, chance);
                rest = after;
                continue;
            }
            "O" => (Label::Organisation, organisation(chance)),
            _ => (Label::Person, full_name(chance)),
        };
        doc.text.push_str(&if loud { value.to_uppercase() } else { value });
        doc.spans.push(Span { whole: start, start, end: doc.text.len(), label, risk: Risk::None, kind: what.to_owned() });
        rest = after;
    }
    doc.text.push_str(rest);
    doc
}

/// A pattern without its places.
fn outside(pattern: &str) -> String {
    pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect()
}

/// A street of some country, often called after somebody: no person's name.
fn street(chance: &mut Chance) -> String {
    let (number, name) = (1 + chance.below(980), if chance.below(2) == 0 { last_name(chance) } else { titled(chance.pick(&WIDE_PLACES)) });
    match chance.below(20) {
        0 => format!("{number} Rue {name}"),
        1 => format!("{number} Rue de {name}"),
        2 => format!("ul. {name} {number}"),
        3 => format!("{name} u. {number}"),
        4 => format!("Calle {name} {number}"),
        5 => format!("{name}gatan {number}"),
        6 => format!("Via {name} {number}"),
        7 => format!("{name} utca {number}"),
        8 => format!("{number} {name} Street"),
        9 => format!("{number} {name} Avenue"),
        10 => format!("{name}straße {number}"),
        11 => format!("Rua {name} {number}"),
        12 => format!("{name}vej {number}"),
        13 => format!("{name} {number}"),
        14 => format!("{number} {name}"),
        15 => format!("{name} {} {number}", last_name(chance)),
        16 => format!("{number} {} {name}", first_name(chance)),
        17 => format!("{number} {name}allee {}", 1 + chance.below(99)),
        18 => format!("{number} Avenida {} {name} {}", first_name(chance), 1 + chance.below(99)),
        _ => format!("{number} {name} Road"),
    }
}

/// An address of some country at the end of a text, over several lines or in one: nobody's name but those of its towns.
fn address(doc: &mut Doc, chance: &mut Chance) {
    let margin = doc.text.rsplit('\n').next().unwrap_or_default();
    let margin: String = margin.chars().take_while(|c| !c.is_alphanumeric()).collect();
    let broken = format!("\n{margin}");
    let (lines, joint) = match chance.below(4) {
        0 => (false, ", "),
        1 => (false, " "),
        _ => (true, broken.as_str()),
    };
    let street = street(chance);
    let house = if chance.below(2) == 0 { format!("{} ", 100 + chance.below(90_000)) } else { String::new() };
    let mut parts = vec![(Label::Other, format!("{house}{street}"))];
    if chance.below(2) == 0 {
        parts.push((Label::Other, format!("{} {:03}", chance.pick(&["Suite", "Apt.", "Flat", "Unit", "Room"]), chance.below(900))));
    }
    let town = match chance.below(4) {
        0 => format!("{} {}", titled(chance.pick(&WIDE_PLACES)), titled(chance.pick(&WIDE_PLACES))),
        1 => titled(chance.pick(&WIDE_PLACES)).to_uppercase(),
        _ => titled(chance.pick(&WIDE_PLACES)),
    };
    let code = format!("{}", 100 + chance.below(98_000));
    let region = |chance: &mut Chance| {
        let capital = |chance: &mut Chance| char::from(b'A' + chance.below(26) as u8);
        format!("{}{}", capital(chance), capital(chance))
    };
    match chance.below(5) {
        0 => parts.extend([(Label::Place, town), (Label::Other, format!("{} {code}", region(chance)))]),
        1 => parts.extend([(Label::Place, town), (Label::Place, titled(chance.pick(&WIDE_PLACES)))]),
        2 => parts.extend([(Label::Place, town), (Label::Other, code)]),
        3 => parts.extend([(Label::Place, town), (Label::Place, titled(chance.pick(&WIDE_PLACES))), (Label::Other, code)]),
        _ => parts.push((Label::Place, town)),
    }
    for (i, (label, value)) in parts.into_iter().enumerate() {
        // The code stands beside the town, or on a line of its own.
        let beside = label == Label::Other && i > 1 && (!lines || chance.below(2) == 0);
        doc.text.push_str(if i == 0 {
            ""
        } else if beside {
            " "
        } else {
            joint
        });
        let start = doc.text.len();
        doc.text.push_str(&value);
        doc.spans.push(Span { whole: start, start, end: doc.text.len(), label, risk: Risk::None, kind: "B".to_owned() });
    }
}

fn organisation(chance: &mut Chance) -> String {
    let kinds =
        ["Ltd", "Inc", "Trust", "Academy", "Group", "Partners", "Primary School", "Solicitors", "Care Home", "Foundation", "LLP", "Bank"];
    if chance.below(8) == 0 {
        return format!("{}, {} and {}", last_name(chance), last_name(chance), last_name(chance));
    }
    if chance.below(5) == 0 {
        return last_name(chance);
    }
    let first = if chance.below(2) == 0 { last_name(chance) } else { titled(chance.pick(&PLACES)) };
    format!("{first} {}", chance.pick(&kinds))
}

fn full_name(chance: &mut Chance) -> String {
    let (given, surname) = (first_name(chance), last_name(chance));
    match chance.below(12) {
        0 => format!("{given} {}. {surname}", given.chars().next_back().unwrap_or('a').to_uppercase()),
        1 => format!("{given} {} {surname}", first_name(chance)),
        2 => format!("{given} {surname}-{}", last_name(chance)),
        3 => format!("{given} {}{surname}", chance.pick(&["van ", "de ", "al-", "O'", "Mc", "von ", "ap ", "El "])),
        _ => format!("{given} {surname}"),
    }
}

fn first_name(chance: &mut Chance) -> String {
    if chance.below(2) == 0 { name(&GIVEN, chance) } else { name(&WIDE_GIVEN, chance) }
}

fn last_name(chance: &mut Chance) -> String {
    if chance.below(3) == 0 { name(&SURNAMES, chance) } else { name(&WIDE_SURNAMES, chance) }
}

/// A name of the list, or now and then one that no list has: the head of one with the tail of another.
fn name(list: &[&str], chance: &mut Chance) -> String {
    let one = chance.pick(list);
    if chance.below(4) > 0 {
        return titled(one);
    }
    let other = chance.pick(list);
    let head = one.get(..one.len() / 2 + 1).unwrap_or(one);
    let tail = other.get(other.len() / 2..).unwrap_or(other);
    titled(&format!("{head}{tail}"))
}

fn titled(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn words(list: &'static str) -> Vec<&'static str> {
    list.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
}
