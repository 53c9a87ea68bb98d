//! Working out what one text means.

use std::borrow::Cow;
use std::sync::Arc;

use super::annotations::Words;
use super::{Annotations, CitationAt, FileId, FileKind, FileState, InstrumentAt, QuoteAt, Snapshot, Speaker, claims, coverage, mentions};
use crate::prose::{self, Attribution, Language, Named, NamedKind, Said};
use crate::registry::RecordKind;
use crate::syntax::{self, Format, NodeKind, RunningText};
use crate::text::Span;

/// Works out what a text means in a corpus. `text` are the characters of `file`.
#[must_use]
pub fn annotate(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>) -> Annotations {
    let format = if let FileKind::Text(format) = file.kind { format } else { Format::Plain };
    let document = syntax::parse(&text, format);
    let running = syntax::running_text(&text, &document);
    let language = Language::of(file.settings.lang.as_deref(), &running.projection.text);
    let mut read = prose::read(&running, language);
    prose::instruments::find_project(&running, &snapshot.compiled.patterns, &mut read.instruments);
    let words = Words::of(running);
    let mut notes = Annotations {
        file: id,
        text,
        document,
        words,
        language,
        prose: read,
        mentions: Vec::new(),
        instruments: Vec::new(),
        citations: Vec::new(),
        quotes: Vec::new(),
        reported: Vec::new(),
        claims: Vec::new(),
        supported: Vec::new(),
    };
    notes.instruments = instruments(snapshot, &notes);
    notes.mentions = mentions::find(snapshot, &notes, file);
    notes.citations = citations(snapshot, &notes);
    attribute(snapshot, &mut notes);
    let marks = coverage::ClaimSpans::of(&notes);
    let cover = coverage::Coverage::of(snapshot, &notes, file, &marks);
    notes.claims = claims::find(snapshot, &notes, file, &cover, &marks);
    notes.supported = cover.supported(notes.prose.sentences.len());
    notes
}

impl Words {
    /// Keeps a running text.
    pub(super) fn of(running: RunningText<'_>) -> Self {
        let own = match running.projection.text {
            Cow::Borrowed(_) => None,
            Cow::Owned(words) => Some(words),
        };
        Self { own, map: running.projection.map, passages: running.passages }
    }
}

/// What each instrument of the words leads to.
pub(super) fn instruments(snapshot: &Snapshot, notes: &Annotations) -> Vec<InstrumentAt> {
    let found = notes.prose.instruments.iter().map(|i| InstrumentAt {
        span: notes.words.to_file(i.span),
        entity: snapshot.names().by_id(&i.id).or_else(|| snapshot.names().by_symbol(&i.symbol)),
    });
    found.collect()
}

fn citations(snapshot: &Snapshot, notes: &Annotations) -> Vec<CitationAt> {
    let mut out = Vec::new();
    for (number, node) in notes.document.nodes.iter().enumerate() {
        let NodeKind::Citation(group) = &node.kind else { continue };
        for (item, cited) in group.items.iter().enumerate() {
            let entity = snapshot.entity_of(cited.key.slice(&notes.text));
            if group.narrative && entity.is_none() {
                // A bare handle is a citation only when its key is registered.
                continue;
            }
            out.push(CitationAt { node: Span::from(0..number).end, item: Span::from(0..item).end, key: cited.key, entity });
        }
    }
    out
}

/// Finds who says what, and writes it to quotations and sentences.
fn attribute(snapshot: &Snapshot, notes: &mut Annotations) {
    notes.quotes = notes.prose.quotes.iter().map(|q| QuoteAt { span: notes.words.to_file(q.span), speaker: None }).collect();
    let named: Vec<Named> = notes.mentions.iter().map(|m| Named { span: m.words, kind: kind_of(snapshot, &m.meaning) }).collect();
    let said = prose::attribution::attribute(notes.running(), &notes.words.passages, &notes.prose, &named, notes.language);
    for one in said {
        let Some(speaker) = speaker(notes, &one) else { continue };
        match one.said {
            Said::Quote(i) => {
                if let Some(quote) = notes.quotes.get_mut(i as usize) {
                    quote.speaker = Some(speaker);
                }
            }
            Said::Sentence(i) => notes.reported.push((i, speaker)),
        }
    }
    notes.reported.sort_by_key(|(sentence, _)| *sentence);
    marked_speakers(snapshot, notes);
}

fn speaker(notes: &Annotations, said: &Attribution) -> Option<Speaker> {
    let entity = said.named.and_then(|n| notes.mentions.get(n as usize)?.meaning.entity());
    let to_file = |s: Span| notes.words.to_file(s);
    Some(Speaker { span: to_file(said.speaker?), entity, cue: said.cue.map(to_file) })
}

/// `by=` of a span round or inside a quotation wins over what the words say.
fn marked_speakers(snapshot: &Snapshot, notes: &mut Annotations) {
    let mut marked = Vec::new();
    for node in &notes.document.nodes {
        if let NodeKind::BracketedSpan { attributes, .. } = &node.kind
            && let Some(by) = attributes.pair(&notes.text, "by")
        {
            let entity = snapshot.entity_of(by.value.slice(&notes.text));
            marked.push((node.span, Speaker { span: by.value, entity, cue: None }));
        }
    }
    for (span, speaker) in marked {
        for quote in notes.quotes.iter_mut().filter(|q| span.overlaps(q.span)) {
            quote.speaker = Some(speaker);
        }
    }
}

fn kind_of(snapshot: &Snapshot, meaning: &super::Meaning) -> NamedKind {
    let kind = |entity| match snapshot.entity(entity).record.kind {
        RecordKind::Person => NamedKind::Person,
        RecordKind::Org => NamedKind::Org,
        RecordKind::Place => NamedKind::Place,
        _ => NamedKind::Other,
    };
    match meaning {
        super::Meaning::One(c) => kind(c.entity),
        super::Meaning::Several(all) => {
            // Whoever it is, all of them can speak or none is counted as able to.
            let mut kinds = all.iter().map(|c| kind(c.entity));
            let first = kinds.next().unwrap_or(NamedKind::Other);
            if kinds.all(|k| k == first) { first } else { NamedKind::Org }
        }
        _ => NamedKind::Other,
    }
}
