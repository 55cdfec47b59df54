//! Forms: fields as data, filled from what was sent, each with its own message.
//!
//! A page describes its fields once; the same description renders the form, reads it
//! back after a refusal with everything the person typed, and fills the error summary.

use crate::once;
use jiff::civil::Date;
use serde::Serialize;

/// What a browser sent: names and values in order, several of one name allowed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent(pub(crate) Vec<(String, String)>);

impl Sent {
    /// The first value of `name`, trimmed; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The key of this form, with what was typed: the same key with something else is another form.
    pub(crate) fn once(&self) -> once::Key {
        once::Key::of(self.text("once"), &self.0)
    }

    /// The first value of `name` as sent: a password keeps its spaces.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value of `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The lines of a text, trimmed, without empty ones.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        self.raw(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// The value, or `None` when it is empty.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// A date from the three parts of a date field.
    pub(crate) fn date(&self, name: &str) -> Result<Date, &'static str> {
        let part = |which: &str| self.text(&format!("{name}-{which}")).to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Err("Enter the date");
        }
        let whole = (day.parse().ok(), month_number(&month), year.parse().ok());
        let (Some(day), Some(month), Some(year)) = whole else {
            return Err("Enter a day, a month and a year in numbers, like 27 11 2026");
        };
        Date::new(year, month, day).map_err(|_| "Enter a date that exists")
    }
}

/// A month as a number or as the beginning of its English name.
fn month_number(text: &str) -> Option<i8> {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let start: String = text.to_lowercase().chars().take(3).collect();
    NAMES.iter().position(|name| *name == start).and_then(|index| i8::try_from(index + 1).ok())
}

/// How a field looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Text,
    Password,
    Textarea,
    /// Several lines that are never sent back.
    Secrets,
    Date,
    Radios,
    Checkboxes,
    File,
    Files,
    Hidden,
}

/// One answer of radios or checkboxes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) chosen: bool,
}

/// One field.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Field {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) value: String,
    pub(crate) day: String,
    pub(crate) month: String,
    pub(crate) year: String,
    pub(crate) choices: Vec<Choice>,
    pub(crate) error: String,
    pub(crate) input_type: &'static str,
    pub(crate) input_mode: &'static str,
    pub(crate) autocomplete: &'static str,
    pub(crate) width: &'static str,
    pub(crate) rows: u8,
}

impl Field {
    fn new(kind: Kind, name: &str, label: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            value: String::new(),
            day: String::new(),
            month: String::new(),
            year: String::new(),
            choices: Vec::new(),
            error: String::new(),
            input_type: "text",
            input_mode: "",
            autocomplete: "",
            width: "",
            rows: 5,
        }
    }

    /// One line of text.
    pub(crate) fn text(name: &str, label: &str) -> Self {
        Self::new(Kind::Text, name, label)
    }

    /// An e-mail address.
    pub(crate) fn email(name: &str, label: &str) -> Self {
        Self { input_type: "email", ..Self::new(Kind::Text, name, label) }
    }

    /// A telephone number.
    pub(crate) fn phone(name: &str, label: &str) -> Self {
        Self { input_type: "tel", width: "govuk-input--width-20", ..Self::new(Kind::Text, name, label) }
    }

    /// A six-digit code from an authenticator app.
    pub(crate) fn code(name: &str, label: &str) -> Self {
        let narrow = "govuk-input--width-5";
        Self { input_mode: "numeric", autocomplete: "one-time-code", width: narrow, ..Self::new(Kind::Text, name, label) }
    }

    /// A password; its value is never sent back.
    pub(crate) fn password(name: &str, label: &str, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..Self::new(Kind::Password, name, label) }
    }

    /// Several secrets, a line each, which are none of the reader's own: no browser keeps or checks them, and they are never
    /// sent back.
    pub(crate) fn secrets(name: &str, label: &str) -> Self {
        Self::new(Kind::Secrets, name, label)
    }

    /// Several lines of text.
    pub(crate) fn long(name: &str, label: &str) -> Self {
        Self::new(Kind::Textarea, name, label)
    }

    /// A day, month and year.
    pub(crate) fn date(name: &str, label: &str) -> Self {
        Self::new(Kind::Date, name, label)
    }

    /// One of several answers: `(value, label, hint)`.
    pub(crate) fn radios(name: &str, label: &str, choices: &[(&str, &str, &str)]) -> Self {
        Self { choices: choices.iter().map(choice).collect(), ..Self::new(Kind::Radios, name, label) }
    }

    /// Any of several answers: `(value, label, hint)`.
    pub(crate) fn checkboxes(name: &str, label: &str, choices: &[(&str, &str, &str)]) -> Self {
        Self { choices: choices.iter().map(choice).collect(), ..Self::new(Kind::Checkboxes, name, label) }
    }

    /// A file to upload.
    pub(crate) fn file(name: &str, label: &str) -> Self {
        Self::new(Kind::File, name, label)
    }

    /// Several files to upload.
    pub(crate) fn files(name: &str, label: &str) -> Self {
        Self::new(Kind::Files, name, label)
    }

    /// A value that travels with the form.
    pub(crate) fn hidden(name: &str, value: &str) -> Self {
        Self { value: value.to_owned(), ..Self::new(Kind::Hidden, name, "") }
    }

    pub(crate) fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    pub(crate) fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    pub(crate) fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// A first value; for a date `YYYY-MM-DD`.
    pub(crate) fn value(mut self, value: &str) -> Self {
        match self.kind {
            Kind::Date => self.set_date(value),
            Kind::Radios | Kind::Checkboxes => self.choices.iter_mut().for_each(|choice| choice.chosen = choice.value == value),
            _ => value.clone_into(&mut self.value),
        }
        self
    }

    fn set_date(&mut self, iso: &str) {
        if let Ok(date) = iso.parse::<Date>() {
            (self.day, self.month, self.year) = (date.day().to_string(), date.month().to_string(), date.year().to_string());
        }
    }

    fn fill(&mut self, sent: &Sent) {
        match self.kind {
            Kind::Password | Kind::Secrets | Kind::File | Kind::Files => {}
            Kind::Date => {
                let part = |which: &str| sent.text(&format!("{}-{which}", self.name)).to_owned();
                (self.day, self.month, self.year) = (part("day"), part("month"), part("year"));
            }
            Kind::Radios | Kind::Checkboxes => {
                for choice in &mut self.choices {
                    choice.chosen = sent.all(&self.name).any(|value| value == choice.value);
                }
            }
            Kind::Text | Kind::Textarea | Kind::Hidden => sent.raw(&self.name).clone_into(&mut self.value),
        }
    }

    /// Where the error summary's link leads: the first control of the field.
    fn anchor(&self) -> String {
        match self.kind {
            Kind::Date => format!("#{}-day", self.name),
            _ => format!("#{}", self.name),
        }
    }
}

