//! Who says it: the speaker and the cue of each quotation, and of sentences that report somebody's words.

use super::{Language, Prose};
use crate::syntax::Passage;
use crate::text::Span;

/// Something the gazetteer or a mark named, in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Bytes of the running text.
    pub span: Span,
    /// Whether it can speak.
    pub kind: NamedKind,
}

/// What kind of thing was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedKind {
    /// A person.
    Person,
    /// A body.
    Org,
    /// A place; "Moscow said" makes it speak.
    Place,
    /// Anything else.
    Other,
}

/// What an attribution is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A quotation, by its index in `Prose::quotes`.
    Quote(u32),
    /// What a sentence reports without marks, by its index in `Prose::sentences`.
    Sentence(u32),
}

/// Who is said to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// What is said.
    pub said: Said,
    /// The words that name the speaker: `the top diplomat`, `he`, `Lavrov`.
    pub speaker: Option<Span>,
    /// Index into the list of named things: whom those words mean, as far as this text tells.
    pub named: Option<u32>,
    /// The verb or noun that says so: `said`, `according to`.
    pub cue: Option<Span>,
}

/// Finds who says what. `named` is in order of place. One attribution at most for each thing said.
#[must_use]
pub fn attribute(text: &str, passages: &[Passage], prose: &Prose, named: &[Named], language: Language) -> Vec<Attribution> {
    let _ = (text, passages, prose, named, language);
    Vec::new()
}
