//! Exemptions of a case: what was decided, and each exemption as a guided form.

use axum::response::Response;
use domain::calendar::short_date;
use domain::casework::request::DecisionForm;
use domain::exemptions::{Answers, EXEMPTIONS, Exemption, Kind, OpenTo, Question};
use domain::ids::RecordId;
use serde::Serialize;
use services::requests::{View, decide_exemption, see};

use crate::error::Problem;
use crate::extract::{At, Visit};
use crate::forms::{Field, Form, Sent};
use crate::once::{self, Outcome};
use crate::pages::form_page::{FormPage, Row};
use crate::templates::Page;

/// One exemption in the list.
#[derive(Debug, Clone, Serialize)]
struct Line {
    href: String,
    title: String,
    about: String,
    provision: String,
    /// Why it cannot be used here; empty when it can.
    closed: &'static str,
}

/// One decision.
#[derive(Debug, Clone, Serialize)]
struct Decided {
    title: String,
    rows: Vec<Row>,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Exemptions {
    caption: String,
    back: String,
    decided: Vec<Decided>,
    open: Vec<Line>,
    listed: Vec<Line>,
    closed: Vec<Line>,
}

/// `GET /requests/{id}/exemptions`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let (view, today) = visit.state.run(move |app| Ok((see(app, &actor, &RecordId::new(id))?, app.today()))).await?;
    visit.page(&page(&view, today))
}

fn page(view: &View, today: jiff::civil::Date) -> Exemptions {
    let request = &view.request;
    let here = format!("/requests/{}", request.facts.id);
    let setting = request.exemption_setting(today);
    let (mut open, mut listed, mut closed) = (Vec::new(), Vec::new(), Vec::new());
    for exemption in EXEMPTIONS {
        let line = Line {
            href: format!("{here}/exemptions/{}", exemption.code),
            title: exemption.title.to_owned(),
            about: exemption.about.to_owned(),
            provision: exemption.provision.to_owned(),
            closed: exemption.usable(setting).err().unwrap_or_default(),
        };
        match exemption.open_to {
            _ if !line.closed.is_empty() => closed.push(Line { href: String::new(), ..line }),
            OpenTo::Listed => listed.push(line),
            OpenTo::Anybody | OpenTo::Nobody(_) => open.push(line),
        }
    }
    let decided = request.exemptions.iter().rev().map(|decision| {
        let title = Exemption::of(&decision.exemption).map_or(decision.exemption.as_str(), |exemption| exemption.title);
        let items: Vec<String> = decision.items.iter().map(ToString::to_string).collect();
        let mut rows = vec![Row::new("Decided", if decision.withheld { "Withheld" } else { "Disclosed" })];
        if !items.is_empty() {
            rows.push(Row::new("Items", items.join(", ")));
        }
        rows.push(Row::new("Kind of information", decision.category.shown()));
        rows.push(Row::whole("Reason", decision.reason.shown()));
        if decision.withheld {
            rows.push(Row::new("The person is told", if decision.told { "Yes" } else { "No: neither confirmed nor denied" }));
        }
        rows.push(Row::new("On", short_date(decision.on)));
        Decided { title: title.to_owned(), rows }
    });
    Exemptions { caption: request.facts.reference.clone(), back: here, decided: decided.collect(), open, listed, closed }
}

/// `GET /requests/{id}/exemptions/{exemption}`
pub(crate) async fn ask(visit: Visit, At((id, code)): At<(String, String)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let view = visit.state.run(move |app| see(app, &actor, &RecordId::new(id))).await?;
    let exemption = Exemption::of(&code).ok_or(Problem::NotFound)?;
    visit.page(&form_page(exemption, &view.request.facts.id.to_string(), &view.request.facts.reference, view.version))
}

/// `POST /requests/{id}/exemptions/{exemption}`
pub(crate) async fn decide(visit: Visit, At((id, code)): At<(String, String)>, sent: Sent) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let exemption = Exemption::of(&code).ok_or(Problem::NotFound)?;
    let (reader, record) = (actor.clone(), RecordId::new(id.clone()));
    let seen = visit.state.run(move |app| see(app, &reader, &record)).await?;
    let version = sent.text("version").parse().unwrap_or(0);
    let mut page = form_page(exemption, &id, &seen.request.facts.reference, version);
    page.form = page.form.filled(&sent);
    let Some(form) = read(exemption, &sent, &mut page.form) else { return visit.page(&page) };
    let (user, state, address) = (actor.user.to_string(), visit.state.clone(), format!("/requests/{id}/exemptions?done=exemption"));
    let work = async {
        let done = visit.state.run(move |app| decide_exemption(app, &actor, &RecordId::new(id), version, &form)).await;
        match done {
            Ok(_) => Ok(Outcome::Done(address)),
            Err(Problem::Refused(refusal))
                if refusal.code != domain::RefusalCode::Conflict && refusal.code != domain::RefusalCode::NotAllowed =>
            {
                let field = if refusal.code == domain::RefusalCode::ExemptionBlanket { "category" } else { "decision" };
                page.form.complain(field, format!("{} {}", refusal.sentence(), refusal.code.next()));
                page.once = once::fresh();
                visit.page(&page).map(Outcome::Again)
            }
            Err(problem) => Err(problem),
        }
    };
    state.once.run(&user, &sent.once(), work).await
}

