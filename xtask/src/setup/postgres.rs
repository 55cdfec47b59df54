//! A private PostgreSQL for the tests: its own data folder, a free port on loopback, gone afterwards.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::exec;

/// The folder and the server live under a shell that waits for its input to close. It closes when this process ends,
/// however it ends, so an interrupted or killed test run leaves no server and no folder behind.
const KEEPER: &str = r#"
bin=$1 folder=$2 port=$3
cd "$folder" || exit 1
trap '"$bin/pg_ctl" --silent -D "$folder/data" -m immediate stop >"$folder/stop.log" 2>&1; rm -rf -- "$folder"' EXIT
"$bin/initdb" --no-sync --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 -D "$folder/data" >"$folder/init.log" 2>&1 || {
  echo "initdb: $(tail -n 5 "$folder/init.log" | tr '\n' ' ')"; exit 1; }
"$bin/pg_ctl" --silent --wait --timeout=60 -D "$folder/data" -l "$folder/server.log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=on -c max_connections=200" start >"$folder/start.log" 2>&1 || {
  echo "postgres: $(tail -n 5 "$folder/server.log" | tr '\n' ' ')"; exit 1; }
echo ready
read -r _
"#;

/// How often to look for another port when the one found free was taken meanwhile.
const TRIES: usize = 5;

/// A running server; dropping it stops the server and removes its folder.
pub(crate) struct Postgres {
    keeper: Child,
    port: u16,
    folder: PathBuf,
}

impl Postgres {
    /// Makes a new cluster and waits until it answers.
    pub(crate) fn start() -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed")?;
        let mut last = None;
        for attempt in 0..TRIES {
            match Self::try_start(&binaries, attempt) {
                Ok(server) => return Ok(server),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| anyhow::anyhow!("no try")).context("cannot start a private PostgreSQL"))
    }

    /// The address that the tests connect to, as superuser of this private server.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn try_start(binaries: &Path, attempt: usize) -> Result<Self> {
        let port = free_port()?;
        let account = service_account()?;
        let folder = base(account.is_some()).join(format!("probity-postgres-{}-{attempt}", std::process::id()));
        fs::create_dir(&folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::set_permissions(&folder, Permissions::from_mode(0o700))?;
        let mut command = Command::new("bash");
        command.args(["-c", KEEPER, "keeper"]).arg(binaries).arg(&folder).arg(port.to_string());
        command.env("TZ", "UTC").stdin(Stdio::piped()).stdout(Stdio::piped()).process_group(0).current_dir("/");
        if let Some((user, group)) = account {
            chown(&folder, Some(user), Some(group)).with_context(|| format!("handing over {}", folder.display()))?;
            command.uid(user).gid(group);
        }
        let mut keeper = command.spawn().context("starting bash")?;
        let mut word = String::new();
        if let Some(stdout) = keeper.stdout.take() {
            BufReader::new(stdout).read_line(&mut word).context("waiting for PostgreSQL")?;
        }
        let server = Self { keeper, port, folder };
        if word.trim() == "ready" { Ok(server) } else { bail!("{}", word.trim()) }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        if self.keeper.wait().is_err() || self.folder.exists() {
            crate::say::problem(&format!("{} could not be removed", self.folder.display()));
        }
    }
}

/// Where `initdb` and `postgres` are: version 15, which the tests are written against, else the newest.
pub(crate) fn binaries() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).is_file());
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, folder)| complete(folder))
        .collect();
    debian.sort_by_key(|(version, _)| (*version != 15, u32::MAX - version));
    let on_path = || exec::on_path("initdb")?.parent().map(Path::to_path_buf).filter(complete);
    debian.into_iter().next().map(|(_, folder)| folder).or_else(on_path)
}

/// PostgreSQL refuses to run as root, so root lends it the account that Debian's package made. Others run it as themselves.
fn service_account() -> Result<Option<(u32, u32)>> {
    if exec::capture(Command::new("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").context("reading the accounts")?;
    let account = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    account("postgres").or_else(|| account("nobody")).map(Some).context("there is no account to run PostgreSQL under")
}

/// A temporary folder that the service account can reach as well.
fn base(other_account: bool) -> PathBuf {
    let reachable = |folder: &Path| {
        folder.ancestors().all(|part| fs::metadata(part).is_ok_and(|data| data.permissions().mode() & 0o001 != 0))
            && fs::metadata(folder).is_ok_and(|data| data.permissions().mode() & 0o002 != 0)
    };
    let own = std::env::temp_dir();
    if !other_account || reachable(&own) { own } else { PathBuf::from("/tmp") }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn a_private_server_answers_and_leaves_nothing_behind() {
        if binaries().is_none() && std::env::var_os("PROBITY_REQUIRE_POSTGRES").is_none() {
            return;
        }
        let (port, folder) = {
            let server = Postgres::start().unwrap();
            TcpStream::connect((Ipv4Addr::LOCALHOST, server.port)).unwrap();
            assert!(server.folder.is_dir());
            (server.port, server.folder.clone())
        };
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
        assert!(!folder.exists());
    }
}
