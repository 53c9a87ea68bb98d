//! How grave a finding is.

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

/// A rule's level in each kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelRow {
    /// In an analysis.
    pub analysis: Level,
    /// In a source-text.
    pub source_text: Level,
    /// In an opinion and in a record's note.
    pub other: Level,
}

impl Level {
    /// All words that settings and arguments know.
    pub const WORDS: &'static [&'static str] = &["off", "note", "warning", "error"];

    /// By its word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "off" => Self::Off,
            "note" => Self::Note,
            "warning" => Self::Warning,
            "error" => Self::Error,
            _ => return None,
        })
    }

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl LevelRow {
    /// The same in every kind of text.
    #[must_use]
    pub const fn everywhere(level: Level) -> Self {
        Self { analysis: level, source_text: level, other: level }
    }

    /// In analyses and source-texts as given, elsewhere off.
    #[must_use]
    pub const fn texts(analysis: Level, source_text: Level) -> Self {
        Self { analysis, source_text, other: Level::Off }
    }
}
