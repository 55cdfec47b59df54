//! `probity pack new`: a copy of a built-in pack that the organisation owns.

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use domain::policy::Policy;
use domain::{Refusal, RefusalCode};

use crate::cli::outcome::Ending;

/// Arguments of `new`.
#[derive(Debug, Args)]
pub(crate) struct NewArgs {
    /// The name of the pack: lower-case letters, digits and hyphens.
    name: String,
    /// The built-in pack to begin with (`probity pack list`); `uk` begins with empty files.
    #[arg(long, value_name = "PACK", default_value = "uk")]
    like: String,
    /// The folder to make; the name of the pack when left out.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Writes the pack and says what to do next.
pub(super) fn run(args: &NewArgs, out: &mut dyn Write) -> Result<(), Ending> {
    let files = files(&args.name, &args.like)?;
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(&args.name));
    write(&folder, &files)?;
    let open = Policy::from_files(&files)?.questions();
    writeln!(out, "Made {} with {} files, beginning with `{}`.", folder.display(), files.len(), args.like)?;
    writeln!(out, "{} questions are open: probity pack questions {}", open.len(), folder.display())?;
    writeln!(out, "Next: probity pack answer {}", folder.display())?;
    Ok(())
}

/// The files of a new pack: those of a built-in one without its invented organisation and
/// people, or the empty files of [`BLANK`].
pub(crate) fn files(name: &str, like: &str) -> Result<Vec<(String, String)>, Refusal> {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(allowed) || Policy::builtin_names().any(|known| known == name) {
        let what =
            "A pack's name has lower-case letters, digits and hyphens, and is not the name of a built-in pack: for example `rowan-hall`.";
        return Err(Refusal::new(RefusalCode::ValueInvalid, what));
    }
    let model = Policy::builtin(like)?;
    let mut files = if like == BASE { blank() } else { Policy::builtin_files(like)? };
    let theirs = model.organisation().name.as_str();
    for (_, text) in files.iter_mut().filter(|_| !theirs.is_empty()) {
        *text = text.replace(theirs, YOUR_NAME);
    }
    for (file, text) in
        [("pack.toml", about(name, &model)), ("organisation.toml", organisation(&model)), ("directory.toml", directory(&model))]
    {
        files.retain(|(known, _)| known != file);
        files.push((file.to_owned(), text));
    }
    files.sort();
    Ok(files)
}

/// Stands in texts of a copied pack where the invented organisation's name stood.
pub(crate) const YOUR_NAME: &str = "[the organisation]";

/// The base pack: the law alone.
pub(crate) const BASE: &str = "uk";

/// The files of a pack that begins empty: each says in comments how it is written.
const BLANK: &[(&str, &str)] = &[
    ("clauses.toml", include_str!("blank/clauses.toml")),
    ("duties.toml", include_str!("blank/duties.toml")),
    ("processing.toml", include_str!("blank/processing.toml")),
    ("retention.toml", include_str!("blank/retention.toml")),
    ("rights.toml", include_str!("blank/rights.toml")),
    ("roles.toml", include_str!("blank/roles.toml")),
];

fn blank() -> Vec<(String, String)> {
    BLANK.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect()
}

/// `pack.toml`. A copy was adopted by nobody yet.
fn about(name: &str, model: &Policy) -> String {
    let about = model.about();
    let text = |text: &str| toml_edit::Value::from(text).to_string();
    let title = if model.organisation().name.is_empty() { "Data protection policy" } else { &about.title };
    let mut file = format!(
        "# What this pack is. `inherits = \"uk\"` puts it on the floor of the law: whatever is not said here, the law says.\n\
         name = {}\ntitle = {}\n",
        text(name),
        text(title)
    );
    if !about.audience.is_empty() {
        let _ = writeln!(file, "audience = {}", text(&about.audience));
    }
    file += "# Count up with every change that is adopted.\nversion = \"0.1\"\ninherits = \"uk\"\n\
             # Fill in when the board has adopted it; dates stand without quotes.\n\
             # adopted_on = 2026-10-01\n# adopted_by = \"the trustees\"\n# next_review = 2027-10-01\n";
    if !about.signed_by.is_empty() {
        let _ = writeln!(file, "# The role that signs it.\nsigned_by = {}", text(&about.signed_by));
    }
    file
}

/// `organisation.toml` with nothing answered: every empty value is a question.
fn organisation(model: &Policy) -> String {
    let ours = model.organisation();
    let kind = toml_edit::Value::from(ours.kind.as_str());
    let title = if ours.dpo_title.is_empty() { "Data protection lead" } else { &ours.dpo_title };
    let lead = toml_edit::Value::from(title);
    format!(
        "# Who you are. It stands on every letter and notice.\n\n\
         # The name as people know it: \"Rowan Hall\".\nname = \"\"\n\
         # What kind of organisation it is.\nkind = {kind}\n\
         # \"charity\", \"community interest company\", \"company limited by guarantee\" …\nlegal_form = \"\"\n\
         # Its number at Companies House or with the charity regulator, if it has one.\nnumber = \"\"\n\
         # The number in the regulator's register of fee payers, or why no fee is due.\nregistration = \"\"\n\
         # Whose bank holidays count, by the place of the office: england-and-wales, scotland or northern-ireland.\n\
         # division = \"scotland\"\n\
         # The last day of the accounting year.\n# year_end = {{ month = 3, day = 31 }}\n\
         # The postal address, line by line.\naddress = []\n\
         # The address for everything about personal data.\nemail = \"\"\nphone = \"\"\nwebsite = \"\"\n\
         # What stands after the @ in your own people's addresses, to tell staff from the public.\nemail_domains = []\n\
         # What the person who leads on data protection is called.\ndpo_title = {lead}\n"
    )
}

/// `directory.toml` with nobody in it, and the roles somebody will have to hold.
fn directory(model: &Policy) -> String {
    let mut text = "# Your own people, paid or not, and the roles they hold. As soon as one person stands here, every role\n\
                    # that has something to do must be held by somebody; one person may hold several:\n"
        .to_owned();
    for role in model.roles() {
        let _ = writeln!(text, "#   {:<20} {}", role.id, role.title);
    }
    text += "#\n# [[person]]\n# id = \"p01\"\n# name = \"Isla Fenwick\"\n# title = \"Secretary\"\n# roles = [\"dpo\", \"staff\"]\n\
             # emails = [\"secretary@rowan-hall.example\"]\n";
    text
}

/// Writes a new pack into a folder that is empty or not there yet.
pub(crate) fn write(folder: &Path, files: &[(String, String)]) -> Result<(), Ending> {
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Refusal::new(RefusalCode::OutputExists, format!("{} is there already.", folder.display())).into());
    }
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}
