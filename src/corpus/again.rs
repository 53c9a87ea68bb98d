//! What a text means after an edit, from what it meant before.
//!
//! Most of what words mean depends on their paragraph alone. The paragraphs that changed, and their neighbours, are read
//! anew ([`Part`]); of the others everything is kept, and moved by as much as the edit did ([`moved`]). What reaches
//! further is followed as far as it goes:
//!
//! - an instrument explains short forms behind it, and a full name settles shorter ones: where these change, all that is behind
//!   is read;
//! - who speaks is remembered from paragraph to paragraph: reading goes on until the same is remembered as before;
//! - footnotes, captions and speakers support claims elsewhere: claims are looked for there again.
//!
//! The answer is that of [`annotate`](super::annotate()), always.

mod edit;
mod moved;
mod ranges;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use self::edit::{Common, Edit, Ends};
use self::moved::{MovedNames, Shift, Shifts, splice};
use self::ranges::{Ranges, of_sentences};
use super::annotations::{Made, Words};
use super::mentions::{self, Mentions};
use super::part::{Part, closed};
use super::{Annotations, EntityId, FileId, FileState, MentionAt, Snapshot, Stayed, annotate, coverage, settle, speakers};
use crate::prose::{self, Instrument, Prose};
use crate::syntax::{self, Block, BlockKind, Document, Passage};
use crate::text::Span;

/// Works out what a text means, given what an earlier state of it meant.
#[must_use]
pub fn annotate_again(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>, old: Annotations) -> Annotations {
    let document = syntax::parse(&text, annotate::format(file));
    let (words, language) = annotate::words(&text, &document, file);
    let made = Made::of(snapshot, file);
    if old.language != language || !old.made.is_same(&made) {
        return annotate::all(snapshot, id, file, Annotations::begun(id, text, document, words, language, made));
    }
    let again = Again::begin(snapshot, file, Annotations { file: id, ..old }, (text, document, words));
    match again.plan() {
        Some((common, old, new)) => again.run(&common, &old, &new),
        None => again.from_scratch(),
    }
}

/// What an earlier state of a text was.
struct Before {
    text: Arc<str>,
    document: Document,
    words: Words,
    number: u64,
}

impl Before {
    fn running(&self) -> &str {
        self.words.own.as_deref().unwrap_or(&self.text)
    }
}

struct Again<'a> {
    snapshot: &'a Snapshot,
    file: &'a FileState,
    /// With the text, marks and words as they are, and everything else as it was until it is put right.
    notes: Annotations,
    before: Before,
}

/// What was found in a part.
struct Found {
    prose: Prose,
    mentions: Mentions,
}

impl<'a> Again<'a> {
    fn begin(
        snapshot: &'a Snapshot,
        file: &'a FileState,
        mut notes: Annotations,
        (text, document, words): (Arc<str>, Document, Words),
    ) -> Self {
        let before = Before {
            text: std::mem::replace(&mut notes.text, text),
            document: std::mem::replace(&mut notes.document, document),
            words: std::mem::replace(&mut notes.words, words),
            number: std::mem::replace(&mut notes.number, super::stayed::next_number()),
        };
        notes.stayed = None;
        Self { snapshot, file, notes, before }
    }

    fn from_scratch(self) -> Annotations {
        let Annotations { file, text, document, words, language, made, .. } = self.notes;
        annotate::all(self.snapshot, file, self.file, Annotations::begun(file, text, document, words, language, made))
    }

    /// What is the same, and which passages are not, in the old text and in the new; `None` when too little is the same.
    fn plan(&self) -> Option<(Common, Part, Part)> {
        let (before, notes) = (&self.before, &self.notes);
        let common = Common::of(&before.text, &before.document, &notes.text, &notes.document)?;
        let ends = self.passages(&common);
        // The paragraph before may have been read with a look at its neighbour, and the one behind too.
        let start = ends.front.saturating_sub(2);
        let old_end = (ends.old_back + 1).min(before.words.passages.len());
        let old = closed(&before.document, &before.words.passages, &notes.prose.quotes, start..old_end);
        let new_end = (old.end + notes.words.passages.len()).checked_sub(before.words.passages.len())?;
        let new = Part::of(&notes.document, &notes.words.passages, old.start..new_end);
        Some((common, Part::of(&before.document, &before.words.passages, old), new))
    }

