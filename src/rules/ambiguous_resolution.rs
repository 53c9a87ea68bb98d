//! `ambiguous-resolution`

use std::cell::LazyCell;

use memchr::memmem;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, format_smolstr};

use std::sync::LazyLock;

use super::rule::{Context, rule};
use super::spoken::{begins_like, is_one_of, round, words as words_of};
use super::{Diagnostic, Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Room, Snapshot, Unmarkable};
use crate::prose::instruments::{Body, Form};
use crate::prose::lexicon;
use crate::registry::unsc;
use crate::text::Span;

rule! {
/// A resolution by its bare number, without its body or year and without an earlier full form in the text. Told once a text and number, and
/// only for a number that the built-in table or the corpus knows.
///
/// ## Why
///
/// Every body counts its own: the Security Council's resolution 181 is about South Africa, the General Assembly's about Palestine.
///
/// ~~~passes
/// The Council's resolution 181 (1963) was read first, and resolution 181 is recalled here.
/// ~~~
/// ~~~passes
/// The matrix had a resolution 300 times finer, and the city council passed resolution 112.
/// ~~~
/// ~~~fails
/// They rely on resolution 181 to this day.
/// ~~~
/// ~~~fails
/// Они до сих пор ссылаются на резолюцию 181.
/// ~~~
///
/// ## Likely false hits
///
/// Resolutions of a parliament or party that happen to bear a known number, in a sentence that does not name it.
///
/// ## Fix
///
/// Write the year or the session: `resolution 181 (1963)`, `resolution 181 (II)`.
///
/// ## Measured
///
/// In 111 resolutions of the Security Council it found three places, all plain from the text round them, and was mended.
/// In 42 paragraphs of our own, labelled before the rule was run on them, 8 of 12 findings were right; since it was mended 11 of 11. Half
/// of them were written to mislead it.
    "ambiguous-resolution", "a resolution by a bare number that several bodies may have given", Heuristic,
    LevelRow::texts(Level::Note, Level::Note), check
}

/// How many bytes behind the word its number begins at the furthest: `resolutions Nos. 181`, `резолюциями под № 181`.
const REACH: usize = 40;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let room = LazyCell::new(|| Room::of(notes));
    let only_council = LazyCell::new(|| speaks_of_one_council(notes));
    let mut told: FxHashMap<u32, Span> = FxHashMap::default();
    for words in bare(notes) {
        let Some((number, at)) = number(notes.running(), words) else { continue };
        let span = notes.words.to_file(words);
        if is_measured(&notes.running()[at.end as usize..]) {
            findings.passes(|| (span, Pass::because("it tells how fine something is: it is no body's resolution")));
            continue;
        }
        if let Some(why) = told_by_sentence(notes, words) {
            findings.passes(|| (span, Pass::because(why)));
            continue;
        }
        let candidates = candidates(context.snapshot, number);
        if candidates.is_empty() {
            findings.passes(|| (span, Pass::because("neither the built-in table nor the corpus knows a resolution of that number")));
            continue;
        }
        if *only_council && unsc::year(number).is_some() {
            findings.passes(|| (span, Pass::because("all other resolutions of this text are the Security Council's")));
        } else if notes.is_quoted(words) {
            findings.passes(|| (span, Pass::Quoted));
        } else if room.at(words) == Err(Unmarkable::Taken) || is_named(notes, words) {
            findings.passes(|| (span, Pass::because("a mark or a name of the registries says which it is")));
        } else if let Some(told) = told.get(&number) {
            findings.passes(|| (span, Pass::Told(*told)));
        } else {
            told.insert(number, span);
            let found = findings.at(span, format!("`{}` may be any body's", span.slice(&notes.text)));
            report(found, notes.words.to_file(at), number, &candidates);
        }
    }
    if findings.says_why() {
        said_whose(notes, findings);
    }
}

/// Resolutions of which it is told whose they are, here or further up.
fn said_whose(notes: &Annotations, findings: &mut Findings<'_>) {
    for (at, found) in notes.instruments_found().filter(|(_, found)| found.malformed.is_none()) {
        let words = at.span.slice(&notes.text);
        if words.contains("esolution") || words.contains("езолюци") {
            findings
                .passes(|| (at.span, Pass::because(format!("it is `{}`: its words say so, or those of a mention before", found.symbol))));
        }
    }
}

/// Whether a text names resolutions of the Security Council in full, several of them, and none of the General Assembly.
fn speaks_of_one_council(notes: &Annotations) -> bool {
    let full = || notes.prose.instruments.iter().filter(|i| i.form != Form::Short);
    full().filter(|i| matches!(i.body, Body::SecurityCouncil(_))).nth(2).is_some() && !full().any(|i| i.body == Body::GeneralAssembly)
}

fn report(found: &mut Diagnostic, number: Span, digits: u32, candidates: &[Candidate]) {
    let forms: Vec<String> = candidates.iter().map(|one| format!("`{}` of the {}", one.number, one.body)).collect();
    found.help(format!("write which: {}", forms.join(", ")));
    for one in candidates {
        // Only what is written as digits in the file can be replaced by other digits.
        if number.len() as usize == digits.to_string().len() {
            found.or_fix(format!("Write `{}`, of the {}", one.number, one.body), number, one.number.as_str());
        }
    }
}

