//! Where a thing is named in the whole corpus.
//!
//! What a file names is worked out when it is first asked for, and kept in few bytes as long as the file (and, for plain
//! words, the names) stay what they are: a server has it done for all files while nobody waits.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use smol_str::{SmolStr, format_smolstr};

use super::postings::Using;
use super::{EntityId, FileId, FileKind, FileState, Found, Snapshot, Symbol, UseAt, UseKind, Uses, plain};
use crate::syntax;
use crate::text::{Point, Span};

/// One place that names a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The file.
    pub file: FileId,
    /// The id or key as written; for plain words the id they lead to.
    pub name: SmolStr,
    /// The pinpoint or anchor as written.
    pub pin: Option<SmolStr>,
    /// What to highlight.
    pub span: Span,
    /// What to rename: the id or key alone. For plain words the same as `span`, and nothing to rename.
    pub key: Span,
    /// `span` by lines and columns: nobody has to read the file.
    pub at: Range<Point>,
    /// `key` by lines and columns.
    pub key_at: Range<Point>,
    /// In what way it is named.
    pub kind: UseKind,
}

impl Snapshot {
    /// Every place that names a thing: marks, relations of records, plain words. By path and place; places that define it
    /// are not among them, see [`definitions`](Self::definitions).
    #[must_use]
    pub fn all_references(&self, symbol: &Symbol) -> Vec<Reference> {
        self.references_by(symbol, &Self::all_of, &|found| found)
    }

    /// The same, of each place only what `part` takes of it: of a thing named in thousands of places that is a good deal less.
    pub(super) fn parts_of_references<T: Send>(&self, symbol: &Symbol, part: &(dyn Fn(Reference) -> T + Sync)) -> Vec<T> {
        self.references_by(symbol, &Self::all_of, part)
    }

    /// The same without plain words: what changes when the thing gets another id.
    #[must_use]
    pub fn marked_references(&self, symbol: &Symbol) -> Vec<Reference> {
        self.references_by(symbol, &|snapshot, file| [snapshot.marked_uses(file), None], &|found| found)
    }

    /// The places of one file that name a thing, plain words among them.
    #[must_use]
    pub fn references_in(&self, file: FileId, symbol: &Symbol) -> Vec<Reference> {
        Self::places_in(file, &self.names_of(symbol), &self.all_of(file))
    }

    /// How many places name a thing, plain words among them; `None` while closed files have not all been read for it.
    #[must_use]
    pub fn count_of(&self, symbol: &Symbol) -> Option<u32> {
        self.using(&self.names_of(symbol)).map(|row| if let Using::Known(_, count) = row { Some(count) } else { None }).sum()
    }

    /// Whether it is known of every file what it names, so that [`count_of`](Self::count_of) counts all.
    #[must_use]
    pub fn knows_all_uses(&self) -> bool {
        self.using(&[]).all(|row| matches!(row, Using::Known(..)))
    }

    /// How many places are known to name a thing, of however many files that is known; reads nothing.
    #[must_use]
    pub fn count_known(&self, symbol: &Symbol) -> u32 {
        let names = self.names_of(symbol);
        let in_file = |id: &FileId| {
            let Some(file) = self.file(*id) else { return 0 };
            let known = [file.marked.get().cloned(), self.plain_known(file)];
            known.iter().flatten().map(|uses| names.iter().map(|name| uses.count(name)).sum::<u32>()).sum::<u32>()
        };
        let in_row = |row| match row {
            Using::Known(_, count) => count,
            Using::Unknown(files) => files.iter().map(in_file).sum(),
        };
        self.using(&names).map(in_row).sum()
    }

    /// Whether anything names an entity besides the note that it is at home in, plain words included; `None` while closed files that
    /// may have not all been read for it.
    #[must_use]
    pub fn is_named(&self, entity: EntityId) -> Option<bool> {
        let home = self.entity(entity).home.file;
        let own = self.file(home).filter(|file| file.kind.is_text()).map(|_| home);
        let mut known = true;
        for row in self.using(&self.ids_of(entity)) {
            match row {
                Using::Known(files, _) if files.iter().any(|file| Some(*file) != own) => return Some(true),
                Using::Known(..) => {}
                Using::Unknown(_) => known = false,
            }
        }
        known.then_some(false)
    }

    /// The files that name any of these ids, by marks or in plain words, in order of their numbers.
    #[must_use]
    pub fn files_using(&self, names: &[SmolStr]) -> Vec<FileId> {
        let mut files = self.candidates(names);
        files.retain(|id| self.all_of(*id).iter().flatten().any(|u| names.iter().any(|n| u.count(n) > 0)));
        files
    }

