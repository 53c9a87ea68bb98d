//! CSL-JSON and CSL-YAML: one reader over their common tree.
//!
//! Whatever reference managers add (`custom`, arrays, `issued.raw`, ranges of dates) is tolerated; what has
//! no place in a [`Source`] is passed over.

use std::sync::Arc;

use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::RULE;
use crate::registry::tree::{Node, Value};
use crate::registry::{Parsed, Rare, Record, RecordKind, Source, Spanned, Written, json, yaml};
use crate::text::{Fault, Span};

/// Reads a CSL-JSON file: a list of items, or a map that holds one under `items` or `references`. Spans are bytes of `text`.
#[must_use]
pub fn parse_csl_json(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return parsed;
    }
    match json::parse(text) {
        Ok(node) => items(&node, &mut parsed),
        Err(_) => {
            let start = text.find('[').unwrap_or(0);
            let (nodes, stops) = json::parse_list(&text[start..]);
            for mut node in nodes {
                node.shift(start as u32);
                item(&node, &mut parsed);
            }
            parsed.faults.extend(stops.iter().map(|stop| stopped(text, start + stop.at, stop.message)));
        }
    }
    parsed.incomplete = !parsed.faults.is_empty();
    parsed
}

fn stopped(text: &str, at: usize, message: &str) -> Fault {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let line = text[at..].lines().next().unwrap_or_default().trim_end();
    let span = if line.is_empty() { Span::at(at as u32) } else { Span::from(at..at + line.len()) };
    Fault::new(RULE, span, format!("the item cannot be read: {message}")).help("the item is left out, all others are used")
}

/// Reads a CSL-YAML file: a list of items, or one under `references`. Spans are bytes of `text`.
#[must_use]
pub fn parse_csl_yaml(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let body = within_fences(text);
    let (nodes, faults) = yaml::items(body.slice(text), RULE);
    parsed.faults = faults;
    for fault in &mut parsed.faults {
        fault.span = fault.span.shift(body.start);
    }
    for mut node in nodes {
        node.shift(body.start);
        if node.get("references").is_some() { items(&node, &mut parsed) } else { item(&node, &mut parsed) }
    }
    parsed.incomplete = !parsed.faults.is_empty();
    parsed
}

/// Pandoc writes `---` before and `---` or `...` behind.
fn within_fences(text: &str) -> Span {
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let whole = Span::from(start..text.len());
    let Some(rest) = whole.slice(text).strip_prefix("---") else { return whole };
    let from = text.len() - rest.len();
    let mut at = from;
    for line in rest.split_inclusive('\n') {
        if at > from && matches!(line.trim_end(), "---" | "...") {
            return Span::from(from..at);
        }
        at += line.len();
    }
    Span::from(from..text.len())
}

fn items(node: &Node<'_>, parsed: &mut Parsed) {
    let listed = ["references", "items"].iter().find_map(|key| node.get(key));
    match listed {
        Some(list) => list.items().iter().for_each(|node| item(node, parsed)),
        None => node.items().iter().for_each(|node| item(node, parsed)),
    }
}

fn item(node: &Node<'_>, parsed: &mut Parsed) {
    if !matches!(node.value, Value::Map(_)) {
        parsed.faults.push(Fault::new(RULE, node.span, format!("an item is a map of keys, and this is {}", node.what())));
        return;
    }
    let id = ["id", "citation-key", "citekey"].iter().find_map(|key| spanned(node, key));
    let Some(id) = id else {
        let place = node.entries().first().map_or(node.span, |(key, _)| key.span);
        parsed.faults.push(Fault::new(RULE, place, "the item has no `id`").help("nothing can cite a work without one"));
        return;
    };
    let extra = |key: &str| words(node, key).or_else(|| node.get("custom").and_then(|c| words(c, key))).or_else(|| of_note(node, key));
    // Zotero writes where an archived copy lies there; libraries write a shelf.
    let address_in_archive = || words(node, "archive_location").filter(|place| place.starts_with("http"));
    let source = Source {
        work: words(node, "type").unwrap_or_else(|| "document".into()),
        authors: ["author", "editor"].iter().find_map(|key| node.get(key)).map(authors).unwrap_or_default(),
        container: ["container-title", "collection-title", "event-title", "event"].iter().find_map(|key| words(node, key)),
        publisher: words(node, "publisher"),
        pages: volume_and_pages(words(node, "volume").as_deref(), words(node, "issue").as_deref(), words(node, "page").as_deref()),
        url: spanned(node, "URL").or_else(|| spanned(node, "url")),
        doi: words(node, "DOI").or_else(|| words(node, "doi")).map(|doi| bare_doi(&doi)),
        accessed: node.get("accessed").and_then(date),
        archived: ["archived", "archive-url", "archiveurl"].iter().find_map(|key| extra(key)).or_else(address_in_archive),
        file: spanned(node, "file").or_else(|| node.get("custom").and_then(|c| spanned(c, "file"))).or_else(|| note_file(node)),
        sha256: extra("sha256"),
        origin: extra("origin"),
        lang: words(node, "language"),
    };
    let issued = node.get("issued").and_then(|n| Some(Spanned { value: date(n)?, span: n.span }));
    let title = spanned(node, "title");
    let rare = Rare {
        date: issued,
        note: ["annote", "abstract"].iter().find_map(|key| spanned(node, key)),
        source: Some(Box::new(source)),
        ..Rare::default()
    };
    parsed.records.push(Arc::new(Record {
        id,
        span: node.span,
        kind: RecordKind::Source,
        written: Written::of(node.get("type").map(|n| n.span), title.as_ref().map(Spanned::as_str), std::iter::empty()),
        rare: Some(Box::new(rare)),
    }));
}

