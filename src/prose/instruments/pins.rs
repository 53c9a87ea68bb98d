//! Pinpoints in words beside a name: `paragraph 13 (a) of resolution 2202`, `NAME, annex I, para. 3`, `статья 41 Устава ООН`.

use super::cursor::{begins, char_at, digits, floor, one_of, space, space_back, word_back};
use crate::syntax::{Pin, parse_pin};
use crate::text::{Span, letters};

/// Words for parts of an instrument and the sign of their kind. Longer ones before those they begin with. `para` is an operative
/// paragraph in a resolution outside its annexes; `пункт` is one there, and elsewhere a point.
const KINDS: &[(&str, &str)] = &[
    ("operative paragraphs", "op"),
    ("operative paragraph", "op"),
    ("operative paras.", "op"),
    ("operative para.", "op"),
    ("preambular paragraphs", "pp"),
    ("preambular paragraph", "pp"),
    ("preambular paras.", "pp"),
    ("preambular para.", "pp"),
    ("paragraphs", "para"),
    ("paragraph", "para"),
    ("paras.", "para"),
    ("paras", "para"),
    ("para.", "para"),
    ("para", "para"),
    ("OPs", "op"),
    ("OP", "op"),
    ("PPs", "pp"),
    ("PP", "pp"),
    ("articles", "art"),
    ("article", "art"),
    ("arts.", "art"),
    ("art.", "art"),
    ("sections", "sec"),
    ("section", "sec"),
    ("sec.", "sec"),
    ("chapters", "ch"),
    ("chapter", "ch"),
    ("annexes", "annex"),
    ("annex", "annex"),
    ("points", "point"),
    ("point", "point"),
    ("¶¶", "para"),
    ("¶", "para"),
];

/// Russian words by their stems; the rest of the word is an ending of at most three letters.
const STEMS: &[(&str, &str)] = &[
    ("пункт", "пункт"),
    ("стать", "art"),
    ("статей", "art"),
    ("приложени", "annex"),
    ("глав", "ch"),
    ("раздел", "sec"),
    ("параграф", "para"),
];

/// Russian abbreviations.
const SHORT: &[(&str, &str)] = &[("пп.", "пункт"), ("п.", "пункт"), ("ст.", "art"), ("гл.", "ch")];

const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

/// Words that may stand between "of" and a name without being part of it.
const FILLERS: &[&str] = &[
    "the",
    "its",
    "that",
    "this",
    "said",
    "UN",
    "U.N.",
    "United",
    "Nations",
    "Security",
    "Council's",
    "Council’s",
    "Council",
    "General",
    "Assembly's",
    "Assembly’s",
    "Assembly",
    "Human",
    "Rights",
    "Commission",
    "Implementing",
    "Delegated",
    "landmark",
    "relevant",
    "resolutions",
    "resolution",
    "of the Secretary-General",
    "Secretary-General's",
    "Secretary-General’s",
    "Secretary-General",
    "presidential",
    "document",
    "report",
    "letter",
    "note",
    "statement",
    "постановляющей",
    "части",
    "его",
    "её",
    "ее",
    "этой",
    "данной",
    "указанной",
    "резолюций",
    "резолюции",
    "СБ",
    "ООН",
    "Совета",
    "Безопасности",
    "документа",
    "доклада",
    "письма",
    "записки",
    "заявления",
    "Генерального",
    "секретаря",
    "Председателя",
];

/// The pinpoint written beside an instrument's name at `name`: "Article 41 of NAME", "NAME, art. 41"; and where.
///
/// In a resolution, told by the words of the name, a paragraph is an operative one (`op-4`), otherwise
/// `para-4`; a caller who knows the name to be a resolution's may say so instead. Of several numbers the first counts.
#[must_use]
pub fn pin_beside(text: &str, passage: Span, name: Span) -> Option<(Pin, Span)> {
    let words = name.slice(text);
    let resolution = ["esolution", "ESOLUTION", "/RES/", "SCR", "Res. ", "res. ", "езолюци"].iter().any(|sign| words.contains(sign));
    find(text, passage, name, resolution || is_numbered(words))
}

/// `2202 (2015)`, as lists have it.
fn is_numbered(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit()) && words.ends_with(')')
}

