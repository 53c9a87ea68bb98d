//! `textDocument/references`

use rayon::prelude::*;

use super::{Asked, Cancelled};
use crate::corpus::FileId;
use crate::features::{self, FilePosition, Spot};
use crate::server::places::Places;
use crate::server::written::Answer;

/// So many places are written by one thread at a time.
const SHARE: usize = 2048;

/// The places that name what stands at the place; with `declaration` also those that define it. Thousands of places: each is written as soon
/// as it is known.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, declaration: bool) -> Option<Answer> {
    let (world, agreed, cancelled) = (&asked.view.world, asked.agreed, &asked.cancelled);
    let found = features::references(&world.snapshot, at, declaration)?;
    let write = |some: &[Spot]| written(some, &mut Places::new(world, agreed), cancelled);
    // A few places are not worth waking others for.
    let parts: Option<Vec<Vec<u8>>> =
        if found.len() <= SHARE { Some(vec![write(&found)?]) } else { found.par_chunks(SHARE).map(write).collect() };
    let mut answer = Answer::default();
    let out = answer.result();
    out.push(b'[');
    for part in parts?.iter().filter(|part| !part.is_empty()) {
        out.extend_from_slice(part);
        out.push(b',');
    }
    out.pop_if(|last| *last == b',');
    out.push(b']');
    Some(answer)
}

/// Places as JSON with commas between them; `None` when nobody waits any more.
fn written(some: &[Spot], places: &mut Places<'_>, cancelled: &Cancelled) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(some.len() * 160);
    // Places of a file follow each other: its address is written once for all.
    let mut address: Option<(FileId, Vec<u8>)> = None;
    for spot in some {
        if cancelled.now() {
            return None;
        }
        if address.as_ref().is_none_or(|(file, _)| *file != spot.file) {
            address = places.address(spot.file).and_then(|uri| Some((spot.file, serde_json::to_vec(&uri).ok()?)));
        }
        let (Some((_, address)), Some(range)) = (&address, places.range_of(spot)) else { continue };
        out.extend_from_slice(if out.is_empty() { b"{\"uri\":" } else { b",{\"uri\":" });
        out.extend_from_slice(address);
        out.extend_from_slice(b",\"range\":");
        serde_json::to_writer(&mut out, &range).ok()?;
        out.push(b'}');
    }
    Some(out)
}
