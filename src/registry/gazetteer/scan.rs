//! One pass over a text: the longest name at each word, then on behind it.

use super::build::MOST_TOKENS;
use super::caution::{self, Neighbour};
use super::compare::{Fit, fits};
use super::places::{Place, Places};
use super::table::{Entry, View, then};
use super::token::{self, Shape, Token};
use super::{Hit, Senses};
use crate::text::Span;

/// A name that fits, before it is asked whether it is likely.
#[derive(Clone, Copy, Debug)]
pub struct Match<'g> {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it may mean.
    pub senses: Senses<'g>,
    entry: &'g Entry,
}

/// Walks a text.
pub struct Scanner<'g, 't> {
    table: &'t View<'g>,
    text: &'t str,
    /// Hears of every record with a name of the words of a find.
    seen: &'t dyn Fn(u32),
    /// The hashes of the words that names may have from the current word on, each with the end of its last token, and how many there are.
    path: [(u64, usize); MOST_TOKENS],
    ends: usize,
}

impl<'g, 't> Scanner<'g, 't> {
    /// Over `text`.
    pub fn new(table: &'t View<'g>, text: &'t str, seen: &'t dyn Fn(u32)) -> Self {
        Self { table, text, seen, path: [(0, 0); MOST_TOKENS], ends: 0 }
    }

    /// Every name found that is likely to be one where it stands.
    pub fn run(mut self, mut found: impl FnMut(Hit<'g>)) {
        let mut at = 0;
        let mut last_end = usize::MAX;
        let mut places = Places::of(self.table, self.text);
        while let Some(word) = places.next(at).and_then(|place| self.word(place)) {
            at = word.end;
            if !self.table.may_begin(&word) {
                continue;
            }
            let Some(hit) = self.longest(word) else { continue };
            at = hit.end;
            if !self.stands(&hit, last_end) {
                continue;
            }
            let end = hit.end + possessive(self.text, hit.start, hit.end);
            (at, last_end) = (end, end);
            found(Hit { name: Span::from(hit.start..hit.end), span: Span::from(hit.start..end), senses: hit.senses });
        }
    }

    /// The first word from a place on.
    fn word(&self, place: Place) -> Option<Token> {
        if place.ascii > 0 { Some(token::ascii_word(self.text, place.at, place.ascii)) } else { token::next_word(self.text, place.at) }
    }

    /// The longest name that begins with `word`, whatever is likely.
    pub fn longest(&mut self, word: Token) -> Option<Match<'g>> {
        let (mut hash, mut end) = (word.key, word.end);
        self.ends = 0;
        for place in &mut self.path {
            *place = (hash, end);
            self.ends += 1;
            // Nearly every word that begins a name begins one of several words: not asked, it costs no look into memory.
            if self.ends > 1 && !self.table.parts.may_go_on(hash) {
                break;
            }
            let Some(token) = token::next(self.text, end) else { break };
            // Nearly always one sign lies between.
            if token.start > end + 1 && has_blank_line(&self.text[end..token.start]) {
                break;
            }
            (hash, end) = (then(hash, token.key), token.end);
        }
        while self.ends > 0 {
            self.ends -= 1;
            let (hash, end) = self.path[self.ends % MOST_TOKENS];
            let entries = self.table.entries(hash);
            if let Some(hit) = self.best(entries, word.start, end) {
                let tell = |senses: Senses<'_>| senses.iter().for_each(|sense| (self.seen)(sense.record));
                match entries {
                    [_] => tell(hit.senses),
                    _ => entries.iter().for_each(|entry| tell(self.table.senses(entry))),
                }
                return Some(hit);
            }
        }
        None
    }

