//! What is to be done or signed: overdue first, the reader's own first of all.

use axum::response::Response;
use domain::calendar::When;
use domain::casework::duty::{Duty, Stage};
use domain::people::{Relation, Verb, may};
use domain::policy::DutyKind;
use jiff::civil::Date;
use serde::Serialize;
use services::policy::DutyRow;

use crate::error::Problem;
use crate::extract::{Asked, Visit};
use crate::forms::Field;
use crate::templates::Page;
use crate::words::{Tag, day, in_words};

/// One duty in the list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) note: String,
    pub(crate) due: String,
    pub(crate) in_words: String,
    pub(crate) overdue: bool,
    pub(crate) tag: Tag,
}

/// The tag of a duty as seen on a day.
pub(crate) fn duty_tag(stage: &str, overdue: bool) -> Tag {
    match stage {
        "open" if overdue => Tag::new("Overdue", "red"),
        "open" => Tag::new("To do", "blue"),
        "done" => Tag::new("Done", "green"),
        _ => Tag::new("No longer asked for", "grey"),
    }
}

impl Line {
    /// The line of a duty; `role` is the title of the role that does it.
    pub(crate) fn of(duty: &Duty, role: &str, today: Date) -> Self {
        let due = duty.due_on().map(When::date).filter(|_| duty.stage == Stage::Open);
        let overdue = due.is_some_and(|due| due < today);
        let shown = match (&duty.stage, due) {
            (Stage::Done { on, .. }, _) => format!("done {}", domain::calendar::short_date(on.date())),
            (Stage::Dropped { on, .. }, _) => day(Some(*on)),
            (Stage::Open, due) => day(due),
        };
        Self {
            href: format!("/duties/{}", duty.facts.id),
            title: duty.terms.title.clone(),
            note: format!("{}. {}, {role}", duty.facts.reference, duty.terms.kind.title()),
            due: shown,
            in_words: due.map(|due| in_words(due, today)).unwrap_or_default(),
            overdue,
            tag: duty_tag(duty.stage.key(), overdue),
        }
    }
}

/// The list.
#[derive(Debug, Serialize)]
pub(crate) struct Duties {
    pub(crate) mine: Vec<Line>,
    pub(crate) others: Vec<Line>,
    pub(crate) filter: Field,
    pub(crate) empty: String,
    pub(crate) may_log: bool,
}

/// Which duties are shown: key, label.
const SHOW: [(&str, &str, &str); 5] = [
    ("", "All that is open", ""),
    ("mine", "Mine", ""),
    ("overdue", "Overdue", ""),
    ("sign", "To be signed", ""),
    ("event", "After an event", ""),
];

impl Duties {
    /// The filter with what was asked for.
    pub(crate) fn filter(show: &str) -> Field {
        Field::radios("show", "Show", &SHOW).value(show)
    }

    /// What an empty list says.
    pub(crate) fn empty(show: &str) -> String {
        match show {
            "mine" => "Nothing waits for you.",
            "overdue" => "Nothing is overdue.",
            _ => {
                "Nothing is to be done. Duties come from the policy: they open when a version is adopted, come round by themselves, and follow \
                 events that somebody logs."
            }
        }
        .to_owned()
    }
}

/// `GET /duties`
pub(crate) async fn show(visit: Visit, Asked(asked): Asked) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let may_log = may(&actor, Verb::EventLog, Relation::None);
    let show = asked.text("show").to_owned();
    let (rows, today) = visit.state.run(move |app| Ok((services::policy::duties(app, &actor)?, app.today()))).await?;
    let fitting = rows.iter().filter(|row| fits(row, &show));
    let (mine, others): (Vec<&DutyRow>, Vec<&DutyRow>) = fitting.partition(|row| row.mine);
    let lines = |rows: Vec<&DutyRow>| rows.into_iter().map(|row| Line::of(&row.duty, &row.role_title, today)).collect();
    visit.page(&Duties { mine: lines(mine), others: lines(others), filter: Duties::filter(&show), empty: Duties::empty(&show), may_log })
}

fn fits(row: &DutyRow, show: &str) -> bool {
    match show {
        "mine" => row.mine,
        "overdue" => row.days_left.is_some_and(|days| days < 0),
        "sign" => row.duty.terms.kind == DutyKind::Attestation,
        "event" => row.duty.terms.kind == DutyKind::Event,
        _ => true,
    }
}

impl Page for Duties {
    const TEMPLATE: &'static str = "pages/duties/list.html";

    fn title(&self) -> String {
        "Duties".to_owned()
    }

    fn samples() -> Vec<Self> {
        let line = |title: &str, in_words: &str, stage: &str| Line {
            href: "/duties/d1".to_owned(),
            title: title.to_owned(),
            note: "DUTY-2026-0001. Statement to sign, Data Protection Officer".to_owned(),
            due: "20 November 2026".to_owned(),
            in_words: in_words.to_owned(),
            overdue: in_words.contains("overdue"),
            tag: duty_tag(stage, in_words.contains("overdue")),
        };
        let full = Self {
            mine: vec![line("Confirm that the policy is carried out", "2 days overdue", "open")],
            others: vec![line("Read the policy and sign it", "in 3 days", "open"), line("Test the backup", "", "done")],
            filter: Self::filter(""),
            empty: String::new(),
            may_log: true,
        };
        let empty = |show: &str| Self {
            mine: Vec::new(),
            others: Vec::new(),
            filter: Self::filter(show),
            empty: Self::empty(show),
            may_log: false,
        };
        vec![full, empty(""), empty("mine")]
    }
}
