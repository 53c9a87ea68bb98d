//! Which sentences tell something of the world: others suppose it, compute it, order it, or go on with what a work said that was cited.
//!
//! Shared by the rules that ask for sources of what is told. Each reason is a `because` of [`Pass`](super::Pass).

use std::sync::LazyLock;

use super::Findings;
use super::named_works::names_work;
use super::spoken::is_one_of;
use crate::corpus::Annotations;
use crate::prose::quotes::{self, is_clause};
use crate::prose::{QuoteKind, decreeing, lexicon, supposing};
use crate::syntax::{BlockKind, Passage, PassageKind};
use crate::text::Span;

/// So many sentences before one are asked whether they suppose, or cite the work that it goes on with.
const BACK: usize = 8;

/// So many blocks on either side of one are asked for formulas and code.
const BLOCKS: usize = 400;

/// So many passages are gone back to the words that lead in a list or a quotation.
const LED: usize = 24;

fn speaks_tex(words: &str) -> bool {
    words.contains("\\begin{") || words.contains("\\leq")
}

/// What the sentences of one text are, asked in order.
pub(super) struct Telling<'n> {
    notes: &'n Annotations,
    known: Option<(u32, Option<&'static str>)>,
    /// Whether the text has code or formulas at all.
    computes: Option<bool>,
    /// Whether anything in a passage orders, up to which byte of the running text.
    orders: Option<Orders>,
    /// Whether the text has footnotes at all.
    footnotes: Option<bool>,
    /// The last sentence that asks to imagine something, and up to which sentence of which passage that is known.
    imagined: Option<Imagined>,
    /// Whether a sentence supposes, or one before it imagines.
    supposes: Option<(u32, bool)>,
    /// Whether a passage is led in by words that have a source.
    led_in: Option<(u32, bool)>,
}

/// What is known of the sentences of a passage, from the first that was asked.
#[derive(Clone, Copy)]
struct Imagined {
    passage: u32,
    /// The sentences known: from, to.
    known: (usize, usize),
    last: Option<usize>,
}

/// What is known of the words of a passage and of those that lead it in: nothing orders in them from byte to byte, or something does.
#[derive(Clone, Copy)]
struct Orders {
    passage: u32,
    known: Span,
    any: bool,
}

impl<'n> Telling<'n> {
    pub(super) fn of(notes: &'n Annotations) -> Self {
        Self { notes, known: None, computes: None, orders: None, footnotes: None, imagined: None, supposes: None, led_in: None }
    }

