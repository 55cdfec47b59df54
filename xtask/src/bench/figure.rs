//! A measured figure and the reach it is held against.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One figure of the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
}

/// What a figure should reach.
enum Reach {
    AtLeast(f64),
    Below(f64),
}

/// The figures with a target: (name, reach in the figure's own unit).
const REACH: &[(&str, Reach)] = &[
    ("today requests", Reach::AtLeast(1000.0)),
    ("today p95", Reach::Below(20.0)),
    ("policy page p95", Reach::Below(50.0)),
    ("review decision p95", Reach::Below(100.0)),
    ("portal request difference", Reach::Below(10.0)),
    ("portal link difference", Reach::Below(10.0)),
    ("start", Reach::Below(300.0)),
    ("idle memory", Reach::Below(60.0)),
    ("detect", Reach::AtLeast(20.0)),
    ("retention", Reach::AtLeast(1_000_000.0)),
    ("retention 10000000 rows", Reach::Below(60.0)),
    ("retention peak memory", Reach::Below(200.0)),
    ("life advocacy-charity", Reach::Below(10.0)),
    ("life childrens-education-cic", Reach::Below(10.0)),
    ("life social-enterprise", Reach::Below(10.0)),
    ("life training-provider", Reach::Below(10.0)),
    ("life home-care-provider", Reach::Below(10.0)),
    ("scan CPU against notmuch", Reach::Below(0.2)),
    ("scan CPU against mu", Reach::Below(0.2)),
];

impl Figure {
    pub(crate) fn new(name: impl Into<String>, value: f64, unit: &str) -> Self {
        Self { name: name.into(), value, unit: unit.to_owned() }
    }

    /// The figure as a line of the table, with its target if it has one.
    pub(crate) fn row(&self) -> String {
        let reach = REACH.iter().find(|(name, _)| *name == self.name).map(|(_, reach)| match reach {
            Reach::AtLeast(wanted) => format!("{} at least {wanted}", mark(self.value >= *wanted)),
            Reach::Below(wanted) => format!("{} below {wanted}", mark(self.value < *wanted)),
        });
        format!("{:<40} {:>12} {:<12} {}", self.name, number(self.value), self.unit, reach.unwrap_or_default()).trim_end().to_owned()
    }
}

fn mark(reached: bool) -> &'static str {
    if reached { "ok" } else { "MISSED" }
}

fn number(value: f64) -> String {
    if value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

/// Reads JSON lines `{"name", "value", "unit"}`; other lines are the program's talk.
pub(crate) fn read(text: &str) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for line in text.lines().filter(|line| line.trim_start().starts_with('{')) {
        let value: Value = serde_json::from_str(line).with_context(|| format!("not a figure: {line}"))?;
        let word = |key: &str| value.get(key).and_then(Value::as_str).with_context(|| format!("no {key} in {line}"));
        let amount = value.get("value").and_then(Value::as_f64).with_context(|| format!("no value in {line}"))?;
        figures.push(Figure::new(word("name")?, amount, word("unit")?));
    }
    if figures.is_empty() {
        bail!("no figure was printed");
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_and_held_against_their_reach() {
        let figures = read(
            "warming up\n{\"name\":\"detect\",\"value\":31.5,\"unit\":\"MB/s\"}\n{\"name\":\"start\",\"value\":412,\"unit\":\"ms\"}\n",
        )
        .unwrap();
        assert_eq!(figures.first(), Some(&Figure::new("detect", 31.5, "MB/s")));
        assert!(figures[0].row().ends_with("ok at least 20"));
        assert!(figures[1].row().ends_with("MISSED below 300"));
        assert!(read("nothing").is_err());
        assert!(read("{\"name\":\"x\",\"unit\":\"s\"}").is_err());
    }
}
