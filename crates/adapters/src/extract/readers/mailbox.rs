//! Mailboxes inside something else (attached to a message, in an archive): every message is read as a document of its own.

use std::io::Cursor;

use services::ports::{Mark, Part, SourceItem, Start, Walker};

use crate::extract::taking::{Item, Reason, Taking};
use crate::sources::{Settings, mbox, pst};

/// Hands the messages of a mailbox on.
struct Messages<'t, 'l> {
    taking: &'t mut Taking<'l>,
    number: usize,
}

impl Walker for Messages<'_, '_> {
    fn begin(&mut self, _: Part<'_>) -> Start {
        Start::Beginning
    }

    fn knows(&self, _: Part<'_>) -> bool {
        false
    }

    fn item(&mut self, item: SourceItem, _: Option<Mark>) -> bool {
        self.number += 1;
        match &item.bytes {
            Ok(bytes) => {
                self.taking.child(self.number, Item { name: &item.name, bytes });
                if item.truncated_from.is_some() {
                    self.taking.unreadable_child(
                        self.number,
                        &item.name,
                        "is larger than is read of one item; only the first part was read",
                    );
                }
            }
            Err(reason) => self.taking.unreadable_child(self.number, &item.name, reason.clone()),
        }
        self.taking.has_room()
    }

    fn end(&mut self) {}
}

/// Messages one after another.
pub(super) fn mbox(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    mbox::messages(item.bytes, "", Settings::default(), Mark::default(), &mut Messages { taking, number: 0 });
    Ok(())
}

/// An Outlook data file.
pub(super) fn outlook(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    taking.count(item.bytes.len())?;
    pst::messages(Cursor::new(item.bytes.to_vec()), "", Settings::default(), Mark::default(), &mut Messages { taking, number: 0 });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::extract::inprocess::taken;

    const TWO: &str = "From a@x.example Mon Nov  2 10:00:00 2026\nSubject: one\n\nplain\n\nFrom b@x.example Tue Nov  3 10:00:00 2026\n\
        Subject: two\nContent-Transfer-Encoding: base64\n\nQW1lbGlhIEhhcnQ=\n";

    fn read(name: &str, bytes: &[u8]) -> Vec<(String, String)> {
        taken(name, bytes).documents.into_iter().map(|document| (document.path, document.text)).collect()
    }

    #[test]
    fn every_message_of_a_mailbox_is_read() {
        let found = read("old.mbox", TWO.as_bytes());
        assert_eq!(found.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["1:1.eml", "2:2.eml"]);
        assert!(found[0].1.contains("plain") && found[1].1.contains("Amelia Hart"), "{found:?}");
    }

    #[test]
    fn one_message_behind_a_line_of_a_mailbox_stays_a_message() {
        let one = TWO.split("\n\nFrom b").next().unwrap();
        assert_eq!(read("letter", one.as_bytes())[0].0, "");
        assert_eq!(read("letter.eml", TWO.as_bytes())[0].0, "");
    }

    #[test]
    fn an_outlook_file_is_read_wherever_it_lies() {
        let found = read("old.pst", &testkit::small::small("pst").remove(0));
        assert!(!found.is_empty() && found.iter().all(|(path, _)| path.contains(".eml")), "{found:?}");
    }
}
