//! What stands at a place, where it is defined, and where it is named.

use smol_str::SmolStr;

use super::facts::attribute_key;
use super::{Annotations, EntityId, FileId, Found, Meaning, RecordAt, Snapshot, Use, UseKind};
use crate::syntax::{Document, NodeKind};
use crate::text::Span;

/// A thing that a place can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// An entity of the corpus, and the pinpoint into it.
    Entity(EntityId, Option<SmolStr>),
    /// A text of the corpus, and the anchor in it.
    Text(FileId, Option<SmolStr>),
    /// A resolution that only the built-in table knows, and the pinpoint into it.
    Resolution(u32, Option<SmolStr>),
    /// One of several entities.
    Ambiguous(Vec<EntityId>),
    /// A rule, named in a directive.
    Rule(SmolStr),
    /// A well-formed instrument that nothing here knows, by its index in `Annotations::instruments`.
    Instrument(u32),
    /// A claim of the text, by its index in `Annotations::claims`.
    Claim(u32),
}

/// What stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolAt {
    /// The thing.
    pub symbol: Symbol,
    /// What to highlight.
    pub span: Span,
}

/// A place in the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The name itself.
    pub span: Span,
    /// All that belongs to it: the record, the paragraph.
    pub full: Span,
}

impl Snapshot {
    /// What stands at a byte of a file; nested things answer before what holds them.
    #[must_use]
    pub fn symbol_at(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let state = self.file(file)?;
        if state.kind.is_text() {
            if state.annotations.get().is_none() {
                // Marks need no more than the text's syntax.
                let marks = self.marks(file)?;
                if let Some(found) = self.in_marks(marks.text(), marks.document(), offset) {
                    return Some(found);
                }
            }
            if let Some(found) = self.in_text(&*self.annotations(file)?, offset) {
                return Some(found);
            }
        }
        self.in_head(file, offset).or_else(|| self.in_records(file, offset))
    }

    /// The mark at a byte of a text, and what it names.
    #[must_use]
    pub fn mark_at(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let marks = self.marks(file)?;
        self.in_marks(marks.text(), marks.document(), offset)
    }

    fn in_text(&self, notes: &Annotations, offset: u32) -> Option<SymbolAt> {
        self.in_marks(&notes.text, &notes.document, offset).or_else(|| self.in_words(notes, offset)).or_else(|| claim_at(notes, offset))
    }

