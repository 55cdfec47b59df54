//! Outlook messages (.msg): properties in an OLE compound file (MS-OXMSG).

use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use cfb::CompoundFile;
use finder::document::Header;

use super::letter::{Letter, header_of, moment, narrow, wide};
use crate::extract::taking::{Item, Reason, Taking};
use crate::extract::writing::one_line;

type File<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// The longest text that is noted beside the body, in bytes.
const NOTED: usize = 4_000;
/// Properties that a program made for itself: addresses of contacts, places of appointments.
const NAMED: std::ops::Range<u16> = 0x8000..0xFFFF;

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
    let head = if base == Path::new("/") { 32 } else { 24 };
    let mut props = Props::open(taking, file, base, head, None);
    props.page = props.fixed(0x3FFD).or_else(|| props.fixed(0x3FDE)).map(|page| page as u32);
    let mut letter = Letter {
        subject: props.text(taking, file, 0x0037),
        date: props.fixed(0x0039).or_else(|| props.fixed(0x0E06)).and_then(moment),
        message_id: props.text(taking, file, 0x1035),
        body: props.text(taking, file, 0x1000),
        html: props.bytes(taking, file, 0x1013).unwrap_or_default(),
        rtf: props.bytes(taking, file, 0x1009).unwrap_or_default(),
        ..Letter::default()
    };
    if letter.html.is_empty() {
        letter.html = props.text(taking, file, 0x1013).into_bytes();
    }
    people(taking, file, &props, &mut letter);
    noted(taking, file, &props, &mut letter);
    letter.take(taking, item);
    for (number, folder) in folders(file, base, "__attach_version1.0_").into_iter().enumerate() {
        attachment(taking, file, &folder, number + 1, props.page);
    }
}

fn people(taking: &mut Taking<'_>, file: &mut File<'_>, props: &Props, letter: &mut Letter) {
    for (name, addresses) in [(0x0042, [0x5D02, 0x0065]), (0x0C1A, [0x5D01, 0x0C1F])] {
        let name = props.text(taking, file, name);
        let address = addresses.into_iter().map(|tag| props.text(taking, file, tag)).find(|address| address.contains('@'));
        letter.add(Header::From, &name, &address.unwrap_or_default());
    }
    letter.add(Header::ReplyTo, &props.text(taking, file, 0x0050), "");
    for folder in folders(file, &props.base, "__recip_version1.0_") {
        let person = Props::open(taking, file, &folder, 8, props.page);
        let header = header_of(person.fixed(0x0C15).unwrap_or(1) as u32);
        let mut address = person.text(taking, file, 0x39FE);
        if !address.contains('@') {
            address = person.text(taking, file, 0x3003);
        }
        letter.add(header, &person.text(taking, file, 0x3001), &address);
    }
    // The lists as shown name people of whom nothing else is kept.
    for (header, tag) in [(Header::To, 0x0E04), (Header::Cc, 0x0E03), (Header::Cc, 0x0E02)] {
        for name in props.text(taking, file, tag).split(';').map(str::trim) {
            let known = letter.people.iter().any(|p| p.name == name || p.address.eq_ignore_ascii_case(name));
            if !known {
                letter.add(header, name, if name.contains('@') { name } else { "" });
            }
        }
    }
}

/// What contacts, appointments and tasks say in fields of their own.
fn noted(taking: &mut Taking<'_>, file: &mut File<'_>, props: &Props, letter: &mut Letter) {
    let names: Vec<String> = file.read_storage(&props.base).into_iter().flatten().map(|e| e.name().to_owned()).collect();
    for name in names {
        let Some(tag) = name.strip_prefix("__substg1.0_").filter(|n| n.ends_with("001F") || n.ends_with("001E")) else { continue };
        let Some(number) = tag.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok()) else { continue };
        if (0x3A00..0x3A60).contains(&number) || NAMED.contains(&number) {
            let text = props.text(taking, file, number);
            if text.len() <= NOTED && text.chars().any(char::is_alphanumeric) {
                letter.facts.add("Property", &text);
            }
        }
    }
}

