//! Templates: embedded, compiled once, strict about every name.

use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, Output, State, UndefinedBehavior, context};
use serde::Serialize;

use crate::forms::Form;
use crate::shell::Shell;

macro_rules! sources {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../templates/", $name))),)+]
    };
}

/// Every template there is.
const SOURCES: &[(&str, &str)] = sources! {
    "layout.html"
    "components/fields.html"
    "components/policy.html"
    "components/show.html"
    "pages/complaints/list.html"
    "pages/complaints/one.html"
    "pages/account.html"
    "pages/disclosures.html"
    "pages/duties/duty.html"
    "pages/duties/list.html"
    "pages/envelope.html"
    "pages/exemptions.html"
    "pages/form.html"
    "pages/item.html"
    "pages/item_pages.html"
    "pages/letter.html"
    "pages/locked.html"
    "pages/marks/check.html"
    "pages/marks/list.html"
    "pages/outbox.html"
    "pages/people.html"
    "pages/inbox/list.html"
    "pages/inbox/message.html"
    "pages/policy/clause.html"
    "pages/policy/compare.html"
    "pages/policy/conflicts.html"
    "pages/policy/document.html"
    "pages/policy/notices.html"
    "pages/policy/paper.html"
    "pages/policy/questions.html"
    "pages/policy/read.html"
    "pages/policy/readings.html"
    "pages/policy/version.html"
    "pages/policy/versions.html"
    "pages/posting.html"
    "pages/problem.html"
    "pages/progress.html"
    "pages/release.html"
    "pages/request.html"
    "pages/requests.html"
    "pages/review.html"
    "pages/same_words.html"
    "pages/search_plan.html"
    "pages/searches.html"
    "pages/set_up.html"
    "pages/sign_in.html"
    "pages/text.html"
    "pages/today.html"
    "portal/layout.html"
    "portal/page.html"
};

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    // A name that a page does not have is a fault, found by the test that renders every page.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_formatter(escape);
    for (name, source) in SOURCES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

/// Escapes for HTML text and quoted attributes. Unlike the library's own it leaves the
/// slash alone: addresses stay readable, and every attribute of ours is quoted.
fn escape(out: &mut Output<'_>, _state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let written = if value.is_safe() {
        match value.as_str() {
            Some(text) => out.write_str(text),
            None => write!(out, "{value}"),
        }
    } else if let Some(text) = value.as_str() {
        write_escaped(out, text)
    } else if value.is_none() {
        Ok(())
    } else {
        write_escaped(out, &value.to_string())
    };
    written.map_err(minijinja::Error::from)
}

fn write_escaped(out: &mut Output<'_>, text: &str) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, from) = rest.split_at(at);
        out.write_str(before)?;
        let mut chars = from.chars();
        out.write_str(match chars.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = chars.as_str();
    }
    out.write_str(rest)
}

/// What a page shows: its data, which template, its title.
pub(crate) trait Page: Serialize {
    /// Which template under `templates/`.
    const TEMPLATE: &'static str;

    /// The title in the browser's tab: what this page is, never a name of a person.
    fn title(&self) -> String;

    /// The form whose errors the summary at the top shows, if the page has one.
    fn form(&self) -> Option<&Form> {
        None
    }

    /// Invented examples of the page in every shape it can take, for tests and design.
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// Renders `page` inside `shell`.
///
/// # Errors
/// Only when a template and its page disagree, which the tests exclude.
pub(crate) fn render<P: Page>(shell: &Shell, page: &P) -> Result<String, String> {
    let environment = TEMPLATES.as_ref().map_err(ToString::to_string)?;
    let template = environment.get_template(P::TEMPLATE).map_err(|error| error.to_string())?;
    let problems = page.form().map(|form| form.errors.as_slice()).unwrap_or_default();
    let context = context! {
        title => page.title(),
        problems => Value::from(Serde(problems)),
        shell => Value::from(Serde(shell)),
        page => Value::from(Serde(page)),
    };
    template.render(context).map_err(|error| format!("{}: {error:#}", P::TEMPLATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_means_something_in_html_is_escaped() {
        let mut environment = Environment::new();
        environment.set_formatter(escape);
        environment.add_template("t.html", "<a href=\"{{ x }}\">{{ x }}</a>{{ n }}{{ none }}").unwrap();
        let context = context! { x => "/a?b=1&c=\"'<script>é", n => 3, none => Value::from(()) };
        let html = environment.get_template("t.html").unwrap().render(context).unwrap();
        let x = "/a?b=1&amp;c=&quot;&#39;&lt;script&gt;é";
        assert_eq!(html, format!("<a href=\"{x}\">{x}</a>3"));
    }
}
