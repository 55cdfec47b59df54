//! A mailbox on an IMAP server, named by a small file `<anything>.imap.toml` beside the other
//! places. The whole account or some of its folders, read-only.

use std::path::{Path, PathBuf};

use domain::{Refusal, RefusalCode};
use serde::Deserialize;
use services::ports::{Part, Source, SourceItem, Start, Walker};

use super::{Settings, entry};
use crate::mail::Server;
use crate::mail::imap_read::{Account, Folder};

/// What the file says. Unknown keys are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// `imaps://host` or `imap://host:port`.
    imap: String,
    /// The account.
    user: String,
    /// A file with its password on the first line, beside this one.
    password_file: PathBuf,
    /// The folders to read; all without it.
    #[serde(default)]
    folders: Vec<String>,
}

struct Imap {
    server: Server,
    folders: Vec<String>,
    /// Whose numbers the messages have.
    stamp: String,
}

pub(super) fn recognise(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".imap.toml"))
}

fn refuse(detail: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::SourceUnreadable, detail)
}

pub(super) fn open(path: &Path, _: Settings) -> Result<Box<dyn Source>, Refusal> {
    let text = std::fs::read_to_string(path).map_err(|error| super::unreadable(&error))?;
    let told: Told = toml::from_str(&text).map_err(|error| refuse(format!("In its settings: {}.", error.message())))?;
    let password = path.parent().unwrap_or(Path::new("")).join(&told.password_file);
    let password = std::fs::read_to_string(password).map_err(|_| refuse("Its password file cannot be read."))?;
    let stamp = format!("{} {}", told.user, told.imap);
    let account = (told.user, password.lines().next().unwrap_or_default().to_owned().into());
    let server = Server::parse("imap", &told.imap, Some(account)).map_err(|error| refuse(format!("In its settings, `imap`: {error}.")))?;
    let source = Imap { server, folders: told.folders, stamp };
    source.reach()?;
    Ok(Box::new(source))
}

impl Imap {
    /// Signs in and finds the folders; one that is named and not there is refused.
    fn reach(&self) -> Result<(Account, Vec<Folder>), Refusal> {
        let unreached =
            || refuse("The mail server cannot be reached, or does not let us in. Check the address, the account and the password.");
        let mut account = Account::open(&self.server).map_err(|_| unreached())?;
        let all = account.folders().map_err(|_| unreached())?;
        if self.folders.is_empty() {
            return Ok((account, all));
        }
        let mut chosen = Vec::with_capacity(self.folders.len());
        for name in &self.folders {
            let found = all.iter().find(|folder| folder.name == *name).or_else(|| all.iter().find(|f| f.name.eq_ignore_ascii_case(name)));
            chosen.push(found.cloned().ok_or_else(|| refuse("A folder named in its settings is not on the server."))?);
        }
        Ok((account, chosen))
    }
}

impl Imap {
    /// The messages of a folder, each a part: under its number it never changes (RFC 3501). The
    /// same numbers on another server, or of another account, are other messages.
    fn folder(&self, account: &mut Account, folder: &Folder, visit: &mut dyn Walker) -> std::io::Result<bool> {
        let (validity, numbers) = account.enter(folder)?;
        let locator = |number: u64| format!("{}/{validity}-{number}.eml", folder.name);
        let mut wanted = Vec::new();
        for number in numbers {
            let name = locator(number);
            let part = Part { name: &name, stamp: &self.stamp };
            if !visit.knows(part) {
                wanted.push(number);
                continue;
            }
            // The order of the numbers is kept: what is new before this one comes first.
            if !self.fetch(account, folder, (validity, std::mem::take(&mut wanted)), visit)? {
                return Ok(false);
            }
            visit.begin(part);
        }
        self.fetch(account, folder, (validity, wanted), visit)
    }

    fn fetch(&self, account: &mut Account, folder: &Folder, of: (u64, Vec<u64>), visit: &mut dyn Walker) -> std::io::Result<bool> {
        let (validity, numbers) = of;
        account.messages(folder, validity, numbers, &mut |fetched| {
            let locator = format!("{}/{validity}-{}.eml", folder.name, fetched.number);
            let Some(bytes) = fetched.bytes else {
                return visit.item(entry::failed(&locator, "was moved or deleted while the mailbox was being read"), None);
            };
            match visit.begin(Part { name: &locator, stamp: &self.stamp }) {
                Start::Beginning => {}
                Start::Known => return true,
                Start::After(_) => {
                    visit.end();
                    return true;
                }
            }
            let truncated_from = (fetched.size > bytes.len() as u64).then_some(fetched.size);
            let item = SourceItem { name: format!("{}.eml", fetched.number), locator, bytes: Ok(bytes), truncated_from };
            let more = visit.item(item, entry::ONE);
            visit.end();
            more
        })
    }
}

impl Source for Imap {
    fn title(&self) -> String {
        "mailbox (IMAP)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        let (mut account, folders) = self.reach()?;
        for folder in folders {
            match self.folder(&mut account, &folder, visit) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(_) => return Err(refuse("The mail server broke off. What was read before is not lost: search again.")),
            }
        }
        Ok(())
    }

    fn count(&self) -> Option<u64> {
        let (mut account, folders) = self.reach().ok()?;
        folders.iter().map(|folder| account.count(folder).ok()).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn settings_are_checked_before_anything_is_reached() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("box.imap.toml");
        let refused = |text: &str| {
            fs::write(&path, text).unwrap();
            open(&path, Settings::default()).err().unwrap().detail
        };
        assert!(!recognise(&path), "it must be there");
        assert!(refused("imap = 1").contains("settings"));
        let told = "imap = \"http://x\"\nuser = \"u\"\npassword_file = \"pw\"\n";
        assert!(refused(told).contains("password file"));
        fs::write(home.path().join("pw"), "plover\n").unwrap();
        assert!(refused(told).contains("`imap`"));
        assert!(refused(&format!("{told}folder = \"x\"\n")).contains("settings"));
        assert!(recognise(&path));
    }
}
