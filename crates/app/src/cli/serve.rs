//! `probity serve` and `probity worker`: the pages, and the jobs behind them.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use services::{App, accounts};
use web::{Settings, WebState};

use super::outcome::Ending;
use crate::wiring::installation::Installation;
use crate::wiring::worker::Worker;

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
    /// Where to listen. Only this machine by default: put a proxy with HTTPS in front.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    /// Only the port, on this machine; 0 takes a free one.
    #[arg(long, conflicts_with = "listen")]
    port: Option<u16>,
    /// Print one JSON line for programs instead of text.
    #[arg(long)]
    machine: bool,
    /// The pages are reached over HTTPS (through a proxy).
    #[arg(long)]
    https: bool,
    /// Leave the jobs to `probity worker`.
    #[arg(long)]
    no_worker: bool,
}

/// Arguments of `worker`.
#[derive(Debug, Args)]
pub(crate) struct WorkerArgs {
    /// The installation's folder.
    #[arg(long, value_name = "DIR", env = "PROBITY_DATA", default_value = "probity-data")]
    data: PathBuf,
}

pub(crate) fn run(args: &ServeArgs, out: &mut dyn Write) -> Result<(), Ending> {
    log_to_stderr();
    let app = Installation::load(&args.data)?.open()?;
    let worker = if args.no_worker { None } else { Some(Worker::start(app.clone(), "worker-1")?) };
    serve(&app, args.port.map_or(args.listen, loopback), args.https, |address| {
        if args.machine {
            writeln!(out, "{}", serde_json::json!({ "url": format!("http://{address}") }))?;
            out.flush()?;
            return Ok(());
        }
        writeln!(out, "Probity is served on http://{address}")?;
        if let Some(token) = accounts::begin_setup(&app)? {
            writeln!(out, "There is no account yet. Make the first one here, within the hour: http://{address}/set-up/{token}")?;
        }
        out.flush()?;
        Ok(())
    })?;
    drop(worker);
    Ok(())
}

pub(crate) fn worker(args: &WorkerArgs, out: &mut dyn Write) -> Result<(), Ending> {
    log_to_stderr();
    let app = Installation::load(&args.data)?.open()?;
    let worker = Worker::start(app, &format!("worker-{}", std::process::id()))?;
    writeln!(out, "Working. Stop with Ctrl-C.")?;
    out.flush()?;
    runtime()?.block_on(until_told());
    drop(worker);
    Ok(())
}

/// Serves until told to stop. `ready` runs once the address is known.
pub(crate) fn serve(
    app: &App,
    listen: SocketAddr,
    https: bool,
    ready: impl FnOnce(SocketAddr) -> Result<(), Ending>,
) -> Result<(), Ending> {
    let runtime = runtime()?;
    let organisation = app.policy()?.organisation().name.clone();
    let organisation = if organisation.is_empty() { "Probity".to_owned() } else { organisation };
    // The caller keeps its own handle: the store's last handle must not be dropped on an
    // asynchronous thread.
    let state = WebState::new(Arc::new(app.clone()), Settings { organisation, https });
    let kept = state.clone();
    let router = web::router(state);
    let listener = runtime.block_on(tokio::net::TcpListener::bind(listen)).with_context(|| format!("listening on {listen}"))?;
    let address = listener.local_addr().context("asking for the address")?;
    ready(address)?;
    runtime
        .block_on(async {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).with_graceful_shutdown(until_told()).await
        })
        .context("serving")?;
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    drop(kept);
    Ok(())
}

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Ending> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().context("starting the server")?)
}

/// Ends on Ctrl-C or SIGTERM.
async fn until_told() {
    let Ok(mut term) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else { return };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = term.recv() => {}
    }
}

/// The address on this machine only.
pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
}

/// Logs to standard error; holds no personal data.
pub(crate) fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PROBITY_LOG").unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _ = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter).try_init();
}