    /// Which passages are the same.
    fn passages(&self, common: &Common) -> Ends {
        let (before, notes) = (&self.before, &self.notes);
        let length = |words: &str| Span::from(0..words.len()).end;
        let by = length(notes.running()).wrapping_sub(length(before.running()));
        let new_end = length(&notes.text) - common.back;
        let block = |p: &Passage| notes.document.blocks.get(p.block as usize).map(|b| b.span).unwrap_or_default();
        let same = |a: &Passage, b: &Passage| a.kind == b.kind && common.blocks.moved(a.block) == Some(b.block);
        let (old, new) = (&before.words.passages, &notes.words.passages);
        let in_front = |a: &Passage, b: &Passage| same(a, b) && a.span == b.span && block(b).end <= common.start;
        let front = old.iter().zip(new).take_while(|(a, b)| in_front(a, b)).count();
        let moved = |s: Span| Span { start: s.start.wrapping_add(by), end: s.end.wrapping_add(by) };
        let behind = |a: &Passage, b: &Passage| same(a, b) && moved(a.span) == b.span && block(b).start >= new_end;
        let rest = old[front..].iter().rev().zip(new[front..].iter().rev());
        let back = rest.take_while(|(a, b)| behind(a, b)).count();
        Ends { front, old_back: old.len() - back, new_back: new.len() - back }
    }

    fn run(mut self, common: &Common, old: &Part, new: &Part) -> Annotations {
        let Some(found) = self.read(old, new) else { return self.from_scratch() };
        let (names, words) = self.put(common, old, new, found);
        let mut touched = new.passages.clone();
        self.attribute(old, new, names, words, &mut touched);
        let sourced = coverage::footnotes_with_sources(&self.notes);
        if sourced != self.notes.sourced_notes || self.has_caption_of_table(old, new) {
            touched = 0..self.notes.words.passages.len();
        }
        self.notes.sourced_notes = sourced;
        self.claim(touched);
        self.notes
    }

    /// Reads the part anew; `None` when what was found changes what is meant behind it.
    fn read(&mut self, old: &Part, new: &Part) -> Option<Found> {
        let notes = &self.notes;
        let range = old.in_words(&notes.prose.instruments, |i| i.span.start);
        let earlier = notes.prose.instruments[..range.start].to_vec();
        let mut prose = prose::read_part(notes.running(), &notes.words.passages, new.passages.clone(), notes.language, earlier);
        let known = prose.instruments.split_off(range.start);
        let explained = explain_the_same(&notes.prose.instruments[range.clone()], &known);
        let earlier = std::mem::replace(&mut prose.instruments, known.clone());
        let passages = &notes.words.passages[new.passages.clone()];
        prose::instruments::find_project(notes.running(), passages, &self.snapshot.compiled.patterns, &mut prose.instruments);
        if !explained && !self.explains_behind_the_same(old, new, range.end, [earlier, known].concat()) {
            return None;
        }
        let range = old.in_file(&notes.mentions, |m| m.span.start);
        let front = &notes.mentions[..range.start];
        let found = mentions::find(self.snapshot, notes, self.file, new, front);
        let fully = |m| settle::names_fully(self.snapshot, self.before.running(), m);
        let was: FxHashSet<EntityId> = notes.mentions[range.clone()].iter().filter_map(fully).collect();
        let mut other = was.symmetric_difference(&found.seen);
        let changes = other.any(|e| !settle::is_named_in(self.snapshot, notes.running(), front, *e));
        (!changes || range.end == notes.mentions.len()).then_some(Found { prose, mentions: found })
    }

    /// Whether short forms behind the part mean what they did, now that `earlier` explain them. `behind`: the first instrument there.
    fn explains_behind_the_same(&self, old: &Part, new: &Part, behind: usize, earlier: Vec<Instrument>) -> bool {
        let notes = &self.notes;
        let mut found = earlier;
        let first = found.len();
        for passage in &notes.words.passages[new.passages.end..] {
            prose::instruments::find(notes.running(), passage.span, &mut found);
        }
        let shifts = Shifts { words: self.shift_of_words(old, new), ..Shifts::default() };
        let mut was = notes.prose.instruments[behind..].to_vec();
        was.retain(|i| i.body != prose::Body::Project);
        was.iter_mut().for_each(|one| shifts.instrument(one));
        found[first..] == was
    }

    fn shift_of_words(&self, old: &Part, new: &Part) -> Shift {
        let end = |part: &Part, words: &str| (part.words.end as usize).min(words.len());
        Shift::new(end(old, self.before.running()), end(new, self.notes.running()))
    }

