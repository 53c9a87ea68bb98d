//! `textDocument/documentLink` and `documentLink/resolve`
//!
//! An address or a file is known at once. The line of a pinpoint is looked up when its link is followed: a long text may have
//! hundreds of links, and each would read a file.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{DocumentLink, Uri};

use super::Asked;
use crate::corpus::Symbol;
use crate::features::{self, Leads, Target};
use crate::server::uri::uri_of;

/// What a link is remembered by until it is followed.
#[derive(Debug, Serialize, Deserialize)]
struct Unresolved {
    /// The text that the link stands in.
    text: Uri,
    /// The file it leads to, by its path relative to the root.
    path: String,
    /// The place in it.
    pin: String,
}

/// The links of the text.
#[must_use]
pub fn answer(asked: &Asked) -> Option<Vec<DocumentLink>> {
    let world = &asked.view.world;
    let text = world.uri(asked.view.file)?;
    let mut out = Vec::new();
    for link in features::links(&world.snapshot, asked.view.file) {
        let (target, data) = match link.leads {
            Leads::Address(address) => (Uri::from_str(&address).ok(), None),
            Leads::File(path) => (address_of(asked, &path), None),
            Leads::Pinpoint(file, pin) => {
                let path = world.snapshot.path(file).to_string();
                (None, serde_json::to_value(Unresolved { text: text.clone(), path, pin }).ok())
            }
        };
        if target.is_some() || data.is_some() {
            let tooltip = Some(link.tooltip).filter(|words| asked.agreed.tooltips && !words.is_empty());
            out.push(DocumentLink { range: asked.range(link.span), target, tooltip, data });
        }
    }
    Some(out)
}

/// The text that an unresolved link stands in; `None` for a link that needs no answer, or was never ours.
#[must_use]
pub fn text_of(link: &DocumentLink) -> Option<Uri> {
    Some(unresolved(link)?.text)
}

/// The link with its target: the line of the pinpoint, or the file when that place is gone.
#[must_use]
pub fn resolve(asked: &Asked, link: DocumentLink) -> Option<DocumentLink> {
    let Unresolved { path, pin, .. } = unresolved(&link)?;
    let snapshot = &asked.view.world.snapshot;
    let file = snapshot.file_at(&path)?;
    let symbol = snapshot
        .entity_at_home(file)
        .map_or(Symbol::Text(file, Some(pin.as_str().into())), |entity| Symbol::Entity(entity, Some(pin.as_str().into())));
    let place = Target::all(snapshot, &symbol).into_iter().find_map(|target| match target {
        Target::Place(place) if place.file == file => Some(place.span),
        _ => None,
    });
    let address = asked.view.world.uri(file)?;
    let line = place.and_then(|span| asked.places().range(file, span)).map(|range| range.start.line + 1);
    // `#L12` is how editors are told a line by an address; those that know it not open the file all the same.
    let with_line = line.and_then(|line| Uri::from_str(&format!("{}#L{line}", address.as_str())).ok());
    Some(DocumentLink { target: Some(with_line.unwrap_or(address)), data: None, ..link })
}

fn unresolved(link: &DocumentLink) -> Option<Unresolved> {
    Unresolved::deserialize(link.data.as_ref()?).ok()
}

/// The address of a file that may be none of the corpus's: a picture, a scan.
fn address_of(asked: &Asked, path: &str) -> Option<Uri> {
    let world = &asked.view.world;
    let known = world.snapshot.file_at(path).and_then(|file| world.uri(file));
    known.or_else(|| uri_of(&world.root.as_ref()?.join(path)))
}
