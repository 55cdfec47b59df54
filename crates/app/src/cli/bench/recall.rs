//! How many planted mentions of invented people a search finds among real messages and documents, how much else it brings, and how
//! often each kind of evidence is right.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use adapters::extract::{Limits, Pool};
use anyhow::Context;
use clap::Args;
use finder::document::{Document, DocumentKind, Extraction, PartKind};
use finder::identity::{Band, Hit, Identity, Matcher, band_of, is_namesake};
use serde_json::json;
use services::ports::{Extractor, Sources};
use testkit::planted::recall::{Plant, Role, trial, without_routing};

use crate::cli::outcome::Ending;

/// Bytes of a real message in which a mention is planted.
const HOST: usize = 3000;
/// Items handed to the extractor at once.
const BATCH: usize = 256;

/// Arguments of `bench recall`.
#[derive(Debug, Args)]
pub(crate) struct RecallArgs {
    /// Folders of real messages and documents. May be given several times.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// How many mentions are planted.
    #[arg(long, default_value_t = 2_000)]
    mentions: usize,
    /// How many people they are of.
    #[arg(long, default_value_t = 10)]
    people: usize,
    /// How many real items: the folders' own, again and again.
    #[arg(long, default_value_t = 20_000)]
    items: usize,
    /// Which people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A line for each mention that was not found and each item that does not belong.
    #[arg(long)]
    misses: bool,
}

/// What a style, a carrier or the whole came to.
#[derive(Debug, Default, serde::Serialize)]
struct Row {
    planted: usize,
    certain: usize,
    likely: usize,
    possible: usize,
    missed: usize,
}

impl Row {
    fn count(&mut self, band: Option<Band>) {
        self.planted += 1;
        match band {
            Some(Band::Certain) => self.certain += 1,
            Some(Band::Likely) => self.likely += 1,
            Some(Band::Possible) => self.possible += 1,
            None => self.missed += 1,
        }
    }

    fn found(&self) -> f64 {
        share(self.certain + self.likely, self.planted)
    }
}

#[derive(Debug, Default)]
struct Tally {
    styles: BTreeMap<&'static str, Row>,
    carriers: BTreeMap<&'static str, Row>,
    namesakes: BTreeMap<&'static str, Row>,
    routed: Row,
    all: Row,
    /// Real items that came with each band, as often as they stand in the whole.
    unrelated: BTreeMap<&'static str, usize>,
    /// Real items that hold a part of the name alone and were left out, as a search leaves them out.
    left_out: usize,
    /// Items by band and by reason: right, wrong.
    evidence: BTreeMap<(Band, String), (usize, usize)>,
}

