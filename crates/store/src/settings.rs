//! Settings of the organisation, sealed under its key, and facts about the installation.

use serde_json::Value as Json;

use crate::{
    error::Error,
    log::{Entry, Kind, sha256},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    SETTING_GET = "SELECT body FROM settings WHERE org = $1 AND name = $2";
    SETTING_PUT = "INSERT INTO settings (org, name, body, seq) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (org, name) DO UPDATE SET body = excluded.body, seq = excluded.seq";
    META_GET = "SELECT value FROM meta WHERE org = $1 AND name = $2";
    META_SET = "INSERT INTO meta (org, name, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
}

fn context(org: &str, name: &str) -> Vec<u8> {
    seal::context("probity-setting-v1", &[org, name])
}

impl ReadTx<'_> {
    /// A setting, or `None` when it was never set.
    pub fn setting_get(&mut self, name: &str) -> Result<Option<Json>, Error> {
        let Some(mut row) = self.one(&SETTING_GET, values![self.org(), name])? else {
            return Ok(None);
        };
        let clear = seal::open(&self.shared.org_key, &context(self.org(), name), &row.blob(0)?);
        let value = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        value.map(Some).ok_or_else(|| Error::corrupt("settings", name, "the seal does not open"))
    }
}

impl WriteTx<'_> {
    /// Saves a setting, with a log entry.
    pub fn setting_put(&mut self, name: &str, value: &Json, reason: &str) -> Result<(), Error> {
        let org = self.org();
        let body = seal::seal(&self.shared.org_key, &context(org, name), value.to_string().as_bytes())?;
        let entry = Entry { record: name, verb: "setting_put", reason, body: &sha256(&body), ..Entry::default() };
        let seq = self.append(Kind::Setting, &entry)?;
        self.touch(&SETTING_PUT, values![org, name, body, seq]).map(drop)
    }
}
