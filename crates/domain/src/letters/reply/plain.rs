//! The reply in plain words: for a child (Article 12(1)) and for easy read. The same items
//! as in the words for adults, each in short sentences.

use super::super::Block;
use super::super::writer::Writer;
use super::adult::own;
use super::{ActivityText, ReplyFacts, about, bullets, completes, heading, or, paragraph, recipients, sentence, source};
use crate::calendar::short_date;
use crate::casework::request::Request;
use crate::documents::plain_bases;
use crate::policy::Audience;

/// The letter proper.
pub(super) fn blocks(writer: &Writer, request: &Request, activities: &[&ActivityText], facts: &ReplyFacts) -> Vec<Block> {
    let child = request.answer.audience == Audience::Child;
    let mut blocks = opening(request, facts);
    blocks.extend(talk(writer, request, child));
    blocks.extend(left_out(facts));
    blocks.extend(search(facts));
    blocks.push(heading("What we use it for"));
    for activity in activities {
        blocks.push(Block::Terms(rows(activity, request.answer.audience)));
    }
    let known = recipients(request);
    if !known.is_empty() {
        blocks.push(paragraph("These people have been given information about you:"));
        blocks.push(Block::Bullets(known));
    }
    let source = source(request);
    if !source.is_empty() {
        blocks.push(paragraph(format!("Some of it came from here: {}", sentence(&source))));
    }
    blocks.extend(machine(activities));
    blocks.extend(away(activities));
    blocks.extend(rights(request, writer, child));
    blocks.extend(complaints(writer, child));
    blocks
}

fn opening(request: &Request, facts: &ReplyFacts) -> Vec<Block> {
    let on = short_date(request.received_on);
    let mut blocks = vec![match about(request) {
        None => paragraph(format!("On {on} you asked us what we know about you.")),
        Some(name) => paragraph(format!("On {on} you asked us what we know about {name}. “You” means {name} in this letter.")),
    }];
    blocks.push(paragraph(match facts.items {
        0 if facts.withheld.is_empty() && !facts.unconfirmed => "We looked, and we did not find anything about you.".to_owned(),
        0 => "We looked. There is nothing there that we have to show you.".to_owned(),
        1 => "Yes, we use information about you. A copy comes with this letter. It has one part.".to_owned(),
        many => format!("Yes, we use information about you. A copy comes with this letter. It has {many} parts."),
    }));
    if let Some(first) = completes(request) {
        blocks.push(paragraph(format!("We sent you some of it on {first}. This is the rest.")));
    }
    if let Some(rest) = &request.answer.rest {
        blocks.push(paragraph(format!(
            "This is the first part. Still to come: {} You will have it by {}.",
            sentence(&rest.what.shown()),
            short_date(rest.by)
        )));
    }
    blocks
}

/// Who else knows, and the offer to read it together.
fn talk(writer: &Writer, request: &Request, child: bool) -> Vec<Block> {
    let mut blocks = vec![
        heading("We can read it with you"),
        paragraph(format!(
            "If you like, we meet you and read it through together. You can ask anything. You can bring somebody you trust. Just tell our {}: {}.",
            writer.signatory, writer.contact
        )),
    ];
    if child && own(request) {
        blocks.push(paragraph("We have sent this to you and to nobody else. We have not sent a copy to your parents."));
    }
    blocks
}

fn left_out(facts: &ReplyFacts) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !facts.withheld.is_empty() {
        blocks.push(heading("What we left out, and why"));
        blocks.push(paragraph("The law says that we may not, or need not, show you everything. We left out this:"));
        blocks.push(Block::Terms(
            facts
                .withheld
                .iter()
                .map(|one| {
                    (sentence(&one.what).trim_end_matches('.').to_owned(), format!("{} The rule: {}.", sentence(&one.why), one.provision))
                })
                .collect(),
        ));
    }
    if facts.unconfirmed {
        blocks.push(paragraph(
            "Sometimes the law does not let us say if we have something or not. So this letter does not tell you if there is more, or if there is nothing more.",
        ));
    }
    blocks
}

fn search(facts: &ReplyFacts) -> Vec<Block> {
    let mut blocks = vec![heading("Where we looked"), Block::Bullets(facts.places.clone())];
    if !facts.not_searched.is_empty() {
        blocks.push(paragraph("We did not look here, and this is why:"));
        blocks.push(Block::Bullets(facts.not_searched.clone()));
    }
    if facts.unreadable > 0 {
        blocks.push(paragraph(format!(
            "Our computer could not open some things ({}). There is a list at the end of the copy.",
            facts.unreadable
        )));
    }
    blocks
}

