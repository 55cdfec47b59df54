//! What letters and packs take from the policy pack.

use domain::letters::{ActivityText, RegulatorText, WithheldText, Writer};
use domain::policy::{Activity, Policy};
use jiff::civil::Date;

use crate::ports::Withheld;

/// The organisation as a letter writer.
pub fn writer(policy: &Policy, today: Date) -> Writer {
    let organisation = policy.organisation();
    let regulator = policy.regulator();
    let mut address = organisation.address.clone();
    address.extend([&organisation.email, &organisation.phone].into_iter().filter(|line| !line.is_empty()).cloned());
    Writer {
        organisation: if organisation.name.is_empty() { "[name of the organisation]".to_owned() } else { organisation.name.clone() },
        address,
        contact: if organisation.email.is_empty() { "the address above".to_owned() } else { organisation.email.clone() },
        signatory: if organisation.dpo_title.is_empty() { "Data protection lead".to_owned() } else { organisation.dpo_title.clone() },
        regulator: RegulatorText {
            name: regulator.name.clone(),
            web: regulator.website.clone(),
            phone: regulator.helpline.clone(),
            post: regulator.address.join(", "),
        },
        today,
    }
}

/// The record of processing as the reply tells it (Article 15(1)(a) to (d), (g), (h)).
pub fn activities(policy: &Policy) -> Vec<ActivityText> {
    policy.processing().iter().map(activity).collect()
}

fn activity(activity: &Activity) -> ActivityText {
    ActivityText {
        id: activity.id.clone(),
        title: activity.title.clone(),
        purpose: activity.purpose.clone(),
        basis: activity.basis.clone(),
        categories: activity.categories.clone(),
        recipients: activity.recipients.clone(),
        retention: activity.kept.clone(),
        source: activity.source.clone(),
        automated: activity.automated.then(|| activity.automated_logic.clone()),
        countries: activity.transfers.clone(),
        safeguards: activity.safeguards.clone(),
    }
}

/// The schedule of a pack as the reply tells it.
pub fn withheld_texts(rows: &[Withheld]) -> Vec<WithheldText> {
    rows.iter()
        .map(|row| WithheldText { what: row.kind.clone(), provision: row.exemption.clone(), why: row.why.clone(), places: row.places })
        .collect()
}

/// The opening paragraphs of the pack.
pub fn introduction(items: usize, withheld: usize) -> Vec<String> {
    let mut paragraphs = vec![format!(
        "This pack holds a copy of the personal data we found about you: {}. Each has its own heading, with its kind, its date and where we found it.",
        if items == 1 { "one item".to_owned() } else { format!("{items} items") }
    )];
    if withheld > 0 {
        paragraphs.push(
            "Where we withheld something, you see a box with a number. The number leads to the schedule at the end, which says what kind of \
             information it was and why we withheld it. All boxes have the same width, whatever they stand for."
                .to_owned(),
        );
    }
    paragraphs.push("Where we found exactly the same item in several places, it appears once.".to_owned());
    paragraphs
}
