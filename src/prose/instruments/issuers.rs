//! Whose resolution it is: the words for the bodies that issue numbered resolutions.

use super::cursor::{bare, begins, char_at, floor, one_of, space, space_back, word, word_back};

/// A body that issues numbered resolutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Issuer {
    /// Security Council.
    Security,
    /// General Assembly.
    Assembly,
    /// Human Rights Council.
    Rights,
    /// Economic and Social Council.
    Social,
    /// The United Nations, and no word of which of its bodies.
    Nations,
    /// Another body whose resolutions are numbered alike: a parliament, PACE, UNESCO.
    Other,
}

/// The body whose name ends at `at`, and where the name begins: `UN Security Council's` before `resolution`.
pub(super) fn before(p: &str, at: usize) -> Option<(Issuer, usize)> {
    let (last, start) = word_back(p, space_back(p, at));
    let last = bare(last);
    let (previous, previous_start) = word_back(p, space_back(p, start));
    let two = |issuer| Some((issuer, previous_start));
    let (issuer, start) = match last {
        "Council" | "council" | "COUNCIL" => match bare(previous) {
            w if w.eq_ignore_ascii_case("Security") => two(Issuer::Security),
            w if w.eq_ignore_ascii_case("Rights") => two(Issuer::Rights),
            "Social" => two(Issuer::Social),
            w if w.starts_with(char::is_uppercase) && w != "The" => Some((Issuer::Other, start)),
            _ => None,
        },
        "Assembly" | "ASSEMBLY" => match previous {
            w if w.eq_ignore_ascii_case("General") => two(Issuer::Assembly),
            w if w.starts_with(char::is_uppercase) && w != "The" => Some((Issuer::Other, start)),
            _ => Some((Issuer::Assembly, start)),
        },
        _ => abbreviation(last).map(|issuer| (issuer, start)),
    }?;
    Some((issuer, nations_before(p, start, issuer)))
}

/// Where the name begins when `UN` or `United Nations` stands before it.
fn nations_before(p: &str, start: usize, issuer: Issuer) -> usize {
    if issuer == Issuer::Other {
        return start;
    }
    let (word, at) = word_back(p, space_back(p, start));
    match bare(word) {
        "UN" | "U.N" | "U.N." => at,
        "Nations" => match word_back(p, space_back(p, at)) {
            ("United", at) => at,
            _ => start,
        },
        _ => start,
    }
}

fn abbreviation(word: &str) -> Option<Issuer> {
    Some(match word {
        "UNSC" | "SC" | "S.C." | "S.C" | "Совбез" | "СБ" => Issuer::Security,
        "UNGA" | "GA" | "G.A." | "G.A" | "Генассамблея" | "Генассамблеи" | "ГА" => Issuer::Assembly,
        "HRC" | "UNHRC" => Issuer::Rights,
        "ECOSOC" | "ЭКОСОС" => Issuer::Social,
        "UN" | "U.N." | "U.N" | "Nations" | "ООН" => Issuer::Nations,
        "PACE"
        | "Parliament"
        | "Congress"
        | "House"
        | "Senate"
        | "IAEA"
        | "UNESCO"
        | "WHO"
        | "WHA"
        | "OAS"
        | "ILO"
        | "ICAO"
        | "IMO"
        | "NATO"
        | "EP"
        | "Bundestag"
        | "Duma"
        | "Knesset"
        | "Committee"
        | "Conference"
        | "League"
        | "OIC"
        | "ПАСЕ"
        | "ОБСЕ"
        | "МАГАТЭ"
        | "ЮНЕСКО"
        | "Европарламент"
        | "Европарламента"
        | "Думы"
        | "Конгресса"
        | "Сената" => Issuer::Other,
        _ => return None,
    })
}

/// The body whose name begins at `at`, in English or Russian, and where it ends: `the UN Security Council`,
/// `Совета Безопасности ООН`.
pub(super) fn at(p: &str, at: usize) -> Option<(Issuer, usize)> {
    let mut at = at;
    let mut nations = None;
    // "the", "UN", "United Nations", in that order and each at most once
    for words in [&["the"][..], &["UN's", "UN", "U.N.", "United Nations", "ООН"]] {
        if let Some(end) = one_of(p, at, words) {
            nations = (words.len() > 1).then_some(end);
            at = space(p, end);
        }
    }
    let name = english(p, at).or_else(|| russian(p, at));
    match (name, nations) {
        (Some((issuer, end)), _) => Some((issuer, nations_after(p, end))),
        (None, Some(end)) => Some((Issuer::Nations, end)),
        (None, None) => None,
    }
}

