//! A document made from the pack, as a page, as plain text, in large print and as PDF.

use axum::response::Response;
use domain::documents::{Document, Form, plain};
use domain::letters::Block;
use serde::Serialize;

use super::document::formats;
use crate::error::Problem;
use crate::extract::Visit;
use crate::pages::documents::download;
use crate::pages::form_page::Row;
use crate::shell::Link;
use crate::templates::Page;

/// A part of a document as the template takes it.
#[derive(Debug, Clone, Serialize)]
struct Part {
    kind: &'static str,
    text: String,
    items: Vec<String>,
    rows: Vec<Row>,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct Paper {
    title: String,
    organisation: String,
    about: Vec<Row>,
    parts: Vec<Part>,
    foot: String,
    formats: Vec<Link>,
    back: Link,
    large: bool,
}

impl Paper {
    /// The page of a document that lives at `here`.
    pub(crate) fn new(document: &Document, here: &str, back: Link, large: bool) -> Self {
        let mut formats = formats(here);
        if large {
            formats.retain(|link| !link.href.ends_with("as=large"));
            formats.push(Link::new(here, "Ordinary print on this page"));
        }
        Self {
            title: document.title.clone(),
            organisation: document.organisation.clone(),
            about: document.about.iter().map(|(term, text)| Row::new(term.as_str(), text.as_str())).collect(),
            parts: document.blocks.iter().map(part).collect(),
            foot: document.foot.clone(),
            formats,
            back,
            large,
        }
    }
}

fn part(block: &Block) -> Part {
    let empty = Part { kind: "", text: String::new(), items: Vec::new(), rows: Vec::new() };
    match block {
        Block::Heading(text) => Part { kind: "heading", text: text.clone(), ..empty },
        Block::Paragraph(text) => Part { kind: "paragraph", text: text.clone(), ..empty },
        Block::Bullets(items) => Part { kind: "bullets", items: items.clone(), ..empty },
        Block::Terms(rows) => {
            Part { kind: "terms", rows: rows.iter().map(|(term, text)| Row::whole(term.as_str(), text.as_str())).collect(), ..empty }
        }
    }
}

/// In which form a document was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    /// On the page, in large print or not.
    Page { large: bool },
    /// As plain text.
    Text,
    /// As PDF.
    Pdf(Form),
}

impl As {
    /// Reads `?as=`; anything unknown is the page.
    pub(crate) fn read(text: &str) -> Self {
        match text {
            "text" => Self::Text,
            "pdf" => Self::Pdf(Form::Print),
            "large-pdf" => Self::Pdf(Form::LargePrint),
            other => Self::Page { large: other == "large" },
        }
    }
}

/// The document as a file, where a file was asked for.
pub(crate) async fn as_file(
    visit: &Visit,
    document: &(dyn Fn() -> Document + Sync),
    stem: &str,
    form: As,
) -> Result<Option<Response>, Problem> {
    match form {
        As::Page { .. } => Ok(None),
        As::Text => Ok(Some(download(&format!("{stem}.txt"), "text/plain; charset=utf-8", plain(&document()).into_bytes()))),
        As::Pdf(form) => {
            let document = document();
            let name = if form == Form::Print { format!("{stem}.pdf") } else { format!("{stem}-large-print.pdf") };
            let pdf = visit.state.run(move |app| Ok(app.press.document(&document, form)?)).await?;
            Ok(Some(download(&name, "application/pdf", pdf)))
        }
    }
}

/// A title as the beginning of a file's name: `Privacy notice for parents` is `privacy-notice-for-parents`.
pub(crate) fn stem(title: &str) -> String {
    let safe: String = title.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let stem: Vec<&str> = safe.split('-').filter(|part| !part.is_empty()).collect();
    if stem.is_empty() { "document".to_owned() } else { stem.join("-") }
}

impl Page for Paper {
    const TEMPLATE: &'static str = "pages/policy/paper.html";

    fn title(&self) -> String {
        self.title.clone()
    }

    fn samples() -> Vec<Self> {
        let rows = |pairs: &[(&str, &str)]| pairs.iter().map(|(term, text)| ((*term).to_owned(), (*text).to_owned())).collect();
        let document = Document {
            title: "How we use your information".to_owned(),
            organisation: "Greenbank Learning CIC".to_owned(),
            about: rows(&[("Version", "1.0"), ("Printed on", "22 November 2026")]),
            blocks: vec![
                Block::Paragraph("We look after your information.".to_owned()),
                Block::Heading("What we use it for".to_owned()),
                Block::Terms(rows(&[("Purpose", "to plan and deliver tuition"), ("What", "name\nplans\nnotes of sessions")])),
                Block::Heading("Your rights".to_owned()),
                Block::Bullets(vec!["You can have a copy.".to_owned(), "It is free.".to_owned()]),
            ],
            foot: "How we use your information, version 1.0".to_owned(),
            audience: domain::policy::Audience::Child,
        };
        let back = || Link::new("/policy/notices", "Notices");
        vec![Self::new(&document, "/policy/notices/child", back(), false), Self::new(&document, "/policy/notices/child", back(), true)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_and_a_title_makes_a_name() {
        assert_eq!(As::read("large-pdf"), As::Pdf(Form::LargePrint));
        assert_eq!(As::read("large"), As::Page { large: true });
        assert_eq!(As::read("<x>"), As::Page { large: false });
        assert_eq!(stem("Privacy notice: parents & carers"), "privacy-notice-parents-carers");
        assert_eq!(stem("…"), "document");
    }
}
