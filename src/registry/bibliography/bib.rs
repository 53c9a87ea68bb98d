//! BibLaTeX and BibTeX.
//!
//! The parser stops at the first fault of a file; so the file is cut at the lines that begin an
//! entry, and each piece is read apart ([`pieces`]). Abbreviations and `crossref` reach over the pieces again.

mod pieces;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use biblatex::{Bibliography, Chunk, ChunksExt, Entry, Pair, Person, RawBibliography, RawChunk, RawEntry, Type};
use rayon::prelude::*;
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use super::RULE;
use crate::registry::{Parsed, Rare, Record, RecordKind, Source, Spanned, Written};
use crate::text::{Fault, Span};
use pieces::raw_entries;

/// So many entries at least are one thread's at a time.
const AT_ONCE: usize = 64;

/// One entry with its texts as a reader should see them.
struct Work {
    key: Spanned<SmolStr>,
    kind: String,
    span: Span,
    fields: Vec<Field>,
    authors: Vec<(SmolStr, SmolStr)>,
}

struct Field {
    name: String,
    text: String,
    span: Span,
}

/// Reads a `.bib` file. Spans are bytes of `text`.
#[must_use]
pub fn parse_bib(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let (entries, abbreviations) = raw_entries(text, &mut parsed);
    let read = entries.into_par_iter().with_min_len(AT_ONCE).map(|(entry, span, by)| {
        let mut faults = Vec::new();
        (work(text, &entry, span, by, &abbreviations, &mut faults), faults)
    });
    let mut works = Vec::new();
    for (work, faults) in read.collect::<Vec<_>>() {
        parsed.faults.extend(faults);
        match work {
            Ok(work) => works.push(work),
            Err(fault) => parsed.faults.push(fault),
        }
    }
    inherit(&mut works);
    parsed.records = works.into_par_iter().with_min_len(AT_ONCE).map(|work| Arc::new(record(text, work))).collect();
    parsed.incomplete = !parsed.faults.is_empty();
    parsed.faults.sort_by_key(|f| f.span);
    parsed
}

/// What `@string` defines: its value, with abbreviations in it undone.
type Abbreviations = HashMap<String, String>;

/// The words of a field, its abbreviations undone; and the first abbreviation that nothing defines.
fn join<'t>(chunks: &[biblatex::Spanned<RawChunk<'t>>], known: &Abbreviations) -> (Cow<'t, str>, Option<&'t str>) {
    if let [biblatex::Spanned { v: RawChunk::Normal(text), .. }] = chunks {
        return (Cow::Borrowed(text), None);
    }
    let (mut words, mut unknown) = (String::new(), None);
    for chunk in chunks {
        match chunk.v {
            RawChunk::Normal(text) => words.push_str(text),
            RawChunk::Abbreviation(name) => match known.get(&name.to_ascii_lowercase()) {
                Some(value) if words.len() + value.len() < 1 << 16 => words.push_str(value),
                _ => {
                    if month(name).is_none() {
                        unknown = unknown.or(Some(name));
                    }
                    words.push_str(name);
                }
            },
        }
    }
    (Cow::Owned(words), unknown)
}

/// Undoes commands and braces field by field, so that a faulty one costs only itself.
fn work(text: &str, raw: &RawEntry<'_>, span: Span, by: u32, known: &Abbreviations, faults: &mut Vec<Fault>) -> Result<Work, Fault> {
    let key = Spanned { value: SmolStr::new(raw.key.v), span: Span::from(raw.key.span.clone()).shift(by) };
    if key.value.is_empty() {
        return Err(Fault::new(RULE, key.span, "the entry has no key"));
    }
    let mut work = Work { key, kind: raw.kind.v.to_ascii_lowercase(), span, fields: Vec::new(), authors: Vec::new() };
    for pair in &raw.fields {
        let name = pair.key.v.to_ascii_lowercase();
        let (words, unknown) = join(&pair.value.v, known);
        let place = Span::from(pair.value.span.clone()).shift(by);
        if let Some(unknown) = unknown {
            let message = format!("`{unknown}` is no abbreviation that this file defines");
            faults.push(Fault::new(RULE, place, message).help("put the words between braces"));
        }
        let named = name == "author" || (name == "editor" && work.authors.is_empty());
        let clean = if is_plain(&words) {
            if named {
                work.authors = people(&words);
            }
            spaced(&words)
        } else {
            let Some(entry) = cooked(pair, &words) else {
                let message = format!("the field `{}` of `{}` cannot be read", pair.key.v, raw.key.v);
                faults.push(Fault::new(RULE, place, message));
                continue;
            };
            if named {
                work.authors = entry.get_as::<Vec<Person>>(&name).unwrap_or_default().iter().map(person).collect();
            }
            spaced(&entry.get(&name).map(ChunksExt::format_verbatim).unwrap_or_default())
        };
        work.fields.push(Field { name, text: clean, span: inner(text, place) });
    }
    Ok(work)
}

