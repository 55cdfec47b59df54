//! Bodies on their way in and out: personal values sealed to their subject first, then the
//! whole body to its record.
//!
//! Stored bytes begin with a tag: 1 means sealed with XChaCha20-Poly1305, 0 means plain
//! JSON, which only the last version of an erased record uses.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use crate::{
    error::Error,
    keys::{
        Key,
        table::{Held, Holder},
    },
    seal::{self, Personal, each_personal},
    tx::ReadTx,
};

const PLAIN: u8 = 0;
const SEALED: u8 = 1;

fn body_context(org: &str, id: &str, version: u64) -> Vec<u8> {
    seal::context("probity-body-v1", &[org, id, &version.to_string()])
}

/// Seals a body under its record's key.
pub(crate) fn seal_body(key: &Key, org: &str, id: &str, version: u64, body: &Json) -> Result<Vec<u8>, Error> {
    let mut bytes = vec![SEALED];
    bytes.extend(seal::seal(key, &body_context(org, id, version), body.to_string().as_bytes())?);
    Ok(bytes)
}

/// A body without personal data, stored as it is.
pub(crate) fn plain_body(body: &Json) -> Vec<u8> {
    let mut bytes = vec![PLAIN];
    bytes.extend(body.to_string().as_bytes());
    bytes
}

/// Opens a stored body; `None` for the plain last version of an erased record.
pub(crate) fn open_body(key: &Key, org: &str, id: &str, version: u64, bytes: &[u8]) -> Result<Option<Json>, Error> {
    let damaged = |what| Error::corrupt("versions", format!("{id} version {version}"), what);
    match bytes.split_first() {
        Some((&PLAIN, _)) => Ok(None),
        Some((&SEALED, sealed)) => {
            let clear = seal::open(key, &body_context(org, id, version), sealed).ok_or_else(|| damaged("the seal does not open"))?;
            serde_json::from_slice(&clear).map(Some).map_err(|_| damaged("the body is not JSON"))
        }
        _ => Err(damaged("the body has an unknown form")),
    }
}

fn personal_context(org: &str, id: &str, version: u64, path: &str) -> Vec<u8> {
    seal::context("probity-personal-v1", &[org, id, &version.to_string(), path])
}

/// The subjects' keys met so far: one look-up a subject.
struct Keys<'a, 'b> {
    tx: &'a mut ReadTx<'b>,
    known: BTreeMap<String, Option<Key>>,
}

impl Keys<'_, '_> {
    /// The key of a subject; `None` when it was destroyed.
    fn get(&mut self, subject: &str) -> Result<Option<Key>, Error> {
        if let Some(key) = self.known.get(subject) {
            return Ok(key.clone());
        }
        let key = match self.tx.key(Holder::Subject, subject)? {
            Held::Alive(key) => Some(key),
            Held::Erased => None,
            Held::Never => return Err(Error::Unknown { what: "subject" }),
        };
        self.known.insert(subject.to_owned(), key.clone());
        Ok(key)
    }
}

/// Seals the personal values of one version.
pub(crate) struct Sealer<'a, 'b> {
    keys: Keys<'a, 'b>,
    id: &'a str,
    version: u64,
}

impl<'a, 'b> Sealer<'a, 'b> {
    pub(crate) fn new(tx: &'a mut ReadTx<'b>, id: &'a str, version: u64) -> Self {
        Self { keys: Keys { tx, known: BTreeMap::new() }, id, version }
    }

    pub(crate) fn seal(mut self, body: &Json) -> Result<Json, Error> {
        each_personal(body, &mut String::new(), &mut self)
    }
}

impl Personal for Sealer<'_, '_> {
    /// A value whose subject was erased meanwhile is saved as erased: nothing resurrects it.
    fn replace(&mut self, subject: &str, path: &str, value: &Map<String, Json>) -> Result<Json, Error> {
        let Some(clear) = value.get("value") else {
            return Ok(erased(subject));
        };
        let Some(key) = self.keys.get(subject)? else {
            return Ok(erased(subject));
        };
        let context = personal_context(self.keys.tx.org(), self.id, self.version, path);
        let sealed = seal::seal(&key, &context, clear.to_string().as_bytes())?;
        Ok(json!({"$personal": subject, "sealed": seal::to_base64(&sealed)}))
    }
}

/// Opens the personal values of one version.
pub(crate) struct Opener<'a, 'b> {
    keys: Keys<'a, 'b>,
    id: &'a str,
    version: u64,
}

impl<'a, 'b> Opener<'a, 'b> {
    pub(crate) fn new(tx: &'a mut ReadTx<'b>, id: &'a str, version: u64) -> Self {
        Self { keys: Keys { tx, known: BTreeMap::new() }, id, version }
    }

    pub(crate) fn open(mut self, body: &Json) -> Result<Json, Error> {
        each_personal(body, &mut String::new(), &mut self)
    }
}

impl Personal for Opener<'_, '_> {
    fn replace(&mut self, subject: &str, path: &str, value: &Map<String, Json>) -> Result<Json, Error> {
        let Some(Json::String(sealed)) = value.get("sealed") else {
            return Ok(erased(subject));
        };
        let Some(key) = self.keys.get(subject)? else {
            return Ok(erased(subject));
        };
        let context = personal_context(self.keys.tx.org(), self.id, self.version, path);
        let clear = seal::from_base64(sealed).and_then(|bytes| seal::open(&key, &context, &bytes));
        let value: Option<Json> = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        let value = value
            .ok_or_else(|| Error::corrupt("versions", format!("{} version {}", self.id, self.version), "a personal value does not open"))?;
        Ok(json!({"$personal": subject, "value": value}))
    }
}

fn erased(subject: &str) -> Json {
    json!({"$personal": subject, "erased": true})
}
