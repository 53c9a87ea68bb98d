//! `textDocument/diagnostic`

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
};

use super::{Cancelled, Question, seen, work};
use crate::corpus::Ground;
use crate::server::analysis::{Found, View};
use crate::server::capabilities::Agreed;
use crate::server::findings::{self, Kept, NONE};
use crate::server::overtaken;
use crate::server::written::{self, Answer};

/// What is found in the text as it stands, or that it is what the client knows as `previous`. In a text of no corpus
/// nothing is found.
///
/// # Errors
/// When checking panics, and when the text changes meanwhile.
pub async fn answer(question: Question<Found>, previous: Option<String>) -> Result<DocumentDiagnosticReportResult> {
    let Question { view, agreed, passing } = question;
    let making = async move {
        let Some(view) = seen(view).await? else { return Ok(None) };
        let kept = view.world.kept(view.file);
        let turn = match &kept {
            Some(kept) => Some(kept.turn().await),
            None => None,
        };
        // It is the next one's turn when this is done, also when nobody waits for it any more.
        let asked = move |cancelled| Some((view, cancelled, turn));
        work(asked, move |(view, cancelled, _turn)| answer_of(view, agreed, previous.as_deref(), cancelled)).await
    };
    let made = overtaken::unless(passing, making).await?;
    let Some(Made { answer, told }) = made else { return written::give(nothing(), no_findings()) };
    // Only now, for what was overtaken was not told.
    for (kept, ground, id) in told {
        kept.told(ground, id);
    }
    written::give(answer, no_findings())
}

/// An answer, and what the client knows of open texts once it has it.
struct Made {
    answer: Answer,
    told: Vec<Told>,
}

/// The list of findings that a client has, and what it stands on.
type Told = (Arc<Kept>, Ground, String);

fn list(view: &View, agreed: Agreed, out: &mut Vec<u8>) {
    let (world, file) = (&view.world, view.file);
    match world.kept(file) {
        Some(kept) => kept.write(world, file, agreed, out),
        None if world.root.is_some() => drop(findings::write_closed(world, file, agreed, out)),
        None => out.extend_from_slice(NONE),
    }
}

fn answer_of(view: &View, agreed: Agreed, previous: Option<&str>, cancelled: &Cancelled) -> Option<Made> {
    let (mut answer, mut told) = (Answer::default(), Vec::new());
    let out = answer.result();
    let id = report(previous, |out| list(view, agreed, out), out);
    if cancelled.now() {
        return None;
    }
    if let Some(kept) = view.world.kept(view.file) {
        told.push((kept, view.world.snapshot.ground(), id));
    }
    if agreed.others {
        others(view, agreed, out, &mut told);
    }
    out.push(b'}');
    Some(Made { answer, told })
}

/// Texts of other files checked for one answer, in bytes; what is more is asked for when the client is told to.
const OTHERS: usize = 256 << 10;

/// Adds the reports of other open texts that changed because names or settings did.
fn others(view: &View, agreed: Agreed, out: &mut Vec<u8>, told: &mut Vec<Told>) {
    let (world, ground) = (&view.world, view.world.snapshot.ground());
    let mut room = OTHERS;
    let mut written = 0;
    for (file, (uri, _)) in world.open.iter().filter(|(file, _)| **file != view.file && !world.is_behind(**file)) {
        let Some((kept, known)) = world.kept(*file).and_then(|kept| kept.outdated(&ground).map(|known| (kept, known))) else { continue };
        let Some(left) = world.snapshot.text(*file).and_then(|text| room.checked_sub(text.len())) else { continue };
        room = left;
        let mut one = Vec::new();
        let id = report(None, |out| kept.write(world, *file, agreed, out), &mut one);
        one.push(b'}');
        if id != known {
            out.extend_from_slice(if written == 0 { b",\"relatedDocuments\":{" } else { b"," });
            out.append(&mut serde_json::to_vec(uri).unwrap_or_default());
            out.push(b':');
            out.append(&mut one);
            written += 1;
        }
        told.push((kept, ground.clone(), id));
    }
    if written > 0 {
        out.push(b'}');
    }
}

/// Writes a report of the list that `write` writes, but for its closing brace; a short one when the client knows the list as
/// `previous`. Answers the list's name.
fn report(previous: Option<&str>, write: impl FnOnce(&mut Vec<u8>), out: &mut Vec<u8>) -> String {
    let start = out.len();
    out.extend_from_slice(b"{\"kind\":\"full\",\"items\":");
    let list = out.len();
    write(out);
    let id = findings::id_of(&out[list..]);
    if previous == Some(&id) {
        out.truncate(start);
        out.extend_from_slice(b"{\"kind\":\"unchanged\"");
    }
    out.extend_from_slice(format!(",\"resultId\":\"{id}\"").as_bytes());
    id
}

/// Of a text of no corpus.
fn nothing() -> Answer {
    let mut answer = Answer::default();
    report(None, |out| out.extend_from_slice(NONE), answer.result());
    answer.result().push(b'}');
    answer
}

fn no_findings() -> DocumentDiagnosticReportResult {
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport::default(),
    };
    DocumentDiagnosticReport::Full(report).into()
}
