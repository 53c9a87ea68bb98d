//! All that one file names, and whether two names mean the same thing.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::facts::{attribute_key, uses};
use super::{Annotations, EntityId, FileId, Meaning, Reference, Snapshot, Symbol, SymbolAt, UseKind, anchors};
use crate::syntax::{BlockKind, NodeKind, Spelling};
use crate::text::{Point, Span};

/// A place of one file and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAt {
    /// What it names; an instrument that nothing here knows by the first place that names it.
    pub symbol: Symbol,
    /// What to highlight.
    pub span: Span,
    /// The words of the pinpoint, where they stand beside the name: `paragraph 1` of "paragraph 1 of resolution 2202".
    pub pin: Option<Span>,
}

impl Snapshot {
    /// All that a file names, marked or in plain words, in order of place. A name inside a mark of the same thing is no place of
    /// its own.
    #[must_use]
    pub fn named_in(&self, file: FileId) -> Vec<NamedAt> {
        let mut out = Vec::new();
        let Some(state) = self.file(file) else { return out };
        if let Some(found) = self.source_of_head(file) {
            out.push(found);
        }
        for relation in state.facts.records.iter().flat_map(|r| &r.relations) {
            if let Some(symbol) = self.symbol_of(&relation.target.value, None) {
                out.push(NamedAt { symbol, span: relation.target.span, pin: None });
            }
        }
        if let Some(notes) = self.annotations(file) {
            self.in_marks_all(&notes, &mut out);
            self.in_words_all(&notes, &mut out);
        }
        out.sort_by_key(|n| (n.span.start, Reverse(n.span.end)));
        let mut last: Option<(Span, Symbol)> = None;
        out.retain(|named| {
            let inside = last.as_ref().is_some_and(|(span, symbol)| span.covers(named.span) && self.same_thing(symbol, &named.symbol));
            if !inside {
                last = Some((named.span, named.symbol.clone()));
            }
            !inside
        });
        out
    }

    fn in_marks_all(&self, notes: &Annotations, out: &mut Vec<NamedAt>) {
        for found in uses(&notes.text, &notes.document) {
            let span = if found.kind == UseKind::Mention { found.span } else { found.key };
            if let Some(symbol) = self.symbol_of(&found.name, found.pin) {
                out.push(NamedAt { symbol, span, pin: None });
            }
        }
    }

    fn in_words_all(&self, notes: &Annotations, out: &mut Vec<NamedAt>) {
        let first = first_of_each(notes);
        for (at, found) in notes.instruments_found() {
            let pin = found.pin.as_ref().map(|(pin, _)| pin.0.clone());
            let beside = found.pin.as_ref().map(|(_, words)| notes.words.to_file(*words));
            let symbol = match at.entity {
                Some(entity) => Some(Symbol::Entity(entity, pin)),
                None => self.symbol_of(&found.id, pin).or_else(|| first.get(&found.id).copied().map(Symbol::Instrument)),
            };
            out.extend(symbol.map(|symbol| NamedAt { symbol, span: at.span, pin: beside }));
        }
        for mention in notes.mentions.iter().filter(|m| m.node.is_none()) {
            let symbol = match &mention.meaning {
                Meaning::One(candidate) => Symbol::Entity(candidate.entity, mention.pin.clone()),
                Meaning::Several(all) => Symbol::Ambiguous(all.iter().map(|c| c.entity).collect()),
                Meaning::Resolution(number) => Symbol::Resolution(*number, mention.pin.clone()),
                Meaning::Text(file) => Symbol::Text(*file, mention.pin.clone()),
                Meaning::Unknown => continue,
            };
            out.push(NamedAt { symbol, span: mention.span, pin: mention.pin_beside });
        }
    }

    /// `source:` of a text's front matter.
    fn source_of_head(&self, file: FileId) -> Option<NamedAt> {
        let (_, value) = self.file(file)?.facts.head.source.as_ref()?;
        let key = attribute_key(&self.text(file)?, *value);
        let symbol = self.symbol_of(key.slice(&self.text(file)?), None)?;
        Some(NamedAt { symbol, span: key, pin: None })
    }

    /// In front matter: the source it names, or the text itself by its own id.
    pub(super) fn in_head(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let head = &self.file(file)?.facts.head;
        let own = head.id.as_ref().filter(|(_, span)| span.touches(offset) && head.record_type.is_none());
        if let Some((_, span)) = own {
            return Some(SymbolAt { symbol: Symbol::Text(file, None), span: *span });
        }
        head.source.as_ref().filter(|(_, span)| span.touches(offset))?;
        let named = self.source_of_head(file)?;
        Some(SymbolAt { symbol: named.symbol, span: named.span })
    }

