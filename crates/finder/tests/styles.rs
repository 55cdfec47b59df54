//! A person is found however they are written: names of many origins in ways that forms, machines, scanners and hurried people write them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use finder::fold::fold;
use finder::identity::{Band, Identity, Matcher, band_of};
use jiff::civil::Date;

/// Invented people: given name, middle name, surname.
const PEOPLE: &[(&str, &str, &str)] = &[
    ("Harriet", "Louise", "Pemberton"),
    ("Thomas", "Chidi", "Okafor"),
    ("Elizabeth", "Mary", "Wainwright"),
    ("Mohammed", "Rafiq", "Chowdhury"),
    ("Siobhán", "Mary", "Gallagher"),
    ("Zoë", "Jane", "Whitfield-Barnes"),
    ("Katarzyna", "Maria", "Lewandowska"),
    ("José", "Luis", "Hernández"),
    ("Michael", "John", "O'Connor"),
    ("Fergus", "Alan", "MacGregor"),
    ("Aleksandra", "Ana", "Petrović"),
    ("Anne-Marie", "Lucie", "Delacroix"),
    ("Björn", "Erik", "Åkesson"),
    ("Ludwig", "Karl", "von Hohenberg"),
    ("Christopher", "Ian", "Blackwood"),
    ("Temitope", "Grace", "Adeyinka"),
    ("Gwendolyn", "Mair", "Prosser"),
    ("Ravinder", "Jit", "Sandhu"),
    ("Şebnem", "Ayla", "Yıldırım"),
    ("Margaret", "Ann", "Thistlethwaite"),
    ("Jonathan", "Peter", "Hughes"),
    ("Stephen", "Roy", "Clark"),
];

