//! One written name as several: former names, other orders, other spellings.

use super::name::PersonName;
use super::{script, spelling};
use crate::fold::fold;
use crate::lexicon::{Flags, flags};

/// Every name that one entry of a person file stands for, the written one first.
pub(super) fn names_of(entry: &str) -> Vec<PersonName> {
    let mut out: Vec<PersonName> = Vec::new();
    let mut add = |name: Option<PersonName>| {
        if let Some(name) = name.filter(|n| !out.contains(n)) {
            out.push(name);
        }
    };
    for text in with_former(entry) {
        let spelt: Vec<String> = std::iter::once(text.clone()).chain(respelt(&text)).chain(script::romanised(&text)).collect();
        for (i, one) in spelt.iter().enumerate() {
            let mut parsed = PersonName::parse(one);
            if let Some(name) = parsed.as_mut().filter(|_| i == 0) {
                damaged(name, &text);
                scanned(name);
                sounding(name);
            }
            let turned = parsed.as_ref().and_then(turned);
            add(parsed);
            add(turned);
        }
    }
    out
}

/// Surnames that come first in the names of East Asia.
const FAMILY_FIRST: &str = " nguyen tran le pham hoang huynh vo vu dang bui do ngo duong ly wang li zhang liu chen yang huang zhao wu zhou xu \
    sun zhu hu guo he gao lin luo kim lee park choi jung jeong kang cho yoon jang lim tan wong chan cheung lau ng ";

/// The same name with its last word as the given name, where the first may be the family's.
fn turned(name: &PersonName) -> Option<PersonName> {
    let last = name.surname()?;
    let first = flags(&name.given);
    let family = FAMILY_FIRST.split_ascii_whitespace().any(|f| f == name.given)
        || first.any(Flags::SURNAME) && !first.any(Flags::GIVEN) && !flags(last).any(Flags::SURNAME);
    if !family || last.contains(' ') {
        return None;
    }
    let mut words = vec![last];
    words.extend(name.middle.iter().map(String::as_str));
    words.push(&name.given);
    let mut turned = PersonName::of_words(&words)?;
    // `Wang Xiao Ming`: the given name is of two words.
    if let [middle] = name.middle.as_slice() {
        for joint in [" ", "", "-"] {
            turned.spelt.push(format!("{middle}{joint}{last}"));
        }
    }
    Some(turned)
}

/// The entry, and the names it says the person had or has besides.
fn with_former(entry: &str) -> Vec<String> {
    let lower: String = entry.chars().map(|c| if matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':') { ' ' } else { c }).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let mark = words.iter().position(|w| {
        matches!(
            fold(w).trim_end_matches('.'),
            "nee" | "formerly" | "previously" | "aka" | "a.k.a" | "alias" | "maiden" | "born" | "f.k.a" | "fka"
        )
    });
    let Some(mark) = mark.filter(|m| *m > 0) else { return vec![entry.to_owned()] };
    let now = words.get(..mark).unwrap_or_default();
    let skip = |w: &&&str| !matches!(fold(w).as_str(), "name" | "known" | "as" | "also" | "called");
    let rest: Vec<&str> = words.get(mark + 1..).unwrap_or_default().iter().filter(skip).copied().collect();
    let now: Vec<&str> = now.iter().filter(|w| !matches!(fold(w).as_str(), "also" | "known")).copied().collect();
    let mut out = vec![now.join(" ")];
    match (rest.as_slice(), now.split_last()) {
        ([one], Some((_, before))) if !before.is_empty() => out.push(format!("{} {one}", before.join(" "))),
        ([_, _, ..], _) => out.push(rest.join(" ")),
        _ => {}
    }
    out
}

/// The spellings of a name for people without its letters: `Mueller`, `Soerensen`, `Aase`; and back.
fn respelt(text: &str) -> Vec<String> {
    let mut long = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            'ä' | 'Ä' | 'æ' | 'Æ' => long.push_str("ae"),
            'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' => long.push_str("oe"),
            'ü' | 'Ü' => long.push_str("ue"),
            'å' | 'Å' => long.push_str("aa"),
            'þ' | 'Þ' => long.push_str("th"),
            'ð' | 'Ð' => long.push_str("dh"),
            _ => long.push(c),
        }
    }
    let lower = text.to_lowercase();
    let mut out = Vec::new();
    if long != text {
        out.push(long);
        out.push(text.replace(['æ', 'Æ'], "a"));
    }
    if ["ae", "oe", "ue"].iter().any(|d| lower.contains(d)) {
        out.push(lower.replace("ae", "a").replace("oe", "o").replace("ue", "u"));
    }
    out
}

/// Adds what wrong character sets make of a name's letters: `SiÃ¢n`, `Si?n`, `Si\u{fffd}n`.
fn damaged(name: &mut PersonName, written: &str) {
    for word in written.split([' ', ',']).filter(|w| !w.is_ascii()) {
        let whole = fold(word);
        let broken = [
            fold(&in_wrong_charset(word)),
            fold(&word.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect::<String>()),
            fold(&word.chars().map(|c| if c.is_ascii() { c } else { '\u{fffd}' }).collect::<String>()),
            fold(&word.chars().map(|c| if c.is_ascii() { c.to_string() } else { "??".to_owned() }).collect::<String>()),
        ];
        // What is left must still be mostly letters.
        let kept = word.chars().filter(char::is_ascii_alphabetic).count();
        if kept < 2 || kept * 2 < word.chars().count() {
            continue;
        }
        if whole == name.given {
            name.spelt.extend(broken);
        } else if Some(whole.as_str()) == name.surname() {
            name.surnames.extend(broken);
        }
    }
}

