//! A whole account by IMAP, read-only: folders are opened with EXAMINE and bodies fetched with
//! PEEK, so that nothing is marked, moved or changed.

use std::io;

use super::imap::{Answer, MOST_BYTES, Session, number_after, refused};
use super::server::{Secrecy, Server};
use super::wire::Wire;

/// Messages asked for at a time.
const AT_A_TIME: usize = 50;
/// How often in a row a lost connection is made again.
const TRIES: u32 = 3;

/// A folder on the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folder {
    /// As the server writes it.
    raw: String,
    /// As a person reads it.
    pub(crate) name: String,
}

impl Folder {
    /// The folder of this name.
    pub(crate) fn named(raw: &str) -> Self {
        Self { raw: raw.to_owned(), name: readable(raw) }
    }
}

/// A message: its number, its size on the server, and as much of it as is taken.
pub(crate) struct Fetched {
    pub(crate) number: u64,
    pub(crate) size: u64,
    /// `None` when it is no longer there.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// An account being read. A lost connection is made again and reading goes on where it was.
pub(crate) struct Account {
    server: Server,
    session: Session,
}

impl Account {
    /// Signs in.
    pub(crate) fn open(server: &Server) -> io::Result<Self> {
        Ok(Self { server: server.clone(), session: Session::sign_in(server)? })
    }

    /// Every folder that holds messages, by name.
    pub(crate) fn folders(&mut self) -> io::Result<Vec<Folder>> {
        let said = self.session.ask("LIST \"\" \"*\"")?;
        let mut folders: Vec<Folder> = said.iter().filter_map(listed).map(|raw| Folder::named(&raw)).collect();
        folders.sort_by(|a, b| a.name.cmp(&b.name));
        folders.dedup();
        Ok(folders)
    }

    /// How many messages a folder holds.
    pub(crate) fn count(&mut self, folder: &Folder) -> io::Result<u64> {
        let said = self.session.ask(&format!("STATUS {} (MESSAGES)", quoted(&folder.raw)?))?;
        let count = said.iter().find_map(|line| number_after(&line.text.to_ascii_uppercase(), "MESSAGES "));
        count.ok_or_else(|| refused("to count"))
    }

    /// Opens a folder. Returns the validity of its numbers, and the numbers in order.
    pub(crate) fn enter(&mut self, folder: &Folder) -> io::Result<(u64, Vec<u64>)> {
        let mut last = None;
        for _ in 0..=TRIES {
            match self.examine(folder).and_then(|validity| Ok((validity, self.numbers()?))) {
                Ok(entered) => return Ok(entered),
                Err(error) => last = Some(error),
            }
            self.session = Session::sign_in(&self.server)?;
        }
        Err(last.unwrap_or_else(|| refused("to open a folder")))
    }

    /// Hands over messages of a folder that is open, in the order of their numbers. `Ok(false)`
    /// when `each` wanted no more.
    pub(crate) fn messages(
        &mut self,
        folder: &Folder,
        validity: u64,
        mut numbers: Vec<u64>,
        each: &mut dyn FnMut(Fetched) -> bool,
    ) -> io::Result<bool> {
        let mut tries = 0;
        while !numbers.is_empty() {
            let chunk: Vec<u64> = numbers.iter().take(AT_A_TIME).copied().collect();
            let (mut met, mut more) = (Vec::new(), true);
            let outcome = self.fetch(&chunk, &mut |fetched| {
                met.push(fetched.number);
                more = each(fetched);
                more
            });
            if !more {
                return Ok(false);
            }
            numbers.retain(|number| !met.contains(number));
            match outcome {
                Ok(_) => {
                    // What the server did not send is no longer there.
                    for number in chunk.iter().copied().filter(|number| !met.contains(number)) {
                        if !each(Fetched { number, size: 0, bytes: None }) {
                            return Ok(false);
                        }
                    }
                    numbers.retain(|number| !chunk.contains(number));
                    tries = 0;
                }
                Err(error) if tries >= TRIES => return Err(error),
                Err(_) => {
                    tries = if met.is_empty() { tries + 1 } else { 1 };
                    self.session = Session::sign_in(&self.server)?;
                    if self.examine(folder)? != validity {
                        return Err(refused("the same numbers as before"));
                    }
                }
            }
        }
        Ok(true)
    }

