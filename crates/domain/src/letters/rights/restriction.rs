//! Whether use is restricted (Article 18).

use super::{Block, because, paragraph};
use crate::casework::request::Restricted;

/// What a restriction means, or why there is none.
pub(super) fn blocks(restricted: &Restricted) -> Vec<Block> {
    let mut blocks = match restricted.ground {
        Some(ground) => vec![
            paragraph(format!("We have restricted the use of your data, because {}.", ground.title())),
            paragraph(
                "From now on we store it and do nothing else with it, unless you agree, or it is needed for legal claims, to protect somebody’s rights or for an important public interest (UK GDPR Article 18(2)).",
            ),
            paragraph("We will tell you before the restriction is lifted (UK GDPR Article 18(3))."),
        ],
        None => {
            vec![paragraph("We have not restricted the use of your data, because none of the grounds of UK GDPR Article 18(1) applies.")]
        }
    };
    blocks.extend(because(&restricted.reasons.shown()));
    blocks
}
