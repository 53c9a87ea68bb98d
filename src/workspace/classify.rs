//! What a file is, by its name and the settings.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::config::Config;
use crate::corpus::{FileKind, RegistryFormat};
use crate::registry::sidecar;
use crate::syntax::Format;

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
        if let Some(text) = name.strip_suffix(sidecar::ENDING) {
            return self.kind(text).filter(|kind| kind.is_text()).map(|_| FileKind::Sidecar);
        }
        match ending {
            "md" | "markdown" | "qmd" | "rmd" => Some(FileKind::Text(Format::Markdown)),
            "txt" => Some(FileKind::Text(Format::Plain)),
            _ if self.is_bibliography(path, stem, ending) => bibliography_kind(ending).map(FileKind::Registry),
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
pub fn bibliography_kind(ending: &str) -> Option<RegistryFormat> {
    match ending.to_ascii_lowercase().as_str() {
        "bib" => Some(RegistryFormat::Bib),
        "json" => Some(RegistryFormat::CslJson),
        "yaml" | "yml" => Some(RegistryFormat::CslYaml),
        _ => None,
    }
}

fn registry_kind(ending: &str) -> Option<FileKind> {
    match ending {
        "yaml" | "yml" => Some(FileKind::Registry(RegistryFormat::Yaml)),
        "jsonl" | "ndjson" => Some(FileKind::Registry(RegistryFormat::Jsonl)),
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
            ("texts/a.md", Some(FileKind::Text(Format::Markdown))),
            ("b.Rmd", Some(FileKind::Text(Format::Markdown))),
            ("a.TXT", Some(FileKind::Text(Format::Plain))),
            ("registry/people.yaml", Some(FileKind::Registry(RegistryFormat::Yaml))),
            ("registry/deep/people.jsonl", Some(FileKind::Registry(RegistryFormat::Jsonl))),
            ("registry.jsonl", Some(FileKind::Registry(RegistryFormat::Jsonl))),
            ("old/registry.yaml", Some(FileKind::Registry(RegistryFormat::Yaml))),
            ("registry/notes.md", Some(FileKind::Text(Format::Markdown))),
            ("refs.bib", Some(FileKind::Registry(RegistryFormat::Bib))),
            ("zotero.csl.json", Some(FileKind::Registry(RegistryFormat::CslJson))),
            ("zotero.csl.yaml", Some(FileKind::Registry(RegistryFormat::CslYaml))),
            ("package.json", None),
            ("texts/a.md.annotations.json", Some(FileKind::Sidecar)),
            ("package.json.annotations.json", None),
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
        assert_eq!(told.kind("people/a.yaml"), Some(FileKind::Registry(RegistryFormat::Yaml)));
        assert_eq!(told.kind("people/deep/a.yaml"), None);
        assert_eq!(told.kind("registry/a.yaml"), None);
        assert_eq!(told.kind("refs/zotero.json"), Some(FileKind::Registry(RegistryFormat::CslJson)));
        assert_eq!(told.kind("other.bib"), None);
        assert!(told.excludes("drafts") && told.excludes("drafts/x/y.md") && told.excludes("a/b.tmp.md"));
        assert!(!told.excludes("draft.md"));
    }
}
