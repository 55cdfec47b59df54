//! What a message looks like. Pure: headers, wording and what is known about earlier mail go
//! in, a sort and its reasons come out. Nobody is believed for their address alone.

use serde::{Deserialize, Serialize};

use crate::casework::intake::Recognition;

/// What a message looks like. Only a person decides what it is, but for a clear request of
/// somebody for themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A request that the sender makes for themselves, in clear words.
    OwnRequest,
    /// Looks like a request: for somebody else, unclear, repeated, or by a machine.
    MaybeRequest,
    /// An answer to one of our mails or with a case's reference, from an address of that case.
    Reply,
    /// Names a case, but comes from another address: claims to belong to it.
    Claim,
    /// A mail of ours that came back.
    Bounce,
    /// Written by a machine: an out-of-office note, a newsletter. Never answered.
    Machine,
    /// Anything else.
    Other,
}

impl Sort {
    /// The words on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::OwnRequest => "Request",
            Self::MaybeRequest => "Looks like a request",
            Self::Reply => "Reply to a case",
            Self::Claim => "Claims to belong to a case",
            Self::Bounce => "Mail that came back",
            Self::Machine => "Written by a machine",
            Self::Other => "Other mail",
        }
    }
}

/// What the headers of a message say, as far as it matters here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signals {
    /// `Auto-Submitted` other than `no`, or another header that only answering programs write (RFC 3834).
    pub automatic: bool,
    /// `Precedence: bulk`, `junk` or `list`, or a mailing list's headers.
    pub bulk: bool,
    /// The empty return path, or a sender such as `mailer-daemon`: nobody reads an answer.
    pub nobody: bool,
    /// A report about delivery (RFC 3464).
    pub delivery_report: bool,
    /// It names a case, or answers a mail of ours.
    pub names_case: bool,
    /// Its sender's address is one that the case knows.
    pub known_to_case: bool,
    /// The sender's address is one that can be answered, and a single one.
    pub answerable: bool,
    /// An earlier message of this sender reads as a request and may still be open.
    pub repeated: bool,
    /// The server says that the sender's address may be forged (`Authentication-Results`).
    pub forged: bool,
    /// A part of it could not be read, or it was too big to be taken whole.
    pub unread: bool,
    /// None of its words could be read: it may ask for anything.
    pub closed: bool,
    /// Nothing says on which day it came that could be believed.
    pub undated: bool,
    /// The program could not settle it by itself, for whatever reason.
    pub by_hand: bool,
}

impl Signals {
    /// Whether a machine wrote it, or nobody would read an answer.
    pub const fn by_machine(&self) -> bool {
        self.automatic || self.bulk || self.nobody || self.delivery_report
    }
}

/// What a message looks like, and why, in words without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorted {
    /// What it looks like.
    pub sort: Sort,
    /// Why.
    pub reasons: Vec<String>,
}

/// Sorts a message. A request is a request whoever passes it on: a machine's message that
/// reads as one is kept for a person, and not answered.
pub fn sort(signals: &Signals, read: &Recognition) -> Sorted {
    let mut reasons = machine_reasons(signals);
    if signals.delivery_report {
        return Sorted { sort: Sort::Bounce, reasons };
    }
    if signals.names_case {
        let (sort, why) = match (signals.by_machine(), signals.known_to_case) {
            (true, _) => (Sort::Machine, "it names a case, or answers a mail of ours"),
            (false, true) => (Sort::Reply, "it names a case or answers a mail of ours, and comes from an address that the case knows"),
            (false, false) => {
                (Sort::Claim, "it names a case or answers a mail of ours, but comes from an address that the case does not know")
            }
        };
        reasons.push(why.to_owned());
        return Sorted { sort, reasons };
    }
    reasons.extend(read.reasons.iter().cloned());
    if !read.is_request {
        let sort = match (signals.by_machine(), signals.closed) {
            (true, _) => Sort::Machine,
            // Nobody could say that it is no request.
            (false, true) => Sort::MaybeRequest,
            (false, false) => Sort::Other,
        };
        reasons.extend(unsure(signals).into_iter().map(str::to_owned));
        return Sorted { sort, reasons };
    }
    let doubts = doubts(signals, read);
    let sort = if doubts.is_empty() { Sort::OwnRequest } else { Sort::MaybeRequest };
    reasons.extend(doubts.into_iter().map(str::to_owned));
    Sorted { sort, reasons }
}

/// Why a message that reads as a request is left to a person.
fn doubts(signals: &Signals, read: &Recognition) -> Vec<&'static str> {
    [
        (!read.own && !read.on_behalf, "it does not say whose data it is about"),
        (signals.by_machine(), "a machine wrote it, so the sender is not answered"),
        (!signals.answerable, "it has no single address to answer"),
        (signals.repeated, "the same sender has asked before"),
        (signals.forged, "the server that received it could not confirm the sender"),
        (read.on_behalf, "who asks, and for whom, is for a person to settle"),
    ]
    .into_iter()
    .filter_map(|(applies, why)| applies.then_some(why))
    .chain(unsure(signals))
    .collect()
}

