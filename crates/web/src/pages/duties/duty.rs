//! One duty: when it is due and why, and the form that does or signs it.

use axum::response::Response;
use domain::calendar::{Calendar, Deadline, When, short_date};
use domain::casework::duty::{Begun, Duty, Signatory, Stage, Terms};
use domain::ids::RecordId;
use domain::people::{Actor, Relation, Verb, require};
use domain::policy::{DutyKind, Policy};
use domain::{Refusal, RefusalCode};
use jiff::civil::Date;
use serde::Serialize;
use services::policy::{DoneForm, DutyView, SignForm, duty_done, duty_see};

use crate::error::Problem;
use crate::extract::{At, Visit};

use super::list::duty_tag;
use crate::forms::{Field, Form, Sent};
use crate::once;
use crate::pages::form_page::{FormPage, Row};
use crate::pages::policy::document::clause_href;
use crate::pages::request::{Bar, Clock, ClockStep};
use crate::shell::Link;
use crate::submit;
use crate::templates::Page;
use crate::words::in_words;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct DutyPage {
    heading: String,
    bar: Bar,
    statement: String,
    attested: bool,
    clock: Clock,
    stopped: String,
    rows: Vec<Row>,
    clauses: Vec<Link>,
    further: Option<Link>,
    explained: bool,
    form: Form,
    may_do: bool,
    button: &'static str,
    action: String,
    once: String,
    version: String,
}

/// What the page needs besides the duty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Around {
    /// The title of the role that does it.
    pub(crate) role: String,
    /// Who holds the role, by name.
    pub(crate) holders: Vec<String>,
    /// Further happenings that its clock takes and that are not known yet.
    pub(crate) triggers: Vec<String>,
    /// Who recorded it done, by name.
    pub(crate) done_by: String,
    /// Whether the reader may do it.
    pub(crate) may_do: bool,
    /// Open requests because of which nothing may be destroyed now.
    pub(crate) stopped_by: Vec<String>,
    /// The version of the record that is shown.
    pub(crate) version: u64,
}

impl DutyPage {
    /// The page of a duty as seen on a day.
    pub(crate) fn new(duty: &Duty, around: &Around, today: Date) -> Self {
        let due = duty.due_on().filter(|_| duty.stage == Stage::Open);
        let overdue = due.is_some_and(|due| due.date() < today);
        let attested = duty.terms.kind == DutyKind::Attestation;
        let fields = if duty.stage == Stage::Open && around.may_do && around.stopped_by.is_empty() {
            fields(duty, around, today)
        } else {
            Vec::new()
        };
        Self {
            heading: duty.terms.title.clone(),
            bar: Bar {
                reference: duty.facts.reference.clone(),
                tag: duty_tag(duty.stage.key(), overdue),
                due: due.map(|due| format!("Due {}, {}", due.shown(), in_words(due.date(), today))).unwrap_or_default(),
                overdue,
            },
            statement: duty.terms.statement.clone(),
            attested,
            clock: clock(&duty.due),
            stopped: if around.stopped_by.is_empty() {
                String::new()
            } else {
                format!(
                    "Nothing of this may be destroyed now: {} is open. Destroying what somebody has asked for is an offence (DPA 2018 section 173).",
                    around.stopped_by.join(", ")
                )
            },
            rows: rows(duty, around),
            clauses: duty.terms.clauses.iter().map(|id| Link::new(clause_href(id), id.as_str())).collect(),
            further: if around.may_do && !around.triggers.is_empty() {
                Some(Link::new(format!("/duties/{}/further", duty.facts.id), "Something further happened"))
            } else {
                None
            },
            explained: matches!(duty.begun, Begun::Event { .. }),
            may_do: !fields.is_empty(),
            form: Form::new(fields),
            button: if attested { "Sign" } else { "Record it as done" },
            action: format!("/duties/{}", duty.facts.id),
            once: once::fresh(),
            version: around.version.to_string(),
        }
    }

