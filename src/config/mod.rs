//! Settings: `vidimus.toml` as plain data.
//!
//! [`Config::parse`] is total: unknown keys, rules and values are faults of `invalid-config` with
//! "did you mean", and all else is used. [`EditorSettings`] are the few that are an editor's own.
//!
//! Not here: finding the file or the texts its globs mean (`workspace`).

mod editor;
mod levels;
mod read;
mod schema;

pub use editor::{EDITOR_SETTINGS, EditorSetting, EditorSettings, SECTION, Wanted, editor_schema};
pub use levels::{Level, LevelRow};
pub use read::{DOCUMENT_KEYS, DOCUMENTS, INSTRUMENT_KEYS, INSTRUMENTS, KEYS, SETTINGS, Setting, Takes, place_of_level};
pub use schema::schema;

use std::sync::Arc;

use crate::text::{Fault, Span};

/// All settings of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `[rules]`: a rule's name and its level.
    pub rules: Vec<(String, Level)>,
    /// `[[documents]]`, in order: a later row wins.
    pub documents: Vec<DocumentRow>,
    /// `citation-scope`
    pub citation_scope: CitationScope,
    /// `[[instrument]]`
    pub instruments: Vec<InstrumentPattern>,
    /// `classes = […]`: bracketed-span classes of the project.
    pub classes: Vec<String>,
    /// `types = […]`: record types of the project.
    pub types: Vec<String>,
    /// `registry = […]`: globs of registry files, in place of the defaults.
    pub registry: Option<Vec<String>>,
    /// `bibliography = […]`: globs of bibliographies, in place of the defaults.
    pub bibliography: Option<Vec<String>>,
    /// `exclude = […]`: globs of files that are not ours.
    pub exclude: Vec<String>,
    /// `allow-files-from = […]`: folders outside the corpus from which a source's `file` may be read.
    pub allow_files_from: Vec<String>,
    /// `fail-on`
    pub fail_on: Option<Level>,
    /// `lang`: language of texts that name none.
    pub lang: Option<String>,
    /// `extend`: another file of settings as written, and where.
    pub extend: Option<(String, Span)>,
    /// What that file says; part of all the above.
    pub base: Option<Arc<Config>>,
}

/// `[[documents]]`: settings for the texts its globs mean.
#[derive(Clone, Debug, Default)]
pub struct DocumentRow {
    /// `files = "texts/**"` or a list of globs, relative to the root.
    pub files: Vec<String>,
    /// `kind`
    pub kind: Option<TextKind>,
    /// `lang`
    pub lang: Option<String>,
    /// `date`
    pub date: Option<String>,
    /// `citation-scope`
    pub citation_scope: Option<CitationScope>,
    /// `rules = {…}`
    pub rules: Vec<(String, Level)>,
}

/// What kind of text it is; decides which rules speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// Its author argues: every claim needs a citation in scope.
    #[default]
    Analysis,
    /// It is itself a source: an attribution in the text suffices.
    SourceText,
    /// Left alone but for the sound rules.
    Opinion,
    /// A note that defines a record: sound rules only.
    Note,
}

impl TextKind {
    /// The words that front matter and settings know.
    pub const WORDS: &'static [&'static str] = &["analysis", "source-text", "opinion"];

    /// By the word in front matter or settings; a note is none of them.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "analysis" => Self::Analysis,
            "source-text" => Self::SourceText,
            "opinion" => Self::Opinion,
            _ => return None,
        })
    }
}

/// How far a citation reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CitationScope {
    /// Its sentence.
    #[default]
    Sentence,
    /// After the last sentence, the whole paragraph.
    Paragraph,
}

impl CitationScope {
    /// Its words.
    pub const WORDS: &'static [&'static str] = &["sentence", "paragraph"];
}

/// `[[instrument]]`: a form of the project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstrumentPattern {
    /// A regular expression.
    pub pattern: String,
    /// The id, with `$1` for what the pattern's groups found.
    pub id: String,
    /// An address, likewise.
    pub url: Option<String>,
}

impl Config {
    /// Reads a `vidimus.toml`. `rule_names` are the names of all rules, so that a wrong one can be told.
    /// Total: what is wrong is a fault of `invalid-config`, spans in bytes of `text`.
    #[must_use]
    pub fn parse(text: &str, rule_names: &[&str]) -> (Self, Vec<Fault>) {
        read::parse(text, Self::default(), rule_names)
    }

    /// The same, building on other settings: those that `extend` names. They are known to the settings from then on.
    #[must_use]
    pub fn parse_over(text: &str, base: Option<Arc<Self>>, rule_names: &[&str]) -> (Self, Vec<Fault>) {
        let (config, faults) = read::parse(text, base.as_deref().cloned().unwrap_or_default(), rule_names);
        (Self { base, ..config }, faults)
    }
}
