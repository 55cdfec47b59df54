//! A notice in short sentences, for children and for easy read: the same demands of the
//! law, without its words. A reader finds for each use why, what, from whom, for whom and
//! how long, one idea a line.

use super::{
    basis::{Basis, bases},
    heading,
    notice::joined_or,
    paragraph,
};
use crate::{
    letters::{Block, Writer},
    policy::Activity,
};

/// The words for one audience.
pub(super) struct Words {
    who: &'static str,
    uses: &'static str,
    why: &'static str,
    what: &'static str,
    from: &'static str,
    shared: &'static str,
    kept: &'static str,
    basis: fn(Basis) -> &'static str,
    unknown: &'static str,
    private: &'static str,
    must: &'static str,
    need: [&'static str; 3],
    free: &'static str,
    away: &'static str,
    stays: &'static str,
    machine: &'static str,
    people: &'static str,
    again: &'static str,
    rights: &'static [&'static str],
    carry: &'static str,
    help: &'static str,
    complain: [&'static str; 3],
}

pub(super) const CHILD: Words = Words {
    who: "Who are we?",
    uses: "Here is what we use your information for, one thing after the other.",
    why: "Why do we use it?",
    what: "What do we know about you?",
    from: "Who tells us?",
    shared: "Who else sees it?",
    kept: "How long do we keep it?",
    basis: Basis::child,
    unknown: "We have checked that the law lets us. Ask us, and we explain it to you.",
    private: "Some of it is very private. We take extra care of that.",
    must: "Do you have to tell us?",
    need: [
        "Some things we need to know to keep a promise we made. Without them we cannot keep it.",
        "Some things the law makes us ask for.",
        "Anything else you need not tell us. But we may be able to help you less.",
    ],
    free: "No. But if you tell us less, we may be able to help you less.",
    away: "Does it leave the country?",
    stays: "No. It stays in the United Kingdom.",
    machine: "Does a computer decide things about you?",
    people: "No. People decide.",
    again: "You can always ask a person to look at it again.",
    rights: &[
        "You can ask us what we know about you, and get a copy.",
        "You can tell us when something is wrong, and we put it right.",
        "You can ask us to delete something, or not to use it for a while.",
        "You can tell us that you do not want us to use something. Then we stop, or we explain why we cannot.",
        "If you said yes to something, for example a photo, you can say no later.",
        "You can ask in your own words. It costs nothing. We answer within a month.",
        "You can ask a grown-up you trust to help you.",
    ],
    carry: "You can ask for what you gave us in a form that a computer can read.",
    help: "Not happy?",
    complain: [
        "Within 30 days we tell you that we have it.",
        "They check that everybody looks after information properly.",
        "You can ask a court to make us do what the law says. A grown-up can help you.",
    ],
};

pub(super) const EASY: Words = Words {
    who: "Who we are",
    uses: "This is what we use your information for.",
    why: "Why we use it",
    what: "What we keep",
    from: "Who gives it to us",
    shared: "Who else can see it",
    kept: "How long we keep it",
    basis: Basis::easy,
    unknown: "The law lets us.\nAsk us why.",
    private: "Some of it is very private.\nWe take extra care of it.",
    must: "Do you have to tell us?",
    need: [
        "We need some things to keep our agreement with you.",
        "The law makes us ask for some things.",
        "You choose if you tell us more.",
    ],
    free: "No. You choose what you tell us.",
    away: "Other countries",
    stays: "It stays in the United Kingdom.",
    machine: "Computers",
    people: "People decide. Computers do not.",
    again: "You can ask a person to look at it.",
    rights: &[
        "You can see what we keep about you.",
        "You can have a copy.",
        "You can tell us to put it right.",
        "You can ask us to delete it.",
        "You can tell us to stop using it.",
        "If you said yes, you can say no later.",
        "It is free.",
        "We answer in one month.",
        "Someone can help you to ask.",
    ],
    carry: "You can ask for it as a computer file.",
    help: "If you are not happy",
    complain: [
        "We tell you in 30 days or less that we have it.",
        "They check that we follow the rules.",
        "You can ask a court. Someone can help you.",
    ],
};

#[cfg(test)]
impl Words {
    /// All sentences that are ours and not the pack's.
    pub(super) fn sentences(&self) -> Vec<&'static str> {
        let bases = [
            Basis::Consent,
            Basis::Contract,
            Basis::Obligation,
            Basis::VitalInterests,
            Basis::PublicTask,
            Basis::Recognised,
            Basis::Interests,
        ];
        let mut all = bases.map(self.basis).to_vec();
        all.extend([self.who, self.uses, self.why, self.what, self.from, self.shared, self.kept, self.unknown, self.private, self.must]);
        all.extend([self.away, self.stays, self.machine, self.people, self.again, self.carry, self.help, self.free]);
        all.extend(self.need.iter().chain(&self.complain).chain(self.rights));
        all
    }
}

