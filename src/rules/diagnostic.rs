//! A finding.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use smol_str::SmolStr;

use crate::config::Level;
use crate::text::{Edits, Span};

/// A rule's name as the table of rules holds it; named, because what is read in may not borrow from what it is read of.
pub type RuleName = &'static str;

/// What is said of a finding: most say what others of their rule do, and share the words.
pub type Words = Cow<'static, str>;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The file, relative to the corpus's root, parts joined by `/`.
    pub path: SmolStr,
    /// Name of the rule.
    #[serde(deserialize_with = "name_of_rule")]
    pub rule: RuleName,
    /// How grave, after settings.
    pub level: Level,
    /// Where, in bytes of the file.
    pub span: Span,
    /// The fault: names in backticks, no full stop.
    pub message: Words,
    /// The cure.
    pub help: Option<Words>,
    /// Places that explain it.
    pub related: Vec<Related>,
    /// A cure that can be applied: the likeliest, when there are several.
    pub fix: Option<Fix>,
    /// Others, between which only the author can choose; none of them is safe.
    pub alternatives: Vec<Fix>,
    /// Stays the same while other parts of the text change: rule, normalised sentence, id.
    pub fingerprint: String,
}

impl Diagnostic {
    /// Whether its likeliest cure leaves the meaning as it is.
    #[must_use]
    pub fn is_safely_fixed(&self) -> bool {
        self.fix.as_ref().is_some_and(|fix| fix.safe)
    }

    /// All cures that can be applied, the likeliest first.
    pub fn fixes(&self) -> impl Iterator<Item = &Fix> {
        self.fix.iter().chain(&self.alternatives)
    }
}

/// A place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// The file, as in [`Diagnostic::path`].
    pub path: SmolStr,
    /// Where.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A cure that can be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does: "Write `unsc-2202`".
    pub title: String,
    /// Whether it leaves the meaning as it is.
    pub safe: bool,
    /// What changes, by file.
    pub edits: Vec<(SmolStr, Edits)>,
}

/// The name as the table of rules holds it; a name that is not there is an error.
fn name_of_rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let name = SmolStr::deserialize(deserializer)?;
    super::rule(&name).map(|rule| rule.name).ok_or_else(|| serde::de::Error::custom("no rule bears that name"))
}
