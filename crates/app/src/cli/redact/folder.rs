//! All files of a folder, with a report.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context;
use domain::{Refusal, RefusalCode};

use super::one;
use super::{Task, name};
use crate::cli::outcome::Ending;

/// How many files are worked on at a time.
const WORKERS: usize = 2;
/// The report beside the copies.
const REPORT: &str = "report.csv";

/// What became of one file.
struct Row {
    file: String,
    copy: String,
    pages: Option<usize>,
    passages: usize,
    words: usize,
    note: String,
    refused: bool,
}

/// Redacts every file below `input` into `output` and writes the report.
pub(super) fn run(task: &Task, input: &Path, output: &Path, out: &mut dyn Write) -> Result<(), Ending> {
    let mut files = Vec::new();
    list(input, &mut files)?;
    files.sort();
    std::fs::create_dir_all(output).with_context(|| format!("making {}", output.display()))?;
    let next = AtomicUsize::new(0);
    let rows: Mutex<Vec<(usize, Result<Row, Ending>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((index, path)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    files.get(index).map(|path| (index, path))
                } {
                    let row = file(task, input, path, output);
                    rows.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, row));
                }
            });
        }
    });
    let mut rows = rows.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    rows.sort_by_key(|(index, _)| *index);
    let rows = rows.into_iter().map(|(_, row)| row).collect::<Result<Vec<Row>, Ending>>()?;
    report(&output.join(REPORT), &rows)?;
    let refused = rows.iter().filter(|row| row.refused).count();
    let passages: usize = rows.iter().map(|row| row.passages).sum();
    writeln!(
        out,
        "{} files redacted, {passages} passages taken out; {} says what became of each.",
        rows.len() - refused,
        output.join(REPORT).display()
    )?;
    if refused > 0 {
        return Err(Refusal::new(
            RefusalCode::RedactionUnreadable,
            format!("{refused} of {} files have no copy; the report says why.", rows.len()),
        )
        .into());
    }
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Ending> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let kind = entry.file_type().with_context(|| format!("reading {}", folder.display()))?;
        if kind.is_dir() {
            list(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Redacts one file. A refusal is a row of the report; a failure of ours ends the run.
fn file(task: &Task, input: &Path, path: &Path, output: &Path) -> Result<Row, Ending> {
    let inside = path.strip_prefix(input).unwrap_or(path);
    let mut row = Row {
        file: inside.display().to_string(),
        copy: String::new(),
        pages: None,
        passages: 0,
        words: 0,
        note: String::new(),
        refused: true,
    };
    let Ok(bytes) = std::fs::read(path) else {
        "cannot be read".clone_into(&mut row.note);
        return Ok(row);
    };
    match one::redact(task, &name(path), &bytes) {
        Ok(done) => {
            let copy = inside.parent().unwrap_or(Path::new("")).join(format!("{}.pdf", name(path)));
            let to = output.join(&copy);
            if let Some(folder) = to.parent() {
                std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
            }
            crate::cli::sar::write(&to, &done.pdf)?;
            row.copy = copy.display().to_string();
            (row.pages, row.passages, row.words) = (done.pages, done.passages, done.found.len());
            row.note = done.notes.join(" ");
            row.refused = false;
        }
        Err(Ending::Refused(refusal)) => row.note = format!("{} [{}]", refusal.sentence(), refusal.code.id()),
        Err(Ending::Failed(error)) => row.note = format!("failed: {error}"),
    }
    Ok(row)
}

fn report(path: &Path, rows: &[Row]) -> Result<(), Ending> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let because = || "writing the report";
    writer.write_record(["file", "copy", "pages", "passages", "words found", "note"]).with_context(because)?;
    for row in rows {
        let numbers = [row.pages.map(|pages| pages.to_string()).unwrap_or_default(), row.passages.to_string(), row.words.to_string()];
        let [pages, passages, words] = numbers;
        writer.write_record([row.file.clone(), row.copy.clone(), pages, passages, words, row.note.clone()]).with_context(because)?;
    }
    let bytes = writer.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
    crate::cli::sar::write(path, &bytes)
}
