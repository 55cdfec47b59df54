//! From a draft to a version in force: beginning one, putting it forward, adopting it,
//! taking it back; and comparing two.

use axum::response::Response;
use domain::Refusal;
use domain::RefusalCode;
use domain::calendar::short_date;
use domain::casework::policy_version::{AdoptionForm, PackFile, Stage};
use domain::ids::RecordId;
use domain::people::{Relation, Verb, may};
use domain::policy::{Policy, Problem as PackProblem};
use services::policy::{self, CompareView, VersionView};

use super::versions::{Compare, Names, VersionPage, Versions, problem_line, version_href};
use crate::error::Problem;
use crate::extract::{Asked, At, Files, Visit};
use crate::forms::{Field, Sent};
use crate::pages::form_page::{FormPage, Row};
use crate::shell::Link;
use crate::submit;
use crate::words::{capital, count};

/// `GET /policy/versions`
pub(crate) async fn list(visit: Visit) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let may_propose = may(&actor, Verb::PolicyPropose, Relation::None);
    let (entries, holds) = visit.state.run(move |app| Ok((policy::versions(app, &actor)?, policy::in_force(app, app.today())?))).await?;
    let since = holds.effective.map(|day| format!(" since {}", short_date(day))).unwrap_or_default();
    let sentence = format!("{} holds{since}.", capital(&holds.label()));
    visit.page(&Versions::new(&entries, holds.id.as_ref(), sentence, may_propose))
}

/// `GET /policy/versions/{id}`
pub(crate) async fn one(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (view, names) = visit
        .state
        .run(move |app| {
            let view = policy::version(app, &actor, &RecordId::new(id))?;
            let stage = &view.version.stage;
            let name =
                |user: Option<&domain::ids::UserId>| user.map_or(Ok(String::new()), |user| services::accounts::account_name(app, user));
            let names = Names {
                proposed_by: name(stage.proposal().map(|proposal| &proposal.by))?,
                adopted_by: name(stage.adoption().map(|adoption| &adoption.approved_by))?,
            };
            Ok((view, names))
        })
        .await?;
    visit.page(&page(&view, &names))
}

fn page(view: &VersionView, names: &Names) -> VersionPage {
    let here = version_href(&view.version.facts.id);
    let draft = view.version.stage == Stage::Draft;
    let proposed = matches!(view.version.stage, Stage::Proposed { .. });
    let sound = view.problems.is_empty();
    let all = [
        (proposed && view.may_adopt && sound, "adopt", "Adopt it"),
        (draft && view.may_propose && sound, "propose", "Put it forward"),
        (proposed && view.may_propose, "reopen", "Make it a draft again"),
        ((draft || proposed) && view.may_propose, "withdraw", "Withdraw it"),
    ];
    let actions = all.iter().filter(|(possible, _, _)| *possible).map(|(_, key, text)| Link::new(format!("{here}/{key}"), *text)).collect();
    let more = if sound {
        vec![Link::new(format!("/policy/compare?to={}", view.version.facts.id), "Compare it with the version in force")]
    } else {
        Vec::new()
    };
    VersionPage::new(&view.version, &view.problems, names, actions, more)
}

/// `GET /policy/compare?from=..&to=..`; what is left out is the version in force.
pub(crate) async fn compare(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (from, to) = (asked.optional("from").map(RecordId::new), asked.optional("to").map(RecordId::new));
    let back = match &to {
        Some(id) => Link::new(version_href(id), "The version"),
        None => Link::new("/policy/versions", "Versions"),
    };
    let view = visit.state.run(move |app| policy::compare(app, &actor, from.as_ref(), to.as_ref())).await?;
    let labels = (view.before.policy.about().version.as_str(), view.after.policy.about().version.as_str());
    visit.page(&Compare::new(labels, &view.comparison, running(&view), back))
}

/// What the second version means for cases that run, in sentences.
fn running(view: &CompareView) -> Vec<String> {
    let mut lines = match (view.running, view.earlier) {
        (0, _) => vec!["No request is running.".to_owned()],
        (all, 0) => vec![format!("{} running; each keeps the date it has.", count(all, "request is", "requests are"))],
        (all, earlier) => vec![format!(
            "{} running; {} an earlier date, because the new version is better for the person. The others keep the date they have.",
            count(all, "request is", "requests are"),
            count(earlier, "gets", "get")
        )],
    };
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "no date yet".to_owned(), short_date);
    lines.extend(view.rows.iter().map(|row| format!("{}: due {} instead of {}.", row.reference, day(row.after), day(row.before))));
    lines
}

