//! The README is kept true: its sessions are run, and its table of rules is the table of rules.

use std::fmt::Write;
use std::path::Path;

use vidimus::config::TextKind;

use super::corpus::command;

fn readme() -> String {
    std::fs::read_to_string("README.md").expect("README.md can be read").replace("\r\n", "\n")
}

/// The `console` blocks: each a command after `$` and what it prints.
fn sessions(readme: &str) -> Vec<(String, String)> {
    let mut sessions: Vec<(String, String)> = Vec::new();
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap_or_default();
        for line in block.lines() {
            match (line.strip_prefix("$ "), sessions.last_mut()) {
                (Some(command), _) => sessions.push((command.to_owned(), String::new())),
                (None, Some((_, printed))) => {
                    printed.push_str(line);
                    printed.push('\n');
                }
                (None, None) => panic!("a console block begins with a command: {line}"),
            }
        }
    }
    sessions
}

/// `UPDATE_README=1 cargo test readme` writes what is printed today into the README, to be read before it is committed.
fn expect(readme: &str, shown: &str, now: &str, what: &str) {
    if shown != now && std::env::var_os("UPDATE_README").is_some() {
        std::fs::write("README.md", readme.replacen(shown, now, 1)).expect("README.md can be written");
    } else {
        assert_eq!(shown, now, "{what} is not what README.md shows; UPDATE_README=1 writes it there");
    }
}

#[test]
fn every_session_prints_what_the_readme_shows() {
    let mut ran = 0;
    let readme = readme();
    for (line, shown) in sessions(&readme) {
        let Some(arguments) = line.strip_prefix("vidimus ") else { continue };
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let output = command(Path::new("."), &arguments).output().expect("the binary runs");
        let printed = String::from_utf8(output.stdout).expect("output is UTF-8");
        let (shown, now) = (format!("$ {line}\n{}", shown.trim_end()), format!("$ {line}\n{}", printed.trim_end()));
        expect(&readme, &shown, &now, &line);
        ran += 1;
    }
    assert!(ran > 0, "the README shows no session");
}

#[test]
fn the_table_of_rules_is_the_table_of_rules() {
    let mut table = String::from("| rule | flags | analysis | source-text | elsewhere |\n|---|---|---|---|---|\n");
    for rule in vidimus::rules::RULES {
        let words = [TextKind::Analysis, TextKind::SourceText, TextKind::Opinion].map(|kind| rule.level_word(kind));
        writeln!(table, "| `{}` | {} | {} |", rule.name, rule.summary, words.join(" | ")).expect("written");
    }
    let readme = readme();
    let from = readme.find("| rule | flags |").expect("README.md has a table of rules");
    let shown: String = readme[from..].split_inclusive('\n').take_while(|line| line.starts_with('|')).collect();
    expect(&readme, &shown, &table, "the table of rules");
}

#[test]
fn the_methods_that_the_readme_lists_are_those_that_are_answered() {
    let readme = readme();
    let from = readme.find("| what | the protocol's methods |").expect("README.md has a table of methods");
    let rows = readme[from..].lines().take_while(|line| line.starts_with('|')).skip(2);
    let mut listed: Vec<&str> = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect();
    let mut answered: Vec<&str> = vidimus::server::capabilities::ANSWERED.iter().map(|(method, _)| *method).collect();
    listed.sort_unstable();
    answered.sort_unstable();
    assert_eq!(listed, answered);
}
