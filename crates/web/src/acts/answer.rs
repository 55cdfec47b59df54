//! How the answer is given: for whom it is written, in which format, what staff know beyond
//! the search; a first part; a second pack.

use domain::casework::request::AnswerFormat;
use domain::personal::Personal;
use domain::policy::Audience;
use services::requests::{AnswerForm, View, prepare_part, set_answer, supplement};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// Audiences with their keys, names and hints.
const AUDIENCES: [(Audience, &str, &str, &str); 3] = [
    (Audience::Adult, "adult", "Words for adults", ""),
    (Audience::Child, "child", "Plain words for a child", "Offers to read it together, and says that the parents were not sent a copy."),
    (Audience::EasyRead, "easy", "Easy read", "Plain words and short sentences for an adult."),
];

/// Format, wording, recipients and source.
pub(crate) const ANSWER: Act = Act {
    key: "answer",
    notice: "answer-set",
    then: "",
    page: |view, app| {
        let policy = app.policy().ok();
        let activities: Vec<(String, String)> =
            policy.iter().flat_map(|policy| policy.processing()).map(|one| (one.id.clone(), one.title.clone())).collect();
        FormPage::new("Say how the answer is given", fields(view, &activities), "Save")
            .law("The answer must be concise, clear and in plain language, above all for a child (UK GDPR Article 12(1)), and name the actual recipients where they are known (Article 15(1)(c)).")
    },
    perform: |doing, form| {
        let audience = AUDIENCES.iter().find(|(_, key, ..)| *key == doing.sent.text("audience")).map(|(audience, ..)| *audience);
        if audience.is_none() {
            form.complain("audience", "Choose in which words");
        }
        let format = AnswerFormat::from_key(doing.sent.text("format"));
        if format.is_none() {
            form.complain("format", "Choose the format");
        }
        let (Some(audience), Some(format)) = (audience, format) else { return Ok(()) };
        let answer = AnswerForm {
            audience,
            format,
            activities: doing.sent.all("activity").map(str::to_owned).collect(),
            recipients: doing.sent.lines("recipients"),
            source: doing.sent.text("source").to_owned(),
        };
        set_answer(doing.app, doing.actor, doing.id, doing.version, &answer).map(drop)
    },
};

fn fields(view: &View, activities: &[(String, String)]) -> Vec<Field> {
    let answer = &view.request.answer;
    let audiences = AUDIENCES.map(|(_, key, title, hint)| (key, title, hint));
    let chosen = AUDIENCES.iter().find(|(audience, ..)| *audience == answer.audience).map_or("adult", |(_, key, ..)| key);
    let formats: Vec<(&str, &str, &str)> = AnswerFormat::ALL.iter().map(|format| (format.key(), format.title(), "")).collect();
    let choices: Vec<(&str, &str, &str)> = activities.iter().map(|(id, title)| (id.as_str(), title.as_str(), "")).collect();
    let mut concerned = Field::checkboxes("activity", "What do you use this person’s data for?", &choices)
        .hint("The letter tells of these. Choose none to tell of all.");
    concerned.choices.iter_mut().for_each(|choice| choice.chosen = answer.activities.contains(&choice.value));
    let recipients = answer.recipients.as_ref().and_then(|known| known.get().cloned()).unwrap_or_default().join("\n");
    let source = answer.source.as_ref().map(Personal::shown).unwrap_or_default();
    let mut fields = vec![
        Field::radios("audience", "In which words?", &audiences).value(chosen),
        Field::radios("format", "In which format did the person ask for it?", &formats).value(answer.format.key()),
    ];
    if !choices.is_empty() {
        fields.push(concerned);
    }
    fields.push(
        Field::long("recipients", "Who has in fact received data about this person?")
            .hint("One a line, with the day where you know it.")
            .rows(3)
            .value(&recipients),
    );
    fields.push(Field::long("source", "Where did the data come from, beyond the record of processing?").rows(2).value(&source));
    fields
}

/// A first part goes out, the rest is named.
pub(crate) const PART: Act = Act {
    key: "part",
    notice: "part-prepared",
    then: "",
    page: |view, _| {
        let fields = vec![
            Field::long("what", "What is still to come?").hint("As the person will read it. For example: the e-mails of 2024.").rows(3),
            Field::date("by", "By when will the person have it?"),
        ];
        FormPage::new("Finish a first part", fields, "Finish this part")
            .intro("What is decided goes into the first part, once it is approved. What is undecided stays in the review.")
            .check(view.deadline.due.map(|due| Row::new("Whole answer due", due.shown())).into_iter().collect())
    },
    perform: |doing, form| {
        let what = form.need(doing.sent, "what", "Say what is still to come");
        match form.need_date(doing.sent, "by") {
            Some(by) if !form.is_refused() => prepare_part(doing.app, doing.actor, doing.id, doing.version, &what, by).map(drop),
            _ => Ok(()),
        }
    },
};

/// A second pack after the answer.
pub(crate) const AGAIN: Act = Act {
    key: "again",
    notice: "supplement",
    then: "",
    page: |_, _| {
        let reason = Field::long("reason", "Why do you look again?")
            .hint("For example: the person complained that the letters of 2023 were missing.");
        FormPage::new("Open the request for a second pack", vec![reason], "Open it again")
            .intro("What was sent stays as it was sent. The second pack and its letter are kept beside it.")
    },
    perform: |doing, form| {
        let reason = form.need(doing.sent, "reason", "Write down why");
        if form.is_refused() { Ok(()) } else { supplement(doing.app, doing.actor, doing.id, doing.version, &reason).map(drop) }
    },
};
