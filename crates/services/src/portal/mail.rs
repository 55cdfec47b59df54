//! Mails of the portal: one address, no personal data in them beyond it.

use domain::ids::{RecordId, SubjectId};
use store::WriteTx;

use crate::app::App;
use crate::error::Error;
use crate::mail::{self, OutMail};

/// A mail about a case.
pub(super) struct Mail<'a> {
    pub(super) to: &'a str,
    pub(super) subject: &'a SubjectId,
    pub(super) record: &'a RecordId,
    pub(super) title: &'a str,
    pub(super) text: String,
    pub(super) purpose: &'static str,
}

/// Queues a mail; an address that no mail can go to is left out, so that nothing else fails.
pub(super) fn queue(app: &App, tx: &mut WriteTx<'_>, mail: &Mail<'_>) -> Result<(), Error> {
    if mail::clean_address(mail.to).is_none() {
        return Ok(());
    }
    let out = OutMail {
        to: mail.to.to_owned(),
        subject_key: Some(mail.subject.clone()),
        record: Some(mail.record.clone()),
        title: mail.title.to_owned(),
        text: mail.text.clone(),
        files: Vec::new(),
        in_reply_to: None,
        purpose: mail.purpose,
        once: None,
    };
    mail::queue(app, tx, &out).map(drop)
}
