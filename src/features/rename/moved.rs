//! Files and folders that somebody renames in their editor: what has to change so that everything still leads where it led.
//!
//! A note or text whose id is its file's name gets another id; paths follow in both directions, from the moved files
//! and to them: links, front matter, a record's `file`, settings.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::Changes;
use super::former;
use super::record::{self, Gathered};
use crate::corpus::{FileId, FileKind, Found, Snapshot, Symbol, has_scheme, joined, relative_path, stem};
use crate::syntax::{self, Format, NodeKind, is_id};
use crate::text::Span;

type Edit = (SmolStr, Span, String);

/// What files and folders (from, to; relative to the root) leave to be changed in a corpus, before they are moved. `files`: whether files may
/// be renamed with them, as annotations that stand beside a text.
#[must_use]
pub fn moved(snapshot: &Snapshot, moves: &[(String, String)], files: bool) -> Changes {
    let moves = Moves(moves);
    let mut all = Gathered::default();
    for (id, file) in snapshot.files() {
        let Some(to) = moves.of(&file.path).filter(|_| file.kind.is_text()) else { continue };
        // What moves by itself, or with its folder, need not be taken along.
        let annotations = record::beside(snapshot, &file.path, &to).filter(|(path, _)| files && moves.of(path).is_none());
        all.changes.renamed.extend(annotations);
        if stem(&to) != stem(&file.path) {
            rename_with_file(snapshot, id, stem(&to), &mut all);
        }
    }
    let files: Vec<FileId> = snapshot.files().map(|(id, _)| id).collect();
    let paths: Vec<Edit> = files.into_par_iter().flat_map_iter(|id| paths_of(snapshot, id, &moves)).collect();
    all.edits.extend(paths);
    all.finish()
}

/// Where things go.
struct Moves<'m>(&'m [(String, String)]);