/// What the program itself could not do with it.
fn unsure(signals: &Signals) -> Vec<&'static str> {
    [
        (signals.closed, "its words could not be read: open the message itself, and say what it is"),
        (signals.unread && !signals.closed, "a part of it could not be read"),
        (
            signals.undated,
            "nothing in it says on which day it came: the day it was fetched is written down, and the true one is for a person to find",
        ),
        (signals.by_hand, "the program could not settle it by itself"),
    ]
    .into_iter()
    .filter_map(|(applies, why)| applies.then_some(why))
    .collect()
}

fn machine_reasons(signals: &Signals) -> Vec<String> {
    [
        (signals.delivery_report, "it is a report about a mail that could not be delivered"),
        (signals.automatic, "it says that a program wrote it"),
        (signals.bulk, "it was sent to many"),
        (signals.nobody, "its sender is a machine that reads no answers"),
    ]
    .into_iter()
    .filter(|(applies, _)| *applies)
    .map(|(_, why)| why.to_owned())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::intake::recognise;

    fn person() -> Signals {
        Signals { answerable: true, ..Signals::default() }
    }

    fn sorted(signals: &Signals, subject: &str, words: &str) -> Sort {
        sort(signals, &recognise(subject, words)).sort
    }

    const OWN: &str = "Please send me everything you hold about me.";

    #[test]
    fn a_clear_request_of_a_person_is_one() {
        assert_eq!(sorted(&person(), "Hello", OWN), Sort::OwnRequest);
        assert_eq!(sorted(&person(), "Subject access request", "I want a copy of my personal data."), Sort::OwnRequest);
    }

    #[test]
    fn every_doubt_leaves_it_to_a_person() {
        for doubtful in [
            Signals { automatic: true, ..person() },
            Signals { bulk: true, ..person() },
            Signals { nobody: true, ..person() },
            Signals { answerable: false, ..person() },
            Signals { repeated: true, ..person() },
            Signals { forged: true, ..person() },
            Signals { unread: true, ..person() },
            Signals { undated: true, ..person() },
            Signals { by_hand: true, ..person() },
        ] {
            let sorted = sort(&doubtful, &recognise("SAR request", OWN));
            assert_eq!(sorted.sort, Sort::MaybeRequest, "{doubtful:?}");
            assert!(sorted.reasons.len() > 1);
        }
        assert_eq!(sorted(&person(), "SAR request", "I want everything you hold about my son."), Sort::MaybeRequest);
        assert_eq!(sorted(&person(), "SAR request", "Dear team, please see below."), Sort::MaybeRequest);
    }

    #[test]
    fn a_case_s_reference_is_believed_only_from_an_address_of_the_case() {
        let named = Signals { names_case: true, ..person() };
        assert_eq!(sorted(&named, "Re: SAR-2026-0001", "Yes, that is me."), Sort::Claim);
        assert_eq!(sorted(&Signals { known_to_case: true, ..named.clone() }, "", OWN), Sort::Reply);
        assert_eq!(sorted(&Signals { automatic: true, known_to_case: true, ..named }, "Out of office", ""), Sort::Machine);
    }

    #[test]
    fn machines_and_reports_are_seen() {
        assert_eq!(sorted(&Signals { delivery_report: true, nobody: true, ..person() }, "Undelivered", OWN), Sort::Bounce);
        assert_eq!(sorted(&Signals { bulk: true, ..person() }, "News", "Our privacy notice has changed."), Sort::Machine);
        assert_eq!(sorted(&person(), "Rota", "Can we swap Tuesday?"), Sort::Other);
    }

    #[test]
    fn what_nobody_could_read_may_be_a_request() {
        let closed = Signals { unread: true, closed: true, ..person() };
        let seen = sort(&closed, &recognise("", ""));
        assert_eq!((seen.sort, seen.reasons.len()), (Sort::MaybeRequest, 1), "{:?}", seen.reasons);
        assert_eq!(sorted(&Signals { automatic: true, ..closed }, "", ""), Sort::Machine);
        assert_eq!(sort(&Signals { unread: true, ..person() }, &recognise("Rota", "Tuesday?")).reasons.len(), 1);
    }

    #[test]
    fn every_sort_has_words() {
        for sort in [Sort::OwnRequest, Sort::MaybeRequest, Sort::Reply, Sort::Claim, Sort::Bounce, Sort::Machine, Sort::Other] {
            assert!(!sort.title().is_empty());
        }
    }
}
