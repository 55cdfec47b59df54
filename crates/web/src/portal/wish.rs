//! The four forms: make a request, complain, take back a consent, stop marketing. One field a
//! thing, in the visitor's own words; what is wrong is said at its field and in a summary.

use axum::response::{IntoResponse, Redirect, Response};
use domain::RefusalCode;
use domain::calendar::Right;
use domain::casework::complaint::About;
use services::portal::{Other, Sending, What, send};

use super::{PortalPage, Visitor, Voice};
use crate::error::Problem;
use crate::forms::{Field, Form, Sent};

/// Longest texts, in characters.
const WORDS: usize = 10_000;
const LINE: usize = 254;

/// Which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A request under one of the rights.
    Request,
    /// A complaint.
    Complaint,
    /// Consent is withdrawn.
    Consent,
    /// No more marketing.
    Marketing,
}

impl Wish {
    const ALL: [Self; 4] = [Self::Request, Self::Complaint, Self::Consent, Self::Marketing];

    const fn path(self) -> &'static str {
        match self {
            Self::Request => "/portal/request",
            Self::Complaint => "/portal/complaint",
            Self::Consent => "/portal/consent",
            Self::Marketing => "/portal/marketing",
        }
    }
}

/// `GET` of a form.
pub(crate) async fn show(wish: Wish, visitor: Visitor) -> Result<Response, Problem> {
    visitor.page(page(wish, visitor.voice), wish.path()).await
}

/// `POST` of a form. Sent twice with the same key it makes one record.
pub(crate) async fn submit(wish: Wish, visitor: Visitor, sent: Sent) -> Result<Response, Problem> {
    let mut page = page(wish, visitor.voice);
    let mut form = page.form.take().unwrap_or_default().filled(&sent);
    let Some(sending) = read(wish, &sent, &mut form) else {
        page.form = Some(form);
        return visitor.page(page, wish.path()).await;
    };
    let (once, from) = (sent.text("once").to_owned(), visitor.from.clone());
    match visitor.state.run(move |app| send(app, &from, &once, &sending)).await {
        Ok(reference) => Ok(Redirect::to(&visitor.voice.at(&format!("/portal/sent?reference={reference}"))).into_response()),
        Err(Problem::Refused(refusal)) => {
            let field = if refusal.code == RefusalCode::PersonNoIdentifier { "name" } else { "" };
            form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            page.form = Some(form);
            visitor.page(page, wish.path()).await
        }
        Err(problem) => Err(problem),
    }
}

/// The rights as a visitor knows them.
const RIGHTS: &[(Right, [&str; 3])] = &[
    (Right::Access, ["Get a copy of the data held about me", "See what you wrote about me", "See my information"]),
    (Right::Rectification, ["Correct or complete data that are wrong", "Put something right that is wrong", "Change what is wrong"]),
    (Right::Erasure, ["Delete data", "Delete something about me", "Delete my information"]),
    (
        Right::Restriction,
        ["Stop using data for now, but keep them", "Stop using something for now, but keep it", "Keep it but do not use it"],
    ),
    (Right::Objection, ["Stop a use of the data", "Stop using something about me", "Stop using my information"]),
    (Right::Portability, ["Get data in a file to take elsewhere", "Get a file to take to somebody else", "Give me a file"]),
    (
        Right::AutomatedDecisions,
        [
            "Have a person look at a decision made by a computer",
            "Ask a person to check what a computer decided",
            "A computer decided. I want a person to look.",
        ],
    ),
];

/// Formats of the answer.
const FORMATS: &[(&str, &str)] = &[
    ("", "As usual, on paper or by e-mail"),
    ("large print", "Large print"),
    ("easy read", "Easy read"),
    ("read out", "Read out to me, by phone or in person"),
    ("another language or format", "In another language or format: I say which in my words"),
];

