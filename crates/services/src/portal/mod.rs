//! The public portal: what visitors without an account can do. It records what they send,
//! never looks anybody up while they wait, and sees no case.

mod case;
mod collect;
mod follow;
mod hold;
mod limit;
mod mail;
mod release;
mod send;
mod settings;

pub use case::{Act, CaseView, Standing, act, see_case};
pub use collect::{Collection, collect, open_release, release_is_good, see_collection};
pub(crate) use follow::{FOLLOW, run_follow};
pub use follow::{ask_link, link_is_good, open_link};
pub use hold::{HeldRow, held, held_count, set_held_aside, take_held};
pub use release::{OpenRelease, ReleaseFacts, Released, before_release, end_release, mail_answer, release};
pub use send::{Other, Sending, What, send};
pub use settings::{PortalSettings, exit, save_settings, settings};

use domain::ids::UserId;
use domain::people::{Actor, Role};

/// The portal as an actor: an account of the system, not a person.
pub(crate) fn portal() -> Actor {
    Actor { user: UserId::new("portal"), name: "Portal".to_owned(), roles: vec![Role::Portal], standing: domain::people::Standing::Active }
}
