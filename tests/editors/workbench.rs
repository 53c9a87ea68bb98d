//! VS Code's workbench in a browser without a screen, with the packaged extension installed: what a reader sees and does there.
//!
//! `vscode/workbench/steps.mjs` has the steps. With `UPDATE_PICTURES=1` the documentation's pictures are taken anew, in a light and
//! a dark theme.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::installed::{Installed, root};
use super::{group, process};

/// The steps take half a minute; a machine that compiles beside them may be much slower.
const PATIENCE: Duration = Duration::from_secs(400);

/// Takes all steps in one theme. What a failure leaves behind is kept under `target/tmp`.
fn drive(installed: &Installed, vsix: &Path, theme: &str, pictures: Option<&Path>) {
    let (folder, corpus) = process::corpus();
    let state = folder.path().join("state");
    std::fs::create_dir(&state).expect("a folder");
    let beside = folder.path().join("lock");
    crate::copies::copy(&root().join("editors/vscode/example"), &beside);
    let mut command = Command::new(installed.part("NODE"));
    command.arg(root().join("tests/editors/vscode/workbench/run.mjs")).arg("--env").arg(&installed.paths);
    command
        .arg("--folder")
        .arg(&corpus)
        .arg("--beside")
        .arg(&beside)
        .arg("--state")
        .arg(&state)
        .arg("--vsix")
        .arg(vsix)
        .args(["--theme", theme]);
    if let Some(pictures) = pictures {
        command.arg("--pictures").arg(pictures);
    }
    let told = state.join("steps.log");
    let went_well = group::run(&mut command, PATIENCE, &told);
    let told = std::fs::read_to_string(&told).expect("what was told");
    println!("{told}");
    assert!(went_well, "{told}\npictures and logs: {}", kept(&state, theme).display());
}

/// Keeps the pictures of the failed steps, the server's log and the editor's logs; answers the folder.
fn kept(state: &Path, theme: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("workbench-{theme}"));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder");
    for entry in std::fs::read_dir(state).expect("a folder").filter_map(Result::ok).filter(|entry| entry.path().is_file()) {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).expect("kept");
    }
    let logs = state.join("server/data/logs");
    if logs.is_dir() {
        crate::copies::copy(&logs, &folder.join("logs"));
    }
    folder
}

#[test]
fn the_workbench_shows_and_does_what_is_promised() {
    let Some(installed) = Installed::here() else { return };
    let folder = tempfile::Builder::new().prefix("vsix").tempdir().expect("a folder");
    let vsix = installed.vsix(folder.path());
    if std::env::var("UPDATE_PICTURES").as_deref() == Ok("1") {
        let pictures = root().join("editors/vscode/images");
        drive(&installed, &vsix, "light", Some(&pictures));
        drive(&installed, &vsix, "dark", Some(&pictures));
    } else {
        drive(&installed, &vsix, "dark", None);
    }
}
