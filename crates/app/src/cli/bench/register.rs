//! A register of many requests behind the Today page.

use std::io::Write;
use std::path::Path;

use domain::people::Role;
use jiff::ToSpan;
use services::{App, accounts, requests};

use super::commands::{form, installation, lead};
use crate::cli::outcome::Ending;
use crate::cli::serve::{loopback, serve as serve_pages};

/// Requests written in one transaction while filling.
const BATCH: u64 = 500;

/// Fills a register in big transactions: what is measured is reading it.
pub(super) fn fill(app: &App, count: u64) -> Result<(), Ending> {
    let (actor, mut done) = (lead(), 0);
    while done < count {
        let size = BATCH.min(count - done);
        let forms = (done..done + size)
            .map(|n| {
                let mut form = form(app, n);
                // Spread over a year, so that some are overdue and most lie ahead.
                form.received_on = form.received_on.checked_sub(i64::try_from(n % 365).unwrap_or(0).days()).unwrap_or(form.received_on);
                form
            })
            .collect();
        requests::receive_many(app, &actor, forms)?;
        done += size;
    }
    Ok(())
}

/// Serves the register; prints where, and the cookie of a session.
pub(super) fn serve(count: u64, data: &Path, out: &mut dyn Write) -> Result<(), Ending> {
    let installation = installation(data, "")?;
    let app = installation.open()?;
    let held: u64 = app.store.read(|tx| tx.record_counts(requests::KIND))?.iter().map(|(_, n)| n).sum();
    if held < count {
        fill(&app, count - held)?;
        // What a worker does each day: without it every overdue request would still wait for its alert.
        services::policy::daily(&app, "bench")?;
    }
    let secret = accounts::fresh_secret()?;
    let email = format!("lead{}@bench.example", app.now_us());
    let password = "otter plinth harbour 42";
    accounts::create(&app, "Bench Lead", &email, &[Role::Lead], password, &secret)?;
    let code = accounts::code_at(&secret, app.now_us()).unwrap_or_default();
    let token = accounts::sign_in(&app, &accounts::Credentials { email, password: password.to_owned(), code, from: "bench".to_owned() })?;
    serve_pages(&app, loopback(0), false, |address| {
        writeln!(out, "{}", serde_json::json!({ "url": format!("http://{address}"), "cookie": format!("probity={token}"), "path": "/" }))?;
        out.flush()?;
        Ok(())
    })
}
