//! What went wrong with a file, told so that its owner can mend it.

use std::path::{Path, PathBuf};

/// `ELOOP` of Linux, of macOS and the BSDs, and its like of Windows; the standard library has no stable name for it yet.
const TOO_MANY_LINKS: [i32; 3] = [40, 62, 1921];

/// Something on the disk that could not be used. The rest of the corpus is still checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    /// The file or folder.
    pub path: PathBuf,
    /// The fault, without a full stop.
    pub message: String,
    /// The cure, when one is known.
    pub help: Option<String>,
    /// Whether something that should have been checked was not, so that the run as a whole failed (exit status 2). A
    /// link that leads out of the corpus is told and is no failure.
    pub grave: bool,
    /// Whether it is only that the file is not there: one that is listed and then deleted, or moved, before it is read.
    pub gone: bool,
}

impl Trouble {
    /// A grave trouble with `path`.
    pub fn new(path: &Path, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), message: message.into(), help: None, grave: true, gone: false }
    }

    /// The same with a cure.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, only worth knowing.
    #[must_use]
    pub fn minor(mut self) -> Self {
        self.grave = false;
        self
    }

    /// What the system said about `path`, in our words where they are known.
    #[must_use]
    pub fn of_io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::NotFound => Self { gone: true, ..Self::new(path, "is not there (any more)") },
            Kind::PermissionDenied => Self::new(path, "cannot be read: permission denied").help("let the user who runs this read it"),
            _ if error.raw_os_error().is_some_and(|code| TOO_MANY_LINKS.contains(&code)) => {
                Self::new(path, "is a link that leads to itself").help("remove the link")
            }
            Kind::IsADirectory => Self::new(path, "is a folder, not a file"),
            Kind::StorageFull => Self::new(path, "cannot be written: the disk is full"),
            _ => Self::new(path, format!("cannot be read: {error}")),
        }
    }
}
