//! Answers already given: a request that is repeated with the same key does its work once.

use serde_json::Value as Json;

use crate::{
    error::Error,
    seal,
    sql::queries,
    tokens::keyed_hash,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    IDEMPOTENCY_GET = "SELECT response FROM idempotency WHERE org = $1 AND key_hash = $2";
    IDEMPOTENCY_PUT = "INSERT INTO idempotency (org, key_hash, response, at_us) VALUES ($1, $2, $3, $4)";
    IDEMPOTENCY_EXPIRED = "DELETE FROM idempotency WHERE org = $1 AND at_us < $2";
}

impl ReadTx<'_> {
    /// The answer that this actor was given for this key. Ask first in the transaction that
    /// does the work: writers are in order, so of two equal requests the second finds it.
    pub fn idempotency_get(&mut self, key: &str, actor: &str) -> Result<Option<Json>, Error> {
        let hash = self.idempotency_key(key, actor);
        let Some(mut row) = self.one(&IDEMPOTENCY_GET, values![self.org(), hash.to_vec()])? else {
            return Ok(None);
        };
        let clear = seal::open(&self.shared.org_key, &hash, &row.blob(0)?);
        let answer = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        answer.map(Some).ok_or_else(|| Error::corrupt("idempotency", crate::hex(&hash[..8]), "the seal does not open"))
    }

    fn idempotency_key(&self, key: &str, actor: &str) -> [u8; 32] {
        keyed_hash(self.shared.search_key.as_slice(), "idempotency", &serde_json::json!([actor, key]).to_string())
    }
}

impl WriteTx<'_> {
    /// Keeps the answer, in the transaction that did the work.
    ///
    /// # Errors
    /// [`Error::Taken`] when an answer is kept already.
    pub fn idempotency_put(&mut self, key: &str, actor: &str, response: &Json) -> Result<(), Error> {
        let hash = self.idempotency_key(key, actor);
        let sealed = seal::seal(&self.shared.org_key, &hash, response.to_string().as_bytes())?;
        let (org, at_us) = (self.org(), self.at_us);
        self.touch(&IDEMPOTENCY_PUT, values![org, hash, sealed, at_us]).map(drop)
    }

    /// Forgets answers given before an instant. Returns how many.
    pub fn idempotency_expire(&mut self, before_us: i64) -> Result<u64, Error> {
        let org = self.org();
        self.touch(&IDEMPOTENCY_EXPIRED, values![org, before_us])
    }
}
