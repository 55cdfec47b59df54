//! Accounts of people who sign in. What is personal or secret is sealed under a key of the
//! user's own; the log binds roles and state, so that nobody is promoted unnoticed.

use serde_json::Value as Json;

use crate::{
    error::Error,
    keys::table::{Held, Holder},
    log::{Entry, Kind, sha256, user_head},
    seal,
    sql::queries,
    tx::{ReadTx, WriteTx},
    value::{Row, values},
};

queries! {
    USER_GET = "SELECT id, roles, state, body, totp_step FROM users WHERE org = $1 AND id = $2";
    USER_BY_EMAIL = "SELECT id, roles, state, body, totp_step FROM users WHERE org = $1 AND email_token = $2";
    USER_LIST = "SELECT id, roles, state, body, totp_step FROM users WHERE org = $1 AND id > $2 ORDER BY id LIMIT $3";
    USER_COUNT = "SELECT count(*) FROM users WHERE org = $1 AND state <> 'erased'";
    USER_STATES = "SELECT state, count(*) FROM users WHERE org = $1 GROUP BY state ORDER BY state";
    USER_PUT = "INSERT INTO users (org, id, email_token, roles, state, body, totp_step, seq) VALUES ($1, $2, $3, $4, $5, $6, 0, $7) \
        ON CONFLICT (org, id) DO UPDATE SET email_token = excluded.email_token, roles = excluded.roles, state = excluded.state, \
        body = excluded.body, seq = excluded.seq";
    USER_TOTP_STEP = "UPDATE users SET totp_step = $3 WHERE org = $1 AND id = $2 AND totp_step < $3";
}

/// A user account.
#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct User {
    /// The user's id.
    #[serde(skip)]
    pub id: String,
    /// The address to sign in with; compared without case.
    pub email: String,
    /// What else is known: name, preferences.
    pub body: Json,
    /// The password hash in PHC form; empty while no password is set.
    pub password_hash: String,
    /// The secret of the authenticator app, when one is set up.
    pub totp_secret: Option<Vec<u8>>,
    /// The user's roles.
    #[serde(skip)]
    pub roles: Vec<String>,
    /// `active`, `invited`, `suspended`, `left`; `erased` when the user's key was destroyed.
    #[serde(skip)]
    pub state: String,
    /// The last time step whose code was used, so that no code works twice.
    #[serde(skip)]
    pub totp_step: u64,
}

/// Never prints secrets or personal data.
impl std::fmt::Debug for User {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User").field("id", &self.id).field("roles", &self.roles).field("state", &self.state).finish_non_exhaustive()
    }
}

/// What stands in clear in a row of `users`, and the sealed rest.
struct UserRow<'a> {
    id: &'a str,
    token: &'a [u8],
    roles: &'a str,
    state: &'a str,
    body: &'a [u8],
}

fn context(org: &str, id: &str) -> Vec<u8> {
    seal::context("probity-user-v1", &[org, id])
}

