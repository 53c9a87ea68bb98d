//! `textDocument/foldingRange`

use std::collections::BTreeMap;

use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind};

use super::Asked;
use crate::features::folding::{self, FoldKind};

/// What can be folded, line by line: columns are left out, since every client folds whole lines when it must.
///
/// Of several that begin in one line the longest is told; of more than the client takes the longest ones.
#[must_use]
pub fn answer(asked: &Asked) -> Option<Vec<FoldingRange>> {
    let lines = asked.lines();
    let mut by_line: BTreeMap<u32, (u32, FoldKind)> = BTreeMap::new();
    for fold in folding::folds(&asked.view.world.snapshot, asked.view.file) {
        let (start, end) = (lines.line_of(fold.span.start), lines.line_of(fold.span.end));
        if start < end {
            let known = by_line.entry(start).or_insert((end, fold.kind));
            // A comment is a block of HTML as well.
            if end > known.0 || (end == known.0 && fold.kind < known.1) {
                *known = (end, fold.kind);
            }
        }
    }
    let mut all: Vec<(u32, u32, FoldKind)> = by_line.into_iter().map(|(start, (end, kind))| (start, end, kind)).collect();
    let most = asked.agreed.most_folds as usize;
    if all.len() > most {
        all.sort_by_key(|(start, end, _)| std::cmp::Reverse(end - start));
        all.truncate(most);
        all.sort_by_key(|(start, ..)| *start);
    }
    Some(all.into_iter().map(range).collect())
}

fn range((start_line, end_line, kind): (u32, u32, FoldKind)) -> FoldingRange {
    let kind = match kind {
        FoldKind::Comment => Some(FoldingRangeKind::Comment),
        FoldKind::Region => Some(FoldingRangeKind::Region),
        FoldKind::Part => None,
    };
    FoldingRange { start_line, end_line, kind, ..FoldingRange::default() }
}
