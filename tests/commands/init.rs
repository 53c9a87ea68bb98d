//! `vidimus init`

use super::corpus::Corpus;

#[test]
fn a_corpus_is_begun_and_can_be_checked() {
    let corpus = Corpus::of(&[("a.md", "The UN, that is [[un]].\n")]);
    let ran = corpus.run(&["init"]);
    assert_eq!((ran.status, ran.out.lines().next()), (0, Some("wrote vidimus.toml")), "{}", ran.err);
    let checked = corpus.run(&["check"]);
    assert_eq!((checked.status, checked.out.as_str()), (0, "checked 2 files: nothing found\n"));
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let corpus = Corpus::of(&[("vidimus.toml", "lang = \"ru\"\n")]);
    let ran = corpus.run(&["init"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "error: vidimus.toml is there already and was left as it is\n"));
    assert_eq!(std::fs::read_to_string(corpus.path("vidimus.toml")).expect("read"), "lang = \"ru\"\n");
    assert!(!corpus.path("registry").exists());
}
