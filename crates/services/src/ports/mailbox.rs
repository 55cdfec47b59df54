//! Mail in: what the inbox needs from a mailbox or from a folder that messages are dropped into.

use super::Failure;

/// A message as it lies in a mailbox.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The message, or its first part when it is bigger than what is taken.
    pub bytes: Vec<u8>,
    /// Its real size in bytes.
    pub size: u64,
    /// When the mailbox took it.
    pub at: Option<jiff::Timestamp>,
}

/// Never prints content.
impl std::fmt::Debug for Arrived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrived").field("size", &self.size).finish_non_exhaustive()
    }
}

/// A place where mail for the organisation arrives.
pub trait Mailbox: Send + Sync {
    /// A stable name under which is remembered how far it was read. Not shown.
    fn name(&self) -> String;

    /// Goes there.
    fn visit(&self) -> Result<Box<dyn Visit>, Failure>;

    /// Whether it can be reached and lets us in; changes nothing.
    fn probe(&self) -> Result<(), Failure> {
        self.visit().map(drop)
    }
}

/// One visit to a mailbox. Reading changes nothing there; only [`Visit::done`] does.
pub trait Visit {
    /// The validity of its numbers (`UIDVALIDITY`): with another one all numbers are new.
    /// `None` when its numbers do not outlive the visit.
    fn validity(&self) -> Option<u64>;

    /// The numbers of the messages above a number, in order.
    fn numbers(&mut self, above: u64) -> Result<Vec<u64>, Failure>;

    /// The messages up to a number that were taken but not yet marked or moved: a crash came between.
    fn unmarked(&mut self, up_to: u64) -> Result<Vec<u64>, Failure>;

    /// Fetches one message; `None` when it is gone.
    fn fetch(&mut self, number: u64) -> Result<Option<Arrived>, Failure>;

    /// Marks or moves messages that are safely stored.
    fn done(&mut self, numbers: &[u64]) -> Result<(), Failure>;
}
