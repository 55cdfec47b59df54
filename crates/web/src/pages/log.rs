//! Record a request that reached the organisation, by any way; or hand over its e-mail.

use axum::response::Response;
use domain::calendar::When;
use domain::casework::intake::recognise;
use domain::casework::request::{Channel, Person};
use domain::rights::{PROCEDURES, RequestKind};
use domain::{Refusal, RefusalCode};
use services::requests::{OnBehalf, ReceiveForm, from_mail, receive_kinds};

use crate::error::Problem;
use crate::extract::{Upload, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::FormPage;
use crate::submit;

/// `GET /requests/new`
pub(crate) async fn show(visit: Visit) -> Result<Response, Problem> {
    visit.page(&log_page())
}

/// `POST /requests/new`
pub(crate) async fn submit(visit: Visit, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = log_page();
    page.form = page.form.filled(&sent);
    let Some((form, kinds, at)) = read(&sent, &mut page.form) else { return visit.page(&page) };
    let (user, state) = (actor.user.to_string(), visit.state.clone());
    let work = async {
        let received = visit.state.run(move |app| receive_kinds(app, &actor, form, &kinds, at)).await;
        ended(&visit, received, page)
    };
    state.once.run(&user, &sent.once(), work).await
}

/// `GET /requests/upload`
pub(crate) async fn show_upload(visit: Visit) -> Result<Response, Problem> {
    visit.page(&upload_page())
}

/// `POST /requests/upload`
pub(crate) async fn upload(visit: Visit, upload: Upload) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let mut page = upload_page();
    page.form = page.form.filled(&upload.sent);
    let given = ["received-day", "received-month", "received-year"].iter().any(|part| !upload.sent.text(part).is_empty());
    let received_on = if given { page.form.need_date(&upload.sent, "received") } else { None };
    if upload.bytes.is_empty() {
        page.form.complain("file", "Choose the message");
    }
    if page.form.is_refused() {
        return visit.page(&page);
    }
    let sure = upload.sent.text("sure") == "yes";
    let (user, key, state) = (actor.user.to_string(), upload.sent.once().with(&upload.bytes), visit.state.clone());
    let work = async {
        let received = visit.state.run(move |app| from_mail(app, &actor, &upload.bytes, received_on, sure)).await;
        ended(&visit, received, page)
    };
    state.once.run(&user, &key, work).await
}

/// Leads to the new request, or shows the form again with what was refused.
fn ended(visit: &Visit, received: Result<(domain::ids::RecordId, String), Problem>, mut page: FormPage) -> Result<Outcome, Problem> {
    match received {
        Ok((id, _)) => Ok(Outcome::Done(format!("/requests/{id}?done=logged"))),
        Err(Problem::Refused(refusal)) => {
            let field = field_of(&refusal);
            page.form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
            page.once = once::fresh();
            visit.page(&page).map(Outcome::Again)
        }
        Err(problem) => Err(problem),
    }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code {
        RefusalCode::PersonNoIdentifier => "names",
        RefusalCode::DateBeforeReceipt | RefusalCode::DateNeeded | RefusalCode::DateOutOfRange => "received",
        RefusalCode::NotARequest => "sure",
        _ => "",
    }
}

/// The answer of somebody who cannot tell.
const UNSURE: &str = "unsure";