    /// Why a figure at a byte of the running text, in a sentence, is not told as a fact that needs a source of its own.
    pub(super) fn why_not(&mut self, sentence: u32, at: u32, findings: &mut Findings<'_>) -> Option<&'static str> {
        if self.known.is_none_or(|(known, _)| known != sentence) {
            self.known = Some((sentence, self.of_sentence(sentence, findings)));
        }
        self.known.and_then(|(_, why)| why).or_else(|| {
            let ordered = self.may_order(sentence, at) && is_ordered(self.notes, at);
            ordered.then_some("an instrument orders it there, and tells nothing")
        })
    }

    /// A first look at what stands before a byte in the passage of a sentence, and in those before that may lead it in. What was looked at
    /// for a figure before is not looked at again, but for the word it ends in.
    fn may_order(&mut self, sentence: u32, at: u32) -> bool {
        let Some(passage) = self.notes.prose.sentences.get(sentence as usize).map(|s| s.passage) else { return false };
        let begun = || {
            let start = led_in_by(self.notes, passage as usize).start;
            Orders { passage, known: Span::new(start, start), any: false }
        };
        let mut orders = self.orders.filter(|known| known.passage == passage).unwrap_or_else(begun);
        if !orders.any && orders.known.end < at && !self.is_told_not_to_order(sentence, Span::new(orders.known.end, at)) {
            let words = Span::new(orders.known.start, at).slice(self.notes.running());
            let last = words.floor_char_boundary((orders.known.len() as usize).saturating_sub(decreeing::LONGEST));
            orders.any = decreeing::orders(&words[last..]);
        }
        orders.known.end = orders.known.end.max(at);
        self.orders = Some(orders);
        orders.any
    }

    /// Whether it is known of each sentence up to one, as far as they stand in some words, that none of its own words orders.
    fn is_told_not_to_order(&self, sentence: u32, words: Span) -> bool {
        let sentences = self.notes.prose.sentences.get(..=sentence as usize).unwrap_or_default();
        !sentences.iter().rev().take_while(|s| s.span.end > words.start).any(|s| s.may_order)
    }

    /// Whether a sentence before one in its passage asks to imagine something. Sentences come in order: each is read once.
    fn is_imagined(&mut self, sentence: u32) -> bool {
        let (sentences, at) = (&self.notes.prose.sentences, sentence as usize);
        let Some(passage) = sentences.get(at).map(|s| s.passage) else { return false };
        let first = before(self.notes, sentence).last().unwrap_or(at);
        let same = self.imagined.filter(|i| i.passage == passage && i.known.0 <= first && first <= i.known.1 && i.known.1 <= at);
        let mut known = same.unwrap_or(Imagined { passage, known: (first, first), last: None });
        let imagines = |i: &usize| sentences.get(*i).is_some_and(|s| supposing::imagines(s.span.slice(self.notes.running())));
        known.last = (known.known.1..at).rev().find(imagines).or(known.last);
        known.known.1 = at;
        self.imagined = Some(known);
        known.last.is_some_and(|last| last >= first)
    }

    fn goes_on(&mut self, sentence: u32, findings: &mut Findings<'_>) -> bool {
        let notes = self.notes;
        let footnotes = || memchr::memmem::find(notes.text.as_bytes(), b"[^").is_some();
        if *self.footnotes.get_or_insert_with(footnotes)
            && before(notes, sentence).any(|i| notes.prose.sentences.get(i).is_some_and(|s| has_note(notes, s.span)))
        {
            findings.looked_further();
        }
        goes_on(notes, sentence)
    }

    /// Whether a sentence supposes, or one before it in its paragraph asks to imagine something.
    pub(super) fn supposes(&mut self, sentence: u32) -> bool {
        if let Some((_, known)) = self.supposes.filter(|(known, _)| *known == sentence) {
            return known;
        }
        let here = self.notes.prose.sentences.get(sentence as usize);
        let words = here.map_or("", |s| s.span.slice(self.notes.running()));
        let supposes = supposing::supposes(words, here.is_some_and(|s| s.may_suppose)) || self.is_imagined(sentence);
        self.supposes = Some((sentence, supposes));
        supposes
    }

    /// Whether the list item, or the quotation, of a sentence is led in by words that have a source: "as they put it [@x]:".
    pub(super) fn is_led_in(&mut self, sentence: u32, findings: &mut Findings<'_>) -> bool {
        let Some(passage) = self.notes.prose.sentences.get(sentence as usize).map(|s| s.passage) else { return false };
        if let Some((_, known)) = self.led_in.filter(|(known, _)| *known == passage) {
            return known;
        }
        let led_in = is_led_in(self.notes, passage as usize, findings);
        self.led_in = Some((passage, led_in));
        led_in
    }

    fn of_sentence(&mut self, sentence: u32, findings: &mut Findings<'_>) -> Option<&'static str> {
        let notes = self.notes;
        let here = notes.prose.sentences.get(sentence as usize)?;
        let (span, words) = (here.span, here.span.slice(notes.running()));
        if self.supposes(sentence) {
            Some("its sentence or paragraph supposes it")
        } else if has_formula(notes, span) || memchr::memchr(b'\\', words.as_bytes()).is_some() && speaks_tex(words) {
            Some("its sentence speaks in formulas: it computes or explains")
        } else if names_work(words) {
            Some("its sentence names a work by author and year")
        } else if here.may_suppose && supposing::tells_own(words) {
            Some("its sentence tells what its authors did themselves")
        } else if self.goes_on(sentence, findings) {
            Some("it goes on with what the work says that is cited before it")
        } else {
            let any = *self.computes.get_or_insert_with(|| has_any(notes));
            if any {
                findings.looked_further();
            }
            if any && computes(notes, span) {
                Some("its section computes: it has code or formulas")
            } else if self.is_led_in(sentence, findings) {
                Some("the words that lead in its list have a source")
            } else {
                None
            }
        }
    }
}

/// Whether an instrument orders what stands at a byte of the running text: in its passage, or in those before that lead in a list.
pub(super) fn is_ordered(notes: &Annotations, at: u32) -> bool {
    let passages = &notes.words.passages;
    let Some(here) = passages.partition_point(|p| p.span.start <= at).checked_sub(1) else { return false };
    let start = led_in_by(notes, here).start;
    decreeing::decrees(Span::new(start.min(at), at).slice(notes.running()))
}

/// A passage with those before it whose list it goes on with.
fn led_in_by(notes: &Annotations, passage: usize) -> Span {
    let here = notes.words.passages.get(..=passage).unwrap_or_default();
    let goes_on = |p: &&Passage| !p.span.slice(notes.running()).trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let items = here.iter().rev().take(LED).take_while(goes_on).count();
    let first = here.get(here.len().saturating_sub(items + 1)).map_or(0, |p| p.span.start);
    Span::new(first, here.last().map_or(first, |p| p.span.end))
}

/// Up to which byte of the file findings may change when what stands before `end` does: the items and quotations that words before them
/// may lead in, and passages that go on with the one before.
pub(super) fn led_on(notes: &Annotations, end: u32) -> u32 {
    let passages = &notes.words.passages;
    let place = |p: &Passage| notes.words.to_file(p.span);
    let behind = passages.partition_point(|p| place(p).start < end);
    let follows = |p: &&Passage| {
        let begins = p.span.slice(notes.running()).trim_start().chars().next();
        matches!(p.kind, PassageKind::Quotation | PassageKind::Attribution)
            || !begins.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
            || is_item(notes, p.span)
    };
    passages[behind..].iter().take(LED).take_while(follows).last().map_or(end, |p| place(p).end.max(end))
}

/// Whether a text has code or formulas.
pub(super) fn has_any(notes: &Annotations) -> bool {
    let document = &notes.document;
    document.blocks.iter().any(|b| matches!(b.kind, BlockKind::Code | BlockKind::Math))
        || document.opaque.iter().any(|o| o.slice(&notes.text).starts_with('$'))
}

/// Whether the text says quoted words in its own voice elsewhere, in a long text near by: it quotes itself, as a list does the paragraph it goes by.
pub(super) fn quotes_itself(notes: &Annotations, quote: u32) -> bool {
    let quotes = &notes.prose.quotes;
    let Some(quote) = quotes.get(quote as usize) else { return false };
    let text = notes.running();
    let words = quote.words.slice(text).trim_matches(|c: char| !c.is_alphanumeric());
    if words.split_whitespace().nth(OWN_WORDS - 1).is_none() {
        return false;
    }
    // The first letter may be a capital in one of the two.
    let rest = &words[words.chars().next().map_or(0, char::len_utf8)..];
    // Each quotation is asked, so that with all of a long text for each the work would grow with its square.
    let near = if text.len() <= LONGEST_OWN { LONGEST_OWN } else { NEAR };
    let (from, to) = ((quote.words.start as usize).saturating_sub(near), text.len().min(quote.words.end as usize + near));
    memchr::memmem::find_iter(&text.as_bytes()[from..to], rest.as_bytes()).take(MOST_QUOTED).any(|at| {
        let at = Span::from(from + at..from + at + rest.len());
        let next = quotes.partition_point(|q| q.span.start <= at.start);
        !quotes[..next].iter().rev().take(4).any(|q| q.span.covers(at))
    })
}

/// Words that a text must share with a quotation to be quoted by it.
const OWN_WORDS: usize = 4;

/// So many bytes before and behind a quotation of a longer text are looked through for its words.
const NEAR: usize = 32 << 10;

/// Bytes of the longest text of which all is looked through: a resolution with its annexes.
const LONGEST_OWN: usize = 256 * 1024;

/// As many places with the same words are looked at.
const MOST_QUOTED: usize = 64;

/// Whether quoted words are a short phrase without a verb, which somebody coined rather than said: "taking the analysis to the data".
pub(super) fn is_borrowed(notes: &Annotations, quote: u32) -> bool {
    notes.prose.quotes.get(quote as usize).filter(|q| q.word_count < 8 && q.kind == QuoteKind::Marks).is_some_and(|q| {
        // Printers in America put the comma and the full stop of the sentence within the marks.
        let words = q.words.slice(notes.running()).trim().trim_end_matches([',', '.']);
        words.starts_with(char::is_lowercase) && words.ends_with(char::is_alphanumeric) && !is_clause(words)
    })
}

/// Whether quoted words are part of what somebody said, however few.
pub(super) fn is_lifted(notes: &Annotations, quote: u32) -> bool {
    let quote = notes.prose.quotes.get(quote as usize);
    let passage = quote.and_then(|q| notes.words.passages.get(q.passage as usize));
    quote.zip(passage).is_some_and(|(q, p)| quotes::is_lifted(notes.running(), p.span, q.span, q.words))
}

/// Words before a quotation that says what a word means, or is an example of how it is used.
static GLOSSES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("glosses"));

/// Whether quoted words in brackets explain what stands before: the null hypothesis ("there is no difference"); or a word is explained
/// by them: Abegweit, meaning "cradled on the waves".
pub(super) fn is_gloss(notes: &Annotations, quote: u32) -> bool {
    let text = notes.running();
    notes.prose.quotes.get(quote as usize).filter(|q| q.kind == QuoteKind::Marks).is_some_and(|q| {
        let (before, behind) = (text.get(..q.span.start as usize), text.get(q.span.end as usize..));
        let glossed = |before: &str| {
            let head = before.trim_end().trim_end_matches([',', ':']);
            // Most last letters are those of none.
            let last = head.bytes().next_back().map(|last| last.to_ascii_lowercase());
            let may_end = |gloss: &&&str| last.is_some_and(|last| !last.is_ascii() || gloss.as_bytes().last() == Some(&last));
            GLOSSES.iter().filter(may_end).any(|gloss| without_end(head, gloss).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
        };
        // “catch owt of this”, meaning “catch hold of this”
        let explained = |behind: &str| {
            let rest = behind.trim_start_matches([',', ' ']);
            let first = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            rest.len() < behind.len()
                && matches!(first, "meaning" | "means" | "meant" | "translates" | "означает" | "значит" | "переводится")
        };
        behind.is_some_and(explained)
            || before.is_some_and(glossed)
            || before.is_some_and(|b| b.ends_with('(')) && behind.is_some_and(|b| b.starts_with(')'))
    })
}

/// What stands before the last words of a text, when they are those, which are in small letters: in both alphabets capitals are as long.
fn without_end<'t>(text: &'t str, last: &str) -> Option<&'t str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(last.len())?)?;
    is_one_of(&[last], end).then_some(rest)
}

