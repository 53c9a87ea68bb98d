//! Records in JSON Lines: one record a line, so that a bad line costs only itself.

use std::sync::Arc;

use rayon::prelude::*;

use super::schema::{self, Home, Seen};
use super::{Parsed, Record, json};
use crate::text::{Fault, Span};

/// Lines are read on all threads in pieces of about this many bytes.
const PIECE: usize = 1 << 17;

/// Reads one record a line; empty lines and lines that begin with `#` or `//` are passed over. Spans are bytes of `text`.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut all = Lines::default();
    all.take(text);
    all.end()
}

/// Reads an edited file, given what an earlier state of it gave: lines that stayed are not read again. The same as [`parse`] gives.
#[must_use]
pub fn reparse(old: &str, records: &[Arc<Record>], faults: &[Fault], text: &str) -> Parsed {
    let (kept, behind) = common_lines(old, text);
    let (was, is) = (Span::from(kept..old.len() - behind), Span::from(kept..text.len() - behind));
    // What is wrong is told where it was read; a key that nobody knows, only once for all lines that have it.
    if faults.iter().any(|fault| !was.contains(fault.span.start) || is_once_a_key(fault)) {
        return parse(text);
    }
    let at = |end: u32| records.partition_point(|record| record.span.start < end);
    let (first, last) = (at(was.start), at(was.end));
    let mut parsed = Parsed { records: Vec::with_capacity(records.len() + 16), ..Parsed::default() };
    parsed.records.extend_from_slice(&records[..first]);
    parsed.append(lines(is.slice(text), is.start));
    if was.end == is.end {
        parsed.records.extend_from_slice(&records[last..]);
        return parsed;
    }
    let by = is.end.wrapping_sub(was.end).cast_signed();
    for record in &records[last..] {
        match record.moved(by) {
            Some(moved) => parsed.records.push(Arc::new(moved)),
            None => {
                let from = record.span.start.wrapping_add_signed(by);
                let rest = text.get(from as usize..).unwrap_or_default();
                let line = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest, |end| &rest[..=end]);
                parsed.append(lines(line, from));
            }
        }
    }
    parsed
}

/// How many bytes of whole lines two texts have in common from the beginning, and then how many from the end.
fn common_lines(a: &str, b: &str) -> (usize, usize) {
    /// Compared at once.
    const STEP: usize = 1 << 10;
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let steps = a.chunks(STEP).zip(b.chunks(STEP)).take_while(|(a, b)| a == b).count();
    let same = (steps * STEP).min(a.len()).min(b.len());
    let same = same + a[same..].iter().zip(&b[same..]).take_while(|(a, b)| a == b).count();
    let kept = memchr::memrchr(b'\n', &a[..same]).map_or(0, |end| end + 1);
    let (a, b) = (&a[kept..], &b[kept..]);
    let steps = a.rchunks(STEP).zip(b.rchunks(STEP)).take_while(|(a, b)| a == b).count();
    let same = (steps * STEP).min(a.len()).min(b.len());
    let rest = a[..a.len() - same].iter().rev().zip(b[..b.len() - same].iter().rev());
    let same = same + rest.take_while(|(a, b)| a == b).count();
    let behind = memchr::memchr(b'\n', &a[a.len() - same..]).map_or(0, |end| same - end - 1);
    (kept, behind)
}

/// Reads lines as they come, so that a large file need not be in memory as a whole.
#[derive(Debug, Default)]
pub struct Lines {
    /// In order; put together in the end, when it is known how many there are.
    parts: Vec<Parsed>,
    /// Bytes taken.
    at: u32,
}

impl Lines {
    /// Takes what follows in the file: whole lines, the file's last one aside.
    pub fn take(&mut self, text: &str) {
        let at = self.at;
        let read: Vec<Parsed> = pieces(text).into_par_iter().map(|piece| lines(piece.slice(text), at + piece.start)).collect();
        self.parts.extend(read);
        self.at += text.len() as u32;
    }

    /// All that was read.
    #[must_use]
    pub fn end(self) -> Parsed {
        let count = self.parts.iter().map(|part| part.records.len()).sum();
        let mut parsed = Parsed { records: Vec::with_capacity(count), ..Parsed::default() };
        self.parts.into_iter().for_each(|part| parsed.append(part));
        once_a_key(&mut parsed.faults);
        parsed
    }
}

/// Pieces of whole lines.
fn pieces(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let (mut pieces, mut start) = (Vec::new(), 0);
    while start < bytes.len() {
        let end = match bytes.get(start + PIECE..).and_then(|rest| memchr::memchr(b'\n', rest)) {
            Some(n) => start + PIECE + n + 1,
            None => bytes.len(),
        };
        pieces.push(Span::from(start..end));
        start = end;
    }
    pieces
}

/// Reads lines of which the first begins at byte `at` of the file.
fn lines(text: &str, mut at: u32) -> Parsed {
    let mut parsed = Parsed::default();
    let mut seen = Seen::default();
    let mut rest = text;
    while !rest.is_empty() {
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (line, behind) = rest.split_at(len);
        let start = at;
        (rest, at) = (behind, at + len as u32);
        if !line.starts_with('{') {
            let body = line.trim_start_matches('\u{FEFF}').trim();
            if body.is_empty() || body.starts_with('#') || body.starts_with("//") {
                continue;
            }
        }
        match json::parse(line) {
            Ok(mut node) => {
                node.shift(start);
                schema::record((line, start), &node, Home::List, &mut seen, &mut parsed);
            }
            Err(stopped) => {
                parsed.incomplete = true;
                parsed.faults.push(fault(line, start, &stopped));
            }
        }
    }
    parsed
}

