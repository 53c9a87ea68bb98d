//! What was found before, kept in the user's cache folder.
//!
//! One file, one key: a kept thing is whole and of its key, or it is not there. It is written beside and renamed, bears its key and a
//! checksum, and whatever is amiss makes it absent: damage costs time, never an answer. Two runs that write at once each
//! write a whole one, and the last stays.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::mapped::Mapped;

/// The first bytes of every kept thing; the last of them is the version of this shape.
const MAGIC: [u8; 8] = *b"vidimus\x01";

/// Bytes of magic and key.
const HEAD: usize = 8 + 16;

/// Bytes of the checksum, which come last.
const TAIL: usize = 8;

/// What nobody asked for in so many days is let go.
const DAYS_KEPT: u64 = 30;

/// What is not done after so many minutes never will be: its writer was killed.
const MINUTES_WRITTEN: u64 = 60;

/// A folder of kept things.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A thing that was kept: a reader of its bytes, from the first on.
#[derive(Debug)]
pub struct Kept {
    file: File,
    len: u64,
    at: u64,
}

/// The bytes of a thing that was kept, which is whole.
pub struct KeptBytes(Mapped);

/// A thing that is being kept; it is there once [`Keeping::done`].
pub struct Keeping {
    beside: PathBuf,
    target: PathBuf,
    file: BufWriter<File>,
    sum: Xxh3Default,
    finished: bool,
}

/// The user's cache folder of this program, as the system has it; in the folder for temporary files without one.
#[must_use]
pub fn cache_folder() -> PathBuf {
    let home = |rest: &str| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(rest));
    let named = std::env::var_os("VIDIMUS_CACHE_DIR").map(PathBuf::from).filter(|p| p.is_absolute());
    if let Some(named) = named {
        return named;
    }
    let cache = if cfg!(windows) {
        std::env::var_os("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home("Library/Caches")
    } else {
        std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|p| p.is_absolute()).or_else(|| home(".cache"))
    };
    cache.unwrap_or_else(std::env::temp_dir).join("vidimus")
}

impl Cache {
    /// The one of `check`.
    #[must_use]
    pub fn of_checks() -> Self {
        Self { folder: cache_folder().join("checks") }
    }

