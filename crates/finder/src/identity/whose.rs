//! Whose a name is: that of somebody else who stands beside the person.

use super::PersonName;
use super::name_match::Found;
use super::words::{Word, after, before, is_label};
use crate::fold::{Folded, fold};
use crate::lexicon::{Flags, Hash, flags, look_up};

/// Words that a surname has at most.
const PARTS: usize = 6;

/// A folded text with its original.
pub(super) type Read<'a> = (&'a Folded, &'a str);

/// True when given name and surname belong to two people: `Tom Fairbairn, Amelia Carter`, and rows of which one ends
/// where the next begins. `start..end` is the given name or, when `family`, the surname; `f` what was read of both.
pub(super) fn of_two_people(name: &PersonName, f: &Found, (start, end): (usize, usize), family: bool, read: Read<'_>) -> bool {
    let (folded, original) = read;
    let text = folded.text.as_str();
    if family && f.start >= start && f.end > end {
        // The given name that the surname has already, over its own first parts: `Tom ap Rhys`.
        let (mut first, mut w) = (start, before(text, start));
        for _ in 0..PARTS {
            let Some(own) = w.filter(|w| is_own_surname(name, w.text)) else { break };
            first = own.start;
            w = before(text, first);
        }
        // `Kwok-Keung Leung, Wing-Yan Cheung`: what is behind is a surname of its own.
        let next = || after(text, f.end).filter(|n| !n.comma && between(read, f.end, n.start) == " ");
        let own_surname = || next().is_some_and(|n| capital(read, n.start) && is_family(n.text) && !is_own(name, n.text));
        let Some(w) = w.filter(|w| is_other_given(name, w.text) || capital(read, w.start) && is_family_or_given(w.text) && own_surname())
        else {
            return false;
        };
        let (lead, gap) = (between(read, w.end, first), signs_after(original, folded.original_range(start, end).end));
        return !lead.contains(['\n', ',', ';', '.', '/']) && (gap.contains('\n') || lead.trim().is_empty() && gap.contains([',', ';']));
    }
    if is_in_list(name, f, read) {
        return true;
    }
    // `Carter | Amelia` above `Fairbairn | Tom`.
    if between(read, f.start, f.end).contains('\n') {
        let (stop, next) = behind_surname(name, text, f.end);
        let next = next.filter(|w| is_other_given(name, w.text) && is_cell_gap(between(read, stop, w.start)));
        let last = before(text, f.start).filter(|w| is_cell_gap(between(read, w.end, f.start)));
        let no_name = Flags::COMMON.with(Flags::TITLE).with(Flags::SALUTATION).with(Flags::RELATION);
        return next.is_some() && last.is_some_and(|w| w.text.chars().count() > 2 && !flags(w.text).any(no_name));
    }
    false
}

/// The word behind all words of the surname from `at` on, and where those end.
fn behind_surname<'t>(name: &PersonName, text: &'t str, at: usize) -> (usize, Option<Word<'t>>) {
    let (mut stop, mut next) = (at, after(text, at));
    for _ in 0..PARTS {
        let Some(own) = next.filter(|w| is_own_surname(name, w.text)) else { break };
        stop = own.end;
        next = after(text, stop);
    }
    (stop, next)
}

/// `Ashdown, Amelia` above `Fairbairn, Tom`: a list with the surnames first.
fn is_in_list(name: &PersonName, f: &Found, read: Read<'_>) -> bool {
    let text = read.0.text.as_str();
    if !between(read, f.start, f.end).contains(['\n', ';']) {
        return false;
    }
    let (stop, next) = behind_surname(name, text, f.end);
    let behind = next.filter(|w| between(read, stop, w.start).trim_end() == "," && capital(read, w.start));
    let ahead = before(text, f.start).filter(|w| between(read, w.end, f.start).trim_end() == "," && capital(read, w.start));
    behind.zip(ahead).is_some_and(|(given, surname)| {
        !name.is_given(given.text) && !is_own(name, surname.text) && !has_given_on_its_line(read, surname.start)
    })
}

/// Bytes of a line before a name that are read.
const LINE: usize = 160;