impl Moves<'_> {
    /// The new path of a file, when it or a folder round it moves.
    fn of(&self, path: &str) -> Option<String> {
        self.0.iter().find_map(|(from, to)| {
            let rest = path.strip_prefix(from.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
        })
    }

    /// Whether a text may name anything that moves: it holds the name of one of them.
    fn may_be_named_in(&self, text: &str) -> bool {
        self.0.iter().any(|(from, _)| {
            let name = from.rsplit('/').next().unwrap_or(from);
            memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some()
                || name.contains(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        })
    }
}

/// A note or text whose id is the name of its file: the id follows where the new name can be one, else it is written down.
fn rename_with_file(snapshot: &Snapshot, id: FileId, new: &str, all: &mut Gathered) {
    let Some(file) = snapshot.file(id) else { return };
    let text = snapshot.text(id).unwrap_or_default();
    let old = stem(&file.path);
    let none = FxHashSet::default();
    if let Some(record) = file.facts.records.first() {
        let Some(entity) = snapshot.names().by_id(&record.id.value).filter(|_| record.id.value == old) else { return };
        let written = record.id.span.slice(&text) == old;
        if is_id(new) && record::free(snapshot, new, Found::Entity(entity)).is_ok() {
            if written {
                all.edits.push((file.path.clone(), record.id.span, new.to_owned()));
            }
            record::follow(snapshot, &Symbol::Entity(entity, None), &[old], new, &none, all);
            record::keep_former(snapshot, id, record, new, all);
        } else if !written && let Some((span, line)) = former::id_of_note(&text, record, old) {
            all.edits.push((file.path.clone(), span, line));
        }
        return;
    }
    if file.facts.head.id.is_some() || snapshot.names().text(old) != Some(id) {
        return;
    }
    let symbol = Symbol::Text(id, None);
    if is_id(new) && record::free(snapshot, new, Found::Text(id)).is_ok() {
        record::follow(snapshot, &symbol, &[old], new, &none, all);
    } else if snapshot.marked_references(&symbol).iter().any(|r| r.key.len() as usize == r.name.len()) {
        let plain = matches!(file.kind, FileKind::Text(Format::Plain));
        all.edits.extend(former::id_of_text(&text, plain, old).map(|(span, line)| (file.path.clone(), span, line)));
    }
}

/// The paths written in one file that have to be written otherwise.
fn paths_of(snapshot: &Snapshot, id: FileId, moves: &Moves<'_>) -> Vec<Edit> {
    let Some(file) = snapshot.file(id) else { return Vec::new() };
    let to = moves.of(&file.path);
    let elsewhere = to.as_deref().is_some_and(|to| folder(to) != folder(&file.path));
    let Some(text) = snapshot.text(id).filter(|text| elsewhere || moves.may_be_named_in(text)) else { return Vec::new() };
    let to = to.unwrap_or_else(|| file.path.to_string());
    let mut edits = Vec::new();
    let mut write = |written: &str, span: Span| {
        if let Some(path) = rewritten(&file.path, &to, written, moves) {
            edits.push((file.path.clone(), span, path));
        }
    };
    for record in &file.facts.records {
        if let Some(local) = record.source.as_ref().and_then(|s| s.file.as_ref()).filter(|f| f.span.slice(&text) == f.value) {
            write(&local.value, local.span);
        }
    }
    for (path, span) in &file.facts.head.bibliography {
        write(path, *span);
    }
    match file.kind {
        FileKind::Config => edits.extend(settings(&text, moves).into_iter().map(|(span, path)| (file.path.clone(), span, path))),
        FileKind::Text(format) => destinations(&text, format).into_iter().for_each(|span| write(span.slice(&text), span)),
        FileKind::Registry(_) | FileKind::Sidecar => {}
    }
    edits
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where links, images and mentions of a text lead by a path, without fragments.
fn destinations(text: &str, format: Format) -> Vec<Span> {
    let document = syntax::parse(text, format);
    let mut all: Vec<Span> = document
        .nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Mention(mention) if mention.target.slice(text).ends_with(".md") => Some(mention.target),
            NodeKind::Link { destination, .. } | NodeKind::Image { destination, .. } => Some(*destination),
            _ => None,
        })
        .filter_map(|span| {
            let path = span.slice(text).split(['#', '?']).next().filter(|path| !path.is_empty() && !has_scheme(path))?;
            Some(Span::of(path, text))
        })
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A path as it must be written in the file that goes from `here` to `to`; `None` when it can stay.
fn rewritten(here: &str, to: &str, written: &str, moves: &Moves<'_>) -> Option<String> {
    if written.starts_with('/') || written.contains('\\') {
        return None;
    }
    let plain = written.replace("%20", " ");
    let old = joined(here, &plain)?;
    let new = moves.of(&old).unwrap_or(old);
    if joined(to, &plain).as_deref() == Some(new.as_str()) {
        return None;
    }
    let dotted = if written.starts_with("./") && folder(to) == folder(&new) { "./" } else { "" };
    let path = format!("{dotted}{}", relative_path(to, &new));
    Some(if written.contains("%20") { path.replace(' ', "%20") } else { path })
}

/// Paths and globs of the settings that begin with what moves, between quotation marks.
fn settings(text: &str, moves: &Moves<'_>) -> Vec<(Span, String)> {
    let mut edits = Vec::new();
    for line in text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('#')) {
        let mut rest = line;
        while let Some(open) = rest.find(['"', '\'']) {
            let quote = if rest[open..].starts_with('"') { '"' } else { '\'' };
            let Some(len) = rest[open + 1..].find(quote) else { break };
            let words = &rest[open + 1..open + 1 + len];
            let bare = words.trim_start_matches("./");
            if let Some(new) = moves.of(bare).or_else(|| Some(format!("{}/", moves.of(bare.strip_suffix('/')?)?))) {
                edits.push((Span::of(bare, text), new));
            }
            rest = &rest[open + len + 2..];
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    /// All lines that change, after the move.
    fn lines(notation: &str, moves: &[(&str, &str)]) -> Vec<String> {
        let fixture = Fixture::parse(notation);
        let moves: Vec<_> = moves.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        let changes = moved(&fixture.snapshot(), &moves, true);
        assert!(changes.renamed.is_empty(), "the editor moves the files");
        let mut out = Vec::new();
        for (path, edits) in &changes.edits {
            let (_, old) = fixture.files.iter().find(|(p, _)| p == path).expect("a file");
            let new = edits.apply(old);
            let known: Vec<&str> = old.lines().collect();
            let path = Moves(&moves).of(path).unwrap_or(path.to_string());
            out.extend(new.lines().filter(|line| !known.contains(line)).map(|line| format!("{path}: {line}")));
        }
        out
    }

    const CORPUS: &str = "-- agreements/minsk-package.md
---
type: agreement
---
See [the map](../maps/line.png) and [a text](../texts/a.md#c-1).
-- texts/a.md
---
bibliography: ../refs/all.bib
---
[[minsk-package|It]], [it](../agreements/minsk-package.md#op-1), ![map](../maps/line.png) [[b]].
-- texts/b.md
See [a](a.md) and [the web](https://a.example/a.md).
-- refs/all.bib
@misc{tass, title = {T}, file = {../maps/line.png}}
-- vidimus.toml
# \"texts/a.md\"
bibliography = [\"refs/*.bib\"]
[[documents]]
files = [\"texts/**\", 'texts/a.md']
";

    #[test]
    fn a_note_whose_id_is_its_name_is_named_anew() {
        assert_eq!(
            lines(CORPUS, &[("agreements/minsk-package.md", "agreements/minsk-ii.md")]),
            [
                "agreements/minsk-ii.md: formerly: [minsk-package]",
                "texts/a.md: [[minsk-ii|It]], [it](../agreements/minsk-ii.md#op-1), ![map](../maps/line.png) [[b]].",
            ]
        );
        assert_eq!(
            lines(CORPUS, &[("agreements/minsk-package.md", "agreements/Minsk II.md")]),
            [
                "agreements/Minsk II.md: id: minsk-package",
                "texts/a.md: [[minsk-package|It]], [it](../agreements/Minsk II.md#op-1), ![map](../maps/line.png) [[b]].",
            ]
        );
    }

    #[test]
    fn a_file_that_moves_takes_its_own_paths_along() {
        assert_eq!(
            lines(CORPUS, &[("texts/a.md", "texts/2017/a.md")]),
            [
                "agreements/minsk-package.md: See [the map](../maps/line.png) and [a text](../texts/2017/a.md#c-1).",
                "texts/2017/a.md: bibliography: ../../refs/all.bib",
                "texts/2017/a.md: [[minsk-package|It]], [it](../../agreements/minsk-package.md#op-1), ![map](../../maps/line.png) [[b]].",
                "texts/b.md: See [a](2017/a.md) and [the web](https://a.example/a.md).",
                "vidimus.toml: files = [\"texts/**\", 'texts/2017/a.md']",
            ]
        );
    }

    #[test]
    fn a_folder_moves_with_all_that_lies_in_it() {
        assert_eq!(
            lines(CORPUS, &[("texts", "analyses/old")]),
            [
                "agreements/minsk-package.md: See [the map](../maps/line.png) and [a text](../analyses/old/a.md#c-1).",
                "analyses/old/a.md: bibliography: ../../refs/all.bib",
                "analyses/old/a.md: [[minsk-package|It]], [it](../../agreements/minsk-package.md#op-1), ![map](../../maps/line.png) [[b]].",
                "vidimus.toml: files = [\"analyses/old/**\", 'analyses/old/a.md']",
            ]
        );
        let maps = lines(CORPUS, &[("maps", "pictures/maps")]);
        assert!(maps.iter().any(|line| line.contains("file = {../pictures/maps/line.png}")), "{maps:?}");
        assert!(maps.iter().any(|line| line.starts_with("texts/a.md") && line.contains("![map](../pictures/maps/line.png)")), "{maps:?}");
    }

    #[test]
    fn annotations_beside_a_text_go_where_it_goes() {
        let corpus = "-- texts/a.md\nA.\n-- texts/a.md.annotations.json\n[]\n-- texts/c.md.annotations.json\n[]\n";
        let snapshot = Fixture::parse(corpus).snapshot();
        let renamed = |moves: &[(&str, &str)], files: bool| {
            let moves: Vec<_> = moves.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
            moved(&snapshot, &moves, files).renamed.iter().map(|(from, to)| format!("{from} > {to}")).collect::<Vec<_>>()
        };
        let (text, notes) = (("texts/a.md", "texts/b.md"), ("texts/a.md.annotations.json", "texts/b.md.annotations.json"));
        assert_eq!(renamed(&[text], true), ["texts/a.md.annotations.json > texts/b.md.annotations.json"]);
        // A client that renames no files, one that moves them itself, a folder with both, and a name that is taken.
        for (moves, files) in
            [(&[text][..], false), (&[text, notes], true), (&[("texts", "old")], true), (&[("texts/a.md", "texts/c.md")], true)]
        {
            assert!(renamed(moves, files).is_empty(), "{moves:?}");
        }
    }

    #[test]
    fn a_text_named_in_other_texts_is_named_anew() {
        assert_eq!(
            lines(CORPUS, &[("texts/b.md", "texts/c.md")]),
            ["texts/a.md: [[minsk-package|It]], [it](../agreements/minsk-package.md#op-1), ![map](../maps/line.png) [[c]]."]
        );
        let kept = lines(CORPUS, &[("texts/b.md", "texts/My text.md")]);
        assert!(kept.contains(&"texts/My text.md: id: b".into()), "{kept:?}");
    }
}
