//! A file's bytes where the system has them in memory anyway, or else read.

use std::fs::File;
use std::io::{self, Read};

/// All bytes of a file as it was when it was opened.
pub(super) struct Mapped(Held);

enum Held {
    #[cfg(unix)]
    Map(memmap2::Mmap),
    /// The file's length in bytes, and they; numbers, so that they begin where a number may lie.
    Read(usize, Vec<u64>),
}

impl Mapped {
    /// Of a file that nobody writes to any more: it is replaced and removed, and who has it open keeps it as it was.
    ///
    /// Windows neither replaces nor removes a file that is mapped, so that `vidimus clean` would fail for as long as a server runs: it is read
    /// there. So it is where the file does not lie on this machine, and where the system maps none.
    pub(super) fn of(file: &mut File) -> io::Result<Self> {
        #[cfg(unix)]
        if lies_here(file)
            && let Ok(map) = map(file)
        {
            return Ok(Self(Held::Map(map)));
        }
        Self::read(file)
    }

    fn read(file: &mut File) -> io::Result<Self> {
        let len = usize::try_from(file.metadata()?.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut numbers = vec![0; len.div_ceil(8)];
        file.read_exact(&mut bytemuck::cast_slice_mut(&mut numbers)[..len])?;
        Ok(Self(Held::Read(len, numbers)))
    }
}

/// Whether a file stays as it was for who has it open, whatever is done to its name: what another machine removed from a disk that machines
/// share is gone, and who reads on in its map is ended by the system.
#[cfg(target_os = "linux")]
fn lies_here(file: &File) -> bool {
    // How wide its number is, and whether it has a sign, is the machine's.
    rustix::fs::fstatfs(file).is_ok_and(|system| is_of_one_machine(i128::from(system.f_type) & 0xFFFF_FFFF))
}

/// By the number of a kind of file system, from `linux/magic.h` as statfs(2) lists them: ext2 to ext4, XFS, Btrfs, F2FS, tmpfs, ramfs,
/// overlays (of which the lower part, that may be shared, is never written), ZFS, bcachefs, JFS, ReiserFS. Others may be shared.
#[cfg(target_os = "linux")]
const fn is_of_one_machine(kind: i128) -> bool {
    matches!(
        kind,
        0xEF53
            | 0x5846_5342
            | 0x9123_683E
            | 0xF2F5_2010
            | 0x0102_1994
            | 0x8584_58F6
            | 0x794C_7630
            | 0x2FC1_2FC1
            | 0xCA45_1A4E
            | 0x3153_464A
            | 0x5265_4973
    )
}

/// The same where the system tells itself what is local: the flag `MNT_LOCAL` of `sys/mount.h`.
#[cfg(target_vendor = "apple")]
fn lies_here(file: &File) -> bool {
    rustix::fs::fstatfs(file).is_ok_and(|system| system.f_flags & 0x1000 != 0)
}

/// Of others it is not known.
#[cfg(all(unix, not(any(target_os = "linux", target_vendor = "apple"))))]
fn lies_here(_: &File) -> bool {
    false
}

#[cfg(unix)]
#[allow(unsafe_code)]
fn map(file: &File) -> io::Result<memmap2::Mmap> {
    // SAFETY: the bytes must not change while they are mapped. The file is our own and lies in the user's cache folder; it is written under
    // another name and put in place by renaming, and never written again. Whoever writes into it all the same may do anything in the user's name.
    unsafe { memmap2::Mmap::map(file) }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        match &self.0 {
            #[cfg(unix)]
            Held::Map(map) => map,
            Held::Read(len, numbers) => bytemuck::cast_slice(numbers).get(..*len).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Seek, Write};

    #[test]
    fn what_is_read_is_what_is_mapped() {
        let mut file = tempfile::tempfile().expect("a file");
        for words in ["", "seven by", "no multiple of eight"] {
            file.set_len(0).expect("emptied");
            file.rewind().expect("back");
            file.write_all(words.as_bytes()).expect("written");
            for how in [Mapped::of, Mapped::read] {
                file.rewind().expect("back");
                assert_eq!(how(&mut file).expect("held").as_ref(), words.as_bytes());
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_machines_share_is_not_mapped() {
        let made_up = File::open("/proc/self/status").expect("opened");
        assert!(!lies_here(&made_up));
        // Where temporary files lie is up to the machine: of its kind both say the same.
        let file = tempfile::tempfile().expect("a file");
        let kind = rustix::fs::fstatfs(&file).expect("told").f_type;
        let [ext4, tmpfs, overlay] = [0xEF53, 0x0102_1994, 0x794C_7630];
        assert!([ext4, tmpfs, overlay].into_iter().all(is_of_one_machine));
        assert_eq!(lies_here(&file), is_of_one_machine(i128::from(kind) & 0xFFFF_FFFF));
        let [nfs, smb, fuse, plan9] = [0x6969, 0xFE53_4D42, 0x6573_5546, 0x0102_1997];
        assert!(![nfs, smb, fuse, plan9].into_iter().any(is_of_one_machine));
    }
}
