//! One finding in the protocol's words.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use parking_lot::Mutex;
use serde_json::{Value, json};
use tower_lsp::ls_types::{DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Range, Uri};

use super::manual;
use crate::config::Level;
use crate::rules;
use crate::server::analysis::World;
use crate::server::capabilities::{Agreed, Tags};
use crate::server::places::Places;
use crate::server::uri::uri_of;
use crate::workspace::generated;

/// Writes findings of one corpus.
pub(super) struct Wire<'a> {
    world: &'a World,
    agreed: Agreed,
    places: Places<'a>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(world: &'a World, agreed: Agreed) -> Self {
        Self { world, agreed, places: Places::new(world, agreed) }
    }

    /// All of a finding but its place, up to the closing brace; `None` when its rule is off.
    pub(super) fn rest(&mut self, finding: &rules::Diagnostic) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(256);
        put(&mut out, "severity", &severity(finding.level)?);
        put(&mut out, "code", &finding.rule);
        if self.agreed.manuals
            && let Some(href) = page_of(finding.rule)
        {
            put(&mut out, "codeDescription", &json!({ "href": href }));
        }
        put(&mut out, "source", &env!("CARGO_PKG_NAME"));
        put(&mut out, "message", &message(finding));
        if let Some(tag) = tag(finding.rule, self.agreed.tags) {
            put(&mut out, "tags", &[tag]);
        }
        if self.agreed.related {
            let related: Vec<_> = finding.related.iter().filter_map(|r| self.related(r)).collect();
            if !related.is_empty() {
                put(&mut out, "relatedInformation", &related);
            }
        }
        if self.agreed.data {
            put(&mut out, "data", &data(finding));
        }
        out.push(b'}');
        Some(out)
    }

    fn related(&mut self, related: &rules::Related) -> Option<DiagnosticRelatedInformation> {
        let location = self.places.location(self.world.snapshot.file_at(&related.path)?, related.span)?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    }
}

/// The opening brace and the place of a finding.
pub(super) fn place(at: Range, out: &mut Vec<u8>) {
    let (start, end) = (at.start, at.end);
    let _ = write!(
        out,
        "{{\"range\":{{\"start\":{{\"line\":{},\"character\":{}}},\"end\":{{\"line\":{},\"character\":{}}}}}",
        start.line, start.character, end.line, end.character
    );
}

fn put(out: &mut Vec<u8>, key: &str, value: &impl serde::Serialize) {
    out.extend_from_slice(b",\"");
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
    let before = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(before);
        out.extend_from_slice(b"null");
    }
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

/// What a later request for cures finds the finding by, and what its cure does.
fn data(finding: &rules::Diagnostic) -> Value {
    let mut data = json!({"rule": finding.rule, "fingerprint": finding.fingerprint});
    if let Some(fix) = &finding.fix {
        data["fix"] = fix.title.as_str().into();
    }
    data
}

/// How a finding may be shown besides being underlined: a name no longer borne is struck through, what nothing needs is faded.
fn tag(rule: &str, tags: Tags) -> Option<DiagnosticTag> {
    let deprecated = (rule == "renamed-id" && tags.deprecated).then_some(DiagnosticTag::DEPRECATED);
    deprecated.or_else(|| (rule.starts_with("unused-") && tags.unnecessary).then_some(DiagnosticTag::UNNECESSARY))
}

/// The page with a rule's manual, written once; `None` when it cannot be kept.
fn page_of(rule: &'static str) -> Option<Uri> {
    static PAGES: LazyLock<Mutex<HashMap<&str, Option<Uri>>>> = LazyLock::new(Mutex::default);
    let write = || {
        let page = manual(rules::rule(rule)?);
        let path = generated::keep(&format!("rule-{rule}.md"), &page);
        let path = path.inspect_err(|trouble| tracing::warn!("{} {}", trouble.path.display(), trouble.message)).ok()?;
        uri_of(&path)
    };
    PAGES.lock().entry(rule).or_insert_with(write).clone()
}
