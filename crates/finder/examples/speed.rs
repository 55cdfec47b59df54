//! Measures matching and detecting over a file: `cargo run --release -p finder --example speed -- FILE`.

use std::io::Write;
use std::time::Instant;

use finder::detect::Detector;
use finder::fold::Folded;
use finder::identity::{Identity, Matcher};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
    let megabytes = text.len() as f64 / 1e6;
    let identity = Identity {
        names: vec!["Amelia Jane Fairbairn".into()],
        emails: vec!["amelia.fairbairn@mail.example".into()],
        phones: vec!["07700 900123".into()],
        born: vec!["2013-05-17".parse()?],
        addresses: vec!["12 Mill Lane, Otley, LS21 3BG".into()],
        references: vec!["PUP-2024/117".into()],
    };
    let matcher = Matcher::new(&identity)?;
    let detector = Detector::new();
    detector.detect("warm");
    let mut out = std::io::stdout().lock();
    let mut time = |what: &str, run: &mut dyn FnMut() -> usize| -> std::io::Result<()> {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let count = run();
        let wall = start.elapsed().as_secs_f64();
        let seconds = cpu.zip(cpu_seconds()).map_or(wall, |(a, b)| b - a);
        writeln!(out, "{what:8} {:8.1} MB/s (processor time), {count} results", megabytes / seconds)
    };
    let short: Vec<&str> = pieces(&text, 4096);
    time("fold", &mut || short.iter().map(|t| Folded::new(t).text.len()).sum())?;
    time("match", &mut || short.iter().map(|t| matcher.find_text(t).len()).sum())?;
    time("detect", &mut || short.iter().map(|t| detector.detect(t).len()).sum())?;
    time("whole", &mut || detector.detect(&text).len())?;
    Ok(())
}

/// Seconds this process has spent on a processor, where the system tells: a busy machine does not change them.
fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    text.split_whitespace().next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

fn pieces(text: &str, size: usize) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, tail) = rest.split_at(rest.ceil_char_boundary(size));
        out.push(piece);
        rest = tail;
    }
    out
}
