//! What the client is asked to tell of: changes of files on the disk.

use tower_lsp::ls_types::{DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration, WatchKind};

use super::capabilities::WATCHED;

/// The wish to be told of files that may be ours.
#[must_use]
pub fn of_watched_files() -> Registration {
    let of = |glob: &str, kind| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.into()), kind };
    // A folder that comes or goes is told by its own name alone.
    let watchers = vec![of(WATCHED, None), of("**/*", Some(WatchKind::Create | WatchKind::Delete))];
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration {
        id: "watched-files".into(),
        method: "workspace/didChangeWatchedFiles".into(),
        register_options: serde_json::to_value(options).ok(),
    }
}
