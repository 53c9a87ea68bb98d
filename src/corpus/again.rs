//! What a text means after an edit, from what it meant before.
//!
//! Most of what words mean depends on their paragraph alone. The paragraphs that changed, and their neighbours, are read
//! anew ([`Part`]); of the others everything is kept, and moved by as much as the edit did ([`moved`]). What reaches
//! further is followed as far as it goes:
//!
//! - an instrument explains short forms behind it, and a full name settles shorter ones (`reach`): as far as that changes,
//!   all is read;
//! - who speaks is remembered from paragraph to paragraph: reading goes on until the same is remembered as before;
//! - footnotes, captions and speakers support claims elsewhere: claims are looked for there again.
//!
//! The answer is that of [`annotate`](super::annotate()), always.

mod ends;
mod moved;
mod ranges;
mod reach;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use self::ends::Ends;
use self::moved::{MovedNames, Shift, Shifts, splice};
use self::ranges::{Ranges, of_sentences};
use super::annotations::{Made, Words};
use super::landmarks;
use super::part::{Part, closed, share_table};
use super::{Annotations, FileId, FileState, MentionAt, Snapshot, Stayed, annotate, coverage, speakers};
use crate::prose::{self, Language, Prose, quotes};
use crate::syntax::{self, Damage, NodeKind, Passage, Projection, RunningText};
use crate::text::{Fault, Replaced, Span};

/// Works out what a text means, given what an earlier state of it meant.
#[must_use]
pub fn annotate_again(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>, old: Annotations) -> Annotations {
    let made = Made::of(snapshot, file);
    if old.made.kind != made.kind {
        return annotate(snapshot, id, file, text);
    }
    let mut again = Again::begin(snapshot, file, Annotations { file: id, ..old }, text);
    let language = Language::of(file.settings.lang.as_deref(), again.notes.running());
    if again.notes.language != language || !again.notes.made.is_same(&made) {
        again.notes.language = language;
        again.notes.made = made;
        return again.anew();
    }
    let mut part = again.changed();
    // What was found may change what is meant behind the part: then it is read as well.
    loop {
        let (old, new) = again.parts(part.clone());
        match again.read(&old, &new) {
            Ok(found) => return again.put_all(&old, &new, found),
            Err(end) => part = old.passages.start..end.max(old.passages.end + 1),
        }
    }
}

/// What an earlier state of a text was, as far as anybody asks.
struct Before {
    text: Arc<str>,
    /// Its running text where it differs from the file.
    own: Option<String>,
    passages: Vec<Passage>,
    faults: Vec<Fault>,
    number: u64,
}

impl Before {
    fn running(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.text)
    }
}

struct Again<'a> {
    snapshot: &'a Snapshot,
    file: &'a FileState,
    /// With the text, marks and words as they are, and everything else as it was until it is put right.
    notes: Annotations,
    before: Before,
    damage: Damage,
}

/// What was found in a part.
struct Found {
    prose: Prose,
    mentions: Vec<MentionAt>,
}

impl<'a> Again<'a> {
    /// Reads the marks and words.
    fn begin(snapshot: &'a Snapshot, file: &'a FileState, mut notes: Annotations, text: Arc<str>) -> Self {
        let document = std::mem::take(&mut notes.document);
        let before = Before {
            text: std::mem::replace(&mut notes.text, text),
            own: notes.words.own.take(),
            passages: notes.words.passages.clone(),
            faults: document.faults.clone(),
            number: std::mem::replace(&mut notes.number, super::stayed::next_number()),
        };
        let (document, damage) = syntax::reparse(&before.text, document, &notes.text, annotate::format(file));
        let projection = Projection { text: Cow::Borrowed(before.running()), map: std::mem::take(&mut notes.words.map) };
        let running = RunningText { projection, passages: std::mem::take(&mut notes.words.passages) };
        let words = Words::of(syntax::running_text_after(running, &notes.text, &document, &damage));
        notes.document = document;
        notes.words = words;
        notes.stayed = None;
        Self { snapshot, file, notes, before, damage }
    }

    fn anew(self) -> Annotations {
        let Annotations { file, text, document, words, language, made, .. } = self.notes;
        annotate::all(self.snapshot, file, self.file, Annotations::begun(file, text, document, words, language, made), &mut |_| {})
    }

