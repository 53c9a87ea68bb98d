//! From bytes to characters.

use std::cell::RefCell;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use super::Trouble;

/// Texts above this many bytes are told and skipped: no author wrote them, and an editor would not open them.
pub const TEXT_LIMIT: u64 = 64 << 20;

/// Files of records above this many bytes are told and skipped; spans reach to 4 GiB.
pub const RECORDS_LIMIT: u64 = 2 << 30;

/// What was read of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its characters; a byte order mark of UTF-8 stays, so that spans are offsets into the file.
    pub text: Arc<str>,
    /// Whether spans are no offsets into the file, because it was decoded from UTF-16: such a file is never written.
    pub read_only: bool,
}

/// Reads a text of at most [`TEXT_LIMIT`].
pub fn read_text(path: &Path) -> Result<Loaded, Trouble> {
    read(path, TEXT_LIMIT)
}

/// Reads a file of records of at most [`RECORDS_LIMIT`].
pub fn read_records(path: &Path) -> Result<Loaded, Trouble> {
    read(path, RECORDS_LIMIT)
}

fn read(path: &Path, limit: u64) -> Result<Loaded, Trouble> {
    with_bytes(path, limit, |bytes| of_bytes(path, bytes))?
}

/// What `look` makes of the bytes of a file of at most [`RECORDS_LIMIT`].
pub fn raw<T>(path: &Path, look: impl FnOnce(&[u8]) -> T) -> Result<T, Trouble> {
    with_bytes(path, RECORDS_LIMIT, look)
}

/// The characters of bytes that stand in place of the file at `path`.
pub fn of_bytes(path: &Path, bytes: &[u8]) -> Result<Loaded, Trouble> {
    decode(bytes).map_err(|Refused { message, help }| {
        let trouble = Trouble::new(path, message);
        if help.is_empty() { trouble } else { trouble.help(help) }
    })
}

/// So many bytes of a file are read at a time for each thread that reads what they say: enough that none waits for long, and little
/// beside what becomes of them.
const BLOCK: usize = 512 << 10;

/// Room for the line that a block breaks off in; a longer one finds more.
const LINE: usize = 64 << 10;

/// Reads a file of records of at most [`RECORDS_LIMIT`] some lines at a time: `take` gets whole lines, one after the other. Whether
/// it could be read so; when not (it is UTF-16, or no text) it has to be read as a whole, and what was taken is nothing.
pub fn by_lines(path: &Path, take: &mut dyn FnMut(&str)) -> Result<bool, Trouble> {
    let (file, _) = open(path, RECORDS_LIMIT)?;
    let mut file = file.take(RECORDS_LIMIT);
    let mut take = |bytes: &[u8]| match simdutf8::basic::from_utf8(bytes).ok().filter(|_| memchr::memchr(0, bytes).is_none()) {
        Some(text) => {
            take(text);
            true
        }
        None => false,
    };
    let size = BLOCK * rayon::current_num_threads().clamp(2, 16);
    let mut block = Vec::with_capacity(size + LINE);
    loop {
        let before = block.len();
        block.reserve_exact(size);
        if file.by_ref().take(size as u64).read_to_end(&mut block).map_err(|error| Trouble::of_io(path, &error))? == 0 {
            return Ok(file.limit() > 0 && take(&block));
        }
        if let Some(end) = memchr::memrchr(b'\n', &block[before..]).map(|end| before + end + 1) {
            if !take(&block[..end]) {
                return Ok(false);
            }
            block.drain(..end);
        }
    }
}

thread_local! {
    /// Where a thread reads file after file, so that their bytes lie in a near cache.
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Bytes of a larger file are let go.
const KEPT_ROOM: usize = 1 << 20;

fn with_bytes<T>(path: &Path, limit: u64, look: impl FnOnce(&[u8]) -> T) -> Result<T, Trouble> {
    let mut bytes = BYTES.take();
    let looked = read_bytes(path, limit, &mut bytes).map(|len| look(&bytes[..len]));
    if bytes.len() <= KEPT_ROOM {
        BYTES.set(bytes);
    }
    looked
}

/// Reads a file to the beginning of some room; answers how many bytes. One that grows while it is read (a log, a device) is cut off at the
/// limit as well, so the length is not trusted: but one that has as many bytes as it says is read at once, and not asked for more.
fn read_bytes(path: &Path, limit: u64, into: &mut Vec<u8>) -> Result<usize, Trouble> {
    let (mut file, len) = open(path, limit)?;
    let len = usize::try_from(len).unwrap_or(0);
    into.resize(into.len().max(len), 0);
    let mut read = 0;
    while read < len || len == 0 {
        if read == into.len() {
            into.resize(read * 2 + LINE, 0);
        }
        let end = if len > 0 { len } else { into.len() };
        match file.read(&mut into[read..end]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Trouble::of_io(path, &error)),
        }
        if read as u64 > limit {
            return Err(too_large(path, limit));
        }
    }
    Ok(read)
}

