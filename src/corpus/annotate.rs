//! Working out what one text means.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::annotations::{Made, Words};
use super::part::Part;
use super::{
    Annotations, CitationAt, FileId, FileKind, FileState, InstrumentAt, QuoteAt, Snapshot, Step, claims, coverage, landmarks, mentions,
    speakers,
};
use crate::prose::{self, Instrument, Language};
use crate::syntax::{self, Format, NodeKind, RunningText};
use crate::text::Span;

/// Works out what a text means in a corpus. `text` are the characters of `file`.
#[must_use]
pub fn annotate(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>) -> Annotations {
    annotate_told(snapshot, id, file, text, &mut |_| {})
}

/// The same; `told` hears of every step but reading, when it is done.
#[must_use]
pub fn annotate_told(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>, told: &mut dyn FnMut(Step)) -> Annotations {
    let document = syntax::parse(&text, format(file));
    told(Step::Marks);
    let (words, language) = words(&text, &document, file);
    told(Step::Words);
    all(snapshot, id, file, Annotations::begun(id, text, document, words, language, Made::of(snapshot, file)), told)
}

/// How a file's characters are read.
pub(super) fn format(file: &FileState) -> Format {
    if let FileKind::Text(format) = file.kind { format } else { Format::Plain }
}

/// A text's words, and their language.
pub(super) fn words(text: &str, document: &syntax::Document, file: &FileState) -> (Words, Language) {
    let running = syntax::running_text(text, document);
    let language = Language::of(file.settings.lang.as_deref(), &running.projection.text);
    (Words::of(running), language)
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

/// Works out everything of a text whose marks and words are known.
pub(super) fn all(snapshot: &Snapshot, id: FileId, file: &FileState, mut notes: Annotations, told: &mut dyn FnMut(Step)) -> Annotations {
    notes.file = id;
    let whole = Part::whole(&notes);
    notes.prose = prose::read_part(notes.running(), &notes.words.passages, whole.passages.clone(), notes.language, Vec::new());
    let patterns = &snapshot.compiled.patterns;
    let mut found = std::mem::take(&mut notes.prose.instruments);
    prose::instruments::find_project(notes.running(), &notes.words.passages, patterns, &mut found);
    notes.prose.instruments = found;
    told(Step::Prose);
    notes.instruments = instruments(snapshot, &notes, &notes.prose.instruments);
    notes.mentions = mentions::find(snapshot, &notes, file, &whole, &[]);
    notes.named = notes.mentions.iter().map(|m| speakers::named(snapshot, m)).collect();
    notes.citations = citations(snapshot, &notes, 0..notes.document.nodes.len());
    notes.quotes = quotes(&notes, &notes.prose.quotes);
    told(Step::Names);
    speakers::write_all(snapshot, &mut notes, file.held.is_some());
    told(Step::Speakers);
    notes.landmarks = landmarks::all(&notes.document);
    notes.sourced_notes = coverage::footnotes_with_sources(&notes);
    let (claims, supported) = claims(snapshot, &notes, file, &whole);
    notes.claims = claims;
    notes.supported = supported;
    told(Step::Claims);
    notes
}

/// The claims of a part, and its sentences that something supports.
pub(super) fn claims(snapshot: &Snapshot, notes: &Annotations, file: &FileState, part: &Part) -> (Vec<super::Claim>, Vec<u32>) {
    // What stands behind a sentence may support it from the block that follows.
    let around = part.and_next(&notes.document, &notes.words.passages);
    let marks = coverage::ClaimSpans::of(notes, &around);
    let cover = coverage::Coverage::of(snapshot, notes, file, &marks, &around);
    (claims::find(snapshot, notes, file, &cover, &marks, part), cover.supported(part.sentences(notes)))
}

/// What instruments of a text lead to.
pub(super) fn instruments(snapshot: &Snapshot, notes: &Annotations, found: &[Instrument]) -> Vec<InstrumentAt> {
    let found = found.iter().map(|i| InstrumentAt {
        span: notes.words.to_file(i.span),
        entity: snapshot.names().by_id(&i.id).or_else(|| snapshot.names().by_symbol(&i.symbol)),
    });
    found.collect()
}

/// Quotations of a text in the file.
pub(super) fn quotes(notes: &Annotations, found: &[prose::Quote]) -> Vec<QuoteAt> {
    found.iter().map(|q| QuoteAt { span: notes.words.to_file(q.span), speaker: None }).collect()
}

/// The works that some nodes of a text cite.
pub(super) fn citations(snapshot: &Snapshot, notes: &Annotations, nodes: Range<usize>) -> Vec<CitationAt> {
    let mut out = Vec::new();
    for (number, node) in notes.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start) {
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
