//! The example corpus: each text's `expect` comment is the whole truth about it.

use std::path::{Path, PathBuf};

use super::findings::{Finding, assert_same, check};

const CORPUS: &str = "fixtures/peacekeeping";

/// The lines of the `expect` comment, none when there is no such comment.
fn expected_of(path: &str, text: &str) -> Vec<Finding> {
    let Some((_, rest)) = text.split_once("\n<!-- expect\n") else { return Vec::new() };
    let (lines, after) = rest.split_once("\n-->").unwrap_or_else(|| panic!("{path}: the `expect` comment does not end"));
    assert!(after.trim().is_empty(), "{path}: the `expect` comment is the text's last block");
    lines.lines().map(|line| Finding::parse(path, line)).collect()
}

fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the corpus").flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|e| e == "md" || e == "txt") {
            found.push(path);
        }
    }
}

fn all_expected() -> Vec<Finding> {
    let mut paths = Vec::new();
    texts(Path::new(CORPUS), &mut paths);
    paths.sort();
    paths
        .iter()
        .flat_map(|path| {
            let name = path.strip_prefix(CORPUS).expect("below the corpus").display().to_string().replace('\\', "/");
            let text = std::fs::read_to_string(path).expect("a text is UTF-8").replace("\r\n", "\n");
            expected_of(&name, &text)
        })
        .collect()
}

#[test]
fn every_text_gives_what_its_comment_says() {
    assert_same(&all_expected(), &check(Path::new(CORPUS)));
}

#[test]
fn findings_come_in_the_order_of_paths_and_places() {
    let paths: Vec<_> = check(Path::new(CORPUS)).into_iter().map(|f| f.path).collect();
    assert!(paths.is_sorted(), "{paths:?}");
}

#[test]
fn drafts_are_wrong_and_all_else_in_analyses_is_right() {
    let wrong: Vec<_> = all_expected().into_iter().map(|f| f.path).filter(|p| p.starts_with("analyses/")).collect();
    assert!(wrong.iter().all(|p| p.starts_with("analyses/draft-")), "{wrong:?}");
}
