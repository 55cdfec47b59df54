//! Sessions and one-time tokens. Only hashes of tokens are stored.

use crate::{
    error::Error,
    log::{Entry, Kind, sha256},
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::values,
};

queries! {
    SESSION_GET = "SELECT user_id, stage, created_us, seen_us, expires_us FROM sessions WHERE org = $1 AND token = $2 AND expires_us > $3";
    SESSION_PUT = "INSERT INTO sessions (org, token, user_id, stage, created_us, seen_us, expires_us) VALUES ($1, $2, $3, $4, $5, $5, $6)";
    SESSION_SEEN = "UPDATE sessions SET seen_us = $3, expires_us = $4 WHERE org = $1 AND token = $2";
    SESSION_END = "DELETE FROM sessions WHERE org = $1 AND token = $2 RETURNING user_id";
    SESSIONS_END = "DELETE FROM sessions WHERE org = $1 AND user_id = $2";
    SESSIONS_EXPIRED = "DELETE FROM sessions WHERE org = $1 AND expires_us <= $2";
    TOKEN_PUT = "INSERT INTO setup_tokens (org, token, purpose, expires_us) VALUES ($1, $2, $3, $4)";
    TOKEN_CHECK = "SELECT purpose FROM setup_tokens WHERE org = $1 AND token = $2 AND purpose = $3 AND expires_us > $4";
    TOKEN_USE = "DELETE FROM setup_tokens WHERE org = $1 AND token = $2 AND purpose = $3 AND expires_us > $4";
    TOKENS_EXPIRED = "DELETE FROM setup_tokens WHERE org = $1 AND expires_us <= $2";
}

/// A session that has not expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Whose session it is.
    pub user_id: String,
    /// How far signing in has come, e.g. `password` or `full`.
    pub stage: String,
    /// When it began, in microseconds since 1970 UTC.
    pub created_us: i64,
    /// When it was last used.
    pub seen_us: i64,
    /// When it ends.
    pub expires_us: i64,
}

impl ReadTx<'_> {
    /// The session of a token, unless it has expired by `now_us`.
    pub fn session_get(&mut self, token: &[u8], now_us: i64) -> Result<Option<Session>, Error> {
        let row = self.one(&SESSION_GET, values![self.org(), sha256(token), now_us])?;
        let session = row.map(|mut row| {
            let (user_id, stage) = (row.text(0)?, row.text(1)?);
            Ok(Session { user_id, stage, created_us: row.int(2)?, seen_us: row.int(3)?, expires_us: row.int(4)? })
        });
        session.transpose()
    }

    /// Whether a one-time token is good for a purpose at `now_us`, without using it up.
    pub fn one_time_token_check(&mut self, token: &[u8], purpose: &str, now_us: i64) -> Result<bool, Error> {
        Ok(self.one(&TOKEN_CHECK, values![self.org(), sha256(token), purpose, now_us])?.is_some())
    }
}

impl WriteTx<'_> {
    /// Begins a session. Logged as a sign-in.
    pub fn session_create(&mut self, token: &[u8], user_id: &str, stage: &str, expires_us: i64) -> Result<(), Error> {
        self.append(Kind::SignedIn, &Entry { record: user_id, verb: "session_create", reason: stage, ..Entry::default() })?;
        let (org, at_us) = (self.org(), self.at_us);
        self.touch(&SESSION_PUT, values![org, sha256(token), user_id, stage, at_us, expires_us]).map(drop)
    }

    /// Notes that a session was used, and moves its end.
    pub fn session_seen(&mut self, token: &[u8], expires_us: i64) -> Result<(), Error> {
        let (org, at_us) = (self.org(), self.at_us);
        self.touch(&SESSION_SEEN, values![org, sha256(token), at_us, expires_us]).map(drop)
    }

    /// Ends a session. Logged as a sign-out. `false` when there was none.
    pub fn session_end(&mut self, token: &[u8]) -> Result<bool, Error> {
        let rows = self.query(&SESSION_END, values![self.org(), sha256(token)])?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(false) };
        let user_id = row.text(0)?;
        self.append(Kind::SignedOut, &Entry { record: &user_id, verb: "session_end", ..Entry::default() })?;
        Ok(true)
    }

    /// Ends all sessions of a user. Logged when there were any. Returns how many.
    pub fn sessions_end(&mut self, user_id: &str) -> Result<u64, Error> {
        let org = self.org();
        let ended = self.touch(&SESSIONS_END, values![org, user_id])?;
        if ended > 0 {
            self.append(Kind::SignedOut, &Entry { record: user_id, verb: "sessions_end", ..Entry::default() })?;
        }
        Ok(ended)
    }

    /// Makes a one-time token (first set-up, invitation, password reset). Logged as access.
    pub fn one_time_token_create(&mut self, token: &[u8], purpose: &str, expires_us: i64) -> Result<(), Error> {
        self.log_access(purpose, "one_time_token_create", "")?;
        let org = self.org();
        self.touch(&TOKEN_PUT, values![org, sha256(token), purpose, expires_us]).map(drop)
    }

    /// Uses a one-time token up. `false` when it is unknown, used, expired or for another
    /// purpose. Logged as access.
    pub fn one_time_token_use(&mut self, token: &[u8], purpose: &str) -> Result<bool, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let used = self.touch(&TOKEN_USE, values![org, sha256(token), purpose, at_us])? > 0;
        if used {
            self.log_access(purpose, "one_time_token_use", "")?;
        }
        Ok(used)
    }

    /// Deletes expired sessions and one-time tokens. Returns how many.
    pub fn sessions_expire(&mut self) -> Result<u64, Error> {
        let (org, at_us) = (self.org(), self.at_us);
        let sessions = self.touch(&SESSIONS_EXPIRED, values![org, at_us])?;
        Ok(sessions + self.touch(&TOKENS_EXPIRED, values![org, at_us])?)
    }
}
