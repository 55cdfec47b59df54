//! XChaCha20-Poly1305 with the meaning bound in: what was sealed for one place opens
//! nowhere else. Sealed bytes are the 24-byte random nonce, the cipher text and the tag.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use serde_json::Value as Json;

use crate::{
    error::Error,
    keys::{Key, folder::random},
};

const NONCE: usize = 24;

/// Seals bytes under a key for a context (the additional authenticated data).
pub(crate) fn seal(key: &Key, context: &[u8], clear: &[u8]) -> Result<Vec<u8>, Error> {
    let nonce: [u8; NONCE] = random()?;
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().map_err(|_| too_long())?);
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: context }).map_err(|_| too_long())?;
    let mut bytes = Vec::with_capacity(NONCE + sealed.len());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(bytes)
}

/// Opens sealed bytes; `None` when the key, the context or a single bit is another.
pub(crate) fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().ok()?);
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
}

fn too_long() -> Error {
    Error::Driver { doing: "seal", source: "the value is too long to seal".into() }
}

/// The context of a sealed thing: a purpose and what it belongs to, as a JSON array, so that
/// no two different lists of parts can have the same bytes.
pub(crate) fn context(purpose: &str, parts: &[&str]) -> Vec<u8> {
    let list: Vec<&str> = std::iter::once(purpose).chain(parts.iter().copied()).collect();
    Json::from(list).to_string().into_bytes()
}

/// What happens to one personal value on its way in or out.
pub(crate) trait Personal {
    /// Replaces the personal value found at `path` (a JSON pointer).
    fn replace(&mut self, subject: &str, path: &str, value: &serde_json::Map<String, Json>) -> Result<Json, Error>;
}

/// Rebuilds a body with every `{"$personal": ..}` in it replaced.
pub(crate) fn each_personal(body: &Json, path: &mut String, personal: &mut impl Personal) -> Result<Json, Error> {
    match body {
        Json::Object(map) => {
            if let Some(Json::String(subject)) = map.get("$personal") {
                return personal.replace(subject, path, map);
            }
            let mut rebuilt = serde_json::Map::new();
            for (name, value) in map {
                let inner = step(path, name, |path| each_personal(value, path, personal))?;
                rebuilt.insert(name.clone(), inner);
            }
            Ok(Json::Object(rebuilt))
        }
        Json::Array(items) => {
            let mut rebuilt = Vec::with_capacity(items.len());
            for (index, value) in items.iter().enumerate() {
                rebuilt.push(step(path, &index.to_string(), |path| each_personal(value, path, personal))?);
            }
            Ok(Json::Array(rebuilt))
        }
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => Ok(body.clone()),
    }
}

fn step<T>(path: &mut String, name: &str, inner: impl FnOnce(&mut String) -> Result<T, Error>) -> Result<T, Error> {
    let length = path.len();
    path.push('/');
    path.push_str(&name.replace('~', "~0").replace('/', "~1"));
    let result = inner(path);
    path.truncate(length);
    result
}

/// Bytes as they stand inside a JSON body.
pub(crate) fn to_base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// The reverse of [`to_base64`].
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}
