//! Small good files of every kind that is read: a few hundred bytes to a few thousand, holding a little
//! of everything that the kind can hold. What is spoilt begins with them (see [`crate::spoil`]).

mod cabinet;
mod database;
mod office;
mod old;
mod outlook;
pub mod packed;
mod page;
mod pictures;
mod wire;
mod words;

pub use old::blips;

/// The good files of a kind: a name of a format as `adapters` lists it, or of another thing that is parsed. None for a kind
/// that is not known.
pub fn small(kind: &str) -> Vec<Vec<u8>> {
    match kind {
        "mail" | "received" | "intake" => words::mails(),
        "text" | "detect" | "matcher" | "fold" | "quotes" | "plan" => words::texts(),
        "table" => words::tables(),
        "rows" => words::rows(),
        "cards" => words::cards(),
        "html" => words::pages(),
        "xml" => words::documents(),
        "applemail" => words::kept(),
        "applepart" => vec![b"\0\x1a\0\0\x1d\x2cAda Example \x11\x0c\x20and so on".to_vec()],
        "dbase" => database::tables(),
        "wordperfect" => old::letters(),
        "notebook" => old::sections(),
        "rtf" => words::rich(),
        "mbox" | "mailbox" => words::mboxes(),
        "signature" => words::armoured(),
        "encrypted" => words::armoured().into_iter().chain([old::locked()]).collect(),
        "word" => office::word(),
        "workbook" => office::workbook(),
        "sheets" => [office::workbook(), office::open_sheets(), old::books()].concat(),
        "slides" => office::slides(),
        "opendocument" => office::open_document(),
        "zip" | "zip-source" => office::zips(),
        "database" => database::bases(),
        "oldoffice" => old::documents(),
        "compound" => old::carriers(),
        "outlookmessage" => old::messages(),
        "outlookstore" | "pst" => outlook::stores(),
        "tnef" => outlook::tnef(),
        "archive" => outlook::archives(),
        "tar-source" => outlook::tars(),
        "pdf" => page::texts(),
        "draw-pdf" => page::drawings(),
        "picture" | "draw-picture" => pictures::pictures(),
        "imap" => wire::imap(),
        "smtp" => wire::smtp(),
        "person" => wire::people(),
        "dates" => wire::dates(),
        "holidays" => wire::holidays(),
        "deadline-lines" => wire::deadlines(),
        "holdings" => wire::holdings(),
        "mapping" => wire::mappings(),
        "form" => wire::forms(),
        "sound" => words::sounds(),
        "unknown" | "video" | "program" => vec![b"\0\x01\x02\x03about Ada Example\0\0\xFF\xFEA\0d\0a\0 \0L\0t\0d\0\0\0".to_vec()],
        _ => Vec::new(),
    }
}

/// UTF-16 with its low byte first.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::small;

    #[test]
    fn every_one_is_small() {
        for kind in ["mail", "word", "workbook", "oldoffice", "compound", "outlookmessage", "pst", "pdf", "picture", "archive", "tnef"] {
            let files = small(kind);
            assert!(!files.is_empty() && files.iter().all(|file| (10..8_000).contains(&file.len())), "{kind}");
        }
    }
}
