//! What stands above a line? How often a record is named; how many claims of a text have a source.

use crate::corpus::{ClaimCount, EntityId, FileId, FileKind, Snapshot, Symbol};
use crate::text::Span;

/// A file with more records than this is no list that anybody reads from its top, and has no lenses.
pub const MOST: usize = 2000;

/// What a lens tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensKind {
    /// Where a record is named: to be counted when it is shown.
    Uses(EntityId),
    /// How many claims of the text there are, and how many of them have no source.
    Claims {
        /// All that need one.
        all: usize,
        /// Those without.
        unsourced: usize,
    },
}

/// Words above a line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The words it is about.
    pub span: Span,
    /// What it tells.
    pub kind: LensKind,
}

/// The lenses of a file, from its top.
#[must_use]
pub fn lenses(snapshot: &Snapshot, file: FileId) -> Vec<Lens> {
    let Some(state) = snapshot.file(file) else { return Vec::new() };
    let mut out = Vec::new();
    if let FileKind::Text(_) = state.kind {
        out.extend(claims(snapshot, file));
    }
    if state.facts.records.len() <= MOST {
        for record in &state.facts.records {
            if let Some(entity) = snapshot.names().by_id(&record.id.value) {
                // A note is named after its file as often as not: then the lens stands at its front matter.
                let span = if record.id.span.is_empty() { Span::at(record.span.start) } else { record.id.span };
                out.push(Lens { span, kind: LensKind::Uses(entity) });
            }
        }
    }
    out
}

fn claims(snapshot: &Snapshot, file: FileId) -> Option<Lens> {
    let ClaimCount { sourced, unsourced } = snapshot.annotations(file)?.claim_count();
    let all = sourced + unsourced;
    (all > 0).then_some(Lens { span: Span::default(), kind: LensKind::Claims { all, unsourced } })
}

/// The words of a lens; counting the uses of a record may read closed texts.
#[must_use]
pub fn title(snapshot: &Snapshot, kind: &LensKind) -> String {
    match kind {
        LensKind::Claims { all, unsourced: 0 } => format!("{}, all sourced", counted(*all, "claim")),
        LensKind::Claims { all, unsourced } => format!("{}, {unsourced} without a source", counted(*all, "claim")),
        LensKind::Uses(entity) => {
            let uses = snapshot.references(&Symbol::Entity(*entity, None));
            let mut files: Vec<FileId> = uses.iter().map(|(file, _)| *file).collect();
            files.dedup();
            match uses.len() {
                0 => "named nowhere".to_owned(),
                n => format!("{} in {}", counted(n, "mention"), counted(files.len(), "text")),
            }
        }
    }
}

fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn titles(notation: &str, path: &str) -> Vec<String> {
        let snapshot = Fixture::parse(notation).snapshot();
        let file = snapshot.file_at(path).expect("the file");
        let text = snapshot.text(file).expect("its text");
        let shown = |l: &Lens| format!("{}: {}", l.span.slice(&text), title(&snapshot, &l.kind));
        lenses(&snapshot, file).iter().map(shown).collect()
    }

    #[test]
    fn a_record_shows_how_often_it_is_named() {
        let list = "-- registry.yaml\n- {id: lavrov, type: person}\n- {id: osce, type: org}\n- {id: un, type: org}\n";
        let texts = "-- a.md\n[[lavrov|He]] and [[lavrov]] of the [[un]].\n-- b.md\n[[lavrov|He]].\n";
        assert_eq!(
            titles(&format!("{list}{texts}"), "registry.yaml"),
            ["lavrov: 3 mentions in 2 texts", "osce: named nowhere", "un: 1 mention in 1 text"]
        );
    }

    #[test]
    fn a_text_shows_how_many_claims_are_sourced() {
        let text = "-- text.md\nAbout 90,000 people left. [Half stayed]{.claim} [@x]. [None came]{.claim status=refuted}.\n";
        let cited = "-- refs.bib\n@misc{x, title = {X}}\n";
        assert_eq!(titles(&format!("{cited}{text}"), "text.md"), [": 2 claims, 1 without a source"]);
        assert_eq!(titles(&format!("{cited}-- text.md\n[Half stayed]{{.claim}} [@x].\n"), "text.md"), [": 1 claim, all sourced"]);
        assert_eq!(titles("-- text.md\nNothing.\n", "text.md"), [""; 0]);
    }
}