    /// In a folder of one's own.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What is kept under a name for a key, not checked but for its length: who reads a part of it has to see that that is whole.
    #[must_use]
    pub fn unchecked(&self, name: &str, key: u128) -> Option<Kept> {
        let mut file = File::open(self.folder.join(name)).ok()?;
        let len = file.metadata().ok()?.len().checked_sub((HEAD + TAIL) as u64)?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).ok()?;
        (head[..8] == MAGIC && head[8..] == key.to_le_bytes()).then_some(Kept { file, len, at: 0 })
    }

    /// What is kept under a name for a key, checked already.
    #[must_use]
    pub fn get(&self, name: &str, key: u128) -> Option<Kept> {
        let mut file = File::open(self.folder.join(name)).ok()?;
        let body = file.metadata().ok()?.len().checked_sub((HEAD + TAIL) as u64)?;
        let mut reader = BufReader::with_capacity(1 << 16, &mut file);
        let mut head = [0; HEAD];
        reader.read_exact(&mut head).ok()?;
        if head[..8] != MAGIC || head[8..] != key.to_le_bytes() {
            return None;
        }
        let mut sum = Xxh3Default::new();
        sum.update(&head);
        let mut buffer = [0; 1 << 14];
        let mut rest = reader.by_ref().take(body);
        loop {
            match rest.read(&mut buffer).ok()? {
                0 => break,
                n => sum.update(&buffer[..n]),
            }
        }
        let mut tail = [0; TAIL];
        reader.read_exact(&mut tail).ok()?;
        if tail != sum.digest().to_le_bytes() {
            return None;
        }
        file.seek(SeekFrom::Start(HEAD as u64)).ok()?;
        Some(Kept { file, len: body, at: 0 })
    }

    /// The same in one go, for what is needed whole.
    #[must_use]
    pub fn whole(&self, name: &str, key: u128) -> Option<Vec<u8>> {
        let mut bytes = fs::read(self.folder.join(name)).ok().filter(|bytes| is_whole(bytes, key))?;
        bytes.truncate(bytes.len() - TAIL);
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// The same where the system has it in memory anyway: its bytes from the first on, which lie where a number of eight bytes may.
    #[must_use]
    pub fn mapped(&self, name: &str, key: u128) -> Option<KeptBytes> {
        let file = Mapped::of(&mut File::open(self.folder.join(name)).ok()?).ok()?;
        is_whole(file.as_ref(), key).then_some(KeptBytes(file))
    }

    /// Begins to keep something under a name for a key.
    pub fn put(&self, name: &str, key: u128) -> io::Result<Keeping> {
        fs::create_dir_all(&self.folder)?;
        let target = self.folder.join(name);
        let beside = self.folder.join(format!(".{name}.{}-{:?}", std::process::id(), std::thread::current().id()));
        let mut keeping = Keeping {
            file: BufWriter::with_capacity(1 << 16, File::create(&beside)?),
            beside,
            target,
            sum: Xxh3Default::new(),
            finished: false,
        };
        keeping.write_all(&MAGIC)?;
        keeping.write_all(&key.to_le_bytes())?;
        Ok(keeping)
    }

    /// Lets go of what was not asked for in a long time, and of what killed runs left.
    pub fn tidy(&self) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let (long, dead) = (Duration::from_secs(DAYS_KEPT * 24 * 60 * 60), Duration::from_secs(MINUTES_WRITTEN * 60));
        let now = SystemTime::now();
        for entry in entries.flatten() {
            let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| now.duration_since(at).ok());
            let unfinished = entry.file_name().as_encoded_bytes().starts_with(b".");
            if age.is_some_and(|age| age > if unfinished { dead } else { long }) {
                // Somebody else may tidy, too.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Lets go of all; how many bytes that were.
    pub fn clear(&self) -> io::Result<u64> {
        let mut bytes = 0;
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            bytes += entry.metadata().map_or(0, |m| m.len());
            fs::remove_file(entry.path())?;
        }
        Ok(bytes)
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Whether the bytes of a file are a whole kept thing of that key.
fn is_whole(bytes: &[u8], key: u128) -> bool {
    let Some((rest, tail)) = bytes.split_last_chunk::<TAIL>() else { return false };
    let Some((head, _)) = rest.split_first_chunk::<HEAD>() else { return false };
    head[..8] == MAGIC && head[8..] == key.to_le_bytes() && *tail == xxh3_64(rest).to_le_bytes()
}

/// Which program this is: another build may make other things of the same bytes.
pub(super) fn program() -> String {
    let built = std::env::current_exe().ok().and_then(|exe| fs::metadata(exe).ok());
    let built = built.and_then(|meta| Some((meta.len(), meta.modified().ok()?)));
    format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
}

impl AsRef<[u8]> for KeptBytes {
    fn as_ref(&self) -> &[u8] {
        let all = self.0.as_ref();
        all.get(HEAD..all.len().saturating_sub(TAIL)).unwrap_or_default()
    }
}

impl Kept {
    /// Its length in bytes.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether it has no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// `len` of its bytes from `start` on; reading goes on behind them.
    pub fn part(&mut self, start: u64, len: u64) -> io::Result<Vec<u8>> {
        if start.checked_add(len).is_none_or(|end| end > self.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.file.seek(SeekFrom::Start(HEAD as u64 + start))?;
        self.at = start;
        // No more than the file has.
        let mut bytes = vec![0; usize::try_from(len).map_err(|_| io::ErrorKind::OutOfMemory)?];
        self.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

impl Read for Kept {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len - self.at).unwrap_or(usize::MAX).min(buffer.len());
        let read = self.file.read(&mut buffer[..left])?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Keeping {
    /// Puts it in place.
    pub fn done(mut self) -> io::Result<()> {
        let sum = self.sum.digest();
        self.file.write_all(&sum.to_le_bytes())?;
        self.file.flush()?;
        fs::rename(&self.beside, &self.target)?;
        self.finished = true;
        Ok(())
    }
}

impl Write for Keeping {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.sum.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        if !self.finished {
            // Given up: nothing of it may be taken for a kept thing.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cache: &Cache, key: u128) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        cache.get("a", key)?.read_to_end(&mut bytes).expect("read");
        Some(bytes)
    }

    fn mapped(cache: &Cache, key: u128) -> Option<Vec<u8>> {
        cache.mapped("a", key).map(|bytes| bytes.as_ref().to_vec())
    }

    fn keep(cache: &Cache, key: u128, bytes: &[u8]) {
        let mut keeping = cache.put("a", key).expect("begun");
        keeping.write_all(bytes).expect("written");
        keeping.done().expect("kept");
    }

    #[test]
    fn what_is_kept_is_there_for_its_key_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::in_folder(folder.path().join("deep"));
        assert_eq!(read(&cache, 7), None);
        keep(&cache, 7, b"findings");
        assert_eq!((read(&cache, 7).as_deref(), read(&cache, 8)), (Some(&b"findings"[..]), None));
        assert_eq!((cache.whole("a", 7).as_deref(), cache.whole("a", 8)), (Some(&b"findings"[..]), None));
        assert_eq!((mapped(&cache, 7).as_deref(), mapped(&cache, 8)), (Some(&b"findings"[..]), None));
        let mut kept = cache.get("a", 7).expect("kept");
        assert_eq!((kept.part(4, 2).expect("a part"), kept.part(7, 2).is_err(), kept.len()), (b"in".to_vec(), true, 8));
        drop(cache.put("a", 9).expect("begun"));
        assert_eq!(fs::read_dir(cache.folder()).expect("listed").count(), 1, "what was given up leaves nothing");
        cache.tidy();
        assert_eq!(read(&cache, 7).as_deref(), Some(&b"findings"[..]));
        assert_eq!((cache.clear().expect("cleared"), read(&cache, 7)), (40, None));
    }

    #[test]
    fn any_damage_makes_it_absent() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::in_folder(folder.path().to_owned());
        keep(&cache, 7, b"findings");
        let file = folder.path().join("a");
        let whole = fs::read(&file).expect("read");
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(&file, &bytes).expect("written");
            assert_eq!((read(&cache, 7), cache.whole("a", 7), mapped(&cache, 7)), (None, None, None), "byte {at} is another");
            fs::write(&file, &whole[..at]).expect("written");
            assert_eq!((read(&cache, 7), cache.whole("a", 7), mapped(&cache, 7)), (None, None, None), "cut off at {at}");
        }
        fs::write(&file, [&whole[..], b"x"].concat()).expect("written");
        assert_eq!((read(&cache, 7), mapped(&cache, 7)), (None, None));
    }

    #[test]
    fn what_is_mapped_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::in_folder(folder.path().to_owned());
        keep(&cache, 7, b"findings");
        let before = cache.mapped("a", 7).expect("kept");
        keep(&cache, 7, b"others");
        assert_eq!((before.as_ref(), mapped(&cache, 7).as_deref()), (&b"findings"[..], Some(&b"others"[..])));
        cache.clear().expect("cleared");
        assert_eq!((before.as_ref(), mapped(&cache, 7)), (&b"findings"[..], None));
    }
}
