//! Where visitors begin.

use axum::response::Response;
use domain::policy::Organisation;

use super::page::Choice;
use super::{PortalPage, Visitor, Voice};
use crate::error::Problem;

/// `GET /portal`
pub(crate) async fn show(visitor: Visitor) -> Result<Response, Problem> {
    let organisation = visitor.state.run(|app| Ok(app.policy()?.organisation().clone())).await?;
    visitor.page(page(visitor.voice, &visitor.state.settings.organisation, &organisation), "/portal").await
}

fn page(voice: Voice, name: &str, organisation: &Organisation) -> PortalPage {
    let mut page = PortalPage::new(voice.say(["Your personal data", "Information about you", "Information about you"]));
    page.paragraphs = match voice {
        Voice::Plain => vec![
            format!("{name} holds information about people. The law gives you rights over what is about you."),
            "You need no account, no special words and no reason. It is free of charge.".to_owned(),
        ],
        Voice::Child => vec![
            format!("At {name} we write some things down about you. They are about you, so you have a say."),
            "You can do this yourself, or ask a grown-up you trust to help you. It costs nothing, and nobody will be cross.".to_owned(),
        ],
        Voice::Easy => vec![
            format!("{name} keeps information about people."),
            "You have rights.".to_owned(),
            "You do not have to pay.".to_owned(),
            "You can ask somebody to help you.".to_owned(),
        ],
    };
    let choice = |path: &str, text: [&'static str; 3], hint: [&'static str; 3]| Choice {
        href: voice.at(path),
        text: voice.say(text).to_owned(),
        hint: voice.say(hint).to_owned(),
    };
    page.choices = vec![
        choice(
            "/portal/request",
            ["Make a request", "Ask for something", "Ask us for something"],
            [
                "See, correct or delete what is held about you, or stop a use of it.",
                "See what we wrote about you, or ask us to put it right or to delete it.",
                "See your information. Change it. Delete it.",
            ],
        ),
        choice(
            "/portal/complaint",
            ["Complain about how your data were used", "Tell us we did something wrong", "Make a complaint"],
            ["You will hear from us within 30 days.", "We will look into it and write back.", "Tell us what went wrong."],
        ),
        choice(
            "/portal/consent",
            ["Take back a consent", "Change your mind about a yes", "Take back your yes"],
            [
                "You once agreed to something and no longer do.",
                "You said yes to something, like a photo. You can say no now.",
                "You said yes before. You can say no now.",
            ],
        ),
        choice(
            "/portal/marketing",
            ["Stop marketing", "Stop adverts and newsletters", "Stop adverts"],
            ["No more newsletters, appeals or offers.", "We will not send you any more of them.", "We will not send you adverts."],
        ),
    ];
    page.choices.push(choice(
        "/portal/follow",
        ["See how far your case is", "See how it is going", "How is it going?"],
        ["With your reference and your e-mail address.", "With the number we gave you.", "With your number."],
    ));
    let ways: Vec<String> = [
        (!organisation.email.is_empty()).then(|| format!("E-mail: {}", organisation.email)),
        (!organisation.phone.is_empty()).then(|| format!("Phone: {}", organisation.phone)),
        (!organisation.address.is_empty()).then(|| format!("Post: {}", organisation.address.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !ways.is_empty() {
        page.further.push(
            voice
                .say([
                    "You can also tell us in any other way, for example:",
                    "You can also tell anybody who works here, or:",
                    "You can also:",
                ])
                .to_owned(),
        );
        page.bullets = ways;
    }
    page
}

pub(super) fn sample(voice: Voice) -> PortalPage {
    let organisation = Organisation {
        email: "data@greenbank.example".to_owned(),
        phone: "020 7946 0000".to_owned(),
        address: vec!["1 Green Street".to_owned(), "Exampleton".to_owned()],
        ..Organisation::default()
    };
    page(voice, "Greenbank Learning CIC", &organisation)
}
