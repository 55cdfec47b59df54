//! Where a retention rule says something else than holds, for the board.

use serde::Serialize;

use super::{
    super::clauses::Winner,
    Class, Floor, Keep, Part, Retention,
    facts::{NOT_STATED, title_of},
    keep::length,
};

/// The provision behind every rule without an end.
const STORAGE_LIMITATION: &str = "UK GDPR Article 5(1)(e)";

/// What a rule says, and what holds instead or until it is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RetentionConflict {
    /// The class.
    pub class: String,
    /// The clause.
    pub clause: String,
    /// What the policy says.
    pub says: String,
    /// What decides.
    pub winner: Winner,
    /// What holds.
    pub wins: String,
    /// Why.
    pub why: String,
    /// What it rests on.
    pub source: String,
    /// A sentence the board could adopt; may be empty.
    pub mend: String,
}

/// Every conflict of the schedule, class by class.
pub fn conflicts(retention: &Retention) -> Vec<RetentionConflict> {
    let mut found = Vec::new();
    for class in &retention.class {
        stated(class, &mut found);
        for floor in retention.floor.iter().filter(|floor| class.floors.contains(&floor.id)) {
            under_floor(class, floor, &mut found);
        }
        undecided(retention, class, &mut found);
    }
    found
}

fn conflict(class: &Class, clauses: &[String], says: String, winner: Winner) -> RetentionConflict {
    RetentionConflict {
        class: class.id.clone(),
        clause: clauses.join(", "),
        says,
        winner,
        wins: String::new(),
        why: String::new(),
        source: String::new(),
        mend: String::new(),
    }
}

/// The policy's own words where the rule is another.
fn stated(class: &Class, found: &mut Vec<RetentionConflict>) {
    let Some(stated) = class.stated.filter(|stated| *stated != class.keep) else { return };
    let law = class.law.clone().unwrap_or_default();
    let winner = if law.source.is_empty() { Winner::Open } else { Winner::Law };
    let since = law.since.map(|since| format!(" In force since {since}.")).unwrap_or_default();
    found.push(RetentionConflict {
        wins: format!("{}: {}", class.title, class.keep.shown()),
        why: if law.why.is_empty() {
            "The policy leaves it open; this is used until the organisation decides.".to_owned()
        } else {
            law.why
        } + &since,
        source: if law.source.is_empty() { STORAGE_LIMITATION.to_owned() } else { law.source },
        mend: law.mend,
        ..conflict(class, &class.clauses, format!("{}: {}", class.title, stated.shown()), winner)
    });
}

/// A period of the class, or of a variant, that a floor beats.
fn under_floor(class: &Class, floor: &Floor, found: &mut Vec<RetentionConflict>) {
    let Some(least) = floor.period else { return };
    if !floor.trigger.is_empty() && floor.trigger != class.trigger {
        return;
    }
    let own = std::iter::once((class.keep, &class.clauses)).filter(|_| class.variant.is_empty());
    let variants = class
        .variant
        .iter()
        .map(|variant| (variant.keep.unwrap_or(class.keep), if variant.clauses.is_empty() { &class.clauses } else { &variant.clauses }));
    for (keep, clauses) in own.chain(variants) {
        if keep.period().is_none_or(|period| length(period) >= length(least)) {
            continue;
        }
        let since = floor.since.map(|since| format!(" since {since}")).unwrap_or_default();
        found.push(RetentionConflict {
            wins: format!("{}: at least {}", class.title, least.shown()),
            why: format!("A minimum of {}{since} beats a shorter period.", floor.source),
            source: floor.source.clone(),
            mend: format!("{} are kept for {}.", class.title, least.shown()),
            ..conflict(class, clauses, format!("{}: {}", class.title, Keep::shown(keep).replace("exactly ", "")), Winner::Law)
        });
    }
}

/// What the organisation has not decided, and what is used until then.
fn undecided(retention: &Retention, class: &Class, found: &mut Vec<RetentionConflict>) {
    let mut open = |says: String, wins: String, why: &str, source: &str| {
        found.push(RetentionConflict {
            wins,
            why: why.to_owned(),
            source: source.to_owned(),
            ..conflict(class, &class.clauses, says, Winner::Open)
        });
    };
    let default = "The policy does not say; this default is used until the organisation decides.";
    for part in &class.defaults {
        let value = match part {
            Part::Trigger => format!("counted from the {}", title_of(retention, &class.trigger)),
            Part::Keep if class.stated.is_some() => continue,
            Part::Keep => class.keep.shown(),
            Part::Ceiling => class.ceiling.as_ref().map(|ceiling| format!("at most {}", ceiling.period.shown())).unwrap_or_default(),
            Part::Review => class.review.as_ref().map(|review| format!("looked at after {}", review.after.shown())).unwrap_or_default(),
            Part::CarryOut => class.carry_out.map(|period| format!("carried out within {}", period.shown())).unwrap_or_default(),
            Part::Combine => "the split and comparison written in the rule".to_owned(),
        };
        let what = match part {
            Part::Trigger => "event to count from",
            Part::Keep => "period",
            Part::Ceiling => "longest time",
            Part::Review => "day to look at it again",
            Part::CarryOut => "time to carry it out",
            Part::Combine => "rule for several events",
        };
        let says = format!("{}: the policy gives no {what}.", class.title);
        open(says, format!("{}: {value}", class.title), default, STORAGE_LIMITATION);
    }
    let blocked = "Nothing of this class falls due before the organisation has set it.";
    if class.trigger == NOT_STATED {
        open(format!("{}: the policy names no event to count from.", class.title), "nothing yet".to_owned(), blocked, STORAGE_LIMITATION);
    }
    match class.keep {
        Keep::Unlimited | Keep::NoneStated | Keep::PerProcessingRecord => {
            open(format!("{}: {}", class.title, class.keep.shown()), "a period has to be set".to_owned(), blocked, STORAGE_LIMITATION);
        }
        Keep::AtLeast(_) if class.ceiling.is_none() => {
            let says = format!("{}: {}, and no longest time", class.title, class.keep.shown());
            let why = "A minimum alone has no end; the end of the minimum is used until the organisation sets a ceiling.";
            open(says, "the end of the minimum".to_owned(), why, STORAGE_LIMITATION);
        }
        _ => {}
    }
}
