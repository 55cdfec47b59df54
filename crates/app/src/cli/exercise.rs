//! `probity exercise` (hidden): a mixed workload that prints one line for every
//! acknowledged write, for the tests that kill it at random moments, and the check of
//! what must then still be there.

use std::io::{BufRead, Write};
use std::path::PathBuf;

use clap::Args;
use domain::casework::request::{Channel, Person};
use domain::ids::{RecordId, UserId};
use domain::people::{Actor, Role, Standing};
use serde::{Deserialize, Serialize};
use services::{App, requests};
use store::NewBlob;

use super::outcome::Ending;
use crate::wiring::installation::Installation;

/// Arguments of `exercise`.
#[derive(Debug, Args)]
pub(crate) struct ExerciseArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Which of many workloads.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many operations; killed before that, normally.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// Check the acknowledged lines in this file instead of working.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Record a request, let it be withdrawn, print its reference.
    #[arg(long)]
    finish: bool,
    /// Print the stored body of a request.
    #[arg(long, value_name = "REFERENCE")]
    show: Option<String>,
}

/// One acknowledged write.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "done", rename_all = "snake_case")]
enum Ack {
    /// A record reached a version.
    Saved { id: String, version: u64 },
    /// A file was stored.
    Stored { record: String, blob: String, size: u64 },
    /// A subject was erased.
    Erased { record: String, subject: String },
}

fn actor() -> Actor {
    Actor { user: UserId::new("exercise"), name: "exercise".into(), roles: vec![Role::Lead, Role::Approver], standing: Standing::Active }
}

pub(crate) fn run(args: &ExerciseArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let app = Installation::load(&args.data)?.open()?;
    if args.finish {
        let (id, reference) = requests::receive(&app, &actor(), form(&app, 0))?;
        requests::withdraw(&app, &actor(), &id, 1)?;
        writeln!(out, "{reference}")?;
        return Ok(());
    }
    if let Some(reference) = &args.show {
        let body = app.store.read(|tx| {
            let id = tx.record_by_reference(requests::KIND, reference)?.unwrap_or_default();
            Ok::<_, store::Error>(tx.record_get(&id)?.map(|stored| stored.body))
        })?;
        writeln!(out, "{}", body.unwrap_or_default())?;
        return Ok(());
    }
    match &args.check {
        Some(path) => check(&app, path, out),
        None => work(&app, args, out),
    }
}

/// SplitMix64: a workload must be the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }
}

fn work(app: &App, args: &ExerciseArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let mut dice = Dice(args.seed);
    let mut live: Vec<(RecordId, u64)> = Vec::new();
    let actor = actor();
    for n in 0..args.count {
        let pick = usize::try_from(dice.roll(live.len().max(1) as u64)).unwrap_or(0);
        let known = live.get(pick).cloned();
        let ack = match (dice.roll(10), known) {
            (0..=3, _) | (_, None) => {
                let (id, _) = requests::receive(app, &actor, form(app, n))?;
                live.push((id.clone(), 1));
                Ack::Saved { id: id.to_string(), version: 1 }
            }
            (4..=6, Some((id, version))) => {
                let version = requests::set_answer(app, &actor, &id, version, &requests::AnswerForm::default())?;
                if let Some(entry) = live.get_mut(pick) {
                    entry.1 = version;
                }
                Ack::Saved { id: id.to_string(), version }
            }
            (7..=8, Some((id, _))) => store_file(app, &actor, &id, 1 + dice.roll(200_000))?,
            (_, Some((id, version))) => {
                let ack = if dice.roll(2) == 0 {
                    Ack::Saved { id: id.to_string(), version: requests::withdraw(app, &actor, &id, version)? }
                } else {
                    erase(app, &actor, &id)?
                };
                live.swap_remove(pick);
                ack
            }
        };
        serde_json::to_writer(&mut *out, &ack)?;
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}

fn form(app: &App, n: u64) -> requests::ReceiveForm {
    requests::ReceiveForm {
        channel: Channel::Phone,
        received_on: app.today(),
        received_by: "front desk".to_owned(),
        words: format!("request number {n}: everything you hold about me"),
        person: Person { names: vec![format!("Canary Person{n}")], ..Person::default() },
        on_behalf: None,
    }
}

fn store_file(app: &App, actor: &Actor, id: &RecordId, size: u64) -> Result<Ack, Ending> {
    let bytes: Vec<u8> = (0..size).map(|at| (at % 251) as u8).collect();
    let blob = services::ports::Ids::fresh(&crate::wiring::FreshIds);
    app.store.write(&app.origin(actor), |tx| {
        app.store.blob_put(
            tx,
            &NewBlob { id: &blob, record: id.as_str(), subject: None, name: "file.bin", mime: "application/octet-stream" },
            &bytes,
        )
    })?;
    Ok(Ack::Stored { record: id.to_string(), blob, size })
}

fn erase(app: &App, actor: &Actor, id: &RecordId) -> Result<Ack, Ending> {
    let subject = requests::see(app, actor, id)?.request.subject;
    app.store.write(&app.origin(actor), |tx| tx.subject_erase(subject.as_str(), "exercise").map(drop))?;
    Ok(Ack::Erased { record: id.to_string(), subject: subject.to_string() })
}

/// Every acknowledged write is there, and what was erased stays erased.
fn check(app: &App, path: &PathBuf, out: &mut dyn Write) -> Result<(), Ending> {
    let file = std::fs::File::open(path)?;
    let (mut checked, mut lost) = (0_u64, 0_u64);
    for line in std::io::BufReader::new(file).lines() {
        // The last line may have been cut off by the kill: it was never read as an acknowledgement.
        let Ok(ack) = serde_json::from_str::<Ack>(&line?) else { continue };
        checked += 1;
        let kept = app.store.read(|tx| {
            Ok::<_, store::Error>(match &ack {
                Ack::Saved { id, version } => tx.record_get(id)?.is_some_and(|stored| stored.version >= *version),
                Ack::Stored { record, blob, size } => tx.blob_list(record)?.iter().any(|meta| meta.id == *blob && meta.size_bytes == *size),
                Ack::Erased { subject, record } => {
                    let gone = tx.subject_state(subject)? == Some(store::SubjectState::Erased);
                    let body = tx.record_get(record)?.map(|stored| stored.body.to_string()).unwrap_or_default();
                    gone && !body.contains("Canary")
                }
            })
        })?;
        if !kept {
            lost += 1;
        }
    }
    writeln!(out, "{}", serde_json::json!({ "checked": checked, "lost": lost }))?;
    Ok(())
}