/// The sentences before one in its passage, the nearest first.
fn before(notes: &Annotations, sentence: u32) -> impl Iterator<Item = usize> + '_ {
    let sentences = &notes.prose.sentences;
    let passage = sentences.get(sentence as usize).map(|s| s.passage);
    (0..sentence as usize).rev().take(BACK).take_while(move |i| sentences.get(*i).map(|s| s.passage) == passage)
}

/// Whether a formula (`$\\tau^2$`) stands in a sentence of the running text.
fn has_formula(notes: &Annotations, sentence: Span) -> bool {
    formulas(notes, notes.words.to_file(sentence))
}

fn formulas(notes: &Annotations, span: Span) -> bool {
    let opaque = &notes.document.opaque;
    let first = opaque.partition_point(|o| o.end <= span.start);
    opaque[first..].iter().take(BLOCKS).take_while(|o| o.start < span.end).any(|o| o.slice(&notes.text).starts_with('$'))
}

/// Nouns that stand for a work and what it made, behind "the" or "this".
static WORKS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("works"));

/// Words that point at what stands behind them.
const POINTING: &[&str] = &["the", "this", "these", "their", "that", "это", "эта", "этом", "этой", "этот"];

/// Whether a sentence goes on with what a work says that was cited before it in the paragraph: the work is called by its authors there
/// ("Wang et al."), or the sentence points back at it ("they", "this study").
fn goes_on(notes: &Annotations, sentence: u32) -> bool {
    let words = |i: usize| notes.prose.sentences.get(i).map_or("", |s| s.span.slice(notes.running()));
    if notes.supported.is_empty() {
        return false;
    }
    let Some(cited) = before(notes, sentence).find(|i| notes.has_support(Span::from(0..*i).end)) else { return false };
    let named = words(cited);
    let own = words(sentence as usize);
    // "First, …", and a system by its name: "DeepCNF reached …".
    let first = own.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let system = first.chars().skip(1).any(char::is_uppercase) && first.chars().any(char::is_lowercase) && named.contains(first);
    let next = ["First,", "Second,", "Then,", "Next,", "Finally,"].iter().any(|word| own.trim_start().starts_with(word));
    let by_name = system || next || ["et al", "and colleagues", "и соавт", "и др."].iter().any(|name| named.contains(name));
    by_name || points_back(own)
}

