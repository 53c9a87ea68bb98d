//! One passage as the pass over speakers sees it: words with their classes, punctuation, and each quotation as one token.

use super::cues::{Cue, Lexicon, Who};
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
}

/// Titles that end in a full stop within a sentence.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Cpl", "Adm", "Brig", "Cmdr", "Sen", "Rep", "Gov", "St",
    "Rev", "Hon", "Jr", "Sr", "Pres", "Amb", "No", "Vs", "vs", "им", "гг", "г", "др", "т", "проф", "ген",
];

/// Appends the tokens of `region`. `quotes`: those of the passage that lie in no other, in order.
pub fn list(text: &str, region: Span, quotes: &[(u32, &Quote)], lexicon: &Lexicon, into: &mut Vec<Token>) {
    let mut from = region.start;
    for (index, quote) in quotes {
        if quote.span.start < from || quote.span.end > region.end {
            continue;
        }
        words(text, Span::new(from, quote.span.start), lexicon, into);
        into.push(sign(quote.span, Kind::Quote(*index)));
        from = quote.span.end;
    }
    words(text, Span::new(from, region.end), lexicon, into);
}

fn sign(span: Span, kind: Kind) -> Token {
    Token { span, kind, capital: false, cue: Cue::None, who: Who::None, plain: false }
}

fn words(text: &str, region: Span, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let part = region.slice(text);
    let mut rest = part;
    while let Some(c) = rest.chars().next() {
        let start = part.len() - rest.len();
        let len = if c.is_alphanumeric() { word_length(rest) } else { c.len_utf8() };
        let (token, after) = rest.split_at(len);
        let span = Span::from(start..start + len).shift(region.start);
        if c.is_alphanumeric() {
            into.push(Token { capital: c.is_uppercase(), ..sign(span, Kind::Word) });
            classify(text, lexicon, into);
        } else if let Some(kind) = punctuation(c, token, after, part[..start].ends_with(char::is_whitespace)) {
            into.push(sign(span, kind));
        }
        rest = after;
    }
}

/// Length in bytes of the word that `rest` begins with.
fn word_length(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let mut end = rest.len();
    while let Some((at, c)) = chars.next() {
        if c.is_alphanumeric() {
            continue;
        }
        let joins = matches!(c, '\'' | '’' | '-' | '‑' | '.' | '\u{301}') && chars.peek().is_some_and(|n| n.1.is_alphanumeric());
        if !joins && c != '\u{301}' {
            end = at;
            break;
        }
    }
    let word = &rest[..end];
    let dot = rest[end..].starts_with('.');
    let initial =
        word.chars().next_back().is_some_and(char::is_uppercase) && word.rsplit('.').next().is_some_and(|l| l.chars().count() == 1);
    if dot && (initial || TITLES.contains(&word)) { end + 1 } else { end }
}

fn punctuation(c: char, token: &str, after: &str, space_before: bool) -> Option<Kind> {
    match c {
        ',' => Some(Kind::Comma),
        ':' => Some(Kind::Colon),
        ';' => Some(Kind::Break),
        '(' | '[' => Some(Kind::Open),
        ')' | ']' => Some(Kind::Close),
        '—' | '–' => Some(Kind::Dash),
        '-' if space_before && after.starts_with(' ') => Some(Kind::Dash),
        '.' | '!' | '?' | '…' => {
            let next = after.trim_start_matches(['.', '!', '?', '…', ')', '"', '”', '»', '/']).trim_start();
            let _ = token;
            (!next.starts_with(|c: char| c.is_lowercase() || c == ',')).then_some(Kind::Stop)
        }
        _ => None,
    }
}

/// Looks up the last token; a phrase that it completes becomes one token.
fn classify(text: &str, lexicon: &Lexicon, into: &mut Vec<Token>) {
    let Some(last) = into.last_mut() else { return };
    let word = last.span.slice(text);
    let bare = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word);
    let Some(entry) = lexicon.look(bare) else { return };
    last.who = entry.who;
    last.plain = entry.plain;
    // «Lavrov’s claims» has no verb, and neither has «the State Department».
    let possessive = bare.len() < word.len();
    if !possessive {
        last.cue = entry.cue;
    }
    for (before, cue, who) in &entry.phrases {
        let Some(first) = (into.len() - 1).checked_sub(before.len()) else { continue };
        let matches = into[first..].iter().zip(before).all(|(t, w)| t.kind == Kind::Word && lexicon.same(t.span.slice(text), w));
        if matches {
            let whole = into[first].span.join(into[into.len() - 1].span);
            let capital = into[first].capital;
            into.truncate(first);
            into.push(Token { span: whole, kind: Kind::Word, capital, cue: *cue, who: *who, plain: false });
            return;
        }
    }
}

/// Cuts tokens into sentences: half-open ranges. A quotation that ends a sentence ends it here too, unless the
/// words behind it say who speaks.
pub fn sentences(text: &str, tokens: &[Token], quotes: &[Quote]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        let ends = match token.kind {
            Kind::Stop => true,
            Kind::Quote(index) => quotes.get(index as usize).is_some_and(|q| quote_ends(text, q, &tokens[at + 1..])),
            _ => false,
        };
        if ends {
            found.push((from, at + 1));
            from = at + 1;
        }
    }
    if from < tokens.len() {
        found.push((from, tokens.len()));
    }
    found
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
