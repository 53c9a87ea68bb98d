//! `textDocument/diagnostic`

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
};

use super::{Question, work};
use crate::server::analysis::View;
use crate::server::capabilities::Agreed;
use crate::server::findings::Items;
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
            let answer = work(move |_| Some(of_items(&items(&view, agreed), previous.as_deref()))).await?;
            drop(turn);
            answer
        }
        Err(_of_no_corpus) => None,
    };
    written::give(answer.unwrap_or_else(|| of_items(&Items::none(), None)), no_findings())
}

fn items(view: &View, agreed: Agreed) -> Items {
    if view.world.root.is_none() {
        return Items::none();
    }
    match view.world.kept(view.file) {
        Some(kept) => kept.items(&view.world, view.file, agreed),
        None => Items::of_closed(&view.world, view.file, agreed),
    }
}

fn of_items(items: &Items, previous: Option<&str>) -> Answer {
    let id = items.id();
    let mut answer = Answer::with_room(items.0.len());
    let out = answer.result();
    if previous == Some(&id) {
        out.extend_from_slice(b"{\"kind\":\"unchanged\"");
    } else {
        out.extend_from_slice(b"{\"kind\":\"full\",\"items\":");
        out.extend_from_slice(&items.0);
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
