//! What every editor's test needs: the editor, a corpus of its own, a home of its own, and an end in time.

use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// An editor's test takes seconds; after this its whole group of processes is killed.
const PATIENCE: Duration = Duration::from_mins(2);

/// The tool at `path` of the repository; `None`, with a line that says so, where it is not. Under `CI=true` it must be.
pub fn tool(path: &str, installer: &str) -> Option<PathBuf> {
    let tool = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if tool.is_file() {
        return Some(tool);
    }
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{path} is not installed: run tests/editors/{installer}");
    println!("skipped: {path} is not installed; run tests/editors/{installer}");
    None
}

/// A copy of the example corpus, named `corpus`, in a folder that goes with the first value.
pub fn corpus() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix("editor").tempdir().expect("a folder");
    let corpus = folder.path().join("corpus");
    crate::copies::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/peacekeeping"), &corpus);
    (folder, corpus)
}

/// Nothing of the user's own settings, and the binary under test first on the `PATH`.
pub fn at_home(command: &mut Command, home: &Path) {
    let binary = Path::new(env!("CARGO_BIN_EXE_vidimus"));
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = binary.parent().into_iter().map(Path::to_owned).chain(std::env::split_paths(&old));
    command.env("PATH", std::env::join_paths(path).expect("paths")).env("HOME", home).env("LC_ALL", "C.UTF-8");
    for (name, part) in [("STATE", "state"), ("DATA", "data"), ("CACHE", "cache"), ("CONFIG", "config")] {
        command.env(format!("XDG_{name}_HOME"), home.join(part));
    }
}

/// Runs it to its end, which must come in time and be a success; what it said is shown.
pub fn passes(mut command: Command) {
    let mut child = command
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|fault| panic!("{}: {fault}", command.get_program().display()));
    let (mut out, mut err) = (child.stdout.take().expect("a pipe"), child.stderr.take().expect("a pipe"));
    let reader = std::thread::spawn(move || {
        let mut told = String::new();
        let _ = out.read_to_string(&mut told);
        told
    });
    let complaints = std::thread::spawn(move || {
        let mut told = String::new();
        let _ = err.read_to_string(&mut told);
        told
    });
    let group = child.id();
    let (ended, in_time) = mpsc::channel();
    let guard = std::thread::spawn(move || {
        let late = in_time.recv_timeout(PATIENCE).is_err();
        kill_group(group);
        late
    });
    let status = child.wait().expect("it was started");
    let _ = ended.send(());
    let late = guard.join().expect("no panic");
    let told = reader.join().expect("no panic") + &complaints.join().expect("no panic");
    println!("{told}");
    assert!(!late, "not done within {PATIENCE:?}:\n{told}");
    assert!(status.success(), "{told}");
}

/// Ends what a test has started and what that has started.
pub fn kill_group(group: u32) {
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).stderr(Stdio::null()).status();
}
