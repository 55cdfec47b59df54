//! Privacy notices: what UK GDPR Articles 13 and 14 demand, from the record of processing,
//! in the words of the audience.

use jiff::civil::Date;

use super::{
    Document,
    basis::{Basis, bases},
    heading, paragraph, simple,
};
use crate::{
    letters::{Block, Writer, complaint_routes},
    policy::{Activity, Audience, Notice, Policy},
};

/// The notice of the pack with this id, if there is one.
pub fn notice_for(policy: &Policy, id: &str, writer: &Writer) -> Option<Document> {
    policy.notices().notice.iter().find(|notice| notice.id == id).map(|found| notice(policy, found, writer))
}

/// A notice. What the law demands cannot be switched off: the pack adds its own opening and
/// closing, and says whom it is for.
pub fn notice(policy: &Policy, notice: &Notice, writer: &Writer) -> Document {
    let activities: Vec<&Activity> = policy.processing().iter().filter(|activity| concerns(activity, notice)).collect();
    let mut blocks: Vec<Block> = notice.introduction.iter().map(paragraph).collect();
    blocks.extend(match notice.audience {
        Audience::Adult => adult(&activities, writer),
        Audience::Child => simple::blocks(&activities, writer, &simple::CHILD),
        Audience::EasyRead => simple::blocks(&activities, writer, &simple::EASY),
    });
    if !notice.closing.is_empty() {
        blocks.push(heading(if notice.audience == Audience::Adult { "What else you should know" } else { "Remember" }));
        blocks.extend(notice.closing.iter().map(paragraph));
    }
    Document {
        title: notice.title.clone(),
        organisation: writer.organisation.clone(),
        about: about(policy, notice, writer.today),
        blocks,
        foot: format!("{}, version {}", notice.title, policy.about().version),
        audience: notice.audience,
    }
}

fn concerns(activity: &Activity, notice: &Notice) -> bool {
    notice.subjects.is_empty() || activity.subjects.iter().any(|subject| notice.subjects.contains(subject))
}

/// Version and day. When it is given to people matters to whoever hands it out, and only an
/// adult's notice says it.
fn about(policy: &Policy, notice: &Notice, today: Date) -> Vec<(String, String)> {
    let mut terms = vec![("Version".to_owned(), policy.about().version.clone()), super::printed(today)];
    if !notice.given.is_empty() && notice.audience == Audience::Adult {
        terms.push(("Given".to_owned(), notice.given.clone()));
    }
    terms
}

/// Articles 13(1) and (2) and 14(1) and (2), for adults.
fn adult(activities: &[&Activity], writer: &Writer) -> Vec<Block> {
    let all: Vec<Basis> = activities.iter().flat_map(|activity| bases(&activity.basis)).collect();
    let mut blocks = vec![
        heading("Who we are"),
        paragraph(format!("{} is the controller of your personal data: we decide what it is used for.", writer.organisation)),
        Block::Terms(vec![("Reach us".to_owned(), writer.address.join("\n")), (writer.signatory.clone(), writer.contact.clone())]),
        heading("What we use your data for"),
    ];
    blocks.extend(activities.iter().map(|activity| Block::Terms(rows(activity))));
    blocks.push(heading("Whether you have to give it to us"));
    blocks.push(Block::Bullets(need(&all)));
    blocks.push(heading("Decisions by machines"));
    let automated = activities.iter().filter(|activity| activity.automated).map(|activity| activity.automated_logic.as_str());
    blocks.push(paragraph(joined_or(automated, "We make no decisions about you by automated means alone.")));
    blocks.push(heading("Your right to object"));
    blocks.push(paragraph(objection(&all)));
    blocks.push(heading("Your other rights"));
    blocks.push(Block::Bullets(RIGHTS.map(str::to_owned).to_vec()));
    blocks.push(heading("If you are not satisfied"));
    blocks.push(Block::Bullets(complaint_routes(writer)));
    blocks
}

/// One activity as the law wants it told.
fn rows(activity: &Activity) -> Vec<(String, String)> {
    let transfers = if activity.transfers.is_empty() {
        "no".to_owned()
    } else {
        format!(
            "{}. Safeguards: {}. Ask us if you want to see them.",
            activity.transfers.join("; "),
            activity.safeguards.trim_end_matches('.')
        )
    };
    let mut basis = activity.basis.clone();
    if !activity.special_condition.is_empty() {
        basis = format!("{basis}; for special categories of data: {}", activity.special_condition);
    }
    [
        ("Use", activity.title.clone()),
        ("Purpose", activity.purpose.clone()),
        ("Lawful basis", basis),
        ("Kinds of data", activity.categories.join("; ")),
        ("Where it comes from", if activity.source.is_empty() { "you".to_owned() } else { activity.source.clone() }),
        ("Shared with", if activity.recipients.is_empty() { "nobody".to_owned() } else { activity.recipients.join("; ") }),
        ("How long we keep it", activity.kept.clone()),
        ("Sent outside the UK", transfers),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(term, text)| (term.to_owned(), text))
    .collect()
}

/// Article 13(2)(e): whether the data have to be given, and what follows if they are not.
fn need(all: &[Basis]) -> Vec<String> {
    let cases = [
        (Basis::Contract, "Where we use data for a contract with you, we need them: without them we cannot make the contract or keep it."),
        (
            Basis::Obligation,
            "Where a law obliges us to hold data, we have to ask you for them, and cannot do without them what that law is about.",
        ),
        (Basis::Consent, "Where we ask for your consent, you are free to refuse, and nothing else depends on it."),
    ];
    let mut lines: Vec<String> = cases.into_iter().filter(|(basis, _)| all.contains(basis)).map(|(_, line)| line.to_owned()).collect();
    let free = if lines.is_empty() { "You are free to give us your data or not." } else { "You are free to give us anything else or not." };
    lines.push(format!("{free} Without it we may be able to do less for you."));
    lines
}

/// Article 21(4): the right to object is told apart from everything else.
fn objection(all: &[Basis]) -> String {
    let marketing = "If we use your data for direct marketing, tell us to stop and we stop, without asking why.";
    if all.iter().any(|basis| matches!(basis, Basis::PublicTask | Basis::Recognised | Basis::Interests)) {
        format!(
            "You can object when we use your data for our legitimate interests or for a public task. Tell us what is different in your case. We stop, unless we have compelling reasons to go on, and then we tell you what they are. {marketing}"
        )
    } else {
        marketing.to_owned()
    }
}

/// The rights of Article 13(2)(b) to (c), but for the right to object.
const RIGHTS: [&str; 6] = [
    "You can ask for a copy of the data we hold about you.",
    "You can ask us to correct what is wrong and to complete what is incomplete.",
    "You can ask us to erase your data, or to restrict what we do with it.",
    "You can ask for data you gave us in a form that another service can read, where we hold it by consent or contract.",
    "Where we rely on your consent, you can withdraw it at any time. What we did before then stays lawful.",
    "You can ask in any words, to anybody who works for us. It is free. We answer within a month. A difficult request may take up to two months longer, and then we tell you so within the first month.",
];

/// The texts that are not empty, each once, or another.
pub(super) fn joined_or<'a>(texts: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    let mut all: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    all.dedup();
    if all.is_empty() { otherwise.to_owned() } else { all.join(" ") }
}
