//! What `tests/gate/install.sh` installs; `None`, with a line that says so, where it is not. Under `CI=true` it must be.

use std::path::{Path, PathBuf};
use std::process::Command;

const PYTHON: &str = "target/tools/gate/bin";
const NODE: &str = "target/tools/gate-node/node_modules";

fn installed(path: PathBuf) -> Option<PathBuf> {
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is not there: run tests/gate/install.sh", path.display());
    println!("skipped: {} is not there; run tests/gate/install.sh", path.display());
    None
}

/// A program of the Python environment: `python`, `pre-commit`.
pub fn python(program: &str) -> Option<Command> {
    installed(root().join(PYTHON).join(program)).map(Command::new)
}

/// A file of a Node package.
pub fn node(file: &str) -> Option<PathBuf> {
    installed(root().join(NODE).join(file))
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `PATH` with our binary in front.
pub fn path_with_us() -> std::ffi::OsString {
    let ours = Path::new(env!("CARGO_BIN_EXE_vidimus")).parent().map(Path::to_owned);
    let others = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&others))).expect("paths")
}

/// Runs it and answers whether it went well and what it said.
pub fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), told)
}
