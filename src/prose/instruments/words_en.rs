//! English words before a resolution's number: `Security Council resolution`, `resolutions Nos.`, `UNSCR`, `SC res.`

use super::cursor::{bare, char_at, one_of, space, space_back, word_back};
use super::issuers::{self, Issuer};
use super::lists::Head;
use crate::text::letters;

/// The head whose `esolution` lies at `at`, in any case of its letters.
pub(super) fn resolution(p: &str, at: usize) -> Option<Head> {
    let start = at.checked_sub(1).filter(|&i| matches!(p.as_bytes()[i], b'r' | b'R'))?;
    let mut end = at + "esolution".len();
    let plural = one_of(p, end, &["s"]).is_some();
    end += usize::from(plural);
    if char_at(p, end).is_some_and(letters::is_alphanumeric) || p[..start].ends_with(letters::is_alphanumeric) {
        return None;
    }
    let (issuer, from) = issuers::before(p, start).map_or((None, start), |(issuer, from)| (Some(issuer), from));
    let of = one_of(p, space(p, end), &["of"]).and_then(|of| issuers::at(p, space(p, of)));
    let (issuer, end) = match (issuer, of) {
        (None | Some(Issuer::Nations), Some((issuer, end))) => (Some(issuer), end),
        _ => (issuer, end),
    };
    Some(Head { start: from, number_at: sign(p, end), issuer, plural, quiet: is_other_resolution(p, start), needs_issuer: false })
}

/// `UNSCR 2254`, `UNSCRs 2254 and 2268`, `SCR 1244`; the letters `SCR` lie at `at`.
pub(super) fn scr(p: &str, at: usize) -> Option<Head> {
    let start = at - if p[..at].ends_with("UN") { 2 } else { 0 };
    let end = at + "SCR".len();
    let plural = p[end..].starts_with('s');
    let number_at = space(p, end + usize::from(plural));
    let alone = !p[..start].ends_with(|c: char| letters::is_alphanumeric(c) || matches!(c, '/' | '-'));
    alone.then_some(Head {
        start,
        number_at: sign(p, number_at),
        issuer: Some(Issuer::Security),
        plural,
        quiet: false,
        needs_issuer: false,
    })
}

/// `SC res. 2202`, `G.A. Res. 68/262`; the letters `es` lie at `at`. A body must stand before it: bills of parliaments are cited alike.
pub(super) fn res(p: &str, at: usize) -> Option<Head> {
    let start = at.checked_sub(1).filter(|&i| matches!(p.as_bytes()[i], b'r' | b'R'))?;
    if p[..start].ends_with(letters::is_alphanumeric) {
        return None;
    }
    let end = at + 2 + usize::from(p[at + 2..].starts_with('.'));
    let (issuer, from) = issuers::before(p, start)?;
    Some(Head { start: from, number_at: sign(p, end), issuer: Some(issuer), plural: false, quiet: false, needs_issuer: true })
}

/// Past `No.`, `Nos.`, `number`, `№`, `#`.
pub(super) fn sign(p: &str, at: usize) -> usize {
    let from = space(p, at);
    match one_of(p, from, &["nos.", "no.", "nos", "no", "numbers", "number", "№№", "№", "#", "n°", "nr."]) {
        Some(end) => space(p, end),
        None => from,
    }
}

/// Words before "resolution" after which a number is none of a resolution, or that of another body: "screen resolution 1080",
/// "New Year's resolution 2015", "H.R. resolution 12".
fn is_other_resolution(p: &str, start: usize) -> bool {
    const WORDS: &[&str] = &[
        "screen",
        "display",
        "image",
        "video",
        "monitor",
        "camera",
        "photo",
        "print",
        "pixel",
        "spatial",
        "temporal",
        "angular",
        "optical",
        "spectral",
        "mass",
        "depth",
        "energy",
        "time",
        "high",
        "higher",
        "low",
        "lower",
        "full",
        "native",
        "maximum",
        "minimum",
        "conflict",
        "dispute",
        "year",
        "years",
        "draft",
        "joint",
        "concurrent",
        "simple",
        "board",
        "shareholder",
        "city",
        "party",
        "h.r.",
        "state",
    ];
    let (word, _) = word_back(p, space_back(p, start));
    let lower = bare(word).to_ascii_lowercase();
    WORDS.contains(&lower.as_str())
}
