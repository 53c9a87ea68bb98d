//! Findings as a test states them: a path, a rule and the exact words it stands on.

use std::path::Path;
use std::process::Command;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the corpus's root.
    pub path: String,
    /// Name of the rule.
    pub rule: String,
    /// The words it stands on, white space made single spaces; expected words may begin or end with `…`.
    pub words: String,
}

impl Finding {
    /// Reads `rule: words`.
    pub fn parse(path: &str, line: &str) -> Self {
        let (rule, words) = line.split_once(": ").unwrap_or_else(|| panic!("{path}: not `rule: words`: {line}"));
        Self { path: path.into(), rule: rule.into(), words: one_spaced(words) }
    }

    /// Whether `actual` is what this one expects.
    fn means(&self, actual: &Self) -> bool {
        self.path == actual.path && self.rule == actual.rule && words_match(&self.words, &actual.words)
    }
}

/// Runs the binary in `folder` and gives what it printed. Panics when it could not run at all.
pub fn vidimus(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_vidimus")).args(arguments).current_dir(folder).output().expect("the binary runs");
    String::from_utf8(run.stdout).expect("output is UTF-8")
}

/// What `vidimus check --format json` finds in the corpus at `folder`, in the order given.
pub fn check(folder: &Path) -> Vec<Finding> {
    let printed = vidimus(folder, &["check", "--format", "json", "--no-cache"]);
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}: {printed}"));
    let diagnostics = report["diagnostics"].as_array().expect("a list of diagnostics");
    diagnostics.iter().map(|d| of_json(folder, d)).collect()
}

fn of_json(folder: &Path, diagnostic: &serde_json::Value) -> Finding {
    let word = |key: &str| diagnostic[key].as_str().expect("a word").to_owned();
    let at = |i: usize| usize::try_from(diagnostic["bytes"][i].as_u64().expect("an offset")).expect("it fits");
    let path = word("path");
    let bytes = std::fs::read(folder.join(&path)).expect("a file of the corpus");
    let words = one_spaced(&String::from_utf8_lossy(&bytes[at(0)..at(1)]));
    Finding { path, rule: word("rule"), words }
}

/// Compares, and panics with everything that is missing and everything that is too much.
pub fn assert_same(expected: &[Finding], actual: &[Finding]) {
    let mut surplus: Vec<&Finding> = actual.iter().collect();
    let mut missing = Vec::new();
    for finding in expected {
        match surplus.iter().position(|a| finding.means(a)) {
            Some(i) => drop(surplus.remove(i)),
            None => missing.push(finding),
        }
    }
    let list =
        |findings: &[&Finding]| findings.iter().map(|f| format!("  {}: {}: {}", f.path, f.rule, f.words)).collect::<Vec<_>>().join("\n");
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "expected but not found:\n{}\nfound but not expected:\n{}",
        list(&missing),
        list(&surplus)
    );
}

/// Runs of white space as one space, none at the ends.
pub fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words_match(expected: &str, actual: &str) -> bool {
    match (expected.strip_prefix('…'), expected.strip_suffix('…')) {
        (Some(_), Some(_)) => actual.contains(expected.trim_matches('…')),
        (Some(end), None) => actual.ends_with(end),
        (None, Some(start)) => actual.starts_with(start),
        (None, None) => actual == expected,
    }
}

#[test]
fn an_ellipsis_stands_for_what_is_left_out() {
    assert!(words_match("…to be…", "<!-- to be checked -->") && words_match("a …", "a b") && words_match("… b", "a b"));
    assert!(!words_match("a", "a b") && !words_match("b …", "a b"));
}
