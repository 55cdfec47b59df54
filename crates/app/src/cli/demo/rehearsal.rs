//! A rehearsal: a throw-away organisation on any pack, with an account for every role, no
//! cases, and a clock that can be moved, so that a case can be played through to its end
//! before a real one comes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use domain::casework::policy_version::AdoptionForm;
use domain::people::Role;
use domain::policy::Policy;
use jiff::Span;
use serde::Serialize;
use services::policy::{adopt, daily, draft, propose};
use services::ports::Clock;
use services::{App, accounts};

use super::{DemoArgs, PASSWORD};
use crate::cli::inputs;
use crate::cli::outcome::Ending;
use crate::cli::pack::new;
use crate::cli::serve::{loopback, serve};
use crate::wiring::SystemClock;
use crate::wiring::file_clock::FileClock;
use crate::wiring::installation::{Config, Installation, Ocr, PlaceConfig, english, private_folder};
use crate::wiring::mail::MailConfig;
use crate::wiring::worker::Worker;

/// The places that can be searched: name, and folder inside `material`. Both begin empty.
const PLACES: &[(&str, &str)] = &[("Office mailbox", "mailbox"), ("Shared files", "files")];

/// Messages (`.eml`) dropped in here have arrived.
const INCOMING: &str = "incoming";

/// Who stands in for a role that nobody in the pack's directory takes.
const STAND_INS: &[(Role, &str)] = &[
    (Role::Lead, "Linnet Hathersage"),
    (Role::Handler, "Corin Ballantrae"),
    (Role::Approver, "Ursula Penwarden"),
    (Role::Staff, "Jory Tredinnick"),
    (Role::Auditor, "Merriden Locke"),
    (Role::Administrator, "Tamsin Okafor-Lisle"),
];

/// One account of the rehearsal.
#[derive(Debug, Clone, Serialize)]
struct Account {
    name: String,
    title: String,
    /// Roles in the program.
    roles: Vec<Role>,
    /// Roles in the pack.
    policy_roles: Vec<String>,
    email: String,
    password: &'static str,
    totp_secret: String,
}

/// Makes the organisation and serves it until told to stop.
pub(super) fn run(args: &DemoArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let clock: Arc<dyn Clock> = match &args.clock {
        Some(file) => Arc::new(FileClock::open(file)?),
        None => Arc::new(SystemClock),
    };
    let folder = match &args.dir {
        Some(folder) => folder.clone(),
        None => std::env::temp_dir().join(format!("probity-rehearsal-{}", std::process::id())),
    };
    let app = ground(&folder, &args.pack, args.smtp.as_deref())?.open_on(clock)?;
    let people = people(&app)?;
    take_effect(&app, &people)?;
    if args.once {
        writeln!(out, "Made a throw-away organisation on `{}` in {}. Nothing is served.", args.pack, folder.display())?;
        return Ok(());
    }
    let worker = Worker::start(app.clone(), "worker-1")?;
    serve(&app, loopback(args.port), false, |address| {
        let url = format!("http://{address}");
        if args.machine {
            writeln!(out, "{}", for_programs(&app, &people, &url, &folder, args)?)?;
        } else {
            hello(&app, &people, &url, &folder, out)?;
        }
        Ok(out.flush()?)
    })?;
    drop(worker);
    Ok(())
}

/// The folder: a copy of the pack, empty places, an installation that takes mail in and out.
fn ground(folder: &Path, pack: &str, smtp: Option<&str>) -> Result<Installation, Ending> {
    private_folder(folder)?;
    private_folder(&folder.join(INCOMING))?;
    let files = inputs::pack_files(pack)?;
    let address = Policy::from_files(&files)?.organisation().email.clone();
    new::write(&folder.join("pack"), &files)?;
    let mut places = Vec::with_capacity(PLACES.len());
    for (name, part) in PLACES {
        private_folder(&folder.join("material").join(part))?;
        places.push(PlaceConfig { name: (*name).to_owned(), path: Path::new("../material").join(part) });
    }
    let config = Config {
        org: "rehearsal".to_owned(),
        pack: "../pack".to_owned(),
        database: String::new(),
        second_person: true,
        mail: Some(mail(&address, smtp)?),
        bank_holidays: None,
        ocr: Ocr::default(),
        ocr_language: english(),
        place: places,
    };
    Installation::create(&folder.join("installation"), config)
}

