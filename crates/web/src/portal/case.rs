//! The page of a followed case, and its three questions.

use domain::calendar::{When, long_date, short_date};
use services::portal::{CaseView, Standing};

use super::follow::Ask;
use super::{PortalPage, Voice};
use crate::forms::{Field, Form};
use crate::pages::form_page::Row;
use crate::pages::request::ClockStep;
use crate::shell::Link;

/// Where the case stands.
pub(super) fn page(voice: Voice, view: &CaseView) -> PortalPage {
    let mut page = PortalPage::new(voice.say(["Where your case stands", "How it is going", "How it is going"]));
    page.reference.clone_from(&view.reference);
    page.paragraphs.push(standing(voice, view));
    page.rows.push(Row::new(voice.say(["It reached us on", "You asked us on", "You asked on"]), long_date(view.received_on)));
    if let Some(deadline) = &view.deadline {
        let due = match (deadline.due, deadline.paused_since) {
            (Some(due), _) => When::shown(due),
            (None, Some(since)) => format!("The time stands still since {}, until your answer is here", short_date(since)),
            (None, None) => "The time begins when what we asked for is here".to_owned(),
        };
        page.rows.push(Row::new(voice.say(["Answer due by", "Our answer comes by", "Our answer comes by"]), due));
        page.steps = deadline.steps.iter().map(|step| ClockStep { what: step.what.clone(), source: step.source.to_string() }).collect();
    }
    if let Some(question) = &view.question {
        page.rows.push(Row::whole(voice.say(["We asked you", "We asked you", "We asked"]), question.as_str()));
        page.links.push(Link::new(voice.at(Ask::Answer.path()), voice.say(["Answer our question", "Answer us", "Answer us"])));
    }
    if view.identity.is_some() {
        page.links.push(Link::new(
            voice.at(Ask::Identity.path()),
            voice.say(["Show us who you are", "Show us that it is really you", "Show us it is you"]),
        ));
    }
    if view.waiting > 0 {
        page.further.push(
            voice
                .say([
                    "What you sent us from here has arrived. A person reads it; the day you sent it counts.",
                    "We have got what you sent us. Somebody will read it.",
                    "We have what you sent.",
                ])
                .to_owned(),
        );
    }
    if view.can_withdraw {
        page.links
            .push(Link::new(voice.at(Ask::Withdraw.path()), voice.say(["Take the request back", "I do not want it any more", "Stop it"])));
    }
    page
}

fn standing(voice: Voice, view: &CaseView) -> String {
    let what = if view.complaint { "complaint" } else { "request" };
    match view.standing {
        Standing::Working => match voice {
            Voice::Plain => format!("We are working on your {what}."),
            Voice::Child | Voice::Easy => "We are working on it.".to_owned(),
        },
        Standing::Waiting => {
            voice.say(["We need something from you.", "We need you to tell us something.", "We need something from you."]).to_owned()
        }
        Standing::Answered(on) => format!("We answered on {}.", long_date(on)),
        Standing::Withdrawn(on) => format!("You took it back on {}.", long_date(on)),
        Standing::Closed(on) => format!("It was finished on {}.", long_date(on)),
    }
}

/// The page of one of the questions.
pub(super) fn question(ask: Ask, voice: Voice, view: &CaseView) -> PortalPage {
    let page = match ask {
        Ask::Answer => {
            let mut page = PortalPage::new(voice.say(["Answer our question", "Answer us", "Answer us"]));
            page.rows =
                vec![Row::whole(voice.say(["We asked you", "We asked you", "We asked"]), view.question.clone().unwrap_or_default())];
            let words = Field::long("words", voice.say(["Your answer", "Your answer", "Your answer"])).hint(voice.say([
                "You do not have to narrow your request. If you want everything, write: everything.",
                "If you want everything, write: everything.",
                "You want everything? Write: everything.",
            ]));
            page.asks(Form::new(vec![words]), voice.at(ask.path()), "Send")
        }
        Ask::Identity => {
            let accepted = view.identity.clone().unwrap_or_default();
            let mut choices: Vec<(&str, &str, &str)> = accepted.iter().map(|kind| (kind.as_str(), kind.as_str(), "")).collect();
            choices.push(("Another way", "Another way, which I describe", ""));
            let fields = vec![
                Field::radios("means", voice.say(["What can you show us?", "What can you show us?", "What can you show us?"]), &choices),
                Field::long("words", voice.say(["How and when can we see it?", "How can we see it?", "How can we see it?"]))
                    .hint(voice.say([
                        "For example on a video call or in person. Do not write the number of a document here: we look at it once and keep no copy.",
                        "For example on a video call, with a grown-up.",
                        "For example: a video call.",
                    ]))
                    .rows(3),
            ];
            PortalPage::new(voice.say(["Show us who you are", "Show us that it is really you", "Show us it is you"]))
                .says(voice.say([
                    "We asked because we were not sure who is asking. Choose what suits you.",
                    "We need to be sure that it is you, so that nobody else gets what is yours.",
                    "We must be sure it is you.",
                ]))
                .asks(Form::new(fields), voice.at(ask.path()), "Send")
        }
        Ask::Withdraw => PortalPage::new(voice.say(["Take the request back", "Stop it", "Stop it"]))
            .says(voice.say([
                "We stop working on it. You can make a new request at any time.",
                "We stop. You can ask again whenever you want.",
                "We stop. You can ask again.",
            ]))
            .asks(Form::default(), voice.at(ask.path()), voice.say(["Take it back", "Yes, stop it", "Yes, stop"])),
    };
    page.link(voice.at("/portal/case"), voice.say(["Back", "Back", "Back"]))
}