fn page(wish: Wish, voice: Voice) -> PortalPage {
    let heading = match wish {
        Wish::Request => voice.say(["Make a request", "Ask for something", "Ask us for something"]),
        Wish::Complaint => voice.say(["Complain about how your data were used", "Tell us we did something wrong", "Make a complaint"]),
        Wish::Consent => voice.say(["Take back a consent", "Change your mind about a yes", "Take back your yes"]),
        Wish::Marketing => voice.say(["Stop marketing", "Stop adverts and newsletters", "Stop adverts"]),
    };
    let intro = match wish {
        Wish::Request => voice.say([
            "Say it in your own words. If you choose the wrong kind of request, we work out the right one.",
            "Say it in your own words. You cannot do it wrong.",
            "Use your own words. You cannot get it wrong.",
        ]),
        Wish::Complaint => voice.say([
            "Tell us what happened. You hear from us within 30 days, and we tell you what we found out. Complaining changes nothing about how you are treated here.",
            "Tell us what happened. You hear from us within 30 days. We look into it and tell you what we found out. Nobody will be cross.",
            "Tell us what happened. You hear from us in 30 days or less.",
        ]),
        Wish::Consent => voice.say([
            "You can take back a consent at any time, and nothing bad follows from it. From the moment you send this we stop what rested on it. It does not change what was done before.",
            "You said yes to something. You can change your mind whenever you want. From now on we stop. Nobody will be cross.",
            "You can change your mind. You can say no now. We stop.",
        ]),
        Wish::Marketing => voice.say([
            "We stop as soon as we have read this. You need no reason.",
            "We will stop. You do not have to say why.",
            "We will stop.",
        ]),
    };
    let form = Form::new(fields(wish, voice));
    let button = voice.say(["Send", "Send it to us", "Send"]);
    let mut page = PortalPage::new(heading).says(intro).asks(form, voice.at(wish.path()), button);
    if voice == Voice::Child {
        page = page.says("A grown-up you trust can help you with this. If you are in danger now, ring 999. To talk to somebody, ring Childline on 0800 1111: it is free.");
    }
    page
}

fn fields(wish: Wish, voice: Voice) -> Vec<Field> {
    let mut fields = Vec::new();
    match wish {
        Wish::Request => fields.push(which(voice)),
        Wish::Complaint => fields.push(Field::radios(
            "about",
            voice.say(["What is it about?", "What is it about?", "What is it about?"]),
            &[
                ("data", "How you used or looked after personal data", ""),
                ("service", "A service", ""),
                ("both", "Both, or I am not sure", ""),
            ],
        )),
        Wish::Consent | Wish::Marketing => {}
    }
    fields.push(words_field(wish, voice));
    fields.push(Field::text("name", voice.say(["Your name", "Your name", "Your name"])).autocomplete("name"));
    if wish != Wish::Marketing {
        fields.push(
            Field::radios(
                "who",
                voice.say(["Whose data is it about?", "Who is it about?", "Who is it about?"]),
                &[
                    ("me", voice.say(["Mine", "Me", "Me"]), ""),
                    ("child", voice.say(["My child’s", "My child", "My child"]), ""),
                    ("other", voice.say(["Somebody else’s, for whom I act", "Somebody else I speak for", "Another person"]), ""),
                ],
            )
            .value("me"),
        );
        fields.push(Field::text("other", voice.say(["Name of the other person", "Their name", "Their name"])).hint(voice.say([
            "Only if it is about somebody else.",
            "Only if it is not about you.",
            "Only if it is not you.",
        ])));
    }
    let reach = voice.say([
        "Give at least one way to reach you.",
        "Tell us at least one way to reach you. It can be the address of a grown-up you trust.",
        "Tell us how to reach you. One is enough.",
    ]);
    fields.push(Field::email("email", "E-mail address").hint(reach).autocomplete("email"));
    fields.push(Field::phone("phone", "Phone number").autocomplete("tel"));
    fields.push(Field::long("address", "Postal address").rows(3).autocomplete("street-address"));
    if matches!(wish, Wish::Request | Wish::Complaint) {
        let formats: Vec<(&str, &str, &str)> = FORMATS.iter().map(|(value, label)| (*value, *label, "")).collect();
        fields.push(
            Field::radios(
                "format",
                voice.say(["How do you want the answer?", "How do you want the answer?", "How do you want the answer?"]),
                &formats,
            )
            .value(""),
        );
    }
    fields
}

