//! Files that are not as they should be: each is told at its place, and the rest is served.

use super::corpus::Corpus;

/// A corpus whose one sound text has one finding, and `files` beside it.
fn beside(files: &[(&str, &[u8])]) -> Corpus {
    let corpus = Corpus::of(&[("z.md", "[[nobody]]\n")]);
    for (path, bytes) in files {
        corpus.write(path, bytes);
    }
    corpus
}

/// What is said of the files, when the sound text is still checked.
fn told(corpus: &Corpus, status: i32) -> String {
    let ran = corpus.run(&["check", "--format", "json"]);
    let rules = &ran.json()["diagnostics"];
    assert!(rules.to_string().contains("nobody"), "the rest is not checked: {}{}", ran.out, ran.err);
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
    ran.err
}

#[test]
fn files_that_are_no_text_are_named_with_a_cure() {
    let cyrillic: &[u8] = b"\xcc\xe8\xed\xf1\xea";
    let corpus = beside(&[("binary.md", b"a\0b"), ("cp1251.txt", cyrillic), ("half.md", b"\xff\xfea")]);
    insta::assert_snapshot!(told(&corpus, 2), @r"
    error: binary.md is binary, not text
      = help: name it under `exclude` in vidimus.toml
    error: cp1251.txt is not UTF-8: byte 0xcc in line 1
      = help: save it as UTF-8: iconv -f WINDOWS-1251 -t UTF-8
    error: half.md begins as UTF-16 and goes on as something else
      = help: save it as UTF-8
    ");
    assert_eq!(corpus.run(&["check", "--format", "json"]).json()["summary"]["skipped"], 3);
}

#[test]
fn utf16_and_a_byte_order_mark_are_read() {
    let utf16: Vec<u8> = "\u{feff}[[иван]] [[ivan]]\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let corpus = beside(&[("a.md", &utf16), ("b.md", "\u{feff}---\nkind: opinion\n---\nAbout 90,000 people.\n".as_bytes())]);
    assert_eq!(told(&corpus, 1), "");
    let rules = corpus.run(&["check", "--format", "json-lines", "a.md"]).json_lines();
    assert_eq!(rules.len(), 1, "{rules:?}");
}

#[test]
fn a_huge_text_is_told_and_skipped() {
    let corpus = beside(&[]);
    let file = std::fs::File::create(corpus.path("huge.md")).expect("a file");
    file.set_len(65 << 20).expect("a long file, mostly of nothing");
    insta::assert_snapshot!(told(&corpus, 2), @r"
    error: huge.md is larger than 64 MB and was not read
      = help: split it, or name it under `exclude` in vidimus.toml
    ");
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let corpus = beside(&[("closed.md", b"x")]);
    std::fs::set_permissions(corpus.path("closed.md"), std::fs::Permissions::from_mode(0o000)).expect("closed");
    if std::fs::read(corpus.path("closed.md")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    insta::assert_snapshot!(told(&corpus, 2), @r"
    error: closed.md cannot be read: permission denied
      = help: let the user who runs this read it
    ");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_round_and_round() {
    use std::os::unix::fs::symlink;
    let corpus = beside(&[("a/b/x.md", b"calm\n")]);
    let outside = Corpus::of(&[("secret.md", "[[secret]]\n")]);
    symlink("../..", corpus.path("a/b/up")).expect("linked");
    symlink("loop.md", corpus.path("loop.md")).expect("linked");
    symlink(outside.path("secret.md"), corpus.path("out.md")).expect("linked");
    insta::assert_snapshot!(told(&corpus, 1), @r"
    note: loop.md is a link that leads to itself
      = help: remove the link
    note: out.md is a link that leads out of the corpus and was not followed
    ");
}

#[test]
fn what_is_not_there_is_a_failure_and_the_rest_is_checked() {
    let ran = beside(&[]).run(&["check", "gone.md", "z.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (2, "error: gone.md is not there (any more)\n"));
    assert!(ran.out.contains("nobody"), "{}", ran.out);
}

#[test]
fn a_file_that_is_named_and_is_no_text_is_told() {
    let ran = beside(&[("a.png", b"x")]).run(&["check", "a.png"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("error: a.png is no text, registry or bibliography by its name"), "{}", ran.err);
}

#[test]
fn faulty_settings_are_findings_at_their_place_and_the_rest_is_used() {
    let corpus = beside(&[("vidimus.toml", b"exlude = [\"z.md\"]\nclasses = [\n[rules]\nunknown-entty = \"off\"\n")]);
    told(&corpus, 1);
    let rules = corpus.run(&["check", "--format", "json-lines", "--select", "invalid-config"]).json_lines();
    assert!(rules.iter().any(|d| d["message"] == "unknown key `exlude`" && d["start"]["line"] == 1), "{rules:?}");
    assert!(rules.iter().all(|d| d["path"] == "vidimus.toml" && d["level"] == "error"), "{rules:?}");
}

#[test]
fn faulty_settings_are_told_with_every_text_that_is_checked_by_them() {
    let corpus = beside(&[("vidimus.toml", b"lang = \n"), ("calm.md", b"Calm.\n")]);
    let ran = corpus.run(&["check", "--format", "json-lines", "calm.md"]);
    let found: Vec<_> = ran.json_lines().iter().map(|d| (d["path"].to_string(), d["rule"].to_string())).collect();
    assert_eq!((ran.status, found), (1, vec![("\"vidimus.toml\"".to_owned(), "\"invalid-config\"".to_owned())]));
}

#[test]
fn the_cure_of_settings_that_are_built_on_is_told() {
    let corpus = beside(&[("vidimus.toml", b"extend = \"house.toml\"\n"), ("house.toml", b"exlude = [\"z.md\"]\n")]);
    let found = corpus.run(&["check", "--format", "json-lines", "vidimus.toml"]).json_lines();
    assert_eq!(
        (&found[0]["message"], &found[0]["help"]),
        (&"`house.toml`: unknown key `exlude`".into(), &"did you mean `exclude`?".into())
    );
}

#[cfg(unix)]
#[test]
fn settings_behind_a_link_that_leads_nowhere_are_missed() {
    let corpus = beside(&[]);
    if corpus.path("vidimus.toml").exists() {
        std::fs::remove_file(corpus.path("vidimus.toml")).expect("removed");
    }
    std::os::unix::fs::symlink("../house/vidimus.toml", corpus.path("vidimus.toml")).expect("linked");
    assert!(told(&corpus, 2).contains("vidimus.toml is not there"));
}

#[test]
fn settings_that_cannot_be_read_fail_the_run_and_defaults_stand_in() {
    let corpus = beside(&[("vidimus.toml", b"\xff\xfe\xfa")]);
    assert!(told(&corpus, 2).contains("vidimus.toml begins as UTF-16"));
}

#[test]
fn faulty_records_cost_themselves() {
    let corpus = beside(&[
        ("registry/people.yaml", b"- id: a\n  type: person\n  name: Anna A\n- id: [\n"),
        ("registry/bulk.jsonl", b"{\"id\": \"b\", \"type\": \"person\", \"name\": \"Berta B\"}\n{\"id\": \n"),
        ("refs.bib", b"@book{c, title = {C}}\n@book{d, title = {D\n"),
        ("sources.csl.json", b"[{\"id\": \"e\", \"type\": \"book\"}, {\"id\":"),
        ("texts.md", b"[[a]] [[b]] [@c].\n"),
    ]);
    told(&corpus, 1);
    let found = corpus.run(&["check", "--format", "json-lines"]).json_lines();
    let paths: std::collections::BTreeSet<_> = found.iter().map(|d| d["path"].as_str().expect("a path")).collect();
    assert_eq!(
        paths.into_iter().collect::<Vec<_>>(),
        ["refs.bib", "registry/bulk.jsonl", "registry/people.yaml", "sources.csl.json", "z.md"]
    );
}

#[test]
fn relations_in_a_circle_and_aliases_of_function_words_end() {
    let corpus = beside(&[(
        "registry/x.yaml",
        b"- {id: a, type: org, name: A Body, aliases: [the, of], formerly: [b], relations: {amends: [b]}}\n\
          - {id: b, type: org, name: B Body, aliases: [the, of], formerly: [a], relations: {amends: [a]}}\n",
    )]);
    told(&corpus, 1);
}

#[test]
fn a_bibliography_out_of_the_corpus_is_not_read() {
    let corpus = beside(&[("a.md", b"---\nbibliography: ../../secret.bib\n---\nx\n")]);
    told(&corpus, 1);
    let found = corpus.run(&["check", "--format", "json-lines", "a.md"]).json_lines();
    assert_eq!(found[0]["message"], "`../../secret.bib` leads out of the corpus");
}

#[test]
fn a_text_of_nothing_but_marks_is_read_in_reasonable_time() {
    let units =
        ["[a]{.claim} ", "[[a#op-1.a.i", "> ", "[@a; ", "\"a b c d ", "<!-- ", ":::\n", "[", "Lavrov said ", "resolution 2202 (2014), "];
    let corpus = beside(&[]);
    for (n, unit) in units.iter().enumerate() {
        corpus.write(&format!("{n}.md"), unit.repeat(40_000 / unit.len()).as_bytes());
    }
    told(&corpus, 1);
}

#[test]
fn nothing_is_ever_written() {
    let corpus = beside(&[("vidimus.toml", b"x = 1"), ("a.md", b"a\0")]);
    let listed = || {
        let mut names: Vec<_> = std::fs::read_dir(corpus.path("")).expect("listed").flatten().map(|e| e.file_name()).collect();
        names.sort();
        names
    };
    let before = listed();
    told(&corpus, 2);
    assert_eq!(before, listed());
}