    /// The page again with what was sent in its form.
    pub(crate) fn filled(mut self, sent: &Sent) -> Self {
        self.form = self.form.filled(sent);
        self
    }
}

/// `GET /duties/{id}`
pub(crate) async fn show(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let (page, _) = open(&visit, id).await?;
    visit.page(&page)
}

/// The page of a duty as it stands now.
async fn open(visit: &Visit, id: String) -> Result<(DutyPage, DutyView), Problem> {
    let actor = visit.actor()?;
    let (view, done_by, today) = visit
        .state
        .run(move |app| {
            let view = duty_see(app, &actor, &RecordId::new(id))?;
            let done_by = match &view.row.duty.stage {
                Stage::Done { by, .. } => services::accounts::account_name(app, by)?,
                Stage::Open | Stage::Dropped { .. } => String::new(),
            };
            Ok((view, done_by, app.today()))
        })
        .await?;
    let around = Around {
        role: view.row.role_title.clone(),
        holders: view.holders.iter().map(|holder| holder.name.clone()).collect(),
        triggers: view.triggers.clone(),
        done_by,
        may_do: view.row.may_do,
        stopped_by: view.stopped_by.clone(),
        version: view.row.at,
    };
    Ok((DutyPage::new(&view.row.duty, &around, today), view))
}

/// `POST /duties/{id}`: does it, or signs it.
pub(crate) async fn submit(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let (page, view) = open(&visit, id.clone()).await?;
    let relation = if view.row.mine { Relation::Involved } else { Relation::NotInvolved };
    // Asked before the form is read: who may only look gets the same answer whatever they send.
    require(&visit.actor()?, Verb::DutyDo, relation)?;
    let mut page = page.filled(&sent);
    let Some(done) = read(&sent, &view.row.duty, &mut page.form) else { return visit.page(&page) };
    let at: u64 = sent.text("version").parse().unwrap_or_default();
    let notice = if done.signing.is_some() { "duty-signed" } else { "duty-done" };
    let work = move |app: &services::App, actor: &Actor| {
        duty_done(app, actor, &RecordId::new(id.clone()), at, &done)?;
        Ok(format!("/duties/{id}?done={notice}"))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        page.form.complain(field_of(&refusal), submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    })
    .await
}

fn read(sent: &Sent, duty: &Duty, form: &mut Form) -> Option<DoneForm> {
    let on = submit::when(form, sent, "on", "time");
    let signing = (duty.terms.kind == DutyKind::Attestation).then(|| {
        if sent.text("sign") != "yes" {
            form.complain("sign", "Tick the statement to sign it");
        }
        SignForm {
            statement: duty.terms.statement.clone(),
            name: form.need(sent, "name", "Enter the name of the person who signs"),
            role: duty.terms.role.clone(),
        }
    });
    if form.is_refused() { None } else { Some(DoneForm { on: on?, evidence: sent.text("evidence").to_owned(), signing }) }
}

fn field_of(refusal: &Refusal) -> &'static str {
    match refusal.code {
        RefusalCode::DutyFuture | RefusalCode::DateOutOfRange => "on",
        RefusalCode::InstantNeeded => "time",
        RefusalCode::DutyEvidence => "evidence",
        RefusalCode::DutySignatory => "name",
        RefusalCode::DutyStatement => "sign",
        _ => "",
    }
}

/// `GET /duties/{id}/further`
pub(crate) async fn show_further(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let (_, view) = open(&visit, id).await?;
    visit.page(&further_page(&view)?)
}

/// `POST /duties/{id}/further`: something else happened that its clock takes.
pub(crate) async fn submit_further(visit: Visit, At(id): At<String>, sent: Sent) -> Result<Response, Problem> {
    let (_, view) = open(&visit, id.clone()).await?;
    let mut page = further_page(&view)?;
    page.form = page.form.filled(&sent);
    let when = submit::when(&mut page.form, &sent, "on", "time");
    let name = page.form.need(&sent, "what", "Choose what happened");
    let (Some(when), false) = (when, page.form.is_refused()) else { return visit.page(&page) };
    let at: u64 = sent.text("version").parse().unwrap_or_default();
    let work = move |app: &services::App, actor: &Actor| {
        services::policy::event_trigger(app, actor, &RecordId::new(id.clone()), at, &name, when)?;
        Ok(format!("/duties/{id}?done=event-logged"))
    };
    submit::once(&visit, &sent.once(), work, |refusal| {
        page.form.complain(field_of(&refusal), submit::words(&refusal));
        page.once = once::fresh();
        visit.page(&page)
    })
    .await
}

