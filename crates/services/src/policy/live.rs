//! The policy in force, followed in every process: the register of versions is looked at
//! before each use, and what was adopted elsewhere holds here from its first day.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::casework::policy_version::{Adoption, Entry, PackFile, PolicyVersion, Register};
use domain::ids::RecordId;
use domain::policy::Policy;
use jiff::civil::Date;
use store::ReadTx;

use super::save::{REGISTER, load_version, read_register};
use crate::error::Error;

/// One policy as it is in use.
#[derive(Debug, Clone, PartialEq)]
pub struct InForce {
    /// The record of the version; `None` for the pack that the installation was set up with.
    pub id: Option<RecordId>,
    /// Its reference, e.g. `POL-0002`; empty without a record.
    pub reference: String,
    /// The policy.
    pub policy: Arc<Policy>,
    /// The files it was read from.
    pub files: Arc<Vec<PackFile>>,
    /// From which day it holds, where a version was adopted here.
    pub effective: Option<Date>,
    /// Board, date, signatory and next review, where it was adopted here.
    pub adoption: Option<Adoption>,
}

impl InForce {
    /// What people call it, e.g. `version 2.1`.
    pub fn label(&self) -> String {
        let version = &self.policy.about().version;
        if version.is_empty() { self.policy.about().name.clone() } else { format!("version {version}") }
    }

    /// What readings and evidence name it by.
    pub fn key(&self) -> String {
        let about = self.policy.about();
        self.id.as_ref().map_or_else(|| format!("pack-{}-{}", about.name, about.version), ToString::to_string)
    }

    /// The day it was adopted, from its adoption here or from the pack.
    pub fn adopted_on(&self) -> Option<Date> {
        self.adoption.as_ref().map(|adoption| adoption.on).or(self.policy.about().adopted_on)
    }

    /// The day by which it is looked at again, as far as the board has set one.
    pub fn next_review(&self) -> Option<Date> {
        self.adoption.as_ref().map(|adoption| adoption.next_review).or(self.policy.about().next_review)
    }
}

/// The policies of an installation: the pack it was set up with, and what was adopted since.
#[derive(Debug)]
pub struct Policies {
    configured: Arc<InForce>,
    seen: Mutex<Seen>,
}

/// What was last read.
#[derive(Debug, Default)]
struct Seen {
    /// The version of the register's record.
    version: u64,
    register: Arc<Register>,
    parsed: BTreeMap<RecordId, Arc<InForce>>,
}

impl Policies {
    /// The policies of an installation that was set up with this pack and these files of it.
    pub fn new(policy: Policy, files: Vec<PackFile>) -> Self {
        let files = if files.is_empty() { vec![standing_on(&policy)] } else { files };
        let configured = InForce {
            id: None,
            reference: String::new(),
            effective: policy.about().in_force.or(policy.about().adopted_on),
            policy: Arc::new(policy),
            files: Arc::new(files),
            adoption: None,
        };
        Self { configured: Arc::new(configured), seen: Mutex::default() }
    }

    /// The pack that the installation was set up with.
    pub fn configured(&self) -> Arc<InForce> {
        Arc::clone(&self.configured)
    }

    /// The policy in force on a day. One row is read when nothing has changed.
    ///
    /// # Errors
    /// What the store reports; a stored version that no longer reads as a policy.
    pub fn on(&self, tx: &mut ReadTx<'_>, day: Date) -> Result<Arc<InForce>, Error> {
        let register = self.register(tx)?;
        match register.in_force(day) {
            None => Ok(self.configured()),
            Some(entry) => self.parsed(tx, entry),
        }
    }

    /// A version by its record, whether or not it is in force.
    ///
    /// # Errors
    /// As [`Policies::on`]; not found when there is no such version.
    pub fn version(&self, tx: &mut ReadTx<'_>, id: &RecordId) -> Result<Arc<InForce>, Error> {
        let register = self.register(tx)?;
        let entry = register.entries.iter().find(|entry| entry.id == *id).ok_or(Error::NotFound)?;
        self.parsed(tx, entry)
    }

    /// The register as it stands in this transaction.
    pub(super) fn register(&self, tx: &mut ReadTx<'_>) -> Result<Arc<Register>, Error> {
        let version = tx.record_head(REGISTER)?.map_or(0, |head| head.version);
        if let Some(register) = Some(self.seen()).filter(|seen| seen.version == version).map(|seen| Arc::clone(&seen.register)) {
            return Ok(register);
        }
        let register = Arc::new(read_register(tx)?.0);
        let mut seen = self.seen();
        seen.version = version;
        seen.register = Arc::clone(&register);
        Ok(register)
    }

    fn parsed(&self, tx: &mut ReadTx<'_>, entry: &Entry) -> Result<Arc<InForce>, Error> {
        // Drafts change; what was proposed or adopted has fixed files.
        let fixed = !matches!(entry.stage.as_str(), "draft" | "proposed" | "withdrawn");
        if fixed && let Some(known) = self.seen().parsed.get(&entry.id) {
            return Ok(Arc::clone(known));
        }
        let parsed = Arc::new(read(load_version(tx, &entry.id)?.0)?);
        if fixed {
            self.seen().parsed.insert(entry.id.clone(), Arc::clone(&parsed));
        }
        Ok(parsed)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stored version as a policy.
pub(super) fn read(version: PolicyVersion) -> Result<InForce, Error> {
    Ok(InForce {
        policy: Arc::new(version.policy()?),
        effective: version.stage.proposal().map(|proposal| proposal.effective),
        adoption: version.stage.adoption().cloned(),
        id: Some(version.facts.id),
        reference: version.facts.reference,
        files: Arc::new(version.files),
    })
}

/// The file of a pack that adds nothing of its own to a built-in one: where a first draft begins.
fn standing_on(policy: &Policy) -> PackFile {
    let about = policy.about();
    let text = format!(
        "# This policy stands on the built-in pack `{0}`. Write down here and in further files what differs.\n\
         name = \"own\"\ntitle = {1:?}\nversion = {2:?}\ninherits = \"{0}\"\n",
        about.name, about.title, about.version
    );
    PackFile { name: "pack.toml".to_owned(), text }
}
