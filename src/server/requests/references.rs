//! `textDocument/references`

use super::Asked;
use crate::corpus::FileId;
use crate::features::{self, FilePosition};
use crate::server::written::Answer;

/// The places that name what stands at the place; with `declaration` also those that define it. Thousands of places: each is written as soon
/// as it is known.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, declaration: bool) -> Option<Answer> {
    let found = features::references(&asked.view.world.snapshot, at, declaration)?;
    let mut places = asked.places();
    let mut answer = Answer::default();
    let out = answer.result();
    out.push(b'[');
    let begin = out.len();
    // Places of a file follow each other: its address is written once for all.
    let mut address: Option<(FileId, Vec<u8>)> = None;
    for spot in &found {
        if asked.cancelled.now() {
            return None;
        }
        if address.as_ref().is_none_or(|(file, _)| *file != spot.file) {
            address = places.uri(spot.file).and_then(|uri| Some((spot.file, serde_json::to_vec(&uri).ok()?)));
        }
        let (Some((_, address)), Some(range)) = (&address, places.range_of(spot)) else { continue };
        out.extend_from_slice(if out.len() > begin { b",{\"uri\":" } else { b"{\"uri\":" });
        out.extend_from_slice(address);
        out.extend_from_slice(b",\"range\":");
        serde_json::to_writer(&mut *out, &range).ok()?;
        out.push(b'}');
    }
    out.push(b']');
    Some(answer)
}
