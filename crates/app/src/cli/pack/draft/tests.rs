//! Tests of changing a pack with its comments kept.

use super::*;

const RIGHTS: &str =
    "# Our rights.\n\n# Clause 4: soon.\nreply   = { months = 1 } # rolls\nreply_clause = \"X-1\"\napprove = [\"approver\"]\n";
const CLAUSES: &str = "# Head.\n[[clause]]\nid = \"X-1\"\nsays = \"Soon.\" # said\ncontrols = [\"rights-clock\"]\nconflict = { winner = \"open\", wins = \"a\", why = \"b\", source = \"c\" }\n\n# Second.\n[[clause]]\nid = \"X-2\"\nsays = \"Later.\"\ncontrols = [\"rights-clock\"]\n";

fn draft() -> Draft {
    let pack = "name = \"rowan\"\ntitle = \"Policy\"\nversion = \"1\"\ninherits = \"uk\"\n";
    Draft::of(
        [("clauses.toml", CLAUSES), ("pack.toml", pack), ("rights.toml", RIGHTS)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .to_vec(),
    )
}

fn set(draft: &mut Draft, key: &str, value: &str, add: bool) -> Result<(), Refusal> {
    draft.set(&key.parse().unwrap(), value.parse().unwrap(), add)
}

#[test]
fn a_value_changes_and_nothing_else() {
    let mut draft = draft();
    set(&mut draft, "rights.reply", "{ days = 21 }", false).unwrap();
    assert_eq!(draft.text("rights"), RIGHTS.replace("{ months = 1 }", "{ days = 21 }"));
    set(&mut draft, "clauses.clause[X-1].says", "\"Sooner.\"", false).unwrap();
    set(&mut draft, "clauses.clause[X-1].conflict.wins", "\"z\"", false).unwrap();
    set(&mut draft, "clauses.clause[#2].says", "\"Last.\"", false).unwrap();
    assert_eq!(draft.text("clauses"), CLAUSES.replace("Soon.", "Sooner.").replace("\"a\"", "\"z\"").replace("Later.", "Last."));
    assert_eq!(draft.value(&"clauses.clause[X-1].conflict.wins".parse().unwrap()).unwrap(), "\"z\"");
    assert_eq!(draft.value(&"rights.reply".parse().unwrap()).unwrap(), "{ days = 21 }");
    assert_eq!(draft.worse(), []);
    assert!(draft.policy().is_ok());
}

#[test]
fn keys_entries_and_files_are_made_and_taken_out() {
    let mut draft = draft();
    set(&mut draft, "rights.forward", "{ days = 1 }", false).unwrap();
    assert!(draft.text("rights").ends_with("approve = [\"approver\"]\nforward = { days = 1 }\n"), "{}", draft.text("rights"));
    set(&mut draft, "letters.paragraphs.reply", "[\"Hello.\"]", false).unwrap();
    assert_eq!(draft.text("letters"), "paragraphs = { reply = [\"Hello.\"] }\n");
    set(&mut draft, "clauses.clause[X-3].says", "\"New.\"", true).unwrap();
    set(&mut draft, "clauses.clause[X-3].controls", "[\"rights-clock\"]", false).unwrap();
    assert!(
        draft.text("clauses").ends_with("[[clause]]\nid = \"X-3\"\nsays = \"New.\"\ncontrols = [\"rights-clock\"]\n"),
        "{}",
        draft.text("clauses")
    );
    draft.remove(&"clauses.clause[X-3]".parse().unwrap()).unwrap();
    assert_eq!(draft.text("clauses"), CLAUSES);
    draft.remove(&"rights.forward".parse().unwrap()).unwrap();
    assert_eq!(draft.text("rights"), RIGHTS);
    draft.strike(&"rights.approve".parse().unwrap(), "approver").unwrap();
    assert!(!draft.text("rights").contains("approve"));
    assert_eq!(draft.policy().unwrap().clauses().len(), 2);
}

#[test]
fn what_is_not_there_is_refused_with_the_nearest() {
    let mut draft = draft();
    for (key, said) in [
        ("clauses.clause[X-11].says", "Did you mean `X-1`?"),
        ("clauses.clause[other].says", "Write `--add`"),
        ("clause.clause[X-1].says", "Did you mean `clauses`?"),
        ("clauses.clause[X-1]", "Name the key in it"),
        ("rights.reply.months.more", "not a table"),
    ] {
        let refusal = set(&mut draft, key, "\"x\"", false).unwrap_err();
        assert!(refusal.detail.contains(said), "{key}: {}", refusal.detail);
    }
    assert!(draft.remove(&"rights.fee_pence".parse().unwrap()).is_err());
    assert_eq!(draft.files, self::draft().files);
}

#[test]
fn a_pack_that_gets_worse_is_known_by_what_is_new() {
    let mut draft = draft();
    set(&mut draft, "clauses.clause[X-1].controls", "[]", false).unwrap();
    let worse = draft.worse();
    assert_eq!(worse.iter().map(|problem| problem.number).collect::<Vec<_>>(), [Fault::ClauseUnbound]);
    // What was wrong before may stay, and mending an unreadable file may show more.
    let mut draft = Draft::of(draft.files);
    set(&mut draft, "rights.reply", "{ days = 7 }", false).unwrap();
    assert_eq!(draft.worse(), []);
    let mut broken = draft.files.clone();
    broken[2].1 = "repyl = 6\n".to_owned();
    let mut draft = Draft::of(broken);
    draft.remove(&"rights.repyl".parse().unwrap()).unwrap();
    assert_eq!(draft.worse(), []);
}

#[test]
fn files_are_written_whole_and_only_over_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in draft().files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut first = Draft::open(folder.path()).unwrap();
    let mut second = first.clone();
    set(&mut first, "rights.reply", "{ days = 21 }", false).unwrap();
    assert_eq!(first.write(folder.path()).unwrap(), ["rights.toml"]);
    set(&mut second, "rights.reply", "{ days = 7 }", false).unwrap();
    let Err(Ending::Refused(refusal)) = second.write(folder.path()) else { panic!("written over") };
    assert_eq!(refusal.code, RefusalCode::Conflict);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(left.iter().all(|name| !name.starts_with('.')) && left.len() == 3, "{left:?}");
    assert!(std::fs::read_to_string(folder.path().join("rights.toml")).unwrap().contains("days = 21"));
    assert!(Draft::open(std::path::Path::new("childrens-education-cic")).is_err());
}
