//! What do the words leave unsaid? The id of an instrument, the name behind an office, the source behind a claim.

use std::collections::HashSet;

pub use crate::config::Wanted;
use crate::corpus::{Annotations, Claim, ClaimKind, FileId, Meaning, MentionAt, Snapshot, Support};
use crate::prose::Instrument;
use crate::syntax::{BlockKind, NodeKind};
use crate::text::Span;

/// What a hint tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HintKind {
    /// The normal id of an instrument in plain words.
    Id,
    /// Who is meant by an office, at the text's date.
    Role,
    /// The sources behind a claim.
    Sources,
}

/// Words shown in a text that are not of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte behind which it is shown.
    pub at: u32,
    /// What it tells.
    pub kind: HintKind,
    /// Its words.
    pub label: String,
    /// The words it is about.
    pub about: Span,
    /// What the words become when the hint is accepted: the same, marked.
    pub marked: Option<String>,
}

/// The hints of a text that stand in `within`, in order of place.
#[must_use]
pub fn hints(snapshot: &Snapshot, file: FileId, within: Span, wanted: Wanted) -> Vec<Hint> {
    let Some(notes) = snapshot.annotations(file) else { return Vec::new() };
    let mut out = Vec::new();
    if wanted.ids {
        let near = notes.instruments_found().filter(|(at, _)| within.touches(at.span.end));
        out.extend(near.filter_map(|(at, found)| id(snapshot, &notes, at.span, found)));
    }
    if wanted.roles {
        let near = notes.mentions.iter().filter(|m| within.touches(m.span.end));
        out.extend(near.filter_map(|m| role(snapshot, &notes, m)));
    }
    if wanted.sources {
        out.extend(sources(snapshot, &notes, within));
    }
    out.sort_by_key(|h| (h.at, h.kind));
    out
}

/// `resolution 2202 (2015)` → `unsc-2202`
fn id(snapshot: &Snapshot, notes: &Annotations, span: Span, found: &Instrument) -> Option<Hint> {
    if is_marked(notes, span) {
        return None;
    }
    let known = snapshot.lookup(&found.id).is_some();
    let marked = if known { marked(notes, span, &found.id) } else { None };
    Some(Hint { at: span.end, kind: HintKind::Id, label: found.id.to_string(), about: span, marked })
}

/// "the top diplomat" → Sergey Lavrov
fn role(snapshot: &Snapshot, notes: &Annotations, mention: &MentionAt) -> Option<Hint> {
    let Meaning::One(candidate) = &mention.meaning else { return None };
    if mention.node.is_some() || candidate.role.is_none() {
        return None;
    }
    let record = &snapshot.entity(candidate.entity).record;
    let marked = marked(notes, mention.span, &record.id.value);
    let label = record.shown_name().to_owned();
    Some(Hint { at: mention.span.end, kind: HintKind::Role, label, about: mention.span, marked })
}

/// Of the claims in one sentence that rest on the same works, the last one tells them.
fn sources(snapshot: &Snapshot, notes: &Annotations, within: Span) -> Vec<Hint> {
    let mut out = Vec::new();
    for of_sentence in notes.claims.chunk_by(|a, b| a.sentence == b.sentence) {
        if !of_sentence.iter().any(|claim| within.touches(claim.span.end)) {
            continue;
        }
        let mut hints: Vec<Hint> = of_sentence.iter().filter_map(|claim| of_claim(snapshot, notes, claim)).collect();
        hints.sort_by_key(|hint| std::cmp::Reverse(hint.at));
        let mut told = HashSet::new();
        hints.retain(|hint| told.insert(hint.label.clone()));
        out.extend(hints.into_iter().filter(|hint| within.touches(hint.about.end)));
    }
    out
}

/// The works that a claim rests on; `None` where it rests on none.
fn of_claim(snapshot: &Snapshot, notes: &Annotations, claim: &Claim) -> Option<Hint> {
    let mut all: Vec<String> = claim.support.iter().filter_map(|s| source(snapshot, notes, s)).flatten().collect();
    // A group of citations supports once for each of its works.
    let mut told = HashSet::new();
    all.retain(|work| told.insert(work.clone()));
    if all.is_empty() {
        return None;
    }
    // Behind the mark of an explicit claim, not between its brackets.
    let node = if let ClaimKind::Explicit(node) = claim.kind { notes.document.nodes.get(node as usize) } else { None };
    let at = node.map_or(claim.span.end, |n| n.span.end);
    Some(Hint { at, kind: HintKind::Sources, label: format!("← {}", all.join("; ")), about: claim.span, marked: None })
}

