//! Rules that follow from the files alone, in cases written to mislead them: every one must be told as it was labelled.
//!
//! `fixtures/precision/sound/RULE.txt` has the cases, each of a few files; its head tells how they are written.

use std::path::Path;
use std::process::Command;

/// One case: its label, what it shows, and its files with their paths.
#[derive(Default)]
struct Case {
    label: char,
    title: String,
    files: Vec<(String, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut blank = true;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let title = line.strip_prefix(['+', '-']).and_then(|rest| rest.strip_prefix(' '));
        match (title, cases.last_mut()) {
            (Some(title), _) if blank => {
                let label = line.chars().next().unwrap_or_default();
                cases.push(Case { label, title: title.to_owned(), ..Case::default() });
            }
            (_, Some(case)) => match (line.strip_prefix("-- "), case.files.last_mut()) {
                (Some(path), _) => case.files.push((path.to_owned(), String::new())),
                (None, Some((_, words))) => {
                    words.push_str(line);
                    words.push('\n');
                }
                (None, None) => {}
            },
            _ => {}
        }
        blank = line.is_empty();
    }
    cases
}

/// Whether the rule finds anything in the files of a case.
fn speaks(rule: &str, case: &Case) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    for (path, words) in &case.files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, words).expect("written");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_vidimus"))
        .args(["check", "--format", "json", "--no-cache", "--exit-zero", "--select", rule])
        .current_dir(folder.path())
        .output()
        .expect("the binary runs");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    report["diagnostics"].as_array().expect("diagnostics").iter().any(|one| one["rule"] == rule)
}

#[test]
fn sound_rules_tell_every_case_as_it_was_labelled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/precision/sound");
    let (mut count, mut otherwise) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("the cases").flatten() {
        let rule = entry.path().file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(vidimus::rules::rule(&rule).is_some(), "`{rule}` is no rule");
        for case in cases(&std::fs::read_to_string(entry.path()).expect("cases").replace("\r\n", "\n")) {
            count += 1;
            if speaks(&rule, &case) != (case.label == '+') {
                otherwise.push(format!("{rule}: {} {}", case.label, case.title));
            }
        }
    }
    assert!(count >= 50, "only {count} cases");
    assert!(otherwise.is_empty(), "told otherwise than labelled:\n{}", otherwise.join("\n"));
}
