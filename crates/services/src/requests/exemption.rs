//! Decisions about exemptions, by the answers to their tests.

use domain::casework::request::{DecisionForm, ExemptionDecision, Request};
use domain::exemptions::Exemption;
use domain::ids::RecordId;
use domain::letters::WithheldText;
use domain::people::{Actor, Verb};

use crate::app::App;
use crate::error::Error;
use crate::ports::Withheld;

/// Records a decision to withhold or to disclose.
pub fn decide_exemption(app: &App, actor: &Actor, id: &RecordId, version: u64, form: &DecisionForm) -> Result<u64, Error> {
    app.request_change(actor, (id, version), Verb::RequestWork, "decide-exemption", |request, today| {
        request.decide_exemption(form, actor.user.clone(), today)
    })
}

/// The standing decisions by which something is withheld.
pub(super) fn withholding(request: &Request) -> Vec<&ExemptionDecision> {
    request.exemptions_standing().into_iter().filter(|decision| decision.withheld).collect()
}

/// What the letter says of a decision of which the person is told.
pub(super) fn told_text(decision: &ExemptionDecision) -> WithheldText {
    let exemption = Exemption::of(&decision.exemption);
    WithheldText {
        what: decision.category.shown(),
        provision: exemption.map(|exemption| exemption.provision.to_owned()).unwrap_or_default(),
        why: why(decision, exemption),
        places: decision.items.len(),
    }
}

/// What the letter says of all decisions to withhold: those told, and whether there are others.
pub(super) fn told(request: &Request) -> (Vec<WithheldText>, bool) {
    let all = withholding(request);
    let told = all.iter().filter(|decision| decision.told).map(|decision| told_text(decision)).collect();
    (told, all.iter().any(|decision| !decision.told))
}

/// Their rows of the schedule, counted on from `after`.
pub(super) fn schedule_rows(request: &Request, after: usize) -> Vec<Withheld> {
    let told = withholding(request).into_iter().filter(|decision| decision.told);
    told.enumerate()
        .map(|(at, decision)| {
            let text = told_text(decision);
            Withheld { number: after + at + 1, places: text.places.max(1), kind: text.what, exemption: text.provision, why: text.why }
        })
        .collect()
}

fn why(decision: &ExemptionDecision, exemption: Option<&Exemption>) -> String {
    let general = exemption.map(|exemption| exemption.letter).unwrap_or_default();
    format!("{}. {}", general.trim_end_matches('.'), decision.reason.shown())
}