fn choice(&(value, label, hint): &(&str, &str, &str)) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: hint.to_owned(), chosen: false }
}

/// One line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Complaint {
    /// `#field`, or empty when it is about the form as a whole.
    pub(crate) href: String,
    pub(crate) text: String,
}

/// A form: its fields and what was wrong with what was sent.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Form {
    pub(crate) fields: Vec<Field>,
    pub(crate) errors: Vec<Complaint>,
}

impl Form {
    pub(crate) fn new(fields: Vec<Field>) -> Self {
        Self { fields, errors: Vec::new() }
    }

    /// The same form with what was sent in it.
    pub(crate) fn filled(mut self, sent: &Sent) -> Self {
        self.fields.iter_mut().for_each(|field| field.fill(sent));
        self
    }

    /// Gives a field another value.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            value.clone_into(&mut field.value);
        }
    }

    /// Says what is wrong with `name`, at the field and in the summary.
    pub(crate) fn complain(&mut self, name: &str, text: impl Into<String>) {
        let text = text.into();
        let mut href = String::new();
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            href = field.anchor();
            field.error.clone_from(&text);
        }
        self.errors.push(Complaint { href, text });
    }

    /// The same, as an expression.
    pub(crate) fn complaining(mut self, name: &str, text: impl Into<String>) -> Self {
        self.complain(name, text);
        self
    }

    /// Whether anything was wrong.
    pub(crate) fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The text of a field that must not be empty; complains when it is.
    pub(crate) fn need(&mut self, sent: &Sent, name: &str, text: &str) -> String {
        let value = sent.text(name).to_owned();
        if value.is_empty() {
            self.complain(name, text);
        }
        value
    }

    /// The date of a field; complains when it is none.
    pub(crate) fn need_date(&mut self, sent: &Sent, name: &str) -> Option<Date> {
        sent.date(name).map_err(|text| self.complain(name, text)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Sent {
        Sent(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_date_is_read_from_numbers_or_a_month_name() {
        for month in ["11", "Nov", "november"] {
            let sent = sent(&[("on-day", "27"), ("on-month", month), ("on-year", "2026")]);
            assert_eq!(sent.date("on").unwrap().to_string(), "2026-11-27");
        }
    }

    #[test]
    fn an_impossible_or_missing_date_says_which() {
        assert_eq!(sent(&[]).date("on"), Err("Enter the date"));
        assert_eq!(sent(&[("on-day", "31"), ("on-month", "2"), ("on-year", "2026")]).date("on"), Err("Enter a date that exists"));
        assert!(sent(&[("on-day", "x"), ("on-month", "2"), ("on-year", "2026")]).date("on").is_err());
    }

    #[test]
    fn a_refused_form_keeps_what_was_typed_but_never_a_password() {
        let sent = sent(&[("email", "a@b.example"), ("password", "otter plinth"), ("how", "letter")]);
        let mut form = Form::new(vec![
            Field::email("email", "E-mail"),
            Field::password("password", "Password", "current-password"),
            Field::radios("how", "How", &[("mail", "Mail", ""), ("letter", "Letter", "")]),
        ])
        .filled(&sent);
        form.complain("email", "Enter another");
        assert_eq!(form.fields[0].value, "a@b.example");
        assert_eq!(form.fields[0].error, "Enter another");
        assert_eq!(form.fields[1].value, "");
        assert!(form.fields[2].choices[1].chosen && !form.fields[2].choices[0].chosen);
        assert_eq!(form.errors, [Complaint { href: "#email".into(), text: "Enter another".into() }]);
    }
}
