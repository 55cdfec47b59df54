//! `probity retention sweep`: a table of holdings in, a line for each out, streaming.

mod bad;
mod columns;
mod lines;
mod mapping;
mod row;
mod summary;
mod table;

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use domain::retention::{Day, Schedule, State};
use domain::{Refusal, RefusalCode};
use indicatif::{ProgressBar, ProgressStyle};

use super::super::{inputs, outcome::Ending};
use columns::Columns;
use lines::Lines;
use mapping::Mapping;
use row::Rows;
pub(crate) use summary::Summary;
use table::Table;

/// Arguments of `retention sweep`.
#[derive(Debug, Args)]
pub(crate) struct SweepArgs {
    /// The table: a CSV file, or `-` for standard input.
    #[arg(long, value_name = "FILE")]
    holdings: PathBuf,
    /// The policy pack, by name or folder.
    #[arg(long)]
    pack: String,
    /// The day asked about; today when left out.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Which column holds which fact (TOML).
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Write the mapping that was used, for next time. An existing file is not overwritten.
    #[arg(long, value_name = "FILE")]
    save_mapping: Option<PathBuf>,
    /// Write the rows that cannot be evaluated to a file of their own (CSV).
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Show rows that are not due too; JSON always has every row.
    #[arg(long)]
    all: bool,
    /// Print JSON lines.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// How a sweep is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printing {
    /// JSON lines, or a line for a person.
    pub(crate) json: bool,
    /// Rows that are not due too.
    pub(crate) all: bool,
}

/// Rows between two signs of progress.
const STRIDE: u64 = 1 << 16;

/// Sweeps a table.
pub(super) fn run(args: &SweepArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let schedule = Schedule::compile(&inputs::pack(&args.pack)?);
    let on = super::on(args.on.as_deref())?;
    let mapping = args.mapping.as_deref().map(Mapping::read).transpose()?;
    let bar = bar(&args.holdings);
    let mut table = Table::open(&args.holdings, mapping.as_ref().and_then(Mapping::delimiter))?;
    let columns = Columns::resolve(&table, mapping.as_ref(), &schedule)?;
    for note in columns.notes() {
        say(note);
    }
    if let Some(path) = &args.save_mapping {
        columns.mapping(mapping.as_ref()).save(path)?;
    }
    let mut errors = args.errors.as_deref().map(|path| error_file(path, &args.holdings)).transpose()?;
    let printing = Printing { json: args.json, all: args.all };
    let summary = sweep(
        &mut Sweep { schedule: &schedule, on, printing, errors: errors.as_mut().map(|file| file as &mut dyn Write) },
        &mut table,
        columns,
        out,
        &mut |rows, bytes| {
            bar.set_position(bytes);
            bar.set_message(rows.to_string());
        },
    );
    bar.finish_and_clear();
    let summary = summary?;
    if let Some(mut file) = errors {
        file.flush()?;
    }
    for line in summary.lines(&schedule, args.errors.as_deref()) {
        say(&line);
    }
    Ok(())
}

/// What a sweep works with.
pub(crate) struct Sweep<'a> {
    /// The rules.
    pub(crate) schedule: &'a Schedule,
    /// The day asked about.
    pub(crate) on: Day,
    /// How it is printed.
    pub(crate) printing: Printing,
    /// Where bad rows go besides.
    pub(crate) errors: Option<&'a mut dyn Write>,
}

/// Every row of a table, one at a time: memory does not grow with the table.
fn sweep(
    work: &mut Sweep<'_>,
    table: &mut Table,
    columns: Columns,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary, Ending> {
    let mut rows = Rows::new(work.schedule, columns);
    let mut lines = Lines::new(work.schedule, work.printing);
    let mut summary = Summary::new(work.schedule);
    if let Some(errors) = work.errors.as_deref_mut() {
        bad::head(errors)?;
    }
    while let Some(record) = table.next()? {
        summary.rows += 1;
        match rows.evaluate(record, work.on) {
            Ok(answer) => {
                summary.count(&answer.outcome);
                if work.printing.json || work.printing.all || answer.outcome.state != State::NotDue {
                    lines.answer(summary.rows, &answer);
                }
            }
            Err(bad) => {
                summary.bad(&bad);
                lines.bad(summary.rows, &bad);
                if let Some(errors) = work.errors.as_deref_mut() {
                    bad.write(errors, summary.rows, record.position().map_or(0, csv::Position::line))?;
                }
            }
        }
        lines.flush_when_full(out)?;
        if summary.rows.is_multiple_of(STRIDE) {
            progress(summary.rows, table.bytes());
        }
    }
    lines.flush(out)?;
    Ok(summary)
}

/// Reads the text of a mapping, for trying out spoilt ones.
pub(crate) fn mapped(text: &str) -> Result<(), Refusal> {
    Mapping::parse(text).map(drop)
}

/// A sweep over anything that can be read, for measuring.
pub(crate) fn measured(work: &mut Sweep<'_>, input: Box<dyn std::io::Read>, out: &mut dyn Write) -> Result<Summary, Ending> {
    let mut table = Table::from_reader(input, None)?;
    let columns = Columns::resolve(&table, None, work.schedule)?;
    sweep(work, &mut table, columns, out, &mut |_, _| ())
}

fn bar(holdings: &Path) -> ProgressBar {
    let size = std::fs::metadata(holdings).map(|found| found.len()).ok().filter(|_| holdings != Path::new("-"));
    let bar = match size {
        Some(size) if std::io::stderr().is_terminal() => ProgressBar::new(size),
        _ => ProgressBar::hidden(),
    };
    if let Ok(style) = ProgressStyle::with_template("sweeping {bar:30} {bytes}/{total_bytes}, {msg} rows, {elapsed} (about {eta} left)") {
        bar.set_style(style);
    }
    bar
}

fn error_file(path: &Path, holdings: &Path) -> Result<BufWriter<File>, Ending> {
    let same = || Some(path.canonicalize().ok()? == holdings.canonicalize().ok()?);
    if same().unwrap_or(false) {
        return Err(
            Refusal::new(RefusalCode::HoldingsUnreadable, "The file for bad rows is the table itself, which it would overwrite.").into()
        );
    }
    Ok(BufWriter::new(File::create(path)?))
}

fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
