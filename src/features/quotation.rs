//! A quotation beside its source, in words: hover and `explain` show it.

use super::{Fact, Line, why};
use crate::corpus::{Annotations, Claim, Compared, Incomparable, Outcome, Snapshot};
use crate::registry::bibliography;
use crate::syntax::{self, Format};
use crate::text::Span;

/// Languages by their tags, for those that texts are most often quoted from.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("de", "German"),
    ("en", "English"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hy", "Armenian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("ko", "Korean"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("zh", "Chinese"),
];

/// Differences shown one by one.
const MOST: usize = 6;

/// What comparing a quotation with the works it cites came to.
#[must_use]
pub fn compared(snapshot: &Snapshot, notes: &Annotations, claim: &Claim) -> Vec<Fact> {
    let mut out = Vec::new();
    for one in notes.compared(snapshot, claim) {
        out.push(outcome(&one));
        let all = one.differences(snapshot, notes);
        out.extend(all.iter().take(MOST).map(|d| Fact::new("differs", d.words())));
        if all.len() > MOST {
            out.push(Fact::new("differs", format!("and {} more", all.len() - MOST)));
        }
    }
    for (cited, why) in notes.incomparable(snapshot, claim) {
        let words = match why {
            Incomparable::NoText => format!("no: the corpus has no text of `{}`", cited.key),
            Incomparable::Itself => format!("no: `{}` is this text", cited.key),
            Incomparable::Language(tag) => format!("no: the source is in {}", language(tag.as_deref())),
        };
        out.push(Fact::new("compared", words).at(notes.file, cited.at));
    }
    out
}

fn outcome(one: &Compared) -> Fact {
    let key = &one.cited.key;
    let paragraph = |number: u32| if number > 0 { format!(", paragraph {number}") } else { String::new() };
    let words = match &one.outcome {
        Outcome::Same { paragraph: number, elsewhere: true, .. } => {
            format!("the words stand in `{key}`{}, not where the citation says", paragraph(*number))
        }
        Outcome::Same { paragraph: number, .. } => format!("the words stand in `{key}`{}", paragraph(*number)),
        Outcome::Near { at, .. } => {
            let number = one.source.paragraph_round(at.start).map_or(0, |(number, _)| number);
            format!("nearly these words stand in `{key}`{}", paragraph(number))
        }
        Outcome::Absent => format!("the words are not in `{key}`"),
    };
    let fact = Fact::new("compared", words);
    one.place().map_or_else(|| fact.clone(), |(file, span)| fact.clone().at(file, span))
}

fn language(tag: Option<&str>) -> String {
    let named = |tag: &str| LANGUAGES.iter().find(|(t, _)| *t == tag).map(|(_, name)| (*name).to_owned());
    tag.map_or_else(|| "another language".into(), |tag| named(tag).unwrap_or_else(|| format!("another language (`{tag}`)")))
}

/// The quoted words as they stand in the source: their sentence, the work, the paragraph, what differs.
#[must_use]
pub fn in_context(snapshot: &Snapshot, notes: &Annotations, claim: &Claim) -> Vec<Line> {
    let mut out = Vec::new();
    for one in notes.compared(snapshot, claim) {
        let Some((file, at)) = one.place() else {
            out.push(Line::Words(format!("The text of {} does not have these words.", one.cited.key)));
            continue;
        };
        let (number, full) = one.source.paragraph_round(at.start).map_or((0, at), |(number, full)| (number, full.join(at)));
        let near = matches!(one.outcome, Outcome::Near { .. });
        let place = if number > 0 { format!(", paragraph {number}") } else { String::new() };
        let verb = if near { "The source has nearly these words" } else { "In the source" };
        out.push(Line::Words(format!("{verb}{place}:")));
        out.extend(snapshot.text(file).map(|text| marked(&text, full, at)));
        let all = one.differences(snapshot, notes);
        out.extend(all.iter().take(MOST).map(|d| Line::Field("differs", d.words().replace('`', "\""))));
        if let Some(entity) = one.cited.entity {
            out.push(Line::Markdown(bibliography::reference(&snapshot.entity(entity).record)));
        }
    }
    for (cited, why) in notes.incomparable(snapshot, claim) {
        if let Incomparable::Language(tag) = why {
            out.push(Line::Words(format!("Not compared: the source {} is in {}.", cited.key, language(tag.as_deref()))));
        }
    }
    out
}

/// The sentences of a paragraph (`full`) that hold `at`, without marks, the words at `at` set off.
fn marked(text: &str, full: Span, at: Span) -> Line {
    let read = |span: Span| {
        let words = span.slice(text);
        let document = syntax::parse(words, Format::Plain);
        syntax::reading(words, &document).text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (before, behind) = (read(Span::new(full.start, at.start)), read(Span::new(at.end, full.end.max(at.end))));
    let is_stop = |c: char| matches!(c, '.' | '!' | '?' | '…');
    let start = before.char_indices().rev().find(|(i, c)| is_stop(*c) && before[i + c.len_utf8()..].starts_with(' '));
    let before = start.map_or(before.as_str(), |(i, c)| before[i + c.len_utf8()..].trim_start());
    let end = behind.char_indices().find(|(i, c)| is_stop(*c) && !behind[i + c.len_utf8()..].starts_with(char::is_alphanumeric));
    let behind = end.map_or(behind.as_str(), |(i, c)| {
        let rest = &behind[i + c.len_utf8()..];
        &behind[..behind.len() - rest.trim_start_matches(['"', '”', '»', '’', '\'']).len()]
    });
    let space = |apart: bool| if apart { " " } else { "" };
    let left = at.start > 0 && text[..at.start as usize].ends_with(char::is_whitespace);
    let right = text[at.end as usize..].starts_with(char::is_whitespace);
    Line::Found {
        before: format!("{}{}", why::ending(before), space(left && !before.is_empty())),
        words: read(at),
        behind: format!("{}{}", space(right && !behind.is_empty()), why::beginning(behind)),
    }
}
