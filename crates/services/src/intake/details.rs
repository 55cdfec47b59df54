//! What people say about themselves in a request: names, addresses, numbers, each
//! with where it was said. Only what is said of oneself counts; people merely
//! mentioned in a request are not the data subject.

use std::sync::OnceLock;

use domain::casework::request::Person;
use finder::detect::{Detector, Kind};
use jiff::civil::Date;

/// One detail and its origin.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OwnDetail {
    /// `name`, `email`, `phone`, `born`, `address` or `reference`.
    pub what: &'static str,
    /// As written.
    pub value: String,
    /// Where it was said.
    pub origin: &'static str,
}

/// Phrases after which people give a name of their own.
const NAME_LEADS: &[(&str, &str)] = &[
    ("my name is ", "said in the message"),
    ("my full name is ", "said in the message"),
    ("full name:", "said in the message"),
    ("name:", "said in the message"),
    ("i am called ", "said in the message"),
    ("known as ", "a further name said in the message"),
    ("formerly ", "a former name said in the message"),
    ("previously ", "a former name said in the message"),
    ("maiden name is ", "a former name said in the message"),
    ("maiden name was ", "a former name said in the message"),
    ("maiden name ", "a former name said in the message"),
    ("maiden name:", "a former name said in the message"),
    ("née ", "a former name said in the message"),
    ("nee ", "a former name said in the message"),
    ("my name was ", "a former name said in the message"),
    ("people call me ", "a further name said in the message"),
];

/// Words before a number of one's own at the organisation.
const REFERENCE_LEADS: &[&str] = &[
    "learner number",
    "student number",
    "pupil number",
    "customer number",
    "client number",
    "case number",
    "staff number",
    "employee number",
    "payroll number",
    "membership number",
    "member number",
    "reference number",
    "account number",
    "user name",
    "username",
    "reference",
    "learner id",
    "student id",
    "my ref",
    "our ref",
    "your ref",
];

const SIGN_OFFS: &[&str] = &[
    "yours sincerely",
    "yours faithfully",
    "yours truly",
    "kind regards",
    "best regards",
    "warm regards",
    "many thanks",
    "with thanks",
    "thank you",
    "thanks",
    "regards",
    "best wishes",
    "all the best",
    "best",
    "cheers",
    "sincerely",
    "yours",
];

fn detector() -> &'static Detector {
    static DETECTOR: OnceLock<Detector> = OnceLock::new();
    DETECTOR.get_or_init(Detector::new)
}

/// Everything the sender says about themselves. `to` are the organisation's addresses.
pub fn own_details(from_name: &str, from_address: &str, to: &[String], words: &str) -> Vec<OwnDetail> {
    let mut details = Vec::new();
    let mut add = |what: &'static str, value: &str, origin: &'static str| {
        let value = value.trim().trim_matches(|c: char| matches!(c, ',' | ';' | '"' | '\'' | '(' | ')')).trim_end_matches('.').trim();
        if !value.is_empty() && !details.iter().any(|d: &OwnDetail| d.what == what && d.value.eq_ignore_ascii_case(value)) {
            details.push(OwnDetail { what, value: value.to_owned(), origin });
        }
    };
    if looks_like_name(from_name) {
        add("name", from_name, "the sender's name");
    }
    add("email", from_address, "the sender's address");
    for (name, origin) in said_names(words) {
        add("name", &name, origin);
    }
    if let Some(name) = signed_name(words) {
        add("name", &name, "the signature");
    }
    for reference in references(words) {
        add("reference", &reference, "said in the message");
    }
    for finding in detector().detect(words) {
        let Some(value) = words.get(finding.start..finding.end) else { continue };
        match finding.kind {
            Kind::Email if !to.iter().any(|address| address.eq_ignore_ascii_case(value)) => add("email", value, "written in the message"),
            Kind::Phone => add("phone", value, "written in the message"),
            Kind::DateOfBirth => add("born", value, "written in the message"),
            Kind::Address => add("address", &value.replace('\n', ", "), "written in the message"),
            Kind::Postcode => add("address", value, "written in the message"),
            Kind::NationalInsurance | Kind::NhsNumber | Kind::Passport | Kind::DrivingLicence => {
                add("reference", value, "written in the message");
            }
            _ => {}
        }
    }
    details
}

/// The details as a person to search for.
pub(super) fn person(details: &[OwnDetail]) -> Person {
    let of = |what: &str| details.iter().filter(|detail| detail.what == what).map(|detail| detail.value.clone()).collect::<Vec<_>>();
    Person {
        names: of("name"),
        emails: of("email"),
        phones: of("phone"),
        born: of("born").iter().filter_map(|text| read_born(text)).collect(),
        addresses: of("address"),
        references: of("reference"),
    }
}