    /// Puts what was found where the old was, and moves what is behind. Answers which names are the same, and which words differ.
    fn put(&mut self, common: &Common, old: &Part, new: &Part, found: Found) -> (Ends, Edit) {
        let Found { mut prose, mentions: Mentions { mentions, .. } } = found;
        let ranges = Ranges::of(&self.notes, &self.before.document, old);
        let shifts = Shifts {
            file: Shift::new(common.edit.old_end as usize, common.edit.new_end as usize),
            words: self.shift_of_words(old, new),
            passages: Shift::new(old.passages.end, new.passages.end),
            nodes: Shift::new(common.nodes.old_back, common.nodes.new_back),
            sentences: Shift::behind(&ranges.sentences, prose.sentences.len()),
            quotes: Shift::behind(&ranges.quotes, prose.quotes.len()),
            figures: Shift::behind(&ranges.figures, prose.figures.len()),
            mentions: Shift::behind(&ranges.mentions, mentions.len()),
            instruments: Shift::behind(&ranges.instruments, prose.instruments.len()),
        };
        let first_quote = Span::from(0..ranges.quotes.start).end;
        for quote in &mut prose.quotes {
            quote.within = quote.within.map(|q| q + first_quote);
            quote.continues = quote.continues.map(|q| q + first_quote);
        }
        let notes = &self.notes;
        let words = edited_words(self.before.running(), old, notes.running(), new);
        let names = same_names(&notes.mentions, ranges.mentions.clone(), &mentions, &words);
        let instruments = annotate::instruments(self.snapshot, notes, &prose.instruments);
        let quotes = annotate::quotes(notes, &prose.quotes);
        let citations = annotate::citations(self.snapshot, notes, new.nodes(notes));
        let named = mentions.iter().map(|m| speakers::named(self.snapshot, m)).collect();
        let notes = &mut self.notes;
        splice(&mut notes.prose.sentences, ranges.sentences, prose.sentences, |one| shifts.sentence(one));
        splice(&mut notes.prose.quotes, ranges.quotes.clone(), prose.quotes, |one| shifts.quote(one));
        splice(&mut notes.prose.figures, ranges.figures, prose.figures, |one| shifts.figure(one));
        splice(&mut notes.prose.phrases, ranges.phrases, prose.phrases, |one| shifts.phrase(one));
        splice(&mut notes.prose.instruments, ranges.instruments.clone(), prose.instruments, |one| shifts.instrument(one));
        splice(&mut notes.instruments, ranges.instruments, instruments, |one| shifts.instrument_at(one));
        splice(&mut notes.quotes, ranges.quotes, quotes, |one| shifts.quote_at(one));
        splice(&mut notes.named, ranges.mentions.clone(), named, |one| shifts.named(one));
        splice(&mut notes.mentions, ranges.mentions, mentions, |one| shifts.mention(one));
        splice(&mut notes.citations, ranges.citations, citations, |one| shifts.citation(one));
        splice(&mut notes.reported, ranges.reported, Vec::new(), |one| shifts.reported(one));
        splice(&mut notes.claims, ranges.claims, Vec::new(), |one| shifts.claim(one));
        splice(&mut notes.supported, ranges.supported, Vec::new(), |one| shifts.supported(one));
        (names, words)
    }

    /// Finds who says what as far as the edit reaches; takes the passages in which that changed into `touched`.
    fn attribute(&mut self, old: &Part, new: &Part, names: Ends, words: Edit, touched: &mut Range<usize>) {
        let mut milestones = std::mem::take(&mut self.notes.milestones);
        let behind = milestones.split_off(milestones.partition_point(|m| (m.passage as usize) < old.passages.end));
        milestones.truncate(milestones.partition_point(|m| m.passage as usize <= old.passages.start));
        let moved = MovedNames { words, names, notes: &self.notes };
        let passages = Shift::new(old.passages.end, new.passages.end);
        let goal = |m: prose::attribution::Milestone| {
            let passage = passages.of(m.passage);
            let at = self.notes.words.passages.get(passage as usize)?.span.start;
            m.moved(passage, at, &moved)
        };
        let mut goals: Vec<_> = behind.into_iter().filter_map(goal).collect();
        let part = speakers::scene(&self.notes).attribute(milestones.last(), &goals);
        milestones.extend(part.milestones);
        milestones.extend(part.goal.map(|goal| goals.split_off(goal)).into_iter().flatten());
        self.notes.milestones = milestones;
        let read = Part::of(&self.notes.document, &self.notes.words.passages, part.passages);
        self.put_speakers(&read, &part.said, touched);
    }

