//! Word lists, a data file a language, each line with its reason.
//!
//! A line is `words<TAB>class<TAB>reason`: the words of one line share class and reason. What the
//! words of a line look like, and which classes there are, is told at the top of each file. Lines
//! that begin with `#` and empty lines say nothing. The files are read once, when first asked for.
//!
//! Not here: what is done with the words (`sentences`, `figures`, `phrases`).

/// One line of a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The words, as the file's head explains.
    pub words: &'static str,
    /// What they are.
    pub class: &'static str,
    /// Why they are listed.
    pub reason: &'static str,
}

/// The lines of a list that say something. A column that is missing is empty.
pub fn entries(file: &'static str) -> impl Iterator<Item = Entry> {
    file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut columns = line.splitn(3, '\t').map(str::trim);
        let mut column = || columns.next().unwrap_or_default();
        Entry { words: column(), class: column(), reason: column() }
    })
}

/// Abbreviations: which full stop ends no sentence.
pub const ABBREVIATIONS: [&str; 2] = [include_str!("abbreviations_en.txt"), include_str!("abbreviations_ru.txt")];
/// Words that open sentences, and words by which somebody is made to speak.
pub const OPENERS: [&str; 2] = [include_str!("openers_en.txt"), include_str!("openers_ru.txt")];

/// Phrases that attribute to nobody.
pub const VAGUE: [&str; 2] = [include_str!("vague_en.txt"), include_str!("vague_ru.txt")];

/// Superlatives, proportions and votes: what surprises or counts without a number.
pub const SURPRISING: [&str; 2] = [include_str!("surprising_en.txt"), include_str!("surprising_ru.txt")];

/// Verbs of speech that judge what was said.
pub const LOADED: [&str; 2] = [include_str!("loaded_en.txt"), include_str!("loaded_ru.txt")];

/// What says whose words are in marks without a verb of speech.
pub const SHAPES: [&str; 2] = [include_str!("shapes_en.txt"), include_str!("shapes_ru.txt")];

/// Words round what a rule looks at.
pub const CONTEXT: [&str; 2] = [include_str!("context_en.txt"), include_str!("context_ru.txt")];

/// The words of a class of [`CONTEXT`], of both languages, in small letters.
#[must_use]
pub fn context(class: &str) -> Vec<&'static str> {
    let lines = CONTEXT.into_iter().flat_map(entries).filter(|line| line.class == class);
    lines.flat_map(|line| line.words.split('/')).collect()
}

/// Given names.
pub const GIVEN_NAMES: [&str; 2] = [include_str!("given_names_en.txt"), include_str!("given_names_ru.txt")];

/// Number words, magnitudes and approximators.
pub const NUMBERS: [&str; 2] = [include_str!("numbers_en.txt"), include_str!("numbers_ru.txt")];
/// Units, with their normal forms.
pub const UNITS: [&str; 2] = [include_str!("units_en.txt"), include_str!("units_ru.txt")];
/// What stands beside a number that is no figure.
pub const NOT_FIGURES: [&str; 2] = [include_str!("not_figures_en.txt"), include_str!("not_figures_ru.txt")];

/// Every list, by its name.
pub const ALL: [(&str, &str); 22] = [
    ("abbreviations_en", ABBREVIATIONS[0]),
    ("abbreviations_ru", ABBREVIATIONS[1]),
    ("openers_en", OPENERS[0]),
    ("openers_ru", OPENERS[1]),
    ("vague_en", VAGUE[0]),
    ("vague_ru", VAGUE[1]),
    ("surprising_en", SURPRISING[0]),
    ("surprising_ru", SURPRISING[1]),
    ("loaded_en", LOADED[0]),
    ("loaded_ru", LOADED[1]),
    ("shapes_en", SHAPES[0]),
    ("shapes_ru", SHAPES[1]),
    ("context_en", CONTEXT[0]),
    ("context_ru", CONTEXT[1]),
    ("given_names_en", GIVEN_NAMES[0]),
    ("given_names_ru", GIVEN_NAMES[1]),
    ("numbers_en", NUMBERS[0]),
    ("numbers_ru", NUMBERS[1]),
    ("units_en", UNITS[0]),
    ("units_ru", UNITS[1]),
    ("not_figures_en", NOT_FIGURES[0]),
    ("not_figures_ru", NOT_FIGURES[1]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_three_columns_and_a_reason() {
        for (name, file) in ALL {
            for entry in entries(file) {
                assert!(!entry.words.is_empty(), "{name}: {entry:?}");
                assert!(!entry.class.is_empty() && !entry.class.contains(' '), "{name}: {entry:?}");
                assert!(entry.reason.chars().count() >= 3, "{name}: {entry:?}");
            }
        }
    }
}
