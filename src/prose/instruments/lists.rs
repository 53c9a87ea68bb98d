//! What stands after the words: one number, or a list of them: `resolutions 1267 (1999), 1333 (2000) and 1363 (2001)`.
//!
//! Whose a number is, told by the first of: the body's name beside the words; for `N (YYYY)` the
//! built-in table; an earlier full form in the same text; the sentence. A number that none of them
//! settles is no instrument.

use super::cursor::{one_of, space};
use super::issuers::{self, Issuer};
use super::numbers::{self, Number};
use super::short::Earlier;
use super::{Form, Instrument, normal};
use crate::prose::dates;
use crate::registry::unsc;
use crate::text::Span;

/// The words before a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    /// Where they begin, with the body's name.
    pub(super) start: usize,
    /// Where the number must begin.
    pub(super) number_at: usize,
    /// The body named beside them.
    pub(super) issuer: Option<Issuer>,
    /// Whether they announce several.
    pub(super) plural: bool,
    /// Whether they are another kind of resolution, as far as the word before tells.
    pub(super) quiet: bool,
    /// Whether they mean nothing without a body.
    pub(super) needs_issuer: bool,
}

/// A number of the list and where it stands.
type Item<'p> = (Number<'p>, usize, usize);

/// Longest list that is read; the longest the Security Council printed has some seventy.
const MOST: usize = 512;

/// Appends the resolutions behind `head`; `unsettled` takes bare numbers that nothing settles. Answers where reading may go on.
pub(super) fn read(p: &str, base: usize, head: &Head, into: &mut Vec<Instrument>, unsettled: &mut Vec<Span>) -> usize {
    let items = items(p, head);
    let Some(&(_, _, end)) = items.last() else { return head.number_at.min(p.len()) };
    let (issuer, after) = match head.issuer {
        None | Some(Issuer::Nations) => issuers::after(p, end).map_or((head.issuer, end), |(issuer, end)| (Some(issuer), end)),
        issuer => (issuer, end),
    };
    let single = items.len() == 1;
    for (number, start, end) in items {
        let (from, to) = if single { (head.start, after) } else { (start, end) };
        let span = Span::from(base + from..base + to);
        let place = Place { p, base, start, end, span, issuer, quiet: head.quiet };
        match place.settle(number, into) {
            Some(found) => into.push(found),
            None if matches!(number, Number::Plain(_)) && place.is_open(number) => unsettled.push(span),
            None => {}
        }
    }
    end
}

fn items<'p>(p: &'p str, head: &Head) -> Vec<Item<'p>> {
    let mut items: Vec<Item<'p>> = Vec::new();
    if head.needs_issuer && head.issuer.is_none() {
        return items;
    }
    let Some((number, mut end)) = numbers::read(p, head.number_at) else { return items };
    if starts_item(p, head.number_at, number, end) {
        return items;
    }
    items.push((number, head.number_at, end));
    while items.len() < MOST {
        let Some((number, at, to)) = next(p, end, head.plural) else { break };
        items.push((number, at, to));
        end = to;
    }
    items
}

/// "of this resolution⏎4. Decides …": the number of the paragraph that follows, not of the resolution.
fn starts_item(p: &str, at: usize, number: Number<'_>, end: usize) -> bool {
    matches!(number, Number::Plain(n) if n < 100)
        && p[..at].trim_end_matches([' ', '\t']).ends_with('\n')
        && p[end..].starts_with(['.', ')'])
}

/// The next number of the list after the one that ends at `end`.
fn next(p: &str, end: usize, plural: bool) -> Option<Item<'_>> {
    let dated = date_tail(p, end);
    if let Some(at) = connector(p, dated) {
        let (number, to) = numbers::read(p, at)?;
        // a bare number is counted only in a list that was announced: "resolution 242 and 20 others"
        let good = match number {
            Number::Plain(n) => plural && n >= 100,
            _ => true,
        };
        return good.then_some((number, at, to));
    }
    // "1325 (2000) on women, peace and security, and 1540 (2004) on …"
    let at = past_subject(p, dated)?;
    let (number, to) = numbers::read(p, at)?;
    matches!(number, Number::Year(..)).then_some((number, at, to))
}

