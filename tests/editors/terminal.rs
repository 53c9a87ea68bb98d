//! An editor on a screen of its own: keys go in, what is shown comes out. The screen is tmux's.

#![expect(clippy::disallowed_methods, reason = "what is on a screen can only be looked at again and again")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::process;

/// How long anything may take to be shown.
const PATIENCE: Duration = Duration::from_secs(20);

/// One editor on one screen; both end with the value.
pub struct Terminal {
    socket: PathBuf,
    folder: tempfile::TempDir,
    /// The corpus that the editor was started in.
    pub corpus: PathBuf,
}

/// Whether tmux is here; where it is not a line says so. Under `CI=true` it must be.
pub fn is_here() -> bool {
    let here = Command::new("tmux").arg("-V").output().is_ok_and(|o| o.status.success());
    assert!(here || std::env::var("CI").as_deref() != Ok("true"), "tmux is not installed");
    if !here {
        println!("skipped: tmux is not installed");
    }
    here
}

impl Terminal {
    /// Starts `words` in a copy of the example corpus; a word `{home}` is the editor's home, which `furnish` may fill before.
    pub fn start(size: (u16, u16), words: &[&str], furnish: impl FnOnce(&Path)) -> Self {
        let (folder, corpus) = process::corpus();
        furnish(folder.path());
        let socket = folder.path().join("screen");
        let (columns, rows) = (size.0.to_string(), size.1.to_string());
        let home = folder.path().to_str().expect("a plain path");
        let line = words.iter().map(|w| format!("'{}'", w.replace("{home}", home))).collect::<Vec<_>>().join(" ");
        let terminal = Self { socket, folder, corpus };
        let mut command = terminal.tmux();
        command.args(["-f", "/dev/null", "new-session", "-d", "-x", &columns, "-y", &rows, "-c"]).arg(&terminal.corpus).arg(line);
        process::at_home(&mut command, terminal.folder.path());
        command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor");
        assert!(command.status().expect("tmux").success());
        terminal
    }

    fn tmux(&self) -> Command {
        let mut command = Command::new("tmux");
        command.arg("-u").arg("-S").arg(&self.socket);
        command
    }

    /// Presses keys by their names: `Enter`, `C-o`, `Escape`.
    pub fn press(&self, keys: &[&str]) {
        for key in keys {
            assert!(self.tmux().args(["send-keys", key]).status().expect("tmux").success(), "{key}");
            // An escape and what follows at once would be one key.
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Types characters; a line end is the key that makes one.
    pub fn write(&self, text: &str) {
        let text = &text.replace('\n', "\r");
        assert!(self.tmux().args(["send-keys", "-l", "--", text]).status().expect("tmux").success(), "{text}");
    }

    /// Types characters one by one, as fast as people do.
    pub fn types(&self, text: &str) {
        for c in text.chars() {
            self.write(&c.to_string());
            std::thread::sleep(Duration::from_millis(120));
        }
    }

    /// The screen's characters.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.tmux().args(["capture-pane", "-p"]).output().expect("tmux").stdout).into_owned()
    }

    /// The same with its colours, as escape sequences, and the blanks at the ends of lines.
    pub fn painted(&self) -> String {
        String::from_utf8_lossy(&self.tmux().args(["capture-pane", "-p", "-e", "-N"]).output().expect("tmux").stdout).into_owned()
    }

    /// Waits until all `words` are shown.
    pub fn sees(&self, words: &[&str]) {
        let missing = |shown: &str| words.iter().any(|w| !shown.contains(w));
        self.until(|| !missing(&self.shown()), &format!("{words:?} should be shown"));
    }

    /// Presses keys again and again until `words` are shown: for what an editor answers only once the server has.
    pub fn insists(&self, press: impl Fn(&Self), words: &[&str]) {
        let end = Instant::now() + PATIENCE;
        loop {
            press(self);
            let soon = Instant::now() + Duration::from_secs(2);
            while Instant::now() < soon {
                if words.iter().all(|w| self.shown().contains(w)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(40));
            }
            assert!(Instant::now() < end, "{words:?} should be shown; shown is:\n{}", self.shown());
        }
    }

    /// Waits until a file of the corpus holds `words`.
    pub fn has_written(&self, file: &str, words: &str) {
        let holds = || std::fs::read_to_string(self.corpus.join(file)).is_ok_and(|text| text.contains(words));
        self.until(holds, &format!("{file} should hold {words:?}"));
    }

    fn until(&self, holds: impl Fn() -> bool, what: &str) {
        let end = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < end, "{what}; shown is:\n{}", self.shown());
            std::thread::sleep(Duration::from_millis(40));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // With the screen goes whatever runs on it.
        let pane = self.tmux().args(["display-message", "-p", "#{pane_pid}"]).output();
        let _ = self.tmux().arg("kill-server").output();
        if let Some(group) = pane.ok().and_then(|o| String::from_utf8_lossy(&o.stdout).trim().parse().ok()) {
            process::kill_group(group);
        }
    }
}
