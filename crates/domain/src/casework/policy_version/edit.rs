//! Setting one value in the files of a pack, comments and everything else left as they are.

use toml_edit::{DocumentMut, Item, Value};

use super::PackFile;
use crate::{Refusal, RefusalCode};

/// Sets a value at the top of a file: `key` is file and key as in `organisation.name`, `value`
/// is written in TOML (`"Greenbank"`, `["chair"]`, `{ days = 20 }`).
///
/// # Errors
/// `FORM-001` when the key has no such form, the value is not TOML, or the file cannot be read.
pub fn set_value(files: &[PackFile], key: &str, value: &str) -> Result<Vec<PackFile>, Refusal> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    let Some((stem, name)) = key.split_once('.').filter(|(stem, name)| plain(stem) && plain(name)) else {
        return refuse(format!("`{key}` is an entry of a list: write it into the file of the draft."));
    };
    let Ok(value) = value.trim().parse::<Value>() else {
        return refuse(format!("`{}` is not a value as TOML writes it. A text stands in double quotes.", value.trim()));
    };
    let file = format!("{stem}.toml");
    let mut next = files.to_vec();
    match next.iter_mut().find(|known| known.name == file) {
        Some(known) => known.text = with_value(&known.text, name, value)?,
        None => next.push(PackFile { name: file, text: with_value("", name, value)? }),
    }
    Ok(next)
}

/// The text with the value under the key; what stands around it stays.
fn with_value(text: &str, name: &str, mut value: Value) -> Result<String, Refusal> {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return refuse("The file is not readable as TOML.".to_owned()) };
    match document.get_mut(name) {
        None => {
            document.insert(name, Item::Value(value));
        }
        Some(Item::Value(old)) => {
            // The space before it and the comment after it belong to the line.
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        Some(_) => return refuse(format!("`{name}` is a table: write it into the file of the draft.")),
    }
    Ok(document.to_string())
}

fn refuse<T>(detail: String) -> Result<T, Refusal> {
    Err(Refusal::new(RefusalCode::ValueInvalid, detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, key: &str, value: &str) -> Result<String, Refusal> {
        let files = [PackFile { name: "rights.toml".into(), text: text.into() }];
        set_value(&files, key, value).map(|files| files.into_iter().next_back().unwrap().text)
    }

    #[test]
    fn a_value_is_set_and_comments_stay() {
        let text = "# How we answer.\nreply = { days = 20 } # sooner than the law\n\n# Who signs.\napprove = [\n  \"chair\", # always\n  \"dpo\",\n]\n";
        let changed = set(text, "rights.reply", "{ days = 15 }").unwrap();
        assert_eq!(changed.lines().nth(1), Some("reply = { days = 15 } # sooner than the law"));
        assert!(changed.contains("# How we answer.") && changed.contains("\"dpo\""));
        let changed = set(text, "rights.approve", "[\"managing-director\"]").unwrap();
        assert!(changed.ends_with("# Who signs.\napprove = [\"managing-director\"]\n"), "{changed}");
        assert_eq!(set("", "rights.fee_pence", "0").unwrap(), "fee_pence = 0\n");
    }

    #[test]
    fn a_new_key_goes_before_the_first_table_and_a_new_file_is_made() {
        let changed = set("a = 1\n[[stage]]\nname = \"one\"\n", "rights.name", "\"two\"").unwrap();
        assert_eq!(changed, "a = 1\nname = \"two\"\n[[stage]]\nname = \"one\"\n");
        let files = set_value(&[], "organisation.name", "\"Harbour Learning\"").unwrap();
        assert_eq!((files[0].name.as_str(), files[0].text.as_str()), ("organisation.toml", "name = \"Harbour Learning\"\n"));
    }

    #[test]
    fn what_cannot_be_set_in_one_line_is_refused() {
        for (key, value) in [
            ("rights", "1"),
            ("retention.rule.period", "1"),
            ("../rights.reply", "1"),
            ("rights.reply", "soon"),
            ("rights.reply", "1\nfee_pence = 5"),
            ("rights.reply", "1 # x\n[stage]"),
            ("rights.stage", "1"),
        ] {
            assert_eq!(set("[[stage]]\nname = \"one\"\n", key, value).unwrap_err().code, RefusalCode::ValueInvalid, "{key} {value}");
        }
        assert!(set("reply = {", "rights.reply", "1").is_err());
    }
}
