//! Every page, rendered with every sample, is sound HTML that a screen reader can use.

#[cfg(test)]
#[path = "pages/html.rs"]
mod html;

use html::{Document, Element};

#[cfg(test)]
fn every_page() -> impl Iterator<Item = (web::samples::Sample, Document)> {
    web::samples::all().into_iter().map(|sample| {
        let html = sample.html.clone().unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        let document = html::parse(&html).unwrap_or_else(|error| panic!("{}: {error}", sample.name));
        (sample, document)
    })
}

#[test]
fn every_page_is_well_formed_with_one_heading_and_one_main() {
    for (sample, page) in every_page() {
        assert_eq!(page.count("h1"), 1, "{}: exactly one h1", sample.name);
        assert_eq!(page.count("main"), 1, "{}: exactly one main", sample.name);
        assert_eq!(page.count("title"), 1, "{}", sample.name);
        assert!(!page.text("title").trim().is_empty(), "{}", sample.name);
    }
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    for (sample, page) in every_page() {
        let mut ids: Vec<&str> = page.elements.iter().filter_map(|e| e.attribute("id")).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}: an id is used twice", sample.name);
        for element in &page.elements {
            for name in ["for", "aria-labelledby", "aria-describedby", "aria-controls"] {
                for id in element.attribute(name).unwrap_or_default().split_whitespace() {
                    assert!(ids.contains(&id), "{}: {name}={id} leads nowhere", sample.name);
                }
            }
            if let Some(anchor) = element.attribute("href").and_then(|href| href.strip_prefix('#')) {
                assert!(ids.contains(&anchor), "{}: #{anchor} leads nowhere", sample.name);
            }
        }
    }
}

#[test]
fn every_control_has_a_label() {
    for (sample, page) in every_page() {
        let labels: Vec<&str> = page.elements.iter().filter(|e| e.name == "label").filter_map(|e| e.attribute("for")).collect();
        for control in page.elements.iter().filter(|e| is_control(e)) {
            let id = control.attribute("id").unwrap_or_default();
            assert!(labels.contains(&id), "{}: <{}> {:?} has no label", sample.name, control.name, control.attribute("name"));
        }
        for button in page.elements.iter().filter(|e| e.name == "button") {
            assert!(!button.text.trim().is_empty() || button.attribute("aria-label").is_some(), "{}: a button without words", sample.name);
        }
        for link in page.elements.iter().filter(|e| e.name == "a") {
            assert!(!link.text.trim().is_empty(), "{}: a link without words", sample.name);
        }
    }
}

fn is_control(element: &Element) -> bool {
    matches!(element.name.as_str(), "input" | "select" | "textarea") && element.attribute("type") != Some("hidden")
}

#[test]
fn a_refused_form_says_so_in_its_title_and_links_to_the_field() {
    let mut refused = 0;
    for (sample, page) in every_page() {
        let title = page.text("title");
        assert_eq!(title.starts_with("Error: "), sample.refused, "{}: {title}", sample.name);
        refused += usize::from(sample.refused);
    }
    assert!(refused >= 4, "too few samples show a refused form: {refused}");
}

#[test]
fn nothing_inline_that_the_content_security_policy_would_block() {
    for (sample, page) in every_page() {
        for element in &page.elements {
            assert_eq!(element.attribute("style"), None, "{}: inline style on <{}>", sample.name, element.name);
            assert!(element.attributes.iter().all(|(name, _)| !name.starts_with("on")), "{}: inline handler", sample.name);
            assert!(element.name != "style", "{}", sample.name);
            assert!(element.name != "script" || element.attribute("src").is_some(), "{}: inline script", sample.name);
        }
    }
}

#[test]
fn every_form_that_changes_something_is_posted_and_carries_its_once_key() {
    for (sample, page) in every_page() {
        for form in page.elements.iter().filter(|e| e.name == "form" && e.attribute("method") == Some("post")) {
            let action = form.attribute("action").unwrap_or_default();
            assert!(action.starts_with('/'), "{}: a form without an action of its own", sample.name);
            let free = ["/sign-out", "/sign-in", "/requests/search", "/inbox/search"];
            // A set-up link works once by itself.
            let free = free.contains(&action) || action.starts_with("/set-up/");
            assert!(free || form.inner.contains("name=\"once\""), "{}: {action} has no once key", sample.name);
        }
    }
}

#[test]
fn nothing_reads_as_missing() {
    for (sample, page) in every_page() {
        for word in ["undefined", "None", "null", "{{", "{%"] {
            assert!(!page.words().contains(word), "{}: shows {word}", sample.name);
        }
    }
}

#[test]
fn tables_have_captions_and_scoped_headings() {
    for (sample, page) in every_page() {
        assert_eq!(page.count("table"), page.count("caption"), "{}", sample.name);
        for heading in page.elements.iter().filter(|e| e.name == "th") {
            assert!(matches!(heading.attribute("scope"), Some("col" | "row")), "{}", sample.name);
        }
    }
}
