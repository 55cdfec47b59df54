//! E24, E25: child abuse data, and reports to courts.

use super::answers::{Test, yes};
use super::{Exemption, OpenTo, Restricts};
use crate::calendar::Division;

/// E24, Schedule 3 paragraph 21. Not in Scotland.
pub(super) const ABUSE: Exemption = Exemption {
    code: "E24",
    title: "Child abuse data",
    provision: "Data Protection Act 2018, Schedule 3, paragraph 21",
    about: "Where a parent, or somebody a court appointed, asks for data on whether a child has been or may be abused, and disclosure would not be in the child’s best interests.",
    letter: "disclosing it would not be in the best interests of the person it is about",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[Division::EnglandAndWales, Division::NorthernIreland],
    questions: &[
        yes(
            "abuse",
            "Does it say whether the person is, has been or may be at risk of child abuse?",
            "Physical injury, neglect, ill-treatment or sexual abuse of somebody under 18, other than by accident.",
            "It is not about child abuse.",
        ),
        yes(
            "interests",
            "Would it be against the person’s best interests to disclose it to the one who asks?",
            "Talk to the safeguarding lead. The person’s own request cannot be refused on this ground.",
            "Disclosure is not against the person’s best interests.",
        ),
    ],
    test: Test::AllForAnother,
};

/// E25, Schedule 3 paragraphs 3, 9 and 18.
pub(super) const COURT_REPORTS: Exemption = Exemption {
    code: "E25",
    title: "Reports to a court",
    provision: "Data Protection Act 2018, Schedule 3, paragraphs 3, 9 and 18",
    about: "Only for data that a court processes, from reports and evidence given to it, where its rules let it withhold them. Your own copy is looked at under other exemptions.",
    letter: "this was given to a court, whose rules let it be withheld",
    restricts: Restricts::Most,
    open_to: OpenTo::Listed,
    nations: &[],
    questions: &[
        yes("court", "Are the data processed by a court?", "", "Only data that a court processes are covered."),
        yes(
            "rules",
            "Do the rules of that court let it withhold them?",
            "Name the rules in the reason.",
            "The rules of the court do not let it.",
        ),
    ],
    test: Test::All,
};
