//! A reading that is broken off anywhere and gone on with is the reading in one go.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use finder::identity::{Identity, Matcher};
use proptest::prelude::*;
use services::Error;
use services::ports::{Mark, Part, Source, SourceItem, Sources, Start, Walker};
use services::sar::{Earlier, Edition, Keeping, Memory, Place, Scan, Terms, scan_on};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::AllSources;
use crate::extract::InProcess;

/// Remembers where it was in each part, and stops after so many items.
#[derive(Default)]
struct Stopping {
    parts: HashMap<String, (String, Mark, bool)>,
    open: String,
    met: Vec<(String, Result<Vec<u8>, String>)>,
    left: usize,
}

impl Walker for Stopping {
    fn begin(&mut self, part: Part<'_>) -> Start {
        self.open = part.name.to_owned();
        match self.parts.get(part.name).filter(|(stamp, ..)| stamp == part.stamp) {
            Some((_, _, true)) => Start::Known,
            Some((_, mark, false)) if mark.number > 0 => Start::After(*mark),
            _ => {
                self.parts.insert(part.name.to_owned(), (part.stamp.to_owned(), Mark::default(), false));
                Start::Beginning
            }
        }
    }

    fn knows(&self, part: Part<'_>) -> bool {
        self.parts.get(part.name).is_some_and(|(stamp, _, whole)| stamp == part.stamp && *whole)
    }

    fn item(&mut self, item: SourceItem, mark: Option<Mark>) -> bool {
        self.met.push((item.locator, item.bytes));
        self.parts.get_mut(&self.open).unwrap().1 = mark.unwrap();
        self.left -= 1;
        self.left > 0
    }

    fn end(&mut self) {
        self.parts.get_mut(&self.open).unwrap().2 = true;
    }
}

fn all(source: &dyn Source) -> Vec<(String, Result<Vec<u8>, String>)> {
    let mut walker = Stopping { left: usize::MAX, ..Stopping::default() };
    source.walk(&mut walker).unwrap();
    walker.met
}

/// Every way of breaking off once; and breaking off after each item.
fn goes_on_everywhere(path: &Path) -> usize {
    let source = AllSources::default().open(path).unwrap();
    let whole = all(source.as_ref());
    for stop in 1..=whole.len() {
        let mut walker = Stopping { left: stop, ..Stopping::default() };
        source.walk(&mut walker).unwrap();
        assert_eq!(walker.met.len(), stop);
        walker.left = usize::MAX;
        source.walk(&mut walker).unwrap();
        assert_eq!(walker.met, whole, "broken off after {stop}");
    }
    let mut walker = Stopping::default();
    for _ in 0..=whole.len() {
        walker.left = 1;
        source.walk(&mut walker).unwrap();
    }
    assert_eq!(walker.met, whole);
    whole.len()
}

fn mail(number: usize, who: &str) -> String {
    format!(
        "From: {who} <x@example.org>\nTo: Desk <desk@example.org>\nSubject: Note {number}\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\nNote {number}.\n"
    )
}

fn mbox(messages: usize) -> String {
    let who = |n: usize| if n.is_multiple_of(7) { "Philippa Quarrendon" } else { "Owen Price" };
    let message = |n: usize| format!("From x@example.org Mon Nov  2 10:00:00 2026\n{}\n", mail(n, who(n)));
    (0..messages).map(message).collect()
}

fn filled(root: &Path, messages: usize) {
    fs::write(root.join("a.mbox"), mbox(messages)).unwrap();
    fs::write(root.join("b.txt"), "Philippa Quarrendon was here.").unwrap();
    let mut zip = ZipWriter::new(fs::File::create(root.join("c.zip")).unwrap());
    zip.add_directory("m", SimpleFileOptions::default()).unwrap();
    for n in 0..messages / 4 {
        zip.start_file(format!("m/{n}.txt"), SimpleFileOptions::default()).unwrap();
        zip.write_all(mail(n, "Philippa Quarrendon").as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    fs::write(root.join("d.zip"), "PK\x03\x04 and nothing").unwrap();
    fs::write(root.join("d.pst"), "!BDN and nothing").unwrap();
    for part in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"] {
        fs::create_dir_all(root.join("e").join(part)).unwrap();
    }
    for n in 0..messages / 2 {
        fs::write(root.join(format!("e/cur/{n}.host:2,S")), mail(n, "Owen Price")).unwrap();
        fs::write(root.join(format!("e/.Sent/new/{n}.host")), mail(n, "Philippa Quarrendon")).unwrap();
    }
}

#[test]
fn every_kind_of_place_goes_on_behind_every_item() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path(), 8);
    // 8 in the mbox, a text, 2 in the zip, two damaged files, 4 in each mail folder.
    assert_eq!(goes_on_everywhere(home.path()), 21);
    assert_eq!(goes_on_everywhere(&home.path().join("a.mbox")), 8);
    assert_eq!(goes_on_everywhere(&home.path().join("c.zip")), 2);
    assert_eq!(goes_on_everywhere(&home.path().join("e")), 8);
    assert_eq!(goes_on_everywhere(&home.path().join("b.txt")), 1);
    let pst = home.path().join("real.pst");
    fs::write(&pst, super::pst::sample()).unwrap();
    assert!(goes_on_everywhere(&pst) > 1);
    let archive = home.path().join("export.zip");
    let mut zip = ZipWriter::new(fs::File::create(&archive).unwrap());
    for (name, bytes) in
        [("b.mbox", mbox(3).into_bytes()), ("c.txt", b"c".to_vec()), ("a.pst", super::pst::sample()), ("bad.pst", b"!BDN".to_vec())]
    {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap();
    assert_eq!(goes_on_everywhere(&archive), 7);
}

