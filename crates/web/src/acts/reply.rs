//! Send the reply: the pack is burnt, read back, and released only when nothing leaks.

use domain::ids::RecordId;
use services::requests::reply;

use super::Act;
use super::approve::searched;
use crate::forms::Field;
use crate::pages::form_page::FormPage;
use crate::shell::Link;
use crate::words::thousands;

/// The act.
pub(crate) const REPLY: Act = Act {
    key: "reply",
    notice: "replied",
    then: "",
    page: |view, _| {
        FormPage::new("Send the reply", Vec::new(), "Make the pack and record the reply")
            .intro("The pack is made now. What is withheld is taken out of it, not covered, and a second program reads the finished pack to make sure. If it finds anything, nothing is released.")
            .intro("Letter, pack, machine-readable copy and manifest are then kept with the request for you to send.")
            .check(searched(view))
            .aside("preview", "Read the reply letter (PDF)")
            .warning("The answer counts as given on this day.")
    },
    perform: |doing, _| {
        let told: Vec<u64> = doing.sent.text(TOLD).split(',').filter_map(|number| number.parse().ok()).collect();
        reply(doing.app, doing.actor, doing.id, doing.version, &told).map(drop)
    },
};

/// The field that says of which items whoever sends the reply knows that their text goes out.
const TOLD: &str = "as-text";

/// Says on the page of an act which items would go out as text though somebody agreed to their pages.
pub(super) fn announce(page: &mut FormPage, (id, in_large_print): (&RecordId, bool), numbers: &[u64]) {
    let [what, whose, why] = match numbers {
        [] => return,
        [_] => ["One item goes".to_owned(), "its".to_owned(), "its pages look different since, or cannot be drawn any more.".to_owned()],
        more => {
            let what = format!("{} items go", thousands(more.len() as u64));
            [what, "their".to_owned(), "they look different since, or cannot be drawn any more.".to_owned()]
        }
    };
    let why = if in_large_print { "in large print everything is set as text." } else { why.as_str() };
    page.notice = format!("{what} into the reply as text, though somebody agreed to {whose} pages: {why}");
    let link = |number: &u64| Link::new(format!("/requests/{id}/review/{number}/pages"), format!("Pages of item {}", number + 1));
    page.links = numbers.iter().map(link).collect();
    let told: Vec<String> = numbers.iter().map(u64::to_string).collect();
    page.form.fields.push(Field::hidden(TOLD, &told.join(",")));
}

/// The page of this act when items fell back to their text.
pub(crate) fn sample() -> FormPage {
    let mut page = FormPage::new("Send the reply", Vec::new(), "Make the pack and record the reply");
    "/requests/x/reply".clone_into(&mut page.action);
    announce(&mut page, (&RecordId::new("x"), false), &[2, 11]);
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sends_a_reply_is_told_what_goes_out_as_text() {
        let page = |large: bool, numbers: &[u64]| {
            let mut page = FormPage::new("", Vec::new(), "");
            announce(&mut page, (&RecordId::new("r"), large), numbers);
            page
        };
        assert!(page(false, &[]).notice.is_empty() && page(false, &[]).form.fields.is_empty());
        let one = page(false, &[6]);
        assert!(one.notice.starts_with("One item goes into the reply as text, though somebody agreed to its pages: "), "{}", one.notice);
        assert_eq!((one.links[0].href.as_str(), one.links[0].text.as_str()), ("/requests/r/review/6/pages", "Pages of item 7"));
        let two = page(true, &[0, 6]);
        assert!(two.notice.ends_with("their pages: in large print everything is set as text."), "{}", two.notice);
        assert_eq!(two.form.fields[0].value, "0,6");
    }
}
