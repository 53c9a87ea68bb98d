//! EDTF, the Library of Congress' extended date format (ISO 8601-2), levels 0 and 1.
//!
//! Level 0: years, months, days, moments, intervals. Level 1: years of more than four digits, seasons,
//! `?` `~` `%`, unspecified digits from the right, open and unknown ends of intervals.

use jiff::civil;

/// A day of the proleptic Gregorian calendar. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Astronomical year: 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// What a date in EDTF can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Edtf {
    /// The first day it can mean; `None` for an interval with an open or unknown start.
    pub earliest: Option<Day>,
    /// The last day it can mean; `None` for an interval with an open or unknown end.
    pub latest: Option<Day>,
    /// Whether it is marked as uncertain or approximate.
    pub qualified: bool,
}

/// Whether `text` is EDTF level 0 or 1: `2020-11`, `2014~`, `2015-02-11/2015-02-12`, `201X`, `2020-21`.
#[must_use]
pub fn is_edtf(text: &str) -> bool {
    parse_edtf(text).is_some()
}

/// Reads EDTF level 0 or 1. An interval that ends before it begins is none, nor is a day its month does not have.
#[must_use]
pub fn parse_edtf(text: &str) -> Option<Edtf> {
    // Most works are dated by year or by day.
    let bytes = text.as_bytes();
    let digits = |of: &[u8]| of.iter().all(u8::is_ascii_digit);
    if bytes.len() == 4 && digits(bytes) {
        let year = text.parse().ok()?;
        return Some(Edtf { earliest: Some(first(year, 1)), latest: Some(last(year, 12)?), qualified: false });
    }
    if let [year @ .., b'-', m, n, b'-', d, e] = bytes
        && year.len() == 4
        && digits(year)
        && digits(&[*m, *n, *d, *e])
    {
        return whole_day(text).map(|day| Edtf { earliest: Some(day), latest: Some(day), qualified: false });
    }
    if !text.is_ascii() || text.len() > 64 {
        return None;
    }
    let Some((from, to)) = text.split_once('/') else { return single(text) };
    let end = |part: &str| if matches!(part, "" | "..") { Some(None) } else { single(part).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    let qualified = [from, to].iter().flatten().any(|e| e.qualified);
    let both = Edtf { earliest: from.and_then(|e| e.earliest), latest: to.and_then(|e| e.latest), qualified };
    (from.is_some() || to.is_some()).then_some(())?;
    let ordered = both.earliest.zip(both.latest).is_none_or(|(a, b)| a <= b);
    ordered.then_some(both)
}

fn single(text: &str) -> Option<Edtf> {
    if let Some((day, time)) = text.split_once('T') {
        let day = whole_day(day)?;
        return is_time(time).then_some(Edtf { earliest: Some(day), latest: Some(day), qualified: false });
    }
    let plain = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    let (earliest, latest) = bounds(plain)?;
    Some(Edtf { earliest: Some(earliest), latest: Some(latest), qualified: plain.len() < text.len() })
}

/// First and last day of a date without qualification.
fn bounds(text: &str) -> Option<(Day, Day)> {
    if let Some(long) = text.strip_prefix('Y') {
        return long_year(long);
    }
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = digits.split('-');
    let (low, high) = year(parts.next()?)?;
    let (low, high) = if negative { (-high, -low) } else { (low, high) };
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() || (negative && (low, high) == (0, 0)) {
        return None;
    }
    match (month, day) {
        (None, _) => Some((first(low, 1), last(high, 12)?)),
        (Some("XX"), None | Some("XX")) => Some((first(low, 1), last(high, 12)?)),
        // an unspecified year leaves no month specified behind it
        _ if low != high => None,
        (Some(month), None) => months(low, month),
        (Some(month), Some("XX")) => {
            let month = two(month).filter(|m| (1..=12).contains(m))?;
            Some((first(low, month), last(low, month)?))
        }
        (Some(_), Some(_)) => whole_day(text).map(|day| (day, day)),
    }
}

/// `2020`, `201X`, `20XX`, `2XXX`, `XXXX`
fn year(text: &str) -> Option<(i64, i64)> {
    let known = text.trim_end_matches('X');
    let good = text.len() == 4 && known.bytes().all(|b| b.is_ascii_digit());
    let value = |fill: &str| [known, &fill.repeat(4 - known.len())].concat().parse().ok();
    if good { Some((value("0")?, value("9")?)) } else { None }
}

/// `Y170000002`, `Y-17000`: more than four digits.
fn long_year(text: &str) -> Option<(Day, Day)> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let good = (5..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let year: i64 = good.then(|| text.parse().ok())??;
    Some((first(year, 1), Day { year, month: 12, day: 31 }))
}

/// A month, or a season by its number: 21 spring, 22 summer, 23 autumn, 24 winter. A season's months
/// differ from hemisphere to hemisphere, so that it bounds no more than its year.
fn months(year: i64, month: &str) -> Option<(Day, Day)> {
    match two(month)? {
        month @ 1..=12 => Some((first(year, month), last(year, month)?)),
        21..=24 => Some((first(year, 1), last(year, 12)?)),
        _ => None,
    }
}

/// `2020-11-09`, `-0044-03-15`
fn whole_day(text: &str) -> Option<Day> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = digits.split('-');
    let (low, high) = year(parts.next()?)?;
    let (month, day) = (two(parts.next()?)?, two(parts.next()?)?);
    let year = if negative { -low } else { low };
    // Every month has so many days.
    let real =
        |day| (1..=28).contains(&day) && (1..=12).contains(&month) || days_in(year, month).is_some_and(|days| (1..=days).contains(&day));
    let real = low == high && parts.next().is_none() && real(day);
    real.then_some(Day { year, month, day })
}

fn two(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn first(year: i64, month: u8) -> Day {
    Day { year, month, day: 1 }
}

fn last(year: i64, month: u8) -> Option<Day> {
    Some(Day { year, month, day: days_in(year, month)? })
}

/// How many days a month has; `None` when there is no such month, or the year is past ±9999.
pub(super) fn days_in(year: i64, month: u8) -> Option<u8> {
    let date = civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
    u8::try_from(date.days_in_month()).ok()
}

/// `23:20:30`, with `Z` or an offset `+04`, `+04:30`.
fn is_time(text: &str) -> bool {
    let (clock, zone) = text.split_at(text.len().min(8));
    let field = |text: &str, most: u8| two(text).is_some_and(|n| n <= most);
    let mut parts = clock.split(':');
    let mut next = |most| parts.next().is_some_and(|part| field(part, most));
    let good = next(23) && next(59) && next(59) && parts.next().is_none();
    let offset = |text: &str| text.split_once(':').map_or_else(|| field(text, 14), |(h, m)| field(h, 14) && field(m, 59));
    good && match zone.strip_prefix(['+', '-']) {
        Some(zone) => offset(zone),
        None => matches!(zone, "" | "Z"),
    }
}