/// `GET /policy/versions/new`
pub(crate) async fn show_new(visit: Visit) -> Result<Response, Problem> {
    visit.page(&new_page())
}

fn new_page() -> FormPage {
    let from = [
        ("files", "Files that I upload", "The whole pack, or the files that you changed: the others are taken from the version in force."),
        ("server", "The pack on the server", "The folder that this installation names in its configuration."),
    ];
    let fields = vec![
        Field::radios("from", "Where does it come from?", &from).value("files"),
        Field::files("files", "Files of the pack").hint("One or more files that end in .toml. They may be chosen together."),
        Field::long("note", "What changes, and why?")
            .hint("A few words for the board and for whoever reads this later. No names of people.")
            .rows(3),
    ];
    let mut page = FormPage::new("Begin a new version", fields, "Check and begin it")
        .intro("Nothing holds yet after this: the version is a draft. You put it forward, and a second person adopts it.")
        .upload();
    "/policy/versions/new".clone_into(&mut page.action);
    "/policy/versions".clone_into(&mut page.back);
    page.once = crate::once::fresh();
    page
}

/// `POST /policy/versions/new`: files with faults are refused with file and line, and nothing is kept.
pub(crate) async fn submit_new(visit: Visit, upload: Files) -> Result<Response, Problem> {
    let mut page = new_page();
    page.form = page.form.filled(&upload.sent);
    let from_server = upload.sent.text("from") == "server";
    let mut uploaded: Vec<PackFile> = Vec::new();
    for (name, bytes) in upload.files {
        match String::from_utf8(bytes) {
            Ok(text) => uploaded.push(PackFile { name, text }),
            Err(_) => page.form.complain("files", format!("{name} is not a text file")),
        }
    }
    if !from_server && uploaded.is_empty() && !page.form.is_refused() {
        page.form.complain("files", "Choose at least one file of the pack");
    }
    if page.form.is_refused() {
        return visit.page(&page);
    }
    let base =
        visit.state.run(move |app| Ok(if from_server { app.policies.configured() } else { policy::in_force(app, app.today())? })).await?;
    let files = if from_server { base.files.to_vec() } else { laid_over(&base.files, uploaded) };
    let pairs: Vec<(&str, &str)> = files.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let problems: Vec<PackProblem> = Policy::problems(&pairs);
    if !problems.is_empty() {
        for problem in &problems {
            page.form.complain("files", problem_line(problem));
        }
        return visit.page(&page);
    }
    let key = files.iter().fold(upload.sent.once(), |key, file| key.with(file.text.as_bytes()));
    let note = upload.sent.text("note").to_owned();
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        let id = policy::draft(app, actor, files, &note)?;
        Ok(format!("{}?done=version-begun", version_href(&id)))
    };
    submit::once(&visit, &key, work, |refusal| submit::refused(&visit, page, &refusal, "files")).await
}

/// The files in force with the uploaded ones in their places. A whole pack stands for itself.
fn laid_over(base: &[PackFile], uploaded: Vec<PackFile>) -> Vec<PackFile> {
    if uploaded.iter().any(|file| file.name == "pack.toml") {
        return uploaded;
    }
    let mut files: Vec<PackFile> = base.iter().filter(|file| !uploaded.iter().any(|new| new.name == file.name)).cloned().collect();
    files.extend(uploaded);
    files
}

/// `GET /policy/versions/{id}/{act}`
pub(crate) async fn ask(act: Act, visit: Visit, id: String) -> Result<Response, Problem> {
    let (page, _) = form(act, &visit, id).await?;
    visit.page(&page)
}

