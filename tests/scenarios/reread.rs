//! Marks and running text after an edit, made from what stayed, are those of the text read anew.
//!
//! How many edits: `VIDIMUS_EDITS`, else few enough for every run of the tests. The round of a failing chain is printed.

use std::borrow::Cow;
use std::path::Path;

use vidimus::syntax::{Damage, Document, Format, Projection, RunningText, parse, reparse, running_text, running_text_after};

use crate::dice::{Dice, real_texts};

/// Edits when nobody asks for more.
const EDITS: u64 = 400;

/// Edits of one text, one after the other.
const CHAIN: u64 = 20;

/// What people type most, and what changes blocks.
const TYPED: &[&str] = &[
    "a",
    " ",
    "й",
    ".",
    "\n",
    "\n\n",
    "- ",
    "> ",
    "# ",
    "1. ",
    "    ",
    "\r\n\r\n",
    "[a]: b.md\n\n",
    "\n\n[^1]: N.\n\n",
    ":::\n",
    "|a|b|\n|-|-|\n",
];

/// A text as it was last read.
struct Read {
    text: String,
    format: Format,
    document: Document,
    words: Option<String>,
    running: RunningText<'static>,
}

impl Read {
    fn new(text: String, format: Format) -> Self {
        let document = parse(&text, format);
        let (words, running) = apart(running_text(&text, &document));
        Self { text, format, document, words, running }
    }

    /// Reads an edited text again, and answers how many of its bytes were read for it.
    fn edit(&mut self, next: String) -> usize {
        let (document, damage) = reparse(&self.text, self.document.clone(), &next, self.format);
        let fresh = parse(&next, self.format);
        assert!(
            document == fresh,
            "{damage:?}\n---- before\n{}\n---- after\n{next}\n----\n{}",
            self.text,
            first_difference(&document, &fresh)
        );
        let compared = Damage::between(&self.text, &self.document, &next, &document);
        let running = running_text(&next, &document);
        for damage in [&damage, &compared] {
            let old = RunningText {
                projection: Projection {
                    text: self.words.as_deref().map_or(Cow::Borrowed(self.text.as_str()), |w| Cow::Owned(w.to_owned())),
                    map: self.running.projection.map.clone(),
                },
                passages: self.running.passages.clone(),
            };
            assert!(
                running_text_after(old, &next, &document, damage) == running,
                "{damage:?}\n---- before\n{}\n---- after\n{next}",
                self.text
            );
        }
        let read = damage.text.new.len() as usize;
        (self.words, self.running) = apart(running);
        (self.text, self.document) = (next, document);
        read
    }
}

/// The words that are its own, and the rest.
fn apart(running: RunningText<'_>) -> (Option<String>, RunningText<'static>) {
    let RunningText { projection: Projection { text, map }, passages } = running;
    let own = if let Cow::Owned(words) = text { Some(words) } else { None };
    (own, RunningText { projection: Projection { text: Cow::Borrowed(""), map }, passages })
}

fn first_difference(a: &Document, b: &Document) -> String {
    let blocks = a.blocks.iter().zip(&b.blocks).find(|(a, b)| a != b);
    let nodes = a.nodes.iter().zip(&b.nodes).find(|(a, b)| a != b);
    format!("blocks {blocks:?}\nnodes {nodes:?}\nfaults {:?} {:?}", a.faults, b.faults)
}

/// The texts that lie beside the repository, and the example corpus's.
fn texts() -> Vec<String> {
    let mut texts = real_texts();
    let mut folders = vec![Path::new("../shared/data").to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md" || e == "txt" || e == "Rmd") {
                texts.extend(std::fs::read_to_string(&path).ok().filter(|t| t.len() < 60_000));
            }
        }
    }
    texts.sort();
    texts
}

fn edits() -> u64 {
    std::env::var("VIDIMUS_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(EDITS)
}

#[test]
fn what_stayed_is_what_would_be_read() {
    let texts = texts();
    let (mut read, mut all) = (0, 0);
    for round in 0..(edits() / CHAIN).max(1) {
        let mut dice = Dice::of(round);
        let text = texts[dice.roll(texts.len())].clone();
        let format = if dice.roll(5) == 0 { Format::Plain } else { Format::Markdown };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let mut text = Read::new(text, format);
            for _ in 0..CHAIN {
                let (span, piece) = dice.change(&text.text, 8);
                let piece = if dice.roll(2) == 0 { piece } else { TYPED[dice.roll(TYPED.len())] };
                let next = format!("{}{piece}{}", &text.text[..span.start], &text.text[span.end..]);
                all += next.len();
                read += text.edit(next);
            }
        }));
        assert!(outcome.is_ok(), "round {round}");
    }
    // Many of these texts are short, and many of the edits open something; a key alone reads its paragraph.
    assert!(read * 10 < all * 9, "of {all} bytes {read} were read again");
}
