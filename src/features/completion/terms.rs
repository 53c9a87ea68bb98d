//! The words that keys and values can be, each with what it means: the tables behind what is offered.

pub(super) use crate::registry::Term;
use crate::{config, registry};

const fn term(word: &'static str, meaning: &'static str) -> Term {
    Term { word, meaning }
}

const fn of_settings<T, const N: usize>(rows: &[config::Setting<T>]) -> [Term; N] {
    let mut terms = [term("", ""); N];
    let mut at = 0;
    while at < N {
        terms[at] = term(rows[at].word, rows[at].meaning);
        at += 1;
    }
    terms
}

const fn of_fields<R, const N: usize>(rows: &[registry::Field<R>]) -> [Term; N] {
    let mut terms = [term("", ""); N];
    let mut at = 0;
    while at < N {
        terms[at] = term(rows[at].word, rows[at].meaning);
        at += 1;
    }
    terms
}

pub(super) const CLASSES: &[Term] = &[
    term("claim", "The words assert something: they need a citation in scope."),
    term("quote", "Somebody's words, where no quotation marks say so."),
    term("figure", "A number that needs a citation."),
    term("mention", "The words name somebody or something."),
    term("date", "The words are a date."),
    term("opinion", "The author's own judgement: it needs no source."),
];

pub(super) const ATTRIBUTES: &[Term] = &[
    term("status", "Whether the claim stands: asserted, confirmed, contested, refuted or retracted."),
    term("conf", "How sure the author is: low, moderate or high."),
    term("by", "Who says it: the id of a person or body."),
    term("date", "When it was said or holds, as EDTF: 2020-11, 2014~, 2015-02-11/2015-02-12."),
    term("source", "What supports it: a key, and behind a comma the locator."),
    term("against", "What speaks against it: a key, and behind a comma the locator."),
];

pub(super) const STATUS: &[Term] = &[
    term("asserted", "Nobody has settled it yet: what a claim is when it says nothing."),
    term("confirmed", "Sources independent of each other agree."),
    term("contested", "Sources disagree: name one that does with `against`."),
    term("refuted", "Shown to be wrong; it is told as such."),
    term("retracted", "Taken back by who said it."),
];

pub(super) const CONFIDENCE: &[Term] = &[
    term("low", "Hardly more than a rumour, or one source that nobody can check."),
    term("moderate", "Plausible and sourced, though not beyond doubt."),
    term("high", "Good sources, independent of each other."),
];

pub(super) const DIRECTIVES: &[Term] = &[
    term("vidimus-allow", "Silences rules in the block that follows, or on the line it ends."),
    term("vidimus-disable", "Silences rules from here on, up to `vidimus-enable`."),
    term("vidimus-enable", "Lets rules speak again from here on."),
    term("vidimus-allow-file", "Silences rules in the whole text."),
];

pub(super) const FRONT_MATTER: &[Term] = &[
    term("id", "The text's id; the name of its file when none is written."),
    term("type", "Makes the text a note that defines a record of this type."),
    term("kind", "Which rules speak: analysis, source-text or opinion."),
    term("title", "The title shown."),
    term("date", "When it was written, as EDTF. Decides who holds an office."),
    term("lang", "The language of its words: en, ru."),
    term("source", "The work it is the text of; of other texts the source of all of it."),
    term("verbatim", "Hash of the reading text: shows that marks altered nothing."),
    term("bibliography", "A bibliography to read, by its path from here; or several."),
    term("citation-scope", "How far a citation reaches: sentence or paragraph."),
];

pub(super) const RECORD: &[Term] = &of_fields::<_, { registry::FIELDS.len() }>(registry::FIELDS);

pub(super) const ROLE: &[Term] = &of_fields::<_, { registry::ROLE.len() }>(registry::ROLE);

pub(super) const RELATIONS: &[Term] = registry::RELATIONS;

pub(super) const TYPES: &[Term] = registry::TYPES;

pub(super) const MATCHES: &[Term] = &[term("exact", "Names match as written."), term("folded", "Names match in any case.")];

pub(super) const TRUTHS: &[Term] = &[term("true", "It is so."), term("false", "It is not.")];

pub(super) const KINDS: &[Term] = &[
    term("analysis", "Its author argues: every claim needs a citation in scope."),
    term("source-text", "It is itself a source: an attribution in the text suffices."),
    term("opinion", "Left alone but for the sound rules."),
];

pub(super) const SCOPES: &[Term] = &[
    term("sentence", "A citation supports its sentence."),
    term("paragraph", "A citation behind the last sentence supports the paragraph."),
];

pub(super) const LANGUAGES: &[Term] = &[term("en", "English."), term("ru", "Russian.")];

pub(super) const LEVELS: &[Term] =
    &[term("off", "Not reported."), term("note", "Worth knowing."), term("warning", "Probably wrong."), term("error", "Wrong.")];

pub(super) const TABLES: &[Term] = &[
    term("rules", "A rule's name and its level: `[rules]`."),
    term("documents", "Settings for the texts its globs mean: `[[documents]]`."),
    term("instrument", "A form of instrument of this project: `[[instrument]]`."),
];

pub(super) const SETTINGS: &[Term] = &of_settings::<_, { config::SETTINGS.len() }>(config::SETTINGS);

pub(super) const DOCUMENTS: &[Term] = &of_settings::<_, { config::DOCUMENTS.len() }>(config::DOCUMENTS);

pub(super) const INSTRUMENTS: &[Term] = &of_settings::<_, { config::INSTRUMENTS.len() }>(config::INSTRUMENTS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    fn sorted<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_unstable();
        words
    }

    #[test]
    fn what_is_offered_is_what_the_readers_know() {
        let words = |terms: &'static [Term]| sorted(terms.iter().map(|t| t.word));
        assert_eq!(words(FRONT_MATTER), sorted(syntax::KEYS.iter().copied()));
        assert_eq!(words(KINDS), sorted(config::TextKind::WORDS.iter().copied()));
        assert_eq!(words(SCOPES), sorted(config::CitationScope::WORDS.iter().copied()));
        assert_eq!(words(LEVELS), sorted(config::Level::WORDS.iter().copied()));
    }
}
