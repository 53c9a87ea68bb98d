//! Pages made for reading, kept in the user's cache folder so that any editor can open them.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::Trouble;

/// Puts `text` into a read-only file of that name, unless it stands there already, and answers where.
pub fn keep(name: &str, text: &str) -> Result<PathBuf, Trouble> {
    keep_in(&folder(), name, text)
}

fn keep_in(folder: &Path, name: &str, text: &str) -> Result<PathBuf, Trouble> {
    let path = folder.join(name);
    if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(path);
    }
    let told = |error: std::io::Error| Trouble::new(&path, format!("cannot be written: {error}"));
    fs::create_dir_all(folder).map_err(told)?;
    // Two servers may make the same page at the same time: each writes its own file, and either result is right.
    let beside = folder.join(format!(".{name}.{}-{:?}.tmp", std::process::id(), std::thread::current().id()));
    let done = write(&beside, text).and_then(|()| fs::rename(&beside, &path));
    if let Err(error) = done {
        let _ = fs::remove_file(&beside);
        return Err(told(error));
    }
    Ok(path)
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text.as_bytes())?;
    let mut mode = file.metadata()?.permissions();
    mode.set_readonly(true);
    fs::set_permissions(path, mode)
}

/// Where such pages are put instead of the user's cache.
static ELSEWHERE: OnceLock<PathBuf> = OnceLock::new();

/// Has such pages put into another folder, for as long as the process lives: for who must leave nothing behind. The first wish counts.
pub fn keep_pages_in(folder: PathBuf) {
    let _ = ELSEWHERE.set(folder);
}

/// The folder of such pages: in the user's cache, as the system has it; in the folder for temporary files without one.
fn folder() -> PathBuf {
    if let Some(folder) = ELSEWHERE.get() {
        return folder.clone();
    }
    super::cache_folder().join("pages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_made_once_and_replaced_when_its_words_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = keep_in(&folder.path().join("deep"), "a.md", "one").expect("kept");
        assert!(fs::metadata(&path).expect("there").permissions().readonly());
        assert_eq!(keep_in(&folder.path().join("deep"), "a.md", "one").expect("kept"), path);
        keep_in(&folder.path().join("deep"), "a.md", "two").expect("replaced");
        assert_eq!(fs::read_to_string(&path).expect("read"), "two");
        assert_eq!(fs::read_dir(folder.path().join("deep")).expect("listed").count(), 1);
    }
}
