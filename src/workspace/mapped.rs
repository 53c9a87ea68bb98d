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
    /// there. So it is where the system maps none.
    pub(super) fn of(file: &mut File) -> io::Result<Self> {
        #[cfg(unix)]
        if let Ok(map) = map(file) {
            return Ok(Self(Held::Map(map)));
        }
        let len = usize::try_from(file.metadata()?.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut numbers = vec![0; len.div_ceil(8)];
        file.read_exact(&mut bytemuck::cast_slice_mut(&mut numbers)[..len])?;
        Ok(Self(Held::Read(len, numbers)))
    }
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
