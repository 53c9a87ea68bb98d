//! `plural-sources-single-cite`

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
///
/// ## Measured
///
/// In two textbooks with a thousand citations it found one place, wrongly, and has been mended since: its precision is not known.
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

/// Words behind which they are spoken of.
const ABOUT: &[&str] =
    &["from", "of", "across", "among", "between", "in", "for", "with", "on", "to", "из", "от", "между", "среди", "для", "о", "в"];

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
fn plural_in(text: &str, sentence: Span) -> Option<Span> {
    let words = sentence.slice(text);
    let (mut before, mut further): (Option<&str>, Option<&str>) = (None, None);
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let start = word.as_ptr() as usize - words.as_ptr() as usize;
        // "Evidence from several studies" is about them: they say nothing there.
        let speaks = || before.is_none_or(|b| is_one_of(BEFORE, b) && !further.is_some_and(|f| is_one_of(ABOUT, f)));
        if may_be_plural(word) && is_one_of(PLURALS, word) && speaks() {
            return Some(Span::from(start..start + word.len()).shift(sentence.start));
        }
        (further, before) = (before, Some(word));
    }
    None
}

/// What most words are not: as long as a plural, and with its last letter in Latin.
fn may_be_plural(word: &str) -> bool {
    word.len() >= 7 && word.as_bytes().last().is_some_and(|b| !b.is_ascii() || b.eq_ignore_ascii_case(&b's'))
}

/// Whether a word is one of a list in lower case. In both alphabets capitals are as long as small letters.
fn is_one_of(list: &[&str], word: &str) -> bool {
    let same = |listed: &str| {
        if word.is_ascii() { listed.eq_ignore_ascii_case(word) } else { word.chars().flat_map(char::to_lowercase).eq(listed.chars()) }
    };
    list.iter().any(|listed| listed.len() == word.len() && same(listed))
}
