//! A corpus whose files are faulty: each fault is told at its place, and nothing else breaks.

use std::path::Path;

use super::findings::{Finding, assert_same, check};

const CORPUS: &str = "fixtures/broken";

#[test]
fn every_faulty_file_is_told_and_the_rest_is_used() {
    let listed = std::fs::read_to_string("fixtures/broken.expected").expect("the list of findings");
    let expected: Vec<_> = listed
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (path, finding) = line.split_once(": ").expect("`path: rule: words`");
            Finding::parse(path, finding)
        })
        .collect();
    assert_same(&expected, &check(Path::new(CORPUS)));
}