    /// The passages of the old text that have to be read again: those that changed, and neighbours that may have been read with
    /// a look at them.
    fn changed(&self) -> Range<usize> {
        let (blocks, passages) = (self.damage.blocks, &self.before.passages);
        let front = passages.partition_point(|p| p.block < blocks.before);
        let back = passages.partition_point(|p| p.block < blocks.before + blocks.old);
        front.saturating_sub(2)..(back + 1).min(passages.len())
    }

    /// The part of the old text with these passages, and that of the new text. Its bounds lie between passages that stayed.
    fn parts(&self, these: Range<usize>) -> (Part, Part) {
        let (before, notes) = (&self.before, &self.notes);
        let (passages, count) = (&notes.words.passages, before.passages.len());
        let grown = |index: usize| (index + passages.len()).saturating_sub(count);
        let front = self.changed().start;
        let now = |index: usize| if index <= front { index } else { grown(index) };
        let apart = |index: usize| {
            quotes::are_apart(&before.passages, &notes.prose.quotes, index) && !share_table(&notes.document, passages, now(index))
        };
        let these = closed(these, count, apart);
        let new = Part::of(&notes.document, passages, these.start..grown(these.end));
        let edit = self.damage.edit;
        let back = Replaced { old: edit.new, new: edit.old };
        let file = Span { start: new.file.start, end: if new.file.end == u32::MAX { u32::MAX } else { back.moved(new.file.end) } };
        let end = before.passages.get(these.end).map_or(u32::MAX, |p| p.span.start);
        (Part { passages: these, file, words: Span { start: new.words.start, end } }, new)
    }

    /// Puts everything in its place.
    fn put_all(mut self, old: &Part, new: &Part, found: Found) -> Annotations {
        let (names, words) = self.put(old, new, found);
        let mut touched = new.passages.clone();
        self.attribute(old, new, names, words, &mut touched);
        let disturbed = landmarks::update(&mut self.notes, &self.damage, new.file);
        let mut everywhere = disturbed.captions || self.is_address_edited();
        if disturbed.footnotes {
            let sourced = coverage::footnotes_with_sources(&self.notes);
            everywhere |= sourced != self.notes.sourced_notes;
            self.notes.sourced_notes = sourced;
        }
        if everywhere {
            touched = 0..self.notes.words.passages.len();
        }
        self.claim(touched);
        self.notes
    }

    /// Whether the address of a link that stands elsewhere was edited.
    fn is_address_edited(&self) -> bool {
        let near = Span::new(self.damage.text.new.start, self.damage.text.new.end);
        self.notes.document.nodes.iter().any(|node| match &node.kind {
            NodeKind::Link { destination, .. } | NodeKind::Image { destination, .. } => {
                !node.span.covers(*destination) && destination.start <= near.end && near.start <= destination.end
            }
            _ => false,
        })
    }

    fn shift_of_words(&self, old: &Part, new: &Part) -> Shift {
        let end = |part: &Part, words: &str| (part.words.end as usize).min(words.len());
        Shift::new(end(old, self.before.running()), end(new, self.notes.running()))
    }

