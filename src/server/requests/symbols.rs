//! `workspace/symbol` and `workspaceSymbol/resolve`
//!
//! Where the client can wait for ranges, they are left out: a list of a hundred things would read as many files.

use tower_lsp::ls_types::{Location, OneOf, Uri, WorkspaceLocation, WorkspaceSymbol, WorkspaceSymbolResponse};

use super::{Asked, AskedAll};
use crate::features::{self, Item, Target};
use crate::server::analysis::World;
use crate::server::items;
use crate::server::places::Places;

/// What the query fits in every corpus.
#[must_use]
pub fn answer(asked: &AskedAll, query: &str) -> Option<WorkspaceSymbolResponse> {
    let mut out = Vec::new();
    for world in &asked.worlds {
        let mut places = Places::new(world, asked.agreed);
        for item in features::symbols(&world.snapshot, query) {
            if asked.cancelled.now() {
                return None;
            }
            out.extend(symbol(world, &mut places, item, asked.agreed.late_ranges));
        }
    }
    Some(WorkspaceSymbolResponse::Nested(out))
}

fn symbol(world: &World, places: &mut Places<'_>, item: Item, late: bool) -> Option<WorkspaceSymbol> {
    let Target::Place(place) = item.target else { return None };
    let uri = world.uri(place.file)?;
    let data = items::data(&world.snapshot, uri.clone(), &item.symbol);
    let location = if late && data.is_some() {
        OneOf::Right(WorkspaceLocation { uri })
    } else {
        OneOf::Left(places.location(place.file, place.span)?)
    };
    let container_name = Some(item.detail).filter(|words| !words.is_empty());
    Some(WorkspaceSymbol { name: item.name, kind: items::kind(&item.sort), tags: None, container_name, location, data })
}

/// The text to ask about a symbol that comes back.
#[must_use]
pub fn text_of(symbol: &WorkspaceSymbol) -> Uri {
    let own = match &symbol.location {
        OneOf::Left(location) => &location.uri,
        OneOf::Right(location) => &location.uri,
    };
    items::text_of(symbol.data.as_ref(), own)
}

/// The symbol with its range; as it came when it is nowhere any more.
#[must_use]
pub fn resolve(asked: &Asked, symbol: WorkspaceSymbol) -> Option<WorkspaceSymbol> {
    let location: Option<Location> = items::symbol(asked, symbol.data.as_ref(), tower_lsp::ls_types::Position::default())
        .and_then(|thing| Item::of(&asked.view.world.snapshot, &thing))
        .and_then(|item| match item.target {
            Target::Place(place) => asked.places().location(place.file, place.span),
            Target::BuiltIn(_) => None,
        });
    Some(WorkspaceSymbol { location: OneOf::Left(location?), ..symbol })
}