fn points_back(sentence: &str) -> bool {
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let head: [&str; 6] = std::array::from_fn(|_| words.next().unwrap_or_default());
    let is_one = |list: &[&str], at: usize| head.get(at).is_some_and(|word| is_one_of(list, word));
    // "This feature set required …", not "this displaced".
    let noun = |at: usize| head.get(at).is_some_and(|w| w.len() > 3 && !w.to_lowercase().ends_with("ed"));
    let demonstrative = (0..3).any(|at| is_one(&["this", "these"], at) && noun(at + 1) && noun(at + 2));
    demonstrative
        || (0..3).any(|at| is_one(&["they", "они"], at))
        || (0..6).any(|at| is_one(POINTING, at) && (is_one(&WORKS, at + 1) || is_one(&WORKS, at + 2)))
}

/// Whether the section of a sentence, from heading to heading, holds code or formulas.
fn computes(notes: &Annotations, sentence: Span) -> bool {
    let blocks = &notes.document.blocks;
    let place = notes.words.to_file(sentence).start;
    let here = blocks.partition_point(|b| b.span.start <= place);
    let heading = |i: &usize| matches!(blocks[*i].kind, BlockKind::Heading(_));
    let first = (here.saturating_sub(BLOCKS)..here).rev().find(heading).unwrap_or(here.saturating_sub(BLOCKS));
    let last = (here..blocks.len().min(here + BLOCKS)).find(heading).unwrap_or(blocks.len().min(here + BLOCKS));
    let section = &blocks[first..last];
    let end = blocks.get(last).map_or(u32::MAX, |b| b.span.start);
    let from = blocks.get(first).map_or(0, |b| b.span.start);
    section.iter().any(|b| matches!(b.kind, BlockKind::Code | BlockKind::Math)) || formulas(notes, Span::new(from, end))
}

