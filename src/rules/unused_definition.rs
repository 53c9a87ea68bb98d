//! `unused-definition`

use super::rule::{Context, rule};
use super::{Findings, Pass};
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
    let partial = snapshot.occasion().partial;
    if partial && !findings.says_why() {
        return;
    }
    for (index, record) in context.file.facts.records.iter().enumerate() {
        let id = &record.id.value;
        let Some(entity) = snapshot.names().by_id(id) else { continue };
        let home = snapshot.entity(entity).home;
        let at_home = home.file == context.id && home.index as usize == index;
        let named = if at_home && !partial { snapshot.is_named(entity) } else { None };
        if named == Some(false) {
            let found = findings.at(record.id.span, format!("nothing in the corpus names `{id}`"));
            found.help("remove it, or turn this rule off for lists that other corpora share");
            continue;
        }
        findings.passes(|| {
            let why = match named {
                Some(_) => Pass::because("the corpus names it"),
                None if !at_home => Pass::because(format!("it is judged where `{id}` is at home, in `{}`", snapshot.path(home.file))),
                None if partial => Pass::because("only single files are checked: others may name it"),
                None => Pass::because("not every text has been read for it yet"),
            };
            (record.id.span, why)
        });
    }
}
