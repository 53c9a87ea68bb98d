//! What was understood of a text, one JSON object a line.
//!
//! The keys are a contract: one may be added, none changes its meaning. `start` and `end` are bytes of the file; `text` are the
//! words a reader sees there.

use std::str::FromStr;

use serde::Serialize;

use crate::corpus::{Annotations, Meaning, MentionAt, Snapshot, Speaker};
use crate::syntax::NodeKind;
use crate::text::{Span, nearest};

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A sentence.
    Sentence,
    /// A claim, with whether it is sourced.
    Claim,
    /// A quotation, with its speaker.
    Quote,
    /// A figure.
    Figure,
    /// An instrument by its symbol or in words.
    Instrument,
    /// Anything of the registry that is named.
    Mention,
    /// A work cited.
    Citation,
}

impl Kind {
    /// All of them, by their words.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("sentence", Self::Sentence),
        ("mention", Self::Mention),
        ("instrument", Self::Instrument),
        ("citation", Self::Citation),
        ("claim", Self::Claim),
        ("quote", Self::Quote),
        ("figure", Self::Figure),
    ];
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let words = || Self::WORDS.iter().map(|(w, _)| *w);
        let found = Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, kind)| *kind);
        found.ok_or_else(|| match nearest(word, words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", words().collect::<Vec<_>>().join(", ")),
        })
    }
}

#[derive(Serialize)]
struct Row<'a> {
    path: &'a str,
    kind: &'static str,
    start: u32,
    end: u32,
    text: &'a str,
    #[serde(flatten)]
    more: More<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum More<'a> {
    Sentence {
        paragraph: u32,
    },
    Mention {
        id: Option<&'a str>,
        r#type: Option<&'a str>,
        marked: bool,
        pin: Option<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        candidates: Vec<&'a str>,
    },
    Resolution {
        id: String,
        r#type: &'static str,
        marked: bool,
        pin: Option<&'a str>,
    },
    Instrument {
        symbol: &'a str,
        id: &'a str,
        year_as_written: Option<u16>,
        pin: Option<&'a str>,
    },
    Citation {
        key: &'a str,
        locator: Option<&'a str>,
    },
    Claim {
        claim_kind: &'static str,
        sourced: bool,
        by: Option<&'a str>,
    },
    Quote {
        speaker: Option<SpeakerPlace<'a>>,
        cue: Option<Place>,
    },
    Figure {
        #[serde(serialize_with = "number")]
        value: f64,
        unit: Option<&'a str>,
        approximate: bool,
    },
}

#[derive(Serialize)]
struct SpeakerPlace<'a> {
    start: u32,
    end: u32,
    id: Option<&'a str>,
}

#[derive(Serialize)]
struct Place {
    start: u32,
    end: u32,
}

/// Appends the lines of one text to `out`, in order of place; `path` is how the reader names it, `kinds` empty for all.
pub fn extract(snapshot: &Snapshot, notes: &Annotations, path: &str, kinds: &[Kind], out: &mut Vec<u8>) {
    let wanted = |kind| kinds.is_empty() || kinds.contains(&kind);
    let reader = Reader { snapshot, notes };
    let mut rows = Vec::new();
    for (word, kind) in Kind::WORDS.iter().filter(|(_, kind)| wanted(*kind)) {
        reader.rows(*kind, &mut |span, text, more| {
            rows.push((*kind, Row { path, kind: word, start: span.start, end: span.end, text, more }));
        });
    }
    rows.sort_by_key(|(kind, row)| (row.start, row.end, *kind));
    for (_, row) in rows {
        // Writing plain data to memory cannot fail.
        if serde_json::to_writer(&mut *out, &row).is_ok() {
            out.push(b'\n');
        }
    }
}

/// A whole number is written as one.
fn number<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and smaller than 2^53")]
        return serializer.serialize_i64(*value as i64);
    }
    serializer.serialize_f64(*value)
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    notes: &'a Annotations,
}

