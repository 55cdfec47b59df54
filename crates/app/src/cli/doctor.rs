//! `probity doctor`: is everything as it should be, and if not, what to do.

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use adapters::letters::{Letters, Missing};
use clap::Args;
use domain::calendar::Division;
use domain::letters::Letter;
use services::ports::{Clock, Failure, Press};

use super::outcome::Ending;
use crate::wiring::SystemClock;
use crate::wiring::installation::Installation;

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// JSON instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
}

/// One check.
#[derive(Debug, serde::Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    /// What was found.
    found: String,
    /// What to do, when it is not right.
    fix: &'static str,
}

fn check(name: &'static str, ok: bool, found: impl Into<String>, fix: &'static str) -> Check {
    Check { name, ok, found: found.into(), fix }
}

/// Returns whether everything is right.
pub(crate) fn run(args: &DoctorArgs, out: &mut dyn Write) -> Result<bool, Ending> {
    let mut checks = vec![clock(), press()];
    checks.extend(confinement());
    let installation = Installation::load(&args.data);
    checks.push(letters(&installation));
    match installation {
        Ok(installation) => checks.extend(of_installation(&installation)),
        Err(_) => checks.push(check("installation", false, format!("none in {}", args.data.display()), "Make one with `probity init`.")),
    }
    let ok = checks.iter().all(|check| check.ok);
    if args.json {
        writeln!(out, "{}", serde_json::json!({ "ok": ok, "checks": checks }))?;
        return Ok(ok);
    }
    for check in &checks {
        writeln!(out, "{}  {}: {}", if check.ok { "ok  " } else { "FAIL" }, check.name, check.found)?;
        if !check.ok {
            writeln!(out, "      fix: {}", check.fix)?;
        }
    }
    Ok(ok)
}

fn clock() -> Check {
    let now = SystemClock.now();
    let year = now.to_zoned(jiff::tz::TimeZone::UTC).year();
    check("clock", (2026..2100).contains(&year), now.to_string(), "Set the machine's clock; deadlines are computed from it.")
}

/// A letter is set and read back: without that, the redaction gate would be blind.
fn press() -> Check {
    let press = adapters::press::TypstPress::new();
    let letter = Letter {
        title: "Control".into(),
        sender: vec!["Doctor".into()],
        addressee: vec!["Press".into()],
        reference: "CONTROL".into(),
        date: "1 January 2026".into(),
        salutation: "Dear reader".into(),
        blocks: vec![domain::letters::Block::Paragraph("plinth harbour".into())],
        closing: "Yours".into(),
        signatory: vec!["Doctor".into()],
        form: domain::documents::Form::Print,
        audience: domain::policy::Audience::Adult,
    };
    let seen = press.letter(&letter).and_then(|pdf| press.read_back(&pdf)).map(|texts| texts.iter().any(|text| text.contains("harbour")));
    check(
        "letters",
        matches!(seen, Ok(true)),
        format!("set and read back: {}", matches!(seen, Ok(true))),
        "Reinstall the program: its typesetter or its reader is damaged.",
    )
}

/// Each child that gets hostile bytes is started, and says what it was refused.
fn confinement() -> Vec<Check> {
    let exe = std::env::current_exe().unwrap_or_default();
    let children =
        [("reader of hostile files", adapters::extract::confinement(&exe)), ("drawer of hostile pages", adapters::burn::confinement(&exe))];
    children.into_iter().flat_map(|(child, walls)| walls_of(child, walls)).collect()
}

fn walls_of(child: &'static str, walls: Result<Vec<(String, bool)>, Failure>) -> Vec<Check> {
    let fix = "Run a Linux kernel of 5.13 or newer; hostile files are otherwise read with fewer walls around them.";
    let Ok(walls) = walls else { return vec![check(child, false, "does not start", "Check that the program may start itself.")] };
    let wall = |(name, active): (String, bool)| {
        // Landlock is an extra wall that some kernels lack; the others must stand.
        let ok = active || name.to_lowercase().contains("landlock");
        check(child, ok, format!("{name}: {}", if active { "active" } else { "not available here" }), fix)
    };
    walls.into_iter().map(wall).collect()
}

/// A picture of letters is read. Not to have that is a choice: searches then say what they did not read.
fn letters(installation: &Result<Installation, Ending>) -> Check {
    let letters = match installation {
        Ok(installation) => installation.letters(),
        Err(_) => super::inputs::letters(true, super::inputs::ENGLISH),
    };
    let name = "letters in pictures";
    let install =
        "Install `tesseract-ocr` and the language (Debian: `apt-get install tesseract-ocr tesseract-ocr-eng`), or set `ocr = \"off\"`.";
    match letters {
        Ok(Letters::Off) => check(name, true, "not read: switched off in the settings", ""),
        // A choice, as long as nobody set a language: what is not read is listed by every search.
        Ok(Letters::Missing(Missing::Program)) => check(name, true, format!("{}. {install}", Missing::Program.words()), ""),
        Ok(Letters::Missing(missing)) => check(name, false, missing.words(), install),
        Ok(Letters::Read(reader)) => {
            let found = if reader.works() { "read by Tesseract" } else { "Tesseract is installed and does not work in its confinement" };
            check(name, reader.works(), found, "Reinstall `tesseract-ocr`; pictures are listed as not read until then.")
        }
        Err(_) => check(name, false, "cannot be tried", "Check that the program may start itself."),
    }
}

