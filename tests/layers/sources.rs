//! Reading our own sources: which layer a file belongs to and which it names.

use std::path::Path;

/// One source file.
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// Every `.rs` file below `folder`, sorted; none when there is no such folder.
pub fn all_sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new(folder), &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file is UTF-8");
            found.push(Source { path: path.display().to_string().replace('\\', "/"), text });
        }
    }
}

impl Source {
    /// The folder under `src/` it lies in; none for `main.rs`, `lib.rs` and `fixture.rs`, which stand above all rows.
    pub fn layer(&self) -> Option<&str> {
        let (layer, _) = self.path.strip_prefix("src/")?.split_once('/')?;
        Some(layer)
    }

    /// Lines of code with their numbers, from 1; comments left out.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, l)| (n + 1, l)).filter(|(_, l)| !l.trim_start().starts_with("//"))
    }

    /// The same without unit tests, which stand last in a file or in a `tests.rs` of their own.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test_file = self.path == "src/fixture.rs" || self.is_declared_for_tests();
        let tests_at = if is_test_file { Some(0) } else { self.text.find("#[cfg(test)]\nmod tests {") };
        let last = tests_at.map_or(usize::MAX, |at| self.text[..at].lines().count());
        self.code().take_while(move |(n, _)| *n <= last)
    }

    /// Whether the module above declares it under `#[cfg(test)]`.
    fn is_declared_for_tests(&self) -> bool {
        let path = Path::new(&self.path);
        let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else { return false };
        let above = [folder.join("mod.rs"), folder.with_extension("rs"), folder.join("lib.rs")];
        let declaration = format!("#[cfg(test)]\nmod {};", stem.display());
        above.iter().any(|file| std::fs::read_to_string(file).is_ok_and(|text| text.contains(&declaration)))
    }

    /// Which layers the code names by `crate::…`, and on which line.
    pub fn layers_used(&self) -> Vec<(usize, String)> {
        let mut used = Vec::new();
        for (line, code) in self.code() {
            for rest in code.split("crate::").skip(1) {
                used.extend(heads(rest).into_iter().map(|name| (line, name)));
            }
        }
        used
    }
}

/// The first names of what follows `crate::`: one, or several in braces.
fn heads(rest: &str) -> Vec<String> {
    let name = |s: &str| s.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut depth = 0;
    let parts = group.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    parts.map(name).filter(|n| !n.is_empty()).collect()
}
