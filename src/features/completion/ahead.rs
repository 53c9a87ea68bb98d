//! Brackets ahead of the cursor that an item would write again.

use super::{Completion, Item, Part};
use crate::text::Span;

impl Completion {
    /// The same, with the brackets ahead in `text` left as they are and not written again, where that comes to the same: some
    /// editors write an item at the cursor and pass over the range whose place it should take (Neovim 0.10, ALE). Where more
    /// than brackets lies ahead nothing is changed.
    #[must_use]
    pub fn leaving_brackets(self, text: &str) -> Self {
        let ahead = Span::new(self.typed.end, self.whole.end).slice(text);
        let brackets = !ahead.is_empty() && ahead.bytes().all(|b| b == b']');
        if !brackets || !self.items.iter().all(|i| i.insert.ends_with(ahead)) {
            return self;
        }
        let items = self.items.into_iter().map(|i| i.without(ahead)).collect();
        Self { items, whole: self.typed, ..self }
    }
}

impl Item {
    fn without(mut self, end: &str) -> Self {
        self.insert.truncate(self.insert.len().saturating_sub(end.len()));
        let mut snippet = self.snippet.take();
        if let Some(Part::Text(last)) = snippet.as_mut().and_then(|parts| parts.last_mut())
            && last.ends_with(end)
        {
            last.truncate(last.len() - end.len());
            self.snippet = snippet;
        }
        self
    }
}