/// The mail servers are reached and let us in; nothing is sent or marked.
fn mail(installation: &Installation) -> Vec<Check> {
    let Some(config) = &installation.config.mail else {
        return vec![check("mail", true, "not set up: letters are printed, and messages are recorded by hand", "")];
    };
    let Ok(mail) = config.open(&installation.folder, "") else {
        return vec![check("mail", false, "the settings cannot be used", "Correct `[mail]` in the settings: run `probity mail outbox`.")];
    };
    let mut checks = vec![match &mail.post {
        None => check("mail out", true, "no server set: mails wait in the outbox", ""),
        Some(post) => {
            let reached = post.probe();
            check("mail out", reached.is_ok(), told(&reached), "Check `smtp`, `user` and `password_file` under `[mail]`.")
        }
    }];
    for mailbox in &mail.mailboxes {
        let reached = mailbox.probe();
        checks.push(check("mail in", reached.is_ok(), told(&reached), "Check `imap`, `mailbox`, `user` and `dropped` under `[mail]`."));
    }
    checks
}

/// What lies in the mailboxes and could not be taken, each with its number there.
fn mail_left(app: &services::App) -> Vec<Check> {
    let machine = super::mail::machine();
    let Ok(left) = services::mail::left_behind(app, &machine) else { return Vec::new() };
    let name = |left: &services::mail::LeftBehind| {
        let number = left.number.map(|number| format!(" message {number}")).unwrap_or_default();
        format!(
            "{}{number}: {} Tried {} times since {}.",
            left.mailbox,
            left.why.words(),
            left.tries,
            left.since.strftime("%Y-%m-%d %H:%M UTC")
        )
    };
    let mut checks: Vec<Check> = left
        .iter()
        .map(|left| check("mail left behind", false, name(left), "It is tried again by itself; what to do is said above."))
        .collect();
    let unknown = services::mail::outbox(app, &machine).map(|seen| seen.unknown).unwrap_or_default();
    checks.extend(unknown.iter().map(|row| {
        let found = format!("{} {} may have gone out: the server did not say", row.reference, row.mail.purpose);
        check("mail perhaps sent", false, found, "Look in the sent mail, then settle it on the page “Outbox”.")
    }));
    checks
}

fn told(reached: &Result<(), services::ports::Failure>) -> String {
    match reached {
        Ok(()) => "reached".to_owned(),
        Err(failure) => {
            let cause = failure.source.as_ref().map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("{failure}{cause}")
        }
    }
}

fn of_installation(installation: &Installation) -> Vec<Check> {
    let mut checks = Vec::new();
    let keys = installation.folder.join("keys");
    let mode = std::fs::metadata(&keys).map_or(0, |meta| meta.permissions().mode() & 0o777);
    checks.push(check(
        "keys",
        mode == 0o700,
        format!("{} has mode {mode:o}", keys.display()),
        "Run `chmod 700` on the key folder: nobody else may read keys.",
    ));
    checks.extend(mail(installation));
    let settings = installation.folder.join(crate::wiring::installation::FILE);
    checks.push(check(
        "settings",
        readable_only_by_owner(&settings),
        settings.display().to_string(),
        "Run `chmod 600` on the settings file.",
    ));
    match installation.open() {
        Ok(app) => {
            checks.push(check("store", true, "opens", ""));
            checks.extend(mail_left(&app));
            let next_year = app.today().year() + 1;
            let Ok(policy) = app.policy() else {
                checks.push(check(
                    "policy pack",
                    false,
                    "the policy in force cannot be read",
                    "Run `probity verify`, or restore a backup.",
                ));
                return checks;
            };
            let division = policy.division().unwrap_or(Division::EnglandAndWales);
            checks.push(check(
                "bank holidays",
                app.calendar.covers(division, next_year),
                format!("table reaches into {next_year}: {}", app.calendar.covers(division, next_year)),
                "Put a newer published table into the folder and name it as `bank_holidays` in the settings.",
            ));
            for question in policy.questions().into_iter().filter(|question| !question.blocks.is_empty()) {
                checks.push(check("policy pack", false, &question.ask, "Answer it in the pack."));
            }
            for (name, path) in app.places.iter() {
                let opens = app.sources.open(path).is_ok();
                checks.push(check("place to search", opens, name.clone(), "Check the path in the settings and that it may be read."));
            }
        }
        Err(_) => checks.push(check("store", false, "does not open", "Run `probity serve` to see why, or restore a backup.")),
    }
    checks
}

/// The six lowest bits of the mode, those of group and others, are clear.
fn readable_only_by_owner(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode().trailing_zeros() >= 6)
}
