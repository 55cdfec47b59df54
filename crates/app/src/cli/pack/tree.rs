//! Finding one's way in a TOML document by a [`Key`]: tables, lists of tables, lists of
//! tables in one line.

use domain::policy::nearest;
use domain::{Refusal, RefusalCode};
use toml_edit::{InlineTable, Item, Table, TableLike, Value};

use super::key::{Key, Step};

/// A refusal for a key that leads nowhere.
pub(super) fn missing(key: &Key, more: &str) -> Refusal {
    Refusal::new(RefusalCode::ValueInvalid, format!("`{key}` is not there. {more}").trim_end())
}

pub(super) fn last_key(key: &Key) -> Result<(&str, &[Step]), Refusal> {
    match key.steps.split_last() {
        Some((Step::Key(last), way)) => Ok((last, way)),
        _ => Err(Refusal::new(
            RefusalCode::ValueInvalid,
            format!("`{key}` is a whole entry. Name the key in it, for example `{key}.title`."),
        )),
    }
}

/// The table that the last step is a key of.
pub(super) fn walk<'a>(root: &'a mut Item, way: &[Step], key: &Key, add: bool) -> Result<&'a mut dyn TableLike, Refusal> {
    let mut at = root;
    for (index, step) in way.iter().enumerate() {
        at = match step {
            Step::Key(name) => {
                let table = at.as_table_like_mut().ok_or_else(|| missing(key, ""))?;
                if !table.contains_key(name) {
                    table.insert(name, new_for(way.get(index + 1)));
                }
                table.get_mut(name).ok_or_else(|| missing(key, ""))?
            }
            Step::Entry(id) => return walk_entry(at, id, way.get(index + 1..).unwrap_or_default(), key, add),
        };
    }
    at.as_table_like_mut().ok_or_else(|| missing(key, "It is not a table."))
}

/// What stands at a key that is not there yet.
fn new_for(next: Option<&Step>) -> Item {
    match next {
        Some(Step::Entry(_)) => Item::ArrayOfTables(toml_edit::ArrayOfTables::new()),
        _ => Item::Value(InlineTable::new().into()),
    }
}

pub(super) fn walk_entry<'a>(list: &'a mut Item, id: &str, rest: &[Step], key: &Key, add: bool) -> Result<&'a mut dyn TableLike, Refusal> {
    let names = names_in(list);
    let at = match index(names.iter().map(|name| name.as_deref()), id) {
        Some(at) => at,
        None if add => push(list, id, names.len()),
        None => {
            let meant = nearest(id, names.iter().flatten().map(String::as_str)).map(|near| format!("Did you mean `{near}`?"));
            let advice = meant.unwrap_or_else(|| "Write `--add` to make a new entry.".to_owned());
            return Err(missing(key, &format!("There is no entry `{id}`. {advice}")));
        }
    };
    match list {
        Item::ArrayOfTables(list) => {
            let table = list.get_mut(at).ok_or_else(|| missing(key, ""))?;
            step_into(table, rest, key, add)
        }
        Item::Value(Value::Array(list)) => {
            let table = list.get_mut(at).and_then(Value::as_inline_table_mut).ok_or_else(|| missing(key, ""))?;
            step_into(table, rest, key, add)
        }
        _ => Err(missing(key, "It is not a list.")),
    }
}

/// Goes on inside an entry of a list.
fn step_into<'a>(table: &'a mut dyn TableLike, rest: &[Step], key: &Key, add: bool) -> Result<&'a mut dyn TableLike, Refusal> {
    let Some((Step::Key(name), after)) = rest.split_first() else { return Ok(table) };
    if !table.contains_key(name) {
        table.insert(name, new_for(after.first()));
    }
    walk(table.get_mut(name).ok_or_else(|| missing(key, ""))?, after, key, add)
}

fn push(list: &mut Item, id: &str, index: usize) -> usize {
    match list {
        Item::ArrayOfTables(tables) => {
            let mut table = Table::new();
            table.insert("id", toml_edit::value(id));
            tables.push(table);
        }
        Item::Value(Value::Array(items)) => {
            let mut table = InlineTable::new();
            table.insert("id", id.into());
            items.push(table);
        }
        _ => {}
    }
    index
}

/// The names of the entries of a list, in order.
pub(super) fn names_in(list: &Item) -> Vec<Option<String>> {
    match list {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| named(table.iter())).collect(),
        Item::Value(Value::Array(items)) => {
            items.iter().map(|item| item.as_inline_table().and_then(|table| named(TableLike::iter(table)))).collect()
        }
        _ => Vec::new(),
    }
}

/// What an entry is called: its id, or the name of what has no id.
pub(super) fn named<'a>(keys: impl Iterator<Item = (&'a str, &'a Item)>) -> Option<String> {
    let keys: Vec<_> = keys.collect();
    ["id", "name", "trigger", "fact", "flag"]
        .into_iter()
        .find_map(|wanted| keys.iter().find(|(key, _)| *key == wanted).and_then(|(_, item)| item.as_str()))
        .map(str::to_owned)
}

pub(super) fn index<N: AsRef<str>>(mut names: impl Iterator<Item = Option<N>>, id: &str) -> Option<usize> {
    match id.strip_prefix('#').and_then(|number| number.parse::<usize>().ok()) {
        Some(number) => number.checked_sub(1).filter(|at| names.nth(*at).is_some()),
        None => names.position(|name| name.is_some_and(|name| name.as_ref() == id)),
    }
}

pub(super) fn take_entry(list: Option<&mut Item>, id: &str) -> Option<()> {
    let list = list?;
    let at = index(names_in(list).iter().map(Option::as_deref), id)?;
    match list {
        Item::ArrayOfTables(tables) => {
            tables.remove(at);
        }
        Item::Value(Value::Array(items)) => {
            items.remove(at);
        }
        _ => return None,
    }
    Some(())
}

/// The value at the end of a way, without the comment beside it.
pub(super) fn find(at: &Item, way: &[Step]) -> Option<String> {
    let Some((step, rest)) = way.split_first() else {
        return at.as_value().map(|value| value.clone().decorated("", "").to_string());
    };
    match step {
        Step::Key(name) => find(at.as_table_like()?.get(name)?, rest),
        Step::Entry(id) => {
            let index = index(names_in(at).iter().map(Option::as_deref), id)?;
            let (Step::Key(name), rest) = rest.split_first()? else { return None };
            let inside: &dyn TableLike = match at {
                Item::ArrayOfTables(tables) => tables.get(index)?,
                _ => at.as_array()?.get(index)?.as_inline_table()?,
            };
            find(inside.get(name)?, rest)
        }
    }
}
