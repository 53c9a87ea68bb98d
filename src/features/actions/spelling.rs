//! A mention in its other spelling: `[[id|words]]` or `[words](path/to/id.md)`.

use super::here::{Here, touch};
use super::{Action, Kind, Task};
use crate::corpus::{Annotations, Meaning, relative_path, stem, target_name};
use crate::features::Changes;
use crate::syntax::{BlockKind, Mention, Node, NodeKind, Spelling};
use crate::text::Span;

/// For the mention here, when its other spelling means the same.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let Some(notes) = here.notes() else { return };
    for (number, node, mention) in mentions(notes).filter(|(_, node, _)| touch(node.span, here.span)).take(super::MOST_THINGS) {
        let title = match mention.spelling {
            Spelling::Wikilink => "Write this mention as a link",
            Spelling::Link => "Write this mention as a wikilink",
        };
        let mut action = Action::new(Kind::Rewrite, title, Task::Respell { at: (node.span.start, node.span.end) });
        action.disabled = respelt(here, notes, number, node, mention).err();
        out.push(action);
    }
}

pub(super) fn changes(here: &Here<'_>) -> Option<Changes> {
    let notes = here.notes()?;
    let (number, node, mention) = mentions(notes).find(|(_, node, _)| node.span == here.span)?;
    let text = respelt(here, notes, number, node, mention).ok()?;
    Some(Changes::replace(here.snapshot.path(here.file), node.span, text))
}

fn mentions(notes: &Annotations) -> impl Iterator<Item = (u32, &Node, &Mention)> {
    notes.document.nodes.iter().enumerate().filter_map(|(number, node)| match &node.kind {
        NodeKind::Mention(mention) => Some((Span::from(0..number).end, node, mention)),
        _ => None,
    })
}

/// The other spelling.
///
/// # Errors
/// Why there is none.
fn respelt(here: &Here<'_>, notes: &Annotations, number: u32, node: &Node, mention: &Mention) -> Result<String, &'static str> {
    let text = &*notes.text;
    let surface = mention.surface.slice(text);
    let pin = mention.pin.map(|p| format!("#{}", p.slice(text))).unwrap_or_default();
    if mention.spelling == Spelling::Wikilink {
        let path = path_of(here, notes, number).ok_or("a link leads to a note, and this record has none")?;
        return Ok(format!("[{surface}]({path}{pin})"));
    }
    let in_cell = notes.document.ancestors(node.block).any(|(_, b)| b.kind == BlockKind::TableCell);
    if in_cell {
        return Err("in a table the pipe of a wikilink would cut the cell");
    }
    if surface.contains(['[', ']', '|', '\n', '\r', '*', '_', '`', '\\']) {
        return Err("the words of a wikilink are plain");
    }
    let id = target_name(mention.target.slice(text));
    if here.snapshot.lookup(id).is_none() {
        return Err("the link leads nowhere");
    }
    Ok(if surface == id { format!("[[{id}{pin}]]") } else { format!("[[{id}{pin}|{surface}]]") })
}

/// The path to what the mention means, as a link here writes it.
fn path_of(here: &Here<'_>, notes: &Annotations, number: u32) -> Option<String> {
    let from = here.snapshot.path(here.file);
    match &notes.mentions.iter().find(|m| m.node == Some(number))?.meaning {
        Meaning::One(one) => here.snapshot.path_to_note(&from, one.entity),
        Meaning::Text(file) => {
            let path = here.snapshot.path(*file);
            let name = notes.document.nodes.get(number as usize).and_then(|n| match &n.kind {
                NodeKind::Mention(m) => Some(target_name(m.target.slice(&notes.text))),
                _ => None,
            });
            (path.ends_with(".md") && Some(stem(&path)) == name && !path.contains(' ')).then(|| relative_path(&from, &path))
        }
        _ => None,
    }
}
