//! PowerPoint slides (PPTX): slides in order, notes, comments.

use finder::document::{DocumentKind, PartKind};

use super::office::{Package, drawing_text, is_xml};
use crate::extract::markup::{Token, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let mut facts = Facts::default();
    let mut body = String::new();
    for folder in ["slides/slide", "notesSlides/notesSlide", "comments/", "slideMasters/", "slideLayouts/", "diagrams/data", "charts/chart"]
    {
        for name in package.names(|n| n.strip_prefix("ppt/").is_some_and(|n| n.starts_with(folder)) && is_xml(n)) {
            let xml = package.text(taking, &name);
            drawing_text(&xml, &mut body);
        }
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
