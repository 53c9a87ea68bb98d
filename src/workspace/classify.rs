//! What a file is, by its name and the settings.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::config::Config;

/// What a file of the corpus holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A text in Markdown: `.md .markdown .qmd .Rmd`.
    Markdown,
    /// A text in plain paragraphs: `.txt`.
    PlainText,
    /// A list of records in YAML.
    RegistryYaml,
    /// Records, one JSON object a line.
    RegistryJsonl,
    /// A BibLaTeX bibliography.
    Bib,
    /// A bibliography in CSL-JSON.
    CslJson,
    /// A bibliography in CSL-YAML.
    CslYaml,
}

impl FileKind {
    /// Whether it is a text, as opposed to a file of records.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Markdown | Self::PlainText)
    }
}

/// Tells what files are, for one corpus.
#[derive(Clone, Debug)]
pub struct Classifier {
    registry: Option<GlobSet>,
    bibliography: Option<GlobSet>,
    exclude: GlobSet,
}

impl Classifier {
    /// For the settings of a corpus. A glob that does not compile was already told and left out by [`Config::parse`].
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            registry: config.registry.as_deref().map(globs),
            bibliography: config.bibliography.as_deref().map(globs),
            exclude: globs(&config.exclude),
        }
    }

    /// Whether the settings say that `path` (relative to the root, with `/`) is not ours; a folder is when all in it is.
    #[must_use]
    pub fn excludes(&self, path: &str) -> bool {
        self.exclude.is_match(path)
    }

    /// What `path` (relative to the root, with `/`) is; `None` for what is not ours.
    #[must_use]
    pub fn kind(&self, path: &str) -> Option<FileKind> {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let (stem, ending) = name.rsplit_once('.')?;
        match ending {
            "md" | "markdown" | "qmd" | "rmd" => Some(FileKind::Markdown),
            "txt" => Some(FileKind::PlainText),
            _ if self.is_bibliography(path, stem, ending) => bibliography_kind(ending),
            _ if self.is_registry(path, stem) => registry_kind(ending),
            _ => None,
        }
    }

    fn is_registry(&self, path: &str, stem: &str) -> bool {
        match &self.registry {
            Some(globs) => globs.is_match(path),
            None => stem == "registry" || path.starts_with("registry/"),
        }
    }

    fn is_bibliography(&self, path: &str, stem: &str, ending: &str) -> bool {
        match &self.bibliography {
            Some(globs) => globs.is_match(path),
            None => {
                ending == "bib" || (matches!(ending, "json" | "yaml" | "yml") && stem.rsplit_once('.').is_some_and(|(_, e)| e == "csl"))
            }
        }
    }
}

/// What a file that somebody calls a bibliography is, by its ending.
#[must_use]
pub fn bibliography_kind(ending: &str) -> Option<FileKind> {
    match ending.to_ascii_lowercase().as_str() {
        "bib" => Some(FileKind::Bib),
        "json" => Some(FileKind::CslJson),
        "yaml" | "yml" => Some(FileKind::CslYaml),
        _ => None,
    }
}

fn registry_kind(ending: &str) -> Option<FileKind> {
    match ending {
        "yaml" | "yml" => Some(FileKind::RegistryYaml),
        "jsonl" | "ndjson" => Some(FileKind::RegistryJsonl),
        _ => None,
    }
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        for pattern in [pattern.to_owned(), format!("{}/**", pattern.trim_end_matches('/'))] {
            // `drafts` and `drafts/` mean all that lies in the folder.
            if let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() {
                set.add(glob);
            }
        }
    }
    set.build().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_names() {
        let by_default = Classifier::new(&Config::default());
        let expected = [
            ("texts/a.md", Some(FileKind::Markdown)),
            ("b.Rmd", Some(FileKind::Markdown)),
            ("a.TXT", Some(FileKind::PlainText)),
            ("registry/people.yaml", Some(FileKind::RegistryYaml)),
            ("registry/deep/people.jsonl", Some(FileKind::RegistryJsonl)),
            ("registry.jsonl", Some(FileKind::RegistryJsonl)),
            ("old/registry.yaml", Some(FileKind::RegistryYaml)),
            ("registry/notes.md", Some(FileKind::Markdown)),
            ("refs.bib", Some(FileKind::Bib)),
            ("zotero.csl.json", Some(FileKind::CslJson)),
            ("zotero.csl.yaml", Some(FileKind::CslYaml)),
            ("package.json", None),
            ("mkdocs.yaml", None),
            ("Makefile", None),
        ];
        for (path, kind) in expected {
            assert_eq!(by_default.kind(path), kind, "{path}");
        }
    }

    #[test]
    fn settings_take_the_place_of_the_defaults() {
        let config = Config {
            registry: Some(vec!["people/*.yaml".into()]),
            bibliography: Some(vec!["refs/zotero.json".into()]),
            exclude: vec!["drafts".into(), "**/*.tmp.md".into()],
            ..Config::default()
        };
        let told = Classifier::new(&config);
        assert_eq!(told.kind("people/a.yaml"), Some(FileKind::RegistryYaml));
        assert_eq!(told.kind("people/deep/a.yaml"), None);
        assert_eq!(told.kind("registry/a.yaml"), None);
        assert_eq!(told.kind("refs/zotero.json"), Some(FileKind::CslJson));
        assert_eq!(told.kind("other.bib"), None);
        assert!(told.excludes("drafts") && told.excludes("drafts/x/y.md") && told.excludes("a/b.tmp.md"));
        assert!(!told.excludes("draft.md"));
    }
}
