//! A cited work in one line, by author and year, for people who only want to know which one it is.
//!
//! Not here: styles of journals. Whoever prints a bibliography has Pandoc for it.

use crate::registry::Record;

/// Authors named before "et al.".
const MOST_AUTHORS: usize = 3;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// `Lavrov, S. (2017). *Title*. TASS, 16 March 2017.` in Markdown. What is not known is left out; the key stands for a work of
/// which nothing is known.
#[must_use]
pub fn reference(record: &Record) -> String {
    let source = record.source.as_deref();
    let title = record.name().map(|n| escape(n.value));
    let date = record.date.as_ref().map(|d| d.value.as_str());
    let authors = source.map(|s| authors(&s.authors)).unwrap_or_default();
    let container = source.and_then(|s| s.container.as_deref().or(s.publisher.as_deref()));
    let mut out = String::new();
    if !authors.is_empty() {
        out.push_str(&authors);
        out.push(' ');
    }
    if let Some(year) = date.and_then(year) {
        out.push_str(&format!("({year}). "));
    } else if !authors.is_empty() {
        out.push_str("(n.d.). ");
    }
    out.push_str(&match &title {
        Some(title) => format!("*{}*.", title.trim_end_matches('.')),
        None => format!("`{}`.", record.id.value),
    });
    let tail: Vec<String> = [
        container.map(escape),
        source.and_then(|s| s.pages.as_deref()).map(escape),
        source.filter(|s| s.container.is_some()).and_then(|s| s.publisher.as_deref()).filter(|p| Some(*p) != container).map(escape),
        date.and_then(day),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !tail.is_empty() {
        out.push_str(&format!(" {}.", tail.join(", ").trim_end_matches('.')));
    }
    out
}

/// `Kerry, J., Lavrov, S. & Steinmeier, F.-W.`
fn authors(all: &[(smol_str::SmolStr, smol_str::SmolStr)]) -> String {
    let shown: Vec<String> = all.iter().take(if all.len() > MOST_AUTHORS { 1 } else { MOST_AUTHORS }).map(|(f, g)| author(f, g)).collect();
    match shown.as_slice() {
        [] => String::new(),
        [first] if all.len() > MOST_AUTHORS => format!("{first} et al."),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} & {last}", rest.join(", ")),
    }
}

fn author(family: &str, given: &str) -> String {
    let initials: Vec<String> = given
        .split_whitespace()
        .map(|name| {
            let parts: Vec<String> =
                name.split('-').filter_map(|part| part.chars().next()).filter(|c| c.is_alphanumeric()).map(|c| format!("{c}.")).collect();
            parts.join("-")
        })
        .filter(|name| !name.is_empty())
        .collect();
    if initials.is_empty() { escape(family) } else { format!("{}, {}", escape(family), initials.join(" ")) }
}

/// Characters that Markdown would take for marks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '*' | '_' | '[' | ']' | '<' | '`' | '\\') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// `2017`, or `2017–2019` of an interval over years.
fn year(date: &str) -> Option<String> {
    let of = |end: &str| end.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    match date.split_once('/') {
        Some((from, to)) => match (of(from), of(to)) {
            (Some(from), Some(to)) if from != to => Some(format!("{from}–{to}")),
            (from, to) => from.or(to),
        },
        None => of(date),
    }
}

/// `16 March 2017` or `March 2017`; nothing for a year alone, which stands behind the authors.
fn day(date: &str) -> Option<String> {
    if let Some((from, to)) = date.split_once('/') {
        return match (day(from), day(to)) {
            (Some(from), Some(to)) => Some(format!("{from} – {to}")),
            (from, to) => from.or(to),
        };
    }
    let mut parts = date.trim_end_matches(['~', '?', '%']).split('T').next()?.split('-');
    let (year, month) = (parts.next()?, parts.next()?.parse::<usize>().ok()?);
    let month = MONTHS.get(month.checked_sub(1)?)?;
    match parts.next().and_then(|d| d.parse::<u32>().ok()) {
        Some(day) => Some(format!("{day} {month} {year}")),
        None => Some(format!("{month} {year}")),
    }
}
