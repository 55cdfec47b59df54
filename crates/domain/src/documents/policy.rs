//! The policy as a document: sections and clauses in their order, who adopted it, and where
//! something else holds than the words say.

use jiff::civil::Date;

use super::{Document, heading, paragraph};
use crate::{
    calendar::short_date,
    letters::Block,
    policy::{Audience, Clause, Policy, Winner},
};

/// How a version of the policy came into force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adoption {
    /// The version.
    pub version: String,
    /// The board or body that adopted it.
    pub by: String,
    /// The day it was adopted.
    pub on: Option<Date>,
    /// The day it takes effect.
    pub in_force: Option<Date>,
    /// Who signed it: a role.
    pub signatory: String,
    /// The day of the next review.
    pub next_review: Option<Date>,
}

impl Adoption {
    /// What the pack itself says about its adoption.
    pub fn of(policy: &Policy) -> Self {
        let about = policy.about();
        Self {
            version: about.version.clone(),
            by: about.adopted_by.clone(),
            on: about.adopted_on,
            in_force: about.in_force.or(about.adopted_on),
            signatory: policy.role(&about.signed_by).map(|role| role.title.clone()).unwrap_or_default(),
            next_review: about.next_review,
        }
    }
}

/// The policy for reading and printing.
pub fn policy(policy: &Policy, adoption: &Adoption) -> Document {
    let about = policy.about();
    let mut blocks = vec![paragraph(format!(
        "This is the data protection policy of {}. Each clause has a number, so that it can be found again and cited.",
        policy.organisation().name
    ))];
    // One table a section: a reader by ear hears how many clauses it has and can skip it.
    for section in policy.clauses().chunk_by(|one, next| one.section == next.section) {
        blocks.extend(section.first().map(|clause| heading(&clause.section)));
        blocks.push(Block::Terms(section.iter().map(|clause| (clause.id.clone(), text(clause))).collect()));
    }
    blocks.extend(people(policy));
    Document {
        title: about.title.clone(),
        organisation: policy.organisation().name.clone(),
        about: terms(adoption, &about.audience),
        blocks,
        foot: format!("{}, version {}", about.title, adoption.version),
        audience: Audience::Adult,
    }
}

/// A clause as it is printed: its words, and beneath them what holds instead.
fn text(clause: &Clause) -> String {
    match &clause.conflict {
        Some(conflict) if conflict.winner != Winner::Policy => {
            format!(
                "{}\n{}: {} ({}).",
                clause.says,
                conflict.winner.title(),
                conflict.wins.trim_end_matches('.'),
                conflict.source.trim_end_matches('.')
            )
        }
        _ => clause.says.clone(),
    }
}

fn terms(adoption: &Adoption, audience: &str) -> Vec<(String, String)> {
    let day = |date: Option<Date>, otherwise: &str| date.map_or_else(|| otherwise.to_owned(), short_date);
    let or = |text: &str| if text.is_empty() { "not recorded yet".to_owned() } else { text.to_owned() };
    let mut terms = vec![("Version".to_owned(), or(&adoption.version))];
    if !audience.is_empty() {
        terms.push(("For".to_owned(), audience.to_owned()));
    }
    terms.extend([
        ("Adopted by".to_owned(), or(&adoption.by)),
        ("Adopted on".to_owned(), day(adoption.on, "not recorded yet")),
        ("In force from".to_owned(), day(adoption.in_force, "not recorded yet")),
        ("Signed by".to_owned(), or(&adoption.signatory)),
        ("Next review".to_owned(), day(adoption.next_review, "no day set yet; whoever adopts the policy sets it")),
    ]);
    terms
}

/// Who holds which role. A policy names roles; who holds them stands at its end.
fn people(policy: &Policy) -> Vec<Block> {
    let rows: Vec<(String, String)> = policy
        .roles()
        .iter()
        .filter(|role| !role.duties.is_empty() && policy.holder(&role.id).is_some())
        .map(|role| (role.title.clone(), role.duties.clone()))
        .collect();
    if rows.is_empty() { Vec::new() } else { vec![heading("Roles"), Block::Terms(rows)] }
}
