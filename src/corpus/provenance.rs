//! Claim → citation → source → locator: which works support a claim, whatever mark says so.

use smol_str::SmolStr;

use super::facts::attribute_key;
use super::{Annotations, Claim, EntityId, Snapshot, Support};
use crate::syntax::{BlockKind, Node, NodeKind};
use crate::text::Span;

/// A work that supports something, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// The id or key as written; an instrument's normal id.
    pub key: SmolStr,
    /// The record.
    pub entity: Option<EntityId>,
    /// Where the work says it, as written: `para. 3`, `op-1`.
    pub locator: Option<SmolStr>,
    /// Where it is cited, in bytes of the file.
    pub at: Span,
}

impl Annotations {
    /// The works that support a claim, each as often as it is cited, in the order of [`Claim::support`]. Links out of the corpus and
    /// people who are only said to say it are none.
    #[must_use]
    pub fn cited(&self, snapshot: &Snapshot, claim: &Claim) -> Vec<Cited> {
        let mut out = Vec::new();
        for support in &claim.support {
            match *support {
                Support::Citation(node) => self.of_node(snapshot, node, &mut out),
                Support::Footnote(node) => self.of_footnote(snapshot, node, &mut out),
                Support::Attribute(value) | Support::Document(value) => out.extend(self.of_value(snapshot, value)),
                Support::Pinned(mention) => out.extend(self.of_mention(snapshot, mention)),
                Support::Instrument(index) => out.extend(self.of_instrument(index)),
                Support::Link(_) | Support::Attribution(_) => {}
            }
        }
        out
    }

    /// What an attribute of a claim cites: `against="key, locator"`.
    #[must_use]
    pub fn of_value(&self, snapshot: &Snapshot, value: Span) -> Option<Cited> {
        let key = attribute_key(&self.text, value);
        let locator = value.slice(&self.text).split_once(',').map(|(_, locator)| locator.trim()).filter(|l| !l.is_empty());
        let name = key.slice(&self.text);
        (!name.is_empty()).then(|| Cited {
            key: name.into(),
            entity: snapshot.entity_of(name),
            locator: locator.map(Into::into),
            at: value,
        })
    }

    /// Where a number of a paragraph can be written so that a citation names that paragraph alone, and what is written there before it:
    /// its locator's one number, or behind its key when it has no locator. `None` where another hand must.
    #[must_use]
    pub fn room_for_paragraph(&self, cited: &Cited) -> Option<(Span, &'static str)> {
        let behind = self.text.get(cited.at.end as usize..)?;
        let Some(locator) = &cited.locator else {
            let in_group = behind.starts_with([']', ';']) && cited.at.slice(&self.text) == cited.key;
            return in_group.then_some((Span::at(cited.at.end), ", para. "));
        };
        // A key and its locator stand side by side: `@key, para. 3`, `@key [p. 3]`.
        let from = behind.find(locator.as_str()).filter(|from| *from <= 3)?;
        let digits = locator.find(|c: char| c.is_ascii_digit())?;
        let number = locator[digits..].find(|c: char| !c.is_ascii_digit()).map_or(&locator[digits..], |end| &locator[digits..digits + end]);
        let label = ["para", "абз"].iter().any(|label| locator.starts_with(label));
        let start = cited.at.end as usize + from + digits;
        (label && digits + number.len() == locator.len()).then(|| (Span::from(start..start + number.len()), ""))
    }

    fn of_node(&self, snapshot: &Snapshot, node: u32, out: &mut Vec<Cited>) {
        let Some(Node { kind: NodeKind::Citation(group), .. }) = self.document.nodes.get(node as usize) else { return };
        for item in &group.items {
            let key = item.key.slice(&self.text);
            let locator = item.locator.map(|l| whole_locator(&self.text, l.span, item.suffix).into());
            out.push(Cited { key: key.into(), entity: snapshot.entity_of(key), locator, at: item.key });
        }
    }

    /// What the note of a footnote reference, or a note in place, cites.
    fn of_footnote(&self, snapshot: &Snapshot, node: u32, out: &mut Vec<Cited>) {
        let Some(reference) = self.document.nodes.get(node as usize) else { return };
        let held = match &reference.kind {
            NodeKind::InlineNote { text } => Some(*text),
            NodeKind::FootnoteReference { label } => {
                let label = label.slice(&self.text);
                let defines = |kind: BlockKind| matches!(kind, BlockKind::FootnoteDefinition(of) if of.slice(&self.text) == label);
                self.document.blocks.iter().find(|b| defines(b.kind)).map(|b| b.span)
            }
            _ => None,
        };
        let Some(held) = held else { return };
        let first = self.document.nodes.partition_point(|n| n.span.start < held.start);
        for (number, inside) in self.document.nodes.iter().enumerate().skip(first).take_while(|(_, n)| n.span.start < held.end) {
            if matches!(inside.kind, NodeKind::Citation(_)) {
                self.of_node(snapshot, Span::from(0..number).end, out);
            }
        }
    }

    fn of_mention(&self, snapshot: &Snapshot, mention: u32) -> Option<Cited> {
        let mention = self.mentions.get(mention as usize)?;
        let entity = mention.meaning.entity()?;
        let key = snapshot.entity(entity).record.id.value.clone();
        Some(Cited { key, entity: Some(entity), locator: mention.pin.clone(), at: mention.span })
    }

    fn of_instrument(&self, index: u32) -> Option<Cited> {
        let (at, found) = self.instruments_found().nth(index as usize)?;
        let locator = found.pin.as_ref().map(|(pin, _)| pin.0.clone());
        Some(Cited { key: found.id.clone(), entity: at.entity, locator, at: at.span })
    }
}

/// A locator with what goes on with it: Pandoc ends `paras. 2 and 3` before "and".
fn whole_locator(text: &str, locator: Span, suffix: Span) -> &str {
    let rest = suffix.slice(text);
    let number = ["and ", "и ", "& "].iter().find_map(|and| rest.strip_prefix(and)).filter(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    let Some(number) = number.filter(|_| suffix.start >= locator.end) else { return locator.slice(text) };
    let digits = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let end = suffix.end - Span::from(0..number.len() - digits).end;
    Span::new(locator.start, end).slice(text)
}
