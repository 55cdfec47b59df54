//! What a run of digits is: telephone, card, NHS number, sort code, account, date.

use super::{Finding, Kind, check, context};

/// Looks at a run of digits and separators, splitting it at spaces where several numbers stand side by side.
/// Returns where to go on.
pub(super) fn classify(text: &str, start: usize, end: usize, out: &mut Vec<Finding>) -> usize {
    if context::glued(text, start, end) && !ends_in_extension(text, end) {
        return end;
    }
    let piece = text.get(start..end).unwrap_or_default();
    let mut cuts: Vec<usize> = vec![start];
    cuts.extend(piece.match_indices([' ', '/', '(']).filter(|(i, _)| *i > 0).map(|(i, s)| start + i + usize::from(s != "(")));
    cuts.push(end + 1);
    let mut from = 0;
    while from + 1 < cuts.len() {
        let one = (from + 1..cuts.len()).rev().find_map(|to| {
            let (a, b) = (*cuts.get(from)?, cuts.get(to)?.saturating_sub(1));
            let raw = text.get(a..b)?;
            let trimmed = raw.trim_end_matches([' ', '.', '-', '/', '(']);
            let lead = trimmed.len() - trimmed.trim_start_matches([' ', '.', '-', '/']).len();
            let (mut a, b) = (a + lead, a + trimmed.len());
            // A bracket that does not close belongs to the sentence.
            if text.get(a..b).is_some_and(|t| t.starts_with('(') && !t.contains(')')) {
                a += 1;
            }
            (a < b).then(|| number(text, a, b)).flatten().map(|f| (f, to))
        });
        match one {
            Some((finding, to)) => {
                out.push(finding);
                from = to;
            }
            None => from += 1,
        }
    }
    end
}

fn ends_in_extension(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|t| t.starts_with(['x', 'X', 'T']))
}

fn number(text: &str, start: usize, end: usize) -> Option<Finding> {
    let piece = text.get(start..end)?;
    let digits = check::count(piece);
    if (4..6).contains(&digits) && is_date(piece) {
        return short_date(text, piece, start, end);
    }
    if !(6..=19).contains(&digits) {
        return None;
    }
    if digits == 8 && piece.len() == 8 && year_first(piece) && context::said_before(text, start, 14, &["date", "dated"]) {
        return Some(date_finding(text, start, end));
    }
    let found = |kind, score, why| Some(Finding::new(kind, start, end, score, why));
    let near = |words: &[&str]| context::before(text, start, 48, words);
    if let Some(f) = bank(text, piece, start, end, digits) {
        return Some(f);
    }
    if is_date(piece) && check::date(piece) {
        return Some(date_finding(text, start, end));
    }
    if is_birthday(text, piece, start) {
        return Some(date_finding(text, start, end));
    }
    let carded = near(&["card", "visa", "mastercard", "amex", "debit", "credit"]);
    if check::card(piece) && (digits >= 13 || carded) && !piece.starts_with(['+', '0']) {
        return found(Kind::Card, if carded { 0.95 } else { 0.8 }, "card number with a correct check digit");
    }
    if carded && groups(piece) == [4, 4, 4, 4] {
        return found(Kind::Reference, 0.7, "digits in the groups of a card number after a word for one, check digit wrong");
    }
    let patient = context::around(text, start, end, 48, &["nhs", "patient", "hospital no", "surgery"])
        || context::said_before(text, start, 28, HEALTH_NUMBERS);
    // A telephone number of ten digits begins with a nought too.
    if digits == 10 && (patient || !piece.starts_with('0') || !check::british_phone(piece)) && !piece.starts_with(['+', '(']) {
        let grouped = groups(piece) == [3, 3, 4];
        if check::nhs(piece) {
            return if patient || grouped {
                found(Kind::NhsNumber, if patient { 0.98 } else { 0.85 }, "NHS number with a correct check digit")
            } else {
                found(Kind::NhsNumber, 0.3, "ten digits that would pass as an NHS number")
            };
        }
        // The Scottish number begins with the day of birth.
        let day = piece.get(..6).is_some_and(|p| p.bytes().all(|b| b.is_ascii_digit()) && pairs(p));
        if day && context::said_before(text, start, 28, HEALTH_NUMBERS) {
            return found(Kind::NhsNumber, 0.7, "a day and four digits after the word for a health number, check digit wrong");
        }
        if near(&["nhs no", "nhs num", "nhs:"]) || context::said_before(text, start, 28, HEALTH_NUMBERS) {
            return found(Kind::Reference, 0.8, "ten digits after the words NHS number, check digit wrong");
        }
    }
    if digits == 9 && near(&["passport"]) {
        return found(Kind::Passport, 0.85, "nine digits after the word passport");
    }
    if case_number(piece) {
        return found(Kind::Reference, 0.5, "number and year of a case or file");
    }
    phone(text, piece, start, end, digits)
}

