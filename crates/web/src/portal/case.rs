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
            (None, Some(since)) => {
                format!("We are waiting for your answer since {}. The time goes on when it is here", short_date(since))
            }
            (None, None) => "The time begins when we have what we asked you for".to_owned(),
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
                    "What you sent us from here has arrived. A person reads it next. The day that counts is the day you sent it.",
                    "We have got what you sent us. Somebody will read it next.",
                    "We have what you sent. We will read it.",
                ])
                .to_owned(),
        );
    }
    if view.can_withdraw {
        page.links.push(Link::new(
            voice.at(Ask::Withdraw.path()),
            voice.say(["Take the request back", "I do not want it any more", "Stop my request"]),
        ));
    }
    page
}

fn standing(voice: Voice, view: &CaseView) -> String {
    let what = if view.complaint { "complaint" } else { "request" };
    match view.standing {
        Standing::Working => match voice {
            Voice::Plain => {
                format!("We are working on your {what}. You do not have to do anything now. We write to you when there is news.")
            }
            Voice::Child => "We are working on it. You do not have to do anything now. We will tell you when there is news.".to_owned(),
            Voice::Easy => "We are working on it. You can wait. We will write to you.".to_owned(),
        },
        Standing::Waiting => voice
            .say([
                "We need something from you before we can finish. What it is stands below, and you can send it from here.",
                "We need you to tell us something. You can do it right here, below.",
                "We need something from you. Look below.",
            ])
            .to_owned(),
        Standing::Answered(on) => {
            let day = long_date(on);
            match voice {
                Voice::Plain => {
                    format!("We answered on {day}. If our answer has not reached you, or you think that something in it is wrong, tell us.")
                }
                Voice::Child => {
                    format!("We answered on {day}. If you did not get it, or something in it is wrong, tell us. Nobody will be cross.")
                }
                Voice::Easy => format!("We answered on {day}. Is something wrong? Tell us."),
            }
        }
        Standing::Withdrawn(on) => {
            format!(
                "{} {}",
                said_on("You took it back on", on),
                voice.say(["You can ask again at any time.", "You can ask again whenever you want.", "You can ask again."])
            )
        }
        Standing::Closed(on) => {
            format!(
                "{} {}",
                said_on("It was finished on", on),
                voice.say([
                    "If you think that something is missing, tell us.",
                    "If you think that something is missing, tell us.",
                    "Is something missing? Tell us."
                ])
            )
        }
    }
}

fn said_on(words: &str, on: jiff::civil::Date) -> String {
    format!("{words} {}.", long_date(on))
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
                        "For example on a video call, with a grown-up you trust. Do not write the number of a passport here.",
                        "For example: a video call. Do not write the number of a passport.",
                    ]))
                    .rows(3),
            ];
            PortalPage::new(voice.say(["Show us who you are", "Show us that it is really you", "Show us it is you"]))
                .says(voice.say([
                    "We were not sure who is asking, and we do not want to give your data to somebody else. Choose what suits you. When you have sent it, we write to you about when to show it.",
                    "We need to be sure that it is you, so that nobody else gets what is yours. Choose one. Then we write to you. If you have none of these, choose another way.",
                    "We must be sure it is you. Choose one. Then we write to you.",
                ]))
                .asks(Form::new(fields), voice.at(ask.path()), "Send")
        }
        Ask::Withdraw => PortalPage::new(voice.say(["Take the request back", "I do not want it any more", "Stop my request"]))
            .says(voice.say([
                "When you press the button, we stop working on your request and you get no answer to it. You need no reason, and you can make a new request at any time.",
                "When you press the button, we stop, and you will not get an answer. You do not have to say why. You can ask again whenever you want.",
                "Press the button and we stop. You get no answer. You can ask again.",
            ]))
            .asks(Form::default(), voice.at(ask.path()), voice.say(["Take it back", "Yes, stop my request", "Yes, stop my request"])),
    };
    page.link(voice.at("/portal/case"), voice.say(["Back", "Back", "Back"]))
}