/// `POST /policy/versions/{id}/{act}`
pub(crate) async fn submit(act: Act, visit: Visit, id: String, sent: Sent) -> Result<Response, Problem> {
    let (mut page, _) = form(act, &visit, id.clone()).await?;
    page.form = page.form.filled(&sent);
    let at: u64 = sent.text("version").parse().unwrap_or_default();
    let Some(order) = order(act, &mut page, &sent) else { return visit.page(&page) };
    let work = move |app: &services::App, actor: &domain::people::Actor| {
        let id = RecordId::new(id);
        let done = match order {
            Order::Propose(effective) => policy::propose(app, actor, &id, at, effective).map(|_| "version-proposed"),
            Order::Adopt(form) => policy::adopt(app, actor, &id, at, &form).map(|_| "version-adopted"),
            Order::Reopen => policy::reopen(app, actor, &id, at).map(|_| "version-reopened"),
            Order::Withdraw(reason) => policy::withdraw(app, actor, &id, at, &reason).map(|_| "version-withdrawn"),
        }?;
        Ok(format!("{}?done={done}", version_href(&id)))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        let field = field_of(&refusal);
        submit::refused(&visit, page, &refusal, field)
    })
    .await
}

/// What can be done to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Put it forward.
    Propose,
    /// Adopt it.
    Adopt,
    /// Make it a draft again.
    Reopen,
    /// Give it up.
    Withdraw,
}

/// What somebody asked for, read from the form.
enum Order {
    Propose(jiff::civil::Date),
    Adopt(AdoptionForm),
    Reopen,
    Withdraw(String),
}

fn order(act: Act, page: &mut FormPage, sent: &Sent) -> Option<Order> {
    let form = &mut page.form;
    let order = match act {
        Act::Propose => Order::Propose(form.need_date(sent, "effective")?),
        Act::Reopen => Order::Reopen,
        Act::Withdraw => Order::Withdraw(form.need(sent, "reason", "Write why it is given up")),
        Act::Adopt => {
            let board = form.need(sent, "board", "Enter which body adopted it");
            let on = form.need_date(sent, "on");
            let signatory = sent.text("signatory").to_owned();
            if signatory.is_empty() {
                form.complain("signatory", "Choose who signed it");
            }
            let next_review = form.need_date(sent, "next_review");
            if sent.text("sure") != "yes" {
                form.complain("sure", "Confirm that you have read what changes");
            }
            Order::Adopt(AdoptionForm { board, on: on?, signatory, next_review: next_review? })
        }
    };
    if page.form.is_refused() { None } else { Some(order) }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code {
        RefusalCode::PolicyEffective | RefusalCode::PolicyOverwrites | RefusalCode::DateOutOfRange => "effective",
        RefusalCode::ReasonNeeded => "reason",
        _ => "",
    }
}

/// The page that asks before an act, as the version stands now.
async fn form(act: Act, visit: &Visit, id: String) -> Result<(FormPage, VersionView), Problem> {
    let actor = visit.actor()?;
    let record = RecordId::new(id);
    let (view, comparison, today) = visit
        .state
        .run(move |app| {
            let view = policy::version(app, &actor, &record)?;
            let comparison = if act == Act::Adopt { Some(policy::compare(app, &actor, None, Some(&record))?) } else { None };
            Ok((view, comparison, app.today()))
        })
        .await?;
    let here = version_href(&view.version.facts.id);
    let mut page = match act {
        Act::Propose => propose_page(today),
        Act::Reopen => FormPage::new("Make it a draft again", Vec::new(), "Make it a draft")
            .intro("It is no longer put forward. Its files can be changed by beginning another version."),
        Act::Withdraw => FormPage::new("Withdraw it", vec![Field::long("reason", "Why is it given up?").rows(3)], "Withdraw it"),
        Act::Adopt => adopt_page(&view, comparison.as_ref(), today),
    };
    let key = match act {
        Act::Propose => "propose",
        Act::Adopt => "adopt",
        Act::Reopen => "reopen",
        Act::Withdraw => "withdraw",
    };
    page.caption = format!("{}, version {}", view.version.facts.reference, view.version.label);
    page.action = format!("{here}/{key}");
    page.back = here;
    page.once = crate::once::fresh();
    page.form.fields.push(Field::hidden("version", &view.at.to_string()));
    Ok((page, view))
}

