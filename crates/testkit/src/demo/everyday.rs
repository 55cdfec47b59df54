//! The everyday mail and documents around what concerns the person.

use super::{ARCHIVE, MAILDIR, Out, cast};
use crate::office::{conversation, document};
use crate::people::Cast;
use crate::rng::Rng;
use crate::when::When;
use crate::write::{Sheet, png::png, unreadable};

/// Messages in the office's Maildir that are not in the script.
const MAILS: usize = 210;
/// Messages in the mailbox of the years before.
const OLDER: usize = 48;
/// Messages in the zip.
const EXPORTED: usize = 12;
/// Documents in the shared folder.
const DOCUMENTS: usize = 56;

/// Fills mailboxes and folders.
pub(super) fn fill(out: &mut Out, rng: &Rng) {
    let mut people = Cast::new();
    people.keep_words("Katherine Adeyemi", "07700 900417");
    people.keep_words("Kate Adeyemi", "");
    for staff in cast::team() {
        people.keep_words(&staff.name, "");
    }
    mails(out, &mut rng.fork("mails"), &people);
    older(out, &mut rng.fork("older"), &people);
    exported(out, &mut rng.fork("exported"), &people);
    documents(out, &mut rng.fork("documents"), &people);
    unreadables(out, &mut rng.fork("unreadable"));
}

fn mails(out: &mut Out, rng: &mut Rng, people: &Cast) {
    let team = cast::team();
    let mut made = 0;
    while made < MAILS {
        let first = When::in_office_hours(rng, (2023, 1, 9), (2026, 11, 18));
        for (when, _, bytes) in conversation(rng, people, &team, first, made) {
            made += 1;
            if rng.chance(6) {
                out.maildir(ARCHIVE, &when, bytes.clone());
            }
            out.maildir(MAILDIR, &when, bytes);
        }
    }
}

fn older(out: &mut Out, rng: &mut Rng, people: &Cast) {
    let team = cast::team();
    let start = out.mbox.len();
    while out.mbox.len() < start + OLDER {
        let first = When::in_office_hours(rng, (2019, 2, 4), (2022, 12, 9));
        let serial = out.mbox.len();
        out.mbox.extend(conversation(rng, people, &team, first, serial));
    }
}

fn exported(out: &mut Out, rng: &mut Rng, people: &Cast) {
    let team = cast::team();
    for serial in 0..EXPORTED {
        let first = When::in_office_hours(rng, (2021, 9, 6), (2022, 12, 9));
        for (turn, (_, _, bytes)) in conversation(rng, people, &team, first, serial).into_iter().enumerate() {
            out.zip.push((format!("Idris Bellamy/message-{serial:02}-{turn}.eml"), bytes));
        }
    }
    out.zip.push(("README.txt".into(), b"Messages of Idris Bellamy, exported when the old mail server was switched off.\r\n".to_vec()));
}

fn documents(out: &mut Out, rng: &mut Rng, people: &Cast) {
    for serial in 1..=DOCUMENTS {
        let made = document(rng, people, serial);
        out.files.push(made);
    }
}

/// What somebody will have to look at with their own eyes.
fn unreadables(out: &mut Out, rng: &mut Rng) {
    let letter = Sheet::new(
        "Letter to the council",
        "Maya Thornbury",
        "2023-05-02T09:00:00Z",
        &"We write about the lease of the yard and the gate.\n".repeat(40),
    );
    out.files.extend([
        ("shared/Scans/Sign-in sheet 14 May 2024.png".to_owned(), png(180, 240)),
        ("shared/Scans/Exhibition photograph 3.png".to_owned(), png(240, 160)),
        ("shared/Finance/2024/Payslips April 2024 (password).pdf".to_owned(), unreadable::locked_pdf(rng)),
        ("shared/Letters/2023/Letter to the council.docx".to_owned(), unreadable::truncated_docx(&letter)),
        ("shared/Letters/2022/Insurance schedule.pdf".to_owned(), unreadable::not_a_pdf(rng)),
    ]);
}
