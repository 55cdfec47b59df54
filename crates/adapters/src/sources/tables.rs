//! Tables of a `PostgreSQL` database, named by a small file `<anything>.postgres.toml` beside the other places. Read in one
//! transaction that cannot write; handed over as CSV, some rows at a time, each piece with the names of the columns.

use std::error::Error;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use domain::{Refusal, RefusalCode};
use postgres::config::Host;
use postgres::{Client, Config, IsolationLevel, NoTls, Transaction};
use serde::Deserialize;
use services::ports::{Source, SourceItem, Walker};

use super::records::Records;
use super::{Settings, entry};
use crate::extract::ROWS as HEAD;

/// Rows of one piece: few enough to be read by a person, many enough not to be slow.
const ROWS: usize = 200;

/// What the file says. Unknown keys are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// `postgres://reader@localhost/members`, without a password.
    url: String,
    /// A file with the password on its first line, beside this one; without it none is sent.
    #[serde(default)]
    password_file: Option<PathBuf>,
    /// The tables to read, e.g. `public.contact`; all that may be read without it.
    #[serde(default)]
    tables: Vec<String>,
}

/// A table by its schema and its name.
type Name = (String, String);

struct Tables {
    config: Config,
    wanted: Vec<String>,
    settings: Settings,
    /// The client is used by one thread at a time.
    client: Mutex<Client>,
}

pub(super) fn recognise(path: &Path) -> bool {
    path.is_file() && path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b".postgres.toml"))
}

fn refuse(detail: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::SourceUnreadable, detail)
}

pub(super) fn open(path: &Path, settings: Settings) -> Result<Box<dyn Source>, Refusal> {
    let text = std::fs::read_to_string(path).map_err(|error| super::unreadable(&error))?;
    let told: Told = toml::from_str(&text).map_err(|error| refuse(format!("In its settings: {}.", error.message())))?;
    let mut config: Config = told.url.parse().map_err(|_| refuse("In its settings, `url`: it is no address of a PostgreSQL database."))?;
    if config.get_password().is_some() {
        return Err(refuse("In its settings, `url`: the password belongs into a file of its own, named by `password_file`."));
    }
    // An address given beside the name (`hostaddr`) is the one that is reached.
    if !config.get_hosts().iter().all(is_here) || !config.get_hostaddrs().iter().all(std::net::IpAddr::is_loopback) {
        return Err(refuse("The database is on another machine, and would be read in the clear. Lead it here through a tunnel."));
    }
    if let Some(file) = told.password_file {
        let file = path.parent().unwrap_or(Path::new("")).join(file);
        let password = std::fs::read_to_string(file).map_err(|_| refuse("Its password file cannot be read."))?;
        config.password(password.lines().next().unwrap_or_default());
    }
    config.application_name("probity search");
    let client = connect(&config)?;
    let source = Tables { config, wanted: told.tables, settings, client: Mutex::new(client) };
    source.within(|all| source.chosen(all).map(|_| ()))?;
    Ok(Box::new(source))
}

/// Whether a server is reached without leaving the machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
        Host::Unix(_) => true,
    }
}

fn connect(config: &Config) -> Result<Client, Refusal> {
    config
        .connect(NoTls)
        .map_err(|_| refuse("The database cannot be reached, or does not let us in. Check the address, the account and the password."))
}

/// The server's own words can hold data: they are not passed on.
fn broke<E: Error>(_: E) -> Refusal {
    refuse("The database broke off. What was read before is not lost: search again.")
}

impl Tables {
    /// Does something in a transaction that sees one state of everything and cannot write. A lost connection is made anew.
    fn within<T>(&self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let mut client = self.client.lock().map_err(broke)?;
        if client.is_closed() || client.is_valid(std::time::Duration::from_secs(5)).is_err() {
            *client = connect(&self.config)?;
        }
        let mut all = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start().map_err(broke)?;
        work(&mut all)
    }

    /// The tables to read; one that is named and not there, or may not be read, is refused.
    fn chosen(&self, all: &mut Transaction<'_>) -> Result<Vec<Name>, Refusal> {
        let rows = all
            .query(
                "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') \
                 AND has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'SELECT') \
                 ORDER BY schemaname, tablename",
                &[],
            )
            .map_err(broke)?;
        let found: Vec<Name> = rows.into_iter().map(|row| (row.get(0), row.get(1))).collect();
        if self.wanted.is_empty() {
            return Ok(found);
        }
        let named = |wanted: &String| {
            let (schema, table) = wanted.split_once('.').unwrap_or(("public", wanted));
            found.iter().find(|(s, t)| s == schema && t == table).cloned()
        };
        self.wanted
            .iter()
            .map(|wanted| named(wanted).ok_or_else(|| refuse("A table named in its settings is not there, or may not be read.")))
            .collect()
    }

