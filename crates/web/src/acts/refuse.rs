//! Refuse the whole request, with a ground the law knows.

use domain::casework::request::RefusalGround;
use services::requests::refuse;

use super::Act;
use super::fee::signs;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

/// The act.
pub(crate) const REFUSE: Act = Act {
    key: "refuse",
    notice: "refused",
    then: "",
    page: |_, _| {
        let grounds: Vec<(&str, String)> = RefusalGround::ALL.iter().map(|ground| (ground.key(), sentence(ground.title()))).collect();
        let choices: Vec<(&str, &str, &str)> = grounds.iter().map(|(key, title)| (*key, title.as_str(), "")).collect();
        let fields = vec![
            Field::radios("ground", "On what ground?", &choices),
            signs(),
            Field::long("reasons", "The reasons, as the person will read them"),
        ];
        FormPage::new("Refuse the request", fields, "Refuse and make the letter")
            .intro("If only some of the information is covered, do not refuse: answer, and withhold that part.")
            .law("A refusal gives its reasons and says how to complain to us, to the regulator and to a court (UK GDPR Article 12(4)).")
            .warning("The request ends with this.")
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

/// With a capital letter at the front.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
