//! Mail in by IMAP (RFC 3501, 4315, 6851). Reads without marking anything as seen; what is
//! safely stored is moved to a folder, or given a keyword where the server allows one.

use std::io;

use jiff::Timestamp;
use services::ports::{Arrived, Failure, Mailbox, Visit};

use super::server::{Secrecy, Server};
use super::wire::Wire;

/// Bytes of one message taken at most; of a bigger one the first part.
pub(super) const MOST_BYTES: usize = 30_000_000;
/// Lines of one answer at most.
const MOST_LINES: usize = 200_000;
/// The keyword of a message that was taken.
const TAKEN: &str = "$ProbityTaken";

/// A mailbox on a server.
pub struct Imap {
    server: Server,
    mailbox: String,
    /// Where messages go once they are stored; they stay when `None`.
    handled: Option<String>,
}

impl Imap {
    /// Prepares the way; connects when it is visited.
    ///
    /// # Errors
    /// When a folder's name has other than plain characters.
    pub fn new(server: Server, mailbox: &str, handled: Option<&str>) -> Result<Self, super::ServerError> {
        let plain = |name: &str| !name.is_empty() && name.chars().all(|c| (' '..='~').contains(&c) && !matches!(c, '"' | '\\' | '&'));
        if !plain(mailbox) || !handled.is_none_or(plain) || handled == Some(mailbox) {
            return Err(super::ServerError("folder names are of plain letters, and the one for handled mail is another".to_owned()));
        }
        Ok(Self { server, mailbox: mailbox.to_owned(), handled: handled.map(str::to_owned) })
    }
}

impl Mailbox for Imap {
    fn name(&self) -> String {
        let user = self.server.account.as_ref().map_or("", |(user, _)| user.as_str());
        // Only a fingerprint: the name of the account does not stand in the database.
        let text = format!("{}\n{}\n{user}\n{}", self.server.host, self.server.port, self.mailbox);
        super::fingerprint("imap", text.as_bytes())
    }

    fn visit(&self) -> Result<Box<dyn Visit>, Failure> {
        let failed = |error: io::Error| Failure::because("visiting the mailbox", error);
        let mut session = Session::sign_in(&self.server).map_err(failed)?;
        let said = session.ask(&format!("EXAMINE \"{}\"", self.mailbox)).map_err(failed)?;
        let validity = said.iter().find_map(|line| number_after(&line.text, "[UIDVALIDITY "));
        let validity = validity.ok_or_else(|| Failure::new("reading the validity of the mailbox's numbers"))?;
        let keywords = said.iter().any(|line| line.text.contains("[PERMANENTFLAGS ") && line.text.contains("\\*"));
        Ok(Box::new(ImapVisit {
            session,
            validity,
            mailbox: self.mailbox.clone(),
            handled: self.handled.clone(),
            keywords,
            writable: false,
        }))
    }
}

/// One line of an answer, with the literals that stood in it.
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) literals: Vec<Vec<u8>>,
}

/// A connection on which somebody has signed in.
pub(super) struct Session {
    wire: Wire,
    n: u32,
    offers: String,
}

pub(super) fn refused(what: &'static str) -> io::Error {
    io::Error::other(format!("the server refused {what}"))
}

impl Session {
    /// Connects and signs in.
    pub(super) fn sign_in(server: &Server) -> io::Result<Self> {
        Self::begin(Wire::connect(server)?, server)
    }

    /// Signs in over a connection.
    pub(super) fn begin(wire: Wire, server: &Server) -> io::Result<Self> {
        let mut session = Self { wire, n: 0, offers: String::new() };
        session.offers = session.wire.line()?;
        if !session.offers.starts_with("* OK") && !session.offers.starts_with("* PREAUTH") {
            return Err(refused("the greeting"));
        }
        if server.secrecy == Secrecy::StartTls {
            session.ask("STARTTLS")?;
            session.wire = session.wire.encrypted()?;
        }
        if let Some((user, password)) = &server.account {
            session.ask(&format!("LOGIN {} {}", quoted(user)?, quoted(password)?))?;
        }
        session.offers = session.ask("CAPABILITY")?.iter().map(|line| line.text.to_ascii_uppercase()).collect::<Vec<_>>().join(" ") + " ";
        Ok(session)
    }

    /// Says a command and reads its whole answer.
    pub(super) fn ask(&mut self, command: &str) -> io::Result<Vec<Answer>> {
        let mut answers = Vec::new();
        self.ask_each(command, &mut |answer| {
            answers.push(answer);
            true
        })?;
        Ok(answers)
    }