    /// The rows of a table, piece by piece; `false` when told to stop.
    fn table(&self, all: &mut Transaction<'_>, (schema, table): &Name, visit: &mut dyn Walker) -> Result<bool, Refusal> {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let copy = format!("COPY (SELECT * FROM {}.{}) TO STDOUT WITH (FORMAT csv, HEADER)", quoted(schema), quoted(table));
        let mut lines = Records { stream: BufReader::new(all.copy_out(&copy).map_err(broke)?), limit: self.settings.item, ended: false };
        let Some(head) = lines.next_record().map_err(broke)? else { return Ok(true) };
        let (mut number, named) = (0, format!("{schema}.{table}").replace(['\n', '\r'], " "));
        loop {
            let (mut piece, mut rows) = ([HEAD, named.as_bytes(), b"\n", &head].concat(), 0);
            while rows < ROWS && (piece.len() as u64) < self.settings.item {
                let Some(record) = lines.next_record().map_err(broke)? else { break };
                piece.extend(record);
                rows += 1;
            }
            if rows == 0 {
                return Ok(true);
            }
            number += 1;
            let item = SourceItem {
                locator: format!("{schema}.{table}/{number}.csv"),
                name: format!("{table} {number}.csv"),
                bytes: Ok(piece),
                truncated_from: None,
            };
            // What a table holds has no stamp: nothing is taken for known the next time.
            if !visit.item(item, None) {
                return Ok(false);
            }
        }
    }
}

impl Source for Tables {
    fn title(&self) -> String {
        "database (PostgreSQL)".to_owned()
    }

    fn walk(&self, visit: &mut dyn Walker) -> Result<(), Refusal> {
        self.within(|all| {
            for name in self.chosen(all)? {
                match self.table(all, &name, visit) {
                    Ok(true) => {}
                    Ok(false) => return Ok(()),
                    Err(refusal) => {
                        visit.item(entry::failed(&format!("{}.{}", name.0, name.1), "could not be read to its end"), None);
                        return Err(refusal);
                    }
                }
            }
            Ok(())
        })
    }

    fn count(&self) -> Option<u64> {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn settings_are_checked_before_anything_is_reached() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("members.postgres.toml");
        assert!(!recognise(&path), "it must be there");
        let refused = |text: &str| {
            fs::write(&path, text).unwrap();
            open(&path, Settings::default()).err().unwrap().detail
        };
        assert!(refused("url = 1").contains("settings"));
        assert!(refused("url = \"members\"").contains("`url`"));
        assert!(refused("url = \"postgres://u:plover@localhost/m\"").contains("password_file"));
        assert!(refused("url = \"postgres://u@database.example/m\"").contains("another machine"));
        assert!(refused("url = \"postgres://u@localhost/m?hostaddr=192.0.2.7\"").contains("another machine"));
        assert!(refused("url = \"postgres://u@localhost:1/m\"\npassword_file = \"pw\"").contains("password file"));
        assert!(refused("url = \"postgres://u@127.0.0.1:1/m\"").contains("cannot be reached"));
        assert!(recognise(&path));
    }

    /// The items of the tables of a real server, when there is one: `PROBITY_TEST_POSTGRES` (the suite demands it).
    #[test]
    fn tables_come_in_pieces_with_their_columns_and_nothing_is_written() {
        let Ok(url) = std::env::var("PROBITY_TEST_POSTGRES") else {
            assert!(std::env::var_os("PROBITY_REQUIRE_POSTGRES").is_none(), "PROBITY_TEST_POSTGRES is not set");
            return;
        };
        let schema = format!("crm_{}", std::process::id());
        let config: Config = url.parse().unwrap();
        let mut client = config.connect(NoTls).unwrap();
        client
            .batch_execute(&format!(
                "CREATE SCHEMA {schema}; CREATE TABLE {schema}.\"Our people\" (id int, name text, note text);
                 INSERT INTO {schema}.\"Our people\" SELECT n, 'Ada Birch ' || n, E'two\\nlines, \"quoted\"' FROM generate_series(1, 450) n"
            ))
            .unwrap();
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("crm.postgres.toml");
        let password = config.get_password().map(|word| String::from_utf8_lossy(word).into_owned());
        fs::write(home.path().join("pw"), password.clone().unwrap_or_default()).unwrap();
        let bare = password.map_or_else(|| url.clone(), |word| url.replacen(&format!(":{word}@"), "@", 1));
        let told = |tables: &str| format!("url = {bare:?}\npassword_file = \"pw\"\ntables = [\"{schema}.{tables}\"]\n");
        fs::write(&path, told("nobody")).unwrap();
        assert!(open(&path, Settings::default()).err().unwrap().detail.contains("is not there"));
        fs::write(&path, told("Our people")).unwrap();
        let source = open(&path, Settings::default()).unwrap();
        let mut pieces = Vec::new();
        source
            .items(&mut |item| {
                pieces.push((item.locator, String::from_utf8(item.bytes.unwrap()).unwrap()));
                true
            })
            .unwrap();
        client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE")).unwrap();
        assert_eq!(
            pieces.iter().map(|(locator, _)| locator.clone()).collect::<Vec<_>>(),
            [1, 2, 3].map(|n| format!("{schema}.Our people/{n}.csv"))
        );
        let read = |text: &String| crate::extract::taken("x.csv", text.as_bytes()).documents.remove(0);
        assert!(pieces.iter().all(|(_, text)| read(text).text.starts_with("id | name | note\n")));
        assert!(pieces.iter().all(|(_, text)| read(text).title == format!("{schema}.Our people")));
        let rows: Vec<usize> = pieces.iter().map(|(_, text)| text.matches("Ada Birch").count()).collect();
        assert_eq!(rows, [200, 200, 50]);
    }
}