impl<'a> Reader<'a> {
    fn rows(&self, kind: Kind, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        match kind {
            Kind::Sentence => self.sentences(push),
            Kind::Mention => self.notes.mentions.iter().for_each(|m| push(m.span, self.words(m.words), self.mention(m))),
            Kind::Instrument => self.instruments(push),
            Kind::Citation => self.citations(push),
            Kind::Claim => self.claims(push),
            Kind::Quote => self.quotes(push),
            Kind::Figure => self.figures(push),
        }
    }

    fn words(&self, span: Span) -> &'a str {
        span.slice(self.notes.running())
    }

    fn id_of(&self, entity: crate::corpus::EntityId) -> &'a str {
        &self.snapshot.entity(entity).record.id.value
    }

    fn sentences(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        for sentence in &self.notes.prose.sentences {
            let paragraph = self.notes.words.passages.get(sentence.passage as usize).map_or(0, |p| p.paragraph);
            push(self.notes.words.to_file(sentence.span), self.words(sentence.span), More::Sentence { paragraph });
        }
    }

    fn mention(&self, mention: &'a MentionAt) -> More<'a> {
        let (marked, pin) = (mention.node.is_some(), mention.pin.as_deref());
        let one = |id, r#type| More::Mention { id, r#type, marked, pin, candidates: Vec::new() };
        match &mention.meaning {
            Meaning::One(found) => one(Some(self.id_of(found.entity)), Some(self.snapshot.entity(found.entity).record.kind.word())),
            Meaning::Several(all) => {
                let candidates = all.iter().map(|c| self.id_of(c.entity)).collect();
                More::Mention { id: None, r#type: None, marked, pin, candidates }
            }
            Meaning::Resolution(number) => More::Resolution { id: format!("unsc-{number}"), r#type: "resolution", marked, pin },
            Meaning::Text(_) => one(self.notes.mention_target(mention), Some("text")),
            Meaning::Unknown => one(self.notes.mention_target(mention), None),
        }
    }

    fn instruments(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        for (at, found) in self.notes.instruments_found() {
            let more = More::Instrument {
                symbol: &found.symbol,
                id: at.entity.map_or(&*found.id, |entity| self.id_of(entity)),
                year_as_written: found.year_as_written.map(|(year, _)| year),
                pin: found.pin.as_ref().map(|(pin, _)| pin.0.as_str()),
            };
            push(at.span, self.words(found.span), more);
        }
    }

    fn citations(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        let text: &str = &self.notes.text;
        for cited in &self.notes.citations {
            let group = self.notes.document.nodes.get(cited.node as usize).map(|n| &n.kind);
            let item = if let Some(NodeKind::Citation(group)) = group { group.items.get(cited.item as usize) } else { None };
            let locator = item.and_then(|i| i.locator).map(|l| l.span.slice(text));
            let key = cited.key.slice(text);
            push(cited.key, key, More::Citation { key, locator });
        }
    }

    fn claims(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        for claim in &self.notes.claims {
            let by = claim.by.as_ref().and_then(|speaker| self.named(speaker));
            let more = More::Claim { claim_kind: claim.kind.word(), sourced: !claim.support.is_empty(), by };
            push(claim.span, self.words(claim.words), more);
        }
    }

    /// A speaker's id, or the words that name one whom no registry knows.
    fn named(&self, speaker: &Speaker) -> Option<&'a str> {
        speaker.entity.map(|entity| self.id_of(entity)).or(Some(speaker.span.slice(&self.notes.text)))
    }

    fn quotes(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        for (at, quote) in self.notes.quotes.iter().zip(&self.notes.prose.quotes) {
            let id = |s: Speaker| s.entity.map(|entity| self.id_of(entity));
            let speaker = at.speaker.map(|s| SpeakerPlace { start: s.span.start, end: s.span.end, id: id(s) });
            let cue = at.speaker.and_then(|s| s.cue).map(|cue| Place { start: cue.start, end: cue.end });
            push(at.span, self.words(quote.span), More::Quote { speaker, cue });
        }
    }

    fn figures(&self, push: &mut dyn FnMut(Span, &'a str, More<'a>)) {
        for figure in &self.notes.prose.figures {
            let more = More::Figure { value: figure.value, unit: figure.unit.as_deref(), approximate: figure.approximate };
            push(self.notes.words.to_file(figure.span), self.words(figure.span), more);
        }
    }
}