/// Past `of 12 July 2002`.
fn date_tail(p: &str, end: usize) -> usize {
    let from = space(p, end);
    let of = one_of(p, from, &["of", "dated", "adopted on", "от"]);
    of.and_then(|of| dates::at(p, space(p, of))).map_or(end, |(_, end)| one_of(p, end, &[" года", " г."]).unwrap_or(end))
}

/// Past `, and` or the like, where a number begins.
fn connector(p: &str, end: usize) -> Option<usize> {
    let from = space(p, end);
    let comma = one_of(p, from, &[",", ";"]);
    let at = space(p, comma.unwrap_or(from));
    let word = one_of(p, at, &["and", "or", "as well as", "&", "и", "или", "а также"]);
    let at = space(p, word.unwrap_or(at));
    (comma.is_some() || word.is_some())
        .then_some(at)
        .filter(|at| p[*at..].starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'E' | 'S')))
}

/// Past the subject of a resolution, up to the next number: a preposition, no stop, at most 120 bytes.
fn past_subject(p: &str, end: usize) -> Option<usize> {
    let from = space(p, end);
    one_of(p, from, &["on", "concerning", "regarding", "relating to", "related to", "о", "об", "по"])?;
    let gap = p.as_bytes()[from..]
        .iter()
        .take(120)
        .position(|b| b.is_ascii_digit() || matches!(b, b'.' | b':' | b'(' | b')' | b'"' | b'!' | b'?'))?;
    let at = from + gap;
    let before = p[from..at].trim_end();
    let joined = before.ends_with([',', ';']) || before.ends_with(" and") || before.ends_with(" or") || before.ends_with(" и");
    (p.as_bytes()[at].is_ascii_digit() && joined && before.len() < p[from..at].len()).then_some(at)
}

/// One number, with all that tells whose it is.
struct Place<'p> {
    p: &'p str,
    base: usize,
    start: usize,
    end: usize,
    span: Span,
    issuer: Option<Issuer>,
    quiet: bool,
}

