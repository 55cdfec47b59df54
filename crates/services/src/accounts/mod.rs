//! Accounts: set-up by a one-time link, sign-in with a second factor, sessions.

mod crypto;
mod enrol;
mod own;
mod roles;
mod session;
mod sign_in;
mod users;

pub use crypto::code_at;
pub(crate) use crypto::{fresh_token, hash_password, password_fits, random, token_hash};
pub use enrol::{EnrolForm, Invitation, begin_setup, check_token, enrol, fresh_secret, invite, otpauth_uri};
pub use own::{OwnSettings, feed_make, feed_revoke, own_settings, set_digest};
pub use roles::{AccountRoles, OfferedRole, account_roles, set_roles};
pub use session::{session, sign_out};
pub use sign_in::{Credentials, sign_in};
pub use users::{AccountRow, account_name, accounts, actor_by_email, create, mailable, set_standing};

pub(crate) use own::{feed_actor, wants_digest};
pub(crate) use roles::{held_by, keep_training, policy_roles, require_sign_off, sign_off_words, trained_on};
pub(crate) use users::{actor_of, display_name, display_name_of, roles_of};
