//! Given name and surname apart in one record: in cells of one row of a table, or behind the labels of a form, with other things between;
//! and in a sentence that says that the surname is one: `The Walker file: Andrew has left.`

use std::ops::Range;

use super::name_match::Found;
use super::prose;
use super::seen::{OTHER_GIVEN, OTHER_SURNAME};
use super::{Band, PersonName};
use crate::fold::{Folded, fold};
use crate::lexicon::{Flags, flags};

/// How far apart they may stand, in bytes of the original.
const APART: usize = 400;
/// Bytes of a row before and behind the name in it.
const LINE: usize = 2_000;
/// Bytes of a label.
const LABEL: usize = 60;
/// Words of a label.
const WORDS: usize = 6;
/// Lines at the beginning in which the names of columns are looked for.
const HEAD: usize = 12;
/// Between the cells of a row: `^` parts the components of a field of HL7.
const SEPARATORS: [char; 3] = ['|', '\t', '^'];
const ROW: &str = "given name and surname in cells of one row";
const FIELDS: &str = "given name and surname in fields of one record";
const SENTENCE: &str = "given name, with the surname said apart";

/// A name that stands alone.
struct Lone {
    /// Index of what was found.
    at: usize,
    range: Range<usize>,
    surname: bool,
    /// Another name stands beside it.
    beside: bool,
}

/// Raises what was found alone where the other part of the name stands in the same record.
pub(super) fn raise(names: &[PersonName], original: &str, folded: &Folded, found: &mut [Found]) {
    let mut lone: Vec<Lone> = found.iter().enumerate().filter_map(|(at, f)| of(names, original, folded, (at, f))).collect();
    if !(lone.iter().any(|one| one.surname) && lone.iter().any(|one| !one.surname)) {
        return;
    }
    lone.sort_by_key(|one| one.range.start);
    let columns = Columns::of(original);
    for (number, first) in lone.iter().enumerate() {
        let near = lone.iter().skip(number + 1).take_while(|one| one.range.start <= first.range.end + APART);
        for second in near.filter(|one| one.surname != first.surname) {
            let (given, surname) = if first.surname { (second, first) } else { (first, second) };
            let reason = if in_one_row(names, original, &columns, (given, surname)) {
                ROW
            } else if in_fields(original, given, surname) {
                FIELDS
            } else if prose::belong_together(original, &given.range, &surname.range) {
                SENTENCE
            } else {
                continue;
            };
            for one in [given, surname] {
                if let Some(f) = found.get_mut(one.at) {
                    (f.band, f.reason) = (Band::Likely, reason.to_owned());
                }
            }
            break;
        }
    }
}

fn of(names: &[PersonName], original: &str, folded: &Folded, (at, f): (usize, &Found)) -> Option<Lone> {
    if !f.by_name || f.band != Band::Possible {
        return None;
    }
    let surname = match f.reason.as_str() {
        "given name alone" | OTHER_SURNAME => false,
        "surname alone" | OTHER_GIVEN => true,
        _ => return None,
    };
    let text = folded.text.get(f.start..f.end)?;
    let whole = names.iter().any(|n| if surname { n.surnames.iter().any(|s| s == text) } else { n.givens().any(|g| g == text) });
    let range = folded.original_range(f.start, f.end);
    let beside = [OTHER_GIVEN, OTHER_SURNAME].contains(&f.reason.as_str());
    (whole && text.len() > 1 && original.get(range.clone()).is_some()).then_some(Lone { at, range, surname, beside })
}

/// Which columns hold given names and surnames, where a line says so.
#[derive(Default)]
struct Columns {
    cells: usize,
    labels: Vec<Option<Label>>,
}

impl Columns {
    fn of(text: &str) -> Self {
        let both = |labels: &[Option<Label>]| {
            let has = |surname| labels.iter().flatten().any(|label| label.surname == surname);
            has(true) && has(false)
        };
        text.lines()
            .take(HEAD)
            .map(|line| line.split(SEPARATORS).map(Label::read).collect::<Vec<_>>())
            .find(|labels| both(labels))
            .map(|labels| Self { cells: labels.len(), labels })
            .unwrap_or_default()
    }

