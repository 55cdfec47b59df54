//! Tests of the schemas: every built-in pack is valid, and what `pack check` refuses in one
//! file the schema of that file refuses too.

use toml::Table;
use valico::json_schema::Scope;

use super::*;
use crate::policy::{Fault, builtin};

/// What the schema of a file says about a text; empty when it is valid.
fn refused(stem: &str, text: &str) -> String {
    let mut scope = Scope::new();
    let schema = scope.compile_and_return(Policy::schema(stem).unwrap(), true).unwrap();
    let state = schema.validate(&json(toml::Value::Table(text.parse::<Table>().unwrap())));
    assert!(state.missing.is_empty(), "{stem}: {:?}", state.missing);
    state.errors.iter().map(|error| format!("{} {}", error.get_path(), error.get_title())).collect::<Vec<_>>().join(". ")
}

/// TOML as an editor hands it to a schema: a date as its text.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect()),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// Whether `pack check` can read the file.
fn readable(stem: &str, text: &str) -> bool {
    let problems = Policy::problems(&[(format!("{stem}.toml"), text)]);
    !problems.iter().any(|problem| matches!(problem.number, Fault::KeyUnknown | Fault::ValueUnreadable))
}

#[test]
fn every_file_of_every_builtin_pack_is_valid() {
    let mut files = 0;
    for name in Policy::builtin_names() {
        for (file, text) in builtin::files(name).unwrap() {
            assert_eq!(refused(file.trim_end_matches(".toml"), text), "", "{name}/{file}");
            files += 1;
        }
    }
    assert!(files >= 80, "{files}");
}

#[test]
fn what_a_file_alone_shows_to_be_wrong_is_wrong_for_the_schema_and_for_the_check() {
    for (stem, text) in [
        ("rights", "repyl = { days = 30 }"),
        ("rights", "reply = 6"),
        ("rights", "reply = \"six months\""),
        ("rights", "reply = { weeks = 6 }"),
        ("rights", "reply = { days = 30, months = 1 }"),
        ("rights", "reply = { days = -1 }"),
        ("rights", "reply = {}"),
        ("rights", "reply = { years = 201 }"),
        ("rights", "reply = { hours = 1753201 }"),
        ("rights", "approve = \"chair\""),
        ("rights", "form_required = \"no\""),
        ("organisation", "division = \"wales\""),
        ("organisation", "year_end = { month = 3 }"),
        ("clauses", "[[clause]]\nid = \"X-1\"\nkind = \"promise\""),
        ("clauses", "[[clause]]\nid = \"X-1\"\nconflict = { winner = \"board\" }"),
        ("clocks", "[[clock]]\nid = \"x\"\ntitle = \"t\"\ntrigger = \"t\"\nsource = \"s\"\nkind = { answer = 6 }"),
        ("clocks", "[[clock]]\nid = \"x\"\ntitle = \"t\"\ntrigger = \"t\"\nsource = \"s\"\nkind = \"monthly\""),
        ("clocks", "[[clock]]\nid = \"x\"\ntitle = \"t\"\ntrigger = \"t\"\nsource = \"s\"\nkind = { arrive = { within = { days = 3 } } }"),
        ("clocks", "[[clock]]\nid = \"x\""),
        ("retention", "[[class]]\nid = \"x\"\nkeep = \"for ever\""),
        ("retention", "[[class]]\nid = \"x\"\nkeep = { exactly = 6 }"),
        ("retention", "[[class]]\nid = \"x\"\nmethods = { papier = [\"shred\"] }"),
        ("retention", "[[class]]\nid = \"x\"\nmethods = { paper = [\"bin\"] }"),
        ("retention", "[[class]]\nid = \"x\"\ndefaults = [\"periods\"]"),
        ("duties", "[[duty]]\nid = \"x\"\nkind = \"chore\""),
        ("pack", "adopted_on = 2019"),
        ("understanding", "[[question]]\nright = -1"),
    ] {
        assert!(!readable(stem, text), "{stem}: {text}");
        assert_ne!(refused(stem, text), "", "{stem}: {text}");
    }
    for (stem, text) in [
        ("rights", "reply = { years = 200 }"),
        ("rights", "reply = { hours = 1753200 }"),
        ("rights", "reply = { working_days = 50600 }"),
        (
            "clocks",
            "[[clock]]\nid = \"x\"\ntitle = \"t\"\ntrigger = \"t\"\nsource = \"s\"\nkind = { review = { every = { months = 12 } } }",
        ),
        ("pack", "adopted_on = 2019-09-27"),
    ] {
        assert!(readable(stem, text), "{stem}: {text}");
        assert_eq!(refused(stem, text), "", "{stem}: {text}");
    }
}

/// Every key of every object in a schema, with its own schema.
fn properties<'a>(schema: &'a Value, each: &mut impl FnMut(&'a str, &'a Value)) {
    if let Some(keys) = schema.get("properties").and_then(Value::as_object) {
        keys.iter().for_each(|(key, value)| each(key, value));
    }
    match schema {
        Value::Object(keys) => keys.values().for_each(|value| properties(value, each)),
        Value::Array(items) => items.iter().for_each(|value| properties(value, each)),
        _ => {}
    }
}

#[test]
fn every_key_is_described_and_has_no_default() {
    for stem in Policy::file_stems() {
        let schema = Policy::schema(stem).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{stem}");
        assert!(schema["description"].is_string() && schema["title"].as_str().unwrap().starts_with(stem));
        properties(&schema["properties"], &mut |key, value| assert!(value["description"].is_string(), "{stem}: {key}"));
        for (key, value) in schema["properties"].as_object().unwrap() {
            assert!(value["description"].is_string() && value.get("default").is_none(), "{stem}: {key}: {value}");
        }
    }
    assert!(Policy::schema("duties").unwrap()["definitions"]["Duty"]["properties"]["default"].is_object(), "a key called default stays");
    assert_eq!(Policy::schema("no-such-file"), None);
}