    /// Puts what was found where the old was, and moves what is behind. Answers which names are the same, and which words differ.
    fn put(&mut self, old: &Part, new: &Part, found: Found) -> (Ends, Replaced) {
        let Found { mut prose, mentions } = found;
        let (edit, nodes) = (self.damage.edit, self.damage.nodes);
        let here = new.nodes(&self.notes);
        let ranges = Ranges::of(&self.notes, old, here.start..(here.end + nodes.old as usize).saturating_sub(nodes.new as usize));
        let shifts = Shifts {
            file: Shift::new(edit.old.end as usize, edit.new.end as usize),
            words: self.shift_of_words(old, new),
            passages: Shift::new(old.passages.end, new.passages.end),
            nodes: Shift::new((nodes.before + nodes.old) as usize, nodes.behind() as usize),
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
        let names = same_names(&notes.mentions, ranges.mentions.clone(), &mentions, words);
        let instruments = annotate::instruments(self.snapshot, notes, &prose.instruments);
        let quotes = annotate::quotes(notes, &prose.quotes);
        let citations = annotate::citations(self.snapshot, notes, here);
        let named = mentions.iter().map(|m| speakers::named(self.snapshot, m)).collect();
        let notes = &mut self.notes;
        splice(&mut notes.prose.sentences, ranges.sentences, prose.sentences, |one| shifts.sentence(one));
        splice(&mut notes.prose.quotes, ranges.quotes.clone(), prose.quotes, |one| shifts.quote(one));
        splice(&mut notes.prose.figures, ranges.figures, prose.figures, |one| shifts.figure(one));
        splice(&mut notes.prose.phrases, ranges.phrases, prose.phrases, |one| shifts.phrase(one));
        splice(&mut notes.prose.instruments, ranges.instruments.clone(), prose.instruments, |one| shifts.instrument(one));
        splice(&mut notes.prose.unsettled, ranges.unsettled, prose.unsettled, |one| shifts.number(one));
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
    fn attribute(&mut self, old: &Part, new: &Part, names: Ends, words: Replaced, touched: &mut Range<usize>) {
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

    /// Looks for claims in some passages, and tells what stayed outside.
    fn claim(&mut self, passages: Range<usize>) {
        let notes = &self.notes;
        let all = &notes.words.passages;
        let apart = |index: usize| quotes::are_apart(all, &notes.prose.quotes, index) && !share_table(&notes.document, all, index);
        let part = Part::of(&notes.document, all, closed(passages, all.len(), apart));
        let (claims, supported) = annotate::claims(self.snapshot, notes, self.file, &part);
        let sentences = part.sentences(notes);
        let stayed = self.stayed(&part);
        let notes = &mut self.notes;
        let range = part.in_file(&notes.claims, |c| c.span.start);
        notes.claims.splice(range, claims);
        let range = of_sentences(&notes.supported, sentences, |s| *s);
        notes.supported.splice(range, supported);
        notes.stayed = Some(stayed);
    }

    fn stayed(&self, part: &Part) -> Stayed {
        let length = |text: &str| Span::from(0..text.len()).end;
        let (was, is) = (length(&self.before.text), length(&self.notes.text));
        let mut stayed = Stayed { of: self.before.number, front: part.file.start.min(is), back: is.saturating_sub(part.file.end), was, is };
        // A fault may lie elsewhere: a name given twice is one at both places.
        let (old, new) = (&self.before.faults, &self.notes.document.faults);
        let edit = self.damage.edit;
        let same = |a: &Fault, b: &Fault| {
            let fix = |f: &Fault, edit: Option<Replaced>| f.fix.as_ref().map(|(s, w)| (edit.map_or(*s, |e| e.moved_span(*s)), w.clone()));
            (edit.moved_span(a.span), a.rule, &a.message, &a.help) == (b.span, b.rule, &b.message, &b.help)
                && fix(a, Some(edit)) == fix(b, None)
        };
        let ends = Ends::of(old, new, same);
        for (list, length) in [(&old[ends.front..ends.old_back], was), (&new[ends.front..ends.new_back], is)] {
            for fault in list {
                stayed.front = stayed.front.min(fault.span.start);
                stayed.back = stayed.back.min(length.saturating_sub(fault.span.end));
            }
        }
        stayed
    }
}

fn include(passages: &mut Range<usize>, passage: u32) {
    passages.start = passages.start.min(passage as usize);
    passages.end = passages.end.max(passage as usize + 1);
}

/// The bytes of a part's running text that differ.
fn edited_words(before: &str, old: &Part, after: &str, new: &Part) -> Replaced {
    let words = |text: &str, part: &Part| Span::new(part.words.start, part.words.end.min(Span::from(0..text.len()).end));
    let (a, b) = (words(before, old), words(after, new));
    let edit = Replaced::between(a.slice(before), b.slice(after));
    Replaced { old: edit.old.shift(a.start), new: edit.new.shift(b.start) }
}

/// Which names are the same, where those of a part are others now and the words that differ are known.
fn same_names(all: &[MentionAt], part: Range<usize>, new: &[MentionAt], words: Replaced) -> Ends {
    let same = |a: &MentionAt, b: &MentionAt| {
        let kept = a.words.end < words.old.start || a.words.start > words.old.end;
        kept && words.moved_span(a.words) == b.words && a.meaning == b.meaning && a.node.is_some() == b.node.is_some()
    };
    let ends = Ends::of(&all[part.clone()], new, same);
    let at = |n: usize| n + part.start;
    Ends { front: at(ends.front), old_back: at(ends.old_back), new_back: at(ends.new_back) }
}
