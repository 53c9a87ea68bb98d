//! `unsourced-event`

use memchr::{memrchr2_iter, memrchr3};

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Speaker};
use crate::prose::{PhraseKind, past_events};
use crate::syntax::PassageKind;
use crate::text::Span;

rule! {
/// A dated event, or a vote, told in the text's own voice without a source in its sentence: nobody is said to say it, and nothing is cited.
///
/// ## Why
///
/// Chronologies are copied from text to text, and so are their mistakes; a date can be checked only against its source.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// The leaders signed it on 9 November 2020 [@x].
/// ~~~
/// ~~~passes
/// The talks will begin on 9 November 2031.
/// ~~~
/// ~~~fails
/// The leaders signed it on 9 November 2020.
/// ~~~
/// ~~~fails
/// Лидеры подписали его 9 ноября 2020 года.
/// ~~~
/// ~~~passes
/// The test conducted on 9 November 2006 is a threat.
/// ~~~
/// ~~~fails
/// The front, which President Mira Brandt proposed in September 2015, is still weak.
/// ~~~
/// ~~~fails
/// The envoy voted against the draft.
/// ~~~
///
/// ## Likely false hits
///
/// What every reader knows, and summaries of what is cited further on. A citation for the whole paragraph counts with
/// `citation-scope = "paragraph"`.
///
/// ## Measured
///
/// In press texts, news and an encyclopedia, 71 of 73 findings were right (0.97).
    "unsourced-event", "a dated event without a source", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut votes = context.phrases(PhraseKind::Event).map(|p| p.span).peekable();
    let mut claimed: Vec<u32> = context.claims().iter().map(|c| c.sentence).collect();
    claimed.sort_unstable();
    let mut sentences = context.sentences().peekable();
    let first = sentences.peek().map_or(0, |(index, _)| *index);
    let mut claims = claimed.into_iter().peekable();
    let mut reported = notes.reported[notes.reported.partition_point(|(other, _)| *other < first)..].iter().peekable();
    let mut supported = notes.supported[notes.supported.partition_point(|other| *other < first)..].iter().peekable();
    for (index, sentence) in sentences {
        let mut vote = None;
        while let Some(span) = votes.next_if(|span| span.start < sentence.span.end) {
            vote = vote.or(Some(span).filter(|span| span.start >= sentence.span.start));
        }
        while claims.next_if(|claim| *claim < index).is_some() {}
        while reported.next_if(|(other, _)| *other < index).is_some() {}
        while supported.next_if(|other| **other < index).is_some() {}
        let claimed = claims.peek() == Some(&index);
        let reporter = reported.peek().filter(|(same, _)| *same == index).map(|(_, who)| *who);
        let body = notes.words.passages.get(sentence.passage as usize).is_some_and(|p| p.kind == PassageKind::Paragraph);
        // Most sentences need not be read for a date, unless somebody asks what they tell.
        let asked =
            !claimed && body && supported.peek() != Some(&&index) && reporter.is_none_or(|who| speaks_aside(notes, sentence.span, &who));
        if !asked && !findings.says_why() {
            continue;
        }
        let told = vote.or_else(|| dated(notes, sentence.span));
        let Some(words) = told else { continue };
        let reported = reporter.is_some_and(|who| {
            let behind = who.cue.is_some_and(|cue| cue.end <= notes.words.to_file(words).start);
            !(behind && speaks_aside(notes, sentence.span, &who))
        });
        if let Some(why) = notes.spared(words) {
            findings.passes(|| (notes.words.to_file(words), why.into()));
            continue;
        }
        // A figure or quotation there asks for the source already.
        if claimed {
            findings
                .passes(|| (notes.words.to_file(words), Pass::because("a figure or quotation of the same sentence asks for the source")));
            continue;
        }
        if !reported && body {
            let span = notes.words.to_file(words);
            findings.at(span, "this event has no source").help("cite where it is recorded: `[@key, p. 1]`; or say who tells it");
        } else {
            let why = if reported { "its sentence says who tells it" } else { "it stands in no paragraph of the body" };
            findings.passes(|| (notes.words.to_file(words), Pass::because(why)));
        }
    }
}

/// Whether the speaker of a sentence speaks in a clause of its own, beside what the sentence says: "the front, which the president proposed
/// in 2015, is broad". What is dated there is that he spoke.
fn speaks_aside(notes: &Annotations, sentence: Span, who: &Speaker) -> bool {
    let Some(cue) = who.cue else { return false };
    let start = notes.words.to_file(sentence).start;
    let before = if start <= cue.start { Span::new(start, cue.start).slice(&notes.text) } else { "" };
    let bytes = before.as_bytes();
    // The last byte of a dash is that of other signs as well.
    let is = |at: &usize| bytes[*at] == b'(' || bytes[..=*at].ends_with("—".as_bytes());
    let (stop, other) = (memrchr3(b',', b';', b':', bytes), memrchr2_iter(b'(', 0x94, bytes).find(is));
    let clause = before.get(stop.max(other).map_or(0, |at| at + 1)..).unwrap_or_default();
    let clause = clause.trim_start();
    // Most begin otherwise.
    if !clause.starts_with(['w', 'к']) {
        return false;
    }
    let first = clause.split_whitespace().next().unwrap_or_default();
    let opens = ["which", "whom", "который", "которая", "которое", "которые", "которого", "которую", "которых"].contains(&first);
    let own = sentence.slice(notes.running());
    opens
        && ["whi", "who", "котор"].iter().any(|word| own.contains(word))
        && !notes.text.get(cue.end as usize..).is_some_and(|behind| behind.starts_with(" that"))
}

/// The date of what a sentence tells, unless it is part of a name.
fn dated(notes: &Annotations, sentence: Span) -> Option<Span> {
    let date = past_events::dated_event(notes.running(), sentence, notes.language)?;
    let in_a_name = notes.mentions.iter().skip(notes.mentions.partition_point(|m| m.words.end <= sentence.start)).take(64);
    let named = in_a_name.take_while(|m| m.words.start < sentence.end).any(|m| m.words.covers(date));
    (!named).then_some(date)
}
