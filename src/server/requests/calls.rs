//! `textDocument/prepareCallHierarchy`, `callHierarchy/incomingCalls` and `callHierarchy/outgoingCalls`

use tower_lsp::ls_types::{CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range};

use super::Asked;
use crate::features::{Call, FilePosition, calls};
use crate::server::items::{self, call_item};
use crate::server::places::Places;

/// What can be asked about at the place.
#[must_use]
pub fn prepare(asked: &Asked, at: FilePosition) -> Option<Vec<CallHierarchyItem>> {
    let mut places = asked.places();
    let found = calls::prepare(&asked.view.world.snapshot, at);
    let items: Vec<_> = found.into_iter().filter_map(|item| call_item(asked, &mut places, item)).collect();
    (!items.is_empty()).then_some(items)
}

/// Who cites the item.
#[must_use]
pub fn incoming(asked: &Asked, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyIncomingCall>> {
    let subject = items::symbol(asked, item.data.as_ref(), item.selection_range.start)?;
    let mut places = asked.places();
    let mut out = Vec::new();
    for call in calls::incoming(&asked.view.world.snapshot, &subject) {
        if asked.cancelled.now() {
            return None;
        }
        let from_ranges = ranges(&mut places, &call);
        out.extend(call_item(asked, &mut places, call.item).map(|from| CallHierarchyIncomingCall { from, from_ranges }));
    }
    Some(out)
}

/// What the item cites.
#[must_use]
pub fn outgoing(asked: &Asked, item: &CallHierarchyItem) -> Option<Vec<CallHierarchyOutgoingCall>> {
    let subject = items::symbol(asked, item.data.as_ref(), item.selection_range.start)?;
    let mut places = asked.places();
    let mut out = Vec::new();
    for call in calls::outgoing(&asked.view.world.snapshot, &subject) {
        if asked.cancelled.now() {
            return None;
        }
        let from_ranges = ranges(&mut places, &call);
        out.extend(call_item(asked, &mut places, call.item).map(|to| CallHierarchyOutgoingCall { to, from_ranges }));
    }
    Some(out)
}

fn ranges(places: &mut Places<'_>, call: &Call) -> Vec<Range> {
    call.spots.iter().filter_map(|spot| places.range_of(spot)).collect()
}
