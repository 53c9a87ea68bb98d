//! The terminal: one command, one file.
//!
//! [`arguments`] is the table of what can be asked for; [`run`] does it and answers an [`Outcome`], which main.rs makes an exit
//! status. Findings and rows go to standard output, everything about the run itself to standard error.
//!
//! Not here: the language server, which main.rs starts by itself; what an output looks like (`report`, `interchange`).

pub mod arguments;
mod check;
mod clean;
mod corpora;
mod documents;
mod explain;
mod extract;
mod fix;
mod generated;
mod ground;
mod init;
mod known;
mod look;
mod output;
mod progress;
mod put_off;
mod replay;
mod schema;
mod selection;
mod statistics;
mod terminal;
mod watch;

use std::io;
use std::path::PathBuf;

use arguments::{Arguments, Command};
use terminal::Terminal;

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing at or above the fail level.
    #[default]
    Clean,
    /// Findings at or above it.
    Findings,
    /// The run itself failed, wholly or in part.
    Failed,
}

impl Outcome {
    /// The exit status.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }
}

/// Does what the arguments ask for; `here` is the folder the process runs in. Every command but `lsp`, which is answered as failed.
#[must_use]
pub fn run(arguments: Arguments, here: PathBuf) -> Outcome {
    let terminal = Terminal::new(arguments.shared, here);
    let done = match arguments.command {
        Command::Check(check) => check::run(&terminal, &check),
        Command::Extract(extract) => extract::run(&terminal, &extract),
        Command::Explain(explain) => explain::run(&terminal, &explain),
        Command::Init { folder } => init::run(&terminal, &folder),
        Command::Schema { of } => schema::run(&terminal, of),
        Command::Snapshot(snapshot) => documents::snapshot(&terminal, &snapshot),
        Command::Clean => Ok(clean::run(&terminal)),
        Command::Completions { shell } => generated::completions(&terminal, shell),
        Command::Man { command } => generated::man(&terminal, command.as_deref()),
        Command::Lsp { .. } => Ok(Outcome::Failed),
    };
    done.unwrap_or_else(|error| output_failed(&terminal, &error))
}

/// Whoever read our output may have had enough (`vidimus check | head`): that is no failure.
fn output_failed(terminal: &Terminal, error: &io::Error) -> Outcome {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Outcome::Clean;
    }
    terminal.fault(&format!("cannot write the output: {error}"), None);
    Outcome::Failed
}
