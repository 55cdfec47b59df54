//! Refuse the whole request, with a ground the law knows: decided, signed off, sent.

use domain::casework::request::RefusalGround;
use services::requests::{View, refuse, send_refusal};

use super::Act;
use super::fee::signs;
use crate::forms::Field;
use crate::pages::form_page::{FormPage, Row};

/// The act.
pub(crate) const REFUSE: Act = Act {
    key: "refuse",
    notice: "refusal-prepared",
    then: "",
    page: |view, _| {
        let grounds = view.request.kind.procedure().grounds;
        let grounds = if grounds.is_empty() { RefusalGround::ALL } else { grounds };
        let grounds: Vec<(&str, String)> = grounds.iter().map(|ground| (ground.key(), sentence(ground.title()))).collect();
        let choices: Vec<(&str, &str, &str)> = grounds.iter().map(|(key, title)| (*key, title.as_str(), "")).collect();
        let fields = vec![
            Field::radios("ground", "On what ground?", &choices),
            signs(),
            Field::long("reasons", "The reasons, as the person will read them"),
        ];
        let mut page = FormPage::new("Refuse the request", fields, "Keep the decision to refuse")
            .intro("If only some of the information is covered, do not refuse: answer, and withhold that part.")
            .intro("A refusal on an exemption names it: answer its questions on the page Exemptions first.")
            .law("A refusal gives its reasons and says how to complain to us, to the regulator and to a court (UK GDPR Article 12(4)).")
            .warning("Nothing goes out yet: the refusal waits to be approved.")
            .aside("exemptions", "Exemptions and their questions");
        if !view.sign_off.is_empty() {
            page = page.intro(format!("By your policy it is signed off by the {}.", view.sign_off));
        }
        page
    },
    perform: |doing, form| {
        let ground = RefusalGround::from_key(doing.sent.text("ground"));
        if ground.is_none() {
            form.complain("ground", "Choose the ground");
        }
        let reasons = form.need(doing.sent, "reasons", "Write the reasons");
        match ground {
            Some(ground) if !form.is_refused() => {
                let signs: Vec<String> = doing.sent.all("sign").map(str::to_owned).collect();
                refuse(doing.app, doing.actor, (doing.id, doing.version), ground, &reasons, &signs).map(drop)
            }
            _ => Ok(()),
        }
    },
};

/// Sending the refusal that was signed off.
pub(crate) const SEND_REFUSAL: Act = Act {
    key: "send-refusal",
    notice: "refused",
    then: "",
    page: |view, _| {
        FormPage::new("Send the refusal", Vec::new(), "Make the letter and record it as sent")
            .check(refusing(view))
            .aside("preview", "Read the letter (PDF)")
            .warning("The request ends with this.")
    },
    perform: |doing, _| send_refusal(doing.app, doing.actor, doing.id, doing.version).map(drop),
};

/// What somebody decided to refuse, and why.
pub(super) fn refusing(view: &View) -> Vec<Row> {
    let Some(refusing) = &view.request.refusing else { return Vec::new() };
    vec![Row::new("Ground", sentence(refusing.ground.title())), Row::whole("Reasons", refusing.reasons.shown())]
}

/// With a capital letter at the front.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