fn which(voice: Voice) -> Field {
    let mut choices: Vec<(&str, &str, &str)> = RIGHTS.iter().map(|(right, words)| (right.id(), voice.say(*words), "")).collect();
    choices.push(("unsure", voice.say(["Something else, or I am not sure", "Something else, or I do not know", "I do not know"]), ""));
    Field::radios("which", voice.say(["What do you want?", "What do you want?", "What do you want?"]), &choices)
}

fn words_field(wish: Wish, voice: Voice) -> Field {
    let (label, hint) = match wish {
        Wish::Request => (
            voice.say(["What is it about, in your own words?", "Tell us more, in your own words", "Tell us more"]),
            voice.say([
                "For a copy of everything you can leave this empty. It helps us to know when and where you had to do with us.",
                "If you want to see everything, you can leave this empty.",
                "For everything: leave this empty.",
            ]),
        ),
        Wish::Complaint => (
            voice.say(["What happened, and what would put it right?", "What happened, and what would make it right?", "What went wrong?"]),
            "",
        ),
        Wish::Consent => (
            voice.say(["What did you agree to?", "What did you say yes to?", "What did you say yes to?"]),
            voice.say(["For example photographs, or sharing with a school.", "For example a photo of you.", "For example: a photo."]),
        ),
        Wish::Marketing => (
            voice.say(["What shall stop?", "What shall stop?", "What shall stop?"]),
            voice.say([
                "Leave this empty and everything of the kind stops.",
                "Leave this empty and all of it stops.",
                "Empty: we stop all.",
            ]),
        ),
    };
    Field::long("words", label).hint(hint).rows(6)
}

/// Reads the form; `None` when something is missing, with the complaints in `form`.
fn read(wish: Wish, sent: &Sent, form: &mut Form) -> Option<Sending> {
    let what = what(wish, sent, form);
    let words = sent.text("words").to_owned();
    let may_be_empty = matches!(what, Some(What::Right(Right::Access) | What::Marketing));
    if words.is_empty() && !may_be_empty {
        form.complain("words", "Write what it is about, in your own words");
    }
    if words.chars().count() > WORDS {
        form.complain("words", "Use 10,000 characters at most, and send the rest in another way");
    }
    let name = form.need(sent, "name", "Enter your name");
    let email = sent.text("email").to_owned();
    if !email.is_empty() && !is_email(&email) {
        form.complain("email", "Enter an e-mail address like name@example.org");
    }
    for (field, most) in [("name", LINE), ("other", LINE), ("phone", LINE), ("address", 2 * LINE)] {
        if sent.text(field).chars().count() > most {
            form.complain(field, "This is too long");
        }
    }
    let address = sent.text("address").lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ");
    if email.is_empty() && sent.text("phone").is_empty() && address.is_empty() {
        form.complain("email", "Enter an e-mail address, a phone number or a postal address");
    }
    let other = other(wish, sent, form);
    let format = FORMATS.iter().map(|(value, _)| *value).find(|value| *value == sent.text("format")).unwrap_or_default().to_owned();
    if form.is_refused() {
        return None;
    }
    Some(Sending { what: what?, name, email, phone: sent.text("phone").to_owned(), address, other, words, format })
}

fn what(wish: Wish, sent: &Sent, form: &mut Form) -> Option<What> {
    match wish {
        Wish::Request if sent.text("which") == "unsure" => Some(What::Unsure),
        Wish::Request => {
            let right = RIGHTS.iter().map(|(right, _)| *right).find(|right| right.id() == sent.text("which"));
            if right.is_none() {
                form.complain("which", "Choose what you want");
            }
            right.map(What::Right)
        }
        Wish::Complaint => {
            let about = About::from_key(sent.text("about"));
            if about.is_none() {
                form.complain("about", "Choose what it is about");
            }
            about.map(What::Complaint)
        }
        Wish::Consent => Some(What::Consent),
        Wish::Marketing => Some(What::Marketing),
    }
}

