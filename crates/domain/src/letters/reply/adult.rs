//! The reply in the words for adults.

use super::super::Block;
use super::super::writer::{Writer, complaint_routes};
use super::{ActivityText, ReplyFacts, about, bullets, completes, heading, items, or, paragraph, recipients, sentence, source};
use crate::calendar::short_date;
use crate::casework::request::{Behalf, ExtensionGround, FeeGround, Request};

/// The letter proper.
pub(super) fn blocks(writer: &Writer, request: &Request, activities: &[&ActivityText], facts: &ReplyFacts) -> Vec<Block> {
    let mut blocks = opening(request);
    blocks.extend(found(facts));
    blocks.extend(part(request));
    blocks.extend(withheld(facts));
    blocks.extend(search(facts));
    if facts.items > 0 || !facts.withheld.is_empty() || facts.unconfirmed {
        blocks.extend(processing(activities));
        blocks.extend(shared(request));
        blocks.extend(automated(activities));
        blocks.extend(abroad(activities));
    }
    blocks.extend(rights());
    blocks.extend(time_and_cost(request));
    blocks.extend(formats(writer));
    blocks.push(heading("If you are not satisfied"));
    blocks.push(Block::Bullets(complaint_routes(writer)));
    blocks
}

fn opening(request: &Request) -> Vec<Block> {
    let on = short_date(request.received_on);
    let mut blocks = vec![match about(request) {
        None => paragraph(format!("You asked us on {on} for a copy of your personal data.")),
        Some(name) => paragraph(format!(
            "You asked us on {on}, {} {name}, for a copy of the personal data of {name}. In this letter “you” and “your data” mean {name} wherever it speaks of personal data or of rights.",
            acting_as(request)
        )),
    }];
    if let Some(again) = request.supplements.last() {
        let on = short_date(again.on);
        blocks.push(paragraph(format!(
            "We looked at your request again on {on}. This letter and its pack come in addition to what we have already sent you."
        )));
    }
    blocks
}

/// As whom somebody asks for another person.
fn acting_as(request: &Request) -> &'static str {
    match (&request.authority_check, &request.behalf) {
        (Some(check), _) => check.kind.acting_as(),
        (None, Behalf::Child { .. }) => "as parent or carer of",
        (None, _) => "on behalf of",
    }
}

/// Confirmation and copy (Article 15(1), opening words, and 15(3)).
fn found(facts: &ReplyFacts) -> Vec<Block> {
    let mut blocks = vec![heading("What we found")];
    blocks.push(paragraph(match (facts.items, facts.withheld.is_empty() && !facts.unconfirmed) {
        (0, true) => "We searched the places named below and found no personal data about you.".to_owned(),
        (0, false) => "There is nothing in the places named below of which we have to give you a copy.".to_owned(),
        (count, _) => format!(
            "We confirm that we process personal data about you. A copy comes with this letter: {} in the disclosure pack.",
            items(count)
        ),
    }));
    blocks
}

fn part(request: &Request) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(first) = completes(request) {
        blocks.push(paragraph(format!("The first part of our answer went to you on {first}. What comes with this letter is added to it.")));
    }
    if let Some(rest) = &request.answer.rest {
        blocks.push(heading("What is still to come"));
        blocks.push(paragraph(format!("This is the first part of our answer. Still to come: {}", sentence(&rest.what.shown()))));
        blocks.push(paragraph(format!("You will have the rest by {}.", short_date(rest.by))));
    }
    blocks
}

