//! Marks of one passage matched, and quotations mended that were never closed.

use super::marks::{self, Family, Mark, Side};
use super::{Quote, QuoteKind, speech, trim};
use crate::prose::attribution;
use crate::text::Span;

/// Deeper nesting than this is no writing: further opening marks are passed over.
const DEEPEST: usize = 8;

/// What is reused from passage to passage.
#[derive(Default)]
pub struct Work {
    marks: Vec<Mark>,
    open: Vec<Open>,
    found: Vec<Found>,
}

/// A mark that opened and has not been closed.
#[derive(Clone, Copy)]
struct Open {
    mark: Mark,
    /// Index in `found`.
    slot: usize,
    /// Where a weak closing mark stood.
    weak: Option<Span>,
}

/// A quotation being found.
#[derive(Clone, Copy)]
struct Found {
    open: Mark,
    /// Its closing mark; `None` while none was met.
    close: Option<Span>,
    /// For one without: where the next mark, or the end of what it lies in, forbids it to go on.
    limit: u32,
}

impl Work {
    /// Appends the quotations of one passage. `goes_on` tells the family of the mark the next passage begins with.
    /// Answers the family and the first byte of a quotation that runs to the end of this passage and on into the next.
    pub fn passage(
        &mut self,
        text: &str,
        passage: Span,
        index: u32,
        goes_on: impl Fn() -> Option<Family>,
        into: &mut Vec<Quote>,
    ) -> Option<(Family, u32)> {
        marks::list(text, passage, &mut self.marks);
        self.open.clear();
        self.found.clear();
        if self.marks.is_empty() {
            return None;
        }
        for at in 0..self.marks.len() {
            self.take(at);
        }
        self.close_weak(0);
        let unclosed = self.mend(text, passage, goes_on);
        let begun = into.len();
        into.extend(self.found.iter().filter_map(|f| quote(text, passage, index, *f)));
        into[begun..].sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
        unclosed
    }

    fn take(&mut self, at: usize) {
        let mark = self.marks[at];
        match mark.side {
            Side::Open => self.push(mark),
            Side::Close if mark.after_digit && self.is_inches(at) => {}
            Side::Close => {
                self.close(mark);
            }
            Side::WeakClose => {
                if let Some(top) = self.open.last_mut().filter(|o| o.mark.family == Family::Single) {
                    top.weak.get_or_insert(mark.span);
                }
            }
            Side::CloseAfterLow => {
                let low = self.open.last().is_some_and(|o| o.mark.low && o.mark.family == mark.family);
                if !(low && self.close(mark)) {
                    self.push(mark);
                }
            }
            Side::Either => {
                if !self.close(mark) {
                    self.push(mark);
                }
            }
        }
    }

    /// Whether a better closing mark follows: then this one, after a digit, means inches.
    fn is_inches(&self, at: usize) -> bool {
        self.marks.get(at + 1).is_some_and(|n| n.family == Family::Double && n.side == Side::Close && !n.after_digit)
    }

    fn push(&mut self, mark: Mark) {
        if mark.family == Family::Single && self.open.last().is_some_and(|o| o.weak.is_some()) {
            self.close_weak(self.open.len() - 1);
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { mark, slot: self.found.len(), weak: None });
            self.found.push(Found { open: mark, close: None, limit: u32::MAX });
        }
    }

    /// Closes the nearest open quotation of the mark's family; those inside it stay without end.
    fn close(&mut self, mark: Mark) -> bool {
        let depth = match mark.family {
            // A single mark may be an apostrophe: it closes only what was opened last.
            Family::Single => self.open.len().checked_sub(1).filter(|&i| self.open[i].mark.family == Family::Single),
            family => self.open.iter().rposition(|o| o.mark.family == family),
        };
        let Some(depth) = depth else { return false };
        self.close_weak(depth + 1);
        for inner in &self.open[depth + 1..] {
            self.found[inner.slot].limit = mark.span.start;
        }
        self.found[self.open[depth].slot].close = Some(mark.span);
        self.open.truncate(depth);
        true
    }

    /// Closes at their weak marks what is open from a depth on.
    fn close_weak(&mut self, from: usize) {
        for open in self.open.get(from..).unwrap_or_default() {
            if let Some(weak) = open.weak {
                self.found[open.slot].close = Some(weak);
            }
        }
        if from > 0 {
            let found = &self.found;
            let mut at = 0;
            self.open.retain(|o| {
                at += 1;
                at <= from || found[o.slot].close.is_none()
            });
        }
    }

    /// Gives an end to what was never closed, or drops it. The last one may go on in the next passage.
    fn mend(&mut self, text: &str, passage: Span, goes_on: impl Fn() -> Option<Family>) -> Option<(Family, u32)> {
        let mut unclosed = None;
        let mut next = None;
        for at in (0..self.found.len()).rev() {
            let found = self.found[at];
            let start = found.open.span.start;
            if found.close.is_some() {
                next = Some((start, found.close));
                continue;
            }
            let limit = found.limit.min(passage.end);
            let follower = next.filter(|n: &(u32, Option<Span>)| n.0 < limit);
            let family = found.open.family;
            if matches!(family, Family::Single | Family::SmallGuillemet) || found.open.side == Side::Either {
                // Apostrophes and marks in the middle of nowhere: without a partner they are nothing.
                self.found[at].limit = start;
                continue;
            }
            let end = follower.map_or(limit, |n| n.0);
            let body = Span::new(found.open.span.end, end);
            let on = follower.is_none() && limit == passage.end && goes_on() == Some(family);
            self.found[at].limit = match (attribution::unclosed_end(text, body, on), follower) {
                (Some(cue), _) => cue,
                // «Газета «Известия»: one mark closes both.
                (None, Some((_, Some(close)))) if family == Family::Guillemet => close.end,
                _ if on => {
                    unclosed = Some((family, start));
                    end
                }
                _ => end,
            };
            next = Some((start, None));
        }
        unclosed
    }
}

fn quote(text: &str, passage: Span, index: u32, found: Found) -> Option<Quote> {
    let start = found.open.span.start;
    let limit = found.close.map_or(found.limit.min(passage.end), |close| close.start);
    let words = trim(text, Span::new(found.open.span.end, limit));
    let end = found.close.map_or(words.end, |close| close.end);
    if words.is_empty() || words.start < found.open.span.end || found.limit <= start {
        return None;
    }
    let word_count = speech::count_words(words.slice(text));
    Some(Quote {
        span: Span::new(start, end),
        words,
        kind: QuoteKind::Marks,
        passage: index,
        within: None,
        continues: None,
        attribution_line: None,
        word_count,
        is_speech: word_count >= speech::LEAST_WORDS && !speech::is_name(text, Span::new(passage.start, start), words),
    })
}
