//! How much a stretch of capitalised words looks like a person's name.

use super::View;
use crate::detect::tokens::{Shape, Token};
use crate::detect::{Finding, Kind};
use crate::lexicon::Flags;

const NAME: Flags = Flags::GIVEN.with(Flags::SURNAME);

/// Tokens `first..=last` of the run that begins at `run`.
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) run: usize,
}

/// Judges a stretch and adds it when it may be a name.
pub(super) fn stretch(view: &View<'_>, s: Stretch, out: &mut Vec<Finding>) {
    if part_of_code(view, &s) {
        return;
    }
    let words = (s.first..=s.last).filter_map(|i| view.token(i)).filter(|t| t.named()).count();
    if let Some(end) = like_an_address(view, &s) {
        view.push(out, Kind::Address, (s.first, end), 0.4, "capitalised words beside a house number or before a street word");
        return;
    }
    if words == 0 {
        if letters(view, &s) {
            view.push(out, Kind::Person, (s.first, s.last), 0.4, super::INITIALS);
        }
        return;
    }
    if party(view, &s) {
        view.push(out, Kind::Person, (s.first, s.last), 0.85, "a party to a case");
        return;
    }
    let judged = if words >= 2 { several(view, &s) } else { one(view, &s) };
    match judged {
        Some((score, why)) => view.push(out, Kind::Person, (s.first, s.last), score, why),
        None => (s.first..=s.last).for_each(|i| lone_place(view, i, out)),
    }
}

/// `J.P.`, `A.J.H.`: two or more initials with dots that are no usual abbreviation.
fn letters(view: &View<'_>, s: &Stretch) -> bool {
    let initials: String = (s.first..=s.last).filter_map(|i| view.token(i)).filter_map(|t| view.text.get(t.start..t.end)).collect();
    let usual = [
        "U.K", "U.S", "U.S.A", "P.O", "P.S", "A.M", "P.M", "N.B", "E.U", "B.A", "M.A", "G.P", "T.V", "D.C", "N.I", "A.D", "B.C", "P.E",
        "D.O.B", "I.T", "H.R", "R.I.P", "F.A.O", "A.K.A", "U.N", "Q.C", "K.C", "M.P",
    ];
    initials.len() >= 3 && initials.matches('.').count() * 2 + 1 >= initials.len() && !usual.contains(&initials.trim_end_matches('.'))
}

/// Unknown letters right beside digits are part of a code: `BRCA1`, `NWBKGB2L`.
fn part_of_code(view: &View<'_>, s: &Stretch) -> bool {
    let joined = |a: Option<&Token>, b: Option<&Token>| a.zip(b).is_some_and(|(a, b)| a.end == b.start);
    let number = |t: Option<&Token>| t.is_some_and(|t| t.shape == Shape::Number);
    let (before, after) = (view.before(s.first), view.token(s.last + 1));
    let beside = number(before) && joined(before, view.token(s.first)) || number(after) && joined(view.token(s.last), after);
    beside && (s.first..=s.last).filter_map(|i| view.token(i)).all(|t| !t.has(NAME))
}

/// `1668 Glyn`, `Edeby 55`, `Marina Fort Street`: the last token of what is rather an address than a name.
fn like_an_address(view: &View<'_>, s: &Stretch) -> Option<usize> {
    let street = |t: &Token| t.named() && t.has(Flags::STREET) && !t.has(NAME);
    let tokens = || (s.first..=s.last).filter_map(|i| view.token(i));
    if s.last > s.first && view.token(s.last).is_some_and(street) {
        return Some(s.last);
    }
    if view.token(s.last + 1).is_some_and(|t| street(t) && view.close(s.last)) {
        return Some(s.last + 1);
    }
    // A house has a short number; four digits with a 1 or 2 before them are rather a year.
    let year =
        |t: &Token| t.end - t.start == 4 && view.text.get(t.start..t.end).is_some_and(|w| w.starts_with("19") || w.starts_with("20"));
    let number = |t: Option<&Token>| t.is_some_and(|t| t.shape == Shape::Number && !year(t) && house(view, t));
    // Behind an abbreviation it is a number of something else: `SSN 123`.
    let code = || tokens().all(|t| t.shape == Shape::Upper && t.end - t.start <= 4);
    let before = number(view.before(s.first)) && s.first > 0 && view.close(s.first - 1);
    let after = number(view.token(s.last + 1)) && view.close(s.last);
    let unknown = tokens().all(|t| !t.has(NAME)) && !code();
    (unknown && (before || after)).then(|| if after { s.last + 1 } else { s.last })
}

