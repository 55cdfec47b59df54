//! Word documents (DOCX): text, tables, headers, footers, notes, comments, and what tracked
//! changes took away.

use finder::document::{DocumentKind, PartKind};

use super::office::{Package, chart_text, described, drawing_text, end_line, plain};
use crate::extract::markup::{Tag, Token, Tokens, local, push_decoded, tokens};
use crate::extract::taking::{About, Item, Reason, Taking};
use crate::extract::writing::{Facts, Writing};

pub(super) fn read(taking: &mut Taking<'_>, item: Item<'_>) -> Result<(), Reason> {
    let mut package = Package::open(taking, item.bytes)?;
    let mut facts = Facts::default();
    let mut writing = Writing::sized(item.bytes.len());
    let mut body = String::new();
    for stem in ["document", "header", "footer", "footnotes", "endnotes", "comments", "glossary/document"] {
        for name in package.names(|n| is_part(n, stem)) {
            let xml = package.text(taking, &name);
            Story::default().write(&xml, &mut body, &mut facts);
            end_line(&mut body);
        }
    }
    for name in package.names(|n| n.starts_with("word/diagrams/data")) {
        let xml = package.text(taking, &name);
        drawing_text(&xml, &mut body);
    }
    for name in package.names(|n| n.starts_with("word/charts/chart")) {
        let xml = package.text(taking, &name);
        chart_text(&xml, &mut body);
    }
    for name in package.names(|n| n == "word/people.xml") {
        let xml = package.text(taking, &name);
        tokens(&xml).for_each(|token| {
            if let Token::Open(tag) = token {
                facts.add("Changed by", &tag.attribute("author").unwrap_or_default());
            }
        });
    }
    package.properties(taking, &mut facts);
    writing.part(PartKind::Body, |out| out.push_str(&body));
    writing.metadata(&facts);
    let title = facts.first("Title").to_owned();
    taking.document(About { kind: DocumentKind::Word, title, date: None }, item, writing);
    package.embedded(taking);
    Ok(())
}

/// `word/header2.xml` is part of the story `header`.
fn is_part(name: &str, stem: &str) -> bool {
    let Some(rest) = name.strip_prefix("word/").and_then(|n| n.strip_prefix(stem)).and_then(|n| n.strip_suffix(".xml")) else {
        return false;
    };
    rest.bytes().all(|b| b.is_ascii_digit())
}

/// Where the reading stands inside one XML part.
#[derive(Default)]
struct Story {
    inside_text: bool,
    inside_field: bool,
    inside_formatting: usize,
    cells: usize,
    removed: usize,
    deleted: String,
    field: String,
}

impl Story {
    fn write(mut self, xml: &str, out: &mut String, facts: &mut Facts) {
        let mut rest = tokens(xml);
        while let Some(token) = rest.next() {
            match token {
                Token::Open(tag) => self.open(&tag, &mut rest, out, facts),
                Token::Close(name) => self.close(local(name), out, facts),
                Token::Text(text) => self.text(out, |to| push_decoded(to, text)),
                Token::Literal(text) => self.text(out, |to| to.push_str(text)),
            }
        }
        facts.add("Deleted", &self.deleted);
        facts.add("Field", &self.field);
    }

    fn text(&mut self, out: &mut String, push: impl FnOnce(&mut String)) {
        match () {
            () if self.inside_field => push(&mut self.field),
            () if !self.inside_text => {}
            () if self.removed > 0 => push(&mut self.deleted),
            () => push(out),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, rest: &mut Tokens<'_>, out: &mut String, facts: &mut Facts) {
        match tag.local() {
            "t" => self.inside_text = !tag.empty,
            "delText" | "delInstrText" => {
                self.inside_text = !tag.empty;
                self.removed += usize::from(!tag.empty);
            }
            "instrText" => self.inside_field = !tag.empty,
            // How the next letters are spoken.
            "rt" if !tag.empty => facts.add("Read as", &plain(rest.skip_to_close(tag.name))),
            "fldSimple" => facts.add("Field", &tag.attribute("instr").unwrap_or_default()),
            "tab" if self.inside_formatting == 0 => self.to(out).push('\t'),
            "br" | "cr" => self.to(out).push('\n'),
            "noBreakHyphen" => self.to(out).push('-'),
            "pPr" | "rPr" | "sectPr" if !tag.empty => self.inside_formatting += 1,
            "tc" if !tag.empty => self.cells += 1,
            "ins" | "del" | "moveFrom" | "moveTo" | "comment" => {
                facts.add("Changed by", &tag.attribute("author").unwrap_or_default());
                self.removed += usize::from(!tag.empty && tag.local() == "moveFrom");
            }
            "docPr" | "cNvPr" => {
                described(tag.attribute("descr"), out);
                described(tag.attribute("title"), out);
            }
            // The same text once more, for old programs.
            "Fallback" if !tag.empty => {
                rest.skip_to_close(tag.name);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, out: &mut String, facts: &mut Facts) {
        match name {
            "t" => self.inside_text = false,
            "delText" | "delInstrText" => {
                self.inside_text = false;
                self.removed = self.removed.saturating_sub(1);
            }
            "instrText" => {
                self.inside_field = false;
                facts.add("Field", &std::mem::take(&mut self.field));
            }
            "moveFrom" => self.removed = self.removed.saturating_sub(1),
            "pPr" | "rPr" | "sectPr" => self.inside_formatting = self.inside_formatting.saturating_sub(1),
            "p" => {
                facts.add("Deleted", &std::mem::take(&mut self.deleted));
                out.push(if self.cells > 0 { ' ' } else { '\n' });
            }
            "tc" => {
                self.cells = self.cells.saturating_sub(1);
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str(" | ");
            }
            "tr" => {
                out.truncate(out.trim_end_matches([' ', '|']).len());
                end_line(out);
            }
            _ => {}
        }
    }

    fn to<'o>(&'o mut self, out: &'o mut String) -> &'o mut String {
        if self.removed > 0 { &mut self.deleted } else { out }
    }
}
