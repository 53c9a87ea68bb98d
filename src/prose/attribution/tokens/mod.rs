//! One passage as the pass over speakers sees it: words with their classes, punctuation, and each quotation as one token.

mod words;

use super::cues::{Cue, Known, Lexicon, Phrases, Small, Who};
use crate::prose::Quote;
use crate::text::Span;
pub use words::may_be_title;
use words::words;

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
    /// What is known of it as a word.
    known: Known,
}

impl std::ops::Deref for Token {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

impl Token {
    fn new(span: Span, kind: Kind) -> Self {
        Self { span, kind, known: Known::default() }
    }

    /// Whether a reader stops here: at a cue, at a quotation, at a colon or where a sentence ends.
    fn is_point(&self) -> bool {
        self.cue != Cue::None || matches!(self.kind, Kind::Quote(_) | Kind::Colon | Kind::Stop)
    }
}

/// Tokens in order. Few are asked for what they are, and those are listed once more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    /// All.
    pub all: Vec<Token>,
    /// Where the cues, quotations, colons and ends of sentences are among them.
    pub points: Vec<usize>,
}

impl Tokens {
    /// Without any, keeping the room for them.
    pub fn clear(&mut self) {
        self.all.clear();
        self.points.clear();
    }

    /// Adds the next one.
    fn push(&mut self, token: Token) {
        if token.is_point() {
            self.points.push(self.all.len());
        }
        self.all.push(token);
    }

    /// Makes one of all from an index on.
    fn join(&mut self, from: usize, token: Token) {
        self.all.truncate(from);
        while self.points.last().is_some_and(|&at| at >= from) {
            self.points.pop();
        }
        self.push(token);
    }

    /// Whether the tokens, among which there is no quotation, may say that somebody speaks.
    pub fn may_report(&self) -> bool {
        let is_cue = |&at: &usize| self.all.get(at).is_some_and(|t| t.cue != Cue::None);
        self.all.last().is_some_and(|t| t.kind == Kind::Colon) || self.points.iter().any(is_cue)
    }
}

/// Words of the longest name in marks.
const LONGEST_NAME: u32 = 3;

/// Appends the tokens of `region`. `quotes`: those of the passage that lie in no other, in order.
pub fn list(text: &str, region: Span, quotes: &[(u32, &Quote)], lexicon: &Lexicon, into: &mut Tokens) {
    let mut from = region.start;
    for (index, quote) in quotes {
        if quote.span.start < from || quote.span.end > region.end {
            continue;
        }
        words(text, Span::new(from, quote.span.start), lexicon, into);
        let small = if quote.is_speech || quote.word_count > LONGEST_NAME { Small::NONE } else { Small::MARKED_NAME };
        into.push(Token { known: Known { small, ..Known::default() }, ..Token::new(quote.span, Kind::Quote(*index)) });
        from = quote.span.end;
    }
    words(text, Span::new(from, region.end), lexicon, into);
}

/// Whether the last sentence that was read holds words in marks, and whether it holds others.
pub fn of_last_sentence(tokens: &Tokens) -> (bool, bool) {
    let last = tokens.all.iter().rev().skip_while(|t| t.kind == Kind::Stop).take_while(|t| t.kind != Kind::Stop);
    last.fold((false, false), |(quotes, words), token| {
        let quote = matches!(token.kind, Kind::Quote(_));
        (quotes || quote, words || !quote)
    })
}

/// Drops full stops that part a verb of speech from its speaker: “We are ready,” said. Col. Lyons.
pub fn drop_stray_stops(text: &str, tokens: &mut Tokens) {
    let is_open = |quote: &Token| quote.span.slice(text).trim_end_matches(['"', '”', '’', '\'', '»']).ends_with(',');
    let stray = |&at: &usize| {
        let [quote, said, stop, name, ..] = tokens.all.get(at..)? else { return None };
        let parted = matches!(quote.kind, Kind::Quote(_)) && said.cue == Cue::Say && stop.kind == Kind::Stop && name.capital;
        (parted && is_open(quote)).then_some(at + 2)
    };
    let strays: Vec<usize> = tokens.points.iter().filter_map(stray).collect();
    if !strays.is_empty() {
        let all = std::mem::take(tokens).all;
        all.into_iter().enumerate().filter(|(at, _)| strays.binary_search(at).is_err()).for_each(|(_, token)| tokens.push(token));
    }
}

/// Makes one token of the last ones, when they are one of the phrases that the last word may end.
fn join_phrase(part: &str, phrases: &Phrases, lexicon: &Lexicon, into: &mut Tokens) {
    let all = &into.all;
    let before = all.len().checked_sub(2).and_then(|i| all.get(i));
    if before.is_none_or(|t| t.kind != Kind::Word || !phrases.may_follow(t.span.slice(part))) {
        return;
    }
    for (before, cue, who) in &phrases.all {
        let Some(first) = (all.len() - 1).checked_sub(before.len()) else { continue };
        let matches = all[first..].iter().zip(before).all(|(t, key)| t.kind == Kind::Word && lexicon.is_form(t.span.slice(part), key));
        if matches {
            let whole = all[first].span.join(all[all.len() - 1].span);
            let known = Known { capital: all[first].capital, cue: *cue, who: *who, ..Known::default() };
            into.join(first, Token { known, ..Token::new(whole, Kind::Word) });
            return;
        }
    }
}

/// Behind which token the sentence ends whose first point is the given one, and the first point of the next. A quotation that ends a sentence ends it here too, unless the words behind it say who speaks.
pub fn sentence_end(text: &str, tokens: &Tokens, quotes: &[Quote], point: usize) -> (usize, usize) {
    let ends = |at: usize| match tokens.all[at].kind {
        Kind::Stop => true,
        Kind::Quote(index) => quotes.get(index as usize).is_some_and(|q| quote_ends(text, q, &tokens.all[at + 1..])),
        _ => false,
    };
    let end = tokens.points.iter().enumerate().skip(point).find(|(_, at)| ends(**at));
    end.map_or((tokens.all.len(), tokens.points.len()), |(nth, at)| (at + 1, nth + 1))
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
