//! What is sent by post: printed, posted with its proof, and perhaps returned. A posting says
//! what was sent, to which address, by whom and when, so that arrival in time can be shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Deadline, Division, Period};
use crate::ids::{BlobId, RecordId, SubjectId, UserId};
use crate::personal::Personal;
use crate::record::RecordFacts;
use crate::{Refusal, RefusalCode};

type Next = Result<Posting, Refusal>;

/// One envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Its own reference, e.g. `POST-2026-0001`; who printed it stands in `logged_by`.
    pub facts: RecordFacts,
    /// The case it belongs to.
    pub case: RecordId,
    /// Whose data is inside; their key seals the address.
    pub subject: SubjectId,
    /// The stored file that was printed.
    pub document: BlobId,
    /// Its name, e.g. `reply.pdf`.
    pub name: String,
    /// Name and address as they stand on the envelope.
    pub address: Personal<String>,
    /// The day it was printed.
    pub printed_on: Date,
    /// How it is to go.
    pub how: How,
    /// The last day to post it this way so that it arrives in time; `None` when no day is known.
    pub send_by: Option<Date>,
    /// Where it stands.
    pub stage: Stage,
}

/// Ways of the post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// First class.
    First,
    /// Second class.
    Second,
    /// Signed for, first class.
    SignedFor,
    /// Special delivery, guaranteed for the next working day.
    Special,
    /// A courier.
    Courier,
    /// Handed over by one of our own.
    ByHand,
}

impl How {
    /// Every way.
    pub const ALL: &'static [Self] = &[Self::First, Self::Second, Self::SignedFor, Self::Special, Self::Courier, Self::ByHand];

    /// The words on pages.
    pub const fn title(self) -> &'static str {
        match self {
            Self::First => "First class",
            Self::Second => "Second class",
            Self::SignedFor => "Signed for",
            Self::Special => "Special delivery",
            Self::Courier => "Courier",
            Self::ByHand => "By hand",
        }
    }

    /// The value in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::SignedFor => "signed_for",
            Self::Special => "special",
            Self::Courier => "courier",
            Self::ByHand => "by_hand",
        }
    }

    /// Reads a way from its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|how| how.key() == key)
    }

    /// Working days it is given to arrive: first class on the second day after posting (Civil
    /// Procedure Rules, rule 6.26), second class on the fourth.
    pub const fn days(self) -> u32 {
        match self {
            Self::First | Self::SignedFor => 2,
            Self::Second => 4,
            Self::Special | Self::Courier => 1,
            Self::ByHand => 0,
        }
    }
}

/// Where a posting stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Printed, waits to be posted.
    Printed,
    /// On its way or there.
    Posted(Posted),
    /// It came back: somebody has to see to it.
    Returned {
        /// How it went.
        posted: Posted,
        /// The day it came back.
        on: Date,
        /// What the post wrote on it, or what was found out.
        why: Personal<String>,
    },
    /// What came back was seen to, or it was never posted.
    Settled {
        /// The day.
        on: Date,
        /// What was done: sent again elsewhere, handed over, given up.
        what: Personal<String>,
    },
}

/// Proof of posting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The day.
    pub on: Date,
    /// How it went.
    pub how: How,
    /// Number of the proof of posting or of tracking; may be empty.
    pub proof: String,
    /// Who took it there.
    pub by: UserId,
}

impl Stage {
    /// The key in lists.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Posted(_) => "posted",
            Self::Returned { .. } => "returned",
            Self::Settled { .. } => "settled",
        }
    }

    /// The tag on pages.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Printed => "To be posted",
            Self::Posted(_) => "Posted",
            Self::Returned { .. } => "Came back",
            Self::Settled { .. } => "Settled",
        }
    }
}

/// The last day to post something so that it arrives in time: the day the rule itself names for
/// things that must have arrived, else the days of the way of the post before the due day.
/// Nothing is delivered on other days than working days. `None` while no due day is known.
pub fn send_by(deadline: &Deadline, how: How, calendar: &Calendar, division: Division) -> Option<Date> {
    let arrive = calendar.roll_back(division, deadline.due?.date());
    let by_way = Period::WorkingDays(how.days()).before(calendar, division, arrive);
    let by_way = calendar.roll_back(division, by_way);
    Some(deadline.send_by.map_or(by_way, |by_rule| by_rule.min(by_way)))
}

impl Posting {
    /// Records that it was posted.
    ///
    /// # Errors
    /// `REQ-004` unless it waits for that, `REQ-013` before it was printed, `DUTY-001` after today.
    pub fn post(mut self, posted: Posted, today: Date) -> Next {
        self.at("printed")?;
        Self::within(self.printed_on, posted.on, today)?;
        self.stage = Stage::Posted(posted);
        Ok(self)
    }

    /// Records that it came back.
    ///
    /// # Errors
    /// `REQ-004` unless it was posted, `REQ-013` before that, `DUTY-001` after today, `REQ-002` without a word.
    pub fn returned(mut self, on: Date, why: &str, today: Date) -> Next {
        let why = written(why)?;
        self.at("posted")?;
        let Stage::Posted(posted) = self.stage.clone() else { return Err(wrong(&self.stage)) };
        Self::within(posted.on, on, today)?;
        self.stage = Stage::Returned { posted, on, why: Personal::known(&self.subject, why) };
        Ok(self)
    }

    /// Records what was done about one that came back or was not posted.
    ///
    /// # Errors
    /// `REQ-004` when it is on its way or settled, `REQ-002` without a word.
    pub fn settle(mut self, what: &str, today: Date) -> Next {
        let what = written(what)?;
        if !matches!(self.stage, Stage::Printed | Stage::Returned { .. }) {
            return Err(wrong(&self.stage));
        }
        self.stage = Stage::Settled { on: today, what: Personal::known(&self.subject, what) };
        Ok(self)
    }