fn english(p: &str, at: usize) -> Option<(Issuer, usize)> {
    const NAMES: &[(&[&str], Issuer)] = &[
        (&["Security", "Council"], Issuer::Security),
        (&["General", "Assembly"], Issuer::Assembly),
        (&["Human", "Rights", "Council"], Issuer::Rights),
        (&["Economic", "and", "Social", "Council"], Issuer::Social),
        (&["Parliamentary", "Assembly"], Issuer::Other),
        (&["Council", "of", "Europe"], Issuer::Other),
        (&["European", "Parliament"], Issuer::Other),
    ];
    let first = char_at(p, at)?;
    if !first.is_ascii_uppercase() {
        return None;
    }
    for (words, issuer) in NAMES.iter().filter(|(words, _)| words[0].starts_with(first)) {
        let mut end = at;
        let all = words.iter().enumerate().all(|(i, w)| {
            let from = if i == 0 { end } else { space(p, end) };
            one_of(p, from, &[w]).map(|e| end = e).is_some()
        });
        if all {
            return Some((*issuer, end));
        }
    }
    let (word, end) = word(p, at);
    // a "Committee" or "Conference" beside the word tells; somewhere in the sentence it does not
    let short = ["UNSC", "SC", "S.C.", "UNGA", "GA", "G.A.", "HRC", "UNHRC", "ECOSOC", "PACE"].contains(&bare(word));
    abbreviation(bare(word)).filter(|_| short).map(|issuer| (issuer, end))
}

fn russian(p: &str, at: usize) -> Option<(Issuer, usize)> {
    let (first, end) = word(p, at);
    let starts = |stems: &[&str]| stems.iter().any(|s| first.starts_with(s));
    if !starts(&["Сов", "СБ", "Ген", "ГА", "ЭК", "ПА", "Пар", "Евро", "МАГ", "ЮН", "Дум", "Конг", "Сен", "ОБ"])
    {
        return None;
    }
    let second_at = nations_after(p, end);
    let (second, second_end) = word(p, space(p, second_at));
    if first.starts_with("Совбез") {
        return Some((Issuer::Security, end));
    }
    if first.starts_with("Генассамбле") {
        return Some((Issuer::Assembly, end));
    }
    if first.starts_with("Совет") {
        if second.starts_with("Безопасност") || second.starts_with("безопасност") {
            return Some((Issuer::Security, second_end));
        }
        let (third, third_end) = word(p, space(p, second_end));
        let (_, fourth_end) = word(p, space(p, third_end));
        return (second == "по" && third == "правам").then_some((Issuer::Rights, fourth_end));
    }
    if (first.starts_with("Генеральн") || first.starts_with("Парламентск")) && second.to_lowercase().starts_with("ассамбле")
    {
        return Some((if first.starts_with('Г') { Issuer::Assembly } else { Issuer::Other }, second_end));
    }
    abbreviation(first).map(|issuer| (issuer, end))
}

/// Past `ООН` or `Организации Объединённых Наций` after a body's name.
fn nations_after(p: &str, end: usize) -> usize {
    let from = space(p, end);
    let (first, first_end) = word(p, from);
    if first == "ООН" {
        return first_end;
    }
    if !first.starts_with("Организаци") {
        return end;
    }
    let (second, second_end) = word(p, space(p, first_end));
    let (third, third_end) = word(p, space(p, second_end));
    if second.starts_with("Объединенн") || second.starts_with("Объединённ") {
        if third.starts_with("Наци") { third_end } else { end }
    } else {
        end
    }
}

/// The body that `, adopted by the …` or `of the …` names after a number that ends at `end`, and where its name ends.
pub(super) fn after(p: &str, end: usize) -> Option<(Issuer, usize)> {
    let from = space(p, end);
    if from > end
        && let Some((issuer, end)) = russian(p, from)
    {
        return Some((issuer, nations_after(p, end)));
    }
    let comma = if p[from..].starts_with(',') { space(p, from + 1) } else { from };
    let from = one_of(p, comma, &["of", "by"]).or_else(|| {
        let adopted = one_of(p, comma, &["adopted", "passed"])?;
        one_of(p, space(p, adopted), &["by"])
    })?;
    at(p, space(p, from))
}

/// How far a sentence is read for a body's name, in bytes.
const REACH: usize = 300;

