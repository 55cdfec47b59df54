//! A page that asks for one thing: heading, what the law says, the form, one button.
//! Most acts on a request look like this; each act describes its own in `acts`.

use serde::Serialize;

use crate::acts::reply;
use crate::forms::{Field, Form};
use crate::pages::complaints::{new, step};
use crate::pages::duties::event;
use crate::pages::everywhere;
use crate::pages::exemptions;
use crate::pages::found;
use crate::pages::inbox::settle;
use crate::pages::log;
use crate::pages::outbox;
use crate::pages::policy::adopt;
use crate::pages::postings;
use crate::pages::{portal_desk, release};
use crate::shell::Link;
use crate::templates::Page;

/// One row of a summary list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    pub(crate) key: String,
    pub(crate) value: String,
    /// Keep the line breaks of the value.
    pub(crate) whole: bool,
}

impl Row {
    pub(crate) fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { key: key.into(), value: value.into(), whole: false }
    }

    /// A row with longer text whose line breaks count.
    pub(crate) fn whole(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self { whole: true, ..Self::new(key, value) }
    }
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FormPage {
    pub(crate) caption: String,
    pub(crate) heading: String,
    pub(crate) intro: Vec<String>,
    pub(crate) law: String,
    /// What somebody has to know first, and where to look at it.
    pub(crate) notice: String,
    pub(crate) links: Vec<Link>,
    pub(crate) check: Vec<Row>,
    pub(crate) warning: String,
    pub(crate) form: Form,
    pub(crate) button: String,
    pub(crate) button_kind: &'static str,
    pub(crate) upload: bool,
    /// Offers to see and edit the letter that this makes.
    pub(crate) letter: bool,
    pub(crate) aside: Option<Link>,
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) once: String,
}

impl FormPage {
    /// A page with a heading, fields and the words on its button.
    pub(crate) fn new(heading: &str, fields: Vec<Field>, button: &str) -> Self {
        Self {
            caption: String::new(),
            heading: heading.to_owned(),
            intro: Vec::new(),
            law: String::new(),
            notice: String::new(),
            links: Vec::new(),
            check: Vec::new(),
            warning: String::new(),
            form: Form::new(fields),
            button: button.to_owned(),
            button_kind: "",
            upload: false,
            letter: false,
            aside: None,
            action: String::new(),
            back: "/".to_owned(),
            once: String::new(),
        }
    }

    /// One more paragraph above the form.
    pub(crate) fn intro(mut self, text: impl Into<String>) -> Self {
        self.intro.push(text.into());
        self
    }

    /// What the law or the policy says about this.
    pub(crate) fn law(mut self, text: &str) -> Self {
        text.clone_into(&mut self.law);
        self
    }

    /// A last warning, right above the button.
    pub(crate) fn warning(mut self, text: &str) -> Self {
        text.clone_into(&mut self.warning);
        self.button_kind = "warning";
        self
    }

    /// What to check before the button is pressed.
    pub(crate) fn check(mut self, rows: Vec<Row>) -> Self {
        self.check = rows;
        self
    }

    /// A link to the other way of doing it.
    pub(crate) fn aside(mut self, href: impl Into<String>, text: &str) -> Self {
        self.aside = Some(Link::new(href, text));
        self
    }

    /// The form carries a file.
    pub(crate) fn upload(mut self) -> Self {
        self.upload = true;
        self
    }
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "pages/form.html";

    fn title(&self) -> String {
        if self.caption.is_empty() { self.heading.clone() } else { format!("{}: {}", self.caption, self.heading) }
    }

    fn form(&self) -> Option<&Form> {
        Some(&self.form)
    }

    fn samples() -> Vec<Self> {
        let every_field = vec![
            Field::text("one", "A line of text").hint("A hint."),
            Field::email("mail", "E-mail address").autocomplete("email"),
            Field::phone("phone", "Phone number"),
            Field::long("words", "Exact words").rows(8),
            Field::date("on", "Received on").value("2026-11-20"),
            Field::radios("how", "How it came", &[("email", "E-mail", ""), ("phone", "Phone", "A note of what was said is enough.")])
                .value("phone"),
            Field::checkboxes("where", "Where to search", &[("a", "Mailbox", "Maildir"), ("b", "Shared files", "")]),
            Field::file("file", "A message").hint("An .eml file"),
            Field::password("secret", "Password", "new-password"),
            Field::hidden("version", "3"),
        ];
        let mut refused = Self::new("Every kind of field", every_field, "Save").law("What the law says.").upload();
        "SAR-2026-0001".clone_into(&mut refused.caption);
        "/requests/x/form".clone_into(&mut refused.action);
        let names: Vec<String> = refused.form.fields.iter().map(|field| field.name.clone()).filter(|name| name != "version").collect();
        let accepted = refused.clone().intro("A first paragraph.").warning("This cannot be undone.").aside("/help", "Another way");
        for name in names {
            refused.form.complain(&name, format!("Enter the {name}"));
        }
        refused.form.complain("", "Something about the whole form.");
        let mut check = Self::new("Check before you go on", Vec::new(), "Approve")
            .check(vec![Row::new("Items", "14"), Row::whole("Words", "Dear all,\nplease send me everything.")]);
        "/requests/x/approve".clone_into(&mut check.action);
        check.letter = true;
        vec![
            accepted,
            refused,
            check,
            log::log_page(),
            log::upload_page(),
            found::sample(),
            everywhere::sample(),
            adopt::sample_new(),
            adopt::sample_adopt(),
            event::sample(),
            settle::sample(),
            postings::sample_print(),
            new::page(),
            reply::sample(),
        ]
        .into_iter()
        .chain(exemptions::sample_form())
        .chain(step::samples())
        .chain(release::samples())
        .chain(portal_desk::samples())
        .chain(outbox::samples())
        .collect()
    }
}