    /// Whether two cells of a row of so many are a given name and a surname of one person; `None` where no column says so.
    fn fit(&self, cells: usize, given: usize, surname: usize) -> Option<bool> {
        if self.cells != cells {
            return None;
        }
        let label = |at: usize, surname| self.labels.get(at).and_then(Option::as_ref).filter(|label| label.surname == surname);
        let fits = label(given, false).zip(label(surname, true)).is_some_and(|(given, surname)| {
            // Beside `Surname` and `Forename`, a `Parent forename` is somebody else's.
            let partner = |of: &Label| self.labels.iter().flatten().any(|label| label.surname != of.surname && label.whose == of.whose);
            given.whose == surname.whose || given.is_with(surname) && !partner(given) && !partner(surname)
        });
        Some(fits)
    }
}

fn in_one_row(names: &[PersonName], text: &str, columns: &Columns, (given, surname): (&Lone, &Lone)) -> bool {
    let (first, last) = (given.range.start.min(surname.range.start), given.range.end.max(surname.range.end));
    if !text.get(first..last).is_some_and(|between| between.contains(SEPARATORS) && !between.contains('\n')) {
        return false;
    }
    // A line of a table is short: what is longer would be taken apart again for each name in it.
    let begin = text.ceil_char_boundary(first.saturating_sub(LINE));
    let from = text.get(begin..first).and_then(|head| head.rfind('\n')).map_or(begin, |at| begin + at + 1);
    let stop = text.floor_char_boundary(last + LINE);
    let to = text.get(last..stop).and_then(|tail| tail.find('\n')).map_or(stop, |at| last + at);
    let whole = (from > begin || begin == 0) && (to < stop || stop == text.len());
    let Some(row) = text.get(from..to).filter(|_| whole) else { return false };
    let cells: Vec<&str> = row.split(SEPARATORS).map(bare).collect();
    let number = |lone: &Lone| text.get(from..lone.range.start).map_or(0, |head| head.matches(SEPARATORS).count());
    let (a, b) = (number(given), number(surname));
    let (Some(given_cell), Some(surname_cell)) = (cells.get(a), cells.get(b)) else { return false };
    let whole = names.iter().any(|n| is_given(n, given_cell) && n.surnames.iter().any(|s| *s == fold(surname_cell)));
    if !whole || a == b {
        return false;
    }
    if let Some(fit) = columns.fit(cells.len(), a, b) {
        return fit;
    }
    // Nothing says what the columns are: then no other name may stand between them, nor beside either the other half of a name.
    let holds = |at: Option<usize>, kind: Flags| {
        let cell = at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
        cell.split_whitespace().any(|word| is_name(word, kind))
    };
    let (low, high) = (a.min(b), a.max(b));
    let outer = |at: usize| if at == low { at.checked_sub(1) } else { Some(at + 1) };
    let between = (low + 1..high).any(|at| holds(Some(at), Flags::GIVEN.with(Flags::SURNAME)));
    // A letter in the cell between is no initial.
    let letters = (low + 1..high).all(|at| cells.get(at).is_some_and(|cell| cell.chars().count() < 2));
    (letters || !given.beside && !surname.beside) && !between && !holds(outer(a), Flags::SURNAME) && !holds(outer(b), Flags::GIVEN)
}

/// A cell without the signs around it.
fn bare(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '*'))
}

/// The given name, with middle names behind it or not.
fn is_given(name: &PersonName, cell: &str) -> bool {
    let folded = fold(cell);
    let is = |text: &str| name.givens().any(|g| g == text);
    is(&folded)
        || folded.split_once(' ').is_some_and(|(first, rest)| is(first) && name.middle.iter().any(|m| rest.split(' ').any(|w| w == m)))
}

fn is_name(word: &str, kind: Flags) -> bool {
    word.chars().count() > 2 && flags(word).any(kind) && !flags(word).any(Flags::COMMON) && !is_tree(word)
}

/// Classes, rooms and houses of schools are called after trees, and so are few people.
fn is_tree(word: &str) -> bool {
    const TREES: [&str; 13] =
        ["ash", "beech", "birch", "cedar", "cherry", "elder", "elm", "maple", "oak", "pine", "rowan", "sycamore", "willow"];
    TREES.contains(&fold(word).as_str())
}

