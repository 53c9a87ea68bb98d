//! `unused-definition`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A record that nothing in the corpus names: no mark, no citation, no relation, no attribute, and none of its names in plain words. A note's own
/// text does not count as a use of it.
///
/// ## Why
///
/// What nobody names is a leftover, or the name is misspelt wherever it was meant.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
/// -- text.md
/// Lavrov left.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
/// -- text.md
/// Somebody left.
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{tass-2017, title = {Interview}, date = {2017-03-16}}
/// -- text.md
/// It was said before.
/// ~~~
///
/// ## Likely false hits
///
/// Lists that several corpora share, or that were made before the texts: of such a library most is unused, and rightly. So the rule is off unless it
/// is asked for: by `--select unused-definition`, or in `vidimus.toml` for the lists that belong to the texts, by a row of `[[documents]]` with
/// `files = "registry/of-this-book.yaml"` and `rules = { unused-definition = "note" }`.
///
/// It judges when all texts of the corpus are known: not when single files outside a corpus are checked, and in an editor once every
/// text has been read. There it looks again when a text is saved.
    "unused-definition", "a record that nothing in the corpus names", Sound, Corpus, LevelRow::everywhere(Level::Note), check, WhenAsked
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let snapshot = context.snapshot;
    if snapshot.occasion().partial {
        return;
    }
    for (index, record) in context.file.facts.records.iter().enumerate() {
        let id = &record.id.value;
        let Some(entity) = snapshot.names().by_id(id) else { continue };
        let home = snapshot.entity(entity).home;
        if home.file == context.id && home.index as usize == index && snapshot.is_named(entity) == Some(false) {
            findings
                .at(record.id.span, format!("nothing in the corpus names `{id}`"))
                .help("remove it, or turn this rule off for lists that other corpora share");
        }
    }
}