fn too_large(path: &Path, limit: u64) -> Trouble {
    let trouble = Trouble::new(path, format!("is larger than {} MB and was not read", limit >> 20));
    trouble.help("split it, or name it under `exclude` in vidimus.toml")
}

/// Opens a file that seems to be of at most `limit` bytes; answers its length, too.
fn open(path: &Path, limit: u64) -> Result<(File, u64), Trouble> {
    let told = |error: std::io::Error| Trouble::of_io(path, &error);
    let file = File::open(path).map_err(told)?;
    let meta = file.metadata().map_err(told)?;
    if meta.is_dir() {
        return Err(Trouble::of_io(path, &ErrorKind::IsADirectory.into()));
    }
    if meta.len() > limit { Err(too_large(path, limit)) } else { Ok((file, meta.len())) }
}

/// Why bytes are no characters.
struct Refused {
    message: String,
    help: String,
}

fn decode(bytes: &[u8]) -> Result<Loaded, Refused> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return decode_utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(Refused { message: "is binary, not text".into(), help: "name it under `exclude` in vidimus.toml".into() });
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => Ok(Loaded { text: text.into(), read_only: false }),
        Err(error) => Err(not_utf8(bytes, error.valid_up_to())),
    }
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Loaded, Refused> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Loaded { text: text.into(), read_only: true }),
        _ => Err(Refused { message: "begins as UTF-16 and goes on as something else".into(), help: "save it as UTF-8".into() }),
    }
}

fn not_utf8(bytes: &[u8], at: usize) -> Refused {
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    let guess = encoding_guess(bytes);
    Refused {
        message: format!("is not UTF-8: byte 0x{:02x} in line {line}", bytes.get(at).copied().unwrap_or(0)),
        help: format!("save it as UTF-8: iconv -f {guess} -t UTF-8"),
    }
}

/// Cyrillic in Windows-1251 is mostly bytes from 0xc0 on in unbroken runs; Western texts hold single ones.
fn encoding_guess(bytes: &[u8]) -> &'static str {
    let letters = bytes.iter().filter(|b| **b >= 0xc0).count();
    let runs = bytes.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    if runs * 2 > letters { "WINDOWS-1251" } else { "WINDOWS-1252" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> String {
        decode(bytes).map_or_else(|r| format!("{} ({})", r.message, r.help), |l| format!("{:?} {}", l.text, l.read_only))
    }

    #[test]
    fn utf8_is_taken_as_it_is_and_utf16_is_decoded_for_reading_only() {
        assert_eq!(told("\u{feff}мир\r\n".as_bytes()), "\"\\u{feff}мир\\r\\n\" false");
        assert_eq!(told(b"\xff\xfea\0\xe9\0"), "\"aé\" true");
        assert_eq!(told(b"\xfe\xff\0a"), "\"a\" true");
    }

    #[test]
    fn other_bytes_are_named_with_a_cure() {
        assert_eq!(told(b"a\0b"), "is binary, not text (name it under `exclude` in vidimus.toml)");
        assert_eq!(told(b"ok\nna\xefve"), "is not UTF-8: byte 0xef in line 2 (save it as UTF-8: iconv -f WINDOWS-1252 -t UTF-8)");
        assert!(told(b"\xcc\xe8\xed\xf1\xea").contains("WINDOWS-1251"));
        assert!(told(b"\xff\xfea").contains("UTF-16"));
    }

    #[test]
    fn lines_come_in_order_and_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("r.jsonl");
        let read = |bytes: &[u8]| {
            std::fs::write(&file, bytes).expect("written");
            let mut parts: Vec<String> = Vec::new();
            let whole = by_lines(&file, &mut |text| parts.push(text.into())).expect("read");
            (whole, parts)
        };
        let block = BLOCK * rayon::current_num_threads().clamp(2, 16);
        let text = format!("{}\n{}\nпоследняя", "a".repeat(block - 3), "б".repeat(block));
        let (whole, parts) = read(text.as_bytes());
        assert!(whole && parts.concat() == text && parts.len() == 3);
        assert!(parts[..2].iter().all(|part| part.ends_with('\n')));
        assert_eq!(read(b""), (true, vec![String::new()]));
        assert!(!read(b"\xff\xfea\0").0 && !read(b"a\0b\n").0);
    }

    #[test]
    fn what_the_system_refuses_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let message = |path: &Path, limit| read(path, limit).expect_err("refused").message;
        assert_eq!(message(&folder.path().join("gone.md"), 9), "is not there (any more)");
        // Windows opens no folder, and says that it may not.
        assert_eq!(message(folder.path(), 9), if cfg!(windows) { "cannot be read: permission denied" } else { "is a folder, not a file" });
        let file = folder.path().join("large.md");
        std::fs::write(&file, "0123456789").expect("written");
        assert_eq!(message(&file, 9), "is larger than 0 MB and was not read");
        assert_eq!(&*read(&file, 10).expect("fits").text, "0123456789");
        // It says that it has no bytes.
        #[cfg(target_os = "linux")]
        assert!(read(Path::new("/proc/version"), 1 << 16).expect("fits").text.starts_with("Linux"));
    }
}
