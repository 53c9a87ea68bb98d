//! The architecture, read from the sources: what `src/lib.rs` draws is what the files do.

mod dependencies;
mod sources;

use sources::{Source, all_sources};

/// The picture of `src/lib.rs`, lowest row first. `fixture` is the notation of tests and stands outside.
const ROWS: &[&[&str]] = &[
    &["text"],
    &["config", "syntax", "registry"],
    &["prose"],
    &["corpus"],
    &["rules"],
    &["features", "report", "interchange", "workspace"],
    &["cli", "server"],
];

fn row_of(layer: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&layer))
}

/// Fails with all offenders at once: one run shows the whole of what is to be mended.
fn expect_none(offenders: &[String], law: &str) {
    assert!(offenders.is_empty(), "{law}:\n  {}", offenders.join("\n  "));
}

#[test]
fn a_layer_uses_only_rows_below_its_own() {
    let mut offenders = Vec::new();
    for source in all_sources("src") {
        let Some(layer) = source.layer() else { continue };
        let Some(row) = row_of(layer) else {
            offenders.push(format!("{}: `{layer}` is in no row of the picture", source.path));
            continue;
        };
        for (line, used) in source.layers_used() {
            let allowed = used == layer || used == "fixture" || row_of(&used).is_some_and(|r| r < row);
            if !allowed {
                offenders.push(format!("{}:{line}: `{layer}` uses `{used}`", source.path));
            }
        }
    }
    expect_none(&offenders, "a layer may use only rows below its own, and siblings are blind to each other");
}

#[test]
fn the_picture_and_the_folders_agree() {
    let lib = std::fs::read_to_string("src/lib.rs").expect("src/lib.rs can be read");
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut drawn: Vec<&str> = ROWS.concat();
    let mut declared_sorted = declared;
    drawn.sort_unstable();
    declared_sorted.sort_unstable();
    assert_eq!(drawn, declared_sorted, "a layer of src/lib.rs stands in no row of this test, or the other way round");
}

#[test]
fn only_the_server_names_a_type_of_the_protocol() {
    forbid(&["tower_lsp", "ls_types", "lsp_types"], |s| s.layer() == Some("server"), "a type of the protocol outside `server/`");
}

#[test]
fn only_workspace_and_cli_touch_the_disk_the_environment_and_the_clock() {
    let door = |s: &Source| matches!(s.layer(), Some("workspace" | "cli")) || s.path == "src/main.rs";
    let words = ["std::fs", "std::env", "SystemTime", "Instant::", "Timestamp::now", "Zoned::now", "std::process::Command"];
    forbid(&words, door, "the disk, the environment or the clock outside `workspace/`, `cli/` and main.rs");
}

#[test]
fn only_the_terminal_prints() {
    let door = |s: &Source| s.layer() == Some("cli") || s.path == "src/main.rs";
    forbid(&["println!", "eprintln!", "print!(", "eprint!(", "dbg!("], door, "a printed line outside `cli/` and main.rs");
}

#[test]
fn nothing_is_left_for_later() {
    forbid(&["todo!(", "unimplemented!("], |_| false, "an unfinished mark");
}

/// No code outside tests may hold one of `words` unless the file is a `door`.
fn forbid(words: &[&str], door: impl Fn(&Source) -> bool, law: &str) {
    let mut offenders = Vec::new();
    for source in all_sources("src").iter().filter(|s| !door(s)) {
        for (line, code) in source.product_code() {
            offenders.extend(words.iter().filter(|w| code.contains(*w)).map(|w| format!("{}:{line}: {w}", source.path)));
        }
    }
    expect_none(&offenders, law);
}

#[test]
fn every_file_has_a_front_page_and_fits_on_a_desk() {
    let mut offenders = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(all_sources) {
        if !source.text.starts_with("//!") {
            offenders.push(format!("{}: begins without a front page (`//!`)", source.path));
        }
        let lines = source.text.lines().count();
        if lines > 500 {
            offenders.push(format!("{}: {lines} lines, at most 500", source.path));
        }
    }
    expect_none(&offenders, "every file says what it is for and stays readable");
}

#[test]
fn a_rule_stands_in_the_file_named_after_it() {
    let mut offenders = Vec::new();
    for source in all_sources("src/rules") {
        if !source.product_code().any(|(_, code)| code.trim_start().starts_with("rule! {")) {
            continue;
        }
        let stem = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        let name = format!("\"{}\", \"", stem.replace('_', "-"));
        if !source.product_code().any(|(_, code)| code.contains(&name)) {
            offenders.push(format!("{}: declares no rule that begins {name}", source.path));
        }
    }
    expect_none(&offenders, "a rule is found under its name");
}

#[test]
fn there_is_no_drawer_for_odds_and_ends() {
    let names = ["util", "utils", "helper", "helpers", "misc", "common"];
    let paths = all_sources("src").into_iter().map(|s| s.path);
    let offenders: Vec<String> = paths.filter(|p| p.split(['/', '.']).any(|part| names.contains(&part))).collect();
    expect_none(&offenders, "a module has a subject");
}
