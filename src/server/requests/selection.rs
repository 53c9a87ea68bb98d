//! `textDocument/selectionRange`

use tower_lsp::ls_types::{Position, SelectionRange};

use super::Asked;
use crate::features::selection;

/// For each position the ranges round it, from the innermost outwards.
#[must_use]
pub fn answer(asked: &Asked, positions: &[Position]) -> Option<Vec<SelectionRange>> {
    let places: Vec<u32> = positions.iter().map(|p| asked.at(*p).offset).collect();
    let all = selection::selections(&asked.view.world.snapshot, asked.view.file, &places);
    let nested = |spans: Vec<_>| {
        let outwards = spans.into_iter().rev();
        let round = outwards.fold(None, |parent: Option<SelectionRange>, span| {
            Some(SelectionRange { range: asked.range(span), parent: parent.map(Box::new) })
        });
        round.unwrap_or_default()
    };
    Some(all.into_iter().map(nested).collect())
}
