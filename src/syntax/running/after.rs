//! Running text after an edit: the words that stayed are kept, the rest is put between them.

use std::borrow::Cow;

use super::{Passage, RunningText, attributions, find_passages, number, remove_marks};
use crate::syntax::builder::tidy;
use crate::syntax::reading::{OffsetMap, Projection, keep};
use crate::syntax::{Damage, Document};
use crate::text::Span;

/// (offset in the projection, offset in the source, length)
type Run = (u32, u32, u32);

/// The running text of an edited text: equal to `running_text(text, document)`, made from that of the text before.
///
/// `damage` is what [`reparse`](crate::syntax::reparse) told of the two. Give the old one away, or a clone; its words may be
/// borrowed from the old text or owned. Words are copied, passages numbered anew; nothing outside the damage is read but
/// the first paragraphs, which tell headlines from the body.
#[must_use]
pub fn running_text_after<'t>(old: RunningText<'_>, text: &'t str, document: &Document, damage: &Damage) -> RunningText<'t> {
    let RunningText { projection, passages } = old;
    let Projection { text: words, map } = projection;
    let (from, to) = (map.from_source(damage.text.old.start), map.from_source(damage.text.old.end));
    let (mut fresh, mut runs) = (String::new(), Vec::new());
    let removed = removed(text, document, damage);
    keep(text, damage.text.new, &removed, from, &mut fresh, &mut runs);
    let places = Moved { damage, words: Span::new(from, from + Span::from(0..fresh.len()).end), old_end: to };
    let all = places.runs(map.into_runs(), runs, words.len());
    let whole = |runs: &[Run]| *runs == [(0, 0, Span::from(0..text.len()).end)] || text.is_empty();
    let projection = if whole(&all) {
        Projection { text: Cow::Borrowed(text), map: OffsetMap::default() }
    } else {
        let words = replaced(words, Span::new(from, to), &fresh);
        Projection { text: Cow::Owned(words), map: OffsetMap::new(if all.is_empty() { vec![(0, 0, 0)] } else { all }) }
    };
    let passages = places.passages(passages, &projection, document);
    RunningText { projection, passages }
}

/// What of the bytes read anew is no word.
fn removed(text: &str, document: &Document, damage: &Damage) -> Vec<Span> {
    let window = damage.text.new;
    let mut removed = Vec::new();
    removed.extend(document.front_matter.map(|f| f.span).filter(|f| window.start < f.end));
    for spans in [&document.signs, &document.opaque] {
        let first = spans.partition_point(|s| s.start < window.start);
        removed.extend(spans.get(first..).unwrap_or_default().iter().copied().take_while(|s| s.start < window.end));
    }
    let nodes = document.nodes.get(damage.nodes.before as usize..damage.nodes.behind() as usize).unwrap_or_default();
    let blocks = document.blocks.get(damage.blocks.before as usize..damage.blocks.behind() as usize).unwrap_or_default();
    remove_marks(text, nodes, blocks, &mut removed);
    removed.retain(|s| !s.is_empty());
    tidy(&mut removed, 0);
    removed
}

fn replaced(words: Cow<'_, str>, place: Span, fresh: &str) -> String {
    match words {
        Cow::Owned(mut own) => {
            own.replace_range(place.range(), fresh);
            own
        }
        Cow::Borrowed(old) => {
            let mut own = String::with_capacity(old.len() + fresh.len());
            own.push_str(&old[..place.start as usize]);
            own.push_str(fresh);
            own.push_str(&old[place.end as usize..]);
            own
        }
    }
}

/// Where words and passages lie afterwards.
struct Moved<'d> {
    damage: &'d Damage,
    /// The new words.
    words: Span,
    /// Where those ended that they replace.
    old_end: u32,
}

impl Moved<'_> {
    fn word(&self, offset: u32) -> u32 {
        offset.wrapping_sub(self.old_end).wrapping_add(self.words.end)
    }

    /// The kept runs: the old ones before the damage, the new ones, the old ones behind; those that meet are one.
    fn runs(&self, mut old: Vec<Run>, new: Vec<Run>, length: usize) -> Vec<Run> {
        if old.is_empty() {
            old.push((0, 0, Span::from(0..length).end));
        }
        let window = self.damage.text.old;
        let before = old.partition_point(|r| r.1 < window.start).saturating_sub(1);
        let behind = old.partition_point(|r| r.1 + r.2 <= window.end).max(before);
        let mut middle: Vec<Run> = Vec::with_capacity(new.len() + 2);
        let mut add = |run: Run| match middle.last_mut() {
            _ if run.2 == 0 => {}
            Some(last) if last.1 + last.2 == run.1 => last.2 += run.2,
            _ => middle.push(run),
        };
        // One run may reach over the damage on both sides.
        if let Some(&(word, source, len)) = old.get(before).filter(|r| r.1 < window.start) {
            add((word, source, len.min(window.start - source)));
        }
        new.into_iter().for_each(&mut add);
        let mut first = behind;
        if let Some(&(word, source, len)) = old.get(behind).filter(|r| r.1 <= window.end) {
            let skipped = window.end - source;
            add((self.word(word + skipped), self.damage.text.moved(window.end), len - skipped));
            first += 1;
        }
        for run in old.iter_mut().skip(first) {
            *run = (self.word(run.0), self.damage.text.moved(run.1), run.2);
        }
        old.splice(before..first.min(old.len()), middle);
        old
    }

    /// The passages: the old ones before the damage, those of the new blocks, the old ones behind.
    fn passages(&self, mut old: Vec<Passage>, projection: &Projection<'_>, document: &Document) -> Vec<Passage> {
        let blocks = self.damage.blocks;
        let before = old.partition_point(|p| p.block < blocks.before);
        let behind = old.partition_point(|p| p.block < blocks.before + blocks.old);
        for passage in old.iter_mut().skip(behind) {
            passage.span = Span::new(self.word(passage.span.start), self.word(passage.span.end));
            passage.block = blocks.moved(passage.block).unwrap_or(passage.block);
        }
        let mut new = Vec::new();
        find_passages(projection, document, blocks.before as usize..blocks.behind() as usize, &mut new);
        // The last one before is an attribution line no longer when its quotation goes on.
        let beside = before.saturating_sub(1)..before + new.len();
        old.splice(before..behind, new);
        attributions(&projection.text, document, &mut old, beside);
        number(&projection.text, document, &mut old);
        old
    }
}
