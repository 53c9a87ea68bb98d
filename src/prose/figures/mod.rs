//! Figures: a number that says how many or how much.
//!
//! [`scan`] finds where a number may begin, [`number`] reads it, [`unit`] what stands behind it and
//! [`context`] what stands before. A number is a figure when it has a unit, a magnitude or an approximator;
//! a noun that no list knows is a unit of larger numbers only, and durations are figures only when they
//! are approximate. In doubt it is none: a false accusation costs more than a missed one.
//!
//! Units and number words of both languages are always known: their alphabets keep them apart.

mod context;
mod number;
mod scan;
mod tables;
#[cfg(test)]
mod tests;
mod unit;

use smol_str::SmolStr;

use super::Instrument;
use crate::text::{Span, letters};
use number::Number;
use scan::Here;
pub use scan::Places;
#[cfg(test)]
pub use scan::numerals;
use tables::Kind;
pub use tables::number_words;
use unit::Behind;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Approximator, number and unit: `about 90,000 people`.
    pub span: Span,
    /// The number as written, magnitude word included: `90 thousand`.
    pub number: Span,
    /// Its value; of a range the lower.
    pub value: f64,
    /// The upper value of a range.
    pub upper: Option<f64>,
    /// The unit in its normal form: `%`, `people`, `USD`, `km`; the noun itself where none is known.
    pub unit: Option<SmolStr>,
    /// Whether "about", "nearly", «около» or the like stands before it.
    pub approximate: bool,
}

/// Why a number is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFigure {
    /// It is part of a code, a time or an address.
    Token,
    /// The word before makes it the number of a thing, a day or an age.
    Names,
    /// What stands behind makes it a date, a time, an age or an ordinal.
    Behind,
    /// It is a year.
    Year,
    /// It is a duration that nothing says to be approximate.
    Duration,
    /// It is a small number in words.
    Small,
    /// The words before say which things are meant.
    Definite,
    /// It has no unit, and no "about" before it.
    Bare,
}

impl NoFigure {
    /// In words that follow "no figure:".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Token => "it is part of a code, a time or an address",
            Self::Names => "the word before makes it the number of a thing, a day or an age",
            Self::Behind => "what follows makes it a date, a time, an age or an ordinal",
            Self::Year => "it is a year",
            Self::Duration => "a duration counts only behind `about` or the like",
            Self::Small => "it is a small number in words",
            Self::Definite => "the words before say which things are meant",
            Self::Bare => "it has no unit, and no `about` before it",
        }
    }

    fn of(number: &Number, unit: Option<&unit::Unit>, year: bool) -> Self {
        match unit.map(|unit| unit.kind) {
            _ if year => Self::Year,
            Some(Some(Kind::Duration)) => Self::Duration,
            Some(Some(_)) => Self::Small,
            Some(None) => Self::Definite,
            None if number.words => Self::Small,
            None => Self::Bare,
        }
    }
}

/// Appends the figures of a text, which holds numbers at some places: not dates, years, ages, times, numbers of articles, resolutions
/// and lists, ordinals.
pub fn find(text: &str, places: &Places, into: &mut Vec<Figure>) {
    for here in places.passages() {
        each(text, here, |_, judged| {
            if let Ok(figure) = judged {
                let shift = |span: Span| span.shift(here.span.start);
                into.push(Figure { span: shift(figure.span), number: shift(figure.number), ..figure });
            }
        });
    }
}

/// The number at a byte of a passage that is no figure, and why it is none.
#[must_use]
pub fn no_figure(text: &str, passage: Span, at: u32) -> Option<(Span, NoFigure)> {
    let mut found = None;
    let words = passage.slice(text);
    for here in Places::of(words).passages() {
        each(words, here, |number, judged| {
            let number = number.shift(passage.start);
            if let Err(why) = judged
                && number.touches(at)
            {
                found = Some((number, why));
            }
        });
    }
    found
}

/// Calls `found` for each number in a passage: its place there, and the figure it is or why it is none.
fn each(text: &str, here: Here<'_>, mut found: impl FnMut(Span, Result<Figure, NoFigure>)) {
    let words = here.span.slice(text);
    let (mut at, mut named_until) = (0, usize::MAX);
    let mut scan = scan::Scan::of(words.as_bytes(), here);
    while let Some(from) = scan.next(at) {
        let in_words = !words.as_bytes()[from].is_ascii_digit();
        let number = if in_words {
            number::words(words, from)
        } else if context::is_free(words, from) {
            number::digits(words, from)
        } else {
            None
        };
        let Some(number) = number else {
            at = if in_words { scan::behind_word(words.as_bytes(), from) } else { context::behind_token(words, from) };
            if !in_words {
                found(Span::from(from..at), Err(NoFigure::Token));
            }
            continue;
        };
        at = number.end.max(from + 1);
        let place = Span::from(number.start..number.end);
        let names = context::names_thing(words, number.start) || context::goes_on_list(words, named_until, number.start);
        if names {
            named_until = number.end;
            found(place, Err(NoFigure::Names));
            continue;
        }
        match judge(words, number) {
            Ok((figure, end)) => {
                at = end.max(at);
                found(place, Ok(figure));
            }
            Err(why) => found(place, Err(why)),
        }
    }
}