fn further_page(view: &DutyView) -> Result<FormPage, Problem> {
    if view.triggers.is_empty() || !view.row.may_do {
        return Err(Problem::NotFound);
    }
    let choices: Vec<(&str, &str, &str)> = view.triggers.iter().map(|name| (name.as_str(), name.as_str(), "")).collect();
    let fields = vec![
        Field::radios("what", "What happened?", &choices),
        Field::date("on", "On which day?"),
        Field::text("time", "At what time?").hint("If hours count. For example, 14:30."),
        Field::hidden("version", &view.row.at.to_string()),
    ];
    let here = format!("/duties/{}", view.row.duty.facts.id);
    let mut page = FormPage::new("Log what happened since", fields, "Log it").intro("The earliest of the dates that follow counts.");
    page.caption.clone_from(&view.row.duty.facts.reference);
    page.action = format!("{here}/further");
    page.back = here;
    page.once = once::fresh();
    Ok(page)
}

fn fields(duty: &Duty, around: &Around, today: Date) -> Vec<Field> {
    let mut fields = vec![Field::date("on", "When was it done?").value(&today.to_string())];
    if duty.due_on().is_some_and(|due| due.instant().is_some()) {
        fields.push(Field::text("time", "At what time?").hint("Hours count here. For example, 14:30."));
    }
    if duty.terms.kind == DutyKind::Attestation {
        let who = if around.holders.is_empty() {
            String::new()
        } else {
            format!(" Whoever holds the role signs: {}.", around.holders.join(", "))
        };
        fields.extend([
            Field::checkboxes("sign", "Signature", &[("yes", duty.terms.statement.as_str(), "")]),
            Field::text("name", "Name of the person who signs")
                .hint(&format!("Your own name, or the name under a paper that somebody else signed.{who}"))
                .autocomplete("name"),
            Field::long("evidence", "Where is the paper?")
                .hint("Only if somebody else signed on paper: where it is kept. No names here.")
                .rows(2),
        ]);
    } else {
        fields.push(
            Field::long("evidence", "Where can it be seen that it was done?")
                .hint("A minute, a certificate, a file, a ticket number. No names of people.")
                .rows(3),
        );
    }
    fields
}

fn rows(duty: &Duty, around: &Around) -> Vec<Row> {
    let mut rows = vec![Row::new("What sort of duty", duty.terms.kind.title()), Row::new("Who does it", around.role.as_str())];
    if !around.holders.is_empty() {
        rows.push(Row::new("Held by", around.holders.join(", ")));
    }
    if let Some(every) = duty.terms.every {
        rows.push(Row::new("How often", format!("every {}", every.shown())));
    }
    match &duty.begun {
        Begun::Interval { started, .. } => rows.push(Row::new("Counts from", short_date(*started))),
        Begun::Event { happened, note, triggers } => {
            rows.push(Row::new("After the event of", happened.shown()));
            if !note.is_empty() {
                rows.push(Row::whole("What happened", note.as_str()));
            }
            rows.extend(triggers.iter().map(|(name, when)| Row::new(name.as_str(), when.shown())));
        }
    }
    match &duty.stage {
        Stage::Done { on, recorded, evidence, signed, late, .. } => {
            rows.push(Row::new("Done", if *late { format!("{}, late", on.shown()) } else { on.shown() }));
            let by = if around.done_by.is_empty() { String::new() } else { format!(" by {}", around.done_by) };
            rows.push(Row::new("Recorded", format!("{}{by}", short_date(*recorded))));
            if let Some(signed) = signed {
                let how = match signed.by {
                    Signatory::Account(_) => "in person, with their own account",
                    Signatory::Paper(_) => "on paper",
                };
                rows.push(Row::new("Signed", how));
            }
            if !evidence.is_empty() {
                rows.push(Row::whole("Evidence", evidence.as_str()));
            }
        }
        Stage::Dropped { on, reason } => rows.push(Row::new("Ended", format!("{}: {reason}", short_date(*on)))),
        Stage::Open => {}
    }
    rows
}