/// The body that the sentence names last before `at`, else first after `end`, of those that `fits`.
pub(super) fn in_sentence(p: &str, at: usize, end: usize, fits: impl Fn(Issuer) -> bool) -> Option<Issuer> {
    let start = sentence_start(p, at);
    let stop = sentence_end(p, end);
    named(&p[start..at], &fits).last().or_else(|| named(&p[end..stop], &fits).next())
}

/// The body named last in the `reach` bytes before `at`, of those that `fits`.
pub(super) fn earlier(p: &str, at: usize, reach: usize, fits: impl Fn(Issuer) -> bool) -> Option<Issuer> {
    let start = floor(p, at.saturating_sub(reach));
    named(&p[start..at], &fits).last()
}

fn named<'p>(p: &'p str, fits: &'p impl Fn(Issuer) -> bool) -> impl Iterator<Item = Issuer> + 'p {
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < p.len() {
            let c = char_at(p, from)?;
            let here = from;
            from += c.len_utf8();
            if !c.is_uppercase() || !begins(p, here) {
                continue;
            }
            if let Some((issuer, end)) = at(p, here).filter(|(issuer, _)| fits(*issuer)) {
                from = end.max(from);
                return Some(issuer);
            }
        }
        None
    })
}

fn sentence_start(p: &str, at: usize) -> usize {
    let from = floor(p, at.saturating_sub(REACH));
    let bytes = p.as_bytes();
    (from + 1..at).rev().find(|&i| ends_sentence(bytes, i - 1)).unwrap_or(from)
}

fn sentence_end(p: &str, end: usize) -> usize {
    let stop = floor(p, (end + REACH).min(p.len()));
    let bytes = p.as_bytes();
    (end..stop).find(|&i| ends_sentence(bytes, i)).unwrap_or(stop)
}

/// Whether the byte at `i` ends a sentence: a stop before white space, but not that of an initial or of `U.N.`; or an item's end.
fn ends_sentence(bytes: &[u8], i: usize) -> bool {
    let space = |j: usize| bytes.get(j).is_none_or(u8::is_ascii_whitespace);
    match bytes[i] {
        b'!' | b'?' => space(i + 1),
        b'.' => space(i + 1) && !(i >= 1 && bytes[i - 1].is_ascii_uppercase()) && !(i >= 2 && bytes[i - 2] == b'.'),
        b'\n' => i >= 1 && matches!(bytes[i - 1], b';' | b'\n'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> Option<(Issuer, &str)> {
        before(text, text.len()).map(|(issuer, at)| (issuer, &text[at..]))
    }

    fn begins_with(text: &str) -> Option<(Issuer, &str)> {
        at(text, 0).map(|(issuer, end)| (issuer, &text[..end]))
    }

    #[test]
    fn a_body_before_the_word() {
        assert_eq!(ends("by UN Security Council "), Some((Issuer::Security, "UN Security Council ")));
        assert_eq!(ends("the United Nations\nSecurity Council's "), Some((Issuer::Security, "United Nations\nSecurity Council's ")));
        assert_eq!(ends("the U.N. General Assembly "), Some((Issuer::Assembly, "U.N. General Assembly ")));
        assert_eq!(ends("Human Rights Council").map(|e| e.0), Some(Issuer::Rights));
        assert_eq!(ends("the Parliamentary Assembly ").map(|e| e.0), Some(Issuer::Other));
        assert_eq!(ends("a town council "), None);
        assert_eq!(ends("its "), None);
    }

    #[test]
    fn a_body_after_it() {
        assert_eq!(begins_with("the UN Security Council and"), Some((Issuer::Security, "the UN Security Council")));
        assert_eq!(begins_with("Совета Безопасности ООН призвала"), Some((Issuer::Security, "Совета Безопасности ООН")));
        assert_eq!(begins_with("Совета ООН по правам человека"), Some((Issuer::Rights, "Совета ООН по правам человека")));
        assert_eq!(begins_with("Генеральной Ассамблеи"), Some((Issuer::Assembly, "Генеральной Ассамблеи")));
        assert_eq!(begins_with("Совета министров"), None);
    }

    #[test]
    fn the_sentence_tells_by_the_nearest_name() {
        let text = "The General Assembly met. The U.N. Human Rights Council voted, and in its ";
        assert_eq!(in_sentence(text, text.len(), text.len(), |_| true), Some(Issuer::Rights));
        assert_eq!(in_sentence("in its , said the Security Council.", 7, 7, |_| true), Some(Issuer::Security));
    }
}
