//! Authority: may this person ask for somebody else?

use domain::casework::request::{AuthorityForm, AuthorityKind, Matter};
use services::requests::{ask_authority, authority_checked, keep_addresses};

use super::Act;
use crate::forms::Field;
use crate::pages::form_page::FormPage;

/// Asking.
pub(crate) const AUTHORITY: Act = Act {
    key: "authority",
    notice: "authority-asked",
    then: "",
    page: |_, _| {
        let doubt = Field::long("doubt", "What has to be shown, and why?")
            .hint("For example: a signed authority from the person, because the solicitor’s letter encloses none.");
        FormPage::new("Ask for proof of authority", vec![doubt], "Ask for proof")
            .intro("Somebody who asks for another person’s data must be entitled to: by a signed authority, a power of attorney or parental responsibility.")
    },
    perform: |doing, form| {
        let doubt = form.need(doing.sent, "doubt", "Write down what has to be shown and why");
        if form.is_refused() { Ok(()) } else { ask_authority(doing.app, doing.actor, doing.id, doing.version, &doubt).map(drop) }
    },
};

/// What somebody has is checked: what kind, what for, registered, limited.
pub(crate) const AUTHORITY_RECEIVED: Act = Act {
    key: "authority-received",
    notice: "authority-received",
    then: "",
    page: |view, _| {
        let kinds: Vec<(&str, &str, &str)> = AuthorityKind::ALL.iter().map(|(_, key, title)| (*key, *title, "")).collect();
        let matters = [("care", "Health, care, daily life", ""), ("money", "Money and property", ""), ("both", "Both", "")];
        let yes_no = [("yes", "Yes", ""), ("no", "No", "")];
        let fields = vec![
            Field::radios("kind", "What do they rely on?", &kinds),
            Field::radios("about", "What are the records about that they ask for?", &matters),
            Field::radios("scope", "What does the document or the order cover?", &matters)
                .hint("A lasting power of attorney covers what its kind says. For an order or a signed authority, read it."),
            Field::radios("registered", "Is it registered with the public guardian or the court?", &yes_no)
                .hint("A lasting power of attorney can be used only when it is registered: look for the stamp, or ask the Office of the Public Guardian."),
            Field::radios("lacks", "Is the person unable to decide about this request?", &yes_no)
                .hint("For this decision, at this time. Somebody must have judged it."),
            Field::radios("limited", "Has a court limited or ended it, or forbidden this?", &yes_no)
                .hint("For parents: is there an order that limits parental responsibility or contact?"),
            Field::date("until", "When does it end?").hint("Only where the document or the order says so."),
            Field::long("seen", "What was seen")
                .hint("For example: the stamped power of attorney, code checked on the public register. Keep no copy of an identity document.")
                .rows(3),
            Field::date("on", "When it came").value(&view.request.received_on.to_string()),
        ];
        FormPage::new("Check authority to act", fields, "Record the check")
            .intro("A family relationship alone gives no right to another person’s data.")
            .law("What came after the request moves the start of the time to the day on which it came (UK GDPR Article 12A(2)).")
            .aside("authority", "Nothing was enclosed: ask for proof")
    },
    perform: |doing, form| {
        let kind = AuthorityKind::from_key(doing.sent.text("kind"));
        let about = Matter::from_key(doing.sent.text("about"));
        if kind.is_none() {
            form.complain("kind", "Choose what they rely on");
        }
        if about.is_none() {
            form.complain("about", "Choose what the records are about");
        }
        let seen = form.need(doing.sent, "seen", "Write down what was seen");
        let on = form.need_date(doing.sent, "on");
        let ends = ["day", "month", "year"].iter().any(|part| !doing.sent.text(&format!("until-{part}")).is_empty());
        let until = if ends { form.need_date(doing.sent, "until") } else { None };
        let (Some(kind), Some(about), Some(on)) = (kind, about, on) else { return Ok(()) };
        if form.is_refused() {
            return Ok(());
        }
        let is = |name: &str| doing.sent.text(name) == "yes";
        // What is not known is not taken for granted: an unread document covers nothing more than is asked.
        let scope = Matter::from_key(doing.sent.text("scope")).unwrap_or(about);
        let (registered, lacks_capacity, limited) = (is("registered"), is("lacks"), is("limited"));
        let check = AuthorityForm { kind, about, scope, registered, lacks_capacity, limited, until, seen, on };
        authority_checked(doing.app, doing.actor, doing.id, doing.version, &check).map(drop)
    },
};

/// Addresses that must not be shown to whoever asks.
pub(crate) const ADDRESSES: Act = Act {
    key: "addresses",
    notice: "addresses",
    then: "",
    page: |view, _| {
        let kept = view.request.confidential_addresses().join("\n");
        let field = Field::long("addresses", "Addresses that must not be shown")
            .hint("One a line. Add the postcode and the street on lines of their own. For example where parents live apart, or somebody is in a refuge.")
            .value(&kept);
        FormPage::new("Keep addresses from whoever asks", vec![field], "Save")
            .intro("No letter in this case can carry them, and they are taken out of the pack wherever they stand.")
    },
    perform: |doing, _| keep_addresses(doing.app, doing.actor, doing.id, doing.version, &doing.sent.lines("addresses")).map(drop),
};
