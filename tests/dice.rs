//! Random texts and edits, the same on every machine: what is thrown is printed as the number of its round.

use std::ops::Range;

#[path = "../src/syntax/pieces.rs"]
mod pieces;

use pieces::MARKUP;

/// Pieces that mean something to the readers of words and records, so that random texts reach deep into them.
const MEANING: &[&str] = &[
    "[@",
    "#",
    "op-1",
    "{.claim",
    "by=lavrov",
    "```",
    "<!-- vidimus-allow ",
    "unsourced-figure",
    ": reason",
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
    "é",
    "|---|",
    "~",
    "http://a.b/c",
    "<a id=\"x\">",
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
pub struct Dice(u64);

impl Dice {
    /// The numbers of one round.
    pub fn of(round: u64) -> Self {
        Self(round.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).expect("below a usize")
    }

    /// Bytes of any kind, as far as they are characters.
    pub fn bytes(&mut self) -> String {
        let length = self.roll(120);
        let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(self.roll(256)).expect("a byte")).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A piece of markup, or words.
    pub fn piece(&mut self) -> &'static str {
        let pieces = if self.roll(2) == 0 { MARKUP } else { MEANING };
        pieces[self.roll(pieces.len())]
    }

    /// Up to two dozen pieces.
    pub fn pieces(&mut self) -> String {
        let count = self.roll(24);
        (0..count).map(|_| self.piece()).collect()
    }

    /// A span of a text at most `longest` bytes long, and what shall stand in its place: often a piece, or nothing.
    pub fn change(&mut self, text: &str, longest: usize) -> (Range<usize>, &'static str) {
        let boundary = |mut at: usize| {
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = boundary(self.roll(text.len() + 1));
        let end = boundary((start + self.roll(longest)).min(text.len())).max(start);
        (start..end, if self.roll(4) == 0 { "" } else { self.piece() })
    }

    /// A text after one change.
    pub fn edit(&mut self, text: &str) -> String {
        let (span, piece) = self.change(text, 30);
        format!("{}{piece}{}", &text[..span.start], &text[span.end..])
    }
}

/// The example corpus's texts, and the seeds where they lie beside the repository.
pub fn real_texts() -> Vec<String> {
    let folders =
        ["fixtures/peacekeeping/analyses", "fixtures/peacekeeping/resolutions", "fixtures/peacekeeping/sources", "../shared/seeds"];
    let files = folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().filter_map(Result::ok);
    let mut texts: Vec<String> = files.filter_map(|f| std::fs::read_to_string(f.path()).ok()).collect();
    texts.sort();
    assert!(!texts.is_empty());
    texts
}