fn propose_page(today: jiff::civil::Date) -> FormPage {
    let fields = vec![
        Field::date("effective", "From which day shall it hold?")
            .hint("Not before the day the board adopts it. Cases that are running then keep their rule, unless the new one is better for the person.")
            .value(&today.to_string()),
    ];
    FormPage::new("Put it forward", fields, "Put it forward")
        .intro("Somebody else, an approver, can then adopt it. You cannot adopt it yourself.")
}

/// What changes, then the form of the adoption.
fn adopt_page(view: &VersionView, comparison: Option<&CompareView>, today: jiff::civil::Date) -> FormPage {
    let policy = view.version.policy().ok();
    let roles: Vec<(String, String)> =
        policy.iter().flat_map(|policy| policy.roles().iter().map(|role| (role.id.clone(), role.title.clone()))).collect();
    let choices: Vec<(&str, &str, &str)> = roles.iter().map(|(id, title)| (id.as_str(), title.as_str(), "")).collect();
    let about = policy.as_ref().map(Policy::about);
    let fields = vec![
        Field::text("board", "Which body adopted it?")
            .hint("For example: Board of Directors.")
            .value(about.map_or("", |about| &about.adopted_by)),
        Field::date("on", "On which day?").hint("The date of the minute.").value(&today.to_string()),
        Field::radios("signatory", "Who signed it?", &choices).value(about.map_or("", |about| &about.signed_by)),
        Field::date("next_review", "By when is it reviewed next?"),
        Field::checkboxes("sure", "Before you adopt it", &[("yes", "I have read what changes", "")]),
    ];
    let mut rows = Vec::new();
    if let Some(proposal) = view.version.stage.proposal() {
        rows.push(Row::new("Takes effect", short_date(proposal.effective)));
    }
    if let Some(seen) = comparison {
        let found = &seen.comparison;
        let keys = |changes: &[domain::casework::policy_version::ValueChange]| {
            changes.iter().map(|change| change.key.as_str()).collect::<Vec<_>>().join("\n")
        };
        let number = |n: usize, one: &str, many: &str| count(n as u64, one, many);
        if found.is_empty() {
            rows.push(Row::new("What changes", "nothing that counts"));
        }
        if !found.clauses.is_empty() {
            rows.push(Row::whole(number(found.clauses.len(), "clause", "clauses"), keys(&found.clauses)));
        }
        if !found.values.is_empty() {
            rows.push(Row::whole(number(found.values.len(), "value", "values"), keys(&found.values)));
        }
        rows.push(Row::new("Conflicts", format!("{} new, {} mended", found.conflicts_new.len(), found.conflicts_gone.len())));
        rows.push(Row::whole("Running cases", running(seen).join("\n")));
    }
    FormPage::new("Adopt it", fields, "Adopt this version")
        .check(rows)
        .warning(
            "From its day on, this version computes the dates and opens the duties. It cannot be taken back, only replaced by another.",
        )
        .aside(format!("/policy/compare?to={}", view.version.facts.id), "See every change, word by word")
}

/// The page of an adoption, for samples.
pub(crate) fn sample_adopt() -> FormPage {
    let files = vec![("pack.toml".to_owned(), "name = \"own\"\nversion = \"2.0\"\ninherits = \"uk\"\n".to_owned())];
    let version = super::versions::sample_version(Stage::Draft, &files);
    let view = VersionView { version, at: 2, problems: Vec::new(), may_propose: false, may_adopt: true };
    let mut page = adopt_page(&view, None, jiff::civil::date(2026, 11, 22));
    page.check.push(Row::whole("2 clauses", "TURN-85\nTURN-86"));
    "/policy/versions/v1/adopt".clone_into(&mut page.action);
    page
}

/// The page that begins a version, with files that were refused, for samples.
pub(crate) fn sample_new() -> FormPage {
    let mut page = new_page();
    page.form.complain("files", "rights.toml, line 7: the key `replies` is not known. Write `reply`.");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> PackFile {
        PackFile { name: name.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn a_changed_file_takes_its_place_and_a_whole_pack_stands_for_itself() {
        let base = [file("pack.toml", "a"), file("rights.toml", "b")];
        assert_eq!(laid_over(&base, vec![file("rights.toml", "c")]), [file("pack.toml", "a"), file("rights.toml", "c")]);
        assert_eq!(laid_over(&base, vec![file("pack.toml", "d")]), [file("pack.toml", "d")]);
    }
}
