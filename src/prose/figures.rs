//! Figures: a number that says how many or how much.

use smol_str::SmolStr;

use super::{Instrument, Language};
use crate::text::Span;

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

/// Appends the figures of one passage: not dates, years, ages, times, numbers of articles, resolutions and lists, ordinals.
pub fn find(text: &str, passage: Span, language: Language, into: &mut Vec<Figure>) {
    let _ = (text, passage, language, into);
}

/// Removes figures that are part of an instrument's name. Both lists are in order of place.
pub fn drop_within(figures: &mut Vec<Figure>, instruments: &[Instrument]) {
    figures.retain(|f| {
        let i = instruments.partition_point(|m| m.span.end <= f.number.start);
        instruments.get(i).is_none_or(|m| !m.span.overlaps(f.number))
    });
}
