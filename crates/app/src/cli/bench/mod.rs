//! `probity bench` (hidden): the measurements behind `cargo xtask bench`. Each prints
//! JSON lines `{"name","value","unit"}`.

mod commands;
mod extract;
mod fuzz;
mod life;
mod portal;
mod recall;
mod register;
mod retention;
mod review_pages;
mod reviewers;
mod text;

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::outcome::Ending;

/// What is measured.
#[derive(Debug, Subcommand)]
pub(crate) enum BenchCommand {
    /// Commands a second with every write synced.
    Commands {
        /// `sqlite`, or a `postgres://` URL of a database made for this.
        #[arg(long, default_value = "sqlite")]
        engine: String,
    },
    /// A register of many requests, served until killed.
    Serve {
        /// How many requests.
        #[arg(long, default_value_t = 100_000)]
        requests: u64,
        /// Folder for the installation; used again when it is there.
        #[arg(long)]
        data: PathBuf,
    },
    /// Personal data detection.
    Detect,
    /// Burning and reading back.
    Burn,
    /// Every file of a folder through the confined reader, by format: what was found, what was
    /// refused and why, what it cost.
    Extract {
        /// The folder, with everything below it.
        #[arg(long)]
        data: PathBuf,
        /// A line for each file as well.
        #[arg(long)]
        files: bool,
        /// With the texts that were found, to be compared with those of another program.
        #[arg(long)]
        texts: bool,
        /// With what a message carries: paths, sizes and SHA-256.
        #[arg(long)]
        carried: bool,
        /// Letters in pictures and scanned pages as well, where Tesseract is installed.
        #[arg(long)]
        ocr: bool,
    },
    /// Spoilt inputs through every parser.
    Fuzz(fuzz::FuzzArgs),
    /// Checking versions.
    Verify,
    /// Two years of an organisation's life under its pack, drawn from a seed.
    Life(life::LifeArgs),
    /// A review by many people at once, through the use cases as the pages call them.
    Reviewers {
        /// How many people decide at the same time.
        #[arg(long, default_value_t = 20)]
        reviewers: usize,
        /// How many items there are.
        #[arg(long, default_value_t = 5_000)]
        items: u64,
        /// `sqlite`, or a `postgres://` URL of a database made for this.
        #[arg(long, default_value = "sqlite")]
        engine: String,
        /// The figures as JSON lines, which is what is always printed.
        #[arg(long)]
        json: bool,
    },
    /// The pages of a large review: processor time of each.
    ReviewPages {
        /// How many items there are.
        #[arg(long, default_value_t = 5_000)]
        items: u64,
        /// `sqlite`, or a `postgres://` URL of a database made for this.
        #[arg(long, default_value = "sqlite")]
        engine: String,
    },
    /// The public pages for people who are known and unknown, in turn: the same bytes, as fast.
    Portal,
    /// Evaluating retention rules over tables made on the fly.
    Retention {
        /// How many holdings in the long run.
        #[arg(long, default_value_t = 10_000_000)]
        rows: u64,
    },
    /// Plants items about a person among much else, for checks by hand: `places/`,
    /// `request.eml`, `person.toml`, `expected.json`.
    Plant {
        /// Which people and words.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// How many messages concern nobody.
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
    },
    /// Mentions of invented people planted among real messages and documents: how many are found, what else comes with them,
    /// how often each kind of evidence is right.
    Recall(recall::RecallArgs),
    /// Makes a Maildir of invented mail.
    Mailbox {
        /// How many messages.
        #[arg(long, default_value_t = 10_000)]
        messages: usize,
        /// Where to.
        #[arg(long)]
        out: PathBuf,
    },
}

pub(crate) fn run(command: BenchCommand, out: &mut dyn Write) -> Result<(), Ending> {
    match command {
        BenchCommand::Commands { engine } => commands::commands(&engine, out),
        BenchCommand::Fuzz(args) => fuzz::fuzz(&args, out),
        BenchCommand::Verify => commands::verify(out),
        BenchCommand::Serve { requests, data } => register::serve(requests, &data, out),
        BenchCommand::Detect => text::detect(out),
        BenchCommand::Extract { data, files, texts, carried, ocr } => {
            extract::extract(&data, extract::Shown { files: files || texts || carried, texts, carried }, ocr, out)
        }
        BenchCommand::Burn => text::burn(out),
        BenchCommand::Life(args) => life::life(&args, out),
        BenchCommand::Reviewers { reviewers, items, engine, json: _ } => reviewers::reviewers(reviewers, items, &engine, out),
        BenchCommand::ReviewPages { items, engine } => review_pages::review_pages(items, &engine, out),
        BenchCommand::Portal => portal::portal(out),
        BenchCommand::Retention { rows } => retention::sweep(rows, out),
        BenchCommand::Plant { seed, messages, out: folder } => text::plant(seed, messages, &folder),
        BenchCommand::Recall(args) => recall::recall(&args, out),
        BenchCommand::Mailbox { messages, out: folder } => text::mailbox(messages, &folder),
    }
}

fn figure(out: &mut dyn Write, name: &str, value: f64, unit: &str) -> Result<(), Ending> {
    writeln!(out, "{}", serde_json::json!({ "name": name, "value": value, "unit": unit }))?;
    Ok(())
}