fn other(wish: Wish, sent: &Sent, form: &mut Form) -> Option<Other> {
    if wish == Wish::Marketing || sent.text("who") == "me" {
        return None;
    }
    let child = sent.text("who") == "child";
    if !child && sent.text("who") != "other" {
        form.complain("who", "Choose whose data it is about");
        return None;
    }
    let name = form.need(sent, "other", "Enter the name of the other person");
    Some(Other { name, child })
}

/// Good enough to write to: one `@` with something on both sides, no spaces, nothing that
/// could end a header line.
pub(super) fn is_email(text: &str) -> bool {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, ',' | ';' | '<' | '>' | '"'));
    let parts = text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'));
    plain && parts && text.len() <= LINE
}

pub(super) fn samples(voice: Voice) -> Vec<PortalPage> {
    let mut pages: Vec<PortalPage> = Wish::ALL.iter().map(|wish| page(*wish, voice)).collect();
    for wish in [Wish::Request, Wish::Complaint] {
        let mut refused = page(wish, voice);
        let mut form = refused.form.take().unwrap_or_default();
        let _ = read(wish, &Sent::default(), &mut form);
        refused.form = Some(form);
        pages.push(refused);
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[(&str, &str)] =
        &[("which", "erasure"), ("words", "Delete my old photo."), ("name", "Amelia Hart"), ("who", "me"), ("email", "amelia@example.org")];

    fn read_with(wish: Wish, changes: &[(&str, &str)]) -> (Option<Sending>, Form) {
        let mut all: Vec<(String, String)> = WHOLE
            .iter()
            .filter(|(key, _)| !changes.iter().any(|(changed, _)| changed == key))
            .map(|(k, v)| ((*k).into(), (*v).into()))
            .collect();
        all.extend(changes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let mut form = page(wish, Voice::Plain).form.unwrap();
        (read(wish, &Sent(all), &mut form), form)
    }

    #[test]
    fn a_whole_form_is_read() {
        let sending = read_with(Wish::Request, &[]).0.unwrap();
        assert_eq!((sending.what, sending.email.as_str(), sending.other), (What::Right(Right::Erasure), "amelia@example.org", None));
        let child = read_with(Wish::Request, &[("who", "child"), ("other", "Millie Hart"), ("format", "large print")]).0.unwrap();
        assert_eq!((child.other, child.format.as_str()), (Some(Other { name: "Millie Hart".into(), child: true }), "large print"));
        assert!(read_with(Wish::Request, &[("which", "access"), ("words", "")]).0.is_some(), "everything needs no words");
        assert!(read_with(Wish::Marketing, &[("words", ""), ("who", "")]).0.is_some());
    }

    #[test]
    fn what_is_missing_or_wrong_is_said_at_its_field() {
        let long = "x".repeat(WORDS + 1);
        for (field, value) in [
            ("which", "everything"),
            ("words", ""),
            ("words", long.as_str()),
            ("name", " "),
            ("who", "dog"),
            ("email", ""),
            ("email", "a@b"),
            ("email", "a@b.c\r\nBcc: x@y.z"),
            ("email", "a@b.c, d@e.f"),
        ] {
            let (sending, form) = read_with(Wish::Request, &[(field, value)]);
            assert!(sending.is_none(), "{field}");
            assert!(!form.fields.iter().find(|f| f.name == field).unwrap().error.is_empty(), "{field}");
        }
    }

    #[test]
    fn any_one_way_to_reach_somebody_is_enough() {
        for (field, value) in [("phone", "020 7946 0000"), ("address", "1 Green Street\nExampleton")] {
            let sending = read_with(Wish::Complaint, &[("about", "both"), ("email", ""), (field, value)]).0.unwrap();
            assert_eq!((sending.email.is_empty(), sending.what), (true, What::Complaint(About::Both)));
        }
    }
}
