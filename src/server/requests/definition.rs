//! `textDocument/definition`

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, LocationLink, Range};

use super::Asked;
use crate::corpus::Place;
use crate::features::{self, FilePosition, Target, resolution};
use crate::registry::unsc::Resolution;
use crate::server::places::Places;
use crate::server::uri::uri_of;
use crate::workspace::generated;

/// The places where what stands at the place is defined.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<GotoDefinitionResponse> {
    let found = features::definition(&asked.view.world.snapshot, at)?;
    response(asked, asked.range(found.origin), &found.targets)
}

/// Targets as the client takes them, reached from `origin`; `None` when there are none.
#[must_use]
pub fn response(asked: &Asked, origin: Range, targets: &[Target]) -> Option<GotoDefinitionResponse> {
    let mut places = asked.places();
    let links: Vec<LocationLink> = targets.iter().filter_map(|target| link(&mut places, origin, target)).collect();
    if links.is_empty() {
        return None;
    }
    Some(if asked.agreed.links {
        GotoDefinitionResponse::Link(links)
    } else {
        let plain = |link: LocationLink| Location { uri: link.target_uri, range: link.target_selection_range };
        GotoDefinitionResponse::Array(links.into_iter().map(plain).collect())
    })
}

fn link(places: &mut Places<'_>, origin: Range, target: &Target) -> Option<LocationLink> {
    match target {
        Target::Place(place) => in_corpus(places, origin, place),
        Target::BuiltIn(resolution) => built_in(origin, resolution),
    }
}

fn in_corpus(places: &mut Places<'_>, origin: Range, place: &Place) -> Option<LocationLink> {
    Some(LocationLink {
        origin_selection_range: Some(origin),
        target_uri: places.uri(place.file)?,
        target_range: places.range(place.file, place.full.join(place.span))?,
        target_selection_range: places.range(place.file, place.span)?,
    })
}

/// A page made for reading, as a file: so it opens in every client.
fn built_in(origin: Range, resolution: &Resolution) -> Option<LocationLink> {
    let name = format!("unsc-{}.md", resolution.number);
    let path = generated::keep(&name, &resolution::note(resolution));
    let path = path.inspect_err(|trouble| tracing::warn!("{} {}", trouble.path.display(), trouble.message)).ok()?;
    let start = Range::default();
    Some(LocationLink {
        origin_selection_range: Some(origin),
        target_uri: uri_of(&path)?,
        target_range: start,
        target_selection_range: start,
    })
}