    fn in_marks(&self, text: &str, document: &Document, offset: u32) -> Option<SymbolAt> {
        for node in document.nodes.iter().rev().filter(|n| n.span.touches(offset)) {
            let found = match &node.kind {
                NodeKind::Citation(group) => {
                    let item = group.items.iter().find(|i| i.key.touches(offset) || (i.key.start > 0 && i.key.start - 1 == offset));
                    let item = item.or_else(|| group.items.first().filter(|_| group.items.len() == 1));
                    item.and_then(|i| Some(SymbolAt { symbol: self.symbol_of(i.key.slice(text), None)?, span: i.key }))
                }
                NodeKind::Directive(directive) => directive
                    .rules
                    .iter()
                    .find(|r| r.touches(offset))
                    .map(|r| SymbolAt { symbol: Symbol::Rule(r.slice(text).into()), span: *r }),
                NodeKind::BracketedSpan { attributes, .. } => {
                    let pair = attributes
                        .pairs
                        .iter()
                        .find(|p| p.value.touches(offset) && matches!(p.name.slice(text), "by" | "source" | "against"));
                    pair.and_then(|p| {
                        let key = attribute_key(text, p.value);
                        Some(SymbolAt { symbol: self.symbol_of(key.slice(text), None)?, span: key })
                    })
                }
                NodeKind::Mention(mention) => {
                    let target = super::facts::target_name(mention.target.slice(text));
                    let pin = mention.pin.map(|p| SmolStr::from(p.slice(text)));
                    self.symbol_of(target, pin).map(|symbol| SymbolAt { symbol, span: node.span })
                }
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The smallest name or instrument in plain words at a place, the pinpoint beside it included.
    fn in_words(&self, notes: &Annotations, offset: u32) -> Option<SymbolAt> {
        let instruments = notes.instruments_found().enumerate().filter_map(|(index, (at, found))| {
            let beside = found.pin.as_ref().map(|(_, words)| notes.words.to_file(*words));
            let span = [Some(at.span), beside].into_iter().flatten().find(|s| s.touches(offset))?;
            let pin = found.pin.as_ref().map(|(pin, _)| pin.0.clone());
            let symbol = match at.entity {
                Some(entity) => Symbol::Entity(entity, pin),
                None => self.symbol_of(&found.id, pin).unwrap_or(Symbol::Instrument(Span::from(0..index).end)),
            };
            Some(SymbolAt { symbol, span })
        });
        let mentions = notes.mentions.iter().filter(|m| m.node.is_none()).filter_map(|m| {
            let span = [Some(m.span), m.pin_beside].into_iter().flatten().find(|s| s.touches(offset))?;
            let symbol = match &m.meaning {
                Meaning::One(c) => Symbol::Entity(c.entity, m.pin.clone()),
                Meaning::Several(all) => Symbol::Ambiguous(all.iter().map(|c| c.entity).collect()),
                Meaning::Resolution(n) => Symbol::Resolution(*n, m.pin.clone()),
                Meaning::Text(file) => Symbol::Text(*file, m.pin.clone()),
                Meaning::Unknown => return None,
            };
            Some(SymbolAt { symbol, span })
        });
        instruments.chain(mentions).min_by_key(|s| s.span.len())
    }

    /// What an id or key with a pinpoint means.
    #[must_use]
    pub fn symbol_of(&self, id: &str, pin: Option<SmolStr>) -> Option<Symbol> {
        Some(match self.lookup(id)? {
            Found::Entity(entity) | Found::Renamed(entity) => Symbol::Entity(entity, pin),
            Found::Text(file) => Symbol::Text(file, pin),
            Found::Resolution(resolution) => Symbol::Resolution(resolution.number, pin),
        })
    }

    /// In a registry, or in a note's front matter: the record, or the one that a field names.
    fn in_records(&self, file: FileId, offset: u32) -> Option<SymbolAt> {
        let records = &self.file(file)?.facts.records;
        let upto = records.partition_point(|r| r.span.start <= offset);
        let index = upto.checked_sub(1)?;
        let record = records.get(index).filter(|r| r.span.touches(offset))?;
        for relation in &record.relations {
            if relation.target.span.touches(offset) {
                let symbol = self.symbol_of(&relation.target.value, None)?;
                return Some(SymbolAt { symbol, span: relation.target.span });
            }
        }
        let entity = self.names().by_id(&record.id.value)?;
        let span = if record.id.span.touches(offset) { record.id.span } else { record.span };
        Some(SymbolAt { symbol: Symbol::Entity(entity, None), span })
    }

    /// Where a thing is defined: its home first. Empty for what only the built-in table knows.
    #[must_use]
    pub fn definitions(&self, symbol: &Symbol) -> Vec<Place> {
        match symbol {
            Symbol::Entity(entity, pin) => self.entity_places(*entity, pin.as_deref()),
            Symbol::Ambiguous(all) => all.iter().flat_map(|e| self.entity_places(*e, None)).collect(),
            Symbol::Text(file, pin) => {
                let anchor = pin.as_ref().and_then(|p| self.anchor(*file, p)).map(|a| a.words).unwrap_or_default();
                vec![Place { file: *file, span: anchor, full: anchor }]
            }
            Symbol::Resolution(..) | Symbol::Rule(_) | Symbol::Instrument(_) | Symbol::Claim(_) => Vec::new(),
        }
    }

    fn entity_places(&self, entity: EntityId, pin: Option<&str>) -> Vec<Place> {
        let entity = self.entity(entity);
        if let Some(pin) = pin
            && let Some(anchor) = self.anchor(entity.home.file, pin)
        {
            return vec![Place { file: entity.home.file, span: anchor.words, full: anchor.words }];
        }
        let places = entity.places();
        places.filter_map(|at| self.place_of(at)).collect()
    }

    fn place_of(&self, at: RecordAt) -> Option<Place> {
        let record = self.record_at(at)?;
        let span = if record.id.span.is_empty() { Span::at(record.span.start) } else { record.id.span };
        Some(Place { file: at.file, span, full: record.span })
    }

    /// Every mark of a text that names a thing, by path and place: relations of records are not among them.
    #[must_use]
    pub fn references(&self, symbol: &Symbol) -> Vec<(FileId, Use)> {
        let marks = self.marked_references(symbol).into_iter().filter(|r| r.kind != UseKind::Record);
        marks.map(|r| (r.file, Use { name: r.name, pin: r.pin, span: r.span, key: r.key, kind: r.kind })).collect()
    }
}

fn claim_at(notes: &Annotations, offset: u32) -> Option<SymbolAt> {
    let touching = notes.claims.iter().enumerate().filter(|(_, c)| c.span.touches(offset));
    let (index, claim) = touching.min_by_key(|(_, c)| c.span.len())?;
    Some(SymbolAt { symbol: Symbol::Claim(Span::from(0..index).end), span: claim.span })
}
