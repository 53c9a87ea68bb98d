//! Addresses of texts, and what they are called here.
//!
//! Clients write one file's address in several ways: VS Code sends `file:///c%3A/…`, others `file:///C:/…`. Texts are
//! therefore known by a [`TextKey`], and answered under the address their client used.
//!
//! `Uri::to_file_path` would make a path of any scheme, `untitled:Untitled-1` too; so paths are read here.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use tower_lsp::ls_types::{InitializeParams, Uri, WorkspaceFolder};

/// What a text is known by: the same for all spellings of its address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TextKey {
    /// A file, by its path: absolute, without `.` and `..`.
    File(PathBuf),
    /// A text that is no file on this machine, such as `untitled:Untitled-1`, by its address.
    Other(String),
}

impl TextKey {
    /// The key of an address.
    #[must_use]
    pub fn of(uri: &Uri) -> Self {
        path_of(uri).map_or_else(|| Self::Other(uri.as_str().to_owned()), Self::File)
    }

    /// The file's path; `None` for a text that is no file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Other(_) => None,
        }
    }

    /// The last part of the address, as a file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::File(path) => path.file_name().and_then(|n| n.to_str()).unwrap_or_default(),
            Self::Other(uri) => uri.rsplit(['/', ':']).next().unwrap_or_default(),
        }
    }
}

/// The path of a `file:` address on this machine; `None` for every other.
#[must_use]
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    if !uri.scheme().as_str().eq_ignore_ascii_case("file") {
        return None;
    }
    let host = uri.authority().map(|a| a.host()).unwrap_or_default();
    let path = uri.path().decode().to_string_lossy();
    file_path(host, &path, cfg!(windows)).map(PathBuf::from)
}

/// The path of a file from the host and the decoded path of its address, in the words of Windows or not.
fn file_path(host: &str, path: &str, windows: bool) -> Option<String> {
    let local = host.is_empty() || host.eq_ignore_ascii_case("localhost");
    let path = without_dots(path)?;
    let drive = drive_of(&path);
    match (windows, local, drive) {
        (true, true, Some(letter)) => Some(format!("{letter}:{}", &path[3..]).replace('/', "\\")),
        (true, true, None) => None,
        (true, false, _) => Some(format!("//{host}{path}").replace('/', "\\")),
        // A path of Windows, looked at elsewhere: the letter's case still makes no difference.
        (false, true, Some(letter)) => Some(format!("/{letter}:{}", &path[3..])),
        (false, true, None) => Some(path),
        (false, false, _) => None,
    }
}

/// The capital letter of the drive in `/c:/…`.
fn drive_of(path: &str) -> Option<char> {
    let bytes = path.as_bytes();
    let is_drive = bytes.len() >= 3 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':' && bytes.get(3).is_none_or(|b| *b == b'/');
    is_drive.then(|| char::from(bytes[1].to_ascii_uppercase()))
}

/// The path without empty parts, `.` and `..`; `None` when it is not absolute.
fn without_dots(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.strip_prefix('/')?.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}

/// The address of a file; `None` for a path that is not absolute.
#[must_use]
pub fn uri_of(path: &Path) -> Option<Uri> {
    Uri::from_str(&address_of(path)?).ok()
}

/// The characters of [`uri_of`].
#[must_use]
pub fn address_of(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let rest = match path.strip_prefix("//") {
        Some(share) if cfg!(windows) => share.to_owned(),
        _ if path.starts_with('/') => path,
        _ if cfg!(windows) => format!("/{path}"),
        _ => return None,
    };
    Some(format!("file://{}", escaped(&rest)))
}

/// Everything but letters, digits, `-._~` and slashes as `%XX`: what all clients read alike.
pub fn escaped(path: &str) -> PercentEncode<'_> {
    const REST: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    utf8_percent_encode(path, REST)
}

/// The folders that are open in the editor.
#[must_use]
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    // Older clients know one folder.
    #[expect(deprecated, reason = "clients without workspace folders say it so")]
    let root = params.root_uri.as_ref().and_then(path_of);
    match params.workspace_folders.as_deref() {
        Some(folders) if !folders.is_empty() => paths(folders).collect(),
        _ => root.into_iter().collect(),
    }
}

/// The paths of folders that lie on the disk.
pub fn paths(folders: &[WorkspaceFolder]) -> impl Iterator<Item = PathBuf> + '_ {
    folders.iter().filter_map(|folder| path_of(&folder.uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(uri: &str) -> TextKey {
        TextKey::of(&Uri::from_str(uri).expect("an address"))
    }

    #[test]
    fn only_file_addresses_are_files() {
        assert_eq!(key("untitled:Untitled-1"), TextKey::Other("untitled:Untitled-1".into()));
        assert_eq!(key("untitled:/tmp/a.md"), TextKey::Other("untitled:/tmp/a.md".into()));
        assert_eq!(key("git:/tmp/a.md?ref"), TextKey::Other("git:/tmp/a.md?ref".into()));
        // On Windows a path begins with a drive.
        let (address, path) = if cfg!(windows) { ("FILE:///C:/tmp/a.md", r"C:\tmp\a.md") } else { ("FILE:///tmp/a.md", "/tmp/a.md") };
        assert_eq!(key(address).path(), Some(Path::new(path)));
        assert_eq!(key("untitled:Untitled-1").name(), "Untitled-1");
    }

    #[test]
    fn spellings_of_one_address_have_one_key() {
        for uri in ["file:///c%3A/Texts/a%20b.md", "file:///C:/Texts/a%20b.md", "file://localhost/c:/Texts/./x/../a%20b.md"] {
            assert_eq!(key(uri), key("file:///C%3A/Texts//a%20b.md"), "{uri}");
        }
        assert_eq!(key("file:///C:/tmp/%D0%B0.md"), key("file:///C:/tmp/./%d0%b0.md"));
    }

    #[test]
    fn on_windows_drives_and_shares_are_paths() {
        assert_eq!(file_path("", "/c:/Texts/a.md", true).as_deref(), Some("C:\\Texts\\a.md"));
        assert_eq!(file_path("server", "/share/a.md", true).as_deref(), Some("\\\\server\\share\\a.md"));
        assert_eq!(file_path("", "/no/drive.md", true), None);
        assert_eq!(file_path("server", "/share/a.md", false), None);
    }

    #[test]
    #[cfg(not(windows))]
    fn a_path_goes_there_and_back() {
        for path in ["/tmp/a.md", "/tmp/файл [1] #?%.md", "/tmp/𝕏"] {
            let uri = uri_of(Path::new(path)).expect("absolute");
            assert_eq!(path_of(&uri).as_deref(), Some(Path::new(path)), "{}", uri.as_str());
        }
        assert!(uri_of(Path::new("a.md")).is_none());
    }
}
