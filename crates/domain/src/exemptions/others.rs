//! E01: information about other people.

use super::answers::{Answers, Kind, Outcome, Question, Setting, Test, asks, no, open, said, yes};
use super::{Exemption, OpenTo, Restricts};

/// E01, Schedule 2 paragraphs 16 and 17.
pub(super) const THIRD_PARTIES: Exemption = Exemption {
    code: "E01",
    title: "Information about another person",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 16",
    about: "Information that would identify somebody else, also as its source, may be withheld if that person has not agreed and it is not reasonable to disclose it all the same. Take out the words, not the whole document.",
    letter: "this is information about another person, who has not agreed, and we weighed that person’s rights against yours",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: QUESTIONS,
    test: Test::Own(test),
};

const PROFESSIONAL: &str = "The law takes it as reasonable to disclose the names and words of health, social work and education professionals who acted in that role (Schedule 2, paragraph 17).";

const QUESTIONS: &[Question] = &[
    yes(
        "identifies",
        "Would the information identify another person?",
        "From the words themselves, or together with what the person who asks knows or is likely to find out. Also as the source of something said.",
        "It identifies nobody else.",
    ),
    no(
        "professional",
        "Is that person a health, social work or education professional who acted in that role?",
        "A doctor, nurse or therapist who wrote in the record or gave care; a social worker, or somebody paid for similar work; somebody who works in education. Their names are normally not taken out.",
        PROFESSIONAL,
    ),
    no("agreed", "Has that person agreed to the disclosure?", "Ask if it is sensible to ask.", "The other person has agreed."),
    asks(
        "steps",
        "What did you do to ask for agreement, and what came of it?",
        "Write also if the person cannot be asked, cannot decide, or has refused.",
        Kind::Words,
    ),
    asks("confidence", "Do you owe that person a duty of confidence?", "For example: it was told in confidence.", Kind::Weighed),
    no(
        "reasonable",
        "Weighing all this, would it be reasonable to disclose it without agreement?",
        "Look at the kind of information, the duty of confidence, your steps to get agreement, whether the person can agree, and any refusal. Facts that the person who asks already knows are usually reasonable to disclose.",
        "It is reasonable to disclose it without agreement.",
    ),
];

fn test(answers: &Answers, _: Setting) -> Outcome {
    for question in QUESTIONS {
        if let (Kind::YesNo(needed, otherwise), Some(answer)) = (question.kind, said(answers, question.key))
            && (answer == "yes") != needed
        {
            return Outcome::DoesNotApply(otherwise.to_owned());
        }
    }
    let missing = open(QUESTIONS, answers, &["identifies", "professional", "agreed", "steps", "reasonable"]);
    if missing.is_empty() { Outcome::Applies } else { Outcome::Undecided(missing) }
}