/// The same when it is known whether the name is a resolution's.
pub(super) fn find(text: &str, passage: Span, name: Span, resolution: bool) -> Option<(Pin, Span)> {
    let p = passage.slice(text);
    let start = (name.start.checked_sub(passage.start)?) as usize;
    let end = (name.end.checked_sub(passage.start)?) as usize;
    if !p.is_char_boundary(start) || !p.is_char_boundary(end) || p.is_empty() {
        return None;
    }
    let (pin, from, to) = before(p, start, resolution).or_else(|| after(p, end, resolution))?;
    let base = passage.start as usize;
    Some((pin, Span::from(base + from..base + to)))
}

/// How far before a name its pinpoint may begin, in bytes.
const REACH: usize = 140;

fn before(p: &str, name: usize, resolution: bool) -> Option<(Pin, usize, usize)> {
    follows_number(p, name).then_some(())?;
    let near = floor(p, name.saturating_sub(REACH));
    let mut at = near;
    while let Some(c) = char_at(p, at).filter(|_| at < name) {
        let here = at;
        at += c.len_utf8();
        if !"acefnopst¶псгр".contains(c.to_lowercase().next().unwrap_or(c)) || !begins(p, here) {
            continue;
        }
        let Some((parts, end)) = chain(p, here) else { continue };
        if leads_to(p, end, name) {
            let pin = pin(parts.iter().rev(), resolution)?;
            return Some((pin, here, end));
        }
        // a chain that leads elsewhere is passed over as a whole
        at = end.max(at);
    }
    None
}

/// Whether the words before a name may end a pinpoint: "of", "to" and the like, or in Russian a number. Most names have none, and are
/// dismissed here.
fn follows_number(p: &str, name: usize) -> bool {
    let mut at = space_back(p, name);
    // "paragraph 14 of the report (S/2017/586)"
    at = p[..at].strip_suffix('(').map_or(at, |head| space_back(p, head.len()));
    for _ in 0..8 {
        let (last, start) = word_back(p, at);
        if matches!(last, "of" | "to" | "in" | "under" | "from" | "к" | "в")
            || last.ends_with(|c: char| c.is_ascii_digit() || "IVXLCivxlc".contains(c))
        {
            return true;
        }
        if last.is_empty() || !FILLERS.iter().any(|f| f.eq_ignore_ascii_case(last)) {
            return p[..at].ends_with(')');
        }
        at = space_back(p, start);
    }
    false
}

/// Parts joined by "of", inner before outer: `paragraph 3 of annex II`.
fn chain(p: &str, at: usize) -> Option<(Vec<Part>, usize)> {
    let (first, mut end) = part(p, at)?;
    let mut parts = vec![first];
    while parts.len() < 3 {
        let joined = one_of(p, space(p, end), &["of the", "of", "to the", "to", "in the", "in", "к"]).unwrap_or(end);
        let Some((next, to)) = part(p, space(p, joined)) else { break };
        parts.push(next);
        end = to;
    }
    Some((parts, end))
}

/// Whether nothing but "of", "to", "in", words like "the Security Council", and an opening bracket stands between a pinpoint and a name.
fn leads_to(p: &str, end: usize, name: usize) -> bool {
    let mut at = space(p, end);
    if let Some(of) = one_of(p, at, &["of", "to", "in", "under", "from", "к", "в"]) {
        at = space(p, of);
    } else if !char_at(p, at).is_some_and(|c| ('А'..='я').contains(&c)) {
        return false;
    }
    for _ in 0..8 {
        if at >= name {
            break;
        }
        let Some(next) = one_of(p, at, FILLERS) else { break };
        at = space(p, next);
    }
    let at = one_of(p, at, &["("]).filter(|_| at < name).map_or(at, |open| space(p, open));
    at == name && end < name
}

fn after(p: &str, name: usize, resolution: bool) -> Option<(Pin, usize, usize)> {
    let gap = space(p, name);
    let open = one_of(p, gap, &[",", "("]).unwrap_or(gap);
    let from = space(p, open);
    (from > name).then_some(())?;
    let (first, mut end) = part(p, from)?;
    let mut parts = vec![first];
    while parts.len() < 3 {
        let comma = space(p, end);
        let Some((next, to)) = one_of(p, comma, &[","]).and_then(|c| part(p, space(p, c))) else { break };
        parts.push(next);
        end = to;
    }
    // "resolution 2202, Article 41 of the Charter": the article is the Charter's
    let next = space(p, end);
    let elsewhere = one_of(p, next, &["of", "to", "in the", "in"]).is_some() || char_at(p, next).is_some_and(|c| ('А'..='я').contains(&c));
    (!elsewhere || p[next..].starts_with("of which")).then_some(())?;
    Some((pin(parts.iter(), resolution)?, from, end))
}

