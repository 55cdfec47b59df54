//! Names known in Latin letters that stand in a text in Arabic ones (Arabic, Persian, Urdu, Kurdish): written without most vowels, so that
//! no letter stands for a letter, and whether a word can be read as a name has to be asked.

use unicode_normalization::UnicodeNormalization;

use super::name::PersonName;

/// Where in a name a spelling holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    First,
    Inner,
    Last,
}

use Place::{Anywhere, First, Inner, Last};

/// Latin letters, where they stand, and what is written for them.
const SPELLINGS: &[(&str, Place, &[&str])] = &[
    ("b", Anywhere, &["ب"]),
    ("c", Anywhere, &["ك", "س"]),
    ("ch", Anywhere, &["چ", "ش", "تش"]),
    ("d", Anywhere, &["د", "ض", "ڈ"]),
    ("dh", Anywhere, &["ذ", "ظ", "ض", "ده", "هد"]),
    ("f", Anywhere, &["ف"]),
    ("g", Anywhere, &["ج", "گ", "غ", "ق"]),
    ("gh", Anywhere, &["غ", "ق"]),
    ("h", Anywhere, &["ه", "ح"]),
    ("j", Anywhere, &["ج", "ژ"]),
    ("k", Anywhere, &["ك", "ق"]),
    ("kh", Anywhere, &["خ"]),
    ("l", Anywhere, &["ل"]),
    ("m", Anywhere, &["م"]),
    ("n", Anywhere, &["ن", "ں"]),
    ("p", Anywhere, &["پ", "ب"]),
    ("ph", Anywhere, &["ف"]),
    ("q", Anywhere, &["ق"]),
    ("r", Anywhere, &["ر", "ڑ"]),
    ("s", Anywhere, &["س", "ص", "ث"]),
    ("sh", Anywhere, &["ش"]),
    ("t", Anywhere, &["ت", "ط", "ٹ"]),
    ("th", Anywhere, &["ث", "ت", "ذ"]),
    ("v", Anywhere, &["ف", "ڤ", "و"]),
    ("w", Anywhere, &["و"]),
    ("x", Anywhere, &["كس"]),
    ("y", Anywhere, &["ي"]),
    ("z", Anywhere, &["ز", "ذ", "ظ", "ض"]),
    ("'", Anywhere, &["", "ع"]),
    ("-", Anywhere, &[""]),
    ("a", First, &["ا", "ع", "عا"]),
    ("aa", First, &["ا", "ع", "عا"]),
    ("e", First, &["ا", "إ", "اي", "إي", "ع", "عي"]),
    ("i", First, &["ا", "إ", "اي", "إي", "ع", "عي"]),
    ("o", First, &["ا", "او", "ع", "عو"]),
    ("u", First, &["ا", "او", "ع", "عو"]),
    ("a", Inner, &["", "ا", "ع", "عا", "اع"]),
    ("aa", Inner, &["ا", "ع", "عا"]),
    ("e", Inner, &["", "ي", "ع"]),
    ("ee", Inner, &["ي"]),
    ("i", Inner, &["", "ي", "ع"]),
    ("ai", Inner, &["ي", "اي", "عي", "اعي"]),
    ("ay", Inner, &["ي", "اي"]),
    ("ei", Inner, &["ي", "اي"]),
    ("o", Inner, &["", "و", "ا"]),
    ("oo", Inner, &["و"]),
    ("ou", Inner, &["و"]),
    ("u", Inner, &["", "و"]),
    ("au", Inner, &["و", "او"]),
    ("aw", Inner, &["و", "او"]),
    ("ow", Inner, &["و"]),
    ("al", Inner, &["ال"]),
    ("el", Inner, &["ال"]),
    ("ul", Inner, &["ال"]),
    ("ullah", Inner, &["الله"]),
    ("ollah", Inner, &["الله"]),
    ("a", Last, &["ا", "ه", "ى", "اع"]),
    ("ah", Last, &["ه", "ى"]),
    ("e", Last, &["", "ه", "ي"]),
    ("eh", Last, &["ه"]),
    ("i", Last, &["ي"]),
    ("ee", Last, &["ي"]),
    ("o", Last, &["و"]),
    ("u", Last, &["و"]),
];

/// Long vowels, which are always written: `Hussain` has a letter more than `Hassan`.
const LONG: &[&str] = &["aa", "ai", "au", "ee", "ei", "oo", "ou"];

/// Letters of the longest word that is looked at: a place in it is a bit.
const LONGEST: usize = 30;
/// Letters that given name and surname must have together: fewer are met by chance.
const FEWEST: usize = 6;
/// Names of father and grandfather that may stand between.
const BETWEEN: usize = 2;

