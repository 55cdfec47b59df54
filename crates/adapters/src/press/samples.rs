//! Documents about invented people, for the tests of the press.

use std::sync::OnceLock;

use domain::letters::{Block, Letter};
use services::ports::{PackDocument, PackItem, Press, Run, Withheld};

use super::TypstPress;

/// The one press of all tests: fonts are loaded once.
pub(super) fn press() -> &'static TypstPress {
    static PRESS: OnceLock<TypstPress> = OnceLock::new();
    PRESS.get_or_init(TypstPress::new)
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

pub(super) fn a_letter() -> Letter {
    Letter {
        title: "Reply to your request for your information".to_owned(),
        sender: owned(&["Larkfield Learning CIC", "4 Mill Lane, Brackwater BW1 4QT", "privacy@larkfield.example", "01632 960 411"]),
        addressee: owned(&["Amelia Hart", "17 Orchard Rise", "Brackwater", "BW3 9LD"]),
        reference: "SAR-2026-0001".to_owned(),
        date: "22 November 2026".to_owned(),
        salutation: "Dear Amelia Hart".to_owned(),
        blocks: vec![
            Block::Paragraph(
                "You asked us on 26 October 2026 for the information we hold about you. It is enclosed, in a pack of seven items. \
                 This letter says how we searched, what we left out and why, and what you can do if you are not content."
                    .to_owned(),
            ),
            Block::Heading("How we worked out the date".to_owned()),
            Block::Terms(vec![
                ("Received".to_owned(), "Monday 26 October 2026, by e-mail".to_owned()),
                ("One month".to_owned(), "26 November 2026 (UK GDPR Article 12(3))".to_owned()),
                ("Our own target".to_owned(), "23 November 2026".to_owned()),
            ]),
            Block::Heading("Where your information came from".to_owned()),
            Block::Bullets(owned(&["what you told us when you enrolled", "your tutors' notes", "the local authority"])),
            Block::Paragraph(
                "You can ask us to correct or erase it. You can also complain to the Information Commission.\nIts helpline is 0303 123 1113."
                    .to_owned(),
            ),
        ],
        closing: "Yours sincerely".to_owned(),
        signatory: owned(&["Rowan Ellery", "Data protection lead"]),
        form: domain::documents::Form::Print,
        audience: domain::policy::Audience::Adult,
    }
}

pub(super) fn an_item(number: usize, title: &str, runs: Vec<Run>) -> PackItem {
    PackItem {
        pages_shown: 0,
        pages: Vec::new(),
        number,
        title: title.to_owned(),
        kind: "E-mail".to_owned(),
        date: "3 September 2026, 14:05".to_owned(),
        place: "mailbox".to_owned(),
        runs,
    }
}

pub(super) fn shown(text: &str) -> Run {
    Run::Shown(text.to_owned())
}

pub(super) fn a_pack() -> PackDocument {
    let reply = vec![
        shown("Dear Amelia,\n\nThank you for the photographs. "),
        Run::Withheld(1),
        shown(
            " will bring the printed set on Thursday; the office closes at 17:00.\n\nBest wishes\nRowan\n\n> On 2 September 2026 Amelia Hart wrote:\n> Here are the photographs.\n>> Could you send them before the exhibition?\n>> ",
        ),
        Run::Withheld(2),
        shown("\n> Amelia\n\n  - first print:    matt\n  - second print:   glossy\n"),
    ];
    PackDocument {
        organisation: "Larkfield Learning CIC".to_owned(),
        reference: "SAR-2026-0001".to_owned(),
        subject: "Amelia Hart".to_owned(),
        made_on: "22 November 2026".to_owned(),
        introduction: owned(&[
            "This pack holds what Larkfield Learning CIC holds about you, as you asked on 26 October 2026.",
            "A box with a number stands where something was withheld. The table at the end says what it was and why.",
        ]),
        items: vec![
            an_item(1, "Re: photographs for the exhibition", reply),
            an_item(2, "Attendance, autumn term", vec![shown("Quixotically punctual on every day but one.")]),
        ],
        withheld: vec![
            Withheld {
                number: 1,
                places: 1,
                kind: "name of another person".to_owned(),
                exemption: "Data Protection Act 2018, Schedule 2, paragraph 16".to_owned(),
                why: "It is information about somebody else, who has not agreed.".to_owned(),
            },
            Withheld {
                number: 2,
                places: 1,
                kind: "telephone number".to_owned(),
                exemption: "Data Protection Act 2018, Schedule 2, paragraph 16".to_owned(),
                why: "It is a private number of somebody else.".to_owned(),
            },
        ],
        notes: owned(&["One spreadsheet could not be opened: it is protected by a password nobody knows any more."]),
        form: domain::documents::Form::Print,
    }
}

/// The sample pack, set once for all tests.
pub(super) fn pack_pdf() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| press().pack(&a_pack()).unwrap())
}

/// The sample letter, set once for all tests.
pub(super) fn letter_pdf() -> &'static [u8] {
    static PDF: OnceLock<Vec<u8>> = OnceLock::new();
    PDF.get_or_init(|| press().letter(&a_letter()).unwrap())
}
