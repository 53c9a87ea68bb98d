//! Programs whose children end with them: editors leave processes behind that would outlive a test.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::process::kill_group;

/// A program and all its children. They end when this is dropped.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        kill_group(self.0.id());
        self.0.wait().ok();
    }
}

/// Runs a program to its end, or for so long; whether it left well. What it tells goes to a file, since a pipe would stay open as
/// long as any child of a child lives.
#[expect(clippy::disallowed_methods, reason = "an end in time is looked for again and again")]
pub fn run(command: &mut Command, patience: Duration, told: &Path) -> bool {
    let log = File::create(told).expect("a file");
    command.process_group(0).stdin(Stdio::null()).stdout(log.try_clone().expect("a file")).stderr(log);
    let mut group = Group(command.spawn().expect("the program starts"));
    let end = Instant::now() + patience;
    loop {
        match group.0.try_wait().expect("a child") {
            Some(status) => return status.success(),
            None if Instant::now() > end => return false,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

#[test]
fn a_childs_child_ends_with_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let (told, id) = (folder.path().join("told"), folder.path().join("id"));
    let mut command = Command::new("sh");
    command.arg("-c").arg("sleep 600 & echo $! > \"$ID\"; echo started; exit 0").env("ID", &id);
    assert!(run(&mut command, Duration::from_secs(30), &told));
    assert_eq!(std::fs::read_to_string(&told).expect("told"), "started\n");
    let id = std::fs::read_to_string(&id).expect("an id");
    // A process that nobody waits for stays as a zombie where nothing collects it.
    let state = Command::new("ps").args(["-o", "stat=", "-p", id.trim()]).output().map(|ps| ps.stdout).unwrap_or_default();
    assert!(state.is_empty() || state.starts_with(b"Z"), "it still runs");
}

#[test]
fn a_program_that_does_not_end_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(!run(Command::new("sleep").arg("600"), Duration::from_millis(50), &folder.path().join("told")));
}
