//! [`Key`]: the place of a value in a pack, as `retention.class[wages].keep`.

use std::{fmt, str::FromStr};

use domain::{Refusal, RefusalCode};

/// The place of a value: the file without `.toml`, then keys and entries of lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The file, without `.toml`.
    pub(crate) stem: String,
    /// The way to the value inside the file.
    pub(crate) steps: Vec<Step>,
}

/// One step on the way to a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// A key of a table.
    Key(String),
    /// The entry of a list that has this id or name, or `#2` for the second.
    Entry(String),
}

impl FromStr for Key {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let wrong = || {
            let shown: String = text.chars().take(64).collect();
            let what = format!("`{shown}` is not a key. Write file and key, for example `rights.reply` or `retention.class[wages].keep`.");
            Refusal::new(RefusalCode::ValueInvalid, what)
        };
        let (stem, mut rest) = text.trim().split_once('.').ok_or_else(wrong)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-') {
                return Err(wrong());
            }
            steps.push(Step::Key(name.to_owned()));
            rest = after;
            if let Some(inside) = rest.strip_prefix('[') {
                let (entry, after) = inside.split_once(']').filter(|(entry, _)| !entry.is_empty()).ok_or_else(wrong)?;
                steps.push(Step::Entry(entry.to_owned()));
                rest = after;
            }
            match rest.strip_prefix('.') {
                Some(after) if !after.is_empty() => rest = after,
                None if rest.is_empty() => {}
                _ => return Err(wrong()),
            }
        }
        if stem.is_empty() || steps.is_empty() { Err(wrong()) } else { Ok(Self { stem: stem.to_owned(), steps }) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stem)?;
        self.steps.iter().try_for_each(|step| match step {
            Step::Key(name) => write!(f, ".{name}"),
            Step::Entry(id) => write!(f, "[{id}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_and_written_back() {
        for text in ["rights.reply", "retention.class[wages].keep", "clauses.clause[X-1].conflict.wins", "clocks.clock[a.b].also[ceo].kind"]
        {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
        }
        for text in
            ["", "rights", "rights.", ".reply", "rights..reply", "rights.re ply", "a.b[", "a.b[]", "a.b[x]c", "a.[x]", "a.b.", "a.b[x]."]
        {
            assert_eq!(text.parse::<Key>().unwrap_err().code, RefusalCode::ValueInvalid, "{text}");
        }
    }
}
