//! What a feature wants changed: edits of several files, and files made or renamed.

use std::ops::Range;

use smol_str::SmolStr;

use crate::rules::Fix;
use crate::text::{Edit, Edits, Point, Span};

/// Changes that belong together: all are made, or none. Files are made first, then edited, then renamed;
/// paths are relative to the corpus's root, and edits name a file by the path it has before it is renamed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Edits by file, each file once.
    pub edits: Vec<(SmolStr, Edits)>,
    /// Files to be made, and all that they hold.
    pub created: Vec<(SmolStr, String)>,
    /// Files to be renamed, from and to.
    pub renamed: Vec<(SmolStr, SmolStr)>,
    /// Edits of which an author should be told before they are made, by file and place, and in what words.
    pub remarks: Vec<(SmolStr, Span, String)>,
    /// Places of edits that are known by line and column already, so that nobody has to read their files.
    pub places: Vec<(SmolStr, Span, Range<Point>)>,
}

impl Changes {
    /// One replacement in one file.
    #[must_use]
    pub fn replace(path: SmolStr, span: Span, text: impl Into<String>) -> Self {
        Self { edits: vec![(path, Edits::replace(span, text))], ..Self::default() }
    }

    /// Many replacements, given in any order. Of two that want the same bytes the first is kept: a name is never written twice.
    #[must_use]
    pub fn of(all: impl IntoIterator<Item = (SmolStr, Span, String)>) -> Self {
        let mut by_file: Vec<(SmolStr, Vec<Edit>)> = Vec::new();
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        for (path, span, text) in all {
            if by_file.last().is_none_or(|(last, _)| *last != path) {
                by_file.push((path, Vec::new()));
            }
            let Some((_, edits)) = by_file.last_mut() else { continue };
            if edits.last().is_none_or(|last| last.span.end <= span.start && last.span != span) {
                edits.push(Edit { span, text });
            }
        }
        let edits = by_file.into_iter().filter_map(|(path, edits)| Some((path, Edits::new(edits).ok()?))).collect();
        Self { edits, ..Self::default() }
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.iter().all(|(_, edits)| edits.is_empty()) && self.created.is_empty() && self.renamed.is_empty()
    }
}

impl From<&Fix> for Changes {
    fn from(fix: &Fix) -> Self {
        Self { edits: fix.edits.clone(), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_are_sorted_by_file_and_place_and_the_first_of_two_that_clash_is_kept() {
        let at = |path: &str, start, end, text: &str| (SmolStr::from(path), Span::new(start, end), text.to_owned());
        let changes = Changes::of([at("b", 0, 1, "x"), at("a", 4, 6, "y"), at("a", 5, 7, "z"), at("a", 0, 2, "w")]);
        let shown: Vec<_> = changes.edits.iter().map(|(path, edits)| format!("{path} {}", edits.apply("01234567"))).collect();
        assert_eq!(shown, ["a w23y67", "b x1234567"]);
        assert!(Changes::of([]).is_empty() && !changes.is_empty());
    }
}
