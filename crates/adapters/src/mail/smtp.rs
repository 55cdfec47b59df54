//! Mail out by SMTP (RFC 5321): one connection a mail, one recipient, one answer.
//!
//! The server's word that it has taken the mail is returned the moment it comes: nothing is
//! waited for after it, so that a crash between it and the mark in the outbox is as unlikely
//! as it can be made.

use std::io;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use services::ports::{Failure, FinishedMail, Handed, LAST_ANSWER_SECONDS, Post};

use super::message;
use super::server::{Secrecy, Server};
use super::wire::Wire;

/// A mail server that takes our mail.
pub struct Smtp {
    server: Server,
    own_domain: String,
    /// How long the answer to the last full stop is waited for.
    patience: Duration,
}

/// Why a mail was not taken.
#[derive(Debug)]
enum Trouble {
    /// The server said so: its code, and whether it was said about the sign-in.
    Said { code: String, about_us: bool },
    /// The connection was lost or never there.
    Gone,
    /// The last full stop went out and no answer came.
    Unanswered,
}

impl From<io::Error> for Trouble {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

impl Trouble {
    fn words(&self) -> String {
        match self {
            Self::Said { code, .. } => code.clone(),
            Self::Gone => "no connection".to_owned(),
            Self::Unanswered => "no answer".to_owned(),
        }
    }
}

impl Smtp {
    /// Prepares the way; connects when there is something to hand over. `own_domain` is what
    /// we call ourselves.
    pub fn new(server: Server, own_domain: &str) -> Self {
        Self { server, own_domain: own_domain.to_owned(), patience: Duration::from_secs(LAST_ANSWER_SECONDS) }
    }

    /// Connects, secures the connection and signs in.
    fn greet(&self) -> Result<Wire, Trouble> {
        self.greet_over(Wire::connect(&self.server)?)
    }

    /// The same over a connection that stands.
    fn greet_over(&self, mut wire: Wire) -> Result<Wire, Trouble> {
        expect(&mut wire, "220", true)?;
        let hello = format!("EHLO {}", self.own_domain);
        let mut offers = ask(&mut wire, &hello, "250", true)?;
        if self.server.secrecy == Secrecy::StartTls {
            ask(&mut wire, "STARTTLS", "220", true)?;
            wire = wire.encrypted()?;
            offers = ask(&mut wire, &hello, "250", true)?;
        }
        if let Some((user, password)) = &self.server.account {
            let offers = offers.to_ascii_uppercase();
            let ways = offers.lines().find(|line| line.get(4..).is_some_and(|offer| offer.starts_with("AUTH"))).unwrap_or_default();
            // A server that asks nobody who they are is told nothing.
            if ways.contains("PLAIN") {
                let both = BASE64.encode(format!("\0{user}\0{}", password.as_str()));
                ask(&mut wire, &format!("AUTH PLAIN {both}"), "235", true)?;
            } else if !ways.is_empty() {
                ask(&mut wire, "AUTH LOGIN", "334", true)?;
                ask(&mut wire, &BASE64.encode(user), "334", true)?;
                ask(&mut wire, &BASE64.encode(password.as_bytes()), "235", true)?;
            }
        }
        Ok(wire)
    }

    /// Everything up to the last full stop: until then the server cannot have taken the mail.
    fn bring(&self, mail: &FinishedMail, message: &[u8]) -> Result<Wire, Trouble> {
        let mut wire = self.greet()?;
        ask(&mut wire, &format!("MAIL FROM:<{}>", mail.from), "250", false)?;
        ask(&mut wire, &format!("RCPT TO:<{}>", mail.to), "25", false)?;
        if let Some(own) = &mail.copy_to {
            // A server that does not take the copy still takes the mail.
            match ask(&mut wire, &format!("RCPT TO:<{own}>"), "25", true) {
                Ok(_) | Err(Trouble::Said { .. }) => {}
                Err(gone) => return Err(gone),
            }
        }
        ask(&mut wire, "DATA", "354", false)?;
        wire.send(&stuffed(message))?;
        Ok(wire)
    }

    /// The last full stop, and the answer to it. When none comes, nobody knows.
    fn finish(&self, mut wire: Wire) -> Result<(), Trouble> {
        let answered = wire
            .patience(self.patience)
            .and_then(|()| wire.send(b".\r\n"))
            .map_err(Trouble::from)
            .and_then(|()| expect(&mut wire, "250", false).map(drop));
        match answered {
            Ok(()) => {
                // Taken. Whether the farewell arrives does not matter.
                let _ = wire.send(b"QUIT\r\n");
                Ok(())
            }
            Err(Trouble::Gone) => Err(Trouble::Unanswered),
            // An answer without a code says nothing either.
            Err(Trouble::Said { code, .. }) if !code.starts_with(['4', '5']) => Err(Trouble::Unanswered),
            Err(said) => Err(said),
        }
    }
}

/// Reads what a server says to somebody who brings a mail, whatever it is. For trying out spoilt
/// answers. Whether it took the mail.
pub(crate) fn overheard(said: &[u8]) -> bool {
    let server = Server { host: String::new(), port: 0, secrecy: Secrecy::Plain, account: Some(("ada".to_owned(), "x".to_owned().into())) };
    let smtp = Smtp::new(server, "here.example");
    let brought = smtp.greet_over(Wire::saying(said)).and_then(|mut wire| {
        for (line, wanted) in [("MAIL", "250"), ("RCPT", "25"), ("DATA", "354")] {
            ask(&mut wire, line, wanted, false)?;
        }
        smtp.finish(wire)
    });
    brought.map_err(|trouble| trouble.words()).is_ok()
}

/// The message with every line that begins with a full stop given a second one, without the end.
fn stuffed(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len() + 64);
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
    }
    if !bytes.is_empty() && !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

