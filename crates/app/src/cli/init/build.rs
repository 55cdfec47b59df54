//! The pack that the answers make.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use domain::policy::{Fault, Policy};
use domain::{Refusal, RefusalCode};
use toml_edit::Value;

use super::answers::{Answers, Somebody};
use crate::cli::pack::draft::{Draft, words};
use crate::cli::pack::new::{self, BASE, YOUR_NAME};

/// A pack that is ready to be written.
pub(super) struct Built {
    /// Its files.
    pub(super) files: Vec<(String, String)>,
    /// Roles that somebody was given although nobody asked: the role's title and the person.
    pub(super) given: Vec<(String, String)>,
}

/// Makes the pack in memory and checks it.
pub(super) fn pack(answers: &Answers) -> Result<Built, Refusal> {
    let mut draft = Draft::of(new::files(&slug(&answers.name), &answers.like)?);
    for (_, text) in &mut draft.files {
        *text = text.replace(YOUR_NAME, &answers.name);
    }
    organisation(&mut draft, answers)?;
    if !answers.retention {
        without_periods(&mut draft, answers)?;
    }
    let given = people(&mut draft, answers)?;
    // What is not right here is our own fault, and better said now than on the first request.
    draft.policy()?;
    Ok(Built { files: draft.files, given })
}

/// The name of the pack: the organisation's, in lower-case letters and hyphens.
fn slug(name: &str) -> String {
    let plain: String = name.to_lowercase().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let slug: String = words.join("-").chars().take(48).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() || Policy::builtin_names().any(|known| known == slug) {
        format!("own-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug.to_owned()
    }
}

fn organisation(draft: &mut Draft, answers: &Answers) -> Result<(), Refusal> {
    let mut set = |key: &str, value: Value| draft.set(&format!("organisation.{key}").parse()?, value, false);
    set("name", Value::from(&answers.name))?;
    if !answers.kind.is_empty() {
        set("kind", Value::from(&answers.kind))?;
    }
    set("legal_form", Value::from(&answers.legal_form))?;
    set("registration", Value::from(&answers.registration))?;
    set("division", Value::from(answers.division.id()))?;
    set("address", words(&answers.address))?;
    set("email", Value::from(&answers.email))?;
    set("phone", Value::from(&answers.phone))?;
    if let Some((day, month)) = answers.year_end {
        let value = format!("{{ month = {month}, day = {day} }}").parse();
        set("year_end", value.map_err(|_| Refusal::new(RefusalCode::ValueInvalid, "year_end"))?)?;
    }
    let domain = answers.email.split_once('@').map(|(_, domain)| domain).unwrap_or_default();
    if !PUBLIC_MAIL.contains(&domain.to_lowercase().as_str()) {
        set("email_domains", words([domain]))?;
    }
    Ok(())
}

/// Mail that anybody can have tells nothing about who is staff.
const PUBLIC_MAIL: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.uk",
    "live.co.uk",
    "live.com",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "me.com",
    "btinternet.com",
    "aol.com",
    "sky.com",
    "virginmedia.com",
    "talktalk.net",
    "proton.me",
    "protonmail.com",
];

/// The pack without its keeping periods, and without references to them.
fn without_periods(draft: &mut Draft, answers: &Answers) -> Result<(), Refusal> {
    let blank = new::files("blank", BASE)?.into_iter().find(|(name, _)| name == "retention.toml").map(|(_, text)| text);
    draft.put("retention", blank.unwrap_or_default());
    for activity in Policy::builtin(&answers.like)?.processing().iter().filter(|activity| !activity.record_classes.is_empty()) {
        draft.remove(&format!("processing.activity[{}].record_classes", activity.id).parse()?)?;
    }
    Ok(())
}

/// Fills the directory with the one or two people, and gives them the roles the pack needs.
fn people(draft: &mut Draft, answers: &Answers) -> Result<Vec<(String, String)>, Refusal> {
    let policy = draft.policy()?;
    let rights = policy.rights();
    let mut lead: BTreeSet<String> = ["dpo", "staff"].into_iter().map(str::to_owned).chain(rights.prepare.iter().cloned()).collect();
    let approves = rights.approve.iter().filter(|role| !lead.contains(*role)).cloned();
    let mut second: BTreeSet<String> = ["approver", "staff"].into_iter().map(str::to_owned).chain(approves).collect();
    let write = |lead: &BTreeSet<String>, second: &BTreeSet<String>| match &answers.approver {
        Some(approver) => person("p01", &answers.lead, lead, answers) + &person("p02", approver, second, answers),
        None => person("p01", &answers.lead, &lead.union(second).cloned().collect(), answers),
    };
    let head = "# Your own people, paid or not, and the roles they hold. Add the others: staff in this list are told from the\n# public when a reply is prepared.\n";
    draft.put("directory", format!("{head}{}", write(&lead, &second)));
    let mut given = Vec::new();
    for problem in Policy::problems(&draft.files).into_iter().filter(|problem| problem.number == Fault::RoleNotHeld) {
        let to_second = answers.approver.as_ref().filter(|_| is_above(&problem.key, &policy));
        let title = policy.role(&problem.key).map_or(problem.key.clone(), |role| role.title.clone());
        given.push((title, to_second.unwrap_or(&answers.lead).name.clone()));
        if to_second.is_some() {
            second.insert(problem.key)
        } else {
            lead.insert(problem.key)
        };
    }
    draft.put("directory", format!("{head}{}", write(&lead, &second)));
    Ok(given)
}

/// A role that looks over the lead's work: it signs the policy or is the board.
fn is_above(role: &str, policy: &Policy) -> bool {
    policy.about().signed_by == role || ["board", "chair", "trustee", "director", "ceo", "chief"].iter().any(|word| role.contains(word))
}

fn person(id: &str, somebody: &Somebody, roles: &BTreeSet<String>, answers: &Answers) -> String {
    let title = if somebody.title.is_empty() { "Data protection lead" } else { &somebody.title };
    let mut text = format!("\n[[person]]\nid = \"{id}\"\nname = {}\ntitle = {}\n", Value::from(&somebody.name), Value::from(title));
    let _ = writeln!(text, "roles = {}", words(roles));
    if id == "p01" {
        let _ = writeln!(text, "emails = {}", words([&answers.email]));
    }
    text
}
