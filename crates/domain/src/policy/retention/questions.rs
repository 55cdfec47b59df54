//! What a retention schedule leaves for the organisation to say.

use serde::Serialize;

use super::{
    Class, Keep, Part, Retention, Start,
    facts::{NOT_STATED, title_of},
};

/// A question about one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionQuestion {
    /// The class.
    pub class: String,
    /// The key in retention.toml that the answer goes to (or the file and key elsewhere).
    pub key: String,
    /// The question.
    pub ask: String,
    /// What is used until it is answered.
    pub until_then: String,
    /// Nothing of the class falls due before it is answered.
    pub blocks: bool,
    /// The clauses behind it.
    pub clauses: Vec<String>,
}

/// Every open question, class by class. `year_end` says whether the organisation's accounting
/// year is known.
pub fn questions(retention: &Retention, year_end: bool) -> Vec<RetentionQuestion> {
    let mut open = Vec::new();
    for class in &retention.class {
        blocking(class, year_end, &mut open);
        for part in &class.defaults {
            open.push(default(retention, class, *part));
        }
        if !class.question.is_empty() {
            open.push(question(class, "class", class.question.clone(), "the rule as it is written", false));
        }
        if matches!(class.keep, Keep::AtLeast(_)) && class.ceiling.is_none() {
            let ask = format!("How long are {} kept at the latest?", class.title);
            open.push(question(class, "ceiling", ask, "the end of the minimum", false));
        }
    }
    open
}

fn question(class: &Class, key: &str, ask: String, until_then: &str, blocks: bool) -> RetentionQuestion {
    RetentionQuestion {
        class: class.id.clone(),
        key: key.to_owned(),
        ask,
        until_then: until_then.to_owned(),
        blocks,
        clauses: class.clauses.clone(),
    }
}

const NOTHING: &str = "nothing of this class falls due";

fn blocking(class: &Class, year_end: bool, open: &mut Vec<RetentionQuestion>) {
    if class.trigger == NOT_STATED {
        open.push(question(class, "trigger", format!("From which event are {} counted?", class.title), NOTHING, true));
    }
    let ask = match class.keep {
        Keep::NoneStated => format!("How long are {} kept? The policy does not say.", class.title),
        Keep::Unlimited => format!("How long are {} kept? The policy says without end, which the law does not allow.", class.title),
        Keep::PerProcessingRecord => format!("How long are {} kept? Take it from the record of processing.", class.title),
        _ => String::new(),
    };
    if !ask.is_empty() {
        open.push(question(class, "keep", ask, NOTHING, true));
    }
    let yearly = class.start == Start::AccountingYearEnd || class.also.iter().any(|limb| limb.start == Start::AccountingYearEnd);
    if yearly && !year_end {
        let ask = "On which day does the organisation's accounting year end?".to_owned();
        open.push(question(class, "organisation.year_end", ask, NOTHING, true));
    }
}

fn default(retention: &Retention, class: &Class, part: Part) -> RetentionQuestion {
    let title = &class.title;
    let (ask, used) = match part {
        Part::Trigger => (format!("From which event are {title} counted?"), format!("the {}", title_of(retention, &class.trigger))),
        Part::Keep => (format!("How long are {title} kept?"), class.keep.shown()),
        Part::Ceiling => (
            format!("How long are {title} kept at the latest?"),
            class.ceiling.as_ref().map(|ceiling| ceiling.period.shown()).unwrap_or_default(),
        ),
        Part::Review => (
            format!("After how long without an event is somebody to look at {title}?"),
            class.review.as_ref().map(|review| review.after.shown()).unwrap_or_default(),
        ),
        Part::CarryOut => (
            format!("How soon after the due date are {title} destroyed?"),
            class.carry_out.map(crate::calendar::Period::shown).unwrap_or_default(),
        ),
        Part::Combine => (format!("Is the way {title} are told apart right?"), "the rule as it is written".to_owned()),
    };
    question(class, part.name(), ask, &used, false)
}