    /// What a question about all uses at a place is about: as [`symbol_at`](Self::symbol_at), but the id alone asks for the
    /// whole instrument, its pinpoint for that place of it, and a numbered item or heading of a text for itself.
    #[must_use]
    pub fn subject_at(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let found = match self.symbol_at(file, offset) {
            Some(SymbolAt { symbol: Symbol::Claim(_), .. }) | None => self.place_at(file, offset)?,
            Some(found) => found,
        };
        let whole = match &found.symbol {
            Symbol::Entity(..) | Symbol::Text(..) | Symbol::Resolution(..) => self.is_whole(file, offset, &found),
            Symbol::Instrument(index) => {
                let notes = self.annotations(file)?;
                let (_, instrument) = notes.instruments_found().nth(*index as usize)?;
                let first = first_of_each(&notes).get(&instrument.id).copied()?;
                return Some(SymbolAt { symbol: Symbol::Instrument(first), ..found });
            }
            _ => false,
        };
        Some(if whole { SymbolAt { symbol: without_pin(&found.symbol), ..found } } else { found })
    }

    /// Whether the cursor is on the name and not on the pinpoint beside or behind it.
    fn is_whole(&self, file: FileId, offset: u32, found: &SymbolAt) -> bool {
        if pin_of(&found.symbol).is_none() {
            return false;
        }
        let Some(notes) = self.annotations(file) else { return false };
        let mark = notes.document.nodes.iter().rev().find_map(|n| match &n.kind {
            NodeKind::Mention(m) if n.span == found.span => Some(m),
            _ => None,
        });
        match mark {
            // Behind `#` the pinpoint begins; the words shown stand for it as well.
            Some(mark) => offset <= mark.target.end && (mark.spelling == Spelling::Wikilink || offset >= mark.target.start),
            None => !self.named_in(file).iter().any(|n| n.pin.is_some_and(|pin| pin == found.span)) && !self.is_own_place(file, found),
        }
    }

    fn is_own_place(&self, file: FileId, found: &SymbolAt) -> bool {
        self.own_anchor(file, |anchor| anchor.words == found.span).is_some()
    }

    /// The place of a text that a heading, an item's number or an explicit anchor makes.
    fn place_at(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let notes = self.annotations(file)?;
        let blocks = notes.document.blocks.iter().filter(|b| b.span.touches(offset));
        let words = blocks.filter_map(|b| match b.kind {
            BlockKind::Heading(_) => Some(b.content),
            BlockKind::Item(Some(_)) => (offset <= b.content.start).then_some(b.content),
            _ => None,
        });
        let explicit = notes.document.nodes.iter().filter_map(|n| match &n.kind {
            NodeKind::Anchor { id } if id.touches(offset) => notes.document.blocks.get(n.block as usize).map(|b| b.content),
            NodeKind::BracketedSpan { text, attributes } if attributes.id.is_some_and(|id| id.touches(offset)) => Some(*text),
            _ => None,
        });
        let words = explicit.chain(words).last()?;
        let pin = self.own_anchor(file, |anchor| anchor.words == words || anchor.words.start == words.start)?;
        let symbol = match self.entity_at_home(file) {
            Some(entity) => Symbol::Entity(entity, Some(pin.name)),
            None => Symbol::Text(file, Some(pin.name)),
        };
        Some(SymbolAt { symbol, span: pin.words })
    }

    /// The first anchor of a text that fits.
    fn own_anchor(&self, file: FileId, fits: impl Fn(&anchors::Anchor) -> bool) -> Option<anchors::Anchor> {
        let state = self.file(file)?;
        if !state.facts.records.is_empty() {
            return state.facts.anchors.as_slice().iter().find(|a| fits(a)).cloned();
        }
        let notes = self.annotations(file)?;
        let all = anchors::Anchors::of(&notes.text, &notes.document, &crate::registry::RecordKind::Document);
        all.as_slice().iter().find(|a| fits(a)).cloned()
    }

    /// The entity whose note a text is.
    #[must_use]
    pub fn entity_at_home(&self, file: FileId) -> Option<EntityId> {
        let state = self.file(file).filter(|f| f.kind.is_text())?;
        let entity = self.names().by_id(&state.facts.records.first()?.id.value)?;
        (self.entity(entity).home.file == file).then_some(entity)
    }