/// What a form calls a field in which a part of a name stands.
#[derive(Debug, PartialEq, Eq)]
struct Label {
    surname: bool,
    /// Whose name, where it says so: `learner` of `Learner first name`.
    whose: Vec<String>,
}

impl Label {
    /// Reads `Learner first name`, `b) Family name`, `Surname/Cyfenw`, `GivenNames`, `Forename(s)`.
    fn read(phrase: &str) -> Option<Self> {
        const AROUND: [&str; 22] = [
            "name",
            "names",
            "s",
            "cyfenw",
            "enw",
            "cyntaf",
            "of",
            "the",
            "your",
            "full",
            "legal",
            "in",
            "block",
            "capitals",
            "please",
            "and",
            "preferred",
            "usual",
            "sheet",
            "a",
            "no",
            "field",
        ];
        let phrase = phrase.trim();
        if phrase.is_empty() || phrase.len() > LABEL {
            return None;
        }
        let words = words(phrase);
        if words.len() > WORDS {
            return None;
        }
        let named = words.len() == 1 || words.iter().any(|w| w == "name" || w == "names");
        let kind = |word: &str| match part_of_name(word) {
            Some((surname, alone)) => (alone || named).then_some(surname),
            None => (word == "enw" && words.iter().any(|w| w == "cyntaf")).then_some(false),
        };
        let mut kinds: Vec<bool> = words.iter().filter_map(|word| kind(word)).collect();
        kinds.dedup();
        let [surname] = kinds.as_slice() else { return None };
        let about = |word: &String| kind(word).is_none() && !AROUND.contains(&word.as_str()) && word.chars().count() > 1;
        let whose = words.iter().filter(|word| about(word) && !word.chars().all(|c| c.is_ascii_digit())).cloned().collect();
        Some(Self { surname: *surname, whose })
    }

    /// True when both may be of one person.
    fn is_with(&self, other: &Self) -> bool {
        self.whose.is_empty() || other.whose.is_empty() || self.whose == other.whose
    }
}

/// True for a word of a label that stands for a surname, false for a given name; and whether it does so without `name` beside it.
fn part_of_name(word: &str) -> Option<(bool, bool)> {
    match word {
        "surname" | "surnames" | "lastname" | "lname" | "sname" | "familyname" | "cyfenw" => Some((true, true)),
        "last" | "family" => Some((true, false)),
        "forename" | "forenames" | "firstname" | "firstnames" | "fname" | "givenname" | "givennames" => Some((false, true)),
        "first" | "given" | "christian" => Some((false, false)),
        _ => None,
    }
}

/// The words of a label, small; `GivenNames` has two.
fn words(phrase: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut small = false;
    for c in phrase.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && small {
            out.push(String::new());
        }
        small = c.is_lowercase();
        if let Some(word) = out.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    out.retain(|word| !word.is_empty());
    out
}

fn in_fields(text: &str, given: &Lone, surname: &Lone) -> bool {
    let label = |lone: &Lone| label_before(text, lone.range.start).filter(|label| label.surname == lone.surname);
    let Some((given_label, surname_label)) = label(given).zip(label(surname)) else { return false };
    let between = text.get(given.range.end.min(surname.range.end)..given.range.start.max(surname.range.start)).unwrap_or_default();
    let labels = words(between).iter().filter(|word| part_of_name(word).is_some()).count();
    given_label.is_with(&surname_label) && labels == 1 && !between.contains(['{', '}'])
}