    /// Of entries of one hash, the one that fits the text best.
    fn best(&self, entries: &'g [Entry], start: usize, end: usize) -> Option<Match<'g>> {
        let words = self.text.get(start..end)?;
        // Most names are written as their records have them, and then nobody looks into the record.
        if let [entry] = entries
            && entry.is_spelled(words)
        {
            return Some(Match { start, end, senses: self.table.senses(entry), entry });
        }
        let fit = |entry: &'g Entry| fits(self.table.text(entry), entry.case(), words, || opens_sentence(self.text, start));
        let (fit, entry) = entries.iter().map(|entry| (fit(entry), entry)).min_by_key(|&(fit, _)| fit)?;
        (fit != Fit::No).then(|| Match { start, end, senses: self.table.senses(entry), entry })
    }

    fn stands(&self, hit: &Match<'g>, last_end: usize) -> bool {
        let around = Surroundings { table: self.table, text: self.text, seen: self.seen, start: hit.start, end: hit.end, last_end };
        caution::stands(hit.entry.care(), &self.text[hit.start..hit.end], &around)
    }
}

/// A find and what lies around it.
struct Surroundings<'g, 't> {
    table: &'t View<'g>,
    text: &'t str,
    seen: &'t dyn Fn(u32),
    start: usize,
    end: usize,
    /// Where the find before ended.
    last_end: usize,
}

impl Surroundings<'_, '_> {
    /// The word behind, when one space lies between.
    fn next(&self) -> Option<Token> {
        if self.text.as_bytes().get(self.end) != Some(&b' ') {
            return None;
        }
        token::next(self.text, self.end).filter(|next| next.shape != Shape::Mark && next.start == self.end + 1)
    }
}

impl caution::Around for Surroundings<'_, '_> {
    fn opens(&self) -> bool {
        opens_sentence(self.text, self.start)
    }

    fn before(&self) -> Neighbour<'_> {
        let word = word_before(self.text, self.start);
        let at = self.start.saturating_sub(word.len() + 1);
        // Asked only where it counts: see `Neighbour::may_belong`.
        let opens = word.chars().next().is_some_and(|c| !c.is_ascii() && c.is_uppercase()) && opens_sentence(self.text, at);
        Neighbour { word, opens }
    }

    fn after(&self) -> Neighbour<'_> {
        let word = self.next().map_or("", |next| &self.text[next.start..next.end]);
        Neighbour { word, opens: false }
    }

    fn known_before(&self) -> bool {
        self.last_end != usize::MAX && self.last_end + 1 == self.start
    }

    fn known_after(&self) -> bool {
        self.next()
            .is_some_and(|next| self.table.may_begin(&next) && Scanner::new(self.table, self.text, self.seen).longest(next).is_some())
    }
}

/// The word before `start`, when one space lies between.
fn word_before(text: &str, start: usize) -> &str {
    let Some(before) = text[..start].strip_suffix(' ') else { return "" };
    let from = before.char_indices().rev().take_while(|&(_, c)| token::is_word_char(c)).last();
    from.map_or("", |(at, _)| &before[at..])
}

/// Whether a sentence, a line of a list or a quotation may begin at `at`.
fn opens_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(|c: char| c == ' ' || "\"'“”‘’«»„(*_[>#-–—•".contains(c));
    before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '\n', '\r'])
}

fn has_blank_line(gap: &str) -> bool {
    gap.bytes().filter(|&b| b == b'\n').count() > 1
}

/// Length in bytes of `'s`, `’s`, or the apostrophe after an s, behind `end`.
fn possessive(text: &str, start: usize, end: usize) -> usize {
    let rest = &text[end..];
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '\'' | '’')) else { return 0 };
    let behind = &rest[mark.len_utf8()..];
    let s = behind.starts_with(['s', 'S']);
    let ends = |rest: &str| !rest.chars().next().is_some_and(token::is_word_char);
    if s && ends(&behind[1..]) {
        return mark.len_utf8() + 1;
    }
    // A quotation may close here as well: 'the Maldives' is no genitive.
    let plural = text[start..end].ends_with(['s', 'S']) && behind.starts_with([' ', '\n']) && !opened_before(text, start, mark);
    if plural { mark.len_utf8() } else { 0 }
}

/// Whether a quotation that `mark` may close is open at `start`, as far as its line shows.
fn opened_before(text: &str, start: usize, mark: char) -> bool {
    let line = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let opening = if mark == '’' { '‘' } else { '\'' };
    // A bound, since a text may be one line.
    text[line..start].chars().rev().take(400).any(|c| c == opening)
}
