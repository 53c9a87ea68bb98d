//! Changes to one text: replacements that do not overlap.

use std::collections::VecDeque;

use super::Span;

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// What is replaced, in bytes of the text before any edit.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Sorted, disjoint replacements in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Edits(Vec<Edit>);

/// Two edits want the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap(pub Span, pub Span);

impl Edits {
    /// Sorts the edits.
    ///
    /// # Errors
    /// [`Overlap`] when two of them share a byte, or insert at the same place.
    pub fn new(mut edits: Vec<Edit>) -> Result<Self, Overlap> {
        edits.sort_by_key(|e| (e.span, e.text.len()));
        edits.dedup();
        for pair in edits.windows(2) {
            let (a, b) = (pair[0].span, pair[1].span);
            if a.end > b.start || a == b {
                return Err(Overlap(a, b));
            }
        }
        Ok(Self(edits))
    }

    /// A single replacement.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self(vec![Edit { span, text: text.into() }])
    }

    /// In order of place.
    #[must_use]
    pub fn as_slice(&self) -> &[Edit] {
        &self.0
    }

    /// Changes every span: for a text in front of which others changed. The order of the edits must stay.
    pub fn each_span(&mut self, change: impl Fn(&mut Span)) {
        self.0.iter_mut().for_each(|edit| change(&mut edit.span));
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// These edits and then `later`, whose offsets are those of the text after these, as edits of the text before both.
    /// `len` is the length of that text in bytes.
    #[must_use]
    pub fn then(&self, later: &Self, len: u32) -> Self {
        let mut rest: VecDeque<Piece<'_>> = VecDeque::with_capacity(2 * self.0.len() + 1);
        let mut at = 0;
        for edit in &self.0 {
            rest.extend([Piece::Kept(Span::new(at, edit.span.start)), Piece::New(&edit.text)]);
            at = edit.span.end;
        }
        rest.push_back(Piece::Kept(Span::new(at, len.max(at))));
        let mut all = Vec::with_capacity(rest.len() + 2 * later.0.len());
        let mut at = 0;
        for edit in &later.0 {
            take(&mut rest, edit.span.start - at, |piece| all.push(piece));
            take(&mut rest, edit.span.len(), |_| ());
            all.push(Piece::New(&edit.text));
            at = edit.span.end;
        }
        all.extend(rest);
        joined(&all, len)
    }

    /// The text with all edits made; an edit that does not fit `text` is left out.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.0 {
            let range = edit.span.range();
            let Some(kept) = text.get(at..range.start) else { continue };
            if text.get(range.clone()).is_none() {
                continue;
            }
            out.push_str(kept);
            out.push_str(&edit.text);
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// Part of a text that was edited.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// Bytes of the text before.
    Kept(Span),
    /// Put in.
    New(&'a str),
}

impl Piece<'_> {
    fn len(&self) -> u32 {
        match self {
            Self::Kept(span) => span.len(),
            Self::New(text) => Span::from(0..text.len()).end,
        }
    }

    fn split(self, at: u32) -> (Self, Self) {
        match self {
            Self::Kept(span) => (Self::Kept(Span::new(span.start, span.start + at)), Self::Kept(Span::new(span.start + at, span.end))),
            Self::New(text) => {
                let (left, right) = text.split_at(text.floor_char_boundary(at as usize));
                (Self::New(left), Self::New(right))
            }
        }
    }
}

/// Moves the first `count` bytes of `rest` to `into`.
fn take<'a>(rest: &mut VecDeque<Piece<'a>>, mut count: u32, mut into: impl FnMut(Piece<'a>)) {
    while count > 0 {
        let Some(piece) = rest.pop_front() else { return };
        if piece.len() <= count {
            count -= piece.len();
            into(piece);
        } else {
            let (left, right) = piece.split(count);
            into(left);
            rest.push_front(right);
            return;
        }
    }
}

/// What stands between the kept pieces, as edits of a text of `len` bytes.
fn joined(pieces: &[Piece<'_>], len: u32) -> Edits {
    let (mut edits, mut at, mut text) = (Vec::new(), 0, String::new());
    for piece in pieces.iter().copied().filter(|p| p.len() > 0).chain([Piece::Kept(Span::at(len))]) {
        match piece {
            Piece::New(words) => text.push_str(words),
            Piece::Kept(span) => {
                if span.start > at || !text.is_empty() {
                    edits.push(Edit { span: Span::new(at, span.start.max(at)), text: std::mem::take(&mut text) });
                }
                at = span.end.max(at);
            }
        }
    }
    Edits(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edit(start: u32, end: u32, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.into() }
    }

    #[test]
    fn edits_are_made_together_in_the_offsets_of_the_old_text() {
        let edits = Edits::new(vec![edit(4, 7, "TWO"), edit(0, 3, "1"), edit(7, 7, "!")]).expect("disjoint");
        assert_eq!(edits.apply("one two"), "1 TWO!");
    }

    #[test]
    fn two_edits_of_the_same_bytes_are_refused() {
        assert!(Edits::new(vec![edit(0, 3, "a"), edit(2, 4, "b")]).is_err());
        assert!(Edits::new(vec![edit(1, 1, "a"), edit(1, 1, "b")]).is_err());
    }

    fn some_edits(text: &str, places: &[(usize, usize, &'static str)]) -> Edits {
        let on = |at: usize| text.floor_char_boundary(at % (text.len() + 1));
        let mut edits: Vec<Edit> = Vec::new();
        for (a, b, words) in places {
            let (start, end) = (on(*a).min(on(*b)), on(*a).max(on(*b)));
            if edits.iter().all(|e| e.span.range().end < start || end < e.span.range().start) {
                edits.push(Edit { span: Span::from(start..end), text: (*words).into() });
            }
        }
        Edits::new(edits).expect("disjoint")
    }

    fn places() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
        prop::collection::vec((0usize..40, 0usize..40, prop::sample::select(vec!["", "x", "é!", "two words"])), 0..5)
    }

    proptest! {
        #[test]
        fn edits_after_edits_are_edits_of_the_first_text(text in "[a-cé ]{0,30}", first in places(), second in places()) {
            let first = some_edits(&text, &first);
            let between = first.apply(&text);
            let second = some_edits(&between, &second);
            let both = first.then(&second, Span::from(0..text.len()).end);
            prop_assert_eq!(both.apply(&text), second.apply(&between));
            prop_assert!(Edits::new(both.0.clone()).is_ok());
        }
    }

    #[test]
    fn an_edit_that_cuts_a_character_is_left_out() {
        assert_eq!(Edits::replace(Span::new(1, 2), "x").apply("é!"), "é!");
    }
}
