//! What must not be missing from a letter, however it is edited by hand: the date and how it came
//! about, the rights, the routes of complaint and the court, and what Article 15 asks for.

use serde::{Deserialize, Serialize};

use super::{Block, Letter};
use crate::{Refusal, RefusalCode};

/// A part of a letter that has to stay word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    /// What it is, to say what is missing.
    pub what: String,
    /// Its words.
    pub text: String,
}

/// What opens a paragraph, an item or stands in one, and what it is then.
const BY_WORDS: &[(&str, &str)] = &[
    ("You will have our answer by", "until when the answer comes"),
    ("The time for our answer", "until when the answer comes"),
    ("We will not act on", "the ground of the refusal (UK GDPR Article 12(4))"),
    ("We confirm that we process", "whether data are processed (UK GDPR Article 15(1))"),
    ("found no personal data about", "whether data are processed (UK GDPR Article 15(1))"),
    ("section 164A", "how to complain to us (DPA 2018 section 164A)"),
    ("section 165", "how to complain to the regulator (DPA 2018 section 165)"),
    ("sections 167", "how to ask a court (DPA 2018 section 167)"),
];

/// What stands under a heading that begins with these words, and what it is then.
const BY_HEADING: &[(&str, &str)] = &[
    ("How we work", "how the date came about"),
    ("Your rights", "the person’s rights (UK GDPR Article 15(1)(e))"),
    ("How we use your data", "how the data are used (UK GDPR Article 15(1))"),
    ("What we use it for", "how the data are used (UK GDPR Article 15(1))"),
    ("What you can ask us now", "the person’s rights (UK GDPR Article 15(1)(e))"),
    ("What we have not given you", "what was withheld and why (UK GDPR Article 12(4))"),
    ("What we left out", "what was withheld and why (UK GDPR Article 12(4))"),
    ("Decisions made by automated means", "automated decisions and their safeguards (UK GDPR Article 15(1)(h))"),
    ("Does a computer decide", "automated decisions and their safeguards (UK GDPR Article 15(1)(h))"),
    ("Data outside the United Kingdom", "transfers and their safeguards (UK GDPR Article 15(2))"),
    ("Does it leave the country", "transfers and their safeguards (UK GDPR Article 15(2))"),
    ("Where we looked", "what was searched and what not (UK GDPR Article 15(1A))"),
];

/// The parts of a letter that have to stay, in its order.
pub fn locked(letter: &Letter) -> Vec<Locked> {
    let (mut parts, mut heading) = (Vec::new(), "");
    for block in &letter.blocks {
        if let Block::Heading(text) = block {
            heading = text;
            continue;
        }
        let here = BY_HEADING.iter().find(|(begins, _)| heading.starts_with(begins)).map(|(_, what)| *what);
        for text in texts(block) {
            let by_words = BY_WORDS.iter().find(|(words, _)| text.contains(words)).map(|(_, what)| *what);
            if let Some(what) = by_words.or(here) {
                parts.push(Locked { what: what.to_owned(), text });
            }
        }
    }
    parts
}

/// The locked parts of a letter that an edited body lacks.
pub fn missing(letter: &Letter, edited: &[Block]) -> Vec<Locked> {
    let all: String = edited.iter().flat_map(texts).map(|text| fold(&text)).collect();
    locked(letter).into_iter().filter(|part| !all.contains(&fold(&part.text))).collect()
}

/// The letter with an edited body.
///
/// # Errors
/// `LET-001` when a part that has to stay is missing or was changed; it says which. `FORM-001`
/// when nothing is left.
pub fn edited(letter: &Letter, body: Vec<Block>) -> Result<Letter, Refusal> {
    if body.is_empty() {
        return Err(Refusal::new(RefusalCode::ValueInvalid, "The letter is empty."));
    }
    let missing = missing(letter, &body);
    if missing.is_empty() {
        return Ok(Letter { blocks: body, ..letter.clone() });
    }
    let mut what: Vec<&str> = missing.iter().map(|part| part.what.as_str()).collect();
    what.dedup();
    Err(Refusal::new(RefusalCode::LetterIncomplete, format!("Missing or changed: {}.", what.join("; "))))
}

