//! A `.bib` file cut into entries, each read apart, on all cores.

use biblatex::{RawBibliography, RawEntry};
use rayon::prelude::*;

use super::{AT_ONCE, Abbreviations, RULE, join};
use crate::registry::Parsed;
use crate::text::{Fault, Span};

/// Braces nested deeper than this are a fault: no title needs them, and the parser calls itself for each.
const DEEPEST: usize = 100;

/// Most pieces that one entry is put together of, when a line of its text begins with `@`.
const MOST_PIECES: usize = 4;

/// An entry as it is written, its place from the `@` to its end, and the byte that its own places are counted from.
pub(super) type Raw<'t> = (RawEntry<'t>, Span, u32);

/// The entries, and what `@string` defines; faults go to `parsed`.
pub(super) fn raw_entries<'t>(text: &'t str, parsed: &mut Parsed) -> (Vec<Raw<'t>>, Abbreviations) {
    let (mut entries, mut abbreviations) = (Vec::new(), Abbreviations::new());
    let cuts = cuts(text);
    let pieces = (0..cuts.len()).into_par_iter().with_min_len(AT_ONCE).map(|i| Some(read(piece(text, &cuts, i, 1))));
    let mut pieces: Vec<Option<Read<'_>>> = pieces.collect();
    let mut i = 0;
    while let Some(first) = pieces.get_mut(i).and_then(Option::take) {
        let (read, used) = with_next(text, &cuts, &pieces, i, first);
        let start = cuts[i];
        i += used;
        let by = start as u32;
        match read {
            Ok(raw) => {
                for pair in &raw.abbreviations {
                    let value = join(&pair.value.v, &abbreviations).0.into_owned();
                    abbreviations.insert(pair.key.v.to_ascii_lowercase(), value);
                }
                entries.extend(raw.entries.into_iter().map(|e| {
                    let span = whole(text, Span::from(e.v.key.span.clone()).shift(by), Span::from(e.span).shift(by));
                    (e.v, span, by)
                }));
            }
            Err((at, message)) => {
                let end = cuts.get(i).copied().unwrap_or(text.len());
                parsed.faults.push(unreadable(text, start, start + at, end, &message));
            }
        }
    }
    (entries, abbreviations)
}

/// From the `@` before the key to the brace behind the fields.
fn whole(text: &str, key: Span, body: Span) -> Span {
    let start = text.get(..key.range().start).and_then(|before| before.rfind('@')).unwrap_or(key.range().start);
    let end = body.join(key).range().end;
    let closes = text.get(end..).is_some_and(|rest| rest.starts_with(['}', ')'])) && !text[..end].ends_with('}');
    Span::from(start..end + usize::from(closes))
}

/// Where entries begin: lines whose first character is `@`.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches([' ', '\t', '\u{FEFF}']);
        if body.strip_prefix('@').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            cuts.push(at + line.len() - body.len());
        }
        at += line.len();
    }
    cuts
}

type Read<'t> = Result<RawBibliography<'t>, (usize, String)>;

/// So many pieces from the one at `i` on.
fn piece<'t>(text: &'t str, cuts: &[usize], i: usize, count: usize) -> &'t str {
    &text[cuts[i]..cuts.get(i + count).copied().unwrap_or(text.len())]
}

/// What was read of the piece at `i`; when it does not close, with the next few, since a line of an abstract may begin with `@`.
/// Also answers how many pieces were used.
fn with_next<'t>(text: &'t str, cuts: &[usize], pieces: &[Option<Read<'t>>], i: usize, first: Read<'t>) -> (Read<'t>, usize) {
    if first.is_err() && depth(piece(text, cuts, i, 1)).0 > 0 {
        for n in 2..=MOST_PIECES {
            // A line that begins a whole entry by itself is no line of an abstract: there a brace was forgotten.
            let last = pieces.get(i + n - 1).and_then(Option::as_ref);
            if last.is_none_or(|last| last.as_ref().is_ok_and(|read| !read.entries.is_empty())) {
                break;
            }
            if let Ok(read) = read(piece(text, cuts, i, n)) {
                return (Ok(read), n);
            }
        }
    }
    (first, 1)
}

fn read(piece: &str) -> Read<'_> {
    if memchr::memchr_iter(b'{', piece.as_bytes()).nth(DEEPEST).is_some() && depth(piece).1 > DEEPEST {
        return Err((0, "braces are nested too deeply".to_owned()));
    }
    RawBibliography::parse(piece).map_err(|error| (error.span.start.min(piece.len()), error.kind.to_string()))
}

/// Braces open at the end, and at most.
fn depth(piece: &str) -> (usize, usize) {
    let (mut open, mut most) = (0_usize, 0);
    let mut escaped = false;
    for byte in piece.bytes() {
        match byte {
            b'{' if !escaped => open += 1,
            b'}' if !escaped => open = open.saturating_sub(1),
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
        most = most.max(open);
    }
    (open, most)
}

/// A fault at the first line of the entry: where reading stopped is often the next entry, and the slip is here.
fn unreadable(text: &str, start: usize, at: usize, end: usize, message: &str) -> Fault {
    let line = text[start..end].lines().next().unwrap_or_default().trim_end();
    let stopped = text.get(start..at).map_or(0, |read| read.bytes().filter(|&b| b == b'\n').count());
    let place = match stopped {
        0 => String::new(),
        1 => ", in the line after this one".to_owned(),
        n => format!(", {n} lines below"),
    };
    Fault::new(RULE, Span::from(start..start + line.len()), format!("the entry cannot be read: {message}{place}"))
        .help("the entry is left out, all others are used")
}
