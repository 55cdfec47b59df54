//! RAR archives, of all versions: every member is read as a document of its own, under a password where one opens it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use rars::{Archive, ArchiveMember, ArchiveReadOptions, ArchiveReader, Error, ErrorKind, ExtractionDecision, ExtractionErrorAction};

use super::archive::LOOK_BACK;
use super::zip::names;
use crate::extract::Passwords;
use crate::extract::charset::lenient;
use crate::extract::taking::{Item, Reason, Taking};

const ENCRYPTED: &str = "is encrypted";
const DAMAGED: &str = "is damaged or cut off";
const PARTED: &str = "goes over several archives; unpack them and search what was in them";
/// Most members and other records of one archive.
const MOST_RECORDS: u64 = 20_000;

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let limits = taking.limits;
    let most = taking.left().min((item.bytes.len() as u64).saturating_mul(limits.ratio).max(1 << 20));
    let (archive, password) = open(item.bytes, &limits.passwords, most)?;
    let solid = archive.members().any(|member| member.is_solid());
    let locked = password.is_none().then(|| limits.passwords.refused(ENCRYPTED));
    let visit = RefCell::new(Visit { taking, solid, locked, reached: 0, number: 0, now: None, bare: String::new() });
    let outcome = archive.extract_with_control_and_errors(
        options(password, most),
        |member| Ok(visit.borrow_mut().next(member)),
        |_, error| {
            visit.borrow_mut().fail(why(error));
            Ok(ExtractionErrorAction::Continue)
        },
    );
    let mut visit = visit.into_inner();
    match outcome {
        Ok(_) => visit.finish(),
        Err(error) => visit.stop(&archive, why(&error)),
    }
    let Visit { taking, number, bare, .. } = visit;
    names(taking, item, &bare);
    if number == 0 { Err("an archive without a file in it".into()) } else { Ok(()) }
}

fn options(password: Option<&str>, most: u64) -> ArchiveReadOptions<'_> {
    let memory = u64::from(LOOK_BACK) << 10;
    ArchiveReadOptions::with_optional_password(password.map(str::as_bytes))
        .with_max_header_count(MOST_RECORDS)
        .with_max_member_output_bytes(most)
        .with_max_total_output_bytes(most)
        .with_rar50_dictionary_size_limit(memory)
        .with_rar50_buffered_decode_limit(memory / 4)
        .with_max_reader_workspace_bytes(2 * memory)
}

/// Opens an archive, and finds the password where there is one to find.
fn open<'p>(bytes: &[u8], passwords: &'p Passwords, most: u64) -> Result<(Archive, Option<&'p str>), Reason> {
    let archive = match ArchiveReader::read_with_options(bytes, options(None, most)) {
        // Its list is locked as well.
        Err(error) if why(&error) == ENCRYPTED => {
            let opened = passwords.find(|password| {
                let archive = ArchiveReader::read_with_options(bytes, options(Some(password), most)).ok()?;
                archive.members().next().is_some().then_some(archive)
            });
            return opened.map(|(archive, password)| (archive, Some(password))).ok_or_else(|| passwords.refused(ENCRYPTED));
        }
        opened => opened.map_err(|error| why(&error))?,
    };
    let is_locked = |member: &ArchiveMember| member.meta.is_encrypted && !member.meta.is_directory && !member.meta.is_split_after;
    let Some(locked) = archive.members().position(|member| is_locked(&member)) else { return Ok((archive, None)) };
    let opened = passwords.find(|password| archive.read_member_at_with_options(locked, options(Some(password), most)).ok().flatten());
    let password = opened.map(|(_, password)| password);
    Ok((archive, password))
}

fn why(error: &Error) -> Reason {
    match error.kind() {
        ErrorKind::PasswordRequired | ErrorKind::BadPassword => ENCRYPTED.into(),
        ErrorKind::ResourceLimit => "unpacks to more, or takes more memory, than is allowed for one item".into(),
        ErrorKind::UnsupportedFormat | ErrorKind::UnsupportedFeature => "is packed in a way that is not read yet".into(),
        _ => DAMAGED.into(),
    }
}

/// Where the bytes of a member go.
#[derive(Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The way through the members of an archive.
struct Visit<'t, 'l> {
    taking: &'t mut Taking<'l>,
    /// Members lean on those in front of them: none can be passed over.
    solid: bool,
    /// Why what is encrypted is not read, when it is not.
    locked: Option<Reason>,
    /// Members that were met, folders too, and files among them.
    reached: usize,
    number: usize,
    /// The member that is being unpacked.
    now: Option<(String, Sink)>,
    bare: String,
}

impl Visit<'_, '_> {
    fn next(&mut self, member: &ArchiveMember) -> ExtractionDecision {
        self.finish();
        self.reached += 1;
        if member.meta.is_directory || member.meta.is_redirection {
            return ExtractionDecision::Skip;
        }
        if !self.taking.has_room() {
            return ExtractionDecision::Stop;
        }
        self.number += 1;
        let name = named(member);
        let parted = member.meta.is_split_before || member.meta.is_split_after;
        let refused = if parted { Some(PARTED.into()) } else { self.locked.clone().filter(|_| member.meta.is_encrypted) };
        if let Some(reason) = refused.filter(|_| !self.solid) {
            self.list(&name, reason);
            return ExtractionDecision::Skip;
        }
        let sink = Sink::default();
        self.now = Some((name, sink.clone()));
        ExtractionDecision::Extract(Box::new(sink))
    }

    /// Reads the member that was unpacked last.
    fn finish(&mut self) {
        let Some((name, sink)) = self.now.take() else { return };
        let bytes = sink.0.take();
        let text = self.taking.text_taken();
        match self.taking.count(bytes.len()) {
            Ok(()) => self.taking.child(self.number, Item { name: &name, bytes: &bytes }),
            Err(reason) => self.taking.unreadable_child(self.number, &name, reason),
        }
        if self.taking.text_taken() == text {
            self.bare.extend([name.as_str(), "\n"]);
        }
    }

    fn fail(&mut self, reason: Reason) {
        if let Some((name, _)) = self.now.take() {
            self.list(&name, reason);
        }
    }

    fn list(&mut self, name: &str, reason: Reason) {
        self.taking.unreadable_child(self.number, name, reason);
        self.bare.extend([name, "\n"]);
    }

    /// Lists the member at which it ended, and those behind it.
    fn stop(&mut self, archive: &Archive, reason: Reason) {
        let reason = self.locked.clone().filter(|_| reason == ENCRYPTED).unwrap_or(reason);
        self.fail(reason.clone());
        for member in archive.members().skip(self.reached).filter(|member| !member.meta.is_directory && !member.meta.is_redirection) {
            if !self.taking.has_room() {
                break;
            }
            self.number += 1;
            self.list(&named(&member), reason.clone());
        }
    }
}

fn named(member: &ArchiveMember) -> String {
    let name = member.decoded_name(None).unwrap_or_default();
    let name = if member.name_is_unicode() { String::from_utf8_lossy(&name) } else { lenient(&name) };
    name.replace('\\', "/")
}
