//! Where the records of a list stand by lines and columns, so that a jump to one of ten thousand reads no file.
//!
//! Worked out for all records of a file when one of them is first jumped to, and kept as long as the file stays what it is.

use std::ops::Range;

use super::{FileId, FileKind, FileState, Snapshot};
use crate::registry::Record;
use crate::text::{Point, Points, Span};

/// Of each record: where it begins, where its id begins and ends, where it ends.
pub(super) type RecordPoints = Box<[[Point; 4]]>;

impl Snapshot {
    /// A record of a list, or its id, by lines and columns; `None` for every other span.
    #[must_use]
    pub fn points(&self, file: FileId, span: Span) -> Option<Range<Point>> {
        let state = self.file(file).filter(|f| matches!(f.kind, FileKind::Registry(_)))?;
        let records = &state.facts.records;
        let index = records.partition_point(|r| whole(r).start <= span.start).checked_sub(1)?;
        let record = records.get(index)?;
        let (from, to) = match span {
            _ if span == whole(record) => (0, 3),
            _ if span == record.id.span => (1, 2),
            _ => return None,
        };
        let all = self.placed(file, state)?;
        let [start, end] = [from, to].map(|i: usize| all.get(index)?.get(i).copied());
        Some(start?..end?)
    }

    /// Works out where the records of an open list stand, so that nobody waits for it later.
    pub fn place_records(&self, file: FileId) {
        if let Some(state) = self.file(file).filter(|f| matches!(f.kind, FileKind::Registry(_)) && f.held.is_some()) {
            self.placed(file, state);
        }
    }

    fn placed<'s>(&self, file: FileId, state: &'s FileState) -> Option<&'s RecordPoints> {
        if let Some(known) = state.record_points.get() {
            return Some(known);
        }
        let text = self.text(file)?;
        Some(state.record_points.get_or_init(|| of(state.points(&text), state.facts.records.iter().map(|r| &**r))))
    }
}

/// All that belongs to a record.
fn whole(record: &Record) -> Span {
    record.span.join(record.id.span)
}

/// Empty where records do not follow one another: then places are looked for in the text.
fn of<'r>(mut points: Points<'_>, records: impl Iterator<Item = &'r Record>) -> RecordPoints {
    let mut last = 0;
    let mut out = Vec::new();
    for record in records {
        let span = whole(record);
        if span.start < last {
            return RecordPoints::default();
        }
        last = span.end;
        out.push([span.start, record.id.span.start, record.id.span.end, span.end].map(|at| points.to(at)));
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::corpus::{Change, Corpus, FileInput, RegistryFormat, Texts};
    use crate::text::{Encoding, LineIndex};

    const LIST: &str = "# Люди\r\n- {type: person, name: Лавров 𝕏, id: lavrov}\r\n- id: moscow\r\n  type: place\r\n  name: Москва\r\n";

    struct One;

    impl Texts for One {
        fn text(&self, _: &str) -> Option<Arc<str>> {
            Some(LIST.into())
        }
    }

    #[test]
    fn the_lines_of_records_are_those_of_their_text() {
        let kind = FileKind::Registry(RegistryFormat::Yaml);
        let mut corpus = Corpus::new(Arc::new(One));
        let files = vec![("registry.yaml".into(), Some(FileInput::closed("registry.yaml", kind, LIST)))];
        corpus.apply(Change { config: None, files });
        let snapshot = corpus.snapshot();
        let file = snapshot.file_at("registry.yaml").expect("a file");
        let lines = LineIndex::new(LIST);
        let records = &snapshot.file(file).expect("a file").facts.records;
        assert_eq!(records.len(), 2);
        for span in records.iter().flat_map(|r| [whole(r), r.id.span]) {
            let points = snapshot.points(file, span).expect("known");
            for (point, byte) in [(points.start, span.start), (points.end, span.end)] {
                assert_eq!(point.line_column(Encoding::Utf16), lines.line_column(LIST, byte, Encoding::Utf16), "{byte}");
            }
        }
        assert_eq!(snapshot.points(file, Span::new(3, 4)), None);
    }
}
