//! Items about one invented person, hidden among everyday mail: what the acceptance test of a scan plays.

mod carriers;
pub mod recall;
mod request;
mod ways;

use crate::expectation::{Expectation, Person};
use crate::office::{Staff, conversation};
use crate::people::{Cast, Invented};
use crate::phrase::{Scene, blocks};
use crate::rng::Rng;
use crate::when::When;
use crate::write::mailbox::{append_mbox, maildir_name};
use carriers::{Item, Placed};
use ways::WAYS;

const SCRIPT: &str = include_str!("../../material/planted.txt");
/// The domain of the invented organisation.
const DOMAIN: &str = "brightfold.example";
/// How many items are planted for each way of naming somebody.
const EACH: usize = 2;

/// A mailbox and files with items about one person.
#[derive(Debug, Clone)]
pub struct Planted {
    /// Path relative to the root of the material, and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Every planted item.
    pub expected: Vec<Expectation>,
    /// The access request as an e-mail.
    pub request_mail: Vec<u8>,
    /// The person, as the request identifies them.
    pub person: Person,
    /// The organisation's people: name, e-mail address, role.
    pub directory: Vec<(String, String, String)>,
}

/// Plants items among about `n_noise` unrelated messages. The person, the team and everybody else differ from seed to seed.
pub fn planted(seed: u64, n_noise: usize) -> Planted {
    let rng = Rng::new(seed);
    let mut cast = Cast::new();
    let subject = cast.draw_subject(&mut rng.fork("subject"));
    cast.keep_for(&subject);
    let team = Staff::team(&cast, &mut rng.fork("team"), DOMAIN);
    for member in &team {
        cast.keep_words(&member.name, "");
    }
    let mut out = Collected::default();
    plant(&mut out, &rng, &cast, &team, &subject);
    namesakes(&mut out, &rng, &cast, &team, &subject);
    noise(&mut out, &rng, &cast, &team, n_noise);
    Planted {
        files: out.finish(&mut rng.fork("order")),
        expected: out.expected,
        request_mail: request::request(&mut rng.fork("request"), &subject, DOMAIN),
        person: request::person(&subject),
        directory: team.into_iter().map(|staff| (staff.name, staff.email, staff.role)).collect(),
    }
}

/// What has been made so far, by where it goes.
#[derive(Debug, Default)]
struct Collected {
    files: Vec<(String, Vec<u8>)>,
    mbox: Vec<(String, When, Vec<u8>)>,
    zip: Vec<(String, Vec<u8>)>,
    expected: Vec<Expectation>,
    serial: usize,
}

impl Collected {
    fn maildir(&mut self, when: &When, bytes: Vec<u8>) -> String {
        self.serial += 1;
        let path = format!("mail/cur/{}", maildir_name(when, self.serial, "brightfold"));
        self.files.push((path.clone(), bytes));
        path
    }

    fn finish(&mut self, rng: &mut Rng) -> Vec<(String, Vec<u8>)> {
        rng.shuffle(&mut self.mbox);
        let mut mbox = Vec::new();
        for (sender, when, message) in &self.mbox {
            append_mbox(&mut mbox, sender, when, message);
        }
        let mut files = std::mem::take(&mut self.files);
        files.push(("old-mailbox.mbox".into(), mbox));
        files.push(("export.zip".into(), crate::write::zip::zip(&self.zip)));
        files.sort();
        files
    }
}

fn plant(out: &mut Collected, rng: &Rng, cast: &Cast, team: &[Staff], subject: &Invented) {
    let blocks = blocks(SCRIPT);
    let mut rng = rng.fork("plant");
    for way in WAYS {
        let fitting: Vec<_> = blocks.iter().filter(|block| block.get("kind") == way.kind).collect();
        let start = rng.below(fitting.len());
        for turn in 0..EACH {
            let Some(block) = fitting.get((start + turn) % fitting.len()) else { continue };
            let mut scene = Scene::new(cast);
            scene.set("me", subject.clone());
            let about = scene.fill(way.mention, &mut rng);
            let about = if way.kind == "contact" { ways::rewrite(&about, turn) } else { about };
            let item = carriers::compose(&mut rng, cast, team, block, &about);
            let placed = carriers::carry(&mut rng, way.carrier, item, subject);
            let (third_party, place) = (placed.third_party, placed.place);
            let (path, inside) = match place {
                Placed::Maildir(when, bytes) => (out.maildir(&when, bytes), String::new()),
                Placed::Mbox { id, sender, when, bytes } => {
                    out.mbox.push((sender, when, bytes));
                    ("old-mailbox.mbox".to_owned(), id)
                }
                Placed::Zip(name, bytes) => {
                    out.zip.push((name.clone(), bytes));
                    ("export.zip".to_owned(), name)
                }
                Placed::File(path, bytes) => {
                    out.files.push((path.clone(), bytes));
                    (path, String::new())
                }
            };
            out.expected.push(Expectation { path, inside, how: way.how.to_owned(), band: way.band, third_party });
        }
    }
}

/// Messages about other people of the same surname or given name, who must not be mistaken for the person.
fn namesakes(out: &mut Collected, rng: &Rng, cast: &Cast, team: &[Staff], subject: &Invented) {
    let mut rng = rng.fork("namesakes");
    let blocks = blocks(SCRIPT);
    for turn in 0..6 {
        let about = if turn % 2 == 0 {
            cast.namesake(&mut rng, &subject.surname).name()
        } else {
            format!("{} {}", subject.given, cast.draw(&mut rng, (1970, 2000)).surname)
        };
        let Some(block) = blocks.get(turn) else { continue };
        let item: Item = carriers::compose(&mut rng, cast, team, block, &about);
        let when = item.when.clone();
        out.maildir(&when, carriers::plain(&item));
    }
}

fn noise(out: &mut Collected, rng: &Rng, cast: &Cast, team: &[Staff], count: usize) {
    let mut rng = rng.fork("noise");
    let mut made = 0;
    while made < count {
        let first = When::in_office_hours(&mut rng, (2021, 1, 11), (2026, 11, 13));
        for (when, sender, bytes) in conversation(&mut rng, cast, team, first, made) {
            made += 1;
            if rng.chance(12) {
                out.mbox.push((sender, when, bytes));
            } else {
                out.maildir(&when, bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests;
