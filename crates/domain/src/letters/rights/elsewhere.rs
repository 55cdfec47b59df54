//! It is no request of these kinds: where it goes instead.

use super::{Block, paragraph};
use crate::casework::request::{Elsewhere, NotARequest};

/// The next step, without a word on whether anybody is known.
pub(super) fn blocks(elsewhere: &Elsewhere) -> Vec<Block> {
    let text = match elsewhere.why {
        NotARequest::Deceased => {
            "The data protection law protects living people, so we cannot treat this as a request under it. For health records of a person who has died, the Access to Health Records Act 1990 may help: its request comes from the executor or from somebody with a claim."
        }
        NotARequest::Organisation => {
            "An organisation that needs information about a person asks us for a disclosure. Please write from your organisation’s own address, on its letterhead or by its own e-mail, and say who you are, what you need, for what purpose, and which legal power or duty you rely on. We do not send personal data to a private address. We cannot say whether we hold anything."
        }
        NotARequest::SomebodyElse => {
            "A request about another person needs that person’s authority. Please send us their written authority, or ask them to write to us themselves. We cannot say whether we hold anything."
        }
        NotARequest::Business => "Your message is not about your own personal data, so we have passed it to those who deal with it.",
        NotARequest::Processor => {
            "We work with such data only on behalf of another organisation, which decides about it and has to answer you. We have passed your message on to it."
        }
    };
    let mut blocks = vec![paragraph(text)];
    let more = elsewhere.more.shown();
    if !more.is_empty() {
        blocks.push(paragraph(more));
    }
    blocks
}
