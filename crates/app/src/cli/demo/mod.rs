//! `probity demo`: a throw-away organisation with the main job in progress.

mod ground;
mod policy;
mod rehearsal;

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use domain::ids::UserId;
use domain::people::{Actor, Relation, Role, Standing, may};
use services::sar::manifest;
use services::sar::run::{Order, Tools, due_line, finish, prepare};
use services::{App, accounts, requests};

use super::outcome::Ending;
use super::progress::ScanBar;
use super::serve::{log_to_stderr, loopback, serve};
use crate::wiring::worker::Worker;
use web::routes::Access;

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Port of the pages on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 8421)]
    port: u16,
    /// Where to put it; a new folder for temporary files when not given.
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Make everything, print where it is, and stop instead of serving.
    #[arg(long)]
    once: bool,
    /// Leave out the run of `sar run`; only the pages' case is prepared.
    #[arg(long)]
    fast: bool,
    /// Print one JSON line for programs instead of text.
    #[arg(long)]
    machine: bool,
    /// A rehearsal: accounts for every role and no cases, on a pack of your choice.
    #[arg(long, conflicts_with = "fast")]
    empty: bool,
    /// The pack of the rehearsal: a built-in name, or a folder.
    #[arg(long, value_name = "PACK", requires = "empty", default_value = "childrens-education-cic")]
    pack: String,
    /// Take the time of the rehearsal from a file that holds one instant, such as
    /// 2026-11-28T21:14:00Z. Rename another file onto it to move time forward.
    #[arg(long, value_name = "FILE", requires = "empty")]
    clock: Option<PathBuf>,
    /// The server that takes the mail of the rehearsal, such as smtp://127.0.0.1:2525;
    /// without it mail is written and waits.
    #[arg(long, value_name = "URL", requires = "empty")]
    smtp: Option<String>,
}

/// The demo's password; the accounts exist in this throw-away folder only.
const PASSWORD: &str = "otter plinth harbour 42";

pub(crate) fn run(args: &DemoArgs, out: &mut dyn Write) -> Result<(), Ending> {
    log_to_stderr();
    if args.empty {
        return rehearsal::run(args, out);
    }
    let say = |out: &mut dyn Write, text: &str| -> Result<(), Ending> {
        if !args.machine {
            writeln!(out, "{text}")?;
            out.flush()?;
        }
        Ok(())
    };
    let began = Instant::now();
    let ground = ground::make(args.dir.as_deref())?;
    say(
        out,
        &format!(
            "Made a throw-away organisation with {} invented files in {} ({:.1} s).",
            ground.files,
            ground.folder.display(),
            began.elapsed().as_secs_f64()
        ),
    )?;
    let app = ground.installation.open()?;
    if !args.fast {
        answer(&app, &ground, out, &say)?;
    }
    let began = Instant::now();
    let people = people(&app)?;
    let case = case(&app, &ground, &people)?;
    let lived =
        policy::live(&app, &accounts::actor_by_email(&app, people.lead.email)?, &accounts::actor_by_email(&app, people.approver.email)?)?;
    say(
        out,
        &format!(
            "Recorded the same request in the register and searched for it: case {} is in review ({:.1} s).",
            case.reference,
            began.elapsed().as_secs_f64()
        ),
    )?;
    if args.once {
        return say(out, "Stopped as asked; nothing is served.");
    }
    let worker = Worker::start(app.clone(), "worker-1")?;
    serve(&app, loopback(args.port), false, |address| {
        let url = format!("http://{address}");
        if args.machine {
            let (lead, approver) = (&people.lead, &people.approver);
            let line = serde_json::json!({
                "url": url, "sign_in_link": format!("{url}/sign-in"), "case_url": format!("{url}/requests/{}", case.id),
                "email": lead.email, "password": PASSWORD, "totp_secret": lead.secret,
                "approver": { "email": approver.email, "password": PASSWORD, "totp_secret": approver.secret, "pages": pages(&url, &case, &lived, Role::Approver) },
                "folder": ground.folder, "pages": pages(&url, &case, &lived, Role::Lead), "today": app.today().to_string(),
            });
            writeln!(out, "{line}")?;
        } else {
            hello(&url, &people, &case, &app, out)?;
        }
        out.flush()?;
        Ok(())
    })?;
    drop(worker);
    Ok(())
}

/// Every page of the case that a role may open, for programs that look at all of them.
fn pages(url: &str, case: &Case, lived: &policy::Lived, role: Role) -> Vec<String> {
    let actor = Actor { user: UserId::new("pages"), name: String::new(), roles: vec![role], standing: Standing::Active };
    let opens = |access: Access| match access {
        Access::Public => true,
        Access::May(verb) => may(&actor, verb, Relation::Involved),
    };
    // Of complaints, messages and marks the demo has none: their pages have samples.
    let record = |path: &str| match path.split('/').nth(1) {
        Some("policy") => Some(lived.proposal.to_string()),
        Some("duties") => Some(lived.duty.to_string()),
        Some("requests") => Some(case.id.clone()),
        _ => None,
    };
    web::routes::ROUTES
        .iter()
        .filter(|route| route.method == "GET" && route.path.contains('{') && route.path != "/static/{file}" && opens(route.access))
        // A duty has this page only while its clock takes something further.
        .filter(|route| !route.path.ends_with("/further"))
        .filter_map(|route| {
            let path = match record(route.path) {
                Some(id) => route.path.replace("{id}", &id).replace("{item}", "0"),
                None => route.path.to_owned(),
            };
            Some(path.replace("{clause}", "TURN-85").replace("{notice}", "families")).filter(|path| !path.contains('{'))
        })
        // The reply is released once it has gone out.
        .filter(|path| !path.contains("/release"))
        .filter(|path| !path.ends_with("/stream") && !path.ends_with("/preview"))
        .map(|path| format!("{url}{path}"))
        .collect()
}

