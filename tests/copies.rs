//! Corpora that a test may change: copies in folders of their own.

use std::path::Path;

use tempfile::TempDir;

/// Copies a folder with all that is in it; links are passed over.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").filter_map(Result::ok) {
        let (kind, target) = (entry.file_type().expect("a kind"), to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target);
        } else if kind.is_file() {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

/// A copy of a corpus; one without settings gets empty ones.
pub fn copy_of(corpus: &Path) -> TempDir {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    copy(corpus, folder.path());
    let settings = folder.path().join("vidimus.toml");
    if !settings.exists() {
        std::fs::write(settings, "").expect("written");
    }
    folder
}

/// A copy of the example corpus.
pub fn peacekeeping() -> TempDir {
    copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/peacekeeping"))
}