/// One use, with a line for each idea.
fn rows(activity: &ActivityText, audience: Audience) -> Vec<(String, String)> {
    let purpose = if activity.purpose.starts_with("to ") { activity.purpose.clone() } else { format!("for this: {}", activity.purpose) };
    let mut why = vec![format!("We use it {}.", purpose.trim_end_matches('.'))];
    why.extend(plain_bases(&activity.basis, audience).into_iter().map(str::to_owned));
    [
        ("Why do we use it?", why.join("\n")),
        ("What do we know about you?", activity.categories.join("\n")),
        ("Who else gets it?", or(&activity.recipients.join("\n"), "Nobody else.")),
        ("How long do we keep it?", or(&sentence(&activity.retention), "Only as long as we need it for this.")),
        ("Who told us?", or(&sentence(&activity.source), "You.")),
    ]
    .map(|(term, text)| (term.to_owned(), text))
    .to_vec()
}

fn machine(activities: &[&ActivityText]) -> Vec<Block> {
    let mut blocks = vec![heading("Does a computer decide things about you?")];
    let logic: Vec<String> = activities.iter().filter_map(|a| a.automated.as_ref()).map(|logic| sentence(logic)).collect();
    if logic.is_empty() {
        blocks.push(paragraph("No. People decide."));
    } else {
        blocks.push(paragraph(format!("Yes, in one thing or more. {}", logic.join(" "))));
    }
    blocks.push(paragraph(
        "If a computer ever decides something important, we must tell you (UK GDPR Article 22C). You can say what you think, you can ask a person to look at it, and you can say that it is wrong.",
    ));
    blocks
}

fn away(activities: &[&ActivityText]) -> Vec<Block> {
    let mut blocks = vec![heading("Does it leave the country?")];
    let mut said: Vec<String> = Vec::new();
    for activity in activities.iter().filter(|activity| !activity.countries.is_empty()) {
        let text = format!(
            "Some of it goes to: {} This is what keeps it safe there: {}",
            sentence(&activity.countries.join("; ")),
            sentence(&or(&activity.safeguards, "ask us"))
        );
        if !said.contains(&text) {
            said.push(text);
        }
    }
    if said.is_empty() {
        blocks.push(paragraph("No. It stays in the United Kingdom."));
    } else {
        blocks.extend(said.into_iter().map(paragraph));
        blocks.push(paragraph("You can ask us for a copy of the promises that keep it safe."));
    }
    blocks
}

fn rights(request: &Request, writer: &Writer, child: bool) -> Vec<Block> {
    let mut blocks = vec![
        heading("What you can ask us now"),
        bullets([
            "You can tell us when something is wrong, and we put it right.",
            "You can ask us to delete something.",
            "You can ask us not to use something for a while.",
            "You can say that you do not want us to use something. Then we stop, or we explain why we cannot.",
            "If you said yes to something, you can say no later.",
        ]),
    ];
    if let Some(extension) = &request.extension {
        blocks.push(paragraph(format!(
            "This took longer than a month. We wrote to you on {} to say why: {}",
            short_date(extension.notice_on),
            sentence(&extension.reasons.shown())
        )));
    }
    blocks.push(paragraph(match &request.fee {
        None => "This costs you nothing.".to_owned(),
        Some(fee) => format!("We asked for {} for this. Ask us why, and we explain it.", super::super::pounds(fee.total())),
    }));
    let help = if child { " A grown-up you trust can help you." } else { " Someone can help you." };
    blocks.push(paragraph(format!(
        "Would you like this in big letters, as plain text, or read aloud? Ask us: {}. If you ask for one more copy of the same thing, we may ask you to pay what it costs us, but we tell you first.{help}",
        writer.contact
    )));
    blocks
}

/// The three routes of Article 12(4) and 15(1)(ea) and (f).
fn complaints(writer: &Writer, child: bool) -> Vec<Block> {
    let help = if child { " A grown-up can help you." } else { " Someone can help you." };
    vec![
        heading("Not happy?"),
        Block::Bullets(vec![
            format!(
                "You can complain to us. Write to {}. Within 30 days we tell you that we have it. The law says so: Data Protection Act 2018, section 164A.",
                writer.contact
            ),
            format!(
                "You can complain to {}. They check that everybody looks after information properly: {}, telephone {}, {}. The law says so: Data Protection Act 2018, section 165.",
                writer.regulator.name, writer.regulator.web, writer.regulator.phone, writer.regulator.post
            ),
            format!("You can ask a court to make us do what the law says (Data Protection Act 2018, sections 167 and 180).{help}"),
        ]),
    ]
}