fn hello(url: &str, people: &People, case: &Case, app: &App, out: &mut dyn Write) -> Result<(), Ending> {
    writeln!(out, "\nThe pages are served. Sign in at {url}/sign-in and open {url}/requests/{}", case.id)?;
    for (what, person) in [("data protection lead", &people.lead), ("approver", &people.approver)] {
        let code = accounts::code_at(&person.secret, app.now_us()).unwrap_or_default();
        writeln!(
            out,
            "  as the {what}: {}  password: {PASSWORD}  code now: {code}  (authenticator secret: {})",
            person.email, person.secret
        )?;
    }
    writeln!(out, "A code lasts 30 seconds and works once. Stop with Ctrl-C; the folder is thrown away by hand.")?;
    Ok(())
}

/// The main job from the command line's point of view, with its finished pack.
fn answer(
    app: &App,
    ground: &ground::Ground,
    out: &mut dyn Write,
    say: &dyn Fn(&mut dyn Write, &str) -> Result<(), Ending>,
) -> Result<(), Ending> {
    let mut places = Vec::new();
    for (name, path) in app.places.iter() {
        places.push(services::sar::Place { name: name.clone(), source: app.sources.open(path)?, by_hand: false });
    }
    let policy = app.policy()?;
    let tools = Tools { policy: &policy, calendar: &app.calendar, extractor: app.extractor.as_ref(), press: app.press.as_ref() };
    let order = Order {
        mail: &ground.request_mail,
        places: &places,
        more: finder::identity::Identity::default(),
        received_on: None,
        today: app.today(),
        today_given: false,
        memory: None,
    };
    let bar = ScanBar::begin();
    let prepared = prepare(&tools, &order, &mut |progress| {
        bar.show(progress);
        true
    });
    bar.end();
    let mut prepared = prepared?;
    say(out, &format!("An access request came in by e-mail: {}.", due_line(&prepared.report.deadline)))?;
    let finished = finish(&tools, &places, &mut prepared)?;
    let folder = ground.folder.join("answer");
    crate::wiring::installation::private_folder(&folder)?;
    let files: [(&str, &[u8]); 3] =
        [("reply.pdf", &finished.reply_pdf), ("pack.pdf", &finished.pack.pdf), ("pack.json", &finished.pack.json)];
    for (name, bytes) in files {
        super::sar::write(&folder.join(name), bytes)?;
    }
    super::sar::write(&folder.join("manifest.sha256"), manifest(files).as_bytes())?;
    super::sar::write(&folder.join("review.json"), &serde_json::to_vec_pretty(&prepared.report)?)?;
    let summary = &prepared.report.summary;
    say(
        out,
        &format!(
            "Searched {} items: {} certain, {} likely, {} possible, {} not readable. {} items in the pack, {} passages withheld.",
            summary.items, summary.certain, summary.likely, summary.possible, summary.unreadable, summary.in_pack, summary.withheld
        ),
    )?;
    for (stage, seconds) in &summary.seconds {
        say(out, &format!("  {stage}: {seconds:.2} s"))?;
    }
    say(out, &format!("The finished pack: {}", folder.join("pack.pdf").display()))
}

/// An account of the demo.
struct DemoAccount {
    email: &'static str,
    secret: String,
}

struct People {
    lead: DemoAccount,
    approver: DemoAccount,
}

fn people(app: &App) -> Result<People, Ending> {
    let lead = DemoAccount { email: "callum.reid@greenbank.example", secret: accounts::fresh_secret()? };
    let approver = DemoAccount { email: "maya.thornbury@greenbank.example", secret: accounts::fresh_secret()? };
    accounts::create(app, "Callum Reid", lead.email, &[Role::Lead, Role::Administrator], PASSWORD, &lead.secret)?;
    accounts::create(app, "Maya Thornbury", approver.email, &[Role::Approver], PASSWORD, &approver.secret)?;
    Ok(People { lead, approver })
}

struct Case {
    id: String,
    reference: String,
}

/// The same request on the pages: recorded, acknowledged, searched, waiting for the review.
fn case(app: &App, ground: &ground::Ground, people: &People) -> Result<Case, Ending> {
    let lead = accounts::actor_by_email(app, people.lead.email)?;
    let (id, reference) = requests::from_mail(app, &lead, &ground.request_mail, None, false)?;
    let version = requests::acknowledge(app, &lead, &id, 1)?;
    let places: Vec<String> = app.places.iter().map(|(name, _)| name.clone()).collect();
    let not_searched = vec!["Personal phones of former staff: we cannot reach them".to_owned()];
    requests::start_search(app, &lead, &id, version, &requests::ScanForm { places, not_searched, parts: false })?;
    while requests::work_once(app, "demo")? {}
    Ok(Case { id: id.to_string(), reference })
}
