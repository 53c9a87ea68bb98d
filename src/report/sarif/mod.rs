//! SARIF 2.1.0 (OASIS, errata 01), for code scanning.
//!
//! Results are written as files finish; what describes the run as a whole stands behind them, since the order of JSON's keys is
//! free. Every rule is described whether it spoke or not, so that a result can name its rule's index from the start. There is
//! no clock here, and nothing that tells one machine from another: the same corpus gives the same report.
//!
//! The structs are our own ([`log`]): a fifth of the format is needed.

mod log;
mod rules;

use log::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Located, Location, Message, PhysicalLocation, Region, Replacement, Result, Run,
    Suppression,
};

use super::uri::{Reference, reference};
use super::{Baseline, EditOut, Ending, Finding, FixOut, Place, Report, json_lines};
use crate::config::Level;
use crate::text::Span;

/// What relative references are relative to: the folder in which `vidimus` ran, as a rule the root of the repository.
const ROOT: &str = "%SRCROOT%";

const OPENING: &str = "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json\",\
\"version\":\"2.1.0\",\"runs\":[{\"results\":[";

/// One run, one result on a line.
pub(super) struct Sarif;

impl Report for Sarif {
    fn lists_silenced(&self) -> bool {
        true
    }

    fn opening(&self) -> String {
        OPENING.into()
    }

    fn first(&self) -> &'static str {
        "\n"
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        json_lines::append(&result(finding), out);
    }

    fn closing(&self, ending: &Ending) -> String {
        let mut run = String::new();
        json_lines::append(&Run::of(ending), &mut run);
        // The run's object is open since `OPENING`.
        format!("\n],{}]}}\n", run.strip_prefix('{').unwrap_or_default())
    }
}

fn result(finding: &Finding) -> Result<'_> {
    let region = Region::between(finding.start, finding.end);
    Result {
        rule_id: finding.rule,
        rule_index: rules::index(finding.rule),
        level: level(finding.level),
        message: Message { text: finding.sentences() },
        locations: vec![Location { physical_location: PhysicalLocation::new(&finding.path, Some(region)), id: None, message: None }],
        partial_fingerprints: log::Fingerprints { sentence: &finding.fingerprint },
        related_locations: finding.related.iter().zip(1..).map(|(related, id)| related_location(related, id)).collect(),
        fixes: finding.fix.iter().map(fix).collect(),
        suppressions: finding.allowed.iter().map(|allowed| suppression(finding, allowed)).collect(),
        baseline_state: finding.baseline.map(state),
    }
}

fn related_location(related: &super::RelatedOut, id: u32) -> Location {
    let region = related.place.zip(related.end).map(|(start, end)| Region::between(start, end));
    let message = Message { text: related.message.clone() };
    Location { physical_location: PhysicalLocation::new(&related.path, region), id: Some(id), message: Some(message) }
}

fn suppression(finding: &Finding, allowed: &super::AllowedOut) -> Suppression {
    let region = Region::between(allowed.start, allowed.end);
    let location = Location { physical_location: PhysicalLocation::new(&finding.path, Some(region)), id: None, message: None };
    Suppression { kind: "inSource", status: "accepted", justification: allowed.reason.clone(), location }
}

/// A cure, file by file; edits of one file stand together.
fn fix(fix: &FixOut) -> Fix {
    let mut changes: Vec<ArtifactChange> = Vec::new();
    let mut last: Option<&str> = None;
    for edit in &fix.edits {
        if last != Some(edit.path.as_str()) {
            last = Some(&edit.path);
            changes.push(ArtifactChange { artifact_location: ArtifactLocation::of(&edit.path), replacements: Vec::new() });
        }
        if let Some(change) = changes.last_mut() {
            change.replacements.push(replacement(edit));
        }
    }
    Fix { description: Message { text: fix.title.clone() }, artifact_changes: changes }
}

fn replacement(edit: &EditOut) -> Replacement {
    let deleted_region = edit.places.map_or_else(|| Region::of_bytes(edit.bytes), |(start, end)| Region::between(start, end));
    Replacement { deleted_region, inserted_content: ArtifactContent { text: edit.text.clone() } }
}

/// `note`, `warning` and `error` are SARIF's words too.
fn level(level: Level) -> &'static str {
    if level == Level::Off { "none" } else { level.word() }
}

fn state(baseline: Baseline) -> &'static str {
    match baseline {
        Baseline::New => "new",
        Baseline::Unchanged => "unchanged",
        Baseline::Updated => "updated",
        Baseline::Absent => "absent",
    }
}

impl ArtifactLocation {
    fn of(path: &str) -> Self {
        match reference(path) {
            Reference::Relative(uri) => Self { uri, uri_base_id: Some(ROOT) },
            Reference::Absolute(uri) => Self { uri, uri_base_id: None },
        }
    }
}

impl PhysicalLocation {
    fn new(path: &str, region: Option<Region>) -> Self {
        Self { artifact_location: ArtifactLocation::of(path), region }
    }
}

impl Region {
    fn between(start: Place, end: Place) -> Self {
        Self {
            start_line: Some(start.line),
            start_column: Some(start.column),
            end_line: Some(end.line),
            end_column: Some(end.column),
            byte_offset: None,
            byte_length: None,
        }
    }

    /// In a file whose lines are not at hand.
    fn of_bytes(span: Span) -> Self {
        Self { byte_offset: Some(span.start), byte_length: Some(span.len()), ..Self::default() }
    }
}

impl<'a> Run<'a> {
    fn of(ending: &'a Ending) -> Self {
        let notification = |(path, message, grave): &'a (String, String, bool)| log::Notification {
            level: if *grave { "error" } else { "note" },
            message: Message { text: format!("{path} {message}") },
            locations: vec![Located { physical_location: PhysicalLocation::new(path, None) }],
        };
        Run {
            tool: log::Tool { driver: log::Driver::new(rules::all()) },
            invocations: [log::Invocation {
                execution_successful: ending.status < 2,
                exit_code: ending.status,
                tool_execution_notifications: ending.troubles.iter().map(notification).collect(),
            }],
            artifacts: ending.files.iter().map(|path| log::Artifact { location: ArtifactLocation::of(path) }).collect(),
            original_uri_base_ids: log::Bases::of("the folder in which vidimus ran"),
            column_kind: "unicodeCodePoints",
            newline_sequences: ["\r\n", "\n", "\r"],
        }
    }
}
