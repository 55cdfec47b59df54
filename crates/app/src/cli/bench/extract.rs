//! Reading a folder of odd documents, by format. The folder is whatever the developer has at
//! hand; the figures can be laid beside those of another program.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use adapters::extract::{Limits, Pool};
use anyhow::Context;
use finder::document::{Extraction, PartKind};
use serde_json::json;
use services::ports::Extractor;

use crate::cli::inputs;
use crate::cli::outcome::Ending;

/// What the files of one format came to.
#[derive(Debug, Default, serde::Serialize)]
struct Row {
    files: usize,
    /// Files with text of their own or of something inside them.
    text: usize,
    /// Files of which only metadata was found.
    metadata: usize,
    /// Files of which nothing was found, each with a reason.
    refused: usize,
    /// Files of which nothing was found and nothing was said. Must be none.
    silent: usize,
    /// Files that ended the reader, took too long, or needed too much memory.
    crashed: usize,
    /// Documents found in them: themselves and everything inside.
    documents: usize,
    /// Processor time of the reading processes, their start not included (it has a line of
    /// its own).
    cpu_ms: f64,
    /// The longest that one file took by the clock.
    longest_ms: u64,
    reasons: BTreeMap<String, usize>,
}

/// What is printed besides a line a format.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// A line a file.
    pub(super) files: bool,
    /// In it, the texts.
    pub(super) texts: bool,
    /// In it, what a message carries, with sizes and prints.
    pub(super) carried: bool,
}

pub(super) fn extract(data: &Path, shown: Shown, ocr: bool, out: &mut dyn Write) -> Result<(), Ending> {
    let mut formats: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    gather(data, &mut formats)?;
    let mut sum = Row::default();
    let exe = std::env::current_exe().context("finding the program itself")?;
    let pool = Pool::new(exe, 1, Limits::default()).with_letters(inputs::letters(ocr, inputs::ENGLISH)?);
    pool.extract("", b"x")?;
    writeln!(out, "{}", json!({ "format": "start", "cpu_ms": children_ms()? }))?;
    for (format, files) in formats {
        let row = read(&pool, &files, shown, out)?;
        sum.add(&row);
        writeln!(out, "{}", json!({ "format": format, "row": row }))?;
    }
    sum.reasons.clear();
    writeln!(out, "{}", json!({ "format": "all", "row": sum }))?;
    Ok(())
}

fn gather(folder: &Path, formats: &mut BTreeMap<String, Vec<PathBuf>>) -> Result<(), Ending> {
    let mut entries =
        std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).context("reading the folder of documents")?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, formats)?;
        } else {
            let format = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            formats.entry(format).or_default().push(path);
        }
    }
    Ok(())
}

/// Reads the files of one format.
fn read(pool: &Pool, files: &[PathBuf], shown: Shown, out: &mut dyn Write) -> Result<Row, Ending> {
    let mut row = Row::default();
    for path in files {
        let bytes = std::fs::read(path).context("reading a document")?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let carried = if shown.carried { pool.carried(&name, &bytes)? } else { Vec::new() };
        let (before, began) = (children_ms()?, Instant::now());
        let found = pool.extract_all(&[(name, bytes)])?.pop().unwrap_or_default();
        let took = began.elapsed().as_millis() as u64;
        let cpu_ms = children_ms()? - before;
        let characters = characters(&found);
        row.count(&found, characters, took);
        row.cpu_ms += cpu_ms;
        if shown.files {
            let reasons: Vec<_> = found.unreadable.iter().map(|one| json!({ "path": one.path, "reason": one.reason })).collect();
            let texts: Vec<&str> = found.documents.iter().filter(|_| shown.texts).map(|document| document.text.as_str()).collect();
            let carried: Vec<_> = carried.iter().map(|one| json!({ "path": one.path, "size": one.reason })).collect();
            let names: Vec<[&str; 2]> = found.documents.iter().map(|document| [document.path.as_str(), document.title.as_str()]).collect();
            let documents = found.documents.len();
            let line = json!({
                "path": path, "characters": characters, "documents": documents, "ms": took, "cpu_ms": cpu_ms, "unreadable": reasons, "texts": texts,
                "names": names, "carried": carried,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(row)
}

/// Characters outside of metadata, blanks at the ends of parts not counted.
fn characters(found: &Extraction) -> usize {
    let texts = found.documents.iter().flat_map(|document| {
        let told = document.parts.iter().filter(|part| part.kind != PartKind::Metadata);
        told.map(|part| document.text.get(part.start..part.end).unwrap_or_default().trim())
    });
    texts.map(|text| text.chars().count()).sum()
}

impl Row {
    fn count(&mut self, found: &Extraction, characters: usize, took: u64) {
        self.files += 1;
        self.documents += found.documents.len();
        self.longest_ms = self.longest_ms.max(took);
        match () {
            () if characters > 0 => self.text += 1,
            () if found.documents.iter().any(|document| !document.text.trim().is_empty()) => self.metadata += 1,
            () if found.unreadable.is_empty() => self.silent += 1,
            () => self.refused += 1,
        }
        let own = found.unreadable.iter().filter(|one| one.path.is_empty());
        let ended = |reason: &str| ["crashed", "took longer", "needed more memory"].iter().any(|word| reason.starts_with(word));
        self.crashed += usize::from(own.clone().any(|one| ended(&one.reason)));
        if found.documents.is_empty() {
            own.for_each(|one| *self.reasons.entry(one.reason.clone()).or_default() += 1);
        }
    }

    fn add(&mut self, other: &Self) {
        self.files += other.files;
        self.text += other.text;
        self.metadata += other.metadata;
        self.refused += other.refused;
        self.silent += other.silent;
        self.crashed += other.crashed;
        self.documents += other.documents;
        self.cpu_ms += other.cpu_ms;
        self.longest_ms = self.longest_ms.max(other.longest_ms);
    }
}

/// Processor time of all children in milliseconds: of those that have ended, which the kernel
/// counts in hundredths of a second, and of those that run, which it counts in nanoseconds.
fn children_ms() -> Result<f64, Ending> {
    let doing = "reading the processor time";
    let stat = std::fs::read_to_string("/proc/self/stat").context(doing)?;
    let fields = stat.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let ticks: u32 = fields.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u32>().ok()).sum();
    let mut running = 0.0;
    for thread in std::fs::read_dir("/proc/self/task").context(doing)? {
        let children = std::fs::read_to_string(thread.context(doing)?.path().join("children")).unwrap_or_default();
        for child in children.split_whitespace() {
            // One that ends in between is counted with those that have ended.
            let spent = std::fs::read_to_string(format!("/proc/{child}/schedstat")).unwrap_or_default();
            running += spent.split_whitespace().next().and_then(|spent| spent.parse::<f64>().ok()).unwrap_or_default();
        }
    }
    Ok(f64::from(ticks) * 10.0 + running / 1e6)
}

#[cfg(test)]
mod tests {
    use finder::document::Unreadable;

    use super::*;

    #[test]
    fn nothing_said_is_counted_apart_from_a_reason() {
        let mut row = Row::default();
        row.count(&Extraction::default(), 0, 1);
        let reason = Unreadable { path: String::new(), reason: "crashed the reader".into() };
        row.count(&Extraction { documents: Vec::new(), unreadable: vec![reason] }, 0, 7);
        assert_eq!((row.files, row.silent, row.refused, row.crashed, row.longest_ms), (2, 1, 1, 1, 7));
        assert_eq!(row.reasons.get("crashed the reader"), Some(&1));
    }
}