/// True when a text has Arabic letters. Looks at lead bytes alone.
pub(super) fn is_in(text: &str) -> bool {
    !text.is_ascii() && text.bytes().any(|b| matches!(b, 0xd8..=0xdb | 0xef))
}

/// A word of Arabic letters, as it is compared.
struct Word {
    start: usize,
    end: usize,
    letters: Vec<char>,
    /// Nothing but blanks stands between it and the word before.
    follows: bool,
}

/// The places of full names in a text, in bytes.
pub(super) fn full_names(text: &str, names: &[PersonName]) -> Vec<(usize, usize)> {
    let words = words(text);
    let mut found = Vec::new();
    for name in names {
        let mut surnames: Vec<String> = name.surnames.iter().map(|s| joined(s)).collect();
        surnames.sort();
        surnames.dedup();
        let givens: Vec<String> = name.givens().chain(name.nicknames.iter().map(String::as_str)).map(joined).collect();
        for at in 0..words.len() {
            for given in &givens {
                found.extend(beginning(&words, at, given).and_then(|(next, letters)| {
                    let (start, end) = (words.get(at)?.start, surname(&words, next, letters, &surnames)?);
                    Some((start, end))
                }));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The word behind a given name at a word, and how many letters it has: one word, or two as `عبد الله`.
fn beginning(words: &[Word], at: usize, given: &str) -> Option<(usize, usize)> {
    let one = words.get(at)?;
    // `and Ali`, `to Ali`, `with Ali` are one word.
    let bare = one.letters.split_first().filter(|(first, _)| matches!(first, 'و' | 'ل' | 'ب' | 'ف' | 'ك')).map(|(_, rest)| rest);
    if reads(given, &one.letters) || bare.is_some_and(|letters| reads(given, letters)) {
        return Some((at + 1, one.letters.len()));
    }
    let other = words.get(at + 1).filter(|w| w.follows)?;
    let both: Vec<char> = one.letters.iter().chain(&other.letters).copied().collect();
    reads(given, &both).then_some((at + 2, both.len()))
}

/// The end of a surname at a word or a few words on.
fn surname(words: &[Word], next: usize, letters: usize, surnames: &[String]) -> Option<usize> {
    for word in words.get(next..)?.iter().take(BETWEEN + 1) {
        if !word.follows {
            return None;
        }
        let bare = word.letters.strip_prefix(&['ا', 'ل']).filter(|rest| rest.len() > 2);
        let is_one = |surname: &String| {
            let without = surname.strip_prefix("al").or_else(|| surname.strip_prefix("el")).filter(|rest| rest.len() > 2);
            [Some(surname.as_str()), without]
                .into_iter()
                .flatten()
                .any(|s| reads(s, &word.letters) || bare.is_some_and(|letters| reads(s, letters)))
        };
        if letters + word.letters.len() >= FEWEST && surnames.iter().any(is_one) {
            return Some(word.end);
        }
    }
    None
}

/// A folded name as one word: `al-hassan`, `abdul rahman`.
fn joined(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-')).collect()
}

fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut after = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !is_letter(c) {
            continue;
        }
        let (mut end, mut letters) = (start + c.len_utf8(), bare(c));
        while let Some((at, c)) = chars.next_if(|(_, c)| is_letter(*c)) {
            end = at + c.len_utf8();
            letters.extend(bare(c));
        }
        let follows =
            !out.is_empty() && text.get(after..start).is_some_and(|gap| gap.chars().all(char::is_whitespace) && !gap.contains("\n\n"));
        after = end;
        out.push(Word { start, end, letters, follows });
    }
    out
}

/// Letters and the marks above and below them, in either of the forms there are.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{65f}' | '\u{66e}'..='\u{6d3}' | '\u{6d5}'..='\u{6df}' | '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}')
}

/// A letter without its marks, of those that differ by language the one that is compared.
fn bare(c: char) -> Vec<char> {
    std::iter::once(c)
        .nfkc()
        .filter_map(|c| match c {
            'أ' | 'آ' | 'ٱ' => Some('ا'),
            'ؤ' => Some('و'),
            'ئ' | 'ی' | 'ې' | 'ے' | 'ێ' => Some('ي'),
            'ک' => Some('ك'),
            'ة' | 'ہ' | 'ھ' | 'ۀ' | 'ە' | 'ۃ' => Some('ه'),
            // The hamza alone, the stretching line and the vowels above and below.
            'ء' | 'ـ' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6df}' | ' ' => None,
            c => Some(c),
        })
        .collect()
}

