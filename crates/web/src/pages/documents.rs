//! Files of a request: letters, pack, manifest. Always a download, never shown inside a
//! page, and nothing in them may run.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ids::{BlobId, RecordId};
use services::requests::{answer_letter, open_document};

use crate::error::Problem;
use crate::extract::{At, Visit};

/// What a browser may do with a downloaded file: nothing.
const SEALED: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// `GET /requests/{id}/documents/{document}`
pub(crate) async fn show(visit: Visit, At((id, document)): At<(String, String)>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let file = visit.state.run(move |app| open_document(app, &actor, &RecordId::new(id), &BlobId::new(document))).await?;
    Ok(download(&file.name, &file.mime, file.bytes))
}

/// `GET /requests/{id}/preview`: the letter of the answer as it would go out now.
pub(crate) async fn preview(visit: Visit, At(id): At<String>) -> Result<Response, Problem> {
    let actor = visit.actor()?;
    let pdf = visit.state.run(move |app| Ok(app.press.letter(&answer_letter(app, &actor, &RecordId::new(id))?)?)).await?;
    Ok(download("reply-preview.pdf", "application/pdf", pdf))
}

pub(crate) fn download(name: &str, mime: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let mime = HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, mime);
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", plain(name)));
    headers.insert(header::CONTENT_DISPOSITION, disposition.unwrap_or(HeaderValue::from_static("attachment")));
    headers.insert(header::CONTENT_SECURITY_POLICY, SEALED);
    response
}

/// A file name that is safe in a header and on any disk.
fn plain(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = name.chars().take(100).map(safe).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_download_is_an_attachment_with_a_plain_name() {
        let response = download("../\"pack\r\n.pdf", "application/pdf", vec![1]);
        assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"--pack--.pdf\"");
        assert!(response.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    }

    #[test]
    fn names_are_made_plain() {
        assert_eq!(plain("pack.pdf"), "pack.pdf");
        assert_eq!(plain("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(plain("..."), "file");
    }
}
