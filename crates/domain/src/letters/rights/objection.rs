//! An objection, weighed (Article 21(1)).

use super::{Block, because, paragraph};
use crate::casework::request::{ObjectionOutcome, Weighed};

/// What came of it; where the use goes on, why it outweighs.
pub(super) fn blocks(weighed: &Weighed) -> Vec<Block> {
    let purpose = weighed.purpose.shown();
    let mut blocks = vec![paragraph(format!("You object to this use of your data: {purpose}"))];
    blocks.push(paragraph(match weighed.outcome {
        ObjectionOutcome::Stopped => "We have stopped this use of your data.",
        ObjectionOutcome::Compelling => {
            "We have weighed your situation against our reasons. We have compelling legitimate grounds that override, so the use goes on (UK GDPR Article 21(1))."
        }
        ObjectionOutcome::LegalClaims => "We need the data for legal claims, so the use goes on (UK GDPR Article 21(1)).",
        ObjectionOutcome::OtherBasis => {
            "This use does not rest on public task or legitimate interests, so the right to object does not apply to it (UK GDPR Article 21(1))."
        }
    }));
    blocks.extend(because(&weighed.reasons.shown()));
    if weighed.outcome != ObjectionOutcome::Stopped {
        blocks.push(paragraph(
            "While we weighed your objection we stored the data and did nothing else with it. With this letter that restriction ends (UK GDPR Article 18(3)).",
        ));
    }
    blocks
}
