//! `workspace/symbol` and `workspaceSymbol/resolve`
//!
//! Where the client can wait for ranges, they are left out: a list of a hundred things would read as many files.

use std::borrow::Cow;

use serde::Serialize;
use tower_lsp::ls_types::{Location, OneOf, Range, SymbolKind, Uri, WorkspaceSymbol};

use super::{Asked, AskedAll};
use crate::features::{self, Item, Target};
use crate::server::items::{self, Remembered};
use crate::server::places::Places;
use crate::server::written::Answer;

/// What the query fits in every corpus, as JSON: the types of the protocol read every address, and make a tree of what an item is
/// remembered by.
#[must_use]
pub fn answer(asked: &AskedAll, query: &str) -> Option<Answer> {
    let mut out = Vec::new();
    for world in &asked.worlds {
        let mut places = Places::new(world, asked.agreed);
        for item in features::symbols(&world.snapshot, query) {
            if asked.cancelled.now() {
                return None;
            }
            out.extend(shown(&mut places, item, asked.agreed.late_ranges));
        }
    }
    Some(Answer::of(&out))
}

/// A [`WorkspaceSymbol`].
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    name: String,
    kind: SymbolKind,
    #[serde(skip_serializing_if = "String::is_empty")]
    container_name: String,
    location: Located,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Remembered<'static>>,
}

/// Where it is; without a range where the client asks for that later.
#[derive(Serialize)]
struct Located {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

fn shown(places: &mut Places<'_>, item: Item, late: bool) -> Option<Shown> {
    let Target::Place(place) = item.target else { return None };
    let uri = places.address(place.file)?;
    let data = Remembered::of(places.snapshot(), Cow::Owned(uri.clone()), &item.symbol);
    let range = if late && data.is_some() { None } else { Some(places.range(place.file, place.span)?) };
    Some(Shown { name: item.name, kind: items::kind(&item.sort), container_name: item.detail, location: Located { uri, range }, data })
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
