//! E20 to E23: health, social work and education data (Schedule 3).

use jiff::ToSpan;
use jiff::civil::Date;

use super::answers::{Answers, Kind, Outcome, Question, Setting, Test, asks, open, said, yes};
use super::{Exemption, OpenTo, Restricts};
use crate::{Refusal, RefusalCode};

/// E20, Schedule 3 paragraph 4.
pub(super) const WISHES: Exemption = Exemption {
    code: "E20",
    title: "Health data: what the person expects and wishes",
    provision: "Data Protection Act 2018, Schedule 3, paragraph 4",
    about: "Where a parent, or somebody a court appointed, asks for the health data of a child under 18 (under 16 in Scotland) or of a person who cannot manage their affairs, and the person gave the information expecting that this one would not get it.",
    letter: "it was given in the expectation that it would not be disclosed to you",
    restricts: Restricts::Most,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "health",
            "Is it data concerning health?",
            "Anything about body or mind, care or treatment.",
            "It is not data concerning health.",
        ),
        yes(
            "age",
            "Is the person under 18 (in Scotland under 16), or unable to manage their own affairs?",
            "A parent must have parental responsibility; anybody else must be appointed by a court.",
            "The person decides for themselves.",
        ),
        yes(
            "expected",
            "Did the person give it expecting that it would not be disclosed to the one who asks, or say so expressly? Or did it come from an examination with that expectation?",
            "Ask the person if you can. If the person has since agreed, the answer is no.",
            "The person did not expect that it would be kept from the one who asks.",
        ),
    ],
    test: Test::AllForAnother,
};

/// E21, Schedule 3 paragraphs 5 and 6. It works in both directions.
pub(super) const SERIOUS_HARM: Exemption = Exemption {
    code: "E21",
    title: "Health data: serious harm",
    provision: "Data Protection Act 2018, Schedule 3, paragraph 5",
    about: "For health data whose disclosure would be likely to cause serious harm to the body or mind of the person or of somebody else. Unless you are a health professional you may withhold it only on the opinion of the appropriate health professional that this is so, and you may disclose health data the person does not already know only on the opinion that it is not so. The opinion must not be older than six months.",
    letter: "a health professional has said that disclosing it would be likely to cause serious harm to somebody’s physical or mental health",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: QUESTIONS,
    test: Test::Own(serious_harm),
};

const QUESTIONS: &[Question] = &[
    asks(
        "health",
        "Is there data concerning health in what is asked for?",
        "Ordinary care notes are health data: medicines, falls, moods, diagnoses, visits of a nurse.",
        Kind::Weighed,
    ),
    asks(
        "professional",
        "Are you, who decide, a registered health professional?",
        "A registered doctor, nurse, midwife, dentist, optician, pharmacist, osteopath, chiropractor or psychologist, or another profession of section 204. A manager or care assistant who is not registered is none.",
        Kind::Weighed,
    ),
    asks(
        "known",
        "Has the person already seen all of it, or does the person already know it?",
        "For example: letters that were sent to the person.",
        Kind::Weighed,
    ),
    asks(
        "opinion",
        "What does the opinion of the appropriate health professional say?",
        "The one who now has, or last had, charge of the person’s care in this matter.",
        Kind::Choice(&[
            ("met", "Disclosure would be likely to cause serious harm"),
            ("not_met", "Disclosure would not be likely to cause serious harm"),
            ("none", "There is no opinion yet"),
        ]),
    ),
    asks("opinion_by", "Who gave it?", "Name, profession and registration.", Kind::Words),
    asks("opinion_on", "When was it given?", "Within the six months that end on the day you rely on it.", Kind::Day),
    asks(
        "again",
        "Would it be reasonable to ask again before relying on it?",
        "For example: the person’s condition has changed since.",
        Kind::Weighed,
    ),
    asks(
        "harm",
        "If you are a health professional: would disclosure be likely to cause serious harm?",
        "Serious harm to physical or mental health, of the person or of somebody else. Distress alone is not enough.",
        Kind::Weighed,
    ),
];

/// The earliest day of an opinion that may be relied on on `on`: it must have been obtained
/// within the six months ending with that day (Schedule 3 paragraph 6(4); law section 1.6).
pub fn earliest_opinion(on: Date) -> Date {
    on.checked_sub(6.months()).and_then(Date::tomorrow).unwrap_or(on)
}

