//! What machines, scanners, forms and hurried people make of a name.

use super::plain::ascii;
use super::style::{Needs, Style};

const fn style(name: &'static str, write: Write) -> Style {
    Style { name, needs: Needs::Anything, write }
}

const fn lines(name: &'static str, write: Write) -> Style {
    Style { name, needs: Needs::Lines, write }
}

type Write = fn(&super::Somebody, &mut crate::rng::Rng) -> Option<String>;

/// Every such way. Codes stand in plain text: a page or a header that was pasted or bounced undecoded.
pub const MACHINE: &[Style] = &[
    lines("tags", |p, r| {
        Some(match r.below(3) {
            0 => format!("<b>{}</b> <i>{}</i>", p.given, p.surname),
            1 => format!("<td>{}</td><td>{}</td>", p.surname, p.given),
            _ => format!("<span style=\"color: red\">{}</span> {}", p.given, p.surname),
        })
    }),
    lines("character references", |p, _| {
        let coded =
            |t: &str| t.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("&#{};", u32::from(c)) }).collect::<String>();
        Some(format!("{}&nbsp;{}", coded(&p.given), coded(&p.surname)))
    }),
    lines("quoted-printable undecoded", |p, _| {
        let coded =
            |t: &str| t.bytes().map(|b| if b.is_ascii() { char::from(b).to_string() } else { format!("={b:02X}") }).collect::<String>();
        let (head, tail) = p.surname.split_at(p.surname.char_indices().nth(3)?.0);
        Some(format!("{} {}=\n{}", coded(&p.given), coded(head), coded(tail)))
    }),
    lines("encoded word", |p, _| {
        let byte = |b: u8| match b {
            b' ' => "_".to_owned(),
            _ if b.is_ascii_alphabetic() => char::from(b).to_string(),
            _ => format!("={b:02X}"),
        };
        Some(format!("From: =?utf-8?Q?{}?= <desk@brightfold.example>", p.name().bytes().map(byte).collect::<String>()))
    }),
    lines("escaped for an address", |p, r| {
        let byte = |b: u8| if b.is_ascii_alphabetic() { char::from(b).to_string() } else { format!("%{b:02X}") };
        let name: String = p.name().bytes().map(byte).collect();
        Some(format!("https://forms.example/{}{name}", if r.chance(50) { "?client=" } else { "files/" }))
    }),
    lines("soft hyphens and nothings", |p, r| {
        let with = |t: &str, sign: char| {
            t.chars().enumerate().flat_map(|(i, c)| [(i == 2).then_some(sign), Some(c)]).flatten().collect::<String>()
        };
        Some(format!("{} {}", with(&p.given, '\u{200b}'), with(&p.surname, if r.chance(50) { '\u{ad}' } else { '\u{feff}' })))
    }),
    lines("letters of another script that look alike", |p, _| {
        let turn = |t: &str| t.replace('a', "\u{430}").replace('e', "\u{435}").replace('o', "\u{43e}");
        (p.name().is_ascii()).then(|| format!("{} {}", turn(&p.given), turn(&p.surname)))
    }),
    lines("letters set apart", |p, r| {
        let apart = |t: &str| t.chars().map(String::from).collect::<Vec<_>>().join(" ");
        let plain = p.name().chars().all(|c| c.is_alphabetic() || c == ' ') && p.name().split(' ').count() == 2;
        let (given, surname) =
            if r.chance(50) { (p.given.to_uppercase(), p.surname.to_uppercase()) } else { (p.given.clone(), p.surname.clone()) };
        plain.then(|| format!("{}   {}", apart(&given), apart(&surname)))
    }),
    style("read by a scanner", |p, r| {
        let wrong = |t: &str, from: &str, to: &str| {
            let head = t.chars().next().map_or(0, char::len_utf8);
            format!("{}{}", t.get(..head).unwrap_or_default(), t.get(head..).unwrap_or_default().replace(from, to))
        };
        let (from, to) = *r.pick::<(&str, &str)>(&[("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("w", "vv")]);
        let surname = wrong(&p.surname, from, to);
        (surname != p.surname && p.surname.chars().count() > 4 && p.surname.chars().all(char::is_alphabetic))
            .then(|| format!("{} {surname}", p.given))
    }),
    style("neighbouring key", |p, r| {
        let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
        let letters: Vec<char> = p.surname.chars().collect();
        if letters.len() < 7 || !letters.iter().all(char::is_ascii_alphabetic) {
            return None;
        }
        let at = r.between(1, letters.len() - 1);
        let wrong = |c: char| {
            rows.iter().find_map(|row| row.find(c).map(|i| row.chars().nth(if i == 0 { 1 } else { i - 1 }).unwrap_or(c))).unwrap_or('x')
        };
        let surname: String = letters.iter().enumerate().map(|(i, c)| if i == at { wrong(*c) } else { *c }).collect();
        Some(format!("{} {surname}", p.given))
    }),
    style("a blank too many", |p, _| {
        let plain = p.surname.chars().count() > 7 && p.surname.chars().all(|c| c.is_ascii_alphabetic());
        plain.then(|| format!("{} {} {}", p.given, p.surname.get(..4).unwrap_or_default(), p.surname.get(4..).unwrap_or_default()))
    }),
    style("file name", |p, r| {
        let (given, surname) = (p.given.replace(' ', "_"), p.surname.replace(' ', "_"));
        Some(match r.below(4) {
            0 => format!("{surname}_{given}_CV.docx"),
            1 => format!("{given}-{surname}-report.pdf"),
            2 => format!("scan.{given}.{surname}.2024.pdf"),
            _ => format!("S:\\Clients\\{}, {}\\letter.doc", p.surname, p.given),
        })
    }),
    style("fields of a record", |p, r| {
        Some(match r.below(4) {
            0 => format!("{{\"first_name\": \"{}\", \"last_name\": \"{}\"}}", p.given, p.surname),
            1 => format!("17;{};{};1985", p.surname, p.given),
            2 => format!("N:{};{};;;", p.surname, p.given),
            _ => format!("CN={} {},OU=Staff", p.given, p.surname),
        })
    }),
    style("nickname between", |p, r| Some(format!("{} {} {}", p.given, *r.pick::<&str>(&["\"Ace\"", "(Bunny)"]), p.surname))),
    style("double surname after a wedding", |p, _| {
        let single = p.surname.chars().all(char::is_alphabetic);
        single.then(|| format!("{} Ellerby-{}", p.given, p.surname))
    }),
    style("hashtag", |p, _| {
        let word = ascii(&p.name()).replace(['\'', '-', ' '], "");
        Some(format!("#{word}"))
    }),
    style("name at another provider", |p, r| {
        let word = |t: &str| ascii(t).to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let joint = *r.pick::<&str>(&[".", "_", ""]);
        // A name that many bear says nothing at another provider.
        let few = ["Fairbairn", "Quellstrom", "Lindqvist", "Featherstonehaugh", "Tredinnick", "Shcherbakova", "Kovalchuk", "Protheroe"];
        few.contains(&p.surname.as_str()).then(|| format!("{}{joint}{}@parcelpost.example", word(&p.given), word(&p.surname)))
    }),
    lines("address over quoted lines", |p, _| {
        let (head, tail) = p.address.0.rsplit_once(' ')?;
        Some(format!("\n> she has moved to {head}\n> {tail} since then\n"))
    }),
    style("telephone number, odd signs", |p, r| {
        let (a, b) = p.mobile.split_at_checked(5)?;
        Some(match r.below(4) {
            0 => format!("{a}\u{a0}{b}"),
            1 => format!("{a}\u{2011}{b}"),
            2 => format!("tel:+44{}{b}", a.get(1..).unwrap_or_default()),
            _ => format!("{a}/{b}"),
        })
    }),
];
