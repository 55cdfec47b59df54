//! The dates of a complaint: the acknowledgement that the law asks for, and every stage of
//! the pack, each from its own trigger.

use jiff::civil::Date;

use super::{About, Complaint};
use crate::Refusal;
use crate::calendar::{Calendar, Deadline, Division, Facts, Kind, Rule, When};
use crate::casework::ClockState;
use crate::policy::{Policy, Stage};

/// One date of a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The stage's stable name in the pack; `section-164a` for the acknowledgement of the law.
    pub id: String,
    /// What has to be done.
    pub title: String,
    /// Until when, and why.
    pub deadline: Deadline,
    /// The day it was done.
    pub done_on: Option<Date>,
    /// It is somebody outside whose time runs.
    pub outside: bool,
}

/// The acknowledgement of DPA 2018 section 164A among the dates.
const LAW: &str = "section-164a";

/// The last day of the policy to bring a complaint about a service; `None` where the policy
/// has no cut-off, the day of awareness is not known, or personal data are concerned.
pub fn cut_off(policy: &Policy, calendar: &Calendar, division: Division, about: About, aware_on: Option<Date>) -> Option<Date> {
    let within = policy.complaints().cut_off.filter(|_| !about.is_about_data())?;
    Some(within.end(calendar, division, aware_on?))
}

impl Complaint {
    /// Every date of the complaint that runs or ran, in the order of the pack; the law's first.
    ///
    /// # Errors
    /// Those of the clocks.
    pub fn dates(&self, policy: &Policy, calendar: &Calendar) -> Result<Vec<Due>, Refusal> {
        let mut dates = Vec::new();
        if self.about.is_about_data() {
            dates.push(self.acknowledgement(policy, calendar)?);
        } else if let Some(within) = policy.complaints().acknowledge {
            dates.push(self.promised_acknowledgement(policy, calendar, Kind::Answer(within))?);
        }
        for stage in &policy.complaints().stage {
            if let Some(due) = self.date_of(stage, policy, calendar)? {
                dates.push(due);
            }
        }
        Ok(dates)
    }

    /// The statutory acknowledgement; where the pack counts from a second receipt as well, the
    /// earlier day is shown beside the law's.
    fn acknowledgement(&self, policy: &Policy, calendar: &Calendar) -> Result<Due, Refusal> {
        let of_the_law = policy.rule_list().iter().filter(|rule| rule.kind == Kind::ComplaintAcknowledgement);
        let rule = match of_the_law.max_by_key(|rule| rule.also.len()) {
            Some(rule) => rule,
            None => policy.rule("complaint_ack")?,
        };
        let mut facts = Facts::new(self.received_on.into(), self.division);
        if let (Some(on), Some(also)) = (self.in_charge_on, rule.also.first()) {
            facts.triggers.insert(also.name.clone(), on.into());
        }
        Ok(Due {
            id: LAW.to_owned(),
            title: "Acknowledge the complaint (data protection law)".to_owned(),
            deadline: rule.evaluate(&facts, calendar)?,
            done_on: self.acknowledged_on,
            outside: false,
        })
    }

    fn promised_acknowledgement(&self, policy: &Policy, calendar: &Calendar, kind: Kind) -> Result<Due, Refusal> {
        let rule = Rule {
            id: "acknowledge".to_owned(),
            aliases: Vec::new(),
            title: String::new(),
            trigger: "receipt by the organisation".to_owned(),
            kind,
            source: policy.complaints().clause.clone(),
            promise: None,
            note: None,
            runs_on: None,
            also: Vec::new(),
        };
        Ok(Due {
            id: "promise".to_owned(),
            title: "Acknowledge the complaint".to_owned(),
            deadline: rule.evaluate(&Facts::new(self.received_on.into(), self.division), calendar)?,
            done_on: self.acknowledged_on,
            outside: false,
        })
    }

    /// The date of a stage that has begun and has a clock.
    fn date_of(&self, stage: &Stage, policy: &Policy, calendar: &Calendar) -> Result<Option<Due>, Refusal> {
        let Some(from) = self.began(stage).filter(|_| !stage.clock.is_empty()) else { return Ok(None) };
        let rule = policy.rule(&stage.clock)?;
        Ok(Some(Due {
            id: stage.id.clone(),
            title: stage.title.clone(),
            deadline: rule.evaluate(&Facts::new(from.into(), self.division), calendar)?,
            done_on: self.step(&stage.id).and_then(|step| step.done_on),
            outside: rule.runs_on.is_some(),
        }))
    }

    /// Where a date of the complaint stands.
    pub fn state_of(&self, due: &Due) -> ClockState {
        match (due.done_on, self.ended(), due.last_day()) {
            (Some(on), _, last) => ClockState::answered(on.into(), last.map(When::from).filter(|_| !due.outside)),
            (None, Some((on, _)), _) => ClockState::Dropped(on),
            (None, None, Some(day)) if !due.outside => ClockState::Running(day),
            (None, None, _) => ClockState::Paused,
        }
    }
}

impl Due {
    /// The name of its clock in lists and evidence.
    pub fn clock_name(&self) -> String {
        format!("complaint:{}", self.id)
    }

    /// The day to work to: for a letter that must arrive the day to send it, else the earlier
    /// of the policy's day and the law's.
    pub fn last_day(&self) -> Option<Date> {
        self.deadline.send_by.or_else(|| self.deadline.alert().map(When::date))
    }
}
