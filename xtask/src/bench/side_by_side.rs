//! The search for a person, side by side with the mail indexers a user would pick instead, over the same messages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use super::figure::Figure;
use super::{Ground, cpu};
use crate::exec;
use crate::setup::assets::files_under;

/// How often each program runs over the messages; the least CPU time counts, because noise only adds.
const ROUNDS: usize = 3;

/// Messages to make when `PROBITY_BENCH_MAIL` names no folder of real ones.
const MADE: &str = "4000";

/// A program a user would pick instead, and the CPU seconds it takes to index a Maildir.
type Indexer = (&'static str, fn(&Ground, &Path, usize) -> Result<f64>);

/// Those that are measured when they are installed.
const INDEXERS: [Indexer; 2] = [("notmuch", notmuch), ("mu", mu)];

/// An invented person to look for when `PROBITY_BENCH_PERSON` names no file.
const PERSON: &str = "names = [\"Morgan Ellery\", \"Mo Ellery\"]\nemails = [\"morgan.ellery@example.org\"]\nphones = [\"07700 900123\"]\n";

/// CPU seconds and MB/s of the scan, CPU seconds of each indexer that is installed, and the ratio to each.
pub(crate) fn scan(ground: &Ground) -> Result<Vec<Figure>> {
    let maildir = ground.scratch.join("mail");
    let bytes = gather(ground, &maildir)?;
    let person = person(ground)?;
    let mail = maildir.to_string_lossy().into_owned();
    // One pass that nobody measures puts the messages in the page cache for all of them.
    for file in files_under(&maildir)? {
        fs::read(file)?;
    }
    let mut wall = f64::INFINITY;
    let own = least(|_| {
        let start = Instant::now();
        let seconds = cpu::seconds_of(&mut ground.program(&["find", "--person", &person, "--source", &mail, "--json"]))?;
        wall = wall.min(start.elapsed().as_secs_f64());
        Ok(seconds)
    })?;
    let mut figures = vec![Figure::new("scan", bytes / 1e6 / wall, "MB/s"), Figure::new("scan CPU", own, "s")];
    for (name, index) in INDEXERS {
        if exec::on_path(name).is_some() {
            let seconds = least(|round| index(ground, &maildir, round)).with_context(|| format!("running {name}"))?;
            figures.push(Figure::new(format!("{name} index CPU"), seconds, "s"));
            figures.push(Figure::new(format!("scan CPU against {name}"), own / seconds, "of its time"));
        }
    }
    Ok(figures)
}

fn least(mut once: impl FnMut(usize) -> Result<f64>) -> Result<f64> {
    (0..ROUNDS).try_fold(f64::INFINITY, |least, round| Ok(least.min(once(round)?)))
}

/// Fills a Maildir, the one form that all three programs read, and gives back its bytes.
fn gather(ground: &Ground, maildir: &Path) -> Result<f64> {
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(part))?;
    }
    let Some(folder) = std::env::var_os("PROBITY_BENCH_MAIL").map(PathBuf::from) else {
        exec::capture(&mut ground.program(&["bench", "mailbox", "--messages", MADE, "--out", &maildir.to_string_lossy()]))?;
        return weigh(maildir);
    };
    let mut number = 0_usize;
    for file in files_under(&folder)?.iter().filter(|file| file.extension().is_some_and(|end| end == "eml")) {
        fs::copy(file, maildir.join(format!("cur/{number:06}.bench:2,S"))).with_context(|| format!("copying {}", file.display()))?;
        number += 1;
    }
    if number == 0 {
        bail!("no .eml file below {}", folder.display());
    }
    weigh(maildir)
}

fn weigh(folder: &Path) -> Result<f64> {
    files_under(folder)?.iter().try_fold(0.0, |sum, file| Ok(sum + fs::metadata(file)?.len() as f64))
}

fn person(ground: &Ground) -> Result<String> {
    if let Some(file) = std::env::var_os("PROBITY_BENCH_PERSON") {
        return Ok(fs::canonicalize(file).context("PROBITY_BENCH_PERSON")?.to_string_lossy().into_owned());
    }
    let file = ground.scratch.join("person.toml");
    fs::write(&file, PERSON)?;
    Ok(file.to_string_lossy().into_owned())
}

fn notmuch(ground: &Ground, maildir: &Path, round: usize) -> Result<f64> {
    let home = ground.scratch.join(format!("notmuch-{round}"));
    fs::create_dir_all(home.join("index"))?;
    let config = home.join("config");
    let text = format!(
        "[database]\npath={}\nmail_root={}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=new\n",
        home.join("index").display(),
        maildir.display()
    );
    fs::write(&config, text)?;
    cpu::seconds_of(Command::new("notmuch").arg(format!("--config={}", config.display())).args(["new", "--quiet"]).env("HOME", &home))
}

fn mu(ground: &Ground, maildir: &Path, round: usize) -> Result<f64> {
    let home = ground.scratch.join(format!("mu-{round}"));
    fs::create_dir_all(&home)?;
    let at = |verb: &str| {
        let mut command = Command::new("mu");
        command.arg(verb).arg(format!("--muhome={}", home.display())).env("HOME", &home);
        command
    };
    exec::capture(at("init").arg(format!("--maildir={}", maildir.display())))?;
    cpu::seconds_of(at("index").arg("--quiet"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_the_rounds_counts() {
        let times = [3.0, 1.0, 2.0];
        let found = least(|round| Ok(times[round])).unwrap();
        assert!((found - 1.0).abs() < f64::EPSILON);
        assert!(least(|_| bail!("broken")).is_err());
    }

    #[test]
    fn the_indexers_that_are_installed_index() {
        let ground = Ground::new().unwrap();
        let maildir = ground.scratch.join("mail");
        fs::create_dir_all(maildir.join("cur")).unwrap();
        fs::create_dir_all(maildir.join("new")).unwrap();
        for number in 0..50 {
            let text = format!(
                "From: Ada <ada@example.org>\r\nTo: Bo <bo@example.org>\r\nMessage-ID: <{number}@example.org>\r\nSubject: Tea\r\n\r\nHello.\r\n"
            );
            fs::write(maildir.join(format!("cur/{number}.x:2,S")), text).unwrap();
        }
        assert!(weigh(&maildir).unwrap() > 5000.0);
        for (name, index) in INDEXERS {
            if exec::on_path(name).is_some() {
                assert!(index(&ground, &maildir, 0).unwrap() >= 0.0);
                let home = ground.scratch.join(format!("{name}-0"));
                let bytes: f64 = weigh(&home).unwrap();
                assert!(bytes > 10_000.0, "{name} wrote no index");
            }
        }
    }
}
