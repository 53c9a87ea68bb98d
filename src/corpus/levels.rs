//! Where a rule's level in a text is set.

use super::{FileState, Snapshot};
use crate::config::TextKind;

/// What set a rule's level in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelFrom {
    /// Nothing: it is the rule's own for texts of this kind.
    Kind(TextKind),
    /// `[rules]` of the settings.
    Rules,
    /// A row of `[[documents]]`, by its index, and its globs.
    Documents(usize, Vec<String>),
}

impl Snapshot {
    /// What set a rule's level in a file: the last row of the settings that is for the file and names the rule.
    #[must_use]
    pub fn level_from(&self, file: &FileState, rule: &str) -> LevelFrom {
        let names = |rules: &[(String, crate::config::Level)]| rules.iter().any(|(name, _)| name == rule);
        let rows = self.config.documents.iter().zip(&self.compiled.rows).enumerate();
        let row = rows.filter(|(_, (row, globs))| names(&row.rules) && globs.is_match(file.path.as_str())).last();
        match row {
            Some((index, (row, _))) => LevelFrom::Documents(index, row.files.clone()),
            None if names(&self.config.rules) => LevelFrom::Rules,
            None => LevelFrom::Kind(file.settings.kind),
        }
    }
}