/// True where a given name stands before a word on its line: `Denise Shah, Amelia` breaks a list of full names, and is no row of one with the
/// surnames first.
fn has_given_on_its_line((folded, original): Read<'_>, start: usize) -> bool {
    let at = folded.original_start(start);
    let head = original.get(original.ceil_char_boundary(at.saturating_sub(LINE))..at).unwrap_or_default();
    let line = head.rsplit(['\n', ';']).next().unwrap_or_default();
    line.split(|c: char| !c.is_alphanumeric()).map(fold).any(|word| flags(&word).any(Flags::GIVEN) && !flags(&word).any(Flags::COMMON))
}

/// True for a short form that is a part of a compound given name, beside another part: `Siu Yan Leung` and `Wing Ho Leung` for Wing-Yan Leung.
/// `start..end` is the surname, `f` what was read with it.
pub(super) fn is_of_another_compound(name: &PersonName, f: &Found, (start, end): (usize, usize), read: Read<'_>) -> bool {
    if !name.given.contains('-') || !f.reason.contains("nickname ") {
        return false;
    }
    let text = read.0.text.as_str();
    let part = |word: &str| name.given.split('-').any(|own| own == word);
    let other = |w: Option<Word<'_>>, gap: &dyn Fn(&Word<'_>) -> bool| {
        let plain = Flags::COMMON.with(Flags::TITLE).with(Flags::RELATION).with(Flags::SALUTATION).with(Flags::SPEECH);
        w.is_some_and(|w| gap(&w) && capital(read, w.start) && !part(w.text) && !flags(w.text).any(plain) && w.text.chars().count() > 1)
    };
    if f.start < start {
        // Between the short form and the surname, and before the short form.
        let short = text.get(f.start..start).and_then(|t| t.split([' ', '-']).next()).unwrap_or_default();
        let inner = text.get(f.start + short.len()..start).is_some_and(|t| t.contains(char::is_alphanumeric));
        let blank = |w: &Word<'_>| matches!(between(read, w.end, f.start), " " | "-");
        return part(short) && (inner || other(before(text, f.start), &blank));
    }
    let short = text.get(end..f.end).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric());
    let blank = |w: &Word<'_>| matches!(between(read, f.end, w.start), " " | "-");
    part(short) && other(after(text, f.end), &blank)
}

fn is_family_or_given(word: &str) -> bool {
    is_family(word) || flags(word).any(Flags::GIVEN)
}

/// True for a given name before somebody else's surname, or in the cell behind it: `Amelia Carter`, `Carter | Amelia`.
pub(super) fn has_another_surname(name: &PersonName, (start, end): (usize, usize), read: Read<'_>) -> bool {
    let (folded, _) = read;
    let next = after(&folded.text, end).filter(|w| !w.comma && is_cell_gap(between(read, end, w.start)));
    let cell = |w: &Word<'_>| Some(between(read, w.end, start)).is_some_and(|gap| is_cell_gap(gap) && gap.contains('|'));
    let last = before(&folded.text, start).filter(cell);
    next.into_iter().chain(last).any(|w| capital(read, w.start) && is_family(w.text) && !is_own(name, w.text))
}

/// How far beside given names their own surname still says whose they are, in bytes.
const ROW: usize = 40;
/// Words of a form between the parts of a name, at most.
const LABELS: usize = 4;

/// True for given names with somebody else's surname on either side and none of their own: `Amelia Jane Carter`, `Carter, Amelia Jane`,
/// `Surname: Carter, given names: Amelia Jane`.
pub(super) fn has_surname_beside(name: &PersonName, (start, end): (usize, usize), read: Read<'_>) -> bool {
    let text = read.0.text.as_str();
    // `Andrew | James | Carter | Walker`
    let head = text.get(text.ceil_char_boundary(start.saturating_sub(ROW))..start).unwrap_or_default();
    let tail = text.get(end..text.floor_char_boundary(end + ROW)).unwrap_or_default();
    if name.surnames.iter().any(|s| head.contains(s.as_str()) || tail.contains(s.as_str())) {
        return false;
    }
    let other = |w: &Word<'_>| capital(read, w.start) && is_family(w.text) && !is_own(name, w.text);
    let blank = |gap: &str| {
        let apart = |c: char| c.is_whitespace() || matches!(c, '|' | ',' | ';' | '\'' | '"' | '>');
        gap.chars().all(apart) && gap.matches('\n').count() < 2
    };
    let mut at = over_marks(text, end);
    let mut labelled = at != end;
    for _ in 0..LABELS {
        let Some(word) = after(text, at) else { break };
        let label = is_label(word.text);
        // Behind a comma stands the next of a list, unless a form or a table says what it is.
        let follows = labelled || !other_in_list(read, (at, &word)) && blank(between(read, at, word.start));
        if !label && follows && other(&word) {
            return true;
        }
        // `Amelia Jane Rose Carter`, `Amelia Jane,Rose,Carter`
        let given = follows && capital(read, word.start) && flags(word.text).any(Flags::GIVEN) && !is_own(name, word.text);
        if !label && !given {
            break;
        }
        labelled |= label;
        at = over_marks(text, word.end);
    }
    let (mut last, mut labelled) = (before(text, start), false);
    for _ in 0..LABELS {
        let Some(label) = last.filter(|w| is_label(w.text)) else { break };
        (last, labelled) = (before(text, label.start), true);
    }
    last.is_some_and(|w| (labelled || blank(between(read, w.end, start))) && other(&w))
}

