//! Speakers that a line of their own names: below a block of quotation, behind the dash of a headline.

use super::events::Voice;
use super::{NamedKind, Reader, tokens};
use crate::syntax::{Passage, PassageKind};
use crate::text::Span;

impl Reader<'_> {
    /// The speaker in an attribution line: "— Jane Smith, 16 March 2017".
    pub(super) fn line(&mut self, line: Span) -> Option<Voice> {
        let mut read = tokens::Tokens::default();
        tokens::list(self.text, line, &[], self.lexicon, &mut read);
        let tokens = &read.all;
        let first = tokens.iter().position(|t| t.kind == tokens::Kind::Word)?;
        let rest = tokens.get(first..)?;
        let length = rest.iter().take_while(|t| t.kind == tokens::Kind::Word).count();
        let span = rest.first()?.span.join(rest.get(length.checked_sub(1)?)?.span);
        let from = self.named.partition_point(|n| n.span.end <= line.start);
        let mut here = self.named.iter().enumerate().skip(from).take_while(|(_, n)| n.span.start < line.end);
        let found = here
            .clone()
            .find(|(_, n)| n.kind == NamedKind::Person)
            .or_else(|| here.find(|(_, n)| matches!(n.kind, NamedKind::Org | NamedKind::Place)));
        match found {
            Some((index, named)) => Some(Voice { speaker: named.span, named: Some(Span::from(0..index).end), cue: None }),
            None => Some(Voice { speaker: span, named: None, cue: None }),
        }
    }

    /// "Peacekeepers should use force only for self-defence — Lavrov": the name behind the dash of a headline.
    pub(super) fn headline(&self, passage: Passage) -> Option<(u32, Voice)> {
        let words = passage.span.slice(self.text).trim_end();
        if !matches!(passage.kind, PassageKind::Heading | PassageKind::Paragraph)
            || words.len() > 300
            || words.ends_with(['.', '!', '?', '"'])
        {
            return None;
        }
        let dash = words.rfind(['—', '–'])?;
        let tail = words[dash..].trim_start_matches(['—', '–']).trim_start();
        let span = Span::from(passage.span.end as usize..passage.span.end as usize);
        let span = if tail.is_empty() { span } else { Span::of(tail, self.text) };
        let at = self.named.partition_point(|n| n.span.start < span.start);
        let named = self.named.get(at).filter(|n| n.span == span && n.kind != NamedKind::Other)?;
        let sentence = self.prose.sentences.partition_point(|s| s.span.start <= span.start).checked_sub(1)?;
        Some((Span::from(0..sentence).end, Voice { speaker: named.span, named: Some(Span::from(0..at).end), cue: None }))
    }
}
