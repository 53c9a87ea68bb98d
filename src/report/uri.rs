//! Paths as URI references (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

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

/// What a path cannot hold as it is: all but unreserved characters, `/`, and the few delimiters that no reader of URIs takes for
/// anything else in one.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@');

/// A colon in the first part of a relative reference would end a scheme.
const IN_FIRST_PART: &AsciiSet = &IN_PATH.add(b':');

fn encoded(path: &str, relative: bool) -> String {
    let (first, rest) = path.split_at(if relative { path.find('/').unwrap_or(path.len()) } else { 0 });
    format!("{}{}", utf8_percent_encode(first, IN_FIRST_PART), utf8_percent_encode(rest, IN_PATH))
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
