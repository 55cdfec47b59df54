//! Commands a second, and versions checked a second.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use domain::casework::request::{Channel, Person};
use domain::ids::UserId;
use domain::people::{Actor, Role, Standing};
use services::{App, requests};

use super::figure;
use crate::cli::outcome::Ending;
use crate::wiring::installation::{Config, Installation, Ocr, english};

/// Commands that are measured.
const COMMANDS: usize = 600;

pub(super) fn lead() -> Actor {
    Actor { user: UserId::new("bench"), name: "bench".into(), roles: vec![Role::Lead], standing: Standing::Active }
}

pub(super) fn form(app: &App, n: u64) -> requests::ReceiveForm {
    requests::ReceiveForm {
        channel: Channel::Email,
        received_on: app.today(),
        received_by: "office".to_owned(),
        words: "everything you hold about me, please".to_owned(),
        person: Person { names: vec![format!("Test Person{n}")], emails: vec![format!("person{n}@mail.example")], ..Person::default() },
        on_behalf: None,
    }
}

pub(super) fn installation(folder: &Path, database: &str) -> Result<Installation, Ending> {
    let config = Config {
        org: "bench".to_owned(),
        pack: "childrens-education-cic".to_owned(),
        database: database.to_owned(),
        second_person: true,
        mail: None,
        bank_holidays: None,
        ocr: Ocr::default(),
        ocr_language: english(),
        place: Vec::new(),
    };
    if folder.join(crate::wiring::installation::FILE).exists() { Installation::load(folder) } else { Installation::create(folder, config) }
}

/// A mixed workload of receiving and changing requests, one after another.
pub(super) fn commands(engine: &str, out: &mut dyn Write) -> Result<(), Ending> {
    let folder = tempfile_dir()?;
    let database = if engine == "sqlite" { "" } else { engine };
    let name = if database.is_empty() { "sqlite" } else { "postgres" };
    let app = installation(&folder, database)?.open()?;
    let actor = lead();
    let mut times = Vec::with_capacity(COMMANDS);
    let mut last = None;
    let began = Instant::now();
    for n in 0..COMMANDS {
        let one = Instant::now();
        last = match (n % 2, last) {
            (1, Some(id)) => {
                requests::set_answer(&app, &actor, &id, 1, &requests::AnswerForm::default())?;
                None
            }
            _ => Some(requests::receive(&app, &actor, form(&app, n as u64))?.0),
        };
        times.push(one.elapsed().as_secs_f64() * 1000.0);
    }
    let seconds = began.elapsed().as_secs_f64();
    times.sort_by(f64::total_cmp);
    figure(out, &format!("commands {name}"), COMMANDS as f64 / seconds, "commands/s")?;
    figure(out, &format!("commands p95 {name}"), times.get(COMMANDS * 95 / 100).copied().unwrap_or_default(), "ms")?;
    drop(app);
    std::fs::remove_dir_all(&folder).context("removing the bench folder")?;
    Ok(())
}

/// Versions checked a second, over a register made for it.
pub(super) fn verify(out: &mut dyn Write) -> Result<(), Ending> {
    let folder = tempfile_dir()?;
    let installation = installation(&folder, "")?;
    let app = installation.open()?;
    super::register::fill(&app, 5_000)?;
    drop(app);
    let config = installation.store_config();
    let verifier_key =
        std::fs::read_to_string(config.keys_dir.join(format!("log-{}.vkey", config.org))).context("reading the log's key")?;
    let began = Instant::now();
    let report = store::verify(&store::VerifyConfig {
        url: config.url,
        data_dir: config.data_dir,
        org: config.org,
        verifier_key: verifier_key.trim().to_owned(),
        checkpoint: None,
    });
    let seconds = began.elapsed().as_secs_f64();
    if !report.ok {
        return Err(anyhow::anyhow!("the bench's own register does not verify").into());
    }
    figure(out, "verify", report.versions as f64 / seconds, "versions/s")?;
    std::fs::remove_dir_all(&folder).context("removing the bench folder")?;
    Ok(())
}

/// A fresh folder for one bench.
pub(super) fn tempfile_dir() -> Result<std::path::PathBuf, Ending> {
    let folder = std::env::temp_dir().join(format!(
        "probity-bench-{}-{}",
        std::process::id(),
        services::ports::Ids::fresh(&crate::wiring::FreshIds)
    ));
    crate::wiring::installation::private_folder(&folder)?;
    Ok(folder.join("installation"))
}
