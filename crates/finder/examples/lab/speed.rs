//! Characters a second of one core.

use std::io::{self, Write};

use finder::detect::Detector;

use crate::corpus::Doc;

/// Prints the detector's speed over all texts in their own order, repeated until a second has passed.
pub(crate) fn report(docs: &[Doc], out: &mut dyn Write) -> io::Result<()> {
    let characters: usize = docs.iter().map(|d| d.text.chars().count()).sum();
    let mut measure = |what: &str, detector: Detector| {
        let (mut spent, mut rounds, mut findings) = (0.0, 0_u32, 0);
        while spent < 1.0 && rounds < 1000 {
            let from = seconds();
            findings = docs.iter().map(|d| detector.detect(&d.text).len()).sum::<usize>();
            spent += seconds() - from;
            rounds += 1;
        }
        let speed = characters as f64 * f64::from(rounds) / spent / 1e6;
        writeln!(out, "speed {what}: {speed:.2} million characters a second of a core ({findings} findings)")
    };
    measure("with names", Detector::new())?;
    measure("without names", Detector::without_names())
}

/// Seconds of processor time of this process, so that a busy machine changes nothing; elapsed time where the system does not tell.
fn seconds() -> f64 {
    std::fs::read_to_string("/proc/self/schedstat")
        .ok()
        .and_then(|t| t.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()))
        .map_or_else(|| START.elapsed().as_secs_f64(), |ns| ns / 1e9)
}

static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