/// The values of all numbers of a passage, figures or not, both ends of ranges: to ask whether a value stands there at all.
#[must_use]
pub fn numbers(text: &str, passage: Span) -> Vec<f64> {
    let words = passage.slice(text);
    let (mut at, mut all) = (0, Vec::new());
    let places = Places::of(words);
    let Some(here) = places.passages().next() else { return all };
    let mut scan = scan::Scan::of(words.as_bytes(), here);
    while let Some(from) = scan.next(at) {
        let digits = words.as_bytes()[from].is_ascii_digit();
        let read = if digits { number::digits(words, from) } else { number::words(words, from) };
        let behind = if digits { context::behind_token(words, from) } else { scan::behind_word(words.as_bytes(), from) };
        at = read.as_ref().map_or(behind, |n| n.end.max(from + 1));
        all.extend(read.into_iter().flat_map(|n| [Some(n.value), n.upper]).flatten());
    }
    all
}

/// The figure that a number is, and where it ends.
fn judge(text: &str, number: Number) -> Result<(Figure, usize), NoFigure> {
    let currency = context::currency(text, number.start);
    let start = currency.map_or(number.start, |(at, _)| at);
    let number = if currency.is_some() { with_letter(text, number) } else { number };
    let unit = match unit::behind(text, &number) {
        Behind::NoFigure if currency.is_none() => return Err(NoFigure::Behind),
        Behind::Unit(unit) => Some(unit),
        _ => None,
    };
    let kind = unit.as_ref().and_then(|unit| unit.kind);
    let like_year = number.like_year && number.upper.is_none_or(|u| u < 2101.0);
    // Most numbers are years, whatever stands before them.
    if like_year && unit.is_none() && currency.is_none() {
        return Err(NoFigure::Year);
    }
    let about = context::approximator(text, start);
    if kind == Some(Kind::Measure) && number.value == 0.0 {
        return Err(NoFigure::Bare);
    }
    if unit.is_none() && !number.words && about.is_some_and(|about| context::is_early_year(text, about, number.value)) {
        return Err(NoFigure::Year);
    }
    if kind == Some(Kind::Measure) && context::is_calibre(text, about.unwrap_or(start)) {
        return Err(NoFigure::Names);
    }
    if kind == Some(Kind::Duration) && unit.as_ref().is_some_and(|unit| unit::is_distance(text, unit.end)) {
        return Err(NoFigure::Duration);
    }
    let year = like_year && is_year(text, &number, unit.as_ref());
    let is_figure = currency.is_some()
        || match (&unit, kind) {
            (_, Some(Kind::Percent | Kind::Money)) => true,
            _ if year => false,
            _ if number.plural => matches!(kind, Some(Kind::Person | Kind::Casualty)),
            (_, Some(Kind::Duration)) => {
                about.is_some_and(|about| !context::is_bound(&text[about..start])) && !(number.words && number.value < 10.0)
            }
            (_, Some(Kind::Casualty)) => true,
            (_, Some(Kind::Person)) => !number.words || number.value >= 10.0 || about.is_some(),
            (_, Some(_)) => !number.words || number.scaled || number.value >= 10.0,
            (Some(_), None) => about.is_some() || !context::is_definite(text, number.start),
            (None, _) => {
                let about = about.filter(|about| !context::is_threshold(&text[*about..start]));
                number.scaled && number.value >= 1000.0 || (about.is_some() && (!number.words || number.scaled))
            }
        };
    if !is_figure {
        return Err(NoFigure::of(&number, unit.as_ref(), year));
    }
    let end = unit.as_ref().filter(|_| currency.is_none()).map_or(number.end, |unit| unit.end);
    let figure = Figure {
        span: Span::from(about.unwrap_or(start)..end),
        number: Span::from(number.start..number.end),
        value: number.value,
        upper: number.upper,
        unit: currency.map(|(_, normal)| SmolStr::new_static(normal)).or(unit.map(|unit| unit.normal)),
        approximate: about.is_some() || number.plural,
    };
    Ok((figure, end))
}

/// Whether four digits are a year: nobody counts with them, or what stands before says so.
fn is_year(text: &str, number: &Number, unit: Option<&unit::Unit>) -> bool {
    let counted = unit.is_some_and(|unit| unit.adjacent && unit.kind.is_some_and(|kind| kind != Kind::Duration));
    !counted || context::is_year(text, number)
}

/// `$3m`, `€1.5bn`: a letter behind money is its magnitude.
fn with_letter(text: &str, mut number: Number) -> Number {
    let rest = &text[number.end..];
    let letters = [("bn", 1e9), ("mn", 1e6), ("m", 1e6), ("b", 1e9), ("M", 1e6), ("B", 1e9), ("k", 1e3), ("K", 1e3), ("tn", 1e12)];
    let letter =
        letters.into_iter().find(|(letter, _)| rest.strip_prefix(letter).is_some_and(|r| !r.starts_with(letters::is_alphanumeric)));
    if let Some((letter, times)) = letter {
        number.end += letter.len();
        number.value *= times;
        number.upper = number.upper.map(|upper| upper * times);
        number.scaled = true;
    }
    number
}

/// Removes figures that are part of an instrument's name. Both lists are in order of place.
pub fn drop_within(figures: &mut Vec<Figure>, instruments: &[Instrument]) {
    figures.retain(|f| {
        let i = instruments.partition_point(|m| m.span.end <= f.number.start);
        instruments.get(i).is_none_or(|m| !m.span.overlaps(f.number))
    });
}
