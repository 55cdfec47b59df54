//! Opening a file of a case. Logged.

use std::io::Read;

use domain::ids::{BlobId, RecordId};
use domain::people::{Actor, Verb};

use super::save::{NewFile, load};
use crate::app::App;
use crate::error::Error;
use crate::ports::Failure;
use domain::casework::request::Request;
use store::WriteTx;

/// An opened file.
#[derive(Debug, Clone)]
pub struct Document {
    /// File name for the download.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Opens a file of the case.
pub fn open_document(app: &App, actor: &Actor, id: &RecordId, blob: &BlobId) -> Result<Document, Error> {
    app.store.write(&app.origin(actor), |tx| {
        load(tx, actor, id, Verb::DocumentOpen)?;
        let meta = tx.blob_list(id.as_str())?.into_iter().find(|meta| meta.id == blob.as_str()).ok_or(Error::NotFound)?;
        tx.log_read(id.as_str(), "open-document", "casework")?;
        let (meta, mut reader) = tx.blob_open(&meta.id)?.ok_or(Error::NotFound)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(|error| Failure::because("reading a stored file", error))?;
        Ok(Document { name: meta.name.unwrap_or_else(|| "erased".to_owned()), mime: meta.mime, bytes })
    })
}

impl App {
    /// Stores a message that belongs to a case.
    pub(crate) fn mail_put(&self, tx: &mut WriteTx<'_>, request: &Request, bytes: &[u8]) -> Result<(), Error> {
        self.file_put(tx, request, &NewFile { name: "message.eml", mime: "message/rfc822", bytes: bytes.to_vec() })
    }

    /// Stores a file of the case under the data subject's key.
    pub(super) fn file_put(&self, tx: &mut WriteTx<'_>, request: &Request, file: &NewFile) -> Result<(), Error> {
        self.file_put_as(tx, request, file.name, file)
    }

    /// The same under another name, for what is made several times.
    pub(super) fn file_put_as(&self, tx: &mut WriteTx<'_>, request: &Request, name: &str, file: &NewFile) -> Result<(), Error> {
        self.store.blob_put(
            tx,
            &store::NewBlob {
                id: &self.ids.fresh(),
                record: request.facts.id.as_str(),
                subject: Some(request.subject.as_str()),
                name,
                mime: file.mime,
            },
            &file.bytes,
        )?;
        Ok(())
    }
}
