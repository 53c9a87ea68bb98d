//! `unknown-source`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::syntax::NodeKind;

rule! {
/// A citation, or a `source=` or `against=`, whose key is in no bibliography and no registry. Quarto's `@fig-` and the like are none.
///
/// ## Why
///
/// A source that cannot be found is no source.
///
/// ~~~passes
/// -- refs.bib
/// @misc{tass-2017, title = {A title}}
/// -- text.md
/// He left [@tass-2017, para. 3].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{tass-2017, title = {A title}}
/// -- text.md
/// He left [@tas-2017, para. 3].
/// ~~~
///
/// While a bibliography cannot be read (`bibliography-unreadable`), this is a warning: the key may be in the unreadable part.
    "unknown-source", "a citation whose key is defined nowhere", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut keys: Vec<_> = context.citations().iter().filter(|c| c.entity.is_none()).map(|c| c.key).collect();
    for node in context.nodes() {
        let NodeKind::BracketedSpan { attributes, .. } = &node.kind else { continue };
        for name in ["source", "against"] {
            keys.extend(
                attributes
                    .pair(&notes.text, name)
                    .filter(|p| !p.value.is_empty())
                    .map(|p| crate::corpus::attribute_key(&notes.text, p.value)),
            );
        }
    }
    if let Some((_, span)) = context.file.facts.head.source.as_ref().filter(|(_, span)| context.within.contains(span.start)) {
        keys.push(*span);
    }
    for key in keys {
        let name = key.slice(&notes.text);
        if context.snapshot.lookup(name).is_some() {
            continue;
        }
        let unsure = context.snapshot.names().incomplete;
        let near = context.nearest_id(name);
        let found = findings.at(key, format!("`{name}` is in no bibliography and no registry"));
        if unsure {
            found.level = found.level.min(Level::Warning);
        }
        match near {
            Some(near) => found.help(format!("did you mean `{near}`?")).unsafe_fix(format!("Write `{near}`"), key, near),
            None => found.help("add the source to a bibliography"),
        };
    }
}
