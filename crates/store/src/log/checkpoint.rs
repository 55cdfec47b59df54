//! Signed checkpoints in the C2SP note form.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use ed25519_dalek::SigningKey;
use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList, key_id};
use tlog_tiles::{Checkpoint, Hash};
use zeroize::Zeroizing;

use crate::{
    error::Error,
    keys::folder::{KeyFolder, random_key},
};

/// The note algorithm number of Ed25519.
const ED25519: u8 = 1;

/// The log's signing key. Its public half may be given to anyone.
pub(crate) struct Signer {
    origin: String,
    key: StandardSigner,
    verifier_key: String,
}

/// The name of an organisation's log.
pub(crate) fn origin(org: &str) -> String {
    format!("probity/{org}")
}

impl Signer {
    /// Reads `log-<org>.key` and writes `log-<org>.vkey` beside it; makes both when they are
    /// missing. Call under the folder's lock.
    pub(crate) fn load(folder: &KeyFolder, org: &str) -> Result<Self, Error> {
        let origin = origin(org);
        let text = folder.read_or_make(&format!("log-{org}.key"), 0o600, || {
            let seed = random_key()?;
            let public = public_key(&seed);
            let secret = Zeroizing::new([&[ED25519][..], seed.as_slice()].concat());
            let id = key_id(&origin, &public);
            Ok(Zeroizing::new(format!("PRIVATE+KEY+{origin}+{id:08x}+{}\n", BASE64.encode(&*secret))))
        })?;
        let damaged = || Error::corrupt("key folder", "log signing key", "it is not a signed-note key for this organisation");
        let signer = StandardSigner::new(text.trim()).map_err(|_| damaged())?;
        let secret = text.trim().splitn(5, '+').nth(4).and_then(|part| BASE64.decode(part).ok()).map(Zeroizing::new);
        let seed: [u8; 32] = secret.as_ref().and_then(|s| s.get(1..)).and_then(|s| s.try_into().ok()).ok_or_else(damaged)?;
        let public = public_key(&seed);
        let verifier_key = format!("{origin}+{:08x}+{}", key_id(&origin, &public), BASE64.encode(&public));
        folder.read_or_make(&format!("log-{org}.vkey"), 0o644, || Ok(Zeroizing::new(verifier_key.clone() + "\n")))?;
        Ok(Self { origin, key: signer, verifier_key })
    }

    /// The public key in the form that signed-note tools read.
    pub(crate) fn verifier_key(&self) -> &str {
        &self.verifier_key
    }

    /// A signed checkpoint.
    pub(crate) fn sign(&self, size: u64, root: Hash) -> Result<String, Error> {
        let doing = "sign a checkpoint";
        let text = format!("{}\n{size}\n{root}\n", self.origin);
        let mut note = Note::new(text.as_bytes(), &[]).map_err(|e| Error::driver(doing, e))?;
        note.add_sigs(&[&self.key]).map_err(|e| Error::driver(doing, e))?;
        String::from_utf8(note.to_bytes()).map_err(|e| Error::driver(doing, e))
    }
}

fn public_key(seed: &[u8; 32]) -> Vec<u8> {
    let public = SigningKey::from_bytes(seed).verifying_key().to_bytes();
    [&[ED25519][..], &public].concat()
}

/// Opens a checkpoint: checks the signature and the origin; gives its size and root, or what
/// is wrong with it.
pub(crate) fn open(note: &str, verifier_key: &str, org: &str) -> Result<(u64, Hash), &'static str> {
    let verifier = StandardVerifier::new(verifier_key.trim()).map_err(|_| "the public key is not a signed-note verifier key")?;
    let note = Note::from_bytes(note.as_bytes()).map_err(|_| "the checkpoint is not a signed note")?;
    note.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|_| "the checkpoint's signature is not by the given public key")?;
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|_| "the checkpoint's text is malformed")?;
    if checkpoint.origin() != origin(org) {
        return Err("the checkpoint belongs to another log");
    }
    Ok((checkpoint.size(), *checkpoint.hash()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_opens_with_its_own_key_and_log_alone() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyFolder::open(folder.path()).unwrap();
        let signer = Signer::load(&keys, "acme").unwrap();
        let note = signer.sign(7, Hash([9; 32])).unwrap();
        assert_eq!(open(&note, signer.verifier_key(), "acme"), Ok((7, Hash([9; 32]))));
        assert!(open(&note.replace("\n7\n", "\n8\n"), signer.verifier_key(), "acme").is_err());
        assert!(open(&note, signer.verifier_key(), "other").is_err());
        let stranger = Signer::load(&keys, "other").unwrap();
        assert!(open(&note, stranger.verifier_key(), "acme").is_err());
        let again = Signer::load(&keys, "acme").unwrap();
        assert_eq!(again.verifier_key(), signer.verifier_key());
        // Base64 may hold a plus sign, which also separates the parts of a key.
        for n in 0..40 {
            let org = format!("org{n}");
            let (made, read) = (Signer::load(&keys, &org).unwrap(), Signer::load(&keys, &org).unwrap());
            let note = read.sign(1, Hash([1; 32])).unwrap();
            assert_eq!(open(&note, made.verifier_key(), &org), Ok((1, Hash([1; 32]))));
        }
    }
}