/// A house has a number and perhaps a letter: no dose (`2.5mg`), no day (`18/06`).
fn house(view: &View<'_>, t: &Token) -> bool {
    let number = view.text.get(t.start..t.end).unwrap_or_default().trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = view.text.get(t.end..).unwrap_or_default();
    let goes_on = rest.strip_prefix(['.', '/', ':', ',']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    number.len() <= 1 && !goes_on && !rest.starts_with('%') && (number != "g" || !rest.starts_with([' ', ',', '.']))
}

/// `Marper v. the United Kingdom`, `R v Lambert`: a name on either side of the sign between parties, unless it is a country's.
fn party(view: &View<'_>, s: &Stretch) -> bool {
    let word = |j: usize| view.token(j).and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    let versus = |j: usize| matches!(word(j), "v" | "vs");
    let known = |t: &Token| t.has(Flags::PLACE.with(Flags::ORG).with(Flags::COMMON)) && !t.has(Flags::GIVEN);
    let after = |dot: bool| s.first.checked_sub(1 + usize::from(dot)).is_some_and(|j| versus(j) && (!dot || word(j + 1) == "."));
    let plain = s.last - s.first < 3 && !(s.first..=s.last).filter_map(|i| view.token(i)).any(known);
    plain && (versus(s.last + 1) || after(false) || after(true))
}

fn several(view: &View<'_>, s: &Stretch) -> Option<(f32, &'static str)> {
    let first = view.token(s.first)?;
    let last = view.token(s.last)?;
    let initial = (s.first..=s.last).filter_map(|i| view.token(i)).any(|t| t.shape == Shape::Initial);
    Some(if first.has(Flags::GIVEN) && (!first.has(Flags::COMMON) || last.has(Flags::SURNAME) || !sentence_start(view, s.first)) {
        (0.92, "a known given name and what follows it")
    } else if last.has(Flags::SURNAME) && !last.has(Flags::COMMON) {
        (0.8, "capitalised words ending in a known surname")
    } else if (s.first..=s.last).filter_map(|i| view.token(i)).any(|t| t.has(NAME)) {
        (0.75, "capitalised words with a known name among them")
    } else if initial {
        (0.7, "an initial with a capitalised word")
    } else if context(view, s) >= 2 {
        (0.7, "unknown capitalised words where a name is expected")
    } else {
        (0.5, "unknown capitalised words")
    })
}

fn one(view: &View<'_>, s: &Stretch) -> Option<(f32, &'static str)> {
    let word = (s.first..=s.last).filter_map(|i| view.token(i)).find(|t| t.named())?;
    let initial = s.last > s.first;
    let hint = context(view, s);
    let start = sentence_start(view, s.first);
    let heading = word.shape == Shape::Upper && !word.has(NAME);
    let doubtful = word.has(Flags::COMMON.with(Flags::PLACE));
    if initial && !word.has(Flags::PLACE) {
        return (!word.has(Flags::COMMON) || word.has(NAME)).then_some((0.8, "an initial with a capitalised word"));
    }
    if word.has(Flags::STREET.with(Flags::ORG)) && !word.has(Flags::GIVEN) || heading && hint < 2 {
        return None;
    }
    if word.has(Flags::GIVEN) && word.shape == Shape::Capital && reported(view, s) && !word.has(Flags::PLACE) && !month_or_day(view, word) {
        return Some((0.93, "a given name of whom something is said"));
    }
    match (word.has(Flags::GIVEN), word.has(Flags::SURNAME), doubtful) {
        (true, _, false) => Some((if hint > 0 { 0.9 } else { 0.75 }, "a known given name")),
        (true, _, true) if hint >= 2 || (hint == 1 && !start && !word.has(Flags::PLACE)) => {
            Some((0.6, "a word that is also a given name, where a name is expected"))
        }
        (true, _, true) if !start && word.shape == Shape::Capital && !word.has(Flags::PLACE) && !month_or_day(view, word) => {
            Some((0.4, "a word that is also a given name, with a capital inside a sentence"))
        }
        (false, true, false) => Some((if hint > 0 { 0.7 } else { 0.5 }, "a known surname")),
        (false, true, true) if hint >= 2 => Some((0.5, "a word that is also a surname, where a name is expected")),
        (false, false, false) if hint >= 2 => Some((0.6, "an unknown word where a name is expected")),
        (false, false, false) if heading_line(view, s) => None,
        (false, false, false) if hint == 1 && (!start || !english_ending(view, word)) => {
            Some((0.45, "an unknown capitalised word where a name may stand"))
        }
        (false, false, false) if !start && word.shape == Shape::Capital && !after_place_word(view, s.first) => {
            Some((0.3, "an unknown capitalised word inside a sentence"))
        }
        _ => None,
    }
}

/// `says Hope is out`: between a verb of saying and the verb of what is said.
fn reported(view: &View<'_>, s: &Stretch) -> bool {
    let word = |t: Option<&Token>| t.and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    matches!(word(view.before(s.first)), "says" | "said" | "thinks" | "thought" | "knows" | "knew" | "asks" | "asked" | "whether")
        && matches!(word(view.token(s.last + 1)), "is" | "was" | "has" | "had" | "will" | "would" | "can" | "could" | "does" | "did")
}

/// `ms. Marcela`, `mr. elliott`: a title written small. Only the abbreviations: `sister` and `judge` are words.
pub(super) fn small_title(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let Some(title) = view.token(i).and_then(|t| view.text.get(t.start..t.end)) else { return };
    if !matches!(title, "mr" | "mrs" | "ms" | "mx" | "dr" | "prof" | "miss") {
        return;
    }
    let name = if view.token(i + 1).is_some_and(|t| t.sign == '.') { i + 2 } else { i + 1 };
    let Some(t) = view.token(name).filter(|_| view.close(name - 1)) else { return };
    let written = t.shape == Shape::Capital && !view.ordinary(t)
        || t.shape == Shape::Lower && title != "miss" && !t.has(Flags::COMMON.with(Flags::BEFORE).with(Flags::SPEECH));
    if written {
        view.push(out, Kind::Person, (name, name), 0.7, "name after a title");
    }
}

/// `my name is borna jerković`, `name: hyuuma t. maida`: names written small after the word `name`.
pub(super) fn after_name(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let word = |j: usize| view.token(j).and_then(|t| view.text.get(t.start..t.end)).unwrap_or_default();
    if word(i) != "name" || !(word(i + 1) == "is" || view.token(i + 1).is_some_and(|t| t.sign == ':')) {
        return;
    }
    let first = i + 2;
    let small =
        |j: usize| view.token(j).is_some_and(|t| t.shape == Shape::Lower && !t.has(Flags::COMMON.with(Flags::SPEECH).with(Flags::BEFORE)));
    if small(first) {
        let last = careless_surname(view, first).unwrap_or(first);
        view.push(out, Kind::Person, (first, last), 0.5, "what follows the word name");
    }
}

/// The unknown word that follows a small given name, perhaps over an initial.
fn careless_surname(view: &View<'_>, i: usize) -> Option<usize> {
    let word = |j: usize| view.token(j).filter(|t| t.shape == Shape::Lower && view.close(j - 1));
    let mut at = i + 1;
    if word(at).is_some_and(|t| t.end - t.start == 1) {
        at += if view.token(at + 1).is_some_and(|t| t.sign == '.') { 2 } else { 1 };
    }
    word(at)
        .filter(|t| t.end - t.start > 3 && (t.flags == Flags::default() || t.flags == Flags::SURNAME) && !english_ending(view, t))
        .map(|_| at)
}

/// Names written small: a given name with a surname after it, or after a salutation that opens a line.
pub(super) fn careless(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    let Some(first) = view.token(i) else { return };
    let ordinary = |t: &Token| {
        t.has(
            Flags::COMMON
                .with(Flags::BEFORE)
                .with(Flags::SPEECH)
                .with(Flags::PARTICLE)
                .with(Flags::RELATION)
                .with(Flags::TITLE)
                .with(Flags::STREET),
        )
    };
    if ordinary(first) || first.end - first.start < 3 {
        return;
    }
    let surname = |t: &&Token| t.shape == Shape::Lower && t.end - t.start > 2 && t.has(Flags::SURNAME) && !ordinary(t);
    if view.close(i) && view.token(i + 1).as_ref().is_some_and(surname) {
        view.push(out, Kind::Person, (i, i + 1), 0.6, "a known given name and surname in small letters");
        return;
    }
    if first.end - first.start > 3 && !first.has(Flags::NOUN.with(Flags::PLACE).with(Flags::ORG)) {
        let surname = careless_surname(view, i);
        view.push(
            out,
            Kind::Person,
            (i, surname.unwrap_or(i)),
            if surname.is_some() { 0.5 } else { 0.4 },
            "a known given name in small letters",
        );
        return;
    }
    let greeted =
        view.before(i).is_some_and(|t| t.has(Flags::SALUTATION) && (i < 2 || view.before(i - 1).is_none_or(|p| p.shape == Shape::Line)));
    let signed = view.before(i).is_some_and(|t| t.has(Flags::SIGNOFF)) && view.token(i + 1).is_none_or(|t| t.shape == Shape::Line);
    if greeted || signed {
        view.push(out, Kind::Person, (i, i), 0.6, "a given name after a salutation or a close");
    }
}

/// An unknown word between capitalised ordinary words stands in a heading.
fn heading_line(view: &View<'_>, s: &Stretch) -> bool {
    let plain = |t: Option<&Token>| t.is_some_and(|t| t.named() && view.ordinary(t));
    let before = s.first > 0 && plain(view.before(s.first)) && view.close(s.first - 1) && !sentence_start(view, s.first - 1);
    before || (plain(view.token(s.last + 1)) && view.close(s.last))
}

/// Endings of English words that are no names.
fn english_ending(view: &View<'_>, t: &Token) -> bool {
    const ENDINGS: [&str; 22] = [
        "ing", "ings", "tion", "tions", "ment", "ments", "ness", "ity", "able", "ible", "ously", "ous", "ive", "ful", "less", "ance",
        "ence", "ical", "ism", "ship", "ally", "ware",
    ];
    view.text.get(t.start..t.end).is_some_and(|w| ENDINGS.iter().any(|e| w.ends_with(e)))
}

/// A place standing by itself.
pub(super) fn lone_place(view: &View<'_>, i: usize, out: &mut Vec<Finding>) {
    if view.token(i).is_some_and(|t| t.named() && t.has(Flags::PLACE)) {
        view.push(out, Kind::Place, (i, i), 0.6, "a known place");
    }
}

/// How much the words around expect a name: 0 not, 1 perhaps, 2 clearly.
fn context(view: &View<'_>, s: &Stretch) -> u8 {
    let mut hint = 0;
    let previous = view.before(s.first);
    let next = view.token(s.last + 1);
    if let Some(p) = previous {
        let opening = s.first < 2 || view.before(s.first - 1).is_none_or(|t| t.shape == Shape::Line);
        if p.has(Flags::SALUTATION) && opening || p.has(Flags::RELATION) && p.shape == Shape::Lower || p.has(Flags::TITLE) && p.named() {
            hint = 2;
        } else if p.has(Flags::BEFORE) && p.shape == Shape::Lower && !after_place_word(view, s.first)
            || (s.first > s.run && sentence_start(view, s.run))
        {
            hint = 1;
        } else if p.sign == ':' && view.before(s.first - 1).is_some_and(|t| t.has(Flags::BEFORE.with(Flags::RELATION))) {
            hint = 2;
        }
        // "What is your last name? Arcuri": the whole answer.
        let ends = view.token(s.last + 1).is_none_or(|t| t.shape == Shape::Line);
        if ends && p.sign == '?' {
            hint = 2;
        }
        if opening_line(p) && signed(view, s.first) {
            hint = 2;
        }
    }
    if let Some(n) = next {
        let line_start = previous.is_none_or(opening_line);
        let past = || view.text.get(n.start..n.end).is_some_and(|w| w.len() > 4 && w.ends_with("ed"));
        if n.shape == Shape::Lower && (n.has(Flags::SPEECH) || past()) {
            let said = view
                .text
                .get(n.start..n.end)
                .is_some_and(|w| w.len() > 3 && (w.ends_with('s') || w.ends_with('d') || matches!(w, "wrote" | "rang" | "came" | "went")));
            hint = hint.max(if said || !sentence_start(view, s.first) { 2 } else { 1 });
        } else if n.sign == ':' && line_start || (n.shape == Shape::Comma && line_start && view.token(s.last + 2).is_none_or(opening_line))
        {
            hint = hint.max(2);
        }
    }
    hint
}

fn opening_line(t: &Token) -> bool {
    t.shape == Shape::Line || t.sign == '>' || t.sign == '"'
}

/// True when the line before ends a letter (`Kind regards,`) and this word opens the signature.
fn signed(view: &View<'_>, i: usize) -> bool {
    let mut at = i;
    let mut lines = 0;
    while let Some(t) = at.checked_sub(1).and_then(|j| view.token(j)) {
        at -= 1;
        match t.shape {
            Shape::Line => lines += 1,
            Shape::Comma | Shape::Stop | Shape::Other => {}
            _ => return t.has(Flags::SIGNOFF),
        }
        if lines > 3 {
            break;
        }
    }
    false
}

fn sentence_start(view: &View<'_>, i: usize) -> bool {
    let mut at = i;
    // A quotation mark or bracket inside a sentence opens none.
    while view.before(at).is_some_and(|t| matches!(t.sign, '"' | '\'' | '(' | '[' | '\u{2018}' | '\u{201c}')) {
        at -= 1;
    }
    view.before(at).is_none_or(|t| matches!(t.shape, Shape::Line | Shape::Stop | Shape::Other))
}

/// `in Leeds`, `at Kew`: words before places rather than people.
fn after_place_word(view: &View<'_>, i: usize) -> bool {
    view.before(i).and_then(|t| view.text.get(t.start..t.end)).is_some_and(|w| {
        matches!(w, "in" | "at" | "near" | "into" | "the" | "a" | "an" | "this" | "our" | "your" | "southern" | "Southern" | "northern")
    })
}

fn month_or_day(view: &View<'_>, t: &Token) -> bool {
    view.text.get(t.start..t.end).is_some_and(|w| {
        matches!(w, "May" | "April" | "June" | "August" | "January" | "Sunday" | "Christmas" | "Mar" | "Jan" | "Will" | "Can" | "Long")
    })
}
