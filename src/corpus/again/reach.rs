//! How far behind an edit what it changed is felt: short forms that an instrument explains, names that a full name settles.

use rustc_hash::FxHashSet;

use super::ends::Ends;
use super::moved::Shifts;
use super::{Again, Found};
use crate::corpus::part::Part;
use crate::corpus::{EntityId, MentionAt, mentions, settle};
use crate::prose::{self, Body, Instrument};

impl Again<'_> {
    /// Reads a part anew; the passage of the old text up to which to read, when what was found changes what is meant behind.
    pub(super) fn read(&mut self, old: &Part, new: &Part) -> Result<Found, usize> {
        let notes = &mut self.notes;
        let range = old.in_words(&notes.prose.instruments, |i| i.span.start);
        // The earlier ones are lent out, not copied.
        let mut earlier = std::mem::take(&mut notes.prose.instruments);
        let behind = earlier.split_off(range.end);
        let was = earlier.split_off(range.start);
        let notes = &self.notes;
        let mut prose = prose::read_part(notes.running(), &notes.words.passages, new.passages.clone(), notes.language, earlier);
        let mut found = prose.instruments.split_off(range.start);
        let reach = if explain_the_same(&was, &found) { None } else { self.reach_of_instruments(old, new, &behind, &mut prose, &found) };
        let passages = &notes.words.passages[new.passages.clone()];
        prose::instruments::find_project(notes.running(), passages, &self.snapshot.compiled.patterns, &mut found);
        let mut all = std::mem::replace(&mut prose.instruments, found);
        all.extend(was);
        all.extend(behind);
        self.notes.prose.instruments = all;
        if let Some(end) = reach {
            return Err(end);
        }
        let mentions = self.mentions(old, new)?;
        Ok(Found { prose, mentions })
    }

    /// Where the last short form lies that means something else now, as an index of a passage of the old text.
    fn reach_of_instruments(
        &self,
        old: &Part,
        new: &Part,
        behind: &[Instrument],
        prose: &mut prose::Prose,
        found: &[Instrument],
    ) -> Option<usize> {
        let notes = &self.notes;
        let all = &mut prose.instruments;
        let front = all.len();
        all.extend_from_slice(found);
        for passage in &notes.words.passages[new.passages.end..] {
            prose::instruments::find(notes.running(), passage.span, all);
        }
        let is = all.split_off(front + found.len());
        all.truncate(front);
        let shifts = Shifts { words: self.shift_of_words(old, new), ..Shifts::default() };
        let mut was: Vec<Instrument> = behind.iter().filter(|i| i.body != Body::Project).cloned().collect();
        for one in &mut was {
            shifts.instrument(one);
        }
        let ends = Ends::of(&was, &is, |a, b| a == b);
        let last = was[ends.front..ends.old_back].last().into_iter().chain(is[ends.front..ends.new_back].last());
        let place = last.map(|i| i.span.end).max()?;
        let passage = notes.words.passages.partition_point(|p| p.span.start < place);
        Some((passage + old.passages.end).saturating_sub(new.passages.end))
    }

    /// Finds the mentions of a part; or the passage of the old text up to which a name may mean something else, because who was
    /// named in full before it is another.
    fn mentions(&self, old: &Part, new: &Part) -> Result<Vec<MentionAt>, usize> {
        let (notes, snapshot) = (&self.notes, self.snapshot);
        let range = old.in_file(&notes.mentions, |m| m.span.start);
        let (front, behind) = (&notes.mentions[..range.start], &notes.mentions[range.end..]);
        let found = mentions::find(snapshot, notes, self.file, new, front);
        let (was, is) = (self.before.running(), notes.running());
        let fully = |m| settle::names_fully(snapshot, was, m);
        let named: FxHashSet<EntityId> = notes.mentions[range].iter().filter_map(fully).collect();
        let named_now: FxHashSet<EntityId> = found.iter().filter_map(|m| settle::names_fully(snapshot, is, m)).collect();
        let other = named.symmetric_difference(&named_now).copied();
        let matters = |e: &EntityId| snapshot.names().gazetteer.is_shared(e.0) && !settle::is_named_in(snapshot, is, front, *e);
        let passages = &self.before.passages;
        let reach = |e: EntityId| {
            let next = behind.iter().find(|m| m.meaning.entity() == Some(e) && fully(*m).is_some());
            next.map_or(passages.len(), |m| passages.partition_point(|p| p.span.start <= m.words.start))
        };
        match other.filter(matters).map(reach).max() {
            Some(end) if end > old.passages.end => Err(end),
            _ => Ok(found),
        }
    }
}

/// Whether instruments explain the same short forms.
fn explain_the_same(old: &[Instrument], new: &[Instrument]) -> bool {
    let mut old = old.iter().filter(|i| i.body != Body::Project);
    let same = |a: &Instrument, b: &Instrument| a.symbol == b.symbol && a.id == b.id && a.body == b.body && a.form == b.form;
    new.iter().all(|b| old.next().is_some_and(|a| same(a, b))) && old.next().is_none()
}
