//! Where a search job notes how far it is: rows sealed under the key of the data subject.

use store::Origin;

use crate::app::App;
use crate::error::Error;
use crate::sar::Memory;

/// The notes of one request's search.
pub(super) struct Notes<'a> {
    pub(super) app: &'a App,
    pub(super) worker: &'a str,
    pub(super) record: &'a str,
    pub(super) subject: &'a str,
}

impl Notes<'_> {
    fn origin(&self) -> Origin {
        Origin { actor: self.worker.to_owned(), at_us: self.app.now_us() }
    }
}

impl Memory for Notes<'_> {
    fn recall(&mut self, each: &mut dyn FnMut(u64, Vec<u8>)) -> Result<(), Error> {
        let mut after = 0;
        loop {
            let notes = self.app.store.read(|tx| tx.search_notes_after(self.record, after))?;
            let Some((last, _)) = notes.last() else { return Ok(()) };
            after = *last;
            for (number, note) in notes {
                each(number, note);
            }
        }
    }

    fn note(&mut self, note: &[u8]) -> Result<(), Error> {
        Ok(self.app.store.write_technical(&self.origin(), |tx| tx.search_note_add(self.record, self.subject, note))?)
    }

    fn forget(&mut self, numbers: &[u64]) -> Result<(), Error> {
        Ok(self.app.store.write_technical(&self.origin(), |tx| tx.search_notes_drop(self.record, numbers))?)
    }
}
