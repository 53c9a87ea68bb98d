//! `plural-sources-single-cite`

use rustc_hash::FxHashMap;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::text::Span;

rule! {
/// "Reports", "sources", "experts", «источники» in a sentence that cites exactly one work.
///
/// ## Why
///
/// One report is not reports. A news agency's handbook says: never "sources" for one source.
///
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// @misc{b, title = {B}}
/// -- text.md
/// Media reports put the dead at twelve [@a; @b].
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// A media report put the dead at twelve [@a].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// Media reports put the dead at twelve [@a].
/// ~~~
///
/// ## Likely false hits
///
/// A work that itself sums up many. Say so: "according to a review of reports".
    "plural-sources-single-cite", "several sources said, one cited", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

/// Words that mean several who say something, at the head of a sentence or behind one of [`BEFORE`].
const PLURALS: &[&str] = &[
    "reports",
    "sources",
    "experts",
    "analysts",
    "observers",
    "studies",
    "источники",
    "эксперты",
    "аналитики",
    "наблюдатели",
    "исследования",
    "сообщения",
];

/// Words that leave it open which; others ("the experts", "their reports") say so.
const BEFORE: &[&str] = &[
    "media",
    "press",
    "news",
    "several",
    "many",
    "some",
    "various",
    "multiple",
    "local",
    "independent",
    "многие",
    "некоторые",
    "независимые",
    "разные",
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for (sentence, cited) in cited_once(context, notes) {
        let Some(words) = notes.prose.sentences.get(sentence as usize).map(|s| s.span) else { continue };
        let Some(plural) = plural_in(notes.running(), words) else { continue };
        if notes.is_quoted(plural) {
            findings.passes(|| (notes.words.to_file(plural), Pass::Quoted));
            continue;
        }
        let span = notes.words.to_file(plural);
        findings
            .at(span, format!("`{}` are several, and one work is cited", span.slice(&notes.text)))
            .help("cite another, or write of one")
            .related(context.file.path.clone(), cited, "the only citation");
    }
}

/// The sentences in which exactly one work is cited, and where.
fn cited_once(context: &Context<'_>, notes: &Annotations) -> Vec<(u32, Span)> {
    let mut by_sentence: FxHashMap<u32, Vec<(&str, Span)>> = FxHashMap::default();
    for citation in context.citations() {
        let place = notes.words.map.from_source(citation.key.start).saturating_sub(1);
        if let Some(sentence) = notes.sentence_at(place) {
            by_sentence.entry(sentence).or_default().push((citation.key.slice(&notes.text), citation.key));
        }
    }
    let once = |all: &Vec<(&str, Span)>| all.iter().all(|(key, _)| *key == all[0].0);
    let mut out: Vec<_> = by_sentence.iter().filter(|(_, all)| once(all)).map(|(s, all)| (*s, all[0].1)).collect();
    out.sort_unstable();
    out
}

/// The first plural of the sentence that means several who say something.
fn plural_in(text: &str, sentence: Span) -> Option<Span> {
    let words = sentence.slice(text);
    let mut before: Option<&str> = None;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let is = |list: &[&str], word: &str| list.iter().any(|w| word.to_lowercase() == *w);
        let start = word.as_ptr() as usize - words.as_ptr() as usize;
        if is(PLURALS, word) && before.is_none_or(|b| is(BEFORE, b)) {
            return Some(Span::from(start..start + word.len()).shift(sentence.start));
        }
        before = Some(word);
    }
    None
}
