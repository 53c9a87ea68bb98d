//! Why a rule speaks or is silent at a place, in words: hover and `explain` show it.

use super::{Card, Line, Spot};
use crate::config::{CitationScope, Level, TextKind, place_of_level};
use crate::corpus::{Annotations, Claim, Covering, FileId, LevelFrom, Scope, Snapshot, Support};
use crate::registry::Record;
use crate::rules::{self, Judged, Pass, Verdict};
use crate::text::Span;

/// Something known of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is: `speaker`, `covered by`.
    pub name: &'static str,
    /// The value, in words.
    pub words: String,
    /// The place it speaks of.
    pub at: Option<Spot>,
}

/// What a rule came to at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its name.
    pub rule: &'static str,
    /// Its level there.
    pub level: Level,
    /// Where that level is set.
    pub level_from: Fact,
    /// What it looked at.
    pub span: Span,
    /// What came of it.
    pub outcome: Outcome,
    /// The finding's message; why there is none.
    pub message: String,
    /// What it rests on.
    pub facts: Vec<Fact>,
}

/// What came of a rule's look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A finding.
    Found,
    /// One that the text allows.
    Allowed,
    /// One that would be, were the rule not off here.
    Off,
    /// None.
    Passed,
}

/// Rules that ask for a source: the explanation says which sources stand near.
const SOURCING: &[&str] = &[
    "anonymous-source",
    "unsourced-claim",
    "unsourced-event",
    "unsourced-figure",
    "unsourced-quote",
    "unsourced-superlative",
    "vague-attribution",
];

/// At most this many characters of a text's words are shown.
const SHOWN: usize = 60;

/// At most this many characters before and behind words found are shown.
const AROUND: usize = 240;

impl Outcome {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Allowed => "allowed",
            Self::Off => "off",
            Self::Passed => "passes",
        }
    }
}

impl Fact {
    /// Without a place.
    #[must_use]
    pub fn new(name: &'static str, words: impl Into<String>) -> Self {
        Self { name, words: words.into(), at: None }
    }

    /// The same with the place it speaks of.
    #[must_use]
    pub fn at(self, file: FileId, span: Span) -> Self {
        Self { at: Some(Spot::new(file, span)), ..self }
    }
}

/// Whether a rule asks for a source.
#[must_use]
pub fn asks_for_sources(rule: &str) -> bool {
    SOURCING.contains(&rule)
}

/// What a rule came to, in words. `notes` are the text's.
#[must_use]
pub fn reason(snapshot: &Snapshot, file: FileId, notes: Option<&Annotations>, judged: &Judged) -> Reason {
    let asks = asks_for_sources(judged.rule.name);
    let claim = notes.and_then(|n| n.claims.iter().find(|c| c.span == judged.span || is_mark_of(n, c, judged.span)));
    let words = |notes: &Annotations| claim.map_or_else(|| in_words(notes, judged.span), |c| c.words);
    let mut facts = Vec::new();
    let (outcome, message) = match &judged.verdict {
        Verdict::Finding(found) | Verdict::Allowed(found, _) => {
            if let Some(notes) = notes.filter(|_| asks) {
                facts.extend(unsourced(snapshot, notes, words(notes)));
            }
            for related in &found.related {
                let fact = Fact::new("see", related.message.clone());
                facts.extend(snapshot.file_at(&related.path).map(|file| fact.at(file, related.span)));
            }
            facts.extend(found.help.iter().map(|help| Fact::new("cure", help.to_string())));
            let off = judged.level == Level::Off;
            (if off { Outcome::Off } else { Outcome::Found }, found.message.to_string())
        }
        Verdict::Passed(pass) => {
            if let Some(notes) = notes.filter(|_| *pass == Pass::Sourced) {
                facts.extend(sourced(snapshot, notes, words(notes), claim));
            }
            let (message, fact) = passed(file, notes, pass);
            facts.extend(fact);
            (Outcome::Passed, message)
        }
    };
    let outcome = match &judged.verdict {
        Verdict::Allowed(_, allowance) => {
            let words = format!("`vidimus-{}`: {}", allowance.verb, allowance.reason);
            facts.insert(0, Fact::new("allowed by", words).at(file, allowance.span));
            Outcome::Allowed
        }
        _ => outcome,
    };
    let level_from = level_from(snapshot, file, judged.rule.name);
    Reason { rule: judged.rule.name, level: judged.level, level_from, span: judged.span, outcome, message, facts }
}

