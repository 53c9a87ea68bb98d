//! What holds of every command: help, colours, pipes, wrong arguments.

use std::io::{BufRead, BufReader};

use super::corpus::{Corpus, command};

#[test]
fn help_names_every_command_and_shows_examples() {
    let ran = Corpus::of(&[]).run(&["--help"]);
    for word in ["check", "lsp", "extract", "explain", "init", "completions", "man", "Exit status"] {
        assert!(ran.out.contains(word), "{word}: {}", ran.out);
    }
    assert!(Corpus::of(&[]).run(&["check", "--help"]).out.contains("Examples:"));
}

#[test]
fn wrong_arguments_are_a_failure_of_the_run() {
    for wrong in [&["chek"][..], &["check", "--format", "xml"], &["check", "--fail-on", "fatal"], &[]] {
        let ran = Corpus::of(&[]).run(wrong);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{wrong:?}: {}", ran.err);
    }
    assert!(Corpus::of(&[]).run(&["chek"]).err.contains("check"));
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let corpus = Corpus::of(&[("a.md", "[[nobody]]\n")]);
    assert!(!corpus.run(&["check"]).out.contains('\u{1b}'));
    assert!(corpus.run(&["check", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn quiet_is_findings_alone_and_verbose_says_what_is_read() {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("a.md", "calm\n")]);
    let quiet = corpus.run(&["check", "-q"]);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let verbose = corpus.run(&["check", "-v", "--no-cache"]).err;
    assert_eq!(verbose, "info: corpus . with its vidimus.toml, 1 files\n");
    let again = corpus.run(&["check", "-v"]).err;
    assert!(again.ends_with("info: looked at 0 of 1 texts; what was found in the others stands\n"), "{again}");
}

#[test]
fn a_closed_pipe_is_a_success() {
    let corpus = Corpus::of(&[]);
    for n in 0..2000 {
        corpus.write(&format!("{n}.md"), b"[[nobody]] and [[somebody]] and [[anybody]]\n");
    }
    let mut child = command(&corpus.path(""), &["check"]).spawn().expect("the binary runs");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut String::new()).expect("a line");
    drop(out);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn completions_and_manual_pages_are_made() {
    let corpus = Corpus::of(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(corpus.run(&["completions", shell]).out.contains("stdin-filename"), "{shell}");
    }
    assert!(corpus.run(&["man"]).out.contains(".TH vidimus 1"));
    let page = corpus.run(&["man", "check"]).out;
    assert!(page.contains("vidimus\\-check") && page.contains("statistics"), "{page}");
    assert_eq!(corpus.run(&["man", "chek"]).status, 2);
}
