//! What was sent has arrived: the reference, and what happens next.

use axum::response::Response;

use super::{PortalPage, Visitor, Voice};
use crate::error::Problem;
use crate::extract::Asked;

/// `GET /portal/sent`: the address carries a reference and nothing about a person.
pub(crate) async fn show(visitor: Visitor, Asked(asked): Asked) -> Result<Response, Problem> {
    let reference = asked.text("reference");
    if !is_reference(reference) {
        return Err(Problem::NotFound);
    }
    let path = format!("/portal/sent?reference={reference}");
    visitor.page(page(visitor.voice, reference), &path).await
}

/// Letters, a year and a number: nobody can make the page say something else.
fn is_reference(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [kind, year, number] => {
            let digits =
                |part: &str, least: usize| part.len() >= least && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
            matches!(*kind, "SAR" | "CMP" | "REQ") && year.len() == 4 && digits(year, 4) && digits(number, 4)
        }
        _ => false,
    }
}

fn page(voice: Voice, reference: &str) -> PortalPage {
    let complaint = reference.starts_with("CMP");
    let heading = if complaint {
        voice.say(["We have your complaint", "We have got your message", "We have your complaint"])
    } else {
        voice.say(["We have your message", "We have got your message", "We have your message"])
    };
    let mut page = PortalPage::new(heading);
    reference.clone_into(&mut page.reference);
    page.paragraphs = vec![
        voice.say([
            "Nothing more is needed from you now. The time for our answer counts from today, the day you sent it.",
            "You have done your part. A person here will read it. The time we are allowed to take starts today.",
            "You are done. A person here reads it now.",
        ])
        .to_owned(),
        voice.say([
            "The next step is ours: we write to your e-mail address if you gave one, and otherwise ring you or send a letter.",
            "Next, we write to you or ring you, the way you told us.",
            "Next, we write to you. Or we phone you.",
        ])
        .to_owned(),
        if complaint {
            voice.say([
                "You will hear from us within 30 days of today. We tell you what we found out as soon as we can. If you are not happy with it, you can go to the data protection regulator.",
                "You will hear from us within 30 days of today. Then we look into it and tell you what we found out.",
                "You hear from us in 30 days or less. Then we tell you what we found out.",
            ])
        } else {
            voice.say([
                "Most requests have to be answered within one month. Our first letter tells you the exact date, and how we worked it out.",
                "Most of the time we have one month. We will tell you the exact day.",
                "It can take one month. We tell you the day.",
            ])
        }
        .to_owned(),
        voice.say([
            "Write the reference down. You need it to see how far we are, or to ask us about it.",
            "Write this number down, or take a picture of it. You need it to ask us how it is going.",
            "Write the number down. Keep it. You need it to ask us.",
        ])
        .to_owned(),
    ];
    page = page.link(voice.at("/portal/follow"), voice.say(["See how far your case is", "See how it is going", "How is it going?"]));
    page.link(voice.at("/portal"), voice.say(["Back to the beginning", "Back to the start", "Back to the start"]))
}

pub(super) fn samples(voice: Voice) -> Vec<PortalPage> {
    vec![page(voice, "SAR-2026-0007"), page(voice, "CMP-2026-0001")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reference_is_shown() {
        for good in ["SAR-2026-0001", "CMP-2027-12345"] {
            assert!(is_reference(good), "{good}");
        }
        for bad in ["", "SAR", "SAR-2026-1", "SAR-20261-0001", "XXX-2026-0001", "SAR-2026-0001-x", "SAR-2026-<b>1", "Call-0800-0001"] {
            assert!(!is_reference(bad), "{bad}");
        }
    }
}