/// The last of the marks between a cell that ends at a place and the next: `</Forename><Surname>`, `','`.
fn over_marks(text: &str, at: usize) -> usize {
    let rest = text.get(at..text.floor_char_boundary(at + 2 * ROW)).unwrap_or_default();
    if ["','", "', '", "\",\"", "\", \""].iter().any(|quotes| rest.starts_with(quotes)) {
        return at + 1;
    }
    let mut left = rest;
    while let Some((_, behind)) = left.trim_start().strip_prefix('<').and_then(|tag| tag.split_once('>')) {
        left = behind;
    }
    // The last sign stays: words touch without one.
    at + (rest.len() - left.len()).saturating_sub(1)
}

/// True for a word behind the comma of a sentence: a table has none that a blank follows.
fn other_in_list(read: Read<'_>, (at, word): (usize, &Word<'_>)) -> bool {
    word.comma && matches!(between(read, at, word.start), ", " | ",\n" | ",\r\n" | "; ")
}

/// True for a surname with somebody else's given name or initial before it, or their given name behind it:
/// `Tom Fairbairn`, `T. Fairbairn`, `Fairbairn, Tom`.
pub(super) fn has_another_given(name: &PersonName, (start, end): (usize, usize), read: Read<'_>) -> bool {
    let (folded, _) = read;
    let line = |gap: &str| !gap.contains(['\n', '\r']) && gap.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '.'));
    let initial = |w: &Word<'_>| w.text.chars().count() == 1 && w.text.chars().all(char::is_alphabetic) && !matches!(w.text, "a" | "i");
    let other = |w: &Word<'_>| is_other_given(name, w.text) || initial(w) && !name.is_given(w.text);
    // Over the first parts of the surname: `Tom ap Rhys`.
    let (mut first, mut last) = (start, before(&folded.text, start));
    for _ in 0..PARTS {
        let Some(own) = last.filter(|w| is_own_surname(name, w.text)) else { break };
        first = own.start;
        last = before(&folded.text, first);
    }
    let last = last.filter(|w| line(between(read, w.end, first)) && other(w));
    let comma = |gap: &str| is_cell_gap(gap) || matches!(gap, "," | ", ");
    let next = after(&folded.text, end).filter(|w| comma(between(read, end, w.start)) && is_other_given(name, w.text));
    last.into_iter().chain(next).any(|w| capital(read, w.start))
}

/// True for a word that is a surname, or no word at all.
pub(super) fn is_family(word: &str) -> bool {
    let known = look_up(Hash::of(word));
    let ordinary = Flags::COMMON.with(Flags::TITLE).with(Flags::RELATION).with(Flags::SPEECH).with(Flags::ORG);
    let [a, b, c] = Flags::FREQUENT;
    let surname = known.any(Flags::SURNAME) || !known.any(a.with(b).with(c)) && flags(word) == Flags::NONE;
    surname && !known.any(ordinary) && word.chars().count() > 2 && word.chars().all(char::is_alphabetic)
}

fn is_own_surname(name: &PersonName, word: &str) -> bool {
    name.surnames.iter().any(|own| own.split([' ', '-']).any(|part| part == word))
}