/// A date of birth in the ways people write it, day before month.
fn read_born(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    let month_named = MONTHS.iter().position(|month| lower.contains(month)).map(|at| at as i16 + 1);
    let numbers: Vec<i16> =
        lower.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).filter_map(|run| run.parse().ok()).collect();
    let (year, month, day) = match (numbers.as_slice(), month_named) {
        ([first, second, third], None) if *first > 31 => (*first, *second, *third),
        ([first, second, third], None) => (*third, *second, *first),
        ([first, second], Some(month)) if *first > 31 => (*first, month, *second),
        ([first, second], Some(month)) => (*second, month, *first),
        _ => return None,
    };
    let year = if year < 100 { if year > 26 { 1900 + year } else { 2000 + year } } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn said_names(words: &str) -> Vec<(String, &'static str)> {
    let lower = words.to_lowercase();
    let mut names = Vec::new();
    // Lower-casing can change byte lengths outside ASCII; then positions do not carry over.
    if lower.len() != words.len() {
        return names;
    }
    for (lead, origin) in NAME_LEADS {
        for (at, _) in lower.match_indices(lead) {
            let preceded = lower.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric);
            let Some(rest) = words.get(at + lead.len()..) else { continue };
            let name = leading_name(rest.trim_start_matches([' ', '\u{201c}', '"']));
            if !preceded && name.split(' ').count() <= 5 && looks_like_name(&name) {
                names.push((name, *origin));
            }
        }
    }
    names
}

/// The capitalised words at the start of `text`.
fn leading_name(text: &str) -> String {
    let line = text.split(['\n', ',', '.', ';', '(', ')', ':', '\u{201d}', '"']).next().unwrap_or_default();
    let mut words = Vec::new();
    for word in line.split_whitespace() {
        let particle = !words.is_empty() && matches!(word, "de" | "van" | "von" | "der" | "del" | "la" | "le" | "bin" | "al" | "ap" | "ab");
        if particle || word.chars().next().is_some_and(char::is_uppercase) {
            words.push(word);
        } else {
            break;
        }
    }
    words.join(" ")
}

/// The name under the last sign-off.
fn signed_name(words: &str) -> Option<String> {
    let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let sign_off = lines.iter().rposition(|line| {
        let plain = line.to_lowercase();
        let plain = plain.trim_end_matches([',', '.', '!']);
        SIGN_OFFS.contains(&plain)
    })?;
    let line = lines.get(sign_off + 1)?;
    let name = leading_name(line);
    (name.split(' ').count() >= 2 && looks_like_name(&name)).then_some(name)
}

fn looks_like_name(text: &str) -> bool {
    let text = text.trim();
    (2..=80).contains(&text.chars().count())
        && !text.contains(['@', '/', '<', '>'])
        && !text.chars().any(|c| c.is_ascii_digit())
        && text.chars().any(char::is_alphabetic)
}

fn references(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = words.to_lowercase();
    if lower.len() != words.len() {
        return found;
    }
    for lead in REFERENCE_LEADS {
        for (at, _) in lower.match_indices(lead) {
            let Some(rest) = words.get(at + lead.len()..) else { continue };
            let rest = rest
                .trim_start_matches([' ', ':', '#'])
                .trim_start_matches("is ")
                .trim_start_matches("was ")
                .trim_start_matches("no. ")
                .trim_start();
            let token: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '_')).collect();
            if token.len() >= 4 && token.chars().any(|c| c.is_ascii_digit()) {
                found.push(token);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const WORDS: &str = "Dear Sir or Madam,\n\nI would like a copy of everything you hold about me, including what Priya Nair wrote.\n\
        My name is Amelia Jane Hart, formerly Amelia Stone. My learner number is GL-20417.\n\
        I was born on 17 May 1998 and live at 12 Acacia Road, Nottingham, NG7 2AB.\n\nYours sincerely,\nAmelia Hart\n07700 900123\n";

    fn values(what: &str) -> Vec<String> {
        own_details("Millie Hart", "amelia@hart.example", &["dpo@greenbank.example".into()], WORDS)
            .into_iter()
            .filter(|detail| detail.what == what)
            .map(|detail| detail.value)
            .collect()
    }

    #[test]
    fn a_person_s_own_details_are_found_and_nobody_else_s() {
        let names = values("name");
        for own in ["Millie Hart", "Amelia Jane Hart", "Amelia Stone", "Amelia Hart"] {
            assert!(names.contains(&own.to_owned()), "{own} is missing");
        }
        assert!(!names.iter().any(|name| name.contains("Priya")));
        assert_eq!(values("reference"), ["GL-20417"]);
        assert_eq!(values("phone"), ["07700 900123"]);
        assert_eq!(values("email"), ["amelia@hart.example"]);
    }

    #[test]
    fn dates_of_birth_are_read_day_first() {
        for text in ["17 May 1998", "17/05/1998", "17.5.98", "1998-05-17", "May 17th 1998", "17th of May 1998"] {
            assert_eq!(read_born(text), Some(date(1998, 5, 17)), "{text}");
        }
        assert_eq!(read_born("31/02/1998"), None);
        assert_eq!(read_born("May"), None);
    }
}