/// `22072/02`, `1234/2019`: a running number and a year.
fn case_number(piece: &str) -> bool {
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    piece
        .split_once('/')
        .is_some_and(|(number, year)| digits(number) && digits(year) && (3..=6).contains(&number.len()) && matches!(year.len(), 2 | 4))
}

fn phone(text: &str, piece: &str, start: usize, end: usize, digits: usize) -> Option<Finding> {
    let near = context::before(
        text,
        start,
        40,
        &["phone", "tel", "mob", "call", "ring", "rang", "text", "fax", "cell", "whatsapp", "contact", "dial"],
    );
    let (score, why) = if check::british_phone(piece) {
        (if near { 0.98 } else { 0.9 }, "British telephone number")
    } else if piece.contains('+') && (8..=15).contains(&digits) {
        (0.85, "telephone number with a country code")
    } else if piece.starts_with('0') && !piece.starts_with("00") && (9..=11).contains(&digits) {
        (if near { 0.7 } else { 0.5 }, "digits written like a telephone number")
    } else if near && (7..=14).contains(&digits) {
        (0.55, "digits after a word about telephones")
    } else if (groups(piece) == [3, 3, 4] || groups(piece) == [2, 3, 3, 4]) && digits >= 10 {
        (0.45, "digits grouped like a telephone number")
    } else {
        return None;
    };
    Some(Finding::new(Kind::Phone, start, end, score, why))
}

/// Sort codes and account numbers: two numbers that stand near each other or beside the word.
fn bank(text: &str, piece: &str, start: usize, end: usize, digits: usize) -> Option<Finding> {
    let sort = ["sort"];
    let account = ["account", "acc no", "a/c", "acct", "acc:"];
    if digits == 6 && (piece.len() == 6 || groups(piece) == [2, 2, 2]) {
        let worded = context::around(text, start, end, 24, &sort);
        let beside = context::around(text, start, end, 40, &account);
        if worded || (beside && piece.len() > 6) {
            return Some(Finding::new(Kind::SortCode, start, end, if worded { 0.95 } else { 0.8 }, "sort code"));
        }
        if piece.contains('-') && piece.len() == 8 && !check::date(piece) {
            return Some(Finding::new(Kind::SortCode, start, end, 0.5, "three pairs of digits like a sort code"));
        }
    }
    let plain = piece.len() == 8 && digits == 8;
    let told = || context::around(text, start, end, 48, &["account", "acc no", "a/c", "acct", "acc:", "sort code", "bank"]);
    (plain && (after_sort_code(text, start) || told())).then(|| Finding::new(Kind::AccountNumber, start, end, 0.85, "bank account number"))
}

/// `12-34-56 12345678`: three pairs with a joint stand right before.
fn after_sort_code(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '/', ',', ':', '|', '\t']).as_bytes();
    let last = before.get(before.len().saturating_sub(8)..).unwrap_or_default();
    let fits = |i: usize, b: &u8| if i % 3 == 2 { *b == b'-' } else { b.is_ascii_digit() };
    last.len() == 8 && last.iter().enumerate().all(|(i, b)| fits(i, b)) && at - before.len() <= 4
}

