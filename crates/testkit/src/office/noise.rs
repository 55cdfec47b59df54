//! Mail that is about nobody in particular: a first message and sometimes an answer that quotes it.

use super::Staff;
use crate::mime::{Charset, Encoding, MailBuilder, charset};
use crate::people::Cast;
use crate::phrase::{Block, Scene, blocks};
use crate::rng::Rng;
use crate::when::When;
use crate::write::{escape, html};

const SCRIPT: &str = include_str!("../../material/noise.txt");

/// One or two messages that belong together, oldest first, with when they were sent.
pub type Conversation = Vec<(When, String, Vec<u8>)>;

/// A conversation between the team and somebody outside or within the team.
pub fn conversation(rng: &mut Rng, cast: &Cast, team: &[Staff], first: When, serial: usize) -> Conversation {
    let blocks = blocks(SCRIPT);
    let Some(block) = blocks.get(rng.below(blocks.len())) else { return Vec::new() };
    let mut scene = Scene::new(cast);
    let (Some(insider), Some(other)) = (pair(rng, team), pair(rng, team)) else { return Vec::new() };
    let within = block.get("from") == "staff";
    let writer = if within { (other.name.clone(), other.email.clone()) } else { outsider(&mut scene, block, rng) };
    scene.say("to", insider.first());
    if within {
        scene.say("me", other.first());
    }
    let subject = scene.fill(block.get("subject"), rng);
    let body = scene.fill(block.body, rng);
    let id = format!("{:x}.{serial}@{}", first.seconds(), domain(&writer.1));
    let mail = MailBuilder::from(&writer.0, &writer.1).to(&insider.name, &insider.email).subject(&subject).date(first.clone()).id(&id);
    let mail = if rng.chance(15) { mail.cc(&other.name, &other.email) } else { mail };
    let mut out = vec![(first.clone(), writer.1.clone(), dress(mail, &body, rng).build())];

    if rng.chance(35) {
        let answer = scene.fill(block.get("answer"), rng);
        let later = first.later((rng.between(9, 170) + 1440 * rng.below(3)) as i64);
        let text = quoted(&format!("{answer}\n\n{}", signature(insider)), &first, &writer.0, &body);
        let reply = MailBuilder::from(&insider.name, &insider.email)
            .to(&writer.0, &writer.1)
            .subject(&format!("Re: {subject}"))
            .date(later.clone())
            .id(&format!("{:x}.{serial}r@{}", later.seconds(), domain(&insider.email)))
            .in_reply_to(&id);
        out.push((later, insider.email.clone(), dress(reply, &text, rng).build()));
    }
    out
}

/// Running office text, for measuring detectors: filled templates without their headers.
pub fn paragraphs(rng: &mut Rng, cast: &Cast, out: &mut String, least: usize) {
    let blocks = blocks(SCRIPT);
    while out.len() < least {
        let Some(block) = blocks.get(rng.below(blocks.len())) else { return };
        let mut scene = Scene::new(cast);
        out.push_str(&scene.fill(block.get("subject"), rng));
        out.push_str("\n\n");
        out.push_str(&scene.fill(block.body, rng));
        out.push_str("\n\n");
    }
}

/// An answer above the quotation of what it answers.
pub fn quoted(answer: &str, when: &When, who: &str, body: &str) -> String {
    let quotation: String = body.lines().map(|line| if line.is_empty() { ">\n".to_owned() } else { format!("> {line}\n") }).collect();
    format!("{answer}\n\n{}, {who} wrote:\n{quotation}", when.quoted())
}

/// What staff put below a message.
fn signature(staff: &Staff) -> String {
    format!("{}\n{}", staff.name, staff.role)
}

fn pair<'a>(rng: &mut Rng, team: &'a [Staff]) -> Option<&'a Staff> {
    team.get(rng.below(team.len()))
}

fn outsider(scene: &mut Scene<'_>, block: &Block<'_>, rng: &mut Rng) -> (String, String) {
    let person = scene.person(if block.get("from") == "parent" { "parent-me" } else { "me" }, rng);
    scene.set("me", person.clone());
    (person.name(), person.email)
}

fn domain(address: &str) -> &str {
    address.split('@').next_back().unwrap_or("host.example")
}

/// Sends the body one of the ways mail programs do.
fn dress(mail: MailBuilder, body: &str, rng: &mut Rng) -> MailBuilder {
    let lines: Vec<String> = body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    match rng.below(20) {
        0..=2 => mail.body(body).encoding(Encoding::Base64),
        3..=6 => mail.body(body).encoding(Encoding::QuotedPrintable),
        7..=9 => mail.body(body).html(&html::fragment(&lines)).encoding(Encoding::QuotedPrintable),
        10 => mail.html(&format!("<html><body><div style=\"font-family:sans-serif\">{}</div></body></html>", html::fragment(&lines))),
        11 if charset::fits_windows_1252(body) => mail.body(body).charset(Charset::Windows1252),
        12 => mail.body(body).attach("programme.html", "text/html", format!("<p>{}</p>", escape(body)).into_bytes()),
        _ => mail.body(body),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_fills_without_a_slot_left() {
        let cast = Cast::new();
        let mut rng = Rng::new(11);
        for block in blocks(SCRIPT) {
            for _ in 0..20 {
                let mut scene = Scene::new(&cast);
                let all = [block.get("subject"), block.body, block.get("answer")].map(|text| scene.fill(text, &mut rng)).join("\n");
                assert!(!all.contains(['{', '}', '[', ']']), "{}: {all}", block.name);
                assert!(!block.get("subject").is_empty() && !block.get("answer").is_empty(), "{}", block.name);
            }
        }
        assert!(blocks(SCRIPT).len() >= 20);
    }

    #[test]
    fn answers_quote_what_they_answer() {
        let cast = Cast::new();
        let mut rng = Rng::new(2);
        let team = Staff::team(&cast, &mut rng, "school.example");
        let when = When::parse("2024-03-05 10:00").unwrap();
        let pairs: Vec<Conversation> =
            (0..60).map(|n| conversation(&mut rng, &cast, &team, when.clone(), n)).filter(|c| c.len() == 2).collect();
        assert!(pairs.len() > 8);
        for pair in pairs {
            assert!(pair[1].0 > pair[0].0);
            assert!(String::from_utf8_lossy(&pair[1].2).contains("In-Reply-To: <"));
        }
    }
}
