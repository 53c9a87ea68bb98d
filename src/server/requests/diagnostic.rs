//! `textDocument/diagnostic`

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
};

use super::{Question, work};
use crate::server::analysis::View;
use crate::server::capabilities::Agreed;
use crate::server::findings::{self, NONE};
use crate::server::written::{self, Answer};

/// What is found in the text as it stands, or that it is what the client knows as `previous`. In a text of no corpus
/// nothing is found.
///
/// # Errors
/// When checking panics.
pub async fn answer(question: Question<View>, previous: Option<String>) -> Result<DocumentDiagnosticReportResult> {
    let agreed = question.agreed;
    let answer = match question.view.await {
        Ok(view) => {
            let kept = view.world.kept(view.file);
            let turn = match &kept {
                Some(kept) => Some(kept.turn().await),
                None => None,
            };
            let answer = work(move |_| Some(answer_of(&view, agreed, previous.as_deref()))).await?;
            drop(turn);
            answer
        }
        Err(_of_no_corpus) => None,
    };
    written::give(answer.unwrap_or_else(nothing), no_findings())
}

fn list(view: &View, agreed: Agreed, out: &mut Vec<u8>) {
    let (world, file) = (&view.world, view.file);
    match world.kept(file) {
        Some(kept) => kept.write(world, file, agreed, out),
        None if world.root.is_some() => drop(findings::write_closed(world, file, agreed, out)),
        None => out.extend_from_slice(NONE),
    }
}

fn answer_of(view: &View, agreed: Agreed, previous: Option<&str>) -> Answer {
    let mut answer = Answer::default();
    let out = answer.result();
    let id = report(previous, |out| list(view, agreed, out), out);
    if let Some(kept) = view.world.kept(view.file) {
        kept.told(view.world.snapshot.ground(), id);
    }
    if agreed.others {
        others(view, agreed, out);
    }
    out.push(b'}');
    answer
}

/// Texts of other files checked for one answer, in bytes; what is more is asked for when the client is told to.
const OTHERS: usize = 256 << 10;

/// Adds the reports of other open texts that changed because names or settings did.
fn others(view: &View, agreed: Agreed, out: &mut Vec<u8>) {
    let (world, ground) = (&view.world, view.world.snapshot.ground());
    let mut room = OTHERS;
    let mut written = 0;
    for (file, (uri, _)) in world.open.iter().filter(|(file, _)| **file != view.file) {
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
        kept.told(ground.clone(), id);
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
