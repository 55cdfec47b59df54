//! Pages of plain text: help and the accessibility statement.

use axum::response::Response;
use serde::Serialize;

use crate::error::Problem;
use crate::extract::Visit;
use crate::templates::Page;

/// A part of a text page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Section {
    heading: &'static str,
    paragraphs: &'static [&'static str],
    bullets: &'static [&'static str],
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TextPage {
    heading: &'static str,
    sections: &'static [Section],
}

/// `GET /help`
pub(crate) async fn help(visit: Visit) -> Result<Response, Problem> {
    visit.page(&HELP)
}

/// `GET /accessibility`
pub(crate) async fn accessibility(visit: Visit) -> Result<Response, Problem> {
    visit.page(&ACCESSIBILITY)
}

/// Help for somebody who has a request on the desk.
const HELP: TextPage = TextPage {
    heading: "Help",
    sections: &[
        Section {
            heading: "When somebody asks for their data",
            paragraphs: &[
                "Any wording counts, by e-mail, letter, phone, in person or on social media, and it need not name the law. The time starts on \
                 the day it reaches anyone in the organisation.",
                "Record it the same day. Probity works out until when you must answer and shows every step of the computation.",
            ],
            bullets: &[],
        },
        Section {
            heading: "The order of things",
            paragraphs: &[],
            bullets: &[
                "Record the request and acknowledge it.",
                "Ask who the person is only if you have a reasonable doubt that you can write down.",
                "Search the places where the organisation keeps personal data.",
                "Review what was found: leave out what is not about the person, withhold what is about somebody else.",
                "Have the reply approved by a second person, send it, and close the request.",
            ],
        },
        Section {
            heading: "What is withheld",
            paragraphs: &[
                "Probity proposes what is about other people. You decide. Members of staff acting in their job are normally shown. What you \
                 withhold is removed from the pack, not covered, and the finished pack is read back to make sure.",
            ],
            bullets: &[],
        },
        Section {
            heading: "The policy",
            paragraphs: &[
                "The policy page shows every clause with the evidence that it is kept: computed by Probity, shown by records, or signed by \
                 somebody. Behind “overdue” and “open” stand the records themselves.",
                "A new version is put forward by one person and adopted by another. Everybody with an account reads the version in force and \
                 signs for it; a wrong answer in the check is explained with its clause, and you answer again.",
            ],
            bullets: &[],
        },
        Section {
            heading: "Duties and events",
            paragraphs: &[
                "Duties come from the policy. Some come round, like a review or a statement to sign. Others follow something that happens: log \
                 it under Duties on the day you learn of it, without names, and Probity works out what is to be done and until when.",
                "A duty counts as done with its evidence: say where it can be seen, or sign the statement word for word. If somebody else signed \
                 on paper, record their name and where the paper is.",
            ],
            bullets: &[],
        },
        Section {
            heading: "If you get stuck",
            paragraphs: &[
                "Every page that refuses something says what to do next and quotes a code. Give that code to whoever looks after Probity for you.",
            ],
            bullets: &[],
        },
    ],
};

/// The accessibility statement.
const ACCESSIBILITY: TextPage = TextPage {
    heading: "Accessibility statement",
    sections: &[
        Section {
            heading: "",
            paragraphs: &[
                "These pages are meant to be usable by everybody who has to look after personal data. They aim at level AA of the Web Content \
                 Accessibility Guidelines, version 2.2.",
            ],
            bullets: &[],
        },
        Section {
            heading: "What you can do",
            paragraphs: &[],
            bullets: &[
                "use everything with the keyboard alone, and without JavaScript",
                "enlarge the text to 400 % or use a window 320 pixels wide without scrolling sideways",
                "switch the single-key shortcuts of the review off",
                "read every state as a word: nothing is told by colour alone",
                "print any page",
            ],
        },
        Section {
            heading: "What we know is not perfect",
            paragraphs: &["Items under review are shown as the text that was read from them. Pictures inside documents are not described."],
            bullets: &[],
        },
        Section {
            heading: "How it was tested",
            paragraphs: &[
                "Every page is checked in a browser with the axe rules for levels A and AA at widths of 320 and 1280 pixels, and its markup is \
                 checked whenever it changes.",
            ],
            bullets: &[],
        },
        Section {
            heading: "Tell us",
            paragraphs: &[
                "If something stops you, tell the person who looks after data protection in your organisation. They will find you another way \
                 and pass it on.",
            ],
            bullets: &[],
        },
    ],
};

impl Page for TextPage {
    const TEMPLATE: &'static str = "pages/text.html";

    fn title(&self) -> String {
        self.heading.to_owned()
    }

    fn samples() -> Vec<Self> {
        vec![HELP, ACCESSIBILITY]
    }
}
