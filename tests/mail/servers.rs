//! A real IMAP and LMTP server (Dovecot) and a real SMTP server (Exim) of Debian's, as private
//! instances on loopback: own ports, own folder, started and stopped by the test that uses them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The account of every mailbox has this password.
pub(super) const PASSWORD: &str = "plover";

/// Pauses: waits on a channel that nothing is ever sent to.
pub(super) fn pause(milliseconds: u64) {
    let (_kept, never) = std::sync::mpsc::channel::<()>();
    let _ = never.recv_timeout(Duration::from_millis(milliseconds));
}

/// Waits until something is so; fails after a minute.
pub(super) fn until(what: &str, mut so: impl FnMut() -> bool) {
    for _ in 0..600 {
        if so() {
            return;
        }
        pause(100);
    }
    panic!("a minute passed without: {what}");
}

pub(super) struct Servers {
    folder: tempfile::TempDir,
    running: Vec<Child>,
    pub(super) imap: u16,
    pub(super) smtp: u16,
}

fn program(path: &str) -> PathBuf {
    let path = PathBuf::from(path);
    assert!(path.exists(), "{} is not installed: run `cargo xtask setup`", path.display());
    path
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Who we are; root lends the servers the accounts that Debian made for them.
fn account(of_debian: &str) -> String {
    let id = |what: &str| String::from_utf8(Command::new("id").arg(what).output().unwrap().stdout).unwrap().trim().to_owned();
    if id("-u") == "0" { of_debian.to_owned() } else { id("-un") }
}

fn hand_over(folder: &Path, to: &str) {
    let status = Command::new("chown").arg("-R").arg(to).arg(folder).status().unwrap();
    assert!(status.success());
}

impl Servers {
    pub(super) fn start() -> Self {
        let (dovecot, exim) = (program("/usr/sbin/dovecot"), program("/usr/sbin/exim4"));
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let (imap, lmtp, smtp) = (free_port(), free_port(), free_port());
        for part in ["run", "mail", "log", "exim/spool", "exim/log"] {
            fs::create_dir_all(folder.path().join(part)).unwrap();
        }
        hand_over(&folder.path().join("mail"), &account("mail"));
        hand_over(&folder.path().join("exim"), &account("Debian-exim"));
        let write = |name: &str, text: String| {
            fs::write(folder.path().join(name), text).unwrap();
            folder.path().join(name)
        };
        let root = folder.path().display().to_string();
        let dovecot_conf = write("dovecot.conf", dovecot_conf(&root, imap, lmtp));
        let exim_conf = write("exim.conf", exim_conf(&root, smtp, lmtp));
        let log = |name: &str| fs::File::create(folder.path().join("log").join(name)).unwrap();
        let running = vec![
            Command::new(dovecot)
                .arg("-F")
                .arg("-c")
                .arg(dovecot_conf)
                .stdin(Stdio::null())
                .stdout(log("d.out"))
                .stderr(log("d.err"))
                .spawn()
                .unwrap(),
            Command::new(exim)
                .arg("-C")
                .arg(exim_conf)
                .args(["-bdf", "-q2s"])
                .stdin(Stdio::null())
                .stdout(log("e.out"))
                .stderr(log("e.err"))
                .spawn()
                .unwrap(),
        ];
        let servers = Self { folder, running, imap, smtp };
        for port in [imap, lmtp, smtp] {
            until("a mail server that answers", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        }
        servers
    }

    /// Every message in a user's mailbox and its folders.
    pub(super) fn mailbox(&self, user: &str) -> Vec<String> {
        let mut messages = Vec::new();
        let mut folders = vec![self.folder.path().join("mail").join(user)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let within = folder.file_name().is_some_and(|name| name == "new" || name == "cur");
                if path.is_dir() && entry.file_name() != "tmp" {
                    folders.push(path);
                } else if within {
                    // A message may be moved while it is looked at.
                    messages.extend(fs::read(&path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
        messages
    }

    /// Messages in a user's inbox itself, not in its folders.
    pub(super) fn inbox(&self, user: &str) -> usize {
        let at = self.folder.path().join("mail").join(user);
        ["new", "cur"].iter().map(|part| fs::read_dir(at.join(part)).map_or(0, Iterator::count)).sum()
    }

    /// Puts messages into a folder of the account, which is made when it is not there (IMAP APPEND).
    pub(super) fn put(&self, folder: &str, messages: impl Iterator<Item = String>) {
        let stream = TcpStream::connect(("127.0.0.1", self.imap)).unwrap();
        let (mut write, mut lines) = (stream.try_clone().unwrap(), BufReader::new(stream).lines());
        let mut answer = move |begins: &str| loop {
            let line = lines.next().unwrap().unwrap();
            if line.starts_with(begins) {
                return line;
            }
            assert!(line.starts_with('*'), "{line}");
        };
        let mut say = |line: &str| write.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        let quoted = folder.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&-").replace('\u{fc}', "&APw-");
        say(&format!("a LOGIN data@greenbank.example {PASSWORD}"));
        answer("a OK");
        say(&format!("b CREATE \"{quoted}\""));
        // INBOX and what was made before are there already.
        answer("b ");
        for message in messages {
            let message = message.replace('\n', "\r\n");
            say(&format!("c APPEND \"{quoted}\" {{{}}}", message.len()));
            answer("+");
            say(&message);
            answer("c OK");
        }
    }

    /// Sends a message as any mail program would.
    pub(super) fn send(&self, from: &str, to: &str, message: &str) {
        let stream = TcpStream::connect(("127.0.0.1", self.smtp)).unwrap();
        let (mut write, mut read) = (stream.try_clone().unwrap(), BufReader::new(stream));
        let message = message.replace('\n', "\r\n");
        let says = [
            "EHLO hart.example".to_owned(),
            format!("MAIL FROM:<{from}>"),
            format!("RCPT TO:<{to}>"),
            "DATA".to_owned(),
            format!("{message}\r\n."),
            "QUIT".to_owned(),
        ];
        let mut answer = move || loop {
            let mut line = String::new();
            assert!(read.read_line(&mut line).unwrap() > 0, "the mail server hung up");
            if line.as_bytes()[3] == b' ' {
                assert!(line.starts_with(['2', '3']), "{line}");
                return;
            }
        };
        answer();
        for say in says {
            write.write_all(format!("{say}\r\n").as_bytes()).unwrap();
            answer();
        }
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        for child in &mut self.running {
            let _ = Command::new("kill").arg(child.id().to_string()).status();
            let _ = child.wait();
        }
    }
}

fn dovecot_conf(root: &str, imap: u16, lmtp: u16) -> String {
    let (internal, login, mail) = (account("dovecot"), account("dovenull"), account("mail"));
    fs::write(format!("{root}/users"), format!("data@greenbank.example:{{PLAIN}}{PASSWORD}::::::\n")).unwrap();
    format!(
        "base_dir = {root}/run\nstate_dir = {root}/run\nlog_path = {root}/log/dovecot.log\nprotocols = imap lmtp\nlisten = 127.0.0.1\nssl = no\n\
         disable_plaintext_auth = no\ndefault_internal_user = {internal}\ndefault_login_user = {login}\n\
         mail_location = maildir:{root}/mail/%u\nmail_fsync = never\nmail_uid = {mail}\nmail_gid = {mail}\nfirst_valid_uid = 1\nlast_valid_uid = 0\n\
         passdb {{\n  driver = passwd-file\n  args = {root}/users\n}}\n\
         userdb {{\n  driver = static\n  args = uid={mail} gid={mail} home={root}/mail/%u allow_all_users=yes\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {imap}\n  }}\n  inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
         service lmtp {{\n  inet_listener lmtp {{\n    address = 127.0.0.1\n    port = {lmtp}\n  }}\n}}\n\
         namespace inbox {{\n  inbox = yes\n  separator = /\n}}\n"
    )
}

fn exim_conf(root: &str, smtp: u16, lmtp: u16) -> String {
    format!(
        "primary_hostname = mail.greenbank.example\nspool_directory = {root}/exim/spool\nlog_file_path = {root}/exim/log/%slog\n\
         pid_file_path = {root}/exim/exim.pid\nlocal_interfaces = 127.0.0.1\ndaemon_smtp_ports = {smtp}\ntls_advertise_hosts =\n\
         domainlist ours = greenbank.example : hart.example : nowhere.example\nacl_smtp_rcpt = rcpt\nacl_smtp_data = any\nnever_users =\n\
         keep_environment =\nbounce_return_body = false\nbegin acl\nrcpt:\n  deny local_parts = refused\n       message = no such person\n\
         \x20 accept domains = +ours\n  deny message = relay not permitted\nany:\n  accept\nbegin routers\n\
         nowhere:\n  driver = redirect\n  domains = nowhere.example\n  allow_fail\n  data = :fail: there is nobody of this name\n\
         boxes:\n  driver = manualroute\n  domains = +ours\n  transport = boxes\n  route_list = * 127.0.0.1\n  self = send\n\
         begin transports\nboxes:\n  driver = smtp\n  protocol = lmtp\n  port = {lmtp}\n  allow_localhost\nbegin retry\n*  *  F,1h,1s\n"
    )
}