/// Adds what rules came to at a place to a card, briefly: findings first, then why others are silent.
pub fn add_to_card(reasons: &[Reason], card: &mut Card) {
    let order = |r: &Reason| (r.outcome == Outcome::Passed, std::cmp::Reverse(r.level), r.rule);
    let mut shown: Vec<&Reason> = reasons.iter().filter(|r| r.outcome != Outcome::Off).collect();
    shown.sort_by_key(|r| order(r));
    shown.dedup_by(|b, a| a.rule == b.rule && a.message == b.message);
    for one in shown {
        let what = match one.outcome {
            Outcome::Found => format!("{} ({}): {}", one.rule, one.level.word(), one.message),
            Outcome::Allowed => format!("{} (allowed): {}", one.rule, one.message),
            Outcome::Off | Outcome::Passed => format!("{} is silent: {}", one.rule, one.message),
        };
        let because: Vec<&str> = one.facts.iter().filter(|f| f.name != "cure" && f.name != "see").map(|f| f.words.as_str()).collect();
        let because = if because.is_empty() { String::new() } else { format!("; {}", because.join("; ")) };
        card.lines.push(Line::Field("why", format!("{what}{because}").replace('`', "\"")));
    }
}

/// Where a rule's level in a file is set.
#[must_use]
pub fn level_from(snapshot: &Snapshot, file: FileId, rule: &str) -> Fact {
    let Some(state) = snapshot.file(file) else { return Fact::new("level", "") };
    let settings = |words: String, row: Option<usize>| {
        let fact = Fact::new("level", words);
        let place = snapshot.file_at("vidimus.toml").and_then(|toml| Some((toml, place_of_level(&snapshot.text(toml)?, rule, row)?)));
        match place {
            Some((toml, span)) => fact.at(toml, span),
            None => fact,
        }
    };
    match snapshot.level_from(state, rule) {
        LevelFrom::Kind(kind) => {
            let off = rules::rule(rule).is_some_and(|r| r.level_in(state, snapshot.occasion()) != r.level(kind));
            let unless = if off { ", unless `--select` or `vidimus.toml` asks for it" } else { "" };
            Fact::new("level", format!("by default in {}{unless}", kind_words(kind)))
        }
        LevelFrom::Rules => settings("set under `rules`".into(), None),
        LevelFrom::Documents(row, globs) => {
            settings(format!("set for {}", globs.iter().map(|g| format!("`{g}`")).collect::<Vec<_>>().join(", ")), Some(row))
        }
    }
}

/// A kind of text with its article.
#[must_use]
pub fn kind_words(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Analysis => "an analysis",
        TextKind::SourceText => "a source-text",
        TextKind::Opinion => "an opinion",
        TextKind::Note => "a record's note",
    }
}

/// The sources that cover some words (of the running text), each with how it reaches them.
#[must_use]
pub fn sourced(snapshot: &Snapshot, notes: &Annotations, words: Span, claim: Option<&Claim>) -> Vec<Fact> {
    let around = notes.sources_around(snapshot, words);
    let mut out: Vec<Fact> = Vec::new();
    let covering = |c: &Covering| {
        Fact::new("covered by", format!("{}, {}", shown(snapshot, notes, c.support, c.at), reaches(c.scope))).at(notes.file, c.at)
    };
    match claim {
        Some(claim) => out.extend(claim.support.iter().map(|support| match support {
            Support::Attribute(value) => {
                Fact::new("covered by", format!("`source=\"{}\"`, its own", cut(value.slice(&notes.text)))).at(notes.file, *value)
            }
            Support::Attribution(speaker) => {
                let words = cut(speaker.span.slice(&notes.text));
                Fact::new("covered by", format!("`{words}`, who says it: enough in a source-text")).at(notes.file, speaker.span)
            }
            support => around.iter().find(|c| c.support == *support).map_or_else(|| Fact::new("covered by", "a source"), covering),
        })),
        None => {
            let sentence = notes.sentence_at(words.start).and_then(|s| notes.prose.sentences.get(s as usize)).map_or(words, |s| s.span);
            out.extend(around.iter().filter(|c| c.scope != Scope::Mark && c.words.overlaps(sentence)).map(covering));
        }
    }
    let mut seen: Vec<Fact> = Vec::new();
    out.retain(|fact| {
        let fresh = !seen.contains(fact);
        if fresh {
            seen.push(fact.clone());
        }
        fresh
    });
    out
}

/// How far a source was looked for, and what the nearest one covers instead.
fn unsourced(snapshot: &Snapshot, notes: &Annotations, words: Span) -> Vec<Fact> {
    let paragraph = snapshot.file(notes.file).is_some_and(|f| f.settings.scope == CitationScope::Paragraph);
    let looked = if paragraph { "in its sentence, at its paragraph's end" } else { "in its sentence" };
    let mut out = vec![Fact::new("looked", format!("{looked}, on a mark round it, in the front matter: no source there"))];
    let place = notes.words.to_file(words);
    let around = notes.sources_around(snapshot, words);
    let apart = |c: &&Covering| c.at.start.saturating_sub(place.end).max(place.start.saturating_sub(c.at.end));
    let nearest = around.iter().filter(|c| c.scope != Scope::Text && !c.words.overlaps(words)).min_by_key(apart);
    out.extend(nearest.map(|c| {
        let words = format!("{} covers {}", shown(snapshot, notes, c.support, c.at), only(c.scope, c.words.start < words.start));
        Fact::new("nearest", words).at(notes.file, c.at)
    }));
    out
}