/// The works behind a support; `None` for what is no work: who is said to say it.
fn source(snapshot: &Snapshot, notes: &Annotations, support: &Support) -> Option<Vec<String>> {
    let text = &notes.text;
    let node = |n: &u32| notes.document.nodes.get(*n as usize).map(|n| &n.kind);
    let work = |key: &str| match snapshot.entity_of(key.trim_start_matches('@')) {
        Some(entity) => snapshot.entity(entity).record.author_year(),
        None => key.to_owned(),
    };
    let valued = |value: Span| {
        let key = crate::corpus::attribute_key(text, value);
        let rest = Span::new(key.end, value.end.max(key.end)).slice(text).trim_start_matches([',', ' ', ';']).trim();
        vec![with_place(work(key.slice(text)), rest)]
    };
    match support {
        Support::Citation(n) => {
            let NodeKind::Citation(group) = node(n)? else { return None };
            let cited = |item: &crate::syntax::Citation| {
                with_place(work(item.key.slice(text)), item.locator.map(|l| l.span).unwrap_or_default().slice(text))
            };
            Some(group.items.iter().map(cited).collect())
        }
        Support::Footnote(n) => {
            let NodeKind::FootnoteReference { label } = node(n)? else { return None };
            Some(vec![format!("note {}", label.slice(text))])
        }
        Support::Link(n) => {
            let NodeKind::Link { destination, .. } = node(n)? else { return None };
            Some(vec![host(destination.slice(text)).to_owned()])
        }
        Support::Pinned(index) => {
            let mention = notes.mentions.get(*index as usize)?;
            let entity = mention.meaning.entity().map(|e| snapshot.entity(e).record.shown_name().to_owned());
            let name = entity.unwrap_or_else(|| mention.words.slice(notes.running()).to_owned());
            Some(vec![with_place(name, mention.pin.as_deref().unwrap_or_default())])
        }
        Support::Instrument(index) => {
            let found = notes.prose.instruments.get(*index as usize)?;
            Some(vec![with_place(found.symbol.to_string(), found.pin.as_ref().map(|(pin, _)| pin.0.as_str()).unwrap_or_default())])
        }
        Support::Attribute(value) | Support::Document(value) => Some(valued(*value)),
        Support::Attribution(_) => None,
    }
}

fn with_place(work: String, place: &str) -> String {
    if place.is_empty() { work } else { format!("{work}, {place}") }
}

/// The host of an address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// Whether the author's mark holds the words already.
fn is_marked(notes: &Annotations, span: Span) -> bool {
    let nodes = &notes.document.nodes;
    let upto = nodes.partition_point(|n| n.span.start <= span.start);
    let near = nodes[..upto].iter().rev().take(NESTED);
    near.filter(|n| matches!(n.kind, NodeKind::Mention(_) | NodeKind::Link { .. })).any(|n| n.span.covers(span))
}

/// How many marks are looked back over for one that holds a word: they seldom lie in one another.
const NESTED: usize = 8;

