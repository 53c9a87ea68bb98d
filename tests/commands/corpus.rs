//! A small corpus on the disk, and the binary run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own, gone when the test is over.
pub struct Corpus {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

/// What a run came to.
pub struct Ran {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Corpus {
    /// A folder with these files.
    pub fn of(files: &[(&str, &str)]) -> Self {
        // Named without a dot: hidden folders are passed over.
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder for the corpus");
        let corpus = Self { folder, cache: tempfile::tempdir().expect("a folder for what is kept") };
        for (path, text) in files {
            corpus.write(path, text.as_bytes());
        }
        corpus
    }

    /// Writes a file, with the folders on its way.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("folders are made");
        std::fs::write(path, bytes).expect("a file is written");
    }

    /// Where a file lies.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Where the binary keeps what it found.
    pub fn cache(&self) -> PathBuf {
        self.cache.path().to_owned()
    }

    /// The binary, to be run here.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(self.folder.path(), arguments);
        command.env("VIDIMUS_CACHE_DIR", self.cache.path());
        command
    }

    /// Runs the binary here.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("the binary runs"))
    }

    /// The same, with `input` on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the binary runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("input is taken");
        Ran::of(child.wait_with_output().expect("the binary ends"))
    }
}

/// The binary, to be run in `folder`, with nothing of this machine's in its environment that changes output.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vidimus"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.env("VIDIMUS_CACHE_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "RUST_LOG"] {
        command.env_remove(name);
    }
    command
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Self { status: output.status.code().expect("no signal ended it"), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Standard output as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {}{}", self.out, self.err))
    }

    /// Standard output as JSON Lines.
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }
}
