//! `textDocument/semanticTokens/full`, `…/full/delta` and `…/range`
//!
//! A token over several lines is told line by line, and none overlaps another, so that no client needs to know more.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tower_lsp::ls_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensRangeResult,
    SemanticTokensResult, SemanticTokensServerCapabilities,
};

use super::Asked;
use crate::features::tokens::{self, Token, TokenKind};
use crate::server::uri::TextKey;
use crate::text::{LineColumn, Span};

/// So many texts have their last answer remembered; of more, the one asked about longest ago is forgotten.
const REMEMBERED: usize = 64;

/// Our kinds in the protocol's words. Its own words are used throughout, so that every colour scheme knows them.
const KINDS: &[(TokenKind, SemanticTokenType)] = &[
    (TokenKind::Person, SemanticTokenType::CLASS),
    (TokenKind::Body, SemanticTokenType::INTERFACE),
    (TokenKind::Place, SemanticTokenType::NAMESPACE),
    (TokenKind::Instrument, SemanticTokenType::STRUCT),
    (TokenKind::Event, SemanticTokenType::EVENT),
    (TokenKind::Thing, SemanticTokenType::TYPE),
    (TokenKind::Source, SemanticTokenType::VARIABLE),
    (TokenKind::Pinpoint, SemanticTokenType::ENUM_MEMBER),
    (TokenKind::Attribute, SemanticTokenType::PROPERTY),
    (TokenKind::Value, SemanticTokenType::STRING),
    (TokenKind::Class, SemanticTokenType::DECORATOR),
    (TokenKind::Directive, SemanticTokenType::MACRO),
    (TokenKind::Rule, SemanticTokenType::FUNCTION),
    (TokenKind::Figure, SemanticTokenType::NUMBER),
];

/// The bits of [`tokens::Modifiers`], lowest first.
const MODIFIERS: &[SemanticTokenModifier] = &[
    SemanticTokenModifier::DEFINITION,
    SemanticTokenModifier::DEPRECATED,
    SemanticTokenModifier::DEFAULT_LIBRARY,
    SemanticTokenModifier::new("inferred"),
    SemanticTokenModifier::new("unknown"),
    SemanticTokenModifier::new("claim"),
    SemanticTokenModifier::new("quote"),
];

/// What is announced.
#[must_use]
pub fn capability() -> SemanticTokensServerCapabilities {
    let legend =
        SemanticTokensLegend { token_types: KINDS.iter().map(|(_, word)| word.clone()).collect(), token_modifiers: MODIFIERS.to_vec() };
    let full = Some(SemanticTokensFullOptions::Delta { delta: Some(true) });
    SemanticTokensOptions { legend, range: Some(true), full, ..SemanticTokensOptions::default() }.into()
}

/// The last answer for each text, so that the next one need only tell what differs.
#[derive(Debug, Default)]
pub struct Remembered(Mutex<Answers>);

#[derive(Debug, Default)]
struct Answers {
    count: u64,
    by_text: HashMap<TextKey, (u64, Arc<[SemanticToken]>)>,
}

impl Remembered {
    /// Keeps an answer; gives its id and the one before it.
    fn keep(&self, key: TextKey, data: Arc<[SemanticToken]>) -> (String, Option<(u64, Arc<[SemanticToken]>)>) {
        let mut answers = self.0.lock();
        answers.count += 1;
        let id = answers.count;
        let before = answers.by_text.insert(key, (id, data));
        if answers.by_text.len() > REMEMBERED
            && let Some(oldest) = answers.by_text.iter().min_by_key(|(_, (id, _))| *id).map(|(key, _)| key.clone())
        {
            answers.by_text.remove(&oldest);
        }
        (id.to_string(), before)
    }

    /// Forgets a text that was closed.
    pub fn forget(&self, key: &TextKey) {
        self.0.lock().by_text.remove(key);
    }
}

/// All tokens of a text.
#[must_use]
pub fn full(asked: &Asked, key: TextKey, remembered: &Remembered) -> Option<SemanticTokensResult> {
    let data = encoded(asked, None);
    let (id, _) = remembered.keep(key, data.as_slice().into());
    Some(SemanticTokens { result_id: Some(id), data }.into())
}

/// What differs from the answer `previous`; all tokens when that is no longer remembered.
#[must_use]
pub fn delta(asked: &Asked, key: TextKey, previous: &str, remembered: &Remembered) -> Option<SemanticTokensFullDeltaResult> {
    let data = encoded(asked, None);
    let (id, before) = remembered.keep(key, data.as_slice().into());
    Some(match before.filter(|(id, _)| id.to_string() == previous) {
        Some((_, before)) => SemanticTokensDelta { result_id: Some(id), edits: difference(&before, &data) }.into(),
        None => SemanticTokens { result_id: Some(id), data }.into(),
    })
}