/// The bare numbers of a text, in order of place: those of passages that have the word and a number behind it.
fn bare(notes: &Annotations) -> Vec<Span> {
    let (passages, known) = (&notes.words.passages, &notes.prose.instruments);
    let passage_of = |place: &Span| passages.partition_point(|p| p.span.end <= place.start);
    let mut out = Vec::new();
    // Few texts have any, and of an edited text those of other passages are known.
    for of_passage in notes.prose.unsettled.chunk_by(|a, b| passage_of(a) == passage_of(b)) {
        if passages.get(passage_of(&of_passage[0])).is_some_and(|passage| has_number(notes, passage.span)) {
            out.extend_from_slice(of_passage);
        }
    }
    out.retain(|words| {
        let next = known.partition_point(|i| i.span.end <= words.start);
        known.get(next).is_none_or(|i| !i.span.overlaps(*words))
    });
    out
}

/// Whether a number stands behind the word somewhere in a passage, and no instrument that was recognised.
fn has_number(notes: &Annotations, passage: Span) -> bool {
    let (running, known) = (notes.running(), &notes.prose.instruments);
    let (within, from) = (passage.slice(running).as_bytes(), passage.start as usize);
    let hits = |word: &'static str| memmem::find_iter(within, word.as_bytes()).map(move |at| (from + at, from + at + word.len()));
    hits("esolution").chain(hits("езолюци")).any(|(at, end)| {
        let near = &running.as_bytes()[end..running.len().min(end + REACH)];
        // What was recognised there needs no second look.
        let next = known.get(known.partition_point(|i| i.span.end as usize <= at));
        near.iter().any(u8::is_ascii_digit) && next.is_none_or(|i| (i.span.start as usize) >= end + REACH)
    })
}

/// The number in the words, and where.
fn number(running: &str, words: Span) -> Option<(u32, Span)> {
    let written = words.slice(running);
    let from = written.find(|c: char| c.is_ascii_digit())?;
    let digits = &written[from..];
    let digits = &digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())];
    Some((digits.parse().ok()?, Span::of(digits, running)))
}

/// Words behind a number that tell of pictures and instruments of another kind: "a resolution 300 times finer".
static MEASURES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("measures"));

fn is_measured(behind: &str) -> bool {
    let word = behind.trim_start().split(|c: char| !c.is_alphanumeric() && c != '×').next().unwrap_or_default();
    MEASURES.contains(&word)
}

/// Bodies that pass resolutions of their own, or whose resolutions these would be.
static BODIES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("resolving"));

/// The same in Russian, by their beginnings.
static BODIES_RU: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("resolving-stems"));

/// Why the sentence of a bare number tells what it is.
fn told_by_sentence(notes: &Annotations, words: Span) -> Option<&'static str> {
    let (before, behind) = round(notes, words);
    let names = |text: &str| words_of(text).any(|(_, word)| is_one_of(&BODIES, word) || begins_like(&BODIES_RU, word));
    if names(before) || names(behind) {
        return Some("its sentence names a body");
    }
    let last = words_of(before).next_back().map_or("", |(_, word)| word);
    is_one_of(&["have", "has", "had", "a", "at", "spatial", "image", "screen", "display"], last)
        .then_some("it tells how fine something is: it is no body's resolution")
}

/// Whether a name of the registries covers the words.
fn is_named(notes: &Annotations, words: Span) -> bool {
    let next = notes.mentions.partition_point(|m| m.words.end <= words.start);
    notes.mentions.get(next).is_some_and(|m| m.words.overlaps(words))
}

/// What a bare number may mean.
struct Candidate {
    /// The number with what tells whose it is: `181 (1963)`.
    number: SmolStr,
    body: &'static str,
}

/// Sessions of the General Assembly whose resolutions count from one; a session a year, so that there is room for a while.
const SESSIONS: std::ops::RangeInclusive<u32> = 31..=120;

/// Alternatives offered; a reader of a longer menu has stopped reading.
const MOST_CHOICES: usize = 6;

/// Of the Security Council as the built-in table knows it, of the General Assembly as the corpus does.
fn candidates(snapshot: &Snapshot, number: u32) -> Vec<Candidate> {
    const ASSEMBLY: &str = "General Assembly";
    let mut out: Vec<Candidate> = Vec::new();
    out.extend(unsc::year(number).map(|year| Candidate { number: format_smolstr!("{number} ({year})"), body: "Security Council" }));
    let symbol = |id: &str| Some(snapshot.entity(snapshot.names().by_id(id)?).record.symbol.as_ref()?.value.clone());
    let early = symbol(&format!("unga-{number}"));
    let early = early.as_deref().and_then(|symbol| symbol.strip_prefix("A/RES/")).filter(|tail| tail.contains('('));
    out.extend(early.map(|tail| Candidate { number: tail.into(), body: ASSEMBLY }));
    let later = SESSIONS.filter(|session| snapshot.names().by_id(&format!("unga-{session}-{number}")).is_some());
    out.extend(later.map(|session| Candidate { number: format_smolstr!("{session}/{number}"), body: ASSEMBLY }));
    out.truncate(MOST_CHOICES);
    out
}
