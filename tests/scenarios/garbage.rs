//! Any characters in: no panic, no hang, every span inside the text.
//!
//! How many rounds: `VIDIMUS_ROUNDS`, else few enough for every run of the tests. The seed of a failing round is printed.

use std::sync::Arc;

use vidimus::corpus::{Change, Corpus, FileInput, FileKind, RegistryFormat};
use vidimus::syntax::{Format, parse, reading, running_text};
use vidimus::text::Span;

/// Rounds when nobody asks for more.
const ROUNDS: u64 = 3_000;

/// Pieces that mean something to one of the readers, so that random texts reach deep into them.
const PIECES: &[&str] = &[
    "[[",
    "]]",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "[@",
    "@",
    "|",
    "#",
    "op-1",
    "{.claim",
    "by=lavrov",
    "^[",
    "[^1]",
    ":::",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "---\n",
    "```",
    "`",
    "$",
    "$$",
    "<!-- vidimus-allow ",
    "unsourced-figure",
    ": reason",
    "-->",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "about 90,000 people",
    "около 90 тысяч человек",
    "Lavrov said",
    "сказал Лавров",
    "Resolution 2202 (2015)",
    "S/RES/2202",
    "(2014)",
    "резолюция СБ ООН № 2202",
    "paragraph 4 of ",
    "9 November 2020",
    "the November 9 Statement",
    "It is widely believed",
    "Sources said",
    ". ",
    "? ",
    "U.S.",
    " ",
    "\u{a0}",
    "\u{feff}",
    "𝕏",
    "é",
    "e\u{301}",
    "\0",
    "\t",
    "|---|",
    "|",
    "* ",
    "**",
    "_",
    "~",
    "\\",
    "http://a.b/c",
    "<a id=\"x\">",
    "&amp;",
    "id: ",
    "type: person\n",
    "name: Sergey Lavrov\n",
    "kind: source-text\n",
    "date: 2015-02\n",
    "- {id: a, type: org, name: A}\n",
    "@misc{x, title = {T}}\n",
    "{\"id\": \"b\", \"type\": \"org\"}\n",
    "roles:\n",
    "  - {title: T, from: 2001}\n",
    "aliases: [",
    "parts: [op-1..op-4]",
    "&a *a",
    "!!binary",
];

/// A small generator of numbers (Marsaglia's xorshift, 2003): the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("below a usize")
    }

    fn bytes(&mut self) -> String {
        let length = self.roll(120);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(self.roll(256)).expect("a byte")).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn pieces(&mut self) -> String {
        let count = self.roll(24);
        (0..count).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }

    /// One edit: some characters replaced by a piece, or taken away.
    fn edit(&mut self, text: &str) -> String {
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(self.roll(text.len() + 1));
        let end = boundary((start + self.roll(30)).min(text.len())).max(start);
        let piece = if self.roll(4) == 0 { "" } else { PIECES[self.roll(PIECES.len())] };
        format!("{}{piece}{}", &text[..start], &text[end..])
    }
}

fn rounds() -> u64 {
    std::env::var("VIDIMUS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS)
}

const REGISTRY: &str = "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}\n- {id: a, type: org, name: A}\n";

/// Puts a text through everything a check does, as every kind of file.
fn put_through(text: &str, corpus: &mut Corpus) {
    for (path, kind) in [("t.md", FileKind::Text(Format::Markdown)), ("t.txt", FileKind::Text(Format::Plain))] {
        let FileKind::Text(format) = kind else { continue };
        let document = parse(text, format);
        let words = reading(text, &document);
        assert!(words.text.len() <= text.len());
        let running = running_text(text, &document);
        for passage in &running.passages {
            assert!(running.projection.text.get(passage.span.range()).is_some(), "a passage cuts a character");
        }
        corpus.apply(Change { config: None, files: vec![(path.into(), Some(FileInput::open(path, kind, Arc::from(text))))] });
        let snapshot = corpus.snapshot();
        let id = snapshot.file_at(path).expect("the text");
        let notes = snapshot.annotations(id).expect("a text has annotations");
        for found in vidimus::rules::check(&snapshot, id, Some(&notes)) {
            assert!(text.get(found.span.range()).is_some(), "`{}` at {:?} is no span of the text", found.rule, found.span);
        }
        for mention in &notes.mentions {
            assert!(text.get(mention.span.range()).is_some(), "a mention at {:?} is no span of the text", mention.span);
        }
        let middle = Span::from(0..text.len() / 2).end;
        let _ = snapshot.symbol_at(id, middle).map(|found| snapshot.definitions(&found.symbol));
    }
}

fn put_through_registries(text: &str) {
    use RegistryFormat::{Bib, CslJson, CslYaml, Jsonl, Yaml};
    for format in [Yaml, Jsonl, Bib, CslJson, CslYaml] {
        let input = FileInput::closed("registry/r", FileKind::Registry(format), text);
        for fault in &input.facts.faults {
            assert!(text.get(fault.span.range()).is_some(), "`{}` at {:?} is no span of the {format:?}", fault.message, fault.span);
        }
    }
    let _ = vidimus::config::Config::parse(text, &vidimus::rules::rule_names());
}

fn corpus() -> Corpus {
    let mut corpus = Corpus::new(Arc::new(()));
    let registry = FileInput::open("registry.yaml", FileKind::Registry(RegistryFormat::Yaml), Arc::from(REGISTRY));
    corpus.apply(Change { config: None, files: vec![("registry.yaml".into(), Some(registry))] });
    corpus
}

#[test]
fn random_characters_are_read_and_checked() {
    let mut corpus = corpus();
    for round in 0..rounds() {
        let mut dice = Dice(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = if round % 3 == 0 { dice.bytes() } else { dice.pieces() };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            put_through(&text, &mut corpus);
            put_through_registries(&text);
        }));
        assert!(outcome.is_ok(), "round {round}: {text:?}");
    }
}

#[test]
fn random_edits_of_real_texts_are_read_and_checked() {
    let texts = real_texts();
    let mut corpus = corpus();
    let rounds = rounds() / 10;
    for round in 0..rounds {
        let mut dice = Dice(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut text = texts[dice.roll(texts.len())].clone();
        for _ in 0..10 {
            text = dice.edit(&text);
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| put_through(&text, &mut corpus)));
        assert!(outcome.is_ok(), "round {round}: {text:?}");
    }
}

/// The example corpus's texts, and the seeds where they lie beside the repository.
fn real_texts() -> Vec<String> {
    let folders =
        ["fixtures/peacekeeping/analyses", "fixtures/peacekeeping/resolutions", "fixtures/peacekeeping/sources", "../shared/seeds"];
    let files = folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().filter_map(Result::ok);
    let mut texts: Vec<String> = files.filter_map(|f| std::fs::read_to_string(f.path()).ok()).collect();
    texts.sort();
    assert!(!texts.is_empty());
    texts
}
