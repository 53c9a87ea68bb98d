//! Documents of the OSCE: `PC.DEC/1117`, `MC.DOC/1/14`, `MC(20).JOUR/2`, with `/Rev.` `/Corr.` `/Add.`
//!
//! Body, dot, kind, slash, number, and for the Ministerial Council the year in two digits.

use super::cursor::{begins, char_before, floor};
use super::{Instrument, Malformed, normal, un};
use crate::text::Span;

/// Permanent Council, Ministerial Council, Forum for Security Co-operation, Secretary General, Senior Council, Chair,
/// Parliamentary Assembly, institutions.
const BODIES: &[&str] =
    &["PC", "MC", "FSC", "SEC", "SC", "CIO", "PA", "HDIM", "ODIHR", "EEF", "EF", "CORE", "FSC-PC", "PC-FSC", "SUM", "CSO"];

/// Decision, document, journal, delegation's paper, general distribution and what else the OSCE's registers use.
const KINDS: &[&str] = &["DEC", "DOC", "JOUR", "DEL", "GAL", "INF", "FR", "IO", "NGO", "SHDM", "STAT", "PR", "BOC", "EMI", "AGENDA"];

/// Reads the symbol whose first slash is at `slash` in passage `p`, which begins at `base`.
pub(super) fn read(p: &str, base: usize, slash: usize) -> Option<Instrument> {
    let start = start(p, slash)?;
    let raw = un::raw(p, body_end(p, start, slash));
    let head = un::raw(p, start);
    let (body, kind) = split_head(&p[start..slash], &head.text)?;
    let number = raw.text.split_once('/').map_or("", |(_, n)| n);
    let good = BODIES.contains(&body.split('(').next().unwrap_or_default())
        && KINDS.contains(&kind.as_str())
        && number.starts_with(|c: char| c.is_ascii_digit())
        && number.split('/').all(|part| !part.is_empty() && (part.bytes().all(|b| b.is_ascii_digit()) || is_suffix(part)));
    good.then_some(())?;
    let symbol = [body.as_str(), ".", &kind, "/", number].concat();
    let mut found = normal::osce(Span::from(base + start..base + raw.end), symbol.into());
    found.malformed = (raw.folded || head.folded).then_some(Malformed::Homoglyph);
    Some(found)
}

fn start(p: &str, slash: usize) -> Option<usize> {
    let near = floor(p, slash.saturating_sub(24));
    let (i, _) = p[near..slash]
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '.' | '(' | ')' | '-'))
        .last()?;
    let start = near + i;
    let start = start + p[start..slash].find(char::is_uppercase)?;
    (begins(p, start) && char_before(p, start) != Some('.')).then_some(start)
}

/// Where the kind begins: behind the last dot or parenthesis before the slash.
fn body_end(p: &str, start: usize, slash: usize) -> usize {
    p[start..slash].rfind(['.', ')']).map_or(start, |i| start + i + 1)
}

/// `PC` and `DEC`; `MC(20)` and `JOUR`. `read` is the head as it was read, in Latin letters, up to the first parenthesis.
fn split_head(written: &str, read: &str) -> Option<(String, String)> {
    let head: String = if written.is_ascii() { written.to_owned() } else { read.split('/').next()?.to_owned() };
    let at = head.rfind(['.', ')'])?;
    let (body, kind) = head.split_at(at + 1);
    let body = body.trim_end_matches('.');
    let meeting = body.split_once('(').is_none_or(|(_, n)| n.strip_suffix(')').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit())));
    meeting.then(|| (body.to_owned(), kind.to_owned()))
}

fn is_suffix(part: &str) -> bool {
    ["Rev.", "Corr.", "Add."].iter().any(|w| part.strip_prefix(w).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())))
}
