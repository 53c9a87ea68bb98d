//! VS Code's extension: its own logic without an editor and in the real extension host, its package, and what it says of the server.
//!
//! `editors/vscode/test` and `vscode/host` have the tests; here they are run. What a reader sees is in `workbench`.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::group;
use super::installed::{Installed, root};

/// A machine that compiles beside them may be much slower than one at rest, where they take a minute.
const PATIENCE: Duration = Duration::from_secs(500);

fn manifest() -> Value {
    let text = std::fs::read_to_string(root().join("editors/vscode/package.json")).expect("a manifest");
    serde_json::from_str(&text).expect("JSON")
}

fn vidimus(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_vidimus")).args(arguments).current_dir(root()).output().expect("it runs");
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Runs a command to its end, which must be a success, and shows what it tells.
fn passes(command: &mut Command, folder: &Path) -> String {
    let told = folder.join("told");
    let went_well = group::run(command, PATIENCE, &told);
    let told = std::fs::read_to_string(&told).expect("what was told");
    println!("{told}");
    assert!(went_well, "{told}");
    told
}

#[test]
fn types_fit_and_what_needs_no_editor_works() {
    let Some(installed) = Installed::here() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let extension = root().join("editors/vscode");
    let node = |arguments: &[&str]| {
        let mut command = Command::new(installed.part("NODE"));
        command.args(arguments).current_dir(&extension);
        passes(&mut command, folder.path())
    };
    node(&["node_modules/typescript/bin/tsc", "--noEmit", "--project", "."]);
    let told = node(&["scripts/test.mjs"]);
    assert!(told.contains("fail 0") && !told.contains("pass 0"), "{told}");
}

#[test]
fn the_extension_host_sees_every_way_in_which_a_server_can_be_unwell() {
    let Some(installed) = Installed::here() else { return };
    let folder = tempfile::Builder::new().prefix("host").tempdir().expect("a folder");
    let vsix = folder.path().join("general.vsix");
    let mut package = Command::new(installed.part("NODE"));
    package.arg(root().join("editors/vscode/scripts/package.mjs")).arg("--out").arg(&vsix);
    passes(&mut package, folder.path());
    let mut suites = Command::new(installed.part("NODE"));
    suites.arg(root().join("tests/editors/vscode/host/run.mjs")).arg("--env").arg(&installed.paths);
    suites.arg("--state").arg(folder.path()).arg("--vsix").arg(&vsix);
    suites.arg("--binary").arg(env!("CARGO_BIN_EXE_vidimus")).arg("--corpus").arg(root().join("fixtures/peacekeeping"));
    let told = passes(&mut suites, folder.path());
    for suite in ["one_folder", "two_roots", "bundled", "untrusted"] {
        assert!(told.contains(&format!("# {suite}: passed")), "{suite} did not run");
    }
}

#[test]
fn its_settings_are_those_of_the_server() {
    let schema: Value = serde_json::from_str(&vidimus(&["schema", "settings"])).expect("JSON");
    let manifest = manifest();
    let declared = manifest["contributes"]["configuration"]["properties"].as_object().expect("settings");
    let wanted = schema["properties"].as_object().expect("settings");
    for (name, setting) in wanted {
        for part in ["type", "default", "description"] {
            assert_eq!(declared.get(name).map(|d| &d[part]), Some(&setting[part]), "{part} of {name}");
        }
    }
    let own = ["vidimus.server.path", "vidimus.trace.server"];
    for name in declared.keys().filter(|name| !own.contains(&name.as_str())) {
        assert!(wanted.contains_key(name), "the server knows no {name}");
    }
}

#[test]
fn it_is_of_the_servers_release_and_content_with_it() {
    let manifest = manifest();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    let numbers = |version: &str| version.split('.').map(|part| part.parse::<u32>().expect("a number")).collect::<Vec<_>>();
    let least = manifest["leastServer"].as_str().expect("a version");
    assert!(numbers(least) <= numbers(env!("CARGO_PKG_VERSION")), "it would refuse the server it comes with");
    assert!(vidimus(&["--version"]).starts_with("vidimus "));
}

#[test]
fn its_example_has_the_five_mistakes_that_the_walkthrough_names() {
    let found = vidimus(&["check", "editors/vscode/example", "--format", "json-lines"]);
    let rules: Vec<Value> = found.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let mut rules: Vec<&str> = rules.iter().filter_map(|finding| finding["rule"].as_str()).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["quote-not-in-source", "resolution-year-mismatch", "unknown-entity", "unknown-pinpoint", "unsourced-claim"]);
}
