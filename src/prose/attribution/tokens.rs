//! One passage as the pass over speakers sees it: words with their classes, punctuation, and each quotation as one token.

use std::ops::Range;

use super::cues::{Cue, Entry, Latin, Lexicon, SHORT, Small, Who};
use crate::prose::Quote;
use crate::text::Span;
use crate::text::blocks::{self, BLOCK, mask};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word; `U.S.`, `Gen.` and `Lavrov’s` are one.
    Word,
    /// `,`
    Comma,
    /// The end of a sentence.
    Stop,
    /// `:`
    Colon,
    /// `;`
    Break,
    /// A dash with space beside it.
    Dash,
    /// `(`, `[`
    Open,
    /// `)`, `]`
    Close,
    /// A quotation, by its index.
    Quote(u32),
}

/// A word, a sign or a quotation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// Begins with a capital.
    pub capital: bool,
    /// What cue it is.
    pub cue: Cue,
    /// What it is in a speaker's name.
    pub who: Who,
    /// Whether it is a verb's plain form.
    pub plain: bool,
    /// The lists of small words it stands in.
    pub small: Small,
}

/// Titles that end in a full stop within a sentence.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Cpl", "Adm", "Brig", "Cmdr", "Sen", "Rep", "Gov", "St",
    "Rev", "Hon", "Jr", "Sr", "Pres", "Amb", "No", "Vs", "vs", "им", "гг", "г", "др", "т", "проф", "ген",
];

/// Words of the longest name in marks.
const LONGEST_NAME: u32 = 3;

/// Letters of the longest title in Latin letters.
const LONGEST_TITLE: usize = 4;

/// Appends the tokens of `region`. `quotes`: those of the passage that lie in no other, in order.
pub fn list(text: &str, region: Span, quotes: &[(u32, &Quote)], lexicon: &Lexicon, into: &mut Vec<Token>) {
    let mut from = region.start;
    for (index, quote) in quotes {
        if quote.span.start < from || quote.span.end > region.end {
            continue;
        }
        words(text, Span::new(from, quote.span.start), lexicon, into);
        let small = if quote.is_speech || quote.word_count > LONGEST_NAME { Small::NONE } else { Small::MARKED_NAME };
        into.push(Token { small, ..sign(quote.span, Kind::Quote(*index)) });
        from = quote.span.end;
    }
    words(text, Span::new(from, region.end), lexicon, into);
}

fn sign(span: Span, kind: Kind) -> Token {
    Token { span, kind, capital: false, cue: Cue::None, who: Who::None, plain: false, small: Small::NONE }
}

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit.
    Word,
    /// A sign that is a token.
    Sign,
    /// A sign that may stand within a word.
    Joint,
    /// Part of a character beyond ASCII.
    Wide,
    /// Nothing that counts.
    Skip,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Skip; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        let b = byte.to_le_bytes()[0];
        classes[byte] = match b {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b',' | b':' | b';' | b'(' | b'[' | b')' | b']' | b'!' | b'?' => Class::Sign,
            b'\'' | b'-' | b'.' => Class::Joint,
            0x80.. => Class::Wide,
            _ => Class::Skip,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a character is a letter or digit; Russian letters need no table.
fn is_letter(c: char) -> bool {
    matches!(c, 'А'..='я' | 'ё') || c.is_alphanumeric()
}

/// Appends the words and signs of a region without quotations.
fn words(text: &str, region: Span, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let (from, to) = (region.start as usize, region.end as usize);
    let Some(part) = text.get(..to) else { return };
    let mut region = Region { bytes: text.as_bytes(), part, from, lexicon, into };
    let mut at = from;
    while at < to {
        at = region.block(at);
    }
}

/// A region read in blocks: letters and signs are told for a whole block at once, and what stands between is never looked at.
struct Region<'a> {
    /// Of the whole text.
    bytes: &'a [u8],
    /// The text as far as the region goes.
    part: &'a str,
    /// Where the region begins.
    from: usize,
    lexicon: &'a Lexicon,
    into: &'a mut Vec<Token>,
}

