//! Spoilt copies of a folder's files through the readers, as many as one likes. They are read
//! inside this process, where a failing reader is counted rather than restarted.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use adapters::extract::{InProcess, Limits};
use anyhow::Context;
use serde_json::json;
use services::ports::Extractor;
use testkit::rng::Rng;

use crate::cli::outcome::Ending;

/// The largest file that is spoilt: what counts is how many are tried.
const LARGEST: usize = 256 << 10;

pub(super) fn fuzz(data: &Path, inputs: u64, seed: u64, out: &mut dyn Write) -> Result<(), Ending> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(data).context("reading the folder of documents")? {
        let path = entry.context("reading the folder of documents")?.path();
        if path.is_file() {
            let bytes = std::fs::read(&path).context("reading a document")?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if !bytes.is_empty() && bytes.len() <= LARGEST {
                files.push((name, bytes));
            }
        }
    }
    files.sort();
    // A message of a failing reader could quote the document; the count is what is wanted.
    std::panic::set_hook(Box::new(|_| {}));
    let reader = InProcess { limits: Limits { unpacked: 16 << 20, text: 4 << 20, pages: 20, ..Limits::default() } };
    let mut random = Rng::new(seed);
    let (mut tried, mut failed, mut silent) = (BTreeMap::<String, u64>::new(), BTreeMap::<String, u64>::new(), 0_u64);
    for _ in 0..inputs {
        let Some((name, good)) = files.get(random.below(files.len().max(1))) else { break };
        let bytes = spoilt(good, &mut random);
        let format = name.rsplit_once('.').map(|(_, format)| format.to_lowercase()).unwrap_or_default();
        *tried.entry(format.clone()).or_default() += 1;
        let found = reader.extract(name, &bytes)?;
        *failed.entry(format).or_default() += u64::from(found.unreadable.iter().any(|one| one.reason.starts_with("crashed")));
        silent += u64::from(found.documents.is_empty() && found.unreadable.is_empty() && !bytes.is_empty());
    }
    for (format, count) in tried {
        writeln!(out, "{}", json!({ "format": format, "inputs": count, "failed": failed.get(&format) }))?;
    }
    writeln!(out, "{}", json!({ "format": "all", "silent": silent }))?;
    Ok(())
}

/// A copy with a few bytes changed, pieces doubled, or its end cut off.
fn spoilt(good: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len().max(1));
        let value = random.below(256) as u8;
        match random.below(16) {
            0 => bytes.truncate(at.max(1)),
            1 => {
                let piece = bytes.get(at..(at + 64).min(bytes.len())).unwrap_or_default().to_vec();
                bytes.extend(piece);
            }
            _ => {
                if let Some(slot) = bytes.get_mut(at) {
                    *slot = value;
                }
            }
        }
    }
    bytes
}
