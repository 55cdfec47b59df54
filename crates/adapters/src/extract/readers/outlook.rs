//! Outlook messages (.msg): properties in an OLE compound file.

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;
use finder::document::{Correspondent, DocumentKind, Header, PartKind};

use crate::extract::charset::lenient;
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing, one_line, push_plain};

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut file = CompoundFile::open(Cursor::new(item.bytes)).map_err(|_| Reason::from("is damaged or cut off"))?;
    let base = base(&file);
    message(taking, &mut file, &base, item);
    Ok(())
}

/// Where the message stands: at the root, or in a storage of its own when the file is carried
/// by an Office document.
fn base(file: &File<'_>) -> PathBuf {
    let root = Path::new("/");
    let whole = |path: &Path| file.is_stream(path.join("__properties_version1.0"));
    if whole(root) {
        return root.to_owned();
    }
    let below = file.read_storage(root).into_iter().flatten().filter(cfb::Entry::is_storage).map(|e| root.join(e.name()));
    below.into_iter().find(|path| whole(path)).unwrap_or_else(|| root.to_owned())
}

/// Takes the message stored below `base`.
fn message(taking: &mut Taking<'_>, file: &mut File<'_>, base: &Path, item: Item<'_>) {
    let subject = one_line(&text(taking, file, base, "0037"));
    let people = people(taking, file, base);
    let mut writing = Writing::default();
    writing.part(PartKind::Headers, |out| {
        for (header, label) in [(Header::From, "From"), (Header::To, "To"), (Header::Cc, "Cc")] {
            let shown: Vec<String> = people.iter().filter(|p| p.header == header).map(shown).collect();
            if !shown.is_empty() {
                out.extend([label, ": ", &shown.join(", "), "\n"]);
            }
        }
        if !subject.is_empty() {
            out.extend(["Subject: ", &subject, "\n"]);
        }
    });
    writing.text.push('\n');
    let mut facts = Facts::default();
    let mut body = text(taking, file, base, "1000");
    if body.trim().is_empty() {
        let html = bytes(taking, file, &base.join("__substg1.0_10130102")).unwrap_or_default();
        body = super::html::to_text(&lenient(&html), &mut facts);
    }
    writing.part(PartKind::Body, |out| push_plain(out, &body));
    writing.metadata(&facts);
    if let Some(document) = taking.document(About { kind: DocumentKind::Mail, title: subject, date: None }, item, writing) {
        document.correspondents = people;
    }
    for (number, folder) in folders(file, base, "__attach_version1.0_").into_iter().enumerate() {
        attachment(taking, file, &folder, number + 1);
    }
}

fn attachment(taking: &mut Taking<'_>, file: &mut File<'_>, folder: &Path, number: usize) {
    let mut name = text(taking, file, folder, "3707");
    if name.is_empty() {
        name = text(taking, file, folder, "3704");
    }
    let name = one_line(&name);
    let inner = folder.join("__substg1.0_3701000D");
    if file.is_storage(&inner) {
        let title = if name.is_empty() { "message.msg" } else { &name };
        taking.inside(number, title, |taking| message(taking, file, &inner, Item { name: title, bytes: &[] }));
        return;
    }
    match bytes(taking, file, &folder.join("__substg1.0_37010102")) {
        Ok(content) => taking.child(number, Item { name: &name, bytes: &content }),
        Err(reason) => taking.unreadable_child(number, &name, reason),
    }
}

fn shown(person: &Correspondent) -> String {
    match (person.name.as_str(), person.address.as_str()) {
        (name, "") => name.to_owned(),
        ("", address) => address.to_owned(),
        (name, address) => format!("{name} <{address}>"),
    }
}

fn people(taking: &mut Taking<'_>, file: &mut File<'_>, base: &Path) -> Vec<Correspondent> {
    let mut people = Vec::new();
    let mut add = |header, name: String, address: String| {
        let person = Correspondent { header, name: one_line(&name), address: one_line(&address).to_lowercase() };
        let known = person.name.is_empty() && person.address.is_empty() || people.contains(&person);
        if !known {
            people.push(person);
        }
    };
    let mut address = text(taking, file, base, "5D01");
    if address.is_empty() {
        address = text(taking, file, base, "0C1F");
    }
    let address = if address.contains('@') { address } else { String::new() };
    add(Header::From, text(taking, file, base, "0C1A"), address);
    for folder in folders(file, base, "__recip_version1.0_") {
        let mut address = text(taking, file, &folder, "39FE");
        if address.is_empty() {
            address = text(taking, file, &folder, "3003");
        }
        add(Header::To, text(taking, file, &folder, "3001"), if address.contains('@') { address } else { String::new() });
    }
    add(Header::Cc, text(taking, file, base, "0E03"), String::new());
    add(Header::Cc, text(taking, file, base, "0E02"), String::new());
    people
}

fn folders(file: &File<'_>, base: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = file.read_storage(base) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter(|e| e.is_storage() && e.name().starts_with(prefix)).map(|e| e.name().to_owned()).collect();
    names.sort();
    names.into_iter().map(|name| base.join(name)).collect()
}

/// A text property: as UTF-16, else in the old code page.
fn text(taking: &mut Taking<'_>, file: &mut File<'_>, base: &Path, tag: &str) -> String {
    if let Ok(wide) = bytes(taking, file, &base.join(format!("__substg1.0_{tag}001F"))) {
        return encoding_rs::UTF_16LE.decode_without_bom_handling(&wide).0.into_owned();
    }
    let narrow = bytes(taking, file, &base.join(format!("__substg1.0_{tag}001E"))).unwrap_or_default();
    lenient(&narrow).into_owned()
}

fn bytes(taking: &mut Taking<'_>, file: &mut File<'_>, path: &Path) -> Result<Vec<u8>, Reason> {
    if !file.is_stream(path) {
        return Err("is damaged or cut off".into());
    }
    let mut stream = file.open_stream(path).map_err(|_| Reason::from("is damaged or cut off"))?;
    taking.unpack(u64::MAX / 4_096, stream.by_ref())
}
