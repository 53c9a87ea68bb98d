//! What can be folded away?

use crate::corpus::{FileId, FileKind, Snapshot};
use crate::syntax::{BlockKind, Document, NodeKind};
use crate::text::Span;

/// What folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoldKind {
    /// A comment.
    Comment,
    /// Front matter, or a div: what its author set apart.
    Region,
    /// A section, a block of Markdown, a record.
    Part,
}

/// Bytes that can be folded away, the first line staying in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Without the white space at its end.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// Everything in a file that can be folded; in no order, one within another.
#[must_use]
pub fn folds(snapshot: &Snapshot, file: FileId) -> Vec<Fold> {
    let (Some(state), Some(text)) = (snapshot.file(file), snapshot.text(file)) else { return Vec::new() };
    let mut out = match state.kind {
        FileKind::Text(_) => snapshot.marks(file).map(|marks| of_text(&text, marks.document())).unwrap_or_default(),
        FileKind::Registry(_) => state.facts.records.iter().map(|r| Fold { span: r.span, kind: FoldKind::Part }).collect(),
        FileKind::Sidecar => Vec::new(),
        FileKind::Config => of_settings(&text),
    };
    for fold in &mut out {
        let words = fold.span.slice(&text);
        fold.span.end -= Span::from(words.trim_end().len()..words.len()).len();
    }
    out
}

fn of_text(text: &str, document: &Document) -> Vec<Fold> {
    let mut out = Vec::new();
    out.extend(document.front_matter.map(|f| Fold { span: f.span, kind: FoldKind::Region }));
    let end = Span::from(0..text.len()).end;
    out.extend(document.sections(end).into_iter().map(|s| Fold { span: s.span, kind: FoldKind::Part }));
    for block in &document.blocks {
        let kind = match block.kind {
            BlockKind::Div => FoldKind::Region,
            BlockKind::BlockQuote
            | BlockKind::List(_)
            | BlockKind::Item(_)
            | BlockKind::Code
            | BlockKind::Html
            | BlockKind::Table
            | BlockKind::FootnoteDefinition(_)
            | BlockKind::Math => FoldKind::Part,
            _ => continue,
        };
        out.push(Fold { span: block.span, kind });
    }
    let comments = document.nodes.iter().filter(|n| matches!(n.kind, NodeKind::Comment | NodeKind::Directive(_)));
    out.extend(comments.map(|n| Fold { span: n.span, kind: FoldKind::Comment }));
    out
}

/// The tables of `vidimus.toml`, each from its heading to the next.
fn of_settings(text: &str) -> Vec<Fold> {
    let mut out: Vec<Fold> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with('[') {
            let start = Span::from(at..at).start;
            if let Some(last) = out.last_mut() {
                last.span.end = start;
            }
            out.push(Fold { span: Span::from(at..text.len()), kind: FoldKind::Part });
        }
        at += line.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// The lines (from 1) and kind of every fold of more than one line.
    fn folded(path: &str, notation: &str) -> Vec<String> {
        let snapshot = Fixture::parse(notation).snapshot();
        let file = snapshot.file_at(path).expect("the file");
        let text = snapshot.text(file).expect("its text");
        let line = |at: u32| text[..at as usize].matches('\n').count() + 1;
        let mut all: Vec<_> = folds(&snapshot, file).into_iter().map(|f| (line(f.span.start), line(f.span.end), f.kind)).collect();
        all.retain(|(from, to, _)| from < to);
        all.sort_unstable();
        all.into_iter().map(|(from, to, kind)| format!("{from}-{to} {kind:?}")).collect()
    }

    #[test]
    fn headings_front_matter_divs_fences_lists_notes_and_comments_fold() {
        let text = "---\nid: a\n---\n# One\n\nWords.\n\n## Two\n\n- x\n- y\n  z\n\n# Three\n\n::: {.aside}\nWords.\n:::\n\n```\ncode\n```\n\
                    \n<!-- a\ncomment -->\n\nA note.[^n]\n\n[^n]: One line\n    and another.\n";
        assert_eq!(
            folded("text.md", text),
            [
                "1-3 Region",
                "4-12 Part",
                "8-12 Part",
                "10-12 Part",
                "11-12 Part",
                "14-30 Part",
                "16-18 Region",
                "20-22 Part",
                "24-25 Comment",
                "24-25 Part",
                "29-30 Part"
            ]
        );
    }

    #[test]
    fn records_and_tables_of_settings_fold() {
        assert_eq!(folded("registry.yaml", "-- registry.yaml\n- id: a\n  type: org\n- id: b\n  type: org\n"), ["1-2 Part", "3-4 Part"]);
        assert_eq!(folded("vidimus.toml", "-- vidimus.toml\nlang = \"en\"\n[rules]\nunknown-entity = \"off\"\n"), ["2-3 Part"]);
    }
}
