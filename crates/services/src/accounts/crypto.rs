//! Passwords, codes and tokens.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::error::Error;
use crate::ports::Failure;

/// Random bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::because("asking for randomness", error))?;
    Ok(bytes)
}

/// A fresh token for a link or a cookie, and the hash that is stored.
pub(crate) fn fresh_token() -> Result<(String, Vec<u8>), Error> {
    let token = URL_SAFE_NO_PAD.encode(random::<32>()?);
    let hash = token_hash(&token);
    Ok((token, hash))
}

/// What the store knows of a token.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Argon2id with the library's parameters (19 MiB, two passes), in PHC form.
pub(crate) fn hash_password(password: &str) -> Result<String, Error> {
    let salt = random::<16>()?;
    let hash: argon2::password_hash::phc::PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(|_| Failure::new("hashing a password"))?;
    Ok(hash.to_string())
}

/// Whether the password fits the hash.
pub(crate) fn password_fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// An authenticator for a secret: six digits, 30 seconds, SHA-1 (RFC 6238), one step of skew.
fn authenticator(secret: &[u8], issuer: &str, account: &str) -> Option<Totp> {
    let plain = |text: &str| text.replace(':', " ");
    Builder::new().with_secret(secret.to_vec()).with_issuer(Some(plain(issuer))).with_account_name(plain(account)).build().ok()
}

/// The time step whose code was given: the current one, or one before or after.
pub(super) fn code_step(secret: &[u8], code: &str, now_us: i64) -> Option<u64> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 6 {
        return None;
    }
    authenticator(secret, "Probity", "account")?.check(&digits, u64::try_from(now_us / 1_000_000).ok()?)
}

/// The code an authenticator shows at a time. For the demo's sign-in link and for tests.
pub fn code_at(secret_base32: &str, now_us: i64) -> Option<String> {
    let secret = secret_bytes(secret_base32)?;
    let seconds = u64::try_from(now_us / 1_000_000).ok()?;
    Some(authenticator(&secret, "Probity", "account")?.generate(seconds).to_string())
}

/// The secret as people type it into an authenticator.
pub(super) fn secret_base32(secret: &[u8]) -> String {
    Secret::from(secret.to_vec()).to_base32()
}

/// Reads a secret as people type it.
pub(super) fn secret_bytes(base32: &str) -> Option<Vec<u8>> {
    Secret::try_from_base32(base32).ok().map(|secret| secret.as_ref().to_vec()).filter(|secret| secret.len() >= 16)
}

/// The address that an authenticator reads from a picture.
pub(super) fn uri(secret: &[u8], issuer: &str, account: &str) -> Option<String> {
    authenticator(secret, issuer, account).and_then(|totp| totp.to_url().ok())
}