fn ask(wire: &mut Wire, line: &str, wanted: &str, about_us: bool) -> Result<String, Trouble> {
    wire.send(format!("{line}\r\n").as_bytes())?;
    expect(wire, wanted, about_us)
}

/// Reads an answer of one or more lines. Only its codes are kept when it is not the one wanted:
/// the words may hold an address.
fn expect(wire: &mut Wire, wanted: &str, about_us: bool) -> Result<String, Trouble> {
    let mut answer = String::new();
    for _ in 0..200 {
        let line = wire.line()?;
        answer.push_str(&line);
        answer.push('\n');
        if line.as_bytes().get(3) == Some(&b'-') {
            continue;
        }
        return if line.starts_with(wanted) { Ok(answer) } else { Err(Trouble::Said { code: codes(&line), about_us }) };
    }
    Err(Trouble::Gone)
}

/// `550` or `550 5.1.1`.
fn codes(line: &str) -> String {
    let code: String = line.chars().take(3).filter(char::is_ascii_digit).collect();
    let rest = line.get(4..).and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    let enhanced = rest.split('.').count() == 3 && rest.len() <= 9 && rest.split('.').all(|part| part.parse::<u16>().is_ok());
    if enhanced { format!("{code} {rest}") } else { code }
}

impl Post for Smtp {
    fn hand_over(&self, mail: &FinishedMail, last: &mut dyn FnMut() -> bool) -> Handed {
        let Some(message) = message::write(mail) else { return Handed::Refused("address".to_owned()) };
        let delivered = self.bring(mail, &message).and_then(|wire| if last() { self.finish(wire) } else { Err(Trouble::Gone) });
        match delivered {
            Ok(()) => Handed::Accepted,
            Err(Trouble::Unanswered) => {
                tracing::warn!("the mail server did not answer after the last full stop");
                Handed::Unknown
            }
            // A refusal for good is about this mail. One about us is ours to mend, and the mail waits.
            Err(Trouble::Said { code, about_us: false }) if code.starts_with('5') && !code.starts_with("53") => Handed::Refused(code),
            Err(trouble) => {
                tracing::warn!(answer = trouble.words(), "the mail server did not take a mail");
                Handed::Later(trouble.words())
            }
        }
    }

