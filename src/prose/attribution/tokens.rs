//! One passage as the pass over speakers sees it: words with their classes, punctuation, and each quotation as one token.

use std::ops::Range;

use super::cues::{Cue, Entry, Latin, Lexicon, Small, Who};
use crate::prose::Quote;
use crate::text::Span;

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
#[derive(Clone, Copy, Debug)]
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

fn words(text: &str, region: Span, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let (from, to) = (region.start as usize, region.end as usize);
    let Some(part) = text.get(..to) else { return };
    let bytes = text.as_bytes();
    let mut at = from;
    while at < to {
        let c = match class(bytes[at]) {
            Class::Skip => {
                at += 1;
                continue;
            }
            Class::Word => {
                at = plain_word(bytes, part, at, lexicon, into).unwrap_or_else(|| Word::new(part, at).take(part, lexicon, into));
                continue;
            }
            Class::Sign | Class::Joint => char::from(bytes[at]),
            Class::Wide => {
                let Some(c) = char_at(part, at) else { return };
                if is_letter(c) {
                    at = Word::new(part, at).take(part, lexicon, into);
                    continue;
                }
                c
            }
        };
        let end = at + c.len_utf8();
        if let Some(kind) = punctuation(c, part, from..at, end) {
            into.push(sign(Span::from(at..end), kind));
        }
        at = end;
    }
}

/// Reads a short word of letters and digits alone, as most are; answers where it ends.
fn plain_word(bytes: &[u8], part: &str, at: usize, lexicon: &Lexicon, into: &mut Vec<Token>) -> Option<usize> {
    let word = Latin::read(bytes, at)?;
    let end = at + word.len;
    if end > part.len() || may_go_on(bytes, end, word.len) {
        return None;
    }
    let token = Token { capital: bytes[at].is_ascii_uppercase(), ..sign(Span::from(at..end), Kind::Word) };
    match lexicon.latin(word) {
        None => into.push(token),
        Some(entry) => {
            into.push(Token { cue: entry.cue, who: entry.who, plain: entry.plain, small: entry.small, ..token });
            if !entry.phrases.is_empty() {
                join_phrase(part, entry, lexicon, into);
            }
        }
    }
    Some(end)
}

/// Whether what stands behind the letters of a word may still belong to it: not the full stop, dash or quotation
/// mark behind most.
fn may_go_on(bytes: &[u8], end: usize, len: usize) -> bool {
    let Some(&byte) = bytes.get(end) else { return false };
    let next = bytes.get(end + 1).map(|&b| class(b));
    match class(byte) {
        Class::Joint => len <= LONGEST_TITLE || matches!(next, Some(Class::Word | Class::Wide)),
        // ’ and the hyphen that does not break have these last bytes; the marks “”„ and the dashes others.
        Class::Wide => !matches!(bytes.get(end..end + 3), Some([0xE2, 0x80, third]) if !matches!(third, 0x91 | 0x99)),
        _ => false,
    }
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
        '.' | '!' | '?' | '…' => {
            let next = after().trim_start_matches(['.', '!', '?', '…', ')', '"', '”', '»', '/']).trim_start();
            (!next.starts_with(|c: char| c.is_lowercase() || c == ',')).then_some(Kind::Stop)
        }
        _ => None,
    }
}

/// Drops full stops that part a verb of speech from its speaker: “We are ready,” said. Col. Lyons.
pub fn drop_stray_stops(text: &str, tokens: &mut Vec<Token>) {
    let is_stray = |w: &[Token]| {
        let open = w[0].span.slice(text).trim_end_matches(['"', '”', '’', '\'', '»']).ends_with(',');
        matches!(w[0].kind, Kind::Quote(_)) && open && w[1].cue == Cue::Say && w[2].kind == Kind::Stop && w[3].capital
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
