//! Debian packages, through apt-get alone and only for what is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::postgres;
use crate::{exec, say};

/// Something a command needs from the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Node's package manager: the style sheets and the browser tests come through it.
    Npm,
    /// The browser that the page tests drive.
    Chromium,
    /// `pdftotext`, the independent reader that tests hold a redacted pack against.
    Poppler,
    /// The server binaries; a private server is started from them.
    Postgres,
    /// The mailbox server that the mail tests start, and the mail server beside it.
    MailServers,
    /// The reader of letters in pictures, with English.
    Tesseract,
}

/// What the mail tests start.
const MAIL_SERVERS: [&str; 4] = ["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/lib/dovecot/lmtp", "/usr/sbin/exim4"];

/// Runs apt-get with its arguments while no package may start a service: the tests start private ones.
const QUIETLY: &str = "p=/usr/sbin/policy-rc.d; if [ ! -e $p ]; then trap 'rm -f $p' EXIT; printf '#!/bin/sh\nexit 101\n' >$p; chmod 755 $p; fi; apt-get \"$@\"";

impl Need {
    fn present(self) -> bool {
        match self {
            Self::Npm => exec::on_path("npm").is_some() && exec::on_path("node").is_some(),
            Self::Chromium => chromium().is_some(),
            Self::Poppler => exec::on_path("pdftotext").is_some(),
            Self::Postgres => postgres::binaries().is_some(),
            Self::Tesseract => reads_english(),
            Self::MailServers => MAIL_SERVERS.iter().all(|path| Path::new(path).exists()),
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Npm => &["nodejs", "npm"],
            Self::Chromium => &["chromium"],
            Self::Poppler => &["poppler-utils"],
            Self::Postgres => &["postgresql"],
            Self::Tesseract => &["tesseract-ocr", "tesseract-ocr-eng"],
            Self::MailServers => &["dovecot-imapd", "dovecot-lmtpd", "exim4-daemon-light"],
        }
    }
}

fn reads_english() -> bool {
    exec::on_path("tesseract").is_some()
        && exec::capture(Command::new("tesseract").arg("--list-langs")).is_ok_and(|listed| listed.lines().any(|line| line.trim() == "eng"))
}

/// The browser: `PROBITY_CHROMIUM` if set, else Debian's or another Chromium on the path.
pub(crate) fn chromium() -> Option<PathBuf> {
    let set = std::env::var_os("PROBITY_CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    set.or_else(|| ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| exec::on_path(name)))
}

/// Installs what is missing. Without the right to install, says which command a person with it should run.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.present()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages()).copied().filter(|name| !held(name)).collect();
    let advice = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    if exec::on_path("apt-get").is_none() {
        bail!("these are missing and this is not a Debian machine, so please install them by hand: {}", packages.join(", "));
    }
    let Some(prefix) = privilege() else {
        bail!("these packages are missing and only root may install them. Run as root: {advice}");
    };
    say::step(&format!("installing {}", packages.join(", ")));
    exec::run(&mut apt(prefix, &["update", "-q"]))?;
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(&packages);
    exec::run(&mut apt(prefix, &arguments))?;
    match missing.into_iter().find(|need| !need.present()) {
        Some(need) => bail!("{need:?} is still missing after: {advice}"),
        None => Ok(()),
    }
}

/// Node is often installed from elsewhere than Debian; then only npm is to be added.
fn held(package: &str) -> bool {
    package == "nodejs" && exec::on_path("node").is_some()
}

/// How to become root: not at all, by sudo without a question, or not possible.
fn privilege() -> Option<&'static [&'static str]> {
    if exec::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    let sudo = exec::on_path("sudo").is_some() && exec::capture(Command::new("sudo").args(["-n", "true"])).is_ok();
    sudo.then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Command {
    let words: Vec<&str> = prefix
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", QUIETLY, "apt-get"])
        .chain(arguments.iter().copied())
        .collect();
    let mut command = Command::new(words.first().copied().unwrap_or("apt-get"));
    command.args(words.iter().skip(1));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apt_runs_without_questions_and_with_the_given_privilege() {
        let words = |command: Command| {
            std::iter::once(command.get_program())
                .chain(command.get_args())
                .map(|word| word.to_string_lossy().into_owned())
                .collect::<Vec<_>>()
        };
        let plain = ["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", QUIETLY, "apt-get", "update"];
        assert_eq!(words(apt(&[], &["update"])), plain);
        assert_eq!(words(apt(&["sudo", "-n"], &["update"])), [["sudo", "-n"].as_slice(), &plain].concat());
    }
}
