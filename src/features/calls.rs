//! Who cites it, and what does it cite?

use super::{FilePosition, Item, Spot, Target};
use crate::corpus::{FileId, Place, Snapshot, Symbol, pin_of, without_pin};
use crate::text::Span;

/// One end of a citation, and the places that make it.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// What cites, or is cited.
    pub item: Item,
    /// The places, in order: all of one file.
    pub spots: Vec<Spot>,
}

/// What can be asked about at a place: the thing named there, or the text round it.
#[must_use]
pub fn prepare(snapshot: &Snapshot, at: FilePosition) -> Vec<Item> {
    let named = snapshot.subject_at(at.file, at.offset).map(|found| found.symbol);
    let items: Vec<Item> = match named {
        Some(Symbol::Ambiguous(all)) => all.iter().filter_map(|entity| Item::of(snapshot, &Symbol::Entity(*entity, None))).collect(),
        Some(symbol) => Item::of(snapshot, &symbol).into_iter().collect(),
        None => Vec::new(),
    };
    if items.is_empty() { Item::round(snapshot, at.file, Span::at(at.offset)).into_iter().collect() } else { items }
}

/// The texts and records that name a thing, by path.
#[must_use]
pub fn incoming(snapshot: &Snapshot, subject: &Symbol) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    for of_file in snapshot.uses_of(subject).chunk_by(|a, b| a.file == b.file) {
        let Some(first) = of_file.first() else { continue };
        if snapshot.file(first.file).is_some_and(|file| file.kind.is_text()) {
            let spots = of_file.iter().cloned().map(Spot::from).collect();
            calls.extend(Item::round(snapshot, first.file, first.span).map(|item| Call { item, spots }));
            continue;
        }
        // A list holds many records; the places of one stand together.
        let begun = calls.len();
        for found in of_file {
            let Some(item) = Item::round(snapshot, found.file, found.span) else { continue };
            let spot = Spot::from(found.clone());
            match calls[begun..].last_mut().filter(|call| call.item.symbol == item.symbol) {
                Some(call) => call.spots.push(spot),
                None => calls.push(Call { item, spots: vec![spot] }),
            }
        }
    }
    // A note that names itself says nothing about who cites it.
    let own = without_pin(subject);
    calls.retain(|call| call.item.symbol != own);
    calls
}

/// What a thing's own text names, in the order in which it names it first: all of the note or text, or the pinpointed paragraph.
/// For a record without a note, what its relations name.
#[must_use]
pub fn outgoing(snapshot: &Snapshot, subject: &Symbol) -> Vec<Call> {
    let Some((file, within)) = own_words(snapshot, subject) else { return Vec::new() };
    let own = without_pin(subject);
    let mut calls: Vec<Call> = Vec::new();
    for named in snapshot.named_in(file).into_iter().filter(|n| within.covers(n.span)) {
        let symbol = without_pin(&named.symbol);
        if symbol == own {
            continue;
        }
        match calls.iter_mut().find(|call| call.item.symbol == symbol) {
            Some(call) => call.spots.push(Spot::new(file, named.span)),
            None => calls.extend(Item::of(snapshot, &symbol).map(|item| Call { item, spots: vec![Spot::new(file, named.span)] })),
        }
    }
    calls
}

/// The file and the bytes of it that are a thing's own.
fn own_words(snapshot: &Snapshot, subject: &Symbol) -> Option<(FileId, Span)> {
    let all = Span::new(0, u32::MAX);
    let place = match subject {
        Symbol::Text(file, None) => return Some((*file, all)),
        Symbol::Entity(entity, None) => {
            let home = snapshot.entity(*entity).home;
            let is_text = snapshot.file(home.file)?.kind.is_text();
            let record = snapshot.record_at(home)?.span;
            return Some((home.file, if is_text { all } else { record }));
        }
        symbol if pin_of(symbol).is_some() => match Target::all(snapshot, symbol).into_iter().next()? {
            Target::Place(place) => place,
            Target::BuiltIn(_) => return None,
        },
        _ => return None,
    };
    let Place { file, full, .. } = place;
    Some((file, full))
}
