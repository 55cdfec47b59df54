//! Documents of a shared folder that are about nobody in particular.

use crate::people::Cast;
use crate::phrase::Scene;
use crate::rng::Rng;
use crate::when::When;
use crate::write::{Sheet, delimited, docx, html, pdf, xlsx};

/// What a document of each format says, one template a format.
const REGISTER: &str = "Name | Born | School | Contact | Telephone\n{child} | {child.dob} | {school} | {parent} | {parent.phone}\n{child2} | {child2.dob} | {school2} | {parent2} | {parent2.phone}\n{child3} | {child3.dob} | {school} | {parent3} | {parent3.landline}\n{child4} | {child4.dob} | {school3} | {parent4} | {parent4.phone}\n{child5} | {child5.dob} | {school2} | {parent5} | {parent5.landline}";
const LEDGER: &str = "Date | Supplier | Reference | Amount | Approved by\n{date} | {supplier} | {invoice} | {n}.50 | {volunteer}\n{date2} | {supplier2} | {invoice2} | {n2}.00 | {volunteer}\n{date3} | {supplier3} | {invoice3} | {n3}.25 | {volunteer2}\n{date4} | {supplier} | {invoice4} | {n4}.80 | {volunteer2}";
const PLAN: &str = "Session plan: {topic}\nAim: by the end everybody has made something to take home and can say one new word about it.\n[Warm-up|Opening game], ten minutes in {room}. {volunteer} leads.\nMaking, forty minutes in groups of four. {volunteer2} looks after the tools.\nSnack: {snack}. Two children have dairy-free portions.\nSharing and tidying, ten minutes.\nWhat to watch: scissors out of reach of the little ones; {room2} gets slippery.\nNotes afterwards: [a calm hour, the string was too short|too many for one table, split next time|they asked to do it again].";
const ASSESSMENT: &str = "Risk assessment: {club} at {room}\nAssessor: {volunteer}, {date}.\nHazard | Who | What we do | Who checks\nWet floor by the sink | Everybody | Mat, sign, mop at hand | {volunteer2}\nHot drinks | Children | Lids, adults' table only | {volunteer}\nStrangers at the door | Children | Buzzer, sign-in sheet | Front desk\nReview after any accident, otherwise in {month}.";
const LETTER: &str = "Dear {parent},\nThank you for your enquiry about {club}. We can offer {child} a place from {month}. Sessions are on {day}s from {time} in {room}.\nPlease return the form with your emergency contacts. We have you at {parent.address}, telephone {parent.landline}; do correct us if that has changed.\nThere is nothing to pay. If travel is difficult, ask us about the minibus.\nYours sincerely,\n{volunteer}";
const REPORT: &str = "Report to {funder}\nBetween {month} and {month2} we ran {n} sessions of {club} for {n2} children. Attendance was best on {day}s.\nOne parent told us: \"It is the only hour of the week I do not worry.\"\nWe spent £{big}. Wages were the largest part, then transport, then materials.\nWhat we learned: small groups, food first, and a grown-up who stays the same.\nPrepared by {volunteer}, checked by {volunteer2}.";

/// A document's path in the shared folder and its bytes.
pub fn document(rng: &mut Rng, cast: &Cast, serial: usize) -> (String, Vec<u8>) {
    let mut scene = Scene::new(cast);
    let when = When::in_office_hours(rng, (2021, 2, 1), (2026, 10, 30));
    let year = when.date().year();
    let (folder, title, template, kind) = match rng.below(9) {
        0 => ("Registers", "Register {club}", REGISTER, "xlsx"),
        1 => ("Registers", "Contacts {club}", REGISTER, "csv"),
        2 => ("Finance", "Purchases {month}", LEDGER, "xlsx"),
        3 => ("Sessions", "Plan {topic}", PLAN, "docx"),
        4 => ("Sessions", "Notes {topic}", PLAN, "txt"),
        5 => ("Safety", "Risk assessment {club}", ASSESSMENT, "docx"),
        6 => ("Letters", "Offer of a place {month}", LETTER, "docx"),
        7 => ("Funding", "Report {month}", REPORT, "pdf"),
        _ => ("Intranet", "How we run {club}", PLAN, "html"),
    };
    let title = scene.fill(title, rng);
    let body = scene.fill(template, rng);
    let author = scene.person("volunteer", rng).name();
    let sheet = Sheet::new(&title, &author, &when.utc(), &body);
    let bytes = match kind {
        "xlsx" => xlsx::xlsx(&sheet),
        "csv" => delimited::csv(&sheet, serial.is_multiple_of(2)),
        "txt" => format!("{title}\n\n{body}\n").into_bytes(),
        "pdf" => pdf::pdf(&sheet),
        "html" => html::page(&sheet),
        _ => docx::docx(&sheet),
    };
    (format!("shared/{folder}/{year}/{title} {serial}.{kind}"), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_differ_and_every_format_occurs() {
        let cast = Cast::new();
        let mut rng = Rng::new(6);
        let made: Vec<(String, Vec<u8>)> = (0..80).map(|n| document(&mut rng, &cast, n)).collect();
        for ending in ["xlsx", "csv", "docx", "txt", "pdf", "html"] {
            assert!(made.iter().any(|(path, _)| path.ends_with(ending)), "{ending}");
        }
        let mut paths: Vec<&String> = made.iter().map(|(path, _)| path).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), 80);
        assert!(paths.iter().all(|path| !path.contains(['{', '[', ':'])));
    }
}
