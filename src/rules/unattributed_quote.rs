//! `unattributed-quote`

use super::rule::{Context, rule};
use super::telling::Telling;
use super::{Diagnostic, Findings, Pass, named_works, telling};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Claim, ClaimKind, FileKind, MentionAt, Snapshot};
use crate::prose::{Instrument, QuoteKind};
use crate::syntax::Format;
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
/// ~~~passes
/// The method was known as the "state of the art" then.
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "Nobody in the valley ever paid the tithe in full" (Marlow 1987, p. 44) [@x].
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// Those are listed who were financing or planning attacks abroad from our soil.
///
/// It fell under those "financing or planning attacks abroad from our soil" [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// It fell under those "financing or planning attacks abroad from our soil" [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "It is over for all of us" [@x].
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: brandt, type: person, name: Mira Brandt}
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// Mira Brandt went home by the last train.
///
/// It rained all night, and the telephones in the town were dead.
///
/// "It is over for all of us" [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// "It is over," [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// The two delegations had made "real but uneven progress" on the border crossings [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// Отделение закрывают «без объяснений и без замены» [@x].
/// ~~~
///
/// ## Fix
///
/// Name the speaker, or mark the words `[…]{.quote by=id}`: those named before them are offered.
///
/// ## Measured
///
/// What the rule is held to is how seldom it asks for a speaker who is there, and whether it asks when he is deleted: under 3 % of the
/// quotations of each of thirty-five sets of news of our own, and over 95 %. Fourteen of them were written by people who knew nothing of the
/// rule, 618 quotations; before anything was learnt from these, 2.9 % were asked for in vain (English 2.6 %, Russian 3.2 %), and 95.6 % were
/// found when their speakers were deleted (92.5 % and 98.7 %). Sets written to mislead it had up to 19 % asked for in vain at first: news has
/// more manners than any list. Of four sets held back, from which nothing was learnt, 2 of 181 English and 3 of 148 Russian quotations
/// are asked for in vain, and 96 % and 95 % are found when their speakers are deleted.
///
/// Published texts hardly ever leave out who speaks. In two textbooks and fifty texts of the press and encyclopedias, with 81 quotations that
/// claim something, none is asked for. In 679 sentences of an encyclopedia with quotations, each read without those before it, 28 of 40
/// findings were right, and 10 more could be called either: what stood before them is not there to tell. In 62 paragraphs of our own, labelled
/// before the rule was run on them, 27 of 29 were, and 3 were missed. In resolutions of the Security Council it is asked whose words 3 passages
/// of one list of sanctions are, of which a reader could say neither that it was right nor wrong.
    "unattributed-quote", "a quotation without a speaker", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut telling = Telling::of(notes);
    for claim in context.claims() {
        let ClaimKind::Quote(quote) = claim.kind else { continue };
        let has_speaker = || notes.quotes.get(quote as usize).is_some_and(|q| q.speaker.is_some());
        let pass = if claim.exempt {
            Pass::Exempt
        } else if claim.by.is_some() || has_speaker() {
            Pass::because("somebody is said to say it")
        } else if telling::is_borrowed(notes, quote) && !telling::is_lifted(notes, quote) {
            Pass::because("it is a few borrowed words and no statement")
        } else if telling::is_gloss(notes, quote) {
            Pass::because("it explains the word before it")
        } else if telling.supposes(claim.sentence) {
            Pass::because("its sentence or paragraph supposes it")
        } else if telling.is_led_in(claim.sentence, findings) {
            Pass::because("the words that lead it in have a source")
        } else if named_works::names_work(behind(notes, claim)) {
            Pass::because("a work is named behind it by author and year")
        } else if named_works::is_entry(behind(notes, claim)) {
            Pass::because("it is the title in an entry of a list of works")
        } else if let Some(near) = somebody_near(context.snapshot, notes, claim) {
            Pass::Near(near.span)
        } else if let Some(near) = instrument_near(notes, claim) {
            // A passage of an instrument is nobody's speech.
            Pass::Near(notes.words.to_file(near.span))
        } else if telling::quotes_itself(notes, quote) {
            findings.looked_further();
            Pass::because("the text says these words itself elsewhere")
        } else {
            let found = findings.at(claim.span, "nobody is said to say this");
            found.help("name the speaker in the sentence, or mark it `[…]{.quote by=id}`");
            offer(context, notes, claim, found);
            // Who is offered may have been named anywhere before.
            findings.looked_further();
            continue;
        };
        findings.passes(|| (claim.span, pass));
    }
}

/// What follows the quotation in its last sentence.
fn behind<'n>(notes: &'n Annotations, claim: &Claim) -> &'n str {
    let last = notes.sentence_at(claim.words.end).and_then(|s| notes.prose.sentences.get(s as usize));
    Span::new(claim.words.end, last.map_or(claim.words.end, |s| s.span.end.max(claim.words.end))).slice(notes.running())
}

/// As many of those named before are offered as speakers.
const MOST_CHOICES: usize = 3;

/// Offers to mark the quotation as said by one of those who were named before it, the nearest first.
fn offer(context: &Context<'_>, notes: &Annotations, claim: &Claim, found: &mut Diagnostic) {
    let written = claim.span.slice(&notes.text);
    if context.file.kind == FileKind::Text(Format::Plain) || written.contains(['\n', '[', ']', '{', '|']) || is_block(notes, claim) {
        return;
    }
    let before = notes.mentions.partition_point(|m| m.words.end <= claim.words.start);
    let mut offered = Vec::new();
    for entity in notes.mentions[..before].iter().rev().take(64).filter_map(|m| m.meaning.entity()) {
        let record = &context.snapshot.entity(entity).record;
        if offered.len() == MOST_CHOICES || offered.contains(&entity) || !record.kind.speaks() {
            continue;
        }
        offered.push(entity);
        let id = &record.id.value;
        found.or_fix(format!("Mark it as said by `{id}`"), claim.span, format!("[{written}]{{.quote by={id}}}"));
    }
}

/// Whether a quotation is one by `>`, round which no mark can stand.
fn is_block(notes: &Annotations, claim: &Claim) -> bool {
    let ClaimKind::Quote(quote) = claim.kind else { return false };
    notes.prose.quotes.get(quote as usize).is_some_and(|q| q.kind == QuoteKind::Block)
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
