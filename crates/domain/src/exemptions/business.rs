//! E05 to E09 and E11: legal advice, plans, negotiations, references, corporate finance.

use super::answers::{Kind, Test, asks, no, yes};
use super::{Exemption, OpenTo, Restricts};

/// E05, Schedule 2 paragraph 19.
pub(super) const PRIVILEGE: Exemption = Exemption {
    code: "E05",
    title: "Legal professional privilege",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 19",
    about: "For confidential communications with your lawyers, and what a legal adviser must keep confidential. In Scotland: confidentiality of communications.",
    letter: "this is confidential communication with legal advisers",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "lawyer",
            "Is it communication with a lawyer acting as a lawyer, or made mainly for proceedings that were in prospect?",
            "A solicitor, a barrister, an advocate or a lawyer you employ. An adviser who is no lawyer does not count, and nor does copying a lawyer in.",
            "It is no communication with a lawyer for advice, and was not made mainly for proceedings.",
        ),
        yes(
            "purpose",
            "Was its main purpose to get or to give legal advice, or to prepare for those proceedings?",
            "A business letter that a lawyer happens to send is not covered.",
            "Its main purpose was another one.",
        ),
        no(
            "shared",
            "Has it been shared so widely that it is no longer confidential?",
            "For example: sent to the other side, or published.",
            "It is no longer confidential: privilege has been lost.",
        ),
    ],
    test: Test::All,
};

/// E06, Schedule 2 paragraph 20.
pub(super) const SELF_INCRIMINATION: Exemption = Exemption {
    code: "E06",
    title: "Self-incrimination",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 20",
    about: "As far as answering would reveal evidence that the organisation or somebody in it committed an offence, other than one under data protection law or perjury.",
    letter: "the law does not require us to reveal this, because it could be used as evidence against us in criminal proceedings",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "offence",
            "Would answering reveal evidence of an offence and expose whoever answers to proceedings for it?",
            "Take legal advice before you rely on this.",
            "It would reveal no evidence of an offence.",
        ),
        no(
            "data_offence",
            "Is it an offence under data protection law, or perjury?",
            "For these the exemption does not hold.",
            "It does not cover offences under data protection law, or perjury.",
        ),
    ],
    test: Test::All,
};

/// E07, Schedule 2 paragraph 22.
pub(super) const PLANNING: Exemption = Exemption {
    code: "E07",
    title: "Management forecasts and planning",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 22",
    about: "For plans of the management that would be likely to be harmed if they were known now, such as redundancies that have not been announced.",
    letter: "this is part of planning that would be likely to be harmed if it were known now",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "planning",
            "Is it processed for forecasts or planning of your business or activity?",
            "For example: a plan to close a service.",
            "It is not about forecasts or planning.",
        ),
        yes(
            "likely",
            "Would disclosure now be likely to harm the conduct of that business or activity?",
            "Not when the plan has been announced or given up.",
            "Disclosure would not be likely to harm it.",
        ),
        asks("harm", "What would be harmed, and until when?", "Look again when the plan is announced.", Kind::Words),
    ],
    test: Test::All,
};

/// E08, Schedule 2 paragraph 23.
pub(super) const NEGOTIATIONS: Exemption = Exemption {
    code: "E08",
    title: "Negotiations with the person",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 23",
    about: "For records of your own intentions in negotiations with the person who asks, as long as the negotiations last.",
    letter: "this records our intentions in negotiations with you that have not ended",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "intentions",
            "Does it record your organisation’s intentions in negotiations with this person?",
            "For example: the highest sum you would pay to settle. What was said or written to the person is not covered.",
            "It does not record your intentions in negotiations with this person.",
        ),
        yes(
            "running",
            "Are the negotiations still going on?",
            "When they have ended, the exemption has ended.",
            "The negotiations have ended.",
        ),
        yes("likely", "Would disclosure be likely to harm the negotiations?", "", "Disclosure would not be likely to harm them."),
    ],
    test: Test::All,
};

/// E09, Schedule 2 paragraph 24.
pub(super) const REFERENCES: Exemption = Exemption {
    code: "E09",
    title: "Confidential references",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 24",
    about: "For a reference given or received in confidence for education, training, employment, volunteering, an office or a service. You need not use it: your own policy may promise that references can be seen.",
    letter: "this is a reference that was given in confidence",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "reference",
            "Is it a reference about this person for education, training, employment, volunteering, an office or providing a service?",
            "Given by you or received by you.",
            "It is not such a reference.",
        ),
        yes(
            "confidence",
            "Was it given in confidence?",
            "Look at the form and the letter it came with. If nothing says so, ask whoever gave it.",
            "It was not given in confidence.",
        ),
        no(
            "promised",
            "Does your policy promise that people may see references about them?",
            "The training provider’s policy does, for references that were received (clause CPO-112). A promise binds.",
            "Your own policy promises that the person may see it.",
        ),
    ],
    test: Test::All,
};

/// E11, Schedule 2 paragraph 21.
pub(super) const CORPORATE_FINANCE: Exemption = Exemption {
    code: "E11",
    title: "Corporate finance",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 21",
    about: "For firms that provide a corporate finance service and price-sensitive information. Hardly any small organisation does.",
    letter: "this concerns price-sensitive information about a corporate finance service",
    restricts: Restricts::Access,
    open_to: OpenTo::Listed,
    nations: &[],
    questions: &[
        yes(
            "service",
            "Do you provide a corporate finance service, and is the information processed for it?",
            "Issuing shares or bonds, or advising firms on it.",
            "Your organisation provides no corporate finance service.",
        ),
        yes(
            "price",
            "Would disclosure be likely to affect the price of an instrument, or harm the economic or financial interest of the United Kingdom?",
            "",
            "Disclosure would affect no price and harm no such interest.",
        ),
    ],
    test: Test::All,
};