/// Mail as the rehearsal has it: messages are dropped into a folder, and what is sent goes to
/// a server, or waits. The mailbox is looked at whenever a second has passed.
fn mail(address: &str, smtp: Option<&str>) -> Result<MailConfig, Ending> {
    let from = if address.is_empty() { "privacy@rehearsal.example" } else { address };
    let settings = serde_json::json!({
        "from": from, "smtp": smtp.unwrap_or_default(), "dropped": format!("../{INCOMING}"), "every_seconds": 1, "copies": false,
    });
    Ok(serde_json::from_value(settings)?)
}

/// An account for everybody in the pack's directory who works with it, and a stand-in for
/// every role that is then missing.
fn people(app: &App) -> Result<Vec<Account>, Ending> {
    let policy = app.policy()?;
    let accounts = cast(&policy);
    let mut made = Vec::with_capacity(accounts.len());
    for mut account in accounts {
        account.totp_secret = accounts::fresh_secret()?;
        accounts::create(app, &account.name, &account.email, &account.roles, PASSWORD, &account.totp_secret)?;
        made.push(account);
    }
    Ok(made)
}

/// Who plays what. The first member of staff without another part is the handler.
fn cast(policy: &Policy) -> Vec<Account> {
    let account = |name: &str, title: &str, email: &str, roles: Vec<Role>, policy_roles: &[String]| Account {
        name: name.to_owned(),
        title: title.to_owned(),
        roles,
        policy_roles: policy_roles.to_vec(),
        email: email.to_owned(),
        password: PASSWORD,
        totp_secret: String::new(),
    };
    let mut all: Vec<Account> = Vec::new();
    let taken = |all: &[Account], role: Role| all.iter().any(|account| account.roles.contains(&role));
    for person in policy.directory() {
        let holds = |role: &str| person.roles.iter().any(|held| held == role);
        let mut roles: Vec<Role> = [("dpo", Role::Lead), ("approver", Role::Approver), ("auditor", Role::Auditor)]
            .iter()
            .filter_map(|(held, role)| holds(held).then_some(*role))
            .collect();
        if roles.is_empty() && holds("staff") {
            roles.push(if taken(&all, Role::Handler) { Role::Staff } else { Role::Handler });
        } else if roles.is_empty() && holds("board") {
            roles.push(Role::Staff);
        }
        if let Some(email) = person.emails.last().filter(|_| !roles.is_empty()) {
            all.push(account(&person.name, &person.title, email, roles, &person.roles));
        }
    }
    let domain = policy.organisation().email_domains.first().cloned().unwrap_or_else(|| "rehearsal.example".to_owned());
    for (role, name) in STAND_INS {
        if !taken(&all, *role) {
            let email = format!("{}@{domain}", name.to_lowercase().replace(' ', "."));
            all.push(account(name, role.title(), &email, vec![*role], &[]));
        }
    }
    all
}

/// Adopts the pack as the policy in force, as two people do, and does the work of the day.
fn take_effect(app: &App, people: &[Account]) -> Result<(), Ending> {
    let as_role = |role: Role| {
        let holds = |account: &&Account| account.roles.contains(&role);
        let account = people.iter().find(holds).context("a rehearsal has an account for every role")?;
        Ok::<_, Ending>(accounts::actor_by_email(app, &account.email)?)
    };
    let (lead, approver) = (as_role(Role::Lead)?, as_role(Role::Approver)?);
    let (today, policy) = (app.today(), app.policy()?);
    let first = draft(app, &lead, app.policies.configured().files.to_vec(), "The policy of the rehearsal.")?;
    let at = propose(app, &lead, &first, 1, today)?;
    let signed_by = [policy.about().signed_by.clone(), "approver".to_owned(), "dpo".to_owned()];
    let signatory = signed_by.into_iter().find(|role| policy.role(role).is_some()).unwrap_or_default();
    let next_review = today.saturating_add(Span::new().years(1));
    adopt(app, &approver, &first, at, &AdoptionForm { board: "Board".to_owned(), on: today, signatory, next_review })?;
    daily(app, "rehearsal")?;
    Ok(())
}

