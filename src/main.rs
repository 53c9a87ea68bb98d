//! Arguments, then `cli` or `server`, then an exit code.

use std::process::ExitCode;

use vidimus::server;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("lsp") => serve(),
        _ => ExitCode::from(2),
    }
}

/// The editors' door.
fn serve() -> ExitCode {
    match server::serve() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("vidimus: the language server could not start: {error}");
            ExitCode::from(2)
        }
    }
}