fn texts(block: &Block) -> Vec<String> {
    match block {
        Block::Heading(text) | Block::Paragraph(text) => vec![text.clone()],
        Block::Bullets(items) => items.clone(),
        Block::Terms(rows) => rows.iter().map(|(term, text)| format!("{term}: {text}")).collect(),
    }
}

/// The words alone: word processors change quotes, dashes and spaces by themselves.
pub(super) fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        let block = |text: &str| Block::Paragraph(text.to_owned());
        Letter {
            title: "We need more time".to_owned(),
            sender: Vec::new(),
            addressee: Vec::new(),
            reference: String::new(),
            date: String::new(),
            salutation: "Dear Amelia Hart".to_owned(),
            blocks: vec![
                block("We need more time."),
                block("You will have our answer by Monday 22 February 2027 at the latest."),
                Block::Heading("How we worked out this date".to_owned()),
                Block::Terms(vec![("22 February 2027".to_owned(), "Two further months (UK GDPR Article 12A)".to_owned())]),
                Block::Heading("If you disagree".to_owned()),
                Block::Bullets(vec![
                    "You can complain to us (Data Protection Act 2018, section 164A).".to_owned(),
                    "You can complain to the Information Commission (Data Protection Act 2018, section 165).".to_owned(),
                    "You can ask a court (Data Protection Act 2018, sections 167 and 180).".to_owned(),
                ]),
            ],
            closing: "Yours sincerely".to_owned(),
            signatory: Vec::new(),
            form: crate::documents::Form::Print,
            audience: crate::policy::Audience::Adult,
        }
    }

    #[test]
    fn the_date_its_reasons_and_the_three_routes_are_locked_and_nothing_else() {
        let what: Vec<String> = locked(&letter()).into_iter().map(|part| part.what).collect();
        assert_eq!(
            what,
            [
                "until when the answer comes",
                "how the date came about",
                "how to complain to us (DPA 2018 section 164A)",
                "how to complain to the regulator (DPA 2018 section 165)",
                "how to ask a court (DPA 2018 section 167)"
            ]
        );
    }

    #[test]
    fn what_is_free_may_be_rewritten_and_moved() {
        let mut body = letter().blocks;
        body[0] = Block::Paragraph("I am sorry: this takes us longer.".to_owned());
        body.rotate_left(2);
        body.push(Block::Paragraph("Ring me if you like.".to_owned()));
        assert_eq!(edited(&letter(), body.clone()).unwrap().blocks, body);
    }

    #[test]
    fn what_a_word_processor_does_to_quotes_and_spaces_changes_nothing() {
        let mut body = letter().blocks;
        body[1] = Block::Paragraph("You will have our answer by  Monday\u{a0}22 February 2027 – at the latest.".to_owned());
        assert!(edited(&letter(), body).is_ok());
    }

    #[test]
    fn each_locked_part_that_is_missing_or_changed_is_named() {
        for index in [1, 3, 5] {
            let mut body = letter().blocks;
            body.remove(index);
            let refusal = edited(&letter(), body).unwrap_err();
            assert_eq!(refusal.code, RefusalCode::LetterIncomplete);
            let first =
                &locked(&Letter { blocks: vec![letter().blocks[index - 1].clone(), letter().blocks[index].clone()], ..letter() })[0].what;
            assert!(refusal.detail.contains(first.as_str()), "{}", refusal.detail);
        }
        let mut body = letter().blocks;
        body[1] = Block::Paragraph("You will have our answer by Monday 1 March 2027 at the latest.".to_owned());
        assert!(edited(&letter(), body).unwrap_err().detail.contains("until when the answer comes"));
        assert_eq!(edited(&letter(), Vec::new()).unwrap_err().code, RefusalCode::ValueInvalid);
    }
}