fn attachment(taking: &mut Taking<'_>, file: &mut File<'_>, folder: &Path, number: usize, page: Option<u32>) {
    let props = Props::open(taking, file, folder, 8, page);
    let mut name = props.text(taking, file, 0x3707);
    for tag in [0x3704, 0x3001] {
        if name.is_empty() {
            name = props.text(taking, file, tag);
        }
    }
    let name = one_line(&name);
    let inner = folder.join("__substg1.0_3701000D");
    if file.is_storage(&inner) {
        let title = if name.is_empty() { "message.msg" } else { &name };
        if file.is_stream(inner.join("__properties_version1.0")) {
            taking.inside(number, title, |taking| message(taking, file, &inner, Item { name: title, bytes: &[] }));
        } else {
            taking.unreadable_child(number, title, "an object put into the message; it must be looked at by a person");
        }
        return;
    }
    match props.bytes(taking, file, 0x3701) {
        Ok(content) => taking.child(number, Item { name: &name, bytes: &content }),
        Err(_) if props.fixed(0x3705).is_some_and(|method| (2..=4).contains(&method) || method == 7) => {
            taking.unreadable_child(number, &name, "is only a link to a file that is kept elsewhere");
        }
        Err(reason) => taking.unreadable_child(number, &name, reason),
    }
}

fn folders(file: &File<'_>, base: &Path, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = file.read_storage(base) else { return Vec::new() };
    let mut names: Vec<String> = entries.filter(|e| e.is_storage() && e.name().starts_with(prefix)).map(|e| e.name().to_owned()).collect();
    names.sort();
    names.into_iter().map(|name| base.join(name)).collect()
}

/// The properties of a message, a recipient or an attachment.
struct Props {
    base: PathBuf,
    /// The short ones, which stand in one stream: sixteen bytes each, behind a head.
    short: Vec<u8>,
    page: Option<u32>,
}

impl Props {
    fn open(taking: &mut Taking<'_>, file: &mut File<'_>, base: &Path, head: usize, page: Option<u32>) -> Self {
        let mut short = stream(taking, file, &base.join("__properties_version1.0")).unwrap_or_default();
        short.drain(..head.min(short.len()));
        Self { base: base.to_owned(), short, page }
    }

    /// A number or moment.
    fn fixed(&self, number: u16) -> Option<u64> {
        let entry = self.short.as_chunks::<16>().0.iter().find(|entry| entry.get(2..4) == Some(&number.to_le_bytes()[..]))?;
        let long = matches!(entry[0], 0x40 | 0x14);
        let value = u64::from_le_bytes(entry.last_chunk::<8>().copied()?);
        Some(if long { value } else { value & 0xFFFF_FFFF })
    }

    /// A text: as UTF-16, else in the old code page.
    fn text(&self, taking: &mut Taking<'_>, file: &mut File<'_>, number: u16) -> String {
        if let Ok(bytes) = stream(taking, file, &self.path(number, "001F")) {
            return wide(&bytes);
        }
        narrow(&stream(taking, file, &self.path(number, "001E")).unwrap_or_default(), self.page)
    }

    fn bytes(&self, taking: &mut Taking<'_>, file: &mut File<'_>, number: u16) -> Result<Vec<u8>, Reason> {
        stream(taking, file, &self.path(number, "0102"))
    }

    fn path(&self, number: u16, kind: &str) -> PathBuf {
        self.base.join(format!("__substg1.0_{number:04X}{kind}"))
    }
}

fn stream(taking: &mut Taking<'_>, file: &mut File<'_>, path: &Path) -> Result<Vec<u8>, Reason> {
    if !file.is_stream(path) {
        return Err("is damaged or cut off".into());
    }
    let mut stream = file.open_stream(path).map_err(|_| Reason::from("is damaged or cut off"))?;
    let length = stream.len();
    taking.unpack_to(u64::MAX / 4_096, length, stream.by_ref())
}
