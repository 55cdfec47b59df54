//! The spellings a surname from another alphabet has in Latin letters, for names of which no part is written as it is known:
//! `Mohamad Qurayshi`, `Abdurrahman Alkhateeb`, `Lukasz Wisniewsky`.

use super::sound::{alike, is_name};
use crate::lexicon::{Flags, flags};

/// Letters a surname must have for its other spellings to be looked for.
const SHORTEST: usize = 5;
/// Spellings of one surname.
const MOST: usize = 150;

/// Given names that came from Arabic, in any of their spellings. Who bears one has a surname that is spelt as freely.
const GIVEN: &str = " mohammed ahmed mahmoud hassan hussein ali omar othman yusuf ibrahim ismail abdullah abdulrahman abdul khalid walid \
    tariq karim rahim salim nasir bashir hamza hamid rashid jamal kamal faisal adil amir imran irfan bilal usman zaid yasin mustafa mansour \
    nabil samir osama anwar akram aslam asif arif ashraf farhan shahid sajid wasim nadim naveed javed iqbal khurram rizwan salman suleiman \
    sufyan harun idris yahya zakaria musa dawud tahir zahir fahad fawad ghulam haider fatima aisha khadija zainab mariam amina safiya \
    salma sumaya laila nura huda hanan iman samira yasmin zahra rabia ruqayya shazia shabana nasrin nasim parvin farida farzana rukhsana \
    saima sadia samina tahira tasnim uzma zubaida halima hafsa ifrah najma asma bushra ghazala nusrat rehana sabiha shahin bakr jibril habib \
    hakim ishaq jabir latif majid mubarak munir qasim rauf sabir sadiq shakir siddiq suhail ubaid yaqub yunis zafar zubair saeed \
    hani rania tamer ziad riyad marwan mazen bassam ghassan jaffer nizar rami wael ";

/// True for a folded given name that came from Arabic.
pub(super) fn is_arabic(given: &str) -> bool {
    GIVEN.split_ascii_whitespace().any(|one| one == given || sounds_same(one, given))
}

/// True for two folded names that are different spellings of one name from Arabic: `Qureshi` and `Quraishi`, `Rahman` and `Rehman`.
pub(super) fn sounds_same(a: &str, b: &str) -> bool {
    let first = |name: &str| stem(name).chars().next().map(|c| if matches!(c, 'c' | 'k' | 'q') { 'k' } else { c });
    let quick = first(a) == first(b) || [a, b].iter().any(|n| n.starts_with(['a', 'e', 'i', 'o', 'u']));
    if !quick || !is_name(a) || !is_name(b) {
        return false;
    }
    let (a, b) = (sounds(a), sounds(b));
    let heard = |sounds: &[char]| sounds.iter().filter(|c| c.is_lowercase() || matches!(c, 'S' | 'K' | 'G')).count();
    a.len() == b.len() && heard(&a) > 1 && a.iter().zip(&b).all(|(a, b)| a == b || matches!((a, b), ('E', 'A' | 'I') | ('A' | 'I', 'E')))
}

/// A name without its article: `khatib` of `al-khatib`.
fn stem(name: &str) -> &str {
    let rest = ["al-", "el-", "ul-", "al ", "el "].iter().find_map(|article| name.strip_prefix(article));
    let joined = || ["al", "el"].iter().find_map(|article| name.strip_prefix(article)).filter(|r| r.len() > 4 && !r.starts_with(is_vowel));
    rest.or_else(joined).unwrap_or(name)
}

