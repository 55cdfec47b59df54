//! `docs/permissions.md`: every address with who may come to it, from the list of routes and the
//! one matrix. A test of the program compares it with what the program itself holds.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use super::texts;

/// Where the routes stand.
pub(super) const ROUTES: &str = "crates/web/src/routes.rs";
/// Where the matrix stands.
pub(super) const MATRIX: &str = "crates/domain/src/people/matrix.rs";
/// Where the verbs and roles stand.
pub(super) const PEOPLE: &str = "crates/domain/src/people/mod.rs";

/// The head of the page.
const HEAD: &str = "# Who may do what\n\nEvery address of Probity with the verb it needs and the roles that have it. `yes`: the role suffices. \
    `own`: only for records the person owns, is assigned to or recorded. Empty: for this role the address does not exist, and the answer is the \
    same to the last byte as for an address that nobody has. `anybody` needs no account. The table is made from the code by `cargo xtask gen` \
    and checked; the tests try every line with every role, relation and stage.\n\n";

/// The role of the public portal itself, which no account can hold.
const PORTAL: &str = "Portal";

/// The page, from the three sources.
pub(super) fn page(routes: &str, matrix: &str, people: &str) -> Result<String> {
    let roles: Vec<_> = variants(people, "Role")?.into_iter().filter(|(name, _)| name != PORTAL).collect();
    let rows = rows(matrix)?;
    let mut page = HEAD.to_owned();
    writeln!(page, "| | address | verb | {} |", roles.iter().map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>().join(" | "))?;
    writeln!(page, "|---|---|---|{}", "---|".repeat(roles.len()))?;
    for (method, path, verb) in entries(routes)? {
        let cells: Vec<&str> = roles.iter().map(|(role, _)| cell(&rows, role, &verb)).collect();
        let verb = if verb.is_empty() { "anybody".to_owned() } else { format!("`{verb}`") };
        writeln!(page, "| {method} | `{path}` | {verb} | {} |", cells.join(" | "))?;
    }
    page.push_str("\n## The verbs\n\n| verb | what it is |\n|---|---|\n");
    for (verb, what) in variants(people, "Verb")? {
        writeln!(page, "| `{verb}` | {what} |")?;
    }
    Ok(page)
}

fn cell(rows: &[(String, String, String)], role: &str, verb: &str) -> &'static str {
    let found = |need: &str| rows.iter().any(|(n, r, v)| n == need && r == role && v == verb);
    match verb {
        "" => "yes",
        _ if found("any") => "yes",
        _ if found("involved") => "own",
        _ => "",
    }
}

/// The rows of the matrix: need, role, verb.
fn rows(source: &str) -> Result<Vec<(String, String, String)>> {
    let (_, list) = source.split_once("pub const MATRIX: &[Row] = &[\n").context("the matrix was not found")?;
    let (list, _) = list.split_once("\n];").context("the matrix does not end")?;
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines
        .map(|line| {
            let (need, rest) = line.split_once('(').with_context(|| format!("not a row: {line}"))?;
            if !matches!(need, "any" | "involved") {
                bail!("not a need: {line}");
            }
            let role = after(rest, "Role::").with_context(|| format!("no role in: {line}"))?;
            let verb = after(rest, "Verb::").with_context(|| format!("no verb in: {line}"))?;
            Ok((need.to_owned(), role, verb))
        })
        .collect()
}

/// The routes: method, path, verb (empty when anybody may come).
fn entries(source: &str) -> Result<Vec<(String, String, String)>> {
    let (_, list) = source.split_once("pub static ROUTES: &[Route] = &[\n").context("the list of routes was not found")?;
    let (list, _) = list.split_once("\n];").context("the list of routes does not end")?;
    let mut whole: Vec<String> = Vec::new();
    for line in list.lines().filter(|line| !line.trim().starts_with("//")) {
        let begins = line.strip_prefix("    ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        match whole.last_mut() {
            Some(last) if !begins => last.push_str(line.trim()),
            _ => whole.push(line.trim().to_owned()),
        }
    }
    whole.iter().map(String::as_str).map(route).collect()
}

