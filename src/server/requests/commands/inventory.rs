//! `vidimus.recordTypes`, `vidimus.records`, `vidimus.texts`

use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::ls_types::Uri;

use super::arguments::{Records, Texts};
use super::world_of;
use crate::config::TextKind;
use crate::corpus::FileId;
use crate::features::inventory;
use crate::server::analysis::{Asker, World};
use crate::server::places::Places;
use crate::server::requests::AskedAll;

/// No page is longer.
const LONGEST_PAGE: usize = 10_000;

/// The types of records in a corpus.
#[must_use]
pub fn types(asked: &AskedAll, uri: &Uri) -> Option<Value> {
    let world = world_of(&asked.worlds, uri)?;
    let types = inventory::record_types(&world.snapshot).into_iter();
    Some(types.map(|t| json!({"type": t.word.as_str(), "label": t.label, "count": t.count})).collect())
}

/// How often it is looked whether all is known.
const PACE: Duration = Duration::from_millis(50);

/// The corpora, once it is known what each file of that round `uri` names; as they are when that takes longer than `patience`.
pub async fn when_counted(asker: &Asker, uri: &Uri, patience: Duration) -> Vec<World> {
    let looks = patience.as_millis() / PACE.as_millis();
    for _ in 0..looks {
        let worlds = asker.ask_all().await.unwrap_or_default();
        if world_of(&worlds, uri).is_none_or(|world| world.snapshot.knows_all_uses()) {
            return worlds;
        }
        tokio::time::sleep(PACE).await;
    }
    asker.ask_all().await.unwrap_or_default()
}

/// A page of records of a type.
#[must_use]
pub fn records(asked: &AskedAll, page: &Records) -> Option<Value> {
    let world = world_of(&asked.worlds, &page.uri)?;
    let complete = world.snapshot.knows_all_uses();
    let found = inventory::records(&world.snapshot, &page.kind, page.offset, page.limit.min(LONGEST_PAGE));
    let mut places = Places::new(world, asked.agreed);
    let mut rows = Vec::with_capacity(found.rows.len());
    for row in found.rows {
        if asked.cancelled.now() {
            return None;
        }
        let location = places.location_of(&row.home);
        rows.push(json!({"id": row.id.as_str(), "name": row.name, "uses": row.uses, "location": location}));
    }
    Some(json!({"total": found.total, "complete": complete, "records": rows}))
}

/// The texts of a page, and how many there are.
#[must_use]
pub fn texts_of(world: &World, page: &Texts) -> (usize, Vec<FileId>) {
    let all = inventory::texts(&world.snapshot);
    let rows = all.iter().skip(page.offset).take(page.limit.min(LONGEST_PAGE)).copied().collect();
    (all.len(), rows)
}

/// A text in a list, with what was counted in it.
#[must_use]
pub fn text(world: &World, file: FileId) -> Option<Value> {
    let state = world.snapshot.file(file)?;
    let tally = world.counts.of(&world.snapshot, file);
    let (levels, claims) = (tally.levels, tally.claims);
    Some(json!({
        "uri": world.uri(file)?,
        "path": state.path.as_str(),
        "kind": kind(state.settings.kind),
        "sourced": claims.sourced,
        "unsourced": claims.unsourced,
        "errors": levels.errors,
        "warnings": levels.warnings,
        "notes": levels.notes,
    }))
}

fn kind(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Analysis => "analysis",
        TextKind::SourceText => "source-text",
        TextKind::Opinion => "opinion",
        TextKind::Note => "note",
    }
}
