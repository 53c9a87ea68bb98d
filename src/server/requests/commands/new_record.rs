//! `vidimus.newRecord`: the client writes it (`workspace/applyEdit`), so that it can be undone there and open files stay what they show.

use serde_json::{Value, json};
use tower_lsp::Client;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Location, Range, WorkspaceEdit};

use super::arguments::NewRecord;
use super::{failed, refused, world_of};
use crate::features::actions::new_record::{Order, new_record};
use crate::server::convert;
use crate::server::edits::workspace_edit;
use crate::server::requests::AskedAll;
use crate::server::uri::uri_of;
use crate::text::LineIndex;

/// A record ready to be written.
pub struct Ready {
    edit: WorkspaceEdit,
    answer: Value,
}

/// What writes the record; `None` when there is no corpus.
#[must_use]
pub fn prepare(asked: &AskedAll, order: &NewRecord) -> Option<Result<Ready>> {
    let world = world_of(&asked.worlds, &order.uri)?;
    if !asked.agreed.applies {
        return Some(Err(failed("this client makes no edits for its server (`workspace/applyEdit`); write the record by hand".into())));
    }
    let wanted = Order { kind: &order.kind, name: &order.name, id: order.id.as_deref() };
    let made = match new_record(&world.snapshot, wanted) {
        Ok(made) => made,
        Err(no) => return Some(Err(refused(&no.fault, &no.cure))),
    };
    let Some(edit) = workspace_edit(world, asked.agreed, &made.changes) else {
        return Some(Err(failed(format!("this client makes no files for its server; make `{}` by hand, empty", made.path))));
    };
    let file = world.snapshot.file_at(&made.path);
    let uri = match file {
        Some(file) => world.uri(file)?,
        None => uri_of(&world.root.as_ref()?.join(made.path.as_str()))?,
    };
    let range: Range = convert::range(&made.text, &LineIndex::new(&made.text), made.at, asked.agreed.encoding);
    Some(Ok(Ready { edit, answer: json!({"id": made.id, "location": Location { uri, range }}) }))
}

/// Has the client write it.
///
/// # Errors
/// When the client does not.
pub async fn write(client: &Client, ready: Ready) -> Result<Option<Value>> {
    let done = client.apply_edit(ready.edit).await?;
    if done.applied {
        return Ok(Some(ready.answer));
    }
    let reason = done.failure_reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    Err(failed(format!("the client did not write the record{reason}")))
}
