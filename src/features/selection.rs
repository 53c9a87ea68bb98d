//! What is selected next? The word, the mark, the sentence, the paragraph, the section, the text.

use crate::corpus::{Annotations, FileId, Snapshot};
use crate::syntax::NodeKind;
use crate::text::Span;

/// For each place the spans round it, each wider than the one before: the innermost word first, the whole text last.
#[must_use]
pub fn selections(snapshot: &Snapshot, file: FileId, places: &[u32]) -> Vec<Vec<Span>> {
    let Some(text) = snapshot.text(file) else { return vec![Vec::new(); places.len()] };
    let notes = snapshot.annotations(file);
    let sections: Vec<Span> =
        notes.as_deref().map(|n| n.document.sections(len(&text))).unwrap_or_default().iter().map(|s| s.span).collect();
    let records = snapshot.file(file).map(|f| f.facts.records.as_slice()).unwrap_or_default();
    let at = |&at: &u32| {
        let mut found = vec![word(&text, at), line(&text, at), Span::new(0, len(&text))];
        if let Some(notes) = notes.as_deref() {
            in_marks(notes, at, &mut found);
            in_words(notes, at, &mut found);
            found.extend(notes.document.front_matter.iter().flat_map(|f| [f.yaml, f.span]));
            found.extend(notes.document.blocks.iter().flat_map(|b| [b.content, b.span]).filter(|s| s.touches(at)));
            found.extend(&sections);
        }
        found.extend(records.iter().flat_map(|r| [r.id.span, r.span]).filter(|s| s.touches(at)));
        widening(&text, at, found)
    };
    places.iter().map(at).collect()
}

fn len(text: &str) -> u32 {
    Span::from(0..text.len()).end
}

/// Of the spans that hold the place, those of which each covers the one before.
fn widening(text: &str, at: u32, mut found: Vec<Span>) -> Vec<Span> {
    for span in &mut found {
        // The line end behind a paragraph is none of its words.
        let words = span.slice(text);
        if span.len() < len(text) {
            span.end -= len(words) - len(words.trim_end());
        }
    }
    found.retain(|span| span.touches(at) && !span.is_empty());
    found.sort_unstable_by_key(|span| (span.len(), span.start));
    let mut out: Vec<Span> = Vec::new();
    for span in found {
        if out.last().is_none_or(|last| span.covers(*last) && span != *last) {
            out.push(span);
        }
    }
    if out.is_empty() {
        out.push(Span::at(at));
    }
    out
}

/// Letters and digits round a place; hyphens and apostrophes inside belong to the word.
fn word(text: &str, at: u32) -> Span {
    let at = at as usize;
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '_');
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return Span::default() };
    let start = before.trim_end_matches(part).len();
    let end = at + behind.len() - behind.trim_start_matches(part).len();
    Span::from(start..end)
}

fn line(text: &str, at: u32) -> Span {
    let at = at as usize;
    let (Some(before), Some(behind)) = (text.get(..at), text.get(at..)) else { return Span::default() };
    let start = before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let start = start + before[start..].len() - before[start..].trim_start().len();
    Span::from(start..at + behind.find(['\n', '\r']).unwrap_or(behind.len()))
}

fn in_marks(notes: &Annotations, at: u32, found: &mut Vec<Span>) {
    for node in notes.document.nodes.iter().filter(|n| n.span.touches(at)) {
        found.push(node.span);
        match &node.kind {
            NodeKind::Mention(mention) => found.extend([Some(mention.target), mention.pin, Some(mention.surface)].into_iter().flatten()),
            NodeKind::Citation(group) => {
                for item in &group.items {
                    let locator = item.locator.map_or(item.key, |l| l.span);
                    found.extend([item.key, locator, item.key.join(locator)]);
                }
            }
            NodeKind::BracketedSpan { text, attributes } => {
                found.extend([*text, attributes.span]);
                found.extend(attributes.pairs.iter().flat_map(|p| [p.value, p.name.join(p.value)]));
            }
            NodeKind::InlineNote { text } | NodeKind::Link { text, .. } | NodeKind::Image { text, .. } => found.push(*text),
            NodeKind::Directive(directive) => found.extend(directive.reason),
            _ => {}
        }
    }
}

fn in_words(notes: &Annotations, at: u32, found: &mut Vec<Span>) {
    let named = notes.mentions.iter().map(|m| m.span).chain(notes.instruments.iter().map(|i| i.span));
    found.extend(named.chain(notes.quotes.iter().map(|q| q.span)).filter(|s| s.touches(at)));
    let words = notes.words.map.from_source(at);
    if let Some(sentence) = notes.sentence_at(words) {
        let words = notes.sentence_span(sentence);
        // A sentence that begins or ends with a mark has the mark's signs too.
        let crossing = notes.document.nodes.iter().filter(|n| n.span.overlaps(words) && !n.span.covers(words));
        found.push(crossing.fold(words, |all, node| all.join(node.span)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn selected(notation: &str) -> Vec<String> {
        let fixture = Fixture::parse(notation);
        let snapshot = fixture.snapshot();
        let (path, offset) = fixture.cursor.expect("a cursor");
        let file = snapshot.file_at(&path).expect("the file");
        let text = snapshot.text(file).expect("its text");
        selections(&snapshot, file, &[offset])[0].iter().map(|s| s.slice(&text).to_owned()).collect()
    }

    #[test]
    fn from_the_word_to_the_text() {
        let found = selected("# Minsk\n\nIt held. [[lavrov|Sergey Lav$0rov]] spoke of it. He left.\n\n# Later\n\nWords.\n");
        assert_eq!(
            found,
            [
                "Lavrov",
                "Sergey Lavrov",
                "[[lavrov|Sergey Lavrov]]",
                "[[lavrov|Sergey Lavrov]] spoke of it.",
                "It held. [[lavrov|Sergey Lavrov]] spoke of it. He left.",
                "# Minsk\n\nIt held. [[lavrov|Sergey Lavrov]] spoke of it. He left.",
                "# Minsk\n\nIt held. [[lavrov|Sergey Lavrov]] spoke of it. He left.\n\n# Later\n\nWords.\n",
            ]
        );
    }

    #[test]
    fn in_a_citation_the_key_comes_before_the_group() {
        let found = selected("He left [see @tass-2$0017, para. 3].\n");
        assert_eq!(found[..3], ["tass-2017", "tass-2017, para. 3", "[see @tass-2017, para. 3]"]);
    }

    #[test]
    fn in_a_registry_the_record_comes_before_the_list() {
        let found = selected("-- registry.yaml\n- id: a\n  name: The $0Body\n- id: b\n");
        assert!(found.contains(&"name: The Body".to_owned()) && found.iter().any(|f| f.ends_with("id: a\n  name: The Body")), "{found:?}");
    }

    #[test]
    fn an_empty_text_has_a_place_all_the_same() {
        assert_eq!(selected("$0"), [""]);
    }
}