pub(crate) fn log_page() -> FormPage {
    let channels: Vec<(&str, &str, &str)> = Channel::ALL.iter().map(|channel| (channel.key(), channel.title(), "")).collect();
    let about = [
        ("self", "Themselves", ""),
        ("child", "A child, as parent or carer", ""),
        ("agent", "Somebody else, for example as a solicitor", ""),
    ];
    let mut kinds: Vec<(&str, &str, &str)> = PROCEDURES.iter().map(|procedure| (procedure.key, procedure.title, procedure.help)).collect();
    kinds.push((UNSURE, "Not sure", "Tick nothing else: Probity reads the words below and suggests what it is."));
    let fields = vec![
        Field::checkboxes("kind", "What do they ask for?", &kinds)
            .hint("Any wording counts. One message may ask for several things: tick each, and each gets a case of its own."),
        Field::radios("channel", "How did it come?", &channels),
        Field::date("received", "When did it reach anyone in the organisation?")
            .hint("The day it arrived, not the day it was read. For example, 27 11 2026."),
        Field::text("received_time", "At what time?").hint("If you know it, for example 21:05. A withdrawn consent counts from then."),
        Field::text("received_by", "Who received it?"),
        Field::long("words", "What does it say?").hint("The exact words, or a note of what was said.").rows(6),
        Field::radios("about", "Whose data do they ask for?", &about).value("self"),
        Field::long("names", "Name of the person whose data it is").hint("Other names they use or used go on further lines.").rows(2),
        Field::long("emails", "Their e-mail addresses").hint("One a line.").rows(2),
        Field::long("phones", "Their phone numbers").hint("One a line.").rows(2),
        Field::date("born", "Their date of birth").hint("If they gave it. Do not ask for it only for this."),
        Field::long("addresses", "Their postal addresses").hint("Each in one line.").rows(2),
        Field::long("references", "Numbers or user names they have with you").hint("One a line.").rows(2),
        Field::text("asker", "Name of the person who asks").hint("Only if they ask for somebody else."),
        Field::text("asker_contact", "Where to write to the person who asks")
            .hint("Only if they ask for somebody else: an e-mail or postal address."),
    ];
    let mut page = FormPage::new("Record a request", fields, "Record the request")
        .intro("Any wording is a valid request, however it came.")
        .aside("/requests/upload", "It is an e-mail: upload the message instead");
    "/requests/new".clone_into(&mut page.action);
    page.once = once::fresh();
    page
}

pub(crate) fn upload_page() -> FormPage {
    let fields = vec![
        Field::file("file", "The message")
            .hint("As a file that ends in .eml. Most mail programs offer “save as” or let you drag the message to a folder."),
        Field::date("received", "When did it arrive?").hint("Leave empty to use the date in the message."),
        Field::checkboxes("sure", "If it does not read like a request", &[("yes", "It is one all the same: record it", "")]),
    ];
    let mut page = FormPage::new("Upload the e-mail", fields, "Record the request")
        .intro("Who asks, when it arrived and what it says are read from the message. You can check them on the next page.")
        .aside("/requests/new", "Type it in instead")
        .upload();
    "/requests/upload".clone_into(&mut page.action);
    page.once = once::fresh();
    page
}

/// Reads the form; `None` when something is missing, with the complaints in `form`.
fn read(sent: &Sent, form: &mut Form) -> Option<(ReceiveForm, Vec<RequestKind>, Option<When>)> {
    let kinds = kinds(sent, form);
    let channel = Channel::from_key(sent.text("channel"));
    if channel.is_none() {
        form.complain("channel", "Choose how it came");
    }
    let received = submit::when(form, sent, "received", "received_time");
    let received_by = form.need(sent, "received_by", "Enter who received it");
    let words = form.need(sent, "words", "Enter what it says, or a note of what was said");
    let person = person(sent, form);
    let on_behalf = on_behalf(sent, form);
    if form.is_refused() {
        return None;
    }
    let received_on = received?.date();
    let at = received.filter(|when| when.instant().is_some());
    Some((ReceiveForm { channel: channel?, received_on, received_by, words, person, on_behalf }, kinds, at))
}

/// What the person asks for. Somebody who is not sure gets a suggestion from the words, ticked in
/// the form, and decides.
fn kinds(sent: &Sent, form: &mut Form) -> Vec<RequestKind> {
    let kinds: Vec<RequestKind> = sent.all("kind").filter_map(RequestKind::from_key).collect();
    if !kinds.is_empty() {
        return kinds;
    }
    if sent.all("kind").any(|key| key == UNSURE) {
        let read = recognise("", sent.raw("words")).kinds;
        if let Some(field) = form.fields.iter_mut().find(|field| field.name == "kind") {
            for choice in &mut field.choices {
                choice.chosen = read.iter().any(|kind| kind.key() == choice.value);
            }
        }
        let titles: Vec<&str> = read.iter().map(|kind| kind.title()).collect();
        let text = if titles.is_empty() {
            "The words do not say what they ask for. Choose what comes nearest; “A copy of their data” is the widest".to_owned()
        } else {
            format!("From the words it reads like: {}. Check what is ticked now, and record it", titles.join("; "))
        };
        form.complain("kind", text);
    } else {
        form.complain("kind", "Choose what they ask for, or “Not sure”");
    }
    kinds
}

