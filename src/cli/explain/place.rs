//! `PATH:LINE:COLUMN`, and places of files as a reader counts them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::corpora::Opened;
use crate::corpus::FileId;
use crate::features::Spot;
use crate::text::{Encoding, LineColumn, LineIndex, Span};

/// A place that is asked about. Lines and columns count from 1, columns in Unicode scalar values.
pub(super) struct Asked {
    pub(super) path: PathBuf,
    pub(super) line: u32,
    pub(super) column: Option<u32>,
}

/// Why an argument names no place.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// It looks like the path of a file, without a line.
    Path,
    /// It looks like the name of a rule.
    Rule,
}

/// What is said to whoever asks about a place that is not there.
pub(super) const COUNTING: &str = "lines and columns count from 1, columns in characters";

/// A line or column that the text does not have.
pub(super) enum Wrong {
    /// The line asked for, and how many there are.
    Line(u32, u32),
    /// The line, the column asked for, and the last there is.
    Column(u32, u32, u32),
}

impl Asked {
    /// Reads `PATH:LINE` and `PATH:LINE:COLUMN`; a path may hold colons: `C:\notes\a.md:3:4`.
    pub(super) fn of(what: &str) -> Result<Self, NoPlace> {
        let number = |word: &str| word.parse::<u32>().ok();
        let last = what.rsplit_once(':').and_then(|(rest, word)| Some((rest, number(word)?)));
        let Some((rest, last)) = last.filter(|(rest, _)| !rest.is_empty()) else {
            let is_path = what.contains(['/', '\\', '.']) || what.ends_with(':');
            return Err(if is_path { NoPlace::Path } else { NoPlace::Rule });
        };
        match rest.rsplit_once(':').and_then(|(path, word)| Some((path, number(word)?))).filter(|(path, _)| !path.is_empty()) {
            Some((path, line)) => Ok(Self { path: path.into(), line, column: Some(last) }),
            None => Ok(Self { path: rest.into(), line: last, column: None }),
        }
    }

    /// Its bytes of the text: empty for a column, the line's for a line.
    pub(super) fn span(&self, text: &str) -> Result<Span, Wrong> {
        let lines = LineIndex::new(text);
        let Some(line) = self.line.checked_sub(1).filter(|line| *line < lines.lines()) else {
            return Err(Wrong::Line(self.line, lines.lines()));
        };
        let mut content = lines.line_content(text, line);
        // Nobody sees a byte order mark.
        content.start = lines.offset(text, LineColumn { line, column: 0 }.before_mark(text), Encoding::Utf32);
        let Some(column) = self.column else { return Ok(content) };
        let most = Span::from(0..content.slice(text).chars().count()).end + 1;
        match column.checked_sub(1).filter(|_| column <= most) {
            Some(column) => Ok(Span::at(lines.offset(text, LineColumn { line, column }.before_mark(text), Encoding::Utf32))),
            None => Err(Wrong::Column(self.line, column, most)),
        }
    }
}

impl Wrong {
    pub(super) fn message(&self) -> String {
        match self {
            Self::Line(asked, last) => format!("has no line {asked}: its last is {last}"),
            Self::Column(line, asked, last) => format!("has no column {asked} in line {line}, which ends at {last}"),
        }
    }
}

/// Lines and columns of the corpus's files, each text read once.
pub(super) struct Places<'a> {
    opened: &'a Opened,
    home: FileId,
    read: RefCell<BTreeMap<FileId, Option<(Arc<str>, LineIndex)>>>,
}

impl<'a> Places<'a> {
    /// As seen from the file `home`.
    pub(super) fn new(opened: &'a Opened, home: FileId) -> Self {
        Self { opened, home, read: RefCell::default() }
    }

    /// How a reader names a file.
    pub(super) fn path(&self, file: FileId) -> String {
        self.opened.shown(&self.opened.snapshot.path(file))
    }

    /// Line and column of a byte, from 1; `None` when the file cannot be read.
    pub(super) fn point(&self, file: FileId, offset: u32) -> Option<(u32, u32)> {
        let mut read = self.read.borrow_mut();
        let kept = read.entry(file).or_insert_with(|| {
            let text = self.opened.snapshot.text(file)?;
            let lines = LineIndex::new(&text);
            Some((text, lines))
        });
        let (text, lines) = kept.as_ref()?;
        let at = lines.line_column(text, offset, Encoding::Utf32).behind_mark(text);
        Some((at.line + 1, at.column + 1))
    }

    /// `3:7`, in another file with its path.
    pub(super) fn shown(&self, spot: &Spot) -> String {
        let point = self.point(spot.file, spot.span.start).map(|(line, column)| format!("{line}:{column}"));
        match (point, spot.file == self.home) {
            (Some(point), true) => point,
            (Some(point), false) => format!("{}:{point}", self.path(spot.file)),
            (None, _) => self.path(spot.file),
        }
    }

    /// The file that was asked about.
    pub(super) fn home(&self) -> FileId {
        self.home
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(what: &str) -> Option<(String, u32, Option<u32>)> {
        Asked::of(what).ok().map(|a| (a.path.display().to_string(), a.line, a.column))
    }

    #[test]
    fn a_place_is_read_from_its_end() {
        assert_eq!(read("a.md:3:4"), Some(("a.md".into(), 3, Some(4))));
        assert_eq!(read("a.md:3"), Some(("a.md".into(), 3, None)));
        assert_eq!(read(r"C:\notes\a.md:3:4"), Some((r"C:\notes\a.md".into(), 3, Some(4))));
        assert_eq!(read(r"C:\notes\a.md:3"), Some((r"C:\notes\a.md".into(), 3, None)));
        assert_eq!(Asked::of("a.md").err(), Some(NoPlace::Path));
        assert_eq!(Asked::of(r"C:\a.md").err(), Some(NoPlace::Path));
        assert_eq!(Asked::of("unsourced-figures").err(), Some(NoPlace::Rule));
    }

    #[test]
    fn columns_are_characters_and_the_end_of_a_line_counts() {
        let at = |line, column| Asked { path: PathBuf::new(), line, column }.span("\u{feff}a😀b\r\nж\r\n").ok();
        assert_eq!(at(1, Some(1)), Some(Span::at(3)), "nobody sees a byte order mark");
        assert_eq!((at(1, Some(4)), at(1, Some(5)), at(1, None)), (Some(Span::at(9)), None, Some(Span::new(3, 9))));
        assert_eq!(at(2, Some(1)), Some(Span::at(11)));
        assert_eq!(at(2, Some(2)), Some(Span::at(13)));
        assert_eq!(at(2, None), Some(Span::new(11, 13)));
        assert!(at(0, None).is_none() && at(9, None).is_none() && at(2, Some(3)).is_none() && at(2, Some(0)).is_none());
    }
}
