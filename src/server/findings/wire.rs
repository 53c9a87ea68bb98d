//! One finding in the protocol's words.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Weak};

use parking_lot::Mutex;
use serde_json::{Value, json};
use tower_lsp::ls_types::{DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Range, Uri};

use super::manual;
use crate::config::Level;
use crate::corpus::{Facts, FileId, FileState};
use crate::rules;
use crate::server::analysis::World;
use crate::server::capabilities::{Agreed, Tags};
use crate::server::places::Places;
use crate::server::uri::uri_of;
use crate::workspace::generated;

/// Writes findings of one file.
pub(super) struct Wire<'a> {
    world: &'a World,
    file: FileId,
    agreed: Agreed,
    places: Places<'a>,
}

impl<'a> Wire<'a> {
    pub(super) fn new(world: &'a World, file: FileId, agreed: Agreed) -> Self {
        Self { world, file, agreed, places: Places::new(world, agreed) }
    }

    /// All of a finding but its place, up to the closing brace; `None` when its rule is off.
    pub(super) fn rest(&mut self, finding: &rules::Diagnostic) -> Option<Rest> {
        let mut out = Vec::with_capacity(256);
        let mut points_to = Vec::new();
        put(&mut out, "severity", &severity(finding)?);
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
            let related: Vec<_> = finding.related.iter().filter_map(|r| self.related(r, &mut points_to)).collect();
            if !related.is_empty() {
                put(&mut out, "relatedInformation", &related);
            }
        }
        if self.agreed.data {
            put(&mut out, "data", &data(finding));
        }
        out.push(b'}');
        Some(Rest { bytes: out.into_boxed_slice(), points_to })
    }

    /// Whether what was written of a finding that is the same still holds: the places that it points to are where they were.
    pub(super) fn still_says(&self, rest: &Rest) -> bool {
        let as_it_was = |known: &Known| known.file != self.file && self.world.snapshot.file(known.file).is_some_and(|file| known.is(file));
        rest.points_to.iter().all(as_it_was)
    }

    fn related(&mut self, related: &rules::Related, points_to: &mut Vec<Known>) -> Option<DiagnosticRelatedInformation> {
        let file = self.world.snapshot.file_at(&related.path)?;
        points_to.extend(self.world.snapshot.file(file).map(|state| Known::of(file, state)));
        let location = self.places.location(file, related.span)?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    }
}

/// All of a finding but its place.
#[derive(Debug)]
pub(super) struct Rest {
    pub(super) bytes: Box<[u8]>,
    /// The files in which places that explain it stand.
    points_to: Vec<Known>,
}

/// A state of a file.
#[derive(Debug)]
pub(super) struct Known {
    file: FileId,
    facts: Arc<Facts>,
    text: Option<Weak<str>>,
}

impl Known {
    pub(super) fn of(file: FileId, state: &FileState) -> Self {
        Self { file, facts: state.facts.clone(), text: state.held.as_ref().map(Arc::downgrade) }
    }

    pub(super) fn is(&self, state: &FileState) -> bool {
        let same_text = match (&self.text, &state.held) {
            (Some(known), Some(held)) => std::ptr::addr_eq(known.as_ptr(), Arc::as_ptr(held)),
            (known, held) => known.is_none() && held.is_none(),
        };
        same_text && Arc::ptr_eq(&self.facts, &state.facts)
    }
}

/// The opening brace and the place of a finding.
pub(super) fn place(at: Range, out: &mut Vec<u8>) {
    for (words, number) in [
        (&b"{\"range\":{\"start\":{\"line\":"[..], at.start.line),
        (b",\"character\":", at.start.character),
        (b"},\"end\":{\"line\":", at.end.line),
        (b",\"character\":", at.end.character),
    ] {
        out.extend_from_slice(words);
        digits(number, out);
    }
    out.extend_from_slice(b"}}");
}

/// A number in digits; the machinery of `write!` takes longer than all the rest of a place.
fn digits(mut number: u32, out: &mut Vec<u8>) {
    let mut digits = [0; 10];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
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

/// `None` for a rule that is off. A note that editors alone show unasked is a hint.
fn severity(finding: &rules::Diagnostic) -> Option<DiagnosticSeverity> {
    let is_hint = || rules::rule(finding.rule).is_some_and(|rule| rule.speaks == rules::Speaks::InEditors);
    match finding.level {
        Level::Note if is_hint() => Some(DiagnosticSeverity::HINT),
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
        None => finding.message.to_string(),
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

#[cfg(test)]
mod tests {
    use tower_lsp::ls_types::Position;

    use super::*;

    #[test]
    fn a_place_is_written_in_digits() {
        let at = Range { start: Position { line: 0, character: 10 }, end: Position { line: 907, character: u32::MAX } };
        let mut out = Vec::new();
        place(at, &mut out);
        out.push(b'}');
        let value: Value = serde_json::from_slice(&out).expect("JSON");
        assert_eq!(serde_json::from_value::<Range>(value["range"].clone()).expect("a range"), at);
    }
}