impl ReadTx<'_> {
    /// An account by id.
    pub fn user_get(&mut self, id: &str) -> Result<Option<User>, Error> {
        let row = self.one(&USER_GET, values![self.org(), id])?;
        row.map(|row| self.user_open(row)).transpose()
    }

    /// An account by the address to sign in with.
    pub fn user_by_email(&mut self, email: &str) -> Result<Option<User>, Error> {
        let token = self.email_token(email);
        let row = self.one(&USER_BY_EMAIL, values![self.org(), token])?;
        row.map(|row| self.user_open(row)).transpose()
    }

    /// A page of accounts in order of their ids.
    pub fn user_list(&mut self, after: &str, limit: u64) -> Result<Vec<User>, Error> {
        let rows = self.query(&USER_LIST, values![self.org(), after, limit])?;
        rows.into_iter().map(|row| self.user_open(row)).collect()
    }

    /// How many accounts are in each state, without opening any.
    pub fn user_states(&mut self) -> Result<Vec<(String, u64)>, Error> {
        let rows = self.query(&USER_STATES, values![self.org()])?;
        rows.into_iter().map(|mut row| Ok((row.text(0)?, row.count(1)?))).collect()
    }

    /// How many accounts there are; 0 means that nobody has set the installation up.
    pub fn user_count(&mut self) -> Result<u64, Error> {
        let row = self.one(&USER_COUNT, values![self.org()])?;
        row.map_or(Ok(0), |mut row| row.count(0))
    }

    fn email_token(&self, email: &str) -> Vec<u8> {
        self.token("email", &email.trim().to_lowercase())
    }

    fn user_open(&mut self, mut row: Row) -> Result<User, Error> {
        let (id, roles, state) = (row.text(0)?, row.text(1)?, row.text(2)?);
        let (sealed, totp_step) = (row.blob(3)?, row.count(4)?);
        let roles = roles.split(' ').filter(|role| !role.is_empty()).map(str::to_owned).collect();
        let Held::Alive(key) = self.key(Holder::User, &id)? else {
            let (email, password_hash, totp_secret) = (String::new(), String::new(), None);
            return Ok(User {
                id,
                email,
                body: Json::Null,
                password_hash,
                totp_secret,
                roles: Vec::new(),
                state: "erased".to_owned(),
                totp_step,
            });
        };
        let clear = seal::open(&key, &context(self.org(), &id), &sealed).map(zeroize::Zeroizing::new);
        let user: Option<User> = clear.and_then(|clear| serde_json::from_slice(&clear).ok());
        let user = user.ok_or_else(|| Error::corrupt("users", id.clone(), "the seal does not open"))?;
        Ok(User { id, roles, state, totp_step, ..user })
    }
}

impl WriteTx<'_> {
    /// Saves an account, new or changed, with a log entry. Roles are words without spaces.
    ///
    /// # Errors
    /// [`Error::Taken`] when another account has the address; [`Error::Erased`] after an erasure.
    pub fn user_save(&mut self, user: &User, verb: &str, reason: &str) -> Result<(), Error> {
        let token = self.email_token(&user.email);
        let org = self.org();
        let other = self.one(&USER_BY_EMAIL, values![org, token.as_slice()])?;
        if other.map(|mut row| row.text(0)).transpose()?.is_some_and(|id| id != user.id) {
            return Err(Error::Taken { what: "e-mail address" });
        }
        let key = match self.key(Holder::User, &user.id)? {
            Held::Alive(key) => key,
            Held::Erased => return Err(Error::Erased),
            Held::Never => self.key_create(Holder::User, &user.id)?,
        };
        let clear = serde_json::to_vec(user).map(zeroize::Zeroizing::new).map_err(|e| Error::driver("write a user", e))?;
        let body = seal::seal(&key, &context(org, &user.id), &clear)?;
        let row = UserRow { id: &user.id, token: &token, roles: &user.roles.join(" "), state: &user.state, body: &body };
        self.user_put(&row, verb, reason)
    }

    /// Erases an account: its key is destroyed after the commit, its sessions end.
    pub fn user_erase(&mut self, id: &str, reason: &str) -> Result<bool, Error> {
        if !matches!(self.key(Holder::User, id)?, Held::Alive(_)) {
            return Ok(false);
        }
        let nobody = self.token("erased user", id);
        self.user_put(&UserRow { id, token: &nobody, roles: "", state: "erased", body: &[] }, "user_erase", reason)?;
        let seq = self.append(Kind::Erased, &Entry { record: id, verb: "user_erase", reason, ..Entry::default() })?;
        self.sessions_end(id)?;
        self.key_destroy(Holder::User, id, seq)
    }

    fn user_put(&mut self, row: &UserRow<'_>, verb: &str, reason: &str) -> Result<(), Error> {
        let UserRow { id, token, roles, state, body } = *row;
        let head = user_head(id, token, roles, state);
        let seq = self.append(Kind::User, &Entry { record: id, verb, reason, body: &sha256(body), head: &head, ..Entry::default() })?;
        let org = self.org();
        self.touch(&USER_PUT, values![org, id, token, roles, state, body, seq]).map(drop)
    }

    /// Notes that the code of a time step was used. `false` when it, or a later one, was used before.
    pub fn user_totp_step(&mut self, id: &str, step: u64) -> Result<bool, Error> {
        let org = self.org();
        Ok(self.touch(&USER_TOTP_STEP, values![org, id, step])? > 0)
    }
}