/// Whether the words of a field hold nothing for the parser to undo: most do not, and it would copy each many times.
fn is_plain(words: &str) -> bool {
    memchr::memchr3(b'\\', b'{', b'}', words.as_bytes()).is_none() && !words.contains('$') && !words.contains("--")
}

/// Words parted by single spaces.
fn spaced(words: &str) -> String {
    let is_apart = |pair: &[u8]| pair[0] > b' ' || pair[1] > b' ' && pair[0] == b' ';
    let bytes = words.as_bytes();
    // Most are so already.
    if words.is_ascii() && bytes.windows(2).all(is_apart) && bytes.first() > Some(&b' ') && bytes.last() > Some(&b' ') {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The people of plain words, in which the parser makes every white space one space.
fn people(words: &str) -> Vec<(SmolStr, SmolStr)> {
    let edge = |is: bool| if is { " " } else { "" };
    let inner = spaced(words);
    let behind = !inner.is_empty() && words.ends_with(char::is_whitespace);
    let words = [edge(words.starts_with(char::is_whitespace)), &inner, edge(behind)].concat();
    let chunk = biblatex::Spanned::new(Chunk::Normal(words), 0..0);
    Vec::<Person>::from_chunks(&[chunk]).unwrap_or_default().iter().map(person).collect()
}

/// One field in an entry of its own, for the parser to undo its commands.
fn cooked(pair: &Pair<'_>, words: &str) -> Option<Entry> {
    let chunk = biblatex::Spanned::new(RawChunk::Normal(words), 0..words.len());
    let name = pair.key.v.to_ascii_lowercase();
    // Names of references to other entries would be looked up among this one alone.
    let entry = RawEntry {
        key: biblatex::Spanned::new("x", 0..0),
        kind: biblatex::Spanned::new("misc", 0..0),
        fields: vec![Pair::new(biblatex::Spanned::new(&name, 0..0), biblatex::Spanned::new(vec![chunk], 0..words.len()))],
    };
    if matches!(name.as_str(), "crossref" | "xdata" | "xref") {
        let mut plain = Entry::new("x".to_owned(), biblatex::EntryType::Misc);
        plain.set(&name, vec![biblatex::Spanned::new(Chunk::Normal(words.to_owned()), 0..0)]);
        return Some(plain);
    }
    let raw = RawBibliography { preamble: String::new(), entries: vec![biblatex::Spanned::new(entry, 0..0)], abbreviations: Vec::new() };
    Bibliography::from_raw(raw).ok()?.into_vec().pop()
}

/// The place within the outer braces or quotes.
fn inner(text: &str, place: Span) -> Span {
    let words = place.slice(text);
    let bare = words.strip_prefix(['{', '"']).and_then(|w| w.strip_suffix(['}', '"'])).unwrap_or(words).trim();
    if bare.is_empty() { place } else { Span::of(bare, text) }
}

/// "van" belongs before the family name, "Jr." behind it.
fn person(person: &Person) -> (SmolStr, SmolStr) {
    let family = match (person.prefix.trim(), person.suffix.trim()) {
        ("", "") => person.name.to_smolstr(),
        (prefix, "") => format_smolstr!("{prefix} {}", person.name),
        ("", suffix) => format_smolstr!("{} {suffix}", person.name),
        (prefix, suffix) => format_smolstr!("{prefix} {} {suffix}", person.name),
    };
    (family, person.given_name.to_smolstr())
}

/// Fields that an entry lacks are those of the entry it names under `crossref` or `xdata`; a container's title is its book title.
fn inherit(works: &mut [Work]) {
    let place: HashMap<SmolStr, usize> = works.iter().enumerate().map(|(i, w)| (w.key.value.clone(), i)).collect();
    for i in 0..works.len() {
        let named: Vec<(bool, SmolStr)> = works[i]
            .fields
            .iter()
            .filter(|f| matches!(f.name.as_str(), "crossref" | "xdata"))
            .flat_map(|f| f.text.split(',').map(|key| (f.name == "crossref", key.trim().to_smolstr())))
            .collect();
        for (container, key) in named {
            let Some(&parent) = place.get(&key).filter(|&&p| p != i) else { continue };
            let mut added = Vec::new();
            for field in &works[parent].fields {
                let name = match field.name.as_str() {
                    "title" if container => "booktitle",
                    "crossref" | "xdata" | "ids" | "file" | "sha256" => continue,
                    "url" | "doi" if container => continue,
                    name => name,
                };
                if !works[i].fields.iter().any(|f| f.name == name) {
                    added.push(Field { name: name.to_owned(), text: field.text.clone(), span: field.span });
                }
            }
            if works[i].authors.is_empty() && !container {
                let authors = works[parent].authors.clone();
                works[i].authors = authors;
            }
            works[i].fields.extend(added);
        }
    }
}

impl Work {
    fn field(&self, names: &[&str]) -> Option<&Field> {
        names.iter().find_map(|name| self.fields.iter().find(|f| f.name == *name && !f.text.is_empty()))
    }

    fn words(&self, names: &[&str]) -> Option<SmolStr> {
        self.field(names).map(|f| f.text.to_smolstr())
    }

    fn spanned(&self, names: &[&str]) -> Option<Spanned<SmolStr>> {
        self.field(names).map(|f| Spanned { value: f.text.to_smolstr(), span: f.span })
    }

    /// `date`, or `year` with `month` and `day`.
    fn date(&self) -> Option<Spanned<SmolStr>> {
        if let Some(date) = self.spanned(&["date"]) {
            return Some(date);
        }
        let mut date = self.spanned(&["year"])?;
        let number = |name| self.field(&[name]).and_then(|f| month(&f.text).or_else(|| f.text.parse().ok()));
        if let (4, Some(month @ 1..=12)) = (date.value.len(), number("month")) {
            date.value = match number("day") {
                Some(day @ 1..=31) => format_smolstr!("{}-{month:02}-{day:02}", date.value),
                _ => format_smolstr!("{}-{month:02}", date.value),
            };
        }
        Some(date)
    }

    /// `12(3), 4–9`.
    fn pages(&self) -> Option<SmolStr> {
        let volume = self.words(&["volume"]);
        let issue = self.words(&["number", "issue"]).filter(|_| self.kind == "article");
        let pages = self.words(&["pages"]).map(|p| p.replace("--", "–"));
        super::csl::volume_and_pages(volume.as_deref(), issue.as_deref(), pages.as_deref())
    }
}

fn record(text: &str, work: Work) -> Record {
    let url = work.spanned(&["url"]).or_else(|| work.spanned(&["howpublished"]).filter(|how| how.value.starts_with("http")));
    let source = Source {
        work: csl_type(&work).into(),
        container: work.words(&["journaltitle", "journal", "booktitle", "maintitle", "newspaper", "website"]),
        publisher: work.words(&["publisher", "institution", "organization", "school"]),
        pages: work.pages(),
        url,
        doi: work.words(&["doi"]).map(|doi| super::csl::bare_doi(&doi)),
        accessed: work.words(&["urldate", "accessed"]),
        archived: work.words(&["archiveurl", "archived", "archive-url"]),
        file: work.field(&["file", "pdf", "local-url"]).and_then(|f| file(text, f)),
        sha256: work.words(&["sha256"]),
        origin: work.words(&["origin", "agency"]),
        lang: work.words(&["langid", "language", "hyphenation"]),
        authors: work.authors.clone(),
    };
    let formerly = work.field(&["ids"]).map(|f| {
        f.text.split(',').map(str::trim).filter(|id| !id.is_empty()).map(|id| Spanned { value: id.into(), span: f.span }).collect()
    });
    let title = work.spanned(&["title", "booktitle", "maintitle"]);
    let rare = Rare {
        date: work.date(),
        formerly: formerly.unwrap_or_default(),
        note: work.spanned(&["annotation", "annote", "note"]),
        source: Some(Box::new(source)),
        ..Rare::default()
    };
    Record {
        span: work.span,
        kind: RecordKind::Source,
        written: Written::of(None, title.as_ref().map(Spanned::as_str), std::iter::empty()),
        id: work.key,
        rare: Some(Box::new(rare)),
    }
}

/// The path in `files/12/x.pdf`, `Title:files/12/x.pdf:application/pdf;…` (Zotero) or `:x.pdf:PDF` (JabRef); the first of several.
fn file(text: &str, field: &Field) -> Option<Spanned<SmolStr>> {
    let parts = |text: &str, at: char| -> Vec<String> {
        let held = text.replace("\\\\", "\u{1}").replace(&format!("\\{at}"), "\u{2}");
        held.split(at).map(|p| p.replace('\u{2}', &at.to_string()).replace('\u{1}', "\\\\")).collect()
    };
    let first = parts(&field.text, ';').into_iter().find(|p| !p.trim().is_empty())?;
    let of_one = parts(&first, ':');
    let path = match of_one.as_slice() {
        // `C:\x.pdf` has one colon as well.
        [_, path, _kind] => path.clone(),
        [_, drive, path, _kind] => format!("{drive}:{path}"),
        _ => first.clone(),
    };
    let path = path.replace("\\\\", "\\").replace("\\_", "_").trim().to_owned();
    let place = field.span.slice(text).find(&path).map(|at| Span::from(at..at + path.len()).shift(field.span.start));
    (!path.is_empty()).then(|| Spanned { value: path.into(), span: place.unwrap_or(field.span) })
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    if !word.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.') {
        return None;
    }
    MONTHS.iter().position(|m| *m == start).map(|at| at as u32 + 1)
}

/// CSL's name of what a BibLaTeX type is, after the mapping that Zotero and Pandoc use.
fn csl_type(work: &Work) -> &'static str {
    let newspaper = work.field(&["entrysubtype"]).is_some_and(|f| f.text.eq_ignore_ascii_case("newspaper"));
    let magazine = work.field(&["entrysubtype"]).is_some_and(|f| f.text.eq_ignore_ascii_case("magazine"));
    match work.kind.as_str() {
        "article" | "suppperiodical" if newspaper => "article-newspaper",
        "article" | "suppperiodical" if magazine => "article-magazine",
        "article" | "suppperiodical" => "article-journal",
        "book" | "mvbook" | "collection" | "mvcollection" | "reference" | "mvreference" | "proceedings" | "mvproceedings" | "manual" => {
            "book"
        }
        "inbook" | "incollection" | "bookinbook" | "suppbook" | "suppcollection" => "chapter",
        "inreference" => "entry-encyclopedia",
        "inproceedings" | "conference" => "paper-conference",
        "report" | "techreport" => "report",
        "thesis" | "phdthesis" | "mastersthesis" => "thesis",
        "online" | "electronic" | "www" => "webpage",
        "legislation" | "legal" => "legislation",
        "jurisdiction" => "legal_case",
        "patent" => "patent",
        "software" => "software",
        "dataset" => "dataset",
        "booklet" => "pamphlet",
        "unpublished" => "manuscript",
        "letter" => "personal_communication",
        "video" | "movie" => "motion_picture",
        "audio" | "music" => "song",
        "image" | "artwork" => "graphic",
        "standard" => "standard",
        "periodical" => "periodical",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of_parser(name: &str, words: &str) -> (String, Vec<(SmolStr, SmolStr)>) {
        let value = vec![biblatex::Spanned::new(RawChunk::Normal(words), 0..words.len())];
        let pair = Pair::new(biblatex::Spanned::new(name, 0..0), biblatex::Spanned::new(value, 0..words.len()));
        let entry = cooked(&pair, words).expect("plain words can be read");
        let people = entry.get_as::<Vec<Person>>(name).unwrap_or_default().iter().map(person).collect();
        let clean = entry.get(name).map(ChunksExt::format_verbatim).unwrap_or_default();
        (clean.split_whitespace().collect::<Vec<_>>().join(" "), people)
    }

    proptest! {
        #[test]
        fn plain_words_are_what_the_parser_makes_of_them(
            words in "( |\n|\t|\u{a0}|\u{2003}|and|And|,|, |Ivanova|Anna| de la |Jr\\.|van|=|-|~|\"|#|%|&|_|\\^|ж|given=A|[a-zA-Z]{1,3}){0,9}",
            name in "author|editor|url|title|date|file|note|crossref|xdata",
        ) {
            prop_assume!(is_plain(&words));
            let (clean, authors) = of_parser(&name, &words);
            prop_assert_eq!(spaced(&words), clean);
            if matches!(&*name, "author" | "editor") {
                prop_assert_eq!(people(&words), authors);
            }
        }
    }
}
