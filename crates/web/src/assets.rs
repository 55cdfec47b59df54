//! Style sheet, scripts and icon: embedded, addressed by the hash of their content and
//! therefore cached for ever.

use std::borrow::Cow;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::error::Problem;

/// Compiled from packages by `cargo xtask assets`; not in the repository.
#[derive(RustEmbed)]
#[folder = "assets"]
#[allow_missing = true]
struct Compiled;

/// One file under its hashed address.
struct Asset {
    name: &'static str,
    hashed: String,
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let compiled = |name: &str| Compiled::get(name).map(|file| file.data).unwrap_or_default();
    vec![
        asset("app.css", "text/css; charset=utf-8", compiled("app.css")),
        asset("govuk-frontend.min.js", "text/javascript; charset=utf-8", compiled("govuk-frontend.min.js")),
        asset("app.js", "text/javascript; charset=utf-8", Cow::Borrowed(include_bytes!("../scripts/app.js"))),
        asset("icon.svg", "image/svg+xml", Cow::Borrowed(include_bytes!("../scripts/icon.svg"))),
    ]
});

fn asset(name: &'static str, kind: &'static str, bytes: Cow<'static, [u8]>) -> Asset {
    let hash = blake3::hash(&bytes).to_hex();
    let short: String = hash.chars().take(8).collect();
    let hashed = match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{short}.{extension}"),
        None => format!("{name}.{short}"),
    };
    Asset { name, hashed, kind, bytes }
}

/// The address of an asset on a page; empty for an unknown name.
pub(crate) fn address(name: &str) -> String {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| format!("/static/{}", asset.hashed)).unwrap_or_default()
}

/// `GET /static/{file}`
pub(crate) async fn serve(Path(file): Path<String>) -> Result<Response, Problem> {
    let asset = ASSETS.iter().find(|asset| asset.hashed == file && !asset.bytes.is_empty()).ok_or(Problem::NotFound)?;
    let headers = [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.bytes.clone()).into_response())
}

/// `GET /favicon.ico`: browsers ask here for answers that are no pages and name no icon.
pub(crate) async fn icon() -> Response {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, include_bytes!("../scripts/icon.svg").as_slice()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_has_a_hashed_address_of_its_own() {
        for asset in ASSETS.iter() {
            let address = address(asset.name);
            assert!(address.starts_with("/static/"));
            assert_ne!(address, format!("/static/{}", asset.name));
        }
    }
}