pub(super) fn recall(args: &RecallArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let exe = std::env::current_exe().context("finding the program itself")?;
    let pool = Pool::new(exe, 2, Limits::default());
    let real = read(args, &pool)?;
    let hosts = hosts(&real);
    // Each real item stands in the whole so often, the first ones once more.
    let times = |n: usize| args.items / real.len().max(1) + usize::from(n < args.items % real.len().max(1));
    let mut tally = Tally::default();
    for person in 0..args.people {
        let mentions = args.mentions / args.people.max(1) + usize::from(person < args.mentions % args.people.max(1));
        let trial = trial(args.seed, person, mentions, &hosts);
        let identity: Identity = toml::from_str(&trial.person.to_toml()).context("reading the invented person")?;
        let matcher = Matcher::new(&identity)?;
        let files: Vec<(String, Vec<u8>)> = trial.plants.iter().map(|plant| (plant.file.name.clone(), plant.file.bytes.clone())).collect();
        let read = pool.extract_all(&files)?;
        let mut plain = unrouted(&trial.plants, &pool)?.into_iter();
        let before = tally.all.certain + tally.all.likely;
        for (plant, item) in trial.plants.iter().zip(&read) {
            let (band, hits) = judge(&matcher, &item.documents);
            // What the real text around says of somebody called the same is found without the routing headers too.
            let own = plant.role == Role::Routed && plain.next().is_some_and(|item| judge(&matcher, &item.documents).1.len() == hits.len());
            let (band, hits) = if own { (None, Vec::new()) } else { (band, hits) };
            tally.plant(plant, band, &hits);
            let wanted =
                if plant.role == Role::Routed { band.is_none() } else { (plant.role == Role::Mention) == (band >= Some(Band::Likely)) };
            if args.misses && !wanted {
                let reasons: Vec<&str> = hits.iter().map(|hit| hit.reason.as_str()).collect();
                let text: Vec<&str> = item.documents.iter().filter(|_| hits.is_empty()).map(|document| document.text.as_str()).collect();
                let role = format!("{:?}", plant.role);
                let line = json!({ "person": trial.person.names, "role": role, "style": plant.style, "carrier": plant.file.carrier, "band": band, "reasons": reasons, "text": text });
                writeln!(out, "{line}")?;
            }
        }
        let sure = tally.all.certain + tally.all.likely - before;
        let judged: Vec<_> = real.iter().map(|item| judge(&matcher, &item.documents)).collect();
        let weak = judged.iter().enumerate().filter(|(_, (band, hits))| is_weak(*band, hits)).map(|(n, _)| times(n)).sum();
        let left_out = services::sar::too_many(weak, sure);
        for (n, (band, hits)) in judged.into_iter().enumerate() {
            if left_out && is_weak(band, &hits) {
                tally.left_out += times(n);
                continue;
            }
            tally.real(band, &hits, times(n));
            if args.misses && band.is_some() && times(n) > 0 {
                let shown: Vec<_> = hits.iter().map(|hit| json!([hit.band, hit.reason])).collect();
                writeln!(out, "{}", json!({ "person": trial.person.names, "unrelated": n, "band": band, "hits": shown }))?;
            }
        }
    }
    report(&tally, out)
}

/// The messages that only routing headers tie to the person, read without these headers.
fn unrouted(plants: &[Plant], pool: &Pool) -> Result<Vec<Extraction>, Ending> {
    let routed = plants.iter().filter(|plant| plant.role == Role::Routed);
    let files: Vec<(String, Vec<u8>)> =
        routed.map(|plant| (plant.file.name.clone(), without_routing(&plant.file.bytes).to_vec())).collect();
    Ok(pool.extract_all(&files)?)
}

/// Every item of the folders, read by the confined extractor.
fn read(args: &RecallArgs, pool: &Pool) -> Result<Vec<Extraction>, Ending> {
    let sources = adapters::sources::AllSources::default();
    let mut real = Vec::new();
    let mut waiting: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in &args.data {
        let source = sources.open(folder)?;
        let mut outcome = Ok(());
        source.items(&mut |item| {
            if let Ok(bytes) = item.bytes {
                waiting.push((item.name, bytes));
            }
            if waiting.len() >= BATCH {
                outcome = pool.extract_all(&std::mem::take(&mut waiting)).map(|read| real.extend(read));
            }
            outcome.is_ok() && real.len() < args.items
        })?;
        outcome?;
    }
    real.extend(pool.extract_all(&waiting)?);
    real.truncate(args.items);
    Ok(real)
}

/// The beginnings of the bodies of real messages.
fn hosts(real: &[Extraction]) -> Vec<String> {
    let bodies = real.iter().filter_map(|item| item.documents.first()).filter(|document| document.kind == DocumentKind::Mail);
    bodies
        .filter_map(|document| {
            let body = document.parts.iter().find(|part| part.kind == PartKind::Body)?;
            let text: String =
                document.text.get(body.start..body.end)?.chars().take(HOST).filter(|c| !c.is_control() || *c == '\n').collect();
            (text.len() > 80).then_some(text)
        })
        .collect()
}

/// True for an item that says no more than a part of the name.
fn is_weak(band: Option<Band>, hits: &[Hit]) -> bool {
    band == Some(Band::Possible) && !hits.iter().any(|hit| is_namesake(&hit.reason))
}

/// The band of an item is the best of its documents'.
fn judge(matcher: &Matcher, documents: &[Document]) -> (Option<Band>, Vec<Hit>) {
    let hits: Vec<Hit> = documents.iter().flat_map(|document| matcher.find(document)).collect();
    (band_of(&hits), hits)
}

