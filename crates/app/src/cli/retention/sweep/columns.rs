//! Which column holds which fact.

use std::collections::{BTreeMap, HashMap};

use domain::policy::nearest;
use domain::retention::{ClassIndex, Day, FactRef, Schedule};
use domain::{Refusal, RefusalCode};

use super::mapping::{Dates, Mapping};
use super::table::Table;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Target {
    /// The class.
    Class,
    /// A fact.
    Fact(FactRef),
    /// Whether something stops destruction.
    Hold,
    /// The funders whose rules apply.
    Funder,
    /// The kind of the last contact.
    Contact,
    /// The fields the holding is about.
    Fields,
}

/// Names of columns that are no facts, with other names people give them.
const OTHERS: &[(&str, Target, &[&str])] = &[
    ("class", Target::Class, &["record_class", "retention_class", "record_type", "category"]),
    ("hold", Target::Hold, &["legal_hold", "on_hold"]),
    ("funder", Target::Funder, &["funders"]),
    ("contact_kind", Target::Contact, &["kind_of_contact", "last_contact_kind"]),
    ("fields", Target::Fields, &["field"]),
];

/// The columns of a table, resolved.
pub(super) struct Columns {
    /// The place of each column that is used, and what it holds.
    pub(super) used: Vec<(usize, Target)>,
    /// How many cells a row has.
    pub(super) width: usize,
    /// How days are written.
    pub(super) dates: Dates,
    /// The class of every row, when no column has it.
    pub(super) class: Option<ClassIndex>,
    /// What the table calls a class.
    pub(super) classes: HashMap<Vec<u8>, ClassIndex>,
    /// What separates the columns.
    pub(super) delimiter: u8,
    names: Vec<String>,
    targets: BTreeMap<String, String>,
    notes: Vec<String>,
}

impl Columns {
    /// Finds out what each column of a table holds, by the mapping first, then by name.
    ///
    /// # Errors
    /// `RET-003` without a class, `RET-004` for a mapping that does not fit the table or the pack.
    pub(super) fn resolve(table: &Table, mapping: Option<&Mapping>, schedule: &Schedule) -> Result<Self, Refusal> {
        let names: Vec<String> = table.header().iter().map(|cell| String::from_utf8_lossy(cell.trim_ascii()).into_owned()).collect();
        let mut columns = Self {
            used: Vec::new(),
            width: names.len(),
            dates: mapping.map(|mapping| mapping.dates).unwrap_or_default(),
            class: None,
            classes: HashMap::new(),
            delimiter: table.delimiter(),
            targets: BTreeMap::new(),
            notes: Vec::new(),
            names,
        };
        if let Some(mapping) = mapping {
            columns.fits(mapping)?;
            columns.class = mapping.class.as_deref().map(|name| known(schedule, name)).transpose()?;
            for (alias, class) in &mapping.classes {
                columns.classes.insert(alias.trim().as_bytes().to_vec(), known(schedule, class)?);
            }
        }
        for (place, name) in columns.names.clone().iter().enumerate() {
            let mapped = mapping.and_then(|mapping| mapping.columns.get(name));
            columns.column(place, name, mapped.map(String::as_str), schedule)?;
        }
        columns.has_class(schedule)?;
        Ok(columns)
    }