    fn probe(&self) -> Result<(), Failure> {
        let mut wire = self.greet().map_err(|trouble| Failure::because("connecting to the server that takes our mail", trouble.words()))?;
        let _ = wire.send(b"QUIT\r\n");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;

    use super::*;
    use crate::mail::message::tests::mail;

    /// A server on loopback that says these lines, one after each of ours, to one caller.
    /// Gives back what it was told.
    fn scripted(answers: &'static [&'static str], account: Option<(&str, &str)>) -> (Smtp, std::thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let (mut write, mut lines) = (stream.try_clone().unwrap(), BufReader::new(stream).lines());
            let (mut heard, mut in_data) = (Vec::new(), false);
            for answer in answers {
                if write.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
                    break;
                }
                in_data |= answer.starts_with("354");
                loop {
                    let Some(Ok(line)) = lines.next() else { return heard };
                    heard.push(line.clone());
                    if !in_data || line == "." {
                        in_data = false;
                        break;
                    }
                }
            }
            heard
        });
        let account = account.map(|(user, password)| (user.to_owned(), password.to_owned().into()));
        (Smtp::new(Server::parse("smtp", &url, account).unwrap(), "greenbank.example"), heard)
    }

    #[test]
    fn a_mail_goes_out_with_its_message_id_and_one_recipient() {
        let (smtp, heard) = scripted(&["220 here", "250-hello\r\n250 8BITMIME", "250 ok", "250 ok", "354 go on", "250 taken"], None);
        assert_eq!(smtp.hand_over(&mail(), &mut || true), Handed::Accepted);
        let heard = heard.join().unwrap();
        assert_eq!(heard.iter().filter(|line| line.starts_with("RCPT TO:")).collect::<Vec<_>>(), ["RCPT TO:<amelia@hart.example>"]);
        assert_eq!(heard[0], "EHLO greenbank.example");
        assert!(heard.contains(&"Message-ID: <1@greenbank.example>".to_owned()));
    }

    #[test]
    fn what_the_server_says_becomes_a_code_and_a_decision() {
        let told = |answers, account| scripted(answers, account).0.hand_over(&mail(), &mut || true);
        let later = |code: &str| Handed::Later(code.to_owned());
        let unknown = &["220 here", "250 hello", "250 ok", "550 5.1.1 amelia@hart.example unknown"];
        assert_eq!(told(unknown, None), Handed::Refused("550 5.1.1".to_owned()));
        assert_eq!(told(&["220 here", "250 hello", "250 ok", "250 ok", "354 go", "554 no"], None), Handed::Refused("554".to_owned()));
        assert_eq!(told(&["220 here", "250 hello", "250 ok", "451 later"], None), later("451"));
        assert_eq!(told(&["220 here", "250 hello", "530 5.7.0 sign in first"], None), later("530 5.7.0"));
        assert_eq!(told(&["554 not you"], None), later("554"));
        assert_eq!(told(&["220 here", "250-hello\r\n250 AUTH PLAIN LOGIN", "535 5.7.8 no"], Some(("u", "p"))), later("535 5.7.8"));
        assert_eq!(told(&["220 here", "250 hello", "250 ok"], None), later("no connection"));
    }

    #[test]
    fn an_answer_lost_after_the_last_full_stop_is_unknown_and_before_it_is_later() {
        const TO_THE_END: &[&str] = &["220 here", "250 hello", "250 ok", "250 ok", "354 go"];
        let (smtp, heard) = scripted(TO_THE_END, None);
        let mut asked = 0;
        let mut last = || {
            asked += 1;
            true
        };
        assert_eq!(smtp.hand_over(&mail(), &mut last), Handed::Unknown);
        assert_eq!(asked, 1);
        assert_eq!(heard.join().unwrap().last().unwrap(), ".");
        // Who may not go on says nothing that a server could take for the end.
        let (smtp, heard) = scripted(TO_THE_END, None);
        assert_eq!(smtp.hand_over(&mail(), &mut || false), Handed::Later("no connection".to_owned()));
        assert!(!heard.join().unwrap().contains(&".".to_owned()));
        // The connection ends with the message half said.
        assert_eq!(scripted(&TO_THE_END[..4], None).0.hand_over(&mail(), &mut || true), Handed::Later("no connection".to_owned()));
        // An answer that is none.
        let nonsense = &["220 here", "250 hello", "250 ok", "250 ok", "354 go", "what?"];
        assert_eq!(scripted(nonsense, None).0.hand_over(&mail(), &mut || true), Handed::Unknown);
        assert_eq!(
            scripted(&["220 here", "250 hello", "250 ok", "250 ok", "354 go", "451 later"], None).0.hand_over(&mail(), &mut || true),
            Handed::Later("451".to_owned())
        );
    }

    #[test]
    fn the_last_answer_is_waited_for_and_silence_beyond_that_is_unknown() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        // Says everything up to the full stop, then holds the line without a word until the other side goes.
        let silent = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let (mut write, mut lines) = (stream.try_clone().unwrap(), BufReader::new(stream).lines());
            for answer in ["220 here", "250 hello", "250 ok", "250 ok", "354 go"] {
                write.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
                lines.next();
            }
            lines.map_while(Result::ok).last()
        });
        let mut smtp = Smtp::new(Server::parse("smtp", &url, None).unwrap(), "x.example");
        assert_eq!(smtp.patience, Duration::from_mins(10));
        smtp.patience = Duration::from_millis(50);
        assert_eq!(smtp.hand_over(&mail(), &mut || true), Handed::Unknown);
        assert_eq!(silent.join().unwrap().as_deref(), Some("."));
    }

    #[test]
    fn it_signs_in_as_the_server_offers() {
        let (smtp, heard) = scripted(&["220 here", "250-hello\r\n250 AUTH PLAIN", "235 in"], Some(("u", "p")));
        smtp.probe().unwrap();
        assert_eq!(heard.join().unwrap()[1..], ["AUTH PLAIN AHUAcA==", "QUIT"]);
        let (smtp, heard) = scripted(&["220 here", "250-hello\r\n250 AUTH LOGIN", "334 x", "334 x", "235 in"], Some(("u", "p")));
        smtp.probe().unwrap();
        assert_eq!(heard.join().unwrap()[1..], ["AUTH LOGIN", "dQ==", "cA==", "QUIT"]);
        let (smtp, heard) = scripted(&["220 here", "250 hello"], Some(("u", "p")));
        smtp.probe().unwrap();
        assert_eq!(heard.join().unwrap()[1..], ["QUIT"]);
    }

    #[test]
    fn nobody_there_is_later_and_a_failed_probe() {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let smtp = Smtp::new(Server::parse("smtp", &format!("smtp://{address}"), None).unwrap(), "x.example");
        assert_eq!(smtp.hand_over(&mail(), &mut || true), Handed::Later("no connection".to_owned()));
        assert!(smtp.probe().is_err());
    }

    #[test]
    fn a_lone_full_stop_does_not_end_the_message() {
        assert_eq!(stuffed(b"a\r\n.\r\n.b\r\n"), b"a\r\n..\r\n..b\r\n");
        assert_eq!(stuffed(b"a\r\nb"), b"a\r\nb\r\n");
    }
}