/// From the place where reading stopped to the line's end.
fn fault(line: &str, start: u32, stopped: &json::Stopped) -> Fault {
    let end = line.trim_end().len();
    let mut at = stopped.at.min(end.saturating_sub(1));
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    Fault::new("invalid-record", Span::from(at..end).shift(start), format!("the line is no JSON: {}", stopped.message))
        .help("the record of this line is left out, all others are used")
}

/// Each piece reports an unknown key once; so does the file.
fn once_a_key(faults: &mut Vec<Fault>) {
    let mut said = std::collections::BTreeSet::new();
    faults.retain(|f| !is_once_a_key(f) || said.insert(f.message.clone()));
}

fn is_once_a_key(fault: &Fault) -> bool {
    fault.message.starts_with("records have no key")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bad_line_costs_only_itself() {
        let text = "{\"id\": \"a\", \"type\": \"person\"}\r\n{\"id\": \"b\", \"type\": }\r\n\r\n{\"id\": \"c\", \"type\": \"org\", \"name\": \"Комитет\"}";
        let parsed = parse(text);
        assert_eq!(parsed.records.iter().map(|r| r.id.value.as_str()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(parsed.faults.iter().map(|f| f.span.slice(text)).collect::<Vec<_>>(), ["}"]);
        assert!(parsed.incomplete);
        assert_eq!(parsed.records[1].name().map(|n| n.span.slice(text)), Some("Комитет"));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_how_lines_come(
            lines in prop::collection::vec(prop::sample::select(vec![
                "{\"id\": \"a\", \"type\": \"org\", \"name\": \"  Совет \"}\n", "{\"id\": \"b\", \"tipe\": 1}\r\n", "# no\n", "{]\n", "\n",
            ]), 0..12),
            cut in 0..12_usize,
        ) {
            let text = format!("\u{FEFF}{}{{\"id\": \"z\", \"type\": \"person\"}}", lines.concat());
            let cut = 3 + lines.iter().take(cut).map(|line| line.len()).sum::<usize>();
            let mut all = Lines::default();
            for part in [&text[..cut], &text[cut..]] {
                all.take(part);
            }
            prop_assert_eq!(all.end(), parse(&text));
        }
    }

    /// Lines to write files of: plain records, one that has more, faulty ones, and what is none.
    const WRITTEN: [&str; 9] = [
        "{\"id\": \"a\", \"type\": \"org\", \"name\": \"Совет\", \"aliases\": [\"the council\", \"C\\u0061\"]}\n",
        "  {\"type\": \"person\", \"aliases\": [\"Hayes\"], \"id\": \"hayes\"}\r\n",
        "{\"id\": \"z\"}\n",
        "{\"id\": \"r-1\", \"type\": \"treaty\", \"date\": \"2015\", \"formerly\": [\"q\"]}\n",
        "{\"id\": \"b\", \"tipe\": 1}\n",
        "{\"id\": \"Not One\", \"type\": \"org\"}\n",
        "# no\n",
        "{]\n",
        "\n",
    ];

    proptest! {
        #[test]
        fn an_edited_file_is_read_as_any_other(
            lines in prop::collection::vec(prop::sample::select(WRITTEN.as_slice()), 0..14),
            (from, to) in (0..400_usize, 0..400_usize),
            typed in prop::sample::select(vec!["", "x", "\n", "\"", "{\"id\": \"new\"}\n", "{]\n", "\u{FEFF}"]),
            cut in any::<bool>(),
        ) {
            let mut old = lines.concat();
            if cut {
                old.pop();
            }
            let at = |n: usize| (n.min(old.len())..=old.len()).find(|n| old.is_char_boundary(*n)).unwrap_or(old.len());
            let (from, to) = (at(from.min(to)), at(from.max(to)));
            let text = [&old[..from], typed, &old[to..]].concat();
            let before = parse(&old);
            prop_assert_eq!(reparse(&old, &before.records, &before.faults, &text), parse(&text));
        }
    }

    #[test]
    fn lines_before_an_edit_are_shared() {
        let old = "{\"id\": \"a\", \"type\": \"org\"}\n{\"id\": \"b\", \"type\": \"org\"}\n".repeat(40);
        let before = parse(&old);
        let (at, end) = (old.len() / 2, old.len());
        let after = reparse(&old, &before.records, &before.faults, &format!("{} {}", &old[..at], &old[at..end]));
        let shared = before.records.iter().zip(&after.records).filter(|(a, b)| Arc::ptr_eq(a, b)).count();
        assert_eq!((shared, after.records.len()), (40, 80));
    }

    #[test]
    fn an_unknown_key_is_told_once() {
        let text = "{\"id\": \"a\", \"type\": \"org\", \"alias\": \"x\"}\n".repeat(9000);
        let faults = parse(&text).faults;
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].help.as_deref(), Some("did you mean `aliases`?"));
    }
}