impl Region<'_> {
    /// Reads the block at a byte before the region's end; answers where the next one begins.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes instructions for sixteen bytes")]
    fn block(&mut self, at: usize) -> usize {
        let block = blocks::block(self.bytes, at);
        let left = self.part.len() - at;
        let inside = if left < BLOCK { (1 << left) - 1 } else { u64::MAX };
        let letters = mask(&block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase()) & inside;
        let signs = mask(&block, |b| b > b' ') & inside & !letters;
        let mut places = letters & !(letters << 1) | signs;
        while places != 0 {
            let n = places.trailing_zeros() as usize;
            places &= places - 1;
            let (start, rest) = (at + n, letters >> n);
            let end = if rest & 1 == 0 {
                self.sign(start)
            } else {
                let len = rest.trailing_ones() as usize;
                let goes_on = n + len == BLOCK && left > BLOCK;
                if goes_on && n > 0 {
                    return start;
                }
                let joined = goes_on || n + len < BLOCK && signs >> (n + len) & 1 == 1 && may_go_on(self.bytes, start, start + len);
                if len <= SHORT && !joined {
                    self.plain(start, start + len);
                    continue;
                }
                Word::new(self.part, start).take(self.part, self.lexicon, self.into)
            };
            // What the word or sign reached over is done.
            let seen = end - at;
            if seen >= BLOCK {
                return end;
            }
            places &= u64::MAX << seen;
        }
        at + BLOCK
    }

    /// Takes a short word of letters and digits alone, as most are.
    #[inline]
    fn plain(&mut self, start: usize, end: usize) {
        let token = Token { capital: self.bytes[start].is_ascii_uppercase(), ..sign(Span::from(start..end), Kind::Word) };
        match self.lexicon.latin(Latin::new(self.bytes, start, end)) {
            None => self.into.push(token),
            Some(entry) => {
                self.into.push(Token { cue: entry.cue, who: entry.who, plain: entry.plain, small: entry.small, ..token });
                if !entry.phrases.is_empty() {
                    join_phrase(self.part, entry, self.lexicon, self.into);
                }
            }
        }
    }

    /// Takes the sign at a byte, or the word that begins with a letter beyond ASCII there; answers where it ends.
    fn sign(&mut self, at: usize) -> usize {
        let c = match class(self.bytes[at]) {
            Class::Skip | Class::Word => return at + 1,
            Class::Sign | Class::Joint => char::from(self.bytes[at]),
            Class::Wide => {
                let Some(c) = char_at(self.part, at) else { return at + 1 };
                if is_letter(c) {
                    return Word::new(self.part, at).take(self.part, self.lexicon, self.into);
                }
                c
            }
        };
        let end = at + c.len_utf8();
        if let Some(kind) = punctuation(c, self.part, self.from..at, end) {
            self.into.push(sign(Span::from(at..end), kind));
        }
        end
    }
}

/// Whether what stands behind the letters of a word may still belong to it: not the full stop, dash or quotation
/// mark behind most.
fn may_go_on(bytes: &[u8], start: usize, end: usize) -> bool {
    let Some(&byte) = bytes.get(end) else { return false };
    let next = bytes.get(end + 1).map(|&b| class(b));
    match class(byte) {
        Class::Joint => {
            matches!(next, Some(Class::Word | Class::Wide))
                || byte == b'.' && end - start <= LONGEST_TITLE && may_end_in_dot(&bytes[start..end])
        }
        // ’ and the hyphen that does not break have these last bytes; the marks “”„ and the dashes others.
        Class::Wide => !matches!(bytes.get(end..end + 3), Some([0xE2, 0x80, third]) if !matches!(third, 0x91 | 0x99)),
        _ => false,
    }
}

/// Whether a word of Latin letters may be an initial or a title: all of those begin with a capital but "vs".
fn may_end_in_dot(word: &[u8]) -> bool {
    word.first().is_some_and(u8::is_ascii_uppercase) || word == b"vs"
}

/// A word being read: where it stands in its part of the text.
struct Word {
    start: usize,
    end: usize,
    /// Holds a character beyond ASCII.
    wide: bool,
    /// Holds an apostrophe, a hyphen or a full stop.
    joined: bool,
}

impl Word {
    /// Reads the word that begins at a byte.
    fn new(part: &str, start: usize) -> Self {
        let mut word = Self { start, end: start, wide: false, joined: false };
        let bytes = part.as_bytes();
        while let Some(&byte) = bytes.get(word.end) {
            match class(byte) {
                Class::Word => word.end += 1,
                Class::Wide if word.goes_on_wide(part) => {}
                Class::Joint if Self::joins(part, word.end + 1) => {
                    word.joined = true;
                    word.end += 1;
                }
                _ => break,
            }
        }
        if bytes.get(word.end) == Some(&b'.') && ends_in_dot(&part[start..word.end]) {
            word.joined = true;
            word.end += 1;
        }
        word
    }

    fn joins(part: &str, next: usize) -> bool {
        match part.as_bytes().get(next).map(|&b| class(b)) {
            Some(Class::Word) => true,
            Some(Class::Wide) => char_at(part, next).is_some_and(is_letter),
            _ => false,
        }
    }