impl Place<'_> {
    fn settle(&self, number: Number<'_>, into: &[Instrument]) -> Option<Instrument> {
        let before = Earlier::new(into, self.base + self.start);
        match number {
            Number::Year(n, year, place) => self.with_year(n, year, Span::from(self.base + place.0..self.base + place.1)),
            Number::Session(n, session) => self.with_session(n, session),
            Number::Special(number) => self.is_nations().then(|| normal::assembly(self.span, number, Form::Words)),
            Number::Pair(first, second) => self.pair(first, second, &before),
            Number::Plain(n) => self.plain(n, &before),
        }
    }

    /// Whether nothing says that it is of another body.
    fn is_nations(&self) -> bool {
        self.issuer != Some(Issuer::Other) && !self.quiet
    }

    fn with_year(&self, n: u32, year: u16, place: Span) -> Option<Instrument> {
        let known = unsc::year(n) == Some(year);
        let issuer = match self.issuer {
            None | Some(Issuer::Nations) if known => Issuer::Security,
            None | Some(Issuer::Nations) if self.quiet => return None,
            None | Some(Issuer::Nations) => self.nearest(|i| i != Issuer::Nations).unwrap_or(Issuer::Security),
            Some(issuer) => issuer,
        };
        match issuer {
            // the Assembly numbered on over its sessions until 1975; a later year is none of its numbers
            Issuer::Assembly if year <= 1976 || self.issuer == Some(Issuer::Assembly) => {
                let found = normal::assembly_session(self.span, n, None, Form::Words);
                Some(Instrument { year_as_written: Some((year, place)), ..found })
            }
            Issuer::Other => None,
            Issuer::Rights | Issuer::Social if self.issuer.is_some_and(|i| i != Issuer::Nations) => None,
            _ => Some(normal::security(self.span, n, Some((year, place)), Form::Words)),
        }
    }

    fn with_session(&self, n: u32, session: &str) -> Option<Instrument> {
        match self.issuer {
            Some(Issuer::Security | Issuer::Other | Issuer::Rights) => None,
            Some(Issuer::Social) => Some(normal::nations(self.span, format!("E/RES/{n} ({session})").into(), Form::Words)),
            _ if self.quiet => None,
            _ => Some(normal::assembly_session(self.span, n, Some(session), Form::Words)),
        }
    }

    /// `68/262` of the Assembly, `35/33` of the Human Rights Council, `2015/25` of the Economic and Social Council, `2202/2015`.
    fn pair(&self, first: u32, second: &str, before: &Earlier<'_>) -> Option<Instrument> {
        let year = second.parse().ok().filter(|y| (1946..2200).contains(y));
        let known = year.is_some() && unsc::year(first) == year;
        if let Some(year) = year.filter(|_| first > 99 && (known || self.issuer == Some(Issuer::Security))) {
            let to = Span::from(self.base + self.end - second.len()..self.base + self.end);
            return Some(normal::security(self.span, first, Some((year, to)), Form::Words));
        }
        let fits = |i| if first > 999 { i == Issuer::Social } else { matches!(i, Issuer::Assembly | Issuer::Rights) };
        let issuer = match self.issuer {
            Some(Issuer::Other | Issuer::Security) => return None,
            Some(issuer) if issuer != Issuer::Nations => Some(issuer),
            _ if self.quiet => return None,
            _ => self.nearest(fits).or_else(|| before.pair(first, second)),
        };
        match (issuer, first) {
            (Some(Issuer::Social), 1946..2200) => Some(normal::nations(self.span, format!("E/RES/{first}/{second}").into(), Form::Words)),
            (Some(Issuer::Rights), 1..=99) => Some(normal::nations(self.span, format!("A/HRC/RES/{first}/{second}").into(), Form::Words)),
            // no session of the Human Rights Council has come so far
            (Some(Issuer::Assembly), 31..=150) | (None, 70..=150) => {
                Some(normal::assembly(self.span, &format!("{first}/{second}"), Form::Words))
            }
            _ => None,
        }
    }

    fn plain(&self, n: u32, before: &Earlier<'_>) -> Option<Instrument> {
        let issuer = match self.issuer {
            None | Some(Issuer::Nations) => match before.number(n) {
                Some(full) => return Some(Instrument { form: Form::Short, span: self.span, ..full }),
                None if self.quiet => None,
                None => issuers::in_sentence(self.p, self.start, self.end, |i| i != Issuer::Nations),
            },
            issuer => issuer,
        };
        match issuer? {
            Issuer::Security => Some(normal::security(self.span, n, None, Form::Words)),
            // its last number before sessions were counted is 3541 (XXX)
            Issuer::Assembly if n <= 3541 => Some(match before.number(n).filter(|full| full.body == super::Body::GeneralAssembly) {
                Some(full) => Instrument { form: Form::Words, span: self.span, ..full },
                None => normal::assembly_session(self.span, n, None, Form::Words),
            }),
            _ => None,
        }
    }

    /// The body that the sentence names, else the one named last in the passage before.
    fn nearest(&self, fits: impl Fn(Issuer) -> bool + Copy) -> Option<Issuer> {
        issuers::in_sentence(self.p, self.start, self.end, fits).or_else(|| issuers::earlier(self.p, self.start, 1500, fits))
    }

    /// Whether a bare number may be a resolution that nothing settles: not a year, not a small number.
    fn is_open(&self, number: Number<'_>) -> bool {
        let Number::Plain(n) = number else { return false };
        self.is_nations() && (self.issuer == Some(Issuer::Nations) || (n >= 100 && !(1946..2100).contains(&n)))
    }
}
