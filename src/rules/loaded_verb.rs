//! `loaded-verb`

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::Speaker;
use crate::prose::lexicon;

rule! {
/// A verb of speech that judges what was said: "revealed", "admitted", "confessed", "alleged", «признался».
///
/// ## Why
///
/// It says that the words are true, or false, or shameful, where only that they were said is known. "Said" is enough.
///
/// Only of people and bodies that the registries know: elsewhere the words have other senses.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// Lavrov said "there is no other way out". The fever claimed many lives.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// Lavrov admitted "there is no other way out".
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
    "loaded-verb", "a verb of speech that judges what was said", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

/// The words of all languages, in small letters.
static WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let entries = lexicon::LOADED.iter().flat_map(|file| lexicon::entries(file));
    entries.flat_map(|entry| entry.words.split('/')).map(|word| word.trim().to_owned()).collect()
});

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let quoted = notes.quotes.iter().filter(|q| context.within.contains(q.span.start)).filter_map(|q| q.speaker);
    // "Claims" and "reveals" have other senses: only somebody who is known speaks for certain.
    let sentences: Vec<u32> = context.sentences().map(|(index, _)| index).collect();
    let reported = notes.reported.iter().filter(|(s, _)| sentences.binary_search(s).is_ok()).map(|(_, speaker)| *speaker);
    let cue = |Speaker { cue, entity, .. }: Speaker| Some((cue?, entity.is_some())).filter(|(_, known)| *known || findings.says_why());
    let mut cues: Vec<_> = quoted.chain(reported).filter_map(cue).collect();
    if cues.iter().any(|(cue, known)| *known && !context.within.contains(cue.start)) {
        // A quotation may take its speaker from the paragraph before.
        findings.looked_further();
    }
    // Of one cue with two speakers the known one counts.
    cues.sort_unstable_by_key(|(cue, known)| (*cue, !known));
    cues.dedup_by_key(|(cue, _)| *cue);
    for (cue, known) in cues {
        let words = cue.slice(&notes.text);
        let lower = words.to_lowercase();
        if !WORDS.contains(lower.as_str()) {
            continue;
        }
        if known {
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

/// The neutral verb in the same form, where the ending tells which form it is.
fn neutral(verb: &str) -> Option<&'static str> {
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
