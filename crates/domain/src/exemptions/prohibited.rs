//! E30 to E34: what other laws forbid to disclose (Schedule 4).

use super::answers::{Kind, Test, asks, yes};
use super::{Exemption, OpenTo, Restricts};
use crate::calendar::Division;

/// E30, Schedule 4 paragraph 2.
pub(super) const FERTILISATION: Exemption = Exemption {
    code: "E30",
    title: "Human fertilisation and embryology",
    provision: "Data Protection Act 2018, Schedule 4, paragraph 2",
    about: "For information that the Human Fertilisation and Embryology Act 1990 forbids to disclose.",
    letter: "another law forbids us to disclose it: the Human Fertilisation and Embryology Act 1990",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[yes(
        "forbidden",
        "Does section 31, 31ZA to 31ZE or 33A of that Act forbid the disclosure?",
        "Information about treatment, donors and children born of treatment.",
        "That Act does not forbid it.",
    )],
    test: Test::All,
};

/// E31, Schedule 4 paragraph 3.
pub(super) const ADOPTION: Exemption = Exemption {
    code: "E31",
    title: "Adoption records and reports",
    provision: "Data Protection Act 2018, Schedule 4, paragraph 3",
    about: "For adoption records and reports whose disclosure the listed laws and regulations forbid or restrict.",
    letter: "the laws about adoption forbid us to disclose it",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes("record", "Is it an adoption record, or a report made for an adoption?", "", "It is no adoption record or report."),
        yes(
            "forbidden",
            "Does one of the listed laws forbid or restrict the disclosure?",
            "The adoption agency can tell you which.",
            "No listed law forbids or restricts it.",
        ),
        asks("law", "Which law?", "", Kind::Words),
    ],
    test: Test::All,
};

/// E32, Schedule 4 paragraph 4.
pub(super) const SPECIAL_NEEDS: Exemption = Exemption {
    code: "E32",
    title: "Statements and plans of special educational needs",
    provision: "Data Protection Act 2018, Schedule 4, paragraph 4",
    about: "For a statement or plan of special educational needs whose disclosure the listed regulations forbid or restrict. In England, Wales, Scotland and Northern Ireland these are different regulations.",
    letter: "the regulations about special educational needs forbid us to disclose it",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "plan",
            "Is it a statement, a plan or a record of special educational needs made under those regulations?",
            "Your own support plan is not one.",
            "It is no such statement, plan or record.",
        ),
        yes(
            "forbidden",
            "Do the regulations forbid or restrict the disclosure?",
            "The local authority can tell you.",
            "The regulations do not forbid or restrict it.",
        ),
    ],
    test: Test::All,
};

/// E33, Schedule 4 paragraph 5.
pub(super) const PARENTAL_ORDERS: Exemption = Exemption {
    code: "E33",
    title: "Parental orders",
    provision: "Data Protection Act 2018, Schedule 4, paragraph 5",
    about: "For records and reports about a parental order after surrogacy whose disclosure the listed laws forbid or restrict.",
    letter: "the laws about parental orders forbid us to disclose it",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes("record", "Is it a record or report about a parental order?", "", "It is no record or report about a parental order."),
        yes("forbidden", "Does one of the listed laws forbid or restrict the disclosure?", "", "No listed law forbids or restricts it."),
    ],
    test: Test::All,
};

/// E34, Schedule 4 paragraph 6. Scotland only.
pub(super) const HEARINGS: Exemption = Exemption {
    code: "E34",
    title: "Children’s hearings",
    provision: "Data Protection Act 2018, Schedule 4, paragraph 6",
    about: "Scotland only: for information that the Principal Reporter provides for a children’s hearing and that the listed laws forbid to disclose.",
    letter: "the laws about children’s hearings forbid us to disclose it",
    restricts: Restricts::Access,
    open_to: OpenTo::Listed,
    nations: &[Division::Scotland],
    questions: &[
        yes(
            "reporter",
            "Did the Principal Reporter provide it for a children’s hearing?",
            "",
            "The Principal Reporter did not provide it.",
        ),
        yes(
            "forbidden",
            "Do the laws about children’s hearings forbid or restrict the disclosure?",
            "",
            "Those laws do not forbid or restrict it.",
        ),
    ],
    test: Test::All,
};