/// Adds what scanners make of a name's letters: `Thornas`, `0kafor`, `Prernberton`. Short names and what is a word or a name by itself are
/// left out.
fn scanned(name: &mut PersonName) {
    const MISTAKES: [(&str, &str); 12] = [
        ("m", "rn"),
        ("rn", "m"),
        ("w", "vv"),
        ("o", "0"),
        ("l", "1"),
        ("i", "l"),
        ("i", "1"),
        ("l", "i"),
        ("d", "cl"),
        ("cl", "d"),
        ("s", "5"),
        ("ll", "11"),
    ];
    let wrong = |word: &str| -> Vec<String> {
        // A capital is rarely mistaken, and a digit within letters is no other name, however short.
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let head = word.chars().next().map_or(0, char::len_utf8);
        let least = |to: &str| if to.contains(|c: char| c.is_ascii_digit()) { 3 } else { 5 };
        let all = MISTAKES.iter().filter(|(_, to)| letters >= least(to)).flat_map(|(from, to)| {
            let tail = word.get(head..).unwrap_or_default().replace(from, to);
            let whole = if to.len() == 1 { word.replace(from, to) } else { String::new() };
            [format!("{}{tail}", word.get(..head).unwrap_or_default()), whole]
        });
        let all = all.chain(one_misread(word)).filter(|w| !w.is_empty() && w != word);
        all.filter(|w| flags(w) == Flags::NONE).collect()
    };
    let (given, surname): (Vec<String>, Vec<String>) = (wrong(&name.given), name.surname().map(wrong).unwrap_or_default());
    name.scanned = given.iter().chain(&surname).cloned().collect();
    name.spelt.extend(given);
    name.surnames.extend(surname);
}

/// Adds how else a name from another alphabet is spelt. Of a surname that many bear another spelling is rather another family's.
fn sounding(name: &mut PersonName) {
    name.arabic = spelling::is_arabic(&name.given);
    let written = name.surname().filter(|s| !s.contains(' ')).map(str::to_owned);
    if let Some(surname) = written.filter(|_| name.arabic || !name.is_common()) {
        name.sounding = spelling::of_surname(&surname, name.arabic);
        name.sounding.retain(|s| !name.surnames.contains(s));
    }
}

/// A name with one of its letters misread, wherever it stands but at the head: `Angharod`, `Zhanq`, `Pickeririg`.
fn one_misread(word: &str) -> impl Iterator<Item = String> {
    const MISREAD: [(&str, &str); 15] = [
        ("a", "o"),
        ("o", "a"),
        ("e", "c"),
        ("c", "e"),
        ("g", "q"),
        ("n", "ri"),
        ("m", "ni"),
        ("h", "b"),
        ("u", "v"),
        ("t", "f"),
        ("l", "1"),
        ("l", "i"),
        ("i", "l"),
        ("o", "0"),
        ("s", "5"),
    ];
    const LEAST: usize = 5;
    let long = word.chars().filter(|c| c.is_alphabetic()).count() >= LEAST;
    let head = word.chars().next().map_or(0, char::len_utf8);
    let places =
        MISREAD.into_iter().filter(move |_| long).flat_map(move |(from, to)| word.match_indices(from).map(move |(at, _)| (at, from, to)));
    places
        .filter(move |(at, ..)| *at >= head)
        .filter_map(move |(at, from, to)| Some(format!("{}{to}{}", word.get(..at)?, word.get(at + from.len()..)?)))
}

/// UTF-8 read as Windows-1252.
fn in_wrong_charset(word: &str) -> String {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•',
        '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    let high = |b: u8| HIGH.get(usize::from(b.wrapping_sub(0x80))).copied().unwrap_or(char::from(b));
    word.bytes().map(|b| if (0x80..0xa0).contains(&b) { high(b) } else { char::from(b) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(entry: &str) -> Vec<(String, String)> {
        names_of(entry).into_iter().map(|n| (n.given.clone(), n.surname().unwrap_or_default().to_owned())).collect()
    }

    fn has(entry: &str, given: &str, surname: &str) -> bool {
        all(entry).contains(&(given.to_owned(), surname.to_owned()))
    }

    #[test]
    fn former_names_are_names_of_their_own() {
        for entry in [
            "Amelia Hart née Carter",
            "Amelia Hart (nee Carter)",
            "Amelia Hart, formerly Carter",
            "Amelia Hart (formerly known as Amelia Carter)",
        ] {
            assert!(has(entry, "amelia", "hart") && has(entry, "amelia", "carter"), "{entry} {:?}", all(entry));
        }
        assert_eq!(all("Amelia Hart"), [("amelia".to_owned(), "hart".to_owned())]);
    }

    #[test]
    fn the_family_may_come_first() {
        assert!(has("Nguyễn Thị Hoa", "hoa", "nguyen") && has("Nguyễn Thị Hoa", "nguyen", "hoa"));
        assert!(has("Wang Xiaoming", "xiaoming", "wang"));
    }

    #[test]
    fn letters_are_spelt_out_and_damaged() {
        assert!(has("Jörg Müller", "joerg", "mueller") && has("Jörg Müller", "jorg", "muller"));
        assert!(has("Joerg Mueller", "jorg", "muller"));
        let n = &names_of("Siân Brontë")[0];
        assert!(n.givens().any(|g| g == "sia¢n") && n.givens().any(|g| g == "si?n"), "{n:?}");
        assert!(n.surnames.iter().any(|s| s == "bronta«" || s.starts_with("bronta")), "{n:?}");
    }
}