/// The label before a value: on its line, or on the line above it.
fn label_before(text: &str, at: usize) -> Option<Label> {
    let head = text.get(..at)?;
    let head = head.get(head.ceil_char_boundary(head.len().saturating_sub(2 * LABEL))..)?;
    let signs = |c: char| {
        c.is_whitespace() || matches!(c, ':' | '|' | ',' | '-' | '\u{2013}' | '=' | '"' | '\'' | '>' | '.' | '_' | ')' | ']' | '*')
    };
    let line = head.trim_end_matches(|c| signs(c) && c != '\n');
    let label = line.trim_end_matches(signs);
    // One line break alone lies between a label and its value.
    let signs = head.get(label.len()..)?;
    if signs.matches('\n').count() > 1 || matches!(signs, "" | " ") {
        return None;
    }
    let begin = label.rfind(['|', '\t', ',', ';', '{', '<', '"', '\'', '\n', '.', '&', '?']).map_or(0, |i| i + 1);
    Label::read(label.get(begin..)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Document, DocumentKind};
    use crate::identity::{Identity, Matcher, band_of};

    fn band(name: &str, text: &str) -> Option<Band> {
        let person = Identity { names: vec![name.into()], ..Identity::default() };
        band_of(&Matcher::new(&person).unwrap().find(&Document::of(DocumentKind::Sheet, "", text)))
    }

    #[test]
    fn a_column_between_given_name_and_surname_does_not_part_them() {
        for text in [
            "Surname | Form | Forename | Status\nCarter | 9A | Tom | due\nWalker | 10B | Andrew | due\n",
            "First name | Middle | Carer surname | Surname\nAndrew | James | Carter | Walker\n",
            "Walker | 10B | Andrew | due",
            "Andrew|x|Walker",
            "7\tWALKER\tF\tANDREW JAMES\t2019",
            "First | Group | Last\nAndrew | Ash | Walker",
            "Andrew | L | Walker | Fothergill",
            "PID|1||118^^^MRN||WALKER^X^ANDREW||M",
            "Andrew | L | Walker | Ash",
            "Andrew | Y | Walker | Beech",
        ] {
            assert_eq!(band("Andrew James Walker", text), Some(Band::Likely), "{text}");
        }
        for text in [
            "Surname | Form | Parent forename | Forename\nWalker | 9A | Andrew | Tom\n",
            "Pupil first name | Year | Carer surname\nAndrew | 4 | Walker\n",
            "Andrew | Carter | 9A | Tom | Walker",
            "Carter | Andrew | 9A | Walker | Tom",
            "Andrew | met | with Walker",
            "Walker\n9A | Andrew",
        ] {
            assert!(band("Andrew James Walker", text) < Some(Band::Likely), "{text}");
        }
    }

    #[test]
    fn the_next_field_of_a_numbered_form_is_no_address() {
        let person =
            Identity { names: vec!["Andrew Walker".into()], addresses: vec!["4 Barn Lane, Otley, LS21 3BG".into()], ..Identity::default() };
        let text = "1. Surname:\nWalker\n2. Forename(s):\nAndrew\n3. School:\nHolme Park";
        assert_eq!(band_of(&Matcher::new(&person).unwrap().find(&Document::of(DocumentKind::Text, "", text))), Some(Band::Likely));
    }

    #[test]
    fn fields_of_one_form_belong_together() {
        for text in [
            "Learner forename | Andrew\nLearner surname | Walker\n",
            "Contact first name | Andrew\nContact surname | Walker",
            "Surname | Walker\nCourse | Food Hygiene\nForename | Andrew\n",
            "Participant first name\tAndrew\nParticipant last name\tWalker",
            "a) School - Meadow Primary\nb) Family name - Walker\nc) First name - Andrew",
            "Surname/Cyfenw: Walker\nForename/Enw cyntaf: Andrew",
            "1. Surname:\nWalker\n2. Forename(s):\nAndrew\n3. School:\nHolme Park",
            "<Learner FamilyName=\"Walker\" ULN=\"9900118\" GivenNames=\"Andrew\"/>",
            "{'surname': 'Walker', 'centre': 4, 'forename': 'Andrew'}",
            "forename=Andrew&centre=4&surname=Walker",
            "fname=Andrew; lname=Walker; grp=0",
            "First: Andrew; age: 12; last: Walker",
            "{\"lastName\": \"Walker\", \"id\": 3, \"firstName\": \"Andrew\"}",
        ] {
            assert!(band("Andrew James Walker", text) >= Some(Band::Likely), "{text}");
        }
        for text in [
            "Parent forename | Andrew\nCourse | Food\nLearner surname | Walker\n",
            "Forename: Andrew\nSurname: Carter\nForename: Tom\nSurname: Walker",
            "{\"firstName\": \"Andrew\"}, {\"lastName\": \"Walker\"}",
            "First name: Andrew\n\n\nthe surname of the Walker family",
        ] {
            assert!(band("Andrew James Walker", text) < Some(Band::Likely), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_table_is_read(text in "(Andrew|Walker|Surname|First name|é|\\||\t|\n|:|, | |\\^){0,24}") {
            let _ = band("Andrew Walker", &text);
        }
    }
}
