//! The words that keys and values can be, each with what it means: the tables behind what is offered.

/// A word and its meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) word: &'static str,
    pub(super) meaning: &'static str,
}

const fn term(word: &'static str, meaning: &'static str) -> Term {
    Term { word, meaning }
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

pub(super) const RECORD: &[Term] = &[
    term("id", "Lower-case letters and digits in groups joined by hyphens."),
    term("type", "What it is: person, org, place, agreement, resolution and others."),
    term("name", "The name shown."),
    term("aliases", "Other names, in any language."),
    term("roles", "Offices held: title, from, to, aliases."),
    term("symbol", "The symbol of an instrument: S/RES/2202 (2015)."),
    term("date", "Its date, as EDTF."),
    term("citable", "Whether it may stand as a source of its own: true or false."),
    term("parts", "The parts a pinpoint can name, when its text is not at hand: op-1..op-4."),
    term("relations", "To other records: amends, supersedes, implements, endorses, party-to, member-of."),
    term("same-as", "Addresses that mean the same thing."),
    term("formerly", "Old ids, which keep working."),
    term("match", "How its names match: exact or folded."),
    term("note", "A short description."),
    term("url", "Its address on the web."),
    term("archived", "The address of an archived copy."),
    term("accessed", "The day it was looked at."),
    term("file", "A local copy, by its path from here."),
    term("sha256", "Hash of the local copy."),
    term("origin", "The agency whose reporting it is: sources of one origin count once."),
    term("lang", "Its language."),
    term("publisher", "Who published it."),
];

pub(super) const ROLE: &[Term] = &[
    term("title", "The office."),
    term("from", "The first day: YYYY, YYYY-MM or YYYY-MM-DD."),
    term("to", "The last day; left out while it is held."),
    term("aliases", "Words that mean its holder in that time."),
    term("body", "The body it is an office of."),
];

pub(super) const RELATIONS: &[Term] = &[
    term("amends", "Changes parts of the other."),
    term("supersedes", "Takes the place of the other."),
    term("implements", "Carries the other out."),
    term("endorses", "Approves the other."),
    term("party-to", "Has signed or joined the other."),
    term("member-of", "Belongs to the other."),
];

pub(super) const TYPES: &[Term] = &[
    term("person", "A person."),
    term("org", "A body: state organ, organisation, armed group, company."),
    term("place", "A place."),
    term("agreement", "An agreement or treaty."),
    term("resolution", "A resolution or decision of a body: its numbered items are `op-N`."),
    term("statement", "A statement."),
    term("event", "An event."),
    term("document", "Another document."),
    term("source", "A cited work."),
];

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

pub(super) const SETTINGS: &[Term] = &[
    term("rules", "A rule's name and its level."),
    term("documents", "Settings for the texts its globs mean; a list of tables."),
    term("citation-scope", "How far a citation reaches: sentence or paragraph."),
    term("instrument", "Forms of instruments of this project; a list of tables."),
    term("classes", "Classes of bracketed spans of this project."),
    term("types", "Types of records of this project."),
    term("registry", "Globs of registries, in place of the usual ones."),
    term("bibliography", "Globs of bibliographies, in place of the usual ones."),
    term("exclude", "Globs of files that are not ours."),
    term("allow-files-from", "Folders outside the corpus from which a source's file may be read."),
    term("fail-on", "The level from which `vidimus check` fails."),
    term("lang", "The language of texts that name none."),
];

pub(super) const DOCUMENTS: &[Term] = &[
    term("files", "Globs of the texts it is for."),
    term("kind", "What kind of text they are."),
    term("lang", "Their language."),
    term("date", "Their date."),
    term("citation-scope", "How far a citation reaches in them."),
    term("rules", "Levels of rules in them."),
];

pub(super) const INSTRUMENTS: &[Term] = &[
    term("pattern", "A regular expression."),
    term("id", "The id, with `$1` for what the pattern's groups found."),
    term("url", "An address, likewise."),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config, registry, syntax};

    fn sorted<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
        let mut words: Vec<_> = words.into_iter().collect();
        words.sort_unstable();
        words
    }

    #[test]
    fn what_is_offered_is_what_the_readers_know() {
        let words = |terms: &'static [Term]| sorted(terms.iter().map(|t| t.word));
        assert_eq!(words(FRONT_MATTER), sorted(syntax::KEYS.iter().copied()));
        assert_eq!(words(RECORD), sorted(registry::RECORD_KEYS.iter().copied()));
        assert_eq!(words(TYPES), sorted(registry::RecordKind::WORDS.iter().copied()));
        assert_eq!(words(SETTINGS), sorted(config::KEYS.iter().copied()));
        assert_eq!(words(DOCUMENTS), sorted(config::DOCUMENT_KEYS.iter().copied()));
        assert_eq!(words(INSTRUMENTS), sorted(config::INSTRUMENT_KEYS.iter().copied()));
        assert_eq!(words(LEVELS), sorted(config::Level::WORDS.iter().copied()));
    }
}