/// A text under a key; the first of a list.
fn spanned(node: &Node<'_>, key: &str) -> Option<Spanned<SmolStr>> {
    let value = node.get(key)?.items().first()?;
    let words = value.text()?.trim();
    (!words.is_empty()).then(|| Spanned { value: words.into(), span: value.span })
}

fn words(node: &Node<'_>, key: &str) -> Option<SmolStr> {
    spanned(node, key).map(|s| s.value)
}

/// Zotero keeps fields of one's own as `key: value` lines in `note`.
fn of_note(node: &Node<'_>, key: &str) -> Option<SmolStr> {
    let note = node.get("note")?.text()?;
    note.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case(key).then(|| value.trim().to_smolstr())
    })
}

fn note_file(node: &Node<'_>) -> Option<Spanned<SmolStr>> {
    Some(Spanned { value: of_note(node, "file")?, span: node.get("note")?.span })
}

fn authors(node: &Node<'_>) -> Vec<(SmolStr, SmolStr)> {
    node.items().iter().filter_map(author).collect()
}

fn author(node: &Node<'_>) -> Option<(SmolStr, SmolStr)> {
    if let Some(literal) = node.text().map(SmolStr::new).or_else(|| words(node, "literal")) {
        return Some((literal, SmolStr::default()));
    }
    let family = words(node, "family")?;
    let family = match words(node, "non-dropping-particle").or_else(|| words(node, "dropping-particle")) {
        Some(particle) => format_smolstr!("{particle} {family}"),
        None => family,
    };
    Some((family, words(node, "given").unwrap_or_default()))
}

/// `{"date-parts": [[2017, 3, 16], …]}`, `{"raw": …}`, `{"literal": …}`, a text, or a number; as EDTF where it can be.
fn date(node: &Node<'_>) -> Option<SmolStr> {
    if let Some(text) = node.text() {
        return Some(text.trim().to_smolstr()).filter(|t| !t.is_empty());
    }
    // CSL-YAML writes a list of maps: [{year: 2017, month: 3}].
    if let Value::List(ends) = &node.value {
        let days: Vec<SmolStr> = ends.iter().filter_map(|end| day(["year", "month", "day"].map(|k| words(end, k)))).collect();
        return interval(&days);
    }
    if let Some(parts) = node.get("date-parts") {
        let lists = parts.items().iter().filter(|part| matches!(part.value, Value::List(_)));
        let mut ends: Vec<SmolStr> = lists.filter_map(|part| day(parts_of(part))).collect();
        if ends.is_empty() {
            ends.extend(day(parts_of(parts)));
        }
        let circa = node.get("circa").is_some_and(|c| !matches!(c.text(), Some("false" | "0") | None));
        return interval(&ends).map(|date| if circa { format_smolstr!("{date}~") } else { date });
    }
    day(["year", "month", "day"].map(|k| words(node, k))).or_else(|| ["raw", "literal", "edtf"].iter().find_map(|k| words(node, k)))
}

fn parts_of(part: &Node<'_>) -> [Option<SmolStr>; 3] {
    let mut texts = part.items().iter().map(|n| n.text().map(SmolStr::new));
    [(); 3].map(|()| texts.next().flatten())
}

fn day([year, month, day]: [Option<SmolStr>; 3]) -> Option<SmolStr> {
    let number = |text: Option<SmolStr>| text.and_then(|t| t.parse::<u32>().ok());
    let year = number(year).filter(|&y| y > 0 && y < 10_000)?;
    Some(match (number(month).filter(|m| (1..=12).contains(m)), number(day).filter(|d| (1..=31).contains(d))) {
        (Some(month), Some(day)) => format_smolstr!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format_smolstr!("{year:04}-{month:02}"),
        _ => format_smolstr!("{year:04}"),
    })
}

fn interval(ends: &[SmolStr]) -> Option<SmolStr> {
    match ends {
        [] => None,
        [one] => Some(one.clone()),
        [from, to, ..] => Some(format_smolstr!("{from}/{to}")),
    }
}

/// `12(3), 4–9`, of what there is.
pub(super) fn volume_and_pages(volume: Option<&str>, issue: Option<&str>, pages: Option<&str>) -> Option<SmolStr> {
    let volume = match (volume, issue) {
        (Some(volume), Some(issue)) => Some(format_smolstr!("{volume}({issue})")),
        (volume, issue) => volume.or(issue).map(SmolStr::new),
    };
    match (volume, pages) {
        (Some(volume), Some(pages)) => Some(format_smolstr!("{volume}, {pages}")),
        (volume, pages) => volume.or(pages.map(SmolStr::new)),
    }
}

/// Without its resolver.
pub(super) fn bare_doi(doi: &str) -> SmolStr {
    let rest = ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi:"];
    rest.iter().find_map(|prefix| doi.strip_prefix(prefix)).unwrap_or(doi).trim().into()
}