/// The notice proper, between the pack's own opening and closing.
pub(super) fn blocks(activities: &[&Activity], writer: &Writer, words: &Words) -> Vec<Block> {
    let all: Vec<Basis> = activities.iter().flat_map(|activity| bases(&activity.basis)).collect();
    let mut blocks = vec![
        heading(words.who),
        paragraph(format!("We are {}.", writer.organisation)),
        paragraph("We look after your information."),
        paragraph(format!("You can ask our {}: {}.", writer.signatory, writer.contact)),
        paragraph("You can also reach us here:"),
        paragraph(writer.address.join("\n")),
        paragraph(words.uses),
    ];
    for activity in activities {
        blocks.push(heading(if activity.title.is_empty() { words.what } else { &activity.title }));
        blocks.push(Block::Terms(rows(activity, words)));
    }
    blocks.push(heading(words.must));
    blocks.push(Block::Bullets(need(&all, words)));
    blocks.push(heading(words.away));
    blocks.push(away(activities, words));
    blocks.push(heading(words.machine));
    let logic = activities.iter().filter(|activity| activity.automated).map(|activity| activity.automated_logic.as_str());
    let logic = joined_or(logic, "");
    blocks.push(paragraph(if logic.is_empty() { words.people.to_owned() } else { format!("{} {}", uncited(&logic), words.again) }));
    blocks.push(heading("Your rights"));
    let carry = all.iter().any(|basis| matches!(basis, Basis::Consent | Basis::Contract)).then_some(words.carry);
    blocks.push(Block::Bullets(words.rights.iter().copied().chain(carry).map(str::to_owned).collect()));
    blocks.push(heading(words.help));
    blocks.push(Block::Bullets(complain(writer, words)));
    blocks
}

/// One use, with a line for each idea.
fn rows(activity: &Activity, words: &Words) -> Vec<(String, String)> {
    let mut why = vec![if activity.purpose.starts_with("to ") {
        format!("We use it {}.", activity.purpose)
    } else {
        format!("We use it for this: {}.", activity.purpose)
    }];
    let found = bases(&activity.basis);
    if found.is_empty() {
        why.push(words.unknown.to_owned());
    }
    why.extend(found.into_iter().map(|basis| (words.basis)(basis).to_owned()));
    if !activity.special_condition.is_empty() {
        why.push(words.private.to_owned());
    }
    let or = |text: String, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text };
    [
        (words.why, why.join("\n")),
        (words.what, activity.categories.join("\n")),
        (words.from, or(activity.source.clone(), "You.")),
        (words.shared, or(activity.recipients.join("\n"), "Nobody else.")),
        (words.kept, activity.kept.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(term, text)| (term.to_owned(), text))
    .collect()
}

/// Whether the data have to be given: only what is true of these uses.
fn need(all: &[Basis], words: &Words) -> Vec<String> {
    let [contract, law, otherwise] = words.need;
    let mut lines = Vec::new();
    lines.extend(all.contains(&Basis::Contract).then_some(contract));
    lines.extend(all.contains(&Basis::Obligation).then_some(law));
    lines.push(if lines.is_empty() { words.free } else { otherwise });
    lines.into_iter().map(str::to_owned).collect()
}

/// Where the data go abroad, each place once, with what keeps them safe.
fn away(activities: &[&Activity], words: &Words) -> Block {
    let mut lines: Vec<String> = Vec::new();
    for activity in activities.iter().filter(|activity| !activity.transfers.is_empty()) {
        let safe = activity.safeguards.to_lowercase();
        let kept = match (safe.contains("adequacy"), safe.contains("agreement") || safe.contains("addendum") || safe.contains("clauses")) {
            (true, false) => "The law there protects you too.".to_owned(),
            (false, true) => "They have signed a promise to keep it safe.".to_owned(),
            (true, true) => "The law there protects you too, or they have signed a promise to keep it safe.".to_owned(),
            (false, false) => format!("It is kept safe like this: {}.", uncited(&activity.safeguards)),
        };
        for line in
            [format!("Some of it goes here: {}.", activity.transfers.join(", ")), kept, "Ask us if you want to know more.".to_owned()]
        {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    if lines.is_empty() { paragraph(words.stays) } else { Block::Bullets(lines) }
}

/// The three ways to complain (DPA 2018 sections 164A, 165, 167 and 180). The provisions
/// stand apart, for whoever helps the reader.
fn complain(writer: &Writer, words: &Words) -> Vec<String> {
    let [us, they, court] = words.complain;
    let regulator = &writer.regulator;
    let reach: Vec<&str> =
        [&regulator.web, &regulator.phone, &regulator.post].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
    vec![
        format!("You can tell us: {}. {us}", writer.contact),
        format!("You can tell {}: {}. {they}", regulator.name, reach.join(", ")),
        court.to_owned(),
        "For people who help you: Data Protection Act 2018, section 164A (complaint to us), section 165 (complaint to the regulator), sections 167 and 180 (court).".to_owned(),
    ]
}

/// A text without the provisions it cites in brackets.
fn uncited(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, tail) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        if ["Article", "Schedule", "section", "DPA"].iter().any(|word| inside.contains(word)) {
            out.truncate(out.trim_end().len());
        } else {
            out.push('(');
            out.push_str(inside);
            out.push(')');
        }
        rest = tail;
    }
    out.push_str(rest);
    out.trim().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provisions_in_brackets_are_left_out_and_other_brackets_stay() {
        assert_eq!(uncited("an agreement (Article 46), and locks (two of them)."), "an agreement, and locks (two of them)");
        assert_eq!(uncited("no brackets"), "no brackets");
    }
}
