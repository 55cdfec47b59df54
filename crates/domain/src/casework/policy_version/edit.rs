//! Setting one value in the files of a pack, comments and everything else left as they are.

use toml::{Table, Value};

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
    let line = format!("{name} = {}", value.trim());
    let reads_as_one =
        line.parse::<Table>().is_ok_and(|table| table.len() == 1 && table.contains_key(name)) && !value.trim().contains('\n');
    if !reads_as_one {
        return refuse(format!("`{}` is not a value as TOML writes it. A text stands in double quotes.", value.trim()));
    }
    let file = format!("{stem}.toml");
    let mut next = files.to_vec();
    match next.iter_mut().find(|known| known.name == file) {
        Some(known) => known.text = with_line(&known.text, name, &line)?,
        None => next.push(PackFile { name: file, text: format!("{line}\n") }),
    }
    Ok(next)
}

/// The text with the line in place of the one that sets the same key, or at the end of the
/// keys before the first table.
fn with_line(text: &str, name: &str, line: &str) -> Result<String, Refusal> {
    let table: Table = text.parse().map_err(|_| Refusal::new(RefusalCode::ValueInvalid, "The file is not readable as TOML."))?;
    if table.get(name).is_some_and(|value| value.is_table() || value.as_array().is_some_and(|list| list.iter().any(Value::is_table))) {
        return refuse(format!("`{name}` is a table: write it into the file of the draft."));
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let top = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    let sets = |line: &String| line.split_once('=').is_some_and(|(left, _)| left.trim().trim_matches('"') == name);
    match lines.iter().take(top).position(sets) {
        // A value over several lines is replaced whole: the text must still read afterwards.
        Some(at) => {
            let mut end = at + 1;
            while end <= top && lines.get(at..end).is_some_and(|some| some.join("\n").parse::<Table>().is_err()) {
                end += 1;
            }
            lines.splice(at..end, [line.to_owned()]);
        }
        None => lines.insert(top, line.to_owned()),
    }
    let next = format!("{}\n", lines.join("\n"));
    let set = next.parse::<Table>().ok().and_then(|next| next.get(name).cloned());
    let wanted = line.parse::<Table>().ok().and_then(|line| line.get(name).cloned());
    if set.is_some() && set == wanted {
        Ok(next)
    } else {
        refuse(format!("`{name}` cannot be set here: write it into the file of the draft."))
    }
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
        assert_eq!(changed.lines().nth(1), Some("reply = { days = 15 }"));
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
