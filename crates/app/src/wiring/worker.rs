//! The worker: two threads of its own. One does the day's work, then jobs and mailboxes in turn;
//! the other hands mails to the server, which may take its time without keeping anybody waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use services::App;
use services::mail::{fetch, send_once};
use services::policy::daily;
use services::requests::work_once;

/// How often an idle worker looks for work.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// A running worker; stops when told, after the job at hand.
pub(crate) struct Worker {
    stopped: Arc<AtomicBool>,
    threads: Vec<(Sender<()>, JoinHandle<()>)>,
}

impl Worker {
    /// Starts.
    pub(crate) fn start(app: App, name: &str) -> std::io::Result<Self> {
        let mut worker = Self { stopped: Arc::new(AtomicBool::new(false)), threads: Vec::new() };
        let (post, post_name) = (app.clone(), name.to_owned());
        let (work_name, mut done_for, mut next_visit) = (name.to_owned(), None, i64::MIN);
        worker.spawn("worker", move || work(&app, &work_name, &mut done_for, &mut next_visit))?;
        worker.spawn("post", move || {
            let sent = send_once(&post, &post_name).unwrap_or_else(|error| {
                tracing::error!(error = &error as &dyn std::error::Error, "a mail could not be sent");
                None
            });
            sent.is_some()
        })?;
        Ok(worker)
    }

    /// Runs one round after another; at once when the last one found something to do.
    fn spawn(&mut self, name: &str, mut round: impl FnMut() -> bool + Send + 'static) -> std::io::Result<()> {
        let (stop, told): (Sender<()>, Receiver<()>) = channel();
        let stopped = Arc::clone(&self.stopped);
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            loop {
                let wait = if round() { Duration::ZERO } else { LOOK_EVERY };
                let told = told.recv_timeout(wait);
                if stopped.load(Ordering::Relaxed) || !matches!(told, Err(RecvTimeoutError::Timeout)) {
                    break;
                }
            }
        })?;
        self.threads.push((stop, thread));
        Ok(())
    }
}

/// One round of everything but sending. Returns whether there was a job.
fn work(app: &App, name: &str, done_for: &mut Option<jiff::civil::Date>, next_visit: &mut i64) -> bool {
    let today = app.today();
    if *done_for != Some(today) {
        *done_for = Some(today);
        if let Err(error) = daily(app, name) {
            tracing::error!(error = &error as &dyn std::error::Error, "the work of the day ended badly");
        }
    }
    let worked = work_once(app, name).unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a job ended badly");
        true
    });
    let now = app.now_us();
    if !app.mail.mailboxes.is_empty() && now >= *next_visit {
        *next_visit = now + i64::from(app.mail.every_seconds) * 1_000_000;
        if let Err(error) = fetch(app, name) {
            tracing::error!(error = &error as &dyn std::error::Error, "mail could not be fetched");
        }
    }
    worked
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        for (stop, _) in &self.threads {
            let _ = stop.send(());
        }
        for (_, thread) in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}