    /// What a file names by marks; `None` when it cannot be read any more.
    #[must_use]
    pub fn marked_uses(&self, id: FileId) -> Option<Arc<Uses>> {
        let file = self.file(id)?;
        if let Some(known) = file.marked.get() {
            return Some(known.clone());
        }
        // Made first and then put there: who asks meanwhile makes it too, and does not wait for a thread that others may keep from running.
        let put = |made: Uses| file.marked.get_or_init(|| Arc::new(made)).clone();
        if let Some(notes) = file.annotations.get() {
            return Some(put(plain::marked(file, &notes.text, Some(&notes.document))));
        }
        if matches!(file.kind, FileKind::Sidecar | FileKind::Config) {
            return None;
        }
        if let Some(marks) = self.marks(id) {
            return Some(put(plain::marked(file, marks.text(), Some(marks.document()))));
        }
        let text = self.text(id)?;
        Some(put(plain::marked(file, &text, None)))
    }

    /// What a text names in plain words; `None` for other files and when it cannot be read any more.
    #[must_use]
    pub fn plain_uses(&self, id: FileId) -> Option<Arc<Uses>> {
        let file = self.file(id)?;
        let FileKind::Text(format) = file.kind else { return None };
        if let Some(known) = self.plain_known(file) {
            return Some(known);
        }
        let known = if file.held.is_some() && file.known().is_some() { self.annotations(id) } else { file.annotations.get().cloned() };
        let uses = match known {
            Some(notes) => plain::plain(self, file, &notes),
            None => {
                let text = self.text(id)?;
                let document = syntax::parse(&text, format);
                if file.marked.get().is_none() {
                    // The text is at hand and read: what it marks comes for nothing.
                    let _ = file.marked.set(Arc::new(plain::marked(file, &text, Some(&document))));
                }
                plain::plain(self, file, &plain::named(self, id, file, text, document))
            }
        };
        let uses = Arc::new(uses);
        let mut slot = file.plain.lock();
        if slot.as_ref().is_none_or(|(version, _)| *version <= self.names().version()) {
            *slot = Some((self.names().version(), uses.clone()));
        }
        Some(uses)
    }

    /// Whether what a file names has been worked out already.
    #[must_use]
    pub fn is_indexed(&self, file: &FileState) -> bool {
        match file.kind {
            FileKind::Text(_) => file.marked.get().is_some() && self.plain_known(file).is_some(),
            FileKind::Registry(_) => file.marked.get().is_some(),
            FileKind::Sidecar | FileKind::Config => true,
        }
    }

    fn plain_known(&self, file: &FileState) -> Option<Arc<Uses>> {
        file.plain.lock().as_ref().filter(|(version, _)| *version == self.names().version()).map(|(_, uses)| uses.clone())
    }

    /// What a file names by marks, and in plain words.
    pub(super) fn all_of(&self, file: FileId) -> [Option<Arc<Uses>>; 2] {
        let plain = self.plain_uses(file);
        [self.marked_uses(file), plain]
    }

    fn references_by<T: Send>(
        &self,
        symbol: &Symbol,
        of_file: &(dyn Fn(&Self, FileId) -> [Option<Arc<Uses>>; 2] + Sync),
        part: &(dyn Fn(Reference) -> T + Sync),
    ) -> Vec<T> {
        let names = self.names_of(symbol);
        let mut files: Vec<(&str, FileId)> =
            self.candidates(&names).into_iter().filter_map(|id| Some((self.file(id)?.path.as_str(), id))).collect();
        // By number they are by path as well, but for those that came later.
        files.sort();
        let of_some = |some: &[(&str, FileId)]| -> Vec<T> {
            some.iter().flat_map(|&(_, id)| Self::places_in(id, &names, &of_file(self, id))).map(part).collect()
        };
        // A rare name is not worth waking others for.
        let parts: Vec<Vec<T>> = files.par_chunks(256).map(of_some).collect();
        let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        for part in parts {
            all.extend(part);
        }
        all
    }

    fn places_in(file: FileId, names: &[SmolStr], uses: &[Option<Arc<Uses>>]) -> Vec<Reference> {
        let mut out = Vec::new();
        for uses in uses.iter().flatten() {
            for name in names {
                out.extend(uses.of(name).map(|UseAt { span, key, at, key_at, pin, kind }| Reference {
                    file,
                    name: name.clone(),
                    pin,
                    span,
                    key,
                    at,
                    key_at,
                    kind,
                }));
            }
        }
        out.sort_unstable_by_key(|r| (r.span, r.key));
        out
    }

    /// The ids by which a thing is named: its own, and the old ones that lead to it.
    #[must_use]
    pub fn names_of(&self, symbol: &Symbol) -> Vec<SmolStr> {
        match symbol {
            Symbol::Entity(entity, _) => self.ids_of(*entity),
            Symbol::Ambiguous(all) => all.iter().flat_map(|e| self.ids_of(*e)).collect(),
            Symbol::Text(file, _) => self.file(*file).and_then(super::change::own_id).into_iter().collect(),
            Symbol::Resolution(number, _) => vec![format_smolstr!("unsc-{number}")],
            Symbol::Rule(_) | Symbol::Instrument(_) | Symbol::Claim(_) => Vec::new(),
        }
    }

