//! What is in this file?

use super::item::{self, Sort, first_words};
use crate::corpus::{Anchor, Annotations, ClaimKind, FileId, Snapshot};
use crate::syntax::{BlockKind, NodeKind};
use crate::text::Span;

/// One thing in a file, and what lies below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Its name; never empty.
    pub name: String,
    /// What it is, in few words.
    pub detail: String,
    /// Its sort.
    pub sort: Sort,
    /// All of it: the section, the record. Covers those of its children.
    pub full: Span,
    /// Its name in the file; lies in `full`.
    pub span: Span,
    /// In order of place.
    pub children: Vec<Outline>,
}

/// The outline of a file: of a registry its records; of a text its headings, each with its claims, quotations, pinpoints and
/// footnotes below it. Of a note, its record comes first.
#[must_use]
pub fn outline(snapshot: &Snapshot, file: FileId) -> Vec<Outline> {
    let Some(state) = snapshot.file(file) else { return Vec::new() };
    let records = state.facts.records.iter().map(|record| Outline {
        name: item::name(record).to_owned(),
        detail: item::detail(record),
        sort: Sort::Record(record.kind.clone()),
        full: record.span.join(record.id.span),
        span: if record.id.span.is_empty() { Span::at(record.span.start) } else { record.id.span },
        children: Vec::new(),
    });
    let mut out: Vec<Outline> = records.collect();
    if let Some(notes) = snapshot.annotations(file) {
        let anchors = state.facts.anchors.as_slice();
        out.extend(nested(&notes.text, listed(snapshot, &notes, anchors)));
    }
    out
}

/// Something of a text, not yet in its place; the level of a heading.
type Entry = (Option<u8>, Outline);

fn listed(snapshot: &Snapshot, notes: &Annotations, anchors: &[Anchor]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut by_place: Vec<&Anchor> = anchors.iter().collect();
    by_place.sort_by_key(|a| a.words);
    for block in &notes.document.blocks {
        match block.kind {
            BlockKind::Heading(level) => {
                let here = by_place.partition_point(|a| a.words < block.content)..by_place.partition_point(|a| a.words <= block.content);
                let names: Vec<&str> = by_place[here].iter().map(|a| a.name.as_str()).collect();
                let own = block.attributes.as_ref().and_then(|a| a.id).map(|id| id.slice(&notes.text));
                let detail = if names.is_empty() { own.unwrap_or_default().to_owned() } else { names.join(", ") };
                out.push((Some(level), entry(first_words(words(notes, block.content)), detail, Sort::Heading, block.span, block.content)));
            }
            BlockKind::FootnoteDefinition(label) => {
                let detail = first_words(words(notes, Span::new(label.end, block.span.end)));
                out.push((None, entry(format!("[^{}]", label.slice(&notes.text)), detail, Sort::Footnote, block.span, label)));
            }
            _ => {}
        }
    }
    pinpoints(notes, anchors, &mut out);
    claims(notes, &mut out);
    for (quote, at) in notes.prose.quotes.iter().zip(&notes.quotes) {
        let Some(speaker) = at.speaker.filter(|_| quote.within.is_none()) else { continue };
        let name = format!("“{}”", first_words(quote.words.slice(notes.running())));
        let by = speaker.entity.map_or_else(|| speaker.span.slice(&notes.text).to_owned(), |entity| item::name_of(snapshot, entity));
        out.push((None, entry(name, by, Sort::Quote, at.span, at.span)));
    }
    out.sort_by_key(|(level, e)| (e.full.start, level.is_none(), std::cmp::Reverse(e.full.end)));
    out
}

/// The places of a note that pinpoints name, each once with all its names; those of headings stand beside the heading.
fn pinpoints(notes: &Annotations, anchors: &[Anchor], out: &mut Vec<Entry>) {
    let headings: Vec<Span> = out.iter().filter(|(level, _)| level.is_some()).map(|(_, e)| e.span).collect();
    let mut sorted: Vec<&Anchor> = anchors.iter().filter(|a| headings.binary_search(&a.words).is_err()).collect();
    sorted.sort_by_key(|a| a.words);
    for same in sorted.chunk_by(|a, b| a.words == b.words) {
        let Some(first) = same.first() else { continue };
        let names: Vec<&str> = same.iter().map(|a| a.name.as_str()).collect();
        out.push((None, entry(names.join(", "), first_words(words(notes, first.words)), Sort::Pinpoint, first.words, first.words)));
    }
    // A text that is no note has no list of its places: the explicit ones.
    let explicit = notes.document.nodes.iter().filter(|_| anchors.is_empty());
    for node in explicit {
        let NodeKind::Anchor { id } = node.kind else { continue };
        let block = notes.document.blocks.get(node.block as usize).filter(|b| !matches!(b.kind, BlockKind::Heading(_)));
        let Some(block) = block else { continue };
        let detail = first_words(words(notes, block.content));
        out.push((None, entry(id.slice(&notes.text).to_owned(), detail, Sort::Pinpoint, block.content.join(id), id)));
    }
}

fn claims(notes: &Annotations, out: &mut Vec<Entry>) {
    for claim in &notes.claims {
        let ClaimKind::Explicit(node) = claim.kind else { continue };
        let Some(node) = notes.document.nodes.get(node as usize) else { continue };
        let NodeKind::BracketedSpan { attributes, .. } = &node.kind else { continue };
        let value = |name| attributes.value(&notes.text, name).filter(|v| !v.is_empty());
        let id = attributes.id.map(|id| format!("#{}", id.slice(&notes.text)));
        let said = [id.as_deref(), value("status"), value("conf"), claim.support.is_empty().then_some("no source")];
        let detail: Vec<&str> = said.into_iter().flatten().collect();
        let name = first_words(claim.words.slice(notes.running()));
        out.push((None, entry(name, detail.join(", "), Sort::Claim, node.span, claim.span)));
    }
}

fn entry(name: String, detail: String, sort: Sort, full: Span, span: Span) -> Outline {
    Outline { name, detail, sort, full: full.join(span), span, children: Vec::new() }
}

/// The words a reader sees of bytes of the file.
fn words(notes: &Annotations, span: Span) -> &str {
    let map = &notes.words.map;
    Span::new(map.from_source(span.start), map.from_source(span.end)).slice(notes.running())
}

/// Puts everything under its heading; a section ends where the next of its level or above begins.
fn nested(text: &str, entries: Vec<Entry>) -> Vec<Outline> {
    let mut out: Vec<Outline> = Vec::new();
    let mut open: Vec<(u8, Outline)> = Vec::new();
    for (level, entry) in entries {
        if let Some(level) = level {
            close(&mut open, &mut out, level, text, entry.full.start);
            open.push((level, entry));
        } else {
            match open.last_mut() {
                Some((_, section)) => section.children.push(entry),
                None => out.push(entry),
            }
        }
    }
    close(&mut open, &mut out, 0, text, Span::from(0..text.len()).end);
    out
}

/// Ends the open sections of `level` and below at `end`.
fn close(open: &mut Vec<(u8, Outline)>, out: &mut Vec<Outline>, level: u8, text: &str, end: u32) {
    while let Some((_, mut section)) = open.pop_if(|(own, _)| *own >= level) {
        let body = Span::new(section.full.start, end);
        let kept = Span::from(0..body.slice(text).trim_end().len()).end;
        section.full = section.full.join(Span::new(body.start, body.start + kept));
        for child in &section.children {
            section.full = section.full.join(child.full);
        }
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(section),
            None => out.push(section),
        }
    }
}
