//! Emacs 28 and 30 with Eglot and with lsp-mode, in batch.
//!
//! `tests/editors/install_emacs.sh` unpacks them; each of the scenarios in `emacs/` runs in a copy of the example corpus.

use std::path::Path;
use std::process::Command;

use super::process;

fn drive(version: u32, scenario: &str) {
    let Some(emacs) = process::tool(&format!("target/tools/emacs-{version}/emacs"), "install_emacs.sh") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, corpus) = process::corpus();
    let tests = root.join("tests/editors/emacs");
    let mut command = Command::new(emacs);
    command.arg("--batch").arg("-L").arg(root.join("editors/emacs")).current_dir(&corpus);
    command.arg("-l").arg(tests.join("drive.el")).arg("-l").arg(tests.join(scenario));
    process::at_home(&mut command, folder.path());
    process::passes(command);
}

#[test]
fn emacs_loads_and_compiles_what_is_ours() {
    drive(30, "loads.el");
}

#[test]
fn an_older_emacs_loads_and_compiles_what_is_ours() {
    drive(28, "loads.el");
}

#[test]
fn eglot_shows_and_writes() {
    drive(30, "eglot.el");
}

#[test]
fn an_older_eglot_shows_and_writes() {
    drive(28, "eglot.el");
}

#[test]
fn lsp_mode_shows_and_writes() {
    drive(30, "lsp.el");
}

#[test]
fn an_older_lsp_mode_shows_and_writes() {
    drive(28, "lsp.el");
}
