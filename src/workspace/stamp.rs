//! By what a file is known not to have been written since it was read.
//!
//! Length, both dates and the number of the file. Where the system tells when a file was last changed *in any way* (not Windows), no
//! program can set that date back: a file whose modification time was restored is read again all the same. A file written so shortly
//! before it was looked at that its next writing might bear the same date has no stamp: nothing can be known of it by its date.
//!
//! What this cannot see: a file system whose clock runs behind ours by more than that, and on Windows a file of the same length whose
//! dates somebody set back.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// One state of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    len: u64,
    modified: (u64, u32),
    changed: (i64, i64),
    number: u64,
}

/// How much later than its last writing a file must be looked at, where dates have fractions of a millisecond: clocks of files tick every
/// few milliseconds.
const FINE: Duration = Duration::from_millis(100);

/// The same where they have not: some count in pairs of seconds.
const COARSE: Duration = Duration::from_secs(3);

impl Stamp {
    /// That of a file looked at just now; `None` when it is too young to be known by its dates.
    #[must_use]
    pub fn of(meta: &Metadata) -> Option<Self> {
        Self::at(meta, SystemTime::now())
    }

    fn at(meta: &Metadata, now: SystemTime) -> Option<Self> {
        let modified = meta.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let (changed, number) = change(meta);
        let last = Duration::new(u64::try_from(changed.0).ok()?, u32::try_from(changed.1).ok()?).max(modified);
        let is_fine = last.subsec_nanos() % 1_000_000 != 0;
        let age = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.checked_sub(last)?;
        let old_enough = age > if is_fine { FINE } else { COARSE };
        old_enough.then(|| Self { len: meta.len(), modified: (modified.as_secs(), modified.subsec_nanos()), changed, number })
    }
}

/// When a file was changed in any way, and its number.
#[cfg(unix)]
fn change(meta: &Metadata) -> ((i64, i64), u64) {
    use std::os::unix::fs::MetadataExt;
    ((meta.ctime(), meta.ctime_nsec()), meta.ino())
}

/// When a file was made: one put in the place of another is another.
#[cfg(not(unix))]
fn change(meta: &Metadata) -> ((i64, i64), u64) {
    let made = meta.created().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    ((i64::try_from(made.as_secs()).unwrap_or(0), i64::from(made.subsec_nanos())), 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{self, File};

    #[test]
    fn a_file_is_known_once_it_is_old_enough_and_until_it_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "one").expect("written");
        let meta = || fs::metadata(&path).expect("there");
        let later = |seconds| SystemTime::now() + Duration::from_secs(seconds);
        assert_eq!(Stamp::at(&meta(), meta().modified().expect("a date")), None);
        let known = Stamp::at(&meta(), later(9));
        assert!(known.is_some());
        assert_eq!(known, Stamp::at(&meta(), later(99)));
        fs::write(&path, "two and more").expect("written");
        assert_ne!(known, Stamp::at(&meta(), later(9)));
    }

    #[cfg(unix)]
    #[test]
    fn who_sets_the_date_back_hides_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "one").expect("written");
        let date = fs::metadata(&path).expect("there").modified().expect("a date");
        let late = || SystemTime::now() + Duration::from_secs(9);
        let known = Stamp::at(&fs::metadata(&path).expect("there"), late());
        // Until the clock of files has ticked.
        while fs::write(&path, "two").is_ok() && fs::metadata(&path).expect("there").modified().expect("a date") == date {}
        fs::write(&path, "two").expect("written");
        File::options().write(true).open(&path).expect("opened").set_modified(date).expect("set back");
        let meta = fs::metadata(&path).expect("there");
        assert_eq!((meta.len(), meta.modified().expect("a date")), (3, date));
        assert_ne!(known, Stamp::at(&meta, late()));
    }
}
