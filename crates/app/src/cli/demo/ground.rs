//! The demo's folder: invented material and an installation that may search it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use crate::cli::outcome::Ending;
use crate::wiring::installation::{Config, Installation, Ocr, PlaceConfig, english, private_folder};

/// What the demo stands on.
pub(super) struct Ground {
    /// Everything is in here.
    pub(super) folder: PathBuf,
    /// The installation.
    pub(super) installation: Installation,
    /// The request.
    pub(super) request_mail: Vec<u8>,
    /// Files made.
    pub(super) files: usize,
}

#[derive(Serialize)]
struct Directory {
    person: Vec<Person>,
}

#[derive(Serialize)]
struct Person {
    id: String,
    name: String,
    title: String,
    roles: Vec<String>,
    emails: Vec<String>,
}

/// Makes the folder.
pub(super) fn make(wanted: Option<&Path>) -> Result<Ground, Ending> {
    let folder = match wanted {
        Some(folder) => folder.to_path_buf(),
        None => std::env::temp_dir().join(format!("probity-demo-{}", std::process::id())),
    };
    private_folder(&folder)?;
    let material = testkit::demo::material(1);
    let found = folder.join("material");
    private_folder(&found)?;
    testkit::files::write_all(&found, &material.files).context("writing the invented material")?;
    let pack = folder.join("pack");
    private_folder(&pack)?;
    for (name, text) in pack_files(&material)? {
        std::fs::write(pack.join(name), text).context("writing the demo's pack")?;
    }
    let installation = Installation::create(
        &folder.join("installation"),
        Config {
            org: "demo".to_owned(),
            pack: "../pack".to_owned(),
            database: String::new(),
            second_person: true,
            mail: None,
            bank_holidays: None,
            ocr: Ocr::default(),
            ocr_language: english(),
            place: places(&material.files),
        },
    )?;
    Ok(Ground { folder, installation, request_mail: dated(&material.request_mail), files: material.files.len() })
}

/// Each top of the material is a place.
fn places(files: &[(String, Vec<u8>)]) -> Vec<PlaceConfig> {
    let tops: BTreeSet<&str> = files.iter().filter_map(|(path, _)| path.split('/').next()).collect();
    tops.into_iter()
        .map(|top| {
            let name = match top {
                "mailbox" => "Office mailbox".to_owned(),
                other => {
                    let stem = other.split('.').next().unwrap_or(other).replace(['-', '_'], " ");
                    let mut letters = stem.chars();
                    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
                }
            };
            PlaceConfig { name, path: Path::new("../material").join(top) }
        })
        .collect()
}

/// The pack of the children's education organisation under the demo's own name and people.
fn pack_files(material: &testkit::demo::Material) -> Result<Vec<(&'static str, String)>, Ending> {
    let about =
        "name = \"greenbank-demo\"\ntitle = \"Data protection policy\"\nversion = \"1.0\"\ninherits = \"childrens-education-cic\"\n";
    let organisation = &material.organisation;
    let organisation = toml::to_string(&toml::toml! {
        legal_form = "community interest company"
        division = "england-and-wales"
        dpo_title = "Data protection lead"
    })
    .map(|fixed| {
        let text = |key: &str, value: &str| format!("{key} = {}\n", toml::Value::from(value));
        let address: Vec<String> = organisation.address.split(", ").map(|line| toml::Value::from(line).to_string()).collect();
        format!(
            "{}{}{}address = [{}]\nemail_domains = [{}]\n{fixed}",
            text("name", &organisation.name),
            text("email", &organisation.email),
            text("phone", &organisation.phone),
            address.join(", "),
            toml::Value::from(organisation.domain.as_str()),
        )
    })
    .context("writing the demo's organisation")?;
    let person = material
        .directory
        .iter()
        .enumerate()
        .map(|(at, (name, email, title))| Person {
            id: format!("d{:02}", at + 1),
            name: name.clone(),
            title: title.clone(),
            roles: roles_of(title).iter().map(|role| (*role).to_owned()).collect(),
            emails: vec![email.clone()],
        })
        .collect();
    let directory = toml::to_string(&Directory { person }).context("writing the demo's directory")?;
    Ok(vec![("pack.toml", about.to_owned()), ("organisation.toml", organisation), ("directory.toml", directory)])
}

/// The roles of the policy that somebody with this job holds.
fn roles_of(title: &str) -> &'static [&'static str] {
    match title {
        "Centre manager" => &["managing-director", "approver", "staff"],
        "Designated safeguarding lead" => &["safeguarding-lead", "staff"],
        "Data protection lead" => &["dpo", "staff"],
        "Chair of the directors" => &["chair", "board", "staff"],
        "Administrator" => &["office-manager", "staff"],
        _ => &["staff"],
    }
}

/// The request as if it had come the day before yesterday, so that the demo's clock is
/// the machine's and codes of an authenticator fit.
fn dated(mail: &[u8]) -> Vec<u8> {
    let day = crate::wiring::today().checked_sub(jiff::Span::new().days(2)).unwrap_or_else(|_| crate::wiring::today());
    let text = String::from_utf8_lossy(mail);
    let header = format!("Date: {}", day.strftime("%a, %d %b %Y 16:12:00 +0000"));
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let end = if line.ends_with('\r') { "\r" } else { "" };
            if line.starts_with("Date: ") { format!("{header}{end}") } else { line.to_owned() }
        })
        .collect();
    lines.join("\n").into_bytes()
}
