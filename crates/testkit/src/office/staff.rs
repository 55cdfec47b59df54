//! People who act in their job.

use crate::people::{Cast, Invented};
use crate::rng::Rng;

/// A member of staff, a volunteer or a director.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// Full name.
    pub name: String,
    /// Address at the organisation.
    pub email: String,
    /// What they do.
    pub role: String,
}

const ROLES: &[&str] =
    &["Centre manager", "Youth worker", "Learning mentor", "Finance officer", "Administrator", "Volunteer coordinator", "Tutor"];

impl Staff {
    /// One person of staff for each usual role, with addresses at `domain`.
    pub fn team(cast: &Cast, rng: &mut Rng, domain: &str) -> Vec<Self> {
        ROLES
            .iter()
            .map(|role| {
                let person: Invented = cast.draw(rng, (1965, 1998));
                let local: String = person.name().to_ascii_lowercase().replace(' ', ".").replace(['\'', '-'], "");
                Self { name: person.name(), email: format!("{local}@{domain}"), role: (*role).to_owned() }
            })
            .collect()
    }

    /// The given name.
    pub fn first(&self) -> &str {
        self.name.split(' ').next().unwrap_or_default()
    }
}
