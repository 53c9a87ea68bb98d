//! What lies between a client and its server: pipes inside this process, or those of the real binary.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;

use vidimus::server::limits::Limits;

/// A server, and how it ends.
pub enum Server {
    /// On a thread of this process.
    Here(Option<JoinHandle<std::io::Result<u8>>>),
    /// `vidimus lsp`.
    Process(Child),
}

/// The two ways to a server.
pub struct Pipes {
    pub input: Box<dyn Write + Send>,
    pub output: Box<dyn Read + Send>,
}

impl Server {
    /// In this process, through the same door as the binary's.
    pub fn here(limits: Limits) -> (Self, Pipes) {
        vidimus::workspace::keep_pages_in(concat!(env!("CARGO_TARGET_TMPDIR"), "/pages").into());
        let (there, input) = std::io::pipe().expect("a pipe");
        let (output, here) = std::io::pipe().expect("a pipe");
        let served = std::thread::Builder::new().name("server".into()).spawn(move || vidimus::server::serve(there, here, limits));
        (Self::Here(served.ok()), Pipes { input: Box::new(input), output: Box::new(output) })
    }

    /// The real binary.
    pub fn process() -> (Self, Pipes) {
        Self::process_keeping(Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/vidimus")))
    }

    /// The same; what it keeps lies in that folder.
    pub fn process_keeping(cache: &Path) -> (Self, Pipes) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vidimus"));
        command.args(["lsp", "--stdio"]).env("VIDIMUS_CACHE_DIR", cache);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the binary runs");
        let (input, output) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        (Self::Process(child), Pipes { input: Box::new(input), output: Box::new(output) })
    }

    /// The process, when it is another.
    pub fn process_id(&self) -> Option<u32> {
        match self {
            Self::Here(_) => None,
            Self::Process(child) => Some(child.id()),
        }
    }

    /// The exit code, when it has ended.
    pub fn ended(&mut self) -> Option<i32> {
        match self {
            Self::Here(thread) if thread.as_ref().is_some_and(|t| !t.is_finished()) => None,
            Self::Here(thread) => {
                let code = thread.take().expect("waited for once").join().expect("a server does not panic").expect("threads");
                Some(i32::from(code))
            }
            Self::Process(child) => child.try_wait().expect("a child").map(|status| status.code().expect("no signal")),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Self::Process(child) = self {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