/// What was withheld, under which provision and why (Article 12(4)).
fn withheld(facts: &ReplyFacts) -> Vec<Block> {
    if facts.withheld.is_empty() && !facts.unconfirmed {
        return Vec::new();
    }
    let mut blocks = vec![heading("What we have not given you, and why")];
    if !facts.withheld.is_empty() {
        blocks.push(paragraph(
            "The law lets us, or makes us, withhold some information. We looked at each piece by itself and withheld no more than we had to.",
        ));
        blocks.push(Block::Terms(
            facts
                .withheld
                .iter()
                .map(|one| {
                    let places = match one.places {
                        0 => String::new(),
                        1 => " (one place)".to_owned(),
                        many => format!(" ({many} places)"),
                    };
                    (
                        sentence(&one.what).trim_end_matches('.').to_owned() + &places,
                        format!("{} The rule: {}.", sentence(&one.why), one.provision),
                    )
                })
                .collect(),
        ));
        blocks.push(paragraph(
            "The schedule at the end of the pack lists what was taken out of it. A box with a number in the text leads to it.",
        ));
    }
    if facts.unconfirmed {
        blocks.push(paragraph(
            "In some cases the law lets us neither confirm nor deny whether we hold certain information, because saying so would by itself \
             defeat what the law protects. Nothing in this letter says that we hold, or that we do not hold, any such information about you.",
        ));
    }
    blocks
}

/// What was searched, what not, and why (Article 15(1A)).
fn search(facts: &ReplyFacts) -> Vec<Block> {
    let mut blocks = vec![heading("Where we looked"), paragraph("We made a reasonable and proportionate search. We looked in:")];
    blocks.push(Block::Bullets(facts.places.clone()));
    if !facts.not_searched.is_empty() {
        blocks.push(paragraph("We did not look in these places, for the reason given:"));
        blocks.push(Block::Bullets(facts.not_searched.clone()));
    }
    if facts.unreadable > 0 {
        let (what, are) = if facts.unreadable == 1 { ("One item", "is") } else { ("Some items", "are") };
        blocks.push(paragraph(format!(
            "{what} could not be opened by our program, for example pictures and protected files ({}). What could not be read {are} listed at the end of the pack.",
            facts.unreadable
        )));
    }
    blocks
}

/// Items (a) to (d) and (g) of Article 15(1), an activity after the other.
fn processing(activities: &[&ActivityText]) -> Vec<Block> {
    let mut blocks = vec![
        heading("How we use your data"),
        paragraph("For each purpose we say which kinds of data we use, who receives them, how long we keep them and where they come from."),
    ];
    for activity in activities {
        let rows = [
            ("Purpose", sentence(&activity.purpose)),
            ("Lawful basis", sentence(&activity.basis)),
            ("Categories of data", sentence(&activity.categories.join("; "))),
            ("Recipients", or(&sentence(&activity.recipients.join("; ")), "Nobody outside our organisation is recorded.")),
            ("How long we keep them", or(&sentence(&activity.retention), "No longer than we need them for this purpose.")),
            ("Source", or(&sentence(&activity.source), "You.")),
        ];
        let rows = rows.into_iter().filter(|(_, text)| !text.is_empty());
        let title = (!activity.title.is_empty()).then(|| ("What for".to_owned(), activity.title.clone()));
        blocks.push(Block::Terms(title.into_iter().chain(rows.map(|(term, text)| (term.to_owned(), text))).collect()));
    }
    blocks
}

/// Actual recipients where they are known, and the source (Article 15(1)(c) and (g)).
fn shared(request: &Request) -> Vec<Block> {
    let mut blocks = Vec::new();
    let known = recipients(request);
    if !known.is_empty() {
        blocks.push(heading("Who has received your data"));
        blocks.push(paragraph("As far as we have recorded it, these have received data about you:"));
        blocks.push(Block::Bullets(known));
    }
    let source = source(request);
    if !source.is_empty() {
        blocks.push(heading("Where your data came from"));
        blocks.push(paragraph(sentence(&source)));
    }
    blocks
}

