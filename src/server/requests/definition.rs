//! `textDocument/definition`

use tower_lsp::ls_types::{GotoDefinitionResponse, Location, LocationLink, Range};

use super::Asked;
use crate::corpus::Place;
use crate::features::{self, Target, resolution};
use crate::registry::unsc::Resolution;
use crate::server::convert;
use crate::server::uri::uri_of;
use crate::text::LineIndex;
use crate::workspace::generated;

/// The places where what stands at the place is defined.
#[must_use]
pub fn answer(asked: &Asked) -> Option<GotoDefinitionResponse> {
    let found = features::definition(&asked.view.snapshot, asked.at)?;
    let text = asked.view.text.text();
    let origin = convert::range(&text, &LineIndex::new(&text), found.origin, asked.agreed.encoding);
    let links: Vec<LocationLink> = found.targets.iter().filter_map(|target| link(asked, origin, target)).collect();
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

fn link(asked: &Asked, origin: Range, target: &Target) -> Option<LocationLink> {
    match target {
        Target::Place(place) => in_corpus(asked, origin, place),
        Target::BuiltIn(resolution) => built_in(origin, resolution),
    }
}

fn in_corpus(asked: &Asked, origin: Range, place: &Place) -> Option<LocationLink> {
    let view = &asked.view;
    let target_uri = if place.file == view.file {
        view.text.uri.clone()
    } else {
        uri_of(&view.root.as_ref()?.join(view.snapshot.path(place.file).as_str()))?
    };
    let text = view.snapshot.text(place.file)?;
    let lines = LineIndex::new(&text);
    let range = |span| convert::range(&text, &lines, span, asked.agreed.encoding);
    Some(LocationLink {
        origin_selection_range: Some(origin),
        target_uri,
        target_range: range(place.full.join(place.span)),
        target_selection_range: range(place.span),
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