    /// Whether a place that names `named` is a use of `subject`: of the thing itself when it has no pinpoint, of that place of it
    /// when it has one. A name that may mean several things is a use of each.
    #[must_use]
    pub fn means(&self, subject: &Symbol, named: &Symbol) -> bool {
        let pin = |own: &Option<SmolStr>, other: &Option<SmolStr>, file: Option<FileId>| match (own, other) {
            (None, _) => true,
            (Some(own), Some(other)) => self.same_pin(file, own, other),
            (Some(_), None) => false,
        };
        match (subject, named) {
            (Symbol::Entity(a, own), Symbol::Entity(b, other)) => a == b && pin(own, other, Some(self.entity(*a).home.file)),
            (Symbol::Entity(a, None), Symbol::Ambiguous(all)) | (Symbol::Ambiguous(all), Symbol::Entity(a, _)) => all.contains(a),
            (Symbol::Ambiguous(a), Symbol::Ambiguous(b)) => a.iter().any(|a| b.contains(a)),
            (Symbol::Text(a, own), Symbol::Text(b, other)) => a == b && pin(own, other, Some(*a)),
            (Symbol::Resolution(a, own), Symbol::Resolution(b, other)) => a == b && pin(own, other, None),
            (Symbol::Instrument(_) | Symbol::Rule(_), _) => subject == named,
            _ => false,
        }
    }

    /// Whether two pinpoints lead to one place: `annex-i` and `annex-1`, and in a resolution `op-1` and `para-1`.
    fn same_pin(&self, file: Option<FileId>, a: &str, b: &str) -> bool {
        let (a, b) = (anchors::normal(a), anchors::normal(b));
        let paragraph = |pin: &str| pin.strip_prefix("para-").map(|rest| format!("op-{rest}"));
        if a == b || paragraph(&a).as_deref().unwrap_or(&a) == paragraph(&b).as_deref().unwrap_or(&b) {
            return true;
        }
        let words = |pin: &str| file.and_then(|file| self.anchor(file, pin)).map(|anchor| anchor.words);
        let place = words(&a);
        place.is_some() && place == words(&b)
    }

    /// All places of the corpus that name a thing, by path and place; of a pinpoint those of that place alone.
    #[must_use]
    pub fn uses_of(&self, subject: &Symbol) -> Vec<Reference> {
        let mut out = self.all_references(&without_pin(subject));
        if let Some(pin) = pin_of(subject) {
            let home = match subject {
                Symbol::Entity(entity, _) => Some(self.entity(*entity).home.file),
                Symbol::Text(file, _) => Some(*file),
                _ => None,
            };
            // A corpus writes one pinpoint in few ways: each is compared once.
            let mut known: FxHashMap<SmolStr, bool> = FxHashMap::default();
            out.retain(|found| {
                let Some(other) = &found.pin else { return false };
                *known.entry(other.clone()).or_insert_with(|| self.same_pin(home, pin, other))
            });
        }
        out
    }

    /// The files and bytes of [`uses_of`](Self::uses_of), and those by lines and columns.
    #[must_use]
    pub fn places_of(&self, subject: &Symbol) -> Vec<(FileId, Span, Range<Point>)> {
        match pin_of(subject) {
            Some(_) => self.uses_of(subject).into_iter().map(|found| (found.file, found.span, found.at)).collect(),
            None => self.parts_of_references(subject, &|found| (found.file, found.span, found.at)),
        }
    }

    /// The same as [`means`](Self::means), pinpoints left aside.
    fn same_thing(&self, a: &Symbol, b: &Symbol) -> bool {
        self.means(&without_pin(a), b)
    }
}

/// The thing without its pinpoint.
#[must_use]
pub fn without_pin(symbol: &Symbol) -> Symbol {
    match symbol {
        Symbol::Entity(entity, _) => Symbol::Entity(*entity, None),
        Symbol::Text(file, _) => Symbol::Text(*file, None),
        Symbol::Resolution(number, _) => Symbol::Resolution(*number, None),
        other => other.clone(),
    }
}

/// The pinpoint of a thing.
#[must_use]
pub fn pin_of(symbol: &Symbol) -> Option<&str> {
    match symbol {
        Symbol::Entity(_, pin) | Symbol::Text(_, pin) | Symbol::Resolution(_, pin) => pin.as_deref(),
        _ => None,
    }
}

/// Of every instrument of a text the first place that names it.
fn first_of_each(notes: &Annotations) -> FxHashMap<SmolStr, u32> {
    let mut first = FxHashMap::default();
    for (index, (_, found)) in notes.instruments_found().enumerate() {
        first.entry(found.id.clone()).or_insert(Span::from(0..index).end);
    }
    first
}
