//! Findings in the protocol's words.

use tower_lsp::ls_types::{Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString};

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use super::places::Places;
use crate::config::Level;
use crate::rules;
use crate::text::LineIndex;

/// What was found in `text`.
#[must_use]
pub fn of_text(world: &World, text: &str, found: &[rules::Diagnostic], agreed: Agreed) -> Vec<Diagnostic> {
    if found.is_empty() {
        return Vec::new();
    }
    let lines = LineIndex::new(text);
    let mut places = Places::new(world, agreed);
    let one = |finding: &rules::Diagnostic| {
        let related: Vec<_> =
            if agreed.related { finding.related.iter().filter_map(|r| related(world, &mut places, r)).collect() } else { Vec::new() };
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

fn related(world: &World, places: &mut Places<'_>, related: &rules::Related) -> Option<DiagnosticRelatedInformation> {
    let location = places.location(world.snapshot.file_at(&related.path)?, related.span)?;
    Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
}