fn form_page(exemption: &Exemption, id: &str, reference: &str, version: u64) -> FormPage {
    let mut fields: Vec<Field> = exemption.questions.iter().map(field).collect();
    let decisions = [
        ("withhold", "Withhold it", "Only when the test above is met."),
        ("disclose", "Disclose it", "The decision is recorded all the same."),
    ];
    let told = [
        ("yes", "Yes", "The letter names the rule and gives the reason."),
        ("no", "No", "Only where saying so would defeat what the rule protects. The letter then neither confirms nor denies anything."),
    ];
    fields.extend([
        Field::radios("decision", "What do you decide?", &decisions),
        Field::text("items", "Which items?")
            .hint("Their numbers in the review, for example: 3, 5. Leave empty if the search has not been made."),
        Field::text("category", "What kind of information is it?")
            .hint("In words that the person may read, for example: references from two former employers. Never everything."),
        Field::long("reason", "The reason, as the person may read it").rows(3),
        Field::radios("told", "Is the person told that it is withheld?", &told).value("yes"),
        Field::hidden("version", &version.to_string()),
    ]);
    let mut page = FormPage::new(exemption.title, fields, "Record the decision").intro(exemption.about).law(exemption.provision);
    reference.clone_into(&mut page.caption);
    page.back = format!("/requests/{id}/exemptions");
    page.action = format!("/requests/{id}/exemptions/{}", exemption.code);
    page.once = once::fresh();
    page
}

fn field(question: &Question) -> Field {
    let name = format!("q-{}", question.key);
    let field = match question.kind {
        Kind::YesNo(..) | Kind::Weighed => Field::radios(&name, question.ask, &[("yes", "Yes", ""), ("no", "No", "")]),
        Kind::Choice(choices) => {
            let choices: Vec<(&str, &str, &str)> = choices.iter().map(|(value, label)| (*value, *label, "")).collect();
            Field::radios(&name, question.ask, &choices)
        }
        Kind::Day => Field::date(&name, question.ask),
        Kind::Words => Field::long(&name, question.ask).rows(2),
    };
    field.hint(question.help)
}

fn read(exemption: &Exemption, sent: &Sent, form: &mut Form) -> Option<DecisionForm> {
    let mut answers = Answers::new();
    for question in exemption.questions {
        let name = format!("q-{}", question.key);
        let answer = match question.kind {
            Kind::Day => {
                let given = ["day", "month", "year"].iter().any(|part| !sent.text(&format!("{name}-{part}")).is_empty());
                if given { form.need_date(sent, &name).map(|day| day.to_string()) } else { None }
            }
            _ => sent.optional(&name),
        };
        answers.extend(answer.map(|answer| (question.key.to_owned(), answer)));
    }
    let decision = sent.text("decision").to_owned();
    if !matches!(decision.as_str(), "withhold" | "disclose") {
        form.complain("decision", "Choose whether it is withheld or disclosed");
    }
    let items = items(sent.text("items"));
    if items.is_none() {
        form.complain("items", "Enter numbers of items, like 3, 5");
    }
    let reason = form.need(sent, "reason", "Write the reason");
    if form.is_refused() {
        return None;
    }
    Some(DecisionForm {
        exemption: exemption.code.to_owned(),
        withheld: decision == "withhold",
        items: items?,
        category: sent.text("category").to_owned(),
        answers,
        reason,
        told: sent.text("told") != "no",
    })
}

/// Numbers from 1, separated by commas or spaces.
fn items(text: &str) -> Option<Vec<u64>> {
    let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse::<u64>().ok().filter(|number| *number > 0)).collect()
}

/// The guided form of serious harm, as a sample: it has every kind of question.
pub(crate) fn sample_form() -> Option<FormPage> {
    Some(form_page(Exemption::of("E21")?, "x", "SAR-2026-0007", 3))
}

impl Page for Exemptions {
    const TEMPLATE: &'static str = "pages/exemptions.html";

    fn title(&self) -> String {
        format!("{}: Exemptions", self.caption)
    }

    fn samples() -> Vec<Self> {
        let line = |title: &str, closed: &'static str| Line {
            href: if closed.is_empty() { "/requests/x/exemptions/E05".to_owned() } else { String::new() },
            title: title.to_owned(),
            about: "For confidential communications with your lawyers.".to_owned(),
            provision: "Data Protection Act 2018, Schedule 2, paragraph 19".to_owned(),
            closed,
        };
        let decided = Decided {
            title: "Legal professional privilege".to_owned(),
            rows: vec![Row::new("Decided", "Withheld"), Row::new("Items", "3, 5"), Row::whole("Reason", "Advice of our solicitor.")],
        };
        let full = Self {
            caption: "SAR-2026-0007".to_owned(),
            back: "/requests/x".to_owned(),
            decided: vec![decided],
            open: vec![line("Legal professional privilege", "")],
            listed: vec![line("Social work data", "")],
            closed: vec![line("Immigration control", "Only the Secretary of State can use it.")],
        };
        let empty = Self {
            decided: Vec::new(),
            listed: Vec::new(),
            closed: Vec::new(),
            caption: full.caption.clone(),
            back: full.back.clone(),
            open: full.open.clone(),
        };
        vec![full, empty]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_numbers_from_one() {
        assert_eq!(items("3, 5 7"), Some(vec![3, 5, 7]));
        assert_eq!(items(" "), Some(vec![]));
        assert_eq!(items("0"), None);
        assert_eq!(items("three"), None);
    }
}