    /// Opens a folder for reading alone.
    fn examine(&mut self, folder: &Folder) -> io::Result<u64> {
        let said = self.session.ask(&format!("EXAMINE {}", quoted(&folder.raw)?))?;
        said.iter().find_map(|line| number_after(&line.text, "[UIDVALIDITY ")).ok_or_else(|| refused("numbers that stay"))
    }

    fn numbers(&mut self) -> io::Result<Vec<u64>> {
        let said = self.session.ask("UID SEARCH ALL")?;
        let words = said.iter().filter_map(|line| line.text.strip_prefix("* SEARCH")).flat_map(str::split_whitespace);
        let mut numbers: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    fn fetch(&mut self, numbers: &[u64], each: &mut dyn FnMut(Fetched) -> bool) -> io::Result<bool> {
        let list = numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        self.session.ask_each(&format!("UID FETCH {list} (UID RFC822.SIZE BODY.PEEK[]<0.{MOST_BYTES}>)"), &mut |answer| {
            let upper = answer.text.to_ascii_uppercase();
            let number = if upper.contains(" FETCH ") { number_after(&upper, "UID ") } else { None };
            let Some(number) = number.filter(|number| numbers.contains(number)) else { return true };
            let size = number_after(&upper, "RFC822.SIZE ");
            // A message without a byte comes as an empty text in quotes.
            let empty = upper.contains("BODY[]<0> \"\"") || size == Some(0);
            let bytes = answer.literals.into_iter().next_back().or_else(|| empty.then(Vec::new));
            match bytes {
                Some(bytes) => each(Fetched { number, size: size.unwrap_or(bytes.len() as u64), bytes: Some(bytes) }),
                None => true,
            }
        })
    }
}

/// Reads what a server says to somebody who looks through an account, whatever it is. For trying
/// out spoilt answers.
pub(crate) fn overheard(said: &[u8]) -> io::Result<usize> {
    let server = Server { host: String::new(), port: 0, secrecy: Secrecy::Plain, account: Some(("ada".to_owned(), "x".to_owned().into())) };
    let session = Session::begin(Wire::saying(said), &server)?;
    let mut account = Account { server, session };
    let folders = account.folders()?;
    let folder = folders.into_iter().next().unwrap_or_else(|| Folder::named("INBOX"));
    account.examine(&folder)?;
    let numbers = account.numbers()?;
    let mut bytes = 0;
    account.fetch(&numbers, &mut |fetched| {
        bytes += fetched.bytes.map_or(0, |bytes| bytes.len());
        true
    })?;
    account.count(&folder)?;
    super::imap::overheard(Session::begin(Wire::saying(said), &account.server)?)?;
    Ok(bytes)
}

impl Drop for Account {
    fn drop(&mut self) {
        self.session.leave();
    }
}

/// The folder that a line `* LIST (flags) "/" name` names, unless it cannot be opened.
fn listed(answer: &Answer) -> Option<String> {
    let rest = answer.text.strip_prefix("* LIST (")?;
    let (flags, rest) = rest.split_once(')')?;
    let flags = flags.to_ascii_lowercase();
    if flags.contains("\\noselect") || flags.contains("\\nonexistent") {
        return None;
    }
    let rest = rest.trim_start();
    let name = match rest.strip_prefix('"') {
        // The separator itself may be a backslash, written as two.
        Some(inner) => inner.split_once("\" ")?.1,
        None => rest.split_once(' ')?.1,
    };
    if let Some(bytes) = answer.literals.last() {
        return Some(String::from_utf8_lossy(bytes).into_owned());
    }
    let name = name.trim();
    Some(match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => name.to_owned(),
    })
}

fn quoted(name: &str) -> io::Result<String> {
    if name.chars().any(char::is_control) {
        return Err(refused("a folder with an odd name"));
    }
    Ok(format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A folder's name out of the modified UTF-7 of RFC 3501: `&` begins base64 of UTF-16, `-`
/// ends it, `&-` is an ampersand. What is out of shape stays as it is.
fn readable(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((code, tail)) = after.split_once('-') else {
            out.push('&');
            rest = after;
            continue;
        };
        rest = tail;
        if code.is_empty() {
            out.push('&');
            continue;
        }
        let bytes = mail_parser::decoders::base64::base64_decode(padded(code).as_bytes()).unwrap_or_default();
        out.push_str(&encoding_rs::UTF_16BE.decode_without_bom_handling(&bytes).0);
    }
    out + rest
}

fn padded(code: &str) -> String {
    let mut code = code.replace(',', "/");
    while !code.len().is_multiple_of(4) {
        code.push('=');
    }
    code
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    /// A server with three messages, that hangs up in the middle of the first answer.
    fn faint() -> (Server, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("imap://{}", listener.local_addr().unwrap());
        let heard = std::thread::spawn(move || {
            let mut heard = Vec::new();
            for visit in 0..2 {
                let (stream, _) = listener.accept().unwrap();
                let mut write = stream.try_clone().unwrap();
                write.write_all(b"* OK here\r\n").unwrap();
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let (tag, command) = line.split_once(' ').unwrap();
                    heard.push(command.to_owned());
                    let answer = match command.split(' ').next().unwrap() {
                        "EXAMINE" => "* OK [UIDVALIDITY 7] ok\r\n",
                        "UID" if command.contains("SEARCH") => "* SEARCH 3 1 2\r\n",
                        "UID" if visit == 0 => "* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[]<0> {3}\r\none)\r\n",
                        "UID" => "* 2 FETCH (FLAGS (\\Seen) UID 2)\r\n* 3 FETCH (UID 3 RFC822.SIZE 9 BODY[]<0> {5}\r\nthree)\r\n",
                        _ => "",
                    };
                    write.write_all(answer.as_bytes()).unwrap();
                    if visit == 0 && command.contains("FETCH") {
                        break;
                    }
                    if write.write_all(format!("{tag} OK done\r\n").as_bytes()).is_err() {
                        break;
                    }
                }
            }
            heard
        });
        (Server::parse("imap", &url, None).unwrap(), heard)
    }

    #[test]
    fn a_lost_connection_costs_no_message_and_none_comes_twice() {
        let (server, heard) = faint();
        let mut account = Account::open(&server).unwrap();
        let mut met = Vec::new();
        let folder = Folder::named("INBOX");
        let (validity, numbers) = account.enter(&folder).unwrap();
        assert_eq!(numbers, [1, 2, 3]);
        let whole = account.messages(&folder, validity, numbers, &mut |fetched| {
            met.push((validity, fetched.number, fetched.size, fetched.bytes.map(|bytes| String::from_utf8(bytes).unwrap())));
            true
        });
        assert!(whole.unwrap());
        drop(account);
        assert_eq!(met, [(7, 1, 3, Some("one".to_owned())), (7, 3, 9, Some("three".to_owned())), (7, 2, 0, None)]);
        let heard = heard.join().unwrap();
        assert!(heard.iter().any(|line| line.starts_with("UID FETCH 2,3 ")), "{heard:?}");
        assert!(heard.iter().all(|line| !line.starts_with("SELECT") && !line.contains("STORE")), "{heard:?}");
    }

    fn line(text: &str) -> Answer {
        Answer { text: text.to_owned(), literals: Vec::new() }
    }

    #[test]
    fn folders_are_read_off_their_lines() {
        for (text, expected) in [
            ("* LIST (\\HasNoChildren) \".\" INBOX", Some("INBOX")),
            ("* LIST (\\HasNoChildren) \"/\" \"Sent Items\"", Some("Sent Items")),
            ("* LIST () \"\\\\\" \"a \\\"b\\\"\"", Some("a \"b\"")),
            ("* LIST () NIL Drafts", Some("Drafts")),
            ("* LIST (\\Noselect \\HasChildren) \"/\" \"[Gmail]\"", None),
            ("* STATUS x", None),
        ] {
            assert_eq!(listed(&line(text)).as_deref(), expected, "{text}");
        }
        let literal = Answer { text: "* LIST () \"/\" {4} ".to_owned(), literals: vec![b"Test".to_vec()] };
        assert_eq!(listed(&literal).as_deref(), Some("Test"));
    }

    #[test]
    fn names_of_folders_are_readable() {
        for (raw, name) in
            [("INBOX", "INBOX"), ("Tom &- Ada", "Tom & Ada"), ("Entw&APw-rfe", "Entwürfe"), ("a&", "a&"), ("&ZeVnLIqe-", "日本語")]
        {
            assert_eq!(readable(raw), name);
        }
    }
}
