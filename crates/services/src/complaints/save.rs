//! The one way a complaint is read, changed and saved.

use std::sync::Arc;

use domain::casework::ClockState;
use domain::casework::complaint::{Complaint, Due};
use domain::ids::RecordId;
use domain::people::{Actor, Verb, require};
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use store::{ReadTx, RecordHead, SaveRecord, SearchToken, WriteTx};

use crate::app::{App, end_of_day_us};
use crate::error::Error;
use crate::policy::clock_row;
use crate::ports::Failure;

/// The kind of record in lists.
pub const KIND: &str = "complaint";

/// A letter that comes with a change.
pub(super) struct LetterFile {
    pub(super) name: &'static str,
    pub(super) bytes: Vec<u8>,
}

/// A complaint as the program itself sees it, with its version.
pub(crate) fn current(tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Option<(Complaint, u64)>, Error> {
    let stored = tx.record_get(id.as_str())?.filter(|stored| stored.head.kind == KIND && stored.head.state != store::ERASED);
    stored
        .map(|stored| {
            let complaint = serde_json::from_value(stored.body).map_err(|error| Failure::because("reading a stored complaint", error))?;
            Ok((complaint, stored.version))
        })
        .transpose()
}

/// Loads a complaint the actor may `verb`. Missing, erased and forbidden look the same.
pub(super) fn load(tx: &mut ReadTx<'_>, actor: &Actor, id: &RecordId, verb: Verb) -> Result<(Complaint, u64), Error> {
    let (complaint, version) = current(tx, id)?.ok_or(Error::NotFound)?;
    require(actor, Verb::ComplaintSee, complaint.facts.relation(actor)).map_err(|_| Error::NotFound)?;
    require(actor, verb, complaint.facts.relation(actor))?;
    Ok((complaint, version))
}

impl App {
    /// The policy in force when a complaint was received: it keeps its rule.
    pub(super) fn complaint_policy(&self, tx: &mut ReadTx<'_>, complaint: &Complaint) -> Result<Arc<Policy>, Error> {
        Ok(Arc::clone(&self.policies.on(tx, complaint.received_on)?.policy))
    }

    /// The dates of a complaint.
    pub(crate) fn complaint_dates(&self, tx: &mut ReadTx<'_>, complaint: &Complaint) -> Result<Vec<Due>, Error> {
        let policy = self.complaint_policy(tx, complaint)?;
        Ok(complaint.dates(&policy, &self.calendar)?)
    }

    /// Changes a complaint: load, permission, rule, save, letters, in one transaction. `at` is
    /// the complaint and the version the person was looking at. Letters are set before it.
    pub(super) fn complaint_change(
        &self,
        actor: &Actor,
        at: (&RecordId, u64),
        verb: Verb,
        name: &'static str,
        rule: impl Fn(Complaint, &Policy, Date) -> Result<(Complaint, Vec<LetterFile>), Error>,
    ) -> Result<u64, Error> {
        let (id, expected) = at;
        let ((complaint, version), policy) = self.store.read(|tx| {
            let loaded = load(tx, actor, id, verb)?;
            let policy = self.complaint_policy(tx, &loaded.0)?;
            Ok::<_, Error>((loaded, policy))
        })?;
        if version != expected {
            return Err(Refusal::new(RefusalCode::Conflict, "").into());
        }
        let (complaint, letters) = rule(complaint, &policy, self.today())?;
        self.store.write(&self.origin(actor), |tx| {
            let version = self.complaint_save(tx, &complaint, expected, name)?;
            for letter in &letters {
                self.store.blob_put(
                    tx,
                    &store::NewBlob {
                        id: &self.ids.fresh(),
                        record: complaint.facts.id.as_str(),
                        subject: Some(complaint.subject.as_str()),
                        name: letter.name,
                        mime: "application/pdf",
                    },
                    &letter.bytes,
                )?;
            }
            Ok(version)
        })
    }

    /// Appends the next version with its head, clocks and search words.
    pub(crate) fn complaint_save(
        &self,
        tx: &mut WriteTx<'_>,
        complaint: &Complaint,
        expected: u64,
        name: &'static str,
    ) -> Result<u64, Error> {
        let dates = self.complaint_dates(tx, complaint)?;
        let mut due_us = None;
        let mut clocks = Vec::with_capacity(dates.len());
        for due in &dates {
            let state = complaint.state_of(due);
            if let ClockState::Running(day) = state {
                due_us = Some(due_us.map_or(end_of_day_us(day), |known: i64| known.min(end_of_day_us(day))));
            }
            clocks.push(clock_row(due.clock_name(), state, None));
        }
        let body = serde_json::to_value(complaint).map_err(|error| Failure::because("writing a complaint", error))?;
        let mut texts: Vec<&String> =
            complaint.complainant.get().map(|complainant| vec![&complainant.name, &complainant.email]).unwrap_or_default();
        texts.extend(complaint.on_behalf_of.as_ref().and_then(|name| name.get()));
        texts.retain(|text| !text.is_empty());
        let mut tokens: Vec<SearchToken<'_>> = texts.into_iter().map(|text| SearchToken::of(complaint.subject.as_str(), text)).collect();
        tokens.push(SearchToken::plain(&complaint.facts.reference));
        Ok(tx.record_save(SaveRecord {
            head: RecordHead {
                id: complaint.facts.id.to_string(),
                kind: KIND.to_owned(),
                reference: complaint.facts.reference.clone(),
                state: complaint.stage.key().to_owned(),
                owner: complaint.facts.owner.as_ref().map(ToString::to_string),
                due_us,
                hold: complaint.facts.hold,
            },
            body: &body,
            expected_version: expected,
            verb: name,
            reason: "casework",
            clocks: &clocks,
            tokens: &tokens,
        })?)
    }
}
