//! `vidimus.check` and `vidimus.texts`: files looked at on the threads for checks, a few at a time, so that who types never waits for more
//! than those.
//!
//! A client that asks for findings is told to ask again; to another those of closed files are shown as well, until it is checked again.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ProgressToken, Uri};

use super::arguments::{Check, Texts};
use super::{inventory, world_of};
use crate::corpus::FileId;
use crate::server::analysis::{Asker, CalledOff, World};
use crate::server::capabilities::Agreed;
use crate::server::findings::{self, Levels};
use crate::server::publish::Publisher;
use crate::server::refresh::Refresh;
use crate::server::requests::progress::Progress;
use crate::server::uri::TextKey;

/// Files looked at between two looks at who waits.
const AT_ONCE: usize = 32;

/// What long looks are made with.
pub struct Look {
    /// What the client understands.
    pub agreed: Agreed,
    /// The threads for checks.
    pub asker: Asker,
    /// Takes what is sent before the answer.
    pub publisher: Arc<Publisher>,
    /// Asks the client to ask again.
    pub refresh: Refresh,
    /// Where the client is told how far it is.
    pub token: Option<ProgressToken>,
    /// Whether it has called it off.
    pub called_off: CalledOff,
}

/// A page of texts.
///
/// # Errors
/// When checking panics, or the client calls it off.
pub async fn texts(worlds: oneshot::Receiver<Vec<World>>, look: Look, page: Texts) -> Result<Option<Value>> {
    let worlds = worlds.await.unwrap_or_default();
    let Some(world) = world_of(&worlds, &page.uri) else { return Ok(None) };
    let (total, files) = inventory::texts_of(world, &page);
    let progress = Progress::begin(&look.publisher, look.token.clone(), "Counting");
    let mut rows: Vec<Value> = Vec::with_capacity(files.len());
    for some in files.chunks(AT_ONCE) {
        let row = move |world: &World, file| inventory::text(world, file);
        rows.extend(look.each(world, some, row).await?);
        progress.report(rows.len(), files.len());
    }
    Ok(Some(json!({"total": total, "texts": rows})))
}

/// Checks every file of a corpus, or of all, and counts what is found.
///
/// # Errors
/// When checking panics, or the client calls it off.
pub async fn check(worlds: oneshot::Receiver<Vec<World>>, look: Look, wanted: Check) -> Result<Option<Value>> {
    let all = worlds.await.unwrap_or_default();
    let worlds: Vec<&World> = match &wanted.uri {
        Some(uri) => world_of(&all, uri).into_iter().collect(),
        None => all.iter().collect(),
    };
    if worlds.is_empty() {
        return Ok(None);
    }
    let progress = Progress::begin(&look.publisher, look.token.clone(), "Checking");
    let count: usize = worlds.iter().map(|world| world.snapshot.files().count()).sum();
    let (mut done, mut texts, mut levels) = (0, 0, Levels::default());
    for world in worlds {
        let files: Vec<FileId> = world.snapshot.files().map(|(file, _)| file).collect();
        texts += world.snapshot.files().filter(|(_, file)| file.kind.is_text()).count();
        let mut there = HashSet::new();
        for some in files.chunks(AT_ONCE) {
            let agreed = look.agreed;
            for found in look.each(world, some, move |world, file| Some(looked_at(world, file, agreed))).await? {
                levels = levels.and(found.levels);
                if let Some((uri, list)) = found.list {
                    let key = TextKey::of(&uri);
                    look.publisher.publish_closed(&key, &uri, &list);
                    there.insert(key);
                }
            }
            done += some.len();
            progress.report(done, count);
        }
        if let Some(root) = world.root.as_deref().filter(|_| !look.agreed.pulls) {
            look.publisher.forget_closed(|key| key.path().is_some_and(|path| path.starts_with(root)) && !there.contains(key));
        }
    }
    look.refresh.changed();
    Ok(Some(json!({"texts": texts, "errors": levels.errors, "warnings": levels.warnings, "notes": levels.notes})))
}

/// What a look at one file came to.
struct Found {
    levels: Levels,
    /// The findings of a closed file, for a client that does not ask for them.
    list: Option<(Uri, Vec<u8>)>,
}

fn looked_at(world: &World, file: FileId, agreed: Agreed) -> Found {
    let closed = if agreed.pulls || world.open.contains_key(&file) { None } else { world.uri(file) };
    let list = closed.map(|uri| {
        let mut list = Vec::new();
        findings::write_closed(world, file, agreed, &mut list);
        (uri, list)
    });
    // What was just written was counted as well.
    Found { levels: world.counts.of(&world.snapshot, file).levels, list }
}

impl Look {
    /// Looks at some files.
    async fn each<T: Send + 'static>(
        &self,
        world: &World,
        files: &[FileId],
        one: impl Fn(&World, FileId) -> Option<T> + Send + 'static,
    ) -> Result<Vec<T>> {
        if self.called_off.now() {
            return Err(Error::request_cancelled());
        }
        let (world, files) = (world.clone(), files.to_vec());
        let work = move || files.iter().filter_map(|file| one(&world, *file)).collect();
        self.asker.work(work).await.map_err(|_| Error::internal_error())
    }
}
