//! Templates: embedded, compiled once, strict about every name.

use std::sync::LazyLock;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
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
    "components/show.html"
    "pages/form.html"
    "pages/item.html"
    "pages/people.html"
    "pages/problem.html"
    "pages/progress.html"
    "pages/request.html"
    "pages/requests.html"
    "pages/review.html"
    "pages/set_up.html"
    "pages/sign_in.html"
    "pages/text.html"
    "pages/today.html"
};

static TEMPLATES: LazyLock<Result<Environment<'static>, minijinja::Error>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    // A name that a page does not have is a fault, found by the test that renders every page.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, source) in SOURCES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

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
