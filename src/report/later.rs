//! Words that the renderer would copy as they stand, put in behind it.
//!
//! The renderer keeps a style for every character and pays for each of them again and again; that is worth it for lines of a text,
//! in which something is underlined. Title, path and help have no say in how these are laid out: a [`PLACE`] stands for them
//! while the rest is rendered. In the order in which they were [handed over](Later::words) they are [put in](Later::put_in).

use std::borrow::Cow;

use memchr::memchr_iter;

/// Stands for words: a character that nobody has given a meaning, as wide as any.
const PLACE: &str = "\u{e000}";

/// Words to be put in, in order.
#[derive(Debug, Default)]
pub(super) struct Later<'a> {
    words: Vec<Cow<'a, str>>,
    /// Whether others than those of the heading are rendered with the rest.
    heading_alone: bool,
}

/// Title and place: before them nothing of a text is shown, so that nothing can be taken for them.
const HEADING: usize = 2;

impl<'a> Later<'a> {
    /// For a finding whose lines hold what stands for words.
    pub(super) fn heading_alone() -> Self {
        Self { heading_alone: true, ..Self::default() }
    }

    /// Takes words that the renderer would show as they are; answers what it is handed in their place.
    pub(super) fn words(&mut self, words: Cow<'a, str>) -> Cow<'a, str> {
        if self.heading_alone && self.words.len() == HEADING {
            return words;
        }
        self.words.push(words);
        PLACE.into()
    }

    /// Appends what was rendered with all words in their places; the second are the place of the finding, line and column
    /// included, instead of those that the renderer has counted. `false`, and nothing is appended, when places were
    /// mistaken.
    pub(super) fn put_in(self, rendered: &str, out: &mut String) -> bool {
        let (begun, mut from, mut put) = (out.len(), 0, 0);
        out.reserve(rendered.len() + self.words.iter().map(|words| words.len()).sum::<usize>());
        for at in memchr_iter(PLACE.as_bytes()[0], rendered.as_bytes()) {
            let Some(behind) = rendered.get(at..).and_then(|rest| rest.strip_prefix(PLACE)) else { continue };
            put += 1;
            let Some(words) = self.words.get(put - 1) else { break };
            out.push_str(&rendered[from..at]);
            out.push_str(words);
            let counted = if put == HEADING { behind.bytes().take_while(|b| matches!(b, b':' | b'0'..=b'9')).count() } else { 0 };
            from = at + PLACE.len() + counted;
        }
        if put != self.words.len() && !self.heading_alone {
            out.truncate(begun);
            return false;
        }
        out.push_str(&rendered[from..]);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(mut later: Later<'_>, of_text: &str) -> Option<String> {
        let [title, place, help] = ["what", "a.md:1:9", "how"].map(|words| later.words(words.into()));
        let mut out = String::new();
        later.put_in(&format!("{title}\n--> {place}:1:2\n{of_text}\n= {help}"), &mut out).then_some(out)
    }

    #[test]
    fn words_come_into_their_places() {
        assert_eq!(put(Later::default(), "words").as_deref(), Some("what\n--> a.md:1:9\nwords\n= how"));
    }

    #[test]
    fn what_a_text_holds_is_taken_for_no_place() {
        assert_eq!(put(Later::default(), "a \u{e000} b"), None);
        assert_eq!(put(Later::heading_alone(), "a \u{e000} b").as_deref(), Some("what\n--> a.md:1:9\na \u{e000} b\n= how"));
    }
}
