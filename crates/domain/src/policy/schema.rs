//! JSON Schema of the files of a pack, derived from the types that read them, so that an
//! editor completes keys, shows what they mean, and marks what is wrong while it is typed.
//!
//! The schema knows one file at a time. What only the whole pack can show (a role nobody
//! holds, a clause nothing carries out) is found by [`Policy::problems`].

use schemars::{
    r#gen::{SchemaGenerator, SchemaSettings},
    schema::{InstanceType, Schema, SchemaObject},
};
use serde_json::{Map, Value};

use super::{Policy, read::Sections, retention};

impl Policy {
    /// The names of the files a pack can have, without `.toml`.
    pub fn file_stems() -> impl Iterator<Item = &'static str> {
        Sections::NAMES.iter().copied()
    }

    /// The JSON Schema (draft 7) of one file of a pack, by its name without `.toml`; `None`
    /// when a pack has no such file.
    pub fn schema(stem: &str) -> Option<Value> {
        let settings = SchemaSettings::draft07().with(|settings| {
            // TOML has no null: what is not there is left out.
            settings.option_add_null_type = false;
            settings.option_nullable = false;
        });
        let schema = Sections::schema(stem, settings.into_generator())?;
        let mut schema = serde_json::to_value(schema).unwrap_or_default();
        without_defaults(&mut schema);
        if let Value::Object(keys) = &mut schema {
            keys.insert("title".into(), format!("{stem}.toml of a Probity policy pack").into());
        }
        Some(schema)
    }
}

/// Takes out the value a key has when it is left out. A pack inherits from another one, so
/// what holds then is not what the type says.
fn without_defaults(schema: &mut Value) {
    match schema {
        Value::Object(keys) => {
            let described = keys.contains_key("description") || keys.contains_key("type") || keys.contains_key("allOf");
            if described && !is_property_list(keys) {
                keys.remove("default");
            }
            keys.values_mut().for_each(without_defaults);
        }
        Value::Array(items) => items.iter_mut().for_each(without_defaults),
        _ => {}
    }
}

/// A list of properties may have one that is called `default`, as a duty does.
fn is_property_list(keys: &Map<String, Value>) -> bool {
    keys.get("default").is_some_and(|default| default.get("description").is_some())
}

/// A day as TOML writes it, without quotes; editors see it as text in the form of a date.
pub(in crate::policy) fn day(_: &mut SchemaGenerator) -> Schema {
    let text = SchemaObject { instance_type: Some(InstanceType::String.into()), format: Some("date".to_owned()), ..Default::default() };
    text.into()
}

/// Methods of destruction by form: only known forms, each with a list of known methods.
pub(in crate::policy) fn methods(generator: &mut SchemaGenerator) -> Schema {
    let mut list = SchemaObject { instance_type: Some(InstanceType::Object.into()), ..Default::default() };
    let object = list.object();
    object.additional_properties = Some(Box::new(generator.subschema_for::<Vec<retention::Method>>()));
    object.property_names = Some(Box::new(generator.subschema_for::<retention::Format>()));
    list.into()
}

#[cfg(test)]
mod tests;