/// Everything a program needs, as one line.
fn for_programs(app: &App, people: &[Account], url: &str, folder: &Path, args: &DemoArgs) -> Result<String, Ending> {
    let of = |role: Role| people.iter().find(|account| account.roles.contains(&role));
    let roles: serde_json::Map<String, serde_json::Value> =
        Role::ALL.iter().map(|role| Ok((role.key().to_owned(), serde_json::to_value(of(*role))?))).collect::<Result<_, Ending>>()?;
    let clock: Option<&PathBuf> = args.clock.as_ref();
    let line = serde_json::json!({
        "url": url, "sign_in_link": format!("{url}/sign-in"), "pack": args.pack, "folder": folder, "material": folder.join("material"),
        "incoming": folder.join(INCOMING), "clock": clock, "today": app.today().to_string(), "roles": roles, "people": people,
    });
    Ok(line.to_string())
}

fn hello(app: &App, people: &[Account], url: &str, folder: &Path, out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "A rehearsal of {}, today {}.", app.policy()?.organisation().name, domain::calendar::long_date(app.today()))?;
    writeln!(out, "Sign in at {url}/sign-in; the password of everybody is: {PASSWORD}")?;
    for account in people {
        let code = accounts::code_at(&account.totp_secret, app.now_us()).unwrap_or_default();
        let roles: Vec<&str> = account.roles.iter().map(|role| role.title()).collect();
        writeln!(out, "  {} ({}): {}  code now: {code}  (secret: {})", account.name, roles.join(", "), account.email, account.totp_secret)?;
    }
    writeln!(out, "What the search finds: put mail and files into {}.", folder.join("material").display())?;
    writeln!(out, "What arrives by mail: put messages that end in .eml into {}.", folder.join(INCOMING).display())?;
    writeln!(out, "A code lasts 30 seconds of the rehearsal's clock and works once. Stop with Ctrl-C; the folder is thrown away by hand.")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_pack_has_somebody_for_every_role() {
        for name in Policy::builtin_names() {
            let people = cast(&Policy::builtin(name).unwrap());
            for role in Role::ALL {
                assert!(people.iter().any(|account| account.roles.contains(role)), "{name}: nobody is {}", role.key());
            }
            let addresses: BTreeSet<&str> = people.iter().map(|account| account.email.as_str()).collect();
            assert_eq!(addresses.len(), people.len(), "{name}: an address is used twice");
            let both = |account: &&Account| account.roles.contains(&Role::Lead) && account.roles.contains(&Role::Approver);
            assert_eq!(people.iter().find(both).map(|account| &account.name), None, "{name}: one person prepares and approves");
        }
    }

    #[test]
    fn a_rehearsal_begins_on_the_day_in_the_file_with_the_policy_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        std::fs::write(&file, "2027-03-26T09:00:00Z").unwrap();
        let installation = ground(&folder.path().join("demo"), "social-enterprise", None).unwrap();
        let app = installation.open_on(Arc::new(FileClock::open(&file).unwrap())).unwrap();
        let people = people(&app).unwrap();
        take_effect(&app, &people).unwrap();
        assert_eq!(app.today().to_string(), "2027-03-26");
        let lead = people.iter().find(|account| account.roles.contains(&Role::Lead)).unwrap();
        let lead = accounts::actor_by_email(&app, &lead.email).unwrap();
        assert_eq!(services::policy::versions(&app, &lead).unwrap().len(), 1);
        assert!(!services::policy::duties(&app, &lead).unwrap().is_empty(), "the policy asks for something");
        assert!(services::requests::today(&app, &lead).unwrap().due.is_empty(), "there is no case");
    }
}
