//! Manifestly unfounded or excessive (UK GDPR Article 12(5); law section 2.6): what is seen,
//! what of it counts, and what is not enough. The organisation bears the burden of showing it.

use serde::{Deserialize, Serialize};

use super::RefusalGround;
use crate::personal::Personal;
use crate::{Refusal, RefusalCode};

/// Something that is seen about a request, and what it speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// The value in forms and files.
    pub key: &'static str,
    /// What is seen, as a choice on a page.
    pub title: &'static str,
    /// What it speaks for; `None` when it is not enough, however often it is said.
    pub speaks_for: Option<RefusalGround>,
}

const fn sign(key: &'static str, title: &'static str, speaks_for: Option<RefusalGround>) -> Sign {
    Sign { key, title, speaks_for }
}

/// Every sign, what counts first.
pub const SIGNS: &[Sign] = &[
    sign("benefit", "They offer to withdraw the request for money or another benefit", Some(RefusalGround::Unfounded)),
    sign("disrupt", "They say that they mean to cause disruption and nothing else", Some(RefusalGround::Unfounded)),
    sign("accuse", "They make accusations that have no basis and are plainly meant to harass", Some(RefusalGround::Unfounded)),
    sign("target", "They target one employee against whom they bear a grudge", Some(RefusalGround::Unfounded)),
    sign("campaign", "They send request after request as part of a campaign", Some(RefusalGround::Unfounded)),
    sign("repeat", "It repeats an earlier request, and no reasonable time has passed", Some(RefusalGround::Excessive)),
    sign("overlap", "It overlaps with another request that is being answered", Some(RefusalGround::Excessive)),
    sign(
        "burden",
        "The work is clearly out of proportion, taking into account how much it matters to the person and what we can do about it",
        Some(RefusalGround::Excessive),
    ),
    sign("large", "They ask for a large amount of information", None),
    sign("earlier", "An earlier request of theirs was unfounded or excessive", None),
    sign("rude", "They are rude or angry", None),
    sign("dispute", "There is a court case, a grievance or a complaint between us", None),
    sign("cost", "It costs us time or money", None),
];

/// What was seen and why it was judged as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burden {
    /// The ground it was found to show.
    pub ground: RefusalGround,
    /// The keys of the signs.
    pub signs: Vec<String>,
    /// The reasons, with the facts of this request.
    pub reasons: Personal<String>,
}

/// The signs of these keys that speak for `ground`.
///
/// # Errors
/// `REQ-017` when none does: says which were named and are not enough.
pub fn show(ground: RefusalGround, keys: &[String]) -> Result<Vec<&'static Sign>, Refusal> {
    let seen: Vec<&'static Sign> = SIGNS.iter().filter(|sign| keys.iter().any(|key| key == sign.key)).collect();
    let counting: Vec<&'static Sign> = seen.iter().copied().filter(|sign| sign.speaks_for == Some(ground)).collect();
    if !counting.is_empty() {
        return Ok(counting);
    }
    let weak: Vec<String> = seen.iter().filter(|sign| sign.speaks_for.is_none()).map(|sign| sign.title.to_lowercase()).collect();
    let detail = if weak.is_empty() { String::new() } else { format!("Not enough by itself: {}.", weak.join("; ")) };
    Err(Refusal::new(RefusalCode::BurdenNotShown, detail))
}
