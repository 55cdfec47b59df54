//! The ways in which somebody is mentioned.

use super::plain::ascii;
use super::somebody::Somebody;
use crate::rng::Rng;

/// How a mention travels, where its style says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Anything.
    Anything,
    /// A message in plain text: the mention has lines of its own, or letters that few formats keep.
    Lines,
    /// The named header of a message.
    Header(&'static str),
    /// A row of a table.
    Row,
}

/// One way.
pub struct Style {
    /// What it is called in the report.
    pub name: &'static str,
    /// How it travels.
    pub needs: Needs,
    /// The mention, or nothing where a person has no such thing.
    pub write: fn(&Somebody, &mut Rng) -> Option<String>,
}

const fn style(name: &'static str, write: fn(&Somebody, &mut Rng) -> Option<String>) -> Style {
    Style { name, needs: Needs::Anything, write }
}

const fn lines(name: &'static str, write: fn(&Somebody, &mut Rng) -> Option<String>) -> Style {
    Style { name, needs: Needs::Lines, write }
}

/// Every way.
pub const STYLES: &[Style] = &[
    style("full name", |p, _| Some(p.name())),
    style("with the middle name", |p, _| Some(format!("{} {} {}", p.given, p.middle, p.surname))),
    style("with the middle initial", |p, r| Some(format!("{} {}{} {}", p.given, first(&p.middle), pick(r, &["", "."]), p.surname))),
    style("surname first, comma", |p, _| Some(format!("{}, {}", p.surname, p.given))),
    style("surname first, capitals", |p, _| Some(format!("{} {}", p.surname.to_uppercase(), p.given))),
    style("initial and surname", |p, r| Some(format!("{}{}{}", first(&p.given), pick(r, &[". ", " ", "."]), p.surname))),
    style("two initials and surname", |p, r| {
        let (a, b) = (first(&p.given), first(&p.middle));
        Some(match r.below(3) {
            0 => format!("{a}.{b}. {}", p.surname),
            1 => format!("{a}{b} {}", p.surname),
            _ => format!("{a}. {b}. {}", p.surname),
        })
    }),
    style("surname and initials", |p, r| {
        let (a, b) = (first(&p.given), first(&p.middle));
        Some(match r.below(3) {
            0 => format!("{}, {a}.", p.surname),
            1 => format!("{} {a}{b}", p.surname.to_uppercase()),
            _ => format!("{}, {a} {b}", p.surname),
        })
    }),
    style("nickname and surname", |p, _| some(&p.short).map(|s| format!("{s} {}", p.surname))),
    style("nickname in brackets", |p, _| some(&p.short).map(|s| format!("{} ({s}) {}", p.given, p.surname))),
    style("title and surname", |p, r| Some(format!("{} {}", pick(r, &["Mr", "Mrs", "Ms.", "Dr", "Dr.", "Miss", "Prof."]), p.surname))),
    style("error in the surname", |p, r| (p.surname.chars().count() >= 7).then(|| format!("{} {}", p.given, error(&p.surname, r)))),
    style("error in the given name", |p, r| (p.given.chars().count() >= 7).then(|| format!("{} {}", error(&p.given, r), p.surname))),
    style("capitals", |p, _| Some(p.name().to_uppercase())),
    style("small letters", |p, _| Some(p.name().to_lowercase())),
    style("written as one word", |p, r| {
        let word = ascii(&p.name()).replace(['\'', '-', ' '], "");
        Some(match r.below(3) {
            0 => word,
            1 => word.to_lowercase(),
            _ => format!("@{}", word.to_lowercase()),
        })
    }),
    style("e-mail address", |p, _| Some(p.email.clone())),
    style("e-mail address in capitals", |p, _| Some(p.email.to_uppercase())),
    style("e-mail address with a tag", |p, r| Some(p.email.replace('@', &format!("+{}@", pick(r, &["news", "school", "2026"]))))),
    style("e-mail address without its dot", |p, _| Some(p.email.replacen('.', "", 1))),
    style("e-mail address made from the name", |p, r| {
        let (given, surname) = (letters(&p.given), letters(&p.surname));
        let (_, domain) = p.email.split_once('@')?;
        Some(format!("{given}{}{surname}@{domain}", pick(r, &[".", "_", ""])))
    }),
    style("e-mail address spelt out", |p, r| {
        let (local, domain) = p.email.split_once('@')?;
        Some(match r.below(3) {
            0 => format!("{local} at {domain}"),
            1 => format!("{local} (at) {}", domain.replace('.', " (dot) ")),
            _ => format!("{local}[at]{domain}"),
        })
    }),
    style("telephone number, at home", |p, r| Some(phone(&p.mobile, r.below(6)))),
    style("telephone number, from abroad", |p, r| Some(phone(&p.mobile, 6 + r.below(7)))),
    style("date of birth in numbers", |p, r| {
        Some(p.born.strftime(pick(r, &["%d/%m/%Y", "%d/%m/%y", "%-d.%-m.%Y", "%d-%m-%Y", "%-d/%-m/%y"])).to_string())
    }),
    style("date of birth in words", |p, r| {
        let day = p.born.day();
        let end = match day {
            1 | 21 => "st",
            2 | 22 => "nd",
            3 | 23 => "rd",
            _ => "th",
        };
        let month = p.born.strftime("%B").to_string();
        Some(match r.below(5) {
            0 => format!("{day}{end} {month} {}", p.born.year()),
            1 => format!("{day} {month} {}", p.born.year()),
            2 => format!("{month} {day}, {}", p.born.year()),
            3 => format!("{day}{end} of {month} {}", p.born.year()),
            _ => p.born.strftime("%d-%b-%Y").to_string(),
        })
    }),
    style("date of birth, ISO", |p, r| Some(p.born.strftime(pick(r, &["%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%dT00:00:00"])).to_string())),
    style("house and street", |p, r| {
        let (street, town, _) = &p.address;
        let short = street.replace(" Lane", " Ln").replace(" Road", " Rd").replace(" Avenue", " Ave").replace(" Street", " St");
        Some(match r.below(4) {
            0 => format!("{street}, {town}"),
            1 => short,
            2 => street.to_uppercase(),
            _ => street.replacen(' ', ", ", 1),
        })
    }),
    lines("address in lines", |p, _| Some(format!("\n{}\n{}\n{}\n", p.address.0, p.address.1, p.address.2))),
    style("postcode", |p, r| {
        let code = &p.address.2;
        Some(match r.below(3) {
            0 => code.clone(),
            1 => code.replace(' ', ""),
            _ => code.to_lowercase(),
        })
    }),
    style("reference", |p, r| {
        let code = &p.reference;
        Some(match r.below(4) {
            0 => code.clone(),
            1 => code.to_lowercase(),
            2 => code.replace(['-', '/'], " "),
            _ => code.replace('-', ""),
        })
    }),
    style("National Insurance number", |p, r| {
        Some(if r.chance(30) { p.insurance.clone() } else { grouped(&p.insurance, &[2, 2, 2, 2, 1], pick(r, &[" ", "-"])) })
    }),
    style("NHS number", |p, r| Some(if r.chance(30) { p.nhs.clone() } else { grouped(&p.nhs, &[3, 3, 4], pick(r, &[" ", "-"])) })),
    style("former name", |p, _| some(&p.maiden).map(|m| format!("{} {m}", p.given))),
    style("without hyphens and apostrophes", |p, r| {
        let with = p.name();
        let without = with.replace('-', " ").replace(['\'', '’'], pick(r, &["", " "]));
        (without != with).then_some(without)
    }),
    style("without accents", |p, _| Some(ascii(&p.name())).filter(|n| *n != p.name())),
    style("umlauts spelt out", |p, _| {
        let with = p.name();
        let without = with.replace('ü', "ue").replace(['ö', 'ø'], "oe").replace('ä', "ae");
        (without != with).then_some(without)
    }),
    lines("in its own letters", |p, _| some(&p.other).map(str::to_owned)),
    style("half of a double surname", |p, r| {
        let (a, b) = p.surname.split_once('-').filter(|(a, _)| a.len() > 2)?;
        Some(format!("{} {}", p.given, if r.chance(50) { a } else { b }))
    }),
    style("particle joined or left out", |p, r| {
        let (particles, last) = p.surname.rsplit_once(' ')?;
        Some(if r.chance(50) {
            format!("{} {last}", p.given)
        } else {
            format!("{} {}{}", p.given, particles.replace(' ', ""), last.to_lowercase())
        })
    }),
    style("Mac and Mc", |p, _| {
        let rest = p.surname.strip_prefix("Mac").or_else(|| p.surname.strip_prefix("Mc"))?;
        Some(format!("{} {}{rest}", p.given, if p.surname.starts_with("Mac") { "Mc" } else { "Mac" }))
    }),
    lines("over two lines", |p, _| Some(format!("{}\n{}", p.given, p.surname))),
    lines("over two quoted lines", |p, _| Some(format!("\n> we should ask whether {}\n> {} was told about this\n", p.given, p.surname))),
    lines("broken by a hyphen", |p, r| {
        let chars: Vec<char> = p.surname.chars().collect();
        if chars.len() < 7 || !chars.iter().all(|c| c.is_alphabetic()) {
            return None;
        }
        let at = r.between(3, chars.len() - 3);
        let (a, b): (String, String) = (chars.iter().take(at).collect(), chars.iter().skip(at).collect());
        Some(format!("{} {a}-\n{b}", p.given))
    }),
    style("fields of a form", |p, r| {
        Some(match r.below(3) {
            0 => format!("Surname: {} Forename: {}", p.surname, p.given),
            1 => format!("First name: {}; Last name: {}", p.given, p.surname),
            _ => format!("Family name = {}, Given names = {} {}", p.surname, p.given, p.middle),
        })
    }),
    Style {
        name: "cells of a row",
        needs: Needs::Row,
        write: |p, r| Some(if r.chance(50) { format!("{} | {}", p.surname, p.given) } else { format!("{} | {}", p.given, p.surname) }),
    },
    style("shared surname", |p, r| Some(format!("{} {} {} {}", p.given, pick(r, &["and", "&"]), pick(r, &["Tom", "Olive"]), p.surname))),
    style("with the possessive", |p, _| Some(format!("{}'s", p.name()))),
    lines("signature", |p, r| Some(format!("\n-- \n{}\n{}\n", p.name(), pick(r, &["Volunteer", "Team leader, North", "Treasurer"])))),
    lines("wrong character set", |p, _| {
        let misread = |t: &str| t.bytes().map(char::from).collect::<String>();
        let wrong = misread(&p.name());
        // Bytes that are no letters in that character set are lost on the way and leave nothing to go by.
        let kept =
            |n: &str| n.chars().all(|c| c.is_ascii() || ('à'..='ü').contains(&c)) && n.chars().filter(|c| !c.is_ascii()).count() <= 2;
        (wrong != p.name() && kept(&p.name())).then_some(wrong)
    }),
    Style { name: "sender", needs: Needs::Header("From"), write: |p, _| Some(format!("{}\n{}", p.name(), p.email)) },
    Style { name: "receiver", needs: Needs::Header("To"), write: |p, _| Some(format!("\n{}", p.email)) },
    Style { name: "copied in", needs: Needs::Header("Cc"), write: |p, _| Some(format!("{}\n{}", p.name(), p.email)) },
    Style { name: "reply address", needs: Needs::Header("Reply-To"), write: |p, _| Some(format!("\n{}", p.email)) },
    Style { name: "display name", needs: Needs::Header("To"), write: |p, _| Some(format!("{}\noffice@brightfold.example", p.name())) },
    Style { name: "subject", needs: Needs::Header("Subject"), write: |p, _| Some(p.name()) },
];

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn pick<'a>(rng: &mut Rng, from: &[&'a str]) -> &'a str {
    from.get(rng.below(from.len())).copied().unwrap_or_default()
}

