//! Detecting, burning, and a mailbox to scan.

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use finder::detect::Detector;
use finder::document::{Document, DocumentKind};
use finder::plan::occurrences;
use services::ports::{Others, PageArea, PageOrder, PagePicture, Press};
use services::sar::{Decision, DraftRedaction, EXEMPTION_OTHERS, PackHead, plain_item};

use super::figure;
use crate::cli::outcome::Ending;
use crate::wiring;

/// Bytes of text for the detector.
const TEXT: usize = 8 << 20;
/// Items of the pack that is burnt.
const ITEMS: u64 = 120;
/// Scans that are looked at.
const SCANS: usize = 5;

pub(super) fn detect(out: &mut dyn Write) -> Result<(), Ending> {
    let text = testkit::text(1, TEXT);
    let detector = Detector::new();
    // Once for the caches and to see that it finds anything at all.
    let warm = detector.detect(text.get(..200_000.min(text.len())).unwrap_or(&text)).len();
    if warm == 0 {
        return Err(anyhow::anyhow!("the detector found nothing in the bench's text").into());
    }
    let began = Instant::now();
    let found = detector.detect(&text).len();
    let seconds = began.elapsed().as_secs_f64();
    figure(out, "detect", text.len() as f64 / 1e6 / seconds, "MB/s")?;
    figure(out, "detect findings", found as f64, "findings")
}

/// Pages a second through burn, typesetting and the read-back.
pub(super) fn burn(out: &mut dyn Write) -> Result<(), Ending> {
    let words = "Dafydd Pryce";
    let items: Vec<_> = (0..ITEMS)
        .map(|n| {
            let text = format!("{words} wrote this.\n{}", testkit::text(n + 1, 2_500));
            let document = Document::of(DocumentKind::Text, format!("Note {n}"), text);
            let mut item = plain_item(document);
            item.redactions = occurrences(&item.scanned.document.text, words)
                .into_iter()
                .map(|range| DraftRedaction {
                    start: range.start,
                    end: range.end,
                    kind: finder::detect::Kind::Person,
                    why: "bench".to_owned(),
                    exemption: EXEMPTION_OTHERS.to_owned(),
                    decision: Decision::Withhold,
                })
                .collect();
            item
        })
        .collect();
    let press = adapters::press::TypstPress::new();
    let included: Vec<_> = items.iter().collect();
    let head = PackHead {
        organisation: "Bench",
        reference: "SAR-0000-0001",
        subject: "Test Person",
        made_on: wiring::today(),
        places: &["mailbox".to_owned()],
        notes: Vec::new(),
        pages: &services::sar::Pages::new(),
        form: domain::documents::Form::Print,
        further: &|_| Vec::new(),
    };
    let began = Instant::now();
    let burnt = services::sar::burn(&included, &head, &press)?;
    let seconds = began.elapsed().as_secs_f64();
    // The footer says "Page 1 of N".
    let read_back = press.read_back(&burnt.pdf)?.join("\n");
    let pages: usize = read_back
        .split("Page 1 of ")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>())
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| anyhow::anyhow!("the pack's footer could not be read back"))?;
    figure(out, "burn", pages as f64 / seconds, "pages/s")?;
    keep_look(&burnt.pdf, out)
}

/// Pages a second of a PDF that keeps its look: drawn, burnt, written, read back. The pack just made is the PDF.
fn keep_look(pdf: &[u8], out: &mut dyn Write) -> Result<(), Ending> {
    let burner = adapters::burn::Burner::new(crate::cli::inputs::own_program()?, 2, true);
    let order = adapters::burn::Order::of(vec!["Test Person".to_owned(), "Thursday".to_owned()], true);
    let began = Instant::now();
    let burnt = burner.pdf(pdf, &order).context("burning the pack's pages")?;
    figure(out, "burn keeping the look", burnt.pages as f64 / began.elapsed().as_secs_f64(), "pages/s")?;
    look_at_scans(&burner, pdf, out)
}

/// Seconds until the page of a scan is shown to somebody who covers parts of it: at first, and after a box was drawn. The scans are
/// pictures of pages of the pack.
fn look_at_scans(plain: &adapters::burn::Burner, pdf: &[u8], out: &mut dyn Write) -> Result<(), Ending> {
    let burner = adapters::burn::Burner::new(crate::cli::inputs::own_program()?, 2, false);
    if !burner.reads_pictures() {
        writeln!(out, "look at a scan: not measured, Tesseract is not installed")?;
        return Ok(());
    }
    let withhold = ["Test Person".to_owned(), "Thursday".to_owned()];
    let order = |areas| PageOrder { withhold: &withhold, elsewhere: Others::default(), areas, looked_at: true, most: usize::MAX };
    let unmarked = PageOrder { withhold: &[], ..order(&[]) };
    let pages = plain.shown("pack.pdf", pdf, &unmarked).map_err(anyhow::Error::msg)?.pages;
    let scans: Vec<&PagePicture> = pages.iter().take(SCANS).collect();
    let area = [PageArea { page: 1, left: 0, top: 0, width: 100, height: 100 }];
    for (name, areas) in [("look at a scan", &[][..]), ("look at it again after a box", &area)] {
        let began = Instant::now();
        for scan in &scans {
            burner.shown("scan.png", &scan.png, &order(areas)).map_err(anyhow::Error::msg)?;
        }
        figure(out, name, began.elapsed().as_secs_f64() / scans.len().max(1) as f64, "s/page")?;
    }
    Ok(())
}

/// Invented mail in a Maildir, for scanning beside other programs.
pub(super) fn mailbox(messages: usize, folder: &Path) -> Result<(), Ending> {
    let planted = testkit::planted(1, messages);
    for sub in ["cur", "new", "tmp"] {
        std::fs::create_dir_all(folder.join(sub)).context("making the Maildir")?;
    }
    let mails = planted
        .files
        .iter()
        .filter(|(_, bytes)| bytes.starts_with(b"From:") || bytes.starts_with(b"Return-Path:") || bytes.starts_with(b"Received:"));
    for (n, (_, bytes)) in mails.enumerate() {
        std::fs::write(folder.join("cur").join(format!("{n}.bench:2,S")), bytes).context("writing a message")?;
    }
    Ok(())
}

/// Planted items with what must be found and withheld.
pub(super) fn plant(seed: u64, messages: usize, folder: &Path) -> Result<(), Ending> {
    let planted = testkit::planted(seed, messages);
    let places = folder.join("places");
    std::fs::create_dir_all(&places).context("making the folder")?;
    testkit::files::write_all(&places, &planted.files).context("writing the material")?;
    let expected: Vec<_> = planted
        .expected
        .iter()
        .map(|item| serde_json::json!({ "path": item.path, "inside": item.inside, "how": item.how, "band": item.band.as_str(), "third_party": item.third_party }))
        .collect();
    let files: [(&str, Vec<u8>); 3] = [
        ("request.eml", planted.request_mail),
        ("person.toml", planted.person.to_toml().into_bytes()),
        ("expected.json", serde_json::to_vec_pretty(&expected)?),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).context("writing the material")?;
    }
    Ok(())
}