/// A name by its sounds: consonants, and the vowels `A`, `I`, `U` and `E`, which may be `A` or `I`.
fn sounds(name: &str) -> Vec<char> {
    let mut text: String = stem(name).chars().filter(char::is_ascii_alphabetic).collect();
    let mut out: Vec<char> = Vec::new();
    // `Abdulrahman`, `Abdurrahman`, `Abdelrahman`: the servant of whom.
    if let Some(rest) = text.strip_prefix("abd").map(|r| r.strip_prefix(is_vowel).unwrap_or(r)).filter(|r| r.len() > 3) {
        out.push('B');
        text = rest.strip_prefix('l').unwrap_or(rest).to_owned();
    }
    for (from, to) in [
        ("kh", "K"),
        ("gh", "G"),
        ("sh", "S"),
        ("ch", "S"),
        ("dj", "j"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("ck", "k"),
        ("q", "k"),
        ("c", "k"),
        ("ee", "I"),
        ("ai", "E"),
        ("ay", "E"),
        ("ei", "E"),
        ("ey", "E"),
        ("a", "A"),
        ("e", "E"),
        ("i", "I"),
        ("o", "U"),
        ("u", "U"),
    ] {
        text = text.replace(from, to);
    }
    let mut chars = text.strip_suffix('h').unwrap_or(&text).chars().peekable();
    while let Some(c) = chars.next() {
        let vowel_next = chars.peek().is_some_and(|n| matches!(n, 'A' | 'E' | 'I' | 'U'));
        let sound = match c {
            'y' if out.is_empty() && vowel_next => 'y',
            'y' => 'I',
            'w' if !vowel_next || matches!(out.last(), Some('A' | 'E' | 'I' | 'U')) => 'U',
            c => c,
        };
        if out.last() != Some(&sound) {
            out.push(sound);
        }
    }
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Other spellings of a folded surname that sound as it does.
pub(super) fn of_surname(surname: &str, arabic: bool) -> Vec<String> {
    let base = if arabic { stem(surname) } else { surname };
    if base.len() < SHORTEST || base.contains(' ') || !surname.is_ascii() || !is_name(surname) {
        return Vec::new();
    }
    let rules = if arabic { ARABIC } else { SLAVIC };
    let same = |other: &String| if arabic { sounds_same(other, base) } else { alike(other, base) };
    let mut stems: Vec<String> = Vec::new();
    let add = |from: &str, stems: &mut Vec<String>| {
        for one in changed(from, rules).into_iter().filter(|one| one != base && same(one)) {
            if stems.len() < MOST && !stems.contains(&one) {
                stems.push(one);
            }
        }
    };
    add(base, &mut stems);
    for once in stems.clone() {
        add(&once, &mut stems);
    }
    stems.retain(|one| !flags(one).any(Flags::COMMON));
    if base == surname {
        return stems;
    }
    stems.push(base.to_owned());
    let articles = ["", "al", "al-", "al ", "el-", "el ", "el"];
    let all = stems.iter().flat_map(|one| articles.iter().map(move |article| format!("{article}{one}")));
    all.filter(|one| one != surname).collect()
}

const ARABIC: &[(&str, &str)] = &[
    ("a", "aa"),
    ("aa", "a"),
    ("a", "e"),
    ("e", "a"),
    ("e", "i"),
    ("e", "ai"),
    ("e", "ay"),
    ("e", "ei"),
    ("ai", "e"),
    ("ai", "ay"),
    ("ai", "ei"),
    ("ay", "ai"),
    ("ay", "e"),
    ("ei", "e"),
    ("ei", "ai"),
    ("i", "ee"),
    ("i", "e"),
    ("i", "y"),
    ("y", "i"),
    ("ee", "i"),
    ("u", "o"),
    ("u", "ou"),
    ("u", "oo"),
    ("o", "u"),
    ("oo", "u"),
    ("ou", "u"),
    ("ou", "oo"),
    ("oo", "ou"),
    ("q", "k"),
    ("k", "q"),
    ("sh", "ch"),
    ("dh", "d"),
    ("th", "t"),
    ("ss", "s"),
    ("mm", "m"),
    ("dd", "d"),
    ("bb", "b"),
    ("ah", "a"),
];

const SLAVIC: &[(&str, &str)] = &[
    ("shch", "sch"),
    ("shch", "sc"),
    ("sch", "shch"),
    ("sz", "sh"),
    ("sz", "s"),
    ("cz", "ch"),
    ("cz", "c"),
    ("tch", "ch"),
    ("ch", "tch"),
    ("kh", "h"),
    ("kh", "ch"),
    ("v", "w"),
    ("w", "v"),
    ("yi", "i"),
    ("iy", "y"),
    ("iy", "i"),
    ("y", "i"),
    ("i", "y"),
    ("j", "y"),
    ("j", "i"),
    ("ij", "y"),
    ("ts", "tz"),
    ("ts", "c"),
    ("tz", "ts"),
    ("ou", "u"),
    ("oo", "u"),
    ("ks", "x"),
    ("x", "ks"),
    ("ck", "k"),
    ("zh", "z"),
    ("ph", "f"),
    ("ey", "ei"),
    ("ll", "l"),
    ("ss", "s"),
    ("nn", "n"),
    ("tt", "t"),
];

/// A name with one rule used, at each place and at all of them.
fn changed(name: &str, rules: &[(&str, &str)]) -> Vec<String> {
    let mut out = Vec::new();
    for (from, to) in rules {
        for (at, _) in name.match_indices(from) {
            let (head, tail) = (name.get(..at).unwrap_or_default(), name.get(at + from.len()..).unwrap_or_default());
            out.push(format!("{head}{to}{tail}"));
        }
        out.push(name.replace(from, to));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_arabic_sound_the_same() {
        for (a, b) in [
            ("qureshi", "qurayshi"),
            ("qureshi", "koreshi"),
            ("mohammed", "mohamad"),
            ("mohammed", "muhammad"),
            ("abdulrahman", "abdurrahman"),
            ("abdulrahman", "abdelrahman"),
            ("al-khatib", "alkhateeb"),
            ("khatib", "el khateeb"),
            ("hussein", "husayn"),
            ("rahman", "rehman"),
            ("fatima", "fatemah"),
            ("dawud", "daoud"),
            ("mansour", "mansoor"),
        ] {
            assert!(sounds_same(a, b) && sounds_same(b, a), "{a} {b}");
        }
        for (a, b) in
            [("mohammed", "mahmood"), ("hassan", "hussein"), ("karim", "karam"), ("ali", "ela"), ("jamal", "jamil"), ("salim", "salma")]
        {
            assert!(!sounds_same(a, b), "{a} {b}");
        }
        assert!(is_arabic("mohamad") && is_arabic("khaled") && is_arabic("zaynab"));
        assert!(!is_arabic("helen") && !is_arabic("john") && !is_arabic("łukasz") && !is_arabic(""));
    }

    #[test]
    fn surnames_are_spelt_otherwise() {
        let has = |surname: &str, arabic, other: &str| of_surname(surname, arabic).iter().any(|s| s == other);
        assert!(has("qureshi", true, "qurayshi") && has("qureshi", true, "koreshi") && has("al-khatib", true, "alkhateeb"));
        assert!(has("wisniewski", false, "wisniewsky") && has("shcherbakova", false, "scherbakowa"));
        assert!(of_surname("li", false).is_empty() && of_surname("garcía", false).is_empty());
        assert!(of_surname("qureshi", true).len() <= 7 * (MOST + 1));
    }
}
