//! What somebody answered, read from the words they used.

use domain::calendar::Division;
use domain::policy::Policy;

use crate::cli::pack::new::BASE;
use crate::cli::pack::words;

/// The answers. What was left open is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Answers {
    /// The built-in pack to begin with.
    pub(super) like: String,
    /// What kind of organisation it is, when it was said in words.
    pub(super) kind: String,
    /// Its name.
    pub(super) name: String,
    /// Its legal form.
    pub(super) legal_form: String,
    /// Whose bank holidays count.
    pub(super) division: Division,
    /// Its address, line by line.
    pub(super) address: Vec<String>,
    /// Its mail address.
    pub(super) email: String,
    /// Its telephone number.
    pub(super) phone: String,
    /// Who leads on data protection.
    pub(super) lead: Somebody,
    /// Who approves; nobody when one person does everything.
    pub(super) approver: Option<Somebody>,
    /// Day and month of the year's end.
    pub(super) year_end: Option<(i8, i8)>,
    /// The pack's keeping periods are the beginning.
    pub(super) retention: bool,
    /// The regulator's number, or why none.
    pub(super) registration: String,
}

/// A person with what they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Somebody {
    /// The name.
    pub(super) name: String,
    /// What they are: "Secretary".
    pub(super) title: String,
}

/// No name, address or number is longer.
const LONGEST: usize = 200;

impl Answers {
    /// The answers with one more.
    ///
    /// # Errors
    /// A sentence for the person who answered.
    pub(super) fn with(mut self, key: &str, text: &str) -> Result<Self, String> {
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            return Err(format!("Use one line of at most {LONGEST} characters."));
        }
        match key {
            "kind" => (self.like, self.kind) = nearest_pack(text)?,
            "name" => self.name = needed(text)?,
            "legal_form" => self.legal_form = needed(text)?,
            "division" => self.division = words::division(text)?,
            "address" => self.address = text.split(',').map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect(),
            "email" => self.email = email(text)?,
            "phone" => self.phone = phone(text)?,
            "lead" => self.lead = somebody(text)?,
            "approver" => self.approver = self.approver(text)?,
            "year_end" => self.year_end = if text.is_empty() { None } else { Some(words::day_of_year(text)?) },
            "retention" => self.retention = yes_or_no(text)?,
            "registration" => self.registration = registration(text)?,
            _ => return Err("There is no such question.".to_owned()),
        }
        Ok(self)
    }

    fn approver(&self, text: &str) -> Result<Option<Somebody>, String> {
        if text.eq_ignore_ascii_case("nobody") {
            return Ok(None);
        }
        let somebody = somebody(text)?;
        if somebody.name.to_lowercase() == self.lead.name.to_lowercase() {
            return Err("Nobody approves what they prepared: name somebody else, or type `nobody`.".to_owned());
        }
        Ok(Some(somebody))
    }
}

/// The packs somebody can begin with, and the kind of organisation each is for.
pub(super) fn kinds() -> impl Iterator<Item = (&'static str, String)> {
    Policy::builtin_names()
        .filter(|name| *name != BASE)
        .filter_map(|name| Some((name, Policy::builtin(name).ok()?.organisation().kind.clone())))
}

/// Words that point to a pack, besides those of its own kind.
const WORDS: &[(&str, &str)] = &[
    ("home-care-provider", "care carer nursing nurse domiciliary personal support living residential"),
    ("advocacy-charity", "advice advocacy advocate rights charity trust foundation helpline hall village community housing faith club"),
    ("childrens-education-cic", "child children school nursery education youth tuition tutor playgroup young cic"),
    ("training-provider", "training college course courses apprenticeship learning skills adult"),
    ("social-enterprise", "social enterprise shop cafe trading co-operative cooperative project employment"),
];

/// The nearest pack to what somebody typed, and their words unless they chose from the list.
fn nearest_pack(text: &str) -> Result<(String, String), String> {
    let plain = text.to_lowercase();
    if plain == "none" {
        return Ok((BASE.to_owned(), String::new()));
    }
    let listed: Vec<_> = kinds().collect();
    let number = plain.parse::<usize>().ok().and_then(|number| listed.get(number.checked_sub(1)?));
    if let Some((name, _)) = number.or_else(|| listed.iter().find(|(name, _)| *name == plain)) {
        return Ok(((*name).to_owned(), String::new()));
    }
    let asked: Vec<&str> = plain.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let score = |name: &str, kind: &str| {
        let own = kind.to_lowercase();
        let extra = WORDS.iter().find(|(pack, _)| *pack == name).map_or("", |(_, words)| words);
        let known: Vec<&str> = own.split(|letter: char| !letter.is_alphanumeric()).chain(extra.split(' ')).collect();
        asked.iter().filter(|word| known.contains(word)).count()
    };
    let scored = listed.iter().map(|(name, kind)| (score(name, kind), *name)).filter(|(score, _)| *score > 0);
    match scored.max_by_key(|(score, _)| *score) {
        Some((_, name)) => Ok((name.to_owned(), text.to_owned())),
        None => Err(format!("Type a number from 1 to {}, other words, or `none` to begin with empty files.", listed.len())),
    }
}

fn needed(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("This is needed: it stands on every letter.".to_owned()) } else { Ok(text.to_owned()) }
}

fn email(text: &str) -> Result<String, String> {
    let wrong = || "Write one whole address, for example `privacy@rowan-hall.example`.".to_owned();
    let (local, domain) = text.split_once('@').ok_or_else(wrong)?;
    let fine = !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.') && !domain.contains('@');
    if fine && !text.contains([' ', ',', '<', '>', '"']) { Ok(text.to_owned()) } else { Err(wrong()) }
}

fn phone(text: &str) -> Result<String, String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only = text.chars().all(|letter| letter.is_ascii_digit() || " +()-".contains(letter));
    if text.is_empty() || (only && (7..=15).contains(&digits)) {
        Ok(text.to_owned())
    } else {
        Err("Write a telephone number: `01632 960 100`.".to_owned())
    }
}

fn somebody(text: &str) -> Result<Somebody, String> {
    let (name, title) = text.split_once(',').unwrap_or((text, ""));
    let (name, title) = (name.trim().to_owned(), title.trim().to_owned());
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < 2 {
        return Err("Write a name, and after a comma what they are: `Isla Fenwick, Secretary`.".to_owned());
    }
    Ok(Somebody { name, title })
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "" | "y" | "yes" | "ok" => Ok(true),
        "n" | "no" | "false" => Ok(false),
        _ => Err("Type yes or no.".to_owned()),
    }
}

fn registration(text: &str) -> Result<String, String> {
    let plain = text.to_lowercase();
    if plain == "exempt" {
        return Err("Add why: `exempt: only staff, accounts and members`.".to_owned());
    }
    let number = text.chars().filter(char::is_ascii_digit).count() >= 4 && !text.contains(' ');
    if text.is_empty() || number || plain.starts_with("exempt") {
        Ok(text.to_owned())
    } else {
        Err("Write the number (`ZA000000`), or `exempt` and why.".to_owned())
    }
}
