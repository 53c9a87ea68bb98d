//! Paths as URI references (RFC 3986).

/// A path as the reader of a report names it: relative to where `vidimus` ran, or absolute when it lies elsewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// Below the folder it ran in, or beside it.
    Relative(String),
    /// With its scheme.
    Absolute(String),
}

/// `path`, percent-encoded.
pub(super) fn reference(path: &str) -> Reference {
    if let Some(rest) = path.strip_prefix("//") {
        return Reference::Absolute(format!("file://{}", encoded(rest, false)));
    }
    if path.starts_with('/') {
        return Reference::Absolute(format!("file://{}", encoded(path, false)));
    }
    match path.as_bytes() {
        [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => {
            Reference::Absolute(format!("file:///{}:{}", char::from(*drive), encoded(&path[2..], false)))
        }
        _ => Reference::Relative(encoded(path, true)),
    }
}

/// All but unreserved characters, the few delimiters that no reader of URIs takes for anything else in a path, and `/`. A colon
/// in the first part of a relative reference would end a scheme.
fn encoded(path: &str, relative: bool) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    let mut first = relative;
    for byte in path.bytes() {
        match byte {
            b'/' => {
                first = false;
                out.push('/');
            }
            b':' if !first => out.push(':'),
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b'@' => out.push(char::from(byte)),
            // Writing to a text cannot fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference_that_leads_back_to_it() {
        let relative = |path| match reference(path) {
            Reference::Relative(uri) => uri,
            Reference::Absolute(uri) => panic!("{uri}"),
        };
        assert_eq!(relative("texts/a.md"), "texts/a.md");
        assert_eq!(relative("texts/100 % sure?#1.md"), "texts/100%20%25%20sure%3F%231.md");
        assert_eq!(relative("заметки/[a].md"), "%D0%B7%D0%B0%D0%BC%D0%B5%D1%82%D0%BA%D0%B8/%5Ba%5D.md");
        assert_eq!(relative("a:b/c:d.md"), "a%3Ab/c:d.md");
        let absolute = |path: &str, uri: &str| assert_eq!(reference(path), Reference::Absolute(uri.into()));
        absolute("/srv/a b.md", "file:///srv/a%20b.md");
        absolute("C:/Texts/a.md", "file:///C:/Texts/a.md");
        absolute("//host/share/a.md", "file://host/share/a.md");
    }
}