    /// Takes in the character beyond ASCII that follows, when it belongs to the word.
    fn goes_on_wide(&mut self, part: &str) -> bool {
        if let Some([0xD0, 0x90..=0xBF] | [0xD1, 0x80..=0x8F | 0x91]) = part.as_bytes().get(self.end..self.end + 2) {
            self.end += 2;
            self.wide = true;
            return true;
        }
        let Some(c) = char_at(part, self.end) else { return false };
        let next = self.end + c.len_utf8();
        let joins = matches!(c, '’' | '‑') && Self::joins(part, next);
        let belongs = c == '\u{301}' || joins || is_letter(c);
        if belongs {
            self.end = next;
            self.wide = true;
            self.joined |= joins;
        }
        belongs
    }

    /// Appends the word as a token, with what is known of it; a phrase that it completes becomes one token. Answers
    /// where the word ends.
    fn take(&self, part: &str, lexicon: &Lexicon, into: &mut Vec<Token>) -> usize {
        let word = &part[self.start..self.end];
        let capital = word.starts_with(char::is_uppercase);
        let mut token = Token { capital, ..sign(Span::from(self.start..self.end), Kind::Word) };
        let bare = if self.joined { self.bare_end(part) } else { self.end };
        // «Lavrov’s claims» has no verb, and neither has «the State Department».
        let possessive = bare < self.end;
        let wide = self.wide && !(possessive && part[self.start..bare].is_ascii());
        let entry = lexicon.find(part, self.start, bare, wide);
        if let Some(entry) = entry {
            token.who = entry.who;
            token.plain = entry.plain;
            token.cue = if possessive { Cue::None } else { entry.cue };
        }
        // Small words count as they stand: "it's" is another than "it".
        token.small = match entry {
            _ if self.wide => lexicon.small(word, capital),
            _ if possessive => lexicon.find(part, self.start, self.end, false).map_or(Small::NONE, |e| e.small),
            entry => entry.map_or(Small::NONE, |e| e.small),
        };
        into.push(token);
        if let Some(entry) = entry {
            join_phrase(part, entry, lexicon, into);
        }
        self.end
    }

    /// Where the word ends without its `’s`.
    fn bare_end(&self, part: &str) -> usize {
        let word = &part[self.start..self.end];
        self.start + word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word).len()
    }
}

/// Whether the full stop behind a word belongs to it: behind an initial and a title.
fn ends_in_dot(word: &str) -> bool {
    let mut chars = word.chars();
    let initial = chars.next_back().is_some_and(char::is_uppercase) && matches!(chars.next_back(), None | Some('.'));
    initial || TITLES.contains(&word)
}

fn punctuation(c: char, part: &str, before: Range<usize>, end: usize) -> Option<Kind> {
    let after = || part.get(end..).unwrap_or_default();
    match c {
        ',' => Some(Kind::Comma),
        ':' => Some(Kind::Colon),
        ';' => Some(Kind::Break),
        '(' | '[' => Some(Kind::Open),
        ')' | ']' => Some(Kind::Close),
        '—' | '–' => Some(Kind::Dash),
        '-' if after().starts_with(' ') && part[before].ends_with(char::is_whitespace) => Some(Kind::Dash),
        '.' | '!' | '?' | '…' => ends_here(after()).then_some(Kind::Stop),
        _ => None,
    }
}

/// Whether a sentence may end before these words.
fn ends_here(after: &str) -> bool {
    match *after.as_bytes() {
        [] => true,
        // A space and a word, as behind most full stops.
        [b' ', next, ..] if next > b' ' && next.is_ascii() => !(next.is_ascii_lowercase() || next == b','),
        _ => {
            let next = after.trim_start_matches(['.', '!', '?', '…', ')', '"', '”', '»', '/']).trim_start();
            !next.starts_with(|c: char| c.is_lowercase() || c == ',')
        }
    }
}

/// Drops full stops that part a verb of speech from its speaker: “We are ready,” said. Col. Lyons.
pub fn drop_stray_stops(text: &str, tokens: &mut Vec<Token>) {
    let is_open = |quote: &Token| quote.span.slice(text).trim_end_matches(['"', '”', '’', '\'', '»']).ends_with(',');
    let is_stray = |w: &[Token]| {
        w[2].kind == Kind::Stop && w[1].cue == Cue::Say && matches!(w[0].kind, Kind::Quote(_)) && w[3].capital && is_open(&w[0])
    };
    let strays: Vec<usize> = tokens.windows(4).enumerate().filter(|(_, w)| is_stray(w)).map(|(at, _)| at + 2).collect();
    if !strays.is_empty() {
        let mut at = 0;
        tokens.retain(|_| {
            at += 1;
            strays.binary_search(&(at - 1)).is_err()
        });
    }
}

