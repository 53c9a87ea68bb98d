//! From characters to bytes: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Trouble, load, process};

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

/// The same, when the file still holds the characters `expected`: what somebody wrote meanwhile is never lost. One that is not
/// UTF-8 is left as it is.
pub fn replace_if(path: &Path, expected: &str, text: &str) -> Result<(), Trouble> {
    let now = load::read_records(path)?;
    if now.read_only {
        return Err(Trouble::new(path, "is UTF-16 and was left as it is").help("save it as UTF-8"));
    }
    if *now.text == *text {
        // Another run was faster.
        return Ok(());
    }
    if *now.text != *expected {
        return Err(Trouble::new(path, "was changed meanwhile and was left as it is").help("run it again"));
    }
    replace(path, text)
}

/// Takes away what runs that were killed began to write in `folder` and never put in place.
pub fn clear_left_behind(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_str().and_then(writer).is_some_and(|id| !process::runs(id)) {
            // Somebody else may have cleared it away.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process that wrote, or writes, a file of this name beside another.
fn writer(name: &str) -> Option<u32> {
    let (_, tail) = name.strip_prefix('.')?.strip_suffix(".vidimus")?.rsplit_once('.')?;
    let (id, attempt) = tail.split_once('-')?;
    attempt.parse::<u32>().ok()?;
    id.parse().ok()
}

/// Writes a new file, with the folders on its way; one that is there already is left as it is and told. What could not be written
/// whole is taken away.
pub fn create(path: &Path, text: &str) -> Result<(), Trouble> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Trouble::new(path, "is there already and was left as it is"),
        _ => cannot_write(path, &error),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(told)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|error| {
        let _ = fs::remove_file(path);
        cannot_write(path, &error)
    })
}

/// A file that is being written and comes to be all at once, when it is [finished](Self::finish): whoever reads `path` before sees
/// what stood there. Let go of unfinished, nothing has happened.
#[derive(Debug)]
pub struct Whole {
    path: PathBuf,
    /// Where it is written until then, and what it replaces; absent for a pipe or a device, which is written as it goes.
    beside: Option<(PathBuf, PathBuf)>,
    file: BufWriter<File>,
}

impl Whole {
    /// Begins to write. The folder must be there; a file that is replaced keeps its mode, a link stays one.
    pub fn begin(path: &Path) -> Result<Self, Trouble> {
        let told = |error: io::Error| cannot_write(path, &error);
        let there = fs::canonicalize(path).and_then(|target| Ok((fs::metadata(&target)?, target)));
        // What a run that was ended began to write is no report.
        path.parent().into_iter().for_each(clear_left_behind);
        let (beside, file) = match there {
            Ok((meta, _)) if meta.is_dir() => return Err(Trouble::of_io(path, &io::ErrorKind::IsADirectory.into())),
            Ok((meta, target)) if !meta.is_file() => (None, OpenOptions::new().write(true).open(&target).map_err(told)?),
            Ok((meta, _)) if meta.permissions().readonly() => {
                return Err(Trouble::new(path, "is read-only and was left as it is"));
            }
            Ok((meta, target)) => {
                let (beside, file) = create_beside(&target).map_err(told)?;
                file.set_permissions(meta.permissions()).map_err(told)?;
                (Some((beside, target)), file)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (beside, file) = create_beside(path).map_err(told)?;
                (Some((beside, path.to_owned())), file)
            }
            Err(error) => return Err(told(error)),
        };
        Ok(Self { path: path.to_owned(), beside, file: BufWriter::with_capacity(1 << 16, file) })
    }

    /// Puts it in its place.
    pub fn finish(mut self) -> Result<(), Trouble> {
        let told = |error: io::Error| cannot_write(&self.path, &error);
        self.file.flush().map_err(told)?;
        if let Some((beside, target)) = &self.beside {
            self.file.get_ref().sync_all().and_then(|()| fs::rename(beside, target)).map_err(told)?;
            self.beside = None;
        }
        Ok(())
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let Some((beside, _)) = &self.beside {
            // What is left of the attempt must not be taken for a report.
            let _ = fs::remove_file(beside);
        }
    }
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Trouble {
    let is_nowhere = error.kind() == io::ErrorKind::NotFound && path.parent().is_some_and(|folder| !folder.exists());
    if is_nowhere {
        return Trouble::new(path, "cannot be written: its folder is not there").help("make the folder first");
    }
    Trouble::new(path, format!("cannot be written: {error}"))
}

/// A new file in the folder of `target`, hidden, so that no walk takes it for a text.
fn create_beside(target: &Path) -> std::io::Result<(PathBuf, File)> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let mut last = None;
    for attempt in 0..100 {
        let beside = target.with_file_name(format!(".{name}.{}-{attempt}.vidimus", std::process::id()));
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
        fs::write(folder.path().join(".a.md.4000000000-0.vidimus"), "half").expect("written");
        fs::write(folder.path().join(".vimrc"), "").expect("written");
        clear_left_behind(folder.path());
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 2);
        assert_eq!(create(&file, "x").expect_err("there").message, "is there already and was left as it is");
        assert!(replace(&folder.path().join("b.md"), "x").expect_err("absent").message.starts_with("cannot be written"));
    }

    #[test]
    fn what_was_written_meanwhile_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        fs::write(&file, "old").expect("written");
        replace_if(&file, "old", "new").expect("replaced");
        assert_eq!(replace_if(&file, "old", "newer").expect_err("changed").message, "was changed meanwhile and was left as it is");
        replace_if(&file, "old", "new").expect("somebody else did the same");
        fs::write(&file, b"\xff\xfea\0").expect("written");
        assert_eq!(replace_if(&file, "a", "b").expect_err("UTF-16").message, "is UTF-16 and was left as it is");
        assert_eq!(fs::read(&file).expect("read"), b"\xff\xfea\0");
    }

    #[test]
    fn a_file_comes_to_be_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("report.json");
        let mut whole = Whole::begin(&file).expect("begun");
        whole.write_all(b"old").expect("written");
        assert!(!file.exists());
        whole.finish().expect("finished");
        let mut given_up = Whole::begin(&file).expect("begun");
        given_up.write_all(b"half").expect("written");
        drop(given_up);
        assert_eq!(fs::read_to_string(&file).expect("read"), "old");
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
        fs::write(folder.path().join(".report.json.4000000000-0.vidimus"), "half").expect("written");
        drop(Whole::begin(&file).expect("begun"));
        assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1, "what a run that was ended left is cleared away");
        assert_eq!(Whole::begin(folder.path()).expect_err("refused").message, "is a folder, not a file");
        assert!(Whole::begin(&folder.path().join("no/such/folder.json")).expect_err("refused").message.starts_with("cannot be written"));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt;
        let mut whole = Whole::begin(Path::new("/dev/null")).expect("begun");
        whole.write_all(b"gone").expect("written");
        whole.finish().expect("finished");
        assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
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
