//! The hand-written documents in their formats.

use crate::phrase::Block;
use crate::when::When;
use crate::write::{Sheet, delimited, docx, html, pdf, xlsx};

/// The document's bytes in the format its name asks for. `None` when its date is none.
pub(super) fn bytes(block: &Block<'_>) -> Option<Vec<u8>> {
    let when = When::parse(block.get("date"))?;
    let sheet = Sheet::new(block.get("title"), block.get("by"), &when.utc(), block.body);
    Some(match ending(block) {
        "docx" => docx::docx(&sheet),
        "xlsx" => xlsx::xlsx(&sheet),
        "pdf" => pdf::pdf(&sheet),
        "csv" => delimited::csv(&sheet, true),
        "html" => html::page(&sheet),
        _ => format!("{}\n\n{}\n", sheet.title, block.body).into_bytes(),
    })
}

/// The media type under which it is attached.
pub(super) fn media(block: &Block<'_>) -> &'static str {
    match ending(block) {
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

/// The file's name without its folder.
pub(super) fn file_name<'a>(block: &Block<'a>) -> &'a str {
    let path = if block.get("file").is_empty() { block.get("name") } else { block.get("file") };
    path.rsplit('/').next().unwrap_or(path)
}

fn ending<'a>(block: &Block<'a>) -> &'a str {
    file_name(block).rsplit('.').next().unwrap_or_default()
}
