//! The questions of `probity init`, and the three ways to answer them.

use std::io::Write;
use std::path::Path;

use domain::policy::nearest;
use domain::{Refusal, RefusalCode};

use super::answers::{Answers, kinds};
use crate::cli::outcome::Ending;
use crate::cli::pack::answer;
use crate::cli::pack::talk::{Asked, Talk};

/// One question.
pub(super) struct Question {
    /// The name of the answer in a file of answers.
    pub(super) key: &'static str,
    ask: &'static str,
    /// What can be typed, with an example or the default.
    hint: &'static str,
    /// Why it is asked.
    why: &'static str,
}

/// Every question, in order.
pub(super) const ALL: &[Question] = &[
    Question {
        key: "kind",
        ask: "What kind of organisation is it?",
        hint: "A number from the list, or in your own words: \"village hall\".",
        why: "Your policy begins as a copy of the nearest of these. You own the copy and can change every word of it. \
              None fits? Type `none` and begin with empty files.",
    },
    Question {
        key: "name",
        ask: "What is it called?",
        hint: "As people know it: \"Rowan Hall\".",
        why: "The name stands on every letter, notice and page.",
    },
    Question {
        key: "legal_form",
        ask: "What legal form does it have?",
        hint: "For example: charity, community interest company, company limited by guarantee, association, partnership.",
        why: "A letter says who the controller is, the body that answers for the data. An association without a legal person answers through its members.",
    },
    Question {
        key: "division",
        ask: "In which part of the United Kingdom is the office that handles requests?",
        hint: "England, Wales, Scotland or Northern Ireland.",
        why: "Each part has its own bank holidays, and a date to reply moves past them.",
    },
    Question {
        key: "address",
        ask: "What is the postal address?",
        hint: "With commas: \"1 Mill Lane, Kirkholm, FX5 1AB\". Enter leaves it open.",
        why: "People may write to you on paper. It stands at the head of letters.",
    },
    Question {
        key: "email",
        ask: "To which e-mail address do people write about their data?",
        hint: "For example: privacy@rowan-hall.example.",
        why: "It stands on notices and letters. What follows the @ also tells your own people from the public when a reply is prepared.",
    },
    Question {
        key: "phone",
        ask: "Which telephone number can they ring?",
        hint: "Enter leaves it open.",
        why: "A request may be spoken. Somebody who cannot write needs a number.",
    },
    Question {
        key: "lead",
        ask: "Who leads on data protection?",
        hint: "Name, and after a comma what they are: \"Isla Fenwick, Secretary\".",
        why: "One person is the first contact for everybody and prepares the replies. Small organisations seldom need a Data Protection Officer in the sense of the law; they do need a name.",
    },
    Question {
        key: "approver",
        ask: "Who approves a reply before it goes out?",
        hint: "Somebody else: \"Bram Tolliver, Chair\". Type `nobody` when one person does everything.",
        why: "A second pair of eyes finds the name that should have been blacked out. Nobody approves what they prepared.",
    },
    Question {
        key: "year_end",
        ask: "On which day does the accounting year end?",
        hint: "Day and month: \"31 March\". Enter leaves it open.",
        why: "Some records are kept until so many years after the end of the year they belong to.",
    },
    Question {
        key: "retention",
        ask: "Begin with the keeping periods of the nearest pack?",
        hint: "yes or no; Enter means yes.",
        why: "Yes: you change the periods that differ. No: the list of periods is empty and you write your own; nothing is destroyed before you do.",
    },
    Question {
        key: "registration",
        ask: "What is your registration number with the data protection regulator?",
        hint: "The number, or \"exempt\" and why. Enter leaves it open.",
        why: "Most organisations pay a yearly fee to the regulator; some that only do accounts, staff and their own members need not.",
    },
];

/// Asks all of them, one after another.
pub(super) fn ask_all(talk: &mut Talk<'_>) -> Result<Answers, Ending> {
    writeln!(talk.out)?;
    for (number, (pack, kind)) in kinds().enumerate() {
        writeln!(talk.out, "  {}  {kind} ({pack})", number + 1)?;
    }
    let mut answers = Answers::default();
    for (index, question) in ALL.iter().enumerate() {
        let asked = Asked { number: index + 1, of: ALL.len(), ask: question.ask, hint: question.hint, why: question.why };
        answers = talk.ask(asked, |text| answers.clone().with(question.key, text))?;
        if question.key == "kind" {
            writeln!(talk.out, "  It begins with the pack `{}`.", answers.like)?;
        }
    }
    Ok(answers)
}

/// Reads a file of answers. Every question is answered or left empty; nothing else stands there.
pub(super) fn from_file(file: &Path) -> Result<Answers, Ending> {
    let table = answer::table(file)?;
    let refuse = |what: String| Refusal::new(RefusalCode::ValueInvalid, format!("In {}: {what} Nothing was written.", file.display()));
    if let Some(unknown) = table.keys().find(|key| !ALL.iter().any(|question| question.key == *key)) {
        let meant =
            nearest(unknown, ALL.iter().map(|question| question.key)).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        return Err(refuse(format!("`{unknown}` is not one of the questions.{meant}")).into());
    }
    let mut answers = Answers::default();
    for question in ALL {
        let text = table.get(question.key).map(answer::words_of).unwrap_or_default();
        answers = answers.with(question.key, text.trim()).map_err(|why| refuse(format!("`{}`: {why}", question.key)))?;
    }
    Ok(answers)
}

/// The questions as a file to fill in.
pub(super) fn print(out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "# Answers for `probity init --answers FILE`. What may stay open is left empty.")?;
    for (index, question) in ALL.iter().enumerate() {
        writeln!(out, "\n# {} of {}: {}\n# {}\n# {}", index + 1, ALL.len(), question.ask, question.hint, question.why)?;
        if question.key == "kind" {
            for (number, (pack, kind)) in kinds().enumerate() {
                writeln!(out, "#   {}  {kind} ({pack})", number + 1)?;
            }
        }
        writeln!(out, "{} = \"\"", question.key)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
