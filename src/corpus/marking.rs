//! Where in a text a mark can be put round words without changing what the text says.

use memchr::{memchr2, memchr3};

use super::Annotations;
use crate::syntax::{NodeKind, PassageKind};
use crate::text::Span;

/// What words stand in, where they can be marked as a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPlace {
    /// Running words: both spellings are possible.
    Words,
    /// A heading: the link spelling is better, since GitHub shows the brackets of the other.
    Heading,
    /// A cell of a table: a wikilink's pipe would cut it.
    Cell,
}

/// Why words cannot be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmarkable {
    /// They run over a line end.
    LineEnd,
    /// They hold a bracket or a pipe.
    Brackets,
    /// Other signs stand between them: emphasis, an escape.
    Signs,
    /// They stand in a mark or link already.
    Taken,
}

impl Unmarkable {
    /// The reason in words, for an action that is shown and cannot be chosen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::LineEnd => "the words run over a line end",
            Self::Brackets => "the words hold a bracket or a pipe",
            Self::Signs => "other signs stand between the words",
            Self::Taken => "the words stand in a link already",
        }
    }
}

/// Where a text has room for marks; made once for many questions.
pub struct Room<'a> {
    notes: &'a Annotations,
    /// Marks and links, by their start, none inside another.
    taken: Vec<Span>,
}

impl<'a> Room<'a> {
    /// Of that text.
    #[must_use]
    pub fn of(notes: &'a Annotations) -> Self {
        let mut taken: Vec<Span> = Vec::new();
        for node in &notes.document.nodes {
            if matches!(node.kind, NodeKind::BracketedSpan { .. } | NodeKind::InlineNote { .. }) {
                continue;
            }
            // Nodes come by their start: what lies in the last one is taken with it.
            if taken.last().is_none_or(|last| last.end <= node.span.start) {
                taken.push(node.span);
            }
        }
        Self { notes, taken }
    }

    /// What words (of the running text) stand in.
    ///
    /// # Errors
    /// Why they cannot be marked.
    pub fn at(&self, words: Span) -> Result<MarkPlace, Unmarkable> {
        let notes = self.notes;
        let span = notes.words.to_file(words);
        let written = span.slice(&notes.text);
        if memchr2(b'\n', b'\r', written.as_bytes()).is_some() {
            return Err(Unmarkable::LineEnd);
        }
        if memchr3(b'[', b']', b'|', written.as_bytes()).is_some() {
            return Err(Unmarkable::Brackets);
        }
        if written.is_empty() || written != words.slice(notes.running()) {
            return Err(Unmarkable::Signs);
        }
        let next = self.taken.partition_point(|t| t.end <= span.start);
        if self.taken.get(next).is_some_and(|t| t.overlaps(span)) {
            return Err(Unmarkable::Taken);
        }
        let passages = &notes.words.passages;
        let passage = passages.get(passages.partition_point(|p| p.span.end < words.end));
        Ok(match passage.map(|p| p.kind) {
            Some(PassageKind::Heading) => MarkPlace::Heading,
            Some(PassageKind::Cell) => MarkPlace::Cell,
            _ => MarkPlace::Words,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn places(text: &str) -> Vec<Result<MarkPlace, Unmarkable>> {
        let corpus =
            format!("-- registry.yaml\n- {{id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}}\n-- text.md\n{text}");
        let snapshot = Fixture::parse(&corpus).snapshot();
        let notes = snapshot.annotations(snapshot.file_at("text.md").expect("the text")).expect("a text");
        let room = Room::of(&notes);
        notes.mentions.iter().filter(|m| m.node.is_none()).map(|m| room.at(m.words)).collect()
    }

    #[test]
    fn words_have_room_where_a_mark_leaves_them_as_they_are() {
        assert_eq!(places("Lavrov left; *Lavrov* came.\n"), [Ok(MarkPlace::Words), Ok(MarkPlace::Words)]);
        assert_eq!(places("# On Lavrov\n"), [Ok(MarkPlace::Heading)]);
        assert_eq!(places("| a | b |\n|---|---|\n| Lavrov | x |\n"), [Ok(MarkPlace::Cell)]);
        assert_eq!(places("Then Sergey\nLavrov left.\n"), [Err(Unmarkable::LineEnd)]);
        assert_eq!(places("Sergey **Lavrov** left.\n")[0], Err(Unmarkable::Signs));
        assert_eq!(places("See [what Lavrov said](https://example.org/a).\n"), [Err(Unmarkable::Taken)]);
        assert_eq!(places("[Lavrov left]{.claim}.\n"), [Ok(MarkPlace::Words)]);
    }
}