/// What stands of the opinion that the answers name.
enum Opinion {
    /// It can be relied on, and says that the test is met or not.
    Stands(bool),
    /// It cannot be relied on, for this reason.
    Falls(String),
    /// Something about it is not known yet.
    Missing(Vec<&'static str>),
}

fn opinion(answers: &Answers, on: Date) -> Opinion {
    let met = match said(answers, "opinion") {
        Some("met") => true,
        Some("not_met") => false,
        Some(_) => return Opinion::Falls("There is no opinion of the appropriate health professional.".to_owned()),
        None => return Opinion::Missing(open(QUESTIONS, answers, &["opinion"])),
    };
    let missing = open(QUESTIONS, answers, &["opinion_by", "opinion_on", "again"]);
    if !missing.is_empty() {
        return Opinion::Missing(missing);
    }
    let Some(given) = said(answers, "opinion_on").and_then(|day| day.parse::<Date>().ok()) else {
        return Opinion::Missing(vec!["When was it given?"]);
    };
    if given > on {
        Opinion::Falls("The opinion is dated after today.".to_owned())
    } else if given < earliest_opinion(on) {
        Opinion::Falls(format!(
            "The opinion is older than six months: on this day it may not be older than {}.",
            crate::calendar::short_date(earliest_opinion(on))
        ))
    } else if said(answers, "again") == Some("yes") {
        Opinion::Falls("It is reasonable to ask the health professional again first.".to_owned())
    } else {
        Opinion::Stands(met)
    }
}

fn serious_harm(answers: &Answers, setting: Setting) -> Outcome {
    let missing = open(QUESTIONS, answers, &["health", "professional"]);
    if said(answers, "health") == Some("no") {
        return Outcome::DoesNotApply("There is no data concerning health in it.".to_owned());
    }
    if !missing.is_empty() {
        return Outcome::Undecided(missing);
    }
    if said(answers, "professional") == Some("yes") {
        return match said(answers, "harm") {
            Some("yes") => Outcome::Applies,
            Some(_) => Outcome::DoesNotApply("Disclosure would not be likely to cause serious harm.".to_owned()),
            None => Outcome::Undecided(open(QUESTIONS, answers, &["harm"])),
        };
    }
    match opinion(answers, setting.on) {
        Opinion::Stands(true) => Outcome::Applies,
        Opinion::Stands(false) => Outcome::DoesNotApply("The health professional says that the test is not met.".to_owned()),
        Opinion::Falls(why) => Outcome::DoesNotApply(why),
        Opinion::Missing(questions) => Outcome::Undecided(questions),
    }
}

/// Whether health data may be disclosed on these answers (Schedule 3 paragraph 6(2)).
///
/// # Errors
/// `EXM-003` for somebody who is no health professional, without a standing opinion that
/// disclosure would not be likely to cause serious harm, of data the person does not know.
pub fn may_disclose_health(answers: &Answers, on: Date) -> Result<(), Refusal> {
    let is = |key: &str, what: &str| said(answers, key) == Some(what);
    let needed = |detail: String| Err(Refusal::new(RefusalCode::OpinionNeeded, detail));
    if is("health", "no") || is("known", "yes") {
        return Ok(());
    }
    if said(answers, "health").is_none() {
        return needed("Say whether there is data concerning health in it.".to_owned());
    }
    if is("professional", "yes") {
        return if is("harm", "no") {
            Ok(())
        } else {
            needed("Say that disclosure would not be likely to cause serious harm, or withhold it.".to_owned())
        };
    }
    match opinion(answers, on) {
        Opinion::Stands(false) => Ok(()),
        Opinion::Stands(true) => needed("The health professional says that disclosure would be likely to cause serious harm.".to_owned()),
        Opinion::Falls(why) => needed(why),
        Opinion::Missing(questions) => needed(format!("Not answered: {}", questions.join(" "))),
    }
}

/// E22, Schedule 3 paragraphs 8 to 11.
pub(super) const SOCIAL_WORK: Exemption = Exemption {
    code: "E22",
    title: "Social work data",
    provision: "Data Protection Act 2018, Schedule 3, paragraphs 10 and 11",
    about: "Only for data of the bodies on the list: local authority social services, health and social care trusts, the NSPCC and designated voluntary bodies, officers of the court and a few more. A private care provider or an ordinary charity is not on it.",
    letter: "disclosing it would be likely to prejudice social work, because of serious harm to somebody’s physical or mental health",
    restricts: Restricts::Access,
    open_to: OpenTo::Listed,
    nations: &[],
    questions: &[
        yes(
            "listed",
            "Is your organisation on the list of Schedule 3, paragraph 8, and are these data processed for that work?",
            "Being paid by a council does not put you on it.",
            "Your organisation is not on the list: a private care provider or an ordinary charity cannot use this.",
        ),
        yes(
            "harm",
            "Would disclosure be likely to prejudice social work because it would cause serious harm to somebody?",
            "",
            "Disclosure would not be likely to cause serious harm.",
        ),
    ],
    test: Test::All,
};

/// E23, Schedule 3 paragraphs 13 to 19.
pub(super) const EDUCATION: Exemption = Exemption {
    code: "E23",
    title: "Education data: serious harm",
    provision: "Data Protection Act 2018, Schedule 3, paragraph 19",
    about: "Only for educational records: those that a school, or somebody on its behalf, processes about a pupil. A nursery, a youth club, a tutor or a training provider has none.",
    letter: "disclosing it would be likely to cause serious harm to somebody’s physical or mental health",
    restricts: Restricts::Access,
    open_to: OpenTo::Listed,
    nations: &[],
    questions: &[
        yes(
            "school",
            "Are you a school, or do you process this for a school as part of the pupil’s educational record?",
            "A maintained school, an academy or an independent school; in Scotland an education authority.",
            "You are no school and do not process it for one: a nursery, club, tutor or training provider cannot use this.",
        ),
        yes(
            "harm",
            "Would disclosure be likely to cause serious harm to somebody’s physical or mental health?",
            "",
            "Disclosure would not be likely to cause serious harm.",
        ),
    ],
    test: Test::All,
};
