//! What is this?

mod claim;
mod entity;
mod marks;
mod reasons;
mod unknown;

use super::{Card, FilePosition, Line, resolution, why};
use crate::corpus::{FileId, Snapshot, Symbol};
use crate::registry::unsc;
use crate::rules;
use crate::syntax::{self, Format};
use crate::text::Span;

/// At most this many characters of a paragraph are shown.
const QUOTED: usize = 700;

/// A thing and its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The words that name it.
    pub span: Span,
    /// What is known of it.
    pub card: Card,
}

/// What stands at a place; `None` where nothing is named.
#[must_use]
pub fn hover(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let found = snapshot.symbol_at(at.file, at.offset);
    // A word of the markup says more of itself than the claim or the note whose mark it is part of.
    let is_round = |symbol: &Symbol| matches!(symbol, Symbol::Claim(_)) || is_own_record(snapshot, at, symbol);
    if found.as_ref().is_none_or(|f| is_round(&f.symbol)) {
        if let Some((span, card)) = marks::at(snapshot, at) {
            return Some(Hover { span, card });
        }
        if let Some(hover) = of_short_form(snapshot, at) {
            return Some(hover);
        }
    }
    let Some(found) = found else {
        return match unknown::at(snapshot, at) {
            Some(unknown) => unknown.hover(snapshot, at.file),
            None => reasons::of_finding(snapshot, at),
        };
    };
    let mut card = card(snapshot, at.file, &found.symbol)?;
    // A finding about a name is shown by the client itself; about a claim there is more to say.
    if let Symbol::Claim(index) = found.symbol {
        claim::add_reasons(snapshot, at, index, &mut card);
    }
    Some(Hover { span: found.span, card })
}

/// What "the resolution" or "its paragraph 4" leads back to.
fn of_short_form(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let short = snapshot.short_form_at(at.file, at.offset)?;
    let mut card = card(snapshot, at.file, &short.symbol)?;
    let text = snapshot.text(at.file)?;
    card.field("short for", why::cut(short.full.slice(&text)));
    Some(Hover { span: short.span, card })
}

/// The card of a thing, as it is seen from a text.
#[must_use]
pub fn card(snapshot: &Snapshot, from: FileId, symbol: &Symbol) -> Option<Card> {
    Some(match symbol {
        Symbol::Entity(entity, pin) => entity::card(snapshot, from, *entity, pin.as_deref()),
        Symbol::Text(file, pin) => of_text(snapshot, *file, pin.as_deref())?,
        Symbol::Resolution(number, pin) => of_resolution(*number, pin.as_deref())?,
        Symbol::Ambiguous(all) => entity::several(snapshot, from, all),
        Symbol::Rule(name) => of_rule(name)?,
        Symbol::Instrument(index) => of_unknown(snapshot, from, *index)?,
        Symbol::Claim(index) => claim::card(snapshot, from, *index)?,
    })
}

/// Whether a symbol is the record that the note itself defines.
fn is_own_record(snapshot: &Snapshot, at: FilePosition, symbol: &Symbol) -> bool {
    matches!(symbol, Symbol::Entity(entity, None) if snapshot.entity(*entity).home.file == at.file)
}

fn of_text(snapshot: &Snapshot, id: FileId, pin: Option<&str>) -> Option<Card> {
    let file = snapshot.file(id)?;
    let title = file.facts.head.title.as_ref().map(|(title, _)| title.as_str());
    let title = title.or(file.facts.title.as_ref().map(|(title, _)| title.as_str())).unwrap_or(&file.path);
    let mut card = Card::new(title, "text");
    card.field("date", file.settings.date.as_deref().unwrap_or_default());
    card.field("file", file.path.as_str());
    if let Some(anchor) = pin.and_then(|pin| snapshot.anchor(id, pin)) {
        card.lines.extend(quoted(snapshot, id, anchor.words));
    }
    Some(card)
}

fn of_resolution(number: u32, pin: Option<&str>) -> Option<Card> {
    let mut card = resolution::card(&unsc::resolution(number)?);
    if let Some(pin) = pin {
        card.lines.push(Line::Words(format!("The corpus has no note of it, so that {pin} leads nowhere.")));
    }
    Some(card)
}

/// An instrument that nothing knows.
fn of_unknown(snapshot: &Snapshot, file: FileId, index: u32) -> Option<Card> {
    let notes = snapshot.annotations(file)?;
    let (_, instrument) = notes.instruments_found().nth(index as usize)?;
    let mut card = Card::new(instrument.symbol.as_str(), "instrument");
    card.lines.push(Line::Words("Neither the corpus nor the built-in table knows it.".into()));
    Some(card)
}

fn of_rule(name: &str) -> Option<Card> {
    let rule = rules::rule(name)?;
    let mut card = Card::new(rule.name, "rule");
    card.lines.push(Line::Words(rule.summary.into()));
    card.lines.push(Line::Markdown(rule.docs.trim().into()));
    Some(card)
}

/// Words of a file as a reader sees them, without marks, a heading's with what stands under it; `None` when there are none.
fn quoted(snapshot: &Snapshot, file: FileId, span: Span) -> Option<Line> {
    let text = snapshot.text(file)?;
    let words = under_heading(&text, span).unwrap_or_else(|| span.slice(&text));
    let document = syntax::parse(words, Format::Markdown);
    let reading = syntax::reading(words, &document);
    let shown = shortened(reading.text.trim(), QUOTED);
    (!shown.is_empty()).then_some(Line::Quoted(shown))
}

/// A heading and the beginning of what stands between it and the next; `None` where `span` is in no heading. "Point 9. The border"
/// alone does not say what point 9 says.
fn under_heading(text: &str, span: Span) -> Option<&str> {
    let (before, from) = (text.get(..span.start as usize)?, text.get(span.start as usize..)?);
    let line = before.rfind('\n').map_or(before, |end| &before[end + 1..]);
    if !line.starts_with('#') && !(line.is_empty() && from.starts_with('#')) {
        return None;
    }
    let mut end = 0;
    for (index, line) in from.split_inclusive('\n').enumerate() {
        if end >= QUOTED || (index > 0 && line.starts_with('#')) {
            break;
        }
        end += line.char_indices().nth(QUOTED).map_or(line.len(), |(cut, _)| cut);
    }
    from.get(..end)
}

/// At most `limit` characters, cut after a word.
fn shortened(words: &str, limit: usize) -> String {
    let Some((end, _)) = words.char_indices().nth(limit) else { return words.to_owned() };
    let head = &words[..end];
    let cut = head.rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", head[..cut].trim_end())
}
