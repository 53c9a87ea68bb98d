//! Marks of the text: citations, marked spans, directives, footnotes, links.

use super::super::Fact;
use super::{Scene, Thing};
use crate::corpus::{Found, Support};
use crate::features::why;
use crate::syntax::{Attributes, Citation, Directive, Node, NodeKind, Verb};
use crate::text::Span;

pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) {
    let text = &scene.notes.text;
    for (index, node) in scene.notes.document.nodes.iter().enumerate().filter(|(_, n)| scene.is_at(n.span)) {
        let index = Span::from(0..index).end;
        match &node.kind {
            NodeKind::Citation(group) => {
                let asked: Vec<&Citation> = group.items.iter().filter(|i| scene.is_at(i.key)).collect();
                let all = group.items.iter().filter(|i| asked.is_empty() || asked.iter().any(|a| a.key == i.key));
                things.extend(all.map(|item| citation(scene, index, node, item)));
            }
            NodeKind::BracketedSpan { text: words, attributes } => things.push(marked(scene, node, *words, attributes)),
            NodeKind::Directive(of) => things.push(directive(scene, node, of)),
            NodeKind::FootnoteReference { .. } | NodeKind::InlineNote { .. } => {
                let mut thing = Thing::new("footnote", node.span, why::cut(node.span.slice(text)));
                covers(scene, index, node, &mut thing);
                things.push(thing);
            }
            NodeKind::Link { destination, .. } => {
                let mut thing = Thing::new("link", node.span, why::cut(destination.slice(text)));
                covers(scene, index, node, &mut thing);
                things.push(thing);
            }
            _ => {}
        }
    }
}

fn citation(scene: &Scene<'_>, index: u32, node: &Node, item: &Citation) -> Thing {
    let key = item.key.slice(&scene.notes.text);
    let mut thing = Thing::new("citation", item.key, format!("@{key}"));
    match scene.snapshot.lookup(key) {
        Some(Found::Entity(id) | Found::Renamed(id)) => {
            let entity = scene.snapshot.entity(id);
            thing.facts.push(Fact::new("work", entity.record.author_year()).at(entity.home.file, entity.record.id.span));
            let text = scene.snapshot.local_text(key, Some(id));
            match text {
                Some(file) => thing.facts.push(Fact::new("its text", scene.snapshot.path(file).as_str()).at(file, Span::default())),
                None => thing.fact("its text", "not in the corpus: nothing can be compared with it"),
            }
        }
        _ => thing.fact("work", "registered nowhere"),
    }
    thing.fact("locator", item.locator.map_or("none", |l| l.span.slice(&scene.notes.text)));
    covers(scene, index, node, &mut thing);
    thing
}

/// What a mark covers as a source.
fn covers(scene: &Scene<'_>, index: u32, node: &Node, thing: &mut Thing) {
    let at = scene.notes.words.map.from_source(node.span.start);
    let around = scene.notes.sources_around(scene.snapshot, Span::at(at));
    let is_own = |support: Support| match support {
        Support::Citation(n) | Support::Footnote(n) | Support::Link(n) => n == index,
        _ => false,
    };
    match around.iter().find(|c| is_own(c.support)) {
        Some(own) => {
            let span = scene.notes.words.to_file(own.words);
            thing.facts.push(Fact::new("covers", format!("`{}`", scene.words(own.words))).at(scene.file, span));
            thing.fact("reach", why::reach_words(own.scope));
        }
        None => thing.fact("covers", "nothing: it is no source"),
    }
}

fn marked(scene: &Scene<'_>, node: &Node, words: Span, attributes: &Attributes) -> Thing {
    let text = &scene.notes.text;
    let mut thing = Thing::new("marked span", node.span, why::cut(words.slice(text)));
    thing.fact("class", attributes.classes.iter().map(|c| format!("`.{}`", c.slice(text))).collect::<Vec<_>>().join(", "));
    thing.fact(
        "attributes",
        attributes.pairs.iter().map(|p| format!("`{}={}`", p.name.slice(text), p.value.slice(text))).collect::<Vec<_>>().join(", "),
    );
    thing
}

fn directive(scene: &Scene<'_>, node: &Node, directive: &Directive) -> Thing {
    let text = &scene.notes.text;
    let mut thing = Thing::new("directive", node.span, why::cut(node.span.slice(text)));
    let rules: Vec<String> = directive.rules.iter().map(|r| format!("`{}`", r.slice(text))).collect();
    thing.fact("rules", rules.join(", "));
    thing.fact("reason", directive.reason.map_or("none, so that it allows nothing", |r| r.slice(text)));
    let reach = match directive.verb {
        Verb::Allow => "the block that follows, or the line it ends",
        Verb::Disable => "everything from here on",
        Verb::Enable => "ends what `disable` began",
        Verb::AllowFile => "the whole text",
    };
    thing.fact("for", reach);
    thing
}