pub(crate) fn person(sent: &Sent, form: &mut Form) -> Person {
    let names = lines(sent, "names");
    if names.is_empty() && lines(sent, "emails").is_empty() && lines(sent, "phones").is_empty() && lines(sent, "references").is_empty() {
        form.complain("names", "Enter a name, or at least one e-mail address, phone number or reference");
    }
    let given = ["born-day", "born-month", "born-year"].iter().any(|part| !sent.text(part).is_empty());
    let born = if given { form.need_date(sent, "born") } else { None };
    if born.is_some_and(|born| born.year() < 1900) {
        form.complain("born", "Enter a date of birth after 1900");
    }
    Person {
        names,
        emails: lines(sent, "emails"),
        phones: lines(sent, "phones"),
        born: born.into_iter().collect(),
        addresses: lines(sent, "addresses"),
        references: lines(sent, "references"),
    }
}

pub(crate) fn on_behalf(sent: &Sent, form: &mut Form) -> Option<OnBehalf> {
    let about = sent.text("about");
    if about == "self" {
        return None;
    }
    if !matches!(about, "child" | "agent") {
        form.complain("about", "Choose whose data they ask for");
        return None;
    }
    let name = form.need(sent, "asker", "Enter the name of the person who asks");
    let contact = form.need(sent, "asker_contact", "Enter where to write to the person who asks");
    Some(if about == "child" { OnBehalf::Child { name, contact } } else { OnBehalf::Agent { name, contact } })
}

fn lines(sent: &Sent, name: &str) -> Vec<String> {
    sent.raw(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn nothing_is_ticked_beforehand_and_nothing_chosen_is_said() {
        let mut form = log_page().form;
        let kind = form.fields.iter().find(|field| field.name == "kind").unwrap();
        assert!(kind.choices.len() > 5 && kind.choices.iter().all(|choice| !choice.chosen));
        assert_eq!(kinds(&Sent::default(), &mut form), []);
        let kind = form.fields.iter().find(|field| field.name == "kind").unwrap();
        assert!(kind.error.contains("Choose what they ask for"), "{}", kind.error);
    }

    const WHOLE: &[(&str, &str)] = &[
        ("kind", "access"),
        ("kind", "erasure"),
        ("received_time", "21:05"),
        ("channel", "phone"),
        ("received-day", "20"),
        ("received-month", "11"),
        ("received-year", "2026"),
        ("received_by", "Front desk"),
        ("words", "Rang and asked for everything."),
        ("about", "child"),
        ("names", "Amelia Hart\nMillie Hart"),
        ("asker", "Joan Hart"),
        ("asker_contact", "joan@example.org"),
    ];

    #[test]
    fn a_whole_form_is_read() {
        let mut form = log_page().form;
        let (read, kinds, at) = read(&sent(WHOLE), &mut form).unwrap();
        assert_eq!(kinds, [RequestKind::Access, RequestKind::Erasure]);
        assert_eq!(at.map(When::shown).as_deref(), Some("Friday 20 November 2026 at 21:05 GMT"));
        assert_eq!(read.channel, Channel::Phone);
        assert_eq!(read.received_on.to_string(), "2026-11-20");
        assert_eq!(read.person.names, ["Amelia Hart", "Millie Hart"]);
        assert_eq!(read.on_behalf, Some(OnBehalf::Child { name: "Joan Hart".into(), contact: "joan@example.org".into() }));
    }

    #[test]
    fn somebody_who_is_not_sure_gets_a_suggestion_and_decides() {
        let mut form = log_page().form;
        let unsure = sent(&[("kind", "unsure"), ("words", "Delete everything you hold on me and stop the newsletter.")]);
        assert!(read(&unsure, &mut form).is_none());
        let kind = form.fields.iter().find(|field| field.name == "kind").unwrap();
        let ticked: Vec<&str> = kind.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.value.as_str()).collect();
        assert_eq!(ticked, ["erasure", "marketing"]);
        assert!(kind.error.contains("Something erased; No more direct marketing"), "{}", kind.error);
    }

    #[test]
    fn every_missing_part_is_named_at_its_field() {
        for missing in ["kind", "channel", "received", "received_by", "words", "names", "asker", "asker_contact", "about"] {
            let some: Vec<(&str, &str)> =
                WHOLE.iter().copied().filter(|(key, _)| *key != missing && !key.starts_with(&format!("{missing}-"))).collect();
            let mut form = log_page().form;
            assert!(read(&sent(&some), &mut form).is_none(), "{missing}");
            assert!(!form.fields.iter().find(|field| field.name == missing).unwrap().error.is_empty(), "{missing}");
        }
    }
}