/// The date of a duty with its reasons.
pub(crate) fn clock(deadline: &Deadline) -> Clock {
    let date = deadline.alert().map_or_else(|| "not known until something else happens".to_owned(), When::shown);
    let law = deadline.due.filter(|due| deadline.policy_due.is_some_and(|policy| policy != *due));
    Clock {
        title: "Due".to_owned(),
        date,
        notes: law.map(|due| format!("The law itself allows until {}.", due.shown())).into_iter().collect(),
        warnings: deadline.warnings.clone(),
        steps: deadline.steps.iter().map(|step| ClockStep { what: step.what.clone(), source: step.source.to_string() }).collect(),
    }
}

/// A duty for samples: the first of its kind in the policy.
fn sample(policy: &Policy, kind: DutyKind) -> Option<Duty> {
    let duty = policy.duties().iter().find(|duty| duty.kind == kind)?;
    let facts = domain::record::RecordFacts {
        id: RecordId::new("d1"),
        reference: "DUTY-0001".to_owned(),
        owner: None,
        assigned: Vec::new(),
        logged_by: domain::ids::UserId::new("u1"),
        hold: false,
    };
    let happened = When::parse("2026-11-20T14:30:00Z").ok()?;
    let begun = if kind == DutyKind::Event {
        Begun::Event { happened, note: "Ticket 4711".to_owned(), triggers: std::collections::BTreeMap::new() }
    } else {
        Begun::interval(jiff::civil::date(2025, 11, 20))
    };
    let terms = Terms::of(duty);
    let due = domain::casework::duty::due(&terms, &begun, policy, &Calendar::embedded()).ok()?;
    Some(Duty::open(facts, terms, begun, due))
}

impl Page for DutyPage {
    const TEMPLATE: &'static str = "pages/duties/duty.html";

    fn title(&self) -> String {
        format!("{}: {}", self.bar.reference, self.heading)
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let today = jiff::civil::date(2026, 11, 22);
        let around = Around {
            role: "Data Protection Officer".into(),
            holders: vec!["Tobias Wrenfield".into()],
            triggers: vec!["the person asks again".to_owned()],
            done_by: "Sam Reed".into(),
            may_do: true,
            stopped_by: Vec::new(),
            version: 1,
        };
        let page = |duty: &Duty| Self::new(duty, &around, today);
        let policy = crate::pages::policy::document::sample_policy();
        let sample = |kind: DutyKind| sample(&policy, kind);
        let mut pages = Vec::new();
        for duty in [sample(DutyKind::Attestation), sample(DutyKind::Check), sample(DutyKind::Event)].into_iter().flatten() {
            pages.push(page(&duty));
            let mut refused = page(&duty).filled(&Sent::default());
            refused.form.complain("on", "Enter the date");
            refused.form.complain("evidence", "Write where it can be seen");
            pages.push(refused);
        }
        if let Some(duty) = sample(DutyKind::Event) {
            let stopped = Around { stopped_by: vec!["SAR-2026-0007".to_owned()], ..around.clone() };
            pages.push(Self::new(&duty, &stopped, today));
        }
        if let Some(mut duty) = sample(DutyKind::Review) {
            duty.stage = Stage::Done {
                on: today.into(),
                by: domain::ids::UserId::new("u1"),
                recorded: today,
                evidence: "Minute 4 of the board meeting".to_owned(),
                signed: None,
                late: true,
            };
            pages.push(page(&duty));
        }
        pages
    }
}
