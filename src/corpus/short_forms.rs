//! Short forms after a full mention: "the resolution", "its paragraph 4", «эта резолюция». Worked out for the place that is asked
//! about; nothing is ever reported for them.

use super::names::kind_fits;
use super::{Annotations, FileId, Meaning, Snapshot, Symbol};
use crate::prose::Body;
use crate::prose::instruments::{back_at, pin_of_name};
use crate::syntax::PassageKind;
use crate::text::Span;

/// Words that lead back to an instrument named before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortForm {
    /// The instrument, and the pinpoint beside the words.
    pub symbol: Symbol,
    /// The words, in bytes of the file.
    pub span: Span,
    /// Where it is named in full, likewise.
    pub full: Span,
}

/// Bytes of running text between a full mention and a noun that leads back to it.
const FAR: u32 = 3000;

/// The same for "its".
const NEAR: u32 = 400;

/// So many mentions are looked back over.
const MOST: usize = 64;

/// An instrument named before.
struct Named {
    words: Span,
    symbol: Symbol,
    resolution: bool,
}

impl Snapshot {
    /// What the short form at a byte of a text leads back to: the last instrument of its kind that the section names in full. `None`
    /// where two of a kind stand in one sentence.
    #[must_use]
    pub fn short_form_at(&self, file: FileId, offset: u32) -> Option<ShortForm> {
        let notes = self.annotations(file)?;
        let at = notes.words.map.from_source(offset);
        let index = notes.words.passages.partition_point(|p| p.span.end < at);
        let passage = notes.words.passages.get(index).filter(|p| p.span.touches(at))?;
        let back = back_at(notes.running(), passage.span, at)?;
        let noun = back.noun.map(|noun| noun.slice(notes.running()));
        let heading = notes.words.passages[..index].iter().rev().find(|p| p.kind == PassageKind::Heading);
        let reach = if noun.is_some() { FAR } else { NEAR };
        let first = heading.map_or(0, |h| h.span.start).max(back.name.start.saturating_sub(reach));
        let fits = |named: &Named| noun.is_none_or(|noun| self.is_called(&notes, named, noun));
        let mut before = self.named_before(&notes, Span::new(first, back.name.start));
        before.retain(fits);
        let last = before.last()?;
        let same_sentence = |named: &&Named| notes.sentence_at(named.words.start) == notes.sentence_at(last.words.start);
        if before.iter().filter(same_sentence).any(|named| named.symbol != last.symbol) {
            return None;
        }
        let pin = pin_of_name(notes.running(), passage.span, back.name, last.resolution).map(|(pin, _)| pin.0);
        let symbol = match &last.symbol {
            Symbol::Entity(entity, _) => Symbol::Entity(*entity, pin),
            Symbol::Resolution(number, _) => Symbol::Resolution(*number, pin),
            other => other.clone(),
        };
        Some(ShortForm { symbol, span: notes.words.to_file(back.whole), full: notes.words.to_file(last.words) })
    }

    /// The instruments that a stretch of the running text names, in order of place.
    fn named_before(&self, notes: &Annotations, stretch: Span) -> Vec<Named> {
        let mut out = Vec::new();
        let upto = notes.prose.instruments.partition_point(|i| i.span.end <= stretch.end);
        let near = notes.instruments.iter().zip(&notes.prose.instruments).take(upto).rev();
        for (at, found) in near.take_while(|(_, i)| i.span.start >= stretch.start).take(MOST) {
            let symbol = match at.entity {
                Some(entity) => Some(Symbol::Entity(entity, None)),
                None => self.symbol_of(&found.id, None),
            };
            let resolution = matches!(found.body, Body::SecurityCouncil(_) | Body::GeneralAssembly) || found.symbol.contains("/RES/");
            out.extend(symbol.map(|symbol| Named { words: found.span, symbol, resolution }));
        }
        let upto = notes.mentions.partition_point(|m| m.words.start < stretch.end);
        let near = notes.mentions[..upto].iter().rev().take_while(|m| m.words.start >= stretch.start).take(MOST);
        for mention in near.filter(|m| m.words.end <= stretch.end) {
            let symbol = match &mention.meaning {
                Meaning::One(c) if self.entity(c.entity).record.kind.is_instrument() => Symbol::Entity(c.entity, None),
                Meaning::Resolution(number) => Symbol::Resolution(*number, None),
                _ => continue,
            };
            let resolution = self.is_resolution(&symbol);
            out.push(Named { words: mention.words, symbol, resolution });
        }
        out.sort_by_key(|named| (named.words.end, named.words.start));
        out
    }

    fn is_resolution(&self, symbol: &Symbol) -> bool {
        match symbol {
            Symbol::Entity(entity, _) => self.entity(*entity).record.kind == crate::registry::RecordKind::Resolution,
            Symbol::Resolution(..) => true,
            _ => false,
        }
    }

    /// Whether people call it by that noun: by its record's kind or name, or by the words that named it.
    fn is_called(&self, notes: &Annotations, named: &Named, noun: &str) -> bool {
        if let Symbol::Entity(entity, _) = named.symbol
            && kind_fits(noun, &self.entity(entity).record)
        {
            return true;
        }
        let lower = noun.to_lowercase();
        let stem: String = lower.chars().take(7).collect();
        (named.resolution && (lower.starts_with("resolution") || lower.starts_with("резолюц")))
            || named.words.slice(notes.running()).to_lowercase().contains(&stem)
    }
}
