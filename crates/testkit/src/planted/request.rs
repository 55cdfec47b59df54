//! The request itself, and what it says about who asks.

use crate::expectation::Person;
use crate::mime::MailBuilder;
use crate::people::Invented;
use crate::phrase::choose;
use crate::rng::Rng;
use crate::when::When;

const WORDING: &str = "[Dear Sir or Madam|Hello|To whom it may concern],

[Under the data protection law I am asking for a copy of all the personal data you hold about me.|Please treat this as a subject access request. I would like a copy of everything you hold about me.] [This includes e-mails, notes and files.|That means e-mails between staff as well as documents.]

So that you can find it: my full name is NAME, I was born on BORN, I live at ADDRESS and my telephone number is PHONE. I have always written to you from EMAIL.

[An electronic copy is fine.|Please send it to this e-mail address.]

[Yours faithfully|With kind regards],
SHORT
PHONE
ADDRESS
";

/// The request by e-mail, sent on Friday 20 November 2026.
pub(super) fn request(rng: &mut Rng, subject: &Invented, domain: &str) -> Vec<u8> {
    let full = format!("{} {} {}", subject.given, subject.middle, subject.surname);
    let body = choose(WORDING, rng)
        .replace("NAME", &full)
        .replace("BORN", &subject.born.strftime("%-d %B %Y").to_string())
        .replace("ADDRESS", &subject.address())
        .replace("PHONE", &subject.mobile)
        .replace("EMAIL", &subject.email)
        .replace("SHORT", &subject.name());
    let mail = MailBuilder::from(&subject.name(), &subject.email)
        .to("", &format!("office@{domain}"))
        .subject(&choose("[Subject access request|My personal data|Request for my records]", rng))
        .id(&format!("request.{}@{}", rng.digits(8), subject.email.split('@').next_back().unwrap_or_default()))
        .body(&body);
    match When::parse("2026-11-20 16:12") {
        Some(when) => mail.date(when).build_crlf(),
        None => mail.build_crlf(),
    }
}

/// What the request says about who asks.
pub(super) fn person(subject: &Invented) -> Person {
    Person {
        names: vec![subject.name(), format!("{} {} {}", subject.given, subject.middle, subject.surname)],
        nicknames: vec![subject.nickname.clone()],
        emails: vec![subject.email.clone()],
        phones: vec![subject.mobile.clone()],
        born: Some(subject.born.to_string()),
        addresses: vec![subject.address()],
        references: Vec::new(),
    }
}