fn route(entry: &str) -> Result<(String, String, String)> {
    let mut texts = texts(entry).into_iter();
    let first = texts.next().with_context(|| format!("no address in: {entry}"))?;
    let constructor = entry.split('(').next().unwrap_or_default();
    let (method, path) = match constructor {
        _ if !first.starts_with('/') => (first, texts.next().with_context(|| format!("no address in: {entry}"))?),
        "page" | "asks" => ("GET".to_owned(), first),
        "form" | "does" => ("POST".to_owned(), first),
        _ => bail!("gen does not know how `{constructor}` makes a route: {entry}"),
    };
    let verb = after(entry, "Verb::").unwrap_or_default();
    if verb.is_empty() && constructor != "public" {
        bail!("a route without a verb: {entry}");
    }
    Ok((method, path, verb))
}

/// The identifier after a prefix.
fn after(text: &str, prefix: &str) -> Option<String> {
    let (_, rest) = text.split_once(prefix)?;
    Some(rest.chars().take_while(char::is_ascii_alphanumeric).collect())
}

/// The variants of an enumeration with their documentation.
fn variants(source: &str, name: &str) -> Result<Vec<(String, String)>> {
    let (_, list) = source.split_once(&format!("pub enum {name} {{\n")).with_context(|| format!("{name} was not found"))?;
    let (list, _) = list.split_once("\n}").with_context(|| format!("{name} does not end"))?;
    let (mut found, mut says): (Vec<(String, String)>, Vec<&str>) = (Vec::new(), Vec::new());
    for line in list.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            says.push(text.trim());
        } else if let Some(variant) = line.strip_suffix(',') {
            found.push((variant.to_owned(), std::mem::take(&mut says).join(" ")));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: &str = "pub enum Role {\n    /// Leads.\n    Lead,\n    /// Works.\n    Staff,\n}\npub enum Verb {\n    /// See it.\n    See,\n    /// Do it\n    /// now.\n    Do,\n}\n";
    const MATRIX: &str = "pub const MATRIX: &[Row] = &[\n    any(Role::Lead, Verb::See),\n    // Only theirs.\n    involved(Role::Staff, Verb::See),\n    any(Role::Lead, Verb::Do),\n];\n";

    #[test]
    fn a_route_becomes_a_row_with_a_cell_for_each_role() {
        let routes = "pub static ROUTES: &[Route] = &[\n    public(\"GET\", \"/help\", || get(help)),\n    page(\"/x/{id}\", Verb::See, || get(x)),\n    \
                      form(\n        \"/x/{id}\",\n        Verb::Do,\n        || post(y),\n    ),\n    changes(\"POST\", \"/z\", Verb::Do, Z),\n];\n";
        let page = page(routes, MATRIX, PEOPLE).unwrap();
        for row in [
            "| | address | verb | lead | staff |\n",
            "| GET | `/help` | anybody | yes | yes |\n",
            "| GET | `/x/{id}` | `See` | yes | own |\n",
            "| POST | `/x/{id}` | `Do` | yes |  |\n",
            "| POST | `/z` | `Do` | yes |  |\n",
            "| `Do` | Do it now. |\n",
        ] {
            assert!(page.contains(row), "{row} not in {page}");
        }
    }

    #[test]
    fn a_route_that_cannot_be_read_is_an_error_and_never_left_out() {
        let of = |entry: &str| format!("pub static ROUTES: &[Route] = &[\n    {entry},\n];\n");
        for entry in ["odd(\"/x\", Verb::See, y)", "page(\"/x\", || get(y))", "page(PATH, Verb::See)"] {
            assert!(page(&of(entry), MATRIX, PEOPLE).is_err(), "{entry}");
        }
        assert!(page("", MATRIX, PEOPLE).is_err());
        assert!(page(&of("page(\"/x\", Verb::See, y)"), "", PEOPLE).is_err());
    }
}
