//! E40, E41: the request itself, and people who cannot be identified in the data.

use super::answers::{Kind, Test, asks, no, yes};
use super::{Exemption, OpenTo, Restricts};

/// E40, UK GDPR Article 12(5).
pub(super) const UNFOUNDED: Exemption = Exemption {
    code: "E40",
    title: "Manifestly unfounded or excessive",
    provision: "UK GDPR Article 12(5)",
    about: "For a request that is plainly made for another purpose than to use the right, or plainly out of proportion. You must be able to show it. You then refuse, or ask for a reasonable fee.",
    letter: "the request is manifestly unfounded or excessive",
    restricts: Restricts::Request,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "shown",
            "Can you show that the request is not meant to use the right, or is clearly out of proportion, repeats or overlaps another?",
            "An offer to withdraw it for money, a campaign against an employee, the same request again after two weeks.",
            "It cannot be shown, and the burden is on you.",
        ),
        no(
            "only",
            "Is all you can say that it is large, rude, costly, part of a dispute, or that an earlier request was refused?",
            "None of these is enough.",
            "None of these is enough.",
        ),
        asks("facts", "What are the facts?", "Dates and words of this request and of earlier ones.", Kind::Words),
    ],
    test: Test::All,
};

/// E41, UK GDPR Article 11(2).
pub(super) const NOT_IDENTIFIABLE: Exemption = Exemption {
    code: "E41",
    title: "The person cannot be identified in the data",
    provision: "UK GDPR Article 11(2)",
    about: "Where you can show that you cannot tell which data are the person’s, and the person gives nothing more with which you could.",
    letter: "we cannot tell which of the information we hold is about you",
    restricts: Restricts::Request,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "cannot",
            "Can you show that you cannot tell which data are this person’s?",
            "For example: answers to a survey without names.",
            "You can tell which data are this person’s.",
        ),
        yes(
            "told",
            "Have you told the person so, and asked for what would help?",
            "You need not keep more data only for this.",
            "Tell the person first, and ask for what would help.",
        ),
        no(
            "help",
            "Has the person given something with which the data can be found?",
            "",
            "With what the person gave, the data can be found.",
        ),
    ],
    test: Test::All,
};
