//! The parts of a SARIF log that we write, named as in section 3 of the standard.

use serde::Serialize;

/// `result` (3.27)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Result<'a> {
    pub(super) rule_id: &'static str,
    pub(super) rule_index: usize,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Location>,
    pub(super) partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<Fix>,
    /// Empty says that it is not suppressed; absent would say that nobody knows.
    pub(super) suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) baseline_state: Option<&'static str>,
}

/// Of `partialFingerprints`: the name has the version of how it is made.
#[derive(Serialize)]
pub(super) struct Fingerprints<'a> {
    /// Rule, file and the words of the sentence.
    #[serde(rename = "vidimusSentence/v1")]
    pub(super) sentence: &'a str,
}

/// `message` (3.11)
#[derive(Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

/// `location` (3.28)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<u32>,
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

/// The same of a file as a whole.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Located {
    pub(super) physical_location: PhysicalLocation,
}

/// `physicalLocation` (3.29)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) region: Option<Region>,
}

/// `artifactLocation` (3.4)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    pub(super) uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uri_base_id: Option<&'static str>,
}

/// `region` (3.30): lines and columns, or bytes.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_line: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byte_offset: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) byte_length: Option<u32>,
}

/// `fix` (3.55)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix {
    pub(super) description: Message,
    pub(super) artifact_changes: Vec<ArtifactChange>,
}

/// `artifactChange` (3.56)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactChange {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) replacements: Vec<Replacement>,
}

/// `replacement` (3.57)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replacement {
    pub(super) deleted_region: Region,
    pub(super) inserted_content: ArtifactContent,
}

/// `artifactContent` (3.3)
#[derive(Serialize)]
pub(super) struct ArtifactContent {
    pub(super) text: String,
}

/// `suppression` (3.35)
#[derive(Serialize)]
pub(super) struct Suppression {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) justification: String,
    pub(super) location: Location,
}

/// `run` (3.14) but for its results.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run<'a> {
    pub(super) tool: Tool<'a>,
    pub(super) invocations: [Invocation; 1],
    pub(super) artifacts: Vec<Artifact>,
    pub(super) original_uri_base_ids: Bases,
    pub(super) column_kind: &'static str,
    pub(super) newline_sequences: [&'static str; 3],
}

/// `originalUriBaseIds` (3.14.14): no `uri`, which would differ from machine to machine.
#[derive(Serialize)]
pub(super) struct Bases {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

#[derive(Serialize)]
struct Base {
    description: Message,
}

impl Bases {
    pub(super) fn of(description: &str) -> Self {
        Self { root: Base { description: Message { text: description.into() } } }
    }
}

/// `tool` (3.18)
#[derive(Serialize)]
pub(super) struct Tool<'a> {
    pub(super) driver: Driver<'a>,
}

/// `toolComponent` (3.19)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    short_description: Message,
    rules: &'a [Rule],
}

impl<'a> Driver<'a> {
    pub(super) fn new(rules: &'a [Rule]) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        let short_description = Message { text: format!("{}.", env!("CARGO_PKG_DESCRIPTION")) };
        Self { name: "Vidimus", version, semantic_version: version, short_description, rules }
    }
}

/// `reportingDescriptor` (3.49)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    pub(super) id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) help: Help,
    pub(super) default_configuration: Configuration,
    pub(super) properties: Properties,
}

/// `multiformatMessageString` (3.12)
#[derive(Serialize)]
pub(super) struct Help {
    pub(super) text: String,
    pub(super) markdown: String,
}

/// `reportingConfiguration` (3.50)
#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) enabled: bool,
    pub(super) level: &'static str,
}

/// A rule's property bag: `tags` (3.8.2), what GitHub reads (`precision`, `problem.severity`), and the level by kind of text.
#[derive(Serialize)]
pub(super) struct Properties {
    pub(super) tags: Vec<&'static str>,
    pub(super) precision: &'static str,
    #[serde(rename = "problem.severity")]
    pub(super) severity: &'static str,
    pub(super) levels: Levels,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Levels {
    pub(super) analysis: &'static str,
    pub(super) source_text: &'static str,
    pub(super) elsewhere: &'static str,
}

/// `invocation` (3.20)
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub(super) execution_successful: bool,
    pub(super) exit_code: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tool_execution_notifications: Vec<Notification>,
}

/// `notification` (3.58)
#[derive(Serialize)]
pub(super) struct Notification {
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Located>,
}

/// `artifact` (3.24)
#[derive(Serialize)]
pub(super) struct Artifact {
    pub(super) location: ArtifactLocation,
}
