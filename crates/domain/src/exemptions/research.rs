//! E10, E12, E13: exams, journalism and the arts, research and archives.

use super::answers::{Kind, Test, asks, yes};
use super::{Exemption, OpenTo, Restricts};

/// E10, Schedule 2 paragraph 25.
pub(super) const EXAMS: Exemption = Exemption {
    code: "E10",
    title: "Exam scripts",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 25",
    about: "For what the candidate wrote in an exam. The examiner’s comments and the marks are not covered; for marks there is only more time until results are announced.",
    letter: "these are the answers that you wrote in an exam",
    restricts: Restricts::Access,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[yes(
        "answers",
        "Is it what the candidate wrote as answers in an academic, professional or other exam?",
        "Comments of examiners and marks must be given.",
        "It is not the candidate’s own answers: comments and marks must be given.",
    )],
    test: Test::All,
};

/// E12, Schedule 2 paragraph 26.
pub(super) const EXPRESSION: Exemption = Exemption {
    code: "E12",
    title: "Journalism, academic, artistic and literary work",
    provision: "Data Protection Act 2018, Schedule 2, paragraph 26",
    about: "For work that is meant to be published, where you reasonably believe that publication is in the public interest and the right could not be reconciled with it.",
    letter: "this belongs to journalistic, academic, artistic or literary work that is meant to be published in the public interest",
    restricts: Restricts::Most,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "work",
            "Is it processed for journalism or for academic, artistic or literary work, with a view to publication?",
            "A newsletter can be journalism; your ordinary records are not.",
            "It is not processed for such work.",
        ),
        yes(
            "interest",
            "Do you reasonably believe that publication would be in the public interest?",
            "Look at the codes of practice of the press and of broadcasters, where they apply.",
            "Publication would not be in the public interest.",
        ),
        yes(
            "incompatible",
            "Do you reasonably believe that acting on the request would be incompatible with that work?",
            "",
            "The request can be reconciled with the work.",
        ),
        asks("why", "Why?", "", Kind::Words),
    ],
    test: Test::All,
};

/// E13, Schedule 2 paragraphs 27 and 28.
pub(super) const RESEARCH: Exemption = Exemption {
    code: "E13",
    title: "Research, statistics and archives",
    provision: "Data Protection Act 2018, Schedule 2, paragraphs 27 and 28",
    about: "Where acting on the request would prevent or seriously impair research, statistics or an archive in the public interest, with the safeguards of Article 84B.",
    letter: "giving it to you would prevent, or seriously harm, research or an archive that is run with safeguards",
    restricts: Restricts::Most,
    open_to: OpenTo::Anybody,
    nations: &[],
    questions: &[
        yes(
            "purpose",
            "Is it processed for scientific or historical research, for statistics, or for an archive in the public interest?",
            "",
            "It is not processed for such a purpose.",
        ),
        yes(
            "safeguards",
            "Are the safeguards of Article 84B kept: no more data than needed, and no decisions about the person?",
            "",
            "The safeguards of Article 84B are not kept.",
        ),
        yes(
            "anonymous",
            "Will the results identify nobody?",
            "Needed for the right of access.",
            "The results identify people, so access must be given.",
        ),
        yes(
            "impair",
            "Would acting on the request prevent the purpose or seriously impair it?",
            "A single copy hardly ever does.",
            "It would not prevent or seriously impair the purpose.",
        ),
    ],
    test: Test::All,
};
