//! `workspace/diagnostic`: what is found in all files of all corpora, open and closed.
//!
//! Files are looked at on the threads for checks, a few at a time, so that who types never waits for more than those. What is
//! found is sent as it is found where the client takes it so, and waits when the client does not read. A client that knows
//! everything already, and takes answers in parts, is answered when something changes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    ProgressToken, Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult as Reports,
};

use super::progress::Progress;
use crate::corpus::FileId;
use crate::server::analysis::{Asker, World};
use crate::server::capabilities::Agreed;
use crate::server::findings::{Look, Looked, NONE, id_of};
use crate::server::publish::Publisher;
use crate::server::written::{self, Answer};

/// Files looked at between two looks at who waits.
const AT_ONCE: usize = 32;

/// So often what changed meanwhile is looked at before the answer; the rest is the next question's.
const ROUNDS: u32 = 3;

/// How long more changes are waited for when nothing else is to be told.
const PAUSE: Duration = Duration::from_millis(300);

/// How long a client that does not read is given before more is sent.
const BREATH: Duration = Duration::from_millis(10);

/// What the answer is made with.
pub struct Overview {
    /// What the client understands.
    pub agreed: Agreed,
    /// Asks for the corpora again.
    pub asker: Asker,
    /// Takes what is sent before the answer.
    pub publisher: Arc<Publisher>,
    /// What is known from questions before.
    pub looked: Arc<Looked>,
}

/// One answer in the making.
struct Making {
    overview: Overview,
    /// By address, the list that the client has.
    told: HashMap<String, String>,
    /// Addresses of which something was said in this answer.
    said: HashSet<String>,
    /// Whether anything new was said.
    news: bool,
    /// Takes parts of the answer.
    parts: Option<ProgressToken>,
    /// Reports not sent yet.
    reports: Vec<u8>,
}

/// Answers from `worlds`, the corpora as they were when the question came.
///
/// # Errors
/// When checking panics.
pub async fn answer(worlds: oneshot::Receiver<Vec<World>>, overview: Overview, params: WorkspaceDiagnosticParams) -> Result<Reports> {
    let progress = Progress::begin(&overview.publisher, params.work_done_progress_params.work_done_token, "Checking");
    let told: HashMap<_, _> = params.previous_result_ids.into_iter().map(|p| (p.uri.as_str().to_owned(), p.value)).collect();
    let parts = params.partial_result_params.partial_result_token;
    let may_wait = parts.is_some() && !told.is_empty();
    let mut making = Making { overview, told, said: HashSet::new(), news: false, parts, reports: Vec::new() };
    let mut worlds = worlds.await.unwrap_or_default();
    let mut changes = making.overview.asker.changes();
    loop {
        let mut moved = false;
        for _ in 0..ROUNDS {
            making.look_at(&worlds, &progress).await?;
            // Before the corpora are asked for: what changes after they answered wakes who waits below.
            changes.mark_unchanged();
            let then = making.overview.asker.ask_all().await.unwrap_or_default();
            moved = moments(&then) != moments(&worlds);
            worlds = then;
            if !moved {
                break;
            }
        }
        if making.news || !may_wait {
            break;
        }
        progress.end();
        // Where something moved all the time the rest is looked at after the pause.
        if !moved && changes.changed().await.is_err() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
        worlds = making.overview.asker.ask_all().await.unwrap_or_default();
    }
    making.flush().await;
    let mut answer = Answer::default();
    let out = answer.result();
    out.extend_from_slice(b"{\"items\":[");
    out.append(&mut making.reports);
    out.extend_from_slice(b"]}");
    written::give(answer, Reports::Report(WorkspaceDiagnosticReport { items: Vec::new() }))
}

/// How far each corpus had come.
fn moments(worlds: &[World]) -> Vec<(Option<std::path::PathBuf>, u64)> {
    worlds.iter().map(|world| (world.root.clone(), world.snapshot.generation())).collect()
}

impl Making {
    async fn look_at(&mut self, worlds: &[World], progress: &Progress) -> Result<()> {
        let all: usize = worlds.iter().map(|world| world.snapshot.files().count()).sum();
        let mut there = HashSet::new();
        let mut done = 0;
        for world in worlds {
            let files: Vec<(FileId, Uri)> = world.snapshot.files().filter_map(|(file, _)| Some((file, world.uri(file)?))).collect();
            for some in files.chunks(AT_ONCE) {
                there.extend(some.iter().map(|(_, uri)| uri.as_str().to_owned()));
                for (number, look) in self.looks(world, some).await?.into_iter().enumerate() {
                    if let (Some(look), Some((file, uri))) = (look, some.get(number)) {
                        self.report(uri, world.version(*file), look);
                    }
                }
                done += some.len();
                progress.report(done, all);
                self.flush().await;
            }
        }
        if !worlds.is_empty() {
            self.forget_all_but(&there);
        }
        Ok(())
    }

    /// Looks at some files, on a thread for checks.
    async fn looks(&self, world: &World, files: &[(FileId, Uri)]) -> Result<Vec<Option<Look>>> {
        let (world, looked, agreed) = (world.clone(), self.overview.looked.clone(), self.overview.agreed);
        let files: Vec<(FileId, Option<String>)> = files.iter().map(|(file, uri)| (*file, self.told.get(uri.as_str()).cloned())).collect();
        let work = move || files.iter().map(|(file, told)| looked.look(&world, *file, agreed, told.as_deref())).collect();
        self.overview.asker.work(work).await.map_err(|_| Error::internal_error())
    }

    fn report(&mut self, uri: &Uri, version: Option<i32>, look: Look) {
        let known = self.told.contains_key(uri.as_str());
        let (kind, id, list) = match look {
            Look::Same(_) if self.said.contains(uri.as_str()) => return,
            // Of a clean file that the client never heard of there is nothing to say.
            _ if look.is_clean() && !known => return,
            Look::Same(id) => ("unchanged", id, None),
            Look::New(id, list) => ("full", id, Some(list)),
        };
        self.news |= list.is_some();
        self.said.insert(uri.as_str().to_owned());
        self.told.insert(uri.as_str().to_owned(), id.clone());
        let head = json!({"kind": kind, "uri": uri, "version": version, "resultId": id}).to_string();
        if !self.reports.is_empty() {
            self.reports.push(b',');
        }
        match list {
            Some(list) => {
                self.reports.extend_from_slice(head.trim_end_matches('}').as_bytes());
                self.reports.extend_from_slice(b",\"items\":");
                self.reports.extend_from_slice(&list);
                self.reports.push(b'}');
            }
            None => self.reports.extend_from_slice(head.as_bytes()),
        }
    }

    /// Takes back what was told of files that are there no more.
    fn forget_all_but(&mut self, there: &HashSet<String>) {
        let gone: Vec<String> = self.told.keys().filter(|uri| !there.contains(*uri)).cloned().collect();
        for uri in gone {
            if let Ok(address) = uri.parse::<Uri>() {
                self.report(&address, None, Look::New(id_of(NONE), NONE.to_vec()));
            }
            self.told.remove(&uri);
        }
    }

    /// Sends what there is, where the client takes answers in parts.
    async fn flush(&mut self) {
        let Some(token) = &self.parts else { return };
        if self.reports.is_empty() {
            return;
        }
        let token = serde_json::to_vec(token).unwrap_or_default();
        let head = b"{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":";
        let message = [&head[..], &token, b",\"value\":{\"items\":[", &self.reports, b"]}}}"].concat();
        self.reports.clear();
        while self.overview.publisher.is_behind() {
            tokio::time::sleep(BREATH).await;
        }
        self.overview.publisher.send_bytes(message);
    }
}
