//! The readers: one file a kind of document, one line in [`READERS`].

#![expect(clippy::unnecessary_wraps, reason = "every reader has the signature of the list")]

mod apple;
mod archive;
mod art;
mod book;
mod cabinet;
mod cards;
mod compound;
mod database;
mod dbase;
mod grid;
mod html;
mod json;
mod letter;
mod mail;
mod mail_body;
mod mail_chain;
mod mail_edges;
mod mail_head;
mod mail_lift;
mod mail_words;
mod mailbox;
mod metafile;
mod notebook;
mod office;
mod old_office;
mod ole;
mod open_document;
mod open_sheets;
mod outlook;
mod packed_rtf;
mod parts;
mod pdf;
mod pdf_text;
mod picture;
mod picture_words;
mod rar;
mod rows;
mod rtf;
mod rtf_words;
mod scraps;
mod seven_zip;
mod slides;
mod slides_97;
mod sound;
mod summary;
mod table;
mod text;
mod tnef;
mod unread;
mod uuencode;
mod word;
mod word_97;
mod word_97_runs;
mod wordperfect;
mod xls;
mod xlsb;
mod xlsx;
mod xml;
mod zip;
mod zip_mend;

pub(crate) use apple::first_line;
pub(crate) use archive::LOOK_BACK;
pub(crate) use dbase::{is_table, is_whole_table};
pub(crate) use grid::Grid;
pub use grid::Sheet;
pub(crate) use letter::{moment, narrow, packed_text, wide};
pub(crate) use metafile::is_one as is_metafile;
pub(crate) use ole::stream_names;
pub(crate) use rows::{MARK, ROW, ROWS};

use super::sniff::Format;
use super::taking::{Item, Reason, Taking};

/// Reads one kind of document.
pub(crate) struct Reader {
    /// What it reads.
    pub(crate) format: Format,
    /// What a person calls it.
    pub(crate) words: &'static str,
    /// Reads the item: takes documents, enters what is inside, lists what it cannot read. An
    /// `Err` is the reason why the item itself could not be read.
    pub(crate) read: fn(&mut Taking<'_>, Item<'_>) -> Result<(), Reason>,
}

/// Every kind there is. A kind without a reader of its own says why it is not read.
pub(crate) static READERS: &[Reader] = &[
    Reader { format: Format::Mail, words: "e-mail", read: mail::read },
    Reader { format: Format::Mailbox, words: "mailbox (mbox)", read: mailbox::mbox },
    Reader { format: Format::Text, words: "plain text", read: text::read },
    Reader { format: Format::Table, words: "table (CSV)", read: table::read },
    Reader { format: Format::Rows, words: "rows of an export or a database", read: rows::read },
    Reader { format: Format::Cards, words: "contact or calendar file", read: cards::read },
    Reader { format: Format::Html, words: "web page", read: html::read },
    Reader { format: Format::Xml, words: "XML document", read: xml::read },
    Reader { format: Format::Word, words: "Word document", read: word::read },
    Reader { format: Format::Workbook, words: "Excel workbook", read: book::read },
    Reader { format: Format::Slides, words: "PowerPoint slides", read: slides::read },
    Reader { format: Format::OpenDocument, words: "OpenDocument", read: open_document::read },
    Reader { format: Format::Rtf, words: "rich text", read: rtf::read },
    Reader { format: Format::Pdf, words: "PDF", read: pdf::read },
    Reader { format: Format::Zip, words: "zip archive", read: zip::read },
    Reader { format: Format::OldOffice, words: "Office 97-2003 document", read: old_office::read },
    Reader { format: Format::OutlookMessage, words: "Outlook message", read: outlook::read },
    Reader { format: Format::OutlookStore, words: "Outlook data file", read: mailbox::outlook },
    Reader { format: Format::Compound, words: "file inside an Office document", read: compound::read },
    Reader { format: Format::Database, words: "database (SQLite)", read: database::read },
    Reader { format: Format::Dbase, words: "table (dBase)", read: dbase::read },
    Reader { format: Format::WordPerfect, words: "WordPerfect document", read: wordperfect::read },
    Reader { format: Format::Notebook, words: "OneNote section", read: notebook::read },
    Reader { format: Format::Picture, words: "picture", read: picture::read },
    Reader { format: Format::Sound, words: "sound recording", read: sound::read },
    Reader { format: Format::Video, words: "video", read: unread::video },
    Reader { format: Format::Archive, words: "archive (7z, RAR, cabinet, tar, gzip, bzip2, xz, LZMA, Zstandard)", read: archive::read },
    Reader { format: Format::AppleMail, words: "message of Apple Mail", read: apple::message },
    Reader { format: Format::ApplePart, words: "part of a Pages, Numbers or Keynote document", read: apple::part },
    Reader { format: Format::Tnef, words: "winmail.dat", read: tnef::read },
    Reader { format: Format::Signature, words: "digital signature", read: unread::signature },
    Reader { format: Format::Encrypted, words: "encrypted file", read: unread::encrypted },
    Reader { format: Format::Program, words: "program", read: unread::program },
    Reader { format: Format::Unknown, words: "unknown", read: scraps::unknown },
];

const FALLBACK: Reader = Reader { format: Format::Unknown, words: "unknown", read: scraps::unknown };

/// The reader of a kind.
pub(crate) fn reader_for(format: Format) -> &'static Reader {
    READERS.iter().find(|reader| reader.format == format).unwrap_or(&FALLBACK)
}

/// Takes the bytes as text, whatever they are.
pub(crate) fn raw(taking: &mut Taking<'_>, item: Item<'_>) {
    text::plain(taking, item, &super::charset::lenient(item.bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_one_reader_and_words() {
        let formats: std::collections::HashSet<_> = READERS.iter().map(|r| r.format).collect();
        assert_eq!(formats.len(), READERS.len());
        assert!(READERS.iter().all(|r| !r.words.is_empty()));
    }
}
