//! `textDocument/definition`

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, LocationLink};

use super::Asked;
use crate::features::{self, Definition, FilePosition};

/// The places where what stands at the place is defined.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<GotoDefinitionResponse> {
    let found = features::definition(&asked.view.world.snapshot, at)?;
    response(asked, &found, asked.agreed.links)
}

/// The same of a mark, asked of no more than what defines what it names.
#[must_use]
pub fn answer_early(asked: &Asked, at: FilePosition) -> Option<GotoDefinitionResponse> {
    let found = features::definition_of_mark(&asked.view.world.snapshot, at)?;
    response(asked, &found, asked.agreed.links)
}

/// Targets as the client takes them: with `links` it is told which words lead there; `None` when there are none.
#[must_use]
pub fn response(asked: &Asked, found: &Definition, links: bool) -> Option<GotoDefinitionResponse> {
    let mut places = asked.places();
    let targets: Vec<_> = found.targets.iter().filter_map(|target| places.target(target)).collect();
    if targets.is_empty() {
        return None;
    }
    Some(if links {
        let origin = Some(asked.range(found.origin));
        let link = |(target_uri, target_range, target_selection_range)| LocationLink {
            origin_selection_range: origin,
            target_uri,
            target_range,
            target_selection_range,
        };
        GotoDefinitionResponse::Link(targets.into_iter().map(link).collect())
    } else {
        GotoDefinitionResponse::Array(targets.into_iter().map(|(uri, _, range)| Location { uri, range }).collect())
    })
}
