//! The state of the web server, and the one hop from async to the use cases.

use std::sync::Arc;

use services::App;
use services::ports::Failure;

use crate::error::Problem;
use crate::once::Once;

/// What an installation sets for its pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The organisation's name, at the head of every page.
    pub organisation: String,
    /// True when the pages are served over HTTPS, by us or by a proxy in front: cookies
    /// get the `__Host-` prefix and `Secure`, and browsers are told to insist on HTTPS.
    pub https: bool,
}

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    pub(crate) app: Arc<App>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) once: Arc<Once>,
}

impl WebState {
    /// The state over an opened application.
    pub fn new(app: Arc<App>, settings: Settings) -> Self {
        Self { app, settings: Arc::new(settings), once: Arc::default() }
    }

    /// Runs `work` on a blocking thread. The use cases are synchronous, and the store's
    /// drivers must never be called on an async thread: this is the only way there.
    pub(crate) async fn run<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&App) -> Result<T, services::Error> + Send + 'static,
    {
        let app = Arc::clone(&self.app);
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(result) => result.map_err(Problem::from),
            Err(stopped) => Err(Problem::failed(&Failure::because("running a use case", stopped))),
        }
    }
}