type Way = (&'static str, fn(&str, &str, &str) -> Option<String>);

fn plain(t: &str) -> String {
    fold(t).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn capital(t: &str) -> String {
    let mut chars = t.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn first(t: &str) -> String {
    t.chars().take(1).collect()
}

/// A text with its letter at `at` changed.
fn with(t: &str, at: usize, change: impl Fn(char) -> String) -> String {
    t.chars().enumerate().map(|(i, c)| if i == at { change(c) } else { c.to_string() }).collect()
}

fn simple(t: &str, length: usize) -> bool {
    t.is_ascii() && t.len() >= length && t.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Of a surname that many bear, an initial says little.
fn rare(surname: &str) -> bool {
    plain(surname).len() > 6 && !["gallagher", "oconnor"].contains(&plain(surname).as_str())
}

fn neighbour(c: char) -> String {
    let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    rows.iter().find_map(|r| r.find(c).map(|i| r.chars().nth(if i == 0 { 1 } else { i - 1 }).unwrap_or(c))).unwrap_or('x').to_string()
}

fn misread(t: &str, kept: impl Fn(u8) -> Option<char>) -> String {
    t.bytes().filter_map(kept).collect()
}

const WAYS: &[Way] = &[
    ("surname and given name", |g, _, s| Some(format!("{s} {g}"))),
    ("surname and initial", |g, _, s| Some(format!("{s} {}.", first(g)))),
    ("possessive of initial", |g, _, s| Some(format!("{}. {s}'s", first(g)))),
    ("soft hyphens", |g, _, s| Some(format!("{g} {}", with(s, 2, |c| format!("\u{ad}{c}"))))),
    ("zero width", |g, _, s| {
        Some(format!("{}\u{200b} {}", with(g, 2, |c| format!("\u{200b}{c}")), with(s, 3, |c| format!("\u{feff}{c}"))))
    }),
    ("no-break blanks", |g, _, s| Some(format!("{g}\u{a0}\u{202f}{s}"))),
    ("tab", |g, _, s| Some(format!("{g}\t{s}"))),
    ("quoted lines", |g, _, s| Some(format!("x\n>> {g}\n>> {s} y"))),
    ("quoted with bars", |g, _, s| Some(format!("x\n| {g}\n| {s} y"))),
    ("tags", |g, _, s| Some(format!("<b>{g}</b> <i>{s}</i>"))),
    ("tags without a blank", |g, _, s| Some(format!("<td>{g}</td><td>{s}</td>"))),
    ("tags with attributes", |g, _, s| Some(format!("<span style=\"color:red\">{g}</span> <span class=\"x\">{s}</span>"))),
    ("no-break blank as a reference", |g, _, s| Some(format!("{g}&nbsp;{s}"))),
    ("references for letters", |g, _, s| {
        let name = format!("{g} {s}");
        let out: String =
            name.chars().map(|c| if c.is_ascii() && c != '\'' { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect();
        (out != name).then_some(out)
    }),
    ("soft break", |g, _, s| Some(format!("{g} {}", with(s, 3, |c| format!("=\n{c}"))))),
    ("quoted-printable left undecoded", |g, _, s| {
        let name = format!("{g} {s}");
        let coded: String = name.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("={b:02X}") }).collect();
        (coded != name).then_some(coded)
    }),
    ("encoded word", |g, _, s| {
        let coded: String = format!("{g} {s}")
            .bytes()
            .map(|b| {
                if b == b' ' {
                    "_".to_owned()
                } else if b.is_ascii_alphabetic() {
                    char::from(b).to_string()
                } else {
                    format!("={b:02X}")
                }
            })
            .collect();
        Some(format!("From: =?utf-8?Q?{coded}?= <x@y.example>"))
    }),
    ("escaped for the web", |g, _, s| {
        let coded: String = format!("{g} {s}")
            .bytes()
            .map(|b| if b.is_ascii_alphabetic() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect();
        Some(format!("https://x.example/?q={coded}&a=1"))
    }),
    ("plus signs", |g, _, s| (g.is_ascii() && s.is_ascii()).then(|| format!("https://x.example/?q={g}+{s}"))),
    ("UTF-7", |g, _, s| (g == "Siobhán").then(|| format!("Siobh+AOE-n {s}"))),
    ("homoglyphs", |g, _, s| {
        let turn = |t: &str| t.replace('a', "\u{430}").replace('e', "\u{435}").replace('o', "\u{43e}");
        Some(format!("{} {}", turn(g), turn(s)))
    }),
    ("error: insertion in the surname", |g, _, s| simple(s, 6).then(|| format!("{g} {}", with(s, 3, |c| format!("{c}e"))))),
    ("error: deletion in the surname", |g, _, s| simple(s, 6).then(|| format!("{g} {}", with(s, 3, |_| String::new())))),
    ("error: neighbour in the surname", |g, _, s| simple(s, 6).then(|| format!("{g} {}", with(s, 3, neighbour)))),
    ("error: swap in the surname", |g, _, s| {
        let mut letters: Vec<char> = s.chars().collect();
        let differ = letters.get(2) != letters.get(3);
        (simple(s, 6) && differ).then(|| {
            letters.swap(2, 3);
            format!("{g} {}", letters.iter().collect::<String>())
        })
    }),
    ("error: first letter of the surname", |g, _, s| simple(s, 6).then(|| format!("{g} {}", with(s, 0, |_| "X".into())))),
    ("error: last letter of the surname", |g, _, s| simple(s, 6).then(|| format!("{g} {}", with(s, s.len() - 1, |_| String::new())))),
    ("error: doubled in the given name", |g, _, s| simple(g, 6).then(|| format!("{} {s}", with(g, 3, |c| format!("{c}{c}"))))),
    ("error: neighbour in the given name", |g, _, s| simple(g, 6).then(|| format!("{} {s}", with(g, 3, neighbour)))),
    ("error: first letter of the given name", |g, _, s| simple(g, 6).then(|| format!("{} {s}", with(g, 0, |_| "X".into())))),
    ("error: blank within the surname", |g, _, s| simple(s, 8).then(|| format!("{g} {}", with(s, 4, |c| format!(" {c}"))))),
    ("error: blank left out", |g, _, s| Some(format!("{g}{s}"))),
    ("user name: dot", |g, _, s| Some(format!("{}.{}", plain(g), plain(s)))),
    ("user name: underscore", |g, _, s| Some(format!("{}_{}", plain(g), plain(s)))),
    ("user name: surname first", |g, _, s| Some(format!("{}.{}", plain(s), plain(g)))),
    ("user name: with a year", |g, _, s| Some(format!("{}{}84", plain(g), plain(s)))),
    ("user name: initial", |g, _, s| rare(s).then(|| format!("login {}{}", first(&plain(g)), plain(s)))),
    ("user name: initial with a dot", |g, _, s| rare(s).then(|| format!("{}.{}@elsewhere.example", first(&plain(g)), plain(s)))),
    ("user name: surname and initial", |g, _, s| rare(s).then(|| format!("{}_{} logged in", plain(s), first(&plain(g))))),
    ("hashtag", |g, _, s| Some(format!("#{}{}", capital(&plain(g)), capital(&plain(s))))),
    ("address elsewhere", |g, _, s| Some(format!("{}.{}@elsewhere.example", plain(g), plain(s)))),
    ("file name: surname first", |g, _, s| Some(format!("{}_{}_CV.docx", s.replace(' ', "_"), g))),
    ("file name: hyphens", |g, _, s| Some(format!("report-{g}-{}-final.pdf", s.replace(' ', "-")))),
    ("file name: dots", |g, _, s| Some(format!("scan.{g}.{}.2024.pdf", s.replace(' ', ".")))),
    ("path", |g, _, s| Some(format!("S:\\Clients\\{s}, {g}\\letter.doc"))),
    ("spaced letters", |g, _, s| {
        let spaced = |t: &str| t.chars().map(String::from).collect::<Vec<_>>().join(" ");
        Some(format!("{}   {}", spaced(g), spaced(s)))
    }),
    ("spaced capitals", |g, _, s| {
        let spaced = |t: &str| t.to_uppercase().chars().map(String::from).collect::<Vec<_>>().join(" ");
        Some(format!("{}  {}", spaced(g), spaced(s)))
    }),
    ("scan: rn for m", |g, _, s| {
        let out = format!("{} {}", g.replace('m', "rn"), s.replace('m', "rn"));
        (out != format!("{g} {s}")).then_some(out)
    }),
    ("scan: m for rn, w for vv", |g, _, s| {
        let out = format!("{} {}", g.replace("rn", "m").replace('w', "vv"), s.replace("rn", "m").replace('w', "vv"));
        (out != format!("{g} {s}")).then_some(out)
    }),
    ("scan: 1 for l", |g, _, s| {
        let out = format!("{} {}", g.replace('l', "1"), s.replace('l', "1"));
        (out != format!("{g} {s}")).then_some(out)
    }),
    ("scan: l for i", |g, _, s| {
        let out = format!("{} {}", g.replace('i', "l"), s.replace('i', "l"));
        (out != format!("{g} {s}")).then_some(out)
    }),
    ("scan: 0 for o", |g, _, s| {
        let out = format!("{} {}", g.replace(['o', 'O'], "0"), s.replace(['o', 'O'], "0"));
        (out != format!("{g} {s}")).then_some(out)
    }),
    ("wrong set: Windows", |g, _, s| {
        let name = format!("{g} {s}");
        let high: Vec<char> = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ".chars().collect();
        let out =
            misread(&name, |b| if (0x80..0xa0).contains(&b) { high.get(usize::from(b - 0x80)).copied() } else { Some(char::from(b)) });
        (out != name).then_some(out)
    }),
    ("wrong set: Latin, controls lost", |g, _, s| {
        let name = format!("{g} {s}");
        let out = misread(&name, |b| (!(0x80..0xa0).contains(&b)).then(|| char::from(b)));
        (out != name).then_some(out)
    }),
    ("wrong set: seven bits", |g, _, s| {
        let name = format!("{g} {s}");
        let out: String = name.chars().map(|c| if c.is_ascii() { c.to_string() } else { "??".into() }).collect();
        (out != name).then_some(out)
    }),
    ("nickname in quotes", |g, _, s| Some(format!("{g} \"Ace\" {s}"))),
    ("or with another", |g, _, s| Some(format!("{g} or Mary {s}"))),
    ("title and initials", |g, m, s| Some(format!("Mr {} {} {s}", first(g), first(m)))),
    ("couple", |g, _, s| Some(format!("Mr & Mrs {} {s}", first(g)))),
    ("surname, all given names", |g, m, s| Some(format!("{}, {} {}", s.to_uppercase(), g.to_uppercase(), m.to_uppercase()))),
    ("card: N", |g, _, s| Some(format!("N:{s};{g};;;"))),
    ("row with semicolons", |g, _, s| Some(format!("17;{s};{g};1985"))),
    ("row with quotes", |g, _, s| Some(format!("\"17\",\"{s}\",\"{g}\",\"x\""))),
    ("fields of a record", |g, _, s| Some(format!("{{\"first_name\": \"{g}\", \"last_name\": \"{s}\"}}"))),
    ("fields of a record, turned", |g, _, s| Some(format!("{{\"surname\":\"{s}\",\"forename\":\"{g}\"}}"))),
    ("elements", |g, _, s| Some(format!("<given>{g}</given><family>{s}</family>"))),
    ("directory name", |g, _, s| Some(format!("CN={g} {s},OU=Staff"))),
    ("letters after the name", |g, _, s| Some(format!("{g} {s} MBE"))),
    ("brackets", |g, _, s| Some(format!("{s} ({g})"))),
    ("slash", |g, _, s| Some(format!("{s}/{g}"))),
    ("doubled blank and full stop", |g, _, s| Some(format!("{g} .  {s}"))),
    ("joined with a full stop", |g, _, s| Some(format!("{g}.{s}"))),
    ("married, both surnames", |g, _, s| Some(format!("{g} Ellerby-{s}"))),
    ("bold letters", |g, _, s| {
        (g.is_ascii() && s.is_ascii()).then(|| {
            format!("{g} {s}")
                .chars()
                .map(|c| match c {
                    'a'..='z' => char::from_u32(0x1d41a + (c as u32 - 'a' as u32)).unwrap_or(c),
                    'A'..='Z' => char::from_u32(0x1d400 + (c as u32 - 'A' as u32)).unwrap_or(c),
                    _ => c,
                })
                .collect()
        })
    }),
];

#[test]
fn people_are_found_in_every_style() {
    let mut rows: BTreeMap<&str, (usize, usize, String)> = BTreeMap::new();
    for (given, middle, surname) in PEOPLE {
        let identity = Identity { names: vec![format!("{given} {middle} {surname}")], ..Identity::default() };
        let matcher = Matcher::new(&identity).unwrap();
        for (name, way) in WAYS {
            let Some(mention) = way(given, middle, surname) else { continue };
            let text = format!("It rained all day.\nAs agreed on the phone: {mention}, see above.\nThe hall is booked.\n");
            let band = band_of(&matcher.find_text(&text));
            let row = rows.entry(name).or_default();
            row.1 += 1;
            if band >= Some(Band::Likely) {
                row.0 += 1;
            } else {
                let _ = write!(row.2, " | {mention} {band:?}");
            }
        }
    }
    let (found, all) = rows.values().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    let missed: Vec<String> =
        rows.iter().filter(|(_, r)| r.0 < r.1).map(|(n, r)| format!("{n}: {}/{}{}", r.0, r.1, r.2.replace('\n', "\\n"))).collect();
    assert!(found * 1000 >= all * 995, "{found} of {all}\n{}", missed.join("\n"));
}

/// What belongs to one person, in the spellings that it comes in.
const OWN: &[&str] = &[
    "tel 07700 900123",
    "+44-7700-900-123",
    "07700 900-123",
    "(+44) 7700 900123",
    "07 700 900 123",
    "077 0090 0123",
    "07700\u{a0}900\u{a0}123",
    "tel:+447700900123",
    "0044(0)7700900123",
    "07700/900123",
    "+44 7700\n900123",
    "July 5, 1985",
    "5th July '85",
    "5/July/1985",
    "the fifth of July 1985",
    "Fifth July 1985",
    "1985.07.05",
    "05 07 1985",
    "DOB 05071985",
    "5 Jul 85",
    "Jul-05-1985",
    "5.7.85",
    "05-07-85",
    "born 07/05/1985",
    "DoB: 7/5/85",
    "5 - 7 - 1985",
    "Friday 5 July 1985",
    "1985-7-5",
    "12 Priory Gdns",
    "12 priory gardens",
    "12, Priory Gardens",
    "12 Priory Gardens, Hexham",
    "No. 12 Priory Gardens",
    "12\u{a0}Priory Gardens",
    "12 Priory\nGardens",
    "> 12 Priory\n> Gardens",
    "12 Priory Gard=\nens",
    "NE46 3QD",
    "ne463qd",
    "NE46  3QD",
    "NE46-3QD",
    "NE463 QD",
    "AB 12 34 56 C",
    "AB.12.34.56.C",
    "ab 123456c",
    "AB 1234 56 C",
    "AB12 3456C",
    "943.476.5919",
    "943 4765919",
    "94 34 76 59 19",
    "brk-2024/0117",
    "BRK 2024 0117",
    "BRK20240117",
    "BRK_2024_0117",
    "BRK\u{2013}2024\u{2013}0117",
    "quill.person@larkmail.example",
    "quill.person%40larkmail.example",
    "quill.person=40larkmail.example",
    "quill.person&#64;larkmail.example",
    "quill.person @ larkmail.example",
    "quill.person@lark=\nmail.example",
    "quill.person@ larkmail.example",
    "quill.person AT larkmail DOT example",
    "quill.person{at}larkmail.example",
    "quill\u{200b}.person@larkmail.example",
    "quill.person\u{ff20}larkmail.example",
    "QuillPerson@larkmail.example",
    "quill-person@larkmail.example",
    "quill_person@larkmail.example",
];

#[test]
fn what_belongs_to_a_person_is_found_in_every_spelling() {
    let identity = Identity {
        names: vec!["Harriet Pemberton".into()],
        emails: vec!["quill.person@larkmail.example".into()],
        phones: vec!["07700 900123".into()],
        born: vec![Date::constant(1985, 7, 5)],
        addresses: vec!["12 Priory Gardens, Hexham, NE46 3QD".into()],
        references: vec!["BRK-2024/0117".into(), "AB123456C".into(), "9434765919".into()],
    };
    let matcher = Matcher::new(&identity).unwrap();
    let missed: Vec<&&str> =
        OWN.iter().filter(|text| band_of(&matcher.find_text(&format!("noted: {text}, filed"))) < Some(Band::Likely)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}