    /// Writes who says what in a part; takes the passages in which that is something else into `touched`.
    fn put_speakers(&mut self, part: &Part, said: &[prose::Attribution], touched: &mut Range<usize>) {
        let quotes = part.by_passage(&self.notes.prose.quotes, |q| q.passage);
        let was = self.notes.quotes[quotes.clone()].to_vec();
        let reported = speakers::write(self.snapshot, &mut self.notes, part, said);
        let notes = &mut self.notes;
        for (index, was) in quotes.zip(was) {
            if notes.quotes[index] != was {
                include(touched, notes.prose.quotes[index].passage);
            }
        }
        let range = of_sentences(&notes.reported, part.sentences(notes), |r| r.0);
        let ends = Ends::of(&notes.reported[range.clone()], &reported, |a, b| a == b);
        let was = &notes.reported[range.clone()][ends.front..ends.old_back];
        for (sentence, _) in was.iter().chain(&reported[ends.front..ends.new_back]) {
            if let Some(sentence) = notes.prose.sentences.get(*sentence as usize) {
                include(touched, sentence.passage);
            }
        }
        notes.reported.splice(range, reported);
    }

    /// Whether a table or a caption stands in the part of a text that has captions: which table a caption belongs to is told by
    /// its distance.
    fn has_caption_of_table(&self, old: &Part, new: &Part) -> bool {
        let documents = [(&self.before.document, old.file), (&self.notes.document, new.file)];
        let is_near = |file: Span, b: &Block| b.span.start <= file.end && file.start <= b.span.end;
        documents.iter().any(|(d, _)| d.blocks.iter().any(|b| b.kind == BlockKind::Caption))
            && documents
                .iter()
                .any(|(d, file)| d.blocks.iter().any(|b| matches!(b.kind, BlockKind::Caption | BlockKind::Table) && is_near(*file, b)))
    }

    /// Looks for claims in some passages.
    fn claim(&mut self, passages: Range<usize>) {
        let notes = &self.notes;
        let passages = closed(&notes.document, &notes.words.passages, &notes.prose.quotes, passages);
        let part = Part::of(&notes.document, &notes.words.passages, passages);
        let (claims, supported) = annotate::claims(self.snapshot, notes, self.file, &part);
        let sentences = part.sentences(notes);
        let notes = &mut self.notes;
        let range = part.in_file(&notes.claims, |c| c.span.start);
        notes.claims.splice(range, claims);
        let range = of_sentences(&notes.supported, sentences, |s| *s);
        notes.supported.splice(range, supported);
        let length = |text: &str| Span::from(0..text.len()).end;
        let (was, is) = (length(&self.before.text), length(&notes.text));
        let back = is.saturating_sub(part.file.end);
        notes.stayed = Some(Stayed { of: self.before.number, front: part.file.start.min(is), back, was, is });
    }
}

fn include(passages: &mut Range<usize>, passage: u32) {
    passages.start = passages.start.min(passage as usize);
    passages.end = passages.end.max(passage as usize + 1);
}

/// Whether instruments explain the same short forms.
fn explain_the_same(old: &[Instrument], new: &[Instrument]) -> bool {
    let mut old = old.iter().filter(|i| i.body != prose::Body::Project);
    let same = |a: &Instrument, b: &Instrument| a.symbol == b.symbol && a.id == b.id && a.body == b.body && a.form == b.form;
    new.iter().all(|b| old.next().is_some_and(|a| same(a, b))) && old.next().is_none()
}

/// The bytes of a part's running text that differ.
fn edited_words(before: &str, old: &Part, after: &str, new: &Part) -> Edit {
    let words = |text: &'_ str, part: &Part| Span::new(part.words.start, part.words.end.min(Span::from(0..text.len()).end));
    let (a, b) = (words(before, old), words(after, new));
    let edit = Edit::between(a.slice(before), b.slice(after));
    Edit { start: edit.start + a.start, old_end: edit.old_end + a.start, new_end: edit.new_end + b.start }
}

/// Which names are the same, where those of a part are others now and the words that differ are known.
fn same_names(all: &[MentionAt], part: Range<usize>, new: &[MentionAt], words: &Edit) -> Ends {
    let same = |a: &MentionAt, b: &MentionAt| {
        let kept = a.words.end < words.start || a.words.start > words.old_end;
        let moved = Span { start: words.moved(a.words.start), end: words.moved(a.words.end) };
        kept && moved == b.words && a.meaning == b.meaning && a.node.is_some() == b.node.is_some()
    };
    let ends = Ends::of(&all[part.clone()], new, same);
    let at = |n: usize| n + part.start;
    Ends { front: at(ends.front), old_back: at(ends.old_back), new_back: at(ends.new_back) }
}
