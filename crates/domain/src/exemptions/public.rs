//! E02, E03, E04, E14: crime and tax, what the law requires, protecting the public.

use super::answers::{Kind, Question, Test, asks, yes};
use super::{Exemption, OpenTo, Restricts};

/// E02, Schedule 2 paragraph 2.
pub(super) const CRIME: Exemption = Exemption {
    code: "E02",
    title: "Crime and tax",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 2",
    about: "For information whose disclosure would be likely to harm the prevention, investigation or detection of crime, the arrest or prosecution of offenders, or the collection of tax.",
    letter: "giving it to you would be likely to harm the prevention, investigation or detection of crime or the collection of tax",
    restricts: Restricts::Most,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "purpose",
            "Is the information processed for preventing, investigating or detecting crime, for prosecution, or for tax?",
            "For example: a report to the police that is being looked into, or notes of an internal fraud inquiry.",
            "It is not processed for one of these purposes.",
        ),
        yes(
            "likely",
            "Would disclosure be likely to harm that purpose?",
            "There must be a real likelihood, not a mere possibility. Ask the police or the tax office if you can.",
            "Disclosure would not be likely to harm it.",
        ),
        asks("harm", "What would be harmed, and how?", "For example: witnesses have not been heard yet.", Kind::Words),
        yes(
            "extent",
            "Is only what would do the harm withheld?",
            "Everything else is disclosed.",
            "It may be used only as far as disclosure would do harm: withhold less.",
        ),
    ],
    test: Test::All,
};

/// E03, Schedule 2 paragraph 5.
pub(super) const REQUIRED: Exemption = Exemption {
    code: "E03",
    title: "Required by law, or for legal proceedings",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 5",
    about: "For information that you must make public or disclose by law or by order of a court, or whose disclosure is needed for legal proceedings, legal advice or legal rights, as far as the right would get in the way.",
    letter: "the law or legal proceedings require us to handle this information in a way with which your request would interfere",
    restricts: Restricts::Most,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        asks(
            "duty",
            "Which law, order or proceedings are these?",
            "Name the Act, the court and the case, or the legal right.",
            Kind::Words,
        ),
        yes(
            "necessary",
            "Is the disclosure required by that law or order, or necessary for those proceedings, that advice or those rights?",
            "Necessary is more than useful.",
            "It is neither required nor necessary.",
        ),
        yes(
            "prevents",
            "Would acting on the request prevent that disclosure?",
            "If you can do both, do both.",
            "Both can be done: the right is not restricted.",
        ),
    ],
    test: Test::All,
};

/// E04, Schedule 2 paragraphs 7 to 12.
pub(super) const FUNCTIONS: Exemption = Exemption {
    code: "E04",
    title: "Functions to protect the public, and regulators",
    provision: "Data Protection Act 2018, Schedule 2, paragraphs 7 to 12",
    about: "Only for bodies that themselves have such a function by law, such as a regulator or an ombudsman. Telling a regulator something does not make its function yours.",
    letter: "giving it to you would be likely to harm a function that the law gives us to protect the public",
    restricts: Restricts::Most,
    open_to: OpenTo::Listed,
    nations: &[],
    questions: &[
        yes(
            "function",
            "Does the law give your own organisation a function to protect the public, or a function of a regulator?",
            "Most charities, clubs, care providers and firms have none.",
            "Your organisation has no such function: only bodies that have one can use this.",
        ),
        asks("which", "Which function, under which law?", "", Kind::Words),
        yes(
            "likely",
            "Would disclosure be likely to harm the proper discharge of that function?",
            "There must be a real likelihood.",
            "Disclosure would not be likely to harm it.",
        ),
    ],
    test: Test::All,
};

/// E14, Schedule 2 paragraph 4.
pub(super) const IMMIGRATION: Exemption = Exemption {
    code: "E14",
    title: "Immigration control",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 4",
    about: "Only the Secretary of State can use it.",
    letter: "",
    restricts: Restricts::Most,
    open_to: OpenTo::Nobody("Only the Secretary of State can use it."),
    nations: &[],
    questions: NONE,
    test: Test::All,
};

const NONE: &[Question] = &[];
