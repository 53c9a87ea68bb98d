//! The number of a resolution as it is written after its word: `2202 (2015)`, `3314 (XXIX)`, `68/262`, `ES-11/1`, `2202`.

use super::cursor::{char_at, digits, one_of, space};
use crate::text::letters;

/// A number, and what it tells by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number<'p> {
    /// `2202`
    Plain(u32),
    /// `2202 (2015)`, with where the year stands.
    Year(u32, u16, (usize, usize)),
    /// `3314 (XXIX)`, `3201 (S-VI)`
    Session(u32, &'p str),
    /// `68/262`, `2015/25`, `46/36L`: session or year, and the number as written.
    Pair(u32, &'p str),
    /// `ES-11/1`, `S-10/2`
    Special(&'p str),
}

/// Reads the number at `at`, and where it ends.
pub(super) fn read(p: &str, at: usize) -> Option<(Number<'_>, usize)> {
    if let Some(special) = special(p, at) {
        return Some((Number::Special(&p[at..special]), special));
    }
    let end = digits(p, at);
    if end == at || end - at > 4 || p.as_bytes()[at] == b'0' {
        return None;
    }
    let number: u32 = p[at..end].parse().ok()?;
    match char_at(p, end) {
        Some('/') => return pair(p, end).map(|to| (Number::Pair(number, &p[end + 1..to]), to)),
        Some(c) if letters::is_alphanumeric(c) || c == '%' || c == '_' => return None,
        Some('.' | ',' | ':' | '-' | '–' | '×') if is_longer_number(p, at, end) => return None,
        _ => {}
    }
    if let Some((year, place, to)) = year(p, end) {
        return Some((Number::Year(number, year, place), to));
    }
    if let Some((session, to)) = session(p, end) {
        return Some((Number::Session(number, session), to));
    }
    (!is_measure(p, end)).then_some((Number::Plain(number), end))
}

/// `11/1` after `ES-`
fn special(p: &str, at: usize) -> Option<usize> {
    let from = one_of(p, at, &["ES-", "S-"])?;
    if !p.as_bytes()[at].is_ascii_uppercase() {
        return None;
    }
    let middle = digits(p, from);
    let slash = (middle > from && p[middle..].starts_with('/')).then_some(middle + 1)?;
    let end = digits(p, slash);
    (end > slash && !char_at(p, end).is_some_and(letters::is_alphanumeric)).then_some(end)
}

/// `/262`, `/36L`: no more slashes, no longer word.
fn pair(p: &str, slash: usize) -> Option<usize> {
    let end = digits(p, slash + 1);
    if end == slash + 1 || end - slash > 5 {
        return None;
    }
    let letter = match char_at(p, end) {
        Some(c) if c.is_ascii_uppercase() => end + 1,
        _ => end,
    };
    let closed = char_at(p, letter).is_none_or(|c| !letters::is_alphanumeric(c) && c != '/');
    closed.then_some(letter)
}

/// `1.5`, `1,080`, `12:30`, `2202-5`; but `2202.` and `2202, 5` are ours.
fn is_longer_number(p: &str, at: usize, end: usize) -> bool {
    let Some(sign) = char_at(p, end) else { return false };
    let from = end + sign.len_utf8();
    let more = digits(p, from) - from;
    match sign {
        ',' => more == 3 && end - at <= 3,
        _ => more > 0,
    }
}

/// `(2015)`, `(2015 г.)`: a year in parentheses after the number that ends at `end`.
pub(super) fn year(p: &str, end: usize) -> Option<(u16, (usize, usize), usize)> {
    let open = space(p, end);
    let from = p[open..].starts_with('(').then(|| space(p, open + 1))?;
    let to = digits(p, from);
    let year = (to - from == 4).then(|| p[from..to].parse().ok())??;
    let close = space(p, to);
    let close = one_of(p, close, &["года", "год", "г."]).map_or(close, |e| space(p, e));
    ((1900..2200).contains(&year) && p[close..].starts_with(')')).then_some((year, (from, to), close + 1))
}

/// `(XXIX)`, `(S-VI)`, `(ES-II)`
pub(super) fn session(p: &str, end: usize) -> Option<(&str, usize)> {
    let open = space(p, end);
    let from = p[open..].starts_with('(').then_some(open + 1)?;
    let len =
        p.as_bytes()[from..].iter().take(9).take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'S' | b'E' | b'-')).count();
    let roman = &p[from..from + len];
    let digits = roman.strip_prefix("ES-").or_else(|| roman.strip_prefix("S-")).unwrap_or(roman);
    let good = !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'));
    (good && p[from + len..].starts_with(')')).then_some((roman, from + len + 1))
}

/// "resolution 1080 × 720", "resolution 300 dpi": a picture's.
fn is_measure(p: &str, end: usize) -> bool {
    let from = space(p, end);
    one_of(p, from, &["x", "х", "×"]).is_some_and(|e| digits(p, space(p, e)) > space(p, e))
        || one_of(
            p,
            from,
            &[
                "dpi",
                "ppi",
                "px",
                "pixels",
                "pixel",
                "lines",
                "nm",
                "mm",
                "m",
                "cm",
                "km",
                "µm",
                "bits",
                "bit",
                "точек",
                "пикселей",
                "мм",
                "нм",
            ],
        )
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_told() {
        assert_eq!(read("2202 (2015),", 0), Some((Number::Year(2202, 2015, (6, 10)), 11)));
        assert_eq!(read("2202(2015)", 0).map(|r| r.1), Some(10));
        assert_eq!(read("2202\u{a0}(2015 г.)", 0).map(|r| r.0), Some(Number::Year(2202, 2015, (7, 11))));
        assert_eq!(read("3314 (XXIX)", 0), Some((Number::Session(3314, "XXIX"), 11)));
        assert_eq!(read("3201 (S-VI)", 0), Some((Number::Session(3201, "S-VI"), 11)));
        assert_eq!(read("68/262.", 0), Some((Number::Pair(68, "262"), 6)));
        assert_eq!(read("ES-11/1", 0), Some((Number::Special("ES-11/1"), 7)));
        assert_eq!(read("2202.", 0), Some((Number::Plain(2202), 4)));
        assert_eq!(read("2202 (the first)", 0), Some((Number::Plain(2202), 4)));
    }

    #[test]
    fn other_numbers_are_none() {
        for text in ["1080p", "1.5", "1,080", "12:30", "22020", "0", "5%", "1080 x 720", "1080 × 720", "300 dpi", "1267/1989/2253", ""] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }
}