/// The words as a mention of `id`; `None` where a wikilink cannot stand: in a table, a heading's or quotation's line end, over a mark.
fn marked(notes: &Annotations, span: Span, id: &str) -> Option<String> {
    let words = span.slice(&notes.text);
    let plain = !words.is_empty() && !words.contains(['[', ']', '|', '\n', '\r', '`', '*', '_', '\\', '<']);
    let in_table = notes.document.blocks.iter().any(|b| b.kind == BlockKind::Table && b.span.overlaps(span));
    let in_mark = is_marked(notes, span);
    (plain && !in_table && !in_mark).then(|| format!("[[{id}|{words}]]"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const CORPUS: &str = "-- registry.yaml
- id: lavrov
  type: person
  name: Sergey Lavrov
  roles:
    - {title: Permanent Representative, from: 1994, to: 2004-03, aliases: [the diplomat]}
    - {title: Foreign Minister of Russia, from: 2004-03-09, aliases: [the top diplomat]}
-- refs.bib
@online{tass-2017, author = {Ivan Petrov}, title = {X}, date = {2017}}
-- text.md
";

    /// The text with its hints in it, and what accepting each would write.
    fn hinted(text: &str, wanted: Wanted) -> (String, Vec<String>) {
        let fixture = Fixture::parse(&format!("{CORPUS}{text}"));
        let snapshot = fixture.snapshot();
        let file = snapshot.file_at("text.md").expect("the file");
        let mut shown = snapshot.text(file).expect("its text").to_string();
        let all = hints(&snapshot, file, Span::new(0, u32::MAX), wanted);
        for hint in all.iter().rev() {
            shown.insert_str(hint.at as usize, &format!("‹{}›", hint.label));
        }
        (shown, all.into_iter().filter_map(|h| h.marked).collect())
    }

    fn all(text: &str) -> String {
        hinted(text, Wanted::default()).0
    }

    #[test]
    fn an_instrument_in_plain_words_shows_its_id_and_can_be_marked() {
        let (shown, marks) = hinted("Under resolution 2202 (2015) and [[unsc-1325|resolution 1325 (2000)]].\n", Wanted::default());
        assert_eq!(shown, "Under resolution 2202 (2015)‹unsc-2202› and [[unsc-1325|resolution 1325 (2000)]].\n");
        assert_eq!(marks, ["[[unsc-2202|resolution 2202 (2015)]]"]);
        let (_, none) = hinted("| a |\n|---|\n| resolution 2202 (2015) |\n", Wanted::default());
        assert!(none.is_empty(), "a pipe would break the cell");
    }

    #[test]
    fn an_office_shows_who_holds_it_at_the_texts_date() {
        assert_eq!(
            all("---\ndate: 2017-03-16\n---\nThe top diplomat left.\n").lines().last(),
            Some("The top diplomat‹Sergey Lavrov› left.")
        );
        assert_eq!(all("---\ndate: 1999\n---\nThe top diplomat left.\n").lines().last(), Some("The top diplomat left."));
        assert!(!all("Sergey Lavrov left.\n").contains('‹'), "a name says itself who it is");
    }

    #[test]
    fn a_claim_shows_its_sources_once_a_sentence() {
        assert_eq!(
            all("[Half had left]{.claim} [@tass-2017, para. 3].\n"),
            "[Half had left]{.claim}‹← Petrov 2017, para. 3› [@tass-2017, para. 3].\n"
        );
        assert_eq!(
            all("[Half had left]{.claim} [@tass-2017, para. 3; @tass-2017, p. 1].\n"),
            "[Half had left]{.claim}‹← Petrov 2017, para. 3; Petrov 2017, p. 1› [@tass-2017, para. 3; @tass-2017, p. 1].\n"
        );
        assert_eq!(
            all("About 90,000 people left 300 villages [@tass-2017].\n"),
            "About 90,000 people left 300 villages‹← Petrov 2017› [@tass-2017].\n"
        );
        assert_eq!(all("About 90,000 people left.\n"), "About 90,000 people left.\n");
        let round = "[About 90,000 people left]{.claim} \"at dawn\", said Sergey Lavrov, and 300 villages burned [@tass-2017].\n";
        assert_eq!(all(round).matches('‹').count(), 1, "{}", all(round));
        let apart = "About 90,000 people left [@tass-2017]. About 300 villages burned [@tass-2017].\n";
        assert_eq!(all(apart).matches('‹').count(), 2, "each sentence has its own: {}", all(apart));
    }

    #[test]
    fn each_kind_can_be_turned_off() {
        let text = "---\ndate: 2017\n---\nThe top diplomat said that about 90,000 people left under resolution 2202 (2015) [@tass-2017].\n";
        let none = Wanted { ids: false, roles: false, sources: false };
        let count = |wanted| hinted(text, wanted).0.matches('‹').count();
        assert_eq!(
            [none, Wanted { ids: true, ..none }, Wanted { roles: true, ..none }, Wanted { sources: true, ..none }].map(count),
            [0, 1, 1, 1]
        );
    }
}
