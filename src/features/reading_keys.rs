//! Where the keys of records, front matter and settings stand, however the file is written.
//!
//! A key stands where one may begin (a line, an item, an opening brace, behind a comma), and its word is one that we know; so a
//! colon in somebody's sentence makes none.

use crate::registry::RECORD_KEYS;
use crate::syntax;
use crate::text::Span;

/// Keys of BibLaTeX, CSL, roles and settings that the readers look at, besides those of records and texts.
const MORE: &[&str] = &[
    "DOI",
    "URL",
    "allow-files-from",
    "author",
    "bibliography",
    "booktitle",
    "citation-scope",
    "classes",
    "container-title",
    "documents",
    "doi",
    "editor",
    "exclude",
    "fail-on",
    "files",
    "from",
    "institution",
    "instrument",
    "issued",
    "journaltitle",
    "kind",
    "language",
    "lang",
    "location",
    "number",
    "pages",
    "pattern",
    "registry",
    "rules",
    "title",
    "to",
    "types",
    "urldate",
    "volume",
    "year",
];

/// The keys in a part of a text.
#[must_use]
pub(super) fn keys(text: &str, part: Span) -> Vec<Span> {
    let words = part.slice(text);
    let bytes = words.as_bytes();
    let mut out = Vec::new();
    let mut may_begin = true;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if may_begin && byte.is_ascii_alphabetic() {
            let len = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
            if is_key(&words[at..at + len]) && is_followed(&bytes[at + len..]) {
                out.push(Span::from(at..at + len).shift(part.start));
            }
            may_begin = false;
            at += len;
            continue;
        }
        may_begin = match byte {
            b'\n' | b'\r' | b'{' | b',' => true,
            b' ' | b'\t' | b'-' | b'"' | b'[' => may_begin,
            _ => false,
        };
        at += 1;
    }
    out
}

fn is_key(word: &str) -> bool {
    RECORD_KEYS.contains(&word) || syntax::KEYS.contains(&word) || MORE.contains(&word)
}

/// Whether a colon or an equals sign comes next: behind a quotation mark, or white space in a line.
fn is_followed(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let next = rest.iter().find(|b| !matches!(b, b' ' | b'\t'));
    matches!(next, Some(b':' | b'=' | b']'))
}
