//! What can happen to a request. Each transition consumes the request and returns the
//! next one, or refuses with the rule.

use jiff::civil::Date;

use super::{
    Answering, Behalf, Burden, Capacity, Clarification, Evidence, Extension, ExtensionGround, Fee, FeeGround, FeeLine, FoundFile, Intake,
    PasswordTry, RefusalGround, Request, Search, SearchCounts, Stage,
};
use crate::calendar::Deadline;
use crate::ids::UserId;
use crate::personal::Personal;
use crate::rights::RequestKind;
use crate::{Refusal, RefusalCode};

pub(super) type Next = Result<Request, Refusal>;

pub(super) fn refuse<T>(code: RefusalCode, detail: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal::new(code, detail))
}

pub(super) fn written(text: &str, code: RefusalCode) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() { refuse(code, "") } else { Ok(text.to_owned()) }
}

impl Request {
    /// Receives a request. Any channel, any wording, any member of staff: the clock runs
    /// from the day it reached anyone, never from the day it is recorded.
    ///
    /// # Errors
    /// `REQ-019` when it would have been received after today.
    pub fn receive(intake: Intake) -> Next {
        if intake.received_on > intake.logged_on {
            return refuse(RefusalCode::DateAhead, "It cannot have been received after today.");
        }
        let subject = intake.subject;
        Ok(Self {
            facts: intake.facts,
            kind: RequestKind::of(intake.right),
            right: intake.right,
            person: Personal::known(&subject, intake.person),
            behalf: intake.behalf,
            channel: intake.channel,
            received_on: intake.received_on,
            received_by: Personal::known(&subject, intake.received_by),
            words: Personal::known(&subject, intake.words),
            logged_on: intake.logged_on,
            division: intake.division,
            acknowledged_on: None,
            identity: None,
            authority: None,
            authority_check: None,
            authority_fault: None,
            confidential: None,
            fee: None,
            clarifications: Vec::new(),
            extension: None,
            search: None,
            prepared_by: None,
            approval: None,
            hands: Vec::new(),
            unsigned: None,
            refusing: None,
            letter: None,
            policy: None,
            answer: Answering::default(),
            sendings: Vec::new(),
            supplements: Vec::new(),
            exemptions: Vec::new(),
            health_question: false,
            burden: None,
            told: Vec::new(),
            received_at: None,
            linked: Vec::new(),
            marks: Vec::new(),
            classes: Vec::new(),
            decided: None,
            actions: Vec::new(),
            stage: Stage::Open,
            subject,
        })
    }

    pub(super) fn live(self) -> Next {
        if self.stage.is_live() {
            Ok(self)
        } else {
            refuse(RefusalCode::WrongState, format!("It is {}.", Stage::title_of(self.stage.key()).to_lowercase()))
        }
    }

    pub(super) fn at(self, keys: &[&str]) -> Next {
        if keys.contains(&self.stage.key()) {
            Ok(self)
        } else {
            refuse(RefusalCode::WrongState, format!("It is {}.", Stage::title_of(self.stage.key()).to_lowercase()))
        }
    }

    pub(super) fn not_before_receipt(self, on: Date) -> Next {
        if on < self.received_on { refuse(RefusalCode::DateBeforeReceipt, "") } else { Ok(self) }
    }

    /// Nothing that is recorded as done was done after today.
    pub(super) fn not_ahead(self, on: Date, today: Date) -> Next {
        if on > today { refuse(RefusalCode::DateAhead, format!("It says {}.", crate::calendar::short_date(on))) } else { Ok(self) }
    }

    pub(super) fn own<T>(&self, value: T) -> Personal<T> {
        Personal::known(&self.subject, value)
    }

    /// Puts somebody in charge, or lets them help. Whoever was in charge before still has access.
    ///
    /// # Errors
    /// `REQ-004` when it has ended, or they are what they would become already.
    pub fn assign(self, to: UserId, in_charge: bool) -> Next {
        let mut next = self.live()?;
        let facts = &mut next.facts;
        if facts.owner.as_ref() == Some(&to) || (!in_charge && facts.assigned.contains(&to)) {
            return refuse(RefusalCode::WrongState, "It is assigned to them already.");
        }
        if in_charge
            && let Some(before) = facts.owner.replace(to.clone())
            && !facts.assigned.contains(&before)
        {
            facts.assigned.push(before);
        }
        if !facts.assigned.contains(&to) {
            facts.assigned.push(to);
        }
        Ok(next)
    }