    /// Says a command and hands over its answer line by line. `Ok(false)` when `each` wanted no
    /// more: the connection is then in the middle of an answer and of no further use.
    pub(super) fn ask_each(&mut self, command: &str, each: &mut dyn FnMut(Answer) -> bool) -> io::Result<bool> {
        self.n += 1;
        let tag = format!("p{}", self.n);
        self.wire.send(format!("{tag} {command}\r\n").as_bytes())?;
        for _ in 0..MOST_LINES {
            let answer = self.answer()?;
            if let Some(rest) = answer.text.strip_prefix(&tag).and_then(|rest| rest.strip_prefix(' ')) {
                if rest.starts_with("OK") {
                    // What a server says in the last line (a response code) belongs to the answer.
                    return Ok(each(answer));
                }
                let code = if rest.contains("[TRYCREATE]") { "a folder that is not there" } else { "a command" };
                return Err(refused(code));
            }
            if !each(answer) {
                return Ok(false);
            }
        }
        Err(refused("to come to an end"))
    }

    /// Takes leave; the server may be gone already.
    pub(super) fn leave(&mut self) {
        let _ = self.wire.send(b"p0 LOGOUT\r\n");
    }

    fn answer(&mut self) -> io::Result<Answer> {
        let mut answer = Answer { text: self.wire.line()?, literals: Vec::new() };
        while let Some(n) = literal_at_end(&answer.text) {
            if n > MOST_BYTES + 1024 {
                return Err(refused("to be brief"));
            }
            answer.literals.push(self.wire.bytes(n)?);
            let rest = self.wire.line()?;
            answer.text.push(' ');
            answer.text.push_str(&rest);
        }
        Ok(answer)
    }
}

struct ImapVisit {
    session: Session,
    validity: u64,
    mailbox: String,
    handled: Option<String>,
    keywords: bool,
    writable: bool,
}

impl ImapVisit {
    fn search(&mut self, criteria: &str) -> io::Result<Vec<u64>> {
        let said = self.session.ask(&format!("UID SEARCH {criteria}"))?;
        let words = said.iter().filter_map(|line| line.text.strip_prefix("* SEARCH")).flat_map(str::split_whitespace);
        let mut numbers: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    fn take(&mut self, number: u64) -> io::Result<Option<Arrived>> {
        let said = self.session.ask(&format!("UID FETCH {number} (UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)"))?;
        for answer in said {
            let upper = answer.text.to_ascii_uppercase();
            if upper.contains(" FETCH ") && number_after(&upper, "UID ") == Some(number) {
                // It is there, and its content is not handed out.
                let bytes = answer.literals.into_iter().next_back().ok_or_else(|| refused("a message that it lists"))?;
                let size = number_after(&upper, "RFC822.SIZE ").unwrap_or(bytes.len() as u64);
                return Ok(Some(Arrived { size, at: internal_date(&answer.text), bytes }));
            }
        }
        Ok(None)
    }

    fn mark(&mut self, numbers: &[u64]) -> io::Result<()> {
        if self.handled.is_none() && !self.keywords {
            return Ok(());
        }
        if !self.writable {
            self.session.ask(&format!("SELECT \"{}\"", self.mailbox))?;
            self.writable = true;
        }
        for number in numbers {
            match self.handled.clone() {
                Some(folder) => self.put_away(*number, &folder)?,
                None => drop(self.session.ask(&format!("UID STORE {number} +FLAGS.SILENT ({TAKEN})"))?),
            }
        }
        Ok(())
    }

    fn put_away(&mut self, number: u64, folder: &str) -> io::Result<()> {
        let verb = if self.session.offers.contains(" MOVE ") { "MOVE" } else { "COPY" };
        let command = format!("UID {verb} {number} \"{folder}\"");
        if self.session.ask(&command).is_err() {
            // The folder is made when it is first needed; a second refusal is a real one.
            let _ = self.session.ask(&format!("CREATE \"{folder}\""));
            self.session.ask(&command)?;
        }
        if verb == "COPY" {
            self.session.ask(&format!("UID STORE {number} +FLAGS.SILENT (\\Deleted)"))?;
            // Without this, expunging would take what others have marked along: then it stays marked.
            if self.session.offers.contains(" UIDPLUS ") {
                self.session.ask(&format!("UID EXPUNGE {number}"))?;
            }
        }
        Ok(())
    }
}

impl Visit for ImapVisit {
    fn validity(&self) -> Option<u64> {
        Some(self.validity)
    }