/// Item (h), subject to the safeguards of Article 22C.
fn automated(activities: &[&ActivityText]) -> Vec<Block> {
    let mut blocks = vec![heading("Decisions made by automated means")];
    let with: Vec<&&ActivityText> = activities.iter().filter(|activity| activity.automated.is_some()).collect();
    if with.is_empty() {
        blocks.push(paragraph("We make no significant decisions about you by automated means alone."));
    }
    for activity in &with {
        let logic = activity.automated.as_deref().unwrap_or_default();
        blocks.push(paragraph(
            format!("We make significant decisions by automated means alone {}. {}", activity.purpose, sentence(logic)).trim().to_owned(),
        ));
    }
    let when = if with.is_empty() { "If we ever did, you would have these safeguards" } else { "You have these safeguards" };
    blocks.push(paragraph(format!(
        "{when} (UK GDPR Article 22C): we tell you about the decision, you can tell us your view of it, you can have a person look at it, and you can contest it."
    )));
    blocks
}

/// Article 15(2): transfers abroad and their safeguards.
fn abroad(activities: &[&ActivityText]) -> Vec<Block> {
    let mut blocks = vec![heading("Data outside the United Kingdom")];
    let with: Vec<&&ActivityText> = activities.iter().filter(|activity| !activity.countries.is_empty()).collect();
    if with.is_empty() {
        blocks.push(paragraph("We do not send your data outside the United Kingdom."));
        return blocks;
    }
    let mut said = Vec::new();
    for activity in with {
        let text = format!(
            "Data go to: {} The safeguards (UK GDPR Chapter V, Articles 45A and 46): {}",
            sentence(&activity.countries.join("; ")),
            sentence(&or(&activity.safeguards, "none are recorded; ask us"))
        );
        if !said.contains(&text) {
            said.push(text);
        }
    }
    blocks.extend(said.into_iter().map(paragraph));
    blocks.push(paragraph("You can ask us for a copy of these safeguards."));
    blocks
}

/// Item (e).
fn rights() -> Vec<Block> {
    vec![
        heading("Your rights"),
        bullets([
            "Rectification: you can ask us to correct what is wrong and to complete what is incomplete.",
            "Erasure: you can ask us to erase your data.",
            "Restriction: you can ask us to keep your data but not to use them for the time being.",
            "Objection: you can object to our use of your data. If we use them for direct marketing, we stop.",
            "Where we rely on your consent, you can withdraw it at any time.",
        ]),
    ]
}

/// Extension and fee, as far as there was one (Articles 12(5) and 12A(3)-(4)).
fn time_and_cost(request: &Request) -> Vec<Block> {
    let mut blocks = vec![heading("Time and cost")];
    if let Some(extension) = &request.extension {
        let ground = match extension.ground {
            ExtensionGround::Complex => "it is complex",
            ExtensionGround::Number => "of the number of requests you have made",
        };
        blocks.push(paragraph(format!(
            "We told you on {} that we needed up to two further months to answer your request, because {ground}. In detail: {}",
            short_date(extension.notice_on),
            sentence(&extension.reasons.shown())
        )));
    }
    blocks.push(paragraph(match &request.fee {
        None => "This answer and the first copy are free of charge.".to_owned(),
        Some(fee) => {
            let ground = match fee.ground {
                FeeGround::Unfounded => "your request was manifestly unfounded",
                FeeGround::Excessive => "your request was manifestly excessive",
                FeeGround::FurtherCopies => "you asked for further copies",
            };
            let paid = fee.paid.map(|on| format!(" You paid it on {}.", short_date(on))).unwrap_or_default();
            format!(
                "We asked for a fee of {}, because {ground} (UK GDPR Articles 12(5) and 15(3)).{paid}",
                super::super::pounds(fee.total())
            )
        }
    }));
    blocks
}

/// Other formats and further copies (Articles 12(1) and 15(3)).
fn formats(writer: &Writer) -> Vec<Block> {
    vec![
        heading("Another format, or another copy"),
        paragraph(format!(
            "If you would like this answer in another format, such as large print, plain text, easy read, on paper or read aloud to you, write to {}. \
             This costs nothing. For a further copy of the same information we may ask for a reasonable fee for our costs; we would tell you the amount first.",
            writer.contact
        )),
    ]
}

/// Whether the person asks for themselves.
pub(super) const fn own(request: &Request) -> bool {
    matches!(request.behalf, Behalf::Themselves)
}
