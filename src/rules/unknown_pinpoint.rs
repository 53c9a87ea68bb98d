//! `unknown-pinpoint`

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{Anchors, Annotations, Candidate, EntityId, FileId, Meaning};
use crate::registry::RecordKind;
use crate::syntax::NodeKind;
use crate::text::{Span, nearest};

rule! {
/// A pinpoint or fragment that the note's text and its `parts` do not have. A note that has neither is taken at its word.
///
/// ## Why
///
/// It sends the reader to the wrong provision.
///
/// ~~~passes
/// -- unsc-2202.md
/// ---
/// type: resolution
/// name: Resolution 2202
/// ---
/// 1. Endorses the Package.
/// 2. Welcomes the declaration.
/// -- text.md
/// It was [[unsc-2202#op-2|welcomed]].
/// ~~~
/// ~~~fails
/// -- unsc-2202.md
/// ---
/// type: resolution
/// name: Resolution 2202
/// ---
/// 1. Endorses the Package.
/// 2. Welcomes the declaration.
/// -- text.md
/// It was [[unsc-2202#op-9|welcomed]].
/// ~~~
    "unknown-pinpoint", "a pinpoint that the instrument does not have", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

/// Other places offered.
const MOST_OFFERED: usize = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let own = LazyCell::new(|| Anchors::of(&notes.text, &notes.document, &RecordKind::Document));
    let has = |file: FileId, name: &str| {
        if file == context.id && context.file.facts.records.is_empty() {
            return context.file.facts.anchors.find(name).or_else(|| own.find(name)).is_some();
        }
        context.snapshot.anchor(file, name).is_some()
    };
    let mut known = FxHashMap::default();
    for mention in context.mentions() {
        let Some(node) = mention.node.and_then(|n| notes.document.nodes.get(n as usize)) else { continue };
        let NodeKind::Mention(mark) = &node.kind else { continue };
        let Some(pin) = mark.pin else { continue };
        let name = pin.slice(&notes.text);
        match &mention.meaning {
            Meaning::One(Candidate { entity, .. }) if context.snapshot.has_pin(*entity, name) == Some(false) => {
                let offer = known.entry((*entity, name)).or_insert_with(|| Offer::of(context, *entity, name));
                report(context, notes, findings, (*entity, pin), offer);
            }
            Meaning::Text(file) => {
                // The place may be anywhere in this text, or in another that changes without any name changing.
                findings.looked_further();
                if !has(*file, name) {
                    let path = context.snapshot.path(*file);
                    findings.at(pin, format!("`{path}` has no place `{name}`")).help("name a claim or heading of that text");
                }
            }
            _ => {}
        }
    }
}

/// What is offered in place of a pinpoint: of many mentions of one it is worked out once.
struct Offer {
    help: String,
    near: Option<String>,
    /// A number far off is more often another paragraph than a misspelling: those of the same kind.
    alike: Vec<String>,
}

impl Offer {
    fn of(context: &Context<'_>, entity: EntityId, name: &str) -> Self {
        let entity = context.snapshot.entity(entity);
        let anchors = context.snapshot.file(entity.home.file).map(|f| f.facts.anchors.as_slice()).unwrap_or_default();
        let known = || anchors.iter().map(|a| a.name.as_str()).chain(entity.record.parts.iter().map(|p| p.value.as_str()));
        let near = nearest(name, known());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", known().take(12).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")),
        };
        let kind = name.split('-').next().unwrap_or_default();
        let alike = known().filter(|k| Some(*k) != near && k.split('-').next() == Some(kind) && !k.contains('.'));
        Self { help, near: near.map(str::to_owned), alike: alike.take(MOST_OFFERED).map(str::to_owned).collect() }
    }
}

fn report(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>, (entity, pin): (EntityId, Span), offer: &Offer) {
    let (name, entity) = (pin.slice(&notes.text), context.snapshot.entity(entity));
    let found = findings.at(pin, format!("`{}` has no place `{name}`", entity.record.id.value));
    found.help(offer.help.clone()).related(context.snapshot.path(entity.home.file), entity.record.id.span, "defined here");
    if let Some(near) = &offer.near {
        found.unsafe_fix(format!("Write `{near}`"), pin, near);
    }
    for other in &offer.alike {
        found.or_fix(format!("Write `{other}`"), pin, other);
    }
}