    fn at(&self, key: &str) -> Result<(), Refusal> {
        if self.stage.key() == key { Ok(()) } else { Err(wrong(&self.stage)) }
    }

    fn within(from: Date, on: Date, today: Date) -> Result<(), Refusal> {
        if on > today {
            return Err(Refusal::new(RefusalCode::DutyFuture, ""));
        }
        if on < from {
            Err(Refusal::new(RefusalCode::DateBeforeReceipt, "It cannot have happened before the step before it."))
        } else {
            Ok(())
        }
    }
}

fn wrong(stage: &Stage) -> Refusal {
    Refusal::new(RefusalCode::WrongState, format!("The letter is “{}”.", stage.title().to_lowercase()))
}

fn written(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { Err(Refusal::new(RefusalCode::ReasonNeeded, "")) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{Right, RightsClock};

    fn posting() -> Posting {
        let subject = SubjectId::new("s");
        Posting {
            facts: RecordFacts {
                id: RecordId::new("p"),
                reference: "POST-2026-0001".to_owned(),
                owner: None,
                assigned: Vec::new(),
                logged_by: UserId::new("u"),
                hold: false,
            },
            case: RecordId::new("r"),
            document: BlobId::new("b"),
            name: "reply.pdf".to_owned(),
            address: Personal::known(&subject, "Amelia Hart\n17 Orchard Rise".to_owned()),
            printed_on: date(2026, 11, 20),
            how: How::First,
            send_by: None,
            stage: Stage::Printed,
            subject,
        }
    }

    fn posted(on: Date) -> Posted {
        Posted { on, how: How::First, proof: "AB 1234 5678 9GB".to_owned(), by: UserId::new("u") }
    }

    fn deadline(received: Date) -> Deadline {
        RightsClock::new(Right::Access, received, Division::EnglandAndWales).deadline(&Calendar::embedded(), None, None).unwrap()
    }

    #[test]
    fn it_is_printed_posted_returned_and_settled_in_this_order_alone() {
        let today = date(2026, 11, 30);
        let on_its_way = posting().post(posted(date(2026, 11, 23)), today).unwrap();
        assert_eq!(on_its_way.clone().post(posted(today), today).unwrap_err().code, RefusalCode::WrongState);
        assert_eq!(on_its_way.clone().settle("x", today).unwrap_err().code, RefusalCode::WrongState);
        assert_eq!(posting().returned(today, "Gone away", today).unwrap_err().code, RefusalCode::WrongState);
        let back = on_its_way.returned(date(2026, 11, 28), "Gone away", today).unwrap();
        assert_eq!(back.stage.key(), "returned");
        let settled = back.settle("Sent again to the new address", today).unwrap();
        assert_eq!(settled.stage.key(), "settled");
        assert_eq!(settled.settle("x", today).unwrap_err().code, RefusalCode::WrongState);
        assert_eq!(posting().settle("Handed over instead", today).unwrap().stage.key(), "settled");
    }

    #[test]
    fn days_run_forwards_and_nothing_happens_tomorrow() {
        let today = date(2026, 11, 23);
        assert_eq!(posting().post(posted(date(2026, 11, 19)), today).unwrap_err().code, RefusalCode::DateBeforeReceipt);
        assert_eq!(posting().post(posted(date(2026, 11, 24)), today).unwrap_err().code, RefusalCode::DutyFuture);
        let on_its_way = posting().post(posted(today), today).unwrap();
        assert_eq!(on_its_way.clone().returned(date(2026, 11, 22), "x", today).unwrap_err().code, RefusalCode::DateBeforeReceipt);
        assert_eq!(on_its_way.returned(today, " ", today).unwrap_err().code, RefusalCode::ReasonNeeded);
    }

    #[test]
    fn the_day_to_post_counts_working_days_back_over_christmas() {
        // Received 27 November 2026: due Tuesday 29 December, after the holidays of 25 and 28 December.
        let due = deadline(date(2026, 11, 27));
        assert_eq!(due.due.unwrap().date(), date(2026, 12, 29));
        let by = |how| send_by(&due, how, &Calendar::embedded(), Division::EnglandAndWales).unwrap();
        assert_eq!(by(How::ByHand), date(2026, 12, 29));
        assert_eq!(by(How::Special), date(2026, 12, 24));
        assert_eq!(by(How::First), date(2026, 12, 23));
        assert_eq!(by(How::Second), date(2026, 12, 21));
    }

    #[test]
    fn the_day_that_the_rule_names_counts_when_it_is_earlier() {
        let rule = Deadline { send_by: Some(date(2026, 12, 1)), ..deadline(date(2026, 11, 27)) };
        assert_eq!(send_by(&rule, How::First, &Calendar::embedded(), Division::EnglandAndWales), Some(date(2026, 12, 1)));
        assert_eq!(send_by(&Deadline { due: None, ..rule }, How::First, &Calendar::embedded(), Division::EnglandAndWales), None);
    }

    proptest! {
        #[test]
        fn a_slower_way_never_leaves_later(days in 0_i64..2_000) {
            let due = deadline(date(2024, 1, 1).saturating_add(jiff::ToSpan::days(days)));
            let by = |how| send_by(&due, how, &Calendar::embedded(), Division::EnglandAndWales).unwrap();
            prop_assert!(by(How::Second) < by(How::First) && by(How::First) < by(How::Special) && by(How::Special) < by(How::ByHand));
            prop_assert!(by(How::ByHand) <= due.due.unwrap().date());
        }
    }
}
