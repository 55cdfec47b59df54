//! PowerPoint slides (PPTX): slides in order, notes, comments, and what the masters and layouts
//! they are made with say themselves.

use std::collections::HashSet;

use finder::document::{DocumentKind, PartKind};

use super::office::{Package, chart_text, drawing_text, is_xml, links, pattern_text};
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let mut facts = Facts::default();
    let mut body = String::new();
    leave_unused(&mut package, taking, &mut facts);
    for folder in ["slides/slide", "notesSlides/notesSlide", "comments/", "diagrams/data"] {
        for name in package.names(|n| is_in(n, folder)) {
            let xml = package.text(taking, &name);
            drawing_text(&xml, &mut body);
        }
    }
    for name in package.names(|n| is_in(n, "charts/chart")) {
        let xml = package.text(taking, &name);
        chart_text(&xml, &mut body);
    }
    for name in package.names(|n| PATTERNS.iter().any(|folder| is_in(n, folder))) {
        let xml = package.text(taking, &name);
        pattern_text(&xml, &mut body);
    }
    for name in package.names(|n| n == "ppt/commentAuthors.xml" || n == "ppt/authors.xml") {
        let xml = package.text(taking, &name);
        for token in tokens(&xml) {
            if let Token::Open(tag) = token {
                facts.add("Comment by", &tag.attribute("name").unwrap_or_default());
            }
        }
    }
    package.properties(taking, &mut facts);
    let mut writing = Writing::default();
    writing.part(PartKind::Body, |out| out.push_str(&body));
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Slides, title, date: None }, item, writing);
    package.embedded(taking);
    Ok(())
}

/// What slides, their notes and handouts are made with.
const PATTERNS: &[&str] = &["slideMasters/", "slideLayouts/", "notesMasters/", "handoutMasters/"];

fn is_in(name: &str, folder: &str) -> bool {
    name.strip_prefix("ppt/").is_some_and(|name| name.starts_with(folder)) && is_xml(name)
}

/// Leaves out the layouts that no slide is made with: a program puts a dozen into every file.
fn leave_unused(package: &mut Package<'_>, taking: &mut Taking<'_>, facts: &mut Facts) {
    const RELATIONS: &str = "ppt/slides/_rels/";
    let mut used = HashSet::new();
    for name in package.names(|n| n.starts_with(RELATIONS)) {
        let xml = package.text(taking, &name);
        used.extend(links(&xml, facts).into_iter().filter_map(|part| part.rsplit_once('/').map(|(_, file)| file.to_owned())));
    }
    package.leave_out(|name| {
        let layout = name.strip_prefix("ppt/slideLayouts/").map(|file| file.trim_start_matches("_rels/").trim_end_matches(".rels"));
        name.starts_with(RELATIONS) || layout.is_some_and(|file| !used.contains(file))
    });
}
