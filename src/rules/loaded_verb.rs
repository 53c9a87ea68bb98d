//! `loaded-verb`

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::spoken::{is_one_of, round, words};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Speaker};
use crate::prose::lexicon;
use crate::text::Span;

rule! {
/// A verb of speech that judges what was said: "revealed", "admitted", "confessed", "alleged", «признался».
///
/// ## Why
///
/// It says that the words are true, or false, or shameful, where only that they were said is known. "Said" is enough.
///
/// Only of people and bodies that the registries know, and only where words follow that were said, in quotation marks or behind "that", «что»:
/// "claimed victory" and "admitted two observers" are no speech.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// Lavrov said "there is no other way out". The fever claimed many lives. Lavrov claimed victory at midnight.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// Lavrov pointed out that there is no other way out.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// ---
/// lang: ru
/// ---
/// Лавров признался: «Другого выхода у нас просто нет».
/// ~~~
///
/// ## Likely false hits
///
/// Claims in law, admissions in court. Allow them with a reason.
///
/// ## Measured
///
/// In an encyclopedia, debates and press texts, with registries of 68,000 real records, 13 of 14 findings were right before the last mend.
/// In 61 paragraphs of our own, labelled before the rule was run on them, 8 of 18 findings were right; since it was mended 18 of 18. Half
/// of them were written to mislead it.
    "loaded-verb", "a verb of speech that judges what was said", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

/// The words of all languages, in small letters.
static WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let entries = lexicon::LOADED.iter().flat_map(|file| lexicon::entries(file));
    entries.flat_map(|entry| entry.words.split('/')).map(|word| word.trim().to_owned()).collect()
});

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let quoted = notes.quotes.iter().filter(|q| context.within.contains(q.span.start)).filter_map(|q| Some((q.speaker?, true)));
    // "Claims" and "reveals" have other senses: only somebody who is known speaks for certain.
    let mut sentences = context.sentences().map(|(index, _)| index);
    let first = sentences.next();
    let last = sentences.last().or(first);
    let here = |sentence: u32| first.is_some_and(|first| first <= sentence) && last.is_some_and(|last| sentence <= last);
    let reported = notes.reported.iter().filter(|(s, _)| here(*s)).map(|(_, speaker)| (*speaker, false));
    let cue = |(Speaker { cue, entity, .. }, quoted): (Speaker, bool)| {
        Some((cue?, entity.is_some(), quoted)).filter(|(_, known, _)| *known || findings.says_why())
    };
    let mut cues: Vec<_> = quoted.chain(reported).filter_map(cue).collect();
    if cues.iter().any(|(cue, known, _)| *known && !context.within.contains(cue.start)) {
        // A quotation may take its speaker from the paragraph before.
        findings.looked_further();
    }
    // Of one cue with two speakers the known one counts.
    cues.sort_by_key(|(cue, known, quoted)| (*cue, !known, !quoted));
    cues.dedup_by_key(|(cue, ..)| *cue);
    for (cue, known, quoted) in cues {
        let words = cue.slice(&notes.text);
        let is_lower = words.bytes().all(|byte| byte.is_ascii_lowercase());
        let lower = if is_lower { Cow::Borrowed(words) } else { Cow::Owned(words.to_lowercase()) };
        if !WORDS.contains(&*lower) {
            continue;
        }
        if known && !quoted && !is_speech(notes, cue) {
            findings.passes(|| (cue, Pass::because("no words follow that were said")));
        } else if known {
            let found = findings.at(cue, format!("`{words}` judges what was said"));
            found.help("write what is neutral: `said`, «сказал»; or allow it with a reason");
            if let Some(neutral) = neutral(&lower).filter(|_| words == lower) {
                found.unsafe_fix(format!("Write `{neutral}`"), cue, neutral);
            }
        } else {
            findings.passes(|| (cue, Pass::because("no record tells who speaks here, and the word has other senses")));
        }
    }
}

/// Words behind a verb of speech with which what was said begins, or that only such words hold.
static SAID: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("said-follows"));

/// So many words behind the verb are asked: "revealed to reporters late on Monday that".
const NEAR: usize = 8;

/// Whether a verb that no quotation goes with has words that were said beside it.
fn is_speech(notes: &Annotations, cue: Span) -> bool {
    let from = |at| notes.words.map.from_source(at);
    let (before, behind) = round(notes, Span::new(from(cue.start), from(cue.end)));
    let ends_it = || behind.trim().len() < 2 && before.contains(',');
    if words(behind).next().is_some_and(|(_, word)| is_one_of(&["by", "responsibility"], word)) {
        return false;
    }
    // What is joined to the verb is no longer its object: "claims the islet and has a lighthouse on it".
    let mut near = words(behind).take(NEAR).take_while(|(_, word)| !is_one_of(&["and", "и"], word));
    behind.trim_start().starts_with(':') || near.any(|(_, word)| is_one_of(&SAID, word)) || ends_it()
}

/// The neutral verb in the same form, where the ending tells which form it is.
fn neutral(verb: &str) -> Option<&'static str> {
    let verb = verb.strip_suffix(" out").unwrap_or(verb);
    let forms = [
        ("ss", "say"),
        ("ing", "saying"),
        ("ed", "said"),
        ("s", "says"),
        ("лся", "сказал"),
        ("лась", "сказала"),
        ("лись", "сказали"),
        ("ла", "сказала"),
        ("ли", "сказали"),
        ("л", "сказал"),
        ("ют", "говорят"),
        ("ет", "говорит"),
        ("ёт", "говорит"),
    ];
    let form = forms.iter().find(|(ending, _)| verb.ends_with(ending)).map(|(_, neutral)| *neutral);
    form.or_else(|| verb.is_ascii().then_some("say"))
}
