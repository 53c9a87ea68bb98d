//! `workspace/executeCommand`: what the protocol has no request for. Every client can call these, with one object as argument.
//!
//! | command | argument | answer |
//! |---|---|---|
//! | `vidimus.status` | `{}` | how it stands with every corpus ([`Status`](crate::server::status::Status)) |
//! | `vidimus.explain` | `{uri, position}` | `{title, markdown}`: what stands there, and why each rule speaks or is silent |
//! | `vidimus.check` | `{uri?}` | `{texts, errors, warnings, notes}`, when every file of the corpus, or of all, has been looked at |
//! | `vidimus.recordTypes` | `{uri}` | `[{type, label, count}]` |
//! | `vidimus.records` | `{uri, type, offset?, limit?}` | `{total, complete, records: [{id, name, uses, location}]}`; `complete` is false while not every file has been read for `uses` |
//! | `vidimus.texts` | `{uri, offset?, limit?}` | `{total, texts: [{uri, path, kind, sourced, unsourced, errors, warnings, notes}]}` |
//! | `vidimus.citations` | `{uri, query?, limit?}` | `[{key, label, detail, insert}]` |
//! | `vidimus.newRecord` | `{uri, type, name, id?}` | `{id, location}`, when the client has written it |
//!
//! `uri` is a file or folder of a corpus. Of a place in no corpus the answer is null. An argument that means nothing is refused
//! (`InvalidParams`) in words for whoever wrote it.

mod arguments;
pub mod check;
pub mod citations;
pub mod explain;
pub mod inventory;
pub mod new_record;

pub use arguments::{Command, Place, Records, Texts};

use std::path::Path;

use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::{ExecuteCommandOptions, Uri, WorkDoneProgressOptions};

use crate::server::analysis::World;
use crate::server::uri::path_of;

/// What the server announces.
#[must_use]
pub fn options() -> ExecuteCommandOptions {
    ExecuteCommandOptions {
        commands: arguments::COMMANDS.iter().map(|row| row.name.to_owned()).collect(),
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
    }
}

/// The corpus round a file or folder: the innermost of those that are there.
#[must_use]
pub fn world_of<'w>(worlds: &'w [World], uri: &Uri) -> Option<&'w World> {
    let path = path_of(uri)?;
    let round = |world: &&World| world.root.as_deref().is_some_and(|root| path.starts_with(root));
    worlds.iter().filter(round).max_by_key(|world| world.root.as_deref().map_or(0, |root| Path::components(root).count()))
}

/// Something is wrong with what was asked for.
fn refused(fault: &str, cure: &str) -> Error {
    Error { code: ErrorCode::InvalidParams, message: format!("{fault}; {cure}").into(), data: None }
}

/// What was asked for cannot be done, for no fault of the arguments.
fn failed(message: String) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: message.into(), data: None }
}

/// The protocol's number for a request that failed.
const REQUEST_FAILED: i64 = -32803;