/// The words for the health numbers of Scotland and Northern Ireland, which have the check digit of the English and Welsh one.
const HEALTH_NUMBERS: &[&str] = &["chi", "h&c", "hcn"];

/// Words that announce a day of birth.
const BIRTH: &[&str] = &[
    "born",
    "birth",
    "birthday",
    "birthdate",
    "dob",
    "yob",
    "d.o.b",
    "d.o.b.",
    "d/o/b",
    "d o b",
    "bday",
    "b'day",
    "date-of-birth",
    "date_of_birth",
];

/// `DOB 17 05 2013`, `DOB: 17052013`, `DOB 20130517`, `DOB 170513`: a date that only the word before it shows.
fn is_birthday(text: &str, piece: &str, start: usize) -> bool {
    let spaced = || matches!(groups(piece).as_slice(), [1 | 2, 1 | 2, 2 | 4]) && piece.matches(' ').count() == 2 && check::date(piece);
    let plain = piece.bytes().all(|b| b.is_ascii_digit());
    let joined = || match piece.len() {
        6 => pairs(piece),
        8 => piece.get(..4).zip(piece.get(4..)).is_some_and(|(d, y)| pairs_and(d, y)) || year_first(piece),
        _ => false,
    };
    (if plain { joined() } else { spaced() }) && context::said_before(text, start, 20, BIRTH)
}

/// `170513`: a day, a month, and a year's last digits.
fn pairs(digits: &str) -> bool {
    digits.get(..4).zip(digits.get(4..)).is_some_and(|(day, year)| pairs_and(day, year))
}

fn pairs_and(day: &str, year: &str) -> bool {
    day.get(..2).zip(day.get(2..)).is_some_and(|(d, m)| check::date(&format!("{d}/{m}/{year}")))
}

/// `20130517`: the year, the month, the day.
fn year_first(piece: &str) -> bool {
    piece.starts_with(['1', '2'])
        && piece
            .get(..4)
            .zip(piece.get(4..6))
            .zip(piece.get(6..))
            .is_some_and(|((y, m), d)| (1900..2100).contains(&y.parse().unwrap_or(0)) && check::date(&format!("{y}-{m}-{d}")))
}

/// `3/4/87`; with dots or dashes only after a word for a day: `3.4.87` is more often a paragraph.
fn short_date(text: &str, piece: &str, start: usize, end: usize) -> Option<Finding> {
    let more = |t: Option<&str>, last: bool| {
        let sign = |c: char| matches!(c, '/' | '.' | '-' | '\u{a3}' | '$');
        t.is_some_and(|t| {
            if last {
                t.ends_with(sign)
            } else {
                t.trim_start_matches(sign).len() < t.len() && t.get(1..2).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()))
            }
        })
    };
    let told = || {
        born(text, start) || context::said_before(text, start, 14, &["date", "dated", "on", "until", "till", "from", "since", "due", "by"])
    };
    let good = check::date(piece) && !more(text.get(..start), true) && !more(text.get(end..), false);
    (good && (piece.contains('/') || told())).then(|| date_finding(text, start, end))
}

/// True where the words before say that what follows is when somebody was born.
pub(super) fn born(text: &str, start: usize) -> bool {
    let short = || text.get(..start).and_then(|t| t.trim_end().strip_suffix("b.")).is_some_and(|t| !t.ends_with(char::is_alphanumeric));
    context::said_before(text, start, 28, BIRTH) || short()
}

/// A date, or a date of birth where the words before say so.
pub(super) fn date_finding(text: &str, start: usize, end: usize) -> Finding {
    if born(text, start) {
        Finding::new(Kind::DateOfBirth, start, end, 0.95, "date of birth by the words before it")
    } else {
        Finding::new(Kind::Date, start, end, 0.8, "date")
    }
}

fn is_date(piece: &str) -> bool {
    let seps = piece.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let same = matches!(seps.as_str(), "//" | "--" | "..");
    same && matches!(groups(piece).as_slice(), [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
}

/// Lengths of the groups of digits.
fn groups(piece: &str) -> Vec<usize> {
    piece.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|n| *n > 0).collect()
}