/// Whether a passage is a list item, or a quotation, that words with a source lead in.
fn is_led_in(notes: &Annotations, own: usize, findings: &mut Findings<'_>) -> bool {
    let passages = &notes.words.passages;
    let Some(kind) = passages.get(own).map(|p| p.kind) else { return false };
    let led = |i: usize| match kind {
        PassageKind::Quotation => matches!(passages[i].kind, PassageKind::Quotation | PassageKind::Attribution),
        _ => is_item(notes, passages[i].span),
    };
    if !led(own) {
        return false;
    }
    let Some(lead) = (own.saturating_sub(LED)..own).rev().find(|i| !led(*i)) else { return false };
    let words = passages[lead].span;
    if has_note(notes, words) {
        findings.looked_further();
    }
    let last = notes.sentence_at(words.end.saturating_sub(1));
    words.slice(notes.running()).trim_end().ends_with(':') && last.is_some_and(|s| notes.has_support(s))
}

/// Whether words of the running text refer to a footnote, whose works are cited elsewhere.
fn has_note(notes: &Annotations, words: Span) -> bool {
    notes.words.to_file(words).slice(&notes.text).contains("[^")
}

/// Whether a passage is an item of a list, as far as its line tells.
fn is_item(notes: &Annotations, passage: Span) -> bool {
    let start = notes.words.map.start_to_source(passage.start) as usize;
    let before = notes.text.get(..start).unwrap_or_default();
    // Before most nothing stands in their line.
    let last = before.bytes().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    if !matches!(last, Some(b'*' | b'-' | b'+' | b'.' | b')')) {
        return false;
    }
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    let mark = before[line..].trim_matches([' ', '\t', '>']);
    matches!(mark, "*" | "-" | "+")
        || mark.ends_with(['.', ')']) && mark.len() > 1 && mark[..mark.len() - 1].bytes().all(|b| b.is_ascii_digit())
}
