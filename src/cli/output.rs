//! `--output-file`: where a report goes.

use std::io::{self, Write};
use std::path::Path;

use super::corpora;
use super::terminal::{Out, Terminal};
use crate::workspace::Trouble;
use crate::workspace::write::Whole;

/// Standard output, or a file that comes to be when the report is whole.
pub(super) enum Output {
    /// As it goes.
    Standard(Out),
    /// At once.
    File(Whole),
}

impl Output {
    /// `file` as somebody wrote it; `-` and nothing are standard output.
    pub(super) fn open(terminal: &Terminal, file: Option<&Path>) -> Result<Self, Trouble> {
        match file.filter(|file| *file != Path::new("-")) {
            None => Ok(Self::Standard(terminal.out())),
            Some(file) => Whole::begin(&corpora::absolute(terminal.here(), file)).map(Self::File),
        }
    }

    /// Whether it goes to a file.
    pub(super) fn is_file(&self) -> bool {
        matches!(self, Self::File(_))
    }

    /// Writes what is still held back, and puts a file in its place.
    pub(super) fn finish(self) -> io::Result<Result<(), Trouble>> {
        match self {
            Self::Standard(mut out) => out.flush().map(Ok),
            Self::File(whole) => Ok(whole.finish()),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File(whole) => whole.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            // Nobody reads it before it is whole.
            Self::File(_) => Ok(()),
        }
    }
}