/// The tokens of a part of a text.
#[must_use]
pub fn range(asked: &Asked, range: Range) -> Option<SemanticTokensRangeResult> {
    Some(SemanticTokens { result_id: None, data: encoded(asked, Some(asked.span(range))) }.into())
}

fn encoded(asked: &Asked, within: Option<Span>) -> Vec<SemanticToken> {
    let within = within.unwrap_or(Span::new(0, u32::MAX));
    let mut line = Lines { asked, last: LineColumn { line: 0, column: 0 }, out: Vec::new() };
    for token in tokens::tokens(&asked.view.world.snapshot, asked.view.file, within) {
        line.push(token);
    }
    line.out
}

/// Writes tokens line by line, each place counted from the one before.
struct Lines<'a> {
    asked: &'a Asked,
    last: LineColumn,
    out: Vec<SemanticToken>,
}

impl Lines<'_> {
    fn push(&mut self, token: Token) {
        let (text, lines) = (self.asked.text(), self.asked.lines());
        let kind = KINDS.iter().position(|(kind, _)| *kind == token.kind).unwrap_or_default();
        for line in lines.line_of(token.span.start)..=lines.line_of(token.span.end) {
            let content = lines.line_content(text, line);
            let part = Span { start: token.span.start.max(content.start), end: token.span.end.min(content.end) };
            if part.start >= part.end {
                continue;
            }
            let from = lines.line_column(text, part.start, self.asked.agreed.encoding);
            let to = lines.line_column(text, part.end, self.asked.agreed.encoding);
            let delta_line = from.line - self.last.line;
            self.out.push(SemanticToken {
                delta_line,
                delta_start: if delta_line == 0 { from.column - self.last.column } else { from.column },
                length: to.column - from.column,
                token_type: Span::from(0..kind).end,
                token_modifiers_bitset: token.modifiers.0,
            });
            self.last = from;
        }
    }
}

/// The one edit that makes `new` of `old`: what both begin and end with stays.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Vec<SemanticTokensEdit> {
    let same = |pair: &(&SemanticToken, &SemanticToken)| pair.0 == pair.1;
    let head = old.iter().zip(new).take_while(same).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
    let (removed, added) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    if removed.is_empty() && added.is_empty() {
        return Vec::new();
    }
    // Places are counted in numbers, five to a token.
    let numbers = |tokens: usize| Span::from(0..tokens * 5).end;
    vec![SemanticTokensEdit { start: numbers(head), delete_count: numbers(removed.len()), data: Some(added.to_vec()) }]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(n: u32) -> SemanticToken {
        SemanticToken { delta_line: 0, delta_start: n, length: 1, token_type: 0, token_modifiers_bitset: 0 }
    }

    fn numbers(tokens: &[SemanticToken]) -> Vec<u32> {
        tokens.iter().flat_map(|t| [t.delta_line, t.delta_start, t.length, t.token_type, t.token_modifiers_bitset]).collect()
    }

    proptest! {
        #[test]
        fn the_edits_make_the_new_answer_of_the_old(old in prop::collection::vec(0u32..3, 0..9), new in prop::collection::vec(0u32..3, 0..9)) {
            let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().map(token).collect(), new.into_iter().map(token).collect());
            let mut data = numbers(&old);
            for edit in difference(&old, &new) {
                let (start, end) = (edit.start as usize, (edit.start + edit.delete_count) as usize);
                data.splice(start..end, numbers(&edit.data.unwrap_or_default()));
            }
            prop_assert_eq!(data, numbers(&new));
        }
    }

    #[test]
    fn the_legend_has_a_word_for_every_kind_and_bit() {
        assert!((0..KINDS.len()).all(|n| KINDS[n].0 as usize == n), "in the order of the kinds");
        assert_eq!(1 << (MODIFIERS.len() - 1), tokens::Modifiers::QUOTE.0);
    }

    #[test]
    fn only_so_many_answers_are_remembered() {
        let remembered = Remembered::default();
        for n in 0..200 {
            remembered.keep(TextKey::Other(n.to_string()), Arc::new([]));
        }
        assert_eq!(remembered.0.lock().by_text.len(), REMEMBERED);
        remembered.forget(&TextKey::Other("199".into()));
        assert_eq!(remembered.0.lock().by_text.len(), REMEMBERED - 1);
    }
}
