//! Writers for the file formats of an office, small and valid.

pub mod delimited;
pub mod docx;
pub mod html;
pub mod mailbox;
pub mod pdf;
pub mod png;
pub mod unreadable;
pub mod xlsx;
pub mod zip;

/// Escapes text for XML and HTML.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// A document's text for the writers: what it says and what its properties say.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Title, shown and in the properties.
    pub title: String,
    /// Author in the properties: a place where names hide.
    pub author: String,
    /// When it was made, RFC 3339.
    pub created: String,
    /// Paragraphs; a line with ` | ` in it is a table row.
    pub lines: Vec<String>,
}

impl Sheet {
    /// A document from its running text: one paragraph a line, empty lines left out.
    pub fn new(title: &str, author: &str, created: &str, body: &str) -> Self {
        let lines = body.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Self { title: title.to_owned(), author: author.to_owned(), created: created.to_owned(), lines }
    }
}

/// The cells of a table row, or `None` for a paragraph.
pub fn cells(line: &str) -> Option<Vec<&str>> {
    line.contains(" | ").then(|| line.split(" | ").map(str::trim).collect())
}
