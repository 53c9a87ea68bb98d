//! Findings in the protocol's words.

use std::collections::HashMap;
use std::path::Path;

use tower_lsp::ls_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString};

use super::capabilities::Agreed;
use super::convert;
use super::uri::uri_of;
use crate::config::Level;
use crate::corpus::Snapshot;
use crate::rules;
use crate::text::LineIndex;

/// What was found in `text`, whose corpus lies in the folder `root`.
#[must_use]
pub fn of_text(snapshot: &Snapshot, root: &Path, text: &str, found: &[rules::Diagnostic], agreed: Agreed) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let mut places = Places { snapshot, root, agreed, texts: HashMap::new() };
    let one = |finding: &rules::Diagnostic| {
        let related: Vec<_> = if agreed.related { finding.related.iter().filter_map(|r| places.related(r)).collect() } else { Vec::new() };
        Some(Diagnostic {
            range: convert::range(text, &lines, finding.span, agreed.encoding),
            severity: Some(severity(finding.level)?),
            code: Some(NumberOrString::String(finding.rule.into())),
            source: Some(env!("CARGO_PKG_NAME").into()),
            message: message(finding),
            related_information: (!related.is_empty()).then_some(related),
            ..Diagnostic::default()
        })
    };
    found.iter().filter_map(one).collect()
}

/// `None` for a rule that is off.
fn severity(level: Level) -> Option<DiagnosticSeverity> {
    match level {
        Level::Off => None,
        Level::Note => Some(DiagnosticSeverity::INFORMATION),
        Level::Warning => Some(DiagnosticSeverity::WARNING),
        Level::Error => Some(DiagnosticSeverity::ERROR),
    }
}

/// The fault, and the cure on a line of its own.
fn message(finding: &rules::Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    }
}

/// Places in other files, each file read once.
struct Places<'a> {
    snapshot: &'a Snapshot,
    root: &'a Path,
    agreed: Agreed,
    texts: HashMap<String, Option<(std::sync::Arc<str>, LineIndex)>>,
}

impl Places<'_> {
    fn related(&mut self, related: &rules::Related) -> Option<DiagnosticRelatedInformation> {
        let snapshot = self.snapshot;
        let read = || {
            let text = snapshot.text(snapshot.file_at(&related.path)?)?;
            let lines = LineIndex::new(&text);
            Some((text, lines))
        };
        let (text, lines) = self.texts.entry(related.path.to_string()).or_insert_with(read).as_ref()?;
        let range = convert::range(text, lines, related.span, self.agreed.encoding);
        let uri = uri_of(&self.root.join(related.path.as_str()))?;
        Some(DiagnosticRelatedInformation { location: Location { uri, range }, message: related.message.clone() })
    }
}
