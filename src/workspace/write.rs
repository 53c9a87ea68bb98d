//! From characters to bytes: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::Trouble;

/// Puts `text` in place of what stands in `path`: written beside it and renamed, so that whoever reads sees the old text or the
/// new one, never half. The file keeps its mode; a link is followed, so that it stays one.
pub fn replace(path: &Path, text: &str) -> Result<(), Trouble> {
    let told = |error: std::io::Error| cannot_write(path, &error);
    let target = fs::canonicalize(path).map_err(told)?;
    let mode = fs::metadata(&target).map_err(told)?.permissions();
    if mode.readonly() {
        return Err(Trouble::new(path, "is read-only and was left as it is"));
    }
    let (beside, mut file) = create_beside(&target).map_err(told)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let done = written.and_then(|()| fs::set_permissions(&beside, mode)).and_then(|()| fs::rename(&beside, &target));
    done.map_err(|error| {
        // What is left of the attempt must not be taken for a text.
        let _ = fs::remove_file(&beside);
        cannot_write(path, &error)
    })
}

/// Writes a new file, with the folders on its way; one that is there already is left as it is and told.
pub fn create(path: &Path, text: &str) -> Result<(), Trouble> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Trouble::new(path, "is there already and was left as it is"),
        _ => cannot_write(path, &error),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(told)?;
    file.write_all(text.as_bytes()).map_err(told)
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(path, format!("cannot be written: {error}"))
}

/// A new file in the folder of `target`, hidden, so that no walk takes it for a text.
fn create_beside(target: &Path) -> std::io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut last = None;
    for attempt in 0..100 {
        let beside = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::ErrorKind::AlreadyExists.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        create(&file, "old").expect("new");
        replace(&file, "new").expect("replaced");
        assert_eq!(fs::read_to_string(&file).expect("read"), "new");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        assert_eq!(create(&file, "x").expect_err("there").message, "is there already and was left as it is");
        assert!(replace(&folder.path().join("b.md"), "x").expect_err("absent").message.starts_with("cannot be written"));
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_and_a_link_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        fs::write(&file, "old").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("mode");
        symlink(&file, &link).expect("linked");
        replace(&link, "new").expect("replaced");
        assert!(fs::symlink_metadata(&link).expect("link").is_symlink());
        assert_eq!(fs::metadata(&file).expect("file").permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read_to_string(&file).expect("read"), "new");
    }
}