proptest! {
    #[test]
    fn an_mbox_of_any_shape_goes_on_behind_every_message(
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "From a@example.org Mon Nov  2 10:00:00 2026", "From here on it is text", "From b", "Subject: x", "", "", "text",
                ">From quoted", "From c Tue Nov  3 10:00:00 2026\r", "\r", "To: y\r",
            ]),
            0..40,
        ),
        ends in any::<bool>(),
    ) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("x.mbox");
        let text = format!("From a Mon Nov  2 10:00:00 2026\n{}{}", lines.join("\n"), if ends { "\n" } else { "" });
        fs::write(&path, text).unwrap();
        goes_on_everywhere(&path);
    }
}

/// Notes in memory: what is in here has outlived the process.
#[derive(Default)]
struct Notes(Vec<(u64, Vec<u8>)>, u64);

impl Memory for Notes {
    fn recall(&mut self, each: &mut dyn FnMut(u64, Vec<u8>)) -> Result<(), Error> {
        self.0.iter().for_each(|(number, note)| each(*number, note.clone()));
        Ok(())
    }

    fn note(&mut self, note: &[u8]) -> Result<(), Error> {
        self.1 += 1;
        self.0.push((self.1, note.to_vec()));
        Ok(())
    }

    fn forget(&mut self, numbers: &[u64]) -> Result<(), Error> {
        self.0.retain(|(number, _)| !numbers.contains(number));
        Ok(())
    }
}

fn wanted() -> Identity {
    Identity { names: vec!["Philippa Quarrendon".to_owned()], ..Identity::default() }
}

/// Searches the folder with these notes, and stops after so many batches.
fn search(root: &Path, keeping: Keeping, notes: &mut Notes, mut batches: usize) -> (Scan, Earlier) {
    let (person, extractor) = (wanted(), InProcess::default());
    let places = [Place { name: "folder".to_owned(), source: AllSources::default().open(root).unwrap(), by_hand: false }];
    let edition = Edition::of(&person, keeping, &extractor).unwrap();
    let matcher = Matcher::new(&person).unwrap();
    let terms = Terms { matcher: &matcher, extractor: &extractor, keeping, parts: false, memory: Some((notes, edition)) };
    scan_on(&places, terms, &mut |_| {
        batches -= 1;
        batches > 0
    })
    .unwrap()
}

#[test]
fn a_scan_killed_at_every_batch_is_the_unbroken_scan() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path(), 1_200);
    for keeping in [Keeping::Findings, Keeping::Review, Keeping::Everything] {
        let whole = search(home.path(), keeping, &mut Notes::default(), usize::MAX).0;
        assert_eq!((whole.items, whole.found > 100), (2_703, true));
        assert_eq!(whole.documents.is_empty(), keeping == Keeping::Findings);
        assert_eq!(whole.met.len() as u64 == whole.listed, keeping == Keeping::Everything);
        let mut notes = Notes::default();
        let mut known = 0;
        for _ in 0..30 {
            let (_, earlier) = search(home.path(), keeping, &mut notes, 1);
            assert!(earlier.items >= known);
            known = earlier.items;
        }
        let (scan, earlier) = search(home.path(), keeping, &mut notes, usize::MAX);
        assert_eq!(scan, whole);
        assert_eq!(earlier, Earlier { items: 2_703, changed: 0, other: false }, "nothing was left to read");
        let alone = Keeping::Findings;
        assert_eq!(search(home.path(), alone, &mut notes, usize::MAX).1.other, keeping != alone, "notes of another search are not used");
    }
}

#[test]
fn what_changed_is_read_again_and_what_went_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    filled(home.path(), 40);
    let mut notes = Notes::default();
    let (before, _) = search(home.path(), Keeping::Everything, &mut notes, usize::MAX);
    fs::write(home.path().join("b.txt"), "Nobody was here at all.").unwrap();
    fs::remove_file(home.path().join("e/cur/3.host:2,S")).unwrap();
    fs::write(home.path().join("e/new/new.host"), mail(99, "Philippa Quarrendon")).unwrap();
    let (scan, earlier) = search(home.path(), Keeping::Everything, &mut notes, usize::MAX);
    assert_eq!((earlier.changed, earlier.items), (1, before.items - 2));
    assert_eq!(scan, search(home.path(), Keeping::Everything, &mut Notes::default(), usize::MAX).0);
    fs::remove_dir_all(home.path().join("e")).unwrap();
    for file in ["a.mbox", "c.zip", "d.zip", "d.pst"] {
        fs::remove_file(home.path().join(file)).unwrap();
    }
    fs::write(home.path().join("b.txt"), "Again another text.").unwrap();
    search(home.path(), Keeping::Everything, &mut notes, usize::MAX);
    assert_eq!(notes.0.len(), 1, "notes about what is no more are gone");
}

#[test]
fn the_estimate_of_an_mbox_comes_from_its_bytes() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.mbox"), mbox(2_000)).unwrap();
    let (person, extractor) = (wanted(), InProcess::default());
    let source = AllSources::default().open(&home.path().join("a.mbox")).unwrap();
    let places = [Place { name: "mbox".to_owned(), source, by_hand: false }];
    let matcher = Matcher::new(&person).unwrap();
    let terms = Terms { matcher: &matcher, extractor: &extractor, keeping: Keeping::Findings, parts: false, memory: None };
    let mut guesses = Vec::new();
    scan_on(&places, terms, &mut |progress| {
        assert!(progress.estimated && progress.total >= Some(progress.met));
        guesses.push(progress.total.unwrap());
        true
    })
    .unwrap();
    assert!(guesses.len() > 4 && guesses.iter().all(|guess| (1_900..2_800).contains(guess)), "{guesses:?}");
}
