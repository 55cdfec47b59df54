//! Rows of workbooks through a real confined child.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use adapters::extract::{InProcess, Limits, Pool, Workbooks};
use adapters::sources::{AllSources, draft_mapping};
use finder::identity::{Identity, Matcher};
use services::ports::{Extractor, SourceItem, Sources};
use testkit::small::small;

fn pool(limits: Limits) -> Pool {
    Pool::new(PathBuf::from(env!("CARGO_BIN_EXE_extract-worker")), 1, limits)
}

#[test]
fn a_child_hands_over_the_sheets_that_the_process_itself_would_read() {
    let pool = pool(Limits::default());
    for bytes in small("sheets") {
        let sheets = pool.sheets("x", &bytes);
        assert_eq!(sheets, InProcess::default().sheets("x", &bytes));
        assert!(!sheets.unwrap().is_empty());
        assert!(pool.sheets("x", &bytes[..bytes.len() / 2]).is_err());
    }
    assert_eq!(pool.sheets("x.csv", b"not,one\n"), Err("is no workbook".to_owned()));
    // The child goes on with other work.
    assert_eq!(pool.extract("a.txt", b"words").unwrap().documents[0].text, "words");
}

#[test]
fn what_takes_too_long_or_too_much_is_a_reason() {
    let hasty = pool(Limits { wall: Duration::from_nanos(1), ..Limits::default() });
    let book = small("workbook").remove(0);
    assert!(hasty.sheets("x.xlsx", &book).unwrap_err().contains("took longer than"));
    let nowhere = Pool::new(PathBuf::from("/nowhere/at/all"), 1, Limits::default());
    assert!(nowhere.sheets("x.xlsx", &book).unwrap_err().contains("does not start"));
}

#[test]
fn a_mention_in_a_row_says_its_column() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("Register.csv"), "Id,First name,Surname,Email\n7,Amelia,Hart,amelia@example.org\n8,Ben,Carter,\n")
        .unwrap();
    let path = home.path().join("weekly.export.toml");
    let pool = Arc::new(pool(Limits::default()));
    std::fs::write(&path, draft_mapping(home.path(), pool.as_ref()).unwrap()).unwrap();
    let person = Identity { names: vec!["Amelia Hart".into()], emails: vec!["amelia@example.org".into()], ..Identity::default() };
    let matcher = Matcher::new(&person).unwrap();
    let mut said = Vec::new();
    let mut read = |item: SourceItem| {
        for document in pool.extract(&item.name, &item.bytes.unwrap()).unwrap().documents {
            said.extend(matcher.find(&document).into_iter().map(|hit| hit.reason));
        }
        true
    };
    let places = AllSources::new(Arc::clone(&pool) as Arc<dyn Workbooks>);
    places.open(&path).unwrap().items(&mut read).unwrap();
    assert_eq!(said, ["full name (in the column First name, Surname of Register)", "e-mail address (in the column Email of Register)"]);
}
