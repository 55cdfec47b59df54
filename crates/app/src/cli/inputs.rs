//! What commands read: packs, person files, places, the extractor.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use adapters::extract::{Limits, Passwords, Pool};
use adapters::letters::Letters;
use adapters::sources::AllSources;
use anyhow::Context;
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};
use finder::identity::Identity;
use services::ports::Sources;
use services::sar::Place;

use super::outcome::Ending;

/// What `--source` may name, as the help of every command that searches says it.
pub(crate) const PLACES: &str = "Where to search: a folder, zip, Maildir, mbox, .pst or single file, or a .imap.toml, .postgres.toml or \
    .export.toml (docs/how-to/search-a-mailbox.md). May be given several times.";

/// A pack by built-in name or by folder.
pub(crate) fn pack(name: &str) -> Result<Policy, Ending> {
    if Path::new(name).is_dir() { Ok(Policy::from_files(&pack_files(name)?)?) } else { Ok(Policy::builtin(name)?) }
}

/// The files of a pack by built-in name or by folder: names and texts, in order. What is too
/// large for a pack is cut off just past the limit, so that reading it is refused and cheap.
pub(crate) fn pack_files(name: &str) -> Result<Vec<(String, String)>, Ending> {
    let folder = Path::new(name);
    if !folder.is_dir() {
        return Ok(Policy::builtin_files(name)?);
    }
    let mut files = Vec::new();
    let mut left = domain::policy::LARGEST + 1;
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading the pack {name}"))? {
        let path = entry.context("reading the pack")?.path();
        // A hidden file is a setting of an editor.
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let mut bytes = Vec::new();
            let opened = std::fs::File::open(&path).with_context(|| format!("reading {file}"))?;
            opened.take(left as u64).read_to_end(&mut bytes).with_context(|| format!("reading {file}"))?;
            left -= bytes.len().min(left);
            let text = String::from_utf8(bytes)
                .map_err(|_| Refusal::new(RefusalCode::PackInvalid, format!("{file} is not text in UTF-8. Save it as UTF-8.")))?;
            files.push((file, text));
        }
    }
    files.sort();
    Ok(files)
}

/// A person file (TOML).
pub(crate) fn person(path: &Path) -> Result<Identity, Ending> {
    let text = std::fs::read_to_string(path)
        .map_err(|_| Refusal::new(RefusalCode::SourceUnreadable, format!("The person file `{}` cannot be read.", path.display())))?;
    toml::from_str(&text)
        .map_err(|error| Refusal::new(RefusalCode::ValueInvalid, format!("In the person file: {}", error.message())).into())
}

/// Opens every place to search.
pub(crate) fn places(paths: &[PathBuf]) -> Result<Vec<Place>, Ending> {
    let sources = sources()?;
    let mut places = Vec::with_capacity(paths.len());
    for path in paths {
        let source = sources.open(path)?;
        places.push(Place { name: source.title(), source, by_hand: false });
    }
    Ok(places)
}

/// Every kind of place. What takes workbooks apart is started when one is met.
pub(crate) fn sources() -> Result<AllSources, Ending> {
    Ok(AllSources::new(Arc::new(workbooks()?)))
}

/// What takes workbooks apart: the same confined program. All rows of one may take longer than a single item.
pub(crate) fn workbooks() -> Result<Pool, Ending> {
    Ok(Pool::new(own_program()?, 1, Limits { wall: Duration::from_mins(1), ..Limits::default() }))
}

/// Where this program itself is: it runs as its own confined children.
pub(crate) fn own_program() -> Result<PathBuf, Ending> {
    Ok(std::env::current_exe().context("finding the program itself")?)
}

/// What of the items is read that takes something more: letters in pictures, what is encrypted.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ReadArgs {
    /// Do not read the letters in pictures and scanned pages, even where Tesseract is installed.
    #[arg(long)]
    no_ocr: bool,
    /// The language of letters in pictures, as Tesseract calls it.
    #[arg(long, value_name = "LANGUAGE", default_value = ENGLISH)]
    ocr_language: String,
    /// A file of passwords, a line each, to try on what is encrypted: PDF, Office documents, OpenDocument, zip, 7z and RAR archives.
    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,
}

/// The language of letters in pictures when nobody says another.
pub(crate) const ENGLISH: &str = "eng";

/// Whether letters in pictures are read: where Tesseract is installed, unless nobody wants it.
pub(crate) fn letters(wanted: bool, language: &str) -> Result<Letters, Ending> {
    Ok(if wanted { Letters::auto(&own_program()?, language) } else { Letters::Off })
}

/// The extractor of a search from the command line.
pub(crate) fn search_extractor(args: &ReadArgs) -> Result<Pool, Ending> {
    Ok(extractor_with(passwords(args.passwords.as_deref())?)?.with_letters(letters(!args.no_ocr, &args.ocr_language)?))
}

/// The passwords in a file, a line each.
pub(crate) fn passwords(path: Option<&Path>) -> Result<Passwords, Ending> {
    let Some(path) = path else { return Ok(Passwords::default()) };
    let unreadable = |_| Refusal::new(RefusalCode::SourceUnreadable, format!("The file of passwords `{}` cannot be read.", path.display()));
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let many = || Refusal::new(RefusalCode::ValueInvalid, format!("The file of passwords holds more than {}.", Passwords::MOST));
    Ok(Passwords::of(&text).ok_or_else(many)?)
}

/// What is said of items under a password, if there are any.
pub(crate) fn said_of_encrypted(items: u64) -> Option<String> {
    (items > 0).then(|| {
        format!("{items} items are encrypted. To have them read, write the passwords into a file, a line each, and search again with `--passwords FILE`.")
    })
}

/// What is said of pictures that nothing here can read, if there are any.
pub(crate) fn said_of_letters(pictures: u64) -> Option<String> {
    (pictures > 0).then(|| {
        format!(
            "{pictures} pictures or scanned files were {}. To have them read, install tesseract-ocr and search again.",
            services::ports::NO_LETTERS
        )
    })
}

/// The confined extractor: this same program as a child.
pub(crate) fn extractor() -> Result<Pool, Ending> {
    extractor_with(Passwords::default())
}

/// The same with passwords for what is encrypted.
pub(crate) fn extractor_with(passwords: Passwords) -> Result<Pool, Ending> {
    Ok(Pool::new(own_program()?, 2, Limits { passwords, ..Limits::default() }))
}
