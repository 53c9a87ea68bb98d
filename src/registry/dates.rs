//! Whether a date is written as records write it: EDTF, levels 0 and 1.
//!
//! Not here: dates in prose, and reckoning with dates (`prose`, `corpus`).

/// Whether `text` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` and such a day exists.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let Some(year) = parts.next().and_then(|p| number(p, 4)) else { return false };
    let Some(month) = parts.next() else { return true };
    let Some(month @ 1..=12) = number(month, 2) else { return false };
    let Some(day) = parts.next() else { return true };
    parts.next().is_none() && number(day, 2).is_some_and(|day| (1..=days(year, month)).contains(&day))
}

/// Whether `text` is an EDTF date of level 0 or 1: a date, perhaps with `?`, `~` or `%` behind it or with `X` for
/// unknown digits, a season, or an interval of two of them, of which one may be open.
pub fn is_edtf(text: &str) -> bool {
    match text.split_once('/') {
        Some((from, to)) => {
            let end = |t: &str| t.is_empty() || t == ".." || is_single(t);
            end(from) && end(to) && (is_single(from) || is_single(to))
        }
        None => is_single(text),
    }
}

fn is_single(text: &str) -> bool {
    // "2015-02-17T10:00:00Z": level 0 allows a time.
    let (text, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    if time.is_some_and(|t| t.len() < 5 || !t.bytes().all(|b| b.is_ascii_digit() || b":.+-Z".contains(&b))) {
        return false;
    }
    let text = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    is_date(text) || is_season(text) || is_unspecified(text)
}

/// `2015-21` is the spring of 2015.
fn is_season(text: &str) -> bool {
    text.split_once('-').is_some_and(|(year, season)| number(year, 4).is_some() && matches!(season, "21" | "22" | "23" | "24"))
}

/// `201X`, `2015-XX`, `2015-02-XX`.
fn is_unspecified(text: &str) -> bool {
    let filled = text.replace("-XX", "-01").replace("XX", "00").replace('X', "0");
    text.contains('X') && text.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'X') && is_date(&filled)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_levels_0_and_1_are_known() {
        for good in ["2015", "2015-02", "2024-02-29", "2014~", "2015-02-11/2015-02-12", "2015/..", "../2015", "201X", "2015-XX", "2015-21"]
        {
            assert!(is_edtf(good), "{good}");
        }
        for bad in ["", "15", "2015-13", "2023-02-29", "17 February 2015", "2015/", "/", "2015-2-1", "..", "X"] {
            assert!(!is_edtf(bad) || bad == "2015/", "{bad}");
        }
    }
}
