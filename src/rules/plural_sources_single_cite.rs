//! `plural-sources-single-cite`

use std::sync::LazyLock;

use super::rule::{Context, rule};
use super::spoken::{begins_like, is_one_of, words};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::prose::lexicon;
use crate::prose::signs::Signs;
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
/// Media reports put the dead at twelve [@a; @b]. The sources of the river lie far above it [@a].
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
/// ~~~fails
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// ---
/// lang: ru
/// ---
/// Источники сообщают о двенадцати погибших [@a].
/// ~~~
///
/// ## Likely false hits
///
/// A work that itself sums up many. Say so: "according to a review of reports".
///
/// ## Measured
///
/// In two textbooks with a thousand citations it found one place, wrongly, and was mended.
/// In 48 paragraphs of our own, labelled before the rule was run on them, 11 of 28 findings were right; since it was mended 17 of 17. Half
/// of them were written to mislead it.
    "plural-sources-single-cite", "several sources said, one cited", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

/// Words that mean several who say something, at the head of a sentence or behind one of [`BEFORE`].
static PLURALS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("plural-speakers"));

static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of(PLURALS.iter().copied()));

/// Words that leave it open which; others ("the experts", "their reports") say so.
static BEFORE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("plural-before"));

/// Words behind which they are spoken of.
static ABOUT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("plural-about"));

/// Verbs with which they say it, close behind.
static SAYING: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("plural-saying"));

/// How such verbs begin in Russian.
static SAYING_RU: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("plural-saying-stems"));

/// So many words behind the plural are asked for such a verb.
const NEAR: usize = 5;

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
    let sentence_of = |key: Span| notes.sentence_at(notes.words.map.from_source(key.start).saturating_sub(1));
    let mut cited: Vec<(u32, Span)> = context.citations().iter().filter_map(|c| Some((sentence_of(c.key)?, c.key))).collect();
    cited.sort_by_key(|(sentence, _)| *sentence);
    let key = |one: &(u32, Span)| one.1.slice(&notes.text);
    let by_sentence = cited.chunk_by(|a, b| a.0 == b.0);
    by_sentence.filter(|all| all.iter().all(|one| key(one) == key(&all[0]))).map(|all| all[0]).collect()
}

/// The first plural of the sentence that means several who say something.
fn plural_in(running: &str, sentence: Span) -> Option<Span> {
    let text = sentence.slice(running);
    if !SIGNS.may_stand_in(text) {
        return None;
    }
    let (mut before, mut further): (Option<&str>, Option<&str>) = (None, None);
    for (span, word) in words(text) {
        // "Evidence from several studies" is about them: they say nothing there.
        let speaks = || before.is_none_or(|b| is_one_of(&BEFORE, b) && !further.is_some_and(|f| is_one_of(&ABOUT, f)));
        let quoted = || before.is_some_and(|b| is_one_of(&BEFORE, b)) && further.is_some_and(|f| is_one_of(&["to"], f));
        if may_be_plural(word) && is_one_of(&PLURALS, word) {
            let behind = &text[span.end as usize..];
            if speaks() && says(behind) || quoted() && is_according(&text[..span.start as usize]) {
                return Some(span.shift(sentence.start));
            }
        }
        (further, before) = (before, Some(word));
    }
    None
}

/// Whether those named before these words say something with them: "of the river" and "must be filed" say nothing.
fn says(behind: &str) -> bool {
    let own = behind.split([',', ';', ':', '.']).next().unwrap_or_default();
    let mut near = words(own).take(NEAR).map(|(_, word)| word).peekable();
    near.peek().is_none_or(|first| *first != "of") && near.any(|word| is_one_of(&SAYING, word) || begins_like(&SAYING_RU, word))
}

/// "According to news" before them.
fn is_according(before: &str) -> bool {
    words(before).rev().nth(2).is_some_and(|(_, word)| is_one_of(&["according"], word))
}

/// What most words are not: as long as a plural, and with its last letter in Latin.
fn may_be_plural(word: &str) -> bool {
    word.len() >= 7 && word.as_bytes().last().is_some_and(|b| !b.is_ascii() || b.eq_ignore_ascii_case(&b's'))
}