    /// Records that the acknowledgement went out.
    pub fn acknowledge(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.acknowledged_on.is_some() {
            return refuse(RefusalCode::WrongState, "It has been acknowledged already.");
        }
        next.acknowledged_on = Some(on);
        Ok(next)
    }

    /// Asks for proof of identity. Only on a written doubt (Article 12(6); clause TURN-90).
    pub fn ask_identity(self, doubt: &str, on: Date) -> Next {
        let doubt = written(doubt, RefusalCode::DoubtNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.identity.as_ref().is_some_and(|evidence| evidence.relied_on && evidence.received.is_none()) {
            return refuse(RefusalCode::WrongState, "Proof of identity is outstanding already.");
        }
        next.identity = Some(Evidence { doubt: next.own(doubt), asked: on, received: None, seen: None, relied_on: true, check: None });
        Ok(next)
    }

    /// Records that proof of identity came and what was seen. `on` is the day it came.
    ///
    /// # Errors
    /// `REQ-019` for a day after `today`, `REQ-013` for one before it was asked for.
    pub(super) fn identity_received(self, seen: &str, on: Date, today: Date) -> Next {
        let seen = written(seen, RefusalCode::ReasonNeeded)?;
        let next = self.live()?.not_ahead(on, today)?;
        let seen = next.own(seen);
        Self::evidence_received(next, seen, on)
    }

    /// Records that the identity question is not relied on: it never moved the clock.
    pub fn identity_not_relied_on(self) -> Next {
        let mut next = self.live()?;
        match next.identity.as_mut() {
            Some(evidence) => evidence.relied_on = false,
            None => return refuse(RefusalCode::WrongState, "Identity was not asked for."),
        }
        Ok(next)
    }

    /// Asks for proof of authority to act for the data subject.
    pub fn ask_authority(self, doubt: &str, on: Date) -> Next {
        let doubt = written(doubt, RefusalCode::DoubtNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if matches!(next.behalf, Behalf::Themselves) {
            return refuse(RefusalCode::WrongState, "The person asks for themselves.");
        }
        next.authority = Some(Evidence { doubt: next.own(doubt), asked: on, received: None, seen: None, relied_on: true, check: None });
        Ok(next)
    }

    fn evidence_received(mut next: Self, seen: Personal<String>, on: Date) -> Next {
        match next.identity.as_mut() {
            Some(evidence) if evidence.received.is_none() => {
                if on < evidence.asked {
                    return refuse(RefusalCode::DateBeforeReceipt, "It cannot have come before it was asked for.");
                }
                evidence.received = Some(on);
                evidence.seen = Some(seen);
                Ok(next)
            }
            _ => refuse(RefusalCode::WrongState, "Nothing of the kind is outstanding."),
        }
    }

    /// Records the judgement of a child's understanding (clauses TURN-87 to TURN-89).
    /// `on` is today.
    ///
    /// # Errors
    /// `REQ-019` when the child would agree on a day that has not come.
    pub fn judge_capacity(self, understands: bool, by: UserId, reasons: &str, on: Date, consent_on: Option<Date>) -> Next {
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_ahead(consent_on.unwrap_or(on), on)?;
        let reasons = next.own(reasons);
        match &mut next.behalf {
            Behalf::Child { capacity, .. } => *capacity = Some(Capacity { understands, by, on, reasons, consent_on, view: None }),
            Behalf::Themselves | Behalf::Agent { .. } => return refuse(RefusalCode::WrongState, "Nobody asks for a child here."),
        }
        Ok(next)
    }

    /// Adds what the child said to the judgement just made.
    #[must_use]
    pub fn with_child_view(mut self, view: &str) -> Self {
        let said = Some(view.trim()).filter(|view| !view.is_empty()).map(|view| self.own(view.to_owned()));
        if let Behalf::Child { capacity: Some(capacity), .. } = &mut self.behalf {
            capacity.view = said;
        }
        self
    }

    /// Asks what the person wants. Pauses the clock, for access requests only.
    pub fn clarify(self, question: &str, on: Date) -> Next {
        let question = written(question, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if !next.kind.pauses() {
            return refuse(RefusalCode::PauseNotAllowed, "");
        }
        if next.open_clarification().is_some() {
            return refuse(RefusalCode::ClarificationOpen, "");
        }
        next.clarifications.push(Clarification { question: next.own(question), asked: on, answer: None, answered: None });
        Ok(next)
    }

    /// Records the answer that came on a day: the clock runs on from the day after.
    ///
    /// # Errors
    /// `REQ-019` for a day after `today`, `DATE-007` for one before the question.
    pub fn clarified(self, answer: &str, on: Date, today: Date) -> Next {
        let answer = written(answer, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_ahead(on, today)?;
        let answer = next.own(answer);
        match next.clarifications.last_mut() {
            Some(open) if open.answered.is_none() => {
                if on < open.asked {
                    return refuse(RefusalCode::PauseBackwards, "");
                }
                open.answer = Some(answer);
                open.answered = Some(on);
                Ok(next)
            }
            _ => refuse(RefusalCode::NoClarificationOpen, ""),
        }
    }

    /// The clarification that waits for an answer.
    pub fn open_clarification(&self) -> Option<&Clarification> {
        self.clarifications.last().filter(|clarification| clarification.answered.is_none())
    }

    /// Extends the time by two further months, once, by a notice inside the first month
    /// (Article 12A(3)-(4); clauses TURN-94, TURN-95). `now` is the deadline as it stands.
    pub fn extend(self, ground: ExtensionGround, reasons: &str, on: Date, now: &Deadline) -> Next {
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if next.extension.is_some() {
            return refuse(RefusalCode::AlreadyExtended, "");
        }
        if let Some(last) = now.notice_last
            && on > last
        {
            return refuse(RefusalCode::ExtensionLate, format!("The last day for the notice was {}.", crate::calendar::short_date(last)));
        }
        next.extension = Some(Extension { ground, reasons: next.own(reasons), notice_on: on });
        Ok(next)
    }

    /// Asks for a fee. `ground` is `None` when staff simply ask for money: refused
    /// (Article 12(5); clauses TURN-93, CPO-118 superseded). `signs` show that the request is
    /// manifestly unfounded or excessive; `lines` are what the amount is made up of.
    ///
    /// # Errors
    /// `REQ-008` without a ground, `REQ-017` when the signs do not show it, `REQ-018` without
    /// an itemised amount.
    pub fn charge(self, ground: Option<FeeGround>, reasons: &str, signs: &[String], lines: Vec<FeeLine>, on: Date) -> Next {
        let Some(ground) = ground else { return refuse(RefusalCode::FeeRefused, "") };
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?.not_before_receipt(on)?;
        if let Some(burden) = ground.burden() {
            next = next.judge_burden(burden, signs, &reasons)?;
        }
        if lines.is_empty() || lines.iter().any(|line| line.what.trim().is_empty() || line.pence == 0) {
            return refuse(RefusalCode::FeeNotItemised, "");
        }
        next.fee = Some(Fee { ground, reasons: next.own(reasons), lines, asked: on, paid: None });
        Ok(next)
    }

    /// Records that the fee was paid: the time begins on that day (Article 12A(2)(c)).
    ///
    /// # Errors
    /// `REQ-019` for a day after `today`, `REQ-013` for one before it was asked for.
    pub fn fee_paid(self, on: Date, today: Date) -> Next {
        let mut next = self.live()?.not_ahead(on, today)?;
        match next.fee.as_mut() {
            Some(fee) if fee.paid.is_none() && on >= fee.asked => fee.paid = Some(on),
            Some(fee) if fee.paid.is_none() => {
                return refuse(RefusalCode::DateBeforeReceipt, "It cannot have been paid before it was asked for.");
            }
            _ => return refuse(RefusalCode::WrongState, "No fee is outstanding."),
        }
        Ok(next)
    }

    /// Writes down what shows that the request is manifestly unfounded or excessive.
    ///
    /// # Errors
    /// `REQ-017` when none of the signs speaks for the ground.
    pub fn judge_burden(self, ground: RefusalGround, signs: &[String], reasons: &str) -> Next {
        let shown = super::show(ground, signs)?;
        let reasons = written(reasons, RefusalCode::ReasonNeeded)?;
        let mut next = self.live()?;
        let signs = shown.iter().map(|sign| sign.key.to_owned()).collect();
        next.burden = Some(Burden { ground, signs, reasons: next.own(reasons) });
        Ok(next)
    }

    /// Begins the search in the named places.
    pub fn search(self, places: Vec<String>, not_searched: Vec<String>, on: Date) -> Next {
        let mut next = self.live()?.at(&["open", "review"])?.not_before_receipt(on)?;
        if !next.kind.searches() {
            return refuse(RefusalCode::NotThisRight, "");
        }
        if places.is_empty() {
            return refuse(RefusalCode::SourceUnreadable, "No place to search was named.");
        }
        if next.person.get().is_none_or(super::Person::is_empty) {
            return refuse(RefusalCode::PersonNoIdentifier, "");
        }
        let Search { by_hand, passwords, .. } = next.search.take().unwrap_or_default();
        let mut places = places;
        for found in &by_hand {
            if !places.contains(&found.place) {
                places.push(found.place.clone());
            }
        }
        next.search = Some(Search { started_on: Some(on), places, not_searched, by_hand, passwords, ..Search::default() });
        // A new search numbers the items anew: what went out is found and decided again.
        next.sendings.iter_mut().for_each(|sending| sending.items.clear());
        next.stage = Stage::Searching;
        Ok(next)
    }

    /// Keeps scans and copies of what a person found by hand: before the search, which reads them, or during the
    /// review, which they join.
    pub fn found_by_hand(self, files: Vec<FoundFile>) -> Next {
        let mut next = self.live()?;
        match next.stage {
            Stage::Open | Stage::Review => {}
            Stage::Searching => {
                return refuse(RefusalCode::WrongState, "Probity is searching just now. Add the files when it has finished.");
            }
            _ => return refuse(RefusalCode::WrongState, "The review is finished. Reopen it, then add what was found."),
        }
        if !next.kind.searches() {
            return refuse(RefusalCode::NotThisRight, "");
        }
        let search = next.search.get_or_insert_default();
        for found in files {
            if !search.places.contains(&found.place) {
                search.places.push(found.place.clone());
            }
            search.by_hand.push(found);
        }
        Ok(next)
    }

    /// Records the result of the search; people can now decide.
    pub fn searched(self, counts: SearchCounts) -> Next {
        let mut next = self.at(&["searching"])?;
        if let Some(search) = next.search.as_mut() {
            search.met = counts.met;
            search.found = counts.found;
            search.unreadable = counts.unreadable;
            search.left_out = counts.left_out;
        }
        next.stage = Stage::Review;
        Ok(next)
    }

    /// Records what came of passwords for items that nobody could open: what they opened has joined the review.
    pub fn passwords_tried(self, tried: PasswordTry) -> Next {
        let mut next = self.at(&["review"])?;
        if let Some(search) = next.search.as_mut() {
            search.found += tried.found;
            search.unreadable = search.unreadable.saturating_sub(tried.opened) + tried.unreadable;
            search.passwords.push(tried);
        }
        Ok(next)
    }

    /// The search did not finish; it can be begun again.
    pub fn search_failed(self) -> Next {
        let mut next = self.at(&["searching"])?;
        next.stage = Stage::Open;
        Ok(next)
    }

    /// Finishes the review. Everything must be decided.
    pub fn prepare(self, by: UserId, undecided: u64) -> Next {
        let mut next = self.at(&["review"])?;
        if undecided > 0 {
            return refuse(RefusalCode::ReviewIncomplete, format!("{undecided} are left."));
        }
        next.wait_for_sign_off(by);
        Ok(next)
    }

    /// Sends the reply. Nothing goes out while identity or authority is outstanding, or
    /// to somebody else without the child's capacity and consent (clauses TURN-86, TURN-87).
    /// A first part goes out the same way; the review then goes on. `items` are the numbers
    /// of the review items in it.
    pub fn reply(self, items: Vec<u64>, on: Date) -> Next {
        let next = self.live()?.not_refusing()?;
        if next.stage != Stage::Approved {
            return refuse(RefusalCode::NotApproved, "");
        }
        next.may_release(on)?;
        Ok(next.sent(items, on))
    }

    /// The person took the request back. What an objection restricted meanwhile is lifted by somebody
    /// here, after telling the person (Article 18(3)).
    pub fn withdraw(self, on: Date) -> Next {
        let mut next = self.live()?.not_before_receipt(on)?;
        next.refusing = None;
        next.end_restriction(on);
        next.stage = Stage::Withdrawn { on };
        Ok(next)
    }

    /// Closes a finished request.
    pub fn close(self, on: Date) -> Next {
        let mut next = self.at(&["replied", "refused", "withdrawn"])?;
        let open = next.open_actions().count();
        if open > 0 {
            return refuse(RefusalCode::ActionOpen, if open == 1 { "One is left.".to_owned() } else { format!("{open} are left.") });
        }
        next.stage = Stage::Closed { on, outcome: next.stage.key().to_owned() };
        Ok(next)
    }
}