/// One part: the sign of its kind, and its number with what is below it.
struct Part {
    kind: &'static str,
    number: String,
}

fn pin<'a>(outer_first: impl Iterator<Item = &'a Part> + Clone, resolution: bool) -> Option<Pin> {
    let plain = resolution && !outer_first.clone().any(|part| part.kind == "annex");
    let parts = outer_first.map(|part| {
        let kind = match part.kind {
            "para" if plain => "op",
            "пункт" if plain => "op",
            "пункт" => "point",
            kind => kind,
        };
        format!("{kind}-{}", part.number)
    });
    parse_pin(&parts.collect::<Vec<_>>().join("."))
}

fn part(p: &str, at: usize) -> Option<(Part, usize)> {
    if let Some(found) = ordinal(p, at) {
        return Some(found);
    }
    let (kind, end) = kind(p, at)?;
    let from = space(p, end);
    let (number, mut end) = number(p, from)?;
    let mut number = number;
    for _ in 0..3 {
        let Some((below, to)) = sub(p, end) else { break };
        number.push('.');
        number.push_str(&below);
        end = to;
    }
    Some((Part { kind, number }, others(p, end)))
}

fn kind(p: &str, at: usize) -> Option<(&'static str, usize)> {
    if char_at(p, at)?.is_ascii() || p[at..].starts_with('¶') {
        return KINDS.iter().find_map(|(word, kind)| one_of(p, at, &[word]).map(|end| (*kind, end)));
    }
    if let Some(found) = SHORT.iter().find_map(|(word, kind)| p[at..].starts_with(word).then_some((*kind, at + word.len()))) {
        return Some(found);
    }
    let (word, end) = super::cursor::word(p, at);
    let lower = word.to_lowercase();
    let stem = STEMS.iter().find(|(stem, _)| lower.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= 3))?;
    Some((stem.1, end))
}

/// `third preambular paragraph`
fn ordinal(p: &str, at: usize) -> Option<(Part, usize)> {
    let (i, end) = ORDINALS.iter().enumerate().find_map(|(i, word)| one_of(p, at, &[word]).map(|end| (i + 1, end)))?;
    let from = space(p, end);
    let end = one_of(p, from, &["preambular paragraph", "preambular para."]).map(|end| ("pp", end));
    let (kind, end) = end.or_else(|| one_of(p, from, &["operative paragraph"]).map(|end| ("op", end)))?;
    Some((Part { kind, number: i.to_string() }, end))
}

/// `13`, `VII`, `II`: a whole word.
fn number(p: &str, at: usize) -> Option<(String, usize)> {
    let end = digits(p, at);
    let end = if end > at { end } else { at + p.as_bytes().get(at..)?.iter().take(8).take_while(|b| b"IVXLCivxlc".contains(b)).count() };
    let whole = end > at && end - at <= 8 && !char_at(p, end).is_some_and(|c| letters::is_alphanumeric(c) || c == '/');
    whole.then(|| (p[at..end].to_ascii_lowercase(), end))
}

/// `(a)`, ` (2)`, `a)`: what is below a number.
fn sub(p: &str, at: usize) -> Option<(String, usize)> {
    let from = one_of(p, space(p, at), &["("])?;
    let len = p.as_bytes()[from..].iter().take(4).take_while(|b| b.is_ascii_digit() || b.is_ascii_lowercase()).count();
    let text = &p[from..from + len];
    let good = len > 0 && (text.bytes().all(|b| b.is_ascii_digit()) || text.bytes().all(|b| b.is_ascii_lowercase()));
    // four digits are a year
    (good && len < 4 && p[from + len..].starts_with(')')).then(|| (text.to_owned(), from + len + 1))
}

/// Past further numbers: `4, 5 and 6`, `4 to 7`, `4–7`.
fn others(p: &str, end: usize) -> usize {
    let mut end = end;
    for _ in 0..32 {
        let from = space(p, end);
        let Some(sign) = one_of(p, from, &[", and", ",", "and", "or", "to", "–", "-", "и", "или"]) else { break };
        let Some((_, to)) = number(p, space(p, sign)).filter(|(n, _)| n.starts_with(|c: char| c.is_ascii_digit())) else { break };
        end = to;
        while let Some((_, to)) = sub(p, end) {
            end = to;
        }
    }
    end
}

/// A pinpoint's sign, for tests.
#[cfg(test)]
pub(super) fn sign(pin: Option<(Pin, Span)>) -> Option<smol_str::SmolStr> {
    pin.map(|(pin, _)| pin.0)
}