/// True when letters can be read as a folded Latin name.
fn reads(name: &str, letters: &[char]) -> bool {
    if letters.len() < 2 || letters.len() > LONGEST || name.len() < 2 || name.len() > 2 * LONGEST || !name.is_ascii() {
        return false;
    }
    // For every place of the name, the places of the word that may be reached there.
    let mut reached = vec![0u32; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = 1;
    }
    for at in 0..name.len() {
        let from = reached.get(at).copied().unwrap_or_default();
        let Some(rest) = name.get(at..).filter(|_| from != 0) else { continue };
        for (latin, place, written) in SPELLINGS {
            let Some(behind) = rest.strip_prefix(latin) else { continue };
            let short = latin.len() == 1 && LONG.iter().any(|long| rest.starts_with(long));
            let fits = match place {
                Anywhere => true,
                First => at == 0,
                Inner => at > 0 && !short,
                Last => at > 0 && behind.is_empty(),
            };
            if !fits {
                continue;
            }
            let to = written.iter().fold(0, |all, arabic| all | reach(from, letters, arabic));
            // A letter that is doubled is written once.
            let doubled = latin.len() == 1 && behind.starts_with(latin) && *place == Anywhere;
            for length in [latin.len(), 2 * latin.len()].into_iter().take(1 + usize::from(doubled)) {
                if let Some(there) = reached.get_mut(at + length) {
                    *there |= to;
                }
            }
        }
    }
    reached.last().is_some_and(|end| end & (1 << letters.len()) != 0)
}

/// Where one is after some letters, from every place where one may be.
fn reach(from: u32, letters: &[char], written: &str) -> u32 {
    let length = written.chars().count();
    let is_there =
        |at: &usize| from & (1 << at) != 0 && letters.get(*at..at + length).is_some_and(|l| written.chars().eq(l.iter().copied()));
    (0..=letters.len()).filter(is_there).fold(0, |all, at| all | 1 << (at + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(word: &str) -> Vec<char> {
        words(word).into_iter().flat_map(|w| w.letters).collect()
    }

    #[test]
    fn usual_names_are_read() {
        for (name, word) in [
            ("mohammed", "محمد"),
            ("muhammad", "مُحَمَّد"),
            ("ali", "علی"),
            ("ayesha", "عائشة"),
            ("aisha", "عائشه"),
            ("fatima", "فاطمة"),
            ("hussain", "حسين"),
            ("yusuf", "يوسف"),
            ("ibrahim", "إبراهيم"),
            ("mustafa", "مصطفى"),
            ("layla", "ليلى"),
            ("omar", "عمر"),
            ("saeed", "سعيد"),
            ("khan", "خان"),
            ("chaudhry", "چوہدری"),
            ("begum", "بیگم"),
            ("abdullah", "عبدالله"),
            ("abdulrahman", "عبدالرحمن"),
            ("amelia", "أميليا"),
            ("hart", "هارت"),
            ("smith", "سميث"),
            ("iqbal", "اقبال"),
            ("ahmed", "أحمد"),
        ] {
            assert!(reads(name, &letters(word)), "{name} {word}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for (name, word) in [
            ("ali", "إلى"),
            ("ali", "على"),
            ("amina", "من"),
            ("khan", "كان"),
            ("mohammed", "محمود"),
            ("hassan", "حسين"),
            ("hussain", "حسن"),
            ("sara", "سمر"),
        ] {
            assert!(!reads(name, &letters(word)), "{name} {word}");
        }
    }

    #[test]
    fn full_names_are_found_where_they_stand() {
        let names = [PersonName::parse("Amina Yusuf al-Hassan").unwrap(), PersonName::parse("Abdullah Khan").unwrap()];
        let found = |text: &str| full_names(text, &names).into_iter().map(|(a, b)| text[a..b].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("التقينا أمينة يوسف الحسن أمس"), ["أمينة يوسف الحسن"]);
        assert_eq!(found("كتبت أمينة حسن رسالة"), ["أمينة حسن"]);
        assert_eq!(found("السيد عبد الله خان"), ["عبد الله خان"]);
        assert_eq!(found("رسالة لعبدالله خان"), ["لعبدالله خان"]);
        assert!(found("أمينة. حسن").is_empty() && found("أمينة وحدها").is_empty() && found("").is_empty());
    }

    #[test]
    fn the_letters_of_old_files_are_read() {
        let names = [PersonName::parse("Ali Khan").unwrap()];
        assert_eq!(full_names("\u{feca}\u{fee0}\u{fef2} \u{fea7}\u{fe8e}\u{fee5}", &names).len(), 1);
    }

    #[test]
    fn what_is_long_costs_little() {
        let names = [PersonName::parse(&format!("{} {}", "a".repeat(60), "a".repeat(60))).unwrap()];
        assert!(full_names(&"ااااااااااااا ".repeat(2_000), &names).is_empty());
    }
}
