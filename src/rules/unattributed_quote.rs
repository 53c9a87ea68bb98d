//! `unattributed-quote`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Claim, ClaimKind, MentionAt, Snapshot};
use crate::prose::quotes::is_clause;
use crate::prose::{Instrument, QuoteKind};
use crate::text::Span;

rule! {
/// A quotation that nobody is said to have said: no `by=`, no speaker, no person or body named in its sentence or the one before.
///
/// ## Why
///
/// A source says where the words can be read; the reader must also learn whose they are.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "It is over for all of us," Lavrov said [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "It is over for all of us" [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "It is over," [@x].
/// ~~~
    "unattributed-quote", "a quotation without a speaker", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for claim in context.claims() {
        let ClaimKind::Quote(quote) = claim.kind else { continue };
        let has_speaker = || notes.quotes.get(quote as usize).is_some_and(|q| q.speaker.is_some());
        let pass = if claim.exempt {
            Pass::Exempt
        } else if claim.by.is_some() || has_speaker() {
            Pass::because("somebody is said to say it")
        } else if is_borrowed(notes, quote) {
            Pass::because("it is a few borrowed words and no statement")
        } else if let Some(near) = somebody_near(context.snapshot, notes, claim) {
            Pass::Near(near.span)
        } else if let Some(near) = instrument_near(notes, claim) {
            // A passage of an instrument is nobody's speech.
            Pass::Near(notes.words.to_file(near.span))
        } else {
            findings.at(claim.span, "nobody is said to say this").help("name the speaker in the sentence, or mark it `[…]{.quote by=id}`");
            continue;
        };
        findings.passes(|| (claim.span, pass));
    }
}

/// Whether quoted words are a short phrase without a verb, which somebody coined rather than said: "taking the analysis to the data".
fn is_borrowed(notes: &Annotations, quote: u32) -> bool {
    notes.prose.quotes.get(quote as usize).filter(|q| q.word_count < 8 && q.kind == QuoteKind::Marks).is_some_and(|q| {
        let words = q.words.slice(notes.running()).trim();
        words.starts_with(char::is_lowercase) && words.ends_with(char::is_alphanumeric) && !is_clause(words)
    })
}

/// The person or body that is named in the quotation's sentences or the one before, outside the quotation.
fn somebody_near<'n>(snapshot: &Snapshot, notes: &'n Annotations, claim: &Claim) -> Option<&'n MentionAt> {
    let scope = near(notes, claim);
    let near = notes.mentions.iter().skip(notes.mentions.partition_point(|m| m.words.end <= scope.start));
    near.take_while(|m| m.words.start < scope.end)
        .filter(|m| scope.overlaps(m.words) && !claim.words.covers(m.words))
        .find(|m| m.meaning.entity().is_none_or(|e| snapshot.entity(e).record.kind.speaks()))
}

fn instrument_near<'n>(notes: &'n Annotations, claim: &Claim) -> Option<&'n Instrument> {
    let scope = near(notes, claim);
    let near = notes.prose.instruments.partition_point(|i| i.span.end <= scope.start);
    notes.prose.instruments[near..].iter().take_while(|i| i.span.start < scope.end).find(|i| scope.overlaps(i.span))
}

/// The quotation's sentences and the one before, in the running text.
fn near(notes: &Annotations, claim: &Claim) -> Span {
    let sentences = &notes.prose.sentences;
    let own = claim.sentence as usize;
    let passage = sentences.get(own).map(|s| s.passage);
    let first = own.checked_sub(1).filter(|b| sentences.get(*b).map(|s| s.passage) == passage).unwrap_or(own);
    let start = sentences.get(first).map_or(claim.words.start, |s| s.span.start);
    let last = notes.sentence_at(claim.words.end).and_then(|s| sentences.get(s as usize));
    Span::new(start, last.map_or(claim.words.end, |s| s.span.end))
}