    fn numbers(&mut self, above: u64) -> Result<Vec<u64>, Failure> {
        // `n:*` means the last message too when it is below n.
        let found =
            self.search(&format!("UNDELETED UID {}:*", above + 1)).map_err(|error| Failure::because("listing the mailbox", error))?;
        Ok(found.into_iter().filter(|number| *number > above).collect())
    }

    fn unmarked(&mut self, up_to: u64) -> Result<Vec<u64>, Failure> {
        if up_to == 0 || (self.handled.is_none() && !self.keywords) {
            return Ok(Vec::new());
        }
        let unmarked = if self.handled.is_some() { "UNDELETED".to_owned() } else { format!("UNKEYWORD {TAKEN}") };
        self.search(&format!("{unmarked} UID 1:{up_to}")).map_err(|error| Failure::because("listing the mailbox", error))
    }

    fn fetch(&mut self, number: u64) -> Result<Option<Arrived>, Failure> {
        self.take(number).map_err(|error| Failure::because("fetching a message", error))
    }

    fn done(&mut self, numbers: &[u64]) -> Result<(), Failure> {
        self.mark(numbers).map_err(|error| Failure::because("marking a message as taken", error))
    }
}

impl Drop for ImapVisit {
    fn drop(&mut self) {
        self.session.leave();
    }
}

/// Reads what a server says to a visitor of a mailbox, whatever it is. For trying out spoilt answers.
pub(super) fn overheard(session: Session) -> io::Result<()> {
    let mut visit =
        ImapVisit { session, validity: 1, mailbox: "INBOX".to_owned(), handled: Some("Done".to_owned()), keywords: true, writable: false };
    visit.search("ALL")?;
    visit.take(1)?;
    visit.mark(&[1])
}

/// The size of the literal that a line announces at its end.
fn literal_at_end(line: &str) -> Option<usize> {
    line.strip_suffix('}')?.rsplit_once('{')?.1.trim_end_matches('+').parse().ok()
}

pub(super) fn number_after(text: &str, word: &str) -> Option<u64> {
    let rest = text.get(text.find(word)? + word.len()..)?;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// `INTERNALDATE "28-Nov-2026 21:14:05 +0000"`.
fn internal_date(text: &str) -> Option<Timestamp> {
    let at = text.to_ascii_uppercase().find("INTERNALDATE \"")? + "INTERNALDATE \"".len();
    let date = text.get(at..)?.split('"').next()?.trim();
    jiff::fmt::strtime::parse("%d-%b-%Y %H:%M:%S %z", date).ok()?.to_timestamp().ok()
}

fn quoted(text: &str) -> io::Result<String> {
    if !text.chars().all(|c| (' '..='~').contains(&c)) {
        return Err(io::Error::other("the account's name and password must be of plain characters"));
    }
    Ok(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;

    /// A server that answers commands by their beginning, in this order; others are refused.
    fn scripted(script: &'static [(&'static str, &'static str)], handled: Option<&str>) -> (Imap, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("imap://{}", listener.local_addr().unwrap());
        let heard = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut write = stream.try_clone().unwrap();
            write.write_all(b"* OK here\r\n").unwrap();
            let mut heard = Vec::new();
            let mut script = script.iter();
            let mut next = script.next();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                let (tag, command) = line.split_once(' ').unwrap();
                heard.push(command.to_owned());
                let answer = match next {
                    Some((wanted, answer)) if command.starts_with(wanted) => {
                        next = script.next();
                        format!("{answer}{tag} OK done\r\n")
                    }
                    _ => format!("{tag} NO [TRYCREATE] not now\r\n"),
                };
                if write.write_all(answer.as_bytes()).is_err() {
                    break;
                }
            }
            heard
        });
        let account = Some(("data".to_owned(), "p\"w".to_owned().into()));
        (Imap::new(Server::parse("imap", &url, account).unwrap(), "INBOX", handled).unwrap(), heard)
    }

    const OPEN: [(&str, &str); 3] = [
        ("LOGIN \"data\" \"p\\\"w\"", ""),
        ("CAPABILITY", "* CAPABILITY IMAP4rev1 MOVE UIDPLUS\r\n"),
        ("EXAMINE \"INBOX\"", "* 3 EXISTS\r\n* OK [UIDVALIDITY 1764000000] ok\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] ok\r\n"),
    ];