    /// What has to be said about the columns, once.
    pub(super) fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(String::as_str)
    }

    /// The mapping that was used, to be saved.
    pub(super) fn mapping(&self, given: Option<&Mapping>) -> Mapping {
        Mapping {
            delimiter: Some(char::from(self.delimiter)),
            dates: self.dates,
            class: given.and_then(|mapping| mapping.class.clone()),
            columns: self.targets.clone(),
            classes: given.map(|mapping| mapping.classes.clone()).unwrap_or_default(),
        }
    }

    /// Every column a mapping names has to be there: a renamed column must not go unnoticed.
    fn fits(&self, mapping: &Mapping) -> Result<(), Refusal> {
        let names = || self.names.iter().map(String::as_str);
        let stray = mapping.columns.keys().find(|name| !names().any(|known| known == name.as_str()));
        stray.map_or(Ok(()), |name| {
            let meant = nearest(name, names()).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
            Err(Refusal::new(RefusalCode::MappingInvalid, format!("The table has no column `{}`.{meant}", cut(name))))
        })
    }

    fn column(&mut self, place: usize, name: &str, mapped: Option<&str>, schedule: &Schedule) -> Result<(), Refusal> {
        let target = match mapped {
            Some("") => None,
            Some(fact) => Some(exactly(fact, schedule).ok_or_else(|| {
                let meant = near_fact(fact, schedule);
                Refusal::new(RefusalCode::MappingInvalid, format!("In `columns`, `{}` is no fact.{meant}", cut(fact)))
            })?),
            None => recognise(name, schedule),
        };
        match target {
            Some(target) if self.used.iter().any(|(_, used)| *used == target) => {
                let fact = title(target, schedule);
                let what = format!("Two columns hold `{fact}`, the second one is `{}`. Leave one out in a mapping.", cut(name));
                return Err(Refusal::new(RefusalCode::MappingInvalid, what));
            }
            Some(target) => {
                self.used.push((place, target));
                self.targets.insert(name.to_owned(), title(target, schedule).to_owned());
            }
            None => {
                self.targets.insert(name.to_owned(), String::new());
                if mapped.is_none() {
                    let meant = near_fact(name, schedule);
                    self.notes.push(format!("note: the column `{}` holds no fact that is used, so it is left out.{meant}", cut(name)));
                }
            }
        }
        Ok(())
    }

    fn has_class(&mut self, schedule: &Schedule) -> Result<(), Refusal> {
        let refuse = |what: String| Err(Refusal::new(RefusalCode::HoldingsUnreadable, what));
        if self.class.is_some() || self.used.iter().any(|(_, target)| *target == Target::Class) {
            return Ok(());
        }
        let is_data = |name: &String| schedule.class(name).is_some() || Day::parse_iso(name.as_bytes()).is_some();
        if self.names.iter().any(is_data) {
            return refuse("The first line holds data, not the names of the columns.".to_owned());
        }
        let meant = self.names.iter().find(|name| nearest(name, ["class"]).is_some());
        let meant = meant.map(|name| format!(" Is it `{}`? Then say so in a mapping.", cut(name))).unwrap_or_default();
        refuse(format!("No column says which class of records a row is.{meant}"))
    }
}

fn known(schedule: &Schedule, name: &str) -> Result<ClassIndex, Refusal> {
    schedule
        .known_class(name)
        .map_err(|refusal| Refusal::new(RefusalCode::MappingInvalid, format!("There is no such class in the pack. {}", refusal.detail)))
}

/// A column or fact by a name that is meant for it.
fn exactly(name: &str, schedule: &Schedule) -> Option<Target> {
    let wanted = plain(name);
    let other = OTHERS.iter().find(|(known, _, aliases)| *known == wanted || aliases.contains(&wanted.as_str()));
    other.map(|(_, target, _)| *target).or_else(|| schedule.fact(&wanted).map(Target::Fact))
}

/// A column by its name, also as people write it: "Date of interview", "File closure date".
fn recognise(name: &str, schedule: &Schedule) -> Option<Target> {
    let wanted = plain(name);
    exactly(&wanted, schedule).or_else(|| {
        let front = ["date_of_", "day_of_"].iter().find_map(|front| wanted.strip_prefix(front));
        let back = ["_date", "_day", "_on"].iter().find_map(|back| wanted.strip_suffix(back));
        let bare = front.or(back)?;
        exactly(bare, schedule).filter(|target| matches!(target, Target::Fact(FactRef::Day(_))))
    })
}

fn near_fact(name: &str, schedule: &Schedule) -> String {
    let known = schedule.columns().map(|(column, _)| column).chain(OTHERS.iter().map(|(name, ..)| *name));
    nearest(name, known).map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default()
}

/// The name of what a column holds.
pub(super) fn title(target: Target, schedule: &Schedule) -> &str {
    match target {
        Target::Fact(fact) => schedule.column(fact),
        other => OTHERS.iter().find(|(_, target, _)| *target == other).map_or("", |(name, ..)| name),
    }
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', ' '], "_")
}

/// A name short enough for a message.
fn cut(name: &str) -> String {
    name.chars().take(64).collect()
}
