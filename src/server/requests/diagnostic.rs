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
            let answer = work(move |_| Some(report(previous.as_deref(), |out| list(&view, agreed, out)))).await?;
            drop(turn);
            answer
        }
        Err(_of_no_corpus) => None,
    };
    written::give(answer.unwrap_or_else(|| report(None, |out| out.extend_from_slice(NONE))), no_findings())
}

fn list(view: &View, agreed: Agreed, out: &mut Vec<u8>) {
    let (world, file) = (&view.world, view.file);
    match world.kept(file) {
        Some(kept) => kept.write(world, file, agreed, out),
        None if world.root.is_some() => drop(findings::write_closed(world, file, agreed, out)),
        None => out.extend_from_slice(NONE),
    }
}

/// A report of the list that `write` writes; a short one when the client knows it as `previous`.
fn report(previous: Option<&str>, write: impl FnOnce(&mut Vec<u8>)) -> Answer {
    let mut answer = Answer::default();
    let out = answer.result();
    let start = out.len();
    out.extend_from_slice(b"{\"kind\":\"full\",\"items\":");
    let list = out.len();
    write(out);
    let id = findings::id_of(&out[list..]);
    if previous == Some(&id) {
        out.truncate(start);
        out.extend_from_slice(b"{\"kind\":\"unchanged\"");
    }
    out.extend_from_slice(format!(",\"resultId\":\"{id}\"}}").as_bytes());
    answer
}

fn no_findings() -> DocumentDiagnosticReportResult {
    let report = RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport::default(),
    };
    DocumentDiagnosticReport::Full(report).into()
}
