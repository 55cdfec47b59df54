//! Recording a complaint that reached the organisation in any way.

use axum::response::Response;
use domain::RefusalCode;
use domain::casework::complaint::{About, Complainant};
use domain::casework::request::Channel;
use services::complaints::{ComplaintForm, receive};

use crate::error::Problem;
use crate::extract::Visit;
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::FormPage;

/// `GET /complaints/new`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.page(&page())
}

/// `POST /complaints/new`
pub(crate) async fn submit(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = page();
    page.form = page.form.filled(&sent);
    let Some(form) = read(&sent, &mut page.form) else { return visit.page(&page) };
    let (user, state) = (actor.user.to_string(), visit.state.clone());
    let work = async {
        match visit.state.run(move |app| receive(app, &actor, &form)).await {
            Ok((id, _)) => Ok(Outcome::Done(format!("/complaints/{id}?done=complaint-logged"))),
            Err(Problem::Refused(refusal)) => {
                let field = match refusal.code {
                    RefusalCode::ComplaintLate => "let_in",
                    RefusalCode::PersonNoIdentifier => "name",
                    RefusalCode::DateBeforeReceipt | RefusalCode::DateOutOfRange => "received",
                    _ => "",
                };
                page.form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
                page.once = once::fresh();
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, &sent.once(), work).await
}

pub(crate) fn page() -> FormPage {
    let channels: Vec<(&str, &str, &str)> = Channel::ALL.iter().map(|channel| (channel.key(), channel.title(), "")).collect();
    let about: Vec<(&str, &str, &str)> = About::ALL.iter().map(|about| (about.key(), about.title(), "")).collect();
    let fields = vec![
        Field::radios("about", "What is it about?", &about).hint("If in doubt, say both: then every clock runs."),
        Field::radios("channel", "How did it come?", &channels),
        Field::date("received", "When did it reach anyone here?").hint("Whoever received it first, paid or not."),
        Field::text("received_by", "Who received it?"),
        Field::date("in_charge", "When did it reach the person in charge of complaints?").hint("Leave empty if it has not yet."),
        Field::long("words", "What does it say?").hint("The exact words, or a note of what was said.").rows(6),
        Field::text("name", "Who complains?"),
        Field::email("email", "E-mail address"),
        Field::phone("phone", "Phone number"),
        Field::text("address", "Postal address"),
        Field::text("for", "For whom do they complain?").hint("Only if they complain for somebody else."),
        Field::date("aware", "Since when did they know about it?").hint("Only if they said."),
        Field::text("let_in", "Why is it let in after the last day?").hint("Only for a complaint about a service that comes too late."),
    ];
    let mut page = FormPage::new("Record a complaint", fields, "Record the complaint")
        .intro("Any wording is a complaint, however it came and to whomever it was said.");
    "/complaints/new".clone_into(&mut page.action);
    "/complaints".clone_into(&mut page.back);
    page.once = once::fresh();
    page
}

/// Reads the form; `None` when something is missing, with the complaints in `form`.
fn read(sent: &Sent, form: &mut Form) -> Option<ComplaintForm> {
    let about = About::from_key(sent.text("about"));
    if about.is_none() {
        form.complain("about", "Choose what it is about");
    }
    let channel = Channel::from_key(sent.text("channel"));
    if channel.is_none() {
        form.complain("channel", "Choose how it came");
    }
    let received_on = form.need_date(sent, "received");
    let received_by = form.need(sent, "received_by", "Enter who received it");
    let in_charge_on = optional_date(sent, form, "in_charge");
    let words = form.need(sent, "words", "Enter what it says, or a note of what was said");
    let name = form.need(sent, "name", "Enter the name of the person who complains");
    let aware_on = optional_date(sent, form, "aware");
    if form.is_refused() {
        return None;
    }
    Some(ComplaintForm {
        about: about?,
        channel: channel?,
        received_on: received_on?,
        received_by,
        in_charge_on,
        aware_on,
        let_in: sent.optional("let_in"),
        complainant: Complainant {
            name,
            email: sent.text("email").to_owned(),
            phone: sent.text("phone").to_owned(),
            address: sent.text("address").to_owned(),
        },
        on_behalf_of: sent.optional("for"),
        words,
    })
}

/// The date of a field that may be left empty.
pub(super) fn optional_date(sent: &Sent, form: &mut Form, name: &str) -> Option<jiff::civil::Date> {
    let given = ["day", "month", "year"].iter().any(|part| !sent.text(&format!("{name}-{part}")).is_empty());
    if given { form.need_date(sent, name) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[(&str, &str)] = &[
        ("about", "both"),
        ("channel", "phone"),
        ("received-day", "16"),
        ("received-month", "12"),
        ("received-year", "2026"),
        ("received_by", "A volunteer"),
        ("words", "Nobody rang back."),
        ("name", "Joan Hart"),
    ];

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_whole_form_is_read_and_what_may_be_empty_is() {
        let read = read(&sent(WHOLE), &mut page().form).unwrap();
        assert_eq!((read.about, read.channel, read.received_on.to_string().as_str()), (About::Both, Channel::Phone, "2026-12-16"));
        assert_eq!((read.in_charge_on, read.aware_on, read.on_behalf_of), (None, None, None));
    }

    #[test]
    fn every_missing_part_is_named_at_its_field() {
        for missing in ["about", "channel", "received", "received_by", "words", "name"] {
            let some: Vec<(&str, &str)> =
                WHOLE.iter().copied().filter(|(key, _)| *key != missing && !key.starts_with(&format!("{missing}-"))).collect();
            let mut form = page().form;
            assert!(read(&sent(&some), &mut form).is_none(), "{missing}");
            assert!(!form.fields.iter().find(|field| field.name == missing).unwrap().error.is_empty(), "{missing}");
        }
    }
}