impl Tally {
    fn plant(&mut self, plant: &Plant, band: Option<Band>, hits: &[Hit]) {
        match plant.role {
            Role::Mention => {
                self.all.count(band);
                self.styles.entry(plant.style).or_default().count(band);
                self.carriers.entry(plant.file.carrier).or_default().count(band);
                self.weigh(hits, true, 1);
            }
            Role::Namesake => {
                self.namesakes.entry(plant.style).or_default().count(band);
                self.weigh(hits, false, 1);
            }
            Role::Routed => {
                self.routed.count(band);
                self.weigh(hits, false, 1);
            }
        }
    }

    fn real(&mut self, band: Option<Band>, hits: &[Hit], times: usize) {
        if let Some(band) = band {
            *self.unrelated.entry(band.key()).or_default() += times;
        }
        self.weigh(hits, false, times);
    }

    /// Counts the surest reason of an item.
    fn weigh(&mut self, hits: &[Hit], right: bool, times: usize) {
        let Some(best) = hits.iter().max_by_key(|hit| hit.band) else { return };
        let counted = self.evidence.entry((best.band, kind_of(&best.reason))).or_default();
        if right {
            counted.0 += times;
        } else {
            counted.1 += times;
        }
    }
}

/// A reason without what differs from person to person.
fn kind_of(reason: &str) -> String {
    let reason = reason.split(" (in ").next().unwrap_or_default();
    let mut words: Vec<&str> = reason.split(' ').collect();
    if let Some(at) = words.iter().position(|word| *word == "nickname") {
        words.drain(at + 1..(at + 2).min(words.len()));
    }
    words.join(" ")
}

fn report(tally: &Tally, out: &mut dyn Write) -> Result<(), Ending> {
    for (kind, rows) in [("style", &tally.styles), ("carrier", &tally.carriers), ("namesake", &tally.namesakes)] {
        for (name, row) in rows {
            writeln!(out, "{}", json!({ kind: name, "row": row }))?;
        }
    }
    for ((band, reason), (right, wrong)) in tally.evidence.iter().rev() {
        let observed = share(*right, right + wrong);
        writeln!(
            out,
            "{}",
            json!({ "evidence": reason, "band": band, "right": right, "wrong": wrong, "observed": observed, "predicted": band.expected() })
        )?;
    }
    for band in [Band::Certain, Band::Likely, Band::Possible] {
        let of_band = tally.evidence.iter().filter(|((b, _), _)| *b == band);
        let (right, wrong) = of_band.fold((0, 0), |sum, (_, n)| (sum.0 + n.0, sum.1 + n.1));
        let line =
            json!({ "band": band, "right": right, "wrong": wrong, "observed": share(right, right + wrong), "predicted": band.expected() });
        writeln!(out, "{line}")?;
    }
    let namesakes = tally.namesakes.values();
    let (planted, taken) = namesakes.fold((0, 0), |sum, row| (sum.0 + row.planted, sum.1 + row.certain + row.likely));
    let sure = tally.all.certain + tally.all.likely;
    let unrelated = |bands: &[&str]| bands.iter().filter_map(|band| tally.unrelated.get(band)).sum::<usize>();
    let (wrong_sure, wrong_all) = (unrelated(&["certain", "likely"]), unrelated(&["certain", "likely", "possible"]));
    super::figure(out, "recall, certain and likely", tally.all.found(), "share")?;
    super::figure(out, "unrelated in a hundred of certain and likely", 100.0 * share(wrong_sure, sure + wrong_sure), "items")?;
    let all = sure + tally.all.possible;
    super::figure(out, "unrelated in a hundred of the review set", 100.0 * share(wrong_all, all + wrong_all), "items")?;
    super::figure(out, "left out for a part of the name alone", tally.left_out as f64, "items")?;
    super::figure(out, "namesakes separated", share(planted - taken, planted), "share")?;
    let found = tally.routed.planted - tally.routed.missed;
    super::figure(out, "routing headers taken for a mention", found as f64, "items")
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