    #[test]
    fn a_message_is_read_without_a_trace_and_moved_when_told() {
        const FETCH: &str = "* 2 FETCH (FLAGS () UID 7 RFC822.SIZE 12 INTERNALDATE \"28-Nov-2026 21:14:05 +0100\" BODY[]<0> {12}\r\nFrom: a\r\n\r\n}\r\n)\r\n";
        let (imap, heard) = scripted(
            &[
                OPEN[0],
                OPEN[1],
                OPEN[2],
                ("UID SEARCH UNDELETED UID 7:*", "* SEARCH 9 7 6\r\n"),
                ("UID FETCH 7 (UID RFC822.SIZE INTERNALDATE BODY.PEEK[]<0.", FETCH),
                ("SELECT", ""),
                ("CREATE \"Probity\"", ""),
                ("UID MOVE 7 \"Probity\"", ""),
            ],
            Some("Probity"),
        );
        let mut visit = imap.visit().unwrap();
        assert_eq!(visit.validity(), Some(1_764_000_000));
        assert_eq!(visit.numbers(6).unwrap(), [7, 9]);
        let arrived = visit.fetch(7).unwrap().unwrap();
        assert_eq!((arrived.bytes.as_slice(), arrived.size), (b"From: a\r\n\r\n}".as_slice(), 12));
        assert_eq!(arrived.at.unwrap().to_string(), "2026-11-28T20:14:05Z");
        visit.done(&[7]).unwrap();
        drop(visit);
        let heard = heard.join().unwrap();
        assert_eq!(heard.iter().filter(|line| line.starts_with("UID MOVE")).count(), 2, "{heard:?}");
        assert_eq!(heard.last().unwrap(), "LOGOUT");
    }

    #[test]
    fn without_a_folder_a_keyword_marks_what_was_taken() {
        let (imap, _) = scripted(
            &[
                OPEN[0],
                OPEN[1],
                OPEN[2],
                ("UID SEARCH UNKEYWORD $ProbityTaken UID 1:9", "* SEARCH 3\r\n"),
                ("SELECT", ""),
                ("UID STORE 3 +FLAGS.SILENT ($ProbityTaken)", ""),
            ],
            None,
        );
        let mut visit = imap.visit().unwrap();
        assert_eq!(visit.unmarked(9).unwrap(), [3]);
        visit.done(&[3]).unwrap();
    }

    #[test]
    fn a_refused_sign_in_and_a_vanished_message_are_told() {
        let (imap, _) = scripted(&[("NOOP", "")], None);
        assert!(imap.probe().is_err());
        let (imap, _) = scripted(&[OPEN[0], OPEN[1], OPEN[2], ("UID FETCH", "")], None);
        assert_eq!(imap.visit().unwrap().fetch(4).unwrap(), None);
        // One that is listed and not handed out is not gone.
        let (imap, _) = scripted(&[OPEN[0], OPEN[1], OPEN[2], ("UID FETCH", "* 1 FETCH (UID 4 RFC822.SIZE 3 BODY[] NIL)\r\n")], None);
        assert!(imap.visit().unwrap().fetch(4).is_err());
    }

    #[test]
    fn literals_numbers_and_dates_are_read() {
        assert_eq!(literal_at_end("BODY[] {12}"), Some(12));
        assert_eq!(literal_at_end("BODY[] {12+}"), Some(12));
        assert_eq!(literal_at_end("BODY[] {x}"), None);
        assert_eq!(internal_date("INTERNALDATE \" 8-Nov-2026 01:02:03 +0000\"").unwrap().to_string(), "2026-11-08T01:02:03Z");
        assert_eq!(internal_date("INTERNALDATE \"8 Nov\""), None);
        assert!(quoted("p\u{e9}").is_err() && quoted("a\r\nb").is_err());
    }

    #[test]
    fn a_folder_s_name_cannot_carry_a_command() {
        let server = || Server::parse("imap", "imap://127.0.0.1:1", None).unwrap();
        for name in ["", "a\"b", "a\r\nb", "\u{e9}", "a&b"] {
            assert!(Imap::new(server(), name, None).is_err());
        }
        assert!(Imap::new(server(), "INBOX", Some("INBOX")).is_err());
        let (one, other) = (Imap::new(server(), "INBOX", None).unwrap(), Imap::new(server(), "Other", None).unwrap());
        assert_ne!(one.name(), other.name());
    }
}
