//! The worker: claims waiting jobs and runs them, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
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
    stop: Sender<()>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts.
    pub(crate) fn start(app: App, name: &str) -> std::io::Result<Self> {
        let (stop, told) = channel::<()>();
        let stopped = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopped);
        let name = name.to_owned();
        let thread = std::thread::Builder::new().name("worker".to_owned()).spawn(move || {
            let (mut done_for, mut next_visit) = (None, i64::MIN);
            loop {
                let today = app.today();
                if done_for != Some(today) {
                    done_for = Some(today);
                    if let Err(error) = daily(&app, &name) {
                        tracing::error!(error = &error as &dyn std::error::Error, "the work of the day ended badly");
                    }
                }
                let worked = work_once(&app, &name).unwrap_or_else(|error| {
                    tracing::error!(error = &error as &dyn std::error::Error, "a job ended badly");
                    true
                });
                let now = app.now_us();
                if !app.mail.mailboxes.is_empty() && now >= next_visit {
                    next_visit = now + i64::from(app.mail.every_seconds) * 1_000_000;
                    if let Err(error) = fetch(&app, &name) {
                        tracing::error!(error = &error as &dyn std::error::Error, "mail could not be fetched");
                    }
                }
                let sent = send_once(&app, &name).unwrap_or_else(|error| {
                    tracing::error!(error = &error as &dyn std::error::Error, "a mail could not be sent");
                    None
                });
                let worked = worked || sent.is_some();
                let wait = if worked { Duration::ZERO } else { LOOK_EVERY };
                let told = told.recv_timeout(wait);
                if flag.load(Ordering::Relaxed) || !matches!(told, Err(RecvTimeoutError::Timeout)) {
                    break;
                }
            }
        })?;
        Ok(Self { stop, stopped, thread: Some(thread) })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        let _ = self.stop.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