/// Makes one token of the last ones, when they are a phrase that ends with the word of `entry`.
fn join_phrase(part: &str, entry: &Entry, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let before = into.len().checked_sub(2).and_then(|i| into.get(i));
    if before.is_none_or(|t| t.kind != Kind::Word || !entry.may_follow(t.span.slice(part))) {
        return;
    }
    for (before, cue, who) in &entry.phrases {
        let Some(first) = (into.len() - 1).checked_sub(before.len()) else { continue };
        let matches = into[first..].iter().zip(before).all(|(t, key)| t.kind == Kind::Word && lexicon.is_form(t.span.slice(part), key));
        if matches {
            let whole = into[first].span.join(into[into.len() - 1].span);
            let capital = into[first].capital;
            into.truncate(first);
            into.push(Token { capital, cue: *cue, who: *who, ..sign(whole, Kind::Word) });
            return;
        }
    }
}

/// Where the sentence ends that begins at token `from`. A quotation that ends a sentence ends it here too, unless
/// the words behind it say who speaks.
pub fn sentence_end(text: &str, tokens: &[Token], quotes: &[Quote], from: usize) -> usize {
    let ends = |at: usize, token: &Token| match token.kind {
        Kind::Stop => true,
        Kind::Quote(index) => quotes.get(index as usize).is_some_and(|q| quote_ends(text, q, &tokens[at + 1..])),
        _ => false,
    };
    tokens.iter().enumerate().skip(from).find(|(at, token)| ends(*at, token)).map_or(tokens.len(), |(at, _)| at + 1)
}

fn quote_ends(text: &str, quote: &Quote, after: &[Token]) -> bool {
    let Some(next) = after.first() else { return false };
    let last = quote.words.slice(text).chars().next_back();
    let full = matches!(last, Some('.' | '!' | '?' | '…'));
    match next.kind {
        Kind::Quote(_) => full,
        Kind::Word if full && next.capital => {
            // `"Why?" Lavrov asked.` is one sentence; `"It is over." He left.` is two.
            let clause = after.iter().take(8).take_while(|t| matches!(t.kind, Kind::Word));
            let said = clause.clone().any(|t| matches!(t.cue, Cue::Say | Cue::Report | Cue::Beside) && t.who == Who::None);
            let short = after.iter().take(12).any(|t| t.kind == Kind::Stop);
            let colon = after.iter().take_while(|t| t.kind != Kind::Stop).any(|t| matches!(t.kind, Kind::Quote(_) | Kind::Colon));
            !(said && short && !colon)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cues::lexicon;
    use super::*;
    use crate::prose::Language;
    use proptest::prelude::*;

    /// The same as `words`, one character after the other.
    fn slowly(text: &str, region: Span, lexicon: &Lexicon) -> Vec<Token> {
        let mut tokens = Vec::new();
        let (from, to) = (region.start as usize, region.end as usize);
        let mut region = Region { bytes: text.as_bytes(), part: &text[..to], from, lexicon, into: &mut tokens };
        let mut at = from;
        while at < to {
            at = if class(text.as_bytes()[at]) == Class::Word {
                Word::new(region.part, at).take(region.part, lexicon, region.into)
            } else {
                region.sign(at)
            };
        }
        tokens
    }

    proptest! {
        #[test]
        fn blocks_are_read_as_characters_are(
            parts in prop::collection::vec(
                "said|Refers|to|Of|U\\.S\\.|Gen\\.|vs\\.|it’s|Don't|'|—| - |-|, |\\. |\\.|Орлов|сообщил|ж|é|\u{301}|«|\u{a0}|spokesperson-elect|[a-z]{1,18}|[A-Z]| {1,70}|[0-9]{1,3}",
                0..60,
            ),
            spaced: bool,
            (from, to) in (0..40_usize, 0..40_usize),
            russian: bool,
        ) {
            let text = parts.join(if spaced { " " } else { "" });
            let lexicon = lexicon(if russian { Language::Russian } else { Language::English });
            let (from, to) = (text.floor_char_boundary(from), text.ceil_char_boundary(text.len().saturating_sub(to)));
            let region = Span::from(from.min(to)..to);
            let mut tokens = Vec::new();
            words(&text, region, lexicon, &mut tokens);
            prop_assert_eq!(tokens, slowly(&text, region, lexicon));
        }
    }
}
