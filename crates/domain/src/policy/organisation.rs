//! Who the organisation is, its roles and its directory.

use serde::{Deserialize, Serialize};

use crate::calendar::Division;

/// The controller (`organisation.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Organisation {
    /// The name for a letter.
    pub name: String,
    /// What kind of organisation it is, for example "training provider".
    pub kind: String,
    /// The legal form: charity, community interest company, company, partnership.
    pub legal_form: String,
    /// Its number at Companies House or with the charity regulator, if it has one.
    pub number: String,
    /// The number in the regulator's register of fee payers, or why no fee is due.
    pub registration: String,
    /// The last day of its accounting year.
    pub year_end: Option<YearEnd>,
    /// Whose bank holidays count: the place of the office that handles requests.
    pub division: Option<Division>,
    /// The postal address, line by line.
    pub address: Vec<String>,
    /// The address for everything about personal data.
    pub email: String,
    /// The telephone number.
    pub phone: String,
    /// The website.
    pub website: String,
    /// Mail domains of its own people, to tell staff from the public.
    pub email_domains: Vec<String>,
    /// What the person who leads on data protection is called.
    pub dpo_title: String,
}

/// A day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearEnd {
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month.
    pub day: i8,
}

/// The roles (`roles.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Roles {
    /// Each role, by its id.
    pub(super) role: Vec<Role>,
}

/// A role somebody holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Role {
    /// The stable name.
    pub id: String,
    /// The title for a page or a letter.
    pub title: String,
    /// What the role is there for.
    pub duties: String,
    /// The clause that sets it up.
    pub clause: String,
}

/// The directory of the organisation's own people (`directory.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Directory {
    /// Each person.
    pub(super) person: Vec<Person>,
}

/// Somebody who works for the organisation, paid or not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// The stable name within the directory.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The job title.
    pub title: String,
    /// Roles held, by id.
    pub roles: Vec<String>,
    /// Mail addresses used for work.
    pub emails: Vec<String>,
    /// Telephone numbers used for work.
    pub phones: Vec<String>,
}
