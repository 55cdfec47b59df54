//! The sheet for the notice board: who to go to and what to do.

use super::{Document, heading, paragraph};
use crate::{
    letters::{Block, Writer},
    policy::{Audience, Policy},
};

/// The sheet. It names the officer's role and how to reach them; a person's name is printed
/// only when the pack's directory says who holds the role.
pub fn board(policy: &Policy, writer: &Writer) -> Document {
    let sheet = &policy.notices().board;
    let officer = policy.role(&policy.wording().signatory).map_or_else(|| writer.signatory.clone(), |role| role.title.clone());
    let mut contact = vec![("Who".to_owned(), officer)];
    if let Some(person) = policy.holder(&policy.wording().signatory) {
        contact.push(("Name".to_owned(), person.name.clone()));
    }
    contact.push(("Write or call".to_owned(), writer.address.join("\n")));
    let mut blocks = vec![Block::Terms(contact)];
    if !sheet.lines.is_empty() {
        blocks.push(heading("What to do"));
        blocks.push(Block::Bullets(sheet.lines.clone()));
    }
    blocks.push(paragraph(format!(
        "The regulator is {}: {}, telephone {}.",
        writer.regulator.name, writer.regulator.web, writer.regulator.phone
    )));
    Document {
        title: if sheet.title.is_empty() { "Personal data: what to do".to_owned() } else { sheet.title.clone() },
        organisation: writer.organisation.clone(),
        about: vec![("Version".to_owned(), policy.about().version.clone()), super::printed(writer.today)],
        blocks,
        foot: format!("{}, version {}", policy.about().title, policy.about().version),
        audience: Audience::Adult,
    }
}