/// A given name, and no word, initial or short form of the person's own.
fn is_other_given(name: &PersonName, word: &str) -> bool {
    word.chars().count() > 2
        && flags(word).any(Flags::GIVEN)
        && !flags(word).any(Flags::COMMON)
        && !name.is_given(word)
        && !is_own(name, word)
}

pub(super) fn is_own(name: &PersonName, word: &str) -> bool {
    name.own_words().any(|own| own == word || own.split([' ', '-']).any(|part| part == word))
}

/// True for what stands between two words of a line or two cells of a row.
fn is_cell_gap(gap: &str) -> bool {
    !gap.is_empty() && !gap.contains(['\n', '\r']) && gap.chars().all(|c| c.is_whitespace() || c == '|') && gap.chars().count() <= 3
}

fn between((folded, original): Read<'_>, from: usize, to: usize) -> &str {
    original.get(folded.original_range(from, to)).unwrap_or_default()
}

/// The signs from `at` of the original to the next letter or digit.
fn signs_after(original: &str, at: usize) -> &str {
    let rest = original.get(at..).unwrap_or_default();
    rest.find(char::is_alphanumeric).and_then(|stop| rest.get(..stop)).unwrap_or(rest)
}

fn capital((folded, original): Read<'_>, at: usize) -> bool {
    original.get(folded.original_start(at)..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use crate::identity::{Band, Identity, Matcher, band_of};

    fn band(text: &str) -> Option<Band> {
        let person = Identity {
            names: vec!["Amelia Fairbairn".into()],
            born: vec![Date::constant(1985, 4, 3)],
            addresses: vec!["12 Mill Lane, Otley, LS21 3BG".into()],
            ..Identity::default()
        };
        band_of(&Matcher::new(&person).unwrap().find_text(text))
    }

    #[test]
    fn two_people_side_by_side_are_not_one() {
        for text in [
            "Tom | Fairbairn\nAmelia | Carter\n",
            "Fairbairn | Tom\nCarter | Amelia\nFairbairn | Ruth\n",
            "Tom Fairbairn, Amelia Carter and Ruth Marsh came.",
            "Tom Fairbairn\nAmelia Carter",
            "Amelia Carter and Tom Fairbairn came.",
            "I met Amelia Carter. Tom Fairbairn was there.",
            "Quillam | Amelia\nFairbairn | Tom\nMarsh | Ruth\n",
        ] {
            assert!(band(text) <= Some(Band::Possible), "{text:?} {:?}", band(text));
        }
    }

    #[test]
    fn rows_part_double_names_and_particles_too() {
        for (name, text) in [
            ("Amelia Hart-Quillam", "Tom | Hart-Quillam\nAmelia | Carter\n"),
            ("Amelia Hart-Quillam", "Tom Hart-Quillam, Amelia Carter"),
            ("Amelia Hart-Quillam", "Carter | Amelia\nHart-Quillam | Tom\n"),
            ("Amelia ap Quillam", "Tom ap Quillam\nAmelia Carter"),
        ] {
            let person = Identity { names: vec![name.into()], ..Identity::default() };
            let hits = Matcher::new(&person).unwrap().find_text(text);
            assert!(band_of(&hits) <= Some(Band::Possible), "{name}: {text:?} {hits:?}");
        }
    }

    #[test]
    fn neighbours_in_a_list_do_not_hide_a_name() {
        for text in [
            "Marsh | Ruth\nFairbairn | Amelia\nCarter | Tom\n",
            "Ruth | Marsh\nAmelia | Fairbairn\nTom | Carter\n",
            "Ruth Marsh, Fairbairn, Amelia, Tom Carter",
            "then we asked Amelia\nFairbairn, Tom and Ruth",
            "asked about Fairbairn\nAmelia again",
        ] {
            assert!(band(text) >= Some(Band::Likely), "{text:?} {:?}", band(text));
        }
    }

    #[test]
    fn another_house_of_the_street_is_not_theirs() {
        assert_eq!(band("Deliver to 9 Mill Lane, Otley, LS21 3BG"), Some(Band::Possible));
        for text in ["Mill Lane, Otley, LS21 3BG", "12 Mill Lane, Otley, LS21 3BG", "9 Mill Lane, Otley, and 12 Mill Lane, Otley LS21 3BG"]
        {
            assert!(band(text) >= Some(Band::Likely), "{text}");
        }
    }
}