    fn ids_of(&self, entity: EntityId) -> Vec<SmolStr> {
        let record = &self.entity(entity).record;
        let old = record.formerly.iter().map(|old| &old.value).filter(|old| self.lookup(old) == Some(Found::Renamed(entity)));
        std::iter::once(&record.id.value).chain(old).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const CORPUS: &str = "-- registry.yaml
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров], formerly: [sl], relations: {member-of: [mid]}}
- {id: mid, type: org, name: Foreign Ministry}
- {id: ivanov, type: person, name: Igor Ivanov, aliases: [the minister]}
- {id: petrov, type: person, name: Pyotr Petrov, aliases: [the minister]}
-- refs.bib
@misc{tass, title = {On force}}
-- b.md
---
source: tass
---
𝕏 «Лавров» met [[sl|him]] and Lavrov, [said so]{.claim by=lavrov} [@tass, p. 3]. `[[lavrov]]` <!-- Lavrov -->
-- a.md
The minister cited resolution 2202 (2015) [on](unsc-2202.md#op-1).
";

    fn shown(id: &str) -> Vec<String> {
        let fixture = Fixture::parse(CORPUS);
        let snapshot = fixture.snapshot();
        let symbol = snapshot.symbol_of(id, None).expect("a symbol");
        let all = snapshot.all_references(&symbol);
        assert_eq!(snapshot.count_of(&symbol), u32::try_from(all.len()).ok());
        let marked: Vec<_> = all.iter().filter(|r| r.kind.is_marked()).cloned().collect();
        assert_eq!(snapshot.marked_references(&symbol), marked);
        let one = |r: &Reference| {
            let text = snapshot.text(r.file).expect("a text");
            let (line, column) = (r.at.start.line, r.at.start.utf16);
            format!("{}:{line}:{column} {:?} {}", snapshot.path(r.file), r.kind, r.span.slice(&text))
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn a_thing_is_found_by_marks_old_ids_and_plain_words() {
        assert_eq!(
            shown("lavrov"),
            ["b.md:3:4 Plain Лавров", "b.md:3:16 Mention [[sl|him]]", "b.md:3:31 Plain Lavrov", "b.md:3:59 Attribute lavrov"]
        );
        assert_eq!(shown("tass"), ["b.md:1:8 Record tass", "b.md:3:69 Citation tass"]);
        assert_eq!(shown("mid"), ["registry.yaml:0:117 Record mid"]);
        assert_eq!(shown("ivanov"), ["a.md:0:0 Unsettled The minister"]);
        assert_eq!(shown("unsc-2202"), ["a.md:0:19 Plain resolution 2202 (2015)", "a.md:0:42 Mention [on](unsc-2202.md#op-1)"]);
    }

    #[test]
    fn closed_files_are_read_once_and_an_edit_is_seen_at_once() {
        use crate::corpus::{Change, Corpus, FileInput};
        use crate::syntax::Format;
        struct Shelf;
        impl crate::corpus::Texts for Shelf {
            fn text(&self, path: &str) -> Option<Arc<str>> {
                (path != "gone.md").then(|| Arc::from("[[lavrov|He]] and [[lavrov]].\n"))
            }
        }
        let kind = FileKind::Text(Format::Markdown);
        let mut corpus = Corpus::new(Arc::new(Shelf));
        let paths = (0..300).map(|n| format!("t{n:03}.md")).chain(["gone.md".to_owned()]);
        let files = paths.map(|path| (SmolStr::from(path.as_str()), Some(FileInput::closed(&path, kind, ""))));
        let files = files.chain([("lavrov.md".into(), Some(FileInput::open("lavrov.md", kind, Arc::from("---\ntype: person\n---\n"))))]);
        corpus.apply(Change { config: None, files: files.collect() });
        let symbol = |snapshot: &Snapshot| snapshot.symbol_of("lavrov", None).expect("a person");
        let first = corpus.snapshot();
        assert_eq!(first.count_of(&symbol(&first)), None);
        assert_eq!((first.count_known(&symbol(&first)), first.knows_all_uses()), (0, false));
        assert!(!first.index(|| false) && first.index(|| true));
        assert_eq!(first.count_of(&symbol(&first)), Some(600));
        assert_eq!((first.count_known(&symbol(&first)), first.knows_all_uses()), (600, true));
        let open = FileInput::open("t007.md", kind, Arc::from("[[lavrov]], [[lavrov]], [[lavrov]]\n"));
        corpus.apply(Change { config: None, files: vec![("t007.md".into(), Some(open))] });
        let second = corpus.snapshot();
        assert_eq!(second.count_of(&symbol(&second)), Some(601));
        let all = second.all_references(&symbol(&second));
        assert_eq!((all.len(), second.path(all[0].file).as_str(), all[0].at.end.utf16), (601, "t000.md", 13));
        assert_eq!(first.all_references(&symbol(&first)).len(), 600);
    }

    #[test]
    fn the_files_that_use_a_name_are_known() {
        let snapshot = Fixture::parse(CORPUS).snapshot();
        let using = |id: &str| snapshot.files_using(&[id.into()]).into_iter().map(|f| snapshot.path(f)).collect::<Vec<_>>();
        assert_eq!(using("petrov"), ["a.md"]);
        assert_eq!(using("mid"), ["registry.yaml"]);
        assert_eq!(using("nobody"), Vec::<SmolStr>::new());
    }
}