/// Why something is no finding, and what that rests on.
fn passed(file: FileId, notes: Option<&Annotations>, pass: &Pass) -> (String, Option<Fact>) {
    let words = |span: Span| notes.map(|n| cut(span.slice(&n.text))).unwrap_or_default();
    match pass {
        Pass::Sourced => ("it has a source".into(), None),
        Pass::Quoted => ("it stands in a quotation: the words are the speaker's".into(), None),
        Pass::Heading => ("it stands in a heading".into(), None),
        Pass::Opinion => ("it is marked `.opinion`".into(), None),
        Pass::Exempt => ("it needs no source: an opinion, refuted or retracted".into(), None),
        Pass::Told(at) => ("told once a sentence".into(), Some(Fact::new("told at", format!("`{}`", words(*at))).at(file, *at))),
        Pass::Near(at) => (format!("`{}` answers for it", words(*at)), Some(Fact::new("see", "there").at(file, *at))),
        Pass::Because(why) => (why.clone(), None),
    }
}

/// How a source reaches what it covers.
fn reaches(scope: Scope) -> &'static str {
    match scope {
        Scope::Mark => "beside the marked words",
        Scope::Sentence => "in its sentence",
        Scope::Paragraph => "at the end of its paragraph (`citation-scope`)",
        Scope::BlockQuotation => "with the block quotation",
        Scope::Row => "in its row",
        Scope::Table => "in the table's caption",
        Scope::Text => "front matter, for the whole text",
    }
}

fn only(scope: Scope, before: bool) -> String {
    let which = if before { "before" } else { "behind" };
    match scope {
        Scope::Mark => "its marked words only".into(),
        Scope::Sentence => format!("a sentence {which} only"),
        Scope::Paragraph => format!("the paragraph {which} only"),
        Scope::BlockQuotation => "its block quotation only".into(),
        Scope::Row => "its row only".into(),
        Scope::Table => "its table only".into(),
        Scope::Text => "the whole text".into(),
    }
}

/// A source as it is written.
fn shown(snapshot: &Snapshot, notes: &Annotations, support: Support, at: Span) -> String {
    let words = format!("`{}`", cut(at.slice(&notes.text)));
    let key = |record: &Record| format!("{words} ({})", record.author_year());
    match support {
        Support::Footnote(_) => format!("the footnote {words}"),
        Support::Link(_) => format!("the link {words}, which is registered nowhere"),
        Support::Pinned(index) => match notes.mentions.get(index as usize).and_then(|m| m.pin.as_ref()) {
            Some(pin) if !at.slice(&notes.text).contains(pin.as_str()) => format!("{words}, `{pin}`"),
            _ => words,
        },
        Support::Document(_) => format!("`source: {}`", cut(at.slice(&notes.text))),
        Support::Citation(node) => {
            let cited = notes.citations.iter().filter(|c| c.node == node).collect::<Vec<_>>();
            match cited.as_slice() {
                [one] => one.entity.map_or(words.clone(), |e| key(&snapshot.entity(e).record)),
                _ => words,
            }
        }
        _ => words,
    }
}

/// Bytes of the file as a span of the running text.
fn in_words(notes: &Annotations, span: Span) -> Span {
    let start = notes.words.map.from_source(span.start);
    Span::new(start, notes.words.map.from_source(span.end).max(start))
}

/// Whether a span is the mark of a claim, with its brackets.
fn is_mark_of(notes: &Annotations, claim: &Claim, span: Span) -> bool {
    let crate::corpus::ClaimKind::Explicit(node) = claim.kind else { return false };
    notes.document.nodes.get(node as usize).is_some_and(|n| n.span == span)
}

/// What a source covers, by how far it reaches.
#[must_use]
pub fn reach_words(scope: Scope) -> &'static str {
    match scope {
        Scope::Mark => "the marked words it stands beside",
        Scope::Sentence => "its sentence",
        Scope::Paragraph => "its paragraph, behind the last sentence (`citation-scope`)",
        Scope::BlockQuotation => "the block quotation",
        Scope::Row => "its row of the table",
        Scope::Table => "the table of its caption",
        Scope::Text => "the whole text",
    }
}

/// The beginning of some words, cut behind a word.
#[must_use]
pub fn beginning(words: &str) -> String {
    match words.char_indices().nth(AROUND) {
        Some((end, _)) => format!("{}…", words[..words[..end].rfind(' ').unwrap_or(end)].trim_end()),
        None => words.to_owned(),
    }
}

/// The end of some words, cut before a word.
#[must_use]
pub fn ending(words: &str) -> String {
    match words.char_indices().rev().nth(AROUND) {
        Some((start, _)) => format!("…{}", words[words[start..].find(' ').map_or(start, |at| start + at)..].trim_start()),
        None => words.to_owned(),
    }
}

/// At most [`SHOWN`] characters on one line.
#[must_use]
pub fn cut(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", flat[..end].trim_end()),
        None => flat,
    }
}
