//! Changes to one text: replacements that do not overlap.

use super::Span;

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced, in bytes of the text before any edit.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// Sorted, disjoint replacements in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn an_edit_that_cuts_a_character_is_left_out() {
        assert_eq!(Edits::replace(Span::new(1, 2), "x").apply("é!"), "é!");
    }
}