fn first(name: &str) -> String {
    name.chars().take(1).collect()
}

fn letters(name: &str) -> String {
    ascii(name).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// One letter left out, doubled, or swapped with its neighbour, never the first.
fn error(name: &str, rng: &mut Rng) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (1..chars.len().saturating_sub(1))
        .filter(|&i| [i, i + 1].iter().all(|&j| chars.get(j).is_some_and(|c| c.is_alphabetic())) && chars.get(i) != chars.get(i + 1))
        .collect();
    let Some(&at) = places.get(rng.below(places.len())) else { return name.to_owned() };
    match rng.below(3) {
        0 => {
            chars.remove(at);
        }
        1 => {
            if let Some(&c) = chars.get(at) {
                chars.insert(at, c);
            }
        }
        _ => chars.swap(at, at + 1),
    }
    chars.into_iter().collect()
}

fn grouped(number: &str, sizes: &[usize], joint: &str) -> String {
    let mut rest = number;
    let mut parts = Vec::new();
    for &size in sizes {
        let (part, tail) = rest.split_at_checked(size).unwrap_or((rest, ""));
        parts.push(part);
        rest = tail;
    }
    parts.join(joint)
}

fn phone(mobile: &str, way: usize) -> String {
    let national = mobile.strip_prefix('0').unwrap_or(mobile);
    let (a, b, c) = (national.get(..4).unwrap_or_default(), national.get(4..7).unwrap_or_default(), national.get(7..).unwrap_or_default());
    match way {
        0 => mobile.to_owned(),
        1 => format!("0{a} {b}{c}"),
        2 => format!("0{a} {b} {c}"),
        3 => format!("0{a}-{b}-{c}"),
        4 => format!("(0{a}) {b}{c}"),
        5 => format!("0{a}.{b}.{c}"),
        6 => format!("+44 {a} {b}{c}"),
        7 => format!("+44 (0){a} {b} {c}"),
        8 => format!("0044 {a} {b} {c}"),
        9 => format!("+44{national}"),
        10 => format!("+44 (0) {a} {b}{c} ext. 12"),
        11 => format!("+44.{a}.{b}.{c}"),
        _ => format!("44 {a} {b} {c}"),
    }
}
