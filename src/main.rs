//! Arguments, then `cli` or `server`, then an exit code.

use std::fs::File;
use std::process::ExitCode;

use clap::Parser;
use vidimus::cli::Outcome;
use vidimus::cli::arguments::{Arguments, Command};
use vidimus::server::limits::Limits;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::Lsp { no_cache, .. } = arguments.command {
        return serve(Limits { remembers: !no_cache, ..Limits::default() });
    }
    #[expect(clippy::disallowed_methods, reason = "the one place that asks where we run")]
    let here = match std::env::current_dir() {
        Ok(here) => here,
        Err(error) => return failed(&format!("the current folder cannot be told: {error}")),
    };
    ExitCode::from(vidimus::cli::run(arguments, here).status())
}

/// The editors' door. Standard output belongs to the protocol, so that the log goes to standard error; `VIDIMUS_LOG` says how much
/// of it.
fn serve(limits: Limits) -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_env("VIDIMUS_LOG").unwrap_or_else(|_| "vidimus=warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
    match output().and_then(|output| vidimus::server::serve(std::io::stdin(), output, limits)) {
        Ok(code) => ExitCode::from(code),
        Err(error) => failed(&format!("the server cannot start: {error}")),
    }
}

/// Standard output without what the library puts before it: that looks through every message for its last line end, and writes what stands
/// before it, which is the header, by itself; so a client wakes twice for each.
fn output() -> std::io::Result<File> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&std::io::stdout()).try_clone_to_owned()?;
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&std::io::stdout()).try_clone_to_owned()?;
    Ok(own.into())
}

fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(Outcome::Failed.status())
}
