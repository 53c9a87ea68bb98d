//! What day it is.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{Span, civil};

use crate::prose::dates::Day;

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// Today, counted in UTC: the same day on every machine that checks a corpus at the same moment. `None` when the clock stands before
/// 1970 or beyond the calendar.
#[must_use]
pub fn today() -> Option<Day> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let days = i64::try_from(seconds / SECONDS_A_DAY).ok()?;
    let date = civil::date(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()?;
    Some(Day { year: date.year().into(), month: u8::try_from(date.month()).ok()?, day: u8::try_from(date.day()).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_later_than_the_day_this_was_written() {
        assert!(today().is_some_and(|day| day > Day { year: 2025, month: 1, day: 1 } && (1..=31).contains(&day.day)));
    }
}
