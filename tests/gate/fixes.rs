//! `check --fix` and `--diff`.

use std::process::{Command, Stdio};

use crate::commands::Corpus;

const REGISTRY: &str = "- {id: lavrov, type: person, name: Sergey Lavrov, formerly: [lavrow]}\n";

fn corpus() -> Corpus {
    Corpus::of(&[
        ("vidimus.toml", ""),
        ("registry/people.yaml", REGISTRY),
        ("texts/a.md", "[[lavrow|He]] left.\r\n\r\n[[lavrow|he]]{.mention} did.\r\nIt is widely believed."),
        ("texts/b.md", "Calm.\n"),
        ("c.md", "\u{feff}[[lavrow|He]] 𝕏.\n"),
    ])
}

fn read(corpus: &Corpus, path: &str) -> String {
    std::fs::read_to_string(corpus.path(path)).expect("a text")
}

#[test]
fn fixes_are_made_and_the_rest_is_told() {
    let corpus = corpus();
    let ran = corpus.run(&["check", "--fix", "--format", "json"]);
    // Line ends, the missing last one, and the byte order mark are the author's.
    assert_eq!(read(&corpus, "texts/a.md"), "[[lavrov|He]] left.\r\n\r\n[[[lavrov|he]]]{.mention} did.\r\nIt is widely believed.");
    assert_eq!(read(&corpus, "c.md"), "\u{feff}[[lavrov|He]] 𝕏.\n");
    assert!(ran.err.starts_with("note: made 4 fixes in 2 files\n"), "{}", ran.err);
    let report = ran.json();
    let rules: Vec<&str> = report["diagnostics"].as_array().expect("a list").iter().filter_map(|d| d["rule"].as_str()).collect();
    assert_eq!((rules, ran.status), (vec!["vague-attribution"], 1));
    let again = corpus.run(&["check", "--fix", "--format", "json"]);
    assert_eq!((again.err.as_str(), again.json()), ("", report));
}

#[test]
fn only_what_is_selected_and_asked_for_is_fixed() {
    let corpus = corpus();
    assert_eq!(corpus.run(&["check", "--fix", "--quiet", "--select", "vague-attribution", "--exit-zero"]).status, 0);
    assert!(read(&corpus, "c.md").contains("lavrow"));
    corpus.run(&["check", "--fix", "--quiet", "c.md"]);
    assert!(!read(&corpus, "c.md").contains("lavrow") && read(&corpus, "texts/a.md").contains("lavrow"));
}

#[test]
fn a_fix_that_changes_the_meaning_is_made_only_when_asked_for() {
    let text = "[Exports fell]{.claimm} [@x].\n";
    let files = [("vidimus.toml", ""), ("refs.bib", "@misc{x, title = {X}}\n"), ("a.md", text)];
    let (safe, all) = (Corpus::of(&files), Corpus::of(&files));
    safe.run(&["check", "--fix"]);
    all.run(&["check", "--fix", "--unsafe-fixes"]);
    assert!(read(&safe, "a.md").contains(".claimm"));
    assert!(read(&all, "a.md").contains(".claim}"), "{}", read(&all, "a.md"));
}

#[test]
fn the_diff_is_a_patch_that_does_what_fix_does() {
    let (shown, fixed) = (corpus(), corpus());
    let diff = shown.run(&["check", "--diff"]);
    assert_eq!(diff.status, 1, "{}", diff.err);
    assert!(diff.out.starts_with("--- a/c.md\n+++ b/c.md\n@@ -1 +1 @@\n"), "{}", diff.out);
    assert!(read(&shown, "c.md").contains("lavrow"), "nothing is written");
    let mut patch = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "-"])
        .current_dir(shown.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    std::io::Write::write_all(&mut patch.stdin.take().expect("a pipe"), diff.out.as_bytes()).expect("taken");
    assert!(patch.wait().expect("ends").success(), "{}", diff.out);
    fixed.run(&["check", "--fix"]);
    for path in ["c.md", "texts/a.md", "texts/b.md", "registry/people.yaml"] {
        assert_eq!(read(&shown, path), read(&fixed, path));
    }
    let none = fixed.run(&["check", "--diff"]);
    assert_eq!((none.status, none.out.as_str()), (0, ""));
}

/// Names that a patch must quote, or end, as Git does; and a reader who stands in a folder.
#[cfg(unix)]
#[test]
fn the_diff_names_any_file_as_git_reads_it() {
    let names = ["a b.md", "q\"uote.md", "tab\there.md", "back\\slash.md", "new\nline.md", "-dash.md", "мир.md", "sub folder/c d.md"];
    let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, "[[lavrow|He]] left.\n")).collect();
    let corpus = Corpus::of(&[&[("vidimus.toml", ""), ("registry.yaml", REGISTRY)], &files[..]].concat());
    super::git::git(&corpus, &["init", "-q"]);
    let apply = |folder: &str, program: &str, arguments: &[&str]| {
        let diff = crate::commands::command(&corpus.path(folder), &["check", "--diff", "--quiet", "."]).output().expect("runs").stdout;
        let mut patch =
            Command::new(program).args(arguments).current_dir(corpus.path(folder)).stdin(Stdio::piped()).spawn().expect(program);
        std::io::Write::write_all(&mut patch.stdin.take().expect("a pipe"), &diff).expect("taken");
        assert!(patch.wait().expect("ends").success(), "{}", String::from_utf8_lossy(&diff));
    };
    apply("sub folder", "git", &["apply", "-"]);
    assert!(read(&corpus, "sub folder/c d.md").contains("lavrov") && read(&corpus, "a b.md").contains("lavrow"));
    apply("", "git", &["apply", "-"]);
    assert!(names.iter().all(|name| read(&corpus, name).contains("lavrov")));
}

#[test]
fn runs_at_once_end_the_same_work() {
    let corpus = corpus();
    for n in 0..40 {
        corpus.write(&format!("texts/{n}.md"), format!("[[lavrow|He]] left.\n\n{}", "Calm words.\n".repeat(50)).as_bytes());
    }
    let runs = |_| corpus.command(&["check", "--fix", "--quiet", "--exit-zero"]).spawn().expect("runs");
    for mut run in (0..4).map(runs).collect::<Vec<_>>() {
        assert!(run.wait().expect("ends").success(), "what another run did meanwhile is no trouble");
    }
    assert!((0..40).all(|n| read(&corpus, &format!("texts/{n}.md")).contains("lavrov")));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let corpus = corpus();
    let ran = corpus.run_with_input(&["check", "--fix", "--stdin-filename", "texts/new.md", "-"], "[[lavrow|He]] left.\n".as_bytes());
    assert_eq!((ran.out.as_str(), ran.status), ("[[lavrov|He]] left.\n", 0));
    assert!(!corpus.path("texts/new.md").exists());
}

#[cfg(unix)]
#[test]
fn the_mode_stays_and_what_is_read_only_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let corpus = corpus();
    let set = |path: &str, mode| std::fs::set_permissions(corpus.path(path), std::fs::Permissions::from_mode(mode)).expect("mode");
    set("c.md", 0o640);
    set("texts/a.md", 0o444);
    let ran = corpus.run(&["check", "--fix"]);
    assert_eq!(std::fs::metadata(corpus.path("c.md")).expect("file").permissions().mode() & 0o777, 0o640);
    assert!(ran.err.contains("texts/a.md is read-only and was left as it is"), "{}", ran.err);
    assert_eq!(ran.status, 2);
}
