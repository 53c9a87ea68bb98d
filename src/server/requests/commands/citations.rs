//! `vidimus.citations`

use serde_json::{Value, json};

use super::arguments::Citations;
use super::world_of;
use crate::features::completion;
use crate::server::requests::AskedAll;
use crate::server::uri::TextKey;

/// No list for choice is longer.
const LONGEST: usize = 1000;

/// What can be cited and fits what is typed.
#[must_use]
pub fn answer(asked: &AskedAll, wanted: &Citations) -> Option<Value> {
    let world = world_of(&asked.worlds, &wanted.uri)?;
    let key = TextKey::of(&wanted.uri);
    let open = world.open.iter().find(|(_, (uri, _))| TextKey::of(uri) == key).map(|(file, _)| *file);
    let found = completion::citations(&world.snapshot, open, &wanted.query, wanted.limit.min(LONGEST)).into_iter();
    Some(found.map(|c| json!({"key": c.key, "label": c.label, "detail": c.detail, "insert": c.insert})).collect())
}
